import { AppError } from '../base/errors.ts';
import { requireTerms } from './views/binary.ts';
import {
  type BinaryProblem,
  type Constraint,
  type QuadraticForm,
  quadraticForm,
} from './binary-problem.ts';

/** A function of bits without constraints: the problem's own variables come first, those that stand for slack and products after them. */
export interface Unconstrained {
  readonly variables: number;
  readonly form: QuadraticForm;
}

/** Finest step of weights that slack counts, and the largest number of steps. */
const finest = 1e-6;
const mostSteps = 2 ** 24;

/**
 * Σ of what every constraint is broken by: 0 exactly where all hold and the added variables fit,
 * at least 1 elsewhere. Equalities are squared; inequalities of two variables, or of at most one out of
 * many, are written out in full (Lucas 2014, arXiv:1302.5843; Glover, Kochenberger and Du 2019,
 * arXiv:1811.11538), and every other one becomes an equality by slack in binary. A product inside
 * a constraint is a variable of its own (Rosenberg 1975). Infeasible constraints are `bad-input`.
 */
export function violationOf(problem: BinaryProblem): Unconstrained {
  const sum = new Sum(problem.variables);
  for (const constraint of problem.constraints) addConstraint(sum, constraint);
  return { variables: sum.variables, form: sum.form() };
}

/** The problem as one function in its own sense, with `weight` times the violation against it. */
export function penalised(problem: BinaryProblem, weight: number): Unconstrained {
  const { objective, sense } = problem;
  const { variables, form } = violationOf(problem);
  const factor = sense === 'min' ? weight : -weight;
  const linear = Array.from(form.linear, (w, i) => (objective.linear[i] ?? 0) + factor * w);
  const pairs = [
    ...objective.quadratic,
    ...form.quadratic.map(([i, j, w]) => [i, j, factor * w] as const),
  ];
  const constant = objective.constant + factor * form.constant;
  return { variables, form: quadraticForm(variables, constant, linear, pairs) };
}

/**
 * A weight that dominates: whatever an infeasible assignment gains in the objective, it pays more. What is
 * broken counts at least 1, so it suffices that the weight is larger than the gap between a feasible value
 * (a known one, otherwise the largest conceivable) and the smallest conceivable value.
 */
export function dominatingPenalty(problem: BinaryProblem): number {
  const { objective, sense, feasible } = problem;
  const sign = sense === 'min' ? 1 : -1;
  const terms = [
    ...Array.from(objective.linear, (w, i) => ({ w: sign * w, isOn: feasible?.[i] === 1 })),
    ...objective.quadratic.map(([i, j, w]) => ({
      w: sign * w,
      isOn: feasible?.[i] === 1 && feasible[j] === 1,
    })),
  ];
  const gap = (w: number, isOn: boolean) =>
    feasible === undefined ? Math.abs(w) : (isOn ? w : 0) - Math.min(0, w);
  return 1 + terms.reduce((sum, { w, isOn }) => sum + gap(w, isOn), 0);
}

/** Terms that are added up, and variables that are added on the way. */
class Sum {
  readonly #products = new Map<string, number>();
  readonly #linear = new Map<number, number>();
  readonly #pairs: [number, number, number][] = [];
  #constant = 0;
  variables: number;

  constructor(variables: number) {
    this.variables = variables;
  }

  add(constant: number, linear: readonly Term[], pairs: readonly [number, number, number][]): void {
    this.#constant += constant;
    for (const [i, w] of linear) this.#linear.set(i, (this.#linear.get(i) ?? 0) + w);
    for (const pair of pairs) this.#pairs.push(pair);
  }

  /** The variable that is x_i·x_j wherever nothing is violated. */
  product(i: number, j: number): number {
    const key = `${Math.min(i, j)},${Math.max(i, j)}`;
    const known = this.#products.get(key);
    if (known !== undefined) return known;
    const y = this.variables++;
    this.#products.set(key, y);
    this.add(
      0,
      [[y, 3]],
      [
        [i, j, 1],
        [i, y, -2],
        [j, y, -2],
      ],
    );
    return y;
  }

  form(): QuadraticForm {
    const linear = Array.from({ length: this.variables }, (_, i) => this.#linear.get(i) ?? 0);
    return quadraticForm(this.variables, this.#constant, linear, this.#pairs);
  }
}

type Term = readonly [variable: number, weight: number];

function addConstraint(sum: Sum, constraint: Constraint): void {
  const { terms, pairs, bound, isEqual } = inSteps(constraint);
  const weights = [...terms, ...pairs].map((term) => term.at(-1) as number);
  const low = weights.reduce((total, w) => total + Math.min(0, w), 0);
  const high = weights.reduce((total, w) => total + Math.max(0, w), 0);
  if (low > bound || (isEqual && (high < bound || !Number.isInteger(bound)))) {
    throw infeasible(constraint);
  }
  if (!isEqual && high <= bound) return;
  // Only the least value is allowed: what is above it is the violation.
  if (low === bound) {
    sum.add(-low, terms, pairs);
    return;
  }
  const linear: Term[] = [...terms, ...pairs.map(([i, j, w]): Term => [sum.product(i, j), w])];
  if (isEqual) square(sum, linear, bound);
  else if (linear.length <= 2) writeOut(sum, linear, bound);
  else if (bound === 1 && linear.every(([, w]) => w === 1)) {
    sum.add(
      0,
      [],
      pairsOf(linear).map(([[i], [j]]) => [i, j, 1]),
    );
  } else {
    const slack = slackWeights(bound - low).map((w): Term => [sum.variables++, w]);
    square(sum, [...linear, ...slack], bound);
  }
}

/** weight·(Σ w x − b)². */
function square(sum: Sum, terms: readonly Term[], bound: number): void {
  requireTerms(terms.length ** 2 / 2, `The square of a constraint on ${terms.length} variables`);
  sum.add(
    bound * bound,
    terms.map(([i, w]) => [i, w * w - 2 * w * bound]),
    pairsOf(terms).map(([[i, v], [j, w]]) => [i, j, 2 * v * w]),
  );
}

/** 1 at each assignment of at most two variables that breaks Σ w x ≤ b. */
function writeOut(sum: Sum, terms: readonly Term[], bound: number): void {
  const [[i, v], [j, w]] = [terms[0] ?? [0, 0], terms[1] ?? [0, 0]];
  const breaks = (value: number): number => (value > bound ? 1 : 0);
  const [none, first, second, both] = [0, v, w, v + w].map(breaks) as [
    number,
    number,
    number,
    number,
  ];
  sum.add(none, [[i, first - none]], []);
  if (terms.length === 2) sum.add(0, [[j, second - none]], [[i, j, both - first - second + none]]);
}

/** Weights whose sums are exactly 0 to `range`. */
function slackWeights(range: number): number[] {
  const bits = Math.floor(Math.log2(range));
  const weights = Array.from({ length: bits }, (_, k) => 2 ** k);
  return [...weights, range + 1 - 2 ** bits];
}

function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}

interface Steps {
  readonly terms: readonly Term[];
  readonly pairs: readonly [number, number, number][];
  readonly bound: number;
  readonly isEqual: boolean;
}

/** The constraint as one with whole weights and `<=` or `=`; the bound of an inequality is rounded down to a whole number. */
function inSteps(constraint: Constraint): Steps {
  const { linear, quadratic, relation, bound, name } = constraint;
  const sign = relation === '>=' ? -1 : 1;
  const weights = [...linear, ...quadratic].map((term) => Math.abs(term.at(-1) as number));
  const step = stepOf(weights.filter((w) => w > 0));
  const largest = weights.reduce((total, w) => total + w, 0) / (step ?? 1);
  if (step === null || largest > mostSteps) {
    throw new AppError(
      'bad-input',
      `The weights of ${name} have no common step that slack could count: expected whole numbers, or decimals of at most six places, with a sum of at most ${mostSteps.toLocaleString('en-US')} steps. Round them, or use exact or highs, which take the constraint as it is.`,
      { constraint: name },
    );
  }
  const whole = (w: number): number => Math.round((sign * w) / step);
  const scaled = (sign * bound) / step;
  const near = Math.round(scaled);
  const isWhole = Math.abs(scaled - near) <= 1e-9 * Math.max(1, Math.abs(near));
  return {
    terms: linear.filter(([, w]) => w !== 0).map(([i, w]) => [i, whole(w)]),
    pairs: quadratic.filter(([, , w]) => w !== 0).map(([i, j, w]) => [i, j, whole(w)]),
    bound: isWhole ? near : relation === '=' ? scaled : Math.floor(scaled),
    isEqual: relation === '=',
  };
}

/** The largest step that all weights are multiples of; null where none is as large as a millionth. */
function stepOf(weights: readonly number[]): number | null {
  const unit = [1, 0.1, 0.01, 0.001, 1e-4, 1e-5, finest].find((step) =>
    weights.every((w) => Math.abs(w / step - Math.round(w / step)) <= 1e-9 * Math.max(1, w / step)),
  );
  if (unit === undefined) return null;
  const common = weights.reduce((a, w) => greatestCommon(a, Math.round(w / unit)), 0);
  return unit * Math.max(1, common);
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b);
}

function infeasible({ name, relation, bound }: Constraint): AppError {
  return new AppError(
    'bad-input',
    `The problem has no solution: no assignment makes ${name} ${relation} ${bound}. Change its bound or its weights.`,
    { path: 'problem', constraint: name },
  );
}
