import { describe, expect, test } from 'vitest';
import { jobEngine } from '#engine/jobs/index.ts';
import { runSpec } from '#test/support/run-spec.ts';

const ring = {
  kind: 'maxcut',
  nodes: 6,
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 5],
    [5, 0],
  ],
};
const cut = {
  algorithm: 'qaoa',
  problem: ring,
  settings: { layers: 1, optimizer: { id: 'cobyla', maxIterations: 15 } },
  seed: 3,
};
const zne = { technique: 'zne', scaleFactors: [1, 3], extrapolation: 'linear' };
const bell = {
  algorithm: 'expectation',
  problem: {
    kind: 'circuit',
    qasm: 'include "stdgates.inc"; qubit[2] q; h q[0]; cx q[0], q[1];',
    observables: ['Z0*Z1'],
  },
};
const readout = [0, 1, 2, 3, 4, 5].map((qubit) => ({
  qubit,
  p_read1_given0: 0.02,
  p_read0_given1: 0.04,
}));

function pathsOf(spec: object): string[] {
  const checked = jobEngine.validate(spec);
  return checked.ok ? [] : checked.error.map(({ path }) => path);
}

describe('nothing that was asked for is skipped in silence', () => {
  test('a technique that its algorithm never reaches is refused', () => {
    expect(pathsOf({ ...bell, mitigation: [zne] })).toEqual([]);
    expect(pathsOf({ ...cut, mitigation: [zne] })).toEqual([]);
    const tail = { ...cut, settings: { ...cut.settings, cvar: 0.2 } };
    expect(pathsOf({ ...tail, mitigation: [zne] })).toEqual(['mitigation[0].technique']);
    const rows = { kind: 'classification', data: 'a.csv', target: 'y' };
    const learner = { algorithm: 'qsvm', problem: rows, mitigation: [zne] };
    expect(pathsOf(learner)).toEqual(['mitigation[0].technique']);
  });

  test('what is left as it was is said', () => {
    const { warnings } = runSpec({ ...cut, shots: 200, mitigation: [zne] });
    expect(warnings.join()).toMatch(/the samples are as the backend gave them/);
  });

  test('a classical algorithm is not said to run on a machine', () => {
    const annealing = { ...cut, algorithm: 'simulated-annealing', settings: {} };
    expect(pathsOf(annealing)).toEqual([]);
    for (const backend of ['ionq.qpu.aria-1', 'ibm-torino', 'mps']) {
      expect(pathsOf({ ...annealing, backend })).toEqual(['backend']);
    }
    const noise = { rules: [{ channel: 'bit_flip', p: 0.1, on: 'all' }] };
    expect(pathsOf({ ...annealing, noise, mitigation: [zne], gradient: 'spsa' })).toEqual([
      'mitigation',
      'noise',
      'gradient',
    ]);
    expect(runSpec({ ...annealing, shots: 10 }).warnings.join()).toMatch(/“shots” has no effect/);
  });

  test('what needs the states themselves is refused where there are none', () => {
    const qng = { ...cut, settings: { layers: 1, optimizer: { id: 'qng' } } };
    expect(pathsOf(qng)).toEqual([]);
    expect(pathsOf({ ...qng, shots: 100, backend: 'mps' })).toEqual(['shots', 'backend']);
    expect(pathsOf({ ...qng, mitigation: [zne] })).toEqual(['mitigation']);
  });

  test('a gradient that nobody asks for is refused', () => {
    expect(pathsOf({ ...cut, gradient: 'spsa' })).toEqual(['gradient']);
    const adam = { ...cut.settings, optimizer: { id: 'adam' } };
    expect(pathsOf({ ...cut, settings: adam, gradient: 'spsa' })).toEqual([]);
  });
});

interface Observed {
  readonly observables: readonly {
    readonly raw: { readonly value: number };
    readonly steps: readonly { readonly technique: string; readonly value: number }[];
    readonly mitigated: { readonly value: number };
  }[];
}

test('stacked techniques keep the backend’s own value as raw, and each step after it', () => {
  const noise = { rules: [{ channel: 'depolarizing', p: 0.05, on: 'all' }], readout: [] };
  const one = (mitigation: readonly object[]) =>
    (runSpec({ ...bell, noise, mitigation }).result as Observed).observables[0];
  const plain = one([])?.raw.value;
  const once = one([zne]);
  const twice = one([zne, { ...zne, scaleFactors: [1, 3, 5] }]);
  expect(plain).toBeCloseTo(0.95, 9);
  expect(once?.raw.value).toBe(plain);
  expect(twice?.raw.value).toBe(plain);
  expect(twice?.steps.map(({ technique }) => technique)).toEqual(['zne', 'zne']);
  expect(twice?.steps[0]?.value).toBe(once?.mitigated.value);
  expect(twice?.steps[1]?.value).toBe(twice?.mitigated.value);
});

test('readout error alone needs no density matrix, in the forecast or in the run', () => {
  const wide = { ...ring, nodes: 18 };
  const spec = { ...cut, problem: wide, noise: { rules: [], readout }, shots: 100 };
  const checked = jobEngine.validate({
    ...spec,
    settings: {
      layers: 1,
      optimizer: { id: 'none' },
      initialParameters: { gammas: [0.4], betas: [0.3] },
    },
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  const { memoryBytes, provenance } = jobEngine.prepare(checked.value, new Map(), {
    freeBytes: 2 ** 30,
  });
  expect(memoryBytes).toBeLessThan(2 ** 26);
  expect(provenance['method']).toBe('statevector');
});

describe('one spec runs on every backend by changing its name', () => {
  const noise = { rules: [{ channel: 'depolarizing', p: 0.001, on: '2q' }], readout: [] };
  const exact = runSpec(cut).result as { expectation: number };
  test.each([
    ['statevector', null, undefined],
    ['mps', null, undefined],
    ['simulator', 2000, undefined],
    ['mps', 2000, undefined],
    ['density', null, noise],
    ['density', 500, noise],
    ['trajectories', 500, noise],
    ['ibm-torino', 500, undefined],
  ] as const)('%s with shots %s', (backend, shots, model) => {
    const spec = { ...cut, backend, shots, ...(model === undefined ? {} : { noise: model }) };
    const { result } = runSpec(spec);
    const { expectation, best } = result as { expectation: number; best: { value: number } };
    expect(Math.abs(expectation - exact.expectation)).toBeLessThan(0.6);
    expect(best.value).toBe(6);
  });

  test('and is refused where a backend cannot hold it, naming another', () => {
    expect(() => runSpec({ ...cut, backend: 'mps', noise })).toThrow(/cannot hold noise.*density/);
    expect(() => runSpec({ ...cut, backend: 'trajectories', noise })).toThrow(/number of shots/);
  });
});

test('gates on three qubits are compiled to a machine’s own and have its noise', () => {
  const toffolis = 'ccx q[0], q[1], q[2]; '.repeat(300);
  const qasm = `include "stdgates.inc"; qubit[3] q; h q[0]; h q[1]; ${toffolis}`;
  const observables = ['Z2', 'Z0*Z1', 'X0'];
  const spec = { algorithm: 'expectation', problem: { kind: 'circuit', qasm, observables } };
  const outcome = runSpec({ ...spec, backend: 'ibm-torino' });
  // Two thousand noisy gates leave nothing but the mixed state.
  for (const { raw } of (outcome.result as Observed).observables) {
    expect(Math.abs(raw.value)).toBeLessThan(0.1);
  }
  const compiled = outcome.provenance?.['compiled'] as {
    readonly gates: { readonly before: number; readonly after: number };
  };
  expect(compiled.gates.before).toBe(302);
  expect(compiled.gates.after).toBeGreaterThan(1800);
});

test('what is folded are the machine’s own gates, and they stay folded', () => {
  const qasm =
    'include "stdgates.inc"; qubit[3] q; h q[0]; cx q[0], q[1]; rz(0.3) q[1]; cx q[1], q[2]; cx q[0], q[2];';
  const problem = { kind: 'circuit', qasm, observables: ['Z0*Z1'] };
  const spec = { algorithm: 'expectation', problem, backend: 'ibm-torino' };
  const { observables } = runSpec({ ...spec, mitigation: [{ ...zne, scaleFactors: [1, 3, 5] }] })
    .result as { observables: readonly { scaled: readonly { value: number }[] }[] };
  const ideal = runSpec({ ...spec, backend: 'simulator' }).result as Observed;
  const exact = ideal.observables[0]?.raw.value ?? Number.NaN;
  const lost = (observables[0]?.scaled ?? []).map(({ value }) => Math.abs(exact - value));
  // What is lost at first grows with the noise; the readout error is the same at every scale.
  expect(lost).toHaveLength(3);
  const [once = 0, thrice = 0, five = 0] = lost;
  expect((five - once) / (thrice - once)).toBeGreaterThan(1.8);
  expect((five - once) / (thrice - once)).toBeLessThan(2.05);
});
