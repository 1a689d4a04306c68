import { Folder, FolderPlus, Library, MoreHorizontal } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { DocumentSummary } from '#shared/ipc/library.ts';
import { formatDate } from '#renderer/lib/format.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { useRowWindow } from '#renderer/lib/virtual-rows.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { Menu } from '#renderer/ui/menu.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { createCircuit, openFromLibrary } from './actions.ts';
import {
  createProject,
  dissolveProject,
  loadLibrary,
  matching,
  moveCircuit,
  projectsOf,
  putBack,
  removeCircuit,
  renameCircuit,
  renameProject,
  useLibrary,
} from './library.ts';
import { NameForm } from './name-form.tsx';

type Naming =
  | { readonly kind: 'new-project' }
  | { readonly kind: 'project'; readonly name: string }
  | { readonly kind: 'circuit'; readonly id: string }
  | null;

interface LibraryBrowserProps {
  readonly onOpen: () => void;
  /** What is looked for, here and among templates and examples beside it. */
  readonly words: string;
  readonly onWords: (words: string) => void;
}

/** The circuits of the library by project: open, search, rename, move and remove them. */
export function LibraryBrowser({ onOpen, words, onWords }: LibraryBrowserProps) {
  const documents = useLibrary((state) => state.documents);
  const error = useLibrary((state) => state.error);
  const made = useSettings((state) => state.settings.projects);
  const [project, setProject] = useState<string | null>(null);
  const [naming, setNaming] = useState<Naming>(null);
  if (error !== null) return <ErrorState error={error} onRetry={() => void loadLibrary()} />;
  if (documents === null) return <Skeleton lines={4} />;
  const projects = projectsOf(documents, made);
  const shown = project === null || project === '' || projects.includes(project) ? project : null;
  const found = matching(documents, shown, words);
  const count = (name: string): number => documents.filter((one) => one.project === name).length;
  const choose = (name: string | null, title: string, number: number, icon: ReactNode) => (
    <button
      key={title}
      type="button"
      className="project"
      aria-pressed={shown === name}
      onClick={() => setProject(name)}
    >
      {icon}
      <span className="ellipsis" title={title}>
        {title}
      </span>
      <span className="muted number">{number}</span>
    </button>
  );
  return (
    <div className="library">
      <nav className="projects" aria-label="Projects">
        {choose(null, 'All circuits', documents.length, <Library size={14} />)}
        {projects.map((name) => choose(name, name, count(name), <Folder key="f" size={14} />))}
        {naming?.kind === 'new-project' ? (
          <NameForm
            label="Name of the project"
            initial=""
            onDone={(name) => {
              setNaming(null);
              if (name === null) return;
              createProject(name);
              setProject(name);
            }}
          />
        ) : (
          <Button
            icon={<FolderPlus size={14} />}
            onClick={() => setNaming({ kind: 'new-project' })}
          >
            New project
          </Button>
        )}
      </nav>
      <div className="library-circuits">
        <div className="library-tools">
          <input
            type="search"
            className="field-input"
            aria-label="Search circuits, templates and examples"
            placeholder="Search circuits, templates and examples"
            value={words}
            onChange={(event) => onWords(event.target.value)}
          />
          {shown === null || shown === '' ? null : (
            <ProjectTools
              name={shown}
              isNaming={naming?.kind === 'project'}
              onNaming={() => setNaming({ kind: 'project', name: shown })}
              onNamed={(name) => {
                setNaming(null);
                if (name === null) return;
                void renameProject(shown, name);
                setProject(name);
              }}
              onOpen={onOpen}
            />
          )}
        </div>
        <Removed />
        {found.length === 0 ? (
          <p className="muted">
            {documents.length === 0
              ? 'No saved circuit yet. What you draw is saved here by itself.'
              : words.trim() === ''
                ? 'This project has no circuit yet.'
                : 'No circuit here has these words.'}
          </p>
        ) : (
          <Rows
            documents={found}
            projects={projects}
            naming={naming?.kind === 'circuit' ? naming.id : null}
            onNaming={(id) => setNaming(id === null ? null : { kind: 'circuit', id })}
            onOpen={onOpen}
          />
        )}
      </div>
    </div>
  );
}

interface ProjectToolsProps {
  readonly name: string;
  readonly isNaming: boolean;
  readonly onNaming: () => void;
  readonly onNamed: (name: string | null) => void;
  readonly onOpen: () => void;
}

function ProjectTools({ name, isNaming, onNaming, onNamed, onOpen }: ProjectToolsProps) {
  if (isNaming) return <NameForm label="Name of the project" initial={name} onDone={onNamed} />;
  return (
    <>
      <Button
        onClick={() => {
          onOpen();
          createCircuit(name);
        }}
      >
        New circuit here
      </Button>
      <Button onClick={onNaming}>Rename</Button>
      <Button title="Its circuits stay" onClick={() => void dissolveProject(name)}>
        Dissolve
      </Button>
    </>
  );
}

/** Offers to put back what was removed last. */
function Removed() {
  const removed = useLibrary((state) => state.removed);
  if (removed === null) return null;
  return (
    <p className="library-removed" role="status">
      “{removed.name}” was removed.
      <Button onClick={() => void putBack(removed)}>Put it back</Button>
    </p>
  );
}

const rowHeight = 36;

interface RowsProps {
  readonly documents: readonly DocumentSummary[];
  readonly projects: readonly string[];
  readonly naming: string | null;
  readonly onNaming: (id: string | null) => void;
  readonly onOpen: () => void;
}

interface OpenMenu {
  readonly of: DocumentSummary;
  readonly at: { readonly x: number; readonly y: number };
  readonly host: HTMLElement;
}

/** Only the rows that are seen are in the page. */
function Rows({ documents, projects, naming, onNaming, onOpen }: RowsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { first, end } = useRowWindow(frame, documents.length, rowHeight);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const one = documents[index];
    if (event.key === 'ArrowDown') focusRow(frame.current, index + 1);
    else if (event.key === 'ArrowUp') focusRow(frame.current, index - 1);
    else if (event.key === 'F2' && one !== undefined) onNaming(one.id);
    else if (event.key === 'Delete' && one !== undefined) void removeCircuit(one);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const closeMenu = (): void => setMenu(null);
  return (
    <div className="library-rows" ref={frame}>
      <ul
        aria-label="Circuits"
        style={{ height: documents.length * rowHeight }}
        className="library-list"
      >
        {documents.slice(first, end).map((one, offset) => (
          <li
            key={one.id}
            style={{ top: (first + offset) * rowHeight }}
            aria-posinset={first + offset + 1}
            aria-setsize={documents.length}
          >
            {naming === one.id ? (
              <NameForm
                label="Name of the circuit"
                initial={one.name}
                onDone={(name) => {
                  onNaming(null);
                  if (name !== null) void renameCircuit(one.id, name);
                }}
              />
            ) : (
              <>
                <button
                  type="button"
                  className="library-row"
                  data-row={first + offset}
                  title={`${one.name}. F2 renames, Delete removes.`}
                  onClick={() => {
                    onOpen();
                    void openFromLibrary(one.id);
                  }}
                  onKeyDown={(event) => onKeyDown(event, first + offset)}
                >
                  <span className="ellipsis">{one.name}</span>
                  <span className="muted ellipsis library-project">{one.project}</span>
                  <span className="muted">{formatDate(one.modifiedAt)}</span>
                </button>
                <IconButton
                  label={`Actions for ${one.name}`}
                  onClick={({ currentTarget }) => {
                    const box = currentTarget.getBoundingClientRect();
                    // A dialog lies over the page; its menu has to lie in it.
                    const host = currentTarget.closest('dialog') ?? document.body;
                    setMenu({ of: one, at: { x: box.left - 240, y: box.bottom }, host });
                  }}
                >
                  <MoreHorizontal size={14} />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
      {menu === null
        ? null
        : createPortal(
            <Menu
              label={`Actions for ${menu.of.name}`}
              at={menu.at}
              onClose={closeMenu}
              items={[
                { id: 'rename', title: 'Rename', keys: 'F2', run: () => onNaming(menu.of.id) },
                ...['', ...projects]
                  .filter((name) => name !== menu.of.project)
                  .map((name) => ({
                    id: `move-${name}`,
                    title: name === '' ? 'Take out of the project' : `Move to ${name}`,
                    run: () => void moveCircuit(menu.of.id, name),
                  })),
                {
                  id: 'remove',
                  title: 'Remove',
                  keys: 'Del',
                  run: () => void removeCircuit(menu.of),
                },
              ]}
            />,
            menu.host,
          )}
    </div>
  );
}

function focusRow(frame: HTMLElement | null, index: number): void {
  frame?.scrollTo({ top: Math.max(0, (index - 2) * rowHeight) });
  // The row may come into the page only after the scroll was seen.
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      frame?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus(),
    ),
  );
}
