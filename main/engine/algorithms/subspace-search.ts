import { AppError } from '#shared/base/errors.ts';
import { gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import { defineAlgorithm } from './algorithm.ts';
import { knownEnergies, knownEnergiesBytes } from './diagonalisation.ts';
import {
  asksOf,
  circuitFacts,
  measured,
  needsOf,
  spreadOf,
  statesParameter,
  train,
  trainingFacts,
  trialOf,
  variationalParameters,
  weightedObjective,
} from './variational.ts';

/** Subspace search (Nakanishi, Mitarai and Fujii 2019, arXiv:1810.09434). */
export const subspaceSearch = defineAlgorithm({
  id: 'subspace-search',
  title: 'Subspace search',
  summary: 'One circuit turns orthogonal starts into the lowest states, all at once.',
  source: 'Nakanishi, Mitarai and Fujii 2019, arXiv:1810.09434',
  kind: 'quantum',
  takes: hamiltonianView,
  result: energies,
  steps: { name: 'evaluations', areCourse: true },
  parameters: [statesParameter, ...variationalParameters],
  canPause: true,
  canFinish: true,
  accuracy: 1e-6,
  asks: asksOf,
  needs: (view, settings) => needsOf(view, knownEnergiesBytes(view, settings['states'] as number)),
  *run(input) {
    const { view, settings } = input;
    const count = settings['states'] as number;
    if (Math.log2(count) > view.qubits) {
      throw new AppError(
        'bad-input',
        `${view.qubits} qubits have ${2 ** view.qubits} states; ${count} were asked for.`,
        { path: 'settings.states' },
      );
    }
    const { circuit, start } = trialOf(input, 116);
    const keys = Array.from({ length: count }, (_, k) => `subspace ${k}`);
    for (const [k, key] of keys.entries()) {
      const observables = [{ kind: 'pauli' as const, sum: view.sum }];
      yield { kind: 'define', key, circuit: fromBasisState(circuit, k), observables };
    }
    // Falling weights, whose sum is 1, put the lowest energy first.
    const total = (count * (count + 1)) / 2;
    const parts = keys.map((key, k) => ({ key, weight: (count - k) / total }));
    const minimum = yield* train(weightedObjective(parts, keys, spreadOf(view)), start, input, {
      stream: 117,
      snapshot: input.snapshot,
    });
    const found = [];
    const last = input.finish.ofLast(input.shots);
    for (const key of keys) found.push(yield* measured(key, minimum.point, last));
    return {
      result: {
        energies: found.toSorted((a, b) => a.value - b.value),
        ...circuitFacts(circuit, minimum.point),
        ...knownEnergies(input, count),
        ...trainingFacts([minimum]),
        ...input.usage(),
      },
      warnings: [],
    };
  },
});

/** The circuit with qubits turned before it where the number has ones: starts that are orthogonal. */
function fromBasisState(circuit: Circuit, state: number): Circuit {
  const bits = [...state.toString(2)].toReversed();
  const flips = bits.flatMap((bit, q) => (bit === '1' ? [gate('x', [q])] : []));
  return { ...circuit, operations: [...flips, ...circuit.operations] };
}
