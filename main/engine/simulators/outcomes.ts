import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { Branch } from './branches.ts';
import type { Distribution } from './register.ts';
import type { SplitProgram } from './terminal.ts';

/** Classical outcomes of one branch: fixed bits, and a distribution over the terminal measurements. */
export interface BranchOutcomes {
  readonly bits: Uint8Array;
  /** The j-th value of an outcome is written to bit positions[j]. */
  readonly positions: readonly number[];
  /** Probability (times the branch's weight) of each outcome. */
  readonly probabilities: Float64Array;
  /** The j-th value of outcome `index`; absent where it is bit j of the index. */
  readonly valueAt?: Distribution['valueAt'];
}

/** More outcomes than 2^26 are not listed for registers without a table of their own. */
const tableLimit = 26;
/** Dense registers have as many probabilities as amplitudes anyway. */
const denseLimit = 30;

type Readout = ReadonlyMap<number, ReadoutError>;

/** What the terminal measurements of a branch read; `too-large` where no table holds it. */
export function outcomesOf(
  branch: Branch,
  terminal: SplitProgram['terminal'],
  readout: Readout,
): BranchOutcomes {
  const outcomes = listOutcomes(branch, terminal, readout, 2 ** tableLimit);
  if (outcomes !== null) return outcomes;
  throw new AppError(
    'too-large',
    `The ${terminal.length} measured bits have more outcomes than can be held (2^${tableLimit}). Ask for shots (--shots) instead.`,
    { bits: terminal.length },
  );
}

/** The same, or null where more than `limit` outcomes (for dense registers: table entries) would be held. */
export function listOutcomes(
  { register, bits }: Branch,
  terminal: SplitProgram['terminal'],
  readout: Readout,
  limit: number,
): BranchOutcomes | null {
  const qubits = terminal.map(({ qubit }) => qubit);
  const positions = terminal.map(({ bit }) => bit);
  const errors = qubits.map((qubit) => readout.get(qubit) ?? null);
  if (register.kind === 'sparse') {
    const exact = register.distribution(qubits, limit);
    const read = exact === null ? null : confuseListed(exact, errors, limit);
    return read === null ? null : { bits, positions, ...read };
  }
  if (terminal.length > denseLimit) return null;
  const isIdentity = qubits.length === register.qubits && qubits.every((q, j) => q === j);
  const all = register.probabilities();
  const probabilities = isIdentity ? all : marginalOf(all, qubits);
  errors.forEach((error, j) => {
    if (error !== null) confuse(probabilities, j, error);
  });
  return { bits, positions, probabilities };
}

/** Readout error over listed outcomes; null where it spreads them over more than `limit`. */
function confuseListed(
  exact: Distribution,
  errors: readonly (ReadoutError | null)[],
  limit: number,
): Distribution | null {
  if (errors.every((error) => error === null)) return exact;
  let table = new Map<string, number>();
  exact.probabilities.forEach((p, index) => {
    table.set(errors.map((_, j) => exact.valueAt(index, j)).join(''), p);
  });
  for (const [j, error] of errors.entries()) {
    if (error === null) continue;
    const next = new Map<string, number>();
    const add = (key: string, p: number) => p > 0 && next.set(key, (next.get(key) ?? 0) + p);
    for (const [key, p] of table) {
      const wrong = key[j] === '0' ? error.p_read1_given0 : error.p_read0_given1;
      add(key, p * (1 - wrong));
      add(key.slice(0, j) + (key[j] === '0' ? '1' : '0') + key.slice(j + 1), p * wrong);
    }
    if (next.size > limit) return null;
    table = next;
  }
  const keys = [...table.keys()];
  return {
    probabilities: Float64Array.from(table.values()),
    valueAt: (index, j) => ((keys[index] as string)[j] === '1' ? 1 : 0),
  };
}

/** Bits of an index that are looked up at a time. */
const lookedUpBits = 12;

/** Distribution of the listed qubits; bit j of the result's index is qubits[j]. */
export function marginalOf(probabilities: Float64Array, qubits: readonly number[]): Float64Array {
  const result = new Float64Array(2 ** qubits.length);
  const lowSize = 2 ** lookedUpBits;
  const low = placedIndices(qubits, 0, Math.min(lowSize, probabilities.length));
  const high = placedIndices(qubits, lookedUpBits, Math.ceil(probabilities.length / lowSize));
  const mask = lowSize - 1;
  for (let i = 0; i < probabilities.length; i++) {
    const index = (low[i & mask] as number) + (high[i >>> lookedUpBits] as number);
    result[index] = (result[index] as number) + (probabilities[i] as number);
  }
  return result;
}

/** What the bits from `from` on of an index become, by their value below `size`. */
function placedIndices(qubits: readonly number[], from: number, size: number): Uint32Array {
  return Uint32Array.from({ length: size }, (_, value) =>
    qubits.reduce((sum, qubit, j) => {
      const bit = qubit - from;
      return bit >= 0 && bit < 31 && ((value >>> bit) & 1) === 1 ? sum + 2 ** j : sum;
    }, 0),
  );
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

/** Key of a classical memory: bit 0 rightmost. */
export function keyOfBits(bits: Uint8Array): string {
  return bits.slice().reverse().join('');
}

/** Writes the measured values of outcome `index` into a classical memory. */
export function writeOutcome(outcomes: BranchOutcomes, index: number, bits: Uint8Array): void {
  const { positions, valueAt } = outcomes;
  positions.forEach((bit, j) => {
    bits[bit] = valueAt === undefined ? (index >>> j) & 1 : valueAt(index, j);
  });
}

/** Writes keys of one branch; where bit j is position j, a key is the index in binary. */
export function keyWriter(outcomes: BranchOutcomes): (index: number) => string {
  const { bits, positions, valueAt } = outcomes;
  const isBinary =
    valueAt === undefined &&
    positions.length === bits.length &&
    positions.length > 0 &&
    positions.every((bit, j) => bit === j);
  if (isBinary) return binaryWriter(bits.length);
  return (index) => {
    const own = bits.slice();
    writeOutcome(outcomes, index, own);
    return keyOfBits(own);
  };
}

/** Indices in binary, put together from two halves: writing each number by itself takes longer. */
function binaryWriter(length: number): (index: number) => string {
  const lowBits = Math.min(length, halfBits);
  const low = binaryNumbers(lowBits);
  const mask = 2 ** lowBits - 1;
  if (length === lowBits) return (index) => low[index] as string;
  const high = new Map<number, string>();
  return (index) => {
    const upper = Math.floor(index / 2 ** lowBits);
    const start = high.get(upper) ?? upper.toString(2).padStart(length - lowBits, '0');
    high.set(upper, start);
    return start + (low[index & mask] as string);
  };
}

const halfBits = 10;

function binaryNumbers(length: number): string[] {
  return Array.from({ length: 2 ** length }, (_, k) => k.toString(2).padStart(length, '0'));
}

/** {key: probability} over all branches; entries below 1e-15 are left out. */
export function tableOf(
  outcomes: readonly BranchOutcomes[],
  negligible = 1e-15,
): Record<string, number> {
  const table: Record<string, number> = {};
  const [first] = outcomes;
  const isSingle =
    outcomes.length === 1 && new Set(first?.positions).size === first?.positions.length;
  for (const branch of outcomes) {
    const keyOf = keyWriter(branch);
    const { probabilities } = branch;
    for (let index = 0; index < probabilities.length; index++) {
      const p = probabilities[index] as number;
      if (p < negligible) continue;
      const key = keyOf(index);
      // The keys of one branch differ, so there is nothing to look up.
      table[key] = isSingle ? p : (table[key] ?? 0) + p;
    }
  }
  return table;
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
  const total = weights.reduce((sum, part) => sum + sumOf(part), 0);
  const uniforms = sortedUniforms(shots, rng);
  for (let shot = 0; shot < shots; shot++) uniforms[shot] = (uniforms[shot] as number) * total;
  let reached = 0;
  let next = 0;
  let lastPart = 0;
  let lastIndex = 0;
  weights.forEach((part, partIndex) => {
    for (let index = 0; index < part.length && next < shots; index++) {
      const weight = part[index] as number;
      if (weight <= 0) continue;
      lastPart = partIndex;
      lastIndex = index;
      reached += weight;
      const first = next;
      while (next < shots && (uniforms[next] as number) < reached) next++;
      if (next > first) visit(partIndex, index, next - first);
    }
  });
  // Rounding may leave the last uniforms above the accumulated total: they belong to the last outcome.
  if (next < shots) visit(lastPart, lastIndex, shots - next);
}

/** Draws from [0, 1) in ascending order: put into as many drawers as there are draws, then set right. */
function sortedUniforms(count: number, rng: Rng): Float64Array {
  const drawn = Float64Array.from({ length: count }, () => rng.uniform());
  const starts = new Uint32Array(count + 1);
  for (let k = 0; k < count; k++) {
    const next = Math.floor((drawn[k] as number) * count) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let k = 0; k < count; k++) starts[k + 1] = (starts[k + 1] as number) + (starts[k] as number);
  const sorted = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const value = drawn[k] as number;
    const drawer = Math.floor(value * count);
    const at = starts[drawer] as number;
    sorted[at] = value;
    starts[drawer] = at + 1;
  }
  for (let k = 1; k < count; k++) {
    const value = sorted[k] as number;
    let at = k;
    for (; at > 0 && (sorted[at - 1] as number) > value; at--)
      sorted[at] = sorted[at - 1] as number;
    sorted[at] = value;
  }
  return sorted;
}

function sumOf(part: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < part.length; i++) sum += part[i] as number;
  return sum;
}

/** {key: count} of `shots` draws, in the order of the keys' first appearance. */
export function sampleTable(
  outcomes: readonly BranchOutcomes[],
  shots: number,
  rng: Rng,
): Record<string, number> {
  const table = new Map<string, number>();
  const weights = outcomes.map((branch) => branch.probabilities);
  const writers = outcomes.map(keyWriter);
  drawIndices(weights, shots, rng, (part, index, count) => {
    const key = (writers[part] as (index: number) => string)(index);
    table.set(key, (table.get(key) ?? 0) + count);
  });
  return sortedByKey(table);
}

export function sortedByKey(table: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...table].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
