import { asAppError } from '#shared/base/errors.ts';
import { client } from '../client.ts';
import { notify, notifyError } from '../notices.ts';
import { changeSettings, useSettings } from '../settings.ts';
import { isDirty, type OpenDocument } from './open-document.ts';
import { activate, openInTab, updateDocumentIn, useWorkspace } from './workspace-store.ts';

const quietMs = 800;
const retryMs = 3000;

/**
 * Saves what changed once typing pauses, and at once when the window loses focus. One write runs
 * at a time for each document, so that revisions follow each other.
 */
export function startAutosave(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (delay = quietMs): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void saveAll(), delay);
  };
  const saveAll = async (): Promise<void> => {
    clearTimeout(timer);
    const results = await Promise.all(useWorkspace.getState().documents.map(save));
    if (results.includes('later')) soon(retryMs);
  };
  useWorkspace.subscribe((state, before) => {
    if (state.documents !== before.documents && state.documents.some(isDirty)) soon();
    rememberTabs();
  });
  window.addEventListener('blur', () => void saveAll());
  window.addEventListener('pagehide', () => void saveAll());
}

const running = new Set<string>();

async function save(document: OpenDocument): Promise<'done' | 'later'> {
  if (!isDirty(document)) return 'done';
  if (running.has(document.key)) return 'later';
  running.add(document.key);
  const text = document.parsed.text;
  try {
    const summary = await client().request('documents.write', {
      name: document.name,
      text,
      ...(document.id === null ? {} : { id: document.id }),
      ...(document.revision === null ? {} : { revision: document.revision }),
    });
    updateDocumentIn(document.key, (current) => ({
      ...current,
      id: summary.id,
      revision: summary.revision,
      savedText: text,
    }));
    return 'done';
  } catch (thrown) {
    return afterFailure(document, thrown);
  } finally {
    running.delete(document.key);
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
