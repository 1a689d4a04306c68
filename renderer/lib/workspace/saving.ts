import { asAppError } from '#shared/base/errors.ts';
import { client } from '../client.ts';
import { notify, notifyError } from '../notices.ts';
import { changeSettings, useSettings } from '../settings.ts';
import { conflictOf, meetVersion } from './conflict.ts';
import { hasMoved } from './history.ts';
import { draftOf, isDirty, type OpenDocument } from './open-document.ts';
import { activate, openInTab, updateDocumentIn, useWorkspace } from './workspace-store.ts';

const quietMs = 800;
const retryMs = 3000;

/**
 * Saves each change when the next begins, and the last one once typing pauses or the window loses
 * focus: a crash takes one change at most. One write runs at a time for each document, so that
 * revisions follow each other.
 */
export function startAutosave(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDueNow = false;
  const soon = (delay: number): void => {
    // Typing on puts a save off, but not one that is due now.
    if (isDueNow) return;
    isDueNow = delay === 0;
    clearTimeout(timer);
    timer = setTimeout(() => void saveAll(), delay);
  };
  const saveAll = async (): Promise<void> => {
    isDueNow = false;
    clearTimeout(timer);
    const keys = useWorkspace.getState().documents.map(({ key }) => key);
    const results = await Promise.all(keys.map(save));
    if (results.includes('later')) soon(retryMs);
  };
  useWorkspace.subscribe((state, before) => {
    if (state.documents !== before.documents && state.documents.some(isDirty)) {
      soon(state.documents.some((one) => hasMovedSince(one, before.documents)) ? 0 : quietMs);
    }
    rememberTabs();
  });
  window.addEventListener('blur', () => void saveAll());
  window.addEventListener('pagehide', () => void saveAll());
}

function hasMovedSince(document: OpenDocument, before: readonly OpenDocument[]): boolean {
  const earlier = before.find(({ key }) => key === document.key);
  return earlier !== undefined && hasMoved(document.history, earlier.history);
}

type Outcome = 'done' | 'later';

const running = new Map<string, Promise<Outcome>>();

/** Saves a document and all that is changed in it meanwhile; joins a save that is under way. */
export function save(key: string): Promise<Outcome> {
  const current = running.get(key);
  if (current !== undefined) return current;
  const started = writeUntilClean(key).finally(() => running.delete(key));
  running.set(key, started);
  return started;
}

async function writeUntilClean(key: string): Promise<Outcome> {
  for (;;) {
    const outcome = await writeOnce(key);
    if (outcome !== 'again') return outcome;
  }
}

async function writeOnce(key: string): Promise<Outcome | 'again'> {
  const document = useWorkspace.getState().documents.find((open) => open.key === key);
  if (document === undefined || !isDirty(document) || conflictOf(key) !== null) return 'done';
  const draft = draftOf(document);
  try {
    const summary = await client().request('documents.write', draft);
    updateDocumentIn(key, (current) => ({
      ...current,
      id: summary.id,
      revision: summary.revision,
      // A name that was given during the save is not in it.
      savedText: current.name === draft.name ? draft.text : null,
      savedBeside: document.beside,
      savedSidecar: document.sidecar,
    }));
    return 'again';
  } catch (thrown) {
    return afterFailure(document, thrown);
  }
}

async function afterFailure(document: OpenDocument, thrown: unknown): Promise<Outcome> {
  const error = asAppError(thrown);
  if (error.code === 'unavailable' || error.code === 'timeout') return 'later';
  if (error.code === 'not-found' && document.id !== null) {
    saveAsNew(document.key, document.name);
    return 'later';
  }
  if (error.code !== 'conflict') {
    notifyError(error);
    return 'done';
  }
  await meetOther(document);
  return 'later';
}

/** Reads what was saved elsewhere meanwhile; where it is gone, the tab is saved as a new document. */
async function meetOther({ key, id, name }: OpenDocument): Promise<void> {
  try {
    if (id !== null) meetVersion(key, await client().request('documents.read', { id }));
  } catch (thrown) {
    if (asAppError(thrown).code === 'not-found') saveAsNew(key, name);
    else notifyError(thrown);
  }
}

function saveAsNew(key: string, name: string): void {
  notify('warning', `“${name}” was removed elsewhere. Your version is saved as a new circuit.`);
  updateDocumentIn(key, (current) => ({ ...current, id: null, revision: null, savedText: null }));
}

/** Notices what other windows and programs write into circuits that are open here. */
export function followElsewhere(): void {
  window.addEventListener('focus', () => void lookElsewhere());
  client().on('documents.changed', ({ id, revision, name }) => {
    const own = useWorkspace.getState().documents.find((document) => document.id === id);
    if (own !== undefined && own.name !== name && !isDirty(own)) {
      updateDocumentIn(own.key, (current) => ({ ...current, name }));
    }
    if (own !== undefined && revision > (own.revision ?? 0)) void lookElsewhere(id);
  });
}

/**
 * Looks whether the tab that is shown was changed elsewhere: in another window, by a program, or in
 * its file. Called when the window gets the keyboard and when another window says so.
 */
async function lookElsewhere(id?: string): Promise<void> {
  const { documents, activeKey } = useWorkspace.getState();
  const isMeant = (one: OpenDocument): boolean =>
    id === undefined ? one.key === activeKey : one.id === id;
  const document = documents.find(isMeant);
  // A save of its own finds out by itself.
  if (
    document === undefined ||
    document.id === null ||
    running.has(document.key) ||
    conflictOf(document.key) !== null
  )
    return;
  try {
    const theirs = await client().request('documents.read', { id: document.id });
    const now = useWorkspace.getState().documents.find(({ key }) => key === document.key);
    const isNewer = theirs.revision > (now?.revision ?? Infinity);
    if (isNewer && !running.has(document.key)) meetVersion(document.key, theirs);
  } catch (thrown) {
    if (!['not-found', 'unavailable', 'timeout'].includes(asAppError(thrown).code))
      notifyError(thrown);
  }
}

function rememberTabs(): void {
  const { documents, activeKey, restored } = useWorkspace.getState();
  const { settings, loaded } = useSettings.getState();
  if (!loaded || !restored) return;
  const openDocuments = documents.flatMap((document) => document.id ?? []);
  const activeDocument = documents.find((document) => document.key === activeKey)?.id ?? null;
  const same =
    settings.activeDocument === activeDocument &&
    settings.openDocuments.join('\n') === openDocuments.join('\n');
  if (!same) changeSettings({ openDocuments, activeDocument });
}

/** Opens the tabs of the last session. One that is gone from the library is left out. */
export async function restoreTabs(): Promise<void> {
  const { openDocuments, activeDocument } = useSettings.getState().settings;
  const found = await Promise.allSettled(
    openDocuments.map((id) => client().request('documents.read', { id })),
  );
  for (const result of found) {
    if (result.status === 'fulfilled') openInTab(result.value);
    else if (asAppError(result.reason).code !== 'not-found') notifyError(result.reason);
  }
  const active = useWorkspace.getState().documents.find((tab) => tab.id === activeDocument);
  if (active !== undefined) activate(active.key);
  useWorkspace.setState({ restored: true });
}
