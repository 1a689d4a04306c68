import { gate as callOf } from '../../circuit/build.ts';
import type { GateDefinition, GateOperation } from '../../circuit/circuit.ts';
import { evaluate, type Expression, numberOf, parametersIn } from '../../circuit/expression.ts';
import { gateById } from '../../gates/registry.ts';
import type { Losses } from '../exporters/exporter.ts';
import { allowedNames } from '../print/allowed-names.ts';
import { names3Rules } from '../print/name-rules.ts';
import { faultAt, ImportFault } from './importer.ts';
import { parseQuilExpression } from './quil-expressions.ts';
import { matrixSteps, permutationSteps } from './quil-matrices.ts';
import type { QuilMemory } from './quil-memory.ts';
import {
  allCommute,
  areClosed,
  exponentialSteps,
  pauliTerm,
  termSteps,
} from './quil-pauli-sums.ts';
import { QuilCursor, type QuilLine, type QuilToken } from './quil-tokens.ts';

/** What names stand for inside a definition. */
export interface Scope {
  readonly qubits: ReadonlyMap<string, number>;
  readonly parameters: ReadonlyMap<string, Expression>;
}

interface Template {
  readonly name: QuilToken;
  readonly form: string;
  readonly parameters: readonly string[];
  readonly qubits: readonly string[];
  readonly body: readonly QuilLine[];
  readonly qubitCount: number;
  /** The gate for any angles; null where its steps need numbers. */
  readonly general: GateDefinition | null;
}

/** Thrown where a definition's steps depend on values that only a call has. */
class NeedsNumbers extends Error {}

/** The gates that a Quil program defines. */
export class QuilDefinitions {
  readonly made: GateDefinition[] = [];
  readonly #templates = new Map<string, Template>();
  readonly #instances = new Map<string, GateDefinition>();
  readonly #losses: Losses;
  readonly #memory: QuilMemory;
  readonly #gate: (line: QuilLine, scope: Scope) => GateOperation[];

  constructor(
    losses: Losses,
    memory: QuilMemory,
    gate: (line: QuilLine, scope: Scope) => GateOperation[],
  ) {
    this.#losses = losses;
    this.#memory = memory;
    this.#gate = gate;
  }

  /** `DEFGATE`, `DEFCIRCUIT` and definitions of pulses, with the lines of their body. */
  define(line: QuilLine, body: readonly QuilLine[]): void {
    const cursor = new QuilCursor(line, 1);
    const word = line.tokens[0]?.text ?? '';
    if (word !== 'DEFGATE' && word !== 'DEFCIRCUIT') {
      this.#losses.add(`${word} definitions`, 'a circuit has no pulses; they are left out');
      return;
    }
    const name = cursor.expectKind('word', 'the name of the gate');
    if (this.#templates.has(name.text)) {
      throw faultAt('duplicate-name', `“${name.text}” is defined twice. Rename one.`, name);
    }
    const parameters: string[] = [];
    if (cursor.takes('(')) {
      while (!cursor.takes(')')) {
        parameters.push(cursor.expectKind('formal', 'a parameter such as %theta').text.slice(1));
        if (!cursor.takes(',') && cursor.peek()?.text !== ')')
          throw cursor.unexpected('“,” or “)”');
      }
    }
    // The specification has the qubits before AS; older programs have them behind it.
    const qubits: string[] = [];
    const takeQubits = (): void => {
      while (cursor.peek()?.kind === 'word' && cursor.peek()?.text !== 'AS') {
        qubits.push(cursor.take()?.text ?? '');
      }
    };
    takeQubits();
    let form = word === 'DEFCIRCUIT' ? 'SEQUENCE' : 'MATRIX';
    if (cursor.takes('AS')) form = cursor.take()?.text ?? '';
    takeQubits();
    cursor.expect(':');
    cursor.expectEnd();
    for (const list of [parameters, qubits]) {
      if (new Set(list).size === list.length) continue;
      throw faultAt('duplicate-name', `“${name.text}” names something twice.`, name);
    }
    this.#add({ name, form, parameters, qubits, body, qubitCount: 0, general: null });
  }

  #add(given: Template): void {
    const { name, form, qubits, body } = given;
    if (!['MATRIX', 'PERMUTATION', 'SEQUENCE', 'PAULI-SUM'].includes(form)) {
      const message = `Gates are defined AS MATRIX, PERMUTATION, SEQUENCE or PAULI-SUM; “${form}” came.`;
      throw faultAt('unsupported', message, name);
    }
    const hasQubits = form === 'SEQUENCE' || form === 'PAULI-SUM';
    if (hasQubits === (qubits.length === 0)) {
      const message = hasQubits ? 'A gate needs a qubit.' : 'A matrix has no names of qubits.';
      throw faultAt('wrong-qubit-count', message, name);
    }
    if (form === 'PERMUTATION' && given.parameters.length > 0) {
      throw faultAt('wrong-shape', 'A permutation has no parameters.', name);
    }
    const rows = form === 'MATRIX' ? body.length : 0;
    const template = {
      ...given,
      qubitCount: hasQubits ? qubits.length : Math.round(Math.log2(Math.max(rows, 2))),
    };
    let general: GateDefinition | null = null;
    try {
      const names = allowedNames(given.parameters, names3Rules(new Set()));
      const open = names.map((one): Expression => ({ kind: 'parameter', name: one }));
      general = this.#definition(template, open, names);
    } catch (thrown) {
      if (!(thrown instanceof NeedsNumbers)) throw thrown;
    }
    if (general !== null) this.made.push(general);
    const qubitCount = general?.qubitNames.length ?? template.qubitCount;
    this.#templates.set(name.text, { ...template, qubitCount, general });
  }

  /** The steps of a gate with these angles; `names` are the parameters of the definition. */
  #definition(
    { name, form, parameters, qubits, body }: Template,
    angles: readonly Expression[],
    names: readonly string[],
  ): GateDefinition {
    const scope: Scope = {
      qubits: new Map(qubits.map((qubit, i) => [qubit, i])),
      parameters: new Map(parameters.map((one, i) => [one, angles[i] as Expression])),
    };
    const head = { name: this.#freeName(name.text), parameterNames: names };
    const isOpen = angles.some((angle) => parametersIn(angle).length > 0);
    if (form === 'PERMUTATION') return { ...head, ...permutationSteps(name, body) };
    if (form === 'MATRIX') {
      if (isOpen) throw new NeedsNumbers();
      const values = new Map(parameters.map((one, i) => [one, evaluate(angles[i] as Expression)]));
      return { ...head, ...matrixSteps(name, body, values) };
    }
    const qubitNames = allowedNames(
      qubits.map((one) => `q_${one}`),
      names3Rules(new Set(names)),
    );
    if (form === 'SEQUENCE') {
      return { ...head, qubitNames, body: body.flatMap((line) => this.#gate(line, scope)) };
    }
    const terms = body.map((line) =>
      pauliTerm(line, qubits, (cursor) => this.#factor(cursor, scope)),
    );
    if (allCommute(terms)) return { ...head, qubitNames, body: terms.flatMap(termSteps) };
    if (!areClosed(terms)) throw new NeedsNumbers();
    const { body: steps } = exponentialSteps(terms, name);
    // The steps count the qubits from the first one.
    return { ...head, qubitNames, body: steps };
  }

  #factor(cursor: QuilCursor, scope: Scope): Expression {
    return parseQuilExpression(cursor, (formal, _, token) => {
      const value = token.kind === 'formal' ? scope.parameters.get(formal) : undefined;
      if (value !== undefined) return value;
      throw faultAt('undeclared-name', `“${token.text}” is no parameter of the gate.`, token);
    });
  }

  has(name: string): boolean {
    return this.#templates.has(name);
  }

  /** A call of a defined gate. */
  call(name: QuilToken, angles: readonly Expression[], wires: readonly number[]): GateOperation {
    const template = this.#templates.get(name.text) as Template;
    checkShape(name, template.parameters.length, template.qubitCount, angles, wires);
    if (template.general !== null) return callOf(template.general.name, wires, angles);
    const closed = angles.map((angle) => this.#memory.closed(angle));
    if (closed.some((angle) => angle === null)) {
      // Inside another definition that may be known when that one is called.
      if (this.#isFormal(angles)) throw new NeedsNumbers();
      const [open] = angles.flatMap(parametersIn);
      const message = `The steps of “${name.text}” follow from its matrix, which needs numbers. Move a value to ${open} first.`;
      throw faultAt('not-computable', message, name);
    }
    const numbers = closed.map((angle) => evaluate(angle as Expression));
    if (angles.some((angle) => parametersIn(angle).length > 0)) {
      const what = `the parameters of “${name.text}”`;
      this.#losses.add(what, 'its steps follow from their values, which are written');
    }
    const key = `${name.text}(${numbers.join(',')})`;
    let instance = this.#instances.get(key);
    if (instance === undefined) {
      instance = this.#definition(template, numbers.map(numberOf), []);
      this.#instances.set(key, instance);
      this.made.push(instance);
    }
    return callOf(instance.name, wires);
  }

  /** Whether an angle depends on a parameter of the definition around the call. */
  #isFormal(angles: readonly Expression[]): boolean {
    const memory = new Set(this.#memory.parameters.map(({ name }) => name));
    return angles.flatMap(parametersIn).some((name) => !memory.has(name));
  }

  /** Quil's names are in capitals; the registry's must not be hidden. */
  #freeName(name: string): string {
    const taken = new Set(this.made.map((one) => one.name));
    const rules = names3Rules(taken);
    const isAllowed = (one: string): boolean =>
      rules.isAllowed(one) && gateById(one) === null && one !== 'u';
    const [free] = allowedNames([name.replaceAll('-', '_').toLowerCase()], { ...rules, isAllowed });
    return free as string;
  }
}

/** Refuses a call with the wrong number of angles or qubits. */
export function checkShape(
  name: QuilToken,
  angleCount: number,
  qubitCount: number,
  angles: readonly Expression[],
  wires: readonly number[],
): void {
  if (wires.length === qubitCount && angles.length === angleCount) return;
  const message = `“${name.text}” takes ${angleCount} angles and ${qubitCount} qubits; ${angles.length} and ${wires.length} came.`;
  throw new ImportFault('semantic', 'wrong-qubit-count', message, name);
}
