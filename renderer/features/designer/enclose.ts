import {
  bitsOf,
  type Circuit,
  type Condition,
  type Operation,
  qubitsOf,
} from '#shared/circuit/circuit.ts';
import { nameOfIndex } from '#shared/circuit/circuit.ts';
import type { ParsedDocument, TextEdit } from '#shared/qasm/document.ts';

export type Edits = readonly TextEdit[] | { readonly refusal: string };

/** Statements of the text at its top level, in its order. */
interface Statement {
  readonly start: number;
  readonly end: number;
}

/** The whole statements that operations came from; a refusal where only a part of one is selected. */
function statementsOf(
  circuit: Circuit,
  indices: readonly number[],
): readonly Statement[] | { readonly refusal: string } {
  const chosen = new Set(indices);
  const starts = new Map<number, Statement>();
  for (const index of chosen) {
    const origin = circuit.operations[index]?.origin;
    if (origin !== undefined) starts.set(origin.start, { start: origin.start, end: origin.end });
  }
  const isPart = circuit.operations.some(
    ({ origin }, index) => origin !== undefined && starts.has(origin.start) && !chosen.has(index),
  );
  if (isPart) {
    return {
      refusal:
        'A statement of the text makes several operations, and only some of them are selected. Select them all.',
    };
  }
  const statements = [...starts.values()].toSorted((a, b) => a.start - b.start);
  return statements.length === 0
    ? { refusal: 'Select the gates first, or put the cursor on one.' }
    : statements;
}

/**
 * Puts a block around the statements of operations: `head` is what stands before its brace. What
 * stands between them goes before or behind the block, where that changes nothing.
 */
export function encloseEdits(
  { text, language }: ParsedDocument,
  circuit: Circuit,
  indices: readonly number[],
  head: string,
): Edits {
  if (language !== 3) {
    return { refusal: 'OpenQASM 2 has no blocks. Convert the document to OpenQASM 3 first.' };
  }
  const statements = statementsOf(circuit, indices);
  if ('refusal' in statements) return statements;
  const first = statements[0] as Statement;
  const last = statements.at(-1) as Statement;
  if (areNeighbours(text, statements)) {
    const inside = text.slice(first.start, last.end);
    return [
      {
        start: first.start,
        end: last.end,
        text: blockOf(head, [inside], indentAt(text, first.start)),
      },
    ];
  }
  const place = placeTogether(circuit, indices);
  if (place === null) {
    return {
      refusal:
        'Something else stands between the selected gates on their wires. Select it, too, or move it away.',
    };
  }
  const bodies = statements.map(({ start, end }) => text.slice(start, end));
  const kept = place === 'first' ? first : last;
  return statements.map((one) =>
    one === kept
      ? { ...one, text: blockOf(head, bodies, indentAt(text, kept.start)) }
      : removalOf(text, one),
  );
}

/** Nothing but spaces and comments stands between them. */
function areNeighbours(text: string, statements: readonly Statement[]): boolean {
  return statements.every((one, i) => {
    const next = statements[i + 1];
    if (next === undefined) return true;
    const between = text.slice(one.end, next.start);
    return between.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() === '';
  });
}

function indentAt(text: string, at: number): string {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, at))?.[0] ?? '';
}

function blockOf(head: string, bodies: readonly string[], indent: string): string {
  const lines = bodies.flatMap((body) => body.split('\n')).map((line) => line.replace(/\r$/, ''));
  const inner = lines.map((line) => {
    const own = line.startsWith(indent) ? line.slice(indent.length) : line;
    return own.trim() === '' ? '' : `${indent}  ${own}`;
  });
  return `${head} {\n${inner.join('\n')}\n${indent}}`;
}

/** A statement with its line, where it has one of its own. */
function removalOf(text: string, { start, end }: Statement): TextEdit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const behind = text.indexOf('\n', end);
  const lineEnd = behind < 0 ? text.length : behind + 1;
  const isAlone =
    text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === '';
  return isAlone ? { start: lineStart, end: lineEnd, text: '' } : { start, end, text: '' };
}

/** Where the selected can stand together; null where something between them holds them apart. */
function placeTogether(circuit: Circuit, indices: readonly number[]): 'first' | 'last' | null {
  const chosen = [...indices].toSorted((a, b) => a - b);
  const selected = new Set(chosen);
  const wires = (index: number): readonly string[] => {
    const operation = circuit.operations[index] as Operation;
    return [...qubitsOf(operation).map((q) => `q${q}`), ...bitsOf(operation).map((b) => `b${b}`)];
  };
  const meets = (index: number, others: readonly number[]): boolean => {
    const own = new Set(wires(index));
    return others.some((other) => wires(other).some((wire) => own.has(wire)));
  };
  const [low, high] = [chosen[0] ?? 0, chosen.at(-1) ?? 0];
  const between: number[] = [];
  for (let index = low; index < high; index++) if (!selected.has(index)) between.push(index);
  const isFree = (others: (index: number) => readonly number[]): boolean =>
    between.every((index) => !meets(index, others(index)));
  if (isFree((index) => chosen.filter((one) => one > index))) return 'first';
  return isFree((index) => chosen.filter((one) => one < index)) ? 'last' : null;
}

/** Puts a condition before each of the statements, as OpenQASM 2 has it. */
export function conditionEdits2(
  circuit: Circuit,
  indices: readonly number[],
  condition: string,
): Edits {
  const statements = statementsOf(circuit, indices);
  if ('refusal' in statements) return statements;
  return statements.map(({ start }) => ({ start, end: start, text: `if (${condition}) ` }));
}

/** The place of the condition of an `if` or `while` statement, between its parentheses. */
export function conditionPlace(text: string, statement: Statement): Statement | null {
  const head = /^(?:if|while)\s*\(/.exec(text.slice(statement.start, statement.end));
  if (head === null) return null;
  const start = statement.start + head[0].length;
  let depth = 1;
  for (let at = start; at < statement.end; at++) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    if (depth === 0) return { start, end: at };
  }
  return null;
}

/** Another condition for a statement that has one. */
export function changeConditionEdits(text: string, statement: Statement, condition: string): Edits {
  const place = conditionPlace(text, statement);
  return place === null
    ? { refusal: 'This statement has no condition of its own. Change it in the text (Alt+T).' }
    : [{ ...place, text: condition }];
}

/** The body of an `if` in its place; a refusal where an `else` would be lost. */
export function removeConditionEdits(text: string, statement: Statement): Edits {
  const place = conditionPlace(text, statement);
  if (place === null) return { refusal: 'This statement has no condition of its own.' };
  const rest = text.slice(place.end + 1, statement.end).trim();
  if (!rest.startsWith('{')) return [{ ...statement, text: rest }];
  let depth = 0;
  for (let at = 0; at < rest.length; at++) {
    if (rest[at] === '{') depth += 1;
    else if (rest[at] === '}') depth -= 1;
    if (depth > 0) continue;
    if (rest.slice(at + 1).trim() !== '') {
      return { refusal: 'The “else” would be lost. Change it in the text (Alt+T).' };
    }
    const indent = indentAt(text, statement.start);
    const lines = rest
      .slice(1, at)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    return [{ ...statement, text: lines.join(`\n${indent}`) }];
  }
  return { refusal: 'The block of this statement is not closed.' };
}

/** The source of a condition: whole registers compare as numbers, other bits one by one. */
export function conditionSource(circuit: Circuit, { bits, value, negated }: Condition): string {
  const sign = negated === true ? '!=' : '==';
  const register = registerOfBits(circuit, bits);
  if (register !== null) return `${register} ${sign} ${value}`;
  const tests = bits.map((bit, i) => {
    const wanted = (BigInt(value) >> BigInt(i)) & 1n;
    return `${nameOfIndex(circuit.bitRegisters, bit)} == ${wanted}`;
  });
  const all = tests.join(' && ');
  if (negated !== true) return all;
  return tests.length === 1 ? all.replace('==', '!=') : `!(${all})`;
}

function registerOfBits(circuit: Circuit, bits: readonly number[]): string | null {
  let first = 0;
  for (const { name, size } of circuit.bitRegisters) {
    const start = first;
    first += size;
    if (bits.length === size && bits.every((bit, i) => bit === start + i)) return name;
  }
  return null;
}

/** The duration of a delay statement, as it is written; null where the statement is none. */
export function durationPlace(text: string, statement: Statement): Statement | null {
  const head = /^delay\s*\[/.exec(text.slice(statement.start, statement.end));
  if (head === null) return null;
  const start = statement.start + head[0].length;
  const end = text.indexOf(']', start);
  return end < 0 || end > statement.end ? null : { start, end };
}
