import { beforeEach, expect, test, vi } from 'vitest';
import { emptyCircuit } from '#shared/circuit/circuit.ts';
import { gate } from '#shared/circuit/build.ts';
import type * as Program from '#shared/qasm/semantics3/program.ts';
import type * as Tree from '#shared/qasm/syntax/tree.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { editCircuit, openDocument, undo } from '#renderer/lib/workspace/open-document.ts';

const done = vi.hoisted(() => ({ read: 0, reread: 0, written: 0 }));

vi.mock('#shared/qasm/syntax/tree.ts', async (original) => {
  const tree = await original<typeof Tree>();
  return {
    ...tree,
    parseTree: (...given: Parameters<typeof Tree.parseTree>) => {
      done.read += 1;
      return tree.parseTree(...given);
    },
    updateTree: (...given: Parameters<typeof Tree.updateTree>) => {
      done.reread += 1;
      return tree.updateTree(...given);
    },
  };
});

vi.mock('#shared/qasm/semantics3/program.ts', async (original) => {
  const program = await original<typeof Program>();
  return {
    ...program,
    writeCircuit: (...given: Parameters<typeof Program.writeCircuit>) => {
      done.written += 1;
      return program.writeCircuit(...given);
    },
  };
});

const text = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\n';

beforeEach(() => void Object.assign(done, { read: 0, reread: 0, written: 0 }));

test('an edit of the drawing reads what it touches once and writes the circuit once', () => {
  const document = openDocument({ key: 'a', name: 'a', text });
  expect(document.drawn).not.toBe(emptyCircuit);
  expect(done).toEqual({ read: 1, reread: 0, written: 1 });
  const operations = [gate('x', [1])];
  const edited = editCircuit(document, [{ kind: 'insert', index: 1, operations }], 'X', 0);
  expect(done).toEqual({ read: 1, reread: 1, written: 2 });
  expect(edited.parsed.text).toContain('x q[1];');
  undo(edited);
  expect(done).toEqual({ read: 1, reread: 2, written: 3 });
});

test('a simulation reads a program once, and writes it again only with values for its inputs', () => {
  const context = { freeBytes: 2 ** 28, now: () => 0 };
  simulateSource(simulationRequestSchema.parse({ source: text }), context);
  expect(done).toEqual({ read: 1, reread: 0, written: 1 });
  const source = text.replace('qubit[2]', 'input float t;\nqubit[2]').replace('h q', 'ry(t) q');
  simulateSource(simulationRequestSchema.parse({ source, parameters: { t: 1 } }), context);
  expect(done).toEqual({ read: 2, reread: 0, written: 3 });
});
