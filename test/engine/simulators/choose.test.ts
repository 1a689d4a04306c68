import { expect, test } from 'vitest';
import { circuitOf, gate, measure, measureAll } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { chooseMethod } from '#engine/simulators/choose.ts';
import { run, runOf } from '#test/support/conformance/simulator.ts';
import { ghz, wState } from '#test/support/known-states.ts';

const choiceFor = (circuit: Circuit, options: Parameters<typeof runOf>[1]) =>
  chooseMethod(runOf(circuit, options));

const flips = noiseModelSchema.parse({ rules: [{ channel: 'bit_flip', p: 0.01 }] });
const damping = noiseModelSchema.parse({ rules: [{ channel: 'amplitude_damping', gamma: 0.01 }] });

test.each([
  ['small and pure', ghz(4), {}, 'statevector'],
  ['wide and Clifford', ghz(60), {}, 'stabilizer'],
  ['wide, shallow, not Clifford', wState(50), {}, 'mps'],
  ['noisy and small', ghz(3), { noise: damping }, 'density'],
  ['noisy and small with shots', ghz(3), { noise: flips, shots: 10 }, 'density'],
  ['noisy and wide with shots', ghz(15), { noise: damping, shots: 2 }, 'trajectories'],
  ['Pauli noise on a wide Clifford circuit', ghz(40), { noise: flips, shots: 20 }, 'stabilizer'],
])('auto: %s', (_, circuit, options, method) => {
  const result = run(circuit, options);
  expect(result.method).toBe(method);
  expect(result.methodReason).toMatch(/^[A-Z][^.]*\.$/);
});

/** Turns that are not Clifford on a few of many qubits, and a ladder of Clifford gates. */
function nearlyClifford(turns: number): Circuit {
  const ladder = Array.from({ length: 39 }, (_, q) => gate('cx', [q, q + 1]));
  const some = Array.from({ length: turns }, (_, k) => gate('rx', [k % 40], [0.3]));
  return circuitOf(40, [gate('h', [0]), ...some, ...ladder]);
}

/** Too entangled for a chain, too wide for amplitudes. */
const wideAndDeep = circuitOf(
  40,
  Array.from({ length: 30 }, () =>
    Array.from({ length: 39 }, (_, q) => gate('crx', [q, q + 1], [0.3])),
  ).flat(),
);

test.each([
  [
    'few gates that are not Clifford in view',
    nearlyClifford(3),
    {},
    'pauli',
    /look back on 3 gates/,
  ],
  ['too many of them, but shallow', nearlyClifford(60), {}, 'mps', /few gates join/],
  ['too many of them, and deep', wideAndDeep, {}, 'pauli', /bounded/],
  ['wide and noisy', nearlyClifford(3), { noise: damping }, 'pauli', /gates and noise/],
])('auto for expectations only: %s', (_, circuit, options, method, reason) => {
  const asked = { ...options, observables: ['Z39'] };
  const { simulator, reason: why } = choiceFor(circuit, asked);
  expect(simulator.id).toBe(method);
  expect(why).toMatch(reason);
  expect(why).toMatch(/^[A-Z][^.]*\.$/);
});

test('a wide circuit whose observables see few turns is exact, and gives its one outcome', () => {
  const { method, expectations, probabilities } = run(nearlyClifford(3), { observables: ['X0'] });
  expect(method).toBe('pauli');
  expect(probabilities).toEqual({ '': 1 });
  const same = run(nearlyClifford(3), { observables: ['X0'], method: 'mps' });
  expect(expectations?.[0]?.value).toBeCloseTo(same.expectations?.[0]?.value as number, 10);
});

test('asked for shots, probabilities or the state, auto does not take expectations only', () => {
  for (const more of [{ shots: 10 }, { state: true }, { bloch: true }]) {
    const { simulator } = choiceFor(nearlyClifford(3), { observables: ['Z0'], ...more });
    expect(simulator.gives).not.toBe('expectations');
  }
});

test.each(['mps', 'stabilizer', 'pauli'])(
  '%s says that it computes in double precision',
  (method) => {
    const options = { method, precision: 'f32', observables: ['Z0'] } as const;
    const { precision, warnings } = run(ghz(3), options);
    expect(precision).toBe('f64');
    expect(warnings.join()).toMatch(/f32 was asked for/);
  },
);

/** Layers of generic gates between neighbours: as entangled as can be, and no two cuts alike. */
function brickwork(qubits: number, layers: number): Circuit {
  const layer = (k: number): Operation[] => [
    ...Array.from({ length: qubits }, (_, q) => gate('ry', [q], [0.3 + q + k])),
    ...Array.from({ length: Math.floor((qubits - (k % 2)) / 2) }, (_, q) =>
      gate('cx', [2 * q + (k % 2), 2 * q + 1 + (k % 2)]),
    ),
  ];
  const gates = Array.from({ length: layers }, (_, k) => layer(k)).flat();
  return circuitOf(qubits, [...gates, ...measureAll(qubits)], qubits);
}

test('auto refuses a wide circuit that no method holds, naming both numbers and what would do in part', () => {
  const asked = { shots: 10, freeBytes: 2 ** 20 };
  expect(() => run(brickwork(20, 40), asked)).toThrow(
    /needs .* is available.*matrix product state was tried.*method mps/,
  );
  const observed = { ...asked, observables: ['Z0'] };
  expect(() => run(brickwork(20, 40), observed)).toThrow(/method pauli/);
});

test('auto follows a wide circuit of many gates as a chain where it stays little entangled', () => {
  // The state is a product all along, though hundreds of gates cross every cut.
  const rounds = Array.from({ length: 20 }, () => [
    ...Array.from({ length: 39 }, (_, q) => [gate('cx', [q, q + 1]), gate('t', [q])]).flat(),
    ...Array.from({ length: 39 }, (_, q) => gate('cx', [38 - q, 39 - q])),
  ]).flat();
  const circuit = circuitOf(40, [gate('x', [0]), gate('t', [0]), ...rounds, ...measureAll(40)], 40);
  const { method, counts, measured } = run(circuit, { shots: 10 });
  expect(method).toBe('mps');
  expect(measured.bondDimension).toBe(1);
  const same = run(circuit, { shots: 10, method: 'mps' });
  expect(counts).toEqual(same.counts);
  expect(Object.values(counts ?? {})).toEqual([10]);
});

test('outcomes that are too many to list are refused with both numbers', () => {
  const wires = Array.from({ length: 40 }, (_, q) => q);
  const circuit = circuitOf(40, [...wires.map((q) => gate('h', [q])), ...measureAll(40)], 40);
  expect(() => run(circuit)).toThrow(/needs .* is available.*--shots/);
});

/** A turned qubit, teleported along a line of `qubits`, with `layers` of joining gates before. */
function teleported(qubits: number, layers = 0): Circuit {
  const hops = Array.from({ length: (qubits - 1) / 2 }, (_, hop): Operation[] => {
    const at = 2 * hop;
    const corrected = (bit: number, id: string): Operation => ({
      kind: 'if',
      condition: { bits: [bit], value: 1 },
      body: [gate(id, [at + 2])],
      otherwise: [],
    });
    return [
      gate('h', [at + 1]),
      gate('cx', [at + 1, at + 2]),
      gate('cx', [at, at + 1]),
      gate('h', [at]),
      measure(at, at),
      measure(at + 1, at + 1),
      corrected(at + 1, 'x'),
      corrected(at, 'z'),
    ];
  });
  const before = Array.from({ length: layers }, (_, k) =>
    Array.from({ length: qubits - 1 }, (__, q) => gate('crx', [q, q + 1], [0.3 + k])),
  );
  const operations = [
    gate('ry', [0], [0.7]),
    ...before.flat(),
    ...hops.flat(),
    measure(qubits - 1, qubits - 1),
  ];
  return circuitOf(qubits, operations, qubits);
}

test('auto leaves amplitudes where many measurements would split them and a chain is as exact', () => {
  const asked = { shots: 1000, freeBytes: 2 ** 33 };
  const { simulator, reason } = choiceFor(teleported(23), asked);
  expect(simulator.id).toBe('mps');
  expect(reason).toMatch(/split a statevector of 23 qubits, and few gates join/);
  for (const other of [teleported(19), teleported(23, 8)]) {
    expect(choiceFor(other, asked).simulator.id).toBe('statevector');
  }
  const { counts, measured } = run(teleported(23), { ...asked, seed: 1 });
  expect(measured.discardedWeight).toBe(0);
  const ones = Object.entries(counts ?? {}).reduce(
    (sum, [key, count]) => sum + (key.startsWith('1') ? count : 0),
    0,
  );
  const p = Math.sin(0.35) ** 2;
  expect(Math.abs(ones / 1000 - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 1000));
});
