import { bodiesOf } from '../syntax3/bodies.ts';
import type { ParsedDocument } from '../document.ts';
import type { Symbol3 } from '../semantics3/scope.ts';
import type { CallSyntax3, Expression3, Statement3 } from '../syntax3/nodes.ts';
import type { Token } from '../syntax/tokens.ts';
import type { Spot } from './locate.ts';

/** A name that holds inside a gate, a subroutine or a block only. */
export interface LocalName {
  readonly token: Token;
  readonly kind: 'parameter' | 'qubit' | 'variable';
  /** Its type as written, or what it belongs to. */
  readonly detail: string;
}

/** The names of the blocks around an offset, innermost last. */
export function localNamesAt(document: ParsedDocument, spot: Spot, offset: number): LocalName[] {
  const { syntax, base } = spot;
  if (syntax.kind !== 'modern') return [];
  const found: LocalName[] = [];
  const textOf = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    document.text.slice(base + start, base + end);
  visit(syntax.statement, offset - base, found, textOf, true);
  return found;
}

type TextOf = (place: { readonly start: number; readonly end: number }) => string;

function visit(
  statement: Statement3,
  at: number,
  found: LocalName[],
  textOf: TextOf,
  isTop: boolean,
): void {
  const isInside = statement.start <= at && at <= statement.end;
  if (!isInside) {
    if (!isTop && statement.end <= at) declare(statement, found, textOf);
    return;
  }
  const isOn = (token: Token): boolean => token.start <= at && at <= token.end;
  switch (statement.kind) {
    case 'declaration':
    case 'alias':
      // On its own name, but not in its value, which may mean an outer one.
      if (!isTop && isOn(statement.name)) declare(statement, found, textOf);
      return;
    case 'gate': {
      const detail = `of the gate ${statement.name.text}`;
      for (const token of statement.parameters) {
        found.push({ token, kind: 'parameter', detail: `parameter ${detail}` });
      }
      for (const token of statement.qubits) {
        found.push({ token, kind: 'qubit', detail: `qubit ${detail}` });
      }
      break;
    }
    case 'def':
      for (const { type, name } of statement.parameters) {
        if (name === null) continue;
        const kind = type.name === 'qubit' ? 'qubit' : 'variable';
        found.push({ token: name, kind, detail: textOf(type) });
      }
      break;
    case 'for':
      if (isOn(statement.name) || at > statement.values.end) {
        found.push({ token: statement.name, kind: 'variable', detail: textOf(statement.type) });
      }
      break;
    default:
  }
  for (const body of bodiesOf(statement)) {
    const last = body.at(-1);
    const reaches = body[0] !== undefined && last !== undefined && body[0].start <= at;
    // Behind the last statement of a block that is still open, its names hold.
    if (!reaches) continue;
    for (const inner of body) {
      if (inner.start > at) break;
      visit(inner, at, found, textOf, false);
    }
  }
}

function declare(statement: Statement3, found: LocalName[], textOf: TextOf): void {
  if (statement.kind === 'declaration') {
    const kind = statement.type.name === 'qubit' ? 'qubit' : 'variable';
    found.push({ token: statement.name, kind, detail: textOf(statement.type) });
  } else if (statement.kind === 'alias') {
    found.push({ token: statement.name, kind: 'variable', detail: 'another name' });
  }
}

/** The symbol of a global name, as far as it is declared before the statement or by it. */
export function globalSymbol(document: ParsedDocument, spot: Spot, name: string): Symbol3 | null {
  const program = document.modern?.program;
  if (program === undefined) return null;
  const latest = program.scope.find(name);
  if (latest === null) return null;
  for (let i = Math.min(spot.statement, program.meanings.length - 1); i >= 0; i--) {
    const found = program.meanings[i]?.growth?.symbols.findLast((one) => one.name === name);
    if (found !== undefined) return found;
  }
  return null;
}

/** Every global symbol that can be named at the statement, the latest of each name. */
export function globalSymbols(document: ParsedDocument, spot: Spot): Symbol3[] {
  const byName = new Map<string, Symbol3>();
  document.modern?.program.meanings.slice(0, spot.statement + 1).forEach(({ growth }) => {
    for (const symbol of growth?.symbols ?? []) byName.set(symbol.name, symbol);
  });
  return [...byName.values()];
}

/** The call of a gate that stands at the place, in whatever block. */
export function callAt3(statement: Statement3, at: number): CallSyntax3 | null {
  if (at < statement.start || at > statement.end) return null;
  if (statement.kind === 'call') return statement;
  for (const body of bodiesOf(statement)) {
    for (const inner of body) {
      const found = callAt3(inner, at);
      if (found !== null) return found;
    }
  }
  return null;
}

/** Every expression of a statement, those of its blocks included. */
export function expressionsIn(statement: Statement3): readonly Expression3[] {
  const inner = bodiesOf(statement).flatMap((body) => body.flatMap(expressionsIn));
  return [...ownExpressions(statement), ...inner];
}

function ownExpressions(statement: Statement3): readonly Expression3[] {
  switch (statement.kind) {
    case 'declaration':
      return statement.value === null ? [] : [statement.value];
    case 'call':
      return [...statement.parameters, ...statement.operands];
    case 'assignment':
      return [statement.target, statement.value];
    case 'alias':
    case 'expression':
      return [statement.value];
    case 'return':
      return statement.value === null ? [] : [statement.value];
    case 'if':
    case 'while':
      return [statement.condition];
    case 'for':
      return [statement.values];
    case 'switch':
      return [statement.subject];
    default:
      return [];
  }
}
