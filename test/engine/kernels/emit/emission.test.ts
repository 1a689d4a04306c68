import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { gateById } from '#shared/gates/registry.ts';
import { present } from '#shared/base/assert.ts';
import { paysSoon, runEmitted } from '#engine/kernels/emit/emission.ts';
import type { CircuitStep } from '#engine/kernels/gate-step.ts';
import { KernelState } from '#engine/kernels/kernel-state.ts';
import { inWorkshop, ownCrew } from '#engine/kernels/workshop.ts';

const qubits = 17;

/** One-qubit gates and CZ, or hardly anything but controlled phases. */
function steps(count: number, mixes: boolean): CircuitStep[] {
  const rng = rngOf(3, count);
  const matrix = (id: string, angles: readonly number[]) =>
    present(gateById(id), 'a gate').matrix(angles);
  return Array.from({ length: count }, (_, k): CircuitStep => {
    const a = rng.below(qubits);
    const b = (a + 1 + rng.below(qubits - 1)) % qubits;
    if (mixes ? k % 3 !== 0 : k % 40 === 0) {
      const angles = [rng.uniform() * 6, rng.uniform() * 6, rng.uniform() * 6];
      const step = { matrix: matrix('u', angles), targets: [a], controls: [], isDiagonal: false };
      return { kind: 'fixed', step };
    }
    const phase = matrix('p', [mixes ? Math.PI : rng.uniform()]);
    return {
      kind: 'fixed',
      step: { matrix: phase, targets: [a], controls: [b], isDiagonal: true },
    };
  });
}

/** Whether the circuit was run by a module of its own. */
function isEmitted(circuit: readonly CircuitStep[], width: number): boolean {
  return inWorkshop({ threads: 1 }, () => {
    const state = KernelState.zero(width, 'f32');
    const place = {
      crew: ownCrew(),
      memory: state.memory,
      precision: 'f32' as const,
      isRelaxed: false,
      threads: 1,
      cancel: null,
      passed: null,
    };
    const gates = circuit.flatMap((one) => (one.kind === 'fixed' ? [one.step] : []));
    const emitted = runEmitted(gates, width, state.address, place);
    state.release();
    return emitted;
  });
}

describe('emission', () => {
  it('is for circuits of which a few runs pay for a module, and depends on the circuit alone', () => {
    expect(isEmitted(steps(60, true), 20)).toBe(true);
    expect(isEmitted(steps(60, true), 19)).toBe(false);
    expect(paysSoon(19, 'f64')).toBe(true);
  });

  it('leaves circuits of phases to the ahead-of-time kernels, which merge them', () => {
    expect(isEmitted(steps(60, false), 22)).toBe(false);
  });

  it('changes no amplitude by more than rounding', () => {
    const circuit = steps(61, true);
    inWorkshop({ threads: 1, isPortable: true }, () => {
      const emitted = KernelState.zero(21, 'f64');
      const planned = KernelState.zero(21, 'f64');
      // A state that was read is no longer known to be |0…0⟩, and left to the ahead-of-time kernels.
      expect(planned.ordered().re[0]).toBe(1);
      for (const one of circuit) {
        if (one.kind === 'open') continue;
        emitted.apply(one.step);
        planned.apply(one.step);
      }
      const [a, b] = [emitted.ordered(), planned.ordered()];
      for (let i = 0; i < a.re.length; i += 97) {
        expect(Math.abs((a.re[i] as number) - (b.re[i] as number))).toBeLessThan(1e-13);
        expect(Math.abs((a.im[i] as number) - (b.im[i] as number))).toBeLessThan(1e-13);
      }
    });
  });
});
