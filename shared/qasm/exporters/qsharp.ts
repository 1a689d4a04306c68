import { unreachable } from '../../base/assert.ts';
import {
  type Circuit,
  type Condition,
  type GateOperation,
  type Operation,
  qubitCountOf,
} from '../../circuit/circuit.ts';
import type { MathFunction } from '../../circuit/expression.ts';
import { bitPlaceOf, bitTestsOf } from './classical.ts';
import { qsharpNameRules } from '../print/name-rules.ts';
import { withAllowedNames } from '../print/rename.ts';
import { type Exporter, Losses, noteBlock, noteRegisterNames, withNotes } from './exporter.ts';
import { type ExpressionStyle, formulaFor, renderExpression } from './expressions.ts';
import { lowerFor } from '../../compiler/lowering.ts';

/** Q#'s operation for a gate of the registry; angles come before the qubits. */
const operations: Readonly<Record<string, string>> = {
  id: 'I',
  x: 'X',
  y: 'Y',
  z: 'Z',
  h: 'H',
  s: 'S',
  sdg: 'Adjoint S',
  t: 'T',
  tdg: 'Adjoint T',
  rx: 'Rx',
  ry: 'Ry',
  rz: 'Rz',
  p: 'R1',
  cx: 'CNOT',
  cz: 'CZ',
  ccx: 'CCNOT',
  swap: 'SWAP',
  rxx: 'Rxx',
  ryy: 'Ryy',
  rzz: 'Rzz',
};

const target = {
  native: new Set(Object.keys(operations)),
  controllable: new Set('x y z h s sdg t tdg rx ry rz p swap rxx ryy rzz'.split(' ')),
};

const functions: Readonly<Record<MathFunction, (argument: string) => string>> = {
  sin: (x) => `Sin(${x})`,
  cos: (x) => `Cos(${x})`,
  tan: (x) => `Tan(${x})`,
  exp: (x) => `(E()^(${x}))`,
  ln: (x) => `Log(${x})`,
  log: (x) => `Log(${x})`,
  sqrt: (x) => `Sqrt(${x})`,
  arcsin: (x) => `ArcSin(${x})`,
  arccos: (x) => `ArcCos(${x})`,
  arctan: (x) => `ArcTan(${x})`,
  ceiling: (x) => `IntAsDouble(Ceiling(${x}))`,
  floor: (x) => `IntAsDouble(Floor(${x}))`,
  abs: (x) => `AbsD(${x})`,
};

const style: ExpressionStyle = {
  constant: (name) => ({ pi: 'PI()', tau: '(2.0*PI())', euler: 'E()' })[name],
  parameter: (name) => name,
  call: (name, argument) => functions[name](argument),
  power: '^',
  number: decimal,
};

const formulas = { language: 'Q#', open: new Set(Object.keys(functions) as MathFunction[]) };

/** A Double is written with a point. */
function decimal(value: number): string {
  const text = String(value);
  return /^-?[0-9]+$/.test(text) ? `${text}.0` : text.replace(/^(-?[0-9]+)e/, '$1.0e');
}

export const qsharpExporter: Exporter = {
  id: 'qsharp',
  title: 'Q#',
  fileExtension: 'qs',
  export: (circuit) => {
    const losses = new Losses();
    const named = withAllowedNames(
      circuit,
      qsharpNameRules,
      ['bitRegisters', 'parameters'],
      losses,
    );
    const text = new QsharpWriter(named, losses).write();
    return { text: withNotes(text, losses, '//'), losses: losses.all };
  },
};

class QsharpWriter {
  readonly #circuit: Circuit;
  readonly #losses: Losses;

  constructor(circuit: Circuit, losses: Losses) {
    this.#circuit = circuit;
    this.#losses = losses;
  }

  write(): string {
    const { parameters, bitRegisters } = this.#circuit;
    const qubits = qubitCountOf(this.#circuit);
    noteRegisterNames(this.#circuit, this.#losses, 'all qubits stand in one array');
    const lowered = lowerFor(this.#circuit, target, this.#losses);
    const open = parameters.filter(({ value }) => value === null);
    const bound = parameters.filter(({ value }) => value !== null);
    const head = open.map(({ name }) => `${name} : Double`).join(', ');
    const body = [
      ...bound.map(({ name, value }) => `let ${name} = ${decimal(value ?? 0)};`),
      ...(qubits === 0 ? [] : [`use q = Qubit[${qubits}];`]),
      ...bitRegisters.map(({ name, size }) => `mutable ${name} = [Zero, size = ${size}];`),
      ...lowered.flatMap((operation) => this.#statement(operation)),
      ...(qubits === 0 ? [] : ['ResetAll(q);']),
      ...this.#result(),
    ];
    return [
      'import Std.Convert.*;',
      'import Std.Math.*;',
      '',
      ...(open.length === 0 ? ['@EntryPoint()'] : []),
      `operation Circuit(${head}) : ${this.#resultType()} {`,
      ...body.map((line) => `    ${line}`),
      '}',
      '',
    ].join('\n');
  }

  #resultType(): string {
    const types = this.#circuit.bitRegisters.map(() => 'Result[]');
    if (types.length === 0) return 'Unit';
    return types.length === 1 ? 'Result[]' : `(${types.join(', ')})`;
  }

  #result(): string[] {
    const names = this.#circuit.bitRegisters.map(({ name }) => name);
    if (names.length === 0) return [];
    return [`return ${names.length === 1 ? names[0] : `(${names.join(', ')})`};`];
  }

  #statement(operation: Operation): string[] {
    switch (operation.kind) {
      case 'gate':
        return [this.#gate(operation)];
      case 'measure': {
        if (operation.bit === null) return [`let _ = M(q[${operation.qubit}]);`];
        const { register, index } = bitPlaceOf(this.#circuit, operation.bit);
        return [`set ${register} w/= ${index} <- M(q[${operation.qubit}]);`];
      }
      case 'reset':
        return [`Reset(q[${operation.qubit}]);`];
      case 'barrier':
        this.#losses.add('barriers', 'Q# has none; a comment stands in their place');
        return [`// barrier on ${operation.qubits.join(', ')}`];
      case 'if':
        return this.#conditional(operation);
      case 'opaque':
        return [`// ${noteBlock(operation, this.#losses)}`];
      default:
        return unreachable(operation);
    }
  }

  #gate({ gate, parameters, qubits, controls }: GateOperation): string {
    const angles = parameters.map((one) =>
      renderExpression(formulaFor(one, formulas, this.#circuit, this.#losses), style),
    );
    const wires = qubits.map((qubit) => `q[${qubit}]`);
    const own = [...angles, ...wires];
    if ((controls ?? []).length === 0) return `${operations[gate]}(${own.join(', ')});`;
    const under = (controls ?? []).map(({ qubit }) => `q[${qubit}]`).join(', ');
    const inner = own.length === 1 ? own[0] : `(${own.join(', ')})`;
    const word = operations[gate] ?? '';
    const call = `Controlled ${word}`;
    return `${call}([${under}], ${inner});`;
  }

  #conditional({ condition, body, otherwise }: Operation & { kind: 'if' }): string[] {
    const inside = (operations_: readonly Operation[]): string[] =>
      operations_.flatMap((one) => this.#statement(one)).map((line) => `    ${line}`);
    return [
      `if ${this.#condition(condition)} {`,
      ...inside(body),
      ...(otherwise.length === 0 ? [] : ['} else {', ...inside(otherwise)]),
      '}',
    ];
  }

  #condition(condition: Condition): string {
    const tests = bitTestsOf(condition);
    if (tests === null) return condition.negated === true ? 'true' : 'false';
    const terms = tests.map(({ bit, value }) => {
      const { register, index } = bitPlaceOf(this.#circuit, bit);
      return `${register}[${index}] == ${value === 1 ? 'One' : 'Zero'}`;
    });
    const all = terms.join(' and ');
    return condition.negated === true ? `not (${all})` : all;
  }
}
