import { AppError } from '../../base/errors.ts';
import type { BinaryProblem, Constraint, QuadraticForm } from '../binary-problem.ts';

/** Names that LP takes for variables: no number, no word of its own, nothing with an operator in it. */
const plainName = /^(?![eE]\d)[A-Za-z_][A-Za-z0-9_.]*$/;
const reserved =
  /^(min|max|minimi[sz]e|maximi[sz]e|minimum|maximum|st|bounds?|bin|binary|binaries|general|generals|gen|integers?|end|free|inf|infinity)$/i;

/** The labels where all of them can stand in a file, else x0, x1, …, which comments explain. */
function namesOf({ variables, labels }: BinaryProblem): {
  readonly names: readonly string[];
  readonly comments: readonly string[];
} {
  const names = Array.from({ length: variables }, (_, i) => `x${i}`);
  if (labels === null) return { names, comments: [] };
  const isPlain =
    new Set(labels).size === variables &&
    labels.every((label) => plainName.test(label) && !reserved.test(label));
  if (isPlain) return { names: labels, comments: [] };
  return {
    names,
    comments: labels.map((label, i) => `x${i} is ${label.replaceAll(/[\r\n]+/g, ' ')}`),
  };
}

type Term = readonly [weight: number, text: string];

function sumText(terms: readonly Term[]): string {
  return terms
    .map(([weight, text], k) => {
      const sign = weight < 0 || Object.is(weight, -0) ? '- ' : k === 0 ? '' : '+ ';
      return `${sign}${Math.abs(weight)}${text === '' ? '' : ` ${text}`}`;
    })
    .join(' ');
}

const relationWords = { '<=': '<=', '=': '=', '>=': '>=' } as const;

/**
 * A problem in the LP format of CPLEX. Every variable stands in the objective, with 0 where it has no weight, so that they
 * are read in their order.
 */
export function lpOf(problem: BinaryProblem): string {
  const { names, comments } = namesOf(problem);
  const { objective, sense, constraints } = problem;
  const name = (i: number): string => names[i] as string;
  const products = (pairs: QuadraticForm['quadratic'], scale: number): string =>
    `[ ${sumText(pairs.map(([i, j, w]) => [scale * w, `${name(i)} * ${name(j)}`]))} ]`;
  const objectiveText = [
    sumText([
      ...Array.from(objective.linear, (w, i): Term => [w, name(i)]),
      ...(objective.constant === 0 ? [] : [[objective.constant, ''] as const]),
    ]),
    ...(objective.quadratic.length === 0 ? [] : [`+ ${products(objective.quadratic, 2)} / 2`]),
  ].join(' ');
  const rows = constraints.map((one, k) => {
    const linear = sumText(one.linear.map(([i, w]): Term => [w, name(i)]));
    const quadratic = one.quadratic.length === 0 ? '' : products(one.quadratic, 1);
    const sum = [linear, quadratic].filter((part) => part !== '').join(' + ');
    return ` c${k}: ${sum} ${relationWords[one.relation]} ${one.bound}`;
  });
  return [
    ...comments.map((one) => `\\ ${one}`),
    sense === 'min' ? 'Minimize' : 'Maximize',
    ` obj: ${objectiveText}`,
    'Subject To',
    ...rows,
    'Binary',
    ...names.map((one) => ` ${one}`),
    'End',
    '',
  ].join('\n');
}

/** A problem in free MPS; products are in QUADOBJ, and constraints must be linear. */
export function mpsOf(problem: BinaryProblem): string {
  const { names, comments } = namesOf(problem);
  const { objective, sense, constraints } = problem;
  const curved = constraints.find(({ quadratic }) => quadratic.length > 0);
  if (curved !== undefined) {
    throw new AppError(
      'unsupported',
      `MPS has no common way to write products in a constraint, and ${curved.name} has some. Write it as LP.`,
      { constraint: curved.name },
    );
  }
  const rowsOf = (i: number): string[] => [
    `    ${names[i]} obj ${objective.linear[i]}`,
    ...constraints.flatMap(({ linear }: Constraint, k) =>
      linear.filter(([at]) => at === i).map(([, w]) => `    ${names[i]} c${k} ${w}`),
    ),
  ];
  const letters = { '<=': 'L', '=': 'E', '>=': 'G' } as const;
  return [
    ...comments.map((one) => `* ${one}`),
    'NAME problem',
    'OBJSENSE',
    `    ${sense === 'min' ? 'MIN' : 'MAX'}`,
    'ROWS',
    ' N obj',
    ...constraints.map(({ relation }, k) => ` ${letters[relation]} c${k}`),
    'COLUMNS',
    "    M0 'MARKER' 'INTORG'",
    ...names.flatMap((_, i) => rowsOf(i)),
    "    M1 'MARKER' 'INTEND'",
    'RHS',
    ...(objective.constant === 0 ? [] : [`    RHS obj ${-objective.constant}`]),
    ...constraints.map(({ bound }, k) => `    RHS c${k} ${bound}`),
    'BOUNDS',
    ...names.map((one) => ` BV BND ${one}`),
    ...(objective.quadratic.length === 0
      ? []
      : ['QUADOBJ', ...objective.quadratic.map(([i, j, w]) => `    ${names[i]} ${names[j]} ${w}`)]),
    'ENDATA',
    '',
  ].join('\n');
}
