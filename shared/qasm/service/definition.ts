import type { ParsedDocument } from '../document.ts';
import type { StatementSyntax } from '../syntax/nodes.ts';
import type { Token } from '../syntax/tokens.ts';
import { modernName } from './modern.ts';
import { type Spot, spotAt } from './locate.ts';
import { localNamesAt } from './modern-scope.ts';

/** Where the name at an offset is declared (the name itself); null for built-in and unknown names. */
export function definitionAt(
  document: ParsedDocument,
  offset: number,
): { readonly start: number; readonly end: number } | null {
  const spot = spotAt(document, offset);
  const { token, syntax, base } = spot;
  if (token === null || token.kind !== 'identifier') return null;
  if (document.language === 3) return modernDefinition(document, spot, token, offset);
  if (syntax.kind === 'gate') {
    const local = [...syntax.parameters, ...syntax.qubits].find((one) => one.text === token.text);
    if (local !== undefined) return { start: base + local.start, end: base + local.end };
  }
  const { tree } = document;
  for (const [i, statement] of tree.statements.entries()) {
    const name = declaredName(statement.syntax);
    if (name === null || name.text !== token.text) continue;
    const start = tree.starts[i] as number;
    return { start: start + name.start, end: start + name.end };
  }
  return null;
}

function declaredName(syntax: StatementSyntax): Token | null {
  return syntax.kind === 'register' || syntax.kind === 'gate' ? syntax.name : null;
}

/** The innermost block that knows the name, else the last statement before that declares it. */
function modernDefinition(
  document: ParsedDocument,
  spot: Spot,
  token: Token,
  offset: number,
): { readonly start: number; readonly end: number } | null {
  // The name of a declaration counts as known to its own statement.
  const end = Math.max(offset, spot.base + token.end);
  const local = localNamesAt(document, spot, end).findLast((one) => one.token.text === token.text);
  if (local !== undefined) {
    return { start: spot.base + local.token.start, end: spot.base + local.token.end };
  }
  const { statements, starts } = document.tree;
  for (let i = spot.statement; i >= 0; i--) {
    const name = modernName(statements[i]?.syntax ?? { kind: 'end', start: 0, end: 0 });
    if (name?.text !== token.text) continue;
    const base = starts[i] as number;
    return { start: base + name.start, end: base + name.end };
  }
  return null;
}
