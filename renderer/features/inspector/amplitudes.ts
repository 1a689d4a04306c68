import { turned } from '#renderer/lib/histogram-rows.ts';

/** One amplitude; phase in radians from −π to π. */
export interface AmplitudeRow {
  readonly key: string;
  readonly re: number;
  readonly im: number;
  readonly magnitude: number;
  readonly phase: number;
}

const nothing = 1e-9;

/** All amplitudes with their basis states, in counting order of the key that is shown. */
export function amplitudeRows(
  state: readonly (readonly [number, number])[],
  qubitCount: number,
  bitOrder: 'little' | 'big',
): readonly AmplitudeRow[] {
  return state
    .map(([re, im], index) => {
      const magnitude = Math.hypot(re, im);
      return {
        key: turned(index.toString(2).padStart(qubitCount, '0'), bitOrder),
        re,
        im,
        magnitude,
        phase: magnitude < nothing ? 0 : Math.atan2(im, re),
      };
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** "0.707 − 0.5i", with parts that round to nothing left out. */
export function formatComplex(re: number, im: number): string {
  const part = (value: number): string => String(Number(Math.abs(value).toFixed(4)));
  const hasRe = part(re) !== '0';
  const hasIm = part(im) !== '0';
  if (!hasIm) return hasRe ? `${re < 0 ? '−' : ''}${part(re)}` : '0';
  if (!hasRe) return `${im < 0 ? '−' : ''}${part(im)}i`;
  return `${re < 0 ? '−' : ''}${part(re)} ${im < 0 ? '−' : '+'} ${part(im)}i`;
}

/** A phase in parts of π: "0.25 π". */
export function formatPhase(phase: number): string {
  const parts = Number((phase / Math.PI).toFixed(3));
  return parts === 0 ? '0' : `${String(parts).replace('-', '−')} π`;
}
