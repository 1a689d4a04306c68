import { AppError } from '../base/errors.ts';
import { type Rng, shuffled } from '../base/rng.ts';
import type { Target } from './target.ts';

/** −log of the fidelity that one interaction leaves on a pair, by the best native gate there; 0 where unknown. */
export function pairCost(target: Target, a: number, b: number): number {
  const known = costs.get(target) ?? new Map<number, number>();
  costs.set(target, known);
  const pair = a * target.qubits + b;
  const cost = known.get(pair) ?? leastCost(target, a, b);
  known.set(pair, cost);
  return cost;
}

/** Of pairs of each target, as they were asked for: every try of the router asks again. */
const costs = new WeakMap<Target, Map<number, number>>();

function leastCost(target: Target, a: number, b: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const gate of target.basis ?? []) {
    const error = target.errorOf(gate, [a, b]);
    if (error !== null) least = Math.min(least, -Math.log(Math.max(1e-9, 1 - error)));
  }
  return Number.isFinite(least) ? least : 0;
}

/** −log of the fidelity of reading a qubit; 0 where unknown. */
export function readoutCost(target: Target, qubit: number): number {
  const error = target.readoutErrorOf(qubit);
  return error === null ? 0 : -Math.log(Math.max(1e-9, 1 - error));
}

/** Qubits among which a program of this many can be routed: all that are joined, ascending. */
export function routableQubits(target: Target, qubits: number): readonly number[] {
  const all =
    target.couplings?.largestComponent() ?? Array.from({ length: target.qubits }, (_, q) => q);
  if (all.length >= qubits) return all;
  const joined = all.length === target.qubits ? '' : ` (${all.length} of them joined by couplings)`;
  throw new AppError(
    'bad-input',
    `The circuit has ${qubits} qubits and the target ${target.qubits}${joined}. Choose a larger target or take qubits out.`,
    { qubits, target: target.qubits },
  );
}

/**
 * A joined set of `count` qubits with many couplings of small error: grown from every qubit by the
 * neighbour with most links and least error; of those the one whose interactions cost least.
 */
export function denseRegion(target: Target, count: number): readonly number[] {
  const usable = new Set(routableQubits(target, count));
  const { couplings } = target;
  if (couplings === null) {
    const byReadout = [...usable].toSorted(
      (a, b) => readoutCost(target, a) - readoutCost(target, b) || a - b,
    );
    return byReadout.slice(0, count).toSorted((a, b) => a - b);
  }
  let best: readonly number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const start of usable) {
    const region = grown(target, start, count);
    const cost = regionCost(target, region);
    if (region.length === count && cost < least) [least, best] = [cost, region];
  }
  return best.toSorted((a, b) => a - b);
}

function grown(target: Target, start: number, count: number): readonly number[] {
  const neighbours = target.couplings?.neighbours ?? [];
  const region = new Set([start]);
  while (region.size < count) {
    let next = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (const inside of region) {
      for (const one of neighbours[inside] ?? []) {
        if (region.has(one)) continue;
        const links = (neighbours[one] ?? []).filter((other) => region.has(other));
        const errors = links.reduce((sum, other) => sum + pairCost(target, one, other), 0);
        const worth = links.length - (10 * errors) / links.length - readoutCost(target, one);
        if (worth > highest) [highest, next] = [worth, one];
      }
    }
    if (next < 0) break;
    region.add(next);
  }
  return [...region];
}

/** Mean cost of an interaction, more where few couplings make ways long, and of reading. */
function regionCost(target: Target, region: readonly number[]): number {
  const inside = new Set(region);
  const links = region.flatMap((a) =>
    (target.couplings?.neighbours[a] ?? [])
      .filter((b) => b > a && inside.has(b))
      .map((b) => [a, b]),
  );
  const interactions = links.reduce(
    (sum, [a, b]) => sum + pairCost(target, a as number, b as number) + 1e-4,
    0,
  );
  const reading = region.reduce((sum, qubit) => sum + readoutCost(target, qubit), 0);
  const length = region.length / Math.max(1, links.length);
  return (interactions / Math.max(1, links.length)) * length ** 2 + (0.1 * reading) / region.length;
}

/** Places around a random qubit in random order, for one more try. */
export function randomPlaces(target: Target, count: number, rng: Rng): Int32Array {
  const usable = routableQubits(target, count);
  const centre = usable[rng.below(usable.length)] as number;
  const { couplings } = target;
  if (couplings === null) return Int32Array.from(shuffled(usable, rng).slice(0, count));
  const { distances } = couplings;
  const row = centre * couplings.qubits;
  const near = shuffled(usable, rng).toSorted(
    (a, b) => (distances[row + a] as number) - (distances[row + b] as number),
  );
  return Int32Array.from(shuffled(near.slice(0, count), rng));
}
