import { unreachable } from '../../base/assert.ts';
import {
  type Circuit,
  type Condition,
  type GateOperation,
  nameOfIndex,
  type Operation,
  qubitCountOf,
} from '../../circuit/circuit.ts';
import { type MathFunction, mathFunctions } from '../../circuit/expression.ts';
import { pythonNameRules } from '../print/name-rules.ts';
import { withAllowedNames } from '../print/rename.ts';
import { bitTestsOf } from './classical.ts';
import { type Exporter, Losses, noteBlock, noteRegisterNames, withNotes } from './exporter.ts';
import { formulaFor, pythonStyle, renderExpression, sympyCall } from './expressions.ts';
import { lowerFor } from '../../compiler/lowering.ts';

/** Cirq's gate for a gate of the registry; `angle` is its one angle as Python. */
const gatesInCirq: Readonly<Record<string, (angle: string) => string>> = {
  id: () => 'cirq.I',
  x: () => 'cirq.X',
  y: () => 'cirq.Y',
  z: () => 'cirq.Z',
  h: () => 'cirq.H',
  s: () => 'cirq.S',
  sdg: () => '(cirq.S**-1)',
  t: () => 'cirq.T',
  tdg: () => '(cirq.T**-1)',
  sx: () => '(cirq.X**0.5)',
  sxdg: () => '(cirq.X**-0.5)',
  rx: (angle) => `cirq.rx(${angle})`,
  ry: (angle) => `cirq.ry(${angle})`,
  rz: (angle) => `cirq.rz(${angle})`,
  p: (angle) => `cirq.ZPowGate(exponent=(${angle})/math.pi)`,
  cx: () => 'cirq.CNOT',
  cy: () => 'cirq.Y.controlled()',
  cz: () => 'cirq.CZ',
  ch: () => 'cirq.H.controlled()',
  cp: (angle) => `cirq.CZPowGate(exponent=(${angle})/math.pi)`,
  crx: (angle) => `cirq.rx(${angle}).controlled()`,
  cry: (angle) => `cirq.ry(${angle}).controlled()`,
  crz: (angle) => `cirq.rz(${angle}).controlled()`,
  swap: () => 'cirq.SWAP',
  iswap: () => 'cirq.ISWAP',
  iswapdg: () => '(cirq.ISWAP**-1)',
  rxx: (angle) => `cirq.XXPowGate(exponent=(${angle})/math.pi, global_shift=-0.5)`,
  ryy: (angle) => `cirq.YYPowGate(exponent=(${angle})/math.pi, global_shift=-0.5)`,
  rzz: (angle) => `cirq.ZZPowGate(exponent=(${angle})/math.pi, global_shift=-0.5)`,
  ccx: () => 'cirq.CCX',
  ccz: () => 'cirq.CCZ',
  cswap: () => 'cirq.CSWAP',
  c3x: () => 'cirq.X.controlled(3)',
  c4x: () => 'cirq.X.controlled(4)',
};

const target = {
  native: new Set(Object.keys(gatesInCirq)),
  controllable: new Set('x y z h s sdg t tdg sx sxdg rx ry rz p swap iswap rxx ryy rzz'.split(' ')),
  hasAntiControls: true,
};

const formulas = {
  language: 'Cirq',
  open: new Set(Object.keys(mathFunctions) as MathFunction[]),
};
const style = pythonStyle(sympyCall);

const asciiRules = pythonNameRules('');
/** Keys of measurements become symbols of sympy, which reads them as Python in ASCII. */
const keyRules = {
  language: 'Cirq',
  isAllowed: (name: string): boolean => /^\w+$/.test(name) && asciiRules.isAllowed(name),
};

export const cirqExporter: Exporter = {
  id: 'cirq',
  title: 'Cirq (Python)',
  fileExtension: 'py',
  export: (circuit) => {
    const losses = new Losses();
    const keyed = withAllowedNames(circuit, keyRules, ['bitRegisters'], losses);
    const names = pythonNameRules('q circuit cirq sympy');
    // A parameter with the name of a key would be given a value in its conditions, too.
    const isAllowed = (name: string): boolean => names.isAllowed(name) && !isKey(name, keyed);
    const named = withAllowedNames(keyed, { ...names, isAllowed }, ['parameters'], losses);
    const text = new CirqWriter(named, losses).write();
    return { text: withNotes(text, losses, '#'), losses: losses.all };
  },
};

/** Measurement keys without brackets, so that they are symbols for sympy, too. */
function keyOf(circuit: Circuit, bit: number): string {
  return nameOfIndex(circuit.bitRegisters, bit).replace('[', '_').replace(']', '');
}

function isKey(name: string, { bitRegisters }: Circuit): boolean {
  const [, register, index] = /^(.*)_(\d+)$/.exec(name) ?? [];
  if (/^q\d+$/.test(name)) return true;
  return bitRegisters.some((one) => one.name === register && Number(index) < one.size);
}

class CirqWriter {
  readonly #circuit: Circuit;
  readonly #losses: Losses;
  /** Bits that a measurement before has written; Cirq has no value for others. */
  readonly #measured = new Set<number>();

  constructor(circuit: Circuit, losses: Losses) {
    this.#circuit = circuit;
    this.#losses = losses;
  }

  write(): string {
    const { parameters } = this.#circuit;
    noteRegisterNames(this.#circuit, this.#losses, 'Cirq numbers its qubits along a line');
    const lines = [
      'import math',
      '',
      'import cirq',
      'import sympy',
      '',
      '# Qubit 0 is the least significant bit of the circuit this was made from; Cirq prints it first.',
      `q = cirq.LineQubit.range(${qubitCountOf(this.#circuit)})`,
      ...parameters.map(({ name }) => `${name} = sympy.Symbol("${name}")`),
      'circuit = cirq.Circuit()',
      ...lowerFor(this.#circuit, target, this.#losses).flatMap((one) => this.#statement(one)),
    ];
    const bound = parameters.filter(({ value }) => value !== null);
    if (bound.length > 0) {
      const pairs = bound.map(({ name, value }) => `"${name}": ${value}`);
      lines.push(`circuit = cirq.resolve_parameters(circuit, {${pairs.join(', ')}})`);
    }
    return `${lines.join('\n')}\n`;
  }

  #statement(operation: Operation): string[] {
    if (operation.kind === 'if') return this.#conditional(operation, []);
    const call = this.#call(operation);
    return [call.startsWith('#') ? call : `circuit.append(${call})`];
  }

  /** Conditions inside conditions must all hold: one operation takes the tests of each. */
  #conditional(operation: Operation & { kind: 'if' }, outer: readonly string[]): string[] {
    const { condition, body, otherwise } = operation;
    if ([...body, ...otherwise].some(measures)) {
      this.#losses.add(
        'a measurement under a condition',
        'Cirq refuses it; a comment stands in the place of the whole condition',
      );
      return ['# not expressed: a condition with a measurement in it'];
    }
    const tests = this.#tests(condition);
    const [then, rest] = condition.negated === true ? [otherwise, body] : [body, otherwise];
    if (tests === null) return this.#controlled(outer, rest);
    if (tests.length === 0) return this.#controlled(outer, then);
    return [
      ...this.#controlled([...outer, ...tests], then),
      ...this.#controlled([...outer, `sympy.Not(sympy.And(${tests.join(', ')}))`], rest),
    ];
  }

  #controlled(tests: readonly string[], body: readonly Operation[]): string[] {
    return body.flatMap((inner) => {
      if (inner.kind === 'if') return this.#conditional(inner, tests);
      const call = this.#call(inner);
      if (call.startsWith('#')) return [call];
      const under = tests.length === 0 ? '' : `.with_classical_controls(${tests.join(', ')})`;
      return [`circuit.append(${call}${under})`];
    });
  }

  /** Null: the condition never holds; bits that nothing has measured yet are 0. */
  #tests(condition: Condition): string[] | null {
    const tests: string[] = [];
    for (const { bit, value } of bitTestsOf(condition) ?? [{ bit: -1, value: 1 }]) {
      if (this.#measured.has(bit)) {
        tests.push(`sympy.Eq(sympy.Symbol("${keyOf(this.#circuit, bit)}"), ${value})`);
      } else if (value === 1) return null;
    }
    return tests;
  }

  #call(operation: Exclude<Operation, { kind: 'if' }>): string {
    switch (operation.kind) {
      case 'gate':
        return this.#gate(operation);
      case 'measure': {
        const { qubit, bit } = operation;
        if (bit !== null) this.#measured.add(bit);
        const key = bit === null ? `q${qubit}` : keyOf(this.#circuit, bit);
        return `cirq.measure(q[${qubit}], key="${key}")`;
      }
      case 'reset':
        return `cirq.ResetChannel()(q[${operation.qubit}])`;
      case 'barrier':
        this.#losses.add('barriers', 'Cirq has none; a comment stands in their place');
        return `# barrier on ${operation.qubits.join(', ')}`;
      case 'opaque':
        return `# ${noteBlock(operation, this.#losses)}`;
      default:
        return unreachable(operation);
    }
  }

  #gate({ gate, parameters, qubits, controls }: GateOperation): string {
    const [first] = parameters;
    const angle =
      first === undefined
        ? ''
        : renderExpression(formulaFor(first, formulas, this.#circuit, this.#losses), style);
    const wires = qubits.map((qubit) => `q[${qubit}]`).join(', ');
    const call = `${gatesInCirq[gate]?.(angle)}(${wires})`;
    const under = controls ?? [];
    if (under.length === 0) return call;
    const others = under.map(({ qubit }) => `q[${qubit}]`).join(', ');
    const values = under.map(({ value }) => value).join(', ');
    return `${call}.controlled_by(${others}, control_values=[${values}])`;
  }
}

function measures(operation: Operation): boolean {
  if (operation.kind === 'measure') return true;
  return operation.kind === 'if' && [...operation.body, ...operation.otherwise].some(measures);
}
