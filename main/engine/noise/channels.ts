import { unreachable } from '#shared/base/assert.ts';
import { AppError } from '#shared/base/errors.ts';
import type { NoiseRule } from '#shared/jobs/noise.ts';
import {
  adjoint,
  distance,
  identity,
  type Matrix,
  matrixOf,
  multiplyMatrices,
  zeros,
} from '#shared/math/matrix.ts';
import { pauliX, pauliY, pauliZ } from '#shared/gates/define.ts';

/** A channel on k qubits as Kraus operators: ρ → Σ K ρ K†. */
export type Kraus = readonly Matrix[];

/** What a noise rule does: jointly on all qubits of its gate, or on each of them by itself. */
export type Channel =
  | { readonly acts: 'jointly'; readonly superoperator: (qubitCount: number) => Matrix }
  | { readonly acts: 'per-qubit'; readonly superoperator: Matrix }
  | {
      readonly acts: 'fixed';
      readonly qubitCount: number;
      readonly superoperator: Matrix;
      readonly mixture: Mixture | null;
    };

/** Unitaries that are applied with fixed probabilities, whatever the state. */
export interface Mixture {
  readonly probabilities: Float64Array;
  readonly unitaries: readonly Matrix[];
}

/** The channel of a rule, with the formulas of the noise cases' manifest. */
export function channelOf(rule: NoiseRule): Channel {
  switch (rule.channel) {
    case 'depolarizing':
      return { acts: 'jointly', superoperator: (qubits) => depolarizing(qubits, rule.p) };
    case 'pauli_depolarizing': {
      const third = Math.sqrt(rule.p / 3);
      const kraus = [
        times(identity(2), Math.sqrt(1 - rule.p)),
        ...[pauliX, pauliY, pauliZ].map((p) => times(p, third)),
      ];
      return { acts: 'per-qubit', superoperator: superoperatorOf(kraus) };
    }
    case 'amplitude_damping':
      return { acts: 'per-qubit', superoperator: superoperatorOf(amplitudeDamping(rule.gamma)) };
    case 'phase_damping':
      return { acts: 'per-qubit', superoperator: superoperatorOf(phaseDamping(rule.lambda)) };
    case 'bit_flip':
      return { acts: 'per-qubit', superoperator: superoperatorOf(flip(pauliX, rule.p)) };
    case 'phase_flip':
      return { acts: 'per-qubit', superoperator: superoperatorOf(flip(pauliZ, rule.p)) };
    case 'thermal_relaxation':
      return { acts: 'per-qubit', superoperator: thermalRelaxation(rule.T1, rule.T2, rule.time) };
    case 'kraus': {
      const kraus = rule.matrices.map((rows) =>
        matrixOf(rows.map((row) => row.map(([re, im]) => ({ re, im })))),
      );
      return krausChannel(kraus);
    }
    default:
      return unreachable(rule);
  }
}

/** Σ K ⊗ K*: index (row, column) of ρ as row + column·2^k (see DensityMatrix.applyChannel). */
export function superoperatorOf(kraus: Kraus): Matrix {
  const side = (kraus[0] as Matrix).size;
  const result = zeros(side * side);
  for (const k of kraus) {
    for (let r = 0; r < side * side; r++) {
      for (let c = 0; c < side * side; c++) {
        const row = (r % side) * side + (c % side);
        const column = Math.floor(r / side) * side + Math.floor(c / side);
        const [ar, ai] = [k.re[row] as number, k.im[row] as number];
        const [br, bi] = [k.re[column] as number, -(k.im[column] as number)];
        const index = r * result.size + c;
        result.re[index] = (result.re[index] as number) + ar * br - ai * bi;
        result.im[index] = (result.im[index] as number) + ar * bi + ai * br;
      }
    }
  }
  return result;
}

function times(matrix: Matrix, factor: number): Matrix {
  return {
    size: matrix.size,
    re: matrix.re.map((x) => x * factor),
    im: matrix.im.map((x) => x * factor),
  };
}

function flip(pauli: Matrix, p: number): Kraus {
  return [times(identity(2), Math.sqrt(1 - p)), times(pauli, Math.sqrt(p))];
}

function amplitudeDamping(gamma: number): Kraus {
  return [
    matrixOf([
      [1, 0],
      [0, Math.sqrt(1 - gamma)],
    ]),
    matrixOf([
      [0, Math.sqrt(gamma)],
      [0, 0],
    ]),
  ];
}

function phaseDamping(lambda: number): Kraus {
  return [
    matrixOf([
      [1, 0],
      [0, Math.sqrt(1 - lambda)],
    ]),
    matrixOf([
      [0, 0],
      [0, Math.sqrt(lambda)],
    ]),
  ];
}

/** ρ → (1 − p)·ρ + p·(1/2^k) ⊗ tr_k ρ. */
function depolarizing(qubitCount: number, p: number): Matrix {
  const side = 2 ** qubitCount;
  const result = identity(side * side);
  for (let i = 0; i < result.re.length; i++) result.re[i] = (result.re[i] as number) * (1 - p);
  for (let out = 0; out < side; out++) {
    for (let into = 0; into < side; into++) {
      const index = (out + out * side) * result.size + into + into * side;
      result.re[index] = (result.re[index] as number) + p / side;
    }
  }
  return result;
}

/** With T2 ≤ 2·T1 (noise/faults.ts): ρ11 → ρ11·e^{−t/T1} (the rest falls to |0⟩), ρ01 → ρ01·e^{−t/T2}. */
function thermalRelaxation(T1: number, T2: number, time: number): Matrix {
  const stays = Math.exp(-time / T1);
  const coherent = Math.exp(-time / T2);
  return matrixOf([
    [1, 0, 0, 1 - stays],
    [0, coherent, 0, 0],
    [0, 0, coherent, 0],
    [0, 0, 0, stays],
  ]);
}

function krausChannel(kraus: Kraus): Channel {
  const side = (kraus[0] as Matrix).size;
  const qubitCount = Math.log2(side);
  const sum = kraus
    .map((k) => multiplyMatrices(adjoint(k), k))
    .reduce((total, one) => ({
      size: side,
      re: total.re.map((x, i) => x + (one.re[i] as number)),
      im: total.im.map((x, i) => x + (one.im[i] as number)),
    }));
  const error = distance(sum, identity(side));
  if (!(error <= 1e-9)) {
    throw new AppError(
      'bad-input',
      `Kraus matrices must satisfy ΣK†K = 1; theirs is off by ${error.toExponential(2)}.`,
      { error },
    );
  }
  const superoperator = superoperatorOf(kraus);
  return { acts: 'fixed', qubitCount, superoperator, mixture: mixtureOf(kraus) };
}

/** The operators as unitaries with probabilities, where each is a multiple of a unitary. */
function mixtureOf(kraus: Kraus): Mixture | null {
  const probabilities = Float64Array.from(
    kraus,
    (k) => multiplyMatrices(adjoint(k), k).re[0] as number,
  );
  const present = kraus.flatMap((k, i) => {
    const p = probabilities[i] as number;
    return p > 1e-15 ? [times(k, 1 / Math.sqrt(p))] : [];
  });
  const isMixture = present.every(
    (u) => distance(multiplyMatrices(adjoint(u), u), identity(u.size)) < 1e-9,
  );
  return isMixture
    ? { probabilities: probabilities.filter((p) => p > 1e-15), unitaries: present }
    : null;
}
