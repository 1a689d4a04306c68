import { describe, expect, test } from 'vitest';
import { jobEngine } from '#engine/jobs/index.ts';
import { readoutMethods } from '#shared/jobs/mitigate.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Row {
  readonly raw: { readonly value: number; readonly stderr: number };
  readonly steps: readonly { readonly technique: string; readonly facts: object }[];
  readonly mitigated: { readonly value: number; readonly stderr: number };
}

const noise = {
  readout: [0, 1, 2].map((qubit) => ({
    qubit,
    p_read1_given0: 0.02 + 0.01 * qubit,
    p_read0_given1: 0.08 - 0.01 * qubit,
  })),
};

const gates = 'h q[0]; cx q[0], q[1]; ry(0.7) q[2]; cx q[1], q[2];';

function specOf(mitigation: readonly object[], more: object = {}) {
  return {
    algorithm: 'expectation',
    problem: {
      kind: 'circuit',
      qasm: `OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; ${gates}`,
      observables: ['Z0*Z1', '0.5*X0*X1*X2 - Y0*Z2 + 2', '1.5'],
    },
    seed: 1,
    noise,
    mitigation,
    ...more,
  };
}

function rowsOf(spec: object): Row[] {
  return (runSpec(spec).result as { observables: Row[] }).observables;
}

describe('readout mitigation of a job', () => {
  const ideal = rowsOf(specOf([], { noise: undefined }));

  test('takes the whole of it out of exact values', () => {
    const rows = rowsOf(specOf([{ technique: 'readout' }]));
    rows.forEach((row, k) => {
      expect(row.mitigated.value).toBeCloseTo(ideal[k]?.raw.value as number, 12);
    });
    expect(rows[0]?.raw.value).toBeLessThan(0.9);
    expect(rows[0]?.steps[0]?.facts).toEqual({ overhead: expect.any(Number) });
  });

  test.each(readoutMethods)('by “%s” brings shots nearer, within the stated error', (method) => {
    const rows = rowsOf(specOf([{ technique: 'readout', method }], { shots: 20000 }));
    rows.forEach((row, k) => {
      const truth = ideal[k]?.raw.value as number;
      expect(Math.abs(row.mitigated.value - truth)).toBeLessThan(5 * row.mitigated.stderr + 0.01);
    });
    const [zz] = rows as [Row];
    expect(Math.abs(zz.mitigated.value - 1)).toBeLessThan(Math.abs(zz.raw.value - 1) / 4);
    expect(rows[2]?.mitigated).toEqual({ value: 1.5, stderr: 0 });
  });

  test('measures errors that it is asked to measure, and is less sure of the values then', () => {
    const shots = 4000;
    const known = rowsOf(specOf([{ technique: 'readout' }], { shots }));
    const measured = rowsOf(specOf([{ technique: 'readout', calibrationShots: 1000 }], { shots }));
    expect(Math.abs((measured[0] as Row).mitigated.value - 1)).toBeLessThan(0.06);
    expect(measured[0]?.mitigated.stderr).toBeGreaterThan(1.2 * (known[0] as Row).mitigated.stderr);
    const exact = specOf([{ technique: 'readout', calibrationShots: 1000 }]);
    expect(() => runSpec(exact)).toThrow(/values of this job are exact/);
  });

  test('works below zero-noise extrapolation, and nowhere else', () => {
    const both = { ...noise, rules: [{ on: '2q', channel: 'depolarizing', p: 0.02 }] };
    const zne = { technique: 'zne', scaleFactors: [1, 3], extrapolation: 'exponential' };
    const rows = rowsOf(specOf([{ technique: 'readout' }, zne], { noise: both }));
    expect(rows[0]?.steps.map(({ technique }) => technique)).toEqual(['readout', 'zne']);
    expect(Math.abs((rows[0] as Row).mitigated.value - 1)).toBeLessThan(1e-3);
    const wrong = jobEngine.validate(specOf([zne, { technique: 'readout' }], { noise: both }));
    expect(JSON.stringify(wrong)).toMatch(/List “readout” before “zne”/);
    const twice = jobEngine.validate(specOf([{ technique: 'readout' }, { technique: 'readout' }]));
    expect(JSON.stringify(twice)).toMatch(/“readout” is listed twice/);
  });

  test('uses what a device is known to read wrongly, on the qubits where the circuit runs', () => {
    const device = { backend: 'ibm-torino', noise: undefined, shots: 4000 };
    const [raw] = rowsOf(specOf([], device)) as [Row];
    const [row] = rowsOf(specOf([{ technique: 'readout' }], device)) as [Row];
    expect(row.mitigated.value).toBeGreaterThan(raw.raw.value);
  });
});
