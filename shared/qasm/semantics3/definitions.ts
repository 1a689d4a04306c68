import type { GateDefinition, GateOperation, Operation } from '../../circuit/circuit.ts';
import { numberOf } from '../../circuit/expression.ts';
import { rememberedMatrix } from '../../circuit/matrix-memory.ts';
import { unitaryOf } from '../../circuit/unitary.ts';
import { gateById } from '../../gates/registry.ts';
import type { Matrix } from '../../math/matrix.ts';
import { bodiesOf } from '../syntax3/bodies.ts';
import type { DefinitionSyntax, GateDeclarationSyntax, Statement3 } from '../syntax3/nodes.ts';
import type { Token } from '../syntax/tokens.ts';
import { operationsOfGate } from './gate-body.ts';
import { checkHeight, spend } from './budget.ts';
import { isFree } from './names.ts';
import type { Step } from './program-steps.ts';
import { type Context, inside, Scope, type SubroutineSymbol } from './scope.ts';
import { isStandardDeclaration } from './standard-declarations.ts';
import { resolveType } from './type-syntax.ts';
import { floatType, isScalar, nameOfType, voidType } from './types.ts';

/** `gate name(parameters) qubits { … }`. */
export function compileGate(context: Context, syntax: GateDeclarationSyntax): void {
  const { name, parameters, qubits } = syntax;
  if (!context.isGlobal) {
    const message = 'A gate is declared only at the top of a program, not inside braces.';
    context.reporter.error('not-global', message, syntax);
    return;
  }
  if (name.text === 'U') {
    context.reporter.error(
      'already-declared',
      '“U” is a gate of the language. Choose another name.',
      name,
    );
    return;
  }
  const firstSlot = context.state.count;
  const scope = new Scope(context.scope);
  const parameterSlots: number[] = [];
  for (const parameter of parameters) {
    if (!isNewIn(context, scope, parameter)) continue;
    const slot = context.state.next();
    parameterSlots.push(slot);
    const symbol = { kind: 'variable', name: parameter.text, slot, type: floatType } as const;
    scope.add({ ...symbol, isConst: true, isParameter: true });
  }
  qubits.forEach((qubit, i) => {
    if (!isNewIn(context, scope, qubit)) return;
    const base = { kind: 'qubits', name: qubit.text, slot: context.state.next() } as const;
    scope.add({ ...base, size: 1, isRegister: false, fixed: [i] });
  });
  const pending: Step[] = [];
  const inner = inside(context, {
    scope,
    pending,
    place: 'gate',
    isGlobal: false,
    isInLoop: false,
  });
  const faults = context.reporter.problems.length;
  for (const statement of syntax.body) inner.compile.statement(inner, statement);
  const isNew = isFree(context, name, true);
  let body: readonly Operation[] = [];
  if (context.reporter.problems.length === faults) {
    body = operationsOfGate(context, pending, parameterSlots, syntax);
    // An operation takes more memory than a place in a list does.
    spend(context, 4 * body.length, syntax);
  }
  // What its body declared is over, and its steps never run again.
  context.state.count = firstSlot;
  if (!isNew) return;
  const definition = {
    name: name.text,
    parameterNames: parameters.map(({ text }) => text),
    qubitNames: qubits.map(({ text }) => text),
    body,
  };
  const isStandard = isStandardDeclaration(definition);
  const { definitions, ownNames } = context.state;
  if (!isStandard) {
    definitions.push(definition);
    if (gateById(name.text) !== null) ownNames.add(name.text);
  }
  context.scope.add({
    kind: 'gate',
    name: name.text,
    gate: name.text,
    parameterCount: parameters.length,
    qubitCount: qubits.length,
    isUserDefined: !isStandard,
    ...(isStandard ? {} : { matrix: (angles) => matrixOfOwn(definition, definitions, angles) }),
  });
}

/** The matrix of a gate of the program's own, phase included. */
function matrixOfOwn(
  { name, qubitNames }: GateDefinition,
  definitions: readonly GateDefinition[],
  angles: readonly number[],
): Matrix {
  const qubits = qubitNames.map((_, i) => i);
  const call: GateOperation = {
    kind: 'gate',
    gate: name,
    parameters: angles.map(numberOf),
    qubits,
  };
  const qubitRegisters = [{ name: 'q', size: qubits.length }];
  const nothing = { bitRegisters: [], parameters: [] };
  return rememberedMatrix(definitions, call, () =>
    unitaryOf({ ...nothing, qubitRegisters, definitions, operations: [call] }),
  );
}

function isNewIn(context: Context, scope: Scope, name: Token): boolean {
  return isFree(inside(context, { scope }), name);
}

/** `def name(parameters) -> type { … }` and `extern name(types) -> type;`. */
export function compileSubroutine(context: Context, syntax: DefinitionSyntax): void {
  if (!context.isGlobal) {
    const message = 'A subroutine is declared only at the top of a program, not inside braces.';
    context.reporter.error('not-global', message, syntax);
    return;
  }
  const scope = new Scope(context.scope);
  const parameters: SubroutineSymbol['parameters'][number][] = [];
  for (const parameter of syntax.parameters) {
    const type = resolveType(context, parameter.type);
    if (type === null) return;
    const slot = context.state.next();
    scope.locals.push(slot);
    parameters.push({ syntax: parameter, type, slot });
    const { name } = parameter;
    if (name === null || !isNewIn(context, scope, name)) continue;
    if (type.kind === 'qubit') {
      const { width, isRegister } = type;
      scope.add({ kind: 'qubits', name: name.text, slot, size: width, isRegister });
    } else {
      scope.add({
        kind: 'variable',
        name: name.text,
        slot,
        type,
        isConst: false,
        isParameter: false,
      });
    }
  }
  const result = syntax.result === null ? voidType : resolveType(context, syntax.result);
  if (result === null || !isFree(context, syntax.name)) return;
  const symbol: SubroutineSymbol = {
    kind: 'subroutine',
    name: syntax.name.text,
    parameters,
    result,
    resultSlot: context.state.next(),
    body: null,
    isExtern: syntax.body === null,
    locals: scope.locals,
  };
  context.scope.add(symbol);
  if (syntax.body === null) return;
  const body: Step[] = [];
  const inner = inside(context, {
    scope,
    pending: body,
    place: 'subroutine',
    isGlobal: false,
    isInLoop: false,
    result: { type: result, slot: symbol.resultSlot },
  });
  for (const statement of syntax.body) inner.compile.statement(inner, statement);
  if (isScalar(result) && !returnsSomewhere(syntax.body)) {
    const message = `“${syntax.name.text}” never returns its ${nameOfType(result)}. Add “return …;”.`;
    context.reporter.error('missing-return', message, syntax.name);
  }
  const isShallow = checkHeight(context, body, syntax.name);
  context.scope.add({ ...symbol, body: isShallow ? body : [] });
}

function returnsSomewhere(body: readonly Statement3[]): boolean {
  return body.some(
    (statement) =>
      statement.kind === 'return' ||
      statement.kind === 'stop' ||
      bodiesOf(statement).some(returnsSomewhere),
  );
}
