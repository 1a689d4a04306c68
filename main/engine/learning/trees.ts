import type { Read, treeShape } from '#shared/models/fitted.ts';
import type { Rng } from '#shared/base/rng.ts';

type Rows = readonly Float64Array[];

/** Bins that a feature is put into at most, as in scikit-learn's histogram boosting. */
const mostBins = 255;

/** Features as the numbers of bins: codes[k][i] is that of row i. */
export interface Binned {
  readonly codes: readonly Uint8Array[];
  /** Upper edges of the bins of each feature but the last: a value goes into the first bin whose edge it does not pass. */
  readonly edges: readonly Float64Array[];
}

/** Bins of about equally many rows; where there are fewer values, one each, cut half way between them. */
export function binned(rows: Rows): Binned {
  const size = rows[0]?.length ?? 0;
  const edges = Array.from({ length: size }, (_, k) =>
    edgesOf(Float64Array.from(rows, (row) => row[k] as number).sort()),
  );
  const codes = edges.map((cuts, k) =>
    Uint8Array.from(rows, (row) => binOf(cuts, row[k] as number)),
  );
  return { codes, edges };
}

function edgesOf(sorted: Float64Array): Float64Array {
  const values = sorted.filter((v, i) => i === 0 || v !== sorted[i - 1]);
  const middle = (low: number, high: number): number => low + (high - low) / 2;
  if (values.length <= mostBins) {
    return values.subarray(1).map((v, i) => middle(values[i] as number, v));
  }
  const cuts = new Set<number>();
  for (let b = 1; b < mostBins; b++) {
    const place = Math.floor((b * sorted.length) / mostBins);
    const [low, high] = [sorted[place - 1] as number, sorted[place] as number];
    cuts.add(middle(low, high));
  }
  return Float64Array.from(cuts);
}

function binOf(cuts: Float64Array, value: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > (cuts[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Its nodes in the order in which they are grown, so that children follow their parents. */
export type Tree = Read<typeof treeShape>;

type Node = Tree['nodes'][number];

export interface Growth {
  readonly maxDepth: number;
  readonly minLeaf: number;
  /** Features that are tried at each split; all of them where it is their number. */
  readonly tried: number;
  /** Added to the curvature of every leaf. */
  readonly penalty: number;
  readonly rng: Rng;
}

/** What a tree is grown on: each row's slope and curvature of the loss, and how often it counts. */
export interface Slopes {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

/**
 * The tree whose splits take most off the quadratic model of the loss, Σ G²/(H + penalty) over its leaves, level by
 * level over histograms (Friedman 2001; Chen and Guestrin 2016). A leaf is worth −G/(H + penalty). With gradient
 * −y and curvature 1 it is a regression tree of least squares, which for classes is the Gini impurity.
 */
export function grownTree(data: Binned, rows: Int32Array, slopes: Slopes, growth: Growth): Tree {
  const nodes: Node[] = [];
  const scratch = new Histogram(slopes);
  const grow = (members: Int32Array, depth: number): number => {
    const place = nodes.length;
    const { gradient, hessian } = scratch.enter(members);
    const value = -gradient / (hessian + growth.penalty || 1);
    const leaf: Node = { feature: -1, cut: 0, left: 0, right: 0, value };
    nodes.push(leaf);
    if (depth >= growth.maxDepth || members.length < 2 * growth.minLeaf) return place;
    const split = bestSplit(data, members, growth, scratch);
    if (split === null) return place;
    const { feature, bin } = split;
    const codes = data.codes[feature] as Uint8Array;
    const left = members.filter((i) => (codes[i] as number) <= bin);
    const right = members.filter((i) => (codes[i] as number) > bin);
    const cut = data.edges[feature]?.[bin] as number;
    nodes[place] = {
      feature,
      cut,
      left: grow(left, depth + 1),
      right: grow(right, depth + 1),
      value,
    };
    return place;
  };
  grow(rows, 0);
  return { nodes };
}

/** Sums over the rows of a node, and of one feature's bins. */
class Histogram {
  readonly gradient = new Float64Array(mostBins + 1);
  readonly hessian = new Float64Array(mostBins + 1);
  readonly count = new Int32Array(mostBins + 1);
  readonly #slopes: Slopes;
  /** Slopes of the node's rows, one after the other, for all of its features. */
  readonly #own: Slopes;

  readonly #bins = new Uint8Array(mostBins + 1);
  #used: Uint8Array = this.#bins.subarray(0, 0);

  constructor(slopes: Slopes) {
    this.#slopes = slopes;
    const size = slopes.gradient.length;
    this.#own = { gradient: new Float64Array(size), hessian: new Float64Array(size) };
  }

  /** Goes to the rows of a node. `most` is Σ g²/h, which no split into any leaves is worth more than. */
  enter(members: Int32Array): Sums {
    const [own, all] = [this.#own, this.#slopes];
    let [gradient, hessian, most] = [0, 0, 0];
    for (let m = 0; m < members.length; m++) {
      const i = members[m] as number;
      const g = all.gradient[i] as number;
      const h = all.hessian[i] as number;
      own.gradient[m] = g;
      own.hessian[m] = h;
      gradient += g;
      hessian += h;
      most += (g * g) / h;
    }
    return { gradient, hessian, most };
  }

  /** The bins of a feature over the rows that were entered; gives those that have rows, ascending. */
  fill(codes: Uint8Array, members: Int32Array): Uint8Array {
    const { gradient, hessian, count } = this;
    const own = this.#own;
    const [slopes, curvatures] = [own.gradient, own.hessian];
    for (const b of this.#used) {
      gradient[b] = 0;
      hessian[b] = 0;
      count[b] = 0;
    }
    let used = 0;
    for (let m = 0; m < members.length; m++) {
      const b = codes[members[m] as number] as number;
      if (count[b] === 0) this.#bins[used++] = b;
      gradient[b] = (gradient[b] as number) + (slopes[m] as number);
      hessian[b] = (hessian[b] as number) + (curvatures[m] as number);
      count[b] = (count[b] as number) + 1;
    }
    this.#used = this.#bins.subarray(0, used).sort();
    return this.#used;
  }
}

interface Sums {
  readonly gradient: number;
  readonly hessian: number;
  readonly most: number;
}

function bestSplit(
  data: Binned,
  members: Int32Array,
  growth: Growth,
  histogram: Histogram,
): Split | null {
  const { penalty, minLeaf } = growth;
  const whole = histogram.enter(members);
  const score = (g: number, h: number): number => (g * g) / (h + penalty || 1);
  const before = score(whole.gradient, whole.hessian);
  // Rows that all want the same value are left together.
  if (whole.most - before <= 1e-12 * whole.most) return null;
  let best: Split | null = null;
  for (const feature of triedFeatures(data.codes.length, growth)) {
    const used = histogram.fill(data.codes[feature] as Uint8Array, members);
    let [gradient, hessian, count] = [0, 0, 0];
    for (const bin of used.subarray(0, -1)) {
      count += histogram.count[bin] as number;
      gradient += histogram.gradient[bin] as number;
      hessian += histogram.hessian[bin] as number;
      if (count < minLeaf || members.length - count < minLeaf) continue;
      const gain =
        score(gradient, hessian) +
        score(whole.gradient - gradient, whole.hessian - hessian) -
        before;
      if (gain > 1e-12 * Math.abs(before) + 1e-15 && gain > (best?.gain ?? 0)) {
        best = { feature, bin, gain };
      }
    }
  }
  return best;
}

/** All features, or as many different ones as are tried, in the order of their draw. */
function triedFeatures(size: number, { tried, rng }: Growth): number[] {
  const all = Array.from({ length: size }, (_, k) => k);
  if (tried >= size) return all;
  for (let k = 0; k < tried; k++) {
    const j = k + rng.below(size - k);
    [all[k], all[j]] = [all[j] as number, all[k] as number];
  }
  return all.slice(0, tried);
}

export function treeValue({ nodes }: Tree, row: Float64Array): number {
  let node = nodes[0] as Node;
  while (node.feature >= 0) {
    node = nodes[(row[node.feature] as number) <= node.cut ? node.left : node.right] as Node;
  }
  return node.value;
}
