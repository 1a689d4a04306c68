import { wantedBits } from '../../circuit/condition.ts';
import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import { type Circuit, type Operation, qubitCountOf } from '../../circuit/circuit.ts';
import { inGreek } from '../../circuit/greek.ts';
import { bitRow, columnsOf, type GatePicture, gatePictureOf, wireNamesOf } from './drawing.ts';
import { type Exporter, Losses, withNotes } from './exporter.ts';

const maximumCells = 100_000;

export const quantikzExporter: Exporter = {
  id: 'quantikz',
  title: 'LaTeX (quantikz)',
  fileExtension: 'tex',
  export: (circuit) => {
    const losses = new Losses();
    const text = new QuantikzWriter(circuit, losses).write();
    return { text: withNotes(text, losses, '%'), losses: losses.all };
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
      const isBit = row >= qubits;
      const start = `\\lstick{${escapeTex(name)}}${isBit ? ' \\bitrow' : ''}`;
      // Older releases draw a wire only where a cell asks for it.
      const wire = isBit ? '\\bitwire' : '\\qw';
      const cells = [...(this.#cells[row] ?? []), ''].map((cell) => (cell === '' ? wire : cell));
      return [start, ...cells].join(' & ');
    });
    return `${[
      '\\documentclass{standalone}',
      '\\usepackage{tikz}',
      '% Releases before 2023, such as that of TeX Live 2022, have the library under its first name.',
      '\\IfFileExists{tikzlibraryquantikz2.code.tex}{%',
      '  \\usetikzlibrary{quantikz2}\\newcommand{\\bitrow}{\\setwiretype{c}}\\newcommand{\\bitwire}{}%',
      '}{%',
      '  \\usetikzlibrary{quantikz}\\newcommand{\\bitrow}{}\\newcommand{\\bitwire}{\\cw}%',
      '}',
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
        this.#set(operation.qubit, column, '\\gate{\\lvert 0\\rangle}');
        break;
      case 'barrier':
        if (operation.qubits.length < qubitCountOf(this.#circuit)) {
          this.#losses.add(
            'barriers on some of the qubits',
            'quantikz draws them across all wires',
          );
        }
        this.#set(0, column, '\\slice{}\\qw');
        break;
      case 'if':
        this.#conditional(operation, column);
        break;
      case 'opaque':
        this.#box(operation.qubits, `\\mbox{${escapeTex(operation.label)}}`, column);
        break;
      default:
        unreachable(operation);
    }
  }

  #conditional(operation: Operation & { kind: 'if' }, column: number): void {
    const { bits, negated } = operation.condition;
    const wanted = wantedBits(operation.condition);
    if (negated === true || operation.otherwise.length > 0) {
      this.#losses.add('“≠” and else branches of conditions', 'only the first branch is drawn');
    }
    for (const inner of operation.body) this.#put(inner, column);
    if (operation.body.length === 0) return;
    const rows = bits.map((bit) => bitRow(this.#circuit, bit));
    const lowest = Math.max(...operation.body.map((inner) => lastQubitOf(inner)));
    this.#set(lowest, column, ` \\vcw{${Math.max(...rows) - lowest}}`);
    rows.forEach((row, i) => {
      // A condition inside this one has drawn its dot here already.
      if (this.#cells[row]?.[column] !== '') return;
      this.#set(row, column, wanted?.[i] === 1 ? '\\control{}' : '\\ocontrol{}');
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
  const [plain = '', power] = symbol.split('^');
  const root = /^√(\w+)/.exec(plain);
  const base =
    root === null ? `\\mbox{${escapeTex(plain.replace('†', ''))}}` : `\\sqrt{\\mbox{${root[1]}}}`;
  const dagger = plain.includes('†') ? '^\\dagger' : '';
  const raised = power === undefined ? '' : `^{${power}}`;
  const head =
    dagger !== '' && raised !== '' ? `{${base}${dagger}}${raised}` : base + dagger + raised;
  if (angles.length === 0) return head;
  const formulas = angles.map((angle) =>
    angle
      .replaceAll(/\bpi\b/g, '\\pi ')
      .replaceAll('*', '\\,')
      .replaceAll(/(?<![\\\p{L}])[\p{L}_][\p{L}\p{Nd}_]*/gu, (name) => texOfName(name)),
  );
  return `${head}(${formulas.join(', ')})`;
}

/** A Greek letter for the name of one, a digit behind it below the line; other names upright. */
function texOfName(name: string): string {
  if (/^[a-z]$/.test(name)) return name;
  const [, letter = '', digits = ''] = /^(\p{L}+?)_?(\d*)$/u.exec(name) ?? [];
  if (letter !== '' && inGreek(letter) !== letter) {
    const command = letter === 'phi' || letter === 'epsilon' ? `var${letter}` : letter;
    return digits === '' ? `\\${command} ` : `\\${command}_{${digits}}`;
  }
  return `\\mbox{${escapeTex(name)}}`;
}

const letters: Readonly<Record<string, string>> = {
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '\\': '\\textbackslash{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '×': '\\ensuremath{\\times}',
  '√': '\\ensuremath{\\surd}',
  '…': '\\dots{}',
  π: '\\ensuremath{\\pi}',
  θ: '\\ensuremath{\\theta}',
  φ: '\\ensuremath{\\varphi}',
  ψ: '\\ensuremath{\\psi}',
  λ: '\\ensuremath{\\lambda}',
  γ: '\\ensuremath{\\gamma}',
  β: '\\ensuremath{\\beta}',
  α: '\\ensuremath{\\alpha}',
};

/** Text that LaTeX sets as it stands; letters that plain fonts lack become “?”. */
function escapeTex(text: string): string {
  return Array.from(text, (letter) => {
    if ('#$%&_{}'.includes(letter)) return `\\${letter}`;
    const known = letters[letter];
    if (known !== undefined) return known;
    return /[\u0020-\u007e\u00c0-\u00ff]/.test(letter) ? letter : '?';
  }).join('');
}
