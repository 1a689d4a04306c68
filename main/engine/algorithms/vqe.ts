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
  train,
  trainingFacts,
  trialOf,
  variationalParameters,
  weightedObjective,
} from './variational.ts';

/** The variational quantum eigensolver (Peruzzo et al. 2014, arXiv:1304.3061). */
export const vqe = defineAlgorithm({
  id: 'vqe',
  title: 'VQE',
  summary: 'Tunes a circuit until the energy of its state is as low as it gets.',
  source: 'Peruzzo et al. 2014, arXiv:1304.3061',
  limits: 'exact energies stand beside the result up to 10 qubits',
  kind: 'quantum',
  takes: hamiltonianView,
  result: energies,
  steps: { name: 'evaluations', areCourse: true },
  parameters: variationalParameters,
  isUsual: true,
  canPause: true,
  canFinish: true,
  accuracy: 1e-6,
  asks: asksOf,
  needs: (view) => needsOf(view, knownEnergiesBytes(view, 1)),
  *run(input) {
    const { view } = input;
    const key = 'vqe';
    const { circuit, start } = trialOf(input, 111);
    yield { kind: 'define', key, circuit, observables: [{ kind: 'pauli', sum: view.sum }] };
    const objective = weightedObjective([{ key, weight: 1 }], [key], spreadOf(view));
    const minimum = yield* train(objective, start, input, {
      stream: 112,
      snapshot: input.snapshot,
    });
    const energy = yield* measured(key, minimum.point, input.finish.ofLast(input.shots));
    return {
      result: {
        energies: [energy],
        ...circuitFacts(circuit, minimum.point),
        ...knownEnergies(input, 1),
        ...trainingFacts([minimum]),
        ...input.usage(),
      },
      warnings: [],
    };
  },
});
