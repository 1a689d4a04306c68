import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import {
  type Circuit,
  type GateOperation,
  nameOfIndex,
  type Operation,
  type Register,
} from '../../circuit/circuit.ts';
import { type MathFunction, parametersIn } from '../../circuit/expression.ts';
import { type BitTest, bitTestsOf, wholeRegisterOf } from './classical.ts';
import { type Exporter, Losses, noteBlock, withNotes } from './exporter.ts';
import { formulaFor, pythonStyle, renderExpression } from './expressions.ts';
import { pythonNameRules } from '../print/name-rules.ts';
import { withAllowedNames } from '../print/rename.ts';
import { lowerFor } from '../../compiler/lowering.ts';

/** Methods of QuantumCircuit that have the name of the registry's gate. */
const methods = [
  'ccx ccz ch cp crx cry crz cswap csx cu cx cy cz h id iswap p rx rxx ry ryy rz rzz s sdg swap sx sxdg t tdg u x y z rccx',
]
  .join(' ')
  .split(' ');

const target = { native: new Set(methods), controllable: new Set(['x', 'p']) };

/** Words of the exported program, and names that it gives to branches. */
const nameRules = pythonNameRules(
  'circuit ClassicalRegister QuantumCircuit QuantumRegister Parameter expr not_kept',
  /^otherwise_\d+$/,
);

/** Functions of open parameters are methods of ParameterExpression. */
const openFunctions: Readonly<Partial<Record<MathFunction, (argument: string) => string>>> = {
  sin: (x) => `(${x}).sin()`,
  cos: (x) => `(${x}).cos()`,
  tan: (x) => `(${x}).tan()`,
  exp: (x) => `(${x}).exp()`,
  ln: (x) => `(${x}).log()`,
  log: (x) => `(${x}).log()`,
  sqrt: (x) => `(${x})**0.5`,
  arcsin: (x) => `(${x}).arcsin()`,
  arccos: (x) => `(${x}).arccos()`,
  arctan: (x) => `(${x}).arctan()`,
  abs: (x) => `abs(${x})`,
};
const formulas = {
  language: 'Qiskit',
  open: new Set(Object.keys(openFunctions) as MathFunction[]),
};
const style = pythonStyle((name, argument) =>
  (openFunctions[name]?.(argument) ?? argument).replace(/^\((\w+)\)/u, '$1'),
);

/** Python's own limit of blocks in blocks. */
const maximumDepth = 20;

/** A bit that the circuit does not have, for outcomes that are not kept. */
const spareBit = 'not_kept';

export const qiskitExporter: Exporter = {
  id: 'qiskit',
  title: 'Qiskit (Python)',
  fileExtension: 'py',
  export: (circuit) => {
    const losses = new Losses();
    // The text shows both names of what is renamed: in_ = QuantumRegister(1, "in").
    const named = withAllowedNames(
      circuit,
      nameRules,
      ['qubitRegisters', 'bitRegisters', 'parameters'],
      null,
    );
    const text = new QiskitWriter(named, circuit, losses).write();
    return { text: withNotes(text, losses, '#'), losses: losses.all };
  },
};

class QiskitWriter {
  readonly #circuit: Circuit;
  /** With the names that the circuit had before. */
  readonly #original: Circuit;
  readonly #losses: Losses;
  #needsSpareBit = false;
  /** Parameters that a gate has. */
  readonly #used = new Set<string>();
  #branches = 0;
  #depth = 0;
  #needsExpr = false;

  constructor(circuit: Circuit, original: Circuit, losses: Losses) {
    this.#circuit = circuit;
    this.#original = original;
    this.#losses = losses;
  }

  write(): string {
    const { qubitRegisters, bitRegisters, parameters } = this.#circuit;
    const body = lowerFor(this.#circuit, target, this.#losses).flatMap((one) =>
      this.#statement(one),
    );
    const lines = [
      'import math',
      '',
      'from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister',
      ...(parameters.length === 0 ? [] : ['from qiskit.circuit import Parameter']),
      ...(this.#needsExpr ? ['from qiskit.circuit.classical import expr'] : []),
      '',
      ...qubitRegisters.map((one, i) =>
        registerLine('QuantumRegister', one, this.#original.qubitRegisters[i]?.name),
      ),
      ...bitRegisters.map((one, i) =>
        registerLine('ClassicalRegister', one, this.#original.bitRegisters[i]?.name),
      ),
      ...(this.#needsSpareBit
        ? [registerLine('ClassicalRegister', { name: spareBit, size: 1 }, this.#spareName())]
        : []),
      ...parameters.map(
        ({ name }, i) => `${name} = Parameter("${this.#original.parameters[i]?.name ?? name}")`,
      ),
    ];
    const registers = [...qubitRegisters, ...bitRegisters].map(({ name }) => name);
    if (this.#needsSpareBit) registers.push(spareBit);
    lines.push(`circuit = QuantumCircuit(${registers.join(', ')})`, ...body);
    // Qiskit refuses a value for a parameter that no gate has.
    const bound = parameters.filter(({ name, value }) => value !== null && this.#used.has(name));
    if (bound.length > 0) {
      const pairs = bound.map(({ name, value }) => `${name}: ${value}`);
      lines.push(`circuit = circuit.assign_parameters({${pairs.join(', ')}})`);
    }
    return `${lines.join('\n')}\n`;
  }

  /** A name that no register of the circuit has. */
  #spareName(): string {
    const { qubitRegisters, bitRegisters } = this.#original;
    const taken = new Set([...qubitRegisters, ...bitRegisters].map(({ name }) => name));
    let name = spareBit;
    while (taken.has(name)) name += '_';
    return name;
  }

  #qubit(index: number): string {
    return nameOfIndex(this.#circuit.qubitRegisters, index);
  }

  #bit(index: number): string {
    return nameOfIndex(this.#circuit.bitRegisters, index);
  }

  #statement(operation: Operation): string[] {
    switch (operation.kind) {
      case 'gate':
        return [this.#gate(operation)];
      case 'measure':
        return [this.#measure(operation.qubit, operation.bit)];
      case 'reset':
        return [`circuit.reset(${this.#qubit(operation.qubit)})`];
      case 'barrier':
        return [`circuit.barrier(${operation.qubits.map((q) => this.#qubit(q)).join(', ')})`];
      case 'if':
        return this.#conditional(operation);
      case 'opaque':
        return [`# ${noteBlock(operation, this.#losses)}`];
      default:
        return unreachable(operation);
    }
  }

  #measure(qubit: number, bit: number | null): string {
    if (bit !== null) return `circuit.measure(${this.#qubit(qubit)}, ${this.#bit(bit)})`;
    this.#needsSpareBit = true;
    this.#losses.add(
      'measurements whose outcome is not kept',
      `Qiskit keeps every outcome; they go into the register “${spareBit}”`,
    );
    return `circuit.measure(${this.#qubit(qubit)}, ${spareBit}[0])`;
  }

  #gate({ gate, parameters, qubits, controls }: GateOperation): string {
    const wires = qubits.map((qubit) => this.#qubit(qubit));
    const angles = parameters.map((one) => {
      const formula = formulaFor(one, formulas, this.#circuit, this.#losses);
      for (const name of parametersIn(formula)) this.#used.add(name);
      return renderExpression(formula, style);
    });
    const under = (controls ?? []).map(({ qubit }) => this.#qubit(qubit));
    if (under.length > 0) {
      return `circuit.mc${gate}(${[...angles, `[${under.join(', ')}]`, ...wires].join(', ')})`;
    }
    return `circuit.${gate}(${[...angles, ...wires].join(', ')})`;
  }

  #conditional(operation: Operation & { kind: 'if' }): string[] {
    const { condition, body, otherwise } = operation;
    const [then, rest] = condition.negated === true ? [otherwise, body] : [body, otherwise];
    const tests = bitTestsOf(condition);
    if (tests === null) return rest.flatMap((one) => this.#statement(one));
    const register = wholeRegisterOf(condition, this.#circuit);
    if (register !== null) return this.#branch(`(${register}, ${condition.value})`, then, rest);
    const [only] = tests;
    if (tests.length === 1 && only !== undefined) {
      return this.#branch(`(${this.#bit(only.bit)}, ${only.value})`, then, rest);
    }
    this.#needsExpr = true;
    return this.#branch(this.#allOf(tests), then, rest);
  }

  /** All tests at once, in halves: Python reads only so many parentheses in each other. */
  #allOf(tests: readonly BitTest[]): string {
    const [only] = tests;
    if (tests.length === 1 && only !== undefined) {
      const bit = this.#bit(only.bit);
      return only.value === 1 ? bit : `expr.logic_not(${bit})`;
    }
    const half = Math.ceil(tests.length / 2);
    return `expr.logic_and(${this.#allOf(tests.slice(0, half))}, ${this.#allOf(tests.slice(half))})`;
  }

  /** Each else has a name of its own: Qiskit refuses one that a branch inside has taken. */
  #branchName(): string {
    this.#branches++;
    return `otherwise_${this.#branches}`;
  }

  #branch(test: string, then: readonly Operation[], rest: readonly Operation[]): string[] {
    if (this.#depth >= maximumDepth) {
      const message = `Python takes at most ${maximumDepth} conditions inside each other. Write fewer.`;
      throw new AppError('unsupported', message, { limit: maximumDepth });
    }
    const head = `with circuit.if_test(${test})`;
    if (rest.length === 0) return [`${head}:`, ...this.#indented(then)];
    const name = this.#branchName();
    return [
      `${head} as ${name}:`,
      ...this.#indented(then),
      `with ${name}:`,
      ...this.#indented(rest),
    ];
  }

  #indented(operations: readonly Operation[]): string[] {
    this.#depth++;
    const lines = operations.flatMap((one) => this.#statement(one));
    this.#depth--;
    const isEmpty = lines.every((line) => line.startsWith('#'));
    return (isEmpty ? [...lines, 'pass'] : lines).map((line) => `    ${line}`);
  }
}

/** A physical qubit has no name in Qiskit; its register is called as its variable. */
function registerLine(kind: string, { name, size }: Register, original = name): string {
  return `${name} = ${kind}(${size}, "${original.startsWith('$') ? name : original}")`;
}
