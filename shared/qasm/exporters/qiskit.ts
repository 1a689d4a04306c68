import { unreachable } from '../../base/assert.ts';
import {
  type Circuit,
  type Condition,
  type GateOperation,
  nameOfIndex,
  type Operation,
} from '../../circuit/circuit.ts';
import { type Exporter, Losses } from './exporter.ts';
import { pythonName, pythonStyle, renderExpression } from './expressions.ts';
import { lowerFor } from './lowering.ts';

/** Methods of QuantumCircuit that have the name of the registry's gate. */
const methods = [
  'ccx ccz ch cp crx cry crz cswap csx cu cx cy cz h id iswap p rx rxx ry ryy rz rzz s sdg swap sx sxdg t tdg u x y z rccx',
]
  .join(' ')
  .split(' ');

const native: ReadonlySet<string> = new Set([...methods, 'c3x', 'c4x']);

export const qiskitExporter: Exporter = {
  id: 'qiskit',
  title: 'Qiskit (Python)',
  fileExtension: 'py',
  export: (circuit) => {
    const losses = new Losses();
    const writer = new QiskitWriter(circuit, losses);
    return { text: writer.write(), losses: losses.all };
  },
};

class QiskitWriter {
  readonly #circuit: Circuit;
  readonly #losses: Losses;

  constructor(circuit: Circuit, losses: Losses) {
    this.#circuit = circuit;
    this.#losses = losses;
  }

  write(): string {
    const { qubitRegisters, bitRegisters, parameters } = this.#circuit;
    const lines = [
      'import math',
      '',
      'from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister',
      ...(parameters.length === 0 ? [] : ['from qiskit.circuit import Parameter']),
      '',
      ...qubitRegisters.map(({ name, size }) => registerLine('QuantumRegister', name, size)),
      ...bitRegisters.map(({ name, size }) => registerLine('ClassicalRegister', name, size)),
      ...parameters.map(({ name }) => `${pythonName(name)} = Parameter("${name}")`),
    ];
    const registers = [...qubitRegisters, ...bitRegisters].map(({ name }) => pythonName(name));
    lines.push(`circuit = QuantumCircuit(${registers.join(', ')})`);
    for (const operation of lowerFor(this.#circuit, native, this.#losses)) {
      lines.push(...this.#statement(operation));
    }
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
        if (operation.bit === null) return this.#lost('a measurement whose outcome is not kept');
        return [`circuit.measure(${this.#qubit(operation.qubit)}, ${this.#bit(operation.bit)})`];
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

  #gate({ gate, parameters, qubits }: GateOperation): string {
    const wires = qubits.map((qubit) => this.#qubit(qubit));
    if (gate === 'c3x' || gate === 'c4x') {
      return `circuit.mcx([${wires.slice(0, -1).join(', ')}], ${wires.at(-1)})`;
    }
    const angles = parameters.map((parameter) => renderExpression(parameter, pythonStyle));
    return `circuit.${gate}(${[...angles, ...wires].join(', ')})`;
  }

  #conditional(operation: Operation & { kind: 'if' }): string[] {
    const condition = this.#condition(operation.condition);
    if (condition === null) return this.#lost('a condition on some bits of a register');
    const indented = (operations: readonly Operation[]): string[] => {
      const lines = operations.flatMap((one) => this.#statement(one));
      return lines.every((line) => line.startsWith('#')) ? [...lines, 'pass'] : lines;
    };
    const lines = (operations: readonly Operation[]): string[] =>
      indented(operations).map((line) => `    ${line}`);
    const test = `with circuit.if_test((${condition}, ${operation.condition.value}))`;
    const isPlain = operation.condition.negated !== true && operation.otherwise.length === 0;
    if (isPlain) return [`${test}:`, ...lines(operation.body)];
    const [then, otherwise] =
      operation.condition.negated === true
        ? [operation.otherwise, operation.body]
        : [operation.body, operation.otherwise];
    return [`${test} as otherwise:`, ...lines(then), 'with otherwise:', ...lines(otherwise)];
  }

  #condition({ bits }: Condition): string | null {
    let first = 0;
    for (const { name, size } of this.#circuit.bitRegisters) {
      const start = first;
      first += size;
      if (bits.length === size && bits.every((bit, i) => bit === start + i))
        return pythonName(name);
    }
    return bits.length === 1 ? this.#bit(bits[0] as number) : null;
  }
}

function registerLine(kind: string, name: string, size: number): string {
  return `${pythonName(name)} = ${kind}(${size}, "${name}")`;
}
