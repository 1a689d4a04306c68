import { expect, test } from 'vitest';
import { jobEngine } from '#engine/jobs/index.ts';
import { runSpec } from '#test/support/run-spec.ts';

const bell =
  'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;';

function problemsOf(spec: unknown): string[] {
  const result = jobEngine.validate(spec);
  return result.ok ? [] : result.error.map(({ path }) => path);
}

test('all errors of a spec come at once, each with its path', () => {
  const paths = problemsOf({
    algorithm: 'qaoa',
    problem: { kind: 'maxcut', nodes: 2, edges: [[0, 1]] },
    settings: { layers: 0, optimizer: { id: 'adam', learningRate: -1 }, nonsense: 1 },
    mitigation: [{ technique: 'zne', folding: 'sideways' }, { technique: 'prayer' }],
    noise: 'no-such-device',
    shots: 0,
    extra: true,
  });
  for (const path of [
    'settings.layers',
    'settings.optimizer.learningRate',
    'mitigation[0].folding',
    'mitigation[1].technique',
    'noise',
    'shots',
  ]) {
    expect(paths).toContain(path);
  }
});

test('an algorithm refuses a problem that is not its kind', () => {
  expect(
    problemsOf({ algorithm: 'qsvm', problem: { kind: 'maxcut', nodes: 2, edges: [] } }),
  ).toEqual(['problem.kind']);
});

test('defaults are filled in', () => {
  const result = jobEngine.validate({
    algorithm: 'qaoa',
    problem: { kind: 'maxcut', nodes: 2, edges: [[0, 1]] },
  });
  expect(result.ok && result.value.settings).toMatchObject({
    layers: 3,
    mixer: 'x',
    optimizer: { id: 'cobyla', maxIterations: 1000 },
  });
});

test('a Bell pair is sampled in equal halves, with errors', () => {
  const { result } = runSpec({
    algorithm: 'sample',
    problem: { kind: 'circuit', qasm: bell },
    shots: 4000,
    seed: 3,
  });
  const { counts, shots } = result as { counts: Record<string, number>; shots: number };
  expect(Object.keys(counts).sort()).toEqual(['00', '11']);
  expect(Math.abs((counts['00'] as number) - 2000)).toBeLessThan(160);
  expect(shots).toBe(4000);
});

test('a dynamic circuit is sampled through its branches', () => {
  const qasm =
    'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg a[1]; creg b[1]; x q[0]; measure q[0] -> a[0]; if(a==1) x q[1]; measure q[1] -> b[0];';
  const { result } = runSpec({
    algorithm: 'sample',
    problem: { kind: 'circuit', qasm },
    shots: 10,
  });
  expect(result).toMatchObject({ counts: { '11': 10 } });
});

test('mitigation moves a noisy expectation towards the ideal one and reports every scale', () => {
  const spec = {
    algorithm: 'expectation',
    problem: { kind: 'circuit', qasm: bell, observables: ['Z0*Z1'] },
    noise: { rules: [{ on: '2q', channel: 'depolarizing', p: 0.05 }] },
    mitigation: [{ technique: 'zne', scaleFactors: [1, 3, 5], extrapolation: 'richardson' }],
  };
  const { result } = runSpec(spec);
  const row = (
    result as {
      observables: {
        raw: { value: number };
        scaled: { scale: number }[];
        mitigated: { value: number };
      }[];
    }
  ).observables[0];
  expect(row?.raw.value).toBeCloseTo(0.95, 12);
  expect(row?.scaled.map(({ scale }) => scale)).toEqual([1, 3, 5]);
  expect(Math.abs((row?.mitigated.value ?? 0) - 1)).toBeLessThan(0.01);
});

test('shots give expectations a standard error that their scatter confirms', () => {
  const spec = {
    algorithm: 'expectation',
    problem: { kind: 'circuit', qasm: bell, observables: ['X0 + 0.5*Z0'] },
    shots: 400,
  };
  const rows = Array.from({ length: 60 }, (_, seed) => {
    const { result } = runSpec({ ...spec, seed });
    return (result as { observables: { raw: { value: number; stderr: number } }[] }).observables[0]
      ?.raw as { value: number; stderr: number };
  });
  const scatter = Math.sqrt(rows.reduce((sum, { value }) => sum + value ** 2, 0) / rows.length);
  const claimed = rows.reduce((sum, { stderr }) => sum + stderr, 0) / rows.length;
  expect(scatter / claimed).toBeGreaterThan(0.75);
  expect(scatter / claimed).toBeLessThan(1.25);
});

test('an observable on a qubit that is not there is refused', () => {
  const spec = {
    algorithm: 'expectation',
    problem: { kind: 'circuit', qasm: bell, observables: ['Z5'] },
  };
  expect(() => runSpec(spec)).toThrow(/not there/);
});

test('work that cannot fit is refused before it starts, naming both numbers', () => {
  const validated = jobEngine.validate({
    algorithm: 'qaoa',
    problem: { kind: 'maxcut', nodes: 28, edges: [[0, 27]] },
  });
  if (!validated.ok) throw new Error('expected a valid spec');
  expect(() => jobEngine.prepare(validated.value, new Map(), { freeBytes: 2 ** 20 })).toThrow(
    /needs .* MiB is available/,
  );
});

test('the kernel machine stands beside an RBF machine on the same folds', () => {
  const { result } = runSpec({
    algorithm: 'qsvm',
    problem: {
      kind: 'classification',
      data: 'assets/data/credit_card_aer.csv',
      target: 'card',
      features: ['reports', 'age', 'income', 'months'],
      sampleSize: 120,
      split: { kind: 'stratified-folds', folds: 3, seed: 1 },
    },
    settings: { featureMap: { id: 'zz' } },
  });
  const { metrics, baseline, perFold } = result as {
    metrics: { test: { accuracy: { mean: number } } };
    baseline: { metrics: unknown };
    perFold: unknown[];
  };
  expect(perFold).toHaveLength(3);
  expect(metrics.test.accuracy.mean).toBeGreaterThan(0.6);
  expect(baseline.metrics).toBeDefined();
});

test('annealing and brute force agree on the best portfolio', () => {
  const problem = {
    kind: 'portfolio',
    prices: 'assets/data/dowjones30_1990_2001.csv',
    riskAversion: 2,
    budget: 5,
    rows: [0, 500],
    assets: ['AA', 'AXP', 'T', 'BA', 'CAT', 'C', 'KO', 'DD', 'EK', 'XOM', 'GE', 'GM'],
  };
  const best = (algorithm: string, settings = {}) =>
    (runSpec({ algorithm, problem, settings }).result as { best: { bits: string } }).best.bits;
  expect(best('simulated-annealing')).toBe(best('exact'));
});

test('the catalog lists every member with what a form needs', () => {
  const entries = jobEngine.catalog();
  expect(new Set(entries.map(({ kind }) => kind))).toContain('algorithm');
  for (const { title, summary, parameters } of entries) {
    expect(title).not.toBe('');
    expect(summary).toMatch(/\.$/);
    for (const parameter of parameters) expect(parameter.help).toMatch(/\.$/);
  }
});

test('a job stops where its expectations are known to the asked error, and counts the shots it took', () => {
  const spec = {
    algorithm: 'expectation',
    problem: {
      kind: 'circuit',
      qasm: 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; ry(0.8) q[0]; cx q[0],q[1];',
      observables: ['Z0 + 0.5*X0*X1', 'Z1'],
    },
    noise: { rules: [{ channel: 'bit_flip', p: 0.02 }] },
    shots: 200_000,
    seed: 2,
  };
  interface Result {
    readonly observables: { readonly mitigated: { value: number; stderr: number } }[];
    readonly shots: number;
  }
  const stopped = runSpec({ ...spec, targetError: 0.02 }).result as Result;
  const exact = runSpec({ ...spec, shots: null }).result as Result;
  stopped.observables.forEach(({ mitigated: { value, stderr } }, i) => {
    expect(stderr).toBeLessThanOrEqual(0.02);
    const expected = exact.observables[i]?.mitigated.value ?? Number.NaN;
    expect(Math.abs(value - expected)).toBeLessThan(5 * stderr);
  });
  expect(stopped.shots).toBeLessThan(20_000);
  expect(stopped.shots % 1024).toBe(0);
  // Two settings of the first observable, one of the second.
  expect((runSpec(spec).result as Result).shots).toBe(3 * 200_000);
});

test('a target error without shots, or for a machine, is refused', () => {
  const circuit = { kind: 'circuit', qasm: bell, observables: ['Z0'] };
  const spec = { algorithm: 'expectation', problem: circuit, targetError: 0.01 };
  expect(problemsOf(spec)).toEqual(['targetError']);
  expect(problemsOf({ ...spec, shots: 10, backend: 'ionq.forte-1' })).toEqual(['targetError']);
  expect(problemsOf({ ...spec, shots: 10 })).toEqual([]);
});

test('a job is trained with the gradient that it names, and unknown ones are refused', () => {
  const spec = {
    algorithm: 'qaoa',
    problem: {
      kind: 'maxcut',
      nodes: 3,
      edges: [
        [0, 1],
        [1, 2],
      ],
    },
    settings: {
      layers: 1,
      mixer: 'x',
      initialState: 'uniform',
      optimizer: { id: 'lbfgsb', maxIterations: 8 },
    },
    seed: 1,
  };
  const expectations = ['adjoint', 'hadamard-test', 'parameter-shift', 'finite-difference'].map(
    (gradient) => (runSpec({ ...spec, gradient }).result as { expectation: number }).expectation,
  );
  for (const value of expectations) expect(value).toBeCloseTo(expectations[0] as number, 5);
  expect(problemsOf({ ...spec, gradient: 'steepest' })).toEqual(['gradient']);
  expect(() => runSpec({ ...spec, gradient: 'adjoint', shots: 100 })).toThrow(/exact state/);
});

test('natural gradients go up from the first angles', () => {
  const run = (optimizer: object, parametrisation: string) =>
    runSpec({
      algorithm: 'qaoa',
      problem: {
        kind: 'maxcut',
        nodes: 5,
        edges: [
          [0, 1],
          [1, 2, 0.5],
          [2, 3],
          [3, 4, 1.5],
          [4, 0],
        ],
      },
      settings: {
        layers: 2,
        mixer: 'x',
        initialState: 'uniform',
        parametrisation,
        optimizer,
      },
      seed: 1,
    }).result as { expectation: number };
  for (const parametrisation of ['standard', 'fourier']) {
    const natural = run({ id: 'qng', maxIterations: 25 }, parametrisation);
    const none = run({ id: 'none' }, parametrisation);
    expect(natural.expectation).toBeGreaterThan(none.expectation + 0.05);
  }
});

test('natural gradients are refused where there is no exact state', () => {
  const spec = {
    algorithm: 'qaoa',
    problem: { kind: 'maxcut', nodes: 2, edges: [[0, 1]] },
    settings: { layers: 1, mixer: 'x', initialState: 'uniform', optimizer: { id: 'qng' } },
  };
  expect(() => runSpec({ ...spec, shots: 100 })).toThrow(/exact simulation/);
});
