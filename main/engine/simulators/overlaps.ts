import type { CancelFlag } from '#shared/base/cancel.ts';

/** A state's amplitudes, kept after its register is gone. */
export interface KeptState {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Pairs between two looks at whether to go on. */
const stride = 4096;

/**
 * |⟨a|b⟩|² of pairs of states, (i, j) after (i, j) in `pairs`. As long as the first state stays the same, four of them are
 * taken in one pass, which reads it once for all of them; each sum runs in the order of the amplitudes.
 */
export function fidelitiesOf(
  states: readonly KeptState[],
  pairs: Uint32Array,
  cancel: CancelFlag,
): Float64Array {
  const count = pairs.length / 2;
  const values = new Float64Array(count);
  const at = (k: number): KeptState => states[pairs[2 * k + 1] as number] as KeptState;
  let checked = 0;
  for (let k = 0; k < count; ) {
    if (k >= checked) {
      cancel.throwIfCancelled();
      checked = k + stride;
    }
    const first = pairs[2 * k] as number;
    const a = states[first] as KeptState;
    if (
      k + 3 < count &&
      pairs[2 * k + 6] === first &&
      pairs[2 * k + 2] === first &&
      pairs[2 * k + 4] === first
    ) {
      fourAtOnce(a, [at(k), at(k + 1), at(k + 2), at(k + 3)], values, k);
      k += 4;
    } else {
      values[k] = fidelity(a, at(k));
      k++;
    }
  }
  return values;
}

function fidelity(a: KeptState, b: KeptState): number {
  const [ar, ai, br, bi] = [a.re, a.im, b.re, b.im];
  let [re, im] = [0, 0];
  for (let i = 0; i < ar.length; i++) {
    const [x, y] = [ar[i] as number, ai[i] as number];
    const [u, v] = [br[i] as number, bi[i] as number];
    re += x * u + y * v;
    im += x * v - y * u;
  }
  return Math.min(1, re * re + im * im);
}

function fourAtOnce(
  { re: ar, im: ai }: KeptState,
  [b, c, d, e]: readonly [KeptState, KeptState, KeptState, KeptState],
  values: Float64Array,
  k: number,
): void {
  const [br, bi, cr, ci] = [b.re, b.im, c.re, c.im];
  const [dr, di, er, ei] = [d.re, d.im, e.re, e.im];
  let [re0, im0, re1, im1, re2, im2, re3, im3] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < ar.length; i++) {
    const x = ar[i] as number;
    const y = ai[i] as number;
    re0 += x * (br[i] as number) + y * (bi[i] as number);
    im0 += x * (bi[i] as number) - y * (br[i] as number);
    re1 += x * (cr[i] as number) + y * (ci[i] as number);
    im1 += x * (ci[i] as number) - y * (cr[i] as number);
    re2 += x * (dr[i] as number) + y * (di[i] as number);
    im2 += x * (di[i] as number) - y * (dr[i] as number);
    re3 += x * (er[i] as number) + y * (ei[i] as number);
    im3 += x * (ei[i] as number) - y * (er[i] as number);
  }
  values[k] = Math.min(1, re0 * re0 + im0 * im0);
  values[k + 1] = Math.min(1, re1 * re1 + im1 * im1);
  values[k + 2] = Math.min(1, re2 * re2 + im2 * im2);
  values[k + 3] = Math.min(1, re3 * re3 + im3 * im3);
}
