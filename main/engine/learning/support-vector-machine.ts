import SVM from 'libsvm-js/asm.js';
import { assert } from '#shared/base/assert.ts';

/** Decision function Σ_i coefficients_i·K(x_i, x) + intercept; above 0 means label 1, or it is the value. */
export interface KernelMachine {
  /** Dual coefficient of every training row, 0 where it is no support vector. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
  /** Null: every row counts. */
  readonly supportCount: number | null;
}

/** A C-SVM on labels 1 and 0, or an ε-SVR on values. */
export type MachineKind =
  | { readonly kind: 'classes'; readonly C: number }
  | { readonly kind: 'values'; readonly C: number; readonly epsilon: number };

/**
 * Support vectors on a precomputed kernel by LIBSVM (Chang and Lin 2011). `gram` is row-major and n × n;
 * a single class gives a machine that always answers it.
 */
export function trainSupportVectors(
  gram: Float64Array,
  labels: readonly number[],
  machine: MachineKind,
): KernelMachine {
  const n = labels.length;
  const coefficients = new Float64Array(n);
  const only = labels[0] as number;
  const areClasses = machine.kind === 'classes';
  if (areClasses && labels.every((label) => label === only)) {
    return { coefficients, intercept: only === 1 ? 1 : -1, supportCount: 0 };
  }
  // LIBSVM wants each row to begin with its own number, counted from 1.
  const rows = labels.map((_, i) => [i + 1, ...gram.subarray(i * n, (i + 1) * n)]);
  const trained = new SVM({
    type: areClasses ? SVM.SVM_TYPES.C_SVC : SVM.SVM_TYPES.EPSILON_SVR,
    kernel: SVM.KERNEL_TYPES.PRECOMPUTED,
    cost: machine.C,
    ...(areClasses ? {} : { epsilon: machine.epsilon }),
    tolerance: 1e-6,
    cacheSize: 100,
    quiet: true,
  });
  try {
    trained.train(rows, areClasses ? labels.map((label) => (label === 1 ? 1 : -1)) : labels);
    return parseModel(trained.serializeModel(), coefficients, areClasses);
  } finally {
    trained.free();
  }
}

/** Takes LIBSVM's text apart: "rho r", "label a b" of classes, then a line "coefficient 0:row" per support vector. */
function parseModel(text: string, coefficients: Float64Array, areClasses: boolean): KernelMachine {
  const lines = text.split('\n');
  const field = (name: string): string => {
    const line = lines.find((one) => one.startsWith(`${name} `));
    assert(line !== undefined, `a LIBSVM model has a line “${name}”`);
    return line.slice(name.length + 1);
  };
  // The decision function is positive for the label that is listed first.
  const sign = !areClasses || field('label').trim().startsWith('1') ? 1 : -1;
  const first = lines.indexOf('SV') + 1;
  let supportCount = 0;
  for (const line of lines.slice(first)) {
    const match = /^(\S+) 0:(\d+)/.exec(line);
    if (match === null) continue;
    supportCount++;
    coefficients[Number(match[2]) - 1] = sign * Number(match[1]);
  }
  return { coefficients, intercept: -sign * Number(field('rho')), supportCount };
}

/** Decision values of rows of K(x, x_i), row-major with one column per training row. */
export function decisionValues(
  machine: Pick<KernelMachine, 'coefficients' | 'intercept'>,
  kernelRows: Float64Array,
): Float64Array {
  const n = machine.coefficients.length;
  return Float64Array.from({ length: kernelRows.length / n }, (_, r) => {
    let sum = machine.intercept;
    for (let i = 0; i < n; i++)
      sum += (machine.coefficients[i] as number) * (kernelRows[r * n + i] as number);
    return sum;
  });
}
