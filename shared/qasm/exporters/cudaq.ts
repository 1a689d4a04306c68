import { unreachable } from '../../base/assert.ts';
import {
  type Circuit,
  type Condition,
  type GateOperation,
  type Operation,
  qubitCountOf,
} from '../../circuit/circuit.ts';
import type { MathFunction } from '../../circuit/expression.ts';
import { pythonNameRules } from '../print/name-rules.ts';
import { withAllowedNames } from '../print/rename.ts';
import { bitPlaceOf, bitTestsOf } from './classical.ts';
import { type Exporter, Losses, noteBlock, noteRegisterNames, withNotes } from './exporter.ts';
import { type ExpressionStyle, formulaFor, renderExpression } from './expressions.ts';
import { lowerFor } from '../../compiler/lowering.ts';

/** Words of CUDA-Q kernels for the registry's gates. */
const words: Readonly<Record<string, string>> = {
  h: 'h',
  p: 'r1',
  rx: 'rx',
  ry: 'ry',
  rz: 'rz',
  s: 's',
  sdg: 'sdg',
  swap: 'swap',
  t: 't',
  tdg: 'tdg',
  u: 'u3',
  x: 'x',
  y: 'y',
  z: 'z',
};

const target = {
  native: new Set(Object.keys(words)),
  controllable: new Set('h p rx ry rz s swap t x y z'.split(' ')),
};

const functions: Readonly<Record<MathFunction, string>> = {
  sin: 'np.sin',
  cos: 'np.cos',
  tan: 'np.tan',
  exp: 'np.exp',
  ln: 'np.log',
  log: 'np.log',
  sqrt: 'np.sqrt',
  arcsin: 'np.arcsin',
  arccos: 'np.arccos',
  arctan: 'np.arctan',
  ceiling: 'np.ceil',
  floor: 'np.floor',
  abs: 'np.abs',
};

const style: ExpressionStyle = {
  constant: (name) => ({ pi: 'np.pi', tau: '(2*np.pi)', euler: 'np.e' })[name],
  parameter: (name) => name,
  call: (name, argument) => `${functions[name]}(${argument})`,
  power: '**',
};

const formulas = { language: 'CUDA-Q', open: new Set(Object.keys(functions) as MathFunction[]) };

/** Words that a kernel reads as its own, and names of the exported program. */
const nameRules = pythonNameRules(
  'q circuit cudaq np mz mx my reset h x y z s t rx ry rz r1 u3 swap sdg tdg ctrl adj exp_pauli',
);
const bitRules = {
  ...nameRules,
  language: 'CUDA-Q',
  isAllowed: (name: string): boolean => /^\w+$/.test(name) && nameRules.isAllowed(name),
};

export const cudaqExporter: Exporter = {
  id: 'cudaq',
  title: 'CUDA-Q (Python)',
  fileExtension: 'py',
  export: (circuit) => {
    const losses = new Losses();
    const withBits = withAllowedNames(circuit, bitRules, ['bitRegisters'], losses);
    // Every bit is a variable with the number of its place, which no angle may have.
    const isAllowed = (name: string): boolean => {
      const [, register, index] = /^(.*)_(\d+)$/.exec(name) ?? [];
      const isBit = withBits.bitRegisters.some(
        (one) => one.name === register && Number(index) < one.size,
      );
      return nameRules.isAllowed(name) && !isBit;
    };
    const named = withAllowedNames(withBits, { ...nameRules, isAllowed }, ['parameters'], losses);
    const text = new CudaqWriter(named, losses).write();
    return { text: withNotes(text, losses, '#'), losses: losses.all };
  },
};

class CudaqWriter {
  readonly #circuit: Circuit;
  readonly #losses: Losses;

  constructor(circuit: Circuit, losses: Losses) {
    this.#circuit = circuit;
    this.#losses = losses;
  }

  write(): string {
    const { parameters } = this.#circuit;
    noteRegisterNames(this.#circuit, this.#losses, 'all qubits stand in one vector');
    const lowered = lowerFor(this.#circuit, target, this.#losses);
    const head = parameters.map(({ name }) => `${name}: float`).join(', ');
    const body = [
      `q = cudaq.qvector(${Math.max(qubitCountOf(this.#circuit), 1)})`,
      ...this.#askedBits(lowered).map((bit) => `${this.#bit(bit)} = False`),
      ...lowered.flatMap((operation) => this.#statement(operation)),
    ];
    const values = parameters.map(({ value }) => (value === null ? null : String(value)));
    const call = ['circuit', ...values].join(', ');
    return [
      'import cudaq',
      'import numpy as np',
      '',
      '',
      '@cudaq.kernel',
      `def circuit(${head}):`,
      ...body.map((line) => `    ${line}`),
      '',
      '',
      ...(values.includes(null)
        ? ['# Sample it with its angles: cudaq.sample(circuit, …)']
        : ['if __name__ == "__main__":', `    print(cudaq.sample(${call}))`]),
      '',
    ].join('\n');
  }

  /** Bits that a condition asks for: a kernel has no variable that was not set. */
  #askedBits(operations: readonly Operation[]): number[] {
    const asked = new Set<number>();
    const visit = (operation: Operation): void => {
      if (operation.kind !== 'if') return;
      for (const bit of operation.condition.bits) asked.add(bit);
      [...operation.body, ...operation.otherwise].forEach(visit);
    };
    operations.forEach(visit);
    return [...asked].sort((a, b) => a - b);
  }

  #bit(bit: number): string {
    const { register, index } = bitPlaceOf(this.#circuit, bit);
    return `${register}_${index}`;
  }

  #statement(operation: Operation): string[] {
    switch (operation.kind) {
      case 'gate':
        return [this.#gate(operation)];
      case 'measure':
        return operation.bit === null
          ? [`mz(q[${operation.qubit}])`]
          : [`${this.#bit(operation.bit)} = mz(q[${operation.qubit}])`];
      case 'reset':
        return [`reset(q[${operation.qubit}])`];
      case 'barrier':
        this.#losses.add('barriers', 'CUDA-Q has none; a comment stands in their place');
        return [`# barrier on ${operation.qubits.join(', ')}`];
      case 'if':
        return this.#conditional(operation);
      case 'opaque':
        return [`# ${noteBlock(operation, this.#losses)}`];
      default:
        return unreachable(operation);
    }
  }

  #conditional({ condition, body, otherwise }: Operation & { kind: 'if' }): string[] {
    const inside = (operations: readonly Operation[]): string[] => {
      const lines = operations.flatMap((one) => this.#statement(one));
      const isEmpty = lines.every((line) => line.trimStart().startsWith('#'));
      return (isEmpty ? [...lines, 'pass'] : lines).map((line) => `    ${line}`);
    };
    return [
      `if ${this.#condition(condition)}:`,
      ...inside(body),
      ...(otherwise.length === 0 ? [] : ['else:', ...inside(otherwise)]),
    ];
  }

  #condition(condition: Condition): string {
    const tests = bitTestsOf(condition);
    if (tests === null) return condition.negated === true ? 'True' : 'False';
    const all = tests
      .map(({ bit, value }) => (value === 1 ? this.#bit(bit) : `not ${this.#bit(bit)}`))
      .join(' and ');
    return condition.negated === true ? `not (${all})` : all;
  }

  #gate({ gate, parameters, qubits, controls }: GateOperation): string {
    const angles = parameters.map((one) =>
      renderExpression(formulaFor(one, formulas, this.#circuit, this.#losses), style),
    );
    const wires = qubits.map((qubit) => `q[${qubit}]`);
    const under = (controls ?? []).map(({ qubit }) => `q[${qubit}]`);
    if (under.length === 0) return `${words[gate]}(${[...angles, ...wires].join(', ')})`;
    const list = under.length === 1 ? under[0] : `[${under.join(', ')}]`;
    return `${words[gate]}.ctrl(${[...angles, list, ...wires].join(', ')})`;
  }
}
