import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { gate, measure } from '#shared/circuit/build.ts';
import type { CircuitEdit } from '#shared/circuit/edit.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import {
  editCircuit,
  editText,
  isDirty,
  isStale,
  newDocumentText,
  type OpenDocument,
  openDocument,
  operationsInRange,
  redo,
  undo,
} from '#renderer/lib/workspace/open-document.ts';

function fresh(): OpenDocument {
  return openDocument({ key: 'a', name: 'Test', text: newDocumentText });
}

function insert(index: number, ...names: string[]): CircuitEdit {
  const operations = names.map((name) => gate(name, [0]));
  return { kind: 'insert', index, operations };
}

describe('an open document', () => {
  test('a canvas edit changes the text, and undo gives the old text back', () => {
    const before = fresh();
    const after = editCircuit(before, [insert(0, 'h')], 'Placed', 0);
    expect(after.parsed.text).toContain('h q[0];');
    expect(undo(after)?.parsed.text).toBe(before.parsed.text);
    expect(redo(undo(after) ?? after)?.parsed.text).toBe(after.parsed.text);
  });

  test('a plan of several edits is one step of undo', () => {
    const edits: CircuitEdit[] = [
      { kind: 'resize-register', of: 'bit', name: 'c', size: 5 },
      { kind: 'insert', index: 0, operations: [measure(0, 4)] },
    ];
    const after = editCircuit(fresh(), edits, 'Measured', 0);
    expect(after.parsed.text).toContain('bit[5] c;');
    expect(undo(after)?.parsed.text).toBe(newDocumentText);
  });

  test('text with an error keeps the last circuit drawn', () => {
    const good = editCircuit(fresh(), [insert(0, 'h')], 'Placed', 0);
    const end = good.parsed.text.length;
    const broken = editText(good, [{ start: end, end, text: 'cx q[0];' }], 0);
    expect(isStale(broken)).toBe(true);
    expect(broken.drawn).toBe(good.drawn);
  });

  test('the text at an operation selects it', () => {
    const document = editCircuit(fresh(), [insert(0, 'h', 'x')], 'Placed', 0);
    const at = document.parsed.text.indexOf('x q[0]') + 1;
    expect(operationsInRange(document, at, at)).toEqual([1]);
  });

  test('a document from the library is saved, a new one is not', () => {
    expect(isDirty(fresh())).toBe(true);
    expect(isDirty(openDocument({ key: 'b', id: '1', name: 'B', text: 'x' }))).toBe(false);
  });

  test('after any edits and undos, text, circuit and history agree', () => {
    const rng = rngOf(7);
    let document = fresh();
    for (let round = 0; round < 200; round++) {
      const count = document.drawn.operations.length;
      const at = Math.floor(rng.uniform() * (count + 1));
      const dice = rng.uniform();
      if (dice < 0.45) document = editCircuit(document, [insert(at, 'h')], 'Placed', round);
      else if (dice < 0.6 && at < count) {
        document = editCircuit(document, [{ kind: 'remove', indices: [at] }], 'Removed', round);
      } else if (dice < 0.75) {
        const end = document.parsed.text.length;
        document = editText(document, [{ start: end, end, text: 'x q[1];\n' }], round * 1e4);
      } else if (dice < 0.9) document = undo(document) ?? document;
      else document = redo(document) ?? document;
      const again = parseDocument(document.parsed.text);
      expect(again.circuit?.operations).toEqual(document.drawn.operations);
    }
    for (let next = undo(document); next !== null; next = undo(document)) document = next;
    expect(document.parsed.text).toBe(newDocumentText);
  });
});
