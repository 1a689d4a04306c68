import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, measure, measureAll } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';
import type { CircuitCase } from '#test/support/circuit-cases.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { threeSigmaFor } from '#test/support/family-wise.ts';
import { randomCircuit, randomCliffordCircuit } from '#test/support/random-circuits.ts';
import { casesFolder, describeCases } from '#test/support/cases.ts';

/** Why a method may leave a program out. */
const reasons = {
  density: /^$/,
  mps: /more than .* histories|outcomes/,
  stabilizer: /Clifford gates only|more than .* histories|outcomes/,
} as const;

describeCases<CircuitCase>(
  'OpenQASM 2 circuits by other methods',
  'circuits/cases.json',
  (cases) => {
    const second = cases.filter((one) => one.language === 'OpenQASM 2' && one.n_qubits <= 12);
    test.each(
      second.flatMap(({ id, qasm_file, n_qubits }) =>
        (['density', 'mps', 'stabilizer'] as const)
          .filter((method) => method !== 'density' || n_qubits <= 8)
          .map((method) => [id, method, qasm_file] as const),
      ),
    )('%s: %s agrees with the statevector or says why not', (_, method, file) => {
      const source = readFileSync(join(casesFolder, 'circuits', file), 'utf8');
      const simulate = (which: string) =>
        simulateSource(simulationRequestSchema.parse({ source, language: 2, method: which }), {
          freeBytes: 2 ** 30,
          now: () => 0,
        }).probabilities ?? {};
      let got: Record<string, number>;
      try {
        got = simulate(method);
      } catch (error) {
        expect(String(error)).toMatch(reasons[method]);
        return;
      }
      expectSame(simulate('statevector'), got);
    });
  },
);

function expectSame(a: Record<string, number>, b: Record<string, number>): void {
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    expect(Math.abs((a[key] ?? 0) - (b[key] ?? 0))).toBeLessThan(1e-10);
  }
}

/** Gates, a measurement, a condition on it, a reset, more gates, and all qubits read. */
function dynamic(
  draw: (seed: number) => readonly Operation[],
  qubits: number,
  seed: number,
): Circuit {
  const rng = rngOf(seed, 6);
  const [first, second] = [rng.below(qubits), rng.below(qubits)];
  return circuitOf(
    qubits,
    [
      ...draw(seed),
      measure(first, qubits),
      {
        kind: 'if',
        condition: { bits: [qubits], value: rng.below(2) },
        body: draw(seed + 100).slice(0, 4),
        otherwise: [{ kind: 'reset', qubit: second }],
      },
      ...draw(seed + 200),
      ...measureAll(qubits),
    ],
    qubits + 1,
  );
}

describe('random dynamic circuits', () => {
  test('of any gates agree between statevector, density and mps', () => {
    for (let seed = 0; seed < 10; seed++) {
      const qubits = 2 + (seed % 3);
      const circuit = dynamic((s) => randomCircuit(s, qubits, 8).operations, qubits, seed);
      const exact = run(circuit, { method: 'statevector' }).probabilities ?? {};
      for (const method of ['density', 'mps']) {
        expectSame(exact, run(circuit, { method }).probabilities ?? {});
      }
    }
  });

  test('of Clifford gates agree with stabilizers, too', () => {
    for (let seed = 0; seed < 10; seed++) {
      const qubits = 2 + (seed % 4);
      const circuit = dynamic((s) => randomCliffordCircuit(s, qubits, 10).operations, qubits, seed);
      const exact = run(circuit, { method: 'statevector' }).probabilities ?? {};
      expectSame(exact, run(circuit, { method: 'stabilizer' }).probabilities ?? {});
    }
  });

  test('under noise agree between density and trajectories, within three standard errors of a family', () => {
    const shots = 2000;
    const noise = noiseModelSchema.parse({
      rules: [
        { on: '1q', channel: 'amplitude_damping', gamma: 0.08 },
        { on: '2q', channel: 'depolarizing', p: 0.1 },
        { on: '2q', channel: 'thermal_relaxation', T1: 1, T2: 0.7, time: 0.1 },
      ],
      readout: [{ qubit: 0, p_read1_given0: 0.03, p_read0_given1: 0.06 }],
    });
    const pairs = Array.from({ length: 6 }, (_, seed) => {
      const qubits = 2 + (seed % 2);
      const circuit = dynamic((s) => randomCircuit(s, qubits, 6).operations, qubits, seed);
      return {
        exact: run(circuit, { method: 'density', noise }).probabilities ?? {},
        drawn: run(circuit, { method: 'trajectories', noise, shots, seed }).counts ?? {},
      };
    });
    const comparisons = pairs.reduce((sum, { exact }) => sum + Object.keys(exact).length, 0);
    const sigmas = threeSigmaFor(comparisons);
    for (const { exact, drawn } of pairs) {
      for (const [key, p] of Object.entries(exact)) {
        const off = Math.abs((drawn[key] ?? 0) / shots - p);
        expect(off).toBeLessThan(sigmas * Math.sqrt((p * (1 - p)) / shots) + 1 / shots);
      }
      expect(Object.keys(drawn).every((key) => key in exact)).toBe(true);
    }
  });
});
