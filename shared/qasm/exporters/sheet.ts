import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import { type Circuit, type Operation, qubitCountOf, qubitsOf } from '../../circuit/circuit.ts';
import type { DrawnNote } from './exporter.ts';
import { bitRowOf, conditionRows } from '../../circuit/condition-rows.ts';
import { columnsOf, gatePictureOf, subscript, wordsOf } from './drawing.ts';
import { scaleFor } from './sheet-scale.ts';
import { lowered, rounded, type Shape, type Sheet } from './sheet-shapes.ts';

const rowHeight = 44;
const boxHeight = 30;
const margin = 16;
const letterWidth = 7;
/** Of a letter under a classical wire, and its size. */
const signWidth = 5.6;
const signSize = 10;
/** Of a note: more letters are cut, so that a column stays narrow. */
const noteLetters = 28;
const noteLetterWidth = 5;
const maximumElements = 200_000;

const ink = '#333333';

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
    const names = this.#wireNames();
    const longest = names.reduce((most, name) => Math.max(most, name.length), 0);
    const left = margin + longest * letterWidth + margin;
    const lineHeight = names.length * rowHeight + margin;
    const linesAt = (scale: number): readonly (readonly Column[])[] =>
      this.#linesIn((pageWidth ?? Infinity) / scale - left - margin);
    const scale =
      pageWidth === null ? 1 : scaleFor(pageWidth, lineHeight, (one) => linesAt(one).length);
    const lines = linesAt(scale);
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
      scale,
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

  /** Qubits each, then a register of bits each: "c/3". */
  #wireNames(): readonly string[] {
    const { qubitRegisters, bitRegisters } = this.#circuit;
    return [
      ...qubitRegisters.flatMap(({ name, size }) =>
        Array.from({ length: size }, (_, i) => (size === 1 ? name : `${name}[${i}]`)),
      ),
      ...bitRegisters.map(({ name, size }) => (size === 1 ? name : `${name}/${size}`)),
    ];
  }

  /** The row of the register that a bit stands in, and its number there. */
  #bit(bit: number): { readonly row: number; readonly bit: number } {
    return bitRowOf(this.#circuit, bit, qubitCountOf(this.#circuit));
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
    const label = this.#labelOf(operation);
    const body = label === '' ? 0 : label.length * letterWidth + 26;
    if (operation.kind !== 'if') return body;
    const signs = conditionRows(this.#circuit, operation.condition).map(({ text }) => text.length);
    return Math.max(body, Math.max(0, ...signs) * signWidth + 16);
  }

  #labelOf(operation: Operation): string {
    switch (operation.kind) {
      case 'gate': {
        const picture = gatePictureOf(operation, this.#circuit);
        return picture.shape === 'box' ? wordsOf(picture) : '';
      }
      case 'measure':
      case 'barrier':
        return '';
      case 'reset':
        return '|0⟩';
      case 'opaque':
        return operation.label;
      case 'if':
        return this.#bodyLabel(operation);
      default:
        return unreachable(operation);
    }
  }

  /** What depends on a condition in words, where it is more than one thing that can be drawn. */
  #bodyLabel(operation: Operation & { kind: 'if' }): string {
    const { body, otherwise } = operation;
    const [only, ...more] = body;
    if (only !== undefined && more.length === 0 && otherwise.length === 0) {
      return this.#labelOf(only);
    }
    const ports = qubitsOf(operation);
    const words = (list: readonly Operation[]): string =>
      list.map((one) => this.#inWords(one, ports)).join(' ');
    return otherwise.length === 0 ? words(body) : `${words(body)} else ${words(otherwise)}`;
  }

  /** An operation in a box, with the box's numbers of its wires below the line: "H₀". */
  #inWords(operation: Operation, ports: readonly number[]): string {
    const wires =
      ports.length < 2 ? '' : qubitsOf(operation).map((qubit) => subscript(ports.indexOf(qubit)));
    const below = wires === '' ? '' : wires.join('');
    if (operation.kind === 'gate') {
      const picture = gatePictureOf(operation, this.#circuit);
      return `${'C'.repeat(picture.controls.length)}${wordsOf(picture)}${below}`;
    }
    return `${operation.kind === 'measure' ? 'M' : this.#labelOf(operation)}${below}`;
  }

  #operation(operation: Operation, x: number): void {
    switch (operation.kind) {
      case 'gate':
        this.#gate(operation, x);
        break;
      case 'measure':
        this.#measure(operation, x);
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
            : operation.bits.map((bit) => this.#bit(bit).row),
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

  /** A meter, and an arrow to the register with the number of the bit. */
  #measure({ qubit, bit }: Operation & { kind: 'measure' }, x: number): void {
    const y = yOf(qubit);
    if (bit !== null) {
      const place = this.#bit(bit);
      const end = yOf(place.row);
      this.#link(x, qubit, place.row, true, 7);
      for (const [from, to] of [
        [-5, 5],
        [5, 0],
        [-5, 0],
      ] as const) {
        const tip = (dx: number): readonly [number, number] => [
          x + dx,
          dx === 0 ? end - 1 : end - 8,
        ];
        this.#line(tip(from), tip(to));
      }
      const size = this.#circuit.bitRegisters[place.row - qubitCountOf(this.#circuit)]?.size ?? 1;
      if (size > 1) this.#sign(x + 7, end - 5, String(place.bit), 'start');
    }
    this.#box(x, [qubit], '', boxHeight + 12);
    const turns = Array.from({ length: 9 }, (_, i) => Math.PI * (1.08 + (0.84 * i) / 8));
    const arc = turns.map(
      (turn) => [x + 10 * Math.cos(turn), y + 6 + 10 * Math.sin(turn)] as const,
    );
    for (const [i, point] of arc.entries()) {
      const next = arc[i + 1];
      if (next !== undefined) this.#line(rounded(point), rounded(next));
    }
    this.#line([x, y + 6], [x + 7, y - 8]);
  }

  #line(from: readonly [number, number], to: readonly [number, number]): void {
    this.#shapes.push({ kind: 'line', from, to, stroke: ink, width: 1 });
  }

  #sign(x: number, y: number, text: string, anchor: 'start' | 'middle'): void {
    this.#shapes.push({ kind: 'text', at: [x, y], text, anchor, size: signSize, fill: '#333333' });
  }

  #conditional(operation: Operation & { kind: 'if' }, x: number): void {
    const read = conditionRows(this.#circuit, operation.condition);
    const qubits = qubitsOf(operation);
    const bottom = Math.max(...read.map(({ row }) => row));
    this.#link(x, Math.min(...qubits, bottom), bottom, true);
    for (const { row, text } of read) {
      this.#dot(x, row, true);
      // Above the lowest the line goes on, and would run through what stands in its way.
      if (row === bottom) this.#sign(x, yOf(row) + 16, text, 'middle');
      else this.#sign(x + 7, yOf(row) + 16, text, 'start');
    }
    const [only, ...more] = operation.body;
    if (only !== undefined && more.length === 0 && operation.otherwise.length === 0) {
      this.#operation(only, x);
    } else if (qubits.length > 0) {
      const width = this.#bodyLabel(operation).length * letterWidth + 26;
      this.#box(x, qubits, this.#bodyLabel(operation), width);
    }
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

  #link(x: number, from: number, to: number, isClassical: boolean, short = 0): void {
    for (const dx of isClassical ? [-1.5, 1.5] : [0]) {
      const [top, bottom] = [yOf(from), yOf(to) - short];
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
    if (label !== '') this.#text(x, (top + bottom) / 2 + 4, label);
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
