import { AppError } from '#shared/base/errors.ts';

/** What each snapshot read: values[item · products + j] of the products that its basis has. */
export type Snapshots = {
  readonly group: number;
  readonly products: readonly number[];
  readonly values: Float64Array;
}[];

interface Asked {
  readonly items: number;
  /** Each observable as coefficients of products; `product` is null for the constant. */
  readonly sums: readonly (readonly {
    readonly coefficient: number;
    readonly product: number | null;
  }[])[];
  readonly groups: number;
  readonly seen: Snapshots;
  /** Readings of |0…0⟩, where every product should be 1; empty: nothing is taken out. */
  readonly zeros: Snapshots;
  /** Shots of a snapshot; null: exact. */
  readonly share: number | null;
}

export interface ShadowEstimates {
  readonly values: Float64Array;
  readonly stderrs: Float64Array;
  /** The largest standard error that the bases and shots can leave, whatever the state; null: exact. */
  readonly bound: number | null;
  /** Snapshots that read the product which fewest did. */
  readonly fewest: number;
  /** What reading leaves of the product that it harms most; 1 where nothing is taken out. */
  readonly leastKept: number;
}

/** Less is left of a product than can be divided by. */
const leastLeft = 0.05;

/** Of a product: how many snapshots read it in each group, and the part of its value that reading keeps. */
interface Product {
  readonly hits: Float64Array;
  readonly total: number;
  readonly kept: number;
}

/**
 * The median over groups of sums of means, each mean over the snapshots that read its product, divided by
 * what |0…0⟩ keeps of it. Standard errors by propagation from the spread of the snapshots; a median of many
 * means has √(π/2) times that of the mean of all.
 */
export function estimate(asked: Asked): ShadowEstimates {
  const products = productsOf(asked);
  const { items, sums, groups, seen } = asked;
  const values = new Float64Array(items * sums.length);
  const stderrs = new Float64Array(items * sums.length);
  const wider = groups > 2 ? Math.sqrt(Math.PI / 2) : 1;
  for (let item = 0; item < items; item++) {
    const means = meansOf(item, asked, products);
    sums.forEach((terms, j) => {
      const byGroup = Array.from({ length: groups }, (_, g) =>
        terms.reduce((sum, { coefficient, product }) => {
          if (product === null) return sum + coefficient;
          const kept = (products.get(product) as Product).kept;
          return sum + (coefficient * ((means.get(product) as Float64Array)[g] as number)) / kept;
        }, 0),
      ).toSorted((a, b) => a - b);
      const middle = (groups - 1) / 2;
      const low = byGroup[Math.floor(middle)] as number;
      values[item * sums.length + j] = (low + (byGroup[Math.ceil(middle)] as number)) / 2;
      const own = spreadOf(item, terms, asked, products);
      stderrs[item * sums.length + j] = Math.hypot(wider * own.snapshots, own.zeros);
    });
  }
  const all = [...products.values()];
  return {
    values,
    stderrs,
    bound: boundOf(asked, products),
    fewest: Math.min(seen.length, ...all.map(({ total }) => total)),
    leastKept: Math.min(1, ...all.map(({ kept }) => kept)),
  };
}

function productsOf({ sums, groups, seen, zeros }: Asked): Map<number, Product> {
  const wanted = new Set(sums.flat().flatMap(({ product }) => product ?? []));
  return new Map(
    Array.from(wanted, (product) => {
      const hits = new Float64Array(groups);
      for (const one of seen) {
        if (one.products.includes(product)) hits[one.group] = (hits[one.group] as number) + 1;
      }
      const read = zeros.map((one) => one.values[one.products.indexOf(product)] as number);
      const kept = read.length === 0 ? 1 : mean(read);
      if (kept < leastLeft) {
        throw new AppError(
          'unsupported',
          `Reading leaves ${kept.toFixed(3)} of a product of letters, too little to divide by. Use “readout”, or observables on fewer qubits.`,
        );
      }
      return [product, { hits, total: hits.reduce((a, b) => a + b, 0), kept }];
    }),
  );
}

/** Means of the readings of each product in each group. */
function meansOf(
  item: number,
  { groups, seen }: Asked,
  products: ReadonlyMap<number, Product>,
): Map<number, Float64Array> {
  const means = new Map([...products.keys()].map((one) => [one, new Float64Array(groups)]));
  for (const { group, products: own, values } of seen) {
    own.forEach((product, j) => {
      const sums = means.get(product) as Float64Array;
      const { hits } = products.get(product) as Product;
      const value = values[item * own.length + j] as number;
      sums[group] = (sums[group] as number) + value / (hits[group] as number);
    });
  }
  return means;
}

/** Standard errors of one observable from the spread of its snapshots, and from that of |0…0⟩. */
function spreadOf(
  item: number,
  terms: Asked['sums'][number],
  { seen, zeros }: Asked,
  products: ReadonlyMap<number, Product>,
): { readonly snapshots: number; readonly zeros: number } {
  const weights = weightsOf(terms);
  const whole = new Map<number, number>();
  for (const { products: own, values } of seen) {
    own.forEach((product, j) => {
      const { total } = products.get(product) as Product;
      const part = (values[item * own.length + j] as number) / total;
      whole.set(product, (whole.get(product) ?? 0) + part);
    });
  }
  let [squares, zeroSquares] = [0, 0];
  for (const { products: own, values } of seen) {
    const part = own.reduce((sum, product, j) => {
      const { total, kept } = products.get(product) as Product;
      const off = (values[item * own.length + j] as number) - (whole.get(product) as number);
      return sum + ((weights.get(product) ?? 0) * off) / (kept * total);
    }, 0);
    squares += part * part;
  }
  for (const { products: own, values } of zeros) {
    const part = own.reduce((sum, product, j) => {
      const { kept } = products.get(product) as Product;
      const slope = ((weights.get(product) ?? 0) * (whole.get(product) as number)) / kept ** 2;
      return sum + (slope * ((values[j] as number) - kept)) / zeros.length;
    }, 0);
    zeroSquares += part * part;
  }
  const unbiased = (n: number): number => (n > 1 ? n / (n - 1) : 1);
  const fewest = Math.min(
    ...[...weights.keys()].map((product) => (products.get(product) as Product).total),
  );
  return {
    snapshots: Math.sqrt(squares * unbiased(fewest)),
    zeros: Math.sqrt(zeroSquares * unbiased(zeros.length)),
  };
}

function weightsOf(terms: Asked['sums'][number]): Map<number, number> {
  const weights = new Map<number, number>();
  for (const { coefficient, product } of terms) {
    if (product !== null) weights.set(product, (weights.get(product) ?? 0) + coefficient);
  }
  return weights;
}

/** No reading of a shot is farther from its mean than 1, so the bases say what the shots can leave. */
function boundOf(
  { sums, seen, share }: Asked,
  products: ReadonlyMap<number, Product>,
): number | null {
  if (share === null) return null;
  const bounds = sums.map((terms) => {
    const weights = weightsOf(terms);
    const squares = seen.reduce((sum, { products: own }) => {
      const part = own.reduce((total, product) => {
        const { total: hits, kept } = products.get(product) as Product;
        return total + Math.abs(weights.get(product) ?? 0) / (hits * kept);
      }, 0);
      return sum + part * part;
    }, 0);
    return Math.sqrt(squares / share);
  });
  return Math.max(0, ...bounds);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
