import { create } from 'zustand';
import { type AppError, asAppError } from '#shared/base/errors.ts';
import type { DocumentSummary } from '#shared/ipc/library.ts';
import { client } from '#renderer/lib/client.ts';
import { announce, notifyError } from '#renderer/lib/notices.ts';
import { changeSettings, useSettings } from '#renderer/lib/settings.ts';
import { closeTab, useWorkspace } from '#renderer/lib/workspace/workspace-store.ts';
import { closeDocument } from './actions.ts';

interface LibraryState {
  /** Null until they were read. */
  readonly documents: readonly DocumentSummary[] | null;
  readonly error: AppError | null;
  /** What was removed last and can be put back. */
  readonly removed: DocumentSummary | null;
}

/** The circuits of the library, as main has them. */
export const useLibrary = create<LibraryState>(() => ({
  documents: null,
  error: null,
  removed: null,
}));

/** Reads the library and keeps up with it; the circuits opened last are remembered. */
export function followLibrary(): void {
  void loadLibrary();
  client().on('documents.changed', (summary) => {
    useLibrary.setState(({ documents }) => ({
      documents:
        documents === null ? null : [summary, ...documents.filter(({ id }) => id !== summary.id)],
    }));
  });
  client().on('documents.removed', ({ id }) => {
    useLibrary.setState(({ documents }) => ({
      documents: documents?.filter((one) => one.id !== id) ?? null,
    }));
  });
  client().onConnection((connected) => connected && void loadLibrary());
  useWorkspace.subscribe(({ documents, activeKey }) => {
    const id = documents.find(({ key }) => key === activeKey)?.id ?? null;
    if (id !== null) rememberRecent(id);
  });
}

export async function loadLibrary(): Promise<void> {
  try {
    useLibrary.setState({ documents: await client().request('documents.list', {}), error: null });
  } catch (thrown) {
    useLibrary.setState({ error: asAppError(thrown) });
  }
}

const remembered = 12;

function rememberRecent(id: string): void {
  const { settings, loaded } = useSettings.getState();
  if (!loaded || settings.recentDocuments[0] === id) return;
  const others = settings.recentDocuments.filter((one) => one !== id);
  changeSettings({ recentDocuments: [id, ...others].slice(0, remembered) });
}

/** All names of projects in alphabetical order: those that were made and those that circuits lie in. */
export function projectsOf(
  documents: readonly DocumentSummary[],
  made: readonly string[],
): readonly string[] {
  const names = new Set([...made, ...documents.map(({ project }) => project)]);
  names.delete('');
  return [...names].toSorted((a, b) => a.localeCompare(b));
}

/** The circuits of a project (null = all) whose names have all the words, the newest first. */
export function matching(
  documents: readonly DocumentSummary[],
  project: string | null,
  words: string,
): readonly DocumentSummary[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return documents
    .filter((one) => project === null || one.project === project)
    .filter((one) => wanted.every((word) => one.name.toLowerCase().includes(word)))
    .toSorted((a, b) => b.modifiedAt.localeCompare(a.modifiedAt));
}

async function attempt(work: () => Promise<string>): Promise<void> {
  try {
    announce(await work());
  } catch (thrown) {
    notifyError(thrown);
  }
}

export const renameCircuit = (id: string, name: string): Promise<void> =>
  attempt(async () => {
    await client().request('documents.change', { id, name });
    return `The circuit is called ${name} now.`;
  });

export const moveCircuit = (id: string, project: string): Promise<void> =>
  attempt(async () => {
    await client().request('documents.change', { id, project });
    return project === '' ? 'Moved out of its project.' : `Moved to ${project}.`;
  });

/** Removes a circuit; its tab is closed first, and the removal can be taken back. */
export const removeCircuit = (document: DocumentSummary): Promise<void> =>
  attempt(async () => {
    const tab = useWorkspace.getState().documents.find(({ id }) => id === document.id);
    if (tab !== undefined) await closeDocument(tab.key);
    await client().request('documents.remove', { id: document.id });
    if (tab !== undefined) closeTab(tab.key);
    useLibrary.setState({ removed: document });
    return `${document.name} removed. It can be put back.`;
  });

export const putBack = (document: DocumentSummary): Promise<void> =>
  attempt(async () => {
    useLibrary.setState({ removed: null });
    await client().request('documents.restore', { id: document.id });
    return `${document.name} is back.`;
  });

function made(): readonly string[] {
  return useSettings.getState().settings.projects;
}

/** An empty project; a name that there is already is the same project. */
export function createProject(name: string): void {
  const projects = projectsOf([], [...made(), name]);
  changeSettings({ projects: [...projects] });
  announce(`Project ${name} made.`);
}

/** Gives the project another name, or the name of one that there is: then they become one. */
export async function renameProject(from: string, to: string): Promise<void> {
  changeSettings({ projects: [...projectsOf([], [...made().filter((one) => one !== from), to])] });
  await moveAll(from, to);
  announce(`The project is called ${to} now.`);
}

/** Takes the project away; its circuits stay, in no project. */
export async function dissolveProject(name: string): Promise<void> {
  changeSettings({ projects: made().filter((one) => one !== name) });
  await moveAll(name, '');
  announce(`Project ${name} is gone; its circuits stay.`);
}

async function moveAll(from: string, project: string): Promise<void> {
  const inside = (useLibrary.getState().documents ?? []).filter((one) => one.project === from);
  try {
    for (const { id } of inside) await client().request('documents.change', { id, project });
  } catch (thrown) {
    notifyError(thrown);
  }
}
