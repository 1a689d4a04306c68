import { AppError } from '../../base/errors.ts';
import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, type Constraint, quadraticForm } from '../binary-problem.ts';
import { besideFile, fileFaults, fileFields } from '../formats/file-fields.ts';
import { programOfText } from '../formats/written-program.ts';
import type { Objective } from '../objective.ts';
import { defineProblem, type ProblemFault } from '../problem-kind.ts';
import { textOfFile } from '../tables/text-file.ts';
import type { Seen } from '../view.ts';
import { offerBinary } from '../views/binary.ts';

const weighed = [
  {
    kind: 'json',
    id: 'linear',
    title: 'Linear weights',
    help: 'One weight for each variable in their order, [1, 2, 0], or weights by name, {"a": 1, "b": 2}; the others are 0.',
    default: null,
    shape: 'weights',
  },
  {
    kind: 'json',
    id: 'quadratic',
    title: 'Quadratic weights',
    help: 'Pairs of variables with a weight that counts where both are 1: [[0, 1, 2.5]] or [["a", "b", 2.5]].',
    default: null,
    shape: 'pairs',
  },
] as const satisfies readonly ParameterDescriptor[];

const fields = [
  {
    kind: 'json',
    id: 'variables',
    title: 'Variables',
    help: 'How many there are, or their names: 3, or ["a", "b", "c"]. Each is 0 or 1. Needed unless a file gives them.',
    default: null,
    shape: 'names',
  },
  {
    kind: 'group',
    id: 'objective',
    title: 'Objective',
    help: 'What is made small or large. Needed unless a file gives it.',
    default: null,
    members: [
      ...weighed,
      {
        kind: 'number',
        id: 'constant',
        title: 'Constant',
        help: 'Added to every value.',
        default: 0,
      },
      {
        kind: 'choice',
        id: 'sense',
        title: 'Sense',
        help: 'Whether the value is made small or large.',
        default: 'min',
        options: [
          { value: 'min', title: 'Minimise' },
          { value: 'max', title: 'Maximise' },
        ],
      },
    ],
  },
  {
    kind: 'list',
    id: 'constraints',
    title: 'Constraints',
    help: 'Weighted sums that must stay within a bound. Empty: every assignment is feasible.',
    default: null,
    members: [
      ...weighed,
      {
        kind: 'choice',
        id: 'relation',
        title: 'Relation',
        help: 'How the sum compares with the bound.',
        default: null,
        required: true,
        options: [
          { value: '<=', title: 'At most' },
          { value: '=', title: 'Equal to' },
          { value: '>=', title: 'At least' },
        ],
      },
      {
        kind: 'number',
        id: 'bound',
        title: 'Bound',
        help: 'What the sum is compared with.',
        default: null,
        required: true,
      },
      {
        kind: 'text',
        id: 'name',
        title: 'Name of the constraint',
        help: 'As messages call it. Empty: its place.',
        default: null,
      },
    ],
  },
  ...fileFields('a program as LP (CPLEX) or MPS write it, with binary variables alone'),
] as const satisfies readonly ParameterDescriptor[];

type Fields = ValuesOf<typeof fields>;

/** The fields with variables and objective there: as they were given, or as a file has them. */
type BinaryProgram = Pick<Fields, 'constraints'> & {
  readonly variables: NonNullable<Fields['variables']>;
  readonly objective: NonNullable<Fields['objective']>;
};
type Sum = Pick<BinaryProgram['objective'], 'linear' | 'quadratic'>;
type Weights = NonNullable<Sum['linear']>;

export const binaryProgram = defineProblem({
  kind: 'binary-program',
  title: 'Binary program',
  summary: 'A quadratic function of bits under linear and quadratic constraints, written out.',
  fields,
  faults: (problem) => [
    ...fileFaults(problem, { variables: problem.variables, objective: problem.objective }),
    ...besideFile(problem, 'constraints', problem.constraints ?? []),
    ...(isGiven(problem) ? programFaults(problem) : []),
  ],
  aim: ({ objective, text }) => objective?.sense ?? senseOf(text),
  views: [
    offerBinary((problem: Fields, files): Seen<BinaryProblem> => {
      const text = textOfFile(problem, files);
      const program = text === null ? problem : programOfText(text);
      if (isGiven(program)) return { value: programProblem(program), warnings: [] };
      throw new AppError(
        'bad-input',
        'A binary program has variables and an objective, or a file.',
        {
          path: 'problem.variables',
        },
      );
    }),
  ],
  example: {
    // a and b exclude each other; a with c weighs 3 and is worth 8.
    problem: {
      variables: ['a', 'b', 'c'],
      objective: { linear: { a: 5, b: 4, c: 3 }, sense: 'max' },
      constraints: [
        { linear: [2, 2, 1], relation: '<=', bound: 3 },
        { quadratic: [['a', 'b', 1]], relation: '=', bound: 0 },
      ],
    },
    answers: { optimisation: 8, energies: -8 },
  },
});

function isGiven(
  problem: Pick<Fields, 'variables' | 'objective' | 'constraints'>,
): problem is BinaryProgram {
  return problem.variables !== undefined && problem.objective !== undefined;
}

/** The sense of a file's text; null where it is not there or cannot be read, which the run tells. */
function senseOf(text: string | undefined): Objective | null {
  if (text === undefined) return null;
  try {
    return programOfText(text).objective.sense;
  } catch {
    return null;
  }
}

function namesOf({ variables }: Pick<BinaryProgram, 'variables'>): readonly string[] | null {
  return typeof variables === 'number' ? null : variables;
}

function countOf({ variables }: Pick<BinaryProgram, 'variables'>): number {
  return typeof variables === 'number' ? variables : variables.length;
}

function programFaults(problem: BinaryProgram): ProblemFault[] {
  const names = namesOf(problem) ?? [];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  const constraints = problem.constraints ?? [];
  const faults = [
    ...(twice === undefined ? [] : [{ path: 'variables', message: `“${twice}” is named twice` }]),
    ...sumFaults(problem, problem.objective, 'objective'),
    ...constraints.flatMap((one, k) => sumFaults(problem, one, `constraints[${k}]`)),
  ];
  return faults.length > 0 ? faults : constraints.flatMap((_, k) => reachFaults(problem, k));
}

/** Variables that are not there. */
function sumFaults(
  problem: BinaryProgram,
  { linear = [], quadratic = [] }: Sum,
  path: string,
): ProblemFault[] {
  const count = countOf(problem);
  const unknown = (place: number | string): string | null =>
    placeOf(problem, place) === null
      ? typeof place === 'number'
        ? `names variable ${place}, and there are only 0 to ${count - 1}`
        : `names “${place}”, which is no variable`
      : null;
  const places: { path: string; message: string | null }[] = isList(linear)
    ? [
        {
          path: `${path}.linear`,
          message:
            linear.length === 0 || linear.length === count
              ? null
              : `expected a weight for each of ${count} variables, got ${linear.length}`,
        },
      ]
    : Object.keys(linear).map((name) => ({
        path: `${path}.linear.${name}`,
        message: unknown(name),
      }));
  const pairs = quadratic.map(([i, j], k) => ({
    path: `${path}.quadratic[${k}]`,
    message: unknown(i) ?? unknown(j),
  }));
  return [...places, ...pairs].flatMap(({ path: at, message }) =>
    message === null ? [] : [{ path: at, message }],
  );
}

/** A constraint that no assignment reaches makes the problem infeasible. */
function reachFaults(problem: BinaryProgram, k: number): ProblemFault[] {
  const constraint = constraintOf(problem, k);
  const weights = [...constraint.linear, ...constraint.quadratic].map(
    (term) => term.at(-1) as number,
  );
  const low = weights.reduce((sum, w) => sum + Math.min(0, w), 0);
  const high = weights.reduce((sum, w) => sum + Math.max(0, w), 0);
  const { relation, bound } = constraint;
  const slack = 1e-9 * Math.max(Math.abs(bound), Math.abs(low), Math.abs(high));
  const isLow = relation !== '>=' && low > bound + slack;
  const isHigh = relation !== '<=' && high < bound - slack;
  if (!isLow && !isHigh) return [];
  return [
    {
      path: `constraints[${k}]`,
      message: `no assignment makes its sum ${relation} ${bound}: it lies between ${low} and ${high}, so the problem has no solution`,
    },
  ];
}

function isList(weights: Weights): weights is readonly number[] {
  return Array.isArray(weights);
}

/** The place of a variable; null where there is none. A count of variables has the names "0", "1" and so on. */
function placeOf(problem: BinaryProgram, place: number | string): number | null {
  const names = namesOf(problem);
  const found =
    typeof place === 'number' ? place : names === null ? Number(place) : names.indexOf(place);
  return Number.isInteger(found) && found >= 0 && found < countOf(problem) ? found : null;
}

function linearTerms(problem: BinaryProgram, linear: Weights): [number, number][] {
  const entries: (readonly [number | string, number])[] = isList(linear)
    ? linear.map((w, i) => [i, w] as const)
    : Object.entries(linear);
  return entries.flatMap(([place, w]): [number, number][] => {
    const i = placeOf(problem, place);
    return i === null || w === 0 ? [] : [[i, w]];
  });
}

function programProblem(problem: BinaryProgram): BinaryProblem {
  const { objective, constraints = [] } = problem;
  const names = namesOf(problem);
  const count = countOf(problem);
  const form = formOf(problem, objective);
  return {
    variables: count,
    labels: names,
    sense: objective.sense,
    objective: { ...form, constant: objective.constant },
    constraints: constraints.map((_, k) => constraintOf(problem, k)),
    ...(names === null
      ? {}
      : { meaning: (x) => ({ solution: { chosen: names.filter((_, i) => x[i] === 1) } }) }),
  };
}

/** The weights by place; x² = x, and pairs that are listed twice are added up. */
function formOf(problem: BinaryProgram, { linear = [], quadratic = [] }: Sum) {
  const dense = Array.from({ length: countOf(problem) }, () => 0);
  for (const [i, w] of linearTerms(problem, linear)) dense[i] = (dense[i] ?? 0) + w;
  const pairs = quadratic.map(
    ([i, j, w]) => [placeOf(problem, i) ?? 0, placeOf(problem, j) ?? 0, w] as const,
  );
  return quadraticForm(countOf(problem), 0, dense, pairs);
}

function constraintOf(problem: BinaryProgram, k: number): Constraint {
  const written = problem.constraints?.[k];
  const { linear, quadratic } = formOf(problem, written ?? {});
  return {
    name: written?.name ?? `constraints[${k}]`,
    linear: Array.from(linear, (w, i) => [i, w] as const).filter(([, w]) => w !== 0),
    quadratic,
    relation: written?.relation ?? '=',
    bound: written?.bound ?? 0,
  };
}
