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
    readonly bitOrder: 'little' | 'big';
    /** What the distribution leaves out itself. */
    readonly rest?: { readonly count: number; readonly probability: number } | null;
  },
): Histogram {
  const all = Object.entries(distribution)
    .filter(([, probability]) => probability > nothing)
    .map(([key, probability]) => ({ key: turned(key, options.bitOrder), probability }))
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

/** Share of each outcome among the shots, and its standard error √(p(1−p)/n), by the key that is shown. */
export function sampleShares(
  counts: Readonly<Record<string, number>>,
  bitOrder: 'little' | 'big',
): ReadonlyMap<string, { readonly share: number; readonly stderr: number }> {
  const shots = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return new Map(
    Object.entries(counts).map(([key, count]) => {
      const share = count / shots;
      return [turned(key, bitOrder), { share, stderr: Math.sqrt((share * (1 - share)) / shots) }];
    }),
  );
}

/** A bit string as the views show it: qubit 0 rightmost ("little") or leftmost ("big"). */
export function turned(key: string, bitOrder: 'little' | 'big'): string {
  return bitOrder === 'little' ? key : key.split('').toReversed().join('');
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
