import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { numberOf, parameterOf } from '#shared/circuit/expression.ts';
import { amplitudeAngles, amplitudeGates } from '#engine/learning/amplitude-encoding.ts';
import { ask } from '#engine/programs/ask.ts';
import { driveNow } from '#engine/programs/drive.ts';
import type { Program } from '#engine/programs/program.ts';
import { casesFolder } from '#test/support/cases.ts';
import { denseBackend } from '#test/support/dense-backend.ts';
import { runText } from '#test/support/run-spec.ts';

interface Learned {
  readonly metrics: Record<'train' | 'test', Record<string, { mean: number } | undefined>>;
  readonly perFold: readonly { readonly test: Record<string, number> }[];
  readonly predictions: readonly { row: number; fold: number; decision: number; label: number }[];
  readonly preprocessing: readonly object[];
  readonly coefficients?: readonly number[];
}

const count = 40;
const rows = Array.from({ length: count }, (_, i) => {
  const x = [Math.sin(1.3 * i), 2 * Math.cos(2.1 * i), Math.sin(0.7 * i + 1) + 0.1 * i] as const;
  return { x, y: x[0] + 0.5 * x[1] ** 2 - 0.3 * x[2] };
});
const sorted = rows.map(({ y }) => y).sort((a, b) => a - b);
const median = ((sorted[19] as number) + (sorted[20] as number)) / 2;
const csv = [
  'a,b,c,y,k',
  ...rows.map(({ x, y }) => [...x, y, y > median ? 'up' : 'down'].join(',')),
].join('\n');
const place = rows.map((_, i) => i);
const split = { kind: 'rows', train: place.slice(0, 30), test: place.slice(30) };
const features = ['a', 'b', 'c'];
const regression = { kind: 'regression', data: 'x', target: 'y', features, split };
const classification = { kind: 'classification', data: 'x', target: 'k', features, split };

function run(algorithm: string, problem: object, settings: object = {}) {
  const { result, warnings } = runText({ algorithm, problem, settings, seed: 1 }, csv);
  return { ...(result as Learned), warnings };
}

const known = JSON.parse(readFileSync(join(casesFolder, 'ml/learners.json'), 'utf8')) as Record<
  string,
  readonly number[]
>;
const robust = { ...regression, preprocessing: [{ id: 'robust' }] };

describe('deterministic learners say what scikit-learn 1.9 says', () => {
  test.each([
    ['ridge', 'ridge', regression, {}],
    ['robustRidge', 'ridge', robust, {}],
    ['ridgeClasses', 'ridge', classification, {}],
    ['svr', 'svr', regression, { gamma: 'scale' }],
    ['svrPoly', 'svr', regression, { kernel: 'poly' }],
    ['kernelRidge', 'kernel-ridge', regression, {}],
    ['kNearest', 'k-nearest', regression, {}],
    ['l1', 'logistic', classification, { penalty: 'l1' }],
    ['l2', 'logistic', classification, {}],
    ['elastic', 'logistic', classification, { penalty: 'elastic-net' }],
  ] as const)('%s', (name, algorithm, problem, settings) => {
    const { predictions } = run(algorithm, problem, settings);
    expect(predictions).toHaveLength(10);
    predictions.forEach(({ decision }, k) =>
      expect(Math.abs(decision - (known[name]?.[k] as number))).toBeLessThan(2e-6),
    );
  });
});

test('Gaussian processes say what scikit-learn says of the same kernel', () => {
  const values = run('gaussian-process', regression, {
    lengthScale: 1.5,
    amplitude: 1,
    noise: 0.1,
  });
  const mean = [
    1.79108494, 0.49993482, -1.04743106, 0.32798949, -0.05590364, -0.00017214, 0.63574407,
    -1.13782087, -1.29599739, 0.9667705,
  ];
  mean.forEach((value, k) => expect(values.predictions[k]?.decision).toBeCloseTo(value, 5));
  const classes = run('gaussian-process', classification, { lengthScale: 1.5, amplitude: 2 });
  const latent = [
    0.47023894, -0.30361783, -2.37114848, -0.44600728, -1.62416183, -1.0652017, -0.95346069,
    -1.5801697, -1.98493398, -0.71835336,
  ];
  latent.forEach((f, k) =>
    expect(classes.predictions[k]?.decision).toBeCloseTo(1 / (1 + Math.exp(-f)) - 0.5, 4),
  );
  // What is looked for is at least as likely as what was given, so it foretells no worse than chance.
  expect(run('gaussian-process', regression).metrics.test['r2']?.mean).toBeGreaterThan(0.5);
});

test('kernel components have the eigenvalues of scikit-learn over n − 1', () => {
  const problem = { kind: 'decomposition', data: 'x', features, components: 3 };
  const spec = { algorithm: 'kernel-pca', problem, settings: { kernel: 'rbf', gamma: 0.2 } };
  const { eigenvalues } = runText(spec, csv).result as { eigenvalues: number[] };
  expect(eigenvalues).toEqual(
    [0.21364433, 0.1397835, 0.0789771].map((value) => expect.closeTo(value, 7)),
  );
});

describe('ARIMA forecasts as statsmodels 0.15 does, with parameters of the training part', () => {
  const noise = Array.from({ length: 120 }, (_, i) => {
    const x = Math.sin(12.9898 * i) * 43758.5453;
    return x - Math.floor(x) - 0.5;
  });
  const series = [0];
  for (let t = 1; t < 120; t++) {
    const [before, now, last] = [series[t - 1] ?? 0, noise[t] ?? 0, noise[t - 1] ?? 0];
    series.push(0.6 * before + now + 0.3 * last);
  }
  let sum = 0;
  const text = ['x,y', ...series.map((x) => `${x + 2},${(sum += x)}`)].join('\n');
  test.each([
    ['x', 0, [2.49153224, 2.73652742, 2.01360945, 1.55542216, 1.73391045, 1.56466186]],
    ['y', 1, [-13.815733, -12.684174, -13.126673, -13.960808, -14.140905, -14.77427]],
  ] as const)('%s with d = %d', (target, d, wanted) => {
    const given = { kind: 'holdout', testFraction: 24 / 116 };
    const problem = { kind: 'forecast', data: 'x', target, lags: 4, split: given };
    const spec = { algorithm: 'arima', settings: { p: 1, d, q: 1 }, problem };
    const { predictions } = runText(spec, text).result as Learned;
    wanted.forEach((value, k) => expect(predictions[k]?.decision).toBeCloseTo(value, 4));
  });
});

describe('splits', () => {
  const folds = (given: object) => run('ridge', { ...regression, split: given });
  test('walk forward over the blocks of TimeSeriesSplit, and train on nothing near or after them', () => {
    const { predictions, perFold } = folds({ kind: 'walk-forward', folds: 3 });
    expect(perFold).toHaveLength(3);
    expect(predictions.map(({ row, fold }) => [row, fold])).toEqual(
      Array.from({ length: 30 }, (_, k) => [10 + k, Math.floor(k / 10)]),
    );
    // Labels far beyond the others, beside the test part: whoever trained on them would be far off.
    const spoilt = ['x,y', ...place.map((i) => `${i},${i >= 17 && i < 20 ? 1e6 : i}`)].join('\n');
    const problem = { kind: 'regression', data: 'x', target: 'y', features: ['x'] };
    const mae = (purge: number) => {
      const given = { kind: 'walk-forward', folds: 3, purge, embargo: 1 };
      const spec = { algorithm: 'ridge', problem: { ...problem, split: given } };
      return (runText(spec, spoilt).result as Learned).perFold[1]?.test['mae'] ?? Number.NaN;
    };
    expect(mae(2)).toBeLessThan(2);
    expect(mae(1)).toBeGreaterThan(1e4);
  });

  test('purged folds are blocks that leave out what lies beside them', () => {
    const { predictions } = folds({ kind: 'folds', folds: 4, purge: 1 });
    expect(predictions.map(({ fold }) => fold)).toEqual(place.map((i) => Math.floor(i / 10)));
  });

  test('of rows tell what is trained on as well, and a fault between settings at its place', () => {
    const both = folds({ kind: 'rows', train: [0, 1, 2, 3, 4, 5], test: [5, 6, 7] });
    expect(both.warnings.join()).toMatch(/1 of 3 test rows are trained on as well/);
    expect(() => folds({ kind: 'rows', train: [0, 1] })).toThrow(/split\.test/);
    expect(() => folds({ kind: 'file' })).toThrow(/split\.file/);
    expect(() => run('ridge', { ...regression, preprocessing: [{ id: 'pca', low: 1 }] })).toThrow(
      /preprocessing\[0\]\.low/,
    );
  });
});

test('equal seeds give equal bytes, and another seed other trees', () => {
  const trees = (seed: number) =>
    JSON.stringify(
      runText(
        { algorithm: 'random-forest', problem: regression, settings: { trees: 5 }, seed },
        csv,
      ).result,
    );
  expect(trees(1)).toBe(trees(1));
  expect(trees(1)).not.toBe(trees(2));
});

test('amplitude encoding prepares the amplitudes, signs and all', () => {
  const rng = rngOf(7);
  for (const qubits of [1, 2, 3, 4]) {
    const amplitudes = Float64Array.from({ length: 2 ** qubits }, () => rng.normal());
    const angles = [...amplitudeAngles(amplitudes)].map(numberOf);
    const circuit = circuitOf(qubits, amplitudeGates(qubits, 0, angles));
    const norm = Math.hypot(...amplitudes);
    // The circuit that undoes it after other gates: the probabilities of H on every qubit know the signs.
    const turned = {
      ...circuit,
      operations: [...circuit.operations, ...place.slice(0, qubits).map((q) => gate('h', [q]))],
    };
    const seen = (one: typeof circuit): Float64Array => {
      const program = (function* (): Program<Float64Array> {
        yield { kind: 'define', key: 'a', circuit: one, observables: [] };
        const bindings = new Float64Array(0);
        return (yield* ask({ kind: 'probabilities', key: 'a', items: 1, bindings })).values;
      })();
      return driveNow(program, denseBackend(), { seed: 0, cancel: new CancelFlag() });
    };
    seen(circuit).forEach((p, k) =>
      expect(p).toBeCloseTo(((amplitudes[k] as number) / norm) ** 2, 12),
    );
    const first = amplitudes.reduce((sum, a) => sum + a, 0) / norm / Math.sqrt(2 ** qubits);
    expect(seen(turned)[0]).toBeCloseTo(first ** 2, 12);
  }
});

test('a circuit tells its value and both derivatives, as a published notebook has them', () => {
  // H, RY(x), RX(w) and ⟨Y⟩ of qiskit-machine-learning's first tutorial.
  const [x, w] = [0.77395605, 0.43887844];
  const circuit = {
    ...circuitOf(1, [
      gate('h', [0]),
      gate('ry', [0], [parameterOf('x')]),
      gate('rx', [0], [parameterOf('w')]),
    ]),
    parameters: ['x', 'w'].map((name) => ({ name, value: null })),
  };
  const y = { terms: [{ coefficient: 1, factors: [{ qubit: 0, letter: 'Y' as const }] }] };
  const program = (function* () {
    yield {
      kind: 'define' as const,
      key: 'q',
      circuit,
      observables: [{ kind: 'pauli' as const, sum: y }],
    };
    const bindings = Float64Array.of(x, w);
    return yield* ask({ kind: 'gradients', key: 'q', items: 1, bindings, observable: 0 });
  })();
  const found = driveNow(program, denseBackend(), { seed: 0, cancel: new CancelFlag() });
  expect(found.values[0]).toBeCloseTo(0.2970093992898819, 10);
  expect(found.gradients[0]).toBeCloseTo(0.30388520354261256, 10);
  expect(found.gradients[1]).toBeCloseTo(0.6327276681104329, 10);
});

test('the twin without entanglement is another circuit with as many weights', () => {
  const settings = { layers: 1, optimizer: { id: 'adam', maxIterations: 3 } };
  const small = { ...classification, features: ['a', 'b'] };
  const gates = (entangled: boolean) =>
    run('qnn', small, { ...settings, entangled }).predictions.map(({ decision }) => decision);
  expect(gates(true)).not.toEqual(gates(false));
  const { preprocessing } = run('qnn', small, settings);
  expect(preprocessing).toEqual([{ id: 'minmax', low: 0, high: 1, clip: 'yes' }]);
});

test('the projected kernel of one qubit is the RBF kernel of its place on the circle', () => {
  // RY(π·x) puts a row at (sin πx, cos πx), with x in [0, 1] on the training rows.
  const train = rows.slice(0, 30).map(({ x }) => x[1]);
  const [low, high] = [Math.min(...train), Math.max(...train)];
  const angle = (b: number) => Math.PI * Math.min(1, Math.max(0, (b - low) / (high - low)));
  const circle = [
    's,t,y',
    ...rows.map(({ x, y }) => [Math.sin(angle(x[1])), Math.cos(angle(x[1])), y].join(',')),
  ];
  const quantum = run(
    'quantum-kernel-ridge',
    { ...regression, features: ['b'] },
    { kernel: 'projected', gamma: 2, featureMap: { id: 'angle-ry' } },
  );
  const problem = { ...regression, features: ['s', 't'], preprocessing: [] };
  const classical = runText(
    { algorithm: 'kernel-ridge', problem, settings: { gamma: 2 } },
    circle.join('\n'),
  ).result as Learned;
  quantum.predictions.forEach(({ decision }, k) =>
    expect(decision).toBeCloseTo(classical.predictions[k]?.decision as number, 9),
  );
});

describe('ridge regression on landmarks', () => {
  const small = { ...regression, features: ['a', 'b'] };
  const decisions = (landmarks: number | null, kernel = 'fidelity') =>
    run('quantum-kernel-ridge', small, {
      ...(landmarks === null ? {} : { landmarks }),
      kernel,
      alpha: 0.1,
    });

  test('is what least squares on their kernels make of it', () => {
    const few = decisions(6);
    const all = decisions(null);
    // More landmarks than rows are all of them.
    expect(decisions(30).predictions).toEqual(all.predictions);
    const apart = (one: typeof few) =>
      Math.hypot(
        ...one.predictions.map(
          ({ decision }, k) => decision - (all.predictions[k]?.decision as number),
        ),
      );
    // Functions of 29 of 30 rows are nearly all of them, those of 6 rows are not.
    expect(apart(decisions(29))).toBeLessThan(0.05 * Math.max(apart(few), 0.01) + 0.05);
    expect(few.metrics.test['rmse']?.mean).toBeGreaterThan(0);
    expect(decisions(29).metrics.train['rmse']?.mean).toBeLessThan(
      few.metrics.train['rmse']?.mean as number,
    );
  });

  test('learns on projected kernels as well', () => {
    expect(decisions(12, 'projected').metrics.test['r2']?.mean).toBeGreaterThan(0);
  });
});
