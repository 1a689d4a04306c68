import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { DataSet } from '#shared/ipc/library.ts';
import type { RequestInput } from '#shared/ipc/contract.ts';
import { usualSettings } from '#renderer/lib/usual-settings.ts';
import { type PortfolioForm, portfolioProblem } from '#renderer/lib/portfolio-form.ts';

type Spec = RequestInput<'benchmarks.run'>['spec'];

/** A comparison as it is set up in the dialog. */
export interface BenchmarkForm {
  readonly name: string;
  readonly portfolio: PortfolioForm;
  /** Ids of algorithms; the first quantum one is judged. */
  readonly contenders: readonly string[];
  readonly seedCount: string;
  readonly layers: string;
}

/** Whether the catalog calls the algorithm classical. */
export function isClassical(entry: CatalogEntry): boolean {
  return entry.facts['kind'] === 'classical';
}

/** The spec that the form describes. The quantum method comes first, because the first is judged. */
export function benchmarkSpecOf(
  form: BenchmarkForm,
  algorithms: readonly CatalogEntry[],
  dataSets: readonly DataSet[],
): Spec {
  const chosen = algorithms
    .filter((entry) => form.contenders.includes(entry.id))
    .toSorted((a, b) => Number(isClassical(a)) - Number(isClassical(b)));
  const rows = dataSets.find((set) => set.id === form.portfolio.prices)?.rows ?? 0;
  const count = Number(form.seedCount);
  const seeds = Array.from({ length: Number.isInteger(count) ? count : 0 }, (_, i) => i + 1);
  const layers = Number(form.layers);
  return {
    name: form.name.trim(),
    // The check in main says what is wrong with it, field by field.
    problem: portfolioProblem(form.portfolio, rows) as Spec['problem'],
    contenders: chosen.map((entry) => ({
      label: entry.title,
      algorithm: entry.id,
      kind: isClassical(entry) ? ('classical' as const) : ('quantum' as const),
      settings: {
        ...usualSettings(entry, 'portfolio'),
        ...(layers > 0 && entry.parameters.some(({ id }) => id === 'layers') ? { layers } : {}),
      },
    })),
    seeds,
  };
}

/** What is missing before it can run; null = nothing. */
export function obstacleOf(form: BenchmarkForm): string | null {
  if (form.name.trim() === '') return 'Give it a name.';
  if (form.contenders.length < 2) return 'Choose at least two methods.';
  const seeds = Number(form.seedCount);
  return Number.isInteger(seeds) && seeds >= 1 && seeds <= 200 ? null : 'Expected 1 to 200 seeds.';
}
