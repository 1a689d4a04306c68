import type { ParseArgsConfig } from 'node:util';

/** What a command was called with. */
export interface Invocation {
  readonly positionals: readonly string[];
  /** Options as given; see each command for which there are. */
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly json: boolean;
  /** Prints the one result: as JSON with `--json`, else as `text` says. */
  print(result: unknown, text: () => string): void;
}

/** One command of `ketbench`. */
export interface Command {
  /** The line after `ketbench`, e.g. "simulate FILE [--shots N]". */
  readonly usage: string;
  readonly summary: string;
  /** What a person needs to know beyond the line above; shown by `--help`. */
  readonly help?: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Options of text that may stand alone, with the form that a value of theirs has. */
  readonly optionalValues?: Readonly<Record<string, RegExp>>;
  /** How many arguments besides options: [least, most]. */
  readonly arguments: readonly [number, number];
  /** Resolves with the exit code. */
  run(invocation: Invocation): Promise<number>;
}

/** The text of an option, undefined where it was not given. */
export function textOption({ values }: Invocation, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** All texts of an option that may be given several times. */
export function textsOption({ values }: Invocation, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : [];
}
