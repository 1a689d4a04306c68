import { AheadValues } from './ahead.ts';
import { type Lanes, onePair, type Pair, snap, times, inverse } from './complex-pair.ts';
import type { Group } from './plan-groups.ts';
import type { ConstantTable } from './table.ts';
import { VectorCode } from './vector-code.ts';
import { type Weighted, WeightedVectors } from './weighted-vectors.ts';

/** A piece of work on a few rows; pieces on the same row keep their order. */
export interface Piece {
  readonly rows: readonly number[];
  readonly run: () => void;
}

/** What a group knows of its place: which qubits are lanes, registers, or elsewhere. */
export interface GroupPlace {
  readonly group: Group;
  readonly laneBits: number;
  readonly table: ConstantTable;
}

/**
 * The symbolic run of a group. Row r is the vector whose register qubits spell r. Rows are loaded when
 * they are first needed; `done` tells when the last piece on a row is through, so it can be stored.
 */
export class GroupRun {
  readonly code = new VectorCode();
  readonly ahead = new AheadValues();
  readonly arithmetic: WeightedVectors;
  readonly rowCount: number;
  readonly laneCount: number;
  readonly laneBits: number;
  /** A factor of all amplitudes that was left out. */
  factor: Pair = onePair;
  readonly #registers: readonly number[];
  readonly #vectors: (Weighted['vector'] | null)[];
  readonly #weights: Lanes[];

  constructor({ group, laneBits, table }: GroupPlace, weights: readonly Lanes[]) {
    this.laneBits = laneBits;
    this.laneCount = 2 ** laneBits;
    this.#registers = group.registers;
    this.rowCount = 2 ** group.registers.length;
    this.#weights = [...weights];
    this.#vectors = Array.from({ length: this.rowCount }, (): Weighted['vector'] | null => null);
    this.arithmetic = new WeightedVectors(this.code, table, this.laneCount);
  }

  /** Bit of a row that a qubit is; −1 where it is no register. */
  registerBit(qubit: number): number {
    return this.#registers.indexOf(qubit);
  }

  /** Bit of a lane that a qubit is; −1 where it is no lane. Lanes are the lowest qubits. */
  laneBit(qubit: number): number {
    return qubit < this.laneBits ? qubit : -1;
  }

  isInside(qubit: number): boolean {
    return this.registerBit(qubit) >= 0 || this.laneBit(qubit) >= 0;
  }

  /** Value of an inside qubit in a lane of a row. */
  bitOf(qubit: number, row: number, lane: number): number {
    const bit = this.registerBit(qubit);
    return bit >= 0 ? (row >> bit) & 1 : (lane >> this.laneBit(qubit)) & 1;
  }

  read(row: number): Weighted {
    let vector = this.#vectors[row] ?? null;
    if (vector === null) {
      vector = this.code.load(row);
      this.#vectors[row] = vector;
    }
    return { vector, weights: this.weights(row) };
  }

  weights(row: number): Lanes {
    return this.#weights[row] as Lanes;
  }

  write(row: number, { vector, weights }: Weighted): void {
    this.#vectors[row] = vector;
    this.#weights[row] = weights;
  }

  /** Multiplies the weights of a row; no instruction. */
  scale(row: number, by: (lane: number) => Pair): void {
    this.#weights[row] = this.weights(row).map((weight, lane) => times(weight, by(lane)));
  }

  /** Brings all lanes of a row to the weight `to`. */
  normalise(row: number, to: Pair): Weighted {
    const { vector, weights } = this.read(row);
    const ratio = weights.map((weight) => snap(times(weight, inverse(to))));
    const result = {
      vector: this.arithmetic.multiplyComplex(vector, ratio),
      weights: this.arithmetic.same(to),
    };
    this.write(row, result);
    return result;
  }

  /** Lanes where the given inside qubits of a row are all 1; null where that is every lane. */
  lanesWhere(qubits: readonly number[], row: number): readonly boolean[] | null {
    const lanes = Array.from({ length: this.laneCount }, (_, lane) =>
      qubits.every((qubit) => this.bitOf(qubit, row, lane) === 1),
    );
    return lanes.every((lane) => lane) ? null : lanes;
  }

  /**
   * Runs the pieces in an order that keeps as few rows as possible in registers: the one whose rows
   * were used last comes next, and a row is done with as early as it can be.
   */
  schedule(pieces: readonly Piece[], done: (row: number) => void): void {
    const queues = Array.from({ length: this.rowCount }, (): number[] => []);
    pieces.forEach((piece, i) => {
      for (const row of piece.rows) (queues[row] as number[]).push(i);
    });
    const heads = new Int32Array(this.rowCount);
    const used = new Float64Array(this.rowCount);
    let clock = 1;
    const isReady = (i: number): boolean =>
      (pieces[i] as Piece).rows.every(
        (row) => (queues[row] as number[])[heads[row] as number] === i,
      );
    for (let left = pieces.length; left > 0; left--) {
      const next = this.#mostRecent(pieces, queues, heads, used, isReady);
      const piece = pieces[next] as Piece;
      for (const row of piece.rows) this.read(row);
      piece.run();
      clock++;
      for (const row of piece.rows) {
        heads[row] = (heads[row] as number) + 1;
        used[row] = clock;
        if (heads[row] === (queues[row] as number[]).length) done(row);
      }
    }
    queues.forEach((queue, row) => {
      if (queue.length > 0) return;
      this.read(row);
      done(row);
    });
  }

  #mostRecent(
    pieces: readonly Piece[],
    queues: readonly (readonly number[])[],
    heads: Int32Array,
    used: Float64Array,
    isReady: (i: number) => boolean,
  ): number {
    let best = -1;
    let bestUse = -1;
    for (let row = 0; row < this.rowCount; row++) {
      const i = (queues[row] as readonly number[])[heads[row] as number];
      if (i === undefined || !isReady(i)) continue;
      const { rows } = pieces[i] as Piece;
      const use = rows.reduce((sum, one) => sum + (used[one] as number), 0) / rows.length;
      if (use > bestUse) {
        bestUse = use;
        best = i;
      }
    }
    return best;
  }
}
