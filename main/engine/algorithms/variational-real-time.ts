import type { Circuit } from '#shared/circuit/circuit.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { type Hamiltonian, hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { dynamics } from '#shared/results/kinds/dynamics.ts';
import { evolutionUnder } from '../ansatze/excitations.ts';
import { initialState } from '../ansatze/initial-state.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { defineAlgorithm } from './algorithm.ts';
import {
  courseOf,
  type CourseSettings,
  followed,
  observablesParameter,
  orderFault,
  orderParameter,
  stepsParameter,
  timeParameter,
  timesOf,
} from './course.ts';
import { followCourse, type Motion, motionOf, regularisationParameter } from './mclachlan.ts';
import {
  ansatzParameter,
  circuitFacts,
  initialParametersParameter,
  needsOf,
  spreadOf,
  trialOf,
  type VariationalSettings,
} from './variational.ts';

interface RealTimeSettings extends CourseSettings, VariationalSettings {
  readonly time: number;
  readonly initialState?: string;
  readonly regularisation: number;
}

const key = 'variational-real-time';
const moving = `${key} moving`;

/**
 * Follows exp(−iHt) within the states of a circuit by McLachlan's principle (Li and Benjamin 2017, arXiv:1611.09301). The
 * force is the metric's column for one more parameter, the time of the evolution under H at the end of the circuit, so
 * that a velocity is the part of −iH|ψ⟩ that the circuit can follow.
 */
export const variationalRealTime = defineAlgorithm({
  id: 'variational-real-time',
  title: 'Variational real time evolution',
  summary: 'Follows a state in time with a circuit of fixed depth; exact simulation only.',
  source: 'Li and Benjamin 2017, arXiv:1611.09301',
  limits: 'exact pure states alone',
  kind: 'quantum',
  takes: hamiltonianView,
  result: dynamics,
  steps: { name: 'steps', areCourse: true },
  parameters: [
    { ...ansatzParameter, default: { id: 'hamiltonian-variational' } },
    timeParameter,
    stepsParameter(20),
    orderParameter(
      4,
      'How the equation of motion is followed: 1 (Euler), 2 (midpoint) or 4 (Runge and Kutta).',
    ),
    observablesParameter,
    initialState,
    {
      ...initialParametersParameter,
      help: 'Where the circuit starts, one number for each of its parameters. Empty: all 0, so that the state is the initial one.',
    },
    regularisationParameter(1e-5),
  ],
  fault: orderFault,
  canPause: true,
  accuracy: 5e-3,
  asks: () => ['expectations', 'metric'],
  needs: (view) => needsOf(view, 0),
  *run(input) {
    const { view } = input;
    const settings = input.settings as unknown as RealTimeSettings;
    const { texts, sums } = followed(settings, view.qubits);
    const { circuit, start } = standing(input, settings);
    const observables = sums.map((sum) => ({ kind: 'pauli' as const, sum }));
    yield { kind: 'define', key, circuit, observables };
    yield { kind: 'define', key: moving, circuit: withEvolution(circuit, view), observables: [] };
    const times = timesOf(settings.time, settings.steps);
    const { point, rows } = yield* followCourse({
      key,
      start,
      times,
      observables: observables.length,
      travel: {
        order: settings.order,
        spread: spreadOf(view),
        motionAt: (at) => motionAt(at, settings.regularisation),
      },
      snapshot: input.snapshot,
      curve: 'observable',
    });
    const { gateCounts } = circuitFacts(circuit, point);
    return {
      result: { ...courseOf(times, texts, rows), gateCounts, ...input.usage() },
      warnings: [],
    };
  },
});

/** The circuit from the initial state, at rest. */
function standing(
  input: Parameters<typeof trialOf>[0],
  { ansatz, initialState: letters, initialParameters }: RealTimeSettings,
) {
  const from = letters ?? '0'.repeat(input.view.qubits);
  const settings = { ...input.settings, ansatz: { initialState: from, ...ansatz } };
  const { circuit, start } = trialOf({ ...input, settings }, 122);
  const atRest = initialParameters === undefined;
  return {
    circuit,
    start: atRest ? start.map((_, k) => circuit.parameters[k]?.value ?? 0) : start,
  };
}

/** The circuit, and then the evolution for a time that is its last parameter. */
function withEvolution(circuit: Circuit, { sum }: Hamiltonian): Circuit {
  const time = 'evolution_time';
  return {
    ...circuit,
    operations: [...circuit.operations, ...evolutionUnder(sum, parameterOf(time))],
    parameters: [...circuit.parameters, { name: time, value: null }],
  };
}

function* motionAt(point: Float64Array, regularisation: number): Generator<Ask, Motion, Answer> {
  const n = point.length;
  const { values } = yield* ask({
    kind: 'metric',
    key: moving,
    items: 1,
    bindings: Float64Array.of(...point, 0),
  });
  const at = (r: number, c: number): number => values[r * (n + 1) + c] as number;
  const motion = motionOf(
    Float64Array.from({ length: n * n }, (_, k) => at(Math.floor(k / n), k % n)),
    Float64Array.from({ length: n }, (_, k) => at(k, n)),
    regularisation,
  );
  // Where directions nearly coincide, angles run far ahead of the state; the metric must not change within a part.
  const fastest = motion.velocity.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return { ...motion, speed: Math.max(motion.speed, fastest / 2) };
}
