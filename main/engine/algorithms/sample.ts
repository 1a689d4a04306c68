import { AppError } from '#shared/base/errors.ts';
import { bitCountOf, type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Algorithm } from './algorithm.ts';
import { circuitInput } from './circuit-input.ts';

/** Shots where the spec gives none. */
const defaultShots = 1024;

export const sample: Algorithm = {
  id: 'sample',
  title: 'Sample',
  summary:
    'Runs a circuit and counts what is measured; every qubit is measured where the circuit measures none.',
  kind: 'quantum',
  problems: ['circuit'],
  parameters: [],
  canPause: true,
  *run(input) {
    const { circuit, bindings } = circuitInput(input);
    const shots = input.shots ?? defaultShots;
    yield { kind: 'define', key: 'circuit', circuit, observables: [] };
    const answer = yield { kind: 'samples', key: 'circuit', items: 1, bindings, shots };
    if (answer.kind !== 'samples') throw new AppError('internal', 'Expected samples.');
    const { outcomes, counts } = answer.counts[0] as {
      outcomes: Float64Array;
      counts: Float64Array;
    };
    const total = counts.reduce((sum, n) => sum + n, 0);
    const keys = Array.from(outcomes, keyOfOutcome(circuit));
    const table: Record<string, number> = {};
    keys.forEach((key, k) => (table[key] = (table[key] ?? 0) + (counts[k] as number)));
    const probabilities = Object.fromEntries(
      Object.entries(table).map(([key, n]) => {
        const p = n / total;
        return [key, { value: p, stderr: Math.sqrt((p * (1 - p)) / total) }];
      }),
    );
    return {
      result: { counts: table, probabilities, ...input.usage() },
      warnings: input.shots === null ? [`No shots were given; ${defaultShots} were used.`] : [],
    };
  },
};

/** Bit i of the outcome is classical bit i, or qubit i where the circuit measures nothing. */
function keyOfOutcome(circuit: Circuit): (index: number) => string {
  const measures = circuit.operations.some(({ kind }) => kind === 'measure' || kind === 'if');
  const width = measures ? bitCountOf(circuit) : qubitCountOf(circuit);
  return (index) =>
    Array.from({ length: width }, (_, i) => (Math.floor(index / 2 ** i) % 2 === 1 ? '1' : '0'))
      .reverse()
      .join('');
}
