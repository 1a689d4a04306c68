import { gate as callOf, measure } from '../../circuit/build.ts';
import {
  type Circuit,
  type Control,
  type GateDefinition,
  type GateOperation,
  type Operation,
  qubitsOf,
} from '../../circuit/circuit.ts';
import { underControls } from '../../circuit/controlled-forms.ts';
import { evaluate, type Expression } from '../../circuit/expression.ts';
import { synthesise } from '../../gates/synthesis.ts';
import type { Complex } from '../../math/complex.ts';
import { adjoint, isUnitary, type Matrix, matrixOf, multiplyMatrices } from '../../math/matrix.ts';
import { Losses } from '../exporters/exporter.ts';
import { gateById } from '../../gates/registry.ts';
import { allowedNames, readableName } from '../print/allowed-names.ts';
import { names3Rules } from '../print/name-rules.ts';
import { complexOf, expressionOf, parseFormula } from './formula.ts';
import {
  faultAt,
  type Importer,
  importWith,
  maximumOperations,
  maximumQubits,
  withoutOrigin,
} from './importer.ts';
import { expectNode, fieldOf, type JsonNode, readJsonText } from './json-text.ts';
import { quirkArithmetic, type QuirkInput } from './quirk-arithmetic.ts';
import { isDisplay, quirkGate, whyNoGate } from './quirk-gates.ts';

const address = /#circuit=/;
const inputGate = /^(rev|)input([ABR])([1-9]|1[0-6])$/;

/** The JSON that Quirk exports, or an address of its page that holds it. */
export const quirkImporter: Importer = {
  id: 'quirk',
  title: 'Quirk (JSON or address)',
  fileExtensions: ['json', 'url'],
  recognises: (text) =>
    /^\s*(?:URL=)?https?:\/\/\S*#circuit=/m.test(text) || /^\s*\{[\s\S]*"cols"\s*:\s*\[/.test(text),
  import: (text) => {
    const json = address.test(text) ? jsonInAddress(text) : text;
    const made = importWith(json, () => {
      const losses = new Losses();
      const circuit = new QuirkReader(losses).read(readJsonText(json));
      return { circuit, losses };
    });
    if (json === text) return made;
    // Places in the decoded text are no places in the address.
    const whole = { line: 1, column: 1, endLine: 1, endColumn: 1, start: 0, end: 0 };
    return {
      ...made,
      diagnostics: made.diagnostics.map((one) => ({
        ...one,
        ...whole,
        message: `In the address, at character ${one.start + 1} of its circuit: ${one.message}`,
      })),
    };
  },
};

function jsonInAddress(text: string): string {
  const encoded = /#circuit=(\S*)/.exec(text)?.[1] ?? '';
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

interface Cell {
  readonly wire: number;
  readonly id: string;
  readonly argument: JsonNode | undefined;
  readonly node: JsonNode;
}

/** Controls by their sign: what turns the wire to and fro, and the value that is wanted then. */
const controlSigns: Readonly<
  Record<string, { readonly gate: string | null; readonly value: 0 | 1 }>
> = {
  '•': { gate: null, value: 1 },
  '◦': { gate: null, value: 0 },
  '⊖': { gate: 'h', value: 1 },
  '⊕': { gate: 'h', value: 0 },
  '(/)': { gate: 'sx', value: 1 },
  '⊗': { gate: 'sx', value: 0 },
};

/** Controls that want an odd number of themselves, and what turns their wire to z. */
const parities: Readonly<Record<string, string | null>> = { xpar: 'h', ypar: 'sx', zpar: null };

const starts: Readonly<Record<string, readonly string[]>> = {
  '0': [],
  '1': ['x'],
  '+': ['h'],
  '-': ['x', 'h'],
  i: ['h', 's'],
  '-i': ['h', 'sdg'],
};

class QuirkReader {
  readonly #losses: Losses;
  readonly #definitions: GateDefinition[] = [];
  /** Names of the circuit's own gates by Quirk's ids. */
  readonly #own = new Map<string, string>();
  /** Inputs that “setA” and its like give to all columns behind them. */
  #defaults = new Map<string, QuirkInput>();

  constructor(losses: Losses) {
    this.#losses = losses;
  }

  read(root: JsonNode): Circuit {
    expectNode(root, 'object', 'The circuit', root);
    const gates = fieldOf(root, 'gates');
    if (gates !== undefined) {
      for (const one of expectNode(gates, 'array', '“gates”', root).items) this.#define(one);
    }
    const cols = expectNode(fieldOf(root, 'cols'), 'array', '“cols”', root);
    const init = this.#init(fieldOf(root, 'init'), root);
    const operations = [...init.operations, ...this.#columns(cols, true)];
    const wires = operations.flatMap((one) => (one.kind === 'barrier' ? [] : qubitsOf(one)));
    const drawn = cols.items.reduce(
      (most, column) => Math.max(most, column.kind === 'array' ? column.items.length : 0),
      init.count,
    );
    const qubits = wires.reduce((most, wire) => Math.max(most, wire + 1), Math.max(drawn, 1));
    const isMeasured = operations.some(({ kind }) => kind === 'measure');
    return {
      qubitRegisters: [{ name: 'q', size: qubits }],
      bitRegisters: isMeasured ? [{ name: 'c', size: qubits }] : [],
      parameters: [],
      definitions: this.#definitions,
      operations,
    };
  }

  #init(node: JsonNode | undefined, root: JsonNode): { operations: Operation[]; count: number } {
    if (node === undefined) return { operations: [], count: 0 };
    const { items } = expectNode(node, 'array', '“init”', root);
    const operations = items.flatMap((item, wire) => {
      const key = item.kind === 'number' || item.kind === 'string' ? String(item.value) : '';
      const names = Object.hasOwn(starts, key) ? starts[key] : undefined;
      if (names !== undefined) return names.map((name) => callOf(name, [wire]));
      throw faultAt('wrong-type', 'A start is 0, 1, "+", "-", "i" or "-i".', item);
    });
    return { operations, count: items.length };
  }

  #columns(cols: JsonNode & { kind: 'array' }, mayMeasure: boolean): Operation[] {
    const operations: Operation[] = [];
    for (const column of cols.items) {
      for (const one of this.#column(column, mayMeasure)) operations.push(one);
      if (operations.length > maximumOperations) {
        throw faultAt(
          'program-too-large',
          `A circuit has at most ${maximumOperations} gates.`,
          column,
        );
      }
    }
    return operations;
  }

  #column(node: JsonNode, mayMeasure: boolean): Operation[] {
    const column = expectNode(node, 'array', 'A column', node);
    if (column.items.length > maximumQubits) {
      throw faultAt('register-too-large', `A column has at most ${maximumQubits} wires.`, column);
    }
    const cells = column.items.flatMap((item, wire) => cellsOf(item, wire));
    const inputs = this.#inputs(cells);
    const parity: number[] = [];
    const controls: Control[] = [];
    const turns: GateOperation[] = [];
    const calls: Operation[] = [];
    const swaps: Cell[] = [];
    for (const cell of cells) {
      const sign = Object.hasOwn(controlSigns, cell.id) ? controlSigns[cell.id] : undefined;
      if (sign !== undefined) {
        controls.push({ qubit: cell.wire, value: sign.value });
        if (sign.gate !== null) turns.push(callOf(sign.gate, [cell.wire]));
      } else if (Object.hasOwn(parities, cell.id)) {
        parity.push(cell.wire);
        const turn = parities[cell.id];
        if (typeof turn === 'string') turns.push(callOf(turn, [cell.wire]));
      } else if (cell.id === 'Swap') swaps.push(cell);
      else if (cell.id === 'Measure' && mayMeasure) calls.push(measure(cell.wire, cell.wire));
      else calls.push(...this.#gate(cell, inputs));
    }
    if (swaps.length > 0) calls.push(swapOf(swaps));
    const last = parity.at(-1);
    if (last !== undefined) {
      for (const wire of parity.slice(0, -1)) turns.push(callOf('cx', [wire, last]));
      controls.push({ qubit: last, value: 1 });
    }
    const back = turns
      .map((one) => (one.gate === 'sx' ? { ...one, gate: 'sxdg' } : one))
      .toReversed();
    return [
      ...turns,
      ...calls.map((one) => (one.kind === 'gate' ? underControls(one, controls) : one)),
      ...back,
    ].map((one) => ({
      ...one,
      origin: { start: column.start, end: column.end },
    }));
  }

  /** What the inputs of a column are; a range in the column goes before a number set earlier. */
  #inputs(cells: readonly Cell[]): ReadonlyMap<string, QuirkInput> {
    const ranges = new Map<string, QuirkInput>();
    for (const { id, wire, argument, node } of cells) {
      const [, reversed, key, digits] = inputGate.exec(id) ?? [];
      if (key !== undefined) {
        const wires = Array.from({ length: Number(digits) }, (_, i) => wire + i);
        ranges.set(key, { kind: 'wires', wires: reversed === 'rev' ? wires.toReversed() : wires });
      }
      const [, set] = /^set([ABR])$/.exec(id) ?? [];
      if (set === undefined) continue;
      const value = argument === undefined ? 2 : argument.kind === 'number' ? argument.value : -1;
      if (!Number.isInteger(value) || value < 0 || value > 65_536) {
        throw faultAt('wrong-type', `“${id}” takes a whole number from 0 to 65536.`, node);
      }
      this.#defaults.set(set, { kind: 'number', value });
    }
    return new Map([...this.#defaults, ...ranges]);
  }

  #gate(cell: Cell, inputs: ReadonlyMap<string, QuirkInput>): GateOperation[] {
    const { id, wire } = cell;
    if (id === '…' || id === '1' || inputGate.test(id) || /^set[ABR]$/.test(id)) return [];
    if (isDisplay(id)) {
      this.#losses.add('displays', 'they show the state and do nothing to it');
      return [];
    }
    const own = this.#own.get(id);
    if (own !== undefined) {
      const size = this.#definitions.find(({ name }) => name === own)?.qubitNames.length ?? 1;
      return [
        callOf(
          own,
          Array.from({ length: size }, (_, i) => wire + i),
        ),
      ];
    }
    const formula = this.#formulaGate(cell);
    if (formula !== null) return formula;
    const known = quirkGate(id, wire);
    if (known !== null) return known;
    const arithmetic = quirkArithmetic(id, wire, inputs);
    if (arithmetic?.kind === 'steps') return [...arithmetic.steps];
    const why = arithmetic?.why ?? whyNoGate(id);
    throw faultAt('unknown-gate', `Quirk's “${id}” cannot be read: ${why}.`, cell.node);
  }

  #formulaGate({ id, wire, argument, node }: Cell): GateOperation[] | null {
    const [, axis, isPower] = /^(?:R([xyz])|([XYZ])\^)ft$/.exec(id) ?? [];
    if (axis === undefined && isPower === undefined) return null;
    const angle = angleOf(argument, node);
    if (axis !== undefined) return [callOf(`r${axis}`, [wire], [angle])];
    if (isPower === 'Z') return [callOf('p', [wire], [timesPi(angle)])];
    return [{ ...callOf((isPower ?? 'X').toLowerCase(), [wire]), power: evaluate(angle) }];
  }

  #define(node: JsonNode): void {
    const id = expectNode(fieldOf(node, 'id'), 'string', '“id”', node);
    const label = fieldOf(node, 'name');
    const wanted = label?.kind === 'string' ? label.value : id.value;
    const name = this.#freeName(wanted);
    const body = this.#body(node);
    const size = body.reduce((most, one) => Math.max(most, ...qubitsOf(one).map((q) => q + 1)), 1);
    this.#definitions.push({
      name,
      parameterNames: [],
      qubitNames: Array.from({ length: size }, (_, i) => `q${i}`),
      body: body.map(withoutOrigin),
    });
    this.#own.set(id.value, name);
  }

  /** The unitary matrix that the numbers were rounded from. */
  #unitary(values: Matrix, node: JsonNode): Matrix {
    if (isUnitary(values, 1e-6)) return values;
    if (!isUnitary(values, 5e-3)) {
      const message =
        'This matrix is not unitary: its columns must have length 1 and be at right angles.';
      throw faultAt('not-unitary', message, node);
    }
    this.#losses.add('the last digits of a matrix', 'they are mended so that it is unitary');
    return nearestUnitary(values);
  }

  /** The label in letters of a name, begun small as OpenQASM likes it; the registry's are not hidden. */
  #freeName(label: string): string {
    const plain = readableName(label.replaceAll(/\s+/g, '_')).replace(/^_+/, '');
    const taken = new Set(this.#definitions.map(({ name }) => name));
    const rules = names3Rules(taken);
    const isAllowed = (one: string): boolean =>
      rules.isAllowed(one) && /^[a-z]/.test(one) && gateById(one) === null && !/^u_*$/.test(one);
    const [free] = allowedNames([plain === '' ? 'gate_0' : plain], { ...rules, isAllowed });
    return free as string;
  }

  #body(node: JsonNode): readonly Operation[] {
    const circuit = fieldOf(node, 'circuit');
    if (circuit !== undefined) {
      const cols = expectNode(fieldOf(circuit, 'cols'), 'array', '“cols”', circuit);
      const outside = this.#defaults;
      this.#defaults = new Map();
      const made = this.#columns(cols, false);
      this.#defaults = outside;
      return made;
    }
    const matrix = expectNode(fieldOf(node, 'matrix'), 'string', '“matrix”', node);
    const made = synthesise(this.#unitary(matrixIn(matrix), matrix));
    const steps = made.steps.map((step) => callOf(step.gate, step.qubits, step.parameters));
    return Math.abs(made.phase) < 1e-13 ? steps : [...steps, callOf('gphase', [], [made.phase])];
  }
}

function cellsOf(item: JsonNode, wire: number): Cell[] {
  if (item.kind === 'null' || (item.kind === 'number' && item.value === 1)) return [];
  if (item.kind === 'string') return [{ wire, id: item.value, argument: undefined, node: item }];
  const id = expectNode(fieldOf(item, 'id'), 'string', 'A gate', item);
  return [{ wire, id: id.value, argument: fieldOf(item, 'arg'), node: item }];
}

function swapOf(swaps: readonly Cell[]): GateOperation {
  const [a, b, more] = swaps;
  if (a !== undefined && b !== undefined && more === undefined) {
    return callOf('swap', [a.wire, b.wire]);
  }
  const message = `A column has two halves of a swap or none; ${swaps.length} came.`;
  throw faultAt('wrong-qubit-count', message, (more ?? a)?.node ?? { start: 0, end: 0 });
}

function angleOf(argument: JsonNode | undefined, node: JsonNode): Expression {
  const text =
    argument?.kind === 'string' || argument?.kind === 'number' ? String(argument.value) : '';
  const formula = parseFormula(text, 'quirk');
  const angle = formula === null ? null : expressionOf(formula);
  const isFinite = angle !== null && Number.isFinite(evaluate(angle));
  if (angle !== null && isFinite) return angle;
  const message = `“${text.slice(0, 40)}” is no angle that stands still. Write a formula of numbers and pi, without the time t.`;
  throw faultAt('not-computable', message, argument ?? node);
}

/** The factor π, which Quirk's phases leave out; “x/pi” is x again. */
function timesPi(angle: Expression): Expression {
  const isPi = (node: Expression): boolean => node.kind === 'constant' && node.name === 'pi';
  if (angle.kind === 'binary' && angle.operator === '/' && isPi(angle.right)) return angle.left;
  return { kind: 'binary', operator: '*', left: angle, right: { kind: 'constant', name: 'pi' } };
}

/** `{{a,b},{c,d}}`, row by row; Quirk's first wire is the least significant bit, too. */
function matrixIn(node: JsonNode & { kind: 'string' }): Matrix {
  const inner = /^\s*\{\s*\{([\s\S]*)\}\s*\}\s*$/.exec(node.value)?.[1];
  const rows = inner?.split(/\}\s*,\s*\{/).map((row) => row.split(',').map(numberIn));
  const size = rows?.length ?? 0;
  const isSquare = rows?.every((row) => row.length === size && !row.includes(null)) === true;
  if (rows === undefined || !isSquare || ![2, 4, 8, 16].includes(size)) {
    const message =
      'A matrix is written {{a,b},{c,d}} with numbers such as 0.5+0.5i, of 2, 4, 8 or 16 rows.';
    throw faultAt('wrong-type', message, node);
  }
  return matrixOf(rows as readonly (readonly Complex[])[]);
}

/** The polar factor, by Newton's iteration from a matrix near it: U ← U(3 − U†U)/2. */
function nearestUnitary(values: Matrix): Matrix {
  let made = values;
  for (let k = 0; k < 6; k++) {
    const square = multiplyMatrices(adjoint(made), made);
    const product = multiplyMatrices(made, square);
    made = {
      size: made.size,
      re: made.re.map((entry, i) => (3 * entry - (product.re[i] as number)) / 2),
      im: made.im.map((entry, i) => (3 * entry - (product.im[i] as number)) / 2),
    };
  }
  return made;
}

function numberIn(text: string): Complex | null {
  const formula = parseFormula(text, 'quirk');
  // Quirk's matrices take degrees; only its formula gates take radians.
  const value = formula === null ? null : complexOf(formula, 'degrees');
  return value !== null && Number.isFinite(value.re) && Number.isFinite(value.im) ? value : null;
}
