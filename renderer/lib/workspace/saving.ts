import { asAppError } from '#shared/base/errors.ts';
import { client } from '../client.ts';
import { notify, notifyError } from '../notices.ts';
import { changeSettings, useSettings } from '../settings.ts';
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
  if (document === undefined || !isDirty(document)) return 'done';
  const draft = draftOf(document);
  try {
    const summary = await client().request('documents.write', draft);
    updateDocumentIn(key, (current) => ({
      ...current,
      id: summary.id,
      revision: summary.revision,
      savedText: draft.text,
      savedBeside: document.beside,
    }));
    return 'again';
  } catch (thrown) {
    return afterFailure(document, thrown);
  }
}

function afterFailure(document: OpenDocument, thrown: unknown): 'done' | 'later' {
  const error = asAppError(thrown);
  if (error.code === 'unavailable' || error.code === 'timeout') return 'later';
  if (error.code !== 'conflict') {
    notifyError(error);
    return 'done';
  }
  // Someone else saved it meanwhile: keep both, under a new id, so that no text is lost.
  notify('warning', `“${document.name}” was changed elsewhere. Your version is kept as a copy.`);
  updateDocumentIn(document.key, (current) => ({
    ...current,
    id: null,
    revision: null,
    name: `${current.name} (copy)`,
    savedText: null,
  }));
  return 'later';
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
