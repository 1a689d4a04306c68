/** Seconds in words that fit a table cell: "420 ms", "12.3 s", "4 min 5 s", "2 h 10 min". */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** US dollars; null is unknown, not free. */
export function formatCost(cost: number | null): string {
  if (cost === null) return 'unknown';
  if (cost === 0) return '$0';
  return cost < 0.01 ? '< $0.01' : `$${cost.toFixed(2)}`;
}

/** A number with up to `digits` significant digits and no trailing zeros. */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    return value.toExponential(digits - 1).replace(/\.?0+e/, 'e');
  }
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

/** "0.785 ± 0.014": the error with two significant digits, the value to the same place. */
export function formatEstimate(value: number, stderr: number): string {
  const error = formatNumber(stderr, 2);
  const isPlain = (one: number): boolean => one === 0 || (one >= 1e-4 && one < 1e7);
  if (!(stderr > 0) || !isPlain(stderr) || !isPlain(Math.abs(value))) {
    return `${formatNumber(value, 6)} ± ${error}`;
  }
  // The place of the error's second digit, after its rounding: 0.0996 is 0.10.
  const places = Math.max(0, 1 - Math.floor(Math.log10(Number(stderr.toPrecision(2)))));
  return `${value.toFixed(places).replace('-', '−')} ± ${stderr.toFixed(places)}`;
}

/** A share as a percentage with one decimal, more where it would read 0. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent !== 0 && Math.abs(percent) < 0.05) return '< 0.1 %';
  return `${percent.toFixed(1)} %`;
}

/** Decimals with which the largest percentage of a list has three significant digits; one at least. */
export function shareDigits(largest: number): number {
  const percent = 100 * largest;
  return percent > 0
    ? Math.min(12, Math.max(1, 2 - Math.floor(Math.log10(percent * 1.0000001))))
    : 1;
}

/** A share as a percentage with so many decimals; two significant digits where it would read 0. */
export function formatShare(share: number, decimals: number): string {
  const percent = 100 * share;
  const isTiny = percent !== 0 && Math.abs(percent) < 0.5 * 10 ** -decimals;
  return `${isTiny ? formatNumber(percent, 2) : percent.toFixed(decimals)} %`;
}

/** Local date and time to the minute. */
export function formatDate(iso: string | null): string {
  if (iso === null) return '–';
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** For narrow rows: the time where it is today, else the day. */
export function formatDay(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toDateString() === now.toDateString()
    ? date.toLocaleTimeString(undefined, { timeStyle: 'short' })
    : date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}

/** "1 qubit", "3 qubits"; `many` where an s does not do. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
