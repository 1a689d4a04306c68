import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { gateById } from '#shared/gates/registry.ts';
import { present } from '#shared/base/assert.ts';
import { runEmitted } from '#engine/kernels/emit/emission.ts';
import type { CircuitStep } from '#engine/kernels/gate-step.ts';
import { KernelState } from '#engine/kernels/kernel-state.ts';
import { inWorkshop, ownCrew, threadsFor } from '#engine/kernels/workshop.ts';

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

/** Whether each of `runs` runs of the circuit was by a module of its own. */
function emissions(circuit: readonly CircuitStep[], runs: number): boolean[] {
  return inWorkshop({ threads: 1 }, () =>
    Array.from({ length: runs }, () => {
      const state = KernelState.zero(qubits, 'f64');
      const place = {
        crew: ownCrew(),
        memory: state.memory,
        precision: 'f64' as const,
        isRelaxed: false,
        threads: threadsFor(1),
        cancel: null,
      };
      const emitted = runEmitted(circuit, qubits, state.address, place);
      state.release();
      return emitted;
    }),
  );
}

describe('emission', () => {
  it('waits until the runs of a circuit would have paid for a module', () => {
    const runs = emissions(steps(700, true), 14);
    expect(runs[0]).toBe(false);
    expect(runs.at(-1)).toBe(true);
    // Once made, a module is kept.
    expect(runs.lastIndexOf(false)).toBeLessThan(runs.indexOf(true));
  });

  it('leaves circuits of phases, and those that are done at once, to the ahead-of-time kernels', () => {
    expect(emissions(steps(700, false), 14)).not.toContain(true);
    expect(emissions(steps(20, true), 14)).not.toContain(true);
  });

  it('changes no amplitude by more than rounding', () => {
    const circuit = steps(701, true);
    inWorkshop({ threads: 1, isPortable: true }, () => {
      const states = Array.from({ length: 14 }, () => {
        const state = KernelState.zero(qubits, 'f64');
        for (const one of circuit) if (one.kind === 'fixed') state.apply(one.step);
        const copy = Float64Array.from(state.ordered().re);
        state.release();
        return copy;
      });
      const [first] = states as [Float64Array];
      for (const state of states) {
        for (let i = 0; i < first.length; i += 97) {
          expect(Math.abs((state[i] as number) - (first[i] as number))).toBeLessThan(1e-12);
        }
      }
    });
  });
});
