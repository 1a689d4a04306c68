import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { qubitCountOf, type Circuit } from '#shared/circuit/circuit.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { distanceUpToPhase } from '#shared/math/matrix.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { importers } from '#shared/qasm/importers/registry.ts';
import { standardNames } from '#shared/qasm/semantics3/gate-calls.ts';
import {
  callPlaces,
  circuitOf,
  controlsOf,
  matrixOf,
  modifiedCall,
  type ModifiedCall,
  randomModifiers,
} from './modifier-laws.ts';

const names = ['U', 'gphase', ...standardNames];
/** Calls of a gate under random modifiers, one more control on all of it. */
function* callsOf(name: string, stream: number, rounds: number): Generator<ModifiedCall> {
  for (const [k, place] of callPlaces.entries()) {
    for (let round = 0; round < rounds; round++) {
      const rng = rngOf(round, stream, names.indexOf(name), k);
      const modifiers = randomModifiers(rng, 3);
      if (controlsOf(modifiers) <= 2) yield modifiedCall(name, place, modifiers, rng);
    }
  }
}

/** Formats whose texts can be read again. */
const targets = ['qasm2', 'qasm3', 'json', 'quil', 'quirk', 'ionq'];

function readAgain(target: string, circuit: Circuit): Circuit | null {
  const exporter = exporters.find(({ id }) => id === target);
  if (exporter === undefined) throw new Error(`no exporter ${target}`);
  let text: string;
  try {
    ({ text } = exporter.export(circuit));
  } catch (error) {
    if (error instanceof AppError && error.code === 'unsupported') return null;
    throw error;
  }
  if (target.startsWith('qasm')) return circuitOf(text);
  const importer = importers.find(({ id }) => id === target);
  const { circuit: read, diagnostics } = importer?.import(text) ?? {
    circuit: null,
    diagnostics: [],
  };
  if (read === null) throw new Error(`${JSON.stringify(diagnostics)} in\n${text}`);
  return read;
}

/** The laws of modifiers, with so many chains of them for each gate in each place. */
export function describeModifierLaws(rounds: number): void {
  describe('gates under modifiers', () => {
    it.each(names)('%s does what OpenQASM 3 says, phase included', (name) => {
      for (const { text, matrix } of callsOf(name, 601, rounds)) {
        const refused = parseDocument(text).diagnostics.find(
          ({ severity }) => severity === 'error',
        );
        // Only a broken power of a power with angles that nobody knows yet has no words.
        if (refused?.message.includes('cannot be raised to') === true) continue;
        expect(distanceUpToPhase(matrixOf(text), matrix), text).toBeLessThan(1e-8);
      }
    });
  });

  describe.each(targets)('programs that are written as %s and read again', (target) => {
    it('keep what gates under modifiers do, phase included', () => {
      let kept = 0;
      for (const name of names) {
        for (const { text } of callsOf(name, 602, rounds)) {
          const { circuit } = parseDocument(text);
          if (circuit === null) continue;
          const again = readAgain(target, circuit);
          if (again === null || qubitCountOf(again) !== qubitCountOf(circuit)) continue;
          expect(distanceUpToPhase(unitaryOf(again), unitaryOf(circuit)), text).toBeLessThan(1e-7);
          kept++;
        }
      }
      expect(kept).toBeGreaterThan(names.length);
    });
  });
}
