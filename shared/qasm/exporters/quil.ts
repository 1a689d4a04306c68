import { wantedBits } from '../../circuit/condition.ts';
import { unreachable } from '../../base/assert.ts';
import {
  type Circuit,
  type GateOperation,
  nameOfIndex,
  type Operation,
} from '../../circuit/circuit.ts';
import type { MathFunction } from '../../circuit/expression.ts';
import { quilNameRules } from '../print/name-rules.ts';
import { withAllowedNames } from '../print/rename.ts';
import { type Exporter, Losses, noteBlock, noteRegisterNames, withNotes } from './exporter.ts';
import { type ExpressionStyle, formulaFor, renderExpression } from './expressions.ts';
import { lowerFor } from '../../compiler/lowering.ts';
import { quilTarget, quilWordOf } from './quil-words.ts';

const functions = { sin: 'SIN', cos: 'COS', sqrt: 'SQRT', exp: 'EXP' } as const;

const style: ExpressionStyle = {
  constant: (name) => ({ pi: 'pi', tau: '(2*pi)', euler: 'EXP(1)' })[name],
  parameter: (name) => `${name}[0]`,
  call: (name, argument) => `${functions[name as keyof typeof functions]}(${argument})`,
  power: '^',
};

/** What Quil can say of formulas. */
export const quilFormulas = {
  language: 'Quil',
  open: new Set(Object.keys(functions) as MathFunction[]),
  closed: new Set(Object.keys(functions) as MathFunction[]),
};

export const quilExporter: Exporter = {
  id: 'quil',
  title: 'Quil',
  fileExtension: 'quil',
  export: (circuit) => {
    const losses = new Losses();
    const named = withAllowedNames(circuit, quilNameRules, ['bitRegisters', 'parameters'], losses);
    const text = new QuilWriter(named, losses).write();
    return { text: withNotes(text, losses, '#'), losses: losses.all };
  },
};

class QuilWriter {
  readonly #circuit: Circuit;
  readonly #losses: Losses;
  #labels = 0;

  constructor(circuit: Circuit, losses: Losses) {
    this.#circuit = circuit;
    this.#losses = losses;
  }

  write(): string {
    noteRegisterNames(this.#circuit, this.#losses, 'Quil numbers its qubits');
    const lines = [
      ...this.#circuit.bitRegisters.map(({ name, size }) => `DECLARE ${name} BIT[${size}]`),
      ...this.#circuit.parameters.map(({ name }) => `DECLARE ${name} REAL[1]`),
    ];
    for (const { name, value } of this.#circuit.parameters) {
      if (value !== null) lines.push(`MOVE ${name}[0] ${value}`);
    }
    for (const operation of lowerFor(this.#circuit, quilTarget, this.#losses)) {
      lines.push(...this.#statement(operation));
    }
    return `${lines.join('\n')}\n`;
  }

  #statement(operation: Operation): string[] {
    switch (operation.kind) {
      case 'gate':
        return [this.#gate(operation)];
      case 'measure': {
        const bit =
          operation.bit === null
            ? ''
            : ` ${nameOfIndex(this.#circuit.bitRegisters, operation.bit)}`;
        return [`MEASURE ${operation.qubit}${bit}`];
      }
      case 'reset':
        return [`RESET ${operation.qubit}`];
      case 'barrier':
        return [`FENCE ${operation.qubits.join(' ')}`];
      case 'if':
        return this.#conditional(operation);
      case 'opaque':
        return [`# ${noteBlock(operation, this.#losses)}`];
      default:
        return unreachable(operation);
    }
  }

  /** Jumps over the body unless every bit is as the condition wants it. */
  #conditional({ condition, body, otherwise }: Operation & { kind: 'if' }): string[] {
    this.#labels++;
    const skip = `@else${this.#labels}`;
    const end = `@end${this.#labels}`;
    const [then, rest] = condition.negated === true ? [otherwise, body] : [body, otherwise];
    const wanted = wantedBits(condition);
    const tests = condition.bits.map((bit, i) => {
      const jump = wanted?.[i] === 1 ? 'JUMP-UNLESS' : 'JUMP-WHEN';
      return `${jump} ${skip} ${nameOfIndex(this.#circuit.bitRegisters, bit)}`;
    });
    return [
      ...tests,
      ...(wanted === null ? [`JUMP ${skip}`] : []),
      ...then.flatMap((one) => this.#statement(one)),
      ...(rest.length === 0 ? [] : [`JUMP ${end}`]),
      `LABEL ${skip}`,
      ...rest.flatMap((one) => this.#statement(one)),
      ...(rest.length === 0 ? [] : [`LABEL ${end}`]),
    ];
  }

  /** Modifiers, word, angles, then the qubits with those of the controls first. */
  #gate({ gate, parameters, qubits, controls }: GateOperation): string {
    const angles = parameters.map((parameter) =>
      renderExpression(formulaFor(parameter, quilFormulas, this.#circuit, this.#losses), style),
    );
    const call = angles.length === 0 ? '' : `(${angles.join(', ')})`;
    const { word, isDagger } = quilWordOf(gate);
    const under = controls ?? [];
    const modifiers = 'CONTROLLED '.repeat(under.length) + (isDagger ? 'DAGGER ' : '');
    const wires = [...under.map(({ qubit }) => qubit), ...qubits];
    return `${modifiers}${word}${call} ${wires.join(' ')}`;
  }
}
