import { AppError } from '#shared/base/errors.ts';
import { controlled, type Matrix } from '#shared/math/matrix.ts';
import { superoperatorOf } from '../../noise/channels.ts';
import { bind, type Instruction } from '../lowering.ts';
import { type TransferMatrix, transferMatrixOf } from '../pauli-transfer.ts';
import type { UnitaryStep } from '../register.ts';
import type { Run } from '../simulator.ts';

/** One map of a program on its qubits, as it acts on Pauli strings. */
export interface PauliMap {
  readonly qubits: readonly number[];
  readonly matrix: TransferMatrix;
}

/** Z stays, X and Y vanish: a measurement whose outcome nobody looks at. */
const dephasing: TransferMatrix = { qubitCount: 1, entries: diagonalOf(1, 0, 1, 0) };
/** Row Z gives I: what is observed of Z after a reset is 1 whatever was there. */
const resetting: TransferMatrix = {
  qubitCount: 1,
  entries: Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
};

function diagonalOf(...values: number[]): Float64Array {
  const entries = new Float64Array(values.length ** 2);
  values.forEach((value, i) => {
    entries[i * values.length + i] = value;
  });
  return entries;
}

/** The maps of a program in order of time; `unsupported` where a gate depends on an outcome. */
export function mapsOf(run: Run): PauliMap[] {
  const memory = new Map<string, TransferMatrix>();
  const channels = new Map<Matrix, TransferMatrix>();
  const ofGate = (step: UnitaryStep): TransferMatrix => {
    const { matrix, controls } = step;
    const key = `${controls.length} ${matrix.re.join(' ')} ${matrix.im.join(' ')}`;
    const unitary = controls.length === 0 ? matrix : controlled(matrix, controls.length);
    const result = memory.get(key) ?? cleaned(transferMatrixOf(superoperatorOf([unitary])));
    memory.set(key, result);
    return result;
  };
  const ofChannel = (superoperator: Matrix): TransferMatrix => {
    const result = channels.get(superoperator) ?? cleaned(transferMatrixOf(superoperator));
    channels.set(superoperator, result);
    return result;
  };
  return run.program.before.flatMap((instruction: Instruction): PauliMap[] => {
    run.options.cancel.throwIfCancelled();
    switch (instruction.kind) {
      case 'unitary': {
        const steps = bind(instruction, run.options.bindings);
        const noise =
          run.noise?.after(instruction.gate.id, instruction.qubits, instruction.power) ?? [];
        return [
          ...steps.map((step) => ({
            qubits: [...step.controls, ...step.targets],
            matrix: ofGate(step),
          })),
          ...noise.map(({ qubits, superoperator }) => ({
            qubits,
            matrix: ofChannel(superoperator),
          })),
        ];
      }
      case 'measure':
        return [{ qubits: [instruction.qubit], matrix: dephasing }];
      case 'reset':
        return [{ qubits: [instruction.qubit], matrix: resetting }];
      case 'if':
        throw new AppError(
          'unsupported',
          'Method “pauli” cannot follow gates that depend on an outcome; use “statevector” or “auto”.',
        );
    }
  });
}

/** Rounding noise would grow into strings of its own. */
function cleaned({ qubitCount, entries }: TransferMatrix): TransferMatrix {
  return { qubitCount, entries: entries.map((x) => (Math.abs(x) < 1e-15 ? 0 : x)) };
}
