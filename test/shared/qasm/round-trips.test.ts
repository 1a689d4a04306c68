import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { exported, importing, imported, samples } from '../../support/importing.ts';
import { randomNamedCircuit } from '../../support/random-named-circuits.ts';
import { faultsOf, probabilitiesOf, simulateText } from '../../support/simulate-text.ts';

/** The circuit without open parameters, so that it can run. */
function bound(circuit: Circuit): Circuit {
  return { ...circuit, parameters: circuit.parameters.map((one) => ({ ...one, value: 0.3 })) };
}

/** The text that a circuit runs by, with names that JSON's importer allows in OpenQASM 3. */
function textOf(circuit: Circuit): string {
  return printCircuit(imported('json', exported('json', circuit)), 3);
}

/** The exported text as OpenQASM; null where something is left out, or refused with a reason. */
function throughFormat(id: string, circuit: Circuit): string | null {
  const exporter = exporters.find((one) => one.id === id);
  try {
    const { text, losses } = exporter?.export(circuit) ?? { text: '', losses: [] };
    if (losses.some(({ why }) => /comment stands|spare|register “not_kept”/.test(why))) return null;
    return id.startsWith('qasm') ? text : printCircuit(imported(id, text), 3);
  } catch (error) {
    if (error instanceof AppError && error.code === 'unsupported') return null;
    throw error;
  }
}

describe.each(['qasm2', 'qasm3', 'json', 'quil'])('programs written as %s and read again', (id) => {
  it('keep their probabilities, whatever they call things', () => {
    let count = 0;
    for (let seed = 0; seed < 80; seed++) {
      const circuit = bound(randomNamedCircuit(rngOf(seed, 24)));
      const again = throughFormat(id, circuit);
      if (again === null) continue;
      const before = simulateText(textOf(circuit));
      if (before.probabilities === null) continue;
      count++;
      const [expected, found] = [before.probabilities ?? {}, probabilitiesOf(again)];
      for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
        expect(found[key] ?? 0, again).toBeCloseTo(expected[key] ?? 0, 9);
      }
    }
    expect(count).toBeGreaterThan(5);
  });
});

/** The JSON value with one place changed: another number, word or nothing. */
function mutated(value: unknown, rng: Rng): unknown {
  const copy = structuredClone(value) as Record<string, unknown>;
  let at: Record<string, unknown> = copy;
  for (;;) {
    const keys = Object.keys(at);
    const key = keys[rng.below(Math.max(keys.length, 1))];
    if (key === undefined) return copy;
    const inner = at[key];
    if (typeof inner === 'object' && inner !== null && rng.below(8) > 0) {
      at = inner as Record<string, unknown>;
      continue;
    }
    const choices = [
      0,
      1,
      2,
      7,
      -1,
      0.5,
      'q',
      'qubit',
      'h',
      'rx',
      'U',
      'gphase',
      'θ',
      '$0',
      [],
      null,
    ];
    if (rng.below(5) === 0 && Array.isArray(at)) at.push(structuredClone(inner));
    else at[key] = choices[rng.below(choices.length)];
    return copy;
  }
}

describe.each(['json', 'ionq', 'quirk'])('mutated texts of %s', (id) => {
  it('are refused, or become texts that check accepts', () => {
    const circuits = [
      ...samples.slice(-30),
      ...(id === 'json'
        ? Array.from({ length: 30 }, (_, seed) => randomNamedCircuit(rngOf(seed, 25)))
        : []),
    ];
    const texts = circuits.map((circuit) => exported(id, circuit));
    let read = 0;
    for (let seed = 0; seed < 400; seed++) {
      const rng = rngOf(seed, 26);
      let value: unknown = JSON.parse(texts[rng.below(texts.length)] ?? '{}');
      for (let k = 0; k < 1 + rng.below(3); k++) value = mutated(value, rng);
      const text = JSON.stringify(value);
      const { circuit, diagnostics } = importing(id, text);
      if (circuit === null) {
        expect(diagnostics[0]?.message.length).toBeGreaterThan(0);
        continue;
      }
      try {
        expect(faultsOf(printCircuit(circuit, 3)), text).toEqual([]);
        read++;
      } catch (error) {
        // A gate without a body can be drawn, and cannot be written.
        if (!(error instanceof AppError) || error.code !== 'unsupported') throw error;
      }
    }
    expect(read).toBeGreaterThan(20);
  });
});
