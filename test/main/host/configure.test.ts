import { expect, test } from 'vitest';
import { jobEngine } from '#engine/jobs/index.ts';
import { configure } from '#main/host/configure.ts';

const catalog = jobEngine.catalog();

test('a configuration comes back with every default, nested members included', () => {
  const configured = configure(
    { algorithm: 'qaoa', settings: { layers: 2 }, mitigation: [{ technique: 'zne' }] },
    catalog,
  );
  expect(configured.settings).toMatchObject({
    layers: 2,
    mixer: 'x',
    optimizer: { id: 'cobyla', maxIterations: 1000 },
  });
  expect(configured.mitigation).toMatchObject([{ technique: 'zne', scaleFactors: [1, 3, 5] }]);
});

test('every fault of a configuration is told at once', () => {
  const wrong = {
    algorithm: 'qaoa',
    settings: { layers: -1, optimizer: { id: 'luck' } },
    mitigation: [{ technique: 'prayer' }],
  };
  expect(() => configure(wrong, catalog)).toThrow(
    /settings\.layers.*settings\.optimizer\.id.*mitigation\.0\.technique/s,
  );
});
