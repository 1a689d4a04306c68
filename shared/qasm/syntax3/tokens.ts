import type { Problem } from '../diagnostic.ts';
import type { Punctuation, Punctuation3, Token, TokenKind } from '../syntax/tokens.ts';

const wordStart = /[\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{Nl}_]/uy;
const word = /[\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{Nl}_][\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{Nl}_0-9]*/uy;
/** Everything that stands together as one number; what kind it is, or that it is none, comes after. */
const numberRun =
  /(?:0[xX][\p{L}\p{Nd}_]*|(?:[0-9][0-9_]*)?\.?[0-9][0-9_]*\.?(?:[eE][-+]?[0-9_]+)?[\p{L}\p{Nd}_]*)/uy;
const integerPattern =
  /^(?:0[xX][0-9a-fA-F](?:_?[0-9a-fA-F])*|0o[0-7](?:_?[0-7])*|0[bB][01](?:_?[01])*|[0-9](?:_?[0-9])*)$/;
const digits = '[0-9](?:_?[0-9])*';
const realPattern = new RegExp(
  `^(?:${digits}[eE][-+]?${digits}|\\.${digits}(?:[eE][-+]?${digits})?|${digits}\\.(?:${digits})?(?:[eE][-+]?${digits})?)$`,
);
const unitPattern = /^(.*?[0-9.])(dt|ns|us|µs|μs|ms|s|im)$/u;
/** A unit may stand apart from its number: “2.5 ns”, “3 im”. */
const distantUnit = /[ \t]+(dt|ns|us|µs|μs|ms|s|im)(?![\p{L}\p{Nd}_])/uy;

const punctuations: readonly (Punctuation | Punctuation3)[] = [
  '<<=',
  '>>=',
  '**=',
  '->',
  '==',
  '!=',
  '<=',
  '>=',
  '<<',
  '>>',
  '+=',
  '-=',
  '*=',
  '/=',
  '&=',
  '|=',
  '~=',
  '^=',
  '%=',
  '**',
  '++',
  '&&',
  '||',
  ';',
  ',',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ':',
  '.',
  '@',
  '=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '|',
  '&',
  '~',
  '!',
  '<',
  '>',
];

/** Candidates by first character, longest first. */
const byFirst = new Map<number, (Punctuation | Punctuation3)[]>();
for (const one of punctuations) {
  const list = byFirst.get(one.charCodeAt(0)) ?? [];
  list.push(one);
  byFirst.set(one.charCodeAt(0), list);
}

/** Reads the token of OpenQASM 3 at or after `position`; `base` is where its statement begins. */
export function readToken3(text: string, position: number, base: number): Token {
  const problems: Problem[] = [];
  const start = skipTrivia(text, position, base, problems);
  const make = (kind: TokenKind, end: number, value?: string): Token => ({
    kind,
    start: start - base,
    end: end - base,
    text: value ?? text.slice(start, end),
    problems: problems.length === 0 ? null : problems,
  });
  if (start >= text.length) return make('end', text.length, '');
  const code = text.charCodeAt(start);
  if (isPlainWordStart(code)) {
    let end = start + 1;
    while (isPlainWordPart(text.charCodeAt(end))) end++;
    if (!(text.charCodeAt(end) > 127)) return make('identifier', end);
  }
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(start + 1)))) {
    return readNumber(text, start, base, problems, make);
  }
  const mark = punctuationAt(text, start, code);
  if (mark !== null) return make(mark, start + mark.length, mark);
  const name = match(word, text, start);
  if (name !== null) return make('identifier', start + name.length);
  if (code === 34 || code === 39) return readQuoted(text, start, base, problems, make);
  if (code === 36) {
    let end = start + 1;
    while (isDigit(text.charCodeAt(end))) end++;
    if (end > start + 1) return make('hardware', end);
  }
  if (text.startsWith('#dim', start)) return make('identifier', start + 4);
  if (text.startsWith('#pragma', start)) return make('identifier', start + 7);
  let end = start + 1;
  while (end < text.length && isUnknown(text, end)) end++;
  const run = text.slice(start, Math.min(end, start + 20));
  const edits = [{ start: start - base, end: end - base, text: '' }];
  problems.push({
    severity: 'error',
    phase: 'lexical',
    code: 'unknown-character',
    message: `OpenQASM 3 has no “${run}”. Remove it.`,
    start: start - base,
    end: end - base,
    fix: { title: `Remove “${run}”`, edits },
  });
  return make('unknown', end);
}

/** No number is longer: registers have at most 65,536 bits. The patterns of numbers could not be run. */
const mostCharacters = 140_000;

function tooLong(length: number, start: number, end: number): Problem {
  const message = `A number of ${length} characters is too long: registers have at most 65536 bits.`;
  return { severity: 'error', phase: 'lexical', code: 'number-too-long', message, start, end };
}

type Make = (kind: TokenKind, end: number, value?: string) => Token;

function readNumber(
  text: string,
  start: number,
  base: number,
  problems: Problem[],
  make: Make,
): Token {
  // "[0:sizeof(x)]" and "0.5" are told apart here; "1..2" is a fault.
  const run = match(numberRun, text, start) ?? text.charAt(start);
  const end = start + run.length;
  if (run.length > mostCharacters) {
    problems.push(tooLong(run.length, start - base, end - base));
    return make('integer', end, '0');
  }
  if (integerPattern.test(run) || realPattern.test(run)) {
    const unit = match(distantUnit, text, end);
    if (unit !== null) {
      return make(unit.trim() === 'im' ? 'imaginary' : 'duration', end + unit.length);
    }
    return make(integerPattern.test(run) ? 'integer' : 'real', end);
  }
  const [, digitsOnly = '', unit] = unitPattern.exec(run) ?? [];
  if (
    unit !== undefined &&
    (/^[0-9](?:_?[0-9])*$/.test(digitsOnly) || realPattern.test(digitsOnly))
  ) {
    return make(unit === 'im' ? 'imaginary' : 'duration', end);
  }
  problems.push({
    severity: 'error',
    phase: 'lexical',
    code: 'malformed-number',
    message: `“${run}” is not a number. Expected digits such as 12, 0x1F, 0b101, 0.5, 1e-3, 2.5im or 10ns.`,
    start: start - base,
    end: end - base,
  });
  return make('integer', end);
}

function readQuoted(
  text: string,
  start: number,
  base: number,
  problems: Problem[],
  make: Make,
): Token {
  const quote = text.charCodeAt(start);
  let end = start + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === quote || code === 10 || code === 13) break;
    end++;
  }
  if (text.charCodeAt(end) === quote) {
    const inner = text.slice(start + 1, end);
    if (quote === 34 && inner.length > mostCharacters && /^[01_]+$/.test(inner)) {
      problems.push(tooLong(inner.length, start - base, end + 1 - base));
      return make('bits', end + 1, '"0"');
    }
    return make(quote === 34 && /^[01](?:_?[01])*$/.test(inner) ? 'bits' : 'string', end + 1);
  }
  problems.push({
    severity: 'error',
    phase: 'lexical',
    code: 'unterminated-string',
    message: `This string never ends. Close it with ${text.charAt(start)} on the same line.`,
    start: start - base,
    end: end - base,
  });
  return make('string', end);
}

function skipTrivia(text: string, from: number, base: number, problems: Problem[]): number {
  let i = from;
  for (;;) {
    const code = text.charCodeAt(i);
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0) i++;
    else if (code === 47 && text.charCodeAt(i + 1) === 47) {
      i += 2;
      while (i < text.length && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13) i++;
    } else if (code === 47 && text.charCodeAt(i + 1) === 42) {
      const close = text.indexOf('*/', i + 2);
      if (close < 0) {
        const end = text.length - base;
        problems.push({
          severity: 'error',
          phase: 'lexical',
          code: 'unterminated-comment',
          message: 'This comment never ends. Close it with “*/”.',
          start: i - base,
          end: i + 2 - base,
          fix: { title: 'Close the comment', edits: [{ start: end, end, text: ' */' }] },
        });
        return text.length;
      }
      i = close + 2;
    } else return i;
  }
}

function punctuationAt(
  text: string,
  position: number,
  code: number,
): Punctuation | Punctuation3 | null {
  const candidates = byFirst.get(code);
  if (candidates === undefined) return null;
  for (const candidate of candidates) if (text.startsWith(candidate, position)) return candidate;
  return null;
}

function match(pattern: RegExp, text: string, position: number): string | null {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0] ?? null;
}

function isUnknown(text: string, position: number): boolean {
  const code = text.charCodeAt(position);
  if (code <= 32 || code === 34 || code === 39 || code === 36 || code === 35) return false;
  if (isPlainWordPart(code) || byFirst.has(code)) return false;
  return match(wordStart, text, position) === null;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isPlainWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isPlainWordPart(code: number): boolean {
  return isPlainWordStart(code) || isDigit(code);
}
