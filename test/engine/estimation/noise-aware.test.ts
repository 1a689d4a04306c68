import { expect, test } from 'vitest';
import { mostLikelyAngle, type Reading } from '#engine/estimation/likelihood.ts';
import { mostLikelyThroughNoise } from '#engine/estimation/noisy-likelihood.ts';
import type { EstimationResult } from '#shared/results/kinds/estimation.ts';
import { runSpec } from '#test/support/run-spec.ts';

test('the contrast that noise takes is told apart from the angle', () => {
  const [angle, decay, shots] = [0.7, 0.03, 1e6];
  const readings = Array.from({ length: 16 }, (_, power): Reading => {
    const factor = 2 * power + 1;
    const one = (1 - Math.exp(-decay * factor) * Math.cos(2 * factor * angle)) / 2;
    return { power, shots, hits: Math.round(shots * one) };
  });
  const aware = mostLikelyThroughNoise(readings, 2);
  expect(aware.angle).toBeCloseTo(angle, 3);
  expect(aware.interval[0]).toBeLessThanOrEqual(angle);
  expect(aware.interval[1]).toBeGreaterThanOrEqual(angle);
  // Who knows of no noise finds nothing that suits.
  const [low, high] = mostLikelyAngle(readings, 2).interval;
  expect(high < angle || low > angle).toBe(true);
});

test('on a noisy machine it is nearer to the value than what knows of no noise', () => {
  const problem = {
    kind: 'european-call',
    spot: 2,
    strike: 1.896,
    rate: 0.05,
    volatility: 0.4,
    maturityYears: 40 / 365,
    qubits: 2,
  };
  const noise = { rules: [{ on: 'all', channel: 'depolarizing', p: 0.002 }] };
  const errorOf = (algorithm: string): number => {
    const errors = [0, 1, 2, 3].map((seed) => {
      const settings = { epsilon: 0.002 };
      const spec = { algorithm, problem, noise, settings, seed, shots: 1000 };
      const { estimate, exact } = runSpec(spec).result as EstimationResult;
      return (estimate - exact.grid) ** 2;
    });
    return Math.sqrt(errors.reduce((sum, one) => sum + one, 0) / errors.length);
  };
  const aware = errorOf('noise-aware-amplitude-estimation');
  expect(aware).toBeLessThan(0.3 * errorOf('maximum-likelihood-amplitude-estimation'));
});
