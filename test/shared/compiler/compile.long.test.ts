import { describe, expect, it, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { type Circuit, type Operation, qubitsOf } from '#shared/circuit/circuit.ts';
import type { Bindings } from '#shared/circuit/expression.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { full, grid, heavyHex, line, ring } from '#shared/compiler/couplings.ts';
import { compile, type Compiled, type Level } from '#shared/compiler/pipeline.ts';
import { passes } from '#shared/compiler/registry.ts';
import { plainTarget, type Target, targetOf } from '#shared/compiler/target.ts';
import { deviceRecords } from '#shared/devices/registry.ts';
import { distanceUpToPhase, zeros } from '#shared/math/matrix.ts';
import { randomCircuit } from '../../support/circuits-to-compile.ts';

const levels: readonly Level[] = [0, 1, 2, 3];

/** How far what both do is apart, up to a global phase, read through the layout; idle qubits stay 0. */
function difference(
  circuit: Circuit,
  { circuit: made, layout }: Compiled,
  bindings: Bindings = {},
): number {
  const meant = unitaryOf(circuit, bindings);
  const whole = unitaryOf(made, bindings);
  const at = (index: number, places: readonly number[]): number =>
    places.reduce((sum, place, q) => sum + (((index >> q) & 1) << place), 0);
  const seen = zeros(meant.size);
  for (let row = 0; row < meant.size; row++) {
    for (let column = 0; column < meant.size; column++) {
      const from = at(row, layout.final) * whole.size + at(column, layout.initial);
      seen.re[row * meant.size + column] = whole.re[from] as number;
      seen.im[row * meant.size + column] = whole.im[from] as number;
    }
  }
  return distanceUpToPhase(seen, meant);
}

function expectOnTarget(operations: readonly Operation[], target: Target): void {
  for (const one of operations) {
    if (one.kind === 'if') expectOnTarget([...one.body, ...one.otherwise], target);
    if (one.kind !== 'gate') continue;
    expect(target.basis?.has(one.gate) ?? true, one.gate).toBe(true);
    const [a, b, c] = qubitsOf(one) as [number, number, number];
    expect(c).toBeUndefined();
    if (b === undefined) continue;
    expect(target.couplings?.areCoupled(a, b) ?? true).toBe(true);
    if (['cx', 'ecr'].includes(one.gate)) expect(target.isForward(a, b)).toBe(true);
  }
}

const basis = (names: string) => new Set(names.split(' '));
const oneWay: Target = {
  ...plainTarget(line(4), basis('ecr rz sx x')),
  isForward: (a, b) => a > b,
};

const targets: Readonly<Record<string, Target>> = {
  'a line of cz': plainTarget(line(5), basis('cz rz sx x')),
  'a ring of cx and u': plainTarget(ring(4), basis('cx u')),
  'a grid of iswap': plainTarget(grid(2, 2), basis('iswap rz rx')),
  'a one-way line of ecr': oneWay,
  'ions with zz': plainTarget(full(4), basis('rzz gpi gpi2')),
  'ions with ms': plainTarget(full(4), basis('ms gpi gpi2')),
  'a line without a basis': plainTarget(line(4), null),
  'cx, h and rz on a grid': plainTarget(grid(2, 2), basis('cx h rz')),
};

describe.each(Object.entries(targets))('%s', (_, target) => {
  it.each(levels)('keeps what circuits do, in its gates and couplings, at level %i', (level) => {
    for (let sample = 0; sample < (level === 3 ? 1 : 3); sample++) {
      const rng = rngOf(31, level, sample);
      const qubits = Math.min(4, target.qubits) - (sample % 2);
      const circuit = randomCircuit(rng, { qubits, count: 12, isRich: true });
      const made = compile(circuit, target, { level, seed: sample });
      expectOnTarget(made.circuit.operations, target);
      expect(difference(circuit, made)).toBeLessThan(1e-6);
    }
  });

  it('keeps open parameters open', () => {
    for (let sample = 0; sample < 4; sample++) {
      const rng = rngOf(32, sample);
      const qubits = Math.min(4, target.qubits);
      const circuit = randomCircuit(rng, { qubits, count: 10, parameters: 2, isRich: true });
      const made = compile(circuit, target, { level: (sample % 4) as Level, seed: sample });
      expectOnTarget(made.circuit.operations, target);
      for (const value of [0.3, -2.1]) {
        const bindings = { a0: value, a1: 1.7 * value };
        expect(difference(circuit, made, bindings)).toBeLessThan(1e-6);
      }
    }
  });

  it('gives the same for the same seed, and nothing new the second time', () => {
    const circuit = randomCircuit(rngOf(33, 0), { qubits: Math.min(4, target.qubits), count: 20 });
    const options = { level: 1, seed: 3 } as const;
    const once = compile(circuit, target, options);
    expect(compile(circuit, target, options)).toEqual(once);
    for (const id of ['cancel-inverses', 'merge-one-qubit', 'translate', 'translate-one-qubit']) {
      const pass = passes.find((one) => one.id === id);
      const start = { target, layout: once.layout, facts: { swaps: 0 }, seed: 0, effort: 1 };
      const first = pass?.run({ ...start, circuit: once.circuit });
      if (first === undefined) throw new Error(`there is no pass ${id}`);
      expect(pass?.run(first).circuit, id).toEqual(first.circuit);
    }
  });
});

test('a fixed layout is kept, and routing alone keeps the gates', () => {
  const circuit = randomCircuit(rngOf(34, 0), { qubits: 4, count: 12, isRich: true });
  const target = plainTarget(line(6), null);
  const layout = [5, 0, 3, 2];
  const made = compile(circuit, target, { level: 1, seed: 0, routingOnly: true, layout });
  expect(made.layout.initial).toEqual(layout);
  expectOnTarget(made.circuit.operations, target);
  expect(made.circuit.definitions).toEqual(circuit.definitions);
  const names = (one: Circuit) => one.operations.map((o) => (o.kind === 'gate' ? o.gate : o.kind));
  const small = circuit.operations.filter((one) => qubitsOf(one).length <= 2);
  for (const one of small) expect(names(made.circuit)).toContain((one as { gate: string }).gate);
  expect(difference(circuit, made)).toBeLessThan(1e-6);
});

test.each(deviceRecords.map((one) => [one.id, one] as const))(
  '%s compiles to its own gates and usable couplings',
  (_, device) => {
    const target = targetOf(device);
    const circuit = randomCircuit(rngOf(35, 0), { qubits: 5, count: 25, isRich: true });
    for (const level of levels) {
      const made = compile(circuit, target, { level, seed: 1 });
      expectOnTarget(made.circuit.operations, target);
    }
  },
);

test('heavy hexagons have the sizes of the lattice', () => {
  for (const [distance, qubits] of [
    [1, 1],
    [3, 19],
    [5, 57],
    [7, 115],
  ] as const) {
    const lattice = heavyHex(distance);
    expect(lattice.qubits).toBe(qubits);
    expect(lattice.largestComponent()).toHaveLength(qubits);
    expect(Math.max(...lattice.neighbours.map((one) => one.length))).toBeLessThanOrEqual(3);
  }
});
