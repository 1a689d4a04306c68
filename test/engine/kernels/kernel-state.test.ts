import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '#shared/base/assert.ts';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { gateById } from '#shared/gates/registry.ts';
import type { Complex } from '#shared/math/complex.ts';
import { kronecker } from '#shared/math/matrix.ts';
import { KernelState } from '#engine/kernels/kernel-state.ts';
import type { Precision } from '#engine/kernels/load-kernels.ts';
import type { GateStep } from '#engine/kernels/gate-step.ts';
import { inWorkshop, ownCrew } from '#engine/kernels/workshop.ts';
import { providePlatform } from '#engine/platform.ts';
import { applyMatrix, zeroState } from '#engine/simulators/amplitudes.ts';
import { bind, lower } from '#engine/simulators/lowering.ts';
import { nodePlatform } from '#main/workers/node-platform.ts';
import { randomCircuit } from '#test/support/random-circuits.ts';
import { referenceState } from '#test/support/reference-simulator.ts';

beforeAll(() => providePlatform(nodePlatform));
afterAll(() => ownCrew().dispose());

const tolerance = { f64: 1e-12, f32: 2e-6 } as const;

function stepsOf(circuit: Circuit): GateStep[] {
  return lower(circuit).flatMap((one) => (one.kind === 'unitary' ? bind(one, {}) : []));
}

function runOn(state: KernelState, circuit: Circuit): KernelState {
  for (const step of stepsOf(circuit)) state.apply(step);
  return state;
}

function distance(state: KernelState, expected: readonly Complex[]): number {
  const { re, im } = state.ordered();
  return expected.reduce(
    (worst, { re: a, im: b }, i) =>
      Math.max(worst, Math.abs(a - (re[i] as number)), Math.abs(b - (im[i] as number))),
    0,
  );
}

const variants: readonly (readonly [Precision, boolean])[] = [
  ['f64', false],
  ['f64', true],
  ['f32', false],
  ['f32', true],
];

describe.each(variants)('kernels in %s (portable: %s)', (precision, isPortable) => {
  it.each([1, 2, 3, 4, 5, 6, 7])('agree with the reference on %i qubits', (qubits) => {
    inWorkshop({ isPortable }, () => {
      for (let seed = 0; seed < 12; seed++) {
        const circuit = randomCircuit(seed, qubits, 40);
        const state = runOn(KernelState.zero(qubits, precision), circuit);
        expect(distance(state, referenceState(circuit))).toBeLessThan(tolerance[precision]);
      }
    });
  });
});

/** Every gate on every kind of place: within a vector, within a run, within a block, across blocks. */
function spreadOver(qubits: number, places: readonly number[], seed: number): Circuit {
  const rng = rngOf(seed, qubits);
  const small = randomCircuit(seed, places.length, 30);
  const start = Array.from({ length: qubits }, (_, q) => gate('ry', [q], [rng.uniform() * 3]));
  const moved = small.operations.map((one) =>
    one.kind === 'gate' ? { ...one, qubits: one.qubits.map((q) => places[q] as number) } : one,
  );
  return circuitOf(qubits, [...start, ...moved]);
}

/** The same gates on a state without blocks: places are renamed to the lowest ones. */
function compact(circuit: Circuit, places: readonly number[]): Complex[] {
  const renamed = circuit.operations.flatMap((one) =>
    one.kind === 'gate' && one.qubits.every((q) => places.includes(q))
      ? [{ ...one, qubits: one.qubits.map((q) => places.indexOf(q)) }]
      : [],
  );
  return referenceState(circuitOf(places.length, renamed));
}

describe('planned passes', () => {
  it.each([
    ['f64', 15],
    ['f32', 16],
  ] as const)('act across blocks as within one in %s', (precision, qubits) => {
    inWorkshop({}, () => {
      for (let seed = 0; seed < 8; seed++) {
        const rng = rngOf(seed, 9);
        const all = Array.from({ length: qubits }, (_, q) => q);
        const places = all.sort(() => rng.uniform() - 0.5).slice(0, 5);
        const circuit = spreadOver(qubits, places, seed);
        const state = runOn(KernelState.zero(qubits, precision), circuit);
        const rest = KernelState.zero(qubits, precision);
        const others = circuit.operations.filter(
          (one) => one.kind === 'gate' && !one.qubits.some((q) => places.includes(q)),
        );
        runOn(rest, circuitOf(qubits, others));
        const still = rest.ordered();
        const expected = compact(circuit, places);
        const { re, im } = state.ordered();
        let worst = 0;
        for (let i = 0; i < 2 ** qubits; i++) {
          const k = places.reduce((sum, place, j) => sum | (((i >>> place) & 1) << j), 0);
          const outer = places.reduce((index, place) => index & ~(1 << place), i);
          const factor = still.re[outer] as number;
          const { re: a, im: b } = expected[k] as Complex;
          worst = Math.max(worst, Math.abs((re[i] as number) - factor * a));
          worst = Math.max(worst, Math.abs((im[i] as number) - factor * b));
        }
        expect(worst).toBeLessThan(tolerance[precision]);
      }
    });
  });

  it('reach gates on many qubits, wherever those lie', () => {
    inWorkshop({}, () => {
      for (let seed = 0; seed < 12; seed++) {
        const rng = rngOf(seed, 41);
        const qubits = 15;
        const all = Array.from({ length: qubits }, (_, q) => q);
        const state = KernelState.zero(qubits, seed % 2 === 0 ? 'f64' : 'f32');
        const plain = zeroState(qubits);
        const steps = Array.from({ length: 14 }, (_, k): GateStep[] => {
          const wires = all.toSorted(() => rng.uniform() - 0.5).slice(0, 2 + rng.below(9));
          const [target = 0, ...controls] = wires;
          const id = k % 2 === 0 ? 'p' : k % 4 === 1 ? 'ry' : 'u';
          const angles = [rng.uniform() * 3, rng.uniform() * 3, rng.uniform() * 3];
          const gateOf = present(gateById(id), 'a gate');
          const matrix = gateOf.matrix(angles.slice(0, gateOf.parameterNames.length));
          const mixed = present(gateById('h'), 'a gate').matrix([]);
          return [
            { matrix: mixed, targets: [target], controls: [], isDiagonal: false },
            { matrix, targets: [target], controls, isDiagonal: id === 'p' },
          ];
        }).flat();
        const wide = present(gateById('swap'), 'a gate').matrix([]);
        const five = kronecker(kronecker(wide, wide), present(gateById('h'), 'a gate').matrix([]));
        const places = all.toSorted(() => rng.uniform() - 0.5).slice(0, 5);
        steps.push({ matrix: five, targets: places, controls: [], isDiagonal: false });
        for (const step of steps) {
          state.apply(step);
          const mask = step.controls.reduce((sum, q) => sum | (1 << q), 0);
          applyMatrix(plain, step.targets, step.matrix, step.isDiagonal, mask);
        }
        const seen = state.ordered();
        let worst = 0;
        for (let i = 0; i < plain.re.length; i++) {
          worst = Math.max(worst, Math.abs((seen.re[i] as number) - (plain.re[i] as number)));
          worst = Math.max(worst, Math.abs((seen.im[i] as number) - (plain.im[i] as number)));
        }
        expect(worst).toBeLessThan(tolerance[state.precision]);
      }
    });
  });

  it('give the same bits with any number of threads', () => {
    const circuit = randomCircuit(5, 16, 300);
    const [one, two, five] = [1, 2, 5].map((threads) =>
      inWorkshop({ threads }, () => {
        ownCrew().complete();
        const { re, im } = runOn(KernelState.zero(16, 'f64'), circuit).ordered();
        return [Float64Array.from(re), Float64Array.from(im)];
      }),
    );
    expect(two).toEqual(one);
    expect(five).toEqual(one);
  });

  it('leave a state that is used in between as one that is not', () => {
    const circuit = randomCircuit(6, 8, 60);
    inWorkshop({}, () => {
      const whole = runOn(KernelState.zero(8, 'f64'), circuit);
      const parts = KernelState.zero(8, 'f64');
      stepsOf(circuit).forEach((step, k) => {
        parts.apply(step);
        if (k % 3 === 0) parts.settle();
        if (k % 7 === 0) parts.order();
      });
      const copy = parts.sibling('copy');
      for (const state of [parts, copy]) {
        for (let i = 0; i < 256; i++) {
          expect(state.ordered().re[i]).toBeCloseTo(whole.ordered().re[i] as number, 12);
          expect(state.ordered().im[i]).toBeCloseTo(whole.ordered().im[i] as number, 12);
        }
      }
    });
  });
});
