import { partMembers } from '#shared/circuit/blocks.ts';
import { type Circuit, nameOfIndex, type Operation } from '#shared/circuit/circuit.ts';
import { unreachable } from '#shared/base/assert.ts';
import { groupEdits, ungroupEdits } from '#shared/circuit/custom-gates.ts';
import { gateById } from '#shared/gates/registry.ts';
import { announce, notify } from '#renderer/lib/notices.ts';
import { stopRun } from '#renderer/lib/run.ts';
import { revealInText } from '#renderer/lib/reveal.ts';
import { stepBy, stopStepping } from '#renderer/lib/stepping.ts';
import { drawnColumns } from '#renderer/lib/workspace/columns.ts';
import { activeDocument, changeCircuit, select } from '#renderer/lib/workspace/workspace-store.ts';
import { placeInsideInHand, removeInsideInHand, takeInside, openInHand } from './block-actions.ts';
import { useDesigner } from './designer-store.ts';
import type { Outcome } from './gestures.ts';
import { isDelay, placeDelay } from './statement-actions.ts';
import { cardOf } from './card.ts';
import { askForDisplay, placeDisplay } from './display-actions.ts';
import { copyBy, copyInHand, fillTo } from './copy-actions.ts';
import { attempt, carryOut, designerTarget, indicesInHand, showCell } from './hand.ts';
import { indicesBetween } from './hit.ts';
import { nameOfOperation } from './labels.ts';
import { type PaletteItem, titleOfItem } from './palette-items.ts';
import type { Cell } from './plan.ts';
import { planControl } from './plan-controls.ts';
import { planAddQubit, planLeg, planMove, planPlacing, planRemoveQubit } from './planning.ts';
import { controlOn, planControlValue } from './plan-controls.ts';
import { planMoveWire } from './plan-wires.ts';
import { fitTo, zoomAt } from './viewport.ts';

/** Puts something on the wires, under the controls that were marked; gives the column it stands in. */
function place(item: PaletteItem, cell: Cell): number | null {
  const target = designerTarget();
  if (target === null) return null;
  if (item.kind === 'display') {
    placeDisplay(item.show, cell);
    return null;
  }
  if (placeInsideInHand(item, cell)) return null;
  const { marks } = useDesigner.getState();
  const where = nameOfIndex(target.circuit.qubitRegisters, cell.row);
  const label = `${titleOfItem(item)} placed on ${where}`;
  const done =
    item.kind === 'delay'
      ? placeDelay(target.circuit, cell, target.columns)
      : attempt(() =>
          carryOut(planPlacing(target.circuit, item, cell, marks, target.columns), `${label}.`),
        );
  if (!done) return null;
  useDesigner.setState({ marks: [] });
  const column = columnInHand();
  if (column !== null) announce(`${label}, column ${column + 1}.`);
  revealPlaced();
  return column;
}

/** Where the first operation of the selection is drawn. */
function columnInHand(): number | null {
  const document = activeDocument();
  const index = document?.selection[0];
  if (document === null || index === undefined) return null;
  return drawnColumns(document).columns[index] ?? null;
}

/** Shows the new statement in the text, which may be long. */
function revealPlaced(): void {
  const document = activeDocument();
  const origin = document?.drawn.operations[document.selection[0] ?? -1]?.origin;
  if (origin === undefined) return;
  // The editor has the new text only once the window is drawn again.
  setTimeout(() => revealInText({ ...origin, takesFocus: false }), 0);
}

/** Puts it where the keyboard's cursor is, and moves the cursor behind it. */
export function placeAtCursor(item: PaletteItem): void {
  const target = designerTarget();
  if (target === null) return;
  const { cursor } = useDesigner.getState();
  const row = Math.min(cursor.row, target.layout.qubitCount - 1);
  const column = place(item, { row, column: cursor.column });
  // Inside a block the new statement is in hand, so that the next one goes behind it.
  if (column === null || item.kind === 'control') return;
  moveCursor(0, column + 1 - cursor.column);
}

export function finish(outcome: Outcome): void {
  const target = designerTarget();
  if (target === null) return;
  const { circuit, layout, selection } = target;
  switch (outcome.kind) {
    case 'nothing':
      return;
    case 'click':
      click(outcome, selection);
      return;
    case 'move':
      if (isBlockAmong(circuit, selection)) return;
      carryOut(planMove(circuit, selection, outcome, target.columns), 'Moved.');
      return;
    case 'copy':
      copyBy(selection, outcome.rows, outcome.columns);
      return;
    case 'fill':
      fillTo(selection, outcome.rows, outcome.columns);
      return;
    case 'leg':
      if (outcome.from !== outcome.to) {
        carryOut(
          planLeg(circuit, outcome.index, outcome.from, outcome.to),
          'Taken to another wire.',
        );
      }
      return;
    case 'display':
      useDesigner.setState({ cursor: outcome.at });
      askForDisplay(outcome.at);
      return;
    case 'remove':
      removeInHand();
      return;
    case 'remove-leg':
      setControl(outcome.index, outcome.row, null);
      return;
    case 'control':
      if (outcome.row < layout.qubitCount) setControl(outcome.index, outcome.row, 1);
      return;
    case 'wire':
      takeWire(outcome, layout.qubitCount - 1);
      return;
    case 'rubber': {
      const inside = indicesBetween(layout, outcome.from, outcome.to);
      select(outcome.adds ? union(selection, inside) : inside);
      return;
    }
    case 'place':
      place(outcome.item, outcome.at);
      return;
    default:
      unreachable(outcome);
  }
}

/** Says so where a loop, a box or a call would have to be written out to be moved. */
function isBlockAmong(circuit: Circuit, indices: readonly number[]): boolean {
  const has = indices.some((index) => circuit.operations[index]?.origin?.inside !== undefined);
  if (has) {
    notify('warning', 'Loops, boxes and calls are moved in the text: Alt+T goes to the statement.');
  }
  return has;
}

/** Makes a wire the control or anti-control of a gate, or neither. */
function setControl(index: number, row: number, value: 0 | 1 | null): void {
  const target = designerTarget();
  if (target === null) return;
  const wire = nameOfIndex(target.circuit.qubitRegisters, row);
  const what = value === null ? 'no control' : value === 1 ? 'a control' : 'an anti-control';
  carryOut(planControlValue(target.circuit, index, row, value), `${wire} is now ${what}.`);
}

/** A click on the dot of a gate that was in hand already turns the control round. */
function turnControl({ hit, wasSelected }: Extract<Outcome, { kind: 'click' }>): boolean {
  const index = hit.glyph?.index;
  const operation = designerTarget()?.circuit.operations[index ?? -1];
  if (index === undefined || hit.leg === null || !wasSelected) return false;
  const value = operation?.kind === 'gate' ? controlOn(operation, hit.leg) : null;
  if (value === null) return false;
  setControl(index, hit.leg, value === 1 ? 0 : 1);
  return true;
}

/** A click on a wire's name takes the cursor there; a drag takes the wire along. */
function takeWire({ from, to }: Extract<Outcome, { kind: 'wire' }>, last: number): void {
  const target = designerTarget();
  const row = Math.min(to, last);
  const plan = target === null ? null : planMoveWire(target.circuit, from, row);
  const done = plan !== null && carryOut(plan, 'Wire moved.');
  useDesigner.setState(({ cursor }) => ({ cursor: { ...cursor, row: done ? row : from } }));
}

function click(outcome: Extract<Outcome, { kind: 'click' }>, selection: readonly number[]): void {
  useDesigner.setState({ cursor: outcome.hit.cell, editing: null });
  takeInside(outcome.hit);
  if (!outcome.adds && turnControl(outcome)) return;
  const index = outcome.hit.glyph?.index;
  const circuit = activeDocument()?.drawn;
  if (index === undefined || circuit === undefined) {
    if (!outcome.adds) select([]);
    return;
  }
  const members = partMembers(circuit, index);
  if (!outcome.adds) select(members);
  else if (selection.includes(index)) select(selection.filter((one) => !members.includes(one)));
  else select(union(selection, members));
}

function union(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].toSorted((x, y) => x - y);
}

export function removeInHand(): void {
  const indices = indicesInHand();
  const target = designerTarget();
  if (target === null || indices.length === 0 || removeInsideInHand()) return;
  const only = target.circuit.operations[indices[0] ?? 0];
  const label =
    indices.length === 1 && only !== undefined
      ? `${nameOfOperation(target.circuit, only)} removed.`
      : `${indices.length} operations removed.`;
  changeCircuit([{ kind: 'remove', indices }], label);
}

export function cutInHand(): void {
  if (indicesInHand().length === 0) {
    announce('There is nothing to cut here.');
    return;
  }
  copyInHand();
  removeInHand();
}

export function selectAll(): void {
  const target = designerTarget();
  if (target !== null) select(target.circuit.operations.map((_, index) => index));
}

/** Moves what is in hand with the keyboard. */
export function shift(rows: number, columns: number): void {
  const target = designerTarget();
  const indices = indicesInHand();
  if (target === null || indices.length === 0) return;
  if (isBlockAmong(target.circuit, indices)) return;
  const moved = carryOut(
    planMove(target.circuit, indices, { rows, columns }, target.columns),
    'Moved.',
  );
  if (moved) moveCursor(rows, columns);
}

/** Moves the keyboard's cursor and tells what is there. */
export function moveCursor(rows: number, columns: number): void {
  const target = designerTarget();
  if (target === null) return;
  const { cursor } = useDesigner.getState();
  const lastRow = Math.max(target.layout.qubitCount - 1, 0);
  const row = Math.min(Math.max(cursor.row + rows, 0), lastRow);
  const last = target.layout.columnCount + (activeDocument()?.beside.view === 'free' ? 20 : 0);
  const column = Math.min(Math.max(cursor.column + columns, 0), last);
  useDesigner.setState({ cursor: { row, column }, inner: null, rangeFrom: null });
  if (target.selection.length > 0) select([]);
  showCell({ row, column });
}

/** Moves the cursor along its wire, or (start, end) to a corner: of the first wire, or of the last one. */
export function leapCursor(to: 'first' | 'last' | 'start' | 'end'): void {
  const target = designerTarget();
  if (target === null) return;
  const { row, column } = useDesigner.getState().cursor;
  const { qubitCount, columnCount } = target.layout;
  const isBack = to === 'first' || to === 'start';
  const rows = to === 'start' ? -row : to === 'end' ? qubitCount - 1 - row : 0;
  moveCursor(rows, isBack ? -column : columnCount - column);
}

/** Marks the cursor's wire as a control of the next gate, or takes the mark away. */
export function toggleMark(): void {
  const target = designerTarget();
  if (target === null) return;
  const { cursor, marks } = useDesigner.getState();
  const has = marks.includes(cursor.row);
  const next = has ? marks.filter((row) => row !== cursor.row) : [...marks, cursor.row];
  useDesigner.setState({ marks: next });
  const wire = nameOfIndex(target.circuit.qubitRegisters, cursor.row);
  announce(
    has
      ? `${wire} is no longer a control.`
      : `${wire} will be a control. Go to another wire and press the letter of a gate.`,
  );
}

/** Makes the cursor's wire a control of the gate in hand, then an anti-control, then neither. */
export function toggleControl(): void {
  const target = designerTarget();
  const [index, ...more] = target?.selection ?? [];
  if (target === null || index === undefined || more.length > 0) {
    announce('Select one gate, then move the cursor to the wire of the control.');
    return;
  }
  const { cursor } = useDesigner.getState();
  const wire = nameOfIndex(target.circuit.qubitRegisters, cursor.row);
  carryOut(planControl(target.circuit, index, cursor.row), `Control on ${wire} changed.`);
}

/** Moves the cursor over the wires and keeps the selection, to choose a wire for a control. */
export function moveCursorOnly(rows: number): void {
  const target = designerTarget();
  if (target === null) return;
  const { cursor } = useDesigner.getState();
  const row = Math.min(Math.max(cursor.row + rows, 0), Math.max(target.layout.qubitCount - 1, 0));
  useDesigner.setState({ cursor: { ...cursor, row } });
  announce(nameOfIndex(target.circuit.qubitRegisters, row));
}

/** Asks for the name of a gate that is made of what is in hand. */
export function groupInHand(): void {
  const indices = indicesInHand();
  if (indices.length === 0) announce('Select the gates that the new gate is made of.');
  else useDesigner.setState({ dialog: { kind: 'group', indices } });
}

/** Makes a gate of the operations and calls it in their place. */
export function groupAs(name: string, indices: readonly number[]): boolean {
  const target = designerTarget();
  if (target === null) return false;
  const isTaken =
    gateById(name) !== null || target.circuit.definitions.some((one) => one.name === name);
  if (isTaken) {
    notify('warning', `There is a gate “${name}” already; choose another name.`);
    return false;
  }
  return attempt(() => {
    const edits = groupEdits(target.circuit, indices, name);
    const last = edits.at(-1);
    const selection = last?.kind === 'insert' ? [last.index] : [];
    return carryOut({ edits, selection }, `Gate ${name} made of ${indices.length} operations.`);
  });
}

/** Writes the own gate in hand out: its body stands in its place. */
export function ungroupInHand(): void {
  const target = designerTarget();
  const [index] = indicesInHand();
  if (target === null || index === undefined) return;
  attempt(() =>
    carryOut({ edits: ungroupEdits(target.circuit, index), selection: [] }, 'Gate written out.'),
  );
}

export function editInHand(): void {
  const target = designerTarget();
  const index = indicesInHand()[0];
  const operation = index === undefined ? undefined : target?.circuit.operations[index];
  const kind = dialogFor(operation);
  if (index !== undefined && kind !== null) {
    select([index]);
    useDesigner.setState({ dialog: { kind, index } });
    return;
  }
  if (index === undefined || operation?.kind !== 'gate' || operation.parameters.length === 0) {
    if (openInHand()) return;
    announce('There are no parameters here.');
    return;
  }
  select([index]);
  useDesigner.setState({ editing: index });
}

/** What is asked of an operation that has a field of its own; in a block its statement is not its own. */
function dialogFor(operation: Operation | undefined): 'measure' | 'delay' | null {
  if (operation === undefined || operation.origin?.inside !== undefined) return null;
  if (operation.kind === 'measure') return 'measure';
  return isDelay(operation) ? 'delay' : null;
}

/** Whether Enter has something to ask about what is in hand. */
export function hasFieldsInHand(): boolean {
  const operation = designerTarget()?.circuit.operations[indicesInHand()[0] ?? -1];
  if (operation?.kind === 'gate' && operation.parameters.length > 0) return true;
  return dialogFor(operation) !== null;
}

export function addQubit(): void {
  const target = designerTarget();
  if (target !== null) carryOut(planAddQubit(target.circuit), 'Qubit added.');
}

export function removeQubit(): void {
  const target = designerTarget();
  if (target !== null) carryOut(planRemoveQubit(target.circuit), 'Qubit removed.');
}

/** Steps through the circuit and keeps the place in sight. */
export function step(delta: number): void {
  stopRun();
  const columns = stepBy(delta);
  if (columns !== null) showCell({ row: useDesigner.getState().cursor.row, column: columns });
}

/** Shows the card of the gate in hand, and of each that comes into it, or takes the card away. */
export function toggleCard(): void {
  const cardOpen = !useDesigner.getState().cardOpen;
  useDesigner.setState({ cardOpen });
  const document = activeDocument();
  const [index] = indicesInHand();
  if (document === null || !cardOpen) return;
  const card = index === undefined ? null : cardOf(document.parsed, document.drawn, index);
  announce(card === null ? 'There is no gate here.' : [card.title, ...card.lines].join(' '));
}

/** Lets go of the selection; with nothing selected, of the place in the circuit. */
export function letGo(): void {
  if (activeDocument()?.selection.length === 0) {
    stopStepping();
    stopRun();
  }
  useDesigner.setState({
    gesture: { kind: 'idle' },
    marks: [],
    editing: null,
    cardOpen: false,
    inner: null,
  });
  select([]);
}

export function zoomToFit(): void {
  const target = designerTarget();
  if (target === null) return;
  useDesigner.setState((state) => ({ viewport: fitTo(target.layout, state.size) }));
}

export function zoomBy(factor: number): void {
  useDesigner.setState(({ viewport, size }) => ({
    viewport: zoomAt(viewport, { x: size.width / 2, y: size.height / 2 }, factor),
  }));
}
