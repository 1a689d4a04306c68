import { circuitOf } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { statisticsOf } from '#shared/circuit/statistics.ts';
import { hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { dynamics } from '#shared/results/kinds/dynamics.ts';
import { initialState, prepared, productExpectation } from '../ansatze/initial-state.ts';
import { ask } from '../programs/ask.ts';
import type { Estimates } from '../programs/program.ts';
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
import { evolution } from './product-formula.ts';

interface TrotterSettings extends CourseSettings {
  readonly time: number;
  readonly initialState?: string;
}

/** Simulates the evolution under a Hamiltonian by product formulas (Lloyd 1996, Science 273, 1073). */
export const trotter = defineAlgorithm({
  id: 'trotter',
  title: 'Trotter evolution',
  summary: 'Lets a state evolve under a Hamiltonian in small steps and follows observables.',
  source: 'Lloyd 1996, Science 273, 1073; Suzuki 1990, Physics Letters A 146, 319',
  kind: 'quantum',
  takes: hamiltonianView,
  result: dynamics,
  steps: { name: 'steps', areCourse: true },
  parameters: [
    timeParameter,
    stepsParameter(20),
    orderParameter(
      2,
      'The error of a step goes with the power of its length above this: 1 (Trotter), 2 (Strang) or 4 (Suzuki).',
    ),
    observablesParameter,
    initialState,
  ],
  fault: orderFault,
  canPause: true,
  accuracy: 5e-3,
  asks: () => ['expectations'],
  needs: ({ qubits }) => ({ ownBytes: 0, qubits, answerBytes: 0 }),
  *run(input) {
    const settings = input.settings as unknown as TrotterSettings;
    const { view } = input;
    const { texts, sums } = followed(settings, view.qubits);
    const start = settings.initialState ?? '0'.repeat(view.qubits);
    const circuitAfter = (steps: number): Circuit =>
      circuitOf(view.qubits, [
        ...prepared(start, view.qubits, 'settings.initialState'),
        ...evolution(view.sum, (settings.time * steps) / settings.steps, { ...settings, steps }),
      ]);
    const last = circuitAfter(settings.steps);
    const times = timesOf(settings.time, settings.steps);
    // The start is known.
    const rows: Estimates[] = [
      {
        values: Float64Array.from(sums, (sum) => productExpectation(start, sum)),
        stderrs: new Float64Array(sums.length),
      },
    ];
    for (let step = 1; step <= settings.steps; step++) {
      const key = `trotter ${step}`;
      const circuit = step === settings.steps ? last : circuitAfter(step);
      const observables = sums.map((sum) => ({ kind: 'pauli' as const, sum }));
      yield { kind: 'define', key, circuit, observables };
      const found = yield* ask({
        kind: 'expectations',
        key,
        items: 1,
        bindings: new Float64Array(0),
        observables: texts.map((_, j) => j),
      });
      yield { kind: 'forget', key };
      rows.push(found);
      yield {
        kind: 'progress',
        progress: {
          fraction: step / settings.steps,
          message: `Step ${step} of ${settings.steps}`,
          step,
          metrics: { observable: found.values[0] as number },
        },
      };
    }
    return {
      result: {
        ...courseOf(times, texts, rows),
        gateCounts: { ...statisticsOf(last).gateCounts },
        ...input.usage(),
      },
      warnings: [],
    };
  },
});
