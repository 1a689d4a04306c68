import { gate } from '#shared/circuit/build.ts';
import { machineView } from '#shared/problems/views/machine.ts';
import { characterisation } from '#shared/results/kinds/characterisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { run, seenIn, shotsOf, tell, warningsOf } from './experiment.ts';
import { shareQuantity } from './fit.ts';

/** The readout matrix of every qubit, from |0…0⟩ and |1…1⟩. */
export const readoutError = defineAlgorithm({
  id: 'readout-error',
  title: 'Readout errors',
  summary:
    'Prepares all zeros and all ones and counts what each qubit reads wrongly, with Wilson’s intervals.',
  source: 'Bravyi et al. 2021, Physical Review A 103, 042605; Wilson 1927',
  limits:
    'The preparation of 1 is taken to be perfect, so the error of one X gate is in its reading.',
  kind: 'quantum',
  takes: machineView,
  result: characterisation,
  steps: { name: 'circuits', areCourse: true },
  parameters: [],
  canPause: true,
  asks: () => ['samples'],
  needs: ({ qubits }) => ({ ownBytes: 0, qubits: qubits.length, answerBytes: 0 }),
  *run(input) {
    const { qubits } = input.view;
    const shots = shotsOf(input);
    const zero = yield* run(input, 'zero', []);
    yield* tell(1, 2, 1 - seenIn(zero, (bit) => bit(0) === 1) / shots);
    const flips = qubits.map((_, k) => gate('x', [k]));
    const one = yield* run(input, 'one', flips);
    yield* tell(2, 2, seenIn(one, (bit) => bit(0) === 1) / shots);
    const quantities = qubits.flatMap((qubit, k) => [
      shareQuantity(
        { title: 'error to read 1 of 0', qubits: [qubit] },
        seenIn(zero, (bit) => bit(k) === 1),
        shots,
      ),
      shareQuantity(
        { title: 'error to read 0 of 1', qubits: [qubit] },
        seenIn(one, (bit) => bit(k) === 0),
        shots,
      ),
    ]);
    const axes = { x: { title: 'Qubit', unit: '' }, y: { title: 'Share', unit: '' } };
    return {
      result: { quantities, curves: [], axes, ...input.usage() },
      warnings: warningsOf(input),
    };
  },
});
