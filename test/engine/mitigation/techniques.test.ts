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
  [{ technique: 'calibrated' }],
  [{ technique: 'cdr', training: 16 }],
  [{ technique: 'vncdr', training: 16 }],
  [{ technique: 'symmetry', observable: 'Z0*Z1*Z2', value: -1 }],
  [{ technique: 'virtual-distillation' }],
  [{ technique: 'zne' }, { technique: 'virtual-distillation' }],
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

describe('quantum subspace expansion', () => {
  const hamiltonian = '-1*Z0*Z1 - 0.7*X0 - 0.7*X1';
  // The ground state of the Hamiltonian to about 1e-3, prepared with noise.
  const qasm = `OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; ry(0.9505) q[0]; cx q[0], q[1]; ry(0.6202) q[0]; ry(0.6202) q[1];`;
  const operators = ['Z0*Z1', 'X0', 'X1', 'Y0*Y1'];
  const lowestEnergy = -Math.sqrt(1 + 4 * 0.49);

  function energy(noise: object | undefined, more: object = {}) {
    const spec = {
      ...base,
      problem: { kind: 'circuit', qasm, observables: [hamiltonian] },
      noise,
      ...more,
    };
    const mitigation = [{ technique: 'subspace', operators }];
    return (runSpec({ ...spec, mitigation }).result as { observables: Row[] })
      .observables[0] as Row;
  }

  test.each(Object.entries(noises))(
    'comes nearer to the lowest energy under %s, and never below it',
    (_, noise) => {
      const { raw, mitigated } = energy(noise);
      expect(mitigated.value).toBeLessThan(raw.value);
      expect(mitigated.value).toBeGreaterThan(lowestEnergy - 1e-9);
      expect(mitigated.value - lowestEnergy).toBeLessThan(0.7 * (raw.value - lowestEnergy));
    },
  );

  test('states an error that repetitions have', () => {
    const found = Array.from(
      { length: 24 },
      (_, seed) => energy(noises.depolarizing, { shots: 4000, seed }).mitigated,
    );
    const middle = found.reduce((sum, { value }) => sum + value, 0) / found.length;
    const spread = Math.sqrt(found.reduce((sum, { value }) => sum + (value - middle) ** 2, 0) / 23);
    const stated = found.reduce((sum, { stderr }) => sum + stderr, 0) / found.length;
    expect(stated / spread).toBeGreaterThan(0.4);
    expect(stated / spread).toBeLessThan(2.5);
  });
});

describe('the calibrated choice', () => {
  test('names what it chose and how each technique did', () => {
    const [row] = rowsOf({ noise: noises.depolarizing, mitigation: [{ technique: 'calibrated' }] });
    const facts = row?.steps.at(-1)?.facts as unknown as { chosen: string; reason: string };
    expect(facts.chosen).toMatch(/zne|layerwise/);
    expect(facts.reason).toMatch(/6 near-Clifford copies: none 0\.\d+, zne linear/);
    expect(row?.steps).toHaveLength(2);
  });
});

describe('dynamical decoupling', () => {
  const idle = 'id q[0]; '.repeat(8);
  const echo = { kind: 'circuit', observables: ['X0'] };
  const turn = (axis: 'x' | 'z') => {
    const [c, s] = [Math.cos(0.1), Math.sin(0.1)];
    const z = [
      [
        [c, -s],
        [0, 0],
      ],
      [
        [0, 0],
        [c, s],
      ],
    ];
    const x = [
      [
        [c, 0],
        [0, -s],
      ],
      [
        [0, -s],
        [c, 0],
      ],
    ];
    return { rules: [{ on: ['id'], channel: 'kraus', matrices: [axis === 'z' ? z : x] }] };
  };
  const qasm = `OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; ry(1.2) q[0]; ${idle}`;
  const value = (sequence: string, axis: 'x' | 'z') => {
    const mitigation = [{ technique: 'ddd', sequence }];
    const observables = axis === 'z' ? ['X0'] : ['Z0'];
    const [row] = rowsOf({
      problem: { ...echo, qasm, observables },
      noise: turn(axis),
      mitigation,
    });
    return row as Row;
  };

  test.each(['xx', 'yy', 'xyxy', 'uhrig'])(
    '“%s” turns a phase back that idling turns',
    (sequence) => {
      const { raw, mitigated } = value(sequence, 'z');
      expect(raw.value).toBeLessThan(0.1);
      expect(Math.abs(mitigated.value - Math.sin(1.2))).toBeLessThan(0.05);
    },
  );

  test('xyxy turns back what xx cannot', () => {
    expect(Math.abs(value('xyxy', 'x').mitigated.value - Math.cos(1.2))).toBeLessThan(0.05);
    expect(Math.abs(value('xx', 'x').mitigated.value - Math.cos(1.2))).toBeGreaterThan(0.2);
  });

  test('is refused where nothing idles', () => {
    expect(() => rowsOf({ mitigation: [{ technique: 'ddd' }] })).toThrow(/no idle stretch/);
  });
});
