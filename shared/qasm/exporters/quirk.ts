import { AppError } from '../../base/errors.ts';
import {
  type Circuit,
  type Control,
  type GateOperation,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from '../../circuit/circuit.ts';
import { evaluate, type Expression } from '../../circuit/expression.ts';
import { momentsOf } from '../../circuit/moments.ts';
import { bitTestsOf } from './classical.ts';
import { type Exporter, Losses } from './exporter.ts';
import { type ExpressionStyle, renderExpression } from './expressions.ts';
import { lowerFor, openParameterOf } from '../../compiler/lowering.ts';

/** Quirk draws no more wires. */
const maximumQubits = 16;

const words: Readonly<Record<string, string>> = {
  x: 'X',
  y: 'Y',
  z: 'Z',
  h: 'H',
  s: 'Z^½',
  sdg: 'Z^-½',
  t: 'Z^¼',
  tdg: 'Z^-¼',
  sx: 'X^½',
  sxdg: 'X^-½',
};

/** Gates with a formula: rotations in radians, the phase in half turns. */
const formulas: Readonly<Record<string, string>> = {
  rx: 'Rxft',
  ry: 'Ryft',
  rz: 'Rzft',
  p: 'Z^ft',
};

const names = [...Object.keys(words), ...Object.keys(formulas), 'swap'];
const target = {
  native: new Set(names),
  controllable: new Set(names),
  hasAntiControls: true,
};

type Cell = string | number | { readonly id: string; readonly arg: string };

export const quirkExporter: Exporter = {
  id: 'quirk',
  title: 'Quirk (JSON)',
  fileExtension: 'json',
  export: (circuit) => {
    const losses = new Losses();
    const cols = new QuirkWriter(circuit, losses).columns();
    const lines = cols.map((column) => `    ${JSON.stringify(column)}`);
    const text = `{\n  "cols": [\n${lines.join(',\n')}\n  ]\n}\n`;
    const link = `https://algassert.com/quirk#circuit=${encodeURIComponent(JSON.stringify({ cols }))}`;
    return { text, link, losses: losses.all };
  },
};

class QuirkWriter {
  readonly #circuit: Circuit;
  readonly #losses: Losses;
  readonly #qubits: number;
  /** Which qubit holds each bit's outcome still. */
  readonly #holders = new Map<number, number>();

  constructor(circuit: Circuit, losses: Losses) {
    this.#circuit = circuit;
    this.#losses = losses;
    this.#qubits = qubitCountOf(circuit);
    if (this.#qubits > maximumQubits) {
      const message = `Quirk draws at most ${maximumQubits} qubits; this circuit has ${this.#qubits}. Export a part of it.`;
      throw new AppError('too-large', message, { qubits: this.#qubits });
    }
  }

  columns(): Cell[][] {
    const drawn = lowerFor(this.#circuit, target, this.#losses).flatMap((one) => this.#drawn(one));
    const moments = momentsOf({ ...this.#circuit, operations: drawn });
    const byMoment = Map.groupBy(drawn.keys(), (index) => moments[index] as number);
    const columns: Cell[][] = [];
    for (const moment of [...byMoment.keys()].sort((a, b) => a - b)) {
      const operations = (byMoment.get(moment) ?? []).map((index) => drawn[index] as Operation);
      // A control acts on its whole column, so each controlled gate has one to itself.
      const isAlone = (one: Operation): boolean =>
        one.kind === 'gate' && (one.controls ?? []).length > 0;
      const swaps = (one: Operation): boolean => one.kind === 'gate' && one.gate === 'swap';
      const together = operations.filter((one) => !isAlone(one) && !swaps(one));
      if (together.length > 0) columns.push(this.#column(together));
      for (const one of operations)
        if (isAlone(one) || swaps(one)) columns.push(this.#column([one]));
    }
    if (this.#qubits > 0 && columns.every((column) => column.length < this.#qubits)) {
      // A lone wire at the bottom is only there if something stands on it.
      columns.push([...Array.from({ length: this.#qubits - 1 }, () => 1), '…']);
    }
    return columns;
  }

  /** Operations that Quirk has, conditions as controls on measured qubits; the rest is noted. */
  #drawn(operation: Operation): Operation[] {
    switch (operation.kind) {
      case 'gate':
        for (const qubit of operation.qubits) this.#forget(qubit);
        return [operation];
      case 'measure':
        this.#forget(operation.qubit);
        if (operation.bit !== null) this.#holders.set(operation.bit, operation.qubit);
        this.#losses.add('the names of the bits', 'in Quirk an outcome stays on its wire');
        return [{ ...operation, bit: null }];
      case 'if':
        return this.#conditional(operation);
      case 'reset':
        this.#forget(operation.qubit);
        return this.#lost('reset', 'Quirk has none');
      case 'barrier':
        return this.#lost('barriers', 'Quirk has none');
      case 'opaque':
        return this.#lost(`the block “${operation.label}”`, 'Quirk has no gate for it');
    }
  }

  #lost(what: string, why: string): Operation[] {
    this.#losses.add(what, `${why}; left out`);
    return [];
  }

  #forget(qubit: number): void {
    for (const [bit, holder] of this.#holders) if (holder === qubit) this.#holders.delete(bit);
  }

  #conditional({ condition, body, otherwise }: Operation & { kind: 'if' }): Operation[] {
    const tests = bitTestsOf(condition);
    const what = 'conditions whose bits are no longer on a wire, or with “≠” or an else branch';
    if (tests === null || condition.negated === true || otherwise.length > 0) {
      return this.#lost(what, 'Quirk asks wires, not bits');
    }
    const controls: Control[] = [];
    for (const { bit, value } of tests) {
      const qubit = this.#holders.get(bit);
      if (qubit === undefined) return this.#lost(what, 'Quirk asks wires, not bits');
      controls.push({ qubit, value });
    }
    const asked = new Set(controls.map(({ qubit }) => qubit));
    const isFree = (one: Operation): boolean =>
      one.kind === 'gate' && !qubitsOf(one).some((qubit) => asked.has(qubit));
    if (!body.every(isFree)) return this.#lost(what, 'Quirk asks wires, not bits');
    return body.flatMap((one) =>
      one.kind === 'gate'
        ? this.#drawn({ ...one, controls: [...controls, ...(one.controls ?? [])] })
        : [],
    );
  }

  #column(operations: readonly Operation[]): Cell[] {
    const cells: Cell[] = [];
    const put = (qubit: number, cell: Cell): void => {
      while (cells.length <= qubit) cells.push(1);
      cells[qubit] = cell;
    };
    for (const operation of operations) {
      if (operation.kind === 'measure') put(operation.qubit, 'Measure');
      if (operation.kind !== 'gate') continue;
      for (const { qubit, value } of operation.controls ?? []) put(qubit, value === 1 ? '•' : '◦');
      for (const qubit of operation.qubits) put(qubit, cellOf(operation));
    }
    return cells;
  }
}

function cellOf(call: GateOperation): Cell {
  if (call.gate === 'swap') return 'Swap';
  const id = formulas[call.gate];
  const [angle] = call.parameters;
  if (id === undefined || angle === undefined) return words[call.gate] ?? '…';
  const open = openParameterOf(call);
  if (open !== null) {
    const message = `Quirk's formulas know the time only, and “${open}” has no value. Give it one.`;
    throw new AppError('unsupported', message, { parameter: open });
  }
  const half: Expression = {
    kind: 'binary',
    operator: '/',
    left: angle,
    right: { kind: 'constant', name: 'pi' },
  };
  return { id, arg: formulaOf(call.gate === 'p' ? half : angle) };
}

const style: ExpressionStyle = {
  constant: (name) => ({ pi: 'pi', tau: '2*pi', euler: 'e' })[name],
  parameter: (name) => name,
  call: (_, argument) => argument,
  power: '^',
};

/** Sums, products and quotients stay; everything else is its value, without an exponent. */
function formulaOf(angle: Expression): string {
  const isShort = (node: Expression): boolean => {
    if (node.kind === 'number') return Number.isInteger(node.value);
    if (node.kind === 'negate') return isShort(node.operand);
    if (node.kind === 'binary') {
      return '+-*/'.includes(node.operator) && isShort(node.left) && isShort(node.right);
    }
    return node.kind === 'constant' && node.name === 'pi';
  };
  if (isShort(angle)) return renderExpression(angle, style);
  return evaluate(angle)
    .toFixed(16)
    .replace(/\.?0+$/, '');
}
