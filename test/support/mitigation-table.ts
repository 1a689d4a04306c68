import { runSpec } from './run-spec.ts';

/** Two steps of an Ising chain, which keep the parity of Z; the first qubit idles before them. */
const step = 'rxx(0.4) q[0], q[1]; rxx(0.4) q[1], q[2]; rz(0.5) q[0]; rz(0.5) q[1]; rz(0.5) q[2];';

export const chain = {
  kind: 'circuit',
  qasm: `OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; x q[0]; ${'id q[1]; '.repeat(8)}${step} cz q[0], q[1]; ${step} cz q[0], q[1];`,
  observables: ['Z0', '0.5*Z0*Z1 + Z2', 'X0*X1 + 0.2'],
};

function rotation(entries: readonly number[]): unknown {
  const phases = entries.map((angle) => [Math.cos(angle), Math.sin(angle)]);
  return phases.map((phase, r) => phases.map((_, c) => (r === c ? phase : [0, 0])));
}

export const mitigationNoises: Readonly<Record<string, object>> = {
  depolarizing: { rules: [{ on: 'all', channel: 'depolarizing', p: 0.01 }] },
  'amplitude damping': { rules: [{ on: 'all', channel: 'amplitude_damping', gamma: 0.01 }] },
  'thermal relaxation': {
    rules: [{ on: 'all', channel: 'thermal_relaxation', T1: 1e-4, T2: 8e-5, time: 5e-7 }],
  },
  'phase flips': { rules: [{ on: 'all', channel: 'phase_flip', p: 0.01 }] },
  'over-rotation of cz': {
    rules: [{ on: ['cz'], channel: 'kraus', matrices: [rotation([0.1, -0.1, -0.1, 0.1])] }],
  },
  readout: {
    readout: [0, 1, 2].map((qubit) => ({ qubit, p_read1_given0: 0.02, p_read0_given1: 0.05 })),
  },
};

export const mitigationStacks: readonly (readonly object[])[] = [
  [{ technique: 'calibrated' }],
  [{ technique: 'cdr' }],
  [{ technique: 'ddd' }],
  [{ technique: 'layerwise-richardson' }],
  [{ technique: 'pec', samples: 1000 }],
  [{ technique: 'readout' }],
  [{ technique: 'shadows' }],
  [{ technique: 'symmetry', observable: 'Z0*Z1*Z2', value: -1 }],
  [{ technique: 'twirl', instances: 100 }],
  [{ technique: 'virtual-distillation' }],
  [{ technique: 'vncdr' }],
  [{ technique: 'zne', extrapolation: 'linear' }],
  [{ technique: 'zne', extrapolation: 'exponential' }],
  [{ technique: 'readout' }, { technique: 'zne', extrapolation: 'linear' }],
];

export interface MitigatedRow {
  readonly raw: { readonly value: number; readonly stderr: number };
  readonly mitigated: { readonly value: number; readonly stderr: number };
}

export function mitigatedRows(more: object): readonly MitigatedRow[] {
  const spec = { algorithm: 'expectation', problem: chain, seed: 1, ...more };
  return (runSpec(spec).result as { observables: MitigatedRow[] }).observables;
}

/** Euclidean distance of the values from the ideal ones. */
export function distanceFrom(
  ideal: readonly MitigatedRow[],
  rows: readonly MitigatedRow[],
  which: 'raw' | 'mitigated',
): number {
  return Math.hypot(...rows.map((row, k) => row[which].value - (ideal[k]?.raw.value ?? 0)));
}

/** What is left of the error, by technique and noise, as a table of Markdown. */
export function mitigationTable(): string {
  const ideal = mitigatedRows({});
  const names = Object.keys(mitigationNoises);
  const lines = mitigationStacks.map((mitigation) => {
    const cells = names.map((name) => {
      const rows = mitigatedRows({ noise: mitigationNoises[name], mitigation });
      const left = distanceFrom(ideal, rows, 'mitigated') / distanceFrom(ideal, rows, 'raw');
      return left.toFixed(2);
    });
    const stack = mitigation.map((one) => {
      const { technique, ...settings } = one as { technique: string };
      const words = Object.values(settings).map(String);
      return `\`${[technique, ...words].join(' ')}\``;
    });
    return `| ${stack.join(', ')} | ${cells.join(' | ')} |`;
  });
  return [`| | ${names.join(' | ')} |`, `|---|${'---|'.repeat(names.length)}`, ...lines].join('\n');
}
