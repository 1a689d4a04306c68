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
import { describeCases } from '#test/support/shared-folder.ts';

const method = 'trajectories';
const shots = 1500;

interface Case extends NoisyCase {
  readonly probs: number[];
  readonly expectations_after_readout: Record<string, number>;
}

describeCases<Case>(
  'trajectories of the density matrix cases',
  'cases/noise/density_matrix.json',
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
