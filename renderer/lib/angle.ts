import { asAppError } from '#shared/base/errors.ts';
import { failure, type Result, success } from '#shared/base/result.ts';
import { evaluate, type Expression, mathFunctions } from '#shared/circuit/expression.ts';
import { parseDocument } from '#shared/qasm/document.ts';

/** What a formula may be made of beside the names of parameters. */
const known: ReadonlySet<string> = new Set([...Object.keys(mathFunctions), 'pi', 'tau', 'euler']);

/** Names in a formula that are neither constants nor functions: parameters, each once. */
export function namesIn(text: string): readonly string[] {
  const words = text.match(/(?<![\p{L}\p{Nd}_.])[\p{L}_][\p{L}\p{Nd}_]*/gu) ?? [];
  return [...new Set(words)].filter((word) => !known.has(word) && !isExponent(word, text));
}

/** The "e3" of "1e3" never counts as a name: a digit stands before it. */
function isExponent(word: string, text: string): boolean {
  return /^e\d*$/i.test(word) && new RegExp(`\\d${word}`).test(text);
}

/** Reads an angle as a document would: "pi/4", "2*theta + phi", "-1.5". */
export function readAngle(text: string): Result<Expression, string> {
  if (text.trim() === '') return failure('Type an angle, e.g. pi/4.');
  // The body of a gate may name its parameters, whatever the program around it declares.
  const names = namesIn(text);
  const odd = names.find((name) => !/^[a-z][A-Za-z0-9_]*$/.test(name));
  if (odd !== undefined) return failure(`“${odd}” is no name: begin with a small letter a to z.`);
  const source = `OPENQASM 2.0;\ninclude "qelib1.inc";\ngate probe(${names.join(', ')}) a { rz(${text.replaceAll('**', '^')}) a; }`;
  const parsed = parseDocument(source);
  const body = parsed.circuit?.definitions.find(({ name }) => name === 'probe')?.body ?? [];
  const [only, ...others] = body;
  const angle = only?.kind === 'gate' && only.gate === 'rz' ? only.parameters : [];
  const [value, ...rest] = angle;
  if (value !== undefined && rest.length === 0 && others.length === 0) return success(value);
  const problem = parsed.diagnostics.find(({ severity }) => severity === 'error');
  return failure(problem?.message ?? `“${text}” is not an angle. Write e.g. pi/4 or 0.3.`);
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
