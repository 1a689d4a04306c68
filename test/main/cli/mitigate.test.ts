import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Ketbench } from '#test/support/ketbench.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
const ketbench = new Ketbench(join(folder.path, 'home'));
afterAll(() => folder.remove());

async function mitigate(request: object) {
  const path = join(folder.path, 'request.json');
  writeFileSync(path, JSON.stringify(request));
  return ketbench.json('mitigate', path);
}

const x = [1, 1.5, 2, 2.5];
const y = [0.623046875, 0.4951171875, 0.2904052734375, 0.182861328125];
const points = x.map((scale, k) => ({ scale, value: y[k], stderr: 0.01 }));
const zne = { technique: 'zne', points };

describe('ketbench mitigate', () => {
  test.each([
    ['linear', 0.9317016601562497],
    ['quadratic', 0.987762451171875],
    ['richardson', -0.0472412109375],
  ])('extrapolates by “%s” as polynomials do', async (extrapolation, expected) => {
    const { code, value } = await mitigate({ ...zne, extrapolation });
    expect(code).toBe(0);
    expect((value as { value: number }).value).toBeCloseTo(expected, 9);
    expect((value as { stderr: number }).stderr).toBeGreaterThan(0.01);
  });

  test('refuses Richardson through 20 points and names a better way', async () => {
    const many = Array.from({ length: 20 }, (_, k) => ({ scale: 1 + k / 2, value: 0.5 ** k }));
    const { code, value } = await mitigate({ ...zne, points: many, extrapolation: 'richardson' });
    expect(code).toBe(2);
    expect(JSON.stringify(value)).toMatch(/“linear” or “exponential”/);
  });

  test('follows an exponential to its asymptote, and a polynomial in the exponent', async () => {
    const at = (f: (s: number) => number) =>
      [1, 2, 3, 4].map((scale) => ({ scale, value: f(scale), stderr: 0 }));
    const decay = at((s) => 0.25 + 0.5 * Math.exp(-0.3 * s));
    const one = await mitigate({
      ...zne,
      points: decay,
      extrapolation: 'exponential',
      asymptote: 0.25,
    });
    expect((one.value as { value: number }).value).toBeCloseTo(0.75, 9);
    const curved = at((s) => -Math.exp(-0.1 * s - 0.05 * s * s));
    const two = await mitigate({
      ...zne,
      points: curved,
      extrapolation: 'poly-exponential',
      order: 2,
    });
    expect((two.value as { value: number }).value).toBeCloseTo(-1, 9);
  });

  test('says where no exponential goes, and where there is no standard error', async () => {
    const flipped = [0.2, -0.1, 0.1].map((value, k) => ({ scale: 1 + k, value }));
    const { value } = await mitigate({ ...zne, points: flipped, extrapolation: 'exponential' });
    expect(value).toMatchObject({ stderr: null });
    expect(JSON.stringify(value)).toMatch(/no exponential goes through.*has none/);
  });

  test('takes the readout error out of counts, of expectations with their error', async () => {
    const readout = [
      { qubit: 0, p_read1_given0: 0.02, p_read0_given1: 0.05 },
      { qubit: 1, p_read1_given0: 0.025, p_read0_given1: 0.046 },
    ];
    const counts = { '00': 1940, '01': 112, '10': 135, '11': 1909 };
    const request = { technique: 'readout', counts, readout, observables: ['Z0*Z1', '2 + Z0'] };
    const { code, value } = await mitigate({ ...request, method: 'inverse' });
    expect(code).toBe(0);
    const found = value as {
      quasi: Record<string, number>;
      nearest: Record<string, number>;
      expectations: { value: number; stderr: number }[];
      overhead: number;
    };
    expect(found.quasi['01']).toBeCloseTo(-0.005153603242878807, 9);
    expect(found.nearest).toEqual({
      '00': expect.closeTo(0.490353821557, 9),
      '11': expect.closeTo(0.509646178442, 9),
    });
    const [zz, z] = found.expectations;
    expect(zz?.value).toBeCloseTo(1.0181940137, 8);
    expect(z?.value).toBeCloseTo(2 + 0.4949023 - 0.0039434 + 0.0051536 - 0.5141947, 6);
    expect(zz?.stderr).toBeGreaterThan(0.005);
    expect(found.overhead).toBeGreaterThan(1);
  });

  test.each([
    [{ technique: 'pec' }, /technique/],
    [
      {
        technique: 'readout',
        counts: { '0': 1 },
        readout: [{ qubit: 3, p_read1_given0: 0, p_read0_given1: 0 }],
      },
      /qubit 3.*1 bits/,
    ],
    [
      {
        technique: 'readout',
        counts: { '0': 1, '01': 1 },
        readout: [{ qubit: 0, p_read1_given0: 0, p_read0_given1: 0 }],
      },
      /same number of bits/,
    ],
    [
      {
        technique: 'readout',
        counts: { '0': 1 },
        readout: [{ qubit: 0, p_read1_given0: 0, p_read0_given1: 0 }],
        observables: ['X0'],
      },
      /other than Z/,
    ],
    [{ ...zne, extrapolation: 'linear', order: 2 }, /“order” belongs to poly-exponential/],
    [{ ...zne, extrapolation: 'linear', asymptote: 0 }, /“asymptote” belongs to exponentials/],
  ])('says what is wrong with %j', async (request, message) => {
    const { code, value } = await mitigate(request);
    expect(code).toBe(2);
    expect(JSON.stringify(value)).toMatch(message);
  });
});
