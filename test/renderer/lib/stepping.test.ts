import { beforeEach, describe, expect, test } from 'vitest';
import { emptyCircuit } from '#shared/circuit/circuit.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import {
  columnsShown,
  prefixOf,
  stepBy,
  stopStepping,
  useStepping,
} from '#renderer/lib/stepping.ts';
import { openDocument } from '#renderer/lib/workspace/open-document.ts';
import {
  activeDocument,
  openInTab,
  useWorkspace,
} from '#renderer/lib/workspace/workspace-store.ts';

const source = `OPENQASM 2.0;
include "qelib1.inc";
qreg q[2];
creg c[2];
h q; // both at once
cx q[0], q[1];
measure q -> c;
`;

const opened = openDocument({ key: 'k', name: 'K', text: source });

/** Gates and measurements that are left of the circuit. */
function kindsAfter(columns: number): readonly string[] {
  const circuit = parseDocument(prefixOf(opened, columns)).circuit ?? emptyCircuit;
  return circuit.operations.map((one) => (one.kind === 'gate' ? one.gate : one.kind));
}

describe('the beginning of a circuit', () => {
  test('holds the operations of its columns, wires and bits untouched', () => {
    expect(kindsAfter(0)).toEqual([]);
    expect(kindsAfter(1)).toEqual(['h', 'h']);
    expect(kindsAfter(2)).toEqual(['h', 'h', 'cx']);
    expect(prefixOf(opened, 1)).toContain('creg c[2];');
  });

  test('parts a statement that stands in several columns', () => {
    const text = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nx q[0];\nh q;\n';
    const staggered = openDocument({ key: 's', name: 'S', text });
    const circuit = parseDocument(prefixOf(staggered, 1)).circuit ?? emptyCircuit;
    expect(circuit.operations).toMatchObject([
      { gate: 'x', qubits: [0] },
      { gate: 'h', qubits: [1] },
    ]);
  });

  test('is the same text where all of it is wanted', () => {
    expect(prefixOf(opened, 99)).toBe(source);
  });
});

describe('stepping', () => {
  beforeEach(() => {
    useWorkspace.setState({ documents: [], activeKey: null });
    stopStepping();
    openInTab({ name: 'K', text: source });
  });

  const shown = (): number | null => {
    const document = activeDocument();
    return document === null ? null : columnsShown(document, useStepping.getState());
  };

  test('goes back from the end, stops at the beginning and ends past the last column', () => {
    stepBy(-1);
    const last = shown() ?? 0;
    expect(last).toBeGreaterThan(1);
    for (let i = 0; i <= last; i++) stepBy(-1);
    expect(shown()).toBe(0);
    for (let i = 0; i <= last; i++) stepBy(1);
    expect(shown()).toBeNull();
  });

  test('leaves other circuits whole', () => {
    stepBy(-1);
    openInTab({ name: 'L', text: source });
    expect(shown()).toBeNull();
  });
});
