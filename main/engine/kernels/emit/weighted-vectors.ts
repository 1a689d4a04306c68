import {
  inverse,
  isZero,
  type Lanes,
  magnitude,
  onePair,
  type Pair,
  snap,
  times,
  weightOf,
} from './complex-pair.ts';
import type { TwoByTwo } from './operation.ts';
import type { ConstantTable } from './table.ts';
import type { Factor, Part, Vector, VectorCode } from './vector-code.ts';

/** A vector and the weights of its lanes: amplitude = weight·value. */
export interface Weighted {
  readonly vector: Vector;
  readonly weights: Lanes;
}

/** One 2 × 2 matrix per lane, entry by entry. */
export type LaneMatrix = readonly [Lanes, Lanes, Lanes, Lanes];

/** The arithmetic of vectors with weights: what can be kept as a weight costs no instruction. */
export class WeightedVectors {
  readonly code: VectorCode;
  readonly table: ConstantTable;
  readonly laneCount: number;

  constructor(code: VectorCode, table: ConstantTable, laneCount: number) {
    this.code = code;
    this.table = table;
    this.laneCount = laneCount;
  }

  same(value: Pair): Lanes {
    return Array.from({ length: this.laneCount }, (): Pair => value);
  }

  sameMatrix(matrix: TwoByTwo): LaneMatrix {
    return [this.same(matrix[0]), this.same(matrix[1]), this.same(matrix[2]), this.same(matrix[3])];
  }

  /** A factor with these lanes. */
  factor(values: readonly number[]): Factor {
    return isUniform(values) ? this.#one(values[0] as number) : this.#lanes(values);
  }

  /** x + z·y for real z per lane. */
  addReal(x: Part, y: Part, z: readonly number[]): Part {
    if (!isUniform(z)) return this.code.multiplyAdd(x, y, this.#lanes(z), 1);
    const value = z[0] as number;
    if (value === 0) return x;
    if (Math.abs(value) === 1) return this.code.add(x, y, value);
    return this.code.multiplyAdd(x, y, this.#one(Math.abs(value)), Math.sign(value));
  }

  multiplyReal(x: Part, z: readonly number[]): Part {
    if (!isUniform(z)) return this.code.multiply(x, this.#lanes(z));
    const value = z[0] as number;
    const { value: product, sign } =
      Math.abs(value) === 1 ? x : this.code.multiply(x, this.#one(Math.abs(value)));
    return { value: product, sign: value < 0 ? (-sign as 1 | -1) : sign };
  }

  /** x + z·y for complex z per lane. */
  addComplex(x: Vector, y: Vector, z: Lanes): Vector {
    const re = z.map((lane) => lane[0]);
    const im = z.map((lane) => lane[1]);
    const minus = im.map((value) => -value);
    return {
      re: this.addReal(this.addReal(x.re, y.re, re), y.im, minus),
      im: this.addReal(this.addReal(x.im, y.im, re), y.re, im),
    };
  }

  /** z·x as a vector of its own. */
  multiplyComplex(x: Vector, z: Lanes): Vector {
    const re = z.map((lane) => lane[0]);
    const im = z.map((lane) => lane[1]);
    const minus = im.map((value) => -value);
    if (im.every((value) => value === 0)) {
      return { re: this.multiplyReal(x.re, re), im: this.multiplyReal(x.im, re) };
    }
    if (re.every((value) => value === 0)) {
      return { re: this.multiplyReal(x.im, minus), im: this.multiplyReal(x.re, im) };
    }
    return {
      re: this.addReal(this.multiplyReal(x.re, re), x.im, minus),
      im: this.addReal(this.multiplyReal(x.im, re), x.re, im),
    };
  }

  /**
   * a·x + b·y with weights a and b per lane. The larger is pulled out as the new weight, so that one
   * complex multiply-add is left; where each is zero in some lane, weights of one are left.
   */
  combine(x: Vector, a: Lanes, y: Vector, b: Lanes): Weighted {
    if (isZero(b)) return { vector: x, weights: a };
    if (isZero(a)) return { vector: y, weights: b };
    // The margin keeps the choice the same whatever way rounding goes.
    const [first, second] = weightOf(a) >= weightOf(b) * 0.999_999 ? [a, b] : [b, a];
    if (canDivide(first)) {
      const [p, q] = first === a ? [x, y] : [y, x];
      const ratio = second.map((lane, i) => snap(times(lane, inverse(first[i] as Pair))));
      return { vector: this.addComplex(p, q, ratio), weights: first };
    }
    const vector = this.addComplex(this.multiplyComplex(x, a), y, b);
    return { vector, weights: this.same(onePair) };
  }

  #one(value: number): Factor {
    return { kind: 'splat', at: this.table.putOne(value) };
  }

  #lanes(values: readonly number[]): Factor {
    return { kind: 'lanes', at: this.table.put(values) };
  }

  /** (u00·x + u01·y, u10·x + u11·y). */
  mix(x: Weighted, y: Weighted, u: LaneMatrix): readonly [Weighted, Weighted] {
    const scaled = (w: Lanes, by: Lanes): Lanes => w.map((lane, i) => times(lane, by[i] as Pair));
    if (isZero(u[1]) && isZero(u[2])) {
      return [
        { vector: x.vector, weights: scaled(x.weights, u[0]) },
        { vector: y.vector, weights: scaled(y.weights, u[3]) },
      ];
    }
    if (isZero(u[0]) && isZero(u[3])) {
      return [
        { vector: y.vector, weights: scaled(y.weights, u[1]) },
        { vector: x.vector, weights: scaled(x.weights, u[2]) },
      ];
    }
    const z = this.#alignPhase(x.weights, y, u);
    return [
      this.combine(x.vector, scaled(x.weights, u[0]), z.vector, scaled(z.weights, u[1])),
      this.combine(x.vector, scaled(x.weights, u[2]), z.vector, scaled(z.weights, u[3])),
    ];
  }

  /**
   * Turns y so that the ratio of the two terms is real or imaginary, where that is the same turn for all
   * lanes up to quarter turns: two multiply-adds here save four in the rows that follow.
   */
  #alignPhase(weights: Lanes, y: Weighted, u: LaneMatrix): Weighted {
    const top = weights.map((lane, i) => times(lane, u[0][i] as Pair));
    if (!canDivide(top)) return y;
    const ratio = top.map((lane, i) =>
      snap(times(times(y.weights[i] as Pair, u[1][i] as Pair), inverse(lane))),
    );
    if (isSimple(ratio) || ratio.some((lane) => magnitude(lane) === 0)) return y;
    const quarters = ratio.map(([re, im]) => Math.round(Math.atan2(im, re) / (Math.PI / 2)));
    const parity = Math.abs((quarters[0] as number) % 2);
    if (!quarters.every((quarter) => Math.abs(quarter % 2) === parity)) return y;
    const tangents = ratio.map(([re, im], i) => {
      const rest = Math.atan2(im, re) - ((quarters[i] as number) * Math.PI) / 2;
      return snap([Math.tan(rest), 1])[0];
    });
    return {
      vector: this.addComplex(
        y.vector,
        y.vector,
        tangents.map((tangent): Pair => [0, tangent]),
      ),
      weights: y.weights.map((lane, i) => times(lane, inverse([1, tangents[i] as number]))),
    };
  }
}

function isUniform(values: readonly number[]): boolean {
  const first = values[0];
  for (let i = 1; i < values.length; i++) if (values[i] !== first) return false;
  return true;
}

function isSimple(lanes: Lanes): boolean {
  return lanes.every((lane) => lane[0] === 0) || lanes.every((lane) => lane[1] === 0);
}

/** Whether every lane is far enough from zero to be divided by. */
function canDivide(lanes: Lanes): boolean {
  const largest = Math.max(...lanes.map(magnitude));
  return lanes.every((lane) => magnitude(lane) > largest * 1e-3);
}
