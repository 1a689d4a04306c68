import { FolderOpen, LibraryBig, Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { isDirty, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import {
  activate,
  activateNext,
  updateDocumentIn,
  useWorkspace,
} from '#renderer/lib/workspace/workspace-store.ts';
import {
  compareConflict,
  keepMine,
  takeTheirs,
  useConflicts,
} from '#renderer/lib/workspace/conflict.ts';
import { showOverlay } from '#renderer/lib/navigation.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { closeDocument, createCircuit, openFile, renameTab, useRenaming } from './actions.ts';

/** The open circuits, one tab each, and ways to open more. */
export function DocumentTabs() {
  const documents = useWorkspace((state) => state.documents);
  const activeKey = useWorkspace((state) => state.activeKey);
  return (
    <div>
      <ConflictBar />
      <div className="document-bar">
        <div
          className="document-tabs"
          role="tablist"
          aria-label="Open circuits"
          onKeyDown={(event) => {
            if (event.target instanceof HTMLInputElement) return;
            if (event.key === 'ArrowRight') activateNext(1);
            else if (event.key === 'ArrowLeft') activateNext(-1);
            else if (event.key === 'F2') renameTab(activeKey);
            else if (event.key === 'Delete' && activeKey !== null) void closeDocument(activeKey);
          }}
        >
          {documents.map((document) => (
            <Tab key={document.key} document={document} isActive={document.key === activeKey} />
          ))}
        </div>
        <IconButton label="New circuit" onClick={() => createCircuit()}>
          <Plus size={15} />
        </IconButton>
        <IconButton
          label="Open an example or a saved circuit"
          onClick={() => showOverlay('gallery')}
        >
          <LibraryBig size={15} />
        </IconButton>
        <IconButton label="Open a file" onClick={() => void openFile()}>
          <FolderOpen size={15} />
        </IconButton>
      </div>
    </div>
  );
}

/** Says that the active circuit was changed in two places, until it is decided which one stays. */
function ConflictBar() {
  const activeKey = useWorkspace((state) => state.activeKey);
  const theirs = useConflicts((state) => (activeKey === null ? undefined : state[activeKey]));
  if (activeKey === null || theirs === undefined) return null;
  return (
    <div className="conflict-bar" role="alert">
      <p>“{theirs.name}” was changed elsewhere as well. Nothing is saved until you decide.</p>
      <Button onClick={() => compareConflict(activeKey)}>Compare</Button>
      <Button onClick={() => takeTheirs(activeKey)}>Take theirs</Button>
      <Button onClick={() => keepMine(activeKey)}>Keep mine</Button>
    </div>
  );
}

function Tab({ document, isActive }: { document: OpenDocument; isActive: boolean }) {
  const renaming = useRenaming((state) => state.key === document.key);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) frame.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isActive]);
  const state = isDirty(document) ? 'saving' : 'saved';
  if (renaming) return <Rename document={document} onDone={() => renameTab(null)} />;
  return (
    <div
      ref={frame}
      className="document-tab"
      role="presentation"
      data-active={isActive || undefined}
    >
      <button
        type="button"
        role="tab"
        aria-selected={isActive}
        tabIndex={isActive ? 0 : -1}
        title={`${document.name} (${state}). F2 or a double click renames it.`}
        onClick={() => activate(document.key)}
        onDoubleClick={() => renameTab(document.key)}
      >
        <span className="ellipsis">{document.name}</span>
        <span className="document-state" data-state={state} aria-hidden />
      </button>
      <button
        type="button"
        className="document-close"
        // A list of tabs may hold tabs only; the keyboard closes with Delete or the command.
        aria-hidden
        title={`Close ${document.name}`}
        tabIndex={-1}
        onClick={() => void closeDocument(document.key)}
      >
        <X size={13} />
      </button>
    </div>
  );
}

function Rename({ document, onDone }: { document: OpenDocument; onDone: () => void }) {
  const [name, setName] = useState(document.name);
  const save = (): void => {
    const next = name.trim();
    // Saved again under the new name, because a name belongs to the saved document.
    if (next !== '' && next !== document.name) {
      updateDocumentIn(document.key, (current) => ({ ...current, name: next, savedText: null }));
    }
    onDone();
  };
  return (
    <input
      className="field-input document-rename"
      aria-label="Name of the circuit"
      // The field replaces the tab that was double-clicked.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      maxLength={200}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        else if (event.key === 'Escape') onDone();
      }}
    />
  );
}
