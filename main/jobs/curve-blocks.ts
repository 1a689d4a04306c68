/** Points, or blocks of the level below, that one block stands for. */
export const branching = 16;

/** Neighbouring points of a curve as one. What is no number is left out of `min`, `max` and `mean`. */
export interface Block {
  /** Of the first and the last point. */
  readonly from: number;
  readonly to: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Points whose y is a number. */
  readonly count: number;
}

export const emptyBlock: Block = {
  from: Number.NaN,
  to: Number.NaN,
  min: Number.NaN,
  max: Number.NaN,
  mean: Number.NaN,
  count: 0,
};

export function pointBlock(x: number, y: number): Block {
  return { from: x, to: x, min: y, max: y, mean: y, count: Number.isNaN(y) ? 0 : 1 };
}

/** Two neighbours as one; `a` comes first. */
export function joinBlock(a: Block, b: Block): Block {
  const count = a.count + b.count;
  const ends = {
    from: Number.isNaN(a.from) ? b.from : a.from,
    to: Number.isNaN(b.to) ? a.to : b.to,
  };
  if (a.count === 0) return { ...b, ...ends };
  if (b.count === 0) return { ...a, ...ends };
  return {
    ...ends,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    mean: (a.mean * a.count + b.mean * b.count) / count,
    count,
  };
}

/** Float64 numbers of a block on disk. */
export const blockSize = 6;

export function blockNumbers({ from, to, min, max, mean, count }: Block): readonly number[] {
  return [from, to, min, max, mean, count];
}

export function blockAt(numbers: Float64Array, k: number): Block {
  const [from, to, min, max, mean, count] = numbers.subarray(k * blockSize, (k + 1) * blockSize);
  return {
    from: from as number,
    to: to as number,
    min: min as number,
    max: max as number,
    mean: mean as number,
    count: count as number,
  };
}
