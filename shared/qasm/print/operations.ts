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
import { evaluate, numberOf, parametersIn } from '../../circuit/expression.ts';
import { gateById } from '../../gates/registry.ts';
import { broadcastOf } from './broadcast.ts';
import { printExpression2 } from './expressions.ts';
import { type GateName, gateNames2 } from './names.ts';

/** Writes operations of one circuit as OpenQASM 2 statements. */
export interface OperationPrinter {
  /** One statement, `;` included; `unsupported` where the language has none for it. */
  readonly print: (operation: Operation) => string;
  readonly callName: (operation: GateOperation) => GateName;
  readonly qubit: (index: number) => string;
  readonly bit: (index: number) => string;
  /** Gates used so far that no standard file has: the program declares them itself. */
  readonly missing?: ReadonlySet<string>;
}

/** `separator` stands between operands: ", ", or "," in files that leave no blank. */
export function operationPrinter2(circuit: Circuit, separator = ', '): OperationPrinter {
  const gateName = gateNames2(circuit);
  const values = new Map(circuit.parameters.map(({ name, value }) => [name, value]));
  const qubit = indexNamer(circuit.qubitRegisters);
  const bit = indexNamer(circuit.bitRegisters);

  function printGate(operation: GateOperation, operands: readonly string[]): string {
    const call = withoutModifiers(operation);
    const parameters = call.parameters.map((one) => printExpression2(one, values));
    const angles = parameters.length === 0 ? '' : `(${parameters.join(separator)})`;
    return `${gateName(call.gate).name}${angles} ${operands.join(separator)};`;
  }

  function printConditional(operation: Operation & { kind: 'if' }): string {
    const register = registerOf(operation.condition, circuit.bitRegisters);
    const [first] = operation.body;
    if (first === undefined || operation.otherwise.length > 0) {
      throw unsupported('a condition with an else branch or an empty body');
    }
    const head = `if (${register}==${operation.condition.value}) `;
    if (operation.body.length === 1 && first.kind !== 'if') return head + print(first);
    const broadcast = broadcastOf(operation.body, circuit);
    if (broadcast === null) throw unsupported('a condition on several different operations');
    return head + printOver(first, broadcast);
  }

  /** The statement that does `first` on whole registers. */
  function printOver(first: Operation, operands: readonly string[]): string {
    switch (first.kind) {
      case 'gate':
        return printGate(first, operands);
      case 'measure':
        return `measure ${operands[0]} -> ${operands[1]};`;
      case 'reset':
        return `reset ${operands[0]};`;
      default:
        throw unsupported('a condition on several barriers or conditions');
    }
  }

  function print(operation: Operation): string {
    switch (operation.kind) {
      case 'gate':
        return printGate(operation, operation.qubits.map(qubit));
      case 'measure':
        if (operation.bit === null) throw unsupported('a measurement whose outcome is not kept');
        return `measure ${qubit(operation.qubit)} -> ${bit(operation.bit)};`;
      case 'reset':
        return `reset ${qubit(operation.qubit)};`;
      case 'barrier':
        return `barrier ${barrierOperands(operation.qubits, circuit.qubitRegisters, qubit).join(separator)};`;
      case 'if':
        return printConditional(operation);
      case 'opaque':
        throw unsupported(`the block “${operation.label}”`);
      default:
        return unreachable(operation);
    }
  }
  const callName = ({ gate }: GateOperation): GateName => gateName(gate);
  return { print, callName, qubit, bit };
}

function unsupported(what: string): AppError {
  return new AppError('unsupported', `OpenQASM 2 cannot express ${what}.`, { what });
}

/** Inverse powers become the inverse gate; other modifiers have no words in the language. */
function withoutModifiers(operation: GateOperation): GateOperation {
  const power = operation.power ?? 1;
  if (operation.controls !== undefined && operation.controls.length > 0) {
    throw unsupported(`further controls on “${operation.gate}”`);
  }
  if (power === 1) return operation;
  const known = gateById(operation.gate);
  if (
    power !== -1 ||
    known === null ||
    operation.parameters.some((p) => parametersIn(p).length > 0)
  ) {
    throw unsupported(`the power ${power} of “${operation.gate}”`);
  }
  const inverse = known.inverse(operation.parameters.map((parameter) => evaluate(parameter)));
  return {
    kind: 'gate',
    gate: inverse.gate,
    qubits: operation.qubits,
    parameters: inverse.parameters.map(numberOf),
  };
}

function registerOf(condition: Condition, registers: readonly Register[]): string {
  if (condition.negated === true) throw unsupported('a condition with “≠”');
  let offset = 0;
  for (const { name, size } of registers) {
    const first = offset;
    offset += size;
    if (condition.bits.length !== size) continue;
    if (condition.bits.every((bit, i) => bit === first + i)) return name;
  }
  throw unsupported('a condition on some bits of a register');
}

/** Whole registers by their name, single wires by index. */
export function barrierOperands(
  qubits: readonly number[],
  registers: readonly Register[],
  name: (qubit: number) => string,
): string[] {
  const operands: string[] = [];
  const starts = new Map<number, Register>();
  let offset = 0;
  for (const register of registers) {
    starts.set(offset, register);
    offset += register.size;
  }
  for (let i = 0; i < qubits.length; ) {
    const register = starts.get(qubits[i] as number);
    const isWhole =
      register !== undefined &&
      Array.from({ length: register.size }, (_, k) => k).every(
        (k) => qubits[i + k] === (qubits[i] as number) + k,
      );
    operands.push(isWhole ? register.name : name(qubits[i] as number));
    i += isWhole ? register.size : 1;
  }
  return operands;
}

/** Names of flat indices; a table, because statements are many. */
function indexNamer(registers: readonly Register[]): (index: number) => string {
  const cache = new Map<number, string>();
  return (index) => {
    let name = cache.get(index);
    if (name === undefined) {
      name = nameOfIndex(registers, index);
      cache.set(index, name);
    }
    return name;
  };
}
