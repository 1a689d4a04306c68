import { isUtf8 } from 'node:buffer';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import { codeOf } from '../storage/files.ts';

/** The text of a file; `-` is standard input. */
export function readText(path: string): string {
  const bytes = readBytes(path);
  const at = bytes.indexOf(0);
  if (at < 0 && isUtf8(bytes)) return bytes.toString('utf8');
  const why = at < 0 ? 'it is not UTF-8' : `byte ${at} is zero`;
  throw new AppError('bad-input', `${path} is no text: ${why}. Save it as UTF-8 text.`, { path });
}

/** The bytes of a file; `-` is standard input. */
export function readBytes(path: string): Buffer {
  try {
    if (path === '-') return readFileSync(0);
    const kind = kindOf(path);
    if (kind === null) return readFileSync(path);
    const message = `Cannot read ${path}: it is ${kind}, not a file.`;
    throw new AppError('bad-input', message, { path });
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const code = codeOf(thrown);
    const known: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file',
      ENOTDIR: 'a part of the path is no folder',
      EACCES: 'it may not be read',
    };
    const reason = known[code ?? ''] ?? String(thrown);
    throw new AppError('not-found', `Cannot read ${path}: ${reason}.`, { path });
  }
}

/** What stands there instead of a file that can be read to its end; null where one does. */
function kindOf(path: string): string | null {
  const facts = statSync(path);
  if (facts.isDirectory()) return 'a folder';
  // A shell's <(command) is a pipe with a writer; a named one may wait for ever for one.
  const isOpen = /^\/(?:dev|proc\/[^/]+)\/fd\//.test(path);
  if (facts.isFIFO() && !isOpen) return 'a named pipe (read it as “-” with < instead)';
  if (facts.isSocket()) return 'a socket';
  return facts.isBlockDevice() ? 'a device' : null;
}

/** JSON in a file; a fault is told with its line and column. */
export function readJson(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const { line, column } = placeIn(text, message);
    throw new AppError('bad-input', `${path}:${line}:${column}: not valid JSON: ${message}`, {
      path,
      line,
      column,
    });
  }
}

/** The place that the JSON parser names as an offset; the end of the text where it names none. */
function placeIn(text: string, message: string): { line: number; column: number } {
  const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Reads included files, but only below the folder of the including one. */
export function includeBeside(path: string): (name: string) => string | null {
  const folder = path === '-' ? process.cwd() : dirname(resolve(path));
  return (name) => {
    if (isAbsolute(name)) return null;
    try {
      // Links are followed first, so that none leads out.
      const target = realpathSync(join(folder, name));
      const inside = relative(realpathSync(folder), target);
      const isOutside = inside === '..' || inside.startsWith(`..${sep}`);
      // A named pipe would keep the program waiting for ever.
      return isOutside || !statSync(target).isFile() ? null : readFileSync(target, 'utf8');
    } catch {
      return null;
    }
  };
}

/** A whole number from an option. */
export function integerOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new AppError('bad-input', `--${name} wants a whole number; got “${text}”.`, {
    option: name,
  });
}

/** A number from an option. */
export function numberOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new AppError('bad-input', `--${name} wants a number; got “${text}”.`, { option: name });
}

/** One of several words from an option. */
export function choiceOption<T extends string>(
  name: string,
  text: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new AppError('bad-input', `--${name} is one of ${choices.join(', ')}; got “${text}”.`, {
    option: name,
  });
}

/** The version of OpenQASM that `--language` forces. */
export function languageOption(text: string | undefined): 2 | 3 | undefined {
  const given = integerOption('language', text);
  if (given === undefined || given === 2 || given === 3) return given;
  throw new AppError('bad-input', `--language is 2 or 3; got “${given}”.`, { option: 'language' });
}
