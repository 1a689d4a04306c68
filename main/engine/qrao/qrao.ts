import { rngOf } from '#shared/base/rng.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { type BinaryProblem, toIsing } from '#shared/problems/binary-problem.ts';
import { penalised } from '#shared/problems/penalties.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { defineAlgorithm, type Settings } from '../algorithms/algorithm.ts';
import { exactSolutionBytes, solveExactly } from '../algorithms/exact-solution.ts';
import { bestOf, optimisationResult } from '../algorithms/optimisation-result.ts';
import { sufficientPenalty } from '../algorithms/sufficient-penalty.ts';
import {
  asksOf,
  measured,
  spreadOf,
  trainingFacts,
  trialOf,
  variationalParameters,
  type VariationalSettings,
  weightedObjective,
} from '../algorithms/variational.ts';
import { partNamed } from '../parts.ts';
import { minimise } from '../training/minimise.ts';
import { encodingOf, relaxedCost, type VariablesPerQubit } from './encoding.ts';
import { magicallyRounded, paulisRounded } from './rounding.ts';

interface QraoSettings extends VariationalSettings {
  readonly variablesPerQubit: VariablesPerQubit;
  readonly rounding: 'magic' | 'pauli';
  readonly bases: number;
  readonly samples: number;
}

const parameters: readonly ParameterDescriptor[] = [
  {
    kind: 'integer',
    id: 'variablesPerQubit',
    title: 'Variables a qubit',
    help: 'Up to three variables share a qubit where none of them are coupled; one is the ordinary encoding.',
    default: 3,
    min: 1,
    max: 3,
  },
  {
    kind: 'choice',
    id: 'rounding',
    title: 'Rounding',
    help: 'Magic: every qubit is measured in random bases of code words, each outcome is an assignment. Pauli: the signs of all means are one assignment.',
    default: 'magic',
    options: [
      { value: 'magic', title: 'Magic' },
      { value: 'pauli', title: 'Pauli' },
    ],
  },
  ...variationalParameters,
  {
    kind: 'integer',
    id: 'bases',
    title: 'Random bases',
    help: 'How many choices of bases magic rounding measures in.',
    default: 50,
    min: 1,
    max: 10_000,
    advanced: true,
  },
  {
    kind: 'integer',
    id: 'samples',
    title: 'Samples',
    help: 'Shots of magic rounding over all bases, where the job is exact.',
    default: 1000,
    min: 1,
    max: 10_000_000,
    advanced: true,
  },
];

const key = 'qrao';

/** What is relaxed: the objective with a penalty that keeps the constraints. */
function costOf(problem: BinaryProblem) {
  if (problem.constraints.length === 0) return { penalty: null, form: problem.objective };
  const penalty = sufficientPenalty(problem);
  return { penalty, form: penalised(problem, penalty).form };
}

/** Quantum random access optimisation (Fuller et al. 2024, arXiv:2111.03167): several variables a qubit. */
export const qrao = defineAlgorithm({
  id: 'qrao',
  title: 'Quantum random access optimisation',
  summary:
    'Holds up to three variables in a qubit, looks for a state of low relaxed cost, and rounds it to assignments.',
  source: 'Fuller et al. 2024, arXiv:2111.03167',
  kind: 'quantum',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'evaluations', areCourse: true },
  parameters,
  canPause: true,
  canFinish: true,
  asks: (settings, parts) => [
    ...asksOf(settings, parts),
    ...(settings['rounding'] === 'magic' ? (['samples'] as const) : []),
  ],
  needs: (problem, settings) => ({
    ownBytes: exactSolutionBytes(problem.variables),
    qubits: encodingOf(toIsing(costOf(problem).form), variablesOf(settings)).qubits,
    answerBytes: 0,
  }),
  *run(input) {
    const { view: problem, parts, seed, shots } = input;
    const settings = input.settings as unknown as QraoSettings;
    const { penalty, form } = costOf(problem);
    const ising = toIsing(form);
    const encoding = encodingOf(ising, settings.variablesPerQubit);
    const view: Hamiltonian = { qubits: encoding.qubits, sum: relaxedCost(ising, encoding) };
    const { circuit, start } = trialOf({ ...input, view }, 131);
    const letters = encoding.places.map((place) => ({
      terms: [{ coefficient: 1, factors: [place] }],
    }));
    yield {
      kind: 'define',
      key,
      circuit,
      observables: [view.sum, ...letters].map((sum) => ({ kind: 'pauli' as const, sum })),
    };
    const { id, ...own } = settings.optimizer;
    const objective = weightedObjective([{ key, weight: 1 }], [key], spreadOf(view));
    const minimum = yield* minimise(
      { ...objective, sense: problem.sense },
      {
        optimizer: partNamed(parts.optimizers, id),
        settings: own,
        start,
        rng: rngOf(seed, 132),
        curve: 'expectation',
        bestCurve: 'best',
        oneByOne: shots === null,
        snapshot: input.snapshot,
      },
    );
    const relaxed = yield* measured(key, minimum.point, input.finish.ofLast(shots));
    const state = { circuit, point: minimum.point, encoding, variables: problem.variables };
    const drawn = {
      bases: settings.bases,
      shots: input.finish.lastShots(shots ?? settings.samples),
    };
    const distribution =
      settings.rounding === 'pauli'
        ? yield* paulisRounded(key, state, rngOf(seed, 133))
        : yield* magicallyRounded(state, drawn, rngOf(seed, 133));
    const { evaluations, optimizer } = trainingFacts([minimum]);
    const best = bestOf(problem, distribution.assignments);
    const effort = { evaluations, ...input.usage() };
    const taken = settings.rounding === 'pauli' ? null : drawn.shots;
    return {
      result: {
        ...optimisationResult(problem, distribution, best, solveExactly(problem), effort, taken),
        parameters: { theta: Array.from(minimum.point) },
        penalty,
        relaxation: { ...relaxed, qubits: encoding.qubits, variables: ising.h.length },
        optimizer,
      },
      warnings:
        best === null
          ? ['No feasible assignment came out of the rounding; take more samples or another seed.']
          : [],
    };
  },
});

function variablesOf(settings: Settings): VariablesPerQubit {
  return (settings as unknown as QraoSettings).variablesPerQubit;
}
