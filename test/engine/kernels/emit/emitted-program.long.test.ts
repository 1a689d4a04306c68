import { afterAll, describe, expect, it } from 'vitest';
import { present } from '#shared/base/assert.ts';
import { type Rng, rngOf, shuffled } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import {
  type Bindings,
  type Expression,
  numberOf,
  parameterOf,
} from '#shared/circuit/expression.ts';
import { gateById, gates } from '#shared/gates/registry.ts';
import { Crew } from '#engine/kernels/crew.ts';
import { compileCircuit, EmittedProgram } from '#engine/kernels/emit/emitted-program.ts';
import { lowerSteps } from '#engine/kernels/emit/lower-steps.ts';
import { KernelMemory } from '#engine/kernels/memory.ts';
import { type Amplitudes, applyMatrix, zeroState } from '#engine/simulators/amplitudes.ts';
import { anglesOf, openCircuitOf, phaseOf } from '#engine/simulators/circuit-steps.ts';
import { bind, lower, type UnitaryInstruction } from '#engine/simulators/lowering.ts';
import { maskOf } from '#engine/simulators/statevector.ts';
import { randomCircuit, randomGate } from '#test/support/random-circuits.ts';

const crew = new Crew(null, 1);
const memory = new KernelMemory();
afterAll(() => crew.dispose());

function instructionsOf(circuit: Circuit): UnitaryInstruction[] {
  return lower(circuit).filter((one) => one.kind === 'unitary');
}

/** The state after the circuit by the plain kernels. */
function expected(circuit: Circuit, qubits: number, bindings: Bindings): Amplitudes {
  const state = zeroState(qubits);
  for (const instruction of instructionsOf(circuit)) {
    for (const { targets, matrix, isDiagonal, controls } of bind(instruction, bindings)) {
      applyMatrix(state, targets, matrix, isDiagonal, maskOf(controls));
    }
  }
  return state;
}

interface Emission {
  readonly precision: 'f32' | 'f64';
  readonly isRelaxed: boolean;
}

/** The state after the circuit by an emitted module, which every row of bindings is put into. */
function emitted(
  circuit: Circuit,
  qubits: number,
  options: Emission,
  rows: readonly Bindings[],
): Amplitudes[] {
  const open = present(openCircuitOf(instructionsOf(circuit)), 'an emitted form');
  const lowered = present(lowerSteps(open.steps, qubits), 'lowered operations');
  const compiled = present(compileCircuit(lowered, options), 'a module');
  const program = new EmittedProgram(compiled, options.precision, { crew, memory });
  const bytes = options.precision === 'f32' ? 4 : 8;
  const size = 2 ** qubits;
  const address = memory.allocateState(size, bytes);
  const { buffer } = memory.memory;
  const view = (at: number) =>
    bytes === 4 ? new Float32Array(buffer, at, size) : new Float64Array(buffer, at, size);
  const re = view(address.re);
  const im = view(address.im);
  const results = rows.map((bindings) => {
    re.fill(0);
    im.fill(0);
    re[0] = 1;
    const sign = program.bindAngles(anglesOf(open, bindings));
    program.run(address, null);
    const phase = phaseOf(open, bindings);
    const cos = Math.cos(phase) * sign;
    const sin = Math.sin(phase) * sign;
    return {
      qubits,
      re: Float64Array.from(re, (x, i) => cos * x - sin * (im[i] as number)),
      im: Float64Array.from(im, (y, i) => cos * y + sin * (re[i] as number)),
    };
  });
  memory.release(address.re);
  program.dispose();
  return results;
}

function largestDifference(a: Amplitudes, b: Amplitudes): number {
  let largest = 0;
  for (let i = 0; i < a.re.length; i++) {
    const error = Math.hypot(
      (a.re[i] as number) - (b.re[i] as number),
      (a.im[i] as number) - (b.im[i] as number),
    );
    largest = Math.max(largest, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }
  return largest;
}

function deviation(circuit: Circuit, qubits: number, options: Emission): number {
  const [found] = emitted(circuit, qubits, options, [{}]) as [Amplitudes];
  return largestDifference(found, expected(circuit, qubits, {}));
}

function randomWires(rng: Rng, qubits: number, count: number): number[] {
  return shuffled(
    Array.from({ length: qubits }, (_, q) => q),
    rng,
  ).slice(0, count);
}

const emissions: readonly Emission[] = [
  { precision: 'f64', isRelaxed: true },
  { precision: 'f64', isRelaxed: false },
  { precision: 'f32', isRelaxed: true },
  { precision: 'f32', isRelaxed: false },
];
const tolerance = { f64: 1e-10, f32: 1e-5 } as const;
const realGates = gates.filter(({ qubitCount }) => qubitCount > 0);
/** Gates whose angle may stay open in a module. */
const openGates = [
  'rx',
  'ry',
  'rz',
  'p',
  'u',
  'u2',
  'rxx',
  'ryy',
  'rzz',
  'cp',
  'crx',
  'cry',
  'crz',
];

function scaled(factor: number, right: Expression): Expression {
  return { kind: 'binary', operator: '*', left: numberOf(factor), right };
}

/** Random gates with open angles t0, t1, … and their sums. */
function openCircuit(seed: number, qubits: number, count: number): Circuit {
  const rng = rngOf(seed, qubits, count, 7);
  const names = Array.from({ length: 5 }, (_, k) => `t${k}`);
  const operations = Array.from({ length: count }, (_, k) => {
    if (k % 3 === 0) return randomGate(rng, qubits);
    const id = openGates[rng.below(openGates.length)] as string;
    const one = present(gateById(id), 'a gate');
    const angles = one.parameterNames.map(() => {
      const name = parameterOf(names[rng.below(names.length)] as string);
      return rng.below(2) === 0 ? name : scaled(rng.uniform() * 3 - 1.5, name);
    });
    return gate(id, randomWires(rng, qubits, one.qubitCount), angles);
  });
  return {
    ...circuitOf(qubits, operations),
    parameters: names.map((name) => ({ name, value: null })),
  };
}

describe.each(emissions)('an emitted module ($precision, relaxed $isRelaxed)', (options) => {
  const limit = tolerance[options.precision];

  it.each(realGates.map(({ id }) => id))(
    'agrees with the plain kernels on %s at every place',
    (id) => {
      const one = present(gateById(id), 'a gate');
      const rng = rngOf(5, one.qubitCount);
      for (let round = 0; round < 6; round++) {
        const qubits = 6;
        const spread = randomCircuit(round, qubits, 8).operations;
        const angles = one.parameterNames.map(() => (rng.uniform() - 0.5) * 9);
        const middle = gate(one.id, randomWires(rng, qubits, one.qubitCount), angles);
        const circuit = circuitOf(qubits, [...spread, middle, ...spread]);
        expect(deviation(circuit, qubits, options)).toBeLessThan(limit);
      }
    },
  );

  it('agrees with the plain kernels on random circuits larger than a cache block', () => {
    for (let seed = 0; seed < 4; seed++) {
      expect(deviation(randomCircuit(seed, 15, 120), 15, options)).toBeLessThan(limit);
    }
  });

  it('takes new angles without being emitted again', () => {
    for (let seed = 0; seed < 6; seed++) {
      const qubits = seed % 2 === 0 ? 5 : 14;
      const circuit = openCircuit(seed, qubits, 60);
      const rng = rngOf(seed, 9);
      const rows = Array.from({ length: 3 }, () =>
        Object.fromEntries(
          circuit.parameters.map(({ name }) => [name, (rng.uniform() - 0.5) * 20]),
        ),
      );
      emitted(circuit, qubits, options, rows).forEach((state, i) => {
        const judge = expected(circuit, qubits, rows[i] as Bindings);
        expect(largestDifference(state, judge)).toBeLessThan(limit);
      });
    }
  });
});

describe('lowering', () => {
  it('takes swaps as new names, and the Fourier transform needs no pass for them', () => {
    const swaps = circuitOf(6, [gate('swap', [0, 5]), gate('swap', [1, 4]), gate('iswap', [2, 3])]);
    const open = present(openCircuitOf(instructionsOf(swaps)), 'an emitted form');
    const lowered = present(lowerSteps(open.steps, 6), 'lowered operations');
    expect(lowered.operations.filter(({ kind }) => kind === 'cross')).toEqual([]);
  });

  it('sees a phase of the parity in CX, RZ, CX', () => {
    const written = circuitOf(3, [gate('cx', [0, 1]), gate('rz', [1], [0.3]), gate('cx', [0, 1])]);
    const open = present(openCircuitOf(instructionsOf(written)), 'an emitted form');
    const lowered = present(lowerSteps(open.steps, 3), 'lowered operations');
    expect(lowered.operations.map(({ kind }) => kind)).toEqual(['zz']);
  });
});
