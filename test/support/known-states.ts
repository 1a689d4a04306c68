import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';

/** (|0…0⟩ + |1…1⟩)/√2, measured. */
export function ghz(qubits: number): Circuit {
  const chain = Array.from({ length: qubits - 1 }, (_, q) => gate('cx', [q, q + 1]));
  return circuitOf(qubits, [gate('h', [0]), ...chain, ...measureAll(qubits)], qubits);
}

/** The equal superposition of all states with a single 1, measured. */
export function wState(qubits: number): Circuit {
  const steps = Array.from({ length: qubits - 1 }, (_, q) => [
    gate('cry', [q, q + 1], [2 * Math.acos(Math.sqrt(1 / (qubits - q)))]),
    gate('cx', [q + 1, q]),
  ]).flat();
  return circuitOf(qubits, [gate('x', [0]), ...steps, ...measureAll(qubits)], qubits);
}
