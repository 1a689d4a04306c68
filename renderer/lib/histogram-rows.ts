/** One bar. */
interface HistogramRow {
  readonly key: string;
  readonly probability: number;
}

export interface Histogram {
  readonly rows: readonly HistogramRow[];
  /** What the bars that are not shown have together. */
  readonly others: { readonly count: number; readonly probability: number } | null;
  readonly largest: number;
}

type BitOrder = 'little' | 'big';
/** Names and sizes, the lowest bits first. */
export type Registers = readonly (readonly [name: string, size: number])[];

export type HistogramOrder = 'value' | 'probability';

const nothing = 1e-12;

/**
 * The `limit` most probable outcomes, in the order asked for. Keys come with bit 0 rightmost and are
 * turned round where the views are.
 */
export function histogramOf(
  distribution: Readonly<Record<string, number>>,
  options: {
    readonly limit: number;
    readonly order: HistogramOrder;
    readonly bitOrder: BitOrder;
    /** Where there are several, their bits are set apart in the keys. */
    readonly registers?: Registers;
    /** What the distribution leaves out itself. */
    readonly rest?: { readonly count: number; readonly probability: number } | null;
  },
): Histogram {
  const all = Object.entries(distribution)
    .filter(([, probability]) => probability > nothing)
    .map(([key, probability]) => ({
      key: shownKey(key, options.bitOrder, options.registers),
      probability,
    }))
    .toSorted((a, b) => b.probability - a.probability || compareKeys(a.key, b.key));
  const shown = all.slice(0, options.limit);
  const rest = all.slice(options.limit);
  const before = options.rest ?? { count: 0, probability: 0 };
  return {
    rows:
      options.order === 'probability' ? shown : shown.toSorted((a, b) => compareKeys(a.key, b.key)),
    others:
      rest.length + before.count === 0
        ? null
        : {
            count: rest.length + before.count,
            probability: rest.reduce((sum, row) => sum + row.probability, before.probability),
          },
    largest: all[0]?.probability ?? 0,
  };
}

/** What shots gave for one outcome; `stderr` is √(p(1−p)/n) of the share. */
export interface SampleShare {
  readonly count: number;
  readonly share: number;
  readonly stderr: number;
}

/** Counts, shares and standard errors of the outcomes, by the key that is shown. */
export function sampleShares(
  counts: Readonly<Record<string, number>>,
  bitOrder: BitOrder,
  registers: Registers = [],
): ReadonlyMap<string, SampleShare> {
  const shots = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return new Map(
    Object.entries(counts).map(([key, count]) => {
      const share = count / shots;
      return [
        shownKey(key, bitOrder, registers),
        { count, share, stderr: Math.sqrt((share * (1 - share)) / shots) },
      ];
    }),
  );
}

/** A bit string as the views show it: qubit 0 rightmost ("little") or leftmost ("big"). */
export function turned(key: string, bitOrder: BitOrder): string {
  return bitOrder === 'little' ? key : key.split('').toReversed().join('');
}

/** A key as it is shown, the bits of several registers set apart: "01 110". */
export function shownKey(key: string, bitOrder: BitOrder, registers: Registers = []): string {
  if (registers.length < 2) return turned(key, bitOrder);
  let end = key.length;
  const parts = registers.map(([, size]) => {
    const part = key.slice(Math.max(0, end - size), end);
    end -= size;
    return turned(part, bitOrder);
  });
  return (bitOrder === 'little' ? parts.toReversed() : parts).join(' ');
}

/** The names over the parts of the keys; null where there is one register. */
export function registerNames(bitOrder: BitOrder, registers: Registers): string | null {
  if (registers.length < 2) return null;
  const names = registers.map(([name]) => name);
  return (bitOrder === 'little' ? names.toReversed() : names).join(' ');
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
