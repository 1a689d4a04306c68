import { unreachable } from '../../base/assert.ts';
import type { Circuit, GateOperation, Operation } from '../../circuit/circuit.ts';
import { bitPlaceOf, bitTestsOf } from './classical.ts';
import { type Exporter, Losses, noteBlock, noteRegisterNames, withNotes } from './exporter.ts';
import { formulaFor, pythonStyle, renderExpression } from './expressions.ts';
import { lowerFor } from '../../compiler/lowering.ts';
import { quilFormulas } from './quil.ts';
import { pyquilNameRules } from '../print/name-rules.ts';
import { withAllowedNames } from '../print/rename.ts';
import { quilTarget, quilWordOf } from './quil-words.ts';

const functions = { sin: 'quil_sin', cos: 'quil_cos', sqrt: 'quil_sqrt', exp: 'quil_exp' } as const;

const style = pythonStyle(
  (name, argument) => `${functions[name as keyof typeof functions]}(${argument})`,
);
/** Functions of numbers are Python's own. */
const formulas = { language: 'pyQuil', open: quilFormulas.open };

export const pyquilExporter: Exporter = {
  id: 'pyquil',
  title: 'pyQuil (Python)',
  fileExtension: 'py',
  export: (circuit) => {
    const losses = new Losses();
    const named = withAllowedNames(
      circuit,
      pyquilNameRules,
      ['bitRegisters', 'parameters'],
      losses,
    );
    const text = new PyquilWriter(named, losses).write();
    return { text: withNotes(text, losses, '#'), losses: losses.all };
  },
};

class PyquilWriter {
  readonly #circuit: Circuit;
  readonly #losses: Losses;
  readonly #gates = new Set<string>();
  #branches = 0;

  constructor(circuit: Circuit, losses: Losses) {
    this.#circuit = circuit;
    this.#losses = losses;
  }

  write(): string {
    const { bitRegisters, parameters } = this.#circuit;
    noteRegisterNames(this.#circuit, this.#losses, 'Quil numbers its qubits');
    const body = lowerFor(this.#circuit, quilTarget, this.#losses).flatMap((operation) =>
      this.#statement(operation, 'program'),
    );
    const bound = parameters.filter(({ value }) => value !== null);
    if (bound.length > 0) this.#gates.add('MOVE');
    const formulas = Object.values(functions).filter((name) =>
      body.some((line) => line.includes(`${name}(`)),
    );
    const gates = [...this.#gates].sort();
    return `${[
      'import math',
      '',
      'from pyquil import Program',
      ...(gates.length === 0 ? [] : [`from pyquil.gates import ${gates.join(', ')}`]),
      ...(formulas.length === 0 ? [] : [`from pyquil.quilatom import ${formulas.join(', ')}`]),
      '',
      'program = Program()',
      ...bitRegisters.map(
        ({ name, size }) => `${name} = program.declare("${name}", "BIT", ${size})`,
      ),
      ...parameters.map(({ name }) => `${name} = program.declare("${name}", "REAL", 1)`),
      ...bound.map(({ name, value }) => `program += MOVE(${name}, ${value})`),
      ...body,
    ].join('\n')}\n`;
  }

  #use(name: string): string {
    this.#gates.add(name);
    return name;
  }

  #bit(bit: number): string {
    const { register, index } = bitPlaceOf(this.#circuit, bit);
    return `${register}[${index}]`;
  }

  #statement(operation: Operation, into: string): string[] {
    switch (operation.kind) {
      case 'gate':
        return [`${into} += ${this.#gate(operation)}`];
      case 'measure': {
        const bit = operation.bit === null ? 'None' : this.#bit(operation.bit);
        return [`${into} += ${this.#use('MEASURE')}(${operation.qubit}, ${bit})`];
      }
      case 'reset':
        return [`${into} += ${this.#use('RESET')}(${operation.qubit})`];
      case 'barrier':
        return [`${into} += ${this.#use('FENCE')}(${operation.qubits.join(', ')})`];
      case 'if':
        return this.#conditional(operation, into);
      case 'opaque':
        return [`# ${noteBlock(operation, this.#losses)}`];
      default:
        return unreachable(operation);
    }
  }

  #gate({ gate, parameters, qubits, controls }: GateOperation): string {
    const { word, isDagger } = quilWordOf(gate);
    const angles = parameters.map((one) =>
      renderExpression(formulaFor(one, formulas, this.#circuit, this.#losses), style),
    );
    const call = `${this.#use(word)}(${[...angles, ...qubits].join(', ')})`;
    const dagger = isDagger ? '.dagger()' : '';
    // The last control that is added comes first.
    const under = (controls ?? []).toReversed().map(({ qubit }) => `.controlled(${qubit})`);
    return call + dagger + under.join('');
  }

  /** One branch for each bit, nested; what is not to happen stands in the other branches again. */
  #conditional(operation: Operation & { kind: 'if' }, into: string): string[] {
    const { condition, body, otherwise } = operation;
    const tests = bitTestsOf(condition);
    const isHeld = condition.negated !== true;
    const [then, rest] = isHeld ? [body, otherwise] : [otherwise, body];
    if (tests === null) return rest.flatMap((one) => this.#statement(one, into));
    const branch = (at: number, name: string): string[] => {
      const test = tests[at];
      if (test === undefined) return then.flatMap((one) => this.#statement(one, name));
      this.#branches++;
      const [inner, outer] = [`branch_${this.#branches}`, `other_${this.#branches}`];
      const [yes, no] = test.value === 1 ? [inner, outer] : [outer, inner];
      return [
        `${inner} = Program()`,
        ...branch(at + 1, inner),
        `${outer} = Program()`,
        ...rest.flatMap((one) => this.#statement(one, outer)),
        `${name}.if_then(${this.#bit(test.bit)}, ${yes}, ${no})`,
      ];
    };
    return branch(0, into);
  }
}
