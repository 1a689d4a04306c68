import { bitAt, type PackedBits } from '../base/packed-bits.ts';
import type { PauliSum } from '../observables/pauli.ts';
import type { Objective } from './objective.ts';
import type { Meaning } from './meaning.ts';

/** A quadratic function over x ∈ {0, 1}^n under constraints: what every optimisation problem kind becomes. */
export interface BinaryProblem {
  readonly variables: number;
  /** Names of the variables, e.g. assets. */
  readonly labels: readonly string[] | null;
  readonly sense: Objective;
  /** The problem's own objective, unpenalised. */
  readonly objective: QuadraticForm;
  /** All of them hold where an assignment is feasible; none: every x is. */
  readonly constraints: readonly Constraint[];
  /** A feasible assignment that is known from the start: its value bounds how large a penalty must be. */
  readonly feasible?: readonly number[];
  /** What a feasible assignment means in the problem's own words; absent: its variables say it. */
  readonly meaning?: (x: readonly number[]) => Meaning;
}

/** Σ w x_i + Σ w x_i x_j compared with a bound; every variable and every pair is listed once. */
export interface Constraint {
  /** As messages call it: "the capacity", "constraints[2]". */
  readonly name: string;
  readonly linear: readonly (readonly [number, number])[];
  readonly quadratic: readonly (readonly [number, number, number])[];
  readonly relation: Relation;
  readonly bound: number;
}

export type Relation = '<=' | '=' | '>=';

/** constant + Σ linear_i x_i + Σ w_ij x_i x_j (i < j). */
export interface QuadraticForm {
  readonly constant: number;
  readonly linear: Float64Array;
  readonly quadratic: readonly (readonly [number, number, number])[];
}

/** offset + Σ h_i z_i + Σ J_ij z_i z_j with z = ±1 and x = (1 − z)/2. */
export interface IsingForm {
  readonly offset: number;
  readonly h: Float64Array;
  readonly J: readonly (readonly [number, number, number])[];
}

/** A form from terms in any order; pairs are added up and x_i² = x_i is put into the linear part. */
export function quadraticForm(
  variables: number,
  constant: number,
  linear: readonly number[],
  terms: Iterable<readonly [number, number, number]>,
): QuadraticForm {
  const line = new Float64Array(variables);
  linear.forEach((w, i) => (line[i] = w));
  const pairs = new Map<number, number>();
  for (const [a, b, w] of terms) {
    if (a === b) line[a] = (line[a] as number) + w;
    else {
      const key = Math.min(a, b) * variables + Math.max(a, b);
      pairs.set(key, (pairs.get(key) ?? 0) + w);
    }
  }
  const quadratic = [...pairs]
    .filter(([, w]) => w !== 0)
    .sort(([a], [b]) => a - b)
    .map(([key, w]) => [Math.floor(key / variables), key % variables, w] as const);
  return { constant, linear: line, quadratic };
}

/** Value at assignment k (variable i is bit i). */
export function valueAt(form: QuadraticForm, assignments: PackedBits, k: number): number {
  let value = form.constant;
  for (let i = 0; i < form.linear.length; i++) {
    if (bitAt(assignments, k, i) === 1) value += form.linear[i] as number;
  }
  for (const [i, j, w] of form.quadratic) {
    if (bitAt(assignments, k, i) === 1 && bitAt(assignments, k, j) === 1) value += w;
  }
  return value;
}

/** Values at all 2^n assignments (n ≤ 30), by adding one variable at a time: O(2^n) additions a pair. */
export function allValues(form: QuadraticForm): Float64Array {
  const variables = form.linear.length;
  const values = new Float64Array(2 ** variables);
  values[0] = form.constant;
  const neighbours: [number, number][][] = Array.from({ length: variables }, () => []);
  for (const [i, j, w] of form.quadratic) (neighbours[j] as [number, number][]).push([i, w]);
  for (let i = 0; i < variables; i++) {
    const size = 2 ** i;
    const gain = new Float64Array(size).fill(form.linear[i] as number);
    for (const [j, w] of neighbours[i] as [number, number][]) {
      for (let k = 0; k < size; k++) if (((k >>> j) & 1) === 1) gain[k] = (gain[k] as number) + w;
    }
    for (let k = 0; k < size; k++) values[size + k] = (values[k] as number) + (gain[k] as number);
  }
  return values;
}

/** Σx = k over all variables; the constraint that mixers and exchanges keep by themselves. */
export function cardinality(variables: number, k: number, name: string): Constraint {
  const linear = Array.from({ length: variables }, (_, i) => [i, 1] as const);
  return { name, linear, quadratic: [], relation: '=', bound: k };
}

/** Variables, ascending, of which so many are 1. */
export interface Group {
  readonly variables: readonly number[];
  readonly ones: number;
}

/**
 * The groups of a problem whose constraints say nothing but how many variables of each are 1, where no two share a variable
 * and together they hold all: a budget, one colour a node. Null otherwise.
 */
export function groupsOf({ variables, constraints }: BinaryProblem): readonly Group[] | null {
  const groups = constraints.flatMap(({ linear, quadratic, relation, bound }): Group[] => {
    const isCount =
      relation === '=' &&
      quadratic.length === 0 &&
      linear.every(([, w]) => w === 1) &&
      Number.isInteger(bound) &&
      bound >= 0 &&
      bound <= linear.length;
    if (!isCount) return [];
    return [{ variables: linear.map(([i]) => i).sort((a, b) => a - b), ones: bound }];
  });
  const all = groups.flatMap((group) => group.variables);
  const isWhole = all.length === variables && new Set(all).size === variables;
  return groups.length > 0 && groups.length === constraints.length && isWhole ? groups : null;
}

/** The k of Σx = k where that is the only constraint; null otherwise. */
export function cardinalityOf(problem: BinaryProblem): number | null {
  const [only, ...others] = groupsOf(problem) ?? [];
  return only === undefined || others.length > 0 ? null : only.ones;
}

/** Whether every constraint holds at assignment k, to within rounding of its largest weight. */
export function isFeasible(problem: BinaryProblem, assignments: PackedBits, k: number): boolean {
  return problem.constraints.every((one) => holds(one, (i) => bitAt(assignments, k, i)));
}

export function holds(constraint: Constraint, at: (variable: number) => number): boolean {
  const { linear, quadratic, relation, bound } = constraint;
  let sum = 0;
  let scale = Math.abs(bound);
  for (const [i, w] of linear) {
    if (at(i) !== 1) continue;
    sum += w;
    scale = Math.max(scale, Math.abs(w));
  }
  for (const [i, j, w] of quadratic) {
    if (at(i) !== 1 || at(j) !== 1) continue;
    sum += w;
    scale = Math.max(scale, Math.abs(w));
  }
  const tolerance = 1e-9 * scale;
  if (relation === '<=') return sum <= bound + tolerance;
  if (relation === '>=') return sum >= bound - tolerance;
  return Math.abs(sum - bound) <= tolerance;
}

/** x = (1 − z)/2 put in. */
export function toIsing(form: QuadraticForm): IsingForm {
  let offset = form.constant;
  const h = new Float64Array(form.linear.length);
  form.linear.forEach((w, i) => {
    offset += w / 2;
    h[i] = (h[i] as number) - w / 2;
  });
  for (const [i, j, w] of form.quadratic) {
    offset += w / 4;
    h[i] = (h[i] as number) - w / 4;
    h[j] = (h[j] as number) - w / 4;
  }
  return { offset, h, J: form.quadratic.map(([i, j, w]) => [i, j, w / 4]) };
}

/** z = 1 − 2x put in. */
export function fromIsing(ising: IsingForm): QuadraticForm {
  let constant = ising.offset;
  const linear: number[] = [];
  ising.h.forEach((h, i) => {
    constant += h;
    linear[i] = -2 * h;
  });
  for (const [i, j, w] of ising.J) {
    constant += w;
    linear[i] = (linear[i] as number) - 2 * w;
    linear[j] = (linear[j] as number) - 2 * w;
  }
  return quadraticForm(
    ising.h.length,
    constant,
    linear,
    ising.J.map(([i, j, w]) => [i, j, 4 * w]),
  );
}

/** A better than B in the problem's sense. */
export function isBetter(problem: BinaryProblem, a: number, b: number): boolean {
  return problem.sense === 'min' ? a < b : a > b;
}

/** The form as a sum of Pauli strings; the constant first. */
export function isingObservable(ising: IsingForm): PauliSum {
  const fields = Array.from(ising.h, (h, qubit) => ({
    coefficient: h,
    factors: [{ qubit, letter: 'Z' as const }],
  }));
  const couplings = ising.J.map(([i, j, w]) => ({
    coefficient: w,
    factors: [
      { qubit: i, letter: 'Z' as const },
      { qubit: j, letter: 'Z' as const },
    ],
  }));
  const terms = [...fields, ...couplings].filter((term) => term.coefficient !== 0);
  return { terms: [{ coefficient: ising.offset, factors: [] }, ...terms] };
}
