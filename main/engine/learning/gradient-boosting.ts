import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { fittedShape, float, listOf, type Read, treeShape } from '#shared/models/fitted.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { type FitTask, type Learner, learnerOf, logistic } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { binned, grownTree, type Tree, treeValue } from './trees.ts';

const parameters: readonly ParameterDescriptor[] = [
  {
    kind: 'integer',
    id: 'trees',
    title: 'Trees',
    help: 'How many trees are added up.',
    default: 100,
    min: 1,
    max: 100_000,
  },
  {
    kind: 'integer',
    id: 'maxDepth',
    title: 'Depth',
    help: 'Splits from root to leaf at most.',
    default: 3,
    min: 1,
    max: 30,
  },
  {
    kind: 'number',
    id: 'learningRate',
    title: 'Learning rate',
    help: 'Share of each tree that is added; smaller needs more trees.',
    default: 0.1,
    min: 0,
    exclusiveMin: true,
    max: 1,
  },
  {
    kind: 'integer',
    id: 'minLeaf',
    title: 'Rows in a leaf',
    help: 'At least so many rows stay in every leaf.',
    default: 1,
    min: 1,
    advanced: true,
  },
  {
    kind: 'number',
    id: 'penalty',
    title: 'Penalty',
    help: 'Weight of the squared values of leaves.',
    default: 0,
    min: 0,
    advanced: true,
  },
];

const shape = fittedShape({ start: float, rate: float, trees: listOf(treeShape) });

/** The sum of trees, each of which goes down the loss at what the ones before it say. */
function boosted(
  { train: { rows: train }, labels, rng }: FitTask,
  settings: Settings,
  areClasses: boolean,
): Read<typeof shape> {
  const n = train.length;
  const rate = settings['learningRate'] as number;
  const data = binned(train);
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const start = startOf(labels, areClasses);
  const said = new Float64Array(n).fill(start);
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n).fill(1);
  const trees: Tree[] = [];
  for (let t = 0; t < (settings['trees'] as number); t++) {
    for (let i = 0; i < n; i++) {
      const told = areClasses ? logistic(said[i] as number) : (said[i] as number);
      gradient[i] = told - (labels[i] as number);
      if (areClasses) hessian[i] = Math.max(told * (1 - told), 1e-16);
    }
    const tree = grownTree(
      data,
      all,
      { gradient, hessian },
      {
        maxDepth: settings['maxDepth'] as number,
        minLeaf: settings['minLeaf'] as number,
        tried: data.codes.length,
        penalty: settings['penalty'] as number,
        rng,
      },
    );
    trees.push(tree);
    for (let i = 0; i < n; i++) {
      said[i] = (said[i] as number) + rate * treeValue(tree, train[i] as Float64Array);
    }
  }
  return { start, rate, trees };
}

/** The best constant: the mean, or its log-odds where labels are classes; those of one class alone stay finite. */
function startOf(labels: readonly number[], areClasses: boolean): number {
  const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  if (!areClasses) return mean;
  const share = Math.min(1 - 1e-10, Math.max(1e-10, mean));
  return Math.log(share / (1 - share));
}

function boosting(settings: Settings, areClasses: boolean): Learner {
  return learnerOf({
    id: 'gradient-boosting',
    preprocessing: [],
    tells: areClasses ? 'log-odds' : 'values',
    model: shape,
    train: (task) => boosted(task, settings, areClasses),
    says:
      ({ start, rate, trees }) =>
      (row) =>
        trees.reduce((sum, tree) => sum + rate * treeValue(tree, row), start),
  });
}

export const gradientBoosting = defineLearner({
  id: 'gradient-boosting',
  title: 'Gradient boosting',
  summary:
    'A sum of small trees, each on what the ones before it left over, on histograms of the features.',
  kind: 'classical',
  parameters,
  classes: ({ settings }) => boosting(settings, true),
  values: ({ settings }) => boosting(settings, false),
});
