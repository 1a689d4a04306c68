import { type Rng, rngOf } from '#shared/base/rng.ts';
import { circuitOf } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation } from '#shared/circuit/circuit.ts';
import { numberOf } from '#shared/circuit/expression.ts';
import { statisticsOf } from '#shared/circuit/statistics.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import { hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { dynamics } from '#shared/results/kinds/dynamics.ts';
import { initialState, prepared, productExpectation } from '../ansatze/initial-state.ts';
import { pauliEvolution } from '../ansatze/pauli-evolution.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Estimates } from '../programs/program.ts';
import { defineAlgorithm } from './algorithm.ts';
import {
  courseOf,
  type CourseSettings,
  followed,
  observablesParameter,
  stepsParameter,
  timeParameter,
  timesOf,
} from './course.ts';

interface DriftSettings extends CourseSettings {
  readonly time: number;
  readonly gates: number;
  readonly circuits: number;
  readonly initialState?: string;
}

const key = 'qdrift';

/**
 * qDRIFT (Campbell 2019, arXiv:1811.08017): each gate evolves under one term, drawn in proportion to the size of its
 * coefficient, for the same angle. The mean over circuits is off by at most 2λ²t²/N for N gates and λ = Σ|c|, however many terms there are.
 */
export const qdrift = defineAlgorithm({
  id: 'qdrift',
  title: 'Randomised evolution (qDRIFT)',
  summary:
    'Lets a state evolve under terms that are drawn by their weight: short circuits where a Hamiltonian has many small terms.',
  kind: 'quantum',
  takes: hamiltonianView,
  result: dynamics,
  steps: { name: 'steps', areCourse: true },
  parameters: [
    timeParameter,
    stepsParameter(5),
    {
      kind: 'integer',
      id: 'gates',
      title: 'Gates a step',
      help: 'How many terms are drawn for each step. The error falls with the number of all of them.',
      default: 40,
      min: 1,
      max: 100_000,
    },
    {
      kind: 'integer',
      id: 'circuits',
      title: 'Circuits',
      help: 'Over how many random circuits the values are averaged; their spread is part of the standard error.',
      default: 20,
      min: 2,
      max: 10_000,
    },
    observablesParameter,
    initialState,
  ],
  canPause: true,
  // At the standard settings the mean over circuits may be off by this on the examples.
  accuracy: 0.05,
  asks: () => ['expectations'],
  needs: ({ qubits }) => ({ ownBytes: 0, qubits, answerBytes: 0 }),
  *run(input) {
    const { view, seed } = input;
    const settings = input.settings as unknown as DriftSettings;
    const { texts, sums } = followed(settings, view.qubits);
    const letters = settings.initialState ?? '0'.repeat(view.qubits);
    const start = prepared(letters, view.qubits, 'settings.initialState');
    const drawn = Array.from({ length: settings.circuits }, (_, k) =>
      drift(view.sum, settings, rngOf(seed, 136, k)),
    );
    const circuitAfter = (gates: readonly GateOperation[][], step: number): Circuit =>
      circuitOf(view.qubits, [...start, ...gates.slice(0, step * settings.gates).flat()]);
    const rows: Estimates[] = [
      {
        values: Float64Array.from(sums, (sum) => productExpectation(letters, sum)),
        stderrs: new Float64Array(sums.length),
      },
    ];
    const observables = sums.map((sum) => ({ kind: 'pauli' as const, sum }));
    for (let step = 1; step <= settings.steps; step++) {
      const found: Estimates[] = [];
      for (const gates of drawn) {
        yield { kind: 'define', key, circuit: circuitAfter(gates, step), observables };
        found.push(yield* observed(texts.length));
        yield { kind: 'forget', key };
      }
      rows.push(meanOf(found, texts.length));
      yield {
        kind: 'progress',
        progress: {
          fraction: step / settings.steps,
          message: `Step ${step} of ${settings.steps}`,
          step,
          metrics: { observable: rows.at(-1)?.values[0] as number },
        },
      };
    }
    const longest = circuitAfter(drawn[0] ?? [], settings.steps);
    return {
      result: {
        ...courseOf(timesOf(settings.time, settings.steps), texts, rows),
        gateCounts: { ...statisticsOf(longest).gateCounts },
        ...input.usage(),
      },
      warnings: [],
    };
  },
});

function observed(count: number): Generator<Ask, Estimates, Answer> {
  return ask({
    kind: 'expectations',
    key,
    items: 1,
    bindings: new Float64Array(0),
    observables: Array.from({ length: count }, (_, j) => j),
  });
}

/** The gates of one random circuit, one entry a draw. */
function drift(
  { terms }: PauliSum,
  { time, steps, gates }: DriftSettings,
  rng: Rng,
): GateOperation[][] {
  const moving = terms.filter(
    ({ factors, coefficient }) => factors.length > 0 && coefficient !== 0,
  );
  const total = moving.reduce((sum, { coefficient }) => sum + Math.abs(coefficient), 0);
  const angle = (total * time) / (steps * gates);
  return Array.from({ length: moving.length === 0 ? 0 : steps * gates }, () => {
    const term = drawnTerm(moving, total * rng.uniform());
    return pauliEvolution(term, numberOf(Math.sign(term.coefficient) * angle));
  });
}

/** The term at a place of the line on which each is as long as its coefficient. */
function drawnTerm(terms: readonly PauliTerm[], place: number): PauliTerm {
  let rest = place;
  for (const term of terms) {
    rest -= Math.abs(term.coefficient);
    if (rest < 0) return term;
  }
  return terms.at(-1) as PauliTerm;
}

/** Means over circuits; their spread holds both what is random in them and the noise of their shots. */
function meanOf(found: readonly Estimates[], count: number): Estimates {
  const n = found.length;
  const means = Float64Array.from(
    { length: count },
    (_, j) => found.reduce((sum, { values }) => sum + (values[j] as number), 0) / n,
  );
  const stderrs = means.map((mean, j) => {
    const square = found.reduce((sum, { values }) => sum + ((values[j] as number) - mean) ** 2, 0);
    return Math.sqrt(square / (n * (n - 1)));
  });
  return { values: means, stderrs };
}
