import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { type Candidate, priceOf, rank, type SelectionLimits } from '#shared/devices/selection.ts';

const rng = rngOf(17);

function candidate(k: number): Candidate {
  const maybe = (value: number): number | null => (rng.uniform() < 0.2 ? null : value);
  return {
    id: `machine-${k}`,
    provider: ['one', 'two'][k % 2] ?? '',
    fidelity: maybe(rng.uniform()),
    seconds: maybe(100 * rng.uniform()),
    cost: maybe(10 * rng.uniform()),
    twoQubitGates: rng.below(100),
    obstacles: rng.uniform() < 0.2 ? ['It is too small.'] : [],
  };
}

function limits(): SelectionLimits {
  const maybe = (name: string, value: unknown): object =>
    rng.uniform() < 0.4 ? { [name]: value } : {};
  return {
    ...maybe('maxCost', 10 * rng.uniform()),
    ...maybe('maxWait', 100 * rng.uniform()),
    ...maybe('minFidelity', 0.7 * rng.uniform()),
    ...maybe('providers', ['two']),
  };
}

/** Whether a machine may be taken, said once more and otherwise. */
function isOpen(one: Candidate, given: SelectionLimits): boolean {
  return (
    one.obstacles.length === 0 &&
    (given.maxCost === undefined || (one.cost !== null && one.cost <= given.maxCost)) &&
    (given.maxWait === undefined || one.seconds === null || one.seconds <= given.maxWait) &&
    (given.minFidelity === undefined || (one.fidelity ?? 0) >= given.minFidelity) &&
    (given.providers === undefined || given.providers.includes(one.provider))
  );
}

describe('rank', () => {
  it('picks what looking at every machine picks, within the limits, and tells of the others why not', () => {
    for (let round = 0; round < 300; round++) {
      const machines = Array.from({ length: 1 + rng.below(8) }, (_, k) => candidate(k));
      const given = limits();
      const { choice, ranking } = rank(machines, given);
      const open = machines.filter((one) => isOpen(one, given));
      expect(choice === null).toBe(open.length === 0);
      expect(ranking.map(({ id }) => id).toSorted()).toEqual(
        machines.map(({ id }) => id).toSorted(),
      );
      for (const one of ranking) {
        const machine = machines.find(({ id }) => id === one.id) as Candidate;
        expect(one.obstacles.length === 0).toBe(isOpen(machine, given));
        expect(one.reason).not.toBe('');
        expect(one.score).toBeLessThanOrEqual(one.fidelity ?? 0);
        if (one.obstacles.length === 0) {
          expect(one.score).toBeGreaterThanOrEqual(0.75 * 0.75 * (one.fidelity ?? 0) - 1e-12);
        }
      }
      // Nothing that may be taken is better in all respects.
      const chosen = open.find(({ id }) => id === choice);
      for (const other of open) {
        const better =
          (other.fidelity ?? 0) > (chosen?.fidelity ?? 0) &&
          (other.cost ?? 0) <= (chosen?.cost ?? 0) &&
          (other.seconds ?? 0) <= (chosen?.seconds ?? 0);
        expect(better).toBe(false);
      }
    }
  });

  it('goes by fidelity alone without limits, and by price where that is the same', () => {
    const base = { ...candidate(0), obstacles: [], fidelity: 0.9, seconds: 1 };
    const { ranking } = rank(
      [
        { ...base, id: 'dear', cost: 9 },
        { ...base, id: 'cheap', cost: 1 },
        { ...base, id: 'better', cost: 99, fidelity: 0.91 },
        { ...base, id: 'unknown', cost: 0, fidelity: null },
      ],
      {},
    );
    expect(ranking.map(({ id }) => id)).toEqual(['better', 'cheap', 'dear', 'unknown']);
  });
});

describe('priceOf', () => {
  it('adds what a task, its shots and its seconds cost, and is null where nobody says', () => {
    expect(priceOf({ price: { perTask: 0.3, perShot: 0.001 } }, 1000, null)).toBeCloseTo(1.3, 12);
    expect(priceOf({ price: { perSecond: 1.6 } }, 1000, 2)).toBeCloseTo(3.2, 12);
    expect(priceOf({ price: { perSecond: 1.6 } }, 1000, null)).toBeNull();
    expect(priceOf({ price: {} }, 1000, 1)).toBeNull();
  });
});
