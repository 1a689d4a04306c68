import { describe, expect, test } from 'vitest';
import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { gateNamed } from '#shared/gates/registry.ts';
import { type NoiseModel, noiseModelSchema } from '#shared/jobs/noise.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { sharedCases } from '#test/support/shared-folder.ts';

interface GateCall {
  gate: string;
  params: number[];
  qubits: number[];
}
interface Case {
  id: string;
  n: number;
  circuit: GateCall[];
  noise: Record<string, unknown>[];
  readout_confusion?: { qubit: number; p_read1_given0: number; p_read0_given1: number }[];
  probs: number[];
  expectations_after_readout: Record<string, number>;
}

/** The cases write `t` for `time` and `readout_confusion` for `readout`. */
export function noiseOfCase(one: Pick<Case, 'noise' | 'readout_confusion'>): NoiseModel {
  return noiseModelSchema.parse({
    rules: one.noise.map(({ t, ...rest }) => (t === undefined ? rest : { ...rest, time: t })),
    readout: one.readout_confusion ?? [],
  });
}

export function circuitOfCase(qubits: number, calls: readonly GateCall[], bits = 0): Circuit {
  const operations = calls.map((call) =>
    gate(gateNamed(call.gate, 2)?.id ?? call.gate, call.qubits, call.params),
  );
  return circuitOf(qubits, [...operations, ...measureAll(bits)], bits);
}

const cases = sharedCases<Case>('cases/noise/density_matrix.json');

describe.skipIf(cases.length === 0)('density matrix cases', () => {
  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const names = Object.keys(one.expectations_after_readout);
    const allZ = Array.from({ length: one.n }, (__, q) => `Z${q}`).join('*');
    const result = run(circuitOfCase(one.n, one.circuit, one.n), {
      noise: noiseOfCase(one),
      observables: names.map((name) => (name === 'ZZ..Z' ? allZ : name)),
    });
    one.probs.forEach((p, index) => {
      const key = index.toString(2).padStart(one.n, '0');
      expect(Math.abs((result.probabilities?.[key] ?? 0) - p)).toBeLessThan(1e-9);
    });
    names.forEach((name, i) => {
      const expected = one.expectations_after_readout[name] as number;
      expect(Math.abs((result.expectations?.[i]?.value ?? Number.NaN) - expected)).toBeLessThan(
        1e-9,
      );
    });
  });
});
