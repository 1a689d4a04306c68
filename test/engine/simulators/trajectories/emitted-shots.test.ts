import { describe, expect, it } from 'vitest';
import { present } from '#shared/base/assert.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { emittedShots } from '#engine/simulators/trajectories/emitted-shots.ts';
import { compileNoise } from '#engine/noise/model.ts';
import { lower } from '#engine/simulators/lowering.ts';
import type { Run } from '#engine/simulators/simulator.ts';
import { splitTerminal } from '#engine/simulators/terminal.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { randomGate } from '#test/support/random-circuits.ts';

const shots = 16_384;
const noise = noiseModelSchema.parse({
  rules: [
    { channel: 'pauli_depolarizing', p: 0.02, on: 'all' },
    { channel: 'depolarizing', p: 0.03, on: '2q' },
    { channel: 'bit_flip', p: 0.05, on: ['h'] },
  ],
});

/** Random gates with entangling Clifford gates among them, measured at the end. */
function circuit(seed: number, qubits: number, gates: number): Circuit {
  const rng = rngOf(seed, 11);
  const operations = Array.from({ length: gates }, (_, k): Operation => {
    const a = rng.below(qubits);
    const b = (a + 1 + rng.below(qubits - 1)) % qubits;
    if (k % 4 === 1) return gate('cx', [a, b]);
    if (k % 4 === 2) return gate('swap', [a, b]);
    return k % 7 === 3 ? gate('h', [a]) : randomGate(rng, qubits);
  });
  return circuitOf(qubits, [...operations, ...measureAll(qubits)], qubits);
}

function asRun(one: Circuit, qubits: number, observables: readonly string[]): Run {
  return {
    program: splitTerminal(lower(one)),
    bits: qubits,
    noise: compileNoise(noise),
    observables: observables.map((text) => parseObservable(text, qubits)),
    options: {
      qubits,
      method: 'trajectories',
      precision: 'f64',
      shots,
      seed: 3,
      noise,
      bindings: {},
      probabilities: false,
      state: false,
      bloch: false,
      observables,
      cancel: new CancelFlag(),
      freeBytes: 2 ** 32,
      now: () => 0,
      started: 0,
    },
  };
}

describe('emitted shots', () => {
  it.each([1, 2, 3, 4])('agree with the density matrix on random circuit %i', (seed) => {
    const qubits = 5;
    const one = circuit(seed, qubits, 90);
    const observables = ['Z0*Z1', '0.5*X0 - Y1*Y2*Y3 + 2*Z4 + 0.25'];
    const emitted = present(emittedShots(asRun(one, qubits, observables)), 'an emitted module');
    emitted.dispose();
    const exact = run(one, { method: 'density', noise, observables });
    const drawn = run(one, { method: 'trajectories', noise, observables, shots, seed });
    observables.forEach((_, i) => {
      const { value, stderr } = present(drawn.expectations?.[i], 'an expectation');
      const deviation = Math.abs((value as number) - (exact.expectations?.[i]?.value as number));
      expect(deviation).toBeLessThan(4.5 * (stderr as number));
    });
    for (const [key, p] of Object.entries(exact.probabilities ?? {})) {
      const limit = 5 * Math.sqrt((p * (1 - p)) / shots) + 2 / shots;
      expect(Math.abs((drawn.counts?.[key] ?? 0) / shots - p)).toBeLessThan(limit);
      expect(Math.abs((drawn.qubitProbabilities?.[key] ?? 0) - p)).toBeLessThan(limit);
    }
  });

  it('gives the same bits again, and stops between blocks of shots where an error is asked for', () => {
    const one = circuit(7, 5, 90);
    const options = { method: 'trajectories', noise, observables: ['Z0'], shots, seed: 5 };
    const first = run(one, options);
    expect(run(one, options)).toEqual({ ...first, measured: expect.anything() as unknown });
    const stopped = run(one, { ...options, targetError: 0.02 });
    const total = Object.values(stopped.counts ?? {}).reduce((sum, count) => sum + count, 0);
    expect(total).toBeLessThan(shots);
    expect(total % 256).toBe(0);
    expect(stopped.expectations?.[0]?.stderr).toBeLessThanOrEqual(0.02);
  });

  it('leaves what it cannot do to the walk: other channels, measurements inside, little work', () => {
    const base = asRun(circuit(1, 5, 90), 5, []);
    const damped = noiseModelSchema.parse({
      rules: [{ channel: 'amplitude_damping', gamma: 0.1, on: 'all' }],
    });
    expect(emittedShots({ ...base, noise: compileNoise(damped) })).toBeNull();
    expect(emittedShots({ ...base, options: { ...base.options, shots: 10 } })).toBeNull();
    const dynamic = { ...base.program, isDynamic: true };
    expect(emittedShots({ ...base, program: dynamic })).toBeNull();
  });
});
