import { z } from 'zod';

const featureProfile = z.strictObject({
  name: z.string(),
  mean: z.number(),
  /** Standard deviation, ddof 0. */
  deviation: z.number(),
  least: z.number(),
  most: z.number(),
  /** Upper edges of all bins but the last, ascending: a value lies in the first bin whose edge it does not pass. */
  edges: z.array(z.number()),
  /** Of the rows, in each bin. */
  shares: z.array(z.number()),
});

export type FeatureProfile = z.infer<typeof featureProfile>;

/** What the rows that a model was fitted to look like, feature by feature, before any preprocessing. */
export const profileSchema = z.array(featureProfile);

const binCount = 10;

/** Bins of about equally many rows; of few values, one a value. */
export function profileOf(
  names: readonly string[],
  rows: readonly Float64Array[],
): FeatureProfile[] {
  return names.map((name, k) => {
    const values = Float64Array.from(rows, (row) => row[k] as number).sort();
    const n = values.length;
    const mean = values.reduce((sum, v) => sum + v / n, 0);
    const square = values.reduce((sum, v) => sum + (v - mean) ** 2 / n, 0);
    const edges = edgesOf(values);
    return {
      name,
      mean,
      deviation: Math.sqrt(square),
      least: values[0] as number,
      most: values[n - 1] as number,
      edges,
      shares: binShares(edges, values),
    };
  });
}

function edgesOf(sorted: Float64Array): number[] {
  const found = new Set<number>();
  const last = sorted[sorted.length - 1] as number;
  for (let b = 1; b < binCount; b++) {
    const edge = sorted[Math.ceil((b * sorted.length) / binCount) - 1] as number;
    if (edge < last) found.add(edge);
  }
  return [...found];
}

/** The share of the values in each bin. */
export function binShares(edges: readonly number[], values: Float64Array): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (const value of values) {
    const bin = edges.findIndex((edge) => value <= edge);
    const at = bin < 0 ? edges.length : bin;
    counts[at] = (counts[at] as number) + 1;
  }
  return counts.map((count) => count / values.length);
}
