import { asAppError } from '#shared/base/errors.ts';
import { failure, type Result, success } from '#shared/base/result.ts';
import {
  evaluate,
  type Expression,
  mathFunctions,
  parameterOf,
  substitute,
} from '#shared/circuit/expression.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { spelt } from '#shared/circuit/greek.ts';

/** What a formula may be made of beside the names of parameters. */
const known: ReadonlySet<string> = new Set([
  ...Object.keys(mathFunctions),
  'pi',
  'tau',
  'euler',
  'π',
  'τ',
]);

/** Names in a formula that are neither constants nor functions: parameters, each once. */
export function namesIn(text: string): readonly string[] {
  const words = text.match(/(?<![\p{L}\p{Nd}_.])[\p{L}_][\p{L}\p{Nd}_]*/gu) ?? [];
  return [...new Set(words)].filter((word) => !known.has(word) && !isExponent(word, text));
}

/** The "e3" of "1e3" never counts as a name: a digit stands before it. */
function isExponent(word: string, text: string): boolean {
  return /^e\d*$/i.test(word) && new RegExp(`\\d${word}`).test(text);
}

/** Signs as they are drawn and printed, in the letters of a program: "2π·θ" becomes "2*pi*θ". */
function inProgramSigns(text: string): string {
  return text
    .replace(/[·×∙]/g, '*')
    .replace(/[−–]/g, '-')
    .replace(/÷/g, '/')
    .replaceAll('**', '^')
    .replace(/(?<![\p{L}\p{Nd}_.])(\d+)(e[+-]?\d)/giu, '$1.0$2')
    .replace(/(?<![\p{L}\p{Nd}_.])(\d+\.?\d*(?:e[+-]?\d+)?)(?!e[+-]?\d)\s*(?=[\p{L}_])/giu, '$1*')
    .replaceAll('π', 'pi')
    .replace(/(?<![\p{L}\p{Nd}_.])(?:τ|tau)(?![\p{L}\p{Nd}_])/gu, '(2*pi)')
    .replace(/(?<![\p{L}\p{Nd}_.])euler(?![\p{L}\p{Nd}_])/gu, 'exp(1)');
}

/** What is plainly no part of an angle, in words; null = nothing. */
function oddityIn(text: string): string | null {
  if (/\/\/|\/\*/.test(text)) return 'A formula divides by one “/”, e.g. pi/2.';
  const [sign] = /[;{}[\]"'@#$=<>!&|?:\\]/.exec(text) ?? [];
  if (sign !== undefined) return `“${sign}” has no place in an angle. Write e.g. pi/4 or 2*theta.`;
  let open = 0;
  for (const letter of text) {
    if (letter === '(') open += 1;
    else if (letter === ')') open -= 1;
    if (open < 0) return 'A “)” closes nothing. Take it away.';
  }
  return open > 0 ? 'A “(” is not closed. Add “)”.' : null;
}

/**
 * Reads an angle as a document would: "pi/4", "2*theta + phi", "-1.5", also with π, θ and the like.
 * A Greek letter means the parameter of its name, where the circuit has that and not the letter.
 */
export function readAngle(
  text: string,
  parameters: ReadonlySet<string> = new Set(),
): Result<Expression, string> {
  if (text.trim() === '') return failure('Type an angle, e.g. pi/4.');
  const oddity = oddityIn(text);
  if (oddity !== null) return failure(oddity);
  const program = inProgramSigns(text);
  const names = namesIn(program);
  // The probe's own names: the language of the document decides which ones it takes.
  const probed = new Map(names.map((name, i) => [name, `n${i}`]));
  const formula = program.replace(
    /(?<![\p{L}\p{Nd}_.])[\p{L}_][\p{L}\p{Nd}_]*/gu,
    (word) => probed.get(word) ?? word,
  );
  const source = `OPENQASM 2.0;\ninclude "qelib1.inc";\ngate probe(${[...probed.values()].join(', ')}) a { rz(${formula}) a; }`;
  const parsed = parseDocument(source);
  const body = parsed.circuit?.definitions.find(({ name }) => name === 'probe')?.body ?? [];
  const [only, ...others] = body;
  const angle = only?.kind === 'gate' && only.gate === 'rz' ? only.parameters : [];
  const [value, ...rest] = angle;
  if (value === undefined || rest.length > 0 || others.length > 0) {
    return failure(`“${text.trim()}” is not an angle. Write e.g. pi/4, 0.3 or 2*theta.`);
  }
  const meant = new Map(
    [...probed].map(([name, probe]) => [probe, meantBy(name, parameters)] as const),
  );
  return success(substitute(value, (name) => parameterOf(meant.get(name) ?? name)));
}

function meantBy(name: string, parameters: ReadonlySet<string>): string {
  return !parameters.has(name) && parameters.has(spelt(name)) ? spelt(name) : name;
}

const numbers = new Map<string, Result<number, string>>();
const remembered = 500;

/** The value of a formula without names; what was read before is not read again. */
export function readNumber(text: string): Result<number, string> {
  const before = numbers.get(text);
  if (before !== undefined) return before;
  if (numbers.size >= remembered) numbers.clear();
  const result = valueOf(text);
  numbers.set(text, result);
  return result;
}

function valueOf(text: string): Result<number, string> {
  const plain = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(plain)) return success(plain);
  const [name] = namesIn(text);
  if (name !== undefined) return failure(`“${name}” has no value here. Write a number.`);
  const read = readAngle(text);
  if (!read.ok) return failure(read.error);
  try {
    const value = evaluate(read.value);
    return Number.isFinite(value) ? success(value) : failure('This is no finite number.');
  } catch (thrown) {
    return failure(asAppError(thrown).message);
  }
}
