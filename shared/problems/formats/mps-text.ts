import type { Relation } from '../binary-problem.ts';
import type { Objective } from '../objective.ts';
import { badLine, type Line, linesOf, numberAt } from './lines.ts';
import { Sums } from './sums.ts';
import type { WrittenProgram } from './written-program.ts';

const relationOf: Readonly<Record<string, Relation>> = { L: '<=', G: '>=', E: '=' };

interface Row {
  readonly relation: Relation;
  readonly sum: Sums;
  bound: number;
}

/** What has been read so far. */
interface State {
  sense: Objective;
  objectiveName: string | null;
  readonly objective: Sums;
  readonly rows: Map<string, Row>;
  readonly columns: Map<string, { isInteger: boolean; isBinary: boolean; line: Line }>;
  isInteger: boolean;
}

/**
 * A program in MPS, fixed or free, with names that hold no blanks. Columns must be binary: bounds BV, or integers
 * (between markers) with UP 1 or no bound, as CPLEX has it. QUADOBJ and QMATRIX hold Q of ½ xᵀQx.
 */
export function mpsProgram(text: string): WrittenProgram {
  const state: State = {
    sense: 'min',
    objectiveName: null,
    objective: new Sums(),
    rows: new Map(),
    columns: new Map(),
    isInteger: false,
  };
  let section = '';
  const indented = new Set(
    text.split(/\r\n|\r|\n/).flatMap((raw, k) => (/^\s/.test(raw) ? [k + 1] : [])),
  );
  for (const line of linesOf(text, (raw) => raw.startsWith('*'))) {
    if (!indented.has(line.number)) {
      section = line.words[0]?.toUpperCase() ?? '';
      if (section === 'OBJSENSE' && line.words[1] !== undefined)
        readSense(state, line, line.words[1]);
      if (section === 'ENDATA') break;
      continue;
    }
    readLine(state, section, line);
  }
  const [odd] = [...state.columns].filter(([, { isInteger, isBinary }]) => !isInteger && !isBinary);
  if (odd !== undefined) {
    throw badLine(
      odd[1].line,
      `column “${odd[0]}” is not binary: give it the bound BV, or put it between integer markers`,
    );
  }
  const { objective } = state;
  return {
    variables: [...state.columns.keys()],
    objective: { ...objective.written(), constant: objective.constant, sense: state.sense },
    constraints: [...state.rows].map(([name, { relation, bound, sum }]) => ({
      name,
      relation,
      bound,
      ...sum.written(),
    })),
  };
}

function readSense(state: State, line: Line, word: string): void {
  const match = /^(MAX|MIN)/i.exec(word);
  if (match === null) throw badLine(line, 'expected MAX or MIN');
  state.sense = match[1]?.toUpperCase() === 'MAX' ? 'max' : 'min';
}

function readLine(state: State, section: string, line: Line): void {
  switch (section) {
    case 'OBJSENSE':
      return readSense(state, line, line.words[0] ?? '');
    case 'ROWS':
      return readRow(state, line);
    case 'COLUMNS':
      return readColumn(state, line);
    case 'RHS':
      return readRightSide(state, line);
    case 'BOUNDS':
      return readBound(state, line);
    case 'QUADOBJ':
    case 'QMATRIX':
      return readProduct(state, section, line);
    case 'NAME':
      return undefined;
    default:
      throw badLine(
        line,
        `the section ${section === '' ? 'before NAME or ROWS' : section} is not read here`,
      );
  }
}

function readRow(state: State, line: Line): void {
  const [type = '', name = ''] = line.words;
  const letter = type.toUpperCase();
  if (letter === 'N') {
    state.objectiveName ??= name;
    return;
  }
  const relation = relationOf[letter];
  if (relation === undefined || name === '')
    throw badLine(line, 'expected N, L, G or E and the name of a row');
  state.rows.set(name, { relation, sum: new Sums(), bound: 0 });
}

function readColumn(state: State, line: Line): void {
  if (line.words.some((word) => /^'?MARKER'?$/i.test(word))) {
    state.isInteger = line.words.some((word) => /INTORG/i.test(word));
    return;
  }
  const [name = ''] = line.words;
  const { isInteger } = state;
  if (!state.columns.has(name)) state.columns.set(name, { isInteger, isBinary: false, line });
  for (let k = 1; k < line.words.length; k += 2) {
    const sum = sumOf(state, line, line.words[k] ?? '');
    const weight = numberAt(line, k + 1, 'a weight');
    sum?.add(name, weight);
  }
}

/** The sum of a row; null for objectives beside the first, which count nothing. */
function sumOf(state: State, line: Line, row: string): Sums | null {
  if (row === state.objectiveName) return state.objective;
  const found = state.rows.get(row);
  if (found === undefined) throw badLine(line, `there is no row “${row}”`);
  return found.sum;
}

function readRightSide(state: State, line: Line): void {
  // The name of the set may be left out.
  const first = line.words.length % 2 === 0 ? 0 : 1;
  for (let k = first; k < line.words.length; k += 2) {
    const row = line.words[k] ?? '';
    const value = numberAt(line, k + 1, 'a number');
    if (row === state.objectiveName) {
      state.objective.constant = -value;
      continue;
    }
    const found = state.rows.get(row);
    if (found === undefined) throw badLine(line, `there is no row “${row}”`);
    found.bound = value;
  }
}

function readBound(state: State, line: Line): void {
  const kind = line.words[0]?.toUpperCase() ?? '';
  const isBinary = kind === 'BV';
  const name = line.words[isBinary ? line.words.length - 1 : line.words.length - 2] ?? '';
  const column = state.columns.get(name);
  if (column === undefined) throw badLine(line, `there is no column “${name}”`);
  if (isBinary) {
    column.isBinary = true;
    return;
  }
  const value = numberAt(line, line.words.length - 1, 'a bound');
  const isWithin =
    column.isInteger && ((kind === 'UP' && value === 1) || (kind === 'LO' && value === 0));
  if (!isWithin)
    throw badLine(
      line,
      `column “${name}” is not binary: only BV, UP 1 and LO 0 of integers are read`,
    );
}

function readProduct(state: State, section: string, line: Line): void {
  const [a = '', b = ''] = line.words;
  const value = numberAt(line, 2, 'a weight');
  for (const name of [a, b]) {
    if (!state.columns.has(name)) throw badLine(line, `there is no column “${name}”`);
  }
  // QUADOBJ lists one of two equal entries, QMATRIX both.
  const weight = section === 'QUADOBJ' && a !== b ? value : value / 2;
  state.objective.quadratic.push([a, b, weight]);
}
