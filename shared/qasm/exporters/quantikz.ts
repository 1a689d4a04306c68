import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import { type Circuit, type Operation, qubitCountOf } from '../../circuit/circuit.ts';
import { bitRow, columnsOf, type GatePicture, gatePictureOf, wireNamesOf } from './drawing.ts';
import { type Exporter, Losses } from './exporter.ts';

const maximumCells = 100_000;

export const quantikzExporter: Exporter = {
  id: 'quantikz',
  title: 'LaTeX (quantikz)',
  fileExtension: 'tex',
  export: (circuit) => {
    const losses = new Losses();
    return { text: new QuantikzWriter(circuit, losses).write(), losses: losses.all };
  },
};

class QuantikzWriter {
  readonly #circuit: Circuit;
  readonly #losses: Losses;
  /** What stands in each cell: rows are wires, columns moments. */
  readonly #cells: string[][];
  readonly #columns: readonly (readonly number[])[];

  constructor(circuit: Circuit, losses: Losses) {
    this.#circuit = circuit;
    this.#losses = losses;
    this.#columns = columnsOf(circuit);
    const rows = wireNamesOf(circuit).length;
    if (rows * this.#columns.length > maximumCells) {
      throw new AppError(
        'too-large',
        `A LaTeX drawing holds at most ${maximumCells} cells; this circuit needs ${rows * this.#columns.length}. Draw a part of it.`,
      );
    }
    this.#cells = Array.from({ length: rows }, () => this.#columns.map(() => ''));
  }

  write(): string {
    this.#columns.forEach((column, c) => {
      for (const index of column) this.#put(this.#circuit.operations[index] as Operation, c);
    });
    const qubits = qubitCountOf(this.#circuit);
    const rows = wireNamesOf(this.#circuit).map((name, row) => {
      const start = `\\lstick{${escapeTex(name)}}${row < qubits ? '' : ' \\setwiretype{c}'}`;
      return [start, ...(this.#cells[row] ?? []), ''].join(' & ');
    });
    return `${[
      '\\documentclass{standalone}',
      '\\usepackage{tikz}',
      '\\usetikzlibrary{quantikz2}',
      '\\begin{document}',
      '\\begin{quantikz}',
      rows.join(' \\\\\n'),
      '\\end{quantikz}',
      '\\end{document}',
    ].join('\n')}\n`;
  }

  #set(row: number, column: number, text: string): void {
    const cells = this.#cells[row];
    if (cells === undefined) return;
    cells[column] = `${cells[column] ?? ''}${text}`;
  }

  #put(operation: Operation, column: number): void {
    switch (operation.kind) {
      case 'gate':
        this.#gate(gatePictureOf(operation, this.#circuit), column);
        break;
      case 'measure': {
        const drop =
          operation.bit === null
            ? ''
            : ` \\vcw{${bitRow(this.#circuit, operation.bit) - operation.qubit}}`;
        this.#set(operation.qubit, column, `\\meter{}${drop}`);
        break;
      }
      case 'reset':
        this.#set(operation.qubit, column, '\\gate{\\ket{0}}');
        break;
      case 'barrier':
        if (operation.qubits.length < qubitCountOf(this.#circuit)) {
          this.#losses.add(
            'barriers on some of the qubits',
            'quantikz draws them across all wires',
          );
        }
        this.#set(0, column, '\\slice{}');
        break;
      case 'if':
        this.#conditional(operation, column);
        break;
      case 'opaque':
        this.#box(operation.qubits, `\\text{${escapeTex(operation.label)}}`, column);
        break;
      default:
        unreachable(operation);
    }
  }

  #conditional(operation: Operation & { kind: 'if' }, column: number): void {
    const { bits, value, negated } = operation.condition;
    if (negated === true || operation.otherwise.length > 0) {
      this.#losses.add('“≠” and else branches of conditions', 'only the first branch is drawn');
    }
    for (const inner of operation.body) this.#put(inner, column);
    const rows = bits.map((bit) => bitRow(this.#circuit, bit));
    const lowest = Math.max(...operation.body.map((inner) => lastQubitOf(inner)));
    this.#set(lowest, column, ` \\vcw{${Math.max(...rows) - lowest}}`);
    rows.forEach((row, i) => {
      this.#set(row, column, Math.floor(value / 2 ** i) % 2 === 1 ? '\\control{}' : '\\ocontrol{}');
    });
  }

  #gate(picture: GatePicture, column: number): void {
    const [first, second] = picture.targets as [number, number | undefined];
    for (const { qubit, value } of picture.controls) {
      this.#set(qubit, column, `\\${value === 1 ? 'ctrl' : 'octrl'}{${first - qubit}}`);
    }
    switch (picture.shape) {
      case 'cross':
        this.#set(first, column, '\\targ{}');
        break;
      case 'dot':
        this.#set(first, column, '\\control{}');
        break;
      case 'swap':
        this.#set(first, column, `\\swap{${(second ?? first) - first}}`);
        if (second !== undefined) this.#set(second, column, '\\targX{}');
        break;
      case 'box':
        this.#box(picture.targets, labelOf(picture), column);
        break;
      default:
        unreachable(picture.shape);
    }
  }

  /** A box over all its wires; wires between them that are not its own pass through. */
  #box(qubits: readonly number[], label: string, column: number): void {
    const top = Math.min(...qubits);
    const bottom = Math.max(...qubits);
    const size = bottom - top + 1;
    this.#set(top, column, size === 1 ? `\\gate{${label}}` : `\\gate[${size}]{${label}}`);
    for (let row = top + 1; row < bottom; row++) {
      if (!qubits.includes(row)) this.#set(row, column, '\\linethrough');
    }
    const isInOrder = qubits.every((qubit, i) => i === 0 || qubit > (qubits[i - 1] as number));
    if (!isInOrder) {
      this.#losses.add(
        'the order of the qubits of a box',
        'the box shows which wires it acts on only',
      );
    }
  }
}

function lastQubitOf(operation: Operation): number {
  switch (operation.kind) {
    case 'gate':
      return Math.max(...operation.qubits);
    case 'measure':
    case 'reset':
      return operation.qubit;
    case 'barrier':
    case 'opaque':
      return Math.max(...operation.qubits);
    case 'if':
      return Math.max(...operation.body.map(lastQubitOf));
    default:
      return unreachable(operation);
  }
}

function labelOf({ symbol, angles }: GatePicture): string {
  const root = /^√(\w+)/.exec(symbol);
  const base =
    root === null ? `\\mathrm{${escapeTex(symbol.replace('†', ''))}}` : `\\sqrt{${root[1]}}`;
  const dagger = symbol.includes('†') ? '^\\dagger' : '';
  if (angles.length === 0) return base + dagger;
  const formulas = angles.map((angle) =>
    angle
      .replaceAll(/\bpi\b/g, '\\pi ')
      .replaceAll('*', '\\,')
      .replaceAll('_', '\\_'),
  );
  return `${base}${dagger}(${formulas.join(', ')})`;
}

function escapeTex(text: string): string {
  return text.replaceAll(/[#$%&_{}]/g, '\\$&').replaceAll('^', '\\^{}');
}
