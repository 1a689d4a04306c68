import type { BinaryProblem, Constraint } from '#shared/problems/binary-problem.ts';

/** A mixed-integer linear program: the problem's variables, then one continuous one for each product of two. */
export interface LinearProgram {
  /** Of the problem; they are whole numbers. */
  readonly variables: number;
  readonly columns: number;
  readonly offset: number;
  /** Made small. */
  readonly costs: Float64Array;
  readonly rowLower: readonly number[];
  readonly rowUpper: readonly number[];
  /** Row r has the entries starts[r] to starts[r + 1]. */
  readonly starts: readonly number[];
  readonly indices: readonly number[];
  readonly values: readonly number[];
  /** Which two variables each product multiplies, in the order of the columns. */
  readonly products: readonly (readonly [number, number])[];
}

/**
 * The problem with each product x_i x_j as a variable y of its own (Fortet 1960): y ≤ x_i, y ≤ x_j and
 * y ≥ x_i + x_j − 1, of which a product in the objective alone needs those that its weight pushes against.
 */
export function linearised(problem: BinaryProblem): LinearProgram {
  const { objective, sense, constraints, variables } = problem;
  const sign = sense === 'min' ? 1 : -1;
  const rows = new Rows();
  const products: [number, number][] = [];
  const columnOf = new Map<string, number>();
  const tied = new Map<number, { above: boolean; below: boolean }>();
  const product = (i: number, j: number): number => {
    const key = `${Math.min(i, j)},${Math.max(i, j)}`;
    const known = columnOf.get(key);
    if (known !== undefined) return known;
    const column = variables + products.length;
    products.push([i, j]);
    columnOf.set(key, column);
    return column;
  };
  const tie = (column: number, needs: 'above' | 'below'): void => {
    const before = tied.get(column) ?? { above: false, below: false };
    if (before[needs]) return;
    tied.set(column, { ...before, [needs]: true });
    const [i, j] = products[column - variables] as [number, number];
    addTie(rows, [i, j], column, needs);
  };
  const costs = Array.from(objective.linear, (w) => sign * w);
  for (const [i, j, w] of objective.quadratic) {
    const column = product(i, j);
    costs[column] = sign * w;
    tie(column, sign * w > 0 ? 'above' : 'below');
  }
  for (const { linear, quadratic, relation, bound } of constraints) {
    const terms: (readonly [number, number])[] = [...linear];
    for (const [i, j, w] of quadratic) {
      const column = product(i, j);
      tie(column, 'above');
      tie(column, 'below');
      terms.push([column, w]);
    }
    rows.add(...boundsOf(relation, bound), terms);
  }
  const columns = variables + products.length;
  return {
    variables,
    columns,
    offset: sign * objective.constant,
    costs: Float64Array.from({ length: columns }, (_, k) => costs[k] ?? 0),
    products,
    ...rows.taken(),
  };
}

/** The inequality that keeps a product from being too small (`above`), or those that keep it from being too large. */
function addTie(
  rows: Rows,
  [i, j]: readonly [number, number],
  column: number,
  needs: 'above' | 'below',
): void {
  if (needs === 'above') {
    rows.add(-Infinity, 1, [
      [i, 1],
      [j, 1],
      [column, -1],
    ]);
    return;
  }
  for (const factor of [i, j]) {
    rows.add(-Infinity, 0, [
      [column, 1],
      [factor, -1],
    ]);
  }
}

function boundsOf(relation: Constraint['relation'], bound: number): [number, number] {
  if (relation === '<=') return [-Infinity, bound];
  return relation === '>=' ? [bound, Infinity] : [bound, bound];
}

class Rows {
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #starts: number[] = [0];
  readonly #indices: number[] = [];
  readonly #values: number[] = [];

  add(lower: number, upper: number, terms: readonly (readonly [number, number])[]): void {
    this.#lower.push(lower);
    this.#upper.push(upper);
    for (const [column, weight] of terms) {
      this.#indices.push(column);
      this.#values.push(weight);
    }
    this.#starts.push(this.#indices.length);
  }

  taken() {
    return {
      rowLower: this.#lower,
      rowUpper: this.#upper,
      starts: this.#starts,
      indices: this.#indices,
      values: this.#values,
    };
  }
}

/** The columns of an assignment: its bits, then its products. */
export function columnsOf({ products }: LinearProgram, x: ArrayLike<number>): Float64Array {
  return Float64Array.from([
    ...Array.from(x),
    ...products.map(([i, j]) => (x[i] as number) * (x[j] as number)),
  ]);
}
