import { describe, expect, test } from 'vitest';
import { applyTextEdits, type TextEdit } from '#shared/qasm/document.ts';
import {
  type Change,
  differenceOf,
  emptyHistory,
  invertTextEdits,
  record,
  redoOf,
  undoOf,
} from '#renderer/lib/workspace/history.ts';

function typing(at: number, text = 'x'): Change {
  const step = { forward: [{ start: 0, end: 0, text }], backward: [] };
  return { label: 'Typing', source: 'text', steps: [step], at };
}

describe('the history', () => {
  test('an inverse takes every edit of a batch back', () => {
    const text = 'h q[0];\ncx q[0],q[1];\n';
    const edits: TextEdit[] = [
      { start: 8, end: 21, text: '' },
      { start: 0, end: 1, text: 'sdg' },
      { start: 22, end: 22, text: 'x q[1];' },
    ];
    const after = applyTextEdits(text, edits);
    expect(applyTextEdits(after, invertTextEdits(text, edits))).toBe(text);
  });

  test('typing without a pause is one change, a new line or a pause begins another', () => {
    let history = record(emptyHistory, typing(0));
    history = record(history, typing(300));
    expect(history.past).toHaveLength(1);
    history = record(history, typing(400, '\n'));
    expect(history.past).toHaveLength(2);
    history = record(history, typing(5000));
    expect(history.past).toHaveLength(3);
  });

  test('a paste that comes in pieces is one change, new lines and all', () => {
    const history = record(record(emptyHistory, typing(0, 'h q;\n')), typing(5, 'x q;\n'));
    expect(history.past).toHaveLength(1);
  });

  test('a canvas edit never joins typing', () => {
    const history = record(record(emptyHistory, typing(0)), { ...typing(10), source: 'canvas' });
    expect(history.past).toHaveLength(2);
  });

  test('moves of a slider without a pause are one change, those of another are another', () => {
    const setting = (value: string) => ({ value, min: '0', max: '1', step: '0.1' });
    const move = (name: string, at: number, before: string, after: string): Change => ({
      label: `Value of ${name}`,
      source: 'parameter',
      steps: [],
      parameter: { name, before: setting(before), after: setting(after) },
      at,
    });
    let history = record(emptyHistory, move('a', 0, '0', '0.1'));
    history = record(history, move('a', 30, '0.1', '0.2'));
    history = record(history, move('a', 60, '0.2', '0.3'));
    expect(history.past).toHaveLength(1);
    expect(history.past[0]?.parameter).toEqual(move('a', 0, '0', '0.3').parameter);
    history = record(history, move('b', 90, '0', '0.1'));
    expect(history.past).toHaveLength(2);
    history = record(history, move('b', 9000, '0.1', '0.2'));
    expect(history.past).toHaveLength(3);
  });

  test('what was undone can be done again until something else is done', () => {
    const history = record(emptyHistory, typing(0));
    const undone = undoOf(history);
    expect(undone?.history.past).toHaveLength(0);
    expect(redoOf(undone?.history ?? emptyHistory)?.history.past).toHaveLength(1);
    const other = record(undone?.history ?? emptyHistory, typing(9000));
    expect(redoOf(other)).toBeNull();
  });

  test.each([
    ['abc', 'abc', null],
    ['abc', 'aXc', { start: 1, end: 2, text: 'X' }],
    ['aaa', 'aaaa', { start: 3, end: 3, text: 'a' }],
    ['', 'x', { start: 0, end: 0, text: 'x' }],
  ])('the difference of %j and %j is the smallest replacement', (before, after, expected) => {
    expect(differenceOf(before, after)).toEqual(expected);
  });
});
