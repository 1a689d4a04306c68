import { describe, expect, test } from 'vitest';
import { bitsAt, type Move, passesOf, stopsIn, targetOf } from '#renderer/lib/run-moves.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { traceOf } from '#shared/qasm/trace.ts';

const text = `OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
def flip(qubit a) { x a; z a; }
h q[0];
for int i in [0:1] {
  s q[i];
  t q[i];
}
flip(q[1]);
c[0] = measure q[0];
if (c[0]) {
  y q[1];
}
h q[1];
`;

const parsed = parseDocument(text);

function from(
  at: number,
  move: Move,
  breakpoints: readonly string[] = [],
  outcomes: (0 | 1)[] = [],
) {
  const trace = traceOf(parsed, outcomes);
  if (trace === null) throw new Error(parsed.diagnostics[0]?.message);
  const stops = new Set(breakpoints.map((words) => text.indexOf(words)));
  const target = targetOf(trace, at, move, stops);
  const step = target === null ? undefined : trace.steps[target];
  return step === undefined ? target : text.slice(step.start, step.end);
}

describe('a move through a run', () => {
  test('steps into every statement, also of subroutines and rounds', () => {
    expect(from(0, 'into')).toBe('s q[i];');
    expect(from(4, 'into')).toBe('x a;');
  });

  test('steps over a whole loop or call, and over a statement inside one', () => {
    expect(from(1, 'over')).toBe('x a;');
    expect(from(2, 'over')).toBe('s q[i];');
    expect(from(5, 'over')).toBe('c[0] = measure q[0];');
    expect(from(6, 'over')).toBe('c[0] = measure q[0];');
  });

  test('steps out of the loop or the call around it', () => {
    expect(from(2, 'out')).toBe('x a;');
    expect(from(6, 'out')).toBe('c[0] = measure q[0];');
    expect(from(0, 'out', [], [1])).toBe(10);
  });

  test('runs to breakpoints, in every round of a loop and at a block as it is entered', () => {
    expect(from(0, 'on', ['t q[i]'])).toBe('t q[i];');
    expect(from(2, 'on', ['t q[i]'])).toBe('t q[i];');
    expect(from(4, 'on', ['flip(q[1]'])).toBe('x a;');
    expect(from(5, 'on', ['flip(q[1]'])).toBe(null);
    expect(from(0, 'on', ['if (c'], [1])).toBe('y q[1];');
    expect(from(0, 'on', [], [1])).toBe(10);
  });

  test('goes back to breakpoints, at last to the beginning', () => {
    expect(from(6, 'back-to', ['t q[i]'])).toBe('t q[i];');
    expect(from(4, 'back-to', ['t q[i]'])).toBe('t q[i];');
    expect(from(2, 'back-to', ['t q[i]'])).toBe('h q[0];');
    expect(from(1, 'back')).toBe('h q[0];');
  });

  test('needs more of the run where an outcome decides', () => {
    expect(from(7, 'into')).toBeNull();
    expect(from(7, 'into', [], [1])).toBe('y q[1];');
    expect(from(7, 'into', [], [0])).toBe('h q[1];');
  });
});

test('rounds and bits are told in words', () => {
  const trace = traceOf(parsed, [1]);
  const third = trace?.steps[3];
  expect(third === undefined ? [] : passesOf(third)).toEqual(['i = 1']);
  const circuit = parsed.circuit;
  if (circuit === null || trace === null) throw new Error('no circuit');
  expect(bitsAt(circuit, trace, 3)).toEqual([{ name: 'c', bits: '00' }]);
  expect(bitsAt(circuit, trace, trace.steps.length)).toEqual([{ name: 'c', bits: '01' }]);
});

test('breakpoints may stand on statements, blocks and what is in them', () => {
  const stops = parsed.circuit === null ? [] : stopsIn(parsed.circuit);
  for (const words of ['h q[0]', 'for int', 's q[i]', 'flip(q[1]', 'x a', 'if (c', 'y q[1]']) {
    expect(stops).toContain(text.indexOf(words));
  }
});
