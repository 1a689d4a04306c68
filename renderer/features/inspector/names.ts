import type { SimulationResult } from '#shared/jobs/simulation.ts';

/** "q[2]" for a qubit of the result, counted along its registers. */
export function nameOfQubit(result: Pick<SimulationResult, 'qubits'>, qubit: number): string {
  let rest = qubit;
  for (const [name, size] of result.qubits) {
    if (rest < size) return `${name}[${rest}]`;
    rest -= size;
  }
  return `qubit ${qubit}`;
}
