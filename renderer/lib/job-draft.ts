import { readJson } from '#shared/base/json-places.ts';
import { type FormValues, withValue } from '#renderer/lib/form-values.ts';
import {
  algorithmsFor,
  entryOf,
  firstKindOf,
  type Offer,
  startOf,
  usualSettings,
} from './job-offer.ts';

/** A job that is being written: its spec as far as it is filled in, and what lies beside it. */
export interface JobDraft {
  /** As it will be sent. What is no number yet stands as text, so that nothing typed is lost. */
  readonly spec: FormValues;
  readonly priority: unknown;
  /** What was filled in for other kinds of problems and other methods: it comes back with them. */
  readonly shelf: FormValues;
  /** The JSON as somebody typed it; null while it is what the form would write. */
  readonly text: string | null;
  readonly view: 'form' | 'json';
}

/** An order that reads from what is asked to how it is run. */
const order = [
  'name',
  'algorithm',
  'problem',
  'settings',
  'backend',
  'noise',
  'shots',
  'targetError',
  'gradient',
  'mitigation',
  'limits',
  'seed',
  'tags',
  'modelId',
];

/** The first draft. */
export function firstDraft(offer: Offer): JobDraft {
  const spec = { algorithm: '', problem: {}, settings: {}, backend: 'simulator', seed: 1 };
  return withProblemKind({ ...besides, spec, shelf: {} }, firstKindOf(offer), offer);
}

const besides = { priority: 0, text: null, view: 'form' } as const;

/** A draft of a spec that came from a job or a file. */
export function draftOf(spec: FormValues, before: JobDraft | null): JobDraft {
  return { ...besides, spec, shelf: before === null ? {} : shelfOf(before) };
}

/** The shelf with what is in hand. */
function shelfOf({ spec, shelf }: JobDraft): FormValues {
  const { problem, algorithm, settings } = spec;
  const kind = (problem as FormValues | undefined)?.['kind'];
  return {
    ...shelf,
    ...(typeof kind === 'string'
      ? { [`problem:${kind}`]: problem, [`algorithm:${kind}`]: algorithm }
      : {}),
    [settingsKey(kind, algorithm)]: settings,
  };
}

/** Settings that suit one kind of problem may be wrong for another. */
function settingsKey(kind: unknown, algorithm: unknown): string {
  return `settings:${String(kind)}:${String(algorithm)}`;
}

/** The draft on another kind of problem: as it was left, or on the start of that kind. */
export function withProblemKind(draft: JobDraft, kind: string, offer: Offer): JobDraft {
  const entry = entryOf(offer, 'problem', kind);
  const shelf = shelfOf(draft);
  const problem =
    shelf[`problem:${kind}`] ??
    (entry === undefined ? { kind } : { kind, ...startOf(entry, offer) });
  const taking = algorithmsFor(offer, kind).map(({ id }) => id);
  const wanted = [shelf[`algorithm:${kind}`], draft.spec['algorithm'], taking[0]];
  const algorithm = wanted.find((id) => typeof id === 'string' && taking.includes(id)) ?? '';
  const settings = settingsFor(kind, algorithm, shelf, offer);
  return { ...draft, text: null, shelf, spec: { ...draft.spec, problem, algorithm, settings } };
}

/** The draft with another method: with the settings that this was left with, or with the usual ones. */
export function withAlgorithm(draft: JobDraft, algorithm: string, offer: Offer): JobDraft {
  const shelf = shelfOf(draft);
  const { problem } = draft.spec;
  const kind = isObject(problem) ? problem['kind'] : undefined;
  const settings = settingsFor(kind, algorithm, shelf, offer);
  return { ...draft, text: null, shelf, spec: { ...draft.spec, algorithm, settings } };
}

function settingsFor(kind: unknown, algorithm: unknown, shelf: FormValues, offer: Offer): unknown {
  return shelf[settingsKey(kind, algorithm)] ?? usualSettings(offer, kind, algorithm);
}

/** The draft with one part of its spec changed; undefined takes the part out. */
export function withPart(draft: JobDraft, part: string, value: unknown): JobDraft {
  return { ...draft, text: null, spec: withValue(draft.spec, part, value) };
}

/** The draft with all parts of its spec. */
export function withSpec(draft: JobDraft, spec: FormValues): JobDraft {
  return { ...draft, text: null, spec };
}

/** The draft with another noise; rules that were written come back when rules are wanted again. */
export function withNoise(draft: JobDraft, noise: unknown): JobDraft {
  const { noise: before } = draft.spec;
  const shelf = isObject(before) ? { ...draft.shelf, noise: before } : draft.shelf;
  return { ...withPart(draft, 'noise', noise), shelf };
}

/** The draft with its JSON typed: the spec follows as soon as the text can be read. */
export function withText(draft: JobDraft, text: string): JobDraft {
  const reading = readJson(text);
  const spec = reading.ok && isObject(reading.value) ? reading.value : draft.spec;
  return { ...draft, spec, text, shelf: spec === draft.spec ? draft.shelf : shelfOf(draft) };
}

/** The JSON of a draft, as it was typed or as the form writes it. */
export function textOfDraft({ text, spec }: JobDraft): string {
  if (text !== null) return text;
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const sorted = Object.entries(spec).toSorted(([a], [b]) => place(a) - place(b));
  return `${prettyJson(Object.fromEntries(sorted))}\n`;
}

/** JSON with an object's members on lines of their own, and lists of plain values on one. */
export function prettyJson(value: unknown, indent = ''): string {
  const deeper = `${indent}  `;
  const isPlain = (one: unknown): boolean => typeof one !== 'object' || one === null;
  if (Array.isArray(value)) {
    if (value.every(isPlain)) return `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;
    const lines = value.map((one) => `${deeper}${prettyJson(one, deeper)}`);
    return `[\n${lines.join(',\n')}\n${indent}]`;
  }
  if (isPlain(value)) return JSON.stringify(value);
  const entries = Object.entries(value as object).filter(([, one]) => one !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(
    ([key, one]) => `${deeper}${JSON.stringify(key)}: ${prettyJson(one, deeper)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** What keeps the JSON of a draft from being read; null: nothing. */
export function textFaultOf({
  text,
}: JobDraft): { start: number; end: number; message: string } | null {
  if (text === null) return null;
  const reading = readJson(text);
  if (!reading.ok) return reading.fault;
  return isObject(reading.value)
    ? null
    : { start: 0, end: text.length, message: 'A job spec is an object: { … }.' };
}

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is FormValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
