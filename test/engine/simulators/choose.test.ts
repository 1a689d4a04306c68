import { expect, test } from 'vitest';
import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { ghz, wState } from '#test/support/known-states.ts';

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

test('auto refuses a wide circuit that no method holds, naming both numbers', () => {
  const layer = Array.from({ length: 39 }, (_, q) => gate('crx', [q, q + 1], [0.3]));
  const deep = circuitOf(40, [...Array(30).fill(layer).flat(), ...measureAll(40)], 40);
  expect(() => run(deep)).toThrow(/needs .* is available/);
});

test('outcomes that are too many to list are refused with both numbers', () => {
  const wires = Array.from({ length: 40 }, (_, q) => q);
  const circuit = circuitOf(40, [...wires.map((q) => gate('h', [q])), ...measureAll(40)], 40);
  expect(() => run(circuit)).toThrow(/needs .* is available.*--shots/);
});
