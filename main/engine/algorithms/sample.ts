import { textOf } from '#shared/base/packed-bits.ts';
import { ask } from '../programs/ask.ts';
import type { Counts } from '../programs/program.ts';
import { circuitView } from '#shared/problems/views/circuit.ts';
import { counts } from '#shared/results/kinds/counts.ts';
import { defineAlgorithm } from './algorithm.ts';

/** Shots where the spec gives none. */
const defaultShots = 1024;

export const sample = defineAlgorithm({
  id: 'sample',
  title: 'Sample',
  summary:
    'Runs a circuit and counts what is measured; every qubit is measured where the circuit measures none.',
  kind: 'quantum',
  takes: circuitView,
  result: counts,
  steps: { name: 'steps', areCourse: true },
  parameters: [],
  canPause: true,
  asks: () => ['samples'],
  needs: ({ qubits }) => ({ ownBytes: 0, qubits, answerBytes: 0 }),
  *run(input) {
    const { circuit, bindings } = input.view;
    const shots = input.shots ?? defaultShots;
    yield { kind: 'define', key: 'circuit', circuit, observables: [] };
    const answer = yield* ask({ kind: 'samples', key: 'circuit', items: 1, bindings, shots });
    const { outcomes, counts: found } = answer.counts[0] as Counts;
    const total = found.reduce((sum, n) => sum + n, 0);
    const table = Object.fromEntries(Array.from(found, (n, k) => [textOf(outcomes, k), n]));
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
});
