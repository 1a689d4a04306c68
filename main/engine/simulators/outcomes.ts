import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { Branch } from './branches.ts';
import type { SplitProgram } from './terminal.ts';

/** Classical outcomes of one branch: fixed bits, and a distribution over the terminal measurements. */
export interface BranchOutcomes {
  readonly bits: Uint8Array;
  /** Position j of an index below is written to bit positions[j]. */
  readonly positions: readonly number[];
  /** Probability (times the branch's weight) of each value of those bits; length 2^positions. */
  readonly probabilities: Float64Array;
}

/** More terminal bits than this give a table that no memory holds. */
const tableLimit = 26;

export function outcomesOf(
  branch: Branch,
  terminal: SplitProgram['terminal'],
  readout: ReadonlyMap<number, ReadoutError>,
): BranchOutcomes {
  if (terminal.length > tableLimit) {
    throw new AppError(
      'too-large',
      `The probabilities of ${terminal.length} measured bits are ${2 ** terminal.length} numbers; at most 2^${tableLimit} can be held. Ask for shots (--shots) instead.`,
      { bits: terminal.length },
    );
  }
  const qubits = terminal.map(({ qubit }) => qubit);
  const isIdentity = qubits.length === branch.register.qubits && qubits.every((q, j) => q === j);
  const all = branch.register.probabilities();
  const probabilities = isIdentity ? all : marginalOf(all, qubits);
  terminal.forEach(({ qubit }, j) => {
    const error = readout.get(qubit);
    if (error !== undefined) confuse(probabilities, j, error);
  });
  return { bits: branch.bits, positions: terminal.map(({ bit }) => bit), probabilities };
}

/** Distribution of the listed qubits; bit j of the result's index is qubits[j]. */
export function marginalOf(probabilities: Float64Array, qubits: readonly number[]): Float64Array {
  const result = new Float64Array(2 ** qubits.length);
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i] as number;
    if (p === 0) continue;
    let index = 0;
    for (let j = 0; j < qubits.length; j++) index |= ((i >>> (qubits[j] as number)) & 1) << j;
    result[index] = (result[index] as number) + p;
  }
  return result;
}

/** Mixes the values of bit j as a reader with this error does. */
function confuse(probabilities: Float64Array, j: number, error: ReadoutError): void {
  const stride = 1 << j;
  for (let i = 0; i < probabilities.length; i++) {
    if ((i & stride) !== 0) continue;
    const zero = probabilities[i] as number;
    const one = probabilities[i + stride] as number;
    probabilities[i] = (1 - error.p_read1_given0) * zero + error.p_read0_given1 * one;
    probabilities[i + stride] = error.p_read1_given0 * zero + (1 - error.p_read0_given1) * one;
  }
}

/** Key of an outcome: bit 0 rightmost. */
function keyOf(outcomes: BranchOutcomes, index: number): string {
  const bits = outcomes.bits.slice();
  outcomes.positions.forEach((bit, j) => {
    bits[bit] = (index >>> j) & 1;
  });
  return bits.reverse().join('');
}

/** {key: probability} over all branches; entries below 1e-15 are left out. */
export function tableOf(
  outcomes: readonly BranchOutcomes[],
  negligible = 1e-15,
): Record<string, number> {
  const table = new Map<string, number>();
  for (const branch of outcomes) {
    branch.probabilities.forEach((p, index) => {
      if (p < negligible) return;
      const key = keyOf(branch, index);
      table.set(key, (table.get(key) ?? 0) + p);
    });
  }
  return Object.fromEntries(table);
}

/**
 * How often each (branch, index) comes in `shots` draws: sorted uniforms walked along the cumulative
 * distribution, so one pass whatever the number of shots. Weights need not sum to 1.
 */
export function drawIndices(
  weights: readonly Float64Array[],
  shots: number,
  rng: Rng,
  visit: (part: number, index: number, count: number) => void,
): void {
  const total = weights.reduce((sum, part) => part.reduce((s, p) => s + p, sum), 0);
  const uniforms = new Float64Array(shots);
  for (let shot = 0; shot < shots; shot++) uniforms[shot] = rng.uniform() * total;
  uniforms.sort();
  let reached = 0;
  let next = 0;
  let last: readonly [number, number] = [0, 0];
  weights.forEach((part, partIndex) => {
    for (let index = 0; index < part.length && next < shots; index++) {
      const weight = part[index] as number;
      if (weight <= 0) continue;
      last = [partIndex, index];
      reached += weight;
      const first = next;
      while (next < shots && (uniforms[next] as number) < reached) next++;
      if (next > first) visit(partIndex, index, next - first);
    }
  });
  // Rounding may leave the last uniforms above the accumulated total: they belong to the last outcome.
  if (next < shots) visit(last[0], last[1], shots - next);
}

/** {key: count} of `shots` draws, in the order of the keys' first appearance. */
export function sampleTable(
  outcomes: readonly BranchOutcomes[],
  shots: number,
  rng: Rng,
): Record<string, number> {
  const table = new Map<string, number>();
  const weights = outcomes.map((branch) => branch.probabilities);
  drawIndices(weights, shots, rng, (part, index, count) => {
    const key = keyOf(outcomes[part] as BranchOutcomes, index);
    table.set(key, (table.get(key) ?? 0) + count);
  });
  return sortedByKey(table);
}

export function sortedByKey(table: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...table].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
