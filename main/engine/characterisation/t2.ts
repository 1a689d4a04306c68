import { gate } from '#shared/circuit/build.ts';
import { machineView } from '#shared/problems/views/machine.ts';
import { characterisation } from '#shared/results/kinds/characterisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { delayParameters, waited } from './decay.ts';
import { idle } from './idle.ts';

/** Dephasing: a superposition waits, alone (Ramsey) or turned round half way (Hahn 1950). */
export const t2 = defineAlgorithm({
  id: 't2',
  title: 'T2',
  summary:
    'Lets a superposition wait, with an echo half way or without, and fits how fast its phase is lost.',
  source: 'Hahn 1950, Physical Review 80, 580; Ramsey 1950, Physical Review 78, 695',
  limits: 'Without an echo a frequency that is off would show as a faster decay; it is not fitted.',
  kind: 'quantum',
  takes: machineView,
  result: characterisation,
  steps: { name: 'circuits', areCourse: true },
  parameters: [
    {
      kind: 'choice',
      id: 'sequence',
      title: 'Sequence',
      help: 'An echo takes out what turns the qubit slowly; without one T2* is measured.',
      default: 'echo',
      options: [
        { value: 'echo', title: 'Hahn echo' },
        { value: 'ramsey', title: 'Ramsey, no echo' },
      ],
    },
    ...delayParameters,
  ],
  canPause: true,
  asks: () => ['samples'],
  needs: ({ qubits }) => ({ ownBytes: 0, qubits: qubits.length, answerBytes: 0 }),
  *run(input) {
    const isEcho = input.settings['sequence'] === 'echo';
    const { result, warnings } = yield* waited(input, {
      expected: 'T2',
      rate: isEcho ? 'dephasing rate 1/T2' : 'dephasing rate 1/T2*',
      circuit(qubit, steps) {
        const half = Math.ceil(steps / 2);
        const wait = isEcho
          ? [...idle(qubit, half), gate('x', [qubit]), ...idle(qubit, Math.max(1, steps - half))]
          : idle(qubit, steps);
        return [gate('h', [qubit]), ...wait, gate('h', [qubit])];
      },
      // From what |0⟩ reads to the middle of the two: B is that middle, A half their distance.
      weights: { delay: [-1, 1], zero: [-1, 1], one: [1, 1] },
    });
    return { result: { ...result, ...input.usage() }, warnings };
  },
});
