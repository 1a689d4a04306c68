/** Positions on an axis and their labels: about `count` round numbers from low to high. */
export function ticksOf(low: number, high: number, count: number): number[] {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

export function numberLabel(value: number): string {
  return Number(value.toPrecision(6)).toString().replaceAll('-', '−');
}

/** A number at a tick: what would take many digits has a power of ten. */
export function tickLabel(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e7)) return numberLabel(value);
  const [digits = '', power = ''] = Number(value.toPrecision(6)).toExponential().split('e');
  return `${digits}e${power.replace('+', '')}`.replaceAll('-', '−');
}

/** The span of some numbers with a little room, never empty. */
export function spanOf(values: Iterable<number>): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const room = high > low ? 0.08 * (high - low) : Math.max(1e-12, 0.1 * Math.abs(high)) || 1;
  return [low - room, high + room];
}

/** From values to places, in a straight line. */
export function scaleOf(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): (value: number) => number {
  const range = high - low || 1;
  return (value) => from + ((value - low) / range) * (to - from);
}
