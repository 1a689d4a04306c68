import { describe, expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import type { Observable } from '#shared/observables/observable.ts';
import { lossOf, targetsOf } from '#engine/learning/circuit-loss.ts';
import { dressedModel } from '#engine/learning/dressed.ts';
import { driveNow } from '#engine/programs/drive.ts';
import { denseBackend } from '#test/support/dense-backend.ts';
import {
  devianceOf,
  fittedGarch,
  variancesAhead,
  volatilityOf,
} from '#engine/learning/garch-process.ts';
import { ConvolutionalNet, convolutionSize } from '#engine/learning/convolutions.ts';
import { Lstm, lstmSize } from '#engine/learning/long-short-term-memory.ts';
import { runText } from '#test/support/run-spec.ts';

/** Uniform numbers that other languages make of the same formula. */
function noise(i: number): number {
  const x = Math.sin(12.9898 * (i + 1)) * 43758.5453;
  return x - Math.floor(x);
}

/** An AR(1) mean with GARCH(1, 1) errors. */
const clustered = (() => {
  let [variance, e, last] = [0.5, 0, 0.1];
  return Float64Array.from({ length: 600 }, (_, t) => {
    const z = Math.sqrt(-2 * Math.log(1 - noise(2 * t))) * Math.cos(2 * Math.PI * noise(2 * t + 1));
    variance = 0.1 + 0.12 * e * e + 0.8 * variance;
    e = Math.sqrt(variance) * z;
    last = 0.05 + 0.2 * last + e;
    return last;
  });
})();

describe('GARCH is what the Python package arch 8.0 finds', () => {
  test.each([
    ['zero', [0, 0, 0.12512254, 0.10724242, 0.79780163], 1.21403259, [1.86355354, 1.68392772]],
    [
      'constant',
      [-0.01036186, 0, 0.12397102, 0.10616208, 0.79969106],
      1.2139417,
      [1.86685823, 1.68716806],
    ],
    [
      'ar',
      [-0.01797553, 0.18579201, 0.10830518, 0.09695795, 0.81795612],
      1.17904159,
      [1.8775119, 1.75865826],
    ],
  ] as const)('with a mean “%s”', (mean, [constant, phi, omega, alpha, beta], deviance, ahead) => {
    const found = fittedGarch(clustered, { mean, p: 1, q: 1 }, rngOf(0));
    expect(devianceOf(clustered, found)).toBeCloseTo(deviance, 7);
    const near = (value: number | undefined, wanted: number) =>
      expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(2e-4);
    near(found.constant, constant);
    near(found.phi, phi);
    near(found.omega, omega);
    near(found.alpha[0], alpha);
    near(found.beta[0], beta);
    const told = volatilityOf(clustered, found);
    const variances = variancesAhead(told, found, { known: 600, steps: 5 });
    expect(variances[0]).toBeCloseTo(ahead[0], 2);
    expect(variances[4]).toBeCloseTo(ahead[1], 2);
  });

  test('and a further lag whose weight is none changes nothing', () => {
    const wide = fittedGarch(clustered, { mean: 'constant', p: 2, q: 1 }, rngOf(0));
    expect(devianceOf(clustered, wide)).toBeCloseTo(1.2139417, 5);
    expect(wide.alpha[1]).toBeLessThan(0.01);
  });
});

describe('GARCH tells the volatility of the windows behind a series', () => {
  let level = 100;
  const prices = [level, ...clustered.map((r) => (level *= Math.exp(r / 100)))];
  const csv = ['price', ...prices].join('\n');
  const problem = (transform: object) => ({
    kind: 'forecast',
    data: 'x',
    target: 'price',
    lags: 3,
    transform: { kind: 'realised-volatility', window: 5, annualise: 250, ...transform },
  });
  const run = (transform: object, settings = {}) =>
    runText({ algorithm: 'garch', problem: problem(transform), settings }, csv).result as {
      predictions: { decision: number; label: number }[];
      metrics: { test: Record<'mse' | 'qlike', { mean: number }> };
      baselines: { mean: { mse: number } };
    };

  test('as the variances that its own process foretells add up to', () => {
    const { predictions } = run({}, { mean: 'zero' });
    // 120 windows, 117 samples, 93 of which train: returns of 96 windows.
    const returns = clustered.map((r) => Math.log(Math.exp(r / 100)));
    const process = fittedGarch(returns.subarray(0, 480), { mean: 'zero', p: 1, q: 1 }, rngOf(0));
    const told = volatilityOf(returns, process);
    const [alpha, beta] = [process.alpha[0] as number, process.beta[0] as number];
    let variance = told.variances[480] as number;
    let sum = 0;
    for (let step = 0; step < 5; step++) {
      sum += variance;
      variance = process.omega + (alpha + beta) * variance;
    }
    expect(predictions[0]?.decision).toBeCloseTo(Math.sqrt(50 * sum), 6);
  });

  test('better than the mean of the past, and the same in logarithms', () => {
    const plain = run({});
    expect(plain.metrics.test.mse.mean).toBeLessThan(plain.baselines.mean.mse);
    const log = run({ log: true });
    log.predictions.forEach(({ decision }, k) =>
      expect(Math.exp(decision)).toBeCloseTo(plain.predictions[k]?.decision as number, 9),
    );
  });

  test('of windows that overlap by what is known of them', () => {
    const { predictions } = run({ every: 1 });
    const errors = predictions.map(({ decision, label }) => (decision - label) ** 2);
    const mean = errors.reduce((sum, e) => sum + e, 0) / errors.length;
    // Four of five returns are known.
    expect(Math.sqrt(mean)).toBeLessThan(0.05);
  });
});

describe('networks on sequences', () => {
  const rng = rngOf(9);
  const draw = (length: number) => Float64Array.from({ length }, () => rng.normal());
  const lstm = { steps: 5, channels: 2, hidden: 3 };
  const filters = { steps: 7, channels: 2, filters: [3, 2], width: 3 };
  test.each([
    ['LSTM', new Lstm(lstm, draw(lstmSize(lstm))), 6],
    ['convolutions', new ConvolutionalNet(filters, draw(convolutionSize(filters))), 8],
  ])('%s have the slopes of their difference quotients', (_, net, numbers) => {
    for (let round = 0; round < 5; round++) {
      const row = draw(numbers);
      const gradient = new Float64Array(net.parameters.length);
      net.output(row);
      net.addGradient(1.5, gradient);
      gradient.forEach((slope, k) => {
        const kept = net.parameters[k] as number;
        const [up, down] = [1e-6, -1e-6].map((step) => {
          net.parameters[k] = kept + step;
          return net.output(row);
        }) as [number, number];
        net.parameters[k] = kept;
        expect(slope).toBeCloseTo((1.5 * (up - down)) / 2e-6, 6);
      });
    }
  });

  test('an LSTM says what PyTorch 2.13 says of the same weights', () => {
    // Weights and inputs sin(1), sin(2), …; nn.LSTM has its gates in the same order.
    const shape = { steps: 4, channels: 1, hidden: 2 };
    const net = new Lstm(
      shape,
      Float64Array.from({ length: lstmSize(shape) }, (_, k) => Math.sin(k + 1)),
    );
    const row = Float64Array.from({ length: 4 }, (_, k) => Math.sin(k + 1));
    expect(net.output(row)).toBeCloseTo(-0.7308318575241788, 12);
    const gradient = new Float64Array(net.parameters.length);
    net.addGradient(1, gradient);
    expect(gradient[3]).toBeCloseTo(0.010021562739062698, 12);
  });

  test('convolutions say what PyTorch 2.13 says of the same weights', () => {
    const shape = { steps: 5, channels: 1, filters: [2], width: 3 };
    const net = new ConvolutionalNet(
      shape,
      Float64Array.from({ length: convolutionSize(shape) }, (_, k) => Math.sin(k + 1)),
    );
    expect(net.output(Float64Array.from({ length: 5 }, (_, k) => Math.cos(k)))).toBeCloseTo(
      4.4900116002317905,
      12,
    );
  });

  const wave = ['y', ...Array.from({ length: 120 }, (_, t) => 50 + 10 * Math.sin(t / 3))].join(
    '\n',
  );
  test.each(['cnn', 'lstm'])(
    '%s foretells a wave far from 0 better than its last value',
    (algorithm) => {
      const problem = { kind: 'forecast', data: 'x', target: 'y', lags: 6 };
      const { result } = runText({ algorithm, problem, seed: 1 }, wave);
      const { metrics, baselines } = result as {
        metrics: { test: { mse: { mean: number } } };
        baselines: { persistence: { mse: number } };
      };
      expect(metrics.test.mse.mean).toBeLessThan(baselines.persistence.mse / 5);
    },
  );

  test('what is known beside the lags comes with every step', () => {
    const table = [
      'y,z',
      ...Array.from({ length: 60 }, (_, t) => `${((t + 1) * 7) % 5},${((t + 2) * 7) % 5}`),
    ];
    const problem = { kind: 'forecast', data: 'x', target: 'y', lags: 2, features: ['z'] };
    const { result } = runText({ algorithm: 'lstm', problem, seed: 1 }, table.join('\n'));
    const { metrics } = result as { metrics: { test: { r2: { mean: number } } } };
    expect(metrics.test.r2.mean).toBeGreaterThan(0.9);
  });
});

describe('circuits that are trained', () => {
  test.each([true, false])(
    'between classical layers have the slopes of difference quotients',
    (areClasses) => {
      const rng = rngOf(5);
      const model = dressedModel(2, { qubits: 3, layers: 2, isEntangled: true });
      const labels = [1, 0, 1, 0];
      const inputs = labels.map(() => Float64Array.of(rng.normal(), rng.normal()));
      const loss = lossOf({
        inputs,
        targets: targetsOf(labels, areClasses),
        model,
        areClasses,
        batch: undefined,
        rng,
      });
      const point = Float64Array.of(...model.start(rng), 0.7, -0.4, 0.9, 0.2);
      const observables = [0, 1, 2].map(
        (qubit): Observable => ({
          kind: 'pauli',
          sum: { terms: [{ coefficient: 1, factors: [{ qubit, letter: 'Z' }] }] },
        }),
      );
      const at = (points: Float64Array, needsGradient: boolean) => {
        const program = (function* () {
          yield { kind: 'define' as const, key: 'model', circuit: model.circuit, observables };
          return yield* loss.evaluate({
            points,
            count: points.length / point.length,
            needsGradient,
          });
        })();
        return driveNow(program, denseBackend(), { seed: 0, cancel: new CancelFlag() });
      };
      const { gradients } = at(point, true);
      const nudged = new Float64Array(
        Array.from(point.keys()).flatMap((k) =>
          [1e-5, -1e-5].flatMap((step) => Array.from(point.with(k, (point[k] as number) + step))),
        ),
      );
      const { values } = at(nudged, false);
      gradients.forEach((slope, k) => {
        const quotient = ((values[2 * k] as number) - (values[2 * k + 1] as number)) / 2e-5;
        expect(slope).toBeCloseTo(quotient, 7);
      });
    },
  );

  test.each(['tree-tensor', 'quantum-convolutional', 'quantum-reservoir'])(
    'of %s hear of all features only where they are entangled',
    (algorithm) => {
      const rng = rngOf(6);
      const rows = Array.from({ length: 20 }, () => [rng.uniform(), rng.uniform(), rng.uniform()]);
      const split = {
        kind: 'rows',
        train: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        test: [12, 13, 14, 15],
      };
      const problem = {
        kind: 'regression',
        data: 'x',
        target: 'y',
        features: ['a', 'b', 'c'],
        split,
      };
      const isTrained = algorithm !== 'quantum-reservoir';
      const decisions = (entangled: boolean, last: number) => {
        const settings = {
          entangled,
          ...(isTrained ? { optimizer: { id: 'adam', maxIterations: 3 } } : { qubits: 3 }),
        };
        // The last feature of the test rows is another one; a reservoir is driven by all of them in turn.
        const table = rows.map(([a, b, c], r) => [a, b, r < 12 ? c : last, a].join(','));
        const { result } = runText(
          { algorithm, problem, settings, seed: 1 },
          ['a,b,c,y', ...table].join('\n'),
        );
        return (result as { predictions: { decision: number }[] }).predictions.map(
          ({ decision }) => decision,
        );
      };
      expect(decisions(true, 0.1)).not.toEqual(decisions(true, 0.9));
      if (!isTrained) return;
      const without = decisions(false, 0.9);
      decisions(false, 0.1).forEach((value, k) =>
        expect(value).toBeCloseTo(without[k] as number, 12),
      );
    },
  );

  test('a reservoir is the same one for the same seed of its own, whatever the seed of the job', () => {
    const rows = Array.from({ length: 30 }, (_, t) => Math.sin(t / 2) + 0.3 * Math.sin(t * 1.7));
    const problem = { kind: 'forecast', data: 'x', target: 'y', lags: 4 };
    const run = (seed: number, settings: object) => {
      const spec = { algorithm: 'quantum-reservoir', problem, settings, seed };
      return (runText(spec, ['y', ...rows].join('\n')).result as { predictions: object[] })
        .predictions;
    };
    expect(run(1, {})).toEqual(run(2, {}));
    expect(run(1, { reservoirSeed: 1 })).not.toEqual(run(1, {}));
  });
});
