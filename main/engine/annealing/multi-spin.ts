import { toIsing } from '#shared/problems/binary-problem.ts';
import type { QuadraticForm } from '#shared/problems/binary-problem.ts';
import type { RandomState } from './fast-random.ts';

/** Spins of one bit a copy, 32 copies a word: bonds of one strength and no fields. */
export interface MultiSpinModel {
  readonly size: number;
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
  /** −1 (all bits) where the bond is content with equal spins, 0 where with different ones. */
  readonly wantsEqual: Int32Array;
  readonly strength: number;
}

/** Copies that one word holds. */
export const copiesPerWord = 32;
/** Three bits count the bonds of a spin. */
const mostBonds = 7;

/** The model of a form that is made small by `sign`, if all its bonds are equally strong, no spin has a field and none more than seven bonds. */
export function multiSpinModel(form: QuadraticForm, sign: 1 | -1): MultiSpinModel | null {
  const { h, J } = toIsing(form);
  const [first] = J;
  if (first === undefined) return null;
  const strength = Math.abs(first[2]);
  const near = 1e-9 * strength;
  if (J.some(([, , w]) => Math.abs(Math.abs(w) - strength) > near)) return null;
  if (h.some((field) => Math.abs(field) > near)) return null;
  const size = h.length;
  const degrees = new Int32Array(size);
  for (const [i, j] of J) {
    degrees[i] = (degrees[i] as number) + 1;
    degrees[j] = (degrees[j] as number) + 1;
  }
  if (degrees.some((degree) => degree > mostBonds)) return null;
  const starts = new Int32Array(size + 1);
  degrees.forEach((degree, i) => {
    starts[i + 1] = (starts[i] as number) + degree;
  });
  const next = starts.slice();
  const neighbours = new Int32Array(2 * J.length);
  const wantsEqual = new Int32Array(2 * J.length);
  const put = (i: number, j: number, w: number): void => {
    const at = next[i] as number;
    next[i] = at + 1;
    neighbours[at] = j;
    wantsEqual[at] = sign * w < 0 ? -1 : 0;
  };
  for (const [i, j, w] of J) {
    put(i, j, w);
    put(j, i, w);
  }
  return { size, starts, neighbours, wantsEqual, strength };
}

/** Whether each bit of probability p's binary expansion is set, highest first: 24 bits, so that p is met to 6e-8. */
const precision = 24;

/**
 * One Metropolis pass over all spins of all 32 copies (multi-spin coding, after Isakov, Zintchenko, Rønnow and
 * Troyer 2015, arXiv:1401.1084). A spin with c of its d bonds content loses 2|J|(2c − d) by a flip; c is counted in
 * three bits side by side, and every copy draws numbers of its own.
 */
export function sweepCopies(
  model: MultiSpinModel,
  spins: Int32Array,
  beta: number,
  random: RandomState,
): void {
  const { size, starts, neighbours, wantsEqual, strength } = model;
  const thresholds = thresholdsOf(beta * strength);
  let [a, b, c, d] = random as unknown as [number, number, number, number];
  for (let i = 0; i < size; i++) {
    const own = spins[i] as number;
    const from = starts[i] as number;
    const end = starts[i + 1] as number;
    let ones = 0;
    let twos = 0;
    let fours = 0;
    for (let at = from; at < end; at++) {
      const content =
        own ^ (spins[neighbours[at] as number] as number) ^ (wantsEqual[at] as number);
      const carry = ones & content;
      ones ^= content;
      fours |= twos & carry;
      twos ^= carry;
    }
    const degree = end - from;
    // Copies in which at most half of the bonds are content flip at once.
    let flips = -1;
    let allowed = -1;
    for (let count = (degree >> 1) + 1; count <= degree; count++) {
      const here =
        ((count & 1) === 0 ? ~ones : ones) &
        ((count & 2) === 0 ? ~twos : twos) &
        ((count & 4) === 0 ? ~fours : fours);
      flips &= ~here;
      // The first step of ΔE is 2|J| or 4|J|, each next one 4|J|; the draws are nested as their chances are.
      const isOdd = count === (degree >> 1) + 1 && (degree & 1) === 1;
      const threshold = thresholds[isOdd ? 0 : 1] as number;
      let undecided = allowed;
      let drawn = 0;
      for (let bit = precision - 1; bit >= 0 && undecided !== 0; bit--) {
        const t = a ^ (a << 11);
        a = b;
        b = c;
        c = d;
        d = d ^ (d >>> 19) ^ t ^ (t >>> 8);
        if (((threshold >>> bit) & 1) === 1) {
          drawn |= undecided & ~d;
          undecided &= d;
        } else undecided &= ~d;
      }
      allowed = drawn;
      flips |= here & allowed;
      if (allowed === 0) {
        // Nothing dearer is paid either.
        for (let rest = count + 1; rest <= degree; rest++) {
          flips &= ~(
            ((rest & 1) === 0 ? ~ones : ones) &
            ((rest & 2) === 0 ? ~twos : twos) &
            ((rest & 4) === 0 ? ~fours : fours)
          );
        }
        break;
      }
    }
    spins[i] = own ^ flips;
  }
  random[0] = a;
  random[1] = b;
  random[2] = c;
  random[3] = d;
}

/** e^{−2β|J|} and e^{−4β|J|} as whole numbers of 2^−24. */
function thresholdsOf(betaJ: number): Int32Array {
  const scale = 2 ** precision;
  return Int32Array.of(
    Math.min(scale - 1, Math.round(scale * Math.exp(-2 * betaJ))),
    Math.min(scale - 1, Math.round(scale * Math.exp(-4 * betaJ))),
  );
}

/** The bits of one copy: a spin that is set is a bit that is 1. */
export function copyOf(spins: Int32Array, copy: number): Uint8Array {
  return Uint8Array.from(spins, (word) => (word >>> copy) & 1);
}
