import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '#main/app.ts';
import { openRealApp, temporaryFolder } from '#test/support/temporary-app.ts';

const ring = {
  kind: 'maxcut',
  nodes: 4,
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
  ],
};
const prices = { kind: 'portfolio', prices: 'dowjones30', riskAversion: 1, budget: 2 };
const settings = { layers: 1 };

describe('a spec that is checked', () => {
  const folder = temporaryFolder();
  let app: App;

  beforeAll(async () => {
    app = await openRealApp(folder.path);
  });

  afterAll(async () => {
    await app.close();
    folder.remove();
  });

  test('is told with the memory that its job takes, which grows with its qubits', async () => {
    const small = await app.forecaster.validate({ algorithm: 'qaoa', problem: ring, settings });
    const problem = { ...ring, nodes: 10 };
    const large = await app.forecaster.validate({ algorithm: 'qaoa', problem, settings });
    expect(small.errors).toEqual([]);
    expect(small.forecast?.memoryBytes).toBeGreaterThan(0);
    expect(large.forecast?.memoryBytes).toBe(64 * (small.forecast?.memoryBytes ?? 0));
    expect(small.forecast).toMatchObject({ cost: 0, shots: 0 });
  });

  test('asks for no circuits where its method is classical', async () => {
    const { forecast } = await app.forecaster.validate({ algorithm: 'exact', problem: ring });
    expect(forecast).toMatchObject({ circuits: 0, shots: 0, cost: 0 });
  });

  test('has faults that only its data show, at the field', async () => {
    const problem = { ...prices, assets: ['AA', 'NOPE'] };
    const { errors, forecast } = await app.forecaster.validate({ algorithm: 'qaoa', problem });
    expect(errors).toEqual([
      {
        path: expect.stringMatching(/^problem\.assets/) as string,
        message: expect.stringContaining('NOPE') as string,
      },
    ]);
    expect(forecast).toBeNull();
    const unknown = { ...prices, prices: 'no-such-set' };
    const asked = await app.forecaster.validate({ algorithm: 'qaoa', problem: unknown });
    expect(asked.errors[0]).toMatchObject({ path: 'problem.prices' });
  });

  test('is told every fault of its form at once', async () => {
    const spec = { algorithm: 'qaoa', problem: ring, settings: { layers: 0, shine: 1 }, shots: -1 };
    const { errors } = await app.forecaster.validate(spec);
    const paths = errors.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['shots', 'settings.layers']));
  });

  test('for a machine tells why its price is not known', async () => {
    const problem = {
      kind: 'circuit',
      qasm: 'include "stdgates.inc"; qubit q; bit c; h q; c = measure q;',
    };
    const spec = { algorithm: 'sample', problem, backend: 'ionq.simulator', shots: 100 };
    const { errors, forecast } = await app.forecaster.validate(spec);
    expect(errors).toEqual([]);
    expect(forecast).toMatchObject({ circuits: 1, shots: 100, cost: null });
    expect(forecast?.basis).toMatch(/key/);
  });
});
