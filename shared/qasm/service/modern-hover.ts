import { numberOf } from '../../circuit/expression.ts';
import type { GateOperation } from '../../circuit/circuit.ts';
import { unitaryOf } from '../../circuit/unitary.ts';
import { gateById } from '../../gates/registry.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { ParsedDocument } from '../document.ts';
import { Reporter } from '../semantics/reporter.ts';
import { compileScalar } from '../semantics3/code.ts';
import { compileAnyExpression } from '../semantics3/expressions.ts';
import { builtInFunctions } from '../semantics3/functions.ts';
import { gateOperations, type Modifier } from '../semantics3/gate-operations.ts';
import { extraPhase } from '../semantics3/gate-phases.ts';
import type { GateSymbol } from '../semantics3/program-steps.ts';
import { type Context, ProgramState, Scope } from '../semantics3/scope.ts';
import { isScalar, nameOfType } from '../semantics3/types.ts';
import { realOf } from '../semantics3/values.ts';
import { constants3 } from '../syntax3/words.ts';
import type { CallSyntax3, Expression3 } from '../syntax3/nodes.ts';
import type { Token } from '../syntax/tokens.ts';
import type { Hover } from './hover.ts';
import type { Spot } from './locate.ts';
import { matrixText } from './matrix-text.ts';
import { describeSymbol } from './modern.ts';
import { callAt3, expressionsIn, globalSymbol, localNamesAt } from './modern-scope.ts';

/** Larger matrices fill no card that a person reads. */
const maximumMatrixQubits = 3;

/** What there is to know at an offset of an OpenQASM 3 program. */
export function modernHover(document: ParsedDocument, spot: Spot, offset: number): Hover | null {
  const { token, base, syntax } = spot;
  if (token === null || syntax.kind !== 'modern') return null;
  const at = offset - base;
  const call = callAt3(syntax.statement, at);
  const isHead = call !== null && at < (call.parameters[0]?.start ?? call.name.end + 1);
  if (call !== null && (isHead || token.start === call.name.start) && at <= call.name.end) {
    return gateCard(document, spot, call);
  }
  const local = localNamesAt(document, spot, offset).findLast(
    (one) => one.token.text === token.text,
  );
  if (token.kind === 'identifier' && local !== undefined) {
    return card(spot, token, `${token.text}: ${local.detail}`);
  }
  return nameCard(document, spot, token) ?? valueCard(document, spot, at);
}

function card(
  spot: Spot,
  place: { readonly start: number; readonly end: number },
  title: string,
  lines: readonly string[] = [],
  matrix: Hover['matrix'] = null,
): Hover {
  return { start: spot.base + place.start, end: spot.base + place.end, title, lines, matrix };
}

function nameCard(document: ParsedDocument, spot: Spot, token: Token): Hover | null {
  if (token.kind !== 'identifier' && token.kind !== 'hardware') return null;
  const symbol = globalSymbol(document, spot, token.text);
  if (symbol === null) return null;
  if (symbol.kind === 'gate') {
    const gate = symbol.isUserDefined ? null : gateById(symbol.gate);
    return card(
      spot,
      token,
      `${symbol.name}: ${describeSymbol(symbol)}`,
      gate === null ? [] : [gate.summary],
    );
  }
  const wires = symbol.kind === 'qubits' ? symbol.fixed : undefined;
  const [first, last] = [wires?.[0], wires?.at(-1)];
  const lines =
    first === undefined || last === undefined
      ? []
      : [first === last ? `This is qubit ${first}.` : `These are qubits ${first} to ${last}.`];
  return card(spot, token, `${symbol.name}: ${describeSymbol(symbol)}`, lines);
}

function gateCard(document: ParsedDocument, spot: Spot, call: CallSyntax3): Hover | null {
  const name = call.name.text;
  const found =
    name === 'U' || name === 'gphase' ? languageGate(name) : globalSymbol(document, spot, name);
  if (found === null) return null;
  if (found.kind !== 'gate') return card(spot, call.name, `${name}: ${describeSymbol(found)}`);
  const gate = found.isUserDefined ? null : gateById(found.gate);
  const definition = document.modern?.program.state.definitions.find((one) => one.name === name);
  const lines: string[] = [];
  if (gate !== null) lines.push(gate.summary);
  else if (definition !== undefined) {
    lines.push(`A gate of this program, made of ${definition.body?.length ?? 0} operations.`);
  }
  const names = gate?.parameterNames ?? definition?.parameterNames ?? [];
  if (names.length > 0) lines.push(`Parameters: ${names.join(', ')}.`);
  if (call.modifiers.length > 0) {
    const words = document.text.slice(spot.base + call.start, spot.base + call.name.start);
    lines.push(`With the modifiers ${words.trim()}.`);
  }
  const qubits = definition === undefined ? '' : ` ${definition.qubitNames.join(', ')}`;
  const head = names.length === 0 ? '' : `(${names.join(', ')})`;
  const title = gate?.title ?? `gate ${name}${head}${qubits}`;
  return card(spot, call.name, title, lines, matrixOf(document, spot, call, found));
}

function languageGate(name: 'U' | 'gphase'): GateSymbol {
  const facts = { kind: 'gate', name, isUserDefined: false } as const;
  return name === 'U'
    ? { ...facts, gate: 'u', parameterCount: 3, qubitCount: 1 }
    : { ...facts, gate: 'gphase', parameterCount: 1, qubitCount: 0 };
}

/** The matrix of the call with its modifiers, controls first; null where an angle is not known. */
function matrixOf(
  document: ParsedDocument,
  spot: Spot,
  call: CallSyntax3,
  symbol: GateSymbol,
): Hover['matrix'] {
  const angles = call.parameters.map((one) => valueOf(document, spot, one));
  if (angles.includes(null) || angles.length !== symbol.parameterCount) return null;
  const modifiers: Modifier[] = [];
  for (const { kind, argument } of call.modifiers) {
    const value = argument === null ? null : valueOf(document, spot, argument);
    if (kind === 'inv') modifiers.push({ kind: 'pow', exponent: -1 });
    else if (kind === 'pow') {
      if (value === null) return null;
      modifiers.push({ kind: 'pow', exponent: value });
    } else {
      for (let i = 0; i < (value ?? 1) && i <= maximumMatrixQubits; i++) modifiers.push({ kind });
    }
  }
  const controls = modifiers.filter(({ kind }) => kind !== 'pow').length;
  const size = symbol.qubitCount + controls;
  if (size < 1 || size > maximumMatrixQubits) return null;
  const parameters = angles.map((angle) => numberOf(angle ?? 0));
  const operations = gateOperations(
    {
      symbol,
      ownNames: document.modern?.program.state.ownNames ?? new Set(),
      parameters,
      modifiers,
      qubits: Array.from({ length: size }, (_, i) => i),
      // The phase that a plain call shows nobody is left out, as on the cards of the gates.
      keepsPhases: symbol.isUserDefined && extraPhase(symbol.name, parameters) !== null,
    },
    { start: 0, end: 0 },
  );
  const matrix = tryMatrix(document, operations, size);
  return matrix === null ? null : matrixText(matrix);
}

function tryMatrix(
  document: ParsedDocument,
  operations: readonly GateOperation[],
  size: number,
): Matrix | null {
  try {
    return unitaryOf({
      qubitRegisters: [{ name: 'q', size }],
      bitRegisters: [],
      parameters: [],
      definitions: document.modern?.program.state.definitions ?? [],
      operations,
    });
  } catch {
    // A gate too large to write out has no matrix to show.
    return null;
  }
}

/** The value of the largest expression that ends or begins at the place. */
function valueCard(document: ParsedDocument, spot: Spot, at: number): Hover | null {
  if (spot.syntax.kind !== 'modern') return null;
  const angle = expressionsIn(spot.syntax.statement).find(
    ({ start, end }) => start <= at && at <= end,
  );
  if (angle === undefined || angle.kind === 'literal') return null;
  const value = valueOf(document, spot, angle);
  if (value === null) return null;
  const degrees = Number(((value * 180) / Math.PI).toFixed(4));
  return card(spot, angle, String(Number(value.toPrecision(12))), [
    `As an angle: ${degrees}°.`,
    ...(typeOf(document, spot, angle) ?? []),
  ]);
}

function typeOf(document: ParsedDocument, spot: Spot, syntax: Expression3): string[] | null {
  const code = compileScalar(contextFor(document), syntax);
  return code === null || spot.syntax.kind !== 'modern'
    ? null
    : [`Its type is ${nameOfType(code.type)}.`];
}

/** A real value that follows from constants alone; null for everything else. */
function valueOf(document: ParsedDocument, spot: Spot, syntax: Expression3): number | null {
  if (!isPlain(document, spot, syntax)) return null;
  const code = compileScalar(contextFor(document), syntax);
  if (code === null || code.constant === undefined || !isScalar(code.type)) return null;
  const value = realOf(code.constant, code.type);
  return Number.isFinite(value) && typeof code.constant !== 'object' ? value : null;
}

/** Whether reading it declares nothing: no calls of subroutines, no measurements. */
function isPlain(document: ParsedDocument, spot: Spot, syntax: Expression3): boolean {
  const inner = (one: Expression3): boolean => isPlain(document, spot, one);
  switch (syntax.kind) {
    case 'literal':
      return true;
    case 'name': {
      const name = syntax.token.text;
      const isLocal = localNamesAt(document, spot, spot.base + syntax.start).some(
        ({ token }) => token.text === name,
      );
      if (isLocal) return false;
      return constants3.has(name) || globalSymbol(document, spot, name)?.kind === 'variable';
    }
    case 'unary':
      return inner(syntax.operand);
    case 'binary':
      return inner(syntax.left) && inner(syntax.right);
    case 'call': {
      const name = syntax.name.text;
      const isBuiltIn =
        builtInFunctions.includes(name) && globalSymbol(document, spot, name) === null;
      return isBuiltIn && syntax.arguments.every(inner);
    }
    case 'cast':
      return inner(syntax.operand);
    default:
      return false;
  }
}

/** A place to read an expression in that leaves the program as it is. */
function contextFor(document: ParsedDocument): Context {
  return {
    reporter: new Reporter({ start: 0, end: 0 }),
    scope: document.modern?.program.scope ?? new Scope(null),
    pending: [],
    place: 'program',
    isGlobal: false,
    isInLoop: false,
    result: null,
    state: new ProgramState(),
    compile: { expression: compileAnyExpression, statement: () => undefined },
  };
}
