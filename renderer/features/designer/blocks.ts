import { columnsOf, type Part, partsOf } from '#shared/circuit/blocks.ts';
import {
  type Circuit,
  type GateOperation,
  type InsidePlace,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from '#shared/circuit/circuit.ts';
import { conditionPlace, durationPlace } from './enclose.ts';
import {
  block,
  type BlockDrawer,
  type BlockFacts,
  type Body,
  type Frame,
  type Glyph,
  layColumns,
  type Layout,
  metrics,
  moveLayout,
  type Stretch,
} from './layout.ts';

/** How the blocks of a circuit are drawn. */
export interface BlockView {
  /** The text that the circuit was read from; labels are taken from it. */
  readonly text: string;
  /** Blocks that the user opened or closed, by where they begin in the text. */
  readonly folds: ReadonlyMap<number, boolean>;
}

/** A block of more operations is closed until it is opened. */
const openUpTo = 60;
const deepest = 6;
const labelGap = 16;
const padding = 8;
const longestLabel = 26;

/** Draws loops, branches, boxes, calls and own gates as blocks that open and close. */
export function blockDrawer(circuit: Circuit, view: BlockView): BlockDrawer {
  const qubitCount = qubitCountOf(circuit);
  const definitions = new Map(circuit.definitions.map((one) => [one.name, one]));
  const facts = { rows: [], qubitCount };

  const drawAt =
    (depth: number, level: number): BlockDrawer =>
    (part, bodyOf) => {
      const waiting = delayOf(part, view.text);
      if (waiting !== null) return waiting;
      const sort = sortOf(part, definitions, depth);
      if (sort === null || level > deepest) return null;
      const { operations, place, isUsuallyOpen, ways } = sort;
      const rows = [...new Set(operations.flatMap(qubitsOf))];
      if (rows.length === 0) return null;
      const count = ways.reduce((sum, way) => sum + way.operations.length, 0);
      const isOpen = view.folds.get(place.start) ?? (isUsuallyOpen && count <= openUpTo);
      const label = labelOf(view.text, place, sort.label);
      const shown: BlockFacts = { start: place.start, end: place.end, label, count, isOpen };
      const plain = bodyOf(
        part.kind === 'operation' ? part.operation : (operations[0] as Operation),
      );
      const extent = extentOf(part, rows, plain, registersRead(circuit, view.text, place));
      if (!isOpen) {
        // Own gates and conditions of one gate keep their usual look while they are closed.
        return part.kind === 'operation' && part.operation.kind !== 'opaque'
          ? { ...plain, block: shown }
          : { ...extent, ...block(closedLabel(label, part), rows), block: shown };
      }
      const lay = (list: readonly Operation[]): Layout =>
        innerLayout(list, sort.depth, level + 1, bodyOf);
      const { frame, width } = framed(
        label,
        ways.map((way) => ({ label: way.label, inner: lay(way.operations) })),
      );
      return { ...extent, ...block(label, rows), width, frame, block: shown };
    };

  const innerLayout = (
    operations: readonly Operation[],
    depth: number,
    level: number,
    bodyOf: (operation: Operation) => Body,
  ): Layout => {
    const columns = columnsAt(operations, depth, qubitCount);
    const draw = drawAt(depth, level);
    const glyphs = partsOf(operations, depth).map((part, i): Glyph => {
      const operation =
        part.kind === 'operation' ? part.operation : (part.operations[0] as Operation);
      const inside = operation.origin?.inside;
      const body = draw(part, bodyOf) ?? bodyOf(operation);
      const where = inside === undefined ? {} : { place: placeOf(part, inside, depth) };
      return { ...body, ...where, index: part.first, column: columns[i] ?? 0 };
    });
    const columnCount = columns.reduce((most, column) => Math.max(most, column + 1), 0);
    return layColumns({ ...facts, columnCount }, glyphs, glyphs, 0);
  };

  return drawAt(0, 0);
}

/** A delay with its time, as the text has it; null for anything else. */
function delayOf(part: Part, text: string): Body | null {
  if (part.kind !== 'operation') return null;
  const { operation } = part;
  const statement = operation.origin?.inside ?? operation.origin;
  if (operation.kind !== 'opaque' || operation.isInert !== true || statement === undefined) {
    return null;
  }
  const place = durationPlace(text, statement);
  if (place === null) return null;
  const rows = operation.qubits;
  const words = `delay ${text.slice(place.start, place.end).trim()}`;
  return { top: Math.min(...rows), bottom: Math.max(...rows), link: null, ...block(words, rows) };
}

/** A block is named by its own statement, an operation by its. */
function placeOf(part: Part, inside: InsidePlace, depth: number): InsidePlace {
  if (part.kind === 'operation') return inside;
  const { start, end } = part.block;
  return { start, end, blocks: inside.blocks.slice(0, depth) };
}

/** Columns of the parts of a list. */
function columnsAt(operations: readonly Operation[], depth: number, qubitCount: number): number[] {
  const parts = partsOf(operations, depth);
  const flat = parts.map((part): Operation => {
    const own = part.kind === 'operation' ? [part.operation] : part.operations;
    return { kind: 'barrier', qubits: [...new Set(own.flatMap(qubitsOf))] };
  });
  return columnsOf({
    qubitRegisters: [{ name: 'q', size: qubitCount }],
    bitRegisters: [],
    parameters: [],
    definitions: [],
    operations: flat,
  });
}

/** What there is to know of a part before it is drawn as a block. */
interface Sort {
  readonly operations: readonly Operation[];
  readonly place: Stretch;
  /** Null: the words of the text. */
  readonly label: string | null;
  readonly isUsuallyOpen: boolean;
  readonly ways: readonly { readonly label: string; readonly operations: readonly Operation[] }[];
  /** In how many blocks the operations of the ways stand. */
  readonly depth: number;
}

type Definitions = ReadonlyMap<string, Circuit['definitions'][number]>;

function sortOf(part: Part, definitions: Definitions, depth: number): Sort | null {
  if (part.kind === 'block') {
    const { block: own, operations, passes } = part;
    const isUsuallyOpen = own.kind !== 'call';
    const facts = { operations, place: own, label: null, isUsuallyOpen };
    return { ...facts, ways: passes, depth: depth + 1 };
  }
  const { operation } = part;
  const place = operation.origin?.inside ?? operation.origin;
  if (place === undefined) return null;
  switch (operation.kind) {
    case 'if':
      return conditionSort(operation, place, depth + 1);
    case 'opaque':
      return operation.sketch === undefined
        ? null
        : sketchSort(operation, operation.sketch, place, depth);
    case 'gate':
      return callSort(operation, place, definitions);
    default:
      return null;
  }
}

/** What a loop does that nobody can write out: one round of it. */
function sketchSort(
  operation: Operation,
  sketch: readonly Operation[],
  place: Stretch,
  depth: number,
): Sort {
  const facts = { operations: [operation], place, label: null, isUsuallyOpen: true };
  const [only, ...others] = partsOf(sketch, depth);
  if (only?.kind !== 'block' || others.length > 0) {
    return { ...facts, ways: [{ label: '', operations: sketch }], depth };
  }
  const isLoop = only.block.kind === 'for' || only.block.kind === 'while';
  const ways = only.passes.map(({ label, operations }) => ({
    label: label === '' && isLoop ? 'each round' : label,
    operations,
  }));
  return { ...facts, ways, depth: depth + 1 };
}

function conditionSort(operation: Operation & { kind: 'if' }, place: Stretch, depth: number): Sort {
  const ways = waysOf(operation);
  const isSingle = ways.length === 1 && ways[0]?.operations.length === 1;
  const only = ways[0]?.operations[0];
  return {
    operations: [operation],
    place,
    label: null,
    isUsuallyOpen: !(isSingle && only?.kind === 'gate'),
    ways,
    depth,
  };
}

/** The ways of a branch; those of a switch are a chain of conditions of one statement. */
function waysOf({ origin, body, otherwise }: Operation & { kind: 'if' }): Sort['ways'] {
  const nameOf = (list: readonly Operation[], usual: string): string => {
    const block = list[0]?.origin?.inside?.blocks.at(-1);
    return block?.kind === 'switch' ? block.pass : usual;
  };
  const [next] = otherwise;
  const ways = body.length === 0 ? [] : [{ label: nameOf(body, ''), operations: body }];
  if (next?.kind === 'if' && otherwise.length === 1 && next.origin === origin) {
    return [...ways, ...waysOf(next)];
  }
  if (otherwise.length === 0) return ways;
  return [...ways, { label: nameOf(otherwise, 'else'), operations: otherwise }];
}

function callSort(operation: GateOperation, place: Stretch, definitions: Definitions): Sort | null {
  const body = definitions.get(operation.gate)?.body ?? null;
  const isPlain = (operation.power ?? 1) === 1 && (operation.controls ?? []).length === 0;
  if (body === null || body.length === 0 || !isPlain) return null;
  const own = body.map((step) => sentTo(step, operation.qubits));
  return {
    operations: [operation],
    place,
    label: operation.gate,
    isUsuallyOpen: false,
    ways: [{ label: '', operations: own }],
    depth: 0,
  };
}

/** A step of a gate's body on the qubits of a call. */
function sentTo(step: Operation, qubits: readonly number[]): Operation {
  const to = (qubit: number): number => qubits[qubit] ?? qubit;
  if (step.kind === 'barrier') return { ...step, qubits: step.qubits.map(to) };
  if (step.kind !== 'gate') return step;
  const controls = step.controls?.map((control) => ({ ...control, qubit: to(control.qubit) }));
  return { ...step, qubits: step.qubits.map(to), ...(controls === undefined ? {} : { controls }) };
}

/** Rows of the classical registers that the condition of a block names; none where it has no condition. */
function registersRead(circuit: Circuit, text: string, place: Stretch): readonly number[] {
  const condition = conditionPlace(text, place);
  if (condition === null) return [];
  const words = text.slice(condition.start, condition.end);
  const names = new Set(words.match(/[\p{L}_][\p{L}\p{Nd}_]*/gu));
  const first = qubitCountOf(circuit);
  return circuit.bitRegisters.flatMap(({ name }, i) => (names.has(name) ? [first + i] : []));
}

/** `read` are the rows that a condition of the text reads, where no circuit can hold it. */
function extentOf(
  part: Part,
  rows: readonly number[],
  plain: Body,
  read: readonly number[],
): Pick<Body, 'top' | 'bottom' | 'link'> {
  const top = Math.min(...rows);
  const bottom = Math.max(...rows);
  if (part.kind === 'operation' && part.operation.kind === 'if') {
    return { top, bottom: Math.max(bottom, plain.bottom), link: plain.link };
  }
  const lowest = read.at(-1);
  if (part.kind !== 'operation' || lowest === undefined) return { top, bottom, link: null };
  // What is wanted of the bits stands in the label.
  const others = read.slice(0, -1).map((row) => ({ row, text: '' }));
  return { top, bottom: lowest, link: { row: lowest, text: '', reads: true, others } };
}

/** The label and the ways side by side, from 0 on. */
function framed(
  label: string,
  ways: readonly { readonly label: string; readonly inner: Layout }[],
): { frame: Frame; width: number } {
  const labelWidth = widthOf(label, 10);
  let x = padding + labelWidth + labelGap;
  const placed = ways.map(({ label: name, inner }) => {
    const left = x;
    const nameWidth = name === '' ? 0 : widthOf(name, 14);
    x += nameWidth + (name === '' ? 0 : labelGap / 2);
    moveLayout(inner, x);
    x = inner.columnStart[inner.columnCount] as number;
    return { label: name, left, labelWidth: nameWidth, inner };
  });
  return { frame: { label, left: 0, labelWidth, ways: placed }, width: x + padding };
}

/** Room for a text that is broken into lines of about so many characters. */
function widthOf(text: string, characters: number): number {
  const longest = Math.max(...linesOf(text, characters).map((line) => line.length));
  return Math.ceil(longest * metrics.characterWidth * 0.86);
}

/** The words of a label in lines of about so many characters. */
export function linesOf(text: string, characters = 14): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < characters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The first words of a statement, without its body. */
function labelOf(text: string, { start, end }: Stretch, given: string | null): string {
  if (given !== null) return given;
  const words = text.slice(start, Math.min(end, start + 200));
  const condition = conditionPlace(words, { start: 0, end: words.length });
  const shown = condition === null ? words : words.slice(0, condition.end + 1);
  const head = (shown.split(/(?<!\bin\s*)\{|[;\n\r]/)[0] ?? '').trim();
  return head.length <= longestLabel ? head : `${head.slice(0, longestLabel - 1)}…`;
}

function closedLabel(label: string, part: Part): string {
  if (part.kind !== 'block' || part.block.kind !== 'for') return label;
  return `${label} ×${part.passes.length}`;
}
