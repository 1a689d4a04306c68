import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { DataTable } from '#shared/figures/data-table.ts';
import type { Figure } from '#shared/figures/figure.ts';
import type { Series } from '#shared/jobs/curve.ts';
import type { JobDocument, JobSpec } from '#shared/jobs/job.ts';
import { aimOf } from '#shared/problems/problem.ts';
import { curveFigure, type Steps } from '#shared/results/curve.ts';
import type { Reading } from '#shared/results/reading.ts';
import { readingOf } from '#shared/results/result.ts';
import type { Members } from '#engine/members.ts';
import type { Paragraph, ReportContent } from './content.ts';
import { resultTable } from './result-table.ts';
import { ketbenchReference, referencesOf } from './references.ts';
import { checklistsOf } from './checklists.ts';

export interface JobSubject {
  readonly kind: 'job';
  readonly document: JobDocument;
  readonly series: readonly Series[];
  readonly steps: Steps;
}

/** Every curve of a job and every figure of its result. */
export function figuresOfJob({ problems, results }: Members, subject: JobSubject): Figure[] {
  const { document, series, steps } = subject;
  const objective = aimOf(problems, document.provenance['spec']);
  const hasObjective = series.some(({ name }) => name === 'expectation');
  const curves = series
    // The best so far is a line of its objective's curve.
    .filter(({ name, x }) => x.length > 1 && !(hasObjective && name === 'best'))
    .map((one) => curveFigure(one, steps, objective));
  return [...curves, ...(readingOf(results, document.result)?.figures ?? [])];
}

export function contentOfJob(
  members: Members,
  subject: JobSubject,
  catalog: readonly CatalogEntry[],
): ReportContent {
  const { document } = subject;
  const own = document.provenance['spec'] as Partial<JobSpec> | undefined;
  const spec = { ...specLike(document), ...own } as JobSpec;
  const label = `${document.algorithm}, seed ${document.seed}`;
  const reading = readingOf(members.results, document.result);
  const version = versionIn(document.provenance);
  const entries = membersOf(spec, catalog);
  const numbers = numbersOf(document, spec, reading, version);
  return {
    id: document.jobId,
    kind: 'job',
    title: spec.name ?? label,
    label,
    paragraphs: [methods(spec, entries), results(document, reading), ...caveats(document, reading)],
    numbers,
    tables: [factsTable(reading), ...(reading?.tables ?? [])],
    data: [resultTable(document), ...(reading?.tables ?? [])],
    figures: figuresOfJob(members, subject),
    references: [
      ketbenchReference(version),
      ...referencesOf(entries.flatMap(({ facts }) => sourceOf(facts))),
    ],
    circuits: circuitsOf(spec),
    checklists: checklistsOf({
      spec,
      compute: `One run of ${numbers['runSeconds']} s; threads and kernel are in the bundle.`,
      statistics: 'One run of one seed: its errors are those of its shots alone.',
    }),
    spec,
    document,
  };
}

/** Of a document of another version, which has none: what it says of itself. */
function specLike({ algorithm, seed, qpuBackend }: JobDocument): Partial<JobSpec> {
  return {
    algorithm,
    seed,
    backend: qpuBackend,
    shots: null,
    settings: {},
    mitigation: [],
    problem: { kind: 'unknown' },
  };
}

/** Of the Ketbench that made a document; empty where it does not say. */
export function versionIn({ ketbench }: Readonly<Record<string, unknown>>): string {
  return typeof ketbench === 'string' ? ketbench : '';
}

export function sourceOf(facts: Readonly<Record<string, unknown>>): string[] {
  return typeof facts['source'] === 'string' ? [facts['source']] : [];
}

/** Members of the catalog that a spec names. */
export function membersOf(
  spec: Pick<JobSpec, 'algorithm' | 'settings' | 'mitigation'>,
  catalog: readonly CatalogEntry[],
): CatalogEntry[] {
  const named = Object.entries(spec.settings).flatMap(([kind, value]) =>
    typeof value === 'object' && value !== null && 'id' in value ? [[kind, value.id]] : [],
  );
  const mitigation = spec.mitigation.map(({ technique }) => ['mitigation', technique]);
  const wanted = [['algorithm', spec.algorithm], ...named, ...mitigation];
  return wanted.flatMap(([kind, id]) => {
    const registry = String(kind).replace('featureMap', 'feature-map');
    return catalog.filter((entry) => entry.kind === registry && entry.id === id);
  });
}

function circuitsOf(spec: JobSpec): ReportContent['circuits'] {
  const { qasm } = spec.problem as { readonly qasm?: unknown };
  return typeof qasm === 'string' ? [{ name: 'circuit.qasm', text: qasm }] : [];
}

/** Numbers as they are printed; macros in LaTeX. */
function numbersOf(
  document: JobDocument,
  spec: JobSpec,
  reading: Reading | null,
  version: string,
): Record<string, string> {
  const { headline } = reading ?? {};
  const { seconds, executionTime } = document.measured as {
    readonly seconds?: number;
    readonly executionTime: number;
  };
  return {
    version,
    seed: String(spec.seed),
    backend: document.qpuBackend,
    runSeconds: String(Number((seconds ?? executionTime).toPrecision(3))),
    ...(spec.shots === null ? {} : { shots: String(spec.shots) }),
    ...(document.cost === null ? {} : { cost: document.cost.toFixed(2) }),
    ...(headline === undefined
      ? {}
      : {
          headline: String(headline.value.value),
          ...(headline.value.stderr === null
            ? {}
            : { headlineError: String(Number(headline.value.stderr.toPrecision(2))) }),
        }),
  };
}

function methods(spec: JobSpec, [algorithm, ...others]: readonly CatalogEntry[]): Paragraph {
  const name = algorithm?.title ?? spec.algorithm;
  const kind = spec.problem.kind.replaceAll('-', ' ');
  const means = spec.shots === null ? 'with exact expectation values' : 'with {shots} shots';
  const with_ = others.map(({ title }) => title).join(', ');
  const noise = spec.noise === undefined ? '' : ' under the noise that the spec states';
  return {
    title: 'Methods',
    text: `${name} was run on a ${kind} problem on {backend} ${means}${noise}${with_ === '' ? '' : `, using ${with_}`}, from seed {seed}, by Ketbench {version}. All settings stand in the spec; the same spec and seed give the same result on the same version.`,
  };
}

function results(document: JobDocument, reading: Reading | null): Paragraph {
  const title = 'Results';
  if (document.status !== 'completed' || reading === null) {
    const why = document.error === undefined ? '' : ` ${document.error.message}`;
    return { title, text: `The job is ${document.status}.${why}` };
  }
  const { headline, chosen } = reading;
  const unit = headline.unit === undefined || headline.unit === '' ? '' : ` ${headline.unit}`;
  const error = headline.value.stderr === null ? '' : ' ± {headlineError}';
  const picked = chosen === undefined || chosen.length === 0 ? '' : ` (${chosen.join(', ')})`;
  return {
    title,
    text: `${headline.title}: {headline}${error}${unit}${picked}, after {runSeconds} s of running${document.cost === null || document.cost === 0 ? '' : ' and {cost} USD'}. It is one run of one seed; a claim about the method needs a comparison over seeds.`,
  };
}

function caveats({ warnings }: JobDocument, reading: Reading | null): Paragraph[] {
  const notes = (reading?.notes ?? []).map(({ text }) => text);
  const caveat = reading?.caveat === undefined ? [] : [`It ${reading.caveat}.`];
  const text = [...caveat, ...notes, ...warnings].join(' ');
  return text === '' ? [] : [{ title: 'Limitations', text: text.replaceAll(/[{}]/g, '') }];
}

function factsTable(reading: Reading | null): DataTable {
  const facts = reading === null ? [] : [reading.headline, ...reading.facts];
  return {
    id: 'facts',
    title: 'Facts',
    columns: [
      { id: 'quantity', title: 'Quantity' },
      { id: 'value', title: 'Value' },
      { id: 'unit', title: 'Unit' },
    ],
    rows: facts.map(({ title, value, unit = '' }) => [title, value, unit]),
  };
}
