import type { Command } from '#renderer/lib/commands.ts';
import { showOverlay, useNavigation } from '#renderer/lib/navigation.ts';
import { compareConflict, conflictOf } from '#renderer/lib/workspace/conflict.ts';
import { compareWithVersion, keepVersion } from '#renderer/lib/workspace/versions.ts';
import {
  activateNext,
  activeDocument,
  redoActive,
  undoActive,
} from '#renderer/lib/workspace/workspace-store.ts';
import {
  closeDocument,
  convertActive,
  createCircuit,
  downloadActive,
  openFile,
  renameTab,
} from './actions.ts';

/** A circuit that is seen: in another workspace its keys would change what nobody looks at. */
const isOpen = (): boolean =>
  activeDocument() !== null && useNavigation.getState().workspace === 'circuits';
/** Undo in a text field of its own belongs to that field. */
const isNotInField = (): boolean =>
  isOpen() && document.activeElement?.matches('input:not([type=range]),textarea') !== true;

function command(
  id: string,
  title: string,
  shortcut: string | null,
  run: () => void,
  when: () => boolean = () => true,
): Command {
  const keys = shortcut === null ? {} : { shortcut, whileTyping: true };
  return { id: `document.${id}`, title, group: 'Document', ...keys, when, run };
}

/** A document in the older language. */
function isOlder(): boolean {
  return isOpen() && activeDocument()?.parsed.language === 2;
}

function closeActive(): void {
  const active = activeDocument();
  if (active !== null) void closeDocument(active.key);
}

function renameActive(): void {
  renameTab(activeDocument()?.key ?? null);
}

function hasConflict(): boolean {
  const active = activeDocument();
  return isOpen() && active !== null && conflictOf(active.key) !== null;
}

function decideActive(): void {
  const active = activeDocument();
  if (active !== null) compareConflict(active.key);
}

/** What can be done with documents by key or palette. */
export const documentCommands: readonly Command[] = [
  command('new', 'New circuit', 'Alt+N', () => createCircuit()),
  command('open-file', 'Open a file…', 'Mod+O', () => void openFile()),
  command('gallery', 'Open a circuit, a template or an example…', 'Alt+G', () =>
    showOverlay('gallery'),
  ),
  command('download', 'Save as an OpenQASM file', 'Mod+S', downloadActive, isOpen),
  command('rename', 'Rename the circuit', null, renameActive, isOpen),
  command('keep', 'Keep this version to compare with', 'Mod+Shift+S', keepVersion, isOpen),
  command(
    'compare',
    'Compare with the version that was kept',
    'Mod+Shift+E',
    compareWithVersion,
    isOpen,
  ),
  command('convert', 'Convert to OpenQASM 3', null, () => void convertActive(), isOlder),
  command('problems', 'Problems in the text', 'Mod+Shift+M', () => showOverlay('problems'), isOpen),
  command('conflict', 'Decide between two versions…', 'Alt+V', decideActive, hasConflict),
  command('close', 'Close the tab', 'Alt+W', closeActive, isOpen),
  command('undo', 'Undo', 'Mod+Z', undoActive, isNotInField),
  command('redo', 'Redo', 'Mod+Shift+Z', redoActive, isNotInField),
  command('redo-second', 'Redo (second key)', 'Mod+Y', redoActive, isNotInField),
  command('next', 'Next tab', 'Mod+PageDown', () => activateNext(1), isOpen),
  command('previous', 'Previous tab', 'Mod+PageUp', () => activateNext(-1), isOpen),
  // In a browser the keys above belong to the browser's own tabs.
  command('next-second', 'Next tab (second key)', 'Alt+PageDown', () => activateNext(1), isOpen),
  command(
    'previous-second',
    'Previous tab (second key)',
    'Alt+PageUp',
    () => activateNext(-1),
    isOpen,
  ),
];
