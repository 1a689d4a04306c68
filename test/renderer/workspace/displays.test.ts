import { beforeEach, describe, expect, test } from 'vitest';
import { showDisplay } from '#renderer/features/designer/display-actions.ts';
import { insertWire, moveWire, removeWireNow } from '#renderer/features/designer/wire-actions.ts';
import { displayedOperation, displaysOf } from '#renderer/lib/workspace/displays.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import {
  activeDocument,
  changeCircuit,
  openInTab,
  undoActive,
} from '#renderer/lib/workspace/workspace-store.ts';

const text = `OPENQASM 3.0;
include "stdgates.inc";
qubit[3] q;
h q[0];
x q[1];
z q[0];
`;

function current(): OpenDocument {
  const document = activeDocument();
  if (document === null) throw new Error('No circuit is open.');
  return document;
}

/** Wire and column of each display. */
function places(): readonly (readonly [number, number])[] {
  return displaysOf(current()).map(({ qubit, column }) => [qubit, column] as const);
}

beforeEach(() => {
  openInTab({ name: 'Displays', text });
});

function show(qubit: number, column: number): void {
  const index = displayedOperation(current(), qubit, column);
  if (index === null) throw new Error('Nothing is there to hold on to.');
  showDisplay(index, qubit, 'bloch');
}

describe('a display', () => {
  test('stands where it was put, whether its wire has a gate there or not', () => {
    show(0, 0);
    show(2, 1);
    show(1, 1);
    expect(places()).toEqual([
      [0, 0],
      [2, 1],
      [1, 1],
    ]);
  });

  test('is changed where it stands, not doubled', () => {
    show(2, 1);
    const index = displayedOperation(current(), 2, 1) as number;
    showDisplay(index, 2, 'samples');
    expect(displaysOf(current()).map((one) => one.show)).toEqual(['samples']);
    showDisplay(index, 2, null);
    expect(places()).toEqual([]);
  });

  test('goes with its wire, leaves with it, and comes back by undo', () => {
    show(2, 1);
    insertWire('above');
    expect(places()).toEqual([[3, 1]]);
    undoActive();
    removeWireNow(1);
    expect(places()).toEqual([[1, 1]]);
    undoActive();
    moveWire(2, 0);
    expect(places()).toEqual([[0, 1]]);
    undoActive();
    removeWireNow(2);
    expect(places()).toEqual([]);
    undoActive();
    expect(places()).toEqual([[2, 1]]);
  });

  test('on an empty wire stays when the gate beside it goes', () => {
    show(2, 1);
    changeCircuit([{ kind: 'remove', indices: [2] }], 'Removed.', []);
    expect(places()).toEqual([[2, 0]]);
    changeCircuit([{ kind: 'remove', indices: [0] }], 'Removed.', []);
    expect(places()).toEqual([[2, 0]]);
    undoActive();
    undoActive();
    expect(places()).toEqual([[2, 1]]);
  });

  test('has nothing to show in an empty circuit', () => {
    openInTab({ name: 'Empty', text: text.split('\n').slice(0, 3).join('\n') });
    expect(displayedOperation(current(), 0, 0)).toBeNull();
  });
});
