import { type BitModel, changesOf, flip } from '../binary/bit-model.ts';
import {
  exponentialMask,
  exponentials,
  largestExponential,
  nextBits,
  nextBelow,
  type RandomState,
} from './fast-random.ts';

/** One pass over all bits at inverse temperature β. */
export function sweepFlips(
  model: BitModel,
  x: Uint8Array,
  gains: Float64Array,
  beta: number,
  random: RandomState,
): void {
  const { size } = model;
  const dearest = largestExponential / beta;
  for (let i = 0; i < size; i++) {
    const gain = gains[i] as number;
    if (gain >= dearest) continue;
    if (gain <= 0 || gain * beta < (exponentials[nextBits(random) & exponentialMask] as number)) {
      flip(model, x, gains, i);
    }
  }
}

/** As many tries to exchange a one and a zero as there are bits. */
export function sweepExchanges(
  model: BitModel,
  x: Uint8Array,
  gains: Float64Array,
  beta: number,
  random: RandomState,
): void {
  const { size } = model;
  for (let move = 0; move < size; move++) {
    const i = nextBelow(random, size);
    const j = nextBelow(random, size);
    if (x[i] === x[j]) continue;
    const cost = beta * exchangeGain(model, gains, i, j);
    if (cost > 0 && cost >= (exponentials[nextBits(random) & exponentialMask] as number)) continue;
    flip(model, x, gains, i);
    flip(model, x, gains, j);
  }
}

/** What exchanging a one and a zero changes: both flips, less what they have between them. */
export function exchangeGain(model: BitModel, gains: Float64Array, i: number, j: number): number {
  return (gains[i] as number) + (gains[j] as number) - weightBetween(model, i, j);
}

function weightBetween({ starts, neighbours, weights }: BitModel, i: number, j: number): number {
  for (let at = starts[i] as number; at < (starts[i + 1] as number); at++) {
    if (neighbours[at] === j) return weights[at] as number;
  }
  return 0;
}

/** Hot enough to accept any move often, and cold enough to freeze. */
export function temperatures(model: BitModel): readonly [number, number] {
  const [largest, smallest] = changesOf(model);
  return [largest, Math.min(largest, smallest) / 20];
}

/** Temperatures from hot to cold, each a fixed share of the one before. */
export function geometric([hot, cold]: readonly [number, number], count: number): Float64Array {
  return Float64Array.from(
    { length: count },
    (_, k) => hot * (cold / hot) ** (count === 1 ? 1 : k / (count - 1)),
  );
}
