import type { Device } from './listing.ts';

/** What is looked at. */
type Known = Pick<Device, 'kind' | 'times' | 'errorRates'>;

/** By what a job is spread over several backends. */
export const splitAims = ['speed', 'price', 'fidelity'] as const;
export type SplitAim = (typeof splitAims)[number];

/** Of a circuit as it is taken to compare machines: interactions in a row, and one reading. */
const interactions = 20;

/**
 * How much of a job each backend takes, adding up to 1, by what is known of it without asking anyone, so that a
 * run that is resumed is spread as before. Speed: by the time of a shot. Price: all to what is free, if
 * anything is. Fidelity: by what a circuit of twenty interactions keeps. What is not known counts as the
 * best that is. A share of 0 is kept for parts that others lose.
 */
export function sharesOf(devices: readonly Known[], aim: SplitAim): number[] {
  const known = devices.map((device) => worthOf(device, aim));
  const best = Math.max(...known.filter((one) => one !== null), 0);
  const worths = known.map((worth) => worth ?? (best === 0 ? 1 : best));
  const sum = worths.reduce((total, worth) => total + worth, 0);
  return worths.map((worth) => (sum === 0 ? 1 / worths.length : worth / sum));
}

function worthOf({ kind, times, errorRates }: Known, aim: SplitAim): number | null {
  switch (aim) {
    case 'speed': {
      const { twoQubitGate: gate, readout } = times;
      if (kind !== 'qpu' || gate === undefined || readout === undefined) return null;
      return 1 / (interactions * gate + readout);
    }
    case 'price':
      return kind === 'qpu' ? 0 : 1;
    case 'fidelity': {
      const { twoQubit, readout } = errorRates;
      if (twoQubit === undefined) return kind === 'simulator' ? 1 : null;
      return (1 - twoQubit) ** interactions * (1 - (readout ?? 0));
    }
  }
}

/** `count` things dealt out by shares, by the largest remainder; equal remainders go to the first. */
export function dealt(count: number, shares: readonly number[]): number[] {
  const exact = shares.map((share) => share * count);
  const whole = exact.map(Math.floor);
  const left = count - whole.reduce((sum, n) => sum + n, 0);
  const byRemainder = exact
    .map((value, k) => ({ k, remainder: value - (whole[k] as number), share: shares[k] as number }))
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.remainder - a.remainder || a.k - b.k);
  for (const { k } of byRemainder.slice(0, left)) whole[k] = (whole[k] as number) + 1;
  return whole;
}
