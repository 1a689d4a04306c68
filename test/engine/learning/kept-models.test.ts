import { describe, expect, test } from 'vitest';
import { driftOf } from '#shared/models/drift.ts';
import { parseKeptModel } from '#shared/models/kept-model.ts';
import { profileOf } from '#shared/models/profile.ts';
import { rngOf } from '#shared/base/rng.ts';
import { algorithms } from '#engine/algorithms/registry.ts';
import type { JobOutcome } from '#engine/programs/outcome.ts';
import { keptText } from '#test/support/kept.ts';
import { runText } from '#test/support/run-spec.ts';

interface Learned {
  readonly predictions: readonly { row: number; decision: number; probability?: number }[];
}

interface Predicted {
  readonly model: string;
  readonly predictions: readonly {
    row: number;
    prediction: string | number;
    score?: number;
    probability?: number;
    interval?: readonly [number, number];
  }[];
  readonly drift: readonly { feature: string; psi: number; drifts: boolean }[];
  readonly scores?: Record<string, number>;
}

const count = 30;
const x = Array.from({ length: count }, (_, i) => [Math.sin(1.3 * i), 2 * Math.cos(2.1 * i)]);
const header = 'a,b,w,y,k';
const lineOf = ([a = 0, b = 0]: number[], i: number): string => {
  const y = 1 + a + 0.5 * b * b;
  return [a, b, i % 3 === 0 ? 'on' : 'off', y, y > 1.9 ? 'up' : 'down'].join(',');
};
const csv = [header, ...x.map(lineOf)].join('\n');
const place = x.map((_, i) => i);
const split = { kind: 'rows', train: place.slice(0, 22), test: place.slice(22) };
const features = ['a', 'b', 'w'];
const problems = {
  classes: { kind: 'classification', data: 'x', target: 'k', features, split },
  values: { kind: 'regression', data: 'x', target: 'y', features, split },
  series: { kind: 'forecast', data: 'x', target: 'y', lags: 3, horizon: 2, features: ['a'] },
};

/** Settings under which training takes a moment. */
const quick: Readonly<Record<string, object>> = {
  qnn: { layers: 1, optimizer: { id: 'adam', maxIterations: 3 } },
  'data-reuploading': { layers: 1, optimizer: { id: 'adam', maxIterations: 3 } },
  'circuit-centric': { layers: 1, copies: 1, optimizer: { id: 'adam', maxIterations: 3 } },
  dressed: { qubits: 2, layers: 1, optimizer: { id: 'adam', maxIterations: 3 } },
  'tree-tensor': { optimizer: { id: 'adam', maxIterations: 3 } },
  'quantum-convolutional': { optimizer: { id: 'adam', maxIterations: 3 } },
  'quantum-recurrent': { qubits: 2, optimizer: { id: 'adam', maxIterations: 3 } },
  lstm: { hidden: 3, epochs: 5 },
  cnn: { filters: [2], epochs: 5 },
  mlp: { hidden: [4], epochs: 5 },
  'random-forest': { trees: 4 },
  'gradient-boosting': { trees: 4 },
  'random-features': { features: 10 },
  'har-rv': { week: 2, month: 4 },
};

function predicted(text: string, table = csv, more: object = {}): JobOutcome {
  const problem = { kind: 'prediction', model: 'm', data: 'x' };
  return runText({ algorithm: 'predict', problem, ...more }, table, { m: text });
}

const tasks = algorithms.flatMap(({ id, teaches, ways }) =>
  teaches === undefined
    ? []
    : (['classes', 'values', 'series'] as const)
        .filter((_, k) => ways.some(({ view }) => view.id === ['rows', 'values', 'series'][k]))
        .map((task) => ({ id, task })),
);

describe.each(tasks)('a kept model of $id that tells $task', ({ id, task }) => {
  const spec = { algorithm: id, problem: problems[task], settings: quick[id] ?? {}, seed: 3 };
  const run = runText(spec, csv);
  const text = keptText(spec, run);

  test('says of the test rows what the run said of them', () => {
    const { predictions } = predicted(text).result as Predicted;
    const byRow = new Map(predictions.map((one) => [one.row, one]));
    for (const { row, decision, probability } of (run.result as Learned).predictions) {
      const told = byRow.get(row);
      expect(told?.score ?? told?.prediction).toBeCloseTo(decision, 10);
      if (task === 'classes') {
        expect(told?.prediction).toBe(decision > 0 ? 'up' : 'down');
        if (probability !== undefined) expect(told?.probability).toBeCloseTo(probability, 10);
      }
    }
  });

  test('says the same bytes each time, and goes through JSON unchanged', () => {
    const again = JSON.stringify(JSON.parse(text));
    expect(again).toBe(text);
    expect(JSON.stringify(predicted(again).result)).toBe(JSON.stringify(predicted(text).result));
  });

  test('is refused where a part of what it learned is missing or of another kind', () => {
    const whole = JSON.parse(text) as { trained: { fitted: Record<string, unknown> } };
    for (const key of Object.keys(whole.trained.fitted)) {
      for (const value of [undefined, 'word', { other: 1 }]) {
        const fitted = { ...whole.trained.fitted, [key]: value };
        const damaged = JSON.stringify({ ...whole, trained: { ...whole.trained, fitted } });
        expect(() => predicted(damaged), key).toThrow(
          new RegExp(`damaged at “trained.fitted.*${key}`),
        );
      }
    }
    const fitted = { ...whole.trained.fitted, more: 1 };
    const damaged = JSON.stringify({ ...whole, trained: { ...whole.trained, fitted } });
    expect(() => predicted(damaged)).toThrow(/damaged/);
  });
});

test('of several folds the model that is kept is fitted to all rows', () => {
  const folds = { kind: 'folds', folds: 3, seed: 1 };
  const spec = { algorithm: 'ridge', problem: { ...problems.values, split: folds }, seed: 3 };
  const run = runText(spec, csv);
  expect(run.model).toMatchObject({ rows: count, rowsAre: 'all-rows' });
  const { coefficients, intercept } = run.result as { coefficients: number[]; intercept: number };
  expect(run.model?.fitted).toStrictEqual({ coefficients, intercept });
});

test('a forecaster also tells what follows the last row', () => {
  const spec = { algorithm: 'persistence', problem: problems.series };
  const { predictions } = predicted(keptText(spec, runText(spec, csv))).result as Predicted;
  expect(predictions.slice(-2).map(({ row }) => row)).toStrictEqual([count, count + 1]);
  const values = csv.split('\n').map((line) => Number(line.split(',')[3]));
  expect(predictions.at(-1)?.prediction).toBe(values.at(-1));
  expect(predictions.at(-2)?.prediction).toBe(values.at(-2));
});

describe('a file that is not as the model was trained', () => {
  const spec = { algorithm: 'logistic', problem: problems.classes };
  const text = keptText(spec, runText(spec, csv));
  test.each([
    ['b,w\n1,on', /trained on a column “a” that the file does not have; its columns are “b”, “w”/],
    ['A,b,w\n1,2,on', /“A” may be “a”: rename it/],
    ['a,b,w\n1,2,on\n1,,off', /Column “b”, line 3: the value is missing/],
    [
      'a,b,w\n1,2,on\n1,2,idle',
      /Column “w”, line 3: “idle” was not among the words .* “off”, “on”/,
    ],
    ['a,b,w\n1,high,on\n1,2,off', /Column “b”, line 2: a number is expected, not “high”/],
  ])('%j is refused with what is wrong', (table, message) => {
    expect(() => predicted(text, table)).toThrow(message);
  });

  test('needs no target, and is scored where it has one', () => {
    const bare = [
      'a,b,w',
      ...csv
        .split('\n')
        .slice(1)
        .map((line) => line.split(',', 3).join(',')),
    ];
    const without = predicted(text, bare.join('\n')).result as Predicted;
    const withTarget = predicted(text).result as Predicted;
    expect(without.scores).toBeUndefined();
    expect(without.predictions).toStrictEqual(withTarget.predictions);
    expect(withTarget.scores?.['accuracy']).toBeGreaterThan(0.5);
  });

  test('is told to drift where it does, and only there', () => {
    const far = [header, ...x.map(([a = 0, b = 0], i) => lineOf([a, b + 6], i))].join('\n');
    const { result, warnings } = predicted(text, far);
    const drifting = (result as Predicted).drift.filter(({ drifts }) => drifts);
    expect(drifting.map(({ feature }) => feature)).toStrictEqual(['b']);
    expect(warnings.join()).toMatch(/“b” is not distributed as in training/);
    expect((predicted(text).result as Predicted).drift.some(({ drifts }) => drifts)).toBe(false);
  });
});

test('rows of one distribution are told to drift about as rarely as once in a thousand', () => {
  const rng = rngOf(5);
  const drawn = (n: number) =>
    Array.from({ length: n }, () => Float64Array.from({ length: 10 }, () => rng.normal()));
  const names = Array.from({ length: 10 }, (_, k) => `f${k}`);
  let alarms = 0;
  for (let k = 0; k < 100; k++) {
    const profile = profileOf(names, drawn(200));
    alarms += driftOf(profile, drawn(60), 200).filter(({ drifts }) => drifts).length;
  }
  // Of 1,000 comparisons; empty bins make the index of so few rows a little larger than χ² says.
  expect(alarms).toBeLessThan(12);
});

test('the interval of a value holds 95 % of rows that follow the same law', () => {
  const rng = rngOf(8);
  const rows = (n: number) =>
    [
      'a,y',
      ...Array.from({ length: n }, () => rng.normal()).map((a) => `${a},${2 * a + rng.normal()}`),
    ].join('\n');
  const problem = {
    kind: 'regression',
    data: 'x',
    target: 'y',
    split: { kind: 'folds', folds: 5 },
  };
  const spec = { algorithm: 'ridge', problem };
  const text = keptText(spec, runText(spec, rows(200)));
  const fresh = rows(400);
  const { predictions } = predicted(text, fresh).result as Predicted;
  const actual = fresh
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[1]));
  const held = predictions.filter(({ row, interval = [0, 0] }) => {
    const value = actual[row] as number;
    return value >= interval[0] && value <= interval[1];
  });
  expect(held.length / predictions.length).toBeGreaterThan(0.92);
  expect(held.length / predictions.length).toBeLessThan(0.99);
});

test.each(['qsvm', 'qnn'])(
  'under shots and on a device’s twin %s stays within its interval',
  (id) => {
    const problem = { ...problems.classes, features: ['a', 'b'] };
    const settings = id === 'qsvm' ? { featureMap: { id: 'z', repetitions: 1 } } : quick[id];
    const spec = { algorithm: id, problem, settings, seed: 3 };
    const text = keptText(spec, runText(spec, csv));
    const few = csv.split('\n').slice(0, 13).join('\n');
    for (const more of [{}, { noise: 'ibm-torino' }, { backend: 'ibmq-manila' }]) {
      const many = { ...more, shots: 20_000, seed: 2 };
      const exact = predicted(text, few, many).result as Predicted;
      const measured = predicted(text, few, { ...more, shots: 400, seed: 7 }).result as Predicted;
      const within = measured.predictions.filter(({ interval = [0, 0] }, i) => {
        const score = exact.predictions[i]?.score as number;
        return score >= interval[0] && score <= interval[1];
      });
      // Of 12 rows at 95 %: fewer than 9 come twice in a thousand times.
      expect(within.length).toBeGreaterThanOrEqual(9);
      expect(measured.predictions.some(({ interval }) => interval === undefined)).toBe(false);
    }
  },
);

test.each([
  ['', /not whole JSON/],
  ['{"format": "other"}', /“x” is no model/],
  ['{"format": "ketbench-model", "version": 2}', /version 2; this Ketbench reads version 1/],
  ['{"format": "ketbench-model", "version": 1}', /“x” is damaged at “modelId”/],
])('the text %j is refused as a model', (text, message) => {
  expect(() => parseKeptModel(text, 'x')).toThrow(message);
});
