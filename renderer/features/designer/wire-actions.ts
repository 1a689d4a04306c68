import { nameOfIndex } from '#shared/circuit/circuit.ts';
import { countOf } from '#renderer/lib/format.ts';
import { announce } from '#renderer/lib/notices.ts';
import { changeCircuit } from '#renderer/lib/workspace/workspace-store.ts';
import { useDesigner } from './designer-store.ts';
import { countOnWire, planInsertWire, planMoveWire, planRemoveWire } from './plan-wires.ts';
import { carryOut, designerTarget, showCell } from './hand.ts';
import { planMeasureAll } from './planning.ts';

/** A new wire beside the cursor's; the cursor goes to it. */
export function insertWire(side: 'above' | 'below'): void {
  const target = designerTarget();
  if (target === null) return;
  const { cursor } = useDesigner.getState();
  const plan = planInsertWire(target.circuit, cursor.row, side);
  if (!carryOut(plan, `Wire added ${side} ${wireName(cursor.row)}.`)) return;
  if (side === 'below') putCursor(cursor.row + 1);
}

/** Measures every qubit that is not measured at its end yet. */
export function measureAll(): void {
  const target = designerTarget();
  if (target === null) return;
  const plan = planMeasureAll(target.circuit);
  if (plan === null) announce('Every qubit is measured already.');
  else carryOut(plan, `${countOf(plan.selection.length, 'qubit')} measured.`);
}

/** Takes the cursor's wire away; asks first where operations would go with it. */
export function removeWire(): void {
  const target = designerTarget();
  if (target === null) return;
  const { row } = useDesigner.getState().cursor;
  if (countOnWire(target.circuit, row) === 0) removeWireNow(row);
  else useDesigner.setState({ dialog: { kind: 'remove-wire', row } });
}

export function removeWireNow(row: number): void {
  const target = designerTarget();
  if (target === null) return;
  const name = wireName(row);
  if (!carryOut(planRemoveWire(target.circuit, row), `Wire ${name} removed.`)) return;
  putCursor(Math.max(0, Math.min(row, target.layout.qubitCount - 2)));
}

/** Takes a wire with what stands on it to another place; the cursor goes along. */
export function moveWire(from: number, to: number): void {
  const target = designerTarget();
  if (target === null) return;
  const plan = planMoveWire(target.circuit, from, to);
  if (plan === null) announce('The wire is at the end already.');
  else if (carryOut(plan, `What stood on ${wireName(from)} is on ${wireName(to)} now.`)) {
    putCursor(to);
  }
}

export function moveCursorWire(by: number): void {
  const { row } = useDesigner.getState().cursor;
  moveWire(row, row + by);
}

export function askRegisterName(row = useDesigner.getState().cursor.row): void {
  if (designerTarget() !== null) {
    useDesigner.setState({ dialog: { kind: 'rename-register', row } });
  }
}

/** Renames a register everywhere in the text; false, with a message, where the name cannot be. */
export function renameRegister(of: 'qubit' | 'bit', name: string, to: string): boolean {
  return changeCircuit(
    [{ kind: 'rename-register', of, name, to }],
    `Register ${name} is now ${to}.`,
  );
}

/** A new classical register under a name that is free. */
export function addBits(): void {
  const target = designerTarget();
  if (target === null) return;
  const { qubitRegisters, bitRegisters, definitions, parameters } = target.circuit;
  const taken = new Set(
    [...qubitRegisters, ...bitRegisters, ...definitions, ...parameters].map(({ name }) => name),
  );
  let name = 'c';
  for (let number = 2; taken.has(name); number += 1) name = `c${number}`;
  const register = { name, size: Math.max(1, target.layout.qubitCount) };
  changeCircuit([{ kind: 'add-register', of: 'bit', register }], `Register ${name} added.`);
}

function wireName(row: number): string {
  return nameOfIndex(designerTarget()?.circuit.qubitRegisters ?? [], row);
}

function putCursor(row: number): void {
  const { column } = useDesigner.getState().cursor;
  useDesigner.setState({ cursor: { row, column } });
  showCell({ row, column });
}
