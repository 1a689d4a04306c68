import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { formulaOf } from '#shared/problems/formats/boolean-formula.ts';
import type { OptimisationResult } from '#shared/results/kinds/optimisation.ts';
import type { SearchResult } from '#shared/results/kinds/search.ts';
import { pairsFor } from '#engine/search/fixed-point.ts';
import { fixedPointSuccess } from '#engine/search/grover-circuit.ts';
import { bitOracle, phaseOracle, productsOf } from '#engine/search/phase-oracle.ts';
import { referenceState } from '#test/support/reference-simulator.ts';
import { faultsOf, problemSchema } from '#test/support/members.ts';
import { runSpec } from '#test/support/run-spec.ts';

function searched(algorithm: string, problem: object, more: object = {}): SearchResult {
  const spec = { algorithm, problem: { kind: 'search', ...problem }, seed: 1, ...more };
  return runSpec(spec).result as SearchResult;
}

const oneOf256 = { variables: 8, marked: ['10110010'] };

describe('oracles', () => {
  const tables = [1, 2, 3, 4].flatMap((variables) =>
    [0.1, 0.5, 0.9].map((share, k) => {
      const rng = rngOf(31, variables, k);
      return Uint8Array.from({ length: 2 ** variables }, () => (rng.uniform() < share ? 1 : 0));
    }),
  );

  test.each(tables.map((table) => [Array.from(table).join(''), table] as const))(
    'turn the sign, and flip the bit, of what is marked: %s',
    (_, isMarked) => {
      const variables = Math.log2(isMarked.length);
      const spread = Array.from({ length: variables }, (_unused, q) => gate('h', [q]));
      const products = productsOf(isMarked);
      const signs = referenceState(circuitOf(variables, [...spread, ...phaseOracle(products)]));
      const first = Math.sign(signs[0]?.re ?? 0) * ((isMarked[0] ?? 0) === 1 ? -1 : 1);
      isMarked.forEach((mark, index) => {
        const size = 1 / Math.sqrt(isMarked.length);
        expect((signs[index]?.re ?? 0) * first).toBeCloseTo(mark === 1 ? -size : size, 10);
        const flips = Array.from({ length: variables }, (_unused, q) => q)
          .filter((q) => ((index >> q) & 1) === 1)
          .map((q) => gate('x', [q]));
        const circuit = circuitOf(variables + 1, [...flips, ...bitOracle(products, variables)]);
        expect(referenceState(circuit)[index + mark * isMarked.length]?.re).toBeCloseTo(1, 10);
      });
    },
  );

  test('have few products where few strings are marked, or few are not', () => {
    const single = Uint8Array.from({ length: 256 }, (_, k) => (k === 200 ? 1 : 0));
    expect(productsOf(single)).toHaveLength(1);
    const parity = Uint8Array.from({ length: 256 }, (_, k) => k & 1);
    expect(productsOf(parity)).toHaveLength(1);
  });
});

describe('grover', () => {
  test('finds one of 256 by twelve iterations, as published', () => {
    const found = searched('grover', oneOf256, { settings: { solutions: 1 } });
    expect(found.iterations).toBe(12);
    expect(found.successProbability).toBeCloseTo(0.9999470421032736, 12);
    expect(found.found?.bits).toBe('10110010');
    expect(found.oracleCalls).toBe(13);
    expect(found.exact).toEqual({ solutions: 1, strings: 256, classicalCalls: 128.5 });
  });

  test.each([0, 1, 3, 6])(
    'turns by the angle of the share of solutions, %i times',
    (iterations) => {
      const problem = { variables: 5, formula: 'x0 & x1 & x2 | x3 & x4 & !x0' };
      const { successProbability, exact } = searched('grover', problem, {
        settings: { iterations },
      });
      const angle = Math.asin(Math.sqrt(exact.solutions / 32));
      expect(successProbability).toBeCloseTo(Math.sin((2 * iterations + 1) * angle) ** 2, 10);
    },
  );

  test('an unknown number of solutions is found in about a root of the strings', () => {
    const runs = Array.from({ length: 20 }, (_, seed) => searched('grover', oneOf256, { seed }));
    expect(runs.every(({ found }) => found?.bits === '10110010')).toBe(true);
    const mean = runs.reduce((sum, { oracleCalls }) => sum + oracleCalls, 0) / runs.length;
    // At most 9/2·√256 iterations in the mean, with as many checks as strings were read.
    expect(mean).toBeLessThan(72);
    expect(mean).toBeLessThan(128);
  });

  test('gives up where there is none', () => {
    const found = searched('grover', { variables: 4, formula: 'x0 & !x0' });
    expect(found.found).toBeNull();
    expect(found.exact.solutions).toBe(0);
    expect(found.oracleCalls).toBeLessThan(100);
  });

  test.each([
    ['statevector', 200],
    ['density', 200],
    ['mps', 200],
    ['mps', null],
  ] as const)('runs on %s with shots %s', (backend, shots) => {
    const problem = { variables: 4, marked: ['0110', '1001'] };
    const settings = { solutions: 2 };
    const found = searched('grover', problem, { backend, shots, settings });
    expect(['0110', '1001']).toContain(found.found?.bits);
    expect(found.successProbability).toBeGreaterThan(0.85);
  });
});

describe('fixed-point search', () => {
  test.each([1, 2, 5, 30, 64])('never overshoots: %i of 64 marked', (count) => {
    const marked = Array.from({ length: count }, (_, k) => k.toString(2).padStart(6, '0'));
    const settings = { delta: 0.2 };
    const { successProbability, iterations } = searched(
      'fixed-point-search',
      { variables: 6, marked },
      { settings },
    );
    expect(iterations).toBe(pairsFor(0.2, 1 / 64));
    expect(successProbability).toBeCloseTo(fixedPointSuccess(count / 64, iterations, 0.2), 9);
    expect(successProbability).toBeGreaterThanOrEqual(1 - 0.2 ** 2 - 1e-12);
  });

  test('needs fewer iterations where more are known to be solutions', () => {
    const settings = { leastShare: 0.25 };
    const problem = { variables: 6, formula: 'x0 & x1' };
    const found = searched('fixed-point-search', problem, { settings });
    expect(found.iterations).toBeLessThan(5);
    expect(found.successProbability).toBeGreaterThan(0.99);
  });
});

test('a threshold marks what keeps it', () => {
  const threshold = { linear: [1, 2, -3], quadratic: [[0, 1, 4]], relation: '<=', bound: -1 };
  const found = searched('exact', { variables: 3, threshold });
  // −3, and −3 with 1 or 2 more.
  expect(found.samples.map(({ bits }) => bits)).toEqual(['100', '101', '110']);
});

test('the minimum of 50 random functions is found by searching for something better', () => {
  let missed = 0;
  for (let seed = 0; seed < 50; seed++) {
    const rng = rngOf(41, seed);
    const linear = Array.from({ length: 5 }, () => rng.uniform() - 0.5);
    const quadratic = Array.from({ length: 6 }, () => [rng.below(5), rng.below(5), rng.normal()]);
    const problem = { kind: 'qubo', linear, quadratic };
    const { best, exact, evaluations } = runSpec({ algorithm: 'minimum-search', problem, seed })
      .result as OptimisationResult;
    if (Math.abs((best?.value ?? 0) - (exact?.value ?? 1)) > 1e-9) missed++;
    expect(evaluations).toBeGreaterThan(4 * 22 * Math.sqrt(32));
  }
  // Missed once in 16 times at most.
  expect(missed).toBeLessThanOrEqual(9);
});

test('too many variables are told with what takes them', () => {
  const problem = { kind: 'qubo', linear: Array.from({ length: 13 }, () => 1) };
  expect(() => runSpec({ algorithm: 'minimum-search', problem })).toThrow(/reaches 12 variables/);
});

describe('formulas', () => {
  test('bind as their help says', () => {
    const texts = ['x0 | x1 & x2', '!x0 ^ x1', '~(x0 & x1) | 0', 'x0 ^ x1 & x2 | 1 & x2'];
    const meant = [
      (a: boolean, b: boolean, c: boolean) => a || (b && c),
      (a: boolean, b: boolean) => !a !== b,
      (a: boolean, b: boolean) => !(a && b),
      (a: boolean, b: boolean, c: boolean) => a !== (b && c) || c,
    ];
    texts.forEach((text, k) => {
      const formula = formulaOf(text, 3);
      for (let index = 0; index < 8; index++) {
        const [a, b, c] = [0, 1, 2].map((i) => ((index >> i) & 1) === 1);
        expect(formula(index), text).toBe(meant[k]?.(a ?? false, b ?? false, c ?? false));
      }
    });
  });

  test.each([
    ['x0 &', 'the end at character 5'],
    ['x0 x1', 'x1 at character 4'],
    ['(x0', 'the end at character 4'],
    ['x0 + x1', '“+” at character 4'],
    ['x7', 'x7 at character 1'],
    ['', 'the end at character 1'],
  ])('%j is refused at its place', (text, words) => {
    expect(() => formulaOf(text, 3)).toThrow(words);
  });
});

test('what cannot be is told at its place', () => {
  const pathsOf = (problem: object) =>
    faultsOf(problemSchema.parse({ kind: 'search', variables: 2, ...problem })).map(
      ({ path }) => path,
    );
  expect(pathsOf({})).toEqual(['marked']);
  expect(pathsOf({ marked: ['01'], formula: 'x0' })).toEqual(['marked']);
  expect(pathsOf({ marked: ['01', '2', '011'] })).toEqual(['marked[1]', 'marked[2]']);
  expect(pathsOf({ formula: 'x2' })).toEqual(['formula']);
  expect(pathsOf({ threshold: { linear: [1], bound: 0 } })).toEqual(['threshold.linear']);
  const far = { linear: [1, 1], quadratic: [[0, 2, 1]], bound: 0 };
  expect(pathsOf({ threshold: far })).toEqual(['threshold.quadratic[0]']);
});
