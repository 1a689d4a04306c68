import { create } from 'zustand';
import type { CircuitEdit } from '#shared/circuit/edit.ts';
import type { TextEdit } from '#shared/qasm/document.ts';
import type { Beside, ParameterSetting } from './beside.ts';
import type { Mark } from './marks.ts';
import { announce, notify, notifyError } from '../notices.ts';
import { differenceOf } from './history.ts';
import {
  type EditFacts,
  type DocumentSource,
  editCircuit,
  editMarks,
  editParameter,
  editStatements,
  editText,
  isStale,
  newDocumentText,
  type OpenDocument,
  openDocument,
  redo,
  undo,
} from './open-document.ts';
import { carryPlaces } from './places.ts';

interface WorkspaceState {
  /** In the order of the tabs. */
  readonly documents: readonly OpenDocument[];
  readonly activeKey: string | null;
  /** Whether the tabs of the last session were looked for. */
  readonly restored: boolean;
}

/** The open circuits. */
export const useWorkspace = create<WorkspaceState>(() => ({
  documents: [],
  activeKey: null,
  restored: false,
}));

export function activeOf(state: WorkspaceState): OpenDocument | null {
  return state.documents.find((document) => document.key === state.activeKey) ?? null;
}

/** The circuit that the panels show; null where none is open. */
export function useActiveDocument(): OpenDocument | null {
  return useWorkspace(activeOf);
}

export function activeDocument(): OpenDocument | null {
  return activeOf(useWorkspace.getState());
}

/** Opens a text in a new tab, or goes to the tab that already holds the library document. */
export function openInTab(source: Omit<DocumentSource, 'key'>): void {
  useWorkspace.setState((state) => {
    const open = state.documents.find(
      (document) => source.id !== undefined && document.id === source.id,
    );
    if (open !== undefined) return { activeKey: open.key };
    const document = openDocument({ ...source, key: crypto.randomUUID() });
    return { documents: [...state.documents, document], activeKey: document.key };
  });
}

/** A new, empty circuit of three qubits under a name that is not taken. */
export function openNew(project = ''): void {
  const names = new Set(useWorkspace.getState().documents.map((document) => document.name));
  let number = 1;
  while (names.has(`Circuit ${number}`)) number += 1;
  openInTab({ name: `Circuit ${number}`, text: newDocumentText, project });
}

export function activate(key: string): void {
  useWorkspace.setState({ activeKey: key });
}

/** Goes to the next tab, or the one before; behind the last comes the first. */
export function activateNext(by: 1 | -1): void {
  useWorkspace.setState(({ documents, activeKey }) => {
    const index = documents.findIndex((document) => document.key === activeKey);
    const next = documents[(index + by + documents.length) % documents.length];
    return next === undefined ? {} : { activeKey: next.key };
  });
}

/** Takes the tab away; the neighbour becomes active. */
export function closeTab(key: string): void {
  useWorkspace.setState((state) => {
    const index = state.documents.findIndex((document) => document.key === key);
    const documents = state.documents.filter((document) => document.key !== key);
    const neighbour = documents[Math.min(index, documents.length - 1)]?.key ?? null;
    return { documents, activeKey: state.activeKey === key ? neighbour : state.activeKey };
  });
}

/** Replaces one document by what `change` makes of it. */
export function updateDocumentIn(
  key: string,
  change: (document: OpenDocument) => OpenDocument,
): void {
  useWorkspace.setState((state) => ({
    documents: state.documents.map((document) =>
      document.key === key ? carryPlaces(document, change(document)) : document,
    ),
  }));
}

/** Typing in the text of the tab. */
export function typeInto(key: string, edits: readonly TextEdit[]): void {
  updateDocumentIn(key, (document) => editText(document, edits, Date.now()));
}

/** Edits the active circuit; false, with a message, where its text has errors. */
export function changeCircuit(
  edits: readonly CircuitEdit[],
  label: string,
  selection: readonly number[] = [],
  facts: EditFacts = {},
): boolean {
  const document = activeDocument();
  if (document === null || edits.length === 0) return false;
  if (isStale(document)) {
    notify('warning', 'The text has errors. Mend them before editing the drawing.');
    return false;
  }
  try {
    const changed = editCircuit(document, edits, label, Date.now(), facts);
    updateDocumentIn(document.key, () => ({ ...changed, selection }));
    announce(label);
    return true;
  } catch (thrown) {
    notifyError(thrown);
    return false;
  }
}

/** Edits statements of the active document from the drawing; what would break the text is refused. */
export function changeStatements(edits: readonly TextEdit[], label: string): boolean {
  const document = activeDocument();
  if (document === null || edits.length === 0) return false;
  const changed = editStatements(document, edits, label, Date.now());
  const problem = changed.parsed.diagnostics.find(({ severity }) => severity === 'error');
  if (problem !== undefined) {
    notify('warning', `This cannot be done from the drawing: ${problem.message}`);
    return false;
  }
  updateDocumentIn(document.key, () => changed);
  announce(label);
  return true;
}

/** Sets notes, displays and places of the active circuit anew; one undo step. */
export function changeMarks(
  change: (marks: readonly Mark[]) => readonly Mark[],
  label: string,
): void {
  const document = activeDocument();
  if (document === null) return;
  const changed = editMarks(document, change(document.beside.marks), label, Date.now());
  updateDocumentIn(document.key, () => changed);
  announce(label);
}

/** Sets value and range of a named parameter. */
export function changeParameter(key: string, name: string, setting: ParameterSetting): void {
  updateDocumentIn(key, (document) => editParameter(document, name, setting, Date.now()));
}

/** Changes how a circuit is seen, or carries the setting of a parameter to another name; no step of undo. */
export function changeBeside(
  key: string,
  change: (beside: Beside) => Partial<Omit<Beside, 'marks'>>,
): void {
  updateDocumentIn(key, (document) => ({
    ...document,
    beside: { ...document.beside, ...change(document.beside) },
  }));
}

export function select(selection: readonly number[]): void {
  const document = activeDocument();
  if (document === null || sameNumbers(document.selection, selection)) return;
  updateDocumentIn(document.key, (current) => ({ ...current, selection }));
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

export function undoActive(): void {
  walkActive(undo, 'Undone');
}

export function redoActive(): void {
  walkActive(redo, 'Done again');
}

function walkActive(step: (document: OpenDocument) => OpenDocument | null, word: string): void {
  const document = activeDocument();
  const changed = document === null ? null : step(document);
  if (document === null || changed === null) return;
  updateDocumentIn(document.key, () => changed);
  announce(`${word}.`);
}

/** Replaces what differs of a tab's text, as one step of undo; false where nothing differs. */
export function replaceText(key: string, text: string, label: string): boolean {
  const document = useWorkspace.getState().documents.find((open) => open.key === key);
  const edit = document === undefined ? null : differenceOf(document.parsed.text, text);
  if (edit === null) return false;
  updateDocumentIn(key, (current) => editStatements(current, [edit], label, Date.now()));
  return true;
}

/** Changes the folds or breakpoints of the active document, and has them saved. */
export function changePlaces(change: (document: OpenDocument) => OpenDocument): void {
  const document = activeDocument();
  if (document === null) return;
  updateDocumentIn(document.key, change);
}
