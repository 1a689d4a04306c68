import { type Rng, rngOf } from '#shared/base/rng.ts';
import { pivotedFactors } from '../../linalg/pivoted-factors.ts';
import {
  emptyMatrix,
  productWithRows,
  type Rectangular,
  squaredNormOf,
} from '../../linalg/rectangular.ts';
import { release } from '../../linalg/release.ts';
import type { Distribution } from '../register.ts';
import type { Chain } from './chain.ts';

/** What the sites so far leave open: rows of bond values whose squared norm is the prefix's probability. */
type Prefix = Rectangular;

const start: Prefix = { rows: 1, columns: 1, re: Float64Array.of(1), im: new Float64Array(1) };
/** Prefixes below this probability lead to outcomes that need not be listed. */
const negligible = 1e-15;
/** Outcomes are drawn first: if all are rarer than a short list allows, there is no short list. */
const probes = 32;

/** Draws all sites of a chain; entry i is site i. */
export function sampleChain(chain: Chain, length: number): (rng: Rng) => Uint8Array {
  return (rng) => {
    // Something else may have been read since the last draw.
    chain.centeredAt(0);
    const values = new Uint8Array(length);
    let prefix = start;
    for (let i = 0; i < length; i++) {
      const [zero, one] = withBoth(prefix, chain.site(i));
      const [p0, p1] = [squaredNormOf(zero), squaredNormOf(one)];
      const value = rng.uniform() * (p0 + p1) < p0 ? 0 : 1;
      values[i] = value;
      prefix = normalised(value === 0 ? zero : one, value === 0 ? p0 : p1);
    }
    return values;
  };
}

/** Lists the outcomes of the wanted sites (entry j = sites[j]); null where they are more than `limit`. */
export function listOutcomes(
  chain: Chain,
  length: number,
  sites: readonly number[],
  limit: number,
): Distribution | null {
  chain.centeredAt(0);
  const wanted = new Set(sites);
  const weight = squaredNormOf(chain.site(0));
  if (seemsLong(chain, length, wanted, weight, limit)) return null;
  const probabilities: number[] = [];
  const outcomes: Uint8Array[] = [];
  const values = new Uint8Array(length);
  const visit = (i: number, prefix: Prefix): boolean => {
    if (i === length) {
      probabilities.push(squaredNormOf(prefix));
      outcomes.push(Uint8Array.from(sites, (site) => values[site] as number));
      return outcomes.length <= limit;
    }
    if (!wanted.has(i)) return visit(i + 1, summedOver(prefix, chain.site(i)));
    for (const value of [0, 1]) {
      const next = withValue(prefix, chain.site(i), value);
      if (squaredNormOf(next) < negligible) continue;
      values[i] = value;
      if (!visit(i + 1, next)) return false;
    }
    return true;
  };
  if (!visit(0, start)) return null;
  return {
    probabilities: Float64Array.from(probabilities),
    valueAt: (index, j) => (outcomes[index] as Uint8Array)[j] as number,
  };
}

function seemsLong(
  chain: Chain,
  length: number,
  wanted: ReadonlySet<number>,
  weight: number,
  limit: number,
): boolean {
  const rng = rngOf(0, 5);
  for (let probe = 0; probe < probes; probe++) {
    let prefix = start;
    let probability = 1;
    for (let i = 0; i < length; i++) {
      if (!wanted.has(i)) {
        prefix = summedOver(prefix, chain.site(i));
        continue;
      }
      const [zero, one] = withBoth(prefix, chain.site(i));
      const [p0, p1] = [squaredNormOf(zero), squaredNormOf(one)];
      const isZero = rng.uniform() * (p0 + p1) < p0;
      probability *= (isZero ? p0 : p1) / (p0 + p1);
      prefix = isZero ? normalised(zero, p0) : normalised(one, p1);
    }
    if (probability >= 1 / (4 * limit) || weight <= negligible) return false;
  }
  return true;
}

/** The prefix that goes on with a value of the site's qubit, whose rows are every other one. */
function withValue(prefix: Prefix, site: Rectangular, value: number): Prefix {
  return productWithRows(prefix, site, value, 2);
}

function withBoth(prefix: Prefix, site: Rectangular): [Prefix, Prefix] {
  return [withValue(prefix, site, 0), withValue(prefix, site, 1)];
}

/** Both values of a site that is not measured, as more rows; compressed where they outgrow the bond. */
function summedOver(prefix: Prefix, site: Rectangular): Prefix {
  const [zero, one] = withBoth(prefix, site);
  const stacked = emptyMatrix(zero.rows + one.rows, zero.columns);
  for (const part of ['re', 'im'] as const) {
    stacked[part].set(zero[part]);
    stacked[part].set(one[part], zero[part].length);
  }
  release(zero, one);
  if (stacked.rows <= stacked.columns) return stacked;
  // Only what the rows sum to matters, which a factor in front of them does not change.
  const { qh, r } = pivotedFactors(stacked);
  release(stacked, qh);
  return r.rows === 0 ? emptyMatrix(1, r.columns) : r;
}

function normalised(prefix: Prefix, squaredNorm: number): Prefix {
  const factor = squaredNorm > 0 ? 1 / Math.sqrt(squaredNorm) : 0;
  return { ...prefix, re: prefix.re.map((x) => x * factor), im: prefix.im.map((x) => x * factor) };
}
