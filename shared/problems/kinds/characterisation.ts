import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import { defineProblem } from '../problem-kind.ts';
import { offer } from '../view.ts';
import { type MachineQubits, machineView } from '../views/machine.ts';

const fields = [
  {
    kind: 'numbers',
    id: 'qubits',
    title: 'Qubits',
    help: 'Which qubits of the machine. Where there is no machine, as many are taken from 0.',
    default: [0],
    minCount: 1,
  },
] as const satisfies readonly ParameterDescriptor[];

export const characterisation = defineProblem({
  kind: 'characterisation',
  title: 'Characterisation',
  summary: 'Qubits of the machine that the job runs on, whose times and errors are measured.',
  fields,
  faults({ qubits }) {
    const odd = qubits.findIndex((one) => !Number.isInteger(one) || one < 0);
    if (odd >= 0) {
      const message = `a qubit is named by a whole number from 0; got ${qubits[odd]}`;
      return [{ path: `qubits[${odd}]`, message }];
    }
    return new Set(qubits).size === qubits.length
      ? []
      : [{ path: 'qubits', message: 'a qubit is named twice; name each once' }];
  },
  views: [offer(machineView, ({ qubits }: MachineQubits) => ({ value: { qubits }, warnings: [] }))],
  // Without noise nothing relaxes and nothing goes wrong.
  example: { problem: { qubits: [0] }, answers: { characterisation: 0 } },
});
