import { z } from 'zod';
import type { DataTable } from '../../figures/data-table.ts';
import type { Figure } from '../../figures/figure.ts';
import { numberField, usageFields } from '../fields.ts';
import { defineResult } from '../result-kind.ts';

const grouping = {
  /** Share of the training rows' squared distances from their mean that the groups take away. */
  explained: numberField,
  /** Mean silhouette of the training rows, −1 to 1; NaN where all are in one group. */
  silhouette: numberField,
};

const schema = z.object({
  names: z.array(z.string()),
  /** Largest first. */
  clusters: z.array(z.object({ size: z.number(), mean: z.array(numberField) })),
  /** One a row that was used, in the order of the data; `distance` is squared, from the middle of its group. */
  assignments: z.array(
    z.object({
      row: z.number(),
      cluster: z.number(),
      distance: numberField,
      isTest: z.boolean(),
      values: z.array(z.number()),
    }),
  ),
  ...grouping,
  rounds: z.number(),
  /** k-means on the standardised columns from the same start, and how far both agree: 1 is the same groups, 0 chance. */
  baseline: z.object({ algorithm: z.string(), ...grouping, adjustedRandIndex: numberField }),
  ...usageFields,
});

type Clustering = z.output<typeof schema>;

/** Groups of rows. */
export const clustering = defineResult({
  kind: 'clustering',
  title: 'Clustering',
  summary: 'Rows that were put into groups, and how much of their differences the groups explain.',
  schema,
  metrics: [
    {
      id: 'silhouette',
      title: 'Silhouette',
      unit: '',
      better: 'higher',
      of: (result) => result.silhouette,
    },
    {
      id: 'explained',
      title: 'Share explained by the groups',
      unit: '',
      better: 'higher',
      of: (result) => result.explained,
    },
  ],
  live: [{ id: 'explained', title: 'Share explained by the groups', unit: '', better: 'higher' }],
  read(result) {
    const { baseline } = result;
    return {
      headline: {
        title: 'Share explained by the groups',
        value: { value: result.explained, stderr: null },
        unit: '%',
      },
      facts: [
        { title: 'Silhouette', value: result.silhouette },
        { title: 'Share explained by k-means', value: baseline.explained, unit: '%' },
        { title: 'Silhouette of k-means', value: baseline.silhouette },
        {
          title: 'Agreement with k-means (adjusted Rand index)',
          value: baseline.adjustedRandIndex,
        },
      ],
      notes: [
        {
          tone: 'plain' as const,
          text: 'Shares of different kernels are of different distances; silhouettes compare better.',
        },
      ],
      tables: tablesOf(result),
      figures: figuresOf(result),
    };
  },
});

function tablesOf({ names, clusters, assignments }: Clustering): DataTable[] {
  return [
    {
      id: 'clusters',
      title: 'Groups',
      columns: [
        { id: 'cluster', title: 'Group' },
        { id: 'size', title: 'Training rows' },
        ...names.map((name, k) => ({ id: `mean-${k}`, title: `Mean of ${name}` })),
      ],
      rows: clusters.map(({ size, mean }, k) => [k + 1, size, ...mean]),
    },
    {
      id: 'assignments',
      title: 'Rows',
      isDetail: true,
      columns: [
        { id: 'row', title: 'Row' },
        { id: 'cluster', title: 'Group' },
        { id: 'distance', title: 'Squared distance' },
        { id: 'part', title: 'Part' },
      ],
      rows: assignments.map(({ row, cluster, distance, isTest }) => [
        row,
        cluster + 1,
        distance,
        isTest ? 'test' : 'training',
      ]),
    },
  ];
}

function figuresOf({ names, clusters, assignments }: Clustering): Figure[] {
  const labels = clusters.map((_, k) => `group ${k + 1}`);
  const [across, up] = [0, Math.min(1, names.length - 1)];
  return [
    {
      kind: 'scatter',
      id: 'groups',
      title: 'Groups',
      x: { title: names[across] ?? '', unit: '' },
      y: { title: names[up] ?? '', unit: '' },
      groups: labels.map((name, k) => ({
        name,
        points: assignments
          .filter(({ cluster }) => cluster === k)
          .map(({ values }) => ({ x: values[across] as number, y: values[up] as number })),
      })),
    },
    {
      kind: 'bars',
      id: 'sizes',
      title: 'Sizes of the groups',
      x: { title: 'Group', unit: '' },
      y: { title: 'Training rows', unit: '', isCount: true },
      areBits: false,
      bars: clusters.map(({ size }, k) => ({ label: labels[k] as string, value: size })),
    },
  ];
}
