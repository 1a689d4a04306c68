import type { Figure } from '#shared/figures/figure.ts';
import type { Comparison } from './compare.ts';

/** Average ranks with the sets of models that do not differ; null where no test could be made. */
export function rankFigure({
  averageRanks,
  nemenyi,
  groups,
  models,
}: Comparison): Extract<Figure, { kind: 'ranks' }> | null {
  if (nemenyi === null) return null;
  const rows = models
    .map((label) => ({ label, rank: averageRanks[label] ?? Number.NaN }))
    .toSorted((a, b) => a.rank - b.rank);
  const placeOf = new Map(rows.map(({ label }, row) => [label, row]));
  return {
    kind: 'ranks',
    id: 'ranks',
    title: 'Average ranks',
    x: { title: 'Average rank (1 is best)', unit: '' },
    y: { title: 'Model', unit: '' },
    rows,
    groups: groups.map((group) => {
      const places = group.map((model) => placeOf.get(model) as number);
      return [Math.min(...places), Math.max(...places)] as const;
    }),
    criticalDifference: nemenyi.criticalDifference,
  };
}
