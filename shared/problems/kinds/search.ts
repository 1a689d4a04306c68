import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { AppError } from '../../base/errors.ts';
import { allValues, quadraticForm } from '../binary-problem.ts';
import { formulaOf } from '../formats/boolean-formula.ts';
import { defineProblem, type ProblemFault } from '../problem-kind.ts';
import { indexFaults } from '../variables.ts';
import { offer, type Seen } from '../view.ts';
import { type SearchProblem, searchView } from '../views/search.ts';

/** A search of more has circuits that take longer to list than all assignments to try. */
export const mostSearchVariables = 14;

const fields = [
  {
    kind: 'integer',
    id: 'variables',
    title: 'Variables',
    help: 'How many bits are searched.',
    default: null,
    required: true,
    min: 1,
    max: mostSearchVariables,
  },
  {
    kind: 'texts',
    id: 'marked',
    title: 'Marked strings',
    help: 'The strings that are looked for, variable 0 rightmost. One of these, a formula or a threshold says what is looked for.',
    default: null,
    minCount: 1,
  },
  {
    kind: 'text',
    id: 'formula',
    title: 'Formula',
    help: 'What holds for a string that is looked for: (x0 | !x1) & x2 ^ x3. ! binds most, then &, ^ and |.',
    default: null,
  },
  {
    kind: 'group',
    id: 'threshold',
    title: 'Threshold',
    help: 'A quadratic function of the bits and the bound that it must keep.',
    default: null,
    members: [
      {
        kind: 'numbers',
        id: 'linear',
        title: 'Linear weights',
        help: 'One weight for each variable.',
        default: null,
        required: true,
      },
      {
        kind: 'tuples',
        id: 'quadratic',
        title: 'Quadratic weights',
        help: 'Pairs of variables (from 0) with a weight that counts where both are 1.',
        default: [],
        columns: [
          { id: 'i', title: 'Variable', kind: 'integer', min: 0 },
          { id: 'j', title: 'Variable', kind: 'integer', min: 0 },
          { id: 'weight', title: 'Weight', kind: 'number' },
        ],
      },
      {
        kind: 'choice',
        id: 'relation',
        title: 'Relation',
        help: 'How the value compares with the bound.',
        default: '<=',
        options: [
          { value: '<=', title: 'At most' },
          { value: '>=', title: 'At least' },
        ],
      },
      {
        kind: 'number',
        id: 'bound',
        title: 'Bound',
        help: 'What the value is compared with.',
        default: null,
        required: true,
      },
    ],
  },
] as const satisfies readonly ParameterDescriptor[];

type Search = ValuesOf<typeof fields>;

export const search = defineProblem({
  kind: 'search',
  title: 'Search',
  summary:
    'Strings of bits that are listed, satisfy a formula, or keep a quadratic function within a bound.',
  fields,
  faults: faultsOf,
  views: [
    offer(
      searchView,
      (problem: Search): Seen<SearchProblem> => ({
        value: { variables: problem.variables, isMarked: marksOf(problem) },
        warnings: [],
      }),
    ),
  ],
  // One of four strings is found with certainty by one iteration.
  example: { problem: { variables: 2, formula: 'x0 & !x1' }, answers: { search: 1 } },
});

function faultsOf({ variables, marked, formula, threshold }: Search): ProblemFault[] {
  const given = Object.entries({ marked, formula, threshold }).filter(
    ([, one]) => one !== undefined,
  );
  if (given.length !== 1) {
    const names = given.length === 0 ? 'none of them' : given.map(([name]) => name).join(' and ');
    return [
      { path: 'marked', message: `expected one of marked, formula and threshold; got ${names}` },
    ];
  }
  return [
    ...(marked ?? []).flatMap((text, k) =>
      new RegExp(`^[01]{${variables}}$`).test(text)
        ? []
        : [
            {
              path: `marked[${k}]`,
              message: `expected ${variables} letters 0 or 1; got “${text}”`,
            },
          ],
    ),
    ...(formula === undefined ? [] : formulaFaults(formula, variables)),
    ...(threshold === undefined ? [] : thresholdFaults(threshold, variables)),
  ];
}

function formulaFaults(formula: string, variables: number): ProblemFault[] {
  try {
    formulaOf(formula, variables);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ path: 'formula', message: error.message }];
  }
}

function thresholdFaults(
  { linear, quadratic }: NonNullable<Search['threshold']>,
  variables: number,
): ProblemFault[] {
  const got = linear.length;
  return [
    ...(got === variables
      ? []
      : [{ path: 'threshold.linear', message: `expected ${variables} weights; got ${got}` }]),
    ...indexFaults('threshold.quadratic', quadratic, variables, 'variable'),
  ];
}

function marksOf({ variables, marked, formula, threshold }: Search): Uint8Array {
  const marks = new Uint8Array(2 ** variables);
  for (const text of marked ?? []) marks[Number.parseInt(text, 2)] = 1;
  if (formula !== undefined) {
    const holds = formulaOf(formula, variables);
    marks.forEach((_, index) => (marks[index] = holds(index) ? 1 : 0));
  }
  if (threshold !== undefined) {
    const { linear, quadratic, relation, bound } = threshold;
    const form = quadraticForm(variables, 0, linear, quadratic);
    allValues(form).forEach((value, index) => {
      const slack = 1e-9 * Math.max(1, Math.abs(bound));
      marks[index] = (relation === '<=' ? value <= bound + slack : value >= bound - slack) ? 1 : 0;
    });
  }
  return marks;
}
