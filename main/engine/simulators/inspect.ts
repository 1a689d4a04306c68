import type { PauliLetter } from '#shared/observables/pauli.ts';
import type { QuantumRegister } from './register.ts';

/** Bloch vector [x, y, z] of every qubit, averaged over the branches of a run. */
export function blochVectors(
  registers: readonly QuantumRegister[],
  qubits: number,
): [number, number, number][] {
  const total = registers.reduce((sum, register) => sum + register.weight(), 0);
  const component = (qubit: number, letter: PauliLetter): number => {
    const observable = { terms: [{ coefficient: 1, factors: [{ qubit, letter }] }] };
    const sum = registers.reduce(
      (s, register) => s + register.expectation(observable, new Map()),
      0,
    );
    return sum / total;
  };
  return Array.from({ length: qubits }, (_, qubit) => [
    component(qubit, 'X'),
    component(qubit, 'Y'),
    component(qubit, 'Z'),
  ]);
}
