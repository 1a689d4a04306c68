import { describe, expect, test } from 'vitest';
import { circuitOf, gate, measure, measureAll } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { run } from '#test/support/conformance/simulator.ts';
import {
  circuitOfCase,
  type NoisyCase,
  noiseOfCase,
  observableOfCase,
} from '#test/support/noise-cases.ts';
import { describeCases } from '#test/support/cases.ts';

const method = 'trajectories';
const shots = 1500;

interface Case extends NoisyCase {
  readonly probs: number[];
  readonly expectations_after_readout: Record<string, number>;
}

describeCases<Case>(
  'trajectories of the density matrix cases',
  'noise/density_matrix.json',
  (cases) => {
    test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
      const names = Object.keys(one.expectations_after_readout);
      const { counts, expectations } = run(circuitOfCase(one, one.n), {
        method,
        shots,
        noise: noiseOfCase(one),
        observables: names.map((name) => observableOfCase(name, one.n)),
      });
      one.probs.forEach((p, index) => {
        const key = index.toString(2).padStart(one.n, '0');
        const deviation = Math.abs((counts?.[key] ?? 0) / shots - p);
        expect(deviation).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / shots) + 2 / shots);
      });
      names.forEach((name, i) => {
        const { value, stderr } = expectations?.[i] ?? { value: null, stderr: null };
        const expected = one.expectations_after_readout[name] as number;
        // Where a rare error was never drawn, the standard error does not know of it.
        const unseen = 5 / shots;
        expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThan(5 * (stderr ?? 0) + unseen);
      });
    });
  },
);

describe('trajectories', () => {
  const damping = noiseModelSchema.parse({
    rules: [
      { on: '1q', channel: 'amplitude_damping', gamma: 0.1 },
      { on: '2q', channel: 'thermal_relaxation', T1: 1, T2: 1.2, time: 0.2 },
    ],
    readout: [{ qubit: 0, p_read1_given0: 0.05, p_read0_given1: 0.1 }],
  });

  test('dynamic circuits under damping agree with the density matrix', () => {
    const flip: Operation = {
      kind: 'if',
      condition: { bits: [2], value: 1 },
      body: [gate('x', [1])],
      otherwise: [],
    };
    const circuit = circuitOf(
      2,
      [
        gate('ry', [0], [1.1]),
        gate('cx', [0, 1]),
        measure(0, 2),
        flip,
        { kind: 'reset', qubit: 0 },
        gate('h', [0]),
        ...measureAll(2),
      ],
      3,
    );
    const exact = run(circuit, { method: 'density', noise: damping }).probabilities ?? {};
    const { counts } = run(circuit, { method, noise: damping, shots: 5000 });
    for (const [key, p] of Object.entries(exact)) {
      const deviation = Math.abs((counts?.[key] ?? 0) / 5000 - p);
      expect(deviation).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 5000) + 4e-4);
    }
  });

  test('qubit probabilities and Bloch vectors are means over the shots', () => {
    const circuit = circuitOf(2, [gate('ry', [0], [0.9]), gate('cx', [0, 1])]);
    const exact = run(circuit, { method: 'density', noise: damping, bloch: true });
    const got = run(circuit, { method, noise: damping, bloch: true, shots: 4000 });
    for (const [key, p] of Object.entries(exact.qubitProbabilities ?? {})) {
      expect(Math.abs((got.qubitProbabilities?.[key] ?? 0) - p)).toBeLessThan(0.03);
    }
    exact.bloch?.flat().forEach((value, i) => {
      expect(Math.abs((got.bloch?.flat()[i] ?? Number.NaN) - value)).toBeLessThan(0.06);
    });
  });

  test('the same seed gives the same bits', () => {
    const circuit = circuitOf(2, [gate('h', [0]), gate('cx', [0, 1]), ...measureAll(2)], 2);
    const options = { method, noise: damping, shots: 200, observables: ['X0*X1'] };
    expect(run(circuit, options)).toEqual(run(circuit, options));
    expect(run(circuit, { ...options, seed: 9 }).counts).not.toEqual(run(circuit, options).counts);
  });

  test('shots that share a state read what they read when each is run by itself', () => {
    const turns: Operation[] = [
      ...[0, 1, 2, 3].map((q) => gate('ry', [q], [0.3 + q])),
      ...[0, 1, 2].map((q) => gate('cx', [q, q + 1])),
      measure(1, 4),
      { kind: 'if', condition: { bits: [4], value: 1 }, body: [gate('x', [0])], otherwise: [] },
    ];
    const layers = Array.from({ length: 6 }, () => turns).flat();
    const circuit = circuitOf(4, [...layers, ...measureAll(4)], 5);
    const options = { method, noise: damping, shots: 300, observables: ['Z0*Z1', 'X2'] };
    const shared = run(circuit, options);
    // Room for one state beside the tables: no history is shared any more.
    const single = run(circuit, { ...options, freeBytes: 1200 });
    expect(single.measured.peakBytes).toBeLessThan(shared.measured.peakBytes);
    expect(single.counts).toEqual(shared.counts);
    shared.expectations?.forEach(({ value, stderr }, i) => {
      expect(single.expectations?.[i]?.value).toBeCloseTo(value as number, 12);
      expect(single.expectations?.[i]?.stderr).toBeCloseTo(stderr as number, 10);
    });
  });

  test('operators that are multiples of unitaries are drawn as a mixture, and agree with the density matrix', () => {
    const [c, s] = [Math.cos(0.4), Math.sin(0.4)];
    const noise = noiseModelSchema.parse({
      rules: [
        {
          channel: 'kraus',
          on: '1q',
          matrices: [scaled(Math.sqrt(0.3), [c, -s, s, c]), scaled(Math.sqrt(0.7), [1, 0, 0, 1])],
        },
      ],
    });
    const circuit = circuitOf(2, [
      gate('rx', [0], [0.7]),
      gate('cx', [0, 1]),
      gate('ry', [1], [1]),
    ]);
    const observables = ['Z0', 'X1', 'Z0*Z1'];
    const exact = run(circuit, { method: 'density', noise, observables }).expectations;
    const got = run(circuit, { method, noise, observables, shots: 4000 }).expectations;
    exact?.forEach(({ value }, i) => {
      const { value: mean, stderr } = got?.[i] ?? { value: null, stderr: null };
      expect(Math.abs((mean ?? Number.NaN) - (value as number))).toBeLessThan(5 * (stderr ?? 0));
    });
  });

  test('channels that read the state and mixtures behind them agree with the density matrix', () => {
    const noise = noiseModelSchema.parse({
      rules: [
        { on: '1q', channel: 'amplitude_damping', gamma: 0.04 },
        { on: '2q', channel: 'bit_flip', p: 0.02 },
      ],
    });
    // Long enough for blocks of either kind alone.
    const circuit = circuitOf(3, [
      ...Array.from({ length: 30 }, (_, k) => gate('ry', [k % 3], [0.5 + k / 9])),
      ...Array.from({ length: 40 }, (_, k) => gate('cx', [k % 3, (k + 1) % 3])),
      ...Array.from({ length: 30 }, (_, k) => gate('ry', [k % 3], [0.2 + k / 7])),
    ]);
    const observables = ['Z0', 'Z1*X2', 'X0'];
    const exact = run(circuit, { method: 'density', noise, observables }).expectations;
    const got = run(circuit, { method, noise, observables, shots: 6000 }).expectations;
    exact?.forEach(({ value }, i) => {
      const { value: mean, stderr } = got?.[i] ?? { value: null, stderr: null };
      expect(Math.abs((mean ?? Number.NaN) - (value as number))).toBeLessThan(4 * (stderr ?? 0));
    });
  });

  test('it stops at the block of shots whose standard errors are small enough', () => {
    const circuit = circuitOf(2, [gate('ry', [0], [0.9]), gate('cx', [0, 1])]);
    const options = { method, noise: damping, shots: 100_000, observables: ['Z0'] };
    const stopped = run(circuit, { ...options, targetError: 0.02 });
    expect(stopped.measured.shots).toBeLessThan(100_000);
    expect((stopped.measured.shots ?? 0) % 256).toBe(0);
    expect(stopped.expectations?.[0]?.stderr).toBeLessThanOrEqual(0.02);
    expect(stopped.warnings.join()).toMatch(/of at most 100000 shots were run/);
    const whole = run(circuit, { ...options, shots: stopped.measured.shots as number });
    expect(whole.counts).toEqual(stopped.counts);
    const missed = run(circuit, { ...options, shots: 100, targetError: 1e-6 });
    expect(missed.measured.shots).toBe(100);
    expect(missed.warnings.join()).toMatch(/still above/);
  });

  test('an error too rare to be drawn does not stop it early', () => {
    const rare = noiseModelSchema.parse({ rules: [{ channel: 'bit_flip', p: 1e-6 }] });
    const circuit = circuitOf(1, [gate('x', [0])]);
    const { measured } = run(circuit, {
      method,
      noise: rare,
      shots: 5000,
      observables: ['Z0'],
      targetError: 1e-3,
    });
    expect(measured.shots).toBeGreaterThanOrEqual(2000);
  });

  test('without shots it says what to ask for', () => {
    const circuit = circuitOf(1, [gate('h', [0])]);
    expect(() => run(circuit, { method, noise: damping })).toThrow(/--shots.*density/);
  });

  test('auto takes it where a density matrix does not fit and shots are asked for', () => {
    const wires = Array.from({ length: 15 }, (_, q) => q);
    const circuit = circuitOf(
      15,
      wires.map((q) => gate('rx', [q], [0.2])),
    );
    const result = run(circuit, { noise: damping, shots: 3 });
    expect(result.method).toBe(method);
    expect(result.methodReason).toMatch(/density matrix of 15 qubits/);
  });
});

/** Rows of a real 2 × 2 matrix times a factor, as a noise file writes them. */
function scaled(factor: number, [a, b, c, d]: readonly [number, number, number, number]) {
  const entry = (x: number) => [factor * x, 0];
  return [
    [entry(a), entry(b)],
    [entry(c), entry(d)],
  ];
}
