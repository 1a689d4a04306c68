import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { RequestInput } from '#shared/ipc/contract.ts';
import {
  algorithmsFor,
  entryOf,
  isClassical,
  type Offer,
  startOf,
  usualSettings,
} from '#renderer/lib/job-offer.ts';
import type { FormValues } from '#renderer/lib/form-values.ts';

type Spec = RequestInput<'benchmarks.run'>['spec'];

/** A comparison as it is set up in the dialog. */
export interface BenchmarkForm {
  /** Null: made from the problem and the methods. */
  readonly name: string | null;
  readonly problem: FormValues;
  /** Ids of algorithms; the first quantum one is judged. */
  readonly contenders: readonly string[];
  readonly seedCount: string;
  readonly layers: string;
}

/** Of each side so many are chosen at first. */
const usualCounts = { quantum: 1, classical: 2 } as const;

/** A comparison on a kind of problem: its example, with a quantum method against classical ones. */
export function benchmarkOn(kind: string, offer: Offer, before?: BenchmarkForm): BenchmarkForm {
  const entry = entryOf(offer, 'problem', kind);
  const taking = algorithmsFor(offer, kind);
  const quantum = taking.filter((one) => !isClassical(one)).slice(0, usualCounts.quantum);
  const classical = taking.filter(isClassical).slice(0, usualCounts.classical);
  return {
    name: before?.name ?? null,
    problem: { kind, ...(entry === undefined ? {} : startOf(entry, offer)) },
    contenders: [...quantum, ...classical].map(({ id }) => id),
    seedCount: before?.seedCount ?? '5',
    layers: before?.layers ?? '3',
  };
}

/** The chosen methods. The quantum ones come first, because the first is judged. */
export function chosenIn(form: BenchmarkForm, offer: Offer): readonly CatalogEntry[] {
  const { kind } = form.problem;
  return algorithmsFor(offer, typeof kind === 'string' ? kind : '').filter(({ id }) =>
    form.contenders.includes(id),
  );
}

/** "Portfolio: QAOA against classical" */
export function nameOf(form: BenchmarkForm, offer: Offer): string {
  if (form.name !== null) return form.name.trim();
  const kind = entryOf(offer, 'problem', form.problem['kind']);
  const [first, ...others] = chosenIn(form, offer);
  const against = others.every(isClassical)
    ? 'classical'
    : others.map(({ title }) => title).join(', ');
  return `${kind?.title ?? 'Comparison'}: ${first?.title ?? ''} against ${against}`.slice(0, 200);
}

/** The spec that the form describes. */
export function benchmarkSpecOf(form: BenchmarkForm, offer: Offer): Spec {
  const count = Number(form.seedCount);
  const seeds = Array.from({ length: Number.isInteger(count) ? count : 0 }, (_, i) => i + 1);
  return {
    name: nameOf(form, offer),
    // The check in main says what is wrong with it, field by field.
    problem: form.problem as Spec['problem'],
    contenders: chosenIn(form, offer).map((entry) => ({
      label: entry.title,
      algorithm: entry.id,
      kind: isClassical(entry) ? ('classical' as const) : ('quantum' as const),
      settings: settingsOf(form, entry, offer),
    })),
    seeds,
  };
}

function settingsOf(form: BenchmarkForm, entry: CatalogEntry, offer: Offer): FormValues {
  const layers = Number(form.layers);
  const isLayered = layers > 0 && entry.parameters.some(({ id }) => id === 'layers');
  const usual = usualSettings(offer, form.problem['kind'], entry.id);
  return { ...usual, ...(isLayered ? { layers } : {}) };
}

/** The job of the first method, by which the problem is checked; null without a method. */
export function firstJobOf(form: BenchmarkForm, offer: Offer): FormValues | null {
  const [entry] = chosenIn(form, offer);
  if (entry === undefined) return null;
  const settings = settingsOf(form, entry, offer);
  return { algorithm: entry.id, problem: form.problem, settings };
}

/** What is missing before it can run; null = nothing. */
export function obstacleOf(form: BenchmarkForm): string | null {
  if (form.name !== null && form.name.trim() === '') return 'Give it a name.';
  if (form.contenders.length < 2) return 'Choose at least two methods.';
  const seeds = Number(form.seedCount);
  return Number.isInteger(seeds) && seeds >= 1 && seeds <= 200 ? null : 'Expected 1 to 200 seeds.';
}
