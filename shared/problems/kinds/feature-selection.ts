import { AppError } from '../../base/errors.ts';
import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { notesOn, type Table } from '../../data/table.ts';
import { type BinaryProblem, cardinality, quadraticForm } from '../binary-problem.ts';
import { defineProblem } from '../problem-kind.ts';
import { featuresOf, readCell, wordsOf } from '../tables/features.ts';
import { equalFrequencyBins, mutualInformation } from '../tables/mutual-information.ts';
import { namedTable } from '../tables/named-table.ts';
import { cellIn } from '../tables/returns.ts';
import type { Seen } from '../view.ts';
import { offerBinary } from '../views/binary.ts';

const fields = [
  {
    kind: 'table',
    id: 'data',
    title: 'Data',
    help: 'A table with one row for each case.',
    default: null,
    required: true,
  },
  {
    kind: 'column',
    id: 'target',
    title: 'Target',
    help: 'The column that the features are to tell: classes, or numbers.',
    default: null,
    required: true,
    table: 'data',
    holds: 'features',
  },
  {
    kind: 'columns',
    id: 'features',
    title: 'Features',
    help: 'Columns to choose from. Empty: every column of numbers but the target.',
    default: null,
    table: 'data',
    holds: 'features',
    minCount: 1,
  },
  {
    kind: 'integer',
    id: 'budget',
    title: 'Features to choose',
    help: 'How many are chosen. Empty: as many as is best.',
    default: null,
    min: 1,
  },
  {
    kind: 'number',
    id: 'redundancy',
    title: 'Redundancy a',
    help: 'Weight of what two chosen features tell of each other against what each tells of the target.',
    default: 1,
    min: 0,
  },
  {
    kind: 'integer',
    id: 'bins',
    title: 'Bins',
    help: 'Into how many equally frequent bins the values of a column are put; a column with fewer values keeps them.',
    default: 8,
    min: 2,
    max: 1000,
  },
] as const satisfies readonly ParameterDescriptor[];

type FeatureSelection = ValuesOf<typeof fields>;

export const featureSelection = defineProblem({
  kind: 'feature-selection',
  title: 'Feature selection',
  summary:
    'Columns that tell much of a target and little of each other: −Σ I(x_i; y) + a Σ I(x_i; x_j) in nats (Peng, Long and Ding 2005).',
  fields,
  aim: () => 'min',
  views: [
    offerBinary((problem: FeatureSelection, files) =>
      selectionProblem(problem, namedTable(problem.data, files)),
    ),
  ],
  example: {
    // A tells everything of the target, ln 2; B is A again, and C tells nothing.
    problem: { data: 'example', target: 'class', redundancy: 2 },
    tables: {
      example: {
        columns: ['class', 'A', 'B', 'C'],
        rows: [
          [0, 1.5, 2.5, 0.5],
          [0, 1.5, 2.5, 1.5],
          [1, 2.5, 4.5, 0.5],
          [1, 2.5, 4.5, 1.5],
        ],
      },
    },
    answers: { optimisation: -Math.LN2, energies: -Math.LN2 },
  },
});

function selectionProblem(problem: FeatureSelection, table: Table): Seen<BinaryProblem> {
  const { target, budget, redundancy, bins } = problem;
  const { names, warnings } = featuresOf(table, target, problem.features);
  const columns = [target, ...names].map((name) => ({ name, at: table.columns.indexOf(name) }));
  const missing = columns.find(({ at }) => at < 0);
  if (missing !== undefined) {
    throw new AppError(
      'bad-input',
      `There is no column “${missing.name}”; the columns are ${table.columns.join(', ')}.`,
      { column: missing.name },
    );
  }
  const n = names.length;
  if (budget !== undefined && budget > n) {
    throw new AppError(
      'bad-input',
      `A budget of ${budget} needs at least that many features; there are ${n}.`,
      {
        path: 'problem.budget',
      },
    );
  }
  const complete = table.rows.flatMap((_, row) =>
    columns.every(({ at }) => cellIn(table, row, at) !== '') ? [row] : [],
  );
  const left = table.rows.length - complete.length;
  if (complete.length < 2) {
    throw new AppError(
      'bad-input',
      `Features are chosen by at least two whole rows; there are ${complete.length}.`,
      {
        path: 'problem.data',
      },
    );
  }
  const [told, ...binned] = columns.map(({ name, at }, k) => {
    const cells = complete.map((row) => cellIn(table, row, at));
    if (k === 0) return equalFrequencyBins(targetNumbers(cells), bins);
    const words = wordsOf(table, name, at, complete);
    return equalFrequencyBins(
      cells.map((cell) => readCell(words, cell)),
      bins,
    );
  });
  const linear = binned.map((one) => -mutualInformation(one, told ?? []));
  const pairs = binned.flatMap((a, i) =>
    binned
      .slice(i + 1)
      .map((b, k): [number, number, number] => [
        i,
        i + 1 + k,
        redundancy * mutualInformation(a, b),
      ]),
  );
  const value: BinaryProblem = {
    variables: n,
    labels: names,
    sense: 'min',
    objective: quadraticForm(n, 0, linear, pairs),
    constraints:
      budget === undefined ? [] : [cardinality(n, budget, 'the number of features to choose')],
    ...(budget === undefined ? {} : { feasible: names.map((_, i) => (i < budget ? 1 : 0)) }),
    meaning: (x) => ({
      solution: { chosen: names.filter((_, i) => x[i] === 1) },
    }),
  };
  return {
    value,
    warnings: [
      ...warnings,
      ...(left === 0 ? [] : [`${left} rows with a missing value were left out.`]),
      ...notesOn(table, new Set([target, ...names])),
    ],
  };
}

/** Numbers as they are; where a cell is none, its class by the order of the alphabet. */
function targetNumbers(cells: readonly string[]): number[] {
  const numbers = cells.map(Number);
  if (numbers.every(Number.isFinite)) return numbers;
  const classes = [...new Set(cells)].sort();
  return cells.map((cell) => classes.indexOf(cell));
}
