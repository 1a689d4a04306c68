import { describe, expect, test } from 'vitest';
import { emptyHistory, hasMoved, record } from '#renderer/lib/workspace/history.ts';
import {
  draftOf,
  editText,
  openDocument,
  redo,
  undo,
} from '#renderer/lib/workspace/open-document.ts';
import { nothingBeside } from '#renderer/lib/workspace/beside.ts';
import { historyIn, sidecarWith } from '#renderer/lib/workspace/sidecar.ts';

const source = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\n';
const opened = openDocument({ key: 'a', name: 'A', text: source });
const append = (document: typeof opened, text: string, at: number) =>
  editText(
    document,
    [{ start: document.parsed.text.length, end: document.parsed.text.length, text }],
    at,
  );
const edited = append(append(opened, 'h q[0];\n', 0), 'x q[1];\n', 10_000);

/** As the library gives it back: through JSON. */
function reopened(document: typeof opened): typeof opened {
  const draft = JSON.parse(JSON.stringify(draftOf(document))) as ReturnType<typeof draftOf>;
  return openDocument({ ...draft, key: 'b', id: '1', revision: 1 });
}

describe('the history in the sidecar', () => {
  test('undoes and redoes after the document was read again', () => {
    const undone = undo(reopened(edited));
    expect(undone?.parsed.text).toBe(`${source}h q[0];\n`);
    const again = reopened(undone ?? opened);
    expect(undo(again)?.parsed.text).toBe(source);
    expect(redo(again)?.parsed.text).toBe(edited.parsed.text);
  });

  test('is left alone where the text was changed by someone else', () => {
    const { sidecar } = draftOf(edited);
    expect(historyIn(sidecar, `${edited.parsed.text} `)).toEqual(emptyHistory);
  });

  test.each([[null], [undefined], ['text'], [[]], [{ history: { version: 2 } }]])(
    'is empty for %j',
    (sidecar) => {
      expect(historyIn(sidecar, source)).toEqual(emptyHistory);
    },
  );

  test('keeps what else lies there', () => {
    expect(sidecarWith({ notes: ['mine'] }, emptyHistory, nothingBeside, '')).toMatchObject({
      notes: ['mine'],
    });
  });

  test('keeps the newest changes where all are too much', () => {
    let history = emptyHistory;
    for (let i = 0; i < 40; i++) {
      const step = { forward: [{ start: 0, end: 0, text: 'x'.repeat(10_000) }], backward: [] };
      history = record(history, { label: `${i}`, source: 'canvas', steps: [step], at: i });
    }
    const sidecar = sidecarWith(null, history, nothingBeside, source);
    expect(JSON.stringify(sidecar).length).toBeLessThan(256 * 1024);
    const kept = historyIn(sidecar, source);
    expect(kept.past.length).toBeGreaterThan(5);
    expect(kept.past.at(-1)?.label).toBe('39');
  });

  test('has moved with each change, not with typing that joins the last one', () => {
    const typed = append(opened, 'h', 0);
    expect(hasMoved(typed.history, opened.history)).toBe(true);
    expect(hasMoved(append(typed, ' ', 100).history, typed.history)).toBe(false);
    expect(hasMoved(undo(typed)?.history ?? typed.history, typed.history)).toBe(true);
  });
});
