import type { QuadraticForm } from '#shared/problems/binary-problem.ts';
import type { Objective } from '#shared/problems/objective.ts';

/** A function of bits that is made small, with each variable's neighbours side by side: those of i stand at starts[i] to starts[i + 1]. */
export interface BitModel {
  readonly size: number;
  readonly constant: number;
  readonly linear: Float64Array;
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
  readonly weights: Float64Array;
}

/** The form as a minimum. */
export function bitModel(form: QuadraticForm, sense: Objective): BitModel {
  const sign = sense === 'min' ? 1 : -1;
  const size = form.linear.length;
  const starts = new Int32Array(size + 1);
  for (const [i, j] of form.quadratic) {
    starts[i + 1] = (starts[i + 1] as number) + 1;
    starts[j + 1] = (starts[j + 1] as number) + 1;
  }
  for (let i = 0; i < size; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const next = starts.slice();
  const neighbours = new Int32Array(2 * form.quadratic.length);
  const weights = new Float64Array(2 * form.quadratic.length);
  const put = (i: number, j: number, w: number): void => {
    const at = next[i] as number;
    next[i] = at + 1;
    neighbours[at] = j;
    weights[at] = sign * w;
  };
  for (const [i, j, w] of form.quadratic) {
    put(i, j, w);
    put(j, i, w);
  }
  const linear = form.linear.map((w) => sign * w);
  return { size, constant: sign * form.constant, linear, starts, neighbours, weights };
}

export function energyOf(model: BitModel, x: Uint8Array): number {
  let energy = model.constant;
  for (let i = 0; i < model.size; i++) {
    if (x[i] === 0) continue;
    energy += model.linear[i] as number;
    for (let at = model.starts[i] as number; at < (model.starts[i + 1] as number); at++) {
      const j = model.neighbours[at] as number;
      if (j < i && x[j] === 1) energy += model.weights[at] as number;
    }
  }
  return energy;
}

/** What flipping each bit changes. */
export function gainsOf(model: BitModel, x: Uint8Array): Float64Array {
  const gains = new Float64Array(model.size);
  for (let i = 0; i < model.size; i++) {
    let field = model.linear[i] as number;
    for (let at = model.starts[i] as number; at < (model.starts[i + 1] as number); at++) {
      if (x[model.neighbours[at] as number] === 1) field += model.weights[at] as number;
    }
    gains[i] = x[i] === 1 ? -field : field;
  }
  return gains;
}

/** Flips bit i and keeps the gains of the others true. */
export function flip(model: BitModel, x: Uint8Array, gains: Float64Array, i: number): void {
  const { starts, neighbours, weights } = model;
  const rises = x[i] === 0;
  x[i] = rises ? 1 : 0;
  gains[i] = -(gains[i] as number);
  const end = starts[i + 1] as number;
  for (let at = starts[i] as number; at < end; at++) {
    const j = neighbours[at] as number;
    const w = weights[at] as number;
    gains[j] = (gains[j] as number) + (rises === (x[j] === 0) ? w : -w);
  }
}

/** Flips whatever makes the energy lower until nothing does. */
export function descend(model: BitModel, x: Uint8Array, gains: Float64Array): void {
  for (let isDone = false; !isDone; ) {
    isDone = true;
    for (let i = 0; i < model.size; i++) {
      if ((gains[i] as number) >= -1e-12) continue;
      flip(model, x, gains, i);
      isDone = false;
    }
  }
}

/** Largest and smallest change of a single flip that is not 0: the ends of a schedule. */
export function changesOf({ size, linear, starts, weights }: BitModel): readonly [number, number] {
  let largest = 0;
  let smallest = Infinity;
  for (let i = 0; i < size; i++) {
    let sum = Math.abs(linear[i] as number);
    if (sum > 0) smallest = Math.min(smallest, sum);
    for (let at = starts[i] as number; at < (starts[i + 1] as number); at++) {
      const w = Math.abs(weights[at] as number);
      sum += w;
      if (w > 0) smallest = Math.min(smallest, w);
    }
    largest = Math.max(largest, sum);
  }
  return largest === 0 ? [1, 1] : [largest, smallest];
}
