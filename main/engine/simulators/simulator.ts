import type { QuantumRegister } from './register.ts';

/** A way to simulate circuits exactly. One file and one line in the registry each. */
export interface Simulator {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Whether it can hold channels. */
  readonly isMixed: boolean;
  /** Most qubits that it addresses, whatever the memory. */
  readonly maximumQubits: number;
  /** Bytes of one register; a run needs a second one to measure mid-circuit. */
  bytesFor(qubits: number, precision: 'f32' | 'f64'): number;
  /** |0…0⟩. */
  prepare(qubits: number, precision: 'f32' | 'f64'): QuantumRegister;
}
