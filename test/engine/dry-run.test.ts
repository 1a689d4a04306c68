import { describe, expect, test } from 'vitest';
import { jobEngine } from '#engine/jobs/index.ts';
import { optimizers } from '#engine/optimizers/registry.ts';
import { jobFileOf } from '#main/jobs/job-file.ts';
import { runSpec } from '#test/support/run-spec.ts';

const ring = [0, 1, 2, 3, 4, 5].map((i) => [i, (i + 1) % 6]);
const base = {
  algorithm: 'qaoa',
  problem: { kind: 'maxcut', nodes: 6, edges: ring },
  settings: { layers: 2, optimizer: { id: 'cobyla' } },
};

function forecast(spec: object, isOver = () => false) {
  const checked = jobEngine.validate(spec);
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  const job = jobEngine.prepare(checked.value, new Map(), { freeBytes: 2 ** 32 });
  const dry = jobEngine.dryRun(job, isOver);
  job.answerer?.dispose();
  return dry;
}

function taken(spec: object): { readonly circuits: number; readonly shots: number } {
  return runSpec(spec).result as { circuits: number; shots: number };
}

describe('a run on made-up answers', () => {
  test.each(optimizers.map(({ id }) => id))(
    'counts the circuits of a training with %s to within a few times',
    (id) => {
      const spec = { ...base, settings: { layers: 2, optimizer: { id } } };
      const { usage, isWhole } = forecast(spec);
      expect(isWhole).toBe(true);
      const ratio = usage.circuits / taken(spec).circuits;
      expect(ratio).toBeGreaterThan(1 / 5);
      expect(ratio).toBeLessThan(5);
    },
  );

  test('is exact where nothing depends on the answers', () => {
    const qasm = 'include "stdgates.inc"; qubit[2] q; h q[0]; cx q[0], q[1];';
    const problem = { kind: 'circuit', qasm, observables: ['X0', 'Z0*Z1'] };
    const noise = { rules: [{ on: '2q', channel: 'depolarizing', p: 0.05 }] };
    const zne = { technique: 'zne', scaleFactors: [1, 3, 5], extrapolation: 'linear' };
    const spec = { algorithm: 'expectation', problem, noise, shots: 100, mitigation: [zne] };
    const { circuits, shots } = taken(spec);
    expect(forecast(spec).usage).toMatchObject({ circuits, shots });
    const fixed = { ...base.settings, optimizer: { id: 'spsa', maxIterations: 7 } };
    const trained = { ...base, settings: fixed, shots: 50 };
    expect(forecast(trained).usage.circuits).toBe(taken(trained).circuits);
  });

  test('ends when it has been waited for long enough, and says that it asked for more', () => {
    let asks = 0;
    const { usage, isWhole } = forecast(base, () => ++asks > 20);
    expect(isWhole).toBe(false);
    expect(usage.circuits).toBeGreaterThan(0);
    expect(usage.circuits).toBeLessThanOrEqual(20);
  });

  test('goes on to a forecast where made-up answers make no result', () => {
    const data = 'rows.csv';
    const problem = { kind: 'decomposition', data, matrix: 'covariance' };
    const checked = jobEngine.validate({ algorithm: 'qpca', problem, shots: 100 });
    if (!checked.ok) throw new Error(JSON.stringify(checked.error));
    const text = 'a,b\n1,2\n2,1\n3,5\n4,4\n';
    const files = new Map([[data, jobFileOf(data, { kind: 'table', text, hash: '' })]]);
    const job = jobEngine.prepare(checked.value, files, { freeBytes: 2 ** 32 });
    expect(jobEngine.dryRun(job, () => false).usage.circuits).toBeGreaterThan(0);
    job.answerer?.dispose();
  });

  test('adds up what simulating takes, by the method that would', () => {
    const fixed = { ...base, settings: { layers: 2, optimizer: { id: 'spsa', maxIterations: 7 } } };
    const workOf = (change: object) => forecast({ ...fixed, ...change }).work;
    const exact = workOf({});
    expect(exact?.circuits).toBe(forecast(fixed).usage.circuits);
    const wider = { kind: 'maxcut', nodes: 12, edges: ring };
    // The six spare qubits make a state 64 times as long, and some gates of the mixer more.
    const ratio = (workOf({ problem: wider })?.amplitudes ?? 0) / (exact?.amplitudes ?? 1);
    expect(ratio).toBeGreaterThan(64);
    expect(ratio).toBeLessThan(128);
    const twice = (shots: number) =>
      workOf({ backend: 'trajectories', shots, noise: { rules: [] } })?.amplitudes ?? 0;
    expect(twice(2000) / twice(1000)).toBeCloseTo(2, 6);
    expect(workOf({ backend: 'mps' })).toBeNull();
    expect(forecast({ ...base, algorithm: 'exact', settings: {} }).work).toBeNull();
  });
});
