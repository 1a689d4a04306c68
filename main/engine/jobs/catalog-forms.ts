import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import { channels } from '#shared/jobs/channels.ts';
import type { ResultKind } from '#shared/results/result-kind.ts';
import { kindsTaken } from '../algorithms/algorithm.ts';
import { benchmarkMetricsOf } from '../benchmarks/metrics.ts';
import type { Members } from '../members.ts';

type Words = readonly [title: string, summary: string];

/** Kinds of problems with their fields, what can be looked at in them, and the algorithms that solve each. */
export function problemEntries({
  algorithms,
  problems,
}: Pick<Members, 'algorithms' | 'problems'>): CatalogEntry[] {
  return problems.map((kind) => {
    const solvers = algorithms.filter((one) => kindsTaken(one, [kind]).length > 0);
    const { tables = {}, problem } = kind.example;
    return {
      kind: 'problem',
      id: kind.kind,
      title: kind.title,
      summary: kind.summary,
      parameters: [...kind.fields],
      facts: {
        views: kind.views.map(({ view }) => view.id),
        algorithms: solvers.map(({ id }) => id),
        example: { problem: { kind: kind.kind, ...problem }, tables },
        start: kind.start,
      },
    };
  });
}

/** Channels that noise rules name, with their fields. */
export function channelEntries(): CatalogEntry[] {
  return channels.map(({ id, title, summary, parameters }) => ({
    kind: 'channel',
    id,
    title,
    summary,
    parameters: [...parameters],
    facts: {},
  }));
}

/** Kinds of results with the metrics by which they are compared. */
export function resultEntries(kinds: readonly ResultKind[]): CatalogEntry[] {
  return kinds.map(({ kind, title, summary, fields, metrics }) =>
    entryOf('result', kind, [title, summary], { fields, metrics: metrics.map(({ id }) => id) }),
  );
}

/** What benchmarks compare runs by. */
export function benchmarkEntries(kinds: readonly ResultKind[]): CatalogEntry[] {
  return benchmarkMetricsOf(kinds).map(({ id, title, unit, better }) =>
    entryOf(
      'benchmark',
      id,
      [title, `A figure that contenders are compared by; ${better} is better.`],
      {
        unit,
        better,
      },
    ),
  );
}

function entryOf(
  kind: CatalogEntry['kind'],
  id: string,
  [title, summary]: Words,
  facts: Record<string, unknown>,
): CatalogEntry {
  return { kind, id, title, summary, parameters: [], facts };
}
