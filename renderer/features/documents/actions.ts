import { create } from 'zustand';
import { openableExtensions, openAsDocument } from '#shared/qasm/importers/open.ts';
import { chooseTextFile, downloadText, fileNameOf } from '#renderer/lib/download.ts';
import { client } from '#renderer/lib/client.ts';
import { goTo } from '#renderer/lib/navigation.ts';
import { announce, notify, notifyError } from '#renderer/lib/notices.ts';
import { isDirty } from '#renderer/lib/workspace/open-document.ts';
import { save } from '#renderer/lib/workspace/saving.ts';
import {
  activeDocument,
  closeTab,
  openInTab,
  openNew,
  replaceText,
  useWorkspace,
} from '#renderer/lib/workspace/workspace-store.ts';
import type { Template } from './templates.ts';

/** A new circuit, in the workspace where it can be seen. */
export function createCircuit(project = ''): void {
  openNew(project);
  goTo('circuits');
}

/** Lets the user choose a file and opens it as a new document of the library. */
export async function openFile(): Promise<void> {
  try {
    const file = await chooseTextFile([...openableExtensions, 'text/plain'].join(','));
    if (file !== null) openText(file.name, file.text);
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Opens a text under the name of its file; another format becomes a document of OpenQASM 3. */
function openText(fileName: string, text: string): void {
  const opened = openAsDocument(fileName, text);
  openInTab({ name: fileName.replace(/\.[A-Za-z0-9]{2,5}$/, '') || 'Circuit', text: opened.text });
  if (opened.losses.length > 0) {
    const left = opened.losses.map(({ what }) => what).join(', ');
    notify('info', `Read as ${opened.from}. The circuit leaves out: ${left}.`);
  }
  goTo('circuits');
}

/** A new circuit that begins as a template. */
export function createFrom({ title, text }: Template): void {
  openInTab({ name: title, text });
  goTo('circuits');
}

export async function openExample(id: string): Promise<void> {
  try {
    const example = await client().request('examples.read', { id });
    openInTab({ name: example.name, text: example.text, isExample: true });
    goTo('circuits');
  } catch (thrown) {
    notifyError(thrown);
  }
}

export async function openFromLibrary(id: string): Promise<void> {
  try {
    openInTab(await client().request('documents.read', { id }));
    goTo('circuits');
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Goes to what is opened from outside: a double click on a file, the command line. */
export function followOpened(): void {
  client().on('documents.opened', ({ id }) => void openFromLibrary(id));
}

/** The tab whose name is being typed. */
export const useRenaming = create<{ readonly key: string | null }>(() => ({ key: null }));

export function renameTab(key: string | null): void {
  useRenaming.setState({ key });
}

/** The active document as an OpenQASM file. */
export function downloadActive(): void {
  const document = activeDocument();
  if (document === null) return;
  downloadText(`${fileNameOf(document.name)}.qasm`, 'text/plain', document.parsed.text);
}

/** The active OpenQASM 2 document as OpenQASM 3, comments included; one step of undo. */
export async function convertActive(): Promise<void> {
  const document = activeDocument();
  if (document === null || document.parsed.language !== 2) return;
  try {
    // Not needed before the first paint.
    const { toOpenQasm3 } = await import('#shared/qasm/convert.ts');
    if (replaceText(document.key, toOpenQasm3(document.parsed), 'Converted to OpenQASM 3')) {
      announce('The document is OpenQASM 3 now. Undo brings the older text back.');
    }
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Closes a tab; what is not saved yet is saved first, and the tab stays where that fails. */
export async function closeDocument(key: string): Promise<void> {
  const find = () => useWorkspace.getState().documents.find((open) => open.key === key);
  const document = find();
  if (document === undefined) return;
  if (isDirty(document)) {
    await save(key);
    const after = find();
    if (after !== undefined && isDirty(after)) {
      notify('warning', `“${after.name}” is not saved yet. Close it again once it is.`);
      return;
    }
  }
  closeTab(key);
}

/** Takes circuits that are dropped anywhere on the window. Returns what ends it. */
export function acceptDroppedCircuits(): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  window.addEventListener(
    'dragover',
    (event) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    },
    { signal },
  );
  window.addEventListener('drop', (event) => void dropped(event), { signal });
  return () => listeners.abort();
}

async function dropped(event: DragEvent): Promise<void> {
  const files = Array.from(event.dataTransfer?.files ?? []);
  // A place that takes files itself, such as the data page, has handled the event already.
  if (files.length === 0 || event.defaultPrevented) return;
  event.preventDefault();
  for (const file of files) {
    if (!openableExtensions.some((one) => file.name.toLowerCase().endsWith(one))) {
      const known = openableExtensions.join(', ');
      notify('warning', `“${file.name}” is no circuit. Drop a file that ends with ${known}.`);
      continue;
    }
    try {
      openText(file.name, await file.text());
    } catch (thrown) {
      notifyError(thrown);
    }
  }
}
