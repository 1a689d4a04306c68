import type { ParsedDocument } from '../document.ts';
import type { Environment } from '../semantics/environment.ts';
import { type StatementSyntax, tokensOf } from '../syntax/nodes.ts';
import type { Token } from '../syntax/tokens.ts';

/** What stands at an offset of the document. */
export interface Spot {
  /** Index of the top-level statement. */
  readonly statement: number;
  readonly syntax: StatementSyntax;
  /** Offsets of the statement's tokens count from here. */
  readonly base: number;
  readonly tokens: readonly Token[];
  /** The token that the offset touches (one that begins there before one that ends there), or null. */
  readonly token: Token | null;
  /** Index in `tokens` of the first token that ends behind the offset, or the count of tokens. */
  readonly next: number;
  /** What is declared before this statement; null where the language is not read. */
  readonly environment: Environment | null;
}

/** Finds statement and token at a UTF-16 offset. O(log statements + tokens of the statement). */
export function spotAt(document: ParsedDocument, offset: number): Spot {
  const { tree, program } = document;
  const statement = unfinishedBefore(document, statementAt(document, offset), offset);
  const base = tree.starts[statement] as number;
  const node = tree.statements[statement];
  const tokens = tokensOf(tree, statement).filter((token) => token.kind !== 'end');
  const relative = offset - base;
  const next = tokens.findIndex((token) => token.end > relative);
  const at = next < 0 ? tokens.length : next;
  const following = tokens[at];
  const previous = tokens[at - 1];
  const touchesFollowing = following !== undefined && following.start <= relative;
  const touchesPrevious = previous !== undefined && previous.end === relative;
  const isName = (token: Token): boolean => token.kind === 'identifier';
  let token: Token | null = null;
  if (touchesFollowing) token = following;
  // Right behind a name the name is meant, not the bracket that follows it.
  if (touchesPrevious && (token === null || (isName(previous) && !isName(token)))) token = previous;
  return {
    statement,
    syntax: node?.syntax ?? { kind: 'end', start: 0, end: 0 },
    base,
    tokens,
    token,
    next: at,
    environment: program?.meanings[statement]?.before ?? null,
  };
}

/** Behind a statement that breaks off, that statement is still being written. */
function unfinishedBefore({ tree }: ParsedDocument, statement: number, offset: number): number {
  const here = tree.statements[statement];
  const before = tree.statements[statement - 1];
  if (here === undefined || before === undefined) return statement;
  if (offset > (tree.starts[statement] as number) + here.syntax.start) return statement;
  if (before.syntax.kind !== 'broken' && before.syntax.kind !== 'gate') return statement;
  const last = tree.text.charAt((tree.starts[statement] as number) - 1);
  return last === ';' || last === '}' ? statement : statement - 1;
}

function statementAt({ tree }: ParsedDocument, offset: number): number {
  let low = 0;
  let high = tree.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    // A statement that ends at the offset is still the one that is being written.
    if ((tree.starts[middle] as number) < offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
