import { gate as callOf } from '../../circuit/build.ts';
import type { Circuit, GateDefinition, GateOperation, Operation } from '../../circuit/circuit.ts';
import { underControls } from '../../circuit/controlled-forms.ts';
import type { Expression } from '../../circuit/expression.ts';
import { gateById } from '../../gates/registry.ts';
import { Losses } from '../exporters/exporter.ts';
import { faultAt, ImportFault, type Importer, importWith, maximumQubits } from './importer.ts';
import { conditional, indexOfLabel, labelIn } from './quil-branches.ts';
import { parseQuilExpression } from './quil-expressions.ts';
import { quilGates } from './quil-gates.ts';
import { matrixSteps, permutationSteps } from './quil-matrices.ts';
import { plainName, QuilMemory } from './quil-memory.ts';
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

interface Scope {
  readonly qubits: ReadonlyMap<string, number>;
  readonly parameters: ReadonlySet<string>;
}

/** Branches in branches; each is a condition in a condition. */
const maximumNesting = 40;

const noScope: Scope = { qubits: new Map(), parameters: new Set() };

class QuilReader {
  readonly #losses: Losses;
  readonly #memory: QuilMemory;
  readonly #definitions: GateDefinition[] = [];
  readonly #own = new Map<string, GateDefinition>();
  #qubits = 0;

  constructor(losses: Losses) {
    this.#losses = losses;
    this.#memory = new QuilMemory(losses);
  }

  read(lines: readonly QuilLine[]): Circuit {
    const program: QuilLine[] = [];
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] as QuilLine;
      const word = line.tokens[0]?.text ?? '';
      if (!word.startsWith('DEF')) {
        if (word === 'DECLARE') this.#memory.declare(new QuilCursor(line, 1));
        else program.push(line);
        continue;
      }
      const body: QuilLine[] = [];
      while (lines[i + 1]?.isInner === true) body.push(lines[++i] as QuilLine);
      this.#define(line, body);
    }
    for (const line of program) this.#countQubits(line);
    const operations = this.#block(program);
    return {
      qubitRegisters: [{ name: 'q', size: Math.max(1, this.#qubits) }],
      bitRegisters: this.#memory.bits,
      parameters: this.#memory.parameters,
      definitions: this.#definitions,
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
      if (token.kind === 'formal' && scope.parameters.has(name)) {
        return { kind: 'parameter', name: plainName(name) };
      }
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
      if (word === 'HALT') break;
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
    let dagger = false;
    let controlCount = 0;
    while (['CONTROLLED', 'DAGGER', 'FORKED'].includes(cursor.peek()?.text ?? '')) {
      const modifier = cursor.take() as QuilToken;
      if (modifier.text === 'FORKED') {
        throw faultAt(
          'unsupported',
          'FORKED gates cannot be read. Write both gates with controls.',
          modifier,
        );
      }
      if (modifier.text === 'DAGGER') dagger = !dagger;
      else controlCount++;
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
    const controls = wires.slice(0, controlCount).map((qubit) => ({ qubit, value: 1 as const }));
    const calls = this.#calls(name, angles, wires.slice(controlCount));
    const turned = dagger ? calls.toReversed().map(inverted) : calls;
    return turned.map((call) => underControls(call, controls));
  }

  #calls(
    name: QuilToken,
    angles: readonly Expression[],
    wires: readonly number[],
  ): GateOperation[] {
    const own = this.#own.get(name.text);
    const known = Object.hasOwn(quilGates, name.text) ? quilGates[name.text] : undefined;
    if (own === undefined && known === undefined) {
      const message = `There is no gate “${name.text}”. Define it with DEFGATE before it is used.`;
      throw faultAt('unknown-gate', message, name);
    }
    const wanted = own?.qubitNames.length ?? known?.qubits ?? 0;
    const wantedAngles = own?.parameterNames.length ?? known?.angles ?? 0;
    if (wires.length !== wanted || angles.length !== wantedAngles) {
      const message = `“${name.text}” takes ${wantedAngles} angles and ${wanted} qubits; ${angles.length} and ${wires.length} came.`;
      throw faultAt('wrong-qubit-count', message, name);
    }
    return own === undefined
      ? (known?.make(wires, angles) ?? [])
      : [callOf(own.name, wires, angles)];
  }

  #define(line: QuilLine, body: readonly QuilLine[]): void {
    const cursor = new QuilCursor(line, 1);
    const word = line.tokens[0]?.text ?? '';
    if (word !== 'DEFGATE' && word !== 'DEFCIRCUIT') {
      this.#losses.add(`${word} definitions`, 'a circuit has no pulses; they are left out');
      return;
    }
    const name = cursor.expectKind('word', 'the name of the gate');
    const parameters: string[] = [];
    if (cursor.takes('(')) {
      while (!cursor.takes(')')) {
        parameters.push(cursor.expectKind('formal', 'a parameter such as %theta').text.slice(1));
        if (!cursor.takes(',') && cursor.peek()?.text !== ')')
          throw cursor.unexpected('“,” or “)”');
      }
    }
    const form =
      word === 'DEFCIRCUIT' ? 'SEQUENCE' : cursor.takes('AS') ? cursor.take()?.text : 'MATRIX';
    const qubits: string[] = [];
    while (cursor.peek()?.kind === 'word') qubits.push(cursor.take()?.text ?? '');
    cursor.expect(':');
    const definition = this.#definition(form, name, parameters, qubits, body);
    this.#definitions.push(definition);
    this.#own.set(name.text, definition);
  }

  #definition(
    form: string | undefined,
    name: QuilToken,
    parameters: readonly string[],
    qubits: readonly string[],
    body: readonly QuilLine[],
  ): GateDefinition {
    const own = this.#freeName(name.text);
    if (form === 'SEQUENCE') {
      const scope: Scope = {
        qubits: new Map(qubits.map((qubit, i) => [qubit, i])),
        parameters: new Set(parameters),
      };
      if (qubits.length === 0) throw faultAt('wrong-qubit-count', 'A gate needs a qubit.', name);
      return {
        name: own,
        parameterNames: parameters.map((one) => plainName(one)),
        qubitNames: qubits.map((one) => `q_${plainName(one)}`),
        body: body.flatMap((line) => this.#gate(line, scope)),
      };
    }
    if ((form !== 'MATRIX' && form !== 'PERMUTATION') || parameters.length > 0) {
      const message = 'Gates can be defined by a matrix of numbers, a permutation or a sequence.';
      throw faultAt('unsupported', message, name);
    }
    const steps = form === 'MATRIX' ? matrixSteps(name, body) : permutationSteps(name, body);
    return { name: own, parameterNames: [], ...steps };
  }

  /** Quil's names are in capitals; the registry's must not be hidden. */
  #freeName(name: string): string {
    let free = plainName(name).toLowerCase();
    const taken = new Set(this.#definitions.map((one) => one.name));
    while (taken.has(free) || gateById(free) !== null || free === 'u') free += '_';
    return free;
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
