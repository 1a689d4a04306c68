import { z } from 'zod';
import { asAppError } from '#shared/base/errors.ts';
import { client } from '../client.ts';
import { useConnection } from '../connection.ts';
import { notify, notifyError } from '../notices.ts';
import { meetVersion } from './conflict.ts';
import { draftOf, isDirty, type OpenDocument } from './open-document.ts';
import { openInTab, replaceText, updateDocumentIn, useWorkspace } from './workspace-store.ts';

/** Edits that reached no library yet, as the browser keeps them for the next window on the same host. */
const draftSchema = z.object({
  key: z.string(),
  id: z.string().nullable(),
  revision: z.number().nullable(),
  name: z.string(),
  project: z.string(),
  text: z.string(),
  sidecar: z.unknown(),
});

type Draft = z.infer<typeof draftSchema>;

const prefix = 'ketbench.draft.';
const quietMs = 200;

/** Where drafts are kept; a subset of the browser's storage. */
export type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Keeps a copy of what is not saved while nothing can be saved, and warns before it is left. A copy
 * goes as soon as its circuit is saved.
 */
export function keepDrafts(store: DraftStore = window.localStorage): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    writeDrafts(store);
  };
  const soon = (): void => {
    timer ??= setTimeout(write, quietMs);
  };
  useWorkspace.subscribe((state, before) => {
    if (state.documents !== before.documents && (!isConnected() || hasDrafts(store))) soon();
  });
  useConnection.subscribe(soon);
  // A save may still be on its way while the page is taken away.
  window.addEventListener('pagehide', write);
  window.addEventListener('beforeunload', (event) => {
    if (isConnected() || !useWorkspace.getState().documents.some(isDirty)) return;
    write();
    event.preventDefault();
  });
}

function isConnected(): boolean {
  return useConnection.getState().connected;
}

function writeDrafts(store: DraftStore): void {
  const dirty = useWorkspace.getState().documents.filter(isDirty);
  const kept = new Set(dirty.map(({ key }) => prefix + key));
  for (const name of draftNames(store)) if (!kept.has(name)) store.removeItem(name);
  try {
    for (const document of dirty)
      store.setItem(prefix + document.key, JSON.stringify(entryOf(document)));
    useConnection.setState({ areDraftsKept: true });
  } catch {
    // The browser's room is full, or it keeps nothing: the banner must not promise it.
    useConnection.setState({ areDraftsKept: false });
  }
}

function entryOf(document: OpenDocument): Draft {
  const { key, id, revision, name, project } = document;
  const { text, sidecar } = draftOf(document);
  return { key, id, revision, name, project, text, sidecar };
}

function hasDrafts(store: DraftStore): boolean {
  return draftNames(store).length > 0;
}

function draftNames(store: DraftStore): string[] {
  return Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').filter((name) =>
    name.startsWith(prefix),
  );
}

/** Opens what an earlier window could not save. It is saved again as any other edit. */
export async function restoreDrafts(store: DraftStore = window.localStorage): Promise<void> {
  for (const name of draftNames(store)) {
    const draft = readDraft(store.getItem(name));
    // Another window of the same browser may hold it open and save it by itself.
    store.removeItem(name);
    if (draft !== null) await bringBack(draft).catch(notifyError);
  }
}

function readDraft(text: string | null): Draft | null {
  try {
    const found = draftSchema.safeParse(JSON.parse(text ?? ''));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
}

async function bringBack(draft: Draft): Promise<void> {
  const { id, name, project, text, sidecar } = draft;
  if (id === null) {
    openInTab({ name, project, text, sidecar });
    notify('info', `“${name}” had not been saved. It is open again.`);
    return;
  }
  let saved;
  try {
    saved = await client().request('documents.read', { id });
  } catch (thrown) {
    if (asAppError(thrown).code !== 'not-found') throw thrown;
    openInTab({ name, project, text, sidecar });
    notify('warning', `“${name}” was removed elsewhere. Your unsaved version is a new circuit.`);
    return;
  }
  if (saved.text === text) return;
  openInTab(saved);
  const tab = useWorkspace.getState().documents.find((one) => one.id === id);
  if (tab === undefined) return;
  replaceText(tab.key, text, 'Edits that had not been saved');
  if (saved.revision === draft.revision) {
    notify('info', `“${name}” had unsaved edits. They are back; undo shows the saved version.`);
    return;
  }
  // It was changed elsewhere as well: both versions are shown, and nothing is saved until it is decided.
  updateDocumentIn(tab.key, (current) => ({
    ...current,
    revision: draft.revision,
    savedText: null,
  }));
  meetVersion(tab.key, saved);
}
