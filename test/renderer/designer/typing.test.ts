import { beforeEach, describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { qubitsOf } from '#shared/circuit/circuit.ts';
import { placeAtCursor } from '#renderer/features/designer/actions.ts';
import { useDesigner } from '#renderer/features/designer/designer-store.ts';
import { paletteGroups } from '#renderer/features/designer/palette-items.ts';
import { useNotices } from '#renderer/lib/notices.ts';
import {
  activeDocument,
  changeBeside,
  openInTab,
  useWorkspace,
} from '#renderer/lib/workspace/workspace-store.ts';
import { circuitViews } from '#renderer/lib/workspace/beside.ts';
import { drawnColumns } from '#renderer/lib/workspace/columns.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[4] q;\nbit[4] c;\nbit[2] d;\n';
const typed = ['x', 'y', 'z', 's', 't', 'sx'] as const;

function current(): OpenDocument {
  const document = activeDocument();
  if (document === null) throw new Error('No document is open.');
  return document;
}

function type(id: string): void {
  const item = paletteGroups
    .flatMap((group) => group.items)
    .find((one) => one.kind === 'gate' && one.gate.id === id);
  if (item === undefined) throw new Error(`There is no ${id} in the palette.`);
  placeAtCursor(item);
}

/** Statements that cross wires in every way: legs, lines to bits, conditions, blocks. */
function statement(seed: number, at: number): string {
  const rng = rngOf(seed, at);
  const a = rng.below(4);
  const b = (a + 1 + rng.below(3)) % 4;
  const kinds = [
    `h q[${a}];`,
    `cx q[${a}], q[${b}];`,
    `c[${rng.below(4)}] = measure q[${a}];`,
    `d[${rng.below(2)}] = measure q[${a}];`,
    `if (c[${rng.below(4)}] == 1) h q[${a}];`,
    `if (d == 2) cx q[${a}], q[${b}];`,
    `reset q[${a}];`,
    `barrier q[${a}], q[${b}];`,
    `for int i in [0:1] { h q[i]; }`,
    `if (c == 3) { h q[${a}]; cx q[${b}], q[${a}]; }`,
  ];
  return kinds[rng.below(kinds.length)] as string;
}

beforeEach(() => {
  useWorkspace.setState({ documents: [], activeKey: null });
  useDesigner.setState({ marks: [], inner: null, cursor: { row: 0, column: 0 } });
});

describe('gates typed one after another', () => {
  test.each(circuitViews)(
    'stand in typed order on their wire, the cursor behind them, and are announced where they are drawn (%s)',
    (view) => {
      for (let seed = 0; seed < 60; seed++) {
        const rng = rngOf(seed, 7);
        const body = Array.from({ length: rng.below(9) }, (_, at) => statement(seed, at));
        openInTab({ name: `${view} ${seed}`, text: `${head}${body.join('\n')}\n` });
        changeBeside(current().key, () => ({ view }));
        const columns = drawnColumns(current()).columns;
        const row = rng.below(4);
        const column = rng.below(Math.max(0, ...columns) + 4);
        useDesigner.setState({ cursor: { row, column }, inner: null });
        for (const id of typed) {
          type(id);
          const document = current();
          const said = useNotices.getState().announcement;
          const after = useDesigner.getState().cursor;
          const placed = document.drawn.operations.findIndex(
            (one) => one.kind === 'gate' && one.gate === id,
          );
          const drawn = drawnColumns(document).columns[placed] ?? -1;
          expect(said, `seed ${seed}`).toContain(`q[${row}], column ${drawn + 1}.`);
          expect(after, `seed ${seed}`).toEqual({ row, column: drawn + 1 });
        }
        const order = current().drawn.operations.flatMap((one) =>
          one.kind === 'gate' && (typed as readonly string[]).includes(one.gate) ? [one] : [],
        );
        expect(
          order.map(({ gate }) => gate),
          `seed ${seed}:\n${current().parsed.text}`,
        ).toEqual(typed);
        expect(order.flatMap(qubitsOf)).toEqual(typed.map(() => row));
      }
    },
  );

  test('come in typed order beside a measurement', () => {
    openInTab({ name: 'Beside', text: `${head}c[0] = measure q[0];\n` });
    useDesigner.setState({ cursor: { row: 2, column: 0 } });
    for (const id of ['z', 's', 'x']) type(id);
    expect(current().parsed.text).toMatch(/z q\[2\];\s*s q\[2\];\s*x q\[2\];/);
  });
});
