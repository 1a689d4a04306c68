import { expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation } from '#shared/circuit/circuit.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { full } from '#shared/compiler/couplings.ts';
import { foldPhases } from '#shared/compiler/passes/fold-phases.ts';
import { plainTarget } from '#shared/compiler/target.ts';
import { distanceUpToPhase } from '#shared/math/matrix.ts';
import { randomCircuit } from '../../support/circuits-to-compile.ts';

function folded(circuit: Circuit): Circuit {
  const target = plainTarget(full(8), null);
  const facts = { swaps: 0 };
  return foldPhases.run({ circuit, target, layout: null, facts, seed: 0, effort: 3 }).circuit;
}

const isT = (one: unknown): boolean => ['t', 'tdg'].includes((one as GateOperation).gate);
const tCount = (circuit: Circuit): number => circuit.operations.filter(isT).length;

test('circuits do the same afterwards, with no more T gates, and give nothing more the second time', () => {
  let saved = 0;
  for (let sample = 0; sample < 200; sample++) {
    const rng = rngOf(43, sample);
    const circuit =
      sample % 3 === 0
        ? randomCircuit(rng, { qubits: 4, count: 25, parameters: sample % 2 })
        : cliffordAndT(rng);
    const made = folded(circuit);
    const bindings = { a0: 0.7 };
    const distance = distanceUpToPhase(unitaryOf(made, bindings), unitaryOf(circuit, bindings));
    expect(distance, String(sample)).toBeLessThan(1e-9);
    // Others have T gates under other names.
    if (sample % 3 !== 0) expect(tCount(made)).toBeLessThanOrEqual(tCount(circuit));
    expect(folded(made)).toEqual(made);
    saved += tCount(circuit) - tCount(made);
  }
  expect(saved).toBeGreaterThan(200);
});

function cliffordAndT(rng: ReturnType<typeof rngOf>): Circuit {
  const operations = Array.from({ length: 50 }, (): GateOperation => {
    const a = rng.below(4);
    const b = (a + 1 + rng.below(3)) % 4;
    const name = ['cx', 'cx', 't', 'tdg', 's', 'x', 'h', 'swap', 'cz'][rng.below(9)] as string;
    return gate(name, ['cx', 'swap', 'cz'].includes(name) ? [a, b] : [a]);
  });
  return circuitOf(4, operations);
}

test('two Toffoli gates that share their controls share their T gates', () => {
  const toffoli = (target: number): GateOperation[] => {
    const [a, b, c] = [0, 1, target];
    const cx = (x: number, y: number) => gate('cx', [x, y]);
    const [t, tdg] = [(q: number) => gate('t', [q]), (q: number) => gate('tdg', [q])];
    return [
      gate('h', [c]),
      cx(b, c),
      tdg(c),
      cx(a, c),
      t(c),
      cx(b, c),
      tdg(c),
      cx(a, c),
      t(b),
      t(c),
      gate('h', [c]),
      cx(a, b),
      t(a),
      tdg(b),
      cx(a, b),
    ];
  };
  const circuit = circuitOf(4, [...toffoli(2), ...toffoli(3)]);
  expect(tCount(circuit)).toBe(14);
  // The turns of a, of b and of their sum meet: two T gates of each are one S.
  expect(tCount(folded(circuit))).toBe(8);
});

test('barriers keep what they part', () => {
  const t = gate('t', [0]);
  const circuit = circuitOf(1, [t, { kind: 'barrier', qubits: [0] }, t]);
  expect(folded(circuit)).toEqual(circuit);
});
