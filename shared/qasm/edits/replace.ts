import type { GateOperation, Operation } from '../../circuit/circuit.ts';
import { sameExpression } from '../../circuit/equal.ts';
import { type Expression, printExpression } from '../../circuit/expression.ts';
import type { TextEdit } from '../diagnostic.ts';
import { printExpression2 } from '../print/expressions.ts';
import type { OperationPrinter } from '../print/operations.ts';
import { printExpression3 } from '../print/operations3.ts';
import type { CallSyntax3 } from '../syntax3/nodes.ts';
import type { CallSyntax, IfSyntax, OperandSyntax, StatementSyntax } from '../syntax/nodes.ts';

/** What piecewise replacement needs to know. */
export interface ReplaceContext {
  readonly printer: OperationPrinter;
  readonly separator: string;
  /** Offset that the syntax's offsets count from. */
  readonly base: number;
}

/**
 * Edits that turn a statement, which makes exactly the operation `before`, into one that makes
 * `after`: only the words that differ where both have one form, else the whole statement.
 */
export function replaceOperation(
  syntax: StatementSyntax,
  before: Operation,
  after: Operation,
  context: ReplaceContext,
): TextEdit[] {
  return (
    replacePieces(syntax, before, after, context) ?? [
      { ...at(syntax, context), text: context.printer.print(after) },
    ]
  );
}

/** Null where the statement must be written anew. */
function replacePieces(
  syntax: StatementSyntax,
  before: Operation,
  after: Operation,
  context: ReplaceContext,
): TextEdit[] | null {
  const { printer } = context;
  if (syntax.kind === 'call' && before.kind === 'gate' && after.kind === 'gate') {
    return replaceCall(syntax, before, after, printExpression2, context);
  }
  if (syntax.kind === 'modern' && before.kind === 'gate' && after.kind === 'gate') {
    const { statement } = syntax;
    return statement.kind === 'call'
      ? replaceCall(statement, before, after, printExpression3, context)
      : null;
  }
  if (syntax.kind === 'measure' && before.kind === 'measure' && after.kind === 'measure') {
    if (after.bit === null) return null;
    const source = before.qubit === after.qubit ? null : printer.qubit(after.qubit);
    const target = before.bit === after.bit ? null : printer.bit(after.bit);
    return [...write(syntax.source, source, context), ...write(syntax.target, target, context)];
  }
  if (syntax.kind === 'reset' && before.kind === 'reset' && after.kind === 'reset') {
    const operand = before.qubit === after.qubit ? null : printer.qubit(after.qubit);
    return write(syntax.operand, operand, context);
  }
  if (syntax.kind === 'if' && before.kind === 'if' && after.kind === 'if') {
    return replaceConditional(syntax, before, after, context);
  }
  return null;
}

/** Calls have one form in both languages but for modifiers, which are written anew with the statement. */
function replaceCall(
  syntax: CallSyntax | CallSyntax3,
  before: GateOperation,
  after: GateOperation,
  printed: (expression: Expression) => string,
  context: ReplaceContext,
): TextEdit[] | null {
  const isPlain = [before, after].every(
    (one) => (one.power ?? 1) === 1 && (one.controls ?? []).length === 0,
  );
  const sameForm =
    !('modifiers' in syntax && syntax.modifiers.length > 0) &&
    after.parameters.length === before.parameters.length &&
    after.qubits.length === before.qubits.length;
  if (!isPlain || !sameForm) return null;
  const { printer } = context;
  const edits: TextEdit[] = [];
  if (before.gate !== after.gate) {
    edits.push(...write(syntax.name, printer.callName(after).name, context));
  }
  syntax.parameters.forEach((parameter, i) => {
    const [old, fresh] = [before.parameters[i] as Expression, after.parameters[i] as Expression];
    if (sameExpression(old, fresh) && printExpression(old) === printExpression(fresh)) return;
    edits.push(...write(parameter, printed(fresh), context));
  });
  syntax.operands.forEach((operand, i) => {
    if (before.qubits[i] === after.qubits[i]) return;
    edits.push(...write(operand, printer.qubit(after.qubits[i] as number), context));
  });
  return edits;
}

function replaceConditional(
  syntax: IfSyntax,
  before: Operation & { kind: 'if' },
  after: Operation & { kind: 'if' },
  context: ReplaceContext,
): TextEdit[] | null {
  const sameBits =
    before.condition.bits.length === after.condition.bits.length &&
    before.condition.bits.every((bit, i) => bit === after.condition.bits[i]);
  const [oldBody, newBody] = [before.body[0], after.body[0]];
  const isPlain = after.condition.negated !== true && after.otherwise.length === 0;
  if (!sameBits || !isPlain || before.body.length !== 1 || after.body.length !== 1) return null;
  if (oldBody === undefined || newBody === undefined) return null;
  const value =
    before.condition.value === after.condition.value ? null : String(after.condition.value);
  return [
    ...write(syntax.value, value, context),
    ...replaceOperation(syntax.body, oldBody, newBody, context),
  ];
}

function write(
  place: OperandSyntax | { readonly start: number; readonly end: number },
  text: string | null,
  context: ReplaceContext,
): TextEdit[] {
  return text === null ? [] : [{ ...at(place, context), text }];
}

function at(
  place: { readonly start: number; readonly end: number },
  { base }: ReplaceContext,
): { start: number; end: number } {
  return { start: base + place.start, end: base + place.end };
}
