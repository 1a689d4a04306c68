import { describe, expect, test } from 'vitest';
import type { Operation } from '#shared/circuit/circuit.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { traceOf, traceText } from '#shared/qasm/trace.ts';

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\nbit[2] c;\n';

function traced(body: string, outcomes: readonly (0 | 1)[] = []) {
  const document = parseDocument(head + body);
  const trace = traceOf(document, outcomes);
  if (trace === null) throw new Error(document.diagnostics[0]?.message);
  const text = (place: { start: number; end: number }): string =>
    document.text.slice(place.start, place.end);
  return {
    ...trace,
    document,
    names: trace.steps.map(text),
    passes: trace.steps.map(({ blocks }) =>
      blocks.map(({ kind, pass }) => `${kind} ${pass}`.trim()),
    ),
  };
}

describe('a trace', () => {
  test('goes through a loop round by round, each statement at its own place', () => {
    const { names, passes, isWhole } = traced('for int i in [0:1] {\n  h q[i];\n  x q[i];\n}\n');
    expect(names).toEqual(['h q[i];', 'x q[i];', 'h q[i];', 'x q[i];']);
    expect(passes).toEqual([['for i = 0'], ['for i = 0'], ['for i = 1'], ['for i = 1']]);
    expect(isWhole).toBe(true);
  });

  test('takes the branch that the outcomes lead to, and stops where they are not known', () => {
    const body = 'h q[0];\nc[0] = measure q[0];\nif (c[0]) { x q[1]; } else { z q[1]; }\ny q[2];\n';
    expect(traced(body)).toMatchObject({ isWhole: false, measured: 1 });
    expect(traced(body).names).toEqual(['h q[0];', 'c[0] = measure q[0];']);
    expect(traced(body, [1]).names.slice(2)).toEqual(['x q[1];', 'y q[2];']);
    expect(traced(body, [0]).names.slice(2)).toEqual(['z q[1];', 'y q[2];']);
    expect(traced(body, [0]).passes[2]).toEqual(['else']);
  });

  test('repeats until success, a round for each failure', () => {
    const body =
      'h q[0];\nc[0] = measure q[0];\nwhile (c[0]) {\n  h q[0];\n  c[0] = measure q[0];\n}\n';
    expect(traced(body, [1]).isWhole).toBe(false);
    const whole = traced(body, [1, 1, 0]);
    expect(whole.isWhole).toBe(true);
    expect(whole.passes.slice(2).map(([pass]) => pass)).toEqual([
      'while round 1',
      'while round 1',
      'while round 2',
      'while round 2',
    ]);
  });

  test('steps into a subroutine at the place of its declaration', () => {
    const body = 'def turn(qubit a) {\n  h a;\n  s a;\n}\nx q[0];\nturn(q[1]);\n';
    const { names, passes } = traced(body);
    expect(names).toEqual(['x q[0];', 'h a;', 's a;']);
    expect(passes).toEqual([[], ['call'], ['call']]);
  });

  test('says which case of a switch it took', () => {
    const body =
      'c = measure q[0:1];\nswitch (int(c)) {\n  case 2 { x q[2]; }\n  default { y q[2]; }\n}\n';
    const taken = traced(body, [0, 1]);
    expect(taken.names.at(-1)).toBe('x q[2];');
    expect(taken.passes.at(-1)).toEqual(['switch case 2']);
    expect(traced(body, [1, 1]).passes.at(-1)).toEqual(['switch default']);
  });

  test('knows the bits that a subroutine gave back', () => {
    const body =
      'def look(qubit a) -> bit { bit b; b = measure a; return b; }\nc[1] = look(q[0]);\nx q[1];\n';
    const { steps, bits } = traced(body, [1]);
    expect(steps.map((step) => step.bits)).toEqual(['00', '10']);
    expect(bits).toBe(steps[1]?.bits);
  });

  test('becomes a program in a straight line that does the same', () => {
    const { steps, document } = traced('for int i in [0:2] { h q[i]; }\nc[1] = measure q[2];\n');
    const { circuit } = document;
    if (circuit === null) throw new Error('no circuit');
    const first = parseDocument(traceText(circuit, steps.slice(0, 2)));
    expect(first.circuit?.operations.map(wires)).toEqual(['h 0', 'h 1']);
    const whole = parseDocument(traceText(circuit, steps));
    expect(whole.circuit?.operations.map(wires)).toEqual(['h 0', 'h 1', 'h 2', 'measure 2 1']);
  });

  test('follows OpenQASM 2 with its conditions', () => {
    const text =
      'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[1];\nh q[0];\nmeasure q[0] -> c[0];\nif (c==1) x q[1];\n';
    const count = (outcomes: readonly (0 | 1)[]): number | undefined =>
      traceOf(parseDocument(text), outcomes)?.steps.length;
    expect([count([]), count([0]), count([1])]).toEqual([2, 2, 3]);
  });
});

function wires(operation: Operation): string {
  if (operation.kind === 'gate') return `${operation.gate} ${operation.qubits.join(' ')}`;
  return operation.kind === 'measure'
    ? `measure ${operation.qubit} ${operation.bit}`
    : operation.kind;
}

describe('the circuit of a program with blocks', () => {
  const operationsOf = (body: string): readonly Operation[] =>
    parseDocument(head + body).circuit?.operations ?? [];

  test('says of each operation in which rounds of which blocks it stands', () => {
    const operations = operationsOf('for int i in [0:1] {\n  box { h q[i]; }\n}\n');
    expect(
      operations.map(({ origin }) => origin?.inside?.blocks.map(({ kind, pass }) => [kind, pass])),
    ).toEqual([
      [
        ['for', 'i = 0'],
        ['box', ''],
      ],
      [
        ['for', 'i = 1'],
        ['box', ''],
      ],
    ]);
  });

  test('shows one round of a loop that nobody can write out', () => {
    const [, loop] = operationsOf(
      'c[0] = measure q[0];\nwhile (c[0]) { h q[1]; c[0] = measure q[1]; }\n',
    );
    expect(loop?.kind).toBe('opaque');
    const sketch = loop?.kind === 'opaque' ? loop.sketch : undefined;
    expect(sketch?.map(wires)).toEqual(['h 1', 'measure 1 0']);
    expect(sketch?.[0]?.origin?.inside?.blocks).toMatchObject([{ kind: 'while' }]);
  });

  test('shows a round also where it counts', () => {
    const [, loop] = operationsOf(
      'c[0] = measure q[0];\nint n = 0;\nwhile (c[0]) { h q[1]; c[0] = measure q[1]; n += 1; }\n',
    );
    expect(loop?.kind === 'opaque' ? loop.sketch?.map(wires) : null).toEqual([
      'h 1',
      'measure 1 0',
    ]);
  });

  test('keeps operations at the top free of blocks', () => {
    const [first] = operationsOf('h q;\n');
    expect(first?.origin).toEqual({ start: head.length, end: head.length + 4 });
  });
});
