import { AppError } from '../../base/errors.ts';
import { rngOf, shuffled } from '../../base/rng.ts';

/** How rows are divided (CONTRACT §4, `split`). */
export interface Split {
  readonly kind: 'stratified-folds' | 'holdout';
  readonly folds?: number | undefined;
  readonly testFraction?: number | undefined;
  readonly seed?: number | undefined;
}

export interface Fold {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** Positions in `labels`; stratified: every fold has the classes in the proportion of the whole. */
export function foldsOf(labels: readonly number[], split: Split): Fold[] {
  const rng = rngOf(split.seed ?? 0, 302);
  const count = split.kind === 'holdout' ? 1 : (split.folds ?? 5);
  const assigned = new Int32Array(labels.length).fill(-1);
  for (const label of [0, 1]) {
    const members = shuffled(
      labels.flatMap((one, i) => (one === label ? [i] : [])),
      rng,
    );
    const tested = Math.round(members.length * (split.testFraction ?? 0.2));
    members.forEach((i, k) => {
      assigned[i] = split.kind === 'holdout' ? (k < tested ? 0 : -1) : k % count;
    });
  }
  const all = labels.map((_, i) => i);
  const folds = Array.from({ length: count }, (_, fold) => ({
    train: all.filter((i) => assigned[i] !== fold),
    test: all.filter((i) => assigned[i] === fold),
  }));
  requireRows(labels, folds, split);
  return folds;
}

/** A fold without rows would count as one in which everything is wrong. */
function requireRows(labels: readonly number[], folds: readonly Fold[], split: Split): void {
  const empty = folds.findIndex(({ train, test }) => train.length === 0 || test.length === 0);
  if (empty < 0) return;
  const sizes = classSizes(labels).join(' and ');
  const part = folds[empty]?.test.length === 0 ? 'test' : 'train on';
  throw new AppError(
    'bad-input',
    split.kind === 'holdout'
      ? `A test fraction of ${split.testFraction ?? 0.2} leaves no row to ${part}: the classes have ${sizes} rows.`
      : `${folds.length} folds are too many: the classes have ${sizes} rows. Use at most ${Math.max(...classSizes(labels))} folds.`,
    { path: split.kind === 'holdout' ? 'problem.split.testFraction' : 'problem.split.folds' },
  );
}

function classSizes(labels: readonly number[]): readonly [number, number] {
  const ones = labels.reduce((sum, label) => sum + label, 0);
  return [labels.length - ones, ones];
}

/** Folds that train or test on one class alone: they say little, and their AUC is unknown. */
export function foldWarnings(labels: readonly number[], folds: readonly Fold[]): string[] {
  const isOne = (positions: readonly number[]): boolean =>
    positions.every((i) => labels[i] === labels[positions[0] as number]);
  const trained = folds.filter(({ train }) => isOne(train)).length;
  const tested = folds.filter(({ test }) => isOne(test)).length;
  const of = folds.length === 1 ? 'The split' : `Of ${folds.length} folds,`;
  const said = (count: number, what: string): string[] => {
    if (count === 0) return [];
    const verb = `${what}s on one class alone`;
    return [folds.length === 1 ? `${of} ${verb}.` : `${of} ${count} ${what} on one class alone.`];
  };
  return [...said(trained, 'train'), ...said(tested, 'test')];
}
