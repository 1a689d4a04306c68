import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { DataTable } from '#shared/figures/data-table.ts';
import type { Figure } from '#shared/figures/figure.ts';
import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import { titleOfMetric, unitOfMetric } from '#shared/results/metrics.ts';
import type { ReportContent } from './content.ts';
import { membersOf, sourceOf, versionIn } from './job-content.ts';
import { ketbenchReference, referencesOf } from './references.ts';

/** One figure a metric: each contender's mean with its interval, and its runs. */
export function figuresOfBenchmark(document: BenchmarkDocument): Figure[] {
  const names = [...new Set(document.contenders.flatMap(({ metrics }) => Object.keys(metrics)))];
  const percent = Math.round(100 * document.spec.confidence);
  return names.map((name, k): Figure => {
    const title = titleOfMetric(name);
    return {
      kind: 'estimates',
      id: `${name.replaceAll(/[^\w-]/g, '-')}`,
      title: `${title}: mean and ${percent} % interval over ${document.spec.seeds.length} seeds`,
      x: { title, unit: unitOfMetric(name) },
      // Once is enough: the figure that comes first is the one that decides.
      ...(document.verdict === null || k > 0 ? {} : { note: document.verdict.text }),
      y: { title: 'Contender', unit: '' },
      groups: ['mean'],
      rows: document.contenders.map(({ label, metrics }) => {
        const metric = metrics[name];
        if (metric === undefined || metric.mean === null) return { label, estimates: [null] };
        const { mean, low, high, values } = metric;
        const ends = low === null || high === null ? {} : { low, high };
        const points = values.filter((value) => value !== null);
        return { label, estimates: [{ value: mean, stderr: null, ...ends, points }] };
      }),
    };
  });
}

function columns(...ids: string[]): DataTable['columns'] {
  return ids.map((id) => ({ id, title: id.charAt(0).toUpperCase() + id.slice(1) }));
}

/** One line a contender and metric; one a seed; one a comparison. */
export function tablesOfBenchmark(
  document: BenchmarkDocument,
  nameOf: (metric: string) => string,
): DataTable[] {
  const { seeds, confidence } = document.spec;
  const metrics = document.contenders.flatMap((contender) =>
    Object.entries(contender.metrics).map(([metric, figures]) => ({
      ...contender,
      metric,
      ...figures,
    })),
  );
  return [
    {
      id: 'summary',
      title: 'Contenders',
      columns: columns(
        'contender',
        'algorithm',
        'kind',
        'metric',
        'mean',
        'low',
        'high',
        'confidence',
      ),
      rows: metrics.map(({ label, algorithm, kind, metric, mean, low, high }) => [
        label,
        algorithm,
        kind,
        nameOf(metric),
        mean,
        low,
        high,
        confidence,
      ]),
    },
    {
      id: 'runs',
      title: 'Runs',
      columns: columns('contender', 'metric', 'seed', 'value'),
      rows: metrics.flatMap(({ label, metric, values }) =>
        values.map((value, i) => [label, nameOf(metric), seeds[i] ?? null, value]),
      ),
    },
    {
      id: 'comparisons',
      title: 'Comparisons',
      columns: columns('metric', 'challenger', 'baseline', 'difference', 'low', 'high', 'verdict'),
      rows: document.comparisons.map(({ metric, challenger, baseline, difference, verdict }) => [
        nameOf(metric),
        challenger,
        baseline,
        difference?.mean ?? null,
        difference?.low ?? null,
        difference?.high ?? null,
        verdict,
      ]),
    },
  ];
}

export function contentOfBenchmark(
  document: BenchmarkDocument,
  catalog: readonly CatalogEntry[],
): ReportContent {
  const { spec } = document;
  const version = versionIn(document.provenance);
  const data = tablesOfBenchmark(document, (metric) => metric);
  const entries = spec.contenders.flatMap((one) => membersOf(one, catalog));
  return {
    id: document.benchmarkId,
    kind: 'benchmark',
    title: document.name,
    label: document.name,
    numbers: {
      version,
      seeds: String(spec.seeds.length),
      contenders: String(spec.contenders.length),
      confidence: String(Math.round(100 * spec.confidence)),
      resamples: String(spec.resamples),
    },
    paragraphs: [
      {
        title: 'Methods',
        text: `{contenders} contenders (${spec.contenders.map(({ label, kind }) => `${label}, ${kind}`).join('; ')}) were run on the same ${spec.problem.kind.replaceAll('-', ' ')} problem under the same {seeds} seeds by Ketbench {version}. Means have {confidence} % bootstrap intervals of {resamples} resamples; differences are paired by seed.`,
      },
      {
        title: 'Results',
        text: (document.verdict?.text ?? `The comparison is ${document.status}.`).replaceAll(
          /[{}]/g,
          '',
        ),
      },
      ...(document.warnings.length === 0
        ? []
        : [{ title: 'Limitations', text: document.warnings.join(' ').replaceAll(/[{}]/g, '') }]),
    ],
    tables: tablesOfBenchmark(document, titleOfMetric),
    data,
    figures: figuresOfBenchmark(document),
    references: [
      ketbenchReference(version),
      ...referencesOf(entries.flatMap(({ facts }) => sourceOf(facts))),
    ],
    circuits: [],
    spec,
    document,
  };
}
