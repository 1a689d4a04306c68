import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { gate } from '#shared/circuit/build.ts';
import type { CircuitEdit } from '#shared/circuit/edit.ts';
import { anchorOf, type Mark } from '#renderer/lib/workspace/marks.ts';
import {
  draftOf,
  editCircuit,
  editMarks,
  editText,
  followBeside,
  isDirty,
  type OpenDocument,
  openDocument,
  redo,
  undo,
} from '#renderer/lib/workspace/open-document.ts';

const text = `OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
h q;
x q[0];
z q[1];
`;

/** A circuit with the note "on x" at its X and "second h" at the second gate of `h q;`. */
function noted(): OpenDocument {
  const document = openDocument({ key: 'a', name: 'Test', text });
  const note = (index: number, words: string): Mark => {
    const anchor = anchorOf(document.drawn, index);
    if (anchor === null) throw new Error('The operation has no place in the text.');
    return { anchor, body: { kind: 'note', text: words } };
  };
  return editMarks(document, [note(2, 'on x'), note(1, 'second h')], 'Noted', 0);
}

/** Each note with the gate that it stands at. */
function notes(document: OpenDocument | null): Record<string, string> {
  return Object.fromEntries(
    (document?.placed ?? []).map(({ index, mark }) => {
      const operation = document?.drawn.operations[index];
      const gateName =
        operation?.kind === 'gate' ? `${operation.gate}${operation.qubits.join()}` : '?';
      return [mark.body.kind === 'note' ? mark.body.text : '', gateName];
    }),
  );
}

const type = (document: OpenDocument, at: string, words: string): OpenDocument => {
  const start = document.parsed.text.indexOf(at);
  return editText(document, [{ start, end: start, text: words }], 10_000);
};

describe('marks', () => {
  test('stand at their operations, follow typing, and outlast errors in the text', () => {
    const before = noted();
    expect(notes(before)).toEqual({ 'on x': 'x0', 'second h': 'h1' });
    const typed = type(before, 'h q;', 'y q[1];\n');
    expect(notes(typed)).toEqual({ 'on x': 'x0', 'second h': 'h1' });
    const broken = type(typed, 'x q[0]', 'ctr');
    expect(broken.parsed.circuit).toBeNull();
    const mended = type(broken, 'x q[0]', 'l @ ').parsed.text;
    expect(mended).toContain('ctrl @ x q[0]');
    const back = editText(
      broken,
      [
        {
          start: broken.parsed.text.indexOf('ctrx'),
          end: broken.parsed.text.indexOf('ctrx') + 3,
          text: '',
        },
      ],
      20_000,
    );
    expect(notes(back)).toEqual({ 'on x': 'x0', 'second h': 'h1' });
  });

  test('follow moves, leave with their operation and come back with it by undo', () => {
    const move: CircuitEdit = { kind: 'move', from: 2, to: 4, operation: gate('x', [1]) };
    const moved = editCircuit(noted(), [move], 'Moved', 1);
    expect(notes(moved)).toEqual({ 'on x': 'x1', 'second h': 'h1' });
    const removed = editCircuit(moved, [{ kind: 'remove', indices: [3] }], 'Removed', 2);
    expect(notes(removed)).toEqual({ 'second h': 'h1' });
    const undone = undo(removed);
    expect(notes(undone)).toEqual({ 'on x': 'x1', 'second h': 'h1' });
    expect(notes(undone === null ? null : redo(undone))).toEqual({ 'second h': 'h1' });
    const all = undo(undo(undone ?? removed) ?? removed);
    expect(notes(all)).toEqual({});
    expect(notes(all === null ? null : redo(all))).toEqual({ 'on x': 'x0', 'second h': 'h1' });
  });

  test('go with operations that are taken out and put back elsewhere', () => {
    const edits: CircuitEdit[] = [
      { kind: 'remove', indices: [2, 3] },
      { kind: 'insert', index: 0, operations: [gate('x', [0]), gate('z', [1])] },
    ];
    const moved = editCircuit(noted(), edits, 'Moved', 1, {
      carried: new Map([
        [2, 0],
        [3, 1],
      ]),
    });
    expect(notes(moved)).toEqual({ 'on x': 'x0', 'second h': 'h1' });
  });

  test('are saved, and found again in a text that was changed elsewhere', () => {
    const document = noted();
    expect(isDirty(document)).toBe(true);
    const draft = draftOf({ ...document, id: 'one' });
    const same = openDocument({ key: 'b', id: 'one', ...draft });
    expect(notes(same)).toEqual({ 'on x': 'x0', 'second h': 'h1' });
    expect(isDirty(same)).toBe(false);
    const longer = text.replace('h q;', '// more\ny q[0];\nh q;');
    const elsewhere = openDocument({ key: 'c', id: 'one', ...draft, text: longer });
    expect(notes(elsewhere)).toEqual({ 'on x': 'x0', 'second h': 'h1' });
  });

  test('come from another window, unless they were changed here as well', () => {
    const plain = openDocument({ key: 'a', id: 'one', name: 'Test', text });
    const { sidecar } = draftOf({ ...noted(), id: 'one' });
    const followed = followBeside(plain, sidecar);
    expect(notes(followed)).toEqual({ 'on x': 'x0', 'second h': 'h1' });
    expect(isDirty(followed)).toBe(false);
    const changed = editMarks(plain, noted().beside.marks.slice(0, 1), 'Noted', 0);
    expect(followBeside(changed, sidecar)).toBe(changed);
  });

  test('undo gives the same marks back over random edits', () => {
    for (let seed = 0; seed < 20; seed++) {
      const rng = rngOf(seed, 3);
      let document = noted();
      const seen = [document];
      for (let step = 0; step < 8; step++) {
        const { length } = document.drawn.operations;
        const index = rng.below(Math.max(1, length));
        const edit: CircuitEdit =
          length > 1 && rng.below(2) === 0
            ? { kind: 'remove', indices: [index] }
            : { kind: 'insert', index, operations: [gate('y', [rng.below(2)])] };
        document = editCircuit(document, [edit], `${step}`, step);
        seen.push(document);
      }
      for (const expected of seen.toReversed()) {
        expect(document.parsed.text).toBe(expected.parsed.text);
        expect(document.beside.marks).toEqual(expected.beside.marks);
        expect(document.placed).toEqual(expected.placed);
        document = undo(document) ?? document;
      }
    }
  });
});
