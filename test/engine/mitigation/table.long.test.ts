import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { wilcoxon } from '#engine/statistics/wilcoxon.ts';
import {
  distanceFrom,
  mitigatedRows,
  mitigationNoises,
  mitigationTable,
} from '#test/support/mitigation-table.ts';

test('the table in docs/mitigation.md is what a run gives', () => {
  expect(readFileSync('docs/mitigation.md', 'utf8')).toContain(mitigationTable());
});

const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const ideal = mitigatedRows({});

/** Techniques with the noises that they are for, and how many shots tell it. */
const claims = [
  ['zne', { extrapolation: 'linear' }, ['depolarizing', 'amplitude damping', 'thermal relaxation']],
  ['layerwise-richardson', {}, ['depolarizing', 'amplitude damping', 'thermal relaxation']],
  ['cdr', {}, ['depolarizing', 'amplitude damping', 'thermal relaxation']],
  ['vncdr', {}, ['depolarizing', 'amplitude damping', 'thermal relaxation']],
  ['calibrated', {}, ['depolarizing', 'amplitude damping', 'thermal relaxation']],
  ['virtual-distillation', {}, ['depolarizing', 'amplitude damping', 'thermal relaxation']],
  [
    'symmetry',
    { observable: 'Z0*Z1*Z2', value: -1 },
    ['depolarizing', 'amplitude damping', 'thermal relaxation'],
  ],
  ['readout', {}, ['readout']],
  ['readout', { method: 'nearest' }, ['readout']],
  ['readout', { method: 'matrix-free' }, ['readout']],
  ['readout', { method: 'bayesian' }, ['readout']],
  ['shadows', {}, ['readout']],
] as const;

describe('over 20 seeds of 5,000 shots', () => {
  const cases = claims.flatMap(([technique, settings, names]) =>
    names.map((name) => [technique, JSON.stringify(settings), name, settings] as const),
  );
  test.each(cases)('“%s” %s reduces the error of %s', (technique, _, name, settings) => {
    const mitigation = [{ technique, ...settings }];
    const runs = seeds.map((seed) =>
      mitigatedRows({ noise: mitigationNoises[name], mitigation, seed, shots: 5000 }),
    );
    const differences = runs.map(
      (rows) => distanceFrom(ideal, rows, 'mitigated') - distanceFrom(ideal, rows, 'raw'),
    );
    const { p } = wilcoxon(differences);
    expect(differences.reduce((sum, one) => sum + one, 0)).toBeLessThan(0);
    expect(p).toBeLessThan(0.05);
  });

  test.each([
    ['pec', { samples: 200 }, 'depolarizing'],
    ['readout', {}, 'readout'],
    ['shadows', {}, 'readout'],
    ['shadows', { groups: 5, snapshots: 600 }, 'readout'],
  ] as const)(
    'two standard errors of “%s” hold the ideal as often as they should',
    (technique, settings, name) => {
      const mitigation = [{ technique, ...settings }];
      const held = seeds.flatMap((seed) =>
        mitigatedRows({ noise: mitigationNoises[name], mitigation, seed, shots: 5000 }).map(
          ({ mitigated }, k) =>
            Math.abs(mitigated.value - (ideal[k]?.raw.value ?? 0)) <= 2 * mitigated.stderr,
        ),
      );
      // 95 % of 60, less three deviations.
      expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(52);
    },
  );
});
