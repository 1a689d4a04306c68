import type { Problem } from '../diagnostic.ts';
import type { Statement3 } from '../syntax3/nodes.ts';
import { readToken3 } from '../syntax3/tokens.ts';
import { readToken, type Token } from './tokens.ts';

/** A name with an optional index: a whole register or one of its wires. */
export interface OperandSyntax {
  readonly name: Token;
  readonly index: Token | null;
  readonly start: number;
  readonly end: number;
}

interface ExpressionBase {
  readonly start: number;
  readonly end: number;
  /** Longest way down to a leaf; bounded, so that walks may recurse. */
  readonly height: number;
}

export type ExpressionSyntax =
  | (ExpressionBase & { readonly kind: 'literal'; readonly token: Token })
  | (ExpressionBase & { readonly kind: 'name'; readonly token: Token })
  | (ExpressionBase & { readonly kind: 'negate'; readonly operand: ExpressionSyntax })
  | (ExpressionBase & {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/' | '^';
      readonly left: ExpressionSyntax;
      readonly right: ExpressionSyntax;
    })
  | (ExpressionBase & {
      readonly kind: 'call';
      readonly name: Token;
      readonly arguments: readonly ExpressionSyntax[];
    });

interface StatementBase {
  /** From the first token to the end of the last, `;` included. */
  readonly start: number;
  readonly end: number;
}

export interface VersionSyntax extends StatementBase {
  readonly kind: 'version';
  readonly version: Token;
}

export interface IncludeSyntax extends StatementBase {
  readonly kind: 'include';
  readonly path: Token;
}

export interface RegisterSyntax extends StatementBase {
  readonly kind: 'register';
  readonly of: 'qubit' | 'bit';
  readonly name: Token;
  readonly size: Token;
}

export interface GateSyntax extends StatementBase {
  readonly kind: 'gate';
  readonly name: Token;
  readonly parameters: readonly Token[];
  readonly qubits: readonly Token[];
  /** Null: opaque. */
  readonly body: readonly StatementSyntax[] | null;
}

export interface CallSyntax extends StatementBase {
  readonly kind: 'call';
  readonly name: Token;
  readonly parameters: readonly ExpressionSyntax[];
  readonly operands: readonly OperandSyntax[];
}

export interface MeasureSyntax extends StatementBase {
  readonly kind: 'measure';
  readonly source: OperandSyntax;
  readonly target: OperandSyntax;
}

interface ResetSyntax extends StatementBase {
  readonly kind: 'reset';
  readonly operand: OperandSyntax;
}

export interface BarrierSyntax extends StatementBase {
  readonly kind: 'barrier';
  readonly operands: readonly OperandSyntax[];
}

export interface IfSyntax extends StatementBase {
  readonly kind: 'if';
  readonly register: Token;
  readonly value: Token;
  readonly body: StatementSyntax;
}

/** What could not be read (`broken`), a lone `;` (`empty`), or the trivia after the last statement. */
interface VoidSyntax extends StatementBase {
  readonly kind: 'broken' | 'empty' | 'end';
}

/** A statement of OpenQASM 3, which has a syntax of its own. */
interface ModernSyntax extends StatementBase {
  readonly kind: 'modern';
  readonly statement: Statement3;
}

export type StatementSyntax =
  | ModernSyntax
  | VersionSyntax
  | IncludeSyntax
  | RegisterSyntax
  | GateSyntax
  | CallSyntax
  | MeasureSyntax
  | ResetSyntax
  | BarrierSyntax
  | IfSyntax
  | VoidSyntax;

/**
 * One top-level statement with the trivia before it. It knows nothing of its place in the file,
 * so it is shared between versions of a document for as long as its own text stays the same.
 */
export interface StatementNode {
  /** Length of its text, leading trivia included. */
  readonly width: number;
  readonly syntax: StatementSyntax;
  readonly problems: readonly Problem[];
  /** How far the parser looked: a change at or beyond this offset cannot change the node. */
  readonly reach: number;
}

/** A whole program, without loss: its statements lie side by side from 0 to the end of the text. */
export interface SyntaxTree {
  readonly text: string;
  readonly language: 2 | 3;
  readonly statements: readonly StatementNode[];
  /** Where each statement's text begins in the file. */
  readonly starts: readonly number[];
}

/**
 * The tokens of one statement in source order; together with the trivia between them they make
 * up its text. Read again on demand, because keeping all of them would triple a tree's memory.
 */
export function tokensOf(tree: SyntaxTree, index: number): Token[] {
  const base = tree.starts[index] as number;
  const width = tree.statements[index]?.width ?? 0;
  const tokens: Token[] = [];
  const read = tree.language === 3 ? readToken3 : readToken;
  for (let end = 0; end < width; ) {
    const token = read(tree.text, base + end, base);
    if (token.end > width) {
      // A block that was not read may end inside what would be a comment or a string.
      const text = tree.text.slice(base + end, base + width);
      return [...tokens, { kind: 'raw', start: end, end: width, text, problems: null }];
    }
    tokens.push(token);
    end = token.end;
  }
  return tokens;
}

/** Token by token with the trivia between; of an unedited tree the same characters that were parsed. */
export function printTree(tree: SyntaxTree): string {
  const pieces: string[] = [];
  tree.starts.forEach((base, i) => {
    let end = 0;
    for (const token of tokensOf(tree, i)) {
      pieces.push(tree.text.slice(base + end, base + token.start), token.text);
      end = token.end;
    }
  });
  return pieces.join('');
}
