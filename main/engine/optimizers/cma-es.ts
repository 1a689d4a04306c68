import { symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import {
  evaluateAll,
  maxIterations,
  numberSetting,
  type Optimizer,
  tolerance,
} from './optimizer.ts';

/**
 * Evolution with an adapted covariance (Hansen 2016, arXiv:1604.00772): points are drawn from a normal distribution, whose
 * mean, width and shape learn from the better half of them.
 */
export const cmaEs: Optimizer = {
  id: 'cma-es',
  title: 'CMA-ES',
  summary:
    'A cloud of points that learns the shape of the valley; needs no gradient and stands noise and many minima.',
  usesGradient: false,
  parameters: [
    maxIterations(500),
    {
      kind: 'number',
      id: 'width',
      title: 'First width',
      help: 'Standard deviation of the first points about the start, in radians.',
      default: 0.3,
      min: 0,
      exclusiveMin: true,
    },
    {
      kind: 'integer',
      id: 'population',
      title: 'Population',
      help: 'Points of one iteration. Empty: 4 + 3·ln of the number of angles.',
      default: null,
      min: 4,
      max: 10_000,
      advanced: true,
    },
    tolerance(1e-8, 'Converged when the values of an iteration differ by less than this.'),
  ],
  expectedIterations: (settings) => numberSetting(settings, 'maxIterations'),
  *minimise(start, settings, rng) {
    const limit = numberSetting(settings, 'maxIterations');
    const least = numberSetting(settings, 'tolerance');
    const n = start.length;
    const given = settings['population'] as number | undefined;
    const rates = ratesOf(n, given ?? 4 + Math.floor(3 * Math.log(Math.max(1, n))));
    let mean = Float64Array.from(start);
    let width = numberSetting(settings, 'width');
    let [path, widthPath] = [new Float64Array(n), new Float64Array(n)];
    const covariance = new Float64Array(n * n);
    for (let k = 0; k < n; k++) covariance[k * n + k] = 1;
    let best = { point: mean, value: Number.POSITIVE_INFINITY };
    for (let iteration = 0; iteration < limit; iteration++) {
      const { values: squares, vectors } = symmetricEigen(covariance, n);
      const lengths = squares.map((square) => Math.sqrt(Math.max(square, 1e-20)));
      // B·D·z: a step of the distribution, before its width.
      const steps = Array.from({ length: rates.population }, () => {
        const z = lengths.map((length) => length * rng.normal());
        return mean.map((_, k) =>
          z.reduce((sum, x, j) => sum + x * (vectors[j]?.[k] as number), 0),
        );
      });
      const points = steps.map((step) => mean.map((x, k) => x + width * (step[k] as number)));
      const values = yield* evaluateAll(points, iteration);
      const order = steps
        .map((_, k) => k)
        .sort((a, b) => (values[a] as number) - (values[b] as number));
      const [first = 0] = order;
      if ((values[first] as number) < best.value) {
        best = {
          point: points[first] as Float64Array<ArrayBuffer>,
          value: values[first] as number,
        };
      }
      const range = (values[order.at(-1) as number] as number) - (values[first] as number);
      const chosen = order.slice(0, rates.weights.length).map((k) => steps[k] as Float64Array);
      const step = mean.map((_, k) =>
        chosen.reduce((sum, one, j) => sum + (rates.weights[j] as number) * (one[k] as number), 0),
      );
      mean = mean.map((x, k) => x + width * (step[k] as number));
      if (range < least) return { ...best, iterations: iteration + 1, converged: true };
      // C^(−1/2)·step, whose length says whether steps go on in one direction.
      const whitened = new Float64Array(n);
      vectors.forEach((vector, j) => {
        const along =
          vector.reduce((sum, v, k) => sum + v * (step[k] as number), 0) / (lengths[j] as number);
        vector.forEach((v, k) => (whitened[k] = (whitened[k] as number) + along * v));
      });
      const { ofWidth, damping, ofPath, effective, ofRankOne, ofRankMany, expected } = rates;
      widthPath = widthPath.map(
        (p, k) =>
          (1 - ofWidth) * p +
          Math.sqrt(ofWidth * (2 - ofWidth) * effective) * (whitened[k] as number),
      );
      const length = Math.sqrt(widthPath.reduce((sum, p) => sum + p * p, 0));
      const settled = Math.sqrt(1 - (1 - ofWidth) ** (2 * (iteration + 1)));
      const isStalled = length / settled >= (1.4 + 2 / (n + 1)) * expected;
      path = path.map(
        (p, k) =>
          (1 - ofPath) * p +
          (isStalled ? 0 : Math.sqrt(ofPath * (2 - ofPath) * effective) * (step[k] as number)),
      );
      const kept = 1 - ofRankOne - ofRankMany + (isStalled ? ofRankOne * ofPath * (2 - ofPath) : 0);
      for (let r = 0; r < n; r++) {
        for (let c = 0; c < n; c++) {
          let many = 0;
          chosen.forEach((one, j) => {
            many += (rates.weights[j] as number) * (one[r] as number) * (one[c] as number);
          });
          covariance[r * n + c] =
            kept * (covariance[r * n + c] as number) +
            ofRankOne * (path[r] as number) * (path[c] as number) +
            ofRankMany * many;
        }
      }
      width *= Math.exp(Math.min(1, (ofWidth / damping) * (length / expected - 1)));
    }
    return { ...best, iterations: limit, converged: false };
  },
};

/** Hansen's standard rates (table 1) for so many angles. */
function ratesOf(n: number, population: number) {
  const half = Math.floor(population / 2);
  const raw = Array.from(
    { length: half },
    (_, j) => Math.log((population + 1) / 2) - Math.log(j + 1),
  );
  const total = raw.reduce((sum, w) => sum + w, 0);
  const weights = raw.map((w) => w / total);
  const effective = 1 / weights.reduce((sum, w) => sum + w * w, 0);
  const ofWidth = (effective + 2) / (n + effective + 5);
  const ofRankOne = 2 / ((n + 1.3) ** 2 + effective);
  return {
    population,
    weights,
    effective,
    ofWidth,
    damping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + ofWidth,
    ofPath: (4 + effective / n) / (n + 4 + (2 * effective) / n),
    ofRankOne,
    ofRankMany: Math.min(
      1 - ofRankOne,
      (2 * (effective - 2 + 1 / effective)) / ((n + 2) ** 2 + effective),
    ),
    expected: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}
