import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { type PayoffProblem, payoffView, qubitsOfGrid } from '#shared/problems/views/payoff.ts';
import { estimation } from '#shared/results/kinds/estimation.ts';
import { type Algorithm, defineAlgorithm, type ViewInput } from '../algorithms/algorithm.ts';
import { asStage, type Stage } from '../algorithms/stages.ts';
import { riskBy } from '../algorithms/risk.ts';
import type { Program, QuestionKind } from '../programs/program.ts';
import type { AmplitudeEstimate, Estimator } from './amplitude.ts';
import { expectedPayoff } from '../algorithms/expected-payoff.ts';
import { oracleOf } from './oracle.ts';

const parametersWith = (epsilon: number): readonly ParameterDescriptor[] => [
  {
    kind: 'number',
    id: 'epsilon',
    title: 'Half width ε',
    help: 'Half the width of the interval, as a share of the range of the payoff. Smaller costs more, in proportion.',
    default: epsilon,
    min: 1e-4,
    max: 0.5,
  },
  {
    kind: 'number',
    id: 'alpha',
    title: 'Error rate α',
    help: 'How often the interval may miss the value: 0.05 is a confidence of 95 %.',
    default: 0.05,
    min: 0,
    max: 1,
    exclusiveMin: true,
    exclusiveMax: true,
  },
];

interface Definition {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  readonly limits: string;
  readonly isUsual?: boolean;
  readonly estimate: Estimator;
  readonly asks: readonly QuestionKind[];
  /** The highest power of Q in one circuit. */
  readonly longestPower: (epsilon: number) => number;
  /** Qubits of the method's own. */
  readonly extraQubits?: (epsilon: number) => number;
  /** The method needs a probability of at most this and has it made that much smaller. */
  readonly largest?: number;
  /** Of the method's own, beside the usual ones. */
  readonly parameters?: readonly ParameterDescriptor[];
  /** Half width where none is given: coarser for circuits that are long at once. */
  readonly usualEpsilon?: number;
}

/** An algorithm for expected payoffs from a way to estimate a probability. */
export function estimationAlgorithm({
  estimate,
  asks,
  longestPower,
  extraQubits = () => 0,
  largest = 1,
  usualEpsilon = 0.01,
  parameters = [],
  ...head
}: Definition): Algorithm {
  return defineAlgorithm({
    ...head,
    kind: 'quantum',
    takes: payoffView,
    result: estimation,
    steps: { name: 'rounds', areCourse: true },
    parameters: [...parametersWith(usualEpsilon), ...parameters],
    canPause: true,
    asks: () => asks,
    needs: (problem, settings) => {
      const epsilon = settings['epsilon'] as number;
      const grid = qubitsOfGrid(problem);
      // Each Grover operator prepares the grid twice, with two gates a point at most for each of two steps.
      return {
        ownBytes: 8 * longestPower(epsilon) * (8 * 2 ** grid + 4 * (grid + 2)),
        qubits: grid + 1 + extraQubits(epsilon),
        answerBytes: 0,
      };
    },
    *run(input) {
      const problem = input.view;
      const { alpha } = input.settings as { readonly alpha: number };
      const meanOf = (values: Float64Array, name: string, place: Place = aside) =>
        asStage(
          meanBy({ estimate, largest }, input, values, name),
          toldAt(place, name, rangeOf(values) / largest),
        );
      const { payoff: payoffs, slope, tail } = problem;
      // How many means a risk takes is seen on the way.
      const share = tail !== null ? null : slope === null ? 1 : 0.5;
      const payoff = yield* meanOf(payoffs, 'payoff', { metric: 'halfWidth', from: 0, share });
      const place = { metric: 'deltaHalfWidth', from: 0.5, share };
      const delta = slope === null ? null : yield* meanOf(slope, 'delta', place);
      const risk = yield* riskBy(problem, meanOf);
      return {
        result: {
          ...expectedPayoff(problem, { payoff, delta, risk, course: payoff.course }),
          confidence: 1 - alpha,
          oracleCalls: payoff.oracleCalls,
          ...input.usage(),
        },
        warnings: [],
      };
    },
  });
}

/** Where one of several means stands in a run, and the curve that it draws. */
interface Place {
  readonly metric: string | null;
  readonly from: number;
  /** Of the whole run; null where that is not known. */
  readonly share: number | null;
}

const aside: Place = { metric: null, from: 0, share: null };

/** Half widths are told in the units of what is estimated, each mean's as a curve of its own. */
function toldAt({ metric, from, share }: Place, name: string, scale: number): Stage {
  return {
    snapshot: (inner) => inner,
    progress: (inner) => ({
      ...inner,
      fraction: share === null || inner.fraction === null ? null : from + share * inner.fraction,
      message: `${inner.message} of the ${name}`,
      metrics: metric === null ? {} : { [metric]: scale * (inner.metrics['halfWidth'] ?? NaN) },
    }),
  };
}

function rangeOf(values: Float64Array): number {
  return (
    values.reduce((most, one) => Math.max(most, one), -Infinity) -
    values.reduce((least, one) => Math.min(least, one), Infinity)
  );
}

/** The mean of values over the grid: they are put between 0 and 1 and estimated as a probability. */
function* meanBy(
  { estimate, largest }: { readonly estimate: Estimator; readonly largest: number },
  { view, settings, shots, seed, answers }: ViewInput<PayoffProblem>,
  values: Float64Array,
  name: string,
): Program<AmplitudeEstimate> {
  const { epsilon, alpha } = settings as { readonly epsilon: number; readonly alpha: number };
  const low = values.reduce((least, one) => Math.min(least, one), Infinity);
  const range = rangeOf(values);
  if (range === 0) return { value: low, interval: [low, low], oracleCalls: 0, course: [] };
  const oracle = oracleOf(
    view,
    values.map((one) => (largest * (one - low)) / range),
  );
  const found = yield* estimate({
    oracle,
    epsilon: largest * epsilon,
    alpha,
    shots,
    seed,
    name,
    settings,
    // Only an ideal state that is kept whole answers these: nothing but the circuit decides there.
    isIdeal: shots === null && answers.has('metric'),
  });
  const valueAt = (probability: number): number => low + range * Math.min(1, probability / largest);
  return {
    ...found,
    value: valueAt(found.value),
    interval: [valueAt(found.interval[0]), valueAt(found.interval[1])],
    course: found.course.map(({ oracleCalls, low: from, high: to }) => ({
      oracleCalls,
      low: valueAt(from),
      high: valueAt(to),
    })),
  };
}
