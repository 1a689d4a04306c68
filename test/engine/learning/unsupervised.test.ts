import { describe, expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import { cellKernel, kernelTimes, twoSampleTest } from '#engine/learning/discrepancy.ts';
import { generatorCircuit, gradientAlong, outcomesOf } from '#engine/learning/generator.ts';
import { cellCount, cellOf, gridOf, middleOf } from '#engine/learning/grid.ts';
import { adjustedRandIndex, groupedBy, silhouetteOf } from '#engine/learning/grouping.ts';
import { driveNow } from '#engine/programs/drive.ts';
import type { Program } from '#engine/programs/program.ts';
import { denseBackend } from '#test/support/dense-backend.ts';
import { runText } from '#test/support/run-spec.ts';

function answered<T>(program: Program<T>): T {
  return driveNow(program, denseBackend(), { seed: 3, cancel: new CancelFlag() });
}

const rng = rngOf(11);
/** Two columns that move together, and a third of their sign. */
const rows = Array.from({ length: 80 }, () => {
  const x = rng.normal();
  return [x, 0.8 * x + 0.4 * rng.normal(), Math.sign(x)];
});
const csv = ['a,b,c', ...rows.map((row) => row.join(','))].join('\n');
const problem = { kind: 'unsupervised', data: 'x', features: ['a', 'b'] };

interface Generative {
  readonly model: number[];
  readonly data: number[];
  readonly totalVariation: { train: number; test: number };
  readonly twoSample: { mmd: number; pValue: number };
  readonly parameters: Record<string, number[]>;
  readonly samples: number[][];
  readonly grid: { low: number[]; high: number[] };
}

function run<R>(algorithm: string, settings: object, change: object = {}): R {
  const spec = { algorithm, problem, settings, seed: 4, ...change };
  return runText(spec, csv).result as R;
}

describe('cells', () => {
  const points = rows.map((row) => Float64Array.from(row));
  const grid = gridOf(points, 2);

  test('hold their middles, and every row is in one', () => {
    expect(cellCount(grid)).toBe(64);
    for (let cell = 0; cell < 64; cell++) expect(cellOf(grid, middleOf(grid, cell))).toBe(cell);
    for (const row of points) {
      const middle = middleOf(grid, cellOf(grid, row));
      row.forEach((x, k) => {
        const half = ((grid.high[k] as number) - (grid.low[k] as number)) / 8;
        expect(Math.abs(x - (middle[k] as number))).toBeLessThanOrEqual(half + 1e-12);
      });
    }
  });

  test('have a kernel that column by column is the one between two of them', () => {
    const kernel = cellKernel(grid);
    const vector = Float64Array.from({ length: 64 }, () => rng.normal());
    kernelTimes(grid, vector).forEach((value, i) => {
      const wanted = vector.reduce((sum, v, j) => sum + v * kernel(i, j), 0);
      expect(value).toBeCloseTo(wanted, 12);
    });
    expect(kernel(5, 5)).toBeCloseTo(1, 12);
  });
});

test('two samples of one distribution are told apart as rarely as chance, and others surely', () => {
  const gauss = (a: number, b: number) => Math.exp(-((a - b) ** 2) / 2);
  const draw = (shift: number) => Array.from({ length: 30 }, () => rng.normal() + shift);
  const ps = Array.from({ length: 40 }, () => {
    return twoSampleTest(draw(0), draw(0), gauss, { permutations: 50, rng }).pValue;
  });
  // Of 40 p-values 4 lie below 0.1 in the mean; 12 or more have a probability of 3e-4.
  expect(ps.filter((p) => p <= 0.1).length).toBeLessThan(12);
  const apart = twoSampleTest(draw(0), draw(2), gauss, { permutations: 50, rng });
  expect(apart.pValue).toBeCloseTo(1 / 51, 12);
  // E k(x, y) of normals of distance s is e^(−s²/6)/√3.
  expect(Math.abs(apart.mmd - (2 / Math.sqrt(3)) * (1 - Math.exp(-4 / 6)))).toBeLessThan(0.2);
});

test('the slope of a loss of a circuit’s distribution is that of difference quotients', () => {
  const { circuit, weightCount } = generatorCircuit(3, 2, true);
  const point = Float64Array.from({ length: weightCount }, () => rng.normal());
  const slope = Float64Array.from({ length: 8 }, () => rng.normal());
  const valueAt = (at: Float64Array): number => {
    const [p] = answered(
      (function* () {
        yield { kind: 'define' as const, key: 'g', circuit, observables: [] };
        return yield* outcomesOf({ key: 'g', items: 1, bindings: at }, 3, null);
      })(),
    );
    return slope.reduce((sum, s, i) => sum + s * (p?.[i] as number), 0);
  };
  const gradient = answered(gradientAlong(circuit, point, slope));
  gradient.forEach((value, k) => {
    const [up, down] = [1e-5, -1e-5].map((step) =>
      valueAt(point.with(k, (point[k] as number) + step)),
    ) as [number, number];
    expect(value).toBeCloseTo((up - down) / 2e-5, 6);
  });
});

describe('generative models', () => {
  test.each([
    ['born-machine', { loss: 'likelihood' }, 0.25],
    ['born-machine', {}, 0.25],
    ['boltzmann-machine', {}, 0.3],
    ['qgan', {}, 0.3],
  ])(
    '%s imitates rows that move together better than independent bits, %o',
    (id, settings, most) => {
      const found = run<Generative>(id, settings);
      const twin = run<Generative>(id, { ...settings, entangled: false });
      expect(found.model.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      expect(found.totalVariation.train).toBeLessThan(most);
      expect(found.totalVariation.train).toBeLessThan(twin.totalVariation.train);
      expect(found.twoSample.pValue).toBeGreaterThan(0.01);
      for (const row of found.samples) {
        row.forEach((x, k) => {
          expect(x).toBeGreaterThan(found.grid.low[k] as number);
          expect(x).toBeLessThan(found.grid.high[k] as number);
        });
      }
    },
  );

  test('a Boltzmann machine has the probabilities of e^−H, at a point where its slope vanishes', () => {
    const { model, data, parameters } = run<Generative>('boltzmann-machine', { weightDecay: 0.01 });
    const [fields, couplings, transverse] = ['fields', 'couplings', 'transverse'].map(
      (name) => parameters[name] as number[],
    ) as [number[], number[], number[]];
    const sign = (i: number, q: number) => 1 - 2 * ((i >> q) & 1);
    const pairs = [0, 1, 2, 3].flatMap((i) =>
      [0, 1, 2, 3].slice(i + 1).map((j) => [i, j] as const),
    );
    const thermal = (x: number[], w: number[], b: number[]): { rho: Float64Array; log: number } => {
      const minusH = new Float64Array(256);
      for (let i = 0; i < 16; i++) {
        minusH[17 * i] =
          b.reduce((sum, v, q) => sum + v * sign(i, q), 0) +
          w.reduce((sum, v, k) => {
            const [p, q] = pairs[k] as readonly [number, number];
            return sum + v * sign(i, p) * sign(i, q);
          }, 0);
        x.forEach((v, q) => (minusH[16 * i + (i ^ (1 << q))] = v));
      }
      // e^A by squaring a Taylor series of A/2^10.
      let power = minusH.map((v) => v / 1024);
      const multiply = (a: Float64Array, c: Float64Array) =>
        Float64Array.from({ length: 256 }, (_, at) => {
          const [i, j] = [at >> 4, at & 15];
          let sum = 0;
          for (let k = 0; k < 16; k++) sum += (a[16 * i + k] as number) * (c[16 * k + j] as number);
          return sum;
        });
      const step = power;
      let series = Float64Array.from({ length: 256 }, (_, at) => (at % 17 === 0 ? 1 : 0));
      for (let k = 1; k < 8; k++) {
        series = series.map((v, at) => v + (power[at] as number));
        power = multiply(power, step).map((v) => v / (k + 1));
      }
      for (let k = 0; k < 10; k++) series = multiply(series, series);
      const trace = Array.from({ length: 16 }, (_, i) => series[17 * i] as number);
      const total = trace.reduce((sum, v) => sum + v, 0);
      return { rho: series.map((v) => v / total), log: Math.log(total) };
    };
    const { rho } = thermal(transverse, couplings, fields);
    model.forEach((p, i) => expect(p).toBeCloseTo(rho[17 * i] as number, 7));
    // ⟨H⟩ of the state √q + ln Z + decay: its slope along the first field and the first transverse field.
    const lossAt = (b: number[], x: number[]): number => {
      const { log } = thermal(x, couplings, b);
      const mean = (q: number) => data.reduce((sum, v, i) => sum + v * sign(i, q), 0);
      const flip = (q: number) =>
        data.reduce((sum, v, i) => sum + Math.sqrt(v * (data[i ^ (1 << q)] as number)), 0);
      const ownB = b.reduce((sum, v, q) => sum - v * mean(q) + 0.005 * v * v, 0);
      return x.reduce((sum, v, q) => sum - v * flip(q) + 0.005 * v * v, ownB + log);
    };
    const nudged = (list: number[], d: number) => list.with(0, (list[0] as number) + d);
    const d = 1e-4;
    const alongField =
      lossAt(nudged(fields, d), transverse) - lossAt(nudged(fields, -d), transverse);
    const across = lossAt(fields, nudged(transverse, d)) - lossAt(fields, nudged(transverse, -d));
    expect(alongField / (2 * d)).toBeCloseTo(0, 3);
    expect(across / (2 * d)).toBeCloseTo(0, 3);
  });

  test('shots give the same distribution within their error, and the same one for the same seed', () => {
    const settings = { optimizer: { id: 'spsa', maxIterations: 20 } };
    const shot = run<Generative>('born-machine', settings, { shots: 400 });
    const again = run<Generative>('born-machine', settings, { shots: 400 });
    expect(JSON.stringify(shot)).toBe(JSON.stringify(again));
    expect(shot.model.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  test('more qubits than can be trained are refused with what to change', () => {
    expect(() => run('born-machine', { bits: 7 })).toThrow(/14 qubits, and at most 12/);
    expect(() => run('boltzmann-machine', { bits: 3 })).toThrow(/settings.bits|at most 5/);
    expect(() => run('quantum-autoencoder', { optimizer: { id: 'qng' } })).toThrow(/Choose adam/);
  });
});

describe('groups', () => {
  const two = Array.from({ length: 10 }, (_, i) =>
    [i < 5 ? 0 : 3, 0].map((x) => x + rng.normal() / 2),
  );
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, k) => sum + x * (b[k] as number), 0);
  const values = new Float64Array(two.flatMap((a) => two.map((b) => dot(a, b))));

  test('have the least distances of all ways to part the rows in two', () => {
    const { groups, inertia } = groupedBy({ values, size: 10 }, { count: 2, restarts: 20, rng });
    const inertiaOf = (isIn: (i: number) => boolean): number =>
      [true, false].reduce((total, side) => {
        const members = two.filter((_, i) => isIn(i) === side);
        const mean = [0, 1].map(
          (k) => members.reduce((sum, row) => sum + (row[k] as number), 0) / members.length,
        );
        return (
          total +
          members.reduce(
            (sum, row) =>
              sum +
              dot(
                row.map((x, k) => x - (mean[k] as number)),
                row.map((x, k) => x - (mean[k] as number)),
              ),
            0,
          )
        );
      }, 0);
    let least = Infinity;
    for (let mask = 1; mask < 1023; mask++) {
      least = Math.min(
        least,
        inertiaOf((i) => ((mask >> i) & 1) === 1),
      );
    }
    expect(inertia).toBeCloseTo(least, 9);
    expect(inertiaOf((i) => groups[i] === 0)).toBeCloseTo(least, 9);
  });

  test('agree and stand apart as scikit-learn has it', () => {
    // adjusted_rand_score([0,0,1,1], [0,0,1,2]) and silhouette_score of 0, 1, 4, 6 in pairs.
    expect(adjustedRandIndex([0, 0, 1, 1], [0, 0, 1, 2])).toBeCloseTo(0.5714285714285714, 12);
    const line = [0, 1, 4, 6];
    const apart = (i: number, j: number) => Math.abs((line[i] as number) - (line[j] as number));
    expect(silhouetteOf([0, 0, 1, 1], apart)).toBeCloseTo((0.8 + 0.75 + 3 / 7 + 7 / 11) / 4, 12);
  });

  test('of states part rows that lie apart, and tell where further ones belong', () => {
    const table = [
      'a,b',
      ...Array.from({ length: 40 }, (_, i) => `${(i % 2) * 5 + rng.uniform()},${rng.uniform()}`),
    ];
    const spec = {
      algorithm: 'quantum-k-means',
      problem: { kind: 'unsupervised', data: 'x' },
      seed: 1,
    };
    const found = runText(spec, table.join('\n')).result as {
      assignments: { row: number; cluster: number; isTest: boolean }[];
      baseline: { adjustedRandIndex: number };
    };
    const first = found.assignments.find(({ row }) => row % 2 === 0)?.cluster;
    for (const { row, cluster } of found.assignments) {
      expect(cluster === first).toBe(row % 2 === 0);
    }
    expect(found.assignments.filter(({ isTest }) => isTest)).toHaveLength(10);
    expect(found.baseline.adjustedRandIndex).toBe(1);
  });
});

test('no encoder keeps more than the largest eigenvalues of the mean state, and a good one nearly that', () => {
  const three = { ...problem, features: ['a', 'b', 'c'], sampleSize: 24 };
  const spec = { problem: three, seed: 2 };
  const settings = { kept: 1, optimizer: { id: 'lbfgsb', maxIterations: 60 } };
  const found = run<{
    fidelity: { train: { value: number } };
    rows: { row: number; isTest: boolean }[];
  }>('quantum-autoencoder', settings, spec);
  // RY(πx) of a column between its ends: real amplitudes of a product.
  const train = found.rows.filter(({ isTest }) => !isTest).map(({ row }) => rows[row] as number[]);
  const ends = [0, 1, 2].map((k) => {
    const column = train.map((row) => row[k] as number);
    return [Math.min(...column), Math.max(...column)] as const;
  });
  const density = new Float64Array(64);
  for (const row of train) {
    const angles = row.map((x, k) => {
      const [low, high] = ends[k] as readonly [number, number];
      return (Math.PI * (x - low)) / (high - low) / 2;
    });
    const amplitudes = Array.from({ length: 8 }, (_, i) =>
      angles.reduce((p, a, q) => p * (((i >> q) & 1) === 1 ? Math.sin(a) : Math.cos(a)), 1),
    );
    amplitudes.forEach((a, i) =>
      amplitudes.forEach((b, j) => {
        density[8 * i + j] = (density[8 * i + j] as number) + (a * b) / train.length;
      }),
    );
  }
  const { values } = symmetricEigen(density, 8);
  const bound = (values[0] as number) + (values[1] as number);
  expect(found.fidelity.train.value).toBeLessThanOrEqual(bound + 1e-9);
  expect(found.fidelity.train.value).toBeGreaterThan(bound - 0.05);
});
