import type { TextEdit } from '../diagnostic.ts';
import { Cursor } from './cursor.ts';
import { parseStatement3 } from '../syntax3/statements.ts';
import { readToken3 } from '../syntax3/tokens.ts';
import type { StatementNode, StatementSyntax, SyntaxTree } from './nodes.ts';
import { readToken } from './tokens.ts';
import { parseStatement } from './statements.ts';

/** Parses a whole program. Always succeeds; faults are problems of their statements. O(n). */
export function parseTree(text: string, language: 2 | 3 = 2): SyntaxTree {
  const statements: StatementNode[] = [];
  const starts: number[] = [];
  parseFrom(text, language, 0, { statements, starts }, () => false);
  return { text, language, statements, starts };
}

/**
 * The tree of the text after the edits, which are sorted and do not overlap. Statements outside the edited stretch are
 * the same objects as before, so that what was derived from them can be kept.
 */
export function updateTree(
  tree: SyntaxTree,
  newText: string,
  edits: readonly TextEdit[],
): SyntaxTree {
  const first = edits[0];
  const last = edits.at(-1);
  if (first === undefined || last === undefined) return tree;
  const shift = edits.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0);
  const kept = countUntouched(tree, first.start);
  const statements = tree.statements.slice(0, kept);
  const starts = tree.starts.slice(0, kept);
  const from = tree.starts[kept] ?? 0;
  let candidate = kept;
  parseFrom(newText, tree.language, from, { statements, starts }, (position) => {
    // In step again with the old tree, beyond the last edit: the rest is the same.
    const oldPosition = position - shift;
    if (oldPosition < last.end) return false;
    while ((tree.starts[candidate] ?? Infinity) < oldPosition) candidate++;
    return tree.starts[candidate] === oldPosition;
  });
  if (isEnd(statements.at(-1)?.syntax))
    return { text: newText, language: tree.language, statements, starts };
  for (let i = candidate; i < tree.statements.length; i++) {
    statements.push(tree.statements[i] as StatementNode);
    starts.push((tree.starts[i] as number) + shift);
  }
  return { text: newText, language: tree.language, statements, starts };
}

/** How many statements at the start were read without looking at `offset` or beyond. */
function countUntouched(tree: SyntaxTree, offset: number): number {
  let count = 0;
  while (count < tree.statements.length - 1) {
    const node = tree.statements[count] as StatementNode;
    if ((tree.starts[count] as number) + node.reach > offset) break;
    count++;
  }
  return count;
}

function isEnd(syntax: StatementSyntax | undefined): boolean {
  return syntax?.kind === 'end';
}

/** Faults, the version, the end and files to include are the same in both languages. */
function parseAny(cursor: Cursor, language: 2 | 3): StatementSyntax {
  if (language === 2) return parseStatement(cursor, false);
  const statement = parseStatement3(cursor);
  switch (statement.kind) {
    case 'broken':
    case 'empty':
    case 'end':
    case 'version':
    case 'include':
      return statement;
    default:
      return { kind: 'modern', statement, start: statement.start, end: statement.end };
  }
}

function parseFrom(
  text: string,
  language: 2 | 3,
  from: number,
  { statements, starts }: { readonly statements: StatementNode[]; readonly starts: number[] },
  isInStep: (position: number) => boolean,
): void {
  let position = from;
  const cursor = new Cursor(text, position, language === 3 ? readToken3 : readToken);
  for (;;) {
    cursor.startAt(position);
    const syntax = parseAny(cursor, language);
    const width = cursor.end;
    statements.push({
      width,
      syntax,
      problems: cursor.problems,
      reach: cursor.reach,
    });
    starts.push(position);
    if (syntax.kind === 'end') return;
    position += width;
    if (isInStep(position)) return;
  }
}
