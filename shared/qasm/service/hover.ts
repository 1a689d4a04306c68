import { evaluate } from '../../circuit/expression.ts';
import { gateById } from '../../gates/registry.ts';
import type { ParsedDocument } from '../document.ts';
import type { GateSymbol, RegisterSymbol } from '../semantics/environment.ts';
import { expressionOf } from '../semantics/expressions.ts';
import { Reporter } from '../semantics/reporter.ts';
import type { CallSyntax, ExpressionSyntax, GateSyntax, StatementSyntax } from '../syntax/nodes.ts';
import { type Spot, spotAt } from './locate.ts';
import { matrixText } from './matrix-text.ts';
import { modernHover } from './modern-hover.ts';

/** A card about what stands at a place, and the place that it is about. */
export interface Hover {
  readonly start: number;
  readonly end: number;
  readonly title: string;
  /** Paragraphs of plain text. */
  readonly lines: readonly string[];
  /** Entries of a gate's matrix (first qubit = least significant bit), or null. */
  readonly matrix: readonly (readonly string[])[] | null;
}

/** Larger matrices fill no card that a person reads. */
const maximumMatrixQubits = 3;

/** What there is to know of the name or angle at an offset; null where there is nothing. */
export function hoverAt(document: ParsedDocument, offset: number): Hover | null {
  const spot = spotAt(document, offset);
  const { token, environment } = spot;
  if (document.language === 3) return modernHover(document, spot, offset);
  if (token === null || environment === null) return null;
  const relative = offset - spot.base;
  const call = callAt(spot.syntax, relative);
  if (call !== null && token.start === call.name.start) return gateHover(spot, call, document);
  const angle = call?.parameters.find((one) => one.start <= relative && relative <= one.end);
  if (angle !== undefined) return angleHover(angle, spot);
  if (token.kind !== 'identifier') return null;
  const local = localHover(spot, token.text);
  if (local !== null) return card(spot, token, local, []);
  const thing = environment.find(token.text) ?? declaredBy(document, spot);
  if (thing === null) return null;
  return thing.kind === 'register'
    ? card(spot, token, registerTitle(thing), [registerLine(thing)])
    : gateHover(spot, { name: token, parameters: [] }, document);
}

/** The statement at the place may be the very one that declares the name. */
function declaredBy(document: ParsedDocument, spot: Spot): RegisterSymbol | GateSymbol | null {
  const after = document.program?.meanings[spot.statement]?.additions.environment;
  return spot.token === null ? null : (after?.find(spot.token.text) ?? null);
}

function card(
  spot: Spot,
  place: { readonly start: number; readonly end: number },
  title: string,
  lines: readonly string[],
  matrix: Hover['matrix'] = null,
): Hover {
  return { start: spot.base + place.start, end: spot.base + place.end, title, lines, matrix };
}

function localHover(spot: Spot, name: string): string | null {
  if (spot.syntax.kind !== 'gate') return null;
  const has = (tokens: GateSyntax['qubits']): boolean => tokens.some((one) => one.text === name);
  if (has(spot.syntax.parameters)) return `${name}: parameter of the gate ${spot.syntax.name.text}`;
  return has(spot.syntax.qubits) ? `${name}: qubit of the gate ${spot.syntax.name.text}` : null;
}

function registerTitle({ of, name, size }: RegisterSymbol): string {
  return `${of === 'qubit' ? 'qreg' : 'creg'} ${name}[${size}]`;
}

function registerLine({ of, offset, size }: RegisterSymbol): string {
  const last = offset + size - 1;
  return size === 1 ? `This is ${of} ${offset}.` : `These are ${of}s ${offset} to ${last}.`;
}

function gateHover(
  spot: Spot,
  call: Pick<CallSyntax, 'name' | 'parameters'>,
  document: ParsedDocument,
): Hover | null {
  const { environment } = spot;
  const thing = environment?.find(call.name.text) ?? declaredBy(document, spot);
  if (thing === null || thing.kind !== 'gate') return null;
  const own = document.program?.meanings
    .flatMap((meaning) => meaning.additions.definitions)
    .find((definition) => thing.isUserDefined && definition.name === thing.name);
  if (own !== undefined) {
    const angles = own.parameterNames.length === 0 ? '' : `(${own.parameterNames.join(', ')})`;
    const kind = own.body === null ? 'opaque' : 'gate';
    const text =
      own.body === null
        ? 'Declared without a body: it can be drawn, but not simulated.'
        : `A gate of this program, made of ${own.body.length} operations.`;
    return card(spot, call.name, `${kind} ${own.name}${angles} ${own.qubitNames.join(', ')}`, [
      text,
    ]);
  }
  const gate = gateById(thing.gate);
  if (gate === null) return null;
  const lines = [gate.summary];
  const values = call.parameters.map((syntax) => valueOf(syntax, spot));
  const isBound =
    values.length === gate.parameterNames.length && values.every((value) => value !== null);
  if (gate.parameterNames.length > 0) lines.push(`Parameters: ${gate.parameterNames.join(', ')}.`);
  const matrix =
    isBound && gate.qubitCount <= maximumMatrixQubits
      ? matrixText(gate.matrix(values.map((value) => value ?? 0)))
      : null;
  return card(spot, call.name, gate.title, lines, matrix);
}

function angleHover(angle: ExpressionSyntax, spot: Spot): Hover | null {
  const value = valueOf(angle, spot);
  if (value === null || angle.kind === 'literal') return null;
  const degrees = Number(((value * 180) / Math.PI).toFixed(4));
  return card(spot, angle, `${Number(value.toPrecision(12))} rad`, [`${degrees}°`]);
}

function valueOf(syntax: ExpressionSyntax, spot: Spot): number | null {
  const reporter = new Reporter({ start: 0, end: 0 });
  const expression = expressionOf(syntax, () => ({ why: '' }), reporter);
  if (expression === null || spot.environment === null) return null;
  return evaluate(expression);
}

/** The call at the place, also under a condition or in the body of a gate. */
function callAt(syntax: StatementSyntax, relative: number): CallSyntax | null {
  const isInside = syntax.start <= relative && relative <= syntax.end;
  if (!isInside) return null;
  switch (syntax.kind) {
    case 'call':
      return syntax;
    case 'if':
      return callAt(syntax.body, relative);
    case 'gate':
      for (const step of syntax.body ?? []) {
        const call = callAt(step, relative);
        if (call !== null) return call;
      }
      return null;
    default:
      return null;
  }
}
