import type { TextEdit } from '../diagnostic.ts';
import { Cursor } from './cursor.ts';
import type { StatementNode, SyntaxTree } from './nodes.ts';
import { parseStatement } from './statements.ts';

/** Parses a whole program. Always succeeds; faults are problems of their statements. O(n). */
export function parseTree(text: string): SyntaxTree {
  const statements: StatementNode[] = [];
  const starts: number[] = [];
  parseFrom(text, 0, statements, starts, () => false);
  return { text, statements, starts };
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
  parseFrom(newText, from, statements, starts, (position) => {
    // In step again with the old tree, beyond the last edit: the rest is the same.
    const oldPosition = position - shift;
    if (oldPosition < last.end) return false;
    while ((tree.starts[candidate] ?? Infinity) < oldPosition) candidate++;
    return tree.starts[candidate] === oldPosition;
  });
  if (statements.at(-1)?.syntax.kind === 'end') return { text: newText, statements, starts };
  for (let i = candidate; i < tree.statements.length; i++) {
    statements.push(tree.statements[i] as StatementNode);
    starts.push((tree.starts[i] as number) + shift);
  }
  return { text: newText, statements, starts };
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

function parseFrom(
  text: string,
  from: number,
  statements: StatementNode[],
  starts: number[],
  isInStep: (position: number) => boolean,
): void {
  let position = from;
  const cursor = new Cursor(text, position);
  for (;;) {
    cursor.startAt(position);
    const syntax = parseStatement(cursor, false);
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
