import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '#shared/base/assert.ts';
import { rngOf } from '#shared/base/rng.ts';
import { compileCircuit, EmittedProgram } from '#engine/kernels/emit/emitted-program.ts';
import { lowerSteps } from '#engine/kernels/emit/lower-steps.ts';
import type { GateStep } from '#engine/kernels/gate-step.ts';
import { KernelState } from '#engine/kernels/kernel-state.ts';
import { canBeWide, KernelMemory, largestStateBytes } from '#engine/kernels/memory.ts';
import { inWorkshop, ownCrew, ownMemory } from '#engine/kernels/workshop.ts';
import { providePlatform } from '#engine/platform.ts';
import { KernelStore } from '#engine/simulators/kernel-store.ts';
import { bind, lower } from '#engine/simulators/lowering.ts';
import { nodePlatform } from '#main/workers/node-platform.ts';
import { randomCircuit } from '#test/support/random-circuits.ts';

beforeAll(() => providePlatform(nodePlatform));
afterAll(() => ownCrew().dispose());

const precisions = ['f64', 'f32'] as const;
const cases = precisions.flatMap((precision) =>
  [4, 5, 8, 11, 13, 14, 15].map((qubits) => ({ precision, qubits })),
);

function stepsOf(seed: number, qubits: number, count: number): GateStep[] {
  return lower(randomCircuit(seed, qubits, count)).flatMap((one) =>
    one.kind === 'unitary' ? bind(one, {}) : [],
  );
}

/** All that can be read of a state, and what becomes of it when it is changed. */
function readAll(qubits: number, precision: 'f32' | 'f64', isWide: boolean): unknown {
  return inWorkshop({ isWide, threads: 2 }, () => {
    const a = new KernelStore(KernelState.zero(qubits, precision));
    expect(a.state.memory.isWide).toBe(isWide);
    for (const step of stepsOf(1, qubits, 60)) a.apply(step);
    const b = a.copy();
    for (const step of stepsOf(2, qubits, 20)) b.apply(step);
    const rng = rngOf(3, qubits);
    const table = Float64Array.from({ length: 2 ** qubits }, () => rng.uniform());
    const masks = Array.from({ length: 6 }, () => {
      const flips = rng.below(2 ** qubits);
      const signs = rng.below(2 ** qubits);
      return { flips, signs, yCount: rng.below(4) };
    });
    const { re, im } = b.ordered();
    const amplitudes = [re.slice(), im.slice()];
    const read = [
      b.probabilities(),
      masks.map((one) => b.pauli(one)),
      b.pauliSum(masks.map((one) => ({ masks: one, coefficient: 0.7 }))),
      b.inner(a),
      b.diagonal(table),
      b.weighted(table, a),
      b.weight(2 ** (qubits - 1) + 1, 1),
    ];
    const changed = b.copy();
    changed.keep(2 ** (qubits - 1), 2 ** (qubits - 1));
    changed.scale(1.5);
    b.addPauli(present(masks[0], 'masks'), 0.3, -0.2, changed);
    const turned = changed.probabilities();
    const transition = Array.from(changed.transition(qubits - 1, changed));
    return { amplitudes, read, turned, transition };
  });
}

describe.skipIf(!canBeWide())('a memory with addresses of 64 bits', () => {
  it.each(cases)('gives the same bits in $precision on $qubits qubits', ({ precision, qubits }) => {
    expect(readAll(qubits, precision, true)).toEqual(readAll(qubits, precision, false));
  });

  it.each(cases)(
    'gives the same bits by emitted modules in $precision on $qubits qubits',
    ({ precision, qubits }) => {
      const steps = stepsOf(4, qubits, 60).map((step) => ({ kind: 'fixed', step }) as const);
      // What an unstructured matrix is in it is left to the other kernels.
      const fitting = steps.filter((step) => lowerSteps([step], qubits) !== null);
      const lowered = present(lowerSteps(fitting, qubits), 'lowered operations');
      const [wide, narrow] = [true, false].map((isWide) => {
        const memory = new KernelMemory(isWide);
        const compiled = compileCircuit(lowered, { precision, isRelaxed: true, isWide });
        const place = { crew: ownCrew(), memory };
        const program = new EmittedProgram(present(compiled, 'a module'), precision, place);
        const address = memory.allocateState(2 ** qubits, precision === 'f32' ? 4 : 8);
        const { buffer } = memory.memory;
        const views = [address.re, address.im].map((at) =>
          precision === 'f32'
            ? new Float32Array(buffer, at, 2 ** qubits)
            : new Float64Array(buffer, at, 2 ** qubits),
        );
        present(views[0], 'a view')[0] = 1;
        program.run(address, null);
        program.dispose();
        return views.map((view) => view.slice());
      });
      expect(wide).toEqual(narrow);
    },
  );

  it('takes states that 32-bit addresses do not reach, and keeps parameters below 4 GiB', () => {
    expect(largestStateBytes()).toBe(2 ** 33);
    inWorkshop({}, () => {
      expect(ownMemory(2 ** 31).isWide).toBe(false);
      const memory = ownMemory(2 ** 32);
      expect(memory.isWide).toBe(true);
      const state = memory.allocateState(2 ** 28, 8);
      const parameters = memory.allocate(1000);
      expect(state.im).toBeGreaterThan(2 ** 31);
      expect(parameters).toBeLessThan(2 ** 29);
      const last = new Float64Array(memory.memory.buffer, state.im, 2 ** 28);
      last[2 ** 28 - 1] = 3;
      expect(last.at(-1)).toBe(3);
      for (const area of [state.re, parameters]) memory.release(area);
      expect(memory.isIdle).toBe(true);
    });
  });
});
