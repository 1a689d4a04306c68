import type { View } from '../view.ts';

/** Qubits of whatever machine the job runs on, which experiments are made with. */
export interface MachineQubits {
  readonly qubits: readonly number[];
}

/** Qubits to be characterised. */
export const machineView: View<MachineQubits> = { id: 'machine', title: 'qubits of a machine' };
