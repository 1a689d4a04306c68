import { hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Estimates } from '../programs/program.ts';
import { defineAlgorithm } from './algorithm.ts';
import {
  courseOf,
  type CourseSettings,
  followed,
  observablesParameter,
  orderFault,
  orderParameter,
  stepsParameter,
  timesOf,
} from './course.ts';
import { knownEnergies, knownEnergiesBytes } from './diagonalisation.ts';
import { followCourse, type Motion, motionOf, regularisationParameter } from './mclachlan.ts';
import {
  ansatzParameter,
  circuitFacts,
  initialParametersParameter,
  needsOf,
  spreadOf,
  trialOf,
} from './variational.ts';

interface ImaginarySettings extends CourseSettings {
  readonly time?: number;
  readonly regularisation: number;
}

const key = 'imaginary-time';
/** In units of one over the spread of the energies: what is left of others is about e^−20 for gaps of its size. */
const standardTime = 20;

/**
 * Follows exp(−Hτ) within the states of a circuit by McLachlan's principle (McArdle et al. 2019, arXiv:1804.03023):
 * the metric of the states times the velocity of the parameters is minus half the slope of the energy.
 */
export const imaginaryTime = defineAlgorithm({
  id: 'imaginary-time',
  title: 'Imaginary time evolution',
  summary:
    'Cools a circuit’s state down to the ground state along imaginary time; exact simulation only.',
  source: 'McArdle et al. 2019, arXiv:1804.03023',
  limits: 'exact pure states alone',
  kind: 'quantum',
  takes: hamiltonianView,
  result: energies,
  steps: { name: 'steps', areCourse: true },
  parameters: [
    ansatzParameter,
    {
      kind: 'number',
      id: 'time',
      title: 'Imaginary time',
      help: 'How long the state cools, in units of one over that of the coefficients. Empty: 20 over the spread of the energies.',
      default: null,
      min: 0,
      exclusiveMin: true,
    },
    stepsParameter(40),
    orderParameter(
      4,
      'How the equation of motion is followed: 1 (Euler), 2 (midpoint) or 4 (Runge and Kutta).',
    ),
    observablesParameter,
    initialParametersParameter,
    regularisationParameter(1e-4),
  ],
  fault: orderFault,
  canPause: true,
  accuracy: 1e-4,
  asks: () => ['expectations', 'gradients', 'metric'],
  needs: (view) => needsOf(view, knownEnergiesBytes(view, 1)),
  *run(input) {
    const { view } = input;
    const settings = input.settings as unknown as ImaginarySettings;
    const { texts, sums } = followed(settings, view.qubits);
    const { circuit, start } = trialOf(input, 118);
    const observables = [view.sum, ...sums].map((sum) => ({ kind: 'pauli' as const, sum }));
    yield { kind: 'define', key, circuit, observables };
    const spread = spreadOf(view);
    const times = timesOf(settings.time ?? standardTime / spread, settings.steps);
    const { point, rows } = yield* followCourse({
      key,
      start,
      times,
      observables: observables.length,
      travel: { order: settings.order, spread, motionAt: (at) => motionAt(at, settings) },
      snapshot: input.snapshot,
      curve: 'energy',
    });
    const last = rows.at(-1) as Estimates;
    const course = rows.map(({ values, stderrs }) => ({
      values: values.subarray(1),
      stderrs: stderrs.subarray(1),
    }));
    return {
      result: {
        energies: [{ value: last.values[0] as number, stderr: last.stderrs[0] as number }],
        ...circuitFacts(circuit, point),
        ...knownEnergies(input, 1),
        ...courseOf(times, texts, course),
        ...input.usage(),
      },
      warnings: [],
    };
  },
});

/** θ̇ = −½ g⁻¹∇E. */
function* motionAt(
  point: Float64Array,
  { regularisation }: ImaginarySettings,
): Generator<Ask, Motion, Answer> {
  const rows = { key, items: 1, bindings: point };
  const { gradients } = yield* ask({ kind: 'gradients', ...rows, observable: 0 });
  const { values: metric } = yield* ask({ kind: 'metric', ...rows });
  return motionOf(
    metric,
    gradients.map((slope) => -slope / 2),
    regularisation,
  );
}
