import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { fittedShape, listOf, treeShape } from '#shared/models/fitted.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import { type FitTask, type Learner, learnerOf } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { binned, grownTree, type Tree, treeValue } from './trees.ts';

const parameters: readonly ParameterDescriptor[] = [
  {
    kind: 'integer',
    id: 'trees',
    title: 'Trees',
    help: 'How many trees are averaged.',
    default: 100,
    min: 1,
    max: 10_000,
  },
  {
    kind: 'integer',
    id: 'maxDepth',
    title: 'Depth',
    help: 'Splits from root to leaf at most. Empty: until every leaf is pure.',
    default: null,
    min: 1,
    max: 100,
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
];

/** Trees on rows drawn with replacement (Breiman 2001): classes try √features at each split, values all of them. */
function forestOf(
  { train, labels, rng }: FitTask,
  settings: Settings,
  areClasses: boolean,
): Tree[] {
  const data = binned(train.rows);
  const [n, size] = [train.rows.length, data.codes.length];
  const tried = areClasses ? Math.max(1, Math.floor(Math.sqrt(size))) : size;
  return Array.from({ length: settings['trees'] as number }, () => {
    const weights = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const drawn = rng.below(n);
      weights[drawn] = (weights[drawn] as number) + 1;
    }
    const rows = Int32Array.from(weights.keys()).filter((i) => (weights[i] as number) > 0);
    const gradient = weights.map((weight, i) => -weight * (labels[i] as number));
    return grownTree(
      data,
      rows,
      { gradient, hessian: weights },
      {
        maxDepth: (settings['maxDepth'] as number | undefined) ?? Infinity,
        minLeaf: settings['minLeaf'] as number,
        tried,
        penalty: 0,
        rng,
      },
    );
  });
}

function meanOfTrees(settings: Settings, areClasses: boolean): Learner {
  return learnerOf({
    id: 'random-forest',
    preprocessing: [],
    tells: areClasses ? 'probabilities' : 'values',
    model: fittedShape({ trees: listOf(treeShape) }),
    train: (task) => ({ trees: forestOf(task, settings, areClasses) }),
    says:
      ({ trees }) =>
      (row) =>
        trees.reduce((sum, tree) => sum + treeValue(tree, row), 0) / trees.length,
  });
}

export const randomForest = defineLearner({
  id: 'random-forest',
  title: 'Random forest',
  summary: 'The mean of trees that are grown on drawn rows and, for classes, drawn features.',
  kind: 'classical',
  parameters,
  classes: ({ settings }) => meanOfTrees(settings, true),
  values: ({ settings }) => meanOfTrees(settings, false),
});
