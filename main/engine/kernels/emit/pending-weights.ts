import { inverse, type Lanes, magnitude, onePair, type Pair, snap, times } from './complex-pair.ts';
import { isDiagonal, type KernelOperation, qubitsOf } from './operation.ts';
import type { PassPlan } from './plan.ts';

/** A weight is put into the state when it leaves this range, so that nothing overflows. */
const range = { least: 0.02, most: 50, factor: 1e-6 } as const;

/**
 * Factors that the state in memory is short of: one per qubit (where it is 1) and one for all. They are
 * carried from group to group, and put in by the last group that touches the qubit anyway.
 */
export class PendingWeights {
  readonly #perQubit: Pair[];
  #all: Pair;
  /** Mixing operations per qubit that are still to come. */
  readonly #toCome: number[];

  constructor(qubits: number, factor: Pair, passes: readonly PassPlan[]) {
    this.#perQubit = Array.from({ length: qubits }, (): Pair => onePair);
    this.#all = factor;
    this.#toCome = Array.from({ length: qubits }, (): number => 0);
    for (const { groups } of passes) {
      for (const { operations } of groups) this.#count(operations, 1);
    }
  }

  /** Weights of the lanes of a row that a group starts with; lanes are the lowest qubits. */
  initial(registers: readonly number[], laneBits: number, row: number): Lanes {
    return Array.from({ length: 2 ** laneBits }, (_, lane) => {
      let weight = onePair;
      registers.forEach((qubit, bit) => {
        if (((row >> bit) & 1) === 1) weight = times(weight, this.#of(qubit));
      });
      for (let bit = 0; bit < laneBits; bit++) {
        if (((lane >> bit) & 1) === 1) weight = times(weight, this.#of(bit));
      }
      return weight;
    });
  }

  /**
   * Takes over the weights that a group ends with and returns what it has to multiply each row with:
   * what is no product of factors per qubit, and the factors that are due.
   */
  settle(
    weights: readonly Lanes[],
    factor: Pair,
    group: {
      readonly registers: readonly number[];
      readonly operations: readonly KernelOperation[];
    },
    laneBits: number,
    isLast: boolean,
  ): Lanes[] {
    const { registers, operations } = group;
    const common = (weights[0] as Lanes)[0] as Pair;
    const back = inverse(common);
    this.#all = times(this.#all, times(factor, common));
    this.#count(operations, -1);
    const kept = new Map<number, Pair>();
    const keep = (qubit: number, weight: Pair): void => {
      if (this.#isDue(qubit, weight)) this.#perQubit[qubit] = onePair;
      else {
        this.#perQubit[qubit] = weight;
        kept.set(qubit, inverse(weight));
      }
    };
    registers.forEach((qubit, bit) =>
      keep(qubit, times((weights[1 << bit] as Lanes)[0] as Pair, back)),
    );
    for (let bit = 0; bit < laneBits; bit++) {
      keep(bit, times((weights[0] as Lanes)[1 << bit] as Pair, back));
    }
    const putAll =
      isLast || magnitude(this.#all) < range.factor || magnitude(this.#all) > 1 / range.factor;
    const all = putAll ? this.#all : onePair;
    if (putAll) this.#all = onePair;
    return weights.map((lanes, row) =>
      lanes.map((weight, lane) => {
        let rest = times(times(weight, back), all);
        registers.forEach((qubit, bit) => {
          const away = ((row >> bit) & 1) === 1 ? kept.get(qubit) : undefined;
          if (away !== undefined) rest = times(rest, away);
        });
        for (let bit = 0; bit < laneBits; bit++) {
          const away = ((lane >> bit) & 1) === 1 ? kept.get(bit) : undefined;
          if (away !== undefined) rest = times(rest, away);
        }
        return snap(rest);
      }),
    );
  }

  #of(qubit: number): Pair {
    return this.#perQubit[qubit] as Pair;
  }

  #isDue(qubit: number, weight: Pair): boolean {
    const size = magnitude(weight);
    return (this.#toCome[qubit] as number) === 0 || size < range.least || size > range.most;
  }

  #count(operations: readonly KernelOperation[], by: number): void {
    for (const operation of operations) {
      // What mixes or turns a qubit brings it into a group again; phases of several do not.
      if (isDiagonal(operation) && qubitsOf(operation).length > 1) continue;
      for (const qubit of qubitsOf(operation)) {
        this.#toCome[qubit] = (this.#toCome[qubit] as number) + by;
      }
    }
  }
}
