import { describe, expect, test } from 'vitest';
import { jobEngine } from '#engine/jobs/index.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Row {
  readonly raw: { readonly value: number };
  readonly steps: readonly { readonly technique: string; readonly facts: Record<string, number> }[];
  readonly mitigated: { readonly value: number; readonly stderr: number };
}

// Two steps of an Ising chain: the state keeps the parity of Z that it starts with.
const step = 'rxx(0.4) q[0], q[1]; rxx(0.4) q[1], q[2]; rz(0.5) q[0]; rz(0.5) q[1]; rz(0.5) q[2];';
const problem = {
  kind: 'circuit',
  qasm: `OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; x q[0]; ${step} ${step}`,
  observables: ['Z0', '0.5*Z0*Z1 + Z2', 'X0*X1 + 0.2'],
};

const base = { algorithm: 'expectation', problem, seed: 2 };

function rowsOf(more: object): Row[] {
  return (runSpec({ ...base, ...more }).result as { observables: Row[] }).observables;
}

const noises = {
  depolarizing: { rules: [{ on: 'all', channel: 'depolarizing', p: 0.01 }] },
  damping: { rules: [{ on: 'all', channel: 'amplitude_damping', gamma: 0.01 }] },
  relaxation: {
    rules: [{ on: 'all', channel: 'thermal_relaxation', T1: 1e-4, T2: 8e-5, time: 5e-7 }],
  },
};

const ideal = rowsOf({}).map(({ raw }) => raw.value);

function distance(rows: readonly Row[], of: (row: Row) => number): number {
  return Math.sqrt(rows.reduce((sum, row, k) => sum + (of(row) - (ideal[k] as number)) ** 2, 0));
}

const techniques = [
  [{ technique: 'zne', extrapolation: 'linear' }],
  [{ technique: 'zne', extrapolation: 'quadratic' }],
  [{ technique: 'zne', extrapolation: 'richardson', folding: 'local' }],
  [{ technique: 'layerwise-richardson', layers: 3 }],
  [{ technique: 'cdr', training: 16 }],
  [{ technique: 'vncdr', training: 16 }],
  [{ technique: 'symmetry', observable: 'Z0*Z1*Z2', value: -1 }],
  [{ technique: 'zne' }, { technique: 'symmetry', observable: 'Z0*Z1*Z2', value: -1 }],
] as const;

describe.each(Object.entries(noises))('under %s', (_, noise) => {
  test.each(techniques.map((stack) => [JSON.stringify(stack), stack] as const))(
    '%s reduces the error, and without noise changes nothing',
    (__, mitigation) => {
      const rows = rowsOf({ noise, mitigation });
      expect(distance(rows, ({ mitigated }) => mitigated.value)).toBeLessThan(
        0.8 * distance(rows, ({ raw }) => raw.value),
      );
      const clean = rowsOf({ mitigation });
      expect(distance(clean, ({ mitigated }) => mitigated.value)).toBeLessThan(1e-6);
    },
  );
});

describe('symmetry verification', () => {
  const parity = { technique: 'symmetry', observable: 'Z0*Z1*Z2', value: -1 };

  test('says how much of the state it keeps', () => {
    const [row] = rowsOf({ noise: noises.depolarizing, mitigation: [parity] });
    expect(row?.steps[0]?.facts['kept']).toBeGreaterThan(0.8);
    expect(row?.steps[0]?.facts['kept']).toBeLessThan(1);
  });

  test('refuses the value that nothing of the state has, and what is no symmetry', () => {
    expect(() => rowsOf({ mitigation: [{ ...parity, value: 1 }] })).toThrow(/nothing to keep/);
    const zero = { ...base, mitigation: [{ ...parity, value: 0 }] };
    expect(JSON.stringify(jobEngine.validate(zero))).toMatch(/mitigation\[0\]\.value.*1 or −1/);
    const sum = { ...base, mitigation: [{ ...parity, observable: 'Z0 + Z1' }] };
    expect(JSON.stringify(jobEngine.validate(sum))).toMatch(/one product of Pauli letters/);
  });

  test('speaks of the program’s own qubits where the circuit is compiled to a device', () => {
    const device = { backend: 'ibm-torino', shots: 4000 };
    const rows = rowsOf({ ...device, mitigation: [parity] });
    expect(rows[0]?.steps[0]?.facts['kept']).toBeGreaterThan(0.7);
  });
});
