import { DensityMatrix } from './density-matrix.ts';
import type { Simulator } from './simulator.ts';
import { Statevector } from './statevector.ts';

const bytesPerAmplitude = { f32: 8, f64: 16 } as const;

const density: Simulator = {
  id: 'density',
  title: 'Density matrix',
  summary: 'Exact mixed states: 4^n numbers, any channel and readout error.',
  isMixed: true,
  maximumQubits: 14,
  bytesFor: (qubits, precision) => 4 ** qubits * bytesPerAmplitude[precision],
  prepare: (qubits, precision) => DensityMatrix.zero(qubits, precision),
};

const statevector: Simulator = {
  id: 'statevector',
  title: 'Statevector',
  summary: 'Exact pure states: 2^n amplitudes, dynamic circuits by branching.',
  isMixed: false,
  maximumQubits: 30,
  bytesFor: (qubits, precision) => 2 ** qubits * bytesPerAmplitude[precision],
  prepare: (qubits, precision) => Statevector.zero(qubits, precision),
};

/** Every simulator, sorted by id. */
export const simulators: readonly Simulator[] = [density, statevector];

export function simulatorById(id: string): Simulator | null {
  return simulators.find((simulator) => simulator.id === id) ?? null;
}
