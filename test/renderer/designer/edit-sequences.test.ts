import { beforeEach, describe, expect, test } from 'vitest';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { bitsOf, type Operation, qubitCountOf, qubitsOf } from '#shared/circuit/circuit.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import {
  groupAs,
  placeAtCursor,
  removeInHand,
  shift,
  toggleControl,
  toggleMark,
  ungroupInHand,
} from '#renderer/features/designer/actions.ts';
import {
  copyInHand,
  duplicateInHand,
  extendRange,
  makeArray,
  paste,
} from '#renderer/features/designer/copy-actions.ts';
import { layoutFor, useDesigner } from '#renderer/features/designer/designer-store.ts';
import { showDisplay } from '#renderer/features/designer/display-actions.ts';
import { writeNote } from '#renderer/features/designer/note-actions.ts';
import { paletteGroups } from '#renderer/features/designer/palette-items.ts';
import { planParameters } from '#renderer/features/designer/planning.ts';
import { showView } from '#renderer/features/designer/view-actions.ts';
import {
  insertWire,
  moveWire,
  removeWireNow,
  renameRegister,
} from '#renderer/features/designer/wire-actions.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { circuitViews } from '#renderer/lib/workspace/beside.ts';
import { drawnColumns } from '#renderer/lib/workspace/columns.ts';
import { placeMarks } from '#renderer/lib/workspace/marks.ts';
import { isStale, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import {
  activeDocument,
  changeCircuit,
  changeParameter,
  openInTab,
  redoActive,
  select,
  typeInto,
  undoActive,
  useWorkspace,
} from '#renderer/lib/workspace/workspace-store.ts';

const start = `OPENQASM 3.0;
include "stdgates.inc";
qubit[3] q;
bit[3] c;
h q[0];
cx q[0], q[1]; // entangle
for int i in [0:1] { x q[i]; }
c[2] = measure q[2];
`;

function current(): OpenDocument {
  const document = activeDocument();
  if (document === null) throw new Error('No document is open.');
  return document;
}

const items = paletteGroups.flatMap((group) => group.items);

/** Everything that a user can do to a circuit, at a random place. */
const actions: Readonly<Record<string, (rng: Rng) => void>> = {
  place: (rng) => placeAtCursor(items[rng.below(items.length)] ?? { kind: 'barrier' }),
  remove: () => removeInHand(),
  move: (rng) => shift(rng.below(3) - 1, rng.below(3) - 1),
  mark: () => toggleMark(),
  control: () => toggleControl(),
  copy: () => copyInHand(),
  paste: () => paste(),
  duplicate: () => duplicateInHand(),
  array: (rng) => {
    const { selection } = current();
    if (selection.length > 0) {
      makeArray(selection, { wires: rng.below(3) - 1, columns: rng.below(3) - 1 });
    }
  },
  range: (rng) => extendRange(rng.below(2) === 0 ? 1 : -1),
  group: (rng) => {
    if (current().selection.length > 0) groupAs(`mine${rng.below(100)}`, current().selection);
  },
  ungroup: () => ungroupInHand(),
  wire: (rng) => insertWire(rng.below(2) === 0 ? 'above' : 'below'),
  'wire away': (rng) => removeWireNow(rng.below(Math.max(1, qubitCountOf(current().drawn)))),
  'wire moved': (rng) => moveWire(rng.below(4), rng.below(4)),
  rename: (rng) => {
    const name = current().drawn.qubitRegisters[0]?.name;
    if (name !== undefined) renameRegister('qubit', name, `r${rng.below(50)}`);
  },
  angle: (rng) => {
    const { drawn } = current();
    const index = drawn.operations.findIndex(
      (one) => one.kind === 'gate' && one.parameters.length === 1,
    );
    const plan = planParameters(drawn, index, [parameterOf(`p${rng.below(4)}`)]);
    if (plan !== null) changeCircuit(plan.edits, 'Angle changed.', plan.selection);
  },
  view: (rng) => showView(circuitViews[rng.below(circuitViews.length)] ?? 'left'),
  note: (rng) => {
    const index = rng.below(Math.max(1, current().drawn.operations.length));
    if (!isStale(current())) writeNote(index, 'note', rng.below(4) === 0 ? '' : `n${rng.below(9)}`);
  },
  display: (rng) => {
    const { drawn } = current();
    const index = rng.below(Math.max(1, drawn.operations.length));
    // On a wire with a gate there, or on any other.
    const qubit = rng.below(qubitCountOf(drawn));
    if (index < drawn.operations.length && !isStale(current())) showDisplay(index, qubit, 'bloch');
  },
  value: (rng) => {
    const setting = { value: String(rng.below(5)), min: '0', max: '4', step: '1' };
    changeParameter(current().key, `p${rng.below(2)}`, setting);
  },
  type: (rng) => {
    const { text } = current().parsed;
    const q = current().drawn.qubitRegisters[0]?.name ?? 'q';
    const lines = text.split('\n');
    const at = lines.slice(0, 3 + rng.below(Math.max(1, lines.length - 3))).join('\n').length + 1;
    const words = [
      `y ${q}[0];`,
      '// words',
      `barrier ${q};`,
      `h ${q};`,
      `rz(0.5) ${q}[0];`,
      'oops q;',
    ];
    const place = Math.min(at, text.length);
    typeInto(current().key, [{ start: place, end: place, text: `${words[rng.below(6)]}\n` }]);
  },
  'type away': (rng) => {
    const lines = current().parsed.text.split('\n');
    const line = 2 + rng.below(Math.max(1, lines.length - 2));
    const from = lines.slice(0, line).join('\n').length + 1;
    const end = Math.min(current().parsed.text.length, from + (lines[line]?.length ?? 0) + 1);
    if (from < end) typeInto(current().key, [{ start: from, end, text: '' }]);
  },
};

/** Text, circuit, drawing and marks say the same. */
function checkAgreement(document: OpenDocument, what: string): void {
  const fresh = parseDocument(document.parsed.text);
  expect(document.parsed.circuit, what).toEqual(fresh.circuit);
  expect(document.parsed.diagnostics, what).toEqual(fresh.diagnostics);
  if (document.parsed.circuit !== null) {
    expect(document.drawn, what).toBe(document.parsed.circuit);
    expect(document.placed, what).toEqual(placeMarks(document.drawn, document.beside.marks));
  }
  const { operations } = document.drawn;
  for (const index of document.selection) expect(index, what).toBeLessThan(operations.length);
  const { columns } = drawnColumns(document);
  const layout = layoutFor(document.drawn);
  expect(layout.glyphs.length, what).toBe(operations.length);
  operations.forEach((_, index) => {
    expect(layout.glyphs[index]?.column, what).toBe(columns[index]);
  });
  checkOrder(operations, columns, what);
}

/** What shares a wire stands in the order of the text, except that a block is one. */
function checkOrder(operations: readonly Operation[], columns: readonly number[], what: string) {
  const last = new Map<string, number>();
  for (const [index, operation] of operations.entries()) {
    const column = columns[index] as number;
    const isInside = operation.origin?.inside !== undefined;
    const wires = [
      ...qubitsOf(operation).map((qubit) => `q${qubit}`),
      ...bitsOf(operation).map((bit) => `c${bit}`),
    ];
    for (const wire of wires) {
      const before = last.get(wire) ?? -1;
      if (isInside) expect(column, what).toBeGreaterThanOrEqual(before);
      else expect(column, what).toBeGreaterThan(before);
      last.set(wire, column);
    }
  }
}

/** What undo has to bring back. */
function stateOf({ parsed, beside }: OpenDocument) {
  return { text: parsed.text, marks: beside.marks, parameters: beside.parameters };
}

/** A history as simple as it can be: all states, and where in them the document stands. */
class Model {
  #states: ReturnType<typeof stateOf>[];
  #at = 0;

  constructor(document: OpenDocument) {
    this.#states = [stateOf(document)];
  }

  get expected() {
    return this.#states[this.#at];
  }

  walk(by: 1 | -1): void {
    this.#at = Math.min(Math.max(this.#at + by, 0), this.#states.length - 1);
  }

  follow(document: OpenDocument): void {
    const depth = document.history.past.length;
    // Typing joins the change before it; all else is a change of its own or none.
    this.#states = [...this.#states.slice(0, depth), stateOf(document)];
    this.#at = depth;
  }
}

function act(rng: Rng, model: Model): string {
  // Errors in the text stop the drawing: half of the time they are taken back.
  const choice = isStale(current()) && rng.below(2) === 0 ? 1 : rng.below(10);
  if (choice < 3) {
    model.walk(choice === 0 ? 1 : -1);
    if (choice === 0) redoActive();
    else undoActive();
    return choice === 0 ? 'redo' : 'undo';
  }
  const { drawn } = current();
  const row = rng.below(Math.max(1, qubitCountOf(drawn)));
  useDesigner.setState({ cursor: { row, column: rng.below(6) } });
  if (rng.below(2) === 0 && drawn.operations.length > 0) {
    const index = rng.below(drawn.operations.length);
    select(rng.below(2) === 0 ? [index] : [...new Set([index, 0])].toSorted((a, b) => a - b));
  }
  const names = Object.keys(actions);
  const name = names[rng.below(names.length)] ?? 'place';
  const { history } = current();
  actions[name]?.(rng);
  if (current().history !== history) model.follow(current());
  return name;
}

describe('random edits in the window’s store', () => {
  beforeEach(() => {
    useWorkspace.setState({ documents: [], activeKey: null });
    openInTab({ name: 'Test', text: start });
  });

  test.each(Array.from({ length: 24 }, (_, seed) => [seed]))(
    'leave text, drawing and undo in agreement at each step (seed %i)',
    (seed) => {
      const rng = rngOf(seed, 17);
      const model = new Model(current());
      const done: string[] = [];
      for (let step = 0; step < 40; step++) {
        done.push(act(rng, model));
        const what = `${done.join(', ')}\n${current().parsed.text}`;
        checkAgreement(current(), what);
        expect(stateOf(current()), what).toEqual(model.expected);
      }
      const last = stateOf(current());
      const undone = current().history.past.length;
      for (let k = 0; k < undone; k++) undoActive();
      expect(current().parsed.text).toBe(start);
      expect(current().beside.marks).toEqual([]);
      for (let k = 0; k < undone; k++) redoActive();
      expect(stateOf(current())).toEqual(last);
    },
  );
});
