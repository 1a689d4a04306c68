import { beforeAll, describe, expect, it } from 'vitest';
import { present } from '#shared/base/assert.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { trajectories } from '#engine/simulators/trajectories/index.ts';
import { emittedShots } from '#engine/simulators/trajectories/emitted-shots.ts';
import { providePlatform } from '#engine/platform.ts';
import { compileNoise } from '#engine/noise/model.ts';
import { lower } from '#engine/simulators/lowering.ts';
import type { Run } from '#engine/simulators/simulator.ts';
import { splitTerminal } from '#engine/simulators/terminal.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import { nodePlatform } from '#main/workers/node-platform.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { randomGate } from '#test/support/random-circuits.ts';

const shots = 16_384;
const rate = (re: number) => [re, 0] as const;
/** Channels by what they take: errors that are drawn beforehand, and jumps that the state decides. */
const noises = {
  'Pauli strings': noiseModelSchema.parse({
    rules: [
      { channel: 'pauli_depolarizing', p: 0.02, on: 'all' },
      { channel: 'depolarizing', p: 0.03, on: '2q' },
      { channel: 'bit_flip', p: 0.05, on: ['h'] },
    ],
  }),
  'damping and misread bits': noiseModelSchema.parse({
    rules: [
      { channel: 'amplitude_damping', gamma: 0.02, on: 'all' },
      { channel: 'depolarizing', p: 0.02, on: '2q' },
      { channel: 'phase_damping', lambda: 0.1, on: ['h'] },
    ],
    readout: [
      { qubit: 0, p_read1_given0: 0.02, p_read0_given1: 0.1 },
      { qubit: 2, p_read1_given0: 0.05, p_read0_given1: 0.05 },
    ],
  }),
  'relaxation and operators of no special form': noiseModelSchema.parse({
    rules: [
      { channel: 'thermal_relaxation', T1: 50, T2: 30, time: 1, on: '2q', qubits: [0, 1, 2] },
      {
        channel: 'kraus',
        on: ['h'],
        matrices: [
          [
            [rate(Math.sqrt(0.9)), rate(0)],
            [rate(0), rate(1)],
          ],
          [
            [rate(Math.sqrt(0.05)), rate(0)],
            [rate(Math.sqrt(0.05)), rate(0)],
          ],
        ],
      },
    ],
  }),
};
const noise = noises['Pauli strings'];

/** On at most three qubits, as shots that jump take gates one by one. */
function narrowGate(rng: Rng, qubits: number): Operation {
  for (;;) {
    const found = randomGate(rng, qubits);
    if (found.kind === 'gate' && found.qubits.length <= 3) return found;
  }
}

/** Random gates with entangling Clifford gates among them, measured at the end. */
function circuit(seed: number, qubits: number, gates: number): Circuit {
  const rng = rngOf(seed, 11);
  const operations = Array.from({ length: gates }, (_, k): Operation => {
    const a = rng.below(qubits);
    const b = (a + 1 + rng.below(qubits - 1)) % qubits;
    if (k % 4 === 1) return gate('cx', [a, b]);
    if (k % 4 === 2) return gate('swap', [a, b]);
    return k % 7 === 3 ? gate('h', [a]) : narrowGate(rng, qubits);
  });
  return circuitOf(qubits, [...operations, ...measureAll(qubits)], qubits);
}

function asRun(one: Circuit, qubits: number, observables: readonly string[], model = noise): Run {
  return {
    program: splitTerminal(lower(one)),
    bits: qubits,
    noise: compileNoise(model),
    observables: observables.map((text) => parseObservable(text, qubits)),
    options: {
      qubits,
      method: 'trajectories',
      precision: 'f64',
      shots,
      seed: 3,
      noise: model,
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

// So that there are threads for shots to be spread over.
beforeAll(() => providePlatform(nodePlatform));

describe('emitted shots', () => {
  const cases = Object.entries(noises).flatMap(([name, model]) =>
    (['f64', 'f32'] as const).flatMap((precision) =>
      [1, 2].map((seed) => ({ name, model, precision, seed })),
    ),
  );

  it.each(cases)(
    'agree with the density matrix: $name, $precision, circuit $seed',
    ({ model, precision, seed }) => {
      const qubits = 5;
      const one = circuit(seed, qubits, 90);
      const observables = ['Z0*Z1', '0.5*X0 - Y1*Y2*Y3 + 2*Z4 + 0.25'];
      const emitted = present(emittedShots(asRun(one, qubits, observables, model)), 'a module');
      emitted.dispose();
      const common = { noise: model, observables, precision, bloch: true };
      const exact = run(one, { ...common, method: 'density' });
      const drawn = run(one, { ...common, method: 'trajectories', shots, seed });
      observables.forEach((_, i) => {
        const { value, stderr } = present(drawn.expectations?.[i], 'an expectation');
        const deviation = Math.abs((value as number) - (exact.expectations?.[i]?.value as number));
        expect(deviation).toBeLessThan(4.5 * (stderr as number));
      });
      for (const [key, p] of Object.entries(exact.probabilities ?? {})) {
        const limit = 5 * Math.sqrt((p * (1 - p)) / shots) + 2 / shots;
        expect(Math.abs((drawn.counts?.[key] ?? 0) / shots - p)).toBeLessThan(limit);
      }
      for (const [key, p] of Object.entries(exact.qubitProbabilities ?? {})) {
        const limit = 5 * Math.sqrt((p * (1 - p)) / shots) + 2 / shots;
        expect(Math.abs((drawn.qubitProbabilities?.[key] ?? 0) - p)).toBeLessThan(limit);
      }
      exact.bloch?.forEach((vector, qubit) =>
        vector.forEach((component, k) => {
          const found = drawn.bloch?.[qubit]?.[k] as number;
          expect(Math.abs(found - component)).toBeLessThan(5 / Math.sqrt(shots));
        }),
      );
    },
  );

  it('jump between gates that would merge without the channels between them', () => {
    const model = noiseModelSchema.parse({
      rules: [{ channel: 'amplitude_damping', gamma: 0.2, on: 'all' }],
    });
    const round = [0, 1, 2, 3].flatMap((q) => [
      gate('h', [q]),
      gate('cx', [q, (q + 1) % 4]),
      gate('rz', [(q + 1) % 4], [0.7]),
      gate('cx', [q, (q + 1) % 4]),
      gate('ccx', [q, (q + 1) % 4, (q + 2) % 4]),
    ]);
    const one = circuitOf(4, [...round, ...round, ...round, ...round, ...measureAll(4)], 4);
    const common = { noise: model, observables: ['Z0*X1*Y2', 'Z3'] };
    const many = { ...common, method: 'trajectories', shots: 65_536, seed: 2 };
    const exact = run(one, { ...common, method: 'density' });
    const drawn = run(one, many);
    drawn.expectations?.forEach(({ value, stderr }, i) => {
      const deviation = Math.abs((value as number) - (exact.expectations?.[i]?.value as number));
      expect(deviation).toBeLessThan(4.5 * (stderr as number));
    });
  });

  it.each(Object.entries(noises))(
    'gives the same bits again, and stops between blocks of shots where an error is asked for: %s',
    (_, model) => {
      const one = circuit(7, 5, 90);
      const options = { method: 'trajectories', noise: model, observables: ['Z0'], shots, seed: 5 };
      const first = run(one, options);
      expect(run(one, options)).toEqual({ ...first, measured: expect.anything() as unknown });
      const stopped = run(one, { ...options, targetError: 0.02 });
      const total = Object.values(stopped.counts ?? {}).reduce((sum, count) => sum + count, 0);
      expect(total).toBeLessThan(shots);
      expect(total % 256).toBe(0);
      expect(stopped.expectations?.[0]?.stderr).toBeLessThanOrEqual(0.02);
    },
  );

  it('leaves what it cannot do to the walk: operators that lose a state, measurements, little work', () => {
    const base = asRun(circuit(1, 5, 90), 5, []);
    const reset = noiseModelSchema.parse({
      rules: [{ channel: 'amplitude_damping', gamma: 1, on: 'all' }],
    });
    expect(emittedShots({ ...base, noise: compileNoise(reset) })).toBeNull();
    expect(emittedShots({ ...base, options: { ...base.options, shots: 10 } })).toBeNull();
    const dynamic = { ...base.program, isDynamic: true };
    expect(emittedShots({ ...base, program: dynamic })).toBeNull();
  });

  it('does not look at how many threads there are', () => {
    const one = circuit(3, 6, 90);
    for (const model of Object.values(noises)) {
      const options = { method: 'trajectories', noise: model, shots: 8192, seed: 5 };
      const [first, second] = [1, 3].map((threads) => run(one, { ...options, threads }));
      expect(second?.counts).toEqual(first?.counts);
      expect(second?.qubitProbabilities).toEqual(first?.qubitProbabilities);
    }
  });

  it.each(Object.entries(noises))(
    'agree with small density matrices on wide states of parts that never meet: %s',
    (_, { rules, readout }) => {
      const parts = 6;
      const small = circuit(9, 3, 24);
      const operations = Array.from({ length: parts }, (__, part) =>
        small.operations.flatMap((one) =>
          one.kind === 'gate'
            ? [{ ...one, qubits: one.qubits.map((qubit) => 3 * part + qubit) }]
            : [],
        ),
      ).flat();
      const wide = circuitOf(3 * parts, [...operations, ...measureAll(3 * parts)], 3 * parts);
      // Rules of single qubits would treat the parts differently.
      const model = {
        rules: rules.map(({ qubits: __, ...rule }) => rule) as typeof rules,
        readout: readout.filter(({ qubit }) => qubit < 0),
      };
      const observables = Array.from({ length: parts }, (__, part) =>
        ['Z', 'X', 'Y'].map((letter, k) => `${letter}${3 * part + k}`).join('*'),
      );
      const drawn = run(wide, { method: 'trajectories', noise: model, shots: 128, observables });
      const [exact] =
        run(small, { method: 'density', noise: model, observables: ['Z0*X1*Y2'] }).expectations ??
        [];
      const values = (drawn.expectations ?? []).map(({ value }) => value as number);
      const mean = values.reduce((sum, value) => sum + value, 0) / parts;
      const errors = (drawn.expectations ?? []).map(({ stderr }) => (stderr as number) ** 2);
      const error = Math.sqrt(errors.reduce((sum, one) => sum + one, 0)) / parts;
      expect(values).toHaveLength(parts);
      expect(Math.abs(mean - (exact?.value as number))).toBeLessThan(4.5 * error);
    },
  );

  it.each(Object.entries(noises))(
    'stop inside a long shot where they are cancelled: %s',
    (_, model) => {
      const qubits = 18;
      const base = asRun(circuit(7, qubits, 400), qubits, [], model);
      const flag = new CancelFlag();
      let looks = 0;
      const cancel = Object.defineProperty(flag, 'isCancelled', { get: () => ++looks > 12 });
      const noisy = { ...base, options: { ...base.options, shots: 1, cancel } };
      expect(() => trajectories.simulate(noisy)).toThrow('cancelled');
      expect(looks).toBeLessThan(40);
    },
  );
});
