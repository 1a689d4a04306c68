import { wantedBits } from '../../circuit/condition.ts';
import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import { type Circuit, type Operation, qubitCountOf, qubitsOf } from '../../circuit/circuit.ts';
import type { DrawnNote } from './exporter.ts';
import { bitRow, columnsOf, gatePictureOf, wireNamesOf } from './drawing.ts';

const rowHeight = 44;
const boxHeight = 30;
const margin = 16;
const letterWidth = 8;
/** Of a note: more letters are cut, so that a column stays narrow. */
const noteLetters = 28;
const noteLetterWidth = 5;
const maximumElements = 200_000;

/** One thing on a drawing; y grows downwards, lengths are CSS pixels. */
export type Shape =
  | {
      readonly kind: 'line';
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
      readonly stroke: string;
      readonly width: number;
      readonly isDashed?: true;
    }
  | {
      readonly kind: 'circle';
      readonly centre: readonly [number, number];
      readonly radius: number;
      readonly fill: string;
    }
  | {
      readonly kind: 'box';
      readonly corner: readonly [number, number];
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly kind: 'text';
      readonly at: readonly [number, number];
      readonly text: string;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly size: number;
      readonly fill: string;
    };

const ink = '#333333';

/** A drawn circuit, whatever it is written as. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly shapes: readonly Shape[];
  readonly colours: SheetColours;
}

/** What shapes have no colour of their own for. */
export interface SheetColours {
  readonly paper: string;
  /** Edges of boxes and circles. */
  readonly ink: string;
  readonly boxFill: string;
}

/** Lays a circuit out in lines of moments that fit the page; one line without a page. Light. */
export function drawCircuit(
  circuit: Circuit,
  pageWidth: number | null = null,
  notes: readonly DrawnNote[] = [],
): Sheet {
  return new Drawing(circuit, notes).draw(pageWidth);
}

interface Column {
  readonly operations: readonly Operation[];
  readonly notes: readonly DrawnNote[];
  readonly width: number;
}

class Drawing {
  readonly #circuit: Circuit;
  readonly #notes: readonly DrawnNote[];
  #shapes: Shape[] = [];

  constructor(circuit: Circuit, notes: readonly DrawnNote[]) {
    this.#circuit = circuit;
    this.#notes = notes;
    if (circuit.operations.length > maximumElements) {
      throw new AppError(
        'too-large',
        `A drawing holds at most ${maximumElements} operations; this circuit has ${circuit.operations.length}. Draw a part of it.`,
      );
    }
  }

  draw(pageWidth: number | null): Sheet {
    const names = wireNamesOf(this.#circuit);
    const longest = names.reduce((most, name) => Math.max(most, name.length), 0);
    const left = margin + longest * letterWidth + margin;
    const lines = this.#linesIn((pageWidth ?? Infinity) - left - margin);
    const lineHeight = names.length * rowHeight + margin;
    const shapes: Shape[] = [];
    let right = left;
    for (const [number, line] of lines.entries()) {
      this.#shapes = [];
      let x = left;
      for (const { operations, notes, width } of line) {
        for (const operation of operations) this.#operation(operation, x + width / 2);
        for (const note of notes) this.#note(note, x + width / 2);
        x += width;
      }
      const wires: Shape[] = [];
      names.forEach((name, row) => this.#wire(name, row, left, x, wires));
      for (const shape of [...wires, ...this.#shapes]) {
        shapes.push(lowered(shape, number * lineHeight));
      }
      right = Math.max(right, x);
    }
    return {
      width: right + margin,
      height: lines.length * lineHeight + margin,
      title: `Circuit of ${qubitCountOf(this.#circuit)} qubits and ${this.#circuit.operations.length} operations`,
      shapes,
      colours: { paper: '#ffffff', ink, boxFill: '#f4f7fb' },
    };
  }

  /** A column that alone is wider than the room has a line of its own. */
  #linesIn(room: number): readonly (readonly Column[])[] {
    const lines: Column[][] = [[]];
    let used = 0;
    for (const column of columnsOf(this.#circuit)) {
      const operations = column.map((index) => this.#circuit.operations[index] as Operation);
      const notes = this.#notes.filter(({ index }) => column.includes(index));
      const needed = notes.map(
        ({ text }) => Math.min(text.length, noteLetters) * noteLetterWidth + 8,
      );
      const width = Math.max(rowHeight, ...needed, ...operations.map((one) => this.#widthOf(one)));
      if (used > 0 && used + width > room) {
        lines.push([]);
        used = 0;
      }
      lines.at(-1)?.push({ operations, notes, width });
      used += width;
    }
    return lines;
  }

  #wire(name: string, row: number, left: number, right: number, into: Shape[]): void {
    const y = yOf(row);
    const facts = { anchor: 'end', size: 13, fill: '#000000' } as const;
    into.push({ kind: 'text', at: [left - margin / 2, y + 4], text: name, ...facts });
    const isBit = row >= qubitCountOf(this.#circuit);
    for (const dy of isBit ? [-1.5, 1.5] : [0]) {
      into.push({ kind: 'line', from: [left, y + dy], to: [right, y + dy], stroke: ink, width: 1 });
    }
  }

  #widthOf(operation: Operation): number {
    return this.#labelOf(operation).length * letterWidth + 28;
  }

  #labelOf(operation: Operation): string {
    switch (operation.kind) {
      case 'gate': {
        const { symbol, angles, shape } = gatePictureOf(operation, this.#circuit);
        if (shape !== 'box') return '';
        return angles.length === 0 ? symbol : `${symbol}(${angles.join(', ')})`;
      }
      case 'measure':
        return 'M';
      case 'reset':
        return '|0⟩';
      case 'barrier':
        return '';
      case 'opaque':
        return operation.label;
      case 'if':
        return [...operation.body, ...operation.otherwise]
          .map((one) => this.#labelOf(one))
          .reduce(
            (longest, text) => (text.length > longest.length ? text : longest),
            `= ${operation.condition.value}`,
          );
      default:
        return unreachable(operation);
    }
  }

  #operation(operation: Operation, x: number): void {
    switch (operation.kind) {
      case 'gate':
        this.#gate(operation, x);
        break;
      case 'measure':
        if (operation.bit !== null)
          this.#link(x, operation.qubit, bitRow(this.#circuit, operation.bit), true);
        this.#box(x, [operation.qubit], 'M', this.#widthOf(operation));
        break;
      case 'reset':
        this.#box(x, [operation.qubit], '|0⟩', this.#widthOf(operation));
        break;
      case 'barrier':
        for (const qubit of operation.qubits) {
          const [top, bottom] = [yOf(qubit) - rowHeight / 2, yOf(qubit) + rowHeight / 2];
          const facts = { stroke: '#777777', width: 1, isDashed: true } as const;
          this.#shapes.push({ kind: 'line', from: [x, top], to: [x, bottom], ...facts });
        }
        break;
      case 'opaque':
        this.#box(
          x,
          operation.qubits.length > 0
            ? operation.qubits
            : operation.bits.map((bit) => bitRow(this.#circuit, bit)),
          operation.label,
          this.#widthOf(operation),
        );
        break;
      case 'if':
        this.#conditional(operation, x);
        break;
      default:
        unreachable(operation);
    }
  }

  #conditional(operation: Operation & { kind: 'if' }, x: number): void {
    const { bits, value, negated } = operation.condition;
    const rows = bits.map((bit) => bitRow(this.#circuit, bit));
    const bottom = Math.max(...rows);
    this.#link(x, Math.min(...qubitsOf(operation), bottom), bottom, true);
    const wanted = wantedBits(operation.condition);
    for (const [i, row] of rows.entries()) this.#dot(x, row, wanted?.[i] === 1);
    this.#text(x + 6, yOf(bottom) + 18, `${negated === true ? '≠' : '='} ${value}`);
    for (const inner of operation.body) this.#operation(inner, x);
    if (operation.otherwise.length > 0) this.#text(x + 6, yOf(bottom) + 32, 'else …');
  }

  #gate(operation: Operation & { kind: 'gate' }, x: number): void {
    const picture = gatePictureOf(operation, this.#circuit);
    const rows = [...picture.targets, ...picture.controls.map(({ qubit }) => qubit)];
    if (rows.length === 0) return;
    if (picture.controls.length > 0 || picture.shape === 'swap') {
      this.#link(x, Math.min(...rows), Math.max(...rows), false);
    }
    for (const { qubit, value } of picture.controls) this.#dot(x, qubit, value === 1);
    switch (picture.shape) {
      case 'box':
        this.#box(x, picture.targets, this.#labelOf(operation), this.#widthOf(operation));
        break;
      case 'dot':
        for (const row of picture.targets) this.#dot(x, row, true);
        break;
      case 'cross':
        for (const row of picture.targets) this.#cross(x, row);
        break;
      case 'swap':
        for (const row of picture.targets) this.#swapEnd(x, yOf(row));
        break;
      default:
        unreachable(picture.shape);
    }
  }

  #swapEnd(x: number, y: number): void {
    const facts = { stroke: ink, width: 2 };
    this.#shapes.push(
      { kind: 'line', from: [x - 6, y - 6], to: [x + 6, y + 6], ...facts },
      { kind: 'line', from: [x - 6, y + 6], to: [x + 6, y - 6], ...facts },
    );
  }

  #cross(x: number, row: number): void {
    const y = yOf(row);
    const facts = { stroke: ink, width: 1 };
    this.#shapes.push(
      { kind: 'circle', centre: [x, y], radius: 11, fill: '#ffffff' },
      { kind: 'line', from: [x - 11, y], to: [x + 11, y], ...facts },
      { kind: 'line', from: [x, y - 11], to: [x, y + 11], ...facts },
    );
  }

  #link(x: number, from: number, to: number, isClassical: boolean): void {
    for (const dx of isClassical ? [-1.5, 1.5] : [0]) {
      const [top, bottom] = [yOf(from), yOf(to)];
      this.#shapes.push({
        kind: 'line',
        from: [x + dx, top],
        to: [x + dx, bottom],
        stroke: ink,
        width: 1,
      });
    }
  }

  #dot(x: number, row: number, isFilled: boolean): void {
    const fill = isFilled ? ink : '#ffffff';
    this.#shapes.push({ kind: 'circle', centre: [x, yOf(row)], radius: 5, fill });
  }

  #box(x: number, rows: readonly number[], label: string, width: number): void {
    if (rows.length === 0) return;
    const [top, bottom] = [yOf(Math.min(...rows)), yOf(Math.max(...rows))];
    const inner = Math.max(boxHeight, width - 12);
    this.#shapes.push({
      kind: 'box',
      corner: [x - inner / 2, top - boxHeight / 2],
      width: inner,
      height: bottom - top + boxHeight,
    });
    this.#text(x, (top + bottom) / 2 + 4, label);
    // A box over wires that are not its own says which ones are, and in which order.
    if (rows.length < 2) return;
    rows.forEach((row, i) => {
      this.#shapes.push({
        kind: 'text',
        at: [x - inner / 2 + 3, yOf(row) + 10],
        text: String(i),
        anchor: 'start',
        size: 9,
        fill: '#666666',
      });
    });
  }

  #note({ kind, text, index }: DrawnNote, x: number): void {
    const operation = this.#circuit.operations[index];
    if (operation === undefined) return;
    const line = text.split('\n')[0] ?? '';
    const words = line.length <= noteLetters ? line : `${line.slice(0, noteLetters - 1)}…`;
    const top = Math.min(...qubitsOf(operation));
    const y = kind === 'note' ? yOf(top) - boxHeight / 2 - 3 : margin / 2 + 1;
    const facts = { anchor: 'middle', size: 9, fill: '#666666' } as const;
    this.#shapes.push({ kind: 'text', at: [x, y], text: words, ...facts });
  }

  #text(x: number, y: number, text: string): void {
    const facts = { anchor: 'middle', size: 13, fill: '#000000' } as const;
    this.#shapes.push({ kind: 'text', at: [x, y], text, ...facts });
  }
}

function yOf(row: number): number {
  return margin + row * rowHeight + rowHeight / 2;
}

function lowered(shape: Shape, by: number): Shape {
  if (by === 0) return shape;
  const down = ([x, y]: readonly [number, number]) => [x, y + by] as const;
  switch (shape.kind) {
    case 'line':
      return { ...shape, from: down(shape.from), to: down(shape.to) };
    case 'circle':
      return { ...shape, centre: down(shape.centre) };
    case 'box':
      return { ...shape, corner: down(shape.corner) };
    case 'text':
      return { ...shape, at: down(shape.at) };
    default:
      return unreachable(shape);
  }
}
