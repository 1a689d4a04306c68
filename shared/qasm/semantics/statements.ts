import { registerValue } from '../../circuit/condition.ts';
import type { Condition, GateDefinition, Operation, Register } from '../../circuit/circuit.ts';
import type { Expression } from '../../circuit/expression.ts';
import type {
  BarrierSyntax,
  CallSyntax,
  GateSyntax,
  IfSyntax,
  MeasureSyntax,
  RegisterSyntax,
  StatementSyntax,
} from '../syntax/nodes.ts';
import { isWholeNumber, type Token } from '../syntax/tokens.ts';
import { type Environment, paperGates } from './environment.ts';
import { expressionOf, type ParameterScope } from './expressions.ts';
import { checkArity, findGate } from './gate-calls.ts';
import { analyseGateDeclaration } from './gate-declarations.ts';
import { areDistinct, broadcastSize, resolveOperand, resolveOperands } from './operands.ts';
import type { Reporter } from './reporter.ts';

/** More wires of one kind are refused: nothing here could draw or simulate them. */
const maximumWires = 65_536;

/** Of the largest number that so many bits hold. */
const mostDigits = 19_729;

/** What a statement adds to the program. */
export interface Additions {
  readonly environment: Environment;
  readonly operations: readonly Operation[];
  readonly qubitRegisters: readonly Register[];
  readonly bitRegisters: readonly Register[];
  readonly definitions: readonly GateDefinition[];
}

const none: readonly never[] = [];

export function nothingAdded(environment: Environment): Additions {
  return {
    environment,
    operations: none,
    qubitRegisters: none,
    bitRegisters: none,
    definitions: none,
  };
}

/** The meaning of one statement (not of `include`, which is several) after what came before it. */
export function analyseStatement(
  syntax: StatementSyntax,
  environment: Environment,
  reporter: Reporter,
): Additions {
  switch (syntax.kind) {
    case 'register':
      return analyseRegister(syntax, environment, reporter);
    case 'gate':
      return analyseGate(syntax, environment, reporter);
    case 'call':
    case 'measure':
    case 'reset':
    case 'barrier':
    case 'if': {
      const operations = analyseOperation(syntax, environment, reporter) ?? none;
      return {
        environment,
        operations,
        qubitRegisters: none,
        bitRegisters: none,
        definitions: none,
      };
    }
    default:
      return nothingAdded(environment);
  }
}

function analyseRegister(
  syntax: RegisterSyntax,
  environment: Environment,
  reporter: Reporter,
): Additions {
  const name = syntax.name.text;
  // A malformed size was reported when it was read.
  const size = isWholeNumber(syntax.size) ? Number(syntax.size.text) : 1;
  if (size === 0) {
    reporter.error('empty-register', `“${name}” has no wires. Give it at least 1.`, syntax.size);
  }
  const used = syntax.of === 'qubit' ? environment.qubitCount : environment.bitCount;
  const isTooLarge = used + size > maximumWires;
  if (isTooLarge) {
    reporter.error(
      'register-too-large',
      `A program may have ${maximumWires} ${syntax.of}s; with “${name}” it would have ${used + size}. Make the register smaller.`,
      syntax.size,
    );
  }
  if (!isFree(syntax.name, environment, reporter)) return nothingAdded(environment);
  // A faulty register is declared all the same, so that its uses are not reported again.
  const declared = isTooLarge ? 1 : Math.max(size, 1);
  const next = environment.declare({
    kind: 'register',
    of: syntax.of,
    name,
    offset: used,
    size: declared,
  });
  const registers = [{ name, size: declared }];
  return {
    ...nothingAdded(next),
    ...(syntax.of === 'qubit' ? { qubitRegisters: registers } : { bitRegisters: registers }),
  };
}

function analyseGate(syntax: GateSyntax, environment: Environment, reporter: Reporter): Additions {
  const name = syntax.name.text;
  const isFreeName = isFree(syntax.name, environment, reporter);
  const definition = analyseGateDeclaration(syntax, environment, reporter);
  if (!isFreeName || definition === null) return nothingAdded(environment);
  const next = environment.declare({
    kind: 'gate',
    name,
    gate: name,
    parameterCount: definition.parameterNames.length,
    qubitCount: definition.qubitNames.length,
    isUserDefined: true,
  });
  return { ...nothingAdded(next), definitions: [definition] };
}

/** Additions to the paper's qelib1.inc may be declared by a file itself; older files do. */
function isFree(name: Token, environment: Environment, reporter: Reporter): boolean {
  const thing = environment.find(name.text);
  if (thing === null) return true;
  const isBuiltIn = thing.kind === 'gate' && !thing.isUserDefined;
  const mayHide =
    isBuiltIn && !paperGates.has(name.text) && name.text !== 'U' && name.text !== 'CX';
  if (mayHide) return true;
  const what = thing.kind === 'gate' ? 'a gate' : 'a register';
  const where = isBuiltIn ? 'built in' : 'declared before';
  reporter.error(
    'already-declared',
    `“${name.text}” is already ${what} (${where}). Choose another name.`,
    name,
  );
  return false;
}

function analyseOperation(
  syntax: StatementSyntax,
  environment: Environment,
  reporter: Reporter,
): readonly Operation[] | null {
  switch (syntax.kind) {
    case 'call':
      return analyseCall(syntax, environment, reporter);
    case 'measure':
      return analyseMeasure(syntax, environment, reporter);
    case 'reset': {
      const wires = resolveOperand(syntax.operand, 'qubit', environment, reporter);
      if (wires === null) return null;
      return Array.from({ length: wires.size ?? 1 }, (_, i) => ({
        kind: 'reset',
        qubit: wires.first + i,
        origin: reporter.origin,
      }));
    }
    case 'barrier':
      return analyseBarrier(syntax, environment, reporter);
    case 'if':
      return analyseIf(syntax, environment, reporter);
    default:
      return null;
  }
}

const noParameters: ParameterScope = (name) => ({
  why: `“${name}” is not known here. OpenQASM 2 has parameters in gate declarations only; write a number.`,
});

function analyseCall(
  call: CallSyntax,
  environment: Environment,
  reporter: Reporter,
): readonly Operation[] | null {
  const gate = findGate(call, environment, reporter);
  if (gate === null || !checkArity(call, gate, reporter)) return null;
  const parameters = analyseParameters(call, reporter);
  const wires = resolveOperands(call.operands, environment, reporter);
  if (wires === null || parameters === null) return null;
  const size = broadcastSize(wires, reporter);
  if (size === null || !areDistinct(wires, reporter)) return null;
  const operations: Operation[] = [];
  for (let i = 0; i < size; i++) {
    const qubits = wires.map((wire) => (wire.size === null ? wire.first : wire.first + i));
    operations.push({ kind: 'gate', gate: gate.gate, parameters, qubits, origin: reporter.origin });
  }
  return operations;
}

function analyseParameters(call: CallSyntax, reporter: Reporter): readonly Expression[] | null {
  if (call.parameters.length === 0) return none;
  const parameters: Expression[] = [];
  for (const syntax of call.parameters) {
    const expression = expressionOf(syntax, noParameters, reporter);
    if (expression !== null) parameters.push(expression);
  }
  return parameters.length === call.parameters.length ? parameters : null;
}

function analyseMeasure(
  syntax: MeasureSyntax,
  environment: Environment,
  reporter: Reporter,
): readonly Operation[] | null {
  const source = resolveOperand(syntax.source, 'qubit', environment, reporter);
  const target = resolveOperand(syntax.target, 'bit', environment, reporter);
  if (source === null || target === null) return null;
  if (source.size !== target.size) {
    const describe = (size: number | null): string =>
      size === null ? 'one wire' : `a register of ${size}`;
    return reporter.error(
      'broadcast-mismatch',
      `Measuring needs as many bits as qubits: on the left stands ${describe(source.size)}, on the right ${describe(target.size)}.`,
      { start: syntax.source.start, end: syntax.target.end },
    );
  }
  return Array.from({ length: source.size ?? 1 }, (_, i) => ({
    kind: 'measure',
    qubit: source.first + i,
    bit: target.first + i,
    origin: reporter.origin,
  }));
}

function analyseBarrier(
  syntax: BarrierSyntax,
  environment: Environment,
  reporter: Reporter,
): readonly Operation[] | null {
  if (syntax.operands.length === 0) {
    const qubits = Array.from({ length: environment.qubitCount }, (_, i) => i);
    return [{ kind: 'barrier', qubits, origin: reporter.origin }];
  }
  const wires = resolveOperands(syntax.operands, environment, reporter);
  if (wires === null) return null;
  const qubits = new Set<number>();
  for (const wire of wires) {
    for (let i = 0; i < (wire.size ?? 1); i++) qubits.add(wire.first + i);
  }
  return [{ kind: 'barrier', qubits: [...qubits], origin: reporter.origin }];
}

function analyseIf(
  syntax: IfSyntax,
  environment: Environment,
  reporter: Reporter,
): readonly Operation[] | null {
  const condition = analyseCondition(syntax, environment, reporter);
  const { kind } = syntax.body;
  if (kind === 'broken') return null;
  if (kind !== 'call' && kind !== 'measure' && kind !== 'reset' && kind !== 'barrier') {
    return reporter.error(
      'conditional-statement',
      'Only a gate, a measurement or a reset can stand under a condition.',
      syntax.body,
    );
  }
  if (kind === 'barrier') {
    const message = 'A barrier cannot be conditional in OpenQASM 2. Write it without “if”.';
    reporter.strict('conditional-barrier', message, syntax.body);
  }
  const body = analyseOperation(syntax.body, environment, reporter);
  if (condition === null || body === null) return null;
  return [{ kind: 'if', condition, body, otherwise: [], origin: reporter.origin }];
}

function analyseCondition(
  syntax: IfSyntax,
  environment: Environment,
  reporter: Reporter,
): Condition | null {
  const register = { name: syntax.register, index: null, ...placeOf(syntax.register) };
  const wires = resolveOperand(register, 'bit', environment, reporter);
  if (wires === null) return null;
  const size = wires.size ?? 1;
  if (!isWholeNumber(syntax.value)) return null;
  const digits = syntax.value.text.length;
  if (digits > mostDigits) {
    const message = `A number of ${digits} digits is too large to compare with: registers have at most ${maximumWires} bits, which is ${mostDigits} digits.`;
    return reporter.error('integer-too-large', message, syntax.value);
  }
  const value = BigInt(syntax.value.text);
  if (value >> BigInt(size) !== 0n) {
    const most = size <= 64 ? `is at most ${(1n << BigInt(size)) - 1n}` : 'holds no larger number';
    const message = `This never holds: ${syntax.register.text} has ${size} bits and ${most}.`;
    reporter.lint('never-true', message, syntax.value);
  }
  const bits = Array.from({ length: size }, (_, i) => wires.first + i);
  return { bits, value: registerValue(value) };
}

function placeOf(token: Token): { start: number; end: number } {
  return { start: token.start, end: token.end };
}
