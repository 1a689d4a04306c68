import type { Relation } from '../binary-problem.ts';
import type { Objective } from '../objective.ts';
import { badLine, type Line } from './lines.ts';
import { Sums } from './sums.ts';
import type { WrittenProgram } from './written-program.ts';

interface Token {
  readonly text: string;
  readonly line: Line;
}

type Section = 'objective' | 'constraints' | 'bounds' | 'binary' | 'integer' | 'end';

/** Words that begin a section, in lower case; those of the objective say its sense. */
const sections: Readonly<Record<string, Section>> = {
  minimize: 'objective',
  minimise: 'objective',
  minimum: 'objective',
  min: 'objective',
  maximize: 'objective',
  maximise: 'objective',
  maximum: 'objective',
  max: 'objective',
  'subject to': 'constraints',
  'such that': 'constraints',
  st: 'constraints',
  's.t.': 'constraints',
  'st.': 'constraints',
  bounds: 'bounds',
  bound: 'bounds',
  binary: 'binary',
  binaries: 'binary',
  bin: 'binary',
  general: 'integer',
  generals: 'integer',
  gen: 'integer',
  integer: 'integer',
  integers: 'integer',
  end: 'end',
};

const relations: Readonly<Record<string, Relation>> = {
  '<': '<=',
  '<=': '<=',
  '=<': '<=',
  '>': '>=',
  '>=': '>=',
  '=>': '>=',
  '=': '=',
};

const tokenPattern = /[<>=]+|[-+*^:[\]/]|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[^\s<>=\-+*^:[\]/]+/g;
const isNumber = (text: string | undefined): boolean => /^(\d|\.\d)/.test(text ?? '');
const isName = (text: string | undefined): boolean => /^[^\s<>=\-+*^:[\]/\d.]/.test(text ?? '');

/** A program in the LP format of CPLEX: objective, constraints, bounds of 0 and 1, and every variable in Binary (or an integer from 0 to 1). */
export function lpProgram(text: string): WrittenProgram {
  const parts = new Map<Section, Token[]>();
  let sense: Objective = 'min';
  let current: Section | null = null;
  text.split(/\r\n|\r|\n/).forEach((raw, k) => {
    const code = raw.replace(/\\.*$/, '').trim();
    if (code === '') return;
    const line: Line = { number: k + 1, text: code, words: code.split(/\s+/) };
    const word = code.toLowerCase().replace(/\s+/g, ' ');
    const section: Section | undefined = Object.hasOwn(sections, word) ? sections[word] : undefined;
    if (section !== undefined) {
      if (section === 'objective') sense = word.startsWith('max') ? 'max' : 'min';
      current = section;
      return;
    }
    if (current === null) throw badLine(line, 'expected “Minimize” or “Maximize” first');
    if (current === 'end') throw badLine(line, 'nothing may follow “End”');
    const list = parts.get(current) ?? [];
    parts.set(current, list);
    for (const [token] of code.matchAll(tokenPattern)) list.push({ text: token, line });
  });
  const reader = new Reader(parts.get('objective') ?? []);
  const objective = new Sums();
  reader.label();
  reader.sum(objective, true);
  reader.end();
  const constraints = constraintsOf(parts.get('constraints') ?? []);
  const variables = new Set<string>(objective.linear.keys());
  for (const sum of [objective, ...constraints.map((one) => one.sum)]) {
    for (const name of sum.linear.keys()) variables.add(name);
    for (const [a, b] of sum.quadratic) variables.add(a).add(b);
  }
  requireBinary(variables, parts);
  return {
    variables: [...variables],
    objective: { ...objective.written(), constant: objective.constant, sense },
    constraints: constraints.map(({ name, relation, bound, sum }) => ({
      name,
      relation,
      bound: bound - sum.constant,
      ...sum.written(),
    })),
  };
}

interface Read {
  readonly name: string;
  readonly relation: Relation;
  readonly bound: number;
  readonly sum: Sums;
}

function constraintsOf(tokens: readonly Token[]): Read[] {
  const reader = new Reader(tokens);
  const found: Read[] = [];
  while (!reader.isDone) {
    const name = reader.label() ?? `constraint ${found.length + 1}`;
    const sum = new Sums();
    reader.sum(sum, false);
    found.push({ name, sum, ...reader.bound() });
  }
  return found;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isDone(): boolean {
    return this.#at >= this.#tokens.length;
  }

  #look(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead]?.text;
  }

  #fail(expected: string): Error {
    const token = this.#tokens[Math.min(this.#at, this.#tokens.length - 1)];
    const line = token?.line ?? { number: 1, text: '', words: [] };
    const got = this.isDone ? 'the end of the section' : `“${token?.text}”`;
    return badLine(line, `expected ${expected}, got ${got}`);
  }

  end(): void {
    if (!this.isDone) throw this.#fail('a term or the next section');
  }

  /** "c1:" */
  label(): string | null {
    if (this.#look(1) !== ':') return null;
    const name = this.#look() ?? '';
    this.#at += 2;
    return name;
  }

  /** Terms up to a relation or the end; `[ … ] / 2` in an objective stands for half of what is inside. */
  sum(into: Sums, isObjective: boolean): void {
    while (!this.isDone && relations[this.#look() ?? ''] === undefined) {
      if (this.#look(1) === ':') return;
      const factor = this.#factor();
      if (this.#look() === '[') this.#products(into, factor, isObjective);
      else if (isName(this.#look())) {
        into.add(this.#look() ?? '', factor.value);
        this.#at++;
      } else if (factor.isWritten) into.constant += factor.value;
      else throw this.#fail('a number or a variable');
    }
  }

  /** Signs and a number before a variable. */
  #factor(): { readonly value: number; readonly isWritten: boolean } {
    let value = 1;
    while (this.#look() === '+' || this.#look() === '-') {
      if (this.#look() === '-') value = -value;
      this.#at++;
    }
    if (!isNumber(this.#look())) return { value, isWritten: false };
    value *= Number(this.#look());
    this.#at++;
    return { value, isWritten: true };
  }

  #products(into: Sums, { value: outer }: { readonly value: number }, isObjective: boolean): void {
    this.#at++;
    const found: [string, string, number][] = [];
    while (this.#look() !== ']') {
      const { value } = this.#factor();
      const first = this.#look();
      if (!isName(first)) throw this.#fail('a variable within the brackets');
      this.#at++;
      const isSquare = this.#look() === '^';
      if (!isSquare && this.#look() !== '*') throw this.#fail('“*” or “^2”');
      this.#at++;
      const second = this.#look();
      if (isSquare ? second !== '2' : !isName(second))
        throw this.#fail(isSquare ? '2' : 'a variable');
      this.#at++;
      found.push([first ?? '', isSquare ? (first ?? '') : (second ?? ''), value]);
    }
    this.#at++;
    const isHalf = this.#look() === '/' && this.#look(1) === '2';
    if (isHalf) this.#at += 2;
    else if (isObjective) throw this.#fail('“/ 2” after the brackets of an objective');
    const scale = isHalf ? outer / 2 : outer;
    for (const [a, b, w] of found) into.quadratic.push([a, b, scale * w]);
  }

  bound(): { readonly relation: Relation; readonly bound: number } {
    const relation = relations[this.#look() ?? ''];
    if (relation === undefined) throw this.#fail('<=, >= or =');
    this.#at++;
    const { value, isWritten } = this.#factor();
    if (!isWritten) throw this.#fail('a number on the right');
    return { relation, bound: value };
  }
}

/** Every variable is listed as binary, or as an integer with bounds within 0 and 1. */
function requireBinary(
  variables: ReadonlySet<string>,
  parts: ReadonlyMap<Section, readonly Token[]>,
): void {
  const binary = new Set((parts.get('binary') ?? []).map(({ text }) => text));
  const integers = new Set((parts.get('integer') ?? []).map(({ text }) => text));
  const bounds = parts.get('bounds') ?? [];
  for (const name of variables) {
    if (binary.has(name)) continue;
    const lines = new Set(bounds.filter(({ text }) => text === name).map(({ line }) => line));
    const isWithin = [...lines].some(
      (line) => /<=?\s*1\s*$/.test(line.text) && !line.text.startsWith('-'),
    );
    if (integers.has(name) && isWithin) continue;
    const token = [...parts.values()].flat().find(({ text }) => text === name);
    const line = token?.line ?? { number: 1, text: name, words: [name] };
    throw badLine(line, `variable “${name}” is not binary: list it under “Binary”`);
  }
}
