import { describe, expect, test } from 'vitest';
import { emptyCircuit } from '#shared/circuit/circuit.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { cardOf } from '#renderer/features/designer/card.ts';
import { glyphTouching } from '#renderer/features/designer/hit.ts';
import { layoutOf } from '#renderer/features/designer/layout.ts';

const parsed = parseDocument(`OPENQASM 2.0;
include "qelib1.inc";
qreg q[3];
creg c[1];
h q[0];
cx q[0], q[2];
measure q[1] -> c[0];
`);
const circuit = parsed.circuit ?? emptyCircuit;

describe('a gate card', () => {
  test('has title, sentence, matrix and the statement as it stands', () => {
    const card = cardOf(parsed, circuit, 0);
    expect(card?.title).toMatch(/Hadamard/);
    expect(card?.lines.join(' ').length).toBeGreaterThan(10);
    expect(card?.matrix).toHaveLength(2);
    expect(card?.code).toBe('h q[0];');
  });

  test('names what is no gate', () => {
    expect(cardOf(parsed, circuit, 2)).toMatchObject({
      title: 'Measure q[1] into c[0]',
      matrix: null,
      code: 'measure q[1] -> c[0];',
    });
    expect(cardOf(parsed, circuit, 9)).toBeNull();
  });

  test('is found by a qubit that the gate acts on, not by one that it crosses', () => {
    const layout = layoutOf(circuit);
    expect(glyphTouching(circuit, layout, { row: 2, column: 1 })?.index).toBe(1);
    expect(glyphTouching(circuit, layout, { row: 1, column: 1 })).toBeUndefined();
  });
});
