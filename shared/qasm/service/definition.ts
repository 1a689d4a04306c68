import type { ParsedDocument } from '../document.ts';
import type { StatementSyntax } from '../syntax/nodes.ts';
import type { Token } from '../syntax/tokens.ts';
import { modernName } from './modern.ts';
import { spotAt } from './locate.ts';

/** Where the name at an offset is declared (the name itself); null for built-in and unknown names. */
export function definitionAt(
  document: ParsedDocument,
  offset: number,
): { readonly start: number; readonly end: number } | null {
  const { token, syntax, base } = spotAt(document, offset);
  if (token === null || token.kind !== 'identifier') return null;
  if (syntax.kind === 'gate') {
    const local = [...syntax.parameters, ...syntax.qubits].find((one) => one.text === token.text);
    if (local !== undefined) return { start: base + local.start, end: base + local.end };
  }
  const { tree } = document;
  for (const [i, statement] of tree.statements.entries()) {
    const name = declaredName(statement.syntax) ?? modernName(statement.syntax);
    if (name === null || name.text !== token.text) continue;
    const start = tree.starts[i] as number;
    return { start: start + name.start, end: start + name.end };
  }
  return null;
}

function declaredName(syntax: StatementSyntax): Token | null {
  return syntax.kind === 'register' || syntax.kind === 'gate' ? syntax.name : null;
}
