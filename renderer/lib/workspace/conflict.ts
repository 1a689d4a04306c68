import { create } from 'zustand';
import type { CircuitDocument } from '#shared/ipc/library.ts';
import { announce, notify } from '../notices.ts';
import { closeComparison, showComparison } from './comparison.ts';
import { followBeside, isDirty, type OpenDocument } from './open-document.ts';
import { withVersion } from './versions.ts';
import { activeDocument, replaceText, updateDocumentIn, useWorkspace } from './workspace-store.ts';

/** Versions from elsewhere that wait for a decision, by the key of the tab. */
export const useConflicts = create<Readonly<Record<string, CircuitDocument>>>(() => ({}));

export function conflictOf(key: string): CircuitDocument | null {
  return useConflicts.getState()[key] ?? null;
}

/**
 * Another window, program or file has a newer version. A tab without changes of its own takes it; else
 * both stay until it is decided.
 */
export function meetVersion(key: string, theirs: CircuitDocument): void {
  const document = findTab(key);
  if (document === undefined) return;
  if (document.parsed.text === theirs.text) {
    follow(key, theirs);
    return;
  }
  if (!isDirty(document)) {
    replaceText(key, theirs.text, 'Changed elsewhere');
    follow(key, theirs);
    notify(
      'info',
      `“${theirs.name}” was changed elsewhere. You see the newer version; undo shows yours.`,
    );
    return;
  }
  useConflicts.setState({ [key]: theirs });
  announce(`${document.name} was changed elsewhere as well.`);
  if (activeDocument()?.key === key) compareConflict(key);
}

/** The tab stands at their revision, with their text as the saved one. */
function follow(key: string, { revision, text, name, sidecar }: CircuitDocument): void {
  updateDocumentIn(key, (current) =>
    followBeside({ ...current, name, revision, savedText: text }, sidecar),
  );
}

/** Shows both versions and asks which one to go on with. */
export function compareConflict(key: string): void {
  const document = findTab(key);
  const theirs = conflictOf(key);
  if (document === undefined || theirs === null) return;
  showComparison({
    title: `“${document.name}” was changed in two places`,
    note: 'Nothing is saved until you decide. Left: the version from elsewhere. Right: yours.',
    before: { label: 'From elsewhere', text: theirs.text },
    after: { label: 'Yours', text: document.parsed.text },
    choices: [
      {
        label: 'Take theirs',
        hint: 'Undo brings yours back.',
        run: () => takeTheirs(key),
      },
      {
        label: 'Keep mine',
        hint: 'Theirs stays as the version to compare with.',
        run: () => keepMine(key),
      },
    ],
  });
}

/** The text becomes theirs, as a step that undo takes back. */
export function takeTheirs(key: string): void {
  const theirs = conflictOf(key);
  if (theirs === null) return;
  settle(key);
  replaceText(key, theirs.text, 'Took the version from elsewhere');
  follow(key, theirs);
}

/** Mine is saved over theirs, which stays at hand as the version to compare with. */
export function keepMine(key: string): void {
  const theirs = conflictOf(key);
  if (theirs === null) return;
  settle(key);
  updateDocumentIn(key, (current) => ({
    ...withVersion(current, { label: 'The version from elsewhere', text: theirs.text }),
    revision: theirs.revision,
    savedText: theirs.text,
  }));
}

function settle(key: string): void {
  useConflicts.setState(
    Object.fromEntries(Object.entries(useConflicts.getState()).filter(([one]) => one !== key)),
    true,
  );
  closeComparison();
}

function findTab(key: string): OpenDocument | undefined {
  return useWorkspace.getState().documents.find((document) => document.key === key);
}
