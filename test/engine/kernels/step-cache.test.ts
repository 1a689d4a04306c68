import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { bind, lower } from '#engine/simulators/lowering.ts';
import type { GateStep } from '#engine/kernels/gate-step.ts';
import { KernelState } from '#engine/kernels/kernel-state.ts';
import { numbersOf, StepCache } from '#engine/kernels/step-cache.ts';
import { inWorkshop } from '#engine/kernels/workshop.ts';
import { randomCircuit } from '#test/support/random-circuits.ts';

function stepsOf(seed: number, qubits: number, gates: number): GateStep[] {
  return lower(randomCircuit(seed, qubits, gates)).flatMap((one) =>
    one.kind === 'unitary' ? bind(one, {}) : [],
  );
}

/** Amplitudes after the steps, put in one after the other or in two parts. */
function amplitudesOf(
  steps: readonly GateStep[],
  qubits: number,
  precision: 'f32' | 'f64',
  part = 0,
) {
  const state = KernelState.zero(qubits, precision);
  steps.forEach((step, k) => {
    state.apply(step);
    if (k === part) state.settle();
  });
  const { re, im } = state.ordered();
  const amplitudes = [...re, ...im];
  state.release();
  return amplitudes;
}

describe('plans that are kept', () => {
  test('give the same bits as those that were made', () => {
    inWorkshop({ threads: 1 }, () => {
      for (let seed = 0; seed < 12; seed++) {
        for (const precision of ['f32', 'f64'] as const) {
          const qubits = 4 + (seed % 9);
          const steps = stepsOf(seed, qubits, 40);
          const first = amplitudesOf(steps, qubits, precision, 7);
          // A state in between takes the place that the first one had.
          const other = KernelState.zero(qubits, precision);
          const again = amplitudesOf(steps, qubits, precision, 7);
          other.release();
          expect(again).toEqual(first);
          expect(amplitudesOf(steps, qubits, precision, 7)).toEqual(first);
        }
      }
    });
  });

  test('are told apart by every number of every gate', () => {
    const cache = new StepCache<number>(1000);
    const steps = stepsOf(3, 5, 20);
    const original = numbersOf(steps, [5]);
    let made = 0;
    const look = (numbers: Float64Array): number => cache.of(numbers, () => ++made);
    expect(look(original)).toBe(1);
    expect(look(numbersOf(steps, [5]))).toBe(1);
    expect(look(numbersOf(steps, [6]))).toBe(2);
    expect(look(numbersOf(steps.slice(1), [5]))).toBe(3);
    const rng = rngOf(4);
    for (let k = 0; k < 200; k++) {
      const changed = original.slice();
      const at = rng.below(changed.length);
      const value = changed[at] as number;
      // The next double is another gate, and so is −0 where 0 was.
      changed[at] = value === 0 ? (Object.is(value, 0) ? -0 : 0) : value * (1 + Number.EPSILON);
      expect(look(changed)).not.toBe(1);
    }
  });

  test('are only so many', () => {
    const cache = new StepCache<number>(2);
    let made = 0;
    const look = (k: number): number => cache.of(Float64Array.of(k), () => ++made);
    expect([look(1), look(2), look(1), look(3), look(1), look(2)]).toEqual([1, 2, 1, 3, 1, 4]);
  });
});
