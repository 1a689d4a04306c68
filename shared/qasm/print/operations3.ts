import { wantedBits } from '../../circuit/condition.ts';
import { unreachable } from '../../base/assert.ts';
import { AppError } from '../../base/errors.ts';
import {
  type Circuit,
  type Condition,
  type GateOperation,
  nameOfIndex,
  type Operation,
  type Register,
} from '../../circuit/circuit.ts';
import { type Expression, printExpression } from '../../circuit/expression.ts';
import { gateNames3 } from './names3.ts';
import { barrierOperands, type OperationPrinter } from './operations.ts';

/**
 * Writes operations of one circuit as OpenQASM 3 statements. Registers that the text declares
 * without a size (`qubit q;`) are scalar: their wire has no index.
 */
export function operationPrinter3(
  circuit: Circuit,
  separator = ', ',
  isScalar: (register: string) => boolean = () => false,
): OperationPrinter & { readonly missing: ReadonlySet<string> } {
  const names = gateNames3(circuit);
  const nameOf = (registers: readonly Register[], index: number): string => {
    const name = nameOfIndex(registers, index);
    const register = name.slice(0, name.lastIndexOf('['));
    // A physical qubit has no index, either.
    return register.startsWith('$') || isScalar(register) ? register : name;
  };
  const qubit = (index: number): string => nameOf(circuit.qubitRegisters, index);
  const bit = (index: number): string => nameOf(circuit.bitRegisters, index);
  const operandsOf = ({ controls, qubits }: GateOperation): string =>
    [...(controls ?? []).map((control) => control.qubit), ...qubits].map(qubit).join(separator);

  function printGate(operation: GateOperation): string {
    const operands = operandsOf(operation);
    const written = names.call(operation);
    const head = gateHead3(written.operation, written.name, separator);
    return operands === '' ? `${head};` : `${head} ${operands};`;
  }

  function print(operation: Operation): string {
    switch (operation.kind) {
      case 'gate':
        return printGate(operation);
      case 'measure':
        if (operation.bit === null) return `measure ${qubit(operation.qubit)};`;
        return `${bit(operation.bit)} = measure ${qubit(operation.qubit)};`;
      case 'reset':
        return `reset ${qubit(operation.qubit)};`;
      case 'barrier': {
        const operands = barrierOperands(operation.qubits, circuit.qubitRegisters, qubit);
        return `barrier ${operands.join(separator)};`;
      }
      case 'if': {
        const condition = conditionText(operation.condition, circuit, bit);
        const body = operation.body.map(print).join(' ');
        const otherwise = operation.otherwise.map(print).join(' ');
        const rest = otherwise === '' ? '' : ` else { ${otherwise} }`;
        return `if (${condition}) { ${body === '' ? '' : `${body} `}}${rest}`;
      }
      case 'opaque':
        throw new AppError(
          'unsupported',
          `The block “${operation.label}” stands in a text that is not at hand; it cannot be written again.`,
          { what: operation.label },
        );
      default:
        return unreachable(operation);
    }
  }
  return { print, callName: names.call, qubit, bit, missing: names.missing };
}

/** Modifiers, name and angles of a call. */
export function gateHead3(operation: GateOperation, name: string, separator: string): string {
  const parameters = operation.parameters.map(printExpression3);
  const angles = parameters.length === 0 ? '' : `(${parameters.join(separator)})`;
  const modifiers: string[] = (operation.controls ?? []).map(({ value }) =>
    value === 1 ? 'ctrl @ ' : 'negctrl @ ',
  );
  const power = operation.power ?? 1;
  if (power === -1) modifiers.push('inv @ ');
  else if (power !== 1) modifiers.push(`pow(${power}) @ `);
  return `${modifiers.join('')}${name}${angles}`;
}

/** OpenQASM 3 source of an expression: functions of OpenQASM 2 by their names here. */
export function printExpression3(expression: Expression): string {
  return printExpression(renamed(expression), '**');
}

/** `ln` is `log`; a quotient of whole numbers must not become a whole number. */
function renamed(expression: Expression): Expression {
  switch (expression.kind) {
    case 'negate':
      return { kind: 'negate', operand: renamed(expression.operand) };
    case 'binary': {
      const [left, right] = [renamed(expression.left), renamed(expression.right)];
      const divides = expression.operator === '/' || expression.operator === '^';
      if (!divides || !isWhole(left) || !isWhole(right)) return { ...expression, left, right };
      return { ...expression, left: withPoint(left), right };
    }
    case 'call':
      if (expression.name === 'abs') return magnitude(expression.arguments[0] as Expression);
      return {
        kind: 'call',
        name: expression.name === 'ln' ? 'log' : expression.name,
        arguments: expression.arguments.map(renamed),
      };
    default:
      return expression;
  }
}

/** OpenQASM 3 has no function for it: the root of the square. */
function magnitude(argument: Expression): Expression {
  const two: Expression = { kind: 'number', value: 2 };
  const square = renamed({ kind: 'binary', operator: '^', left: argument, right: two });
  return { kind: 'call', name: 'sqrt', arguments: [square] };
}

/** Whether it would be an integer in OpenQASM 3. */
function isWhole(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
      return /^-?[0-9]+$/.test(expression.text ?? String(expression.value));
    case 'negate':
      return isWhole(expression.operand);
    case 'binary':
      return isWhole(expression.left) && isWhole(expression.right);
    default:
      return false;
  }
}

function withPoint(expression: Expression): Expression {
  if (expression.kind === 'number') {
    return { kind: 'number', value: expression.value, text: `${expression.value}.0` };
  }
  return {
    kind: 'binary',
    operator: '*',
    left: { kind: 'number', value: 1, text: '1.0' },
    right: expression,
  };
}

/** Whole registers compare as numbers, other bits one by one. */
function conditionText(
  condition: Condition,
  circuit: Circuit,
  nameOf: (bit: number) => string,
): string {
  const { bits, value } = condition;
  const sign = condition.negated === true ? '!=' : '==';
  let offset = 0;
  for (const { name, size } of circuit.bitRegisters) {
    const first = offset;
    offset += size;
    if (bits.length !== size || !bits.every((bit, i) => bit === first + i)) continue;
    return `${name} ${sign} ${value}`;
  }
  const wanted = wantedBits(condition);
  // No outcome of single bits spells the number: a comparison that never holds stands for it.
  if (wanted === null) return condition.negated === true ? 'true' : 'false';
  const tests = bits.map((bit, i) => `${nameOf(bit)} == ${wanted[i]}`);
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) {
    return condition.negated === true ? only.replace('==', '!=') : only;
  }
  const all = tests.join(' && ');
  return condition.negated === true ? `!(${all})` : all;
}
