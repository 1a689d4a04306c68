import { unreachable } from '../../base/assert.ts';
import {
  type Circuit,
  type GateOperation,
  nameOfIndex,
  type Operation,
} from '../../circuit/circuit.ts';
import { type BitTest, bitTestsOf, wholeRegisterOf } from './classical.ts';
import { type Exporter, Losses, withNotes } from './exporter.ts';
import { pythonName, pythonStyle, renderExpression } from './expressions.ts';
import { lowerFor } from './lowering.ts';

/** Methods of QuantumCircuit that have the name of the registry's gate. */
const methods = [
  'ccx ccz ch cp crx cry crz cswap csx cu cx cy cz h id iswap p rx rxx ry ryy rz rzz s sdg swap sx sxdg t tdg u x y z rccx',
]
  .join(' ')
  .split(' ');

const target = { native: new Set(methods), controllable: new Set(['x', 'p']) };

/** A bit that the circuit does not have, for outcomes that are not kept. */
const spareBit = 'not_kept';

export const qiskitExporter: Exporter = {
  id: 'qiskit',
  title: 'Qiskit (Python)',
  fileExtension: 'py',
  export: (circuit) => {
    const losses = new Losses();
    const text = new QiskitWriter(circuit, losses).write();
    return { text: withNotes(text, losses, '#'), losses: losses.all };
  },
};

class QiskitWriter {
  readonly #circuit: Circuit;
  readonly #losses: Losses;
  #needsSpareBit = false;

  constructor(circuit: Circuit, losses: Losses) {
    this.#circuit = circuit;
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
      '',
      ...qubitRegisters.map(({ name, size }) => registerLine('QuantumRegister', name, size)),
      ...bitRegisters.map(({ name, size }) => registerLine('ClassicalRegister', name, size)),
      ...(this.#needsSpareBit ? [registerLine('ClassicalRegister', spareBit, 1)] : []),
      ...parameters.map(({ name }) => `${pythonName(name)} = Parameter("${name}")`),
    ];
    const registers = [...qubitRegisters, ...bitRegisters].map(({ name }) => pythonName(name));
    if (this.#needsSpareBit) registers.push(spareBit);
    lines.push(`circuit = QuantumCircuit(${registers.join(', ')})`, ...body);
    const bound = parameters.filter(({ value }) => value !== null);
    if (bound.length > 0) {
      const pairs = bound.map(({ name, value }) => `${pythonName(name)}: ${value}`);
      lines.push(`circuit = circuit.assign_parameters({${pairs.join(', ')}})`);
    }
    return `${lines.join('\n')}\n`;
  }

  #qubit(index: number): string {
    return this.#wire(nameOfIndex(this.#circuit.qubitRegisters, index));
  }

  #bit(index: number): string {
    return this.#wire(nameOfIndex(this.#circuit.bitRegisters, index));
  }

  #wire(name: string): string {
    const bracket = name.indexOf('[');
    return pythonName(name.slice(0, bracket)) + name.slice(bracket);
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
        return this.#lost(`the block “${operation.label}”`);
      default:
        return unreachable(operation);
    }
  }

  #lost(what: string): string[] {
    this.#losses.add(what, 'Qiskit has no statement for it; a comment stands in its place');
    return [`# not expressed: ${what}`];
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
    const angles = parameters.map((parameter) => renderExpression(parameter, pythonStyle));
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
    if (register !== null) {
      return this.#branch(`${pythonName(register)}, ${condition.value}`, then, rest);
    }
    return this.#nested(tests, then, rest);
  }

  /** One test in the other; what stands under “else” is written for each of them. */
  #nested(
    tests: readonly BitTest[],
    then: readonly Operation[],
    rest: readonly Operation[],
  ): string[] {
    const [first, ...others] = tests;
    if (first === undefined) return then.flatMap((one) => this.#statement(one));
    const test = `${this.#bit(first.bit)}, ${first.value}`;
    if (others.length === 0) return this.#branch(test, then, rest);
    const inner = this.#nested(others, then, rest).map((line) => `    ${line}`);
    const name = `otherwise_${others.length}`;
    const tail = rest.length === 0 ? [] : [`with ${name}:`, ...this.#indented(rest)];
    return [
      `with circuit.if_test((${test}))${rest.length === 0 ? '' : ` as ${name}`}:`,
      ...inner,
      ...tail,
    ];
  }

  #branch(test: string, then: readonly Operation[], rest: readonly Operation[]): string[] {
    const head = `with circuit.if_test((${test}))`;
    if (rest.length === 0) return [`${head}:`, ...this.#indented(then)];
    return [
      `${head} as otherwise:`,
      ...this.#indented(then),
      'with otherwise:',
      ...this.#indented(rest),
    ];
  }

  #indented(operations: readonly Operation[]): string[] {
    const lines = operations.flatMap((one) => this.#statement(one));
    const isEmpty = lines.every((line) => line.startsWith('#'));
    return (isEmpty ? [...lines, 'pass'] : lines).map((line) => `    ${line}`);
  }
}

function registerLine(kind: string, name: string, size: number): string {
  return `${pythonName(name)} = ${kind}(${size}, "${name}")`;
}
