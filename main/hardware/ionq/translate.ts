import { dynamicParts } from '#shared/circuit/dynamic.ts';
import { AppError } from '#shared/base/errors.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { noNotes } from '#shared/compiler/notes.ts';
import { type IonqGate, qisGates } from '#shared/qasm/exporters/ionq.ts';

export interface IonqInput {
  readonly qubits: number;
  readonly gateset: 'qis';
  readonly circuit: readonly IonqGate[];
}

/**
 * The circuit in IonQ's words; measurements are left out, as every qubit is measured at the end.
 * `unsupported` for what `ionqObstacles` names.
 */
export function toIonq(circuit: Circuit): IonqInput {
  const [obstacle] = obstaclesBesideGates(circuit);
  if (obstacle !== undefined) throw new AppError('unsupported', obstacle);
  return { qubits: qubitCountOf(circuit), gateset: 'qis', circuit: qisGates(circuit, noNotes) };
}

/** One- and two-qubit gates as IonQ bills them: with k qubits more than two, 6·(k − 2) two-qubit gates. */
export function billedGates(input: IonqInput): {
  readonly oneQubit: number;
  readonly twoQubit: number;
} {
  let oneQubit = 0;
  let twoQubit = 0;
  for (const gate of input.circuit) {
    const width =
      (gate.targets?.length ?? 1) + (gate.controls?.length ?? (gate.control === undefined ? 0 : 1));
    if (width === 1) oneQubit++;
    else twoQubit += width === 2 ? 1 : 6 * (width - 2);
  }
  return { oneQubit, twoQubit };
}

/** Why the circuit cannot run at IonQ; [] where `toIonq` takes it. */
export function ionqObstacles(circuit: Circuit): string[] {
  const obstacles = obstaclesBesideGates(circuit);
  if (obstacles.length > 0) return obstacles;
  try {
    toIonq(circuit);
    return [];
  } catch (thrown) {
    if (thrown instanceof AppError) return [thrown.message];
    throw thrown;
  }
}

/** It measures at the end only and knows no classical control. */
function obstaclesBesideGates(circuit: Circuit): string[] {
  const obstacles: string[] = [];
  const { condition, reset, reuse } = dynamicParts(circuit);
  if (condition) obstacles.push('IonQ runs no classical conditions.');
  if (reset) obstacles.push('IonQ has no reset.');
  if (circuit.operations.some((one) => one.kind === 'opaque' && one.isInert !== true))
    obstacles.push('The circuit has a block that only its text can hold.');
  if (reuse)
    obstacles.push('IonQ measures at the end only; a qubit is used after its measurement.');
  return obstacles;
}
