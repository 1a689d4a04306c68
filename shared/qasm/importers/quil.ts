import type { Circuit, GateOperation, Operation } from '../../circuit/circuit.ts';
import { underControls } from '../../circuit/controlled-forms.ts';
import type { Expression } from '../../circuit/expression.ts';
import { gateById } from '../../gates/registry.ts';
import { Losses } from '../exporters/exporter.ts';
import { faultAt, ImportFault, type Importer, importWith, maximumQubits } from './importer.ts';
import { conditional, indexOfLabel, labelIn } from './quil-branches.ts';
import { parseQuilExpression } from './quil-expressions.ts';
import { checkShape, QuilDefinitions, type Scope } from './quil-definitions.ts';
import { quilGates } from './quil-gates.ts';
import { QuilMemory } from './quil-memory.ts';
import { QuilCursor, type QuilLine, quilLines, type QuilToken } from './quil-tokens.ts';

export const quilImporter: Importer = {
  id: 'quil',
  title: 'Quil',
  fileExtensions: ['quil'],
  recognises: (text) =>
    !/^\s*OPENQASM/.test(text) &&
    /^[ \t]*(?:DECLARE|DEFGATE|MEASURE|H|X|CNOT|RX\(|RZ\(|PRAGMA|RESET)\b/m.test(text),
  import: (text) =>
    importWith(text, () => {
      const losses = new Losses();
      const circuit = new QuilReader(losses).read(quilLines(text));
      return { circuit, losses };
    }),
};

/** Instructions about classical memory; a circuit holds outcomes only. */
const classical: ReadonlySet<string> = new Set(
  'NEG NOT AND IOR XOR OR ADD SUB MUL DIV EXCHANGE CONVERT LOAD STORE EQ GT GE LT LE TRUE FALSE INCLUDE'.split(
    ' ',
  ),
);
/** Instructions about pulses. */
const pulses: ReadonlySet<string> = new Set(
  'PULSE CAPTURE RAW-CAPTURE NONBLOCKING SET-FREQUENCY SHIFT-FREQUENCY SET-PHASE SHIFT-PHASE SWAP-PHASES SET-SCALE'.split(
    ' ',
  ),
);

/** Branches in branches; each is a condition in a condition. */
const maximumNesting = 40;

const noScope: Scope = { qubits: new Map(), parameters: new Map() };

class QuilReader {
  readonly #losses: Losses;
  readonly #memory: QuilMemory;
  readonly #definitions: QuilDefinitions;
  #qubits = 0;

  constructor(losses: Losses) {
    this.#losses = losses;
    this.#memory = new QuilMemory(losses);
    this.#definitions = new QuilDefinitions(losses, this.#memory, (line, scope) =>
      this.#gate(line, scope),
    );
  }

  read(lines: readonly QuilLine[]): Circuit {
    for (const line of lines) {
      if (line.tokens[0]?.text === 'DECLARE') this.#memory.declare(new QuilCursor(line, 1));
    }
    this.#memory.settle();
    const program: QuilLine[] = [];
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] as QuilLine;
      const word = line.tokens[0]?.text ?? '';
      if (!word.startsWith('DEF')) {
        if (word !== 'DECLARE') program.push(line);
        continue;
      }
      const body: QuilLine[] = [];
      while (lines[i + 1]?.isInner === true) body.push(lines[++i] as QuilLine);
      this.#definitions.define(line, body);
    }
    for (const line of program) this.#countQubits(line);
    const operations = this.#block(program);
    return {
      qubitRegisters: [{ name: this.#memory.qubitName, size: Math.max(1, this.#qubits) }],
      bitRegisters: this.#memory.bits,
      parameters: this.#memory.parameters,
      definitions: this.#definitions.made,
      operations,
    };
  }

  /** `RESET` and `FENCE` without qubits mean all of them, so their number is needed first. */
  #countQubits({ tokens }: QuilLine): void {
    const word = tokens[0]?.text ?? '';
    if (/^(?:DECLARE|MOVE|PRAGMA|LABEL|JUMP.*)$/.test(word) || classical.has(word)) return;
    let depth = 0;
    for (const token of tokens) {
      if (token.text === '(' || token.text === '[') depth++;
      else if (token.text === ')' || token.text === ']') depth--;
      else if (depth === 0 && token.kind === 'number' && /^[0-9]+$/.test(token.text)) {
        const qubit = Number(token.text);
        if (qubit >= maximumQubits) {
          const message = `Qubits go from 0 to ${maximumQubits - 1}; ${token.text} came.`;
          throw faultAt('qubit-out-of-range', message, token);
        }
        this.#qubits = Math.max(this.#qubits, qubit + 1);
      }
    }
  }

  #qubit(cursor: QuilCursor, scope: Scope): number {
    const token = cursor.take();
    const formal = scope.qubits.get(token?.text ?? '');
    if (formal !== undefined) return formal;
    if (token?.kind === 'number' && /^[0-9]+$/.test(token.text) && scope.qubits.size === 0) {
      return Number(token.text);
    }
    const place = token ?? { start: cursor.line.end - 1, end: cursor.line.end };
    const came = token === undefined ? 'the line ends' : `“${token.text}” came`;
    throw new ImportFault('syntax', 'unexpected-token', `Expected a qubit, but ${came}.`, place);
  }

  #expression(cursor: QuilCursor, scope: Scope): Expression {
    return parseQuilExpression(cursor, (name, index, token) => {
      const formal = token.kind === 'formal' ? scope.parameters.get(name) : undefined;
      if (formal !== undefined) return formal;
      const real = token.kind === 'word' ? this.#memory.real(name, index) : null;
      if (real !== null) return real;
      throw faultAt('undeclared-name', `“${token.text}” is no real number here.`, token);
    });
  }

  /** Instructions in order; jumps forward become conditions. */
  #block(lines: readonly QuilLine[], depth = 0): Operation[] {
    const operations: Operation[] = [];
    for (let i = 0; i < lines.length; ) {
      const line = lines[i] as QuilLine;
      const word = line.tokens[0]?.text ?? '';
      if (word === 'HALT' && depth > 0) {
        throw faultAt('unsupported', 'HALT ends a circuit, and cannot stand in a branch.', line);
      }
      if (word === 'HALT') break;
      if (word === 'MOVE' && depth > 0) {
        const message = 'Memory has one value in a circuit; MOVE cannot stand in a branch.';
        throw faultAt('unsupported', message, line);
      }
      if (word === 'JUMP' || word === 'JUMP-WHEN' || word === 'JUMP-UNLESS') {
        const { next, made } = this.#jump(lines, i, depth);
        operations.push(...made);
        i = next;
        continue;
      }
      for (const one of this.#instruction(line)) operations.push(one);
      i++;
    }
    return operations;
  }

  /** Tests that jump over the lines up to a label, and what stands behind it up to a second one. */
  #jump(
    lines: readonly QuilLine[],
    from: number,
    depth: number,
  ): { readonly next: number; readonly made: Operation[] } {
    const first = lines[from] as QuilLine;
    if (depth > maximumNesting) {
      throw faultAt('too-deep', `Branches are nested more than ${maximumNesting} deep.`, first);
    }
    const target = labelIn(first);
    const tests: { readonly bit: number; readonly value: 0 | 1 }[] = [];
    let at = from;
    let never = false;
    for (; at < lines.length; at++) {
      const line = lines[at] as QuilLine;
      const word = line.tokens[0]?.text ?? '';
      if (!word.startsWith('JUMP') || labelIn(line) !== target) break;
      if (word === 'JUMP') never = true;
      else
        tests.push({
          bit: this.#memory.bit(new QuilCursor(line, 2)),
          value: word === 'JUMP-WHEN' ? 0 : 1,
        });
    }
    const label = indexOfLabel(lines, target, at);
    if (label < 0) {
      const message = `The jump to ${target} leads back or out of its branch. Only jumps forward over whole branches can be drawn.`;
      throw faultAt('unsupported', message, first);
    }
    const last = lines[label - 1];
    const end = label > at && last?.tokens[0]?.text === 'JUMP' ? labelIn(last) : null;
    const endLabel = end === null ? -1 : indexOfLabel(lines, end, label + 1);
    const then = this.#block(lines.slice(at, endLabel < 0 ? label : label - 1), depth + 1);
    const otherwise = endLabel < 0 ? [] : this.#block(lines.slice(label + 1, endLabel), depth + 1);
    const next = (endLabel < 0 ? label : endLabel) + 1;
    if (never) return { next, made: otherwise };
    return { next, made: conditional(tests, then, otherwise, first) };
  }

  #instruction(line: QuilLine): Operation[] {
    const cursor = new QuilCursor(line, 1);
    const word = line.tokens[0] as QuilToken;
    const origin = { start: line.start, end: line.end };
    const rest = (): number[] => {
      const qubits: number[] = [];
      while (!cursor.isOver) qubits.push(this.#qubit(cursor, noScope));
      return qubits.length > 0 ? qubits : Array.from({ length: this.#qubits }, (_, q) => q);
    };
    switch (word.text) {
      case 'MEASURE': {
        const qubit = this.#qubit(cursor, noScope);
        const bit = cursor.isOver ? null : this.#memory.bit(cursor);
        cursor.expectEnd();
        return [{ kind: 'measure', qubit, bit, origin }];
      }
      case 'RESET':
        return rest().map((qubit) => ({ kind: 'reset', qubit, origin }));
      case 'FENCE':
        return [{ kind: 'barrier', qubits: rest(), origin }];
      case 'MOVE':
        this.#memory.move(cursor);
        return [];
      case 'LABEL':
      case 'NOP':
        return [];
      case 'PRAGMA':
      case 'WAIT':
        this.#losses.add(`${word.text} instructions`, 'a circuit has none; they are left out');
        return [];
      case 'DELAY':
        this.#losses.add('DELAY instructions', 'a circuit has no times; they are left out');
        return [];
      default:
        return this.#gate(line, noScope).map((one) => ({ ...one, origin }));
    }
  }

  #gate(line: QuilLine, scope: Scope): GateOperation[] {
    const cursor = new QuilCursor(line);
    const modifiers: QuilToken[] = [];
    while (['CONTROLLED', 'DAGGER', 'FORKED'].includes(cursor.peek()?.text ?? '')) {
      modifiers.push(cursor.take() as QuilToken);
    }
    const name = cursor.expectKind('word', 'the name of a gate');
    if (classical.has(name.text) || pulses.has(name.text)) {
      const what = pulses.has(name.text) ? 'pulses' : 'classical memory';
      const message = `“${name.text}” works on ${what}, which a circuit does not have.`;
      throw faultAt('unsupported', message, name);
    }
    const angles: Expression[] = [];
    if (cursor.takes('(')) {
      while (!cursor.takes(')')) {
        angles.push(this.#expression(cursor, scope));
        if (!cursor.takes(',') && cursor.peek()?.text !== ')')
          throw cursor.unexpected('“,” or “)”');
      }
    }
    const wires: number[] = [];
    while (!cursor.isOver) wires.push(this.#qubit(cursor, scope));
    return this.#modified(modifiers, name, angles, wires);
  }

  /** The first modifier is outermost and takes the first qubit; a fork takes one half of the angles or the other. */
  #modified(
    modifiers: readonly QuilToken[],
    name: QuilToken,
    angles: readonly Expression[],
    wires: readonly number[],
  ): GateOperation[] {
    const [first, ...rest] = modifiers;
    if (first === undefined) return this.#calls(name, angles, wires);
    if (first.text === 'DAGGER') {
      return this.#modified(rest, name, angles, wires).toReversed().map(inverted);
    }
    const [qubit, ...others] = wires;
    if (qubit === undefined) {
      throw faultAt('wrong-qubit-count', `“${first.text}” needs a qubit.`, first);
    }
    const under = (value: 0 | 1, chosen: readonly Expression[]): GateOperation[] =>
      this.#modified(rest, name, chosen, others).map((call) =>
        underControls(call, [{ qubit, value }]),
      );
    if (first.text === 'CONTROLLED') return under(1, angles);
    if (angles.length % 2 !== 0 || angles.length === 0) {
      const message = `FORKED takes the angles of both gates; ${angles.length} came.`;
      throw faultAt('wrong-parameter-count', message, first);
    }
    const half = angles.length / 2;
    return [...under(0, angles.slice(0, half)), ...under(1, angles.slice(half))];
  }

  #calls(
    name: QuilToken,
    angles: readonly Expression[],
    wires: readonly number[],
  ): GateOperation[] {
    if (this.#definitions.has(name.text)) return [this.#definitions.call(name, angles, wires)];
    const known = Object.hasOwn(quilGates, name.text) ? quilGates[name.text] : undefined;
    if (known === undefined) {
      const message = `There is no gate “${name.text}”. Define it with DEFGATE before it is used.`;
      throw faultAt('unknown-gate', message, name);
    }
    checkShape(name, known.angles, known.qubits, angles, wires);
    return known.make(wires, angles);
  }
}

function inverted(call: GateOperation): GateOperation {
  const inverse: Readonly<Record<string, string>> = { s: 'sdg', t: 'tdg', iswap: 'iswapdg' };
  const name = inverse[call.gate];
  if (name !== undefined) return { ...call, gate: name };
  const gate = gateById(call.gate);
  if (gate?.isHermitian === true) return call;
  return { ...call, power: -(call.power ?? 1) };
}
