import type { Circuit } from '#shared/circuit/circuit.ts';
import { type Hamiltonian, hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import type { Answer, Ask } from '../programs/program.ts';
import type { Minimum } from '../training/minimise.ts';
import { algorithmOf, type ViewInput, wayOf } from './algorithm.ts';
import { knownEnergies, knownEnergiesBytes } from './diagonalisation.ts';
import { alongFamily } from './scan.ts';
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

const key = 'vqe';

/** The variational quantum eigensolver (Peruzzo et al. 2014, arXiv:1304.3061). */
export const vqe = algorithmOf(
  {
    id: 'vqe',
    title: 'VQE',
    summary: 'Tunes a circuit until the energy of its state is as low as it gets.',
    source: 'Peruzzo et al. 2014, arXiv:1304.3061',
    limits: 'exact energies stand beside the result up to 10 qubits',
    kind: 'quantum',
    steps: { name: 'evaluations', areCourse: true },
    parameters: variationalParameters,
    isUsual: true,
    canPause: true,
    canFinish: true,
    accuracy: 1e-6,
    asks: asksOf,
  },
  [
    wayOf({
      takes: hamiltonianView,
      result: energies,
      needs: (view) => needsOf(view, knownEnergiesBytes(view, 1)),
      *run(input) {
        const { circuit, minimum, energy } = yield* tuned(input, []);
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
    }),
    alongFamily({
      trains: true,
      needs: (view) => needsOf(view, knownEnergiesBytes(view, 1)),
      *solve(input, _place, from) {
        const { minimum, energy } = yield* tuned(input, from);
        yield { kind: 'forget', key };
        const known = knownEnergies(input, 1);
        const { molecule } = known;
        const { iterations, converged, point } = minimum;
        return {
          point: {
            energies: [energy],
            ...('exact' in known ? { exact: known.exact } : {}),
            ...(molecule === undefined ? {} : { hartreeFock: molecule.hartreeFock }),
          },
          start: Array.from(point),
          iterations,
          converged,
        };
      },
    }),
  ],
);

interface Tuned {
  readonly circuit: Circuit;
  readonly minimum: Minimum;
  readonly energy: { readonly value: number; readonly stderr: number };
}

/** The circuit at its lowest energy, searched from where a like one ended, if it has as many parameters. */
function* tuned(
  input: ViewInput<Hamiltonian>,
  from: readonly number[],
): Generator<Ask, Tuned, Answer> {
  const { view } = input;
  const { circuit, start } = trialOf(input, 111);
  yield { kind: 'define', key, circuit, observables: [{ kind: 'pauli', sum: view.sum }] };
  const objective = weightedObjective([{ key, weight: 1 }], [key], spreadOf(view));
  const begin = from.length === start.length ? Float64Array.from(from) : start;
  const minimum = yield* train(objective, begin, input, {
    stream: 112,
    snapshot: input.snapshot,
  });
  return {
    circuit,
    minimum,
    energy: yield* measured(key, minimum.point, input.finish.ofLast(input.shots)),
  };
}
