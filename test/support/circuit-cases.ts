import type { SimulationResult } from '#shared/jobs/simulation.ts';

/** A case of cases/circuits/cases.json. */
export interface CircuitCase {
  readonly id: string;
  readonly language: string;
  readonly inputs: Record<string, unknown> | null;
  readonly qasm_file: string;
  readonly classical_registers: [string, number][];
  readonly classical_probs: Record<string, number>;
  readonly classical_probs_complete: boolean;
  readonly qubit_probs?: Record<string, number>;
  readonly z_expectations?: number[];
  readonly sum_p_squared?: number;
  readonly statevector_re?: number[];
  readonly statevector_im?: number[];
  readonly n_qubits: number;
  readonly tolerance: number;
}

/** Keys over the case's own registers: the others are summed out by name. */
export function overRegisters(
  probabilities: Record<string, number>,
  registers: SimulationResult['registers'],
  wanted: readonly [string, number][],
): Record<string, number> {
  const places = wanted.flatMap(([name, size]) => {
    const at = registers.findIndex(([other]) => other === name);
    const start = registers.slice(0, at).reduce((sum, [, n]) => sum + n, 0);
    return Array.from({ length: size }, (_, i) => start + i);
  });
  const result: Record<string, number> = {};
  for (const [key, p] of Object.entries(probabilities)) {
    const bits = key.split('').reverse();
    const own = places
      .map((place) => bits[place])
      .reverse()
      .join('');
    result[own] = (result[own] ?? 0) + p;
  }
  return result;
}
