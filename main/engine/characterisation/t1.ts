import { gate } from '#shared/circuit/build.ts';
import { machineView } from '#shared/problems/views/machine.ts';
import { characterisation } from '#shared/results/kinds/characterisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { delayParameters, waited } from './decay.ts';
import { idle } from './idle.ts';

/** Relaxation: |1⟩ is prepared, waits and is read. */
export const t1 = defineAlgorithm({
  id: 't1',
  title: 'T1',
  summary:
    'Lets |1⟩ wait for longer and longer and fits how fast it falls, with wrong reading fitted beside it.',
  source: 'Krantz et al. 2019, Applied Physics Reviews 6, 021318, section IV',
  kind: 'quantum',
  takes: machineView,
  result: characterisation,
  steps: { name: 'circuits', areCourse: true },
  parameters: delayParameters,
  canPause: true,
  asks: () => ['samples'],
  needs: ({ qubits }) => ({ ownBytes: 0, qubits: qubits.length, answerBytes: 0 }),
  *run(input) {
    const { result, warnings } = yield* waited(input, {
      expected: 'T1',
      rate: 'relaxation rate 1/T1',
      circuit: (qubit, steps) => [gate('x', [qubit]), ...idle(qubit, steps)],
      // It falls from what |1⟩ reads to what |0⟩ reads.
      weights: { delay: [1, 1], zero: [0, 1], one: [1, 1] },
    });
    return { result: { ...result, ...input.usage() }, warnings };
  },
});
