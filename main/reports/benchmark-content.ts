import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { DataTable } from '#shared/figures/data-table.ts';
import type { Figure } from '#shared/figures/figure.ts';
import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import { titleOfMetric, unitOfMetric } from '#shared/results/metrics.ts';
import type { Paragraph, ReportContent } from './content.ts';
import { membersOf, sourceOf, versionIn } from './job-content.ts';
import { ketbenchReference, referencesOf } from './references.ts';
import { checklistsOf } from './checklists.ts';

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
/** Of the summary. */
const meanColumn = 4;

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
      best: metrics.flatMap(({ label, metric }, r) =>
        isSignificantlyBest(document, metric, label) ? [[r, meanColumn] as const] : [],
      ),
    },
    {
      id: 'runs',
      title: 'Runs',
      columns: columns('contender', 'metric', 'seed', 'value'),
      rows: metrics.flatMap(({ label, metric, values }) =>
        values.map((value, i) => [label, nameOf(metric), seeds[i] ?? null, value]),
      ),
    },
    comparisonTable(document, nameOf),
  ];
}

function comparisonTable(
  { comparisons, tests = [] }: BenchmarkDocument,
  nameOf: (metric: string) => string,
): DataTable {
  return {
    id: 'comparisons',
    title: 'Comparisons',
    columns: columns(
      'metric',
      'challenger',
      'baseline',
      'difference',
      'low',
      'high',
      'verdict',
      'p',
    ),
    rows: comparisons.map(({ metric, challenger, baseline, difference, verdict }) => [
      nameOf(metric),
      challenger,
      baseline,
      difference?.mean ?? null,
      difference?.low ?? null,
      difference?.high ?? null,
      verdict,
      tests.find((one) => one.metric === metric && one.b === baseline)?.pCorrected ?? null,
    ]),
  };
}

/**
 * Whether a contender was compared by a metric with every other and found better than each by more than
 * chance. Who is best by its mean alone is not marked.
 */
function isSignificantlyBest(document: BenchmarkDocument, metric: string, label: string): boolean {
  const beats = (other: string): boolean =>
    document.comparisons.some(
      ({ metric: by, challenger, baseline, verdict }) =>
        by === metric &&
        ((challenger === label && baseline === other && verdict === 'advantage shown') ||
          (challenger === other && baseline === label && verdict === 'disadvantage shown')),
    );
  const others = document.contenders.filter(
    (one) => one.label !== label && one.metrics[metric] !== undefined,
  );
  return others.length > 0 && others.every((one) => beats(one.label));
}

/** A sentence that quotes each number in it by a name: verdictA, verdictB … */
function quoted(sentence: string): Paragraph & Pick<ReportContent, 'numbers'> {
  const numbers: Record<string, string> = {};
  const text = sentence.replaceAll(/[{}]/g, '').replaceAll(/[-−]?\d+(?:\.\d+)?/g, (value) => {
    let [letters, rest] = ['', Object.keys(numbers).length];
    do {
      letters = String.fromCharCode(65 + (rest % 26)) + letters;
      rest = Math.floor(rest / 26) - 1;
    } while (rest >= 0);
    numbers[`verdict${letters}`] = value;
    return `{verdict${letters}}`;
  });
  return { title: 'Results', text, numbers };
}

export function contentOfBenchmark(
  document: BenchmarkDocument,
  catalog: readonly CatalogEntry[],
): ReportContent {
  const { spec } = document;
  const version = versionIn(document.provenance);
  const data = tablesOfBenchmark(document, (metric) => metric);
  const results = quoted(document.verdict?.text ?? `The comparison is ${document.status}.`);
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
      ...results.numbers,
    },
    paragraphs: [
      {
        title: 'Methods',
        text: `{contenders} contenders (${spec.contenders.map(({ label, kind }) => `${label}, ${kind}`).join('; ')}) were run on the same ${spec.problem.kind.replaceAll('-', ' ')} problem under the same {seeds} seeds by Ketbench {version}. Means have {confidence} % bootstrap intervals of {resamples} resamples; differences are paired by seed.`,
      },
      {
        title: 'Results',
        text: results.text,
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
    checklists: checklistsOf({
      spec,
      compute: `${spec.contenders.length * spec.seeds.length} runs; the time of each, its threads and kernel are in the bundle.`,
      statistics: `${spec.seeds.length} seeds; ${Math.round(100 * spec.confidence)} % bootstrap intervals, differences paired by seed; a best value is marked only where it is better than every other by more than chance.`,
    }),
    spec,
    document,
  };
}
