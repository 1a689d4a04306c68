import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { PayoffProblem } from '#shared/problems/views/payoff.ts';
import { sobolDirections, sobolWord } from '../statistics/sobol.ts';

/** How points are drawn: each by itself, in mirrored pairs, or along Sobol's sequence, shifted at random. */
export type Drawing = 'plain' | 'antithetic' | 'sobol';

/** Shifted copies of Sobol's sequence, whose spread gives the error. */
export const sobolCopies = 16;

const drawStream = 611;

/**
 * Indices of drawn points of the grid, by the inverse distribution function of each of its parts. Point 2k and
 * 2k + 1 of `antithetic` are mirrored; point p of `sobol` is point ⌊p/16⌋ of copy p mod 16.
 */
export function pointsOf(problem: PayoffProblem, drawing: Drawing, seed: number) {
  const parts = partsOf(problem);
  const indexAt = (uniform: (part: number) => number): number =>
    parts.reduce((index, one, k) => index + one.stride * one.at(uniform(k)), 0);
  const rng = rngOf(seed, drawStream);
  const draw: Record<Drawing, (from: number, points: Uint32Array) => void> = {
    plain: (_, points) => {
      for (let p = 0; p < points.length; p++) points[p] = indexAt(() => rng.uniform());
    },
    antithetic: (_, points) => {
      for (let p = 0; p < points.length; p += 2) {
        const drawn = parts.map(() => rng.uniform());
        points[p] = indexAt((k) => drawn[k] as number);
        points[p + 1] = indexAt((k) => 1 - (drawn[k] as number));
      }
    },
    sobol: sobolDrawing(parts.length, rng, indexAt),
  };
  return draw[drawing];
}

function sobolDrawing(
  dimensions: number,
  rng: Rng,
  indexAt: (uniform: (part: number) => number) => number,
) {
  const words = sobolDirections(dimensions);
  const shifts = Array.from({ length: sobolCopies }, () => words.map(() => rng.uint32()));
  return (from: number, points: Uint32Array): void => {
    for (let p = 0; p < points.length; p++) {
      const shift = shifts[(from + p) % sobolCopies] as number[];
      const index = Math.floor((from + p) / sobolCopies);
      points[p] = indexAt((k) => {
        const word = sobolWord(words[k] as Uint32Array, index) ^ (shift[k] as number);
        // From the middle of its cell: never 0.
        return ((word >>> 0) + 0.5) / 2 ** 32;
      });
    }
  };
}

interface Part {
  readonly stride: number;
  /** The point at which the distribution function passes u. */
  readonly at: (u: number) => number;
}

function partsOf({ factors }: PayoffProblem): Part[] {
  let stride = 1;
  return factors.map(({ qubits, probabilities }) => {
    let sum = 0;
    const cumulative = probabilities.map((p) => (sum += p));
    const part = { stride, at: (u: number) => passedAt(cumulative, u * sum) };
    stride *= 2 ** qubits;
    return part;
  });
}

/** The first point whose sum is above the target: points without weight are passed over. */
function passedAt(cumulative: Float64Array, target: number): number {
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] as number) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
