import { afterAll, describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { Crew } from '#engine/kernels/crew.ts';
import { EmittedProgram } from '#engine/kernels/emit/emitted-program.ts';
import { lowerSteps } from '#engine/kernels/emit/lower-steps.ts';
import type { CircuitStep } from '#engine/kernels/gate-step.ts';
import { KernelMemory } from '#engine/kernels/memory.ts';
import { applyMatrix, zeroState } from '#engine/simulators/amplitudes.ts';
import { bind, lower } from '#engine/simulators/lowering.ts';
import { maskOf } from '#engine/simulators/statevector.ts';
import { gates } from '#shared/gates/registry.ts';
import { randomCircuit } from '#test/support/random-circuits.ts';

const crew = new Crew(null, 1);
const memory = new KernelMemory();
afterAll(() => crew.dispose());

function stepsOf(circuit: Circuit): CircuitStep[] {
  return lower(circuit).flatMap((one) =>
    one.kind === 'unitary'
      ? bind(one, {}).map((step): CircuitStep => ({ kind: 'fixed', step }))
      : [],
  );
}

function expected(steps: readonly CircuitStep[], qubits: number) {
  const state = zeroState(qubits);
  for (const one of steps) {
    if (one.kind === 'fixed') {
      const { targets, matrix, isDiagonal, controls } = one.step;
      applyMatrix(state, targets, matrix, isDiagonal, maskOf(controls));
    }
  }
  return state;
}

interface Emission {
  readonly precision: 'f32' | 'f64';
  readonly isRelaxed: boolean;
}

/** Largest deviation of any amplitude; null where the circuit has no emitted form. */
function deviation(circuit: Circuit, qubits: number, options: Emission): number | null {
  const steps = stepsOf(circuit);
  const lowered = lowerSteps(steps, qubits);
  if (lowered === null) return null;
  const program = EmittedProgram.of(lowered, options, { crew, memory });
  if (program === null) return null;
  const bytes = options.precision === 'f32' ? 4 : 8;
  const size = 2 ** qubits;
  const address = memory.allocateState(size, bytes);
  const { buffer } = memory.memory;
  const view = (at: number) =>
    bytes === 4 ? new Float32Array(buffer, at, size) : new Float64Array(buffer, at, size);
  const re = view(address.re).fill(0);
  const im = view(address.im).fill(0);
  re[0] = 1;
  program.run(address, null);
  const judge = expected(steps, qubits);
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const error = Math.hypot(
      (re[i] as number) - (judge.re[i] as number),
      (im[i] as number) - (judge.im[i] as number),
    );
    largest = Math.max(largest, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }
  memory.release(address.re);
  program.dispose();
  return largest;
}

const emissions: readonly Emission[] = [
  { precision: 'f64', isRelaxed: true },
  { precision: 'f64', isRelaxed: false },
  { precision: 'f32', isRelaxed: true },
  { precision: 'f32', isRelaxed: false },
];
const tolerance = { f64: 1e-10, f32: 1e-5 } as const;

describe.each(emissions)('an emitted module ($precision, relaxed $isRelaxed)', (options) => {
  it.each(gates.filter(({ qubitCount }) => qubitCount > 0).map(({ id }) => id))(
    'agrees with the plain kernels on %s at every place',
    (id) => {
      const one = gates.find((each) => each.id === id);
      if (one === undefined) throw new Error('gate');
      const rng = rngOf(5, one.qubitCount);
      for (let round = 0; round < 6; round++) {
        const qubits = 6;
        const spread = randomCircuit(round, qubits, 8).operations;
        const wires = Array.from({ length: qubits }, (_, q) => q)
          .map((q) => ({ q, key: rng.uniform() }))
          .sort((a, b) => a.key - b.key)
          .slice(0, one.qubitCount)
          .map(({ q }) => q);
        const angles = one.parameterNames.map(() => (rng.uniform() - 0.5) * 9);
        const circuit = circuitOf(qubits, [...spread, gate(one.id, wires, angles), ...spread]);
        const found = deviation(circuit, qubits, options);
        if (found !== null) expect(found).toBeLessThan(tolerance[options.precision]);
      }
    },
  );

  it('agrees with the plain kernels on random circuits larger than a cache block', () => {
    for (let seed = 0; seed < 4; seed++) {
      const found = deviation(randomCircuit(seed, 15, 120), 15, options);
      expect(found ?? 0).toBeLessThan(tolerance[options.precision]);
    }
  });
});
