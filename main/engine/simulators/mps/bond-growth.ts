import { type Bindings, evaluate } from '#shared/circuit/expression.ts';
import type { Matrix } from '#shared/math/matrix.ts';
import { emptyMatrix } from '../../linalg/rectangular.ts';
import { singularValues } from '../../linalg/svd.ts';
import { bind, type Instruction, type UnitaryInstruction } from '../lowering.ts';
import { matrixOn } from '../matrix-on.ts';
import { SiteOrder } from './site-order.ts';

/** What a chain reaches at most while it follows a circuit, in complex numbers. */
export interface ChainExtent {
  /** Of all tensors together. */
  readonly tensors: number;
  /** Of the sites that a gate joins. */
  readonly block: number;
}

/** Gates and swaps that are followed; the run itself would take hours for more. */
const mostSteps = 1_000_000;
/** Gates on more qubits are taken to join their sites in every way. */
const mostRanked = 4;
/** Singular values of an operator below this, relative to the largest, are rounding. */
const negligible = 1e-12;

/**
 * Follows how the bonds of a chain can grow: a gate multiplies the bond of a cut by its operator
 * Schmidt rank there at most, and a bond is at most the product of what is on either side of it. For
 * gates of no special angle that is what they reach; weak ones stay below, as small singular values are
 * cut. Null where conditions or too many steps leave it open.
 */
export function chainExtentOf(
  instructions: readonly Instruction[],
  qubits: number,
  bindings: Bindings,
  limit: number,
): ChainExtent | null {
  const growth = new BondGrowth(qubits, limit, bindings);
  for (const instruction of instructions) {
    if (instruction.kind === 'if') return null;
    // Measurements and resets join nothing.
    if (instruction.kind === 'unitary') growth.apply(instruction);
    if (growth.steps > mostSteps) return null;
  }
  return growth.extent;
}

class BondGrowth {
  steps = 0;
  readonly #limit: number;
  readonly #bindings: Bindings;
  readonly #order: SiteOrder;
  /** Entry i is the bond left of site i. */
  readonly #bonds: Float64Array;
  readonly #ranks = new Map<string, readonly number[]>();
  #tensors: number;
  #mostTensors: number;
  #mostBlock = 0;

  constructor(qubits: number, limit: number, bindings: Bindings) {
    this.#limit = limit;
    this.#bindings = bindings;
    this.#order = SiteOrder.plain(qubits);
    this.#bonds = new Float64Array(qubits + 1).fill(1);
    this.#tensors = 2 * qubits;
    this.#mostTensors = this.#tensors;
  }

  get extent(): ChainExtent {
    return { tensors: this.#mostTensors, block: this.#mostBlock };
  }

  apply(instruction: UnitaryInstruction): void {
    const { qubits } = instruction;
    if (qubits.length === 1) return;
    const sites = this.#order.gather(qubits, (first) => this.#join(first, 2, () => 4));
    this.#join(Math.min(...sites), qubits.length, (cut) => this.#rankOf(instruction, sites, cut));
  }

  /** Sites first, …, first + count − 1 in one block, split again from the left. */
  #join(first: number, count: number, rankAt: (cut: number) => number): void {
    this.steps++;
    const bonds = this.#bonds;
    const right = bonds[first + count] as number;
    this.#mostBlock = Math.max(this.#mostBlock, 2 ** count * (bonds[first] as number) * right);
    this.#tensors -= this.#sizeOf(first, count);
    for (let cut = 1; cut < count; cut++) {
      const before = bonds[first + cut] as number;
      const sides = Math.min(2 * (bonds[first + cut - 1] as number), right * 2 ** (count - cut));
      const most = Math.min(this.#limit, sides);
      // What joins two qubits at all has a rank of two at least.
      bonds[first + cut] = 2 * before >= most ? most : Math.min(most, before * rankAt(cut));
    }
    this.#tensors += this.#sizeOf(first, count);
    this.#mostTensors = Math.max(this.#mostTensors, this.#tensors);
  }

  #sizeOf(first: number, count: number): number {
    let sum = 0;
    for (let site = first; site < first + count; site++) {
      sum += 2 * (this.#bonds[site] as number) * (this.#bonds[site + 1] as number);
    }
    return sum;
  }

  /** Between the first `cut` sites of a gate and the others. */
  #rankOf(instruction: UnitaryInstruction, sites: readonly number[], cut: number): number {
    if (sites.length > mostRanked) return Number.POSITIVE_INFINITY;
    const first = Math.min(...sites);
    const { gate, power, parameters, controls, antiControls } = instruction;
    const angles = parameters.map((one) => evaluate(one, this.#bindings));
    const places = sites.map((site) => site - first);
    const sizes = [controls.length, antiControls.length];
    const key = [gate.id, power, ...angles, '|', ...places, '|', ...sizes].join();
    const known = this.#ranks.get(key) ?? this.#ranksOf(instruction, places);
    this.#ranks.set(key, known);
    return known[cut - 1] as number;
  }

  #ranksOf(instruction: UnitaryInstruction, places: readonly number[]): number[] {
    const wires = places.map((_, place) => instruction.qubits[places.indexOf(place)] as number);
    const matrix = matrixOn(bind(instruction, this.#bindings), wires);
    return wires.slice(1).map((_, k) => schmidtRank(matrix, k + 1));
  }
}

/** The number of terms that an operator takes as a sum of products over its lowest `bits` qubits and the others. */
export function schmidtRank({ size, re, im }: Matrix, bits: number): number {
  const low = 2 ** bits;
  const high = size / low;
  const split = emptyMatrix(low * low, high * high);
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      const row = (r % low) * low + (c % low);
      const column = Math.floor(r / low) * high + Math.floor(c / low);
      split.re[row * high * high + column] = re[r * size + c] as number;
      split.im[row * high * high + column] = im[r * size + c] as number;
    }
  }
  const { values } = singularValues(split);
  return values.filter((value) => value > negligible * (values[0] as number)).length;
}
