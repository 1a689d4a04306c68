import { afterEach, beforeEach, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { Spending } from '#main/hardware/spending.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let now: Date;
let monthlyLimit: number | null;
let spending: Spending;

function open(): Spending {
  return new Spending({
    path: `${folder.path}/spending.log`,
    now: () => now,
    monthlyLimit: () => monthlyLimit,
    unlisted: (_, isListed) => (isListed('old') ? 0 : 2),
  });
}

beforeEach(() => {
  folder = temporaryFolder();
  now = new Date('2026-03-10T12:00:00Z');
  monthlyLimit = 10;
  spending = open();
});
afterEach(() => {
  spending.dispose();
  folder.remove();
});

function buy(tag: string, jobId: string, estimate: number | null, jobLimit?: number): void {
  spending.reserve({ tag, jobId, estimate, jobLimit });
}

test('an estimate counts until its price is known, and a tag is booked once', () => {
  buy('a/0/0', 'a', 3);
  buy('a/0/0', 'a', 3);
  expect(spending.costOf('a')).toBe(3);
  expect(spending.monthSpent()).toBe(5);
  spending.settle('a/0/0', 1.25);
  spending.settle('a/0/0', 9);
  expect(spending.costOf('a')).toBe(1.25);
  buy('a/1/0', 'a', 1);
  spending.release('a/1/0');
  expect(spending.costOf('a')).toBe(1.25);
  expect(spending.costOf('b')).toBeNull();
});

test('limits hold over a restart, to the cent', () => {
  buy('a/0/0', 'a', 1.1, 3.3);
  buy('a/1/0', 'a', 1.1, 3.3);
  spending.dispose();
  spending = open();
  // 1.1 + 1.1 + 1.1 is a little more than 3.3 in doubles, and no cent more in money.
  buy('a/2/0', 'a', 1.1, 3.3);
  expect(() => buy('a/3/0', 'a', 0.01, 3.3)).toThrow(/0\.01 USD after 3\.30 USD.*3\.30 USD/);
  expect(() => buy('b/0/0', 'b', 4.71)).toThrow(/5\.30 USD of this month's 10\.00 USD/);
  buy('b/0/0', 'b', 4.7);
  now = new Date('2026-04-01T00:00:00Z');
  buy('b/1/0', 'b', 8);
});

test('whatever is bought in whatever order, no limit is ever passed', () => {
  const rng = rngOf(7);
  const estimates = new Map<string, number>();
  for (let round = 0; round < 2000; round++) {
    const job = `job ${rng.below(5)}`;
    const tag = `${job}/${rng.below(60)}`;
    const estimate = estimates.get(tag) ?? rng.below(200) / 100;
    try {
      spending.reserve({ tag, jobId: job, estimate, jobLimit: 3 });
      // A vendor's price is at most its estimate here, so what was admitted stays within.
      if (rng.below(3) === 0) spending.settle(tag, estimate * rng.uniform());
      estimates.set(tag, estimate);
      if (rng.below(10) === 0) spending.release(tag);
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'budget' });
    }
    if (rng.below(100) === 0) {
      spending.dispose();
      spending = open();
    }
    expect(spending.monthSpent()).toBeLessThanOrEqual(10 + 1e-9);
    for (let k = 0; k < 5; k++) {
      expect(spending.costOf(`job ${k}`) ?? 0).toBeLessThanOrEqual(3 + 1e-9);
    }
  }
});
