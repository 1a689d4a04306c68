import { type BitModel, energyOf, flip, gainsOf } from './bit-model.ts';

/** Bits whose assignments are looked at side by side: their tables fit the first cache. */
const blockBits = 11;

/** Blocks between two reports: some ten milliseconds. */
const blocksPerReport = 4096;

/** Assignments a second on a machine of 2020: what forecasts go by. */
export const assignmentsPerSecond = 3e8;

/** The share of all assignments that was looked at. */
export type Share = number;

/**
 * An assignment of the least energy of all 2^n. The higher bits go through a Gray code, one flip at a time, and
 * keep the fields on the lower ones; those are tried in blocks, whose energies are a table of their own
 * pairs plus a table of fields that is made by doubling: about two additions an assignment.
 */
export function* enumerate(model: BitModel): Generator<Share, Uint8Array> {
  const low = Math.min(model.size, blockBits);
  const size = 2 ** low;
  const pairs = ownEnergies(model, low);
  const sums = new Float64Array(size);
  // The lower bits stay 0 here, so that their gains are their fields.
  const x = new Uint8Array(model.size);
  const gains = gainsOf(model, x);
  let base = energyOf(model, x);
  let best = Infinity;
  let bestBlock = x.slice();
  let bestLow = 0;
  const blocks = 2 ** (model.size - low);
  for (let block = 0; block < blocks; block++) {
    if (block > 0) {
      const i = low + trailingZeros(block);
      base += gains[i] as number;
      flip(model, x, gains, i);
    }
    const limit = best - base - 1e-12;
    const found = lowest(pairs, sums, gains, low, limit);
    if (found >= 0) {
      best = base + (pairs[found] as number) + (sums[found] as number);
      bestBlock = x.slice();
      bestLow = found;
    }
    if (block % blocksPerReport === blocksPerReport - 1) {
      // What the additions rounded off does not add up.
      base = energyOf(model, x);
      yield (block + 1) / blocks;
    }
  }
  for (let i = 0; i < low; i++) bestBlock[i] = (bestLow >>> i) & 1;
  return bestBlock;
}

/** Fills `sums` with Σ field_i k_i for all k, and gives the k of the least total below `limit`; −1 without one. */
function lowest(
  pairs: Float64Array,
  sums: Float64Array,
  fields: Float64Array,
  low: number,
  limit: number,
): number {
  sums[0] = 0;
  for (let i = 0; i < low; i++) {
    const half = 1 << i;
    const field = fields[i] as number;
    for (let k = 0; k < half; k++) sums[half + k] = (sums[k] as number) + field;
  }
  let least = limit;
  let found = -1;
  for (let k = 0; k < sums.length; k++) {
    const total = (pairs[k] as number) + (sums[k] as number);
    if (total < least) {
      least = total;
      found = k;
    }
  }
  return found;
}

/** Energies of the pairs among the first bits, by assignment. */
function ownEnergies({ starts, neighbours, weights }: BitModel, low: number): Float64Array {
  const table = new Float64Array(2 ** low);
  for (let i = 0; i < low; i++) {
    const half = 2 ** i;
    for (let k = 0; k < half; k++) {
      let sum = table[k] as number;
      for (let at = starts[i] as number; at < (starts[i + 1] as number); at++) {
        const j = neighbours[at] as number;
        if (j < i && ((k >>> j) & 1) === 1) sum += weights[at] as number;
      }
      table[half + k] = sum;
    }
  }
  return table;
}

/** Of a whole number from 1 up; also beyond 32 bits. */
function trailingZeros(value: number): number {
  let rest = value;
  let zeros = 0;
  while (rest % 2 === 0) {
    rest /= 2;
    zeros++;
  }
  return zeros;
}
