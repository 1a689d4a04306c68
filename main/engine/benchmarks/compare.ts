import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import {
  bayesianSignedRank,
  type SignedRankPosterior,
} from '../statistics/bayesian-signed-rank.ts';
import {
  averageRanks,
  type Friedman,
  friedman,
  groupsWithin,
  type Nemenyi,
  nemenyi,
} from '../statistics/friedman.ts';
import { holm, wilcoxon } from '../statistics/wilcoxon.ts';

/** One score of a model on a data set; `run` names its seed and fold, null where the file has neither. */
export interface Score {
  readonly dataset: string;
  readonly model: string;
  readonly run: string | null;
  readonly value: number;
}

export interface CompareOptions {
  readonly lowerIsBetter: boolean;
  /** Level of the tests. */
  readonly alpha: number;
  /** Half width of the region of practical equivalence, in units of the metric. */
  readonly rope: number;
  readonly seed: number;
}

export interface ModelPair {
  readonly a: string;
  readonly b: string;
  /** Mean of a − b over the data sets that have both. */
  readonly meanDifference: number;
  /** Cohen's d of the differences; 0 where all of them are 0, else infinite where they do not vary. */
  readonly effectSize: number;
  readonly wilcoxon: { readonly W: number; readonly p: number; readonly pHolm: number };
  /** `left`: that a is better. */
  readonly bayesianSignedRank: SignedRankPosterior;
}

export interface TableCell {
  readonly mean: number;
  /** Over seeds and folds (ddof 1); null where there is one score. */
  readonly deviation: number | null;
  /** The best of its row, by tests over its runs against each other model. */
  readonly best: boolean;
}

export interface Comparison {
  readonly datasets: readonly string[];
  readonly models: readonly string[];
  /** 1 is best. Over the blocks that have every model. */
  readonly averageRanks: Readonly<Record<string, number>>;
  readonly friedman: Friedman | null;
  readonly nemenyi: Nemenyi | null;
  readonly pairs: readonly ModelPair[];
  readonly groups: readonly (readonly string[])[];
  readonly table: {
    readonly rows: readonly string[];
    readonly columns: readonly string[];
    /** cells[row][column]; null where a model has no score. */
    readonly cells: readonly (readonly (TableCell | null)[])[];
  };
  readonly warnings: readonly string[];
}

/**
 * Compares models over data sets as Demšar (JMLR 7, 2006) and Benavoli et al. (JMLR 18, 2017) advise. Scores of
 * several seeds or folds are averaged first; with one data set alone its runs stand in for data sets.
 */
export function compareModels(scores: readonly Score[], options: CompareOptions): Comparison {
  const datasets = distinct(scores.map(({ dataset }) => dataset));
  const models = distinct(scores.map(({ model }) => model));
  if (models.length < 2) {
    throw new AppError(
      'bad-input',
      `A comparison needs two models at least; the file has ${models.length === 0 ? 'none' : `only “${models[0]}”`}.`,
    );
  }
  const warnings: string[] = [];
  const blocks = blocksOf(scores, datasets, warnings);
  const whole = wholeBlocks(blocks, models, warnings);
  const sign = options.lowerIsBetter ? 1 : -1;
  const ranked = whole.map((block) => models.map((model) => sign * (block.get(model) as number)));
  const ranks = ranked.length === 0 ? null : averageRanks(ranked);
  const tested = ranked.length >= 2;
  if (!tested) {
    warnings.push(
      'Friedman’s test needs two data sets at least that have every model; its fields are null.',
    );
  }
  const critical = tested ? nemenyi(models.length, ranked.length, options.alpha) : null;
  const groups =
    ranks === null || critical === null ? [] : groupsWithin(ranks, critical.criticalDifference);
  return {
    datasets,
    models,
    averageRanks: Object.fromEntries(models.map((model, m) => [model, ranks?.[m] ?? Number.NaN])),
    friedman: tested ? friedman(ranked) : null,
    nemenyi: critical,
    pairs: pairsOf(blocks, models, options, warnings),
    groups: groups.map((group) => group.map((m) => models[m] as string)),
    table: tableOf(scores, datasets, models, options),
    warnings,
  };
}

/** One value a model. */
type Block = ReadonlyMap<string, number>;

function blocksOf(
  scores: readonly Score[],
  datasets: readonly string[],
  warnings: string[],
): Block[] {
  const byDataset = datasets.map((name) => scores.filter(({ dataset }) => dataset === name));
  const [only] = byDataset;
  const runs = distinct((only ?? []).flatMap(({ run }) => (run === null ? [] : [run])));
  if (byDataset.length === 1 && only !== undefined && runs.length > 1) {
    warnings.push(
      `There is one data set: its ${runs.length} runs are compared in place of data sets. Folds of one data set share training rows, so the tests see more than there is.`,
    );
    return runs.map((run) => meansOf(only.filter((score) => score.run === run)));
  }
  return byDataset.map(meansOf);
}

function meansOf(scores: readonly Score[]): Block {
  const byModel = Map.groupBy(scores, ({ model }) => model);
  return new Map(
    [...byModel].map(([model, own]) => [model, mean(own.map(({ value }) => value))] as const),
  );
}

function wholeBlocks(
  blocks: readonly Block[],
  models: readonly string[],
  warnings: string[],
): readonly Block[] {
  const whole = blocks.filter((block) => models.every((model) => block.has(model)));
  const left = blocks.length - whole.length;
  if (left > 0) {
    warnings.push(
      `${left} of ${blocks.length} data sets lack a model: they are left out of the ranks and of Friedman’s test.`,
    );
  }
  return whole;
}

function pairsOf(
  blocks: readonly Block[],
  models: readonly string[],
  options: CompareOptions,
  warnings: string[],
): ModelPair[] {
  const found = models.flatMap((a, i) =>
    models.slice(i + 1).map((b, j) => {
      const both = blocks.filter((block) => block.has(a) && block.has(b));
      if (both.length < blocks.length) {
        warnings.push(`“${a}” and “${b}” share ${both.length} of ${blocks.length} data sets.`);
      }
      const differences = both.map((block) => (block.get(a) as number) - (block.get(b) as number));
      const advantages = options.lowerIsBetter ? differences.map((d) => -d) : differences;
      return {
        a,
        b,
        meanDifference: mean(differences),
        effectSize: cohen(differences),
        test: wilcoxon(differences),
        bayesianSignedRank: bayesianSignedRank(
          advantages,
          options.rope,
          rngOf(options.seed, i, i + 1 + j),
        ),
      };
    }),
  );
  const corrected = holm(found.map(({ test }) => test.p));
  return found.map(({ test, bayesianSignedRank: posterior, ...pair }, k) => ({
    ...pair,
    wilcoxon: { ...test, pHolm: corrected[k] as number },
    bayesianSignedRank: posterior,
  }));
}

function tableOf(
  scores: readonly Score[],
  datasets: readonly string[],
  models: readonly string[],
  options: CompareOptions,
): Comparison['table'] {
  const cells = datasets.map((name) => {
    const own = Map.groupBy(
      scores.filter(({ dataset }) => dataset === name),
      ({ model }) => model,
    );
    const best = bestOf(own, options);
    return models.map((model): TableCell | null => {
      const values = own.get(model)?.map(({ value }) => value);
      if (values === undefined) return null;
      const spread = values.length < 2 ? null : deviation(values);
      return { mean: mean(values), deviation: spread, best: model === best };
    });
  });
  return { rows: datasets, columns: models, cells };
}

/** The model that is better than every other one over the runs they share, after Holm's correction. */
function bestOf(
  own: ReadonlyMap<string, readonly Score[]>,
  { lowerIsBetter, alpha }: CompareOptions,
): string | null {
  const sign = lowerIsBetter ? -1 : 1;
  const byRun = [...own].map(([model, scores]) => {
    const runs = new Map(scores.flatMap(({ run, value }) => (run === null ? [] : [[run, value]])));
    return { model, runs, mean: sign * mean(scores.map(({ value }) => value)) };
  });
  const best = byRun.reduce((a, b) => (b.mean > a.mean ? b : a));
  const others = byRun.filter((one) => one !== best);
  const ps = others.map((other) => {
    const differences = [...best.runs].flatMap(([run, value]) => {
      const against = other.runs.get(run);
      return against === undefined ? [] : [value - against];
    });
    return other.mean === best.mean ? 1 : wilcoxon(differences).p;
  });
  return others.length > 0 && holm(ps).every((p) => p < alpha) ? best.model : null;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function cohen(differences: readonly number[]): number {
  const centre = mean(differences);
  return centre === 0 ? 0 : centre / deviation(differences);
}
