import { describe, expect, it } from 'vitest';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { KernelStore } from '#engine/simulators/kernel-store.ts';
import { bind, lower } from '#engine/simulators/lowering.ts';
import { PlainStore } from '#engine/simulators/plain-store.ts';
import type { StateStore } from '#engine/simulators/state-store.ts';
import { inWorkshop } from '#engine/kernels/workshop.ts';
import { randomCircuit } from '#test/support/random-circuits.ts';

const tolerance = { f64: 1e-12, f32: 2e-6 } as const;
const cases = [
  ['f64', 3],
  ['f64', 11],
  ['f64', 14],
  ['f32', 2],
  ['f32', 11],
  ['f32', 15],
] as const;

function run(store: StateStore, seed: number, gates = 40): StateStore {
  for (const one of lower(randomCircuit(seed, store.qubits, gates)).values()) {
    if (one.kind === 'unitary') for (const step of bind(one, {})) store.apply(step);
  }
  return store;
}

function distance(a: StateStore, b: StateStore): number {
  const [x, y] = [a.ordered(), b.ordered()];
  let worst = 0;
  for (let i = 0; i < x.re.length; i++) {
    worst = Math.max(worst, Math.abs((x.re[i] as number) - (y.re[i] as number)));
    worst = Math.max(worst, Math.abs((x.im[i] as number) - (y.im[i] as number)));
  }
  return worst;
}

const maskOf = (rng: Rng, qubits: number): number => rng.below(2 ** qubits);

/** What a kernel store answers, beside what a plain one of double precision does. */
describe.each(cases)('a kernel store in %s of %i qubits', (precision, qubits) => {
  const near = tolerance[precision];
  const both = (seed: number): { readonly kernel: StateStore; readonly plain: StateStore } => ({
    kernel: run(KernelStore.zero(qubits, precision), seed),
    plain: run(PlainStore.zero(qubits, 'f64'), seed),
  });

  it('weighs, keeps and scales parts as a plain one does', () => {
    inWorkshop({}, () => {
      for (let seed = 0; seed < 6; seed++) {
        const { kernel, plain } = both(seed);
        const rng = rngOf(seed, qubits);
        const mask = maskOf(rng, qubits);
        const value = mask & maskOf(rng, qubits);
        expect(Math.abs(kernel.weight(mask, value) - plain.weight(mask, value))).toBeLessThan(near);
        expect(Math.abs(kernel.weight(0, 0) - 1)).toBeLessThan(near);
        const [bit] = [1 << rng.below(qubits)];
        for (const one of [kernel, plain]) {
          one.keep(bit, bit);
          one.scale(1.5);
          run(one, seed + 100, 10);
        }
        expect(distance(kernel, plain)).toBeLessThan(2 * near);
      }
    });
  });

  it('gives Pauli strings, their sums and inner products', () => {
    inWorkshop({}, () => {
      for (let seed = 0; seed < 6; seed++) {
        const one = both(seed);
        const other = both(seed + 50);
        const rng = rngOf(seed, 3);
        const flips = maskOf(rng, qubits);
        const masks = { flips, signs: maskOf(rng, qubits), yCount: rng.below(4) };
        const values = [
          [one.kernel.pauli(masks, other.kernel), one.plain.pauli(masks, other.plain)],
          [one.kernel.pauli(masks), one.plain.pauli(masks)],
          [one.kernel.inner(other.kernel), one.plain.inner(other.plain)],
        ] as const;
        for (const [seen, expected] of values) {
          expect(Math.abs(seen.re - expected.re)).toBeLessThan(near);
          expect(Math.abs(seen.im - expected.im)).toBeLessThan(near);
        }
        const terms = Array.from({ length: 20 }, (_, k) => {
          const [x, z] = [maskOf(rng, qubits), maskOf(rng, qubits)];
          const yCount = Array.from({ length: qubits }, (__, q) => ((x & z) >>> q) & 1);
          const masks = { flips: x, signs: z, yCount: yCount.filter((bit) => bit === 1).length };
          return { masks, coefficient: Math.cos(k) };
        });
        const sums = [one.kernel.pauliSum(terms), one.plain.pauliSum(terms)] as const;
        expect(Math.abs(sums[0] - sums[1])).toBeLessThan(10 * near);
        one.kernel.addPauli(masks, 0.5, -0.25, other.kernel);
        one.plain.addPauli(masks, 0.5, -0.25, other.plain);
        expect(distance(other.kernel, other.plain)).toBeLessThan(near);
      }
    });
  });

  it('gives transitions of a qubit, weighted sums and probabilities', () => {
    inWorkshop({}, () => {
      const one = both(1);
      const other = both(2);
      one.kernel.ordered();
      other.kernel.ordered();
      for (let qubit = 0; qubit < qubits; qubit++) {
        const seen = one.kernel.transition(qubit, other.kernel);
        const expected = one.plain.transition(qubit, other.plain);
        for (let k = 0; k < 8; k++) {
          expect(Math.abs((seen[k] as number) - (expected[k] as number))).toBeLessThan(near);
        }
      }
      const table = Float64Array.from({ length: 2 ** qubits }, (_, i) => Math.sin(i));
      const seen = one.kernel.weighted(table, other.kernel);
      const expected = one.plain.weighted(table, other.plain);
      expect(Math.abs(seen.re - expected.re)).toBeLessThan(near);
      expect(Math.abs(seen.im - expected.im)).toBeLessThan(near);
      expect(Math.abs(one.kernel.diagonal(table) - one.plain.diagonal(table))).toBeLessThan(near);
      const probabilities = one.plain.probabilities();
      one.kernel.probabilities().forEach((p, i) => {
        expect(Math.abs(p - (probabilities[i] as number))).toBeLessThan(near);
      });
    });
  });

  it('copies and empties without touching what it was copied from', () => {
    inWorkshop({}, () => {
      const { kernel, plain } = both(4);
      const copy = run(kernel.copy(), 5);
      const empty = kernel.empty();
      expect(empty.weight(0, 0)).toBe(0);
      expect(distance(kernel, plain)).toBeLessThan(near);
      expect(distance(copy, run(plain, 5))).toBeLessThan(near);
      copy.clear();
      expect(copy.weight(0, 0)).toBe(0);
    });
  });
});
