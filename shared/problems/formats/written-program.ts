import { AppError } from '../../base/errors.ts';
import type { Relation } from '../binary-problem.ts';
import type { Objective } from '../objective.ts';
import { lpProgram } from './lp-text.ts';
import { mpsProgram } from './mps-text.ts';

/** A binary program with its variables by name, as files have it. */
export interface WrittenProgram {
  readonly variables: readonly string[];
  readonly objective: WrittenSum & { readonly constant: number; readonly sense: Objective };
  readonly constraints: readonly (WrittenSum & {
    readonly name: string;
    readonly relation: Relation;
    readonly bound: number;
  })[];
}

export interface WrittenSum {
  readonly linear: Readonly<Record<string, number>>;
  readonly quadratic: readonly (readonly [string, string, number])[];
}

/** A program in the LP format of CPLEX or in MPS, whichever the text begins like; every variable must be binary. */
export function programOfText(text: string): WrittenProgram {
  const first = text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('*') && !line.startsWith('\\'));
  if (first === undefined) {
    throw new AppError('bad-input', 'The file is empty: expected a program as LP or MPS.', {
      path: 'problem.text',
    });
  }
  return /^(NAME|ROWS|OBJSENSE|OBJSENSE\s+(MAX|MIN)\w*)(\s|$)/.test(first)
    ? mpsProgram(text)
    : lpProgram(text);
}
