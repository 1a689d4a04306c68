import { expect, test } from 'vitest';
import { faultOf, randomCase } from '#test/support/random-tables.ts';

test('any table ends in finite numbers or a clear message', { timeout: 900_000 }, () => {
  let ran = 0;
  for (let seed = 0; seed < 6000; seed++) {
    const one = randomCase(seed);
    expect([seed, one, faultOf(one)]).toStrictEqual([seed, one, null]);
    ran++;
  }
  expect(ran).toBe(6000);
});
