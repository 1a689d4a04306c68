import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import { type Circuit, type Operation, qubitCountOf, qubitsOf } from '../../circuit/circuit.ts';
import { bitRow, columnsOf, gatePictureOf, wireNamesOf } from './drawing.ts';
import type { Exporter } from './exporter.ts';

const rowHeight = 44;
const boxHeight = 30;
const margin = 16;
const letterWidth = 8;
const maximumElements = 200_000;

export const svgExporter: Exporter = {
  id: 'svg',
  title: 'Drawing (SVG)',
  fileExtension: 'svg',
  export: (circuit) => ({ text: new SvgDrawing(circuit).draw(), losses: [] }),
};

class SvgDrawing {
  readonly #circuit: Circuit;
  readonly #elements: string[] = [];

  constructor(circuit: Circuit) {
    this.#circuit = circuit;
    if (circuit.operations.length > maximumElements) {
      throw new AppError(
        'too-large',
        `A drawing holds at most ${maximumElements} operations; this circuit has ${circuit.operations.length}. Draw a part of it.`,
      );
    }
  }

  draw(): string {
    const names = wireNamesOf(this.#circuit);
    const left = margin + Math.max(0, ...names.map((name) => name.length)) * letterWidth + margin;
    let x = left;
    for (const column of columnsOf(this.#circuit)) {
      const operations = column.map((index) => this.#circuit.operations[index] as Operation);
      const width = Math.max(rowHeight, ...operations.map((one) => this.#widthOf(one)));
      for (const operation of operations) this.#operation(operation, x + width / 2);
      x += width;
    }
    const width = x + margin;
    const height = names.length * rowHeight + 2 * margin;
    const wires = names.map((name, row) => this.#wire(name, row, left, width - margin));
    return `${[
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="13">`,
      `<title>Circuit of ${qubitCountOf(this.#circuit)} qubits and ${this.#circuit.operations.length} operations</title>`,
      `<rect width="${width}" height="${height}" fill="#fff"/>`,
      ...wires,
      ...this.#elements,
      '</svg>',
    ].join('\n')}\n`;
  }

  #wire(name: string, row: number, left: number, right: number): string {
    const y = yOf(row);
    const label = `<text x="${left - margin / 2}" y="${y + 4}" text-anchor="end">${escapeXml(name)}</text>`;
    const line = (at: number): string =>
      `<line x1="${left}" y1="${at}" x2="${right}" y2="${at}" stroke="#333"/>`;
    const isBit = row >= qubitCountOf(this.#circuit);
    return label + (isBit ? line(y - 1.5) + line(y + 1.5) : line(y));
  }

  #widthOf(operation: Operation): number {
    const text = this.#labelOf(operation);
    return text.length * letterWidth + 28;
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
          const y = yOf(qubit);
          this.#elements.push(
            `<line x1="${x}" y1="${y - rowHeight / 2}" x2="${x}" y2="${y + rowHeight / 2}" stroke="#777" stroke-dasharray="4 3"/>`,
          );
        }
        break;
      case 'opaque':
        this.#box(x, operation.qubits, operation.label, this.#widthOf(operation));
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
    this.#link(x, Math.min(...qubitsOf(operation)), bottom, true);
    for (const [i, row] of rows.entries()) this.#dot(x, row, Math.floor(value / 2 ** i) % 2 === 1);
    this.#text(x + 6, yOf(bottom) + 18, `${negated === true ? '≠' : '='} ${value}`);
    for (const inner of operation.body) this.#operation(inner, x);
    if (operation.otherwise.length > 0) this.#text(x + 6, yOf(bottom) + 32, 'else …');
  }

  #gate(operation: Operation & { kind: 'gate' }, x: number): void {
    const picture = gatePictureOf(operation, this.#circuit);
    const rows = [...picture.targets, ...picture.controls.map(({ qubit }) => qubit)];
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
        for (const row of picture.targets) {
          const y = yOf(row);
          this.#elements.push(
            `<path d="M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x - 6} ${y + 6}L${x + 6} ${y - 6}" stroke="#333" stroke-width="2"/>`,
          );
        }
        break;
    }
  }

  #cross(x: number, row: number): void {
    const y = yOf(row);
    this.#elements.push(
      `<circle cx="${x}" cy="${y}" r="11" fill="#fff" stroke="#333"/>`,
      `<path d="M${x - 11} ${y}H${x + 11}M${x} ${y - 11}V${y + 11}" stroke="#333"/>`,
    );
  }

  #link(x: number, from: number, to: number, isClassical: boolean): void {
    for (const dx of isClassical ? [-1.5, 1.5] : [0]) {
      this.#elements.push(
        `<line x1="${x + dx}" y1="${yOf(from)}" x2="${x + dx}" y2="${yOf(to)}" stroke="#333"/>`,
      );
    }
  }

  #dot(x: number, row: number, isFilled: boolean): void {
    this.#elements.push(
      `<circle cx="${x}" cy="${yOf(row)}" r="5" fill="${isFilled ? '#333' : '#fff'}" stroke="#333"/>`,
    );
  }

  #box(x: number, rows: readonly number[], label: string, width: number): void {
    const [top, bottom] = [yOf(Math.min(...rows)), yOf(Math.max(...rows))];
    const inner = Math.max(boxHeight, width - 12);
    this.#elements.push(
      `<rect x="${x - inner / 2}" y="${top - boxHeight / 2}" width="${inner}" height="${bottom - top + boxHeight}" rx="3" fill="#f4f7fb" stroke="#333"/>`,
    );
    this.#text(x, (top + bottom) / 2 + 4, label);
    // A box over wires that are not its own says which ones are, and in which order.
    if (rows.length < 2) return;
    rows.forEach((row, i) => {
      this.#elements.push(
        `<text x="${x - inner / 2 + 3}" y="${yOf(row) + 10}" font-size="9" fill="#666">${i}</text>`,
      );
    });
  }

  #text(x: number, y: number, text: string): void {
    this.#elements.push(`<text x="${x}" y="${y}" text-anchor="middle">${escapeXml(text)}</text>`);
  }
}

function yOf(row: number): number {
  return margin + row * rowHeight + rowHeight / 2;
}

function escapeXml(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '',
  );
}
