import type { StateView } from '#shared/jobs/simulation-view.ts';
import { turned } from '#renderer/lib/histogram-rows.ts';

/** One amplitude; phase in radians from −π to π. */
export interface AmplitudeRow {
  /** Index of the basis state, qubit 0 the lowest bit. */
  readonly index: number;
  readonly key: string;
  readonly re: number;
  readonly im: number;
  readonly magnitude: number;
  readonly phase: number;
}

const nothing = 1e-9;

/** Up to this many qubits basis states without amplitude are listed, too. */
export const wholeListQubits = 5;

/** The amplitudes that came, and zeros between them for few qubits, in counting order of the shown key. */
export function amplitudeRows(
  { entries }: NonNullable<StateView['amplitudes']>,
  qubitCount: number,
  bitOrder: 'little' | 'big',
): readonly AmplitudeRow[] {
  const known = new Map(entries.map(([index, re, im]) => [index, { re, im }]));
  const indices =
    qubitCount <= wholeListQubits
      ? Array.from({ length: 2 ** qubitCount }, (_, index) => index)
      : [...known.keys()];
  return indices
    .map((index) => {
      const { re, im } = known.get(index) ?? { re: 0, im: 0 };
      const magnitude = Math.hypot(re, im);
      return {
        index,
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

/** A phase in parts of π: "0.25 π", "π". */
export function formatPhase(phase: number): string {
  const parts = Number((phase / Math.PI).toFixed(3));
  if (Math.abs(parts) === 1) return parts < 0 ? '−π' : 'π';
  return parts === 0 ? '0' : `${String(parts).replace('-', '−')} π`;
}
