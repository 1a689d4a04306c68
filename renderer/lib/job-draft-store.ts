import { z } from 'zod';
import { create } from 'zustand';
import { type Place, placeOfPath, readJson } from '#shared/base/json-places.ts';
import type { JobSummary } from '#shared/jobs/job.ts';
import type { FormValues } from '#renderer/lib/form-values.ts';
import { client } from './client.ts';
import { draftOf, isObject, type JobDraft, textOfDraft } from './job-draft.ts';
import { openJob } from './jobs.ts';
import { notify, notifyError } from './notices.ts';

interface DraftState {
  /** Null until what can be offered is known. */
  readonly draft: JobDraft | null;
  /** What another spec took the place of; it can be had back. */
  readonly before: JobDraft | null;
  /** A path of the spec that is to get the focus, empty for the first fault; null once it has it. */
  readonly wish: string | null;
  /** Where in the JSON somebody was led; null = nowhere. */
  readonly place: Place | null;
}

export const useJobDraft = create<DraftState>(() => ({
  draft: null,
  before: null,
  wish: null,
  place: null,
}));

/** Changes the draft that is in hand. */
export function changeDraft(change: (draft: JobDraft) => JobDraft): void {
  useJobDraft.setState(({ draft }) => (draft === null ? {} : { draft: change(draft) }));
}

/** Shows the field of a path, in the form or, where the form has none, in the JSON. */
export function goToPath(path: string): void {
  useJobDraft.setState({ wish: path });
}

/** Shows the place of a path in the JSON of the draft. */
export function goToText(path: string): void {
  useJobDraft.setState(({ draft }) => {
    if (draft === null) return {};
    const reading = readJson(textOfDraft(draft));
    const place = reading.ok ? placeOfPath(reading.places, path) : null;
    return { draft: { ...draft, view: 'json' }, place: place === null ? null : { ...place } };
  });
}

/** Shows the form or its JSON, as it is and not at any place of it. */
export function showView(view: JobDraft['view']): void {
  changeDraft((now) => ({ ...now, view }));
  useJobDraft.setState({ place: null });
}

/** Puts a draft into the form in place of what is there, which can be had back. */
export function replaceDraft(draft: JobDraft, said: string): void {
  const { draft: before } = useJobDraft.getState();
  useJobDraft.setState({ draft, before });
  notify('info', said, before === null ? undefined : { title: 'Undo', run: takeBackDraft });
}

/** Gives back what the form held before it was replaced. */
export function takeBackDraft(): void {
  useJobDraft.setState(({ draft, before }) =>
    before === null ? {} : { draft: before, before: draft },
  );
}

/** Puts a spec into the form, wherever the user is. */
export function editSpec(spec: FormValues, said: string): void {
  replaceDraft(draftOf(spec, useJobDraft.getState().draft), said);
  openJob(null);
}

/** Puts the spec of a job into the form. */
export async function cloneJob({ jobId, name }: Pick<JobSummary, 'jobId' | 'name'>): Promise<void> {
  try {
    editSpec(
      await specOfJob(jobId),
      `The form holds a copy of “${name.length > 60 ? `${name.slice(0, 60)}…` : name}”.`,
    );
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Starts the same job again with the next seed, and opens it. */
export async function restartJob({ jobId }: Pick<JobSummary, 'jobId'>): Promise<void> {
  try {
    const spec = await specOfJob(jobId);
    const seed = Number(spec['seed'] ?? 0) + 1;
    const started = await client().request('jobs.submit', { spec: { ...spec, seed } });
    openJob(started.jobId);
    notify('info', `Started again, with the seed ${seed}.`);
  } catch (thrown) {
    notifyError(thrown);
  }
}

async function specOfJob(jobId: string): Promise<FormValues> {
  const { spec } = await client().request('jobs.spec', { jobId });
  return isObject(spec) ? spec : {};
}

const storeName = 'ketbench.job-draft';
const quietMs = 200;
const values = z.record(z.string(), z.unknown());
const draftSchema = z.object({
  spec: values,
  priority: z.unknown(),
  shelf: values,
  text: z.string().nullable(),
  view: z.enum(['form', 'json']),
});

/** Keeps the draft in the browser's storage, for the next window on the same host. */
export function keepJobDraft(
  store: Pick<Storage, 'getItem' | 'setItem'> = window.localStorage,
): void {
  const kept = draftIn(store.getItem(storeName));
  if (kept !== null) useJobDraft.setState({ draft: kept });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { draft } = useJobDraft.getState();
    if (draft === null) return;
    try {
      store.setItem(storeName, JSON.stringify(draft));
    } catch {
      // The browser's room is full: the draft lasts as long as the window.
    }
  };
  useJobDraft.subscribe((state, last) => {
    if (state.draft !== last.draft) timer ??= setTimeout(write, quietMs);
  });
  window.addEventListener('pagehide', write);
}

function draftIn(text: string | null): JobDraft | null {
  try {
    const found = draftSchema.safeParse(JSON.parse(text ?? ''));
    return found.success ? { ...found.data, priority: found.data.priority ?? 0 } : null;
  } catch {
    return null;
  }
}
