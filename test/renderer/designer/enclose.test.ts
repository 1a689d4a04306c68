import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { applyTextEdits, parseDocument } from '#shared/qasm/document.ts';
import {
  changeConditionEdits,
  conditionEdits2,
  conditionSource,
  durationPlace,
  type Edits,
  encloseEdits,
  removeConditionEdits,
} from '#renderer/features/designer/enclose.ts';

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\nbit[3] c;\nbit f;\n';

function opened(text: string) {
  const parsed = parseDocument(text);
  if (parsed.circuit === null) throw new Error(parsed.diagnostics[0]?.message);
  return { parsed, circuit: parsed.circuit, text };
}

function after(text: string, edits: Edits): string {
  if ('refusal' in edits) throw new Error(edits.refusal);
  return applyTextEdits(
    text,
    edits.toSorted((a, b) => a.start - b.start),
  );
}

function statementAt(text: string, index: number) {
  const { origin } = opened(text).circuit.operations[index] ?? {};
  if (origin === undefined) throw new Error('It stands in the text.');
  return origin;
}

describe('a block around statements', () => {
  test('keeps what stands beside them, comments and layout', () => {
    const text = `${head}h q[0]; // first\nx q[1];\ncx q[0], q[1];\n`;
    const { parsed, circuit } = opened(text);
    expect(after(text, encloseEdits(parsed, circuit, [0, 1], 'for int i in [0:2]'))).toBe(
      `${head}for int i in [0:2] {\n  h q[0]; // first\n  x q[1];\n}\ncx q[0], q[1];\n`,
    );
  });

  test('gathers what stands apart, where nothing between holds it', () => {
    const text = `${head}h q[0];\nx q[2];\nh q[1];\n`;
    const { parsed, circuit } = opened(text);
    expect(after(text, encloseEdits(parsed, circuit, [0, 2], 'if (c == 1)'))).toBe(
      `${head}if (c == 1) {\n  h q[0];\n  h q[1];\n}\nx q[2];\n`,
    );
  });

  test('refuses where something between would have to pass', () => {
    const text = `${head}h q[0];\ncx q[0], q[1];\nh q[1];\n`;
    const { parsed, circuit } = opened(text);
    expect(encloseEdits(parsed, circuit, [0, 2], 'box')).toMatchObject({
      refusal: expect.stringContaining('between'),
    });
    const broadcast = opened(`${head}h q;\n`);
    expect(encloseEdits(broadcast.parsed, broadcast.circuit, [0], 'box')).toMatchObject({
      refusal: expect.stringContaining('several operations'),
    });
  });

  test('a box around any selection means the same circuit, up to the order of what commutes', () => {
    for (let seed = 0; seed < 80; seed++) {
      const rng = rngOf(seed, 3);
      const gates = Array.from({ length: 2 + rng.below(6) }, () =>
        rng.below(3) === 0
          ? `cx q[${rng.below(2)}], q[2];`
          : rng.below(3) === 0
            ? `c[${rng.below(3)}] = measure q[${rng.below(3)}];`
            : `rz(0.${1 + rng.below(9)}) q[${rng.below(3)}];`,
      );
      const text = `${head}${gates.join('\n')}\n`;
      const { parsed, circuit } = opened(text);
      const chosen = circuit.operations.flatMap((_, index) => (rng.below(2) === 0 ? [index] : []));
      const edits = encloseEdits(parsed, circuit, chosen, 'box');
      if ('refusal' in edits) continue;
      const boxed = opened(after(text, edits)).circuit;
      const wires = (one: typeof circuit): string[] =>
        [0, 1, 2].map((wire) =>
          one.operations
            .filter(
              (operation) =>
                JSON.stringify(operation).includes(`"qubit":${wire}`) ||
                ('qubits' in operation && operation.qubits.includes(wire)),
            )
            .map((operation) => JSON.stringify({ ...operation, origin: null }))
            .join(' '),
        );
      expect(wires(boxed), text).toEqual(wires(circuit));
    }
  });
});

describe('conditions', () => {
  test.each([
    [{ bits: [1], value: 1 }, 'c[1] == 1'],
    [{ bits: [1], value: 1, negated: true }, 'c[1] != 1'],
    [{ bits: [0, 1, 2], value: 5 }, 'c == 5'],
    [{ bits: [0, 1, 2], value: 5, negated: true }, 'c != 5'],
    [{ bits: [0, 2], value: 1 }, 'c[0] == 1 && c[2] == 0'],
    [{ bits: [3], value: 1 }, 'f == 1'],
  ])('are written so that they are read again', (condition, source) => {
    const { circuit } = opened(`${head}x q[0];\n`);
    expect(conditionSource(circuit, condition)).toBe(source);
    const read = opened(`${head}if (${source}) x q[0];\n`).circuit.operations[0];
    const single = condition.bits.length === 1 && 'negated' in condition;
    expect(read).toMatchObject({
      kind: 'if',
      condition: single ? { bits: condition.bits } : condition,
    });
  });

  test('are changed and taken away in the text', () => {
    const text = `${head}if ((c[0] == 1) && f) { x q[0]; h q[1]; }\nif (f == 0) y q[0];\n`;
    expect(after(text, changeConditionEdits(text, statementAt(text, 0), 'c == 2'))).toBe(
      `${head}if (c == 2) { x q[0]; h q[1]; }\nif (f == 0) y q[0];\n`,
    );
    expect(after(text, removeConditionEdits(text, statementAt(text, 1)))).toContain('\ny q[0];\n');
    const plain = after(text, removeConditionEdits(text, statementAt(text, 0)));
    expect(
      sameCircuit(
        opened(plain).circuit,
        opened(`${head}x q[0]; h q[1];\nif (f == 0) y q[0];\n`).circuit,
      ),
    ).toBe(true);
    const both = `${head}if (f == 1) { x q[0]; } else { h q[0]; }\n`;
    expect(removeConditionEdits(both, statementAt(both, 0))).toMatchObject({
      refusal: expect.stringContaining('else'),
    });
  });

  test('stand before each statement of OpenQASM 2', () => {
    const text = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\nx q[1];\n';
    const { circuit } = opened(text);
    const conditioned = after(text, conditionEdits2(circuit, [0, 1], 'c == 3'));
    expect(opened(conditioned).circuit.operations.map(({ kind }) => kind)).toEqual(['if', 'if']);
  });
});

test('the duration of a delay has its place in the text', () => {
  const text = `${head}delay[100ns] q[0];\n`;
  const place = durationPlace(text, statementAt(text, 0));
  expect(place === null ? null : text.slice(place.start, place.end)).toBe('100ns');
});
