import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';
import { type CircuitCase, overRegisters } from '#test/support/circuit-cases.ts';
import { casesFolder, describeCases } from '#test/support/cases.ts';

describeCases<CircuitCase>('the circuits', 'circuits/cases.json', (cases) => {
  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const source = readFileSync(join(casesFolder, 'circuits', one.qasm_file), 'utf8');
    const request = simulationRequestSchema.parse({
      source,
      parameters: one.inputs ?? {},
      state: one.statevector_re !== undefined,
      observables: (one.z_expectations ?? []).map((__, q) => `Z${q}`),
    });
    const result = simulateSource(request, { freeBytes: 2 ** 31, now: () => 0 });
    const table = overRegisters(
      result.probabilities ?? {},
      result.registers,
      one.classical_registers,
    );
    for (const [key, p] of Object.entries(one.classical_probs)) {
      expect(Math.abs((table[key] ?? 0) - p), key).toBeLessThan(one.tolerance);
    }
    if (one.classical_probs_complete) {
      const extra = Object.entries(table).filter(([key]) => !(key in one.classical_probs));
      expect(extra.reduce((sum, [, p]) => sum + p, 0)).toBeLessThan(one.tolerance);
    }
    for (const [index, p] of Object.entries(one.qubit_probs ?? {})) {
      const key = Number(index).toString(2).padStart(one.n_qubits, '0');
      expect(Math.abs((result.qubitProbabilities?.[key] ?? 0) - p)).toBeLessThan(one.tolerance);
    }
    if (one.sum_p_squared !== undefined && result.qubitProbabilities) {
      const sum = Object.values(result.qubitProbabilities).reduce((s, p) => s + p * p, 0);
      expect(Math.abs(sum - one.sum_p_squared)).toBeLessThan(one.tolerance);
    }
    one.z_expectations?.forEach((z, q) => {
      expect(Math.abs((result.expectations?.[q]?.value ?? Number.NaN) - z)).toBeLessThan(
        one.tolerance,
      );
    });
    if (one.statevector_re !== undefined)
      expect(fidelity(one, result.state ?? [])).toBeCloseTo(1, 9);
  });
});

/** |⟨expected|got⟩|². */
function fidelity(one: CircuitCase, state: readonly [number, number][]): number {
  let re = 0;
  let im = 0;
  state.forEach(([a, b], i) => {
    const [c, d] = [one.statevector_re?.[i] ?? 0, one.statevector_im?.[i] ?? 0];
    re += c * a + d * b;
    im += c * b - d * a;
  });
  return re * re + im * im;
}
