import { describe, expect, it, test } from 'vitest';
import { circuitOf, gate, measure, measureAll } from '#shared/circuit/build.ts';
import { type Circuit, qubitCountOf, qubitsOf } from '#shared/circuit/circuit.ts';
import { compileForDevice } from '#shared/compiler/compile-for-device.ts';
import { targetOf } from '#shared/compiler/target.ts';
import { figureAt } from '#shared/devices/device.ts';
import { deviceNamed } from '#shared/devices/device.ts';
import { deviceRecords } from '#shared/devices/registry.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { noiseModelSchema, type NoiseModel } from '#shared/jobs/noise.ts';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { noiseOfDevice } from '#engine/noise/device-model.ts';
import { noiseFaults } from '#engine/noise/faults.ts';
import { simulateCircuit } from '#engine/simulators/simulate.ts';

const torino = deviceNamed(deviceRecords, 'ibm-torino');
if (torino === null) throw new Error('there is no ibm-torino');

function simulate(circuit: Circuit, noise: NoiseModel | null, method = 'density') {
  const request = simulationRequestSchema.parse({ source: '', method });
  return simulateCircuit(circuit, {
    method: request.method,
    precision: request.precision,
    seed: request.seed,
    probabilities: request.probabilities,
    state: request.state,
    bloch: request.bloch,
    view: request.view,
    qubits: qubitCountOf(circuit),
    shots: null,
    noise,
    bindings: {},
    observables: [],
    path: undefined,
    targetError: undefined,
    threads: 1,
    isPortable: false,
    sink: undefined,
    cancel: new CancelFlag(),
    freeBytes: 2 ** 31,
    now: () => 0,
    started: 0,
  });
}

/** Toffolis on three qubits in turns, so that none undoes another. */
function toffolis(count: number): Circuit {
  const flips = Array.from({ length: count }, (_, k) =>
    gate('ccx', [k % 3, (k + 1) % 3, (k + 2) % 3]),
  );
  return circuitOf(3, [gate('h', [0]), gate('h', [1]), ...flips, ...measureAll(3)], 3);
}

test('a thousand Toffolis on a device end in the mixed state', () => {
  const compiled = compileForDevice(toffolis(1000), torino, { seed: 1, level: 1 });
  expect(compiled.facts.after.twoQubitGates).toBeGreaterThan(5000);
  const noise = { ...noiseOfDevice(torino, compiled.wires), readout: [] };
  const { probabilities } = simulate(compiled.circuit, noise);
  const values = Object.values(probabilities ?? {});
  expect(values).toHaveLength(8);
  for (const p of values) expect(p).toBeCloseTo(1 / 8, 3);
});

test('a compiled circuit without noise gives the outcomes of the program', () => {
  const program = toffolis(5);
  const { circuit } = compileForDevice(program, torino, { seed: 1, level: 2 });
  const [meant, got] = [simulate(program, null), simulate(circuit, null)];
  for (const [key, p] of Object.entries(meant.probabilities ?? {})) {
    expect(got.probabilities?.[key] ?? 0).toBeCloseTo(p, 9);
  }
});

test('conditions, resets and measurements on the way keep their distribution', () => {
  const condition = { bits: [0], value: 1 };
  const program = circuitOf(
    4,
    [
      gate('ry', [0], [1.1]),
      gate('cx', [0, 2]),
      measure(0, 0),
      {
        kind: 'if',
        condition,
        body: [gate('cx', [2, 3]), gate('ry', [1], [0.4]), gate('cx', [1, 3])],
        otherwise: [gate('swap', [1, 2]), gate('h', [3])],
      },
      { kind: 'reset', qubit: 0 },
      gate('crx', [3, 0], [0.9]),
      gate('ccx', [0, 1, 2]),
      ...[0, 1, 2, 3].map((q) => measure(q, q + 1)),
    ],
    5,
  );
  const meant = simulate(program, null).probabilities ?? {};
  for (const level of [0, 1, 2, 3] as const) {
    for (const layout of [undefined, [0, 2, 4, 6]]) {
      const options = { seed: level, level, ...(layout === undefined ? {} : { layout }) };
      const { circuit } = compileForDevice(program, torino, options);
      const got = simulate(circuit, null).probabilities ?? {};
      const keys = new Set([...Object.keys(meant), ...Object.keys(got)]);
      for (const key of keys) expect(got[key] ?? 0, key).toBeCloseTo(meant[key] ?? 0, 9);
    }
  }
});

describe.each(deviceRecords.map((one) => [one.id, one] as const))('%s', (_, device) => {
  it('compiles twenty qubits to about as many wires, all in use', () => {
    const size = Math.min(20, device.qubits);
    const chain = Array.from({ length: 60 }, (__, k) => gate('cx', [k % size, (k * 7 + 1) % size]));
    const flips = chain.filter(({ qubits: [a, b] }) => a !== b);
    const made = compileForDevice(circuitOf(size, flips), device, { seed: 2, level: 1 });
    expect(made.wires).toHaveLength(size);
    const target = targetOf(device);
    for (const one of made.circuit.operations) {
      const wires = qubitsOf(one).map((wire) => made.wires[wire] as number);
      if (one.kind !== 'gate') continue;
      expect(target.basis?.has(one.gate)).toBe(true);
      for (const angle of one.parameters) expect(angle.kind).toBe('number');
      if (wires.length === 2) expect(target.errorOf(one.gate, wires)).not.toBeNull();
    }
  });

  it.each([0, 1, 2, 3] as const)(
    'puts parts that never meet on no more wires than they have qubits, at level %i',
    (level) => {
      const single = [0, 1, 2, 3, 4].map((q) => gate('h', [q]));
      const pairs = [gate('cx', [0, 1]), gate('cx', [2, 3])];
      for (const operations of [single, pairs, [...single, ...pairs]]) {
        const program = circuitOf(5, [...operations, ...measureAll(5)], 5);
        const made = compileForDevice(program, device, { seed: 3, level });
        expect(made.wires).toHaveLength(5);
        const [meant, got] = [simulate(program, null), simulate(made.circuit, null)];
        for (const [key, p] of Object.entries(meant.probabilities ?? {})) {
          expect(got.probabilities?.[key] ?? 0, key).toBeCloseTo(p, 9);
        }
      }
    },
  );

  it('has a sound noise model with the figures of its places', () => {
    const wires = [2, 3, 4];
    const noise = noiseOfDevice(device, wires);
    expect(noiseModelSchema.parse(noise)).toEqual(noise);
    expect(noiseFaults(noise)).toEqual([]);
    expect(noise.readout.map(({ p_read1_given0 }) => p_read1_given0)).toEqual(
      wires.map((qubit) => figureAt(device.readout.read1Given0, qubit)),
    );
    expect(noiseFaults(noiseOfDevice(device))).toEqual([]);
  });
});

test('a program under a device model that was not compiled says what follows its gates', () => {
  const { warnings } = simulate(toffolis(1), noiseOfDevice(torino), 'density');
  expect(warnings.join(' ')).toMatch(
    /median error rates of ibm-torino.*three or more qubits \(ccx\)/,
  );
});
