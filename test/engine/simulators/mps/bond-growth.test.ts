import { describe, expect, it } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { present } from '#shared/base/assert.ts';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { gateById } from '#shared/gates/registry.ts';
import { bind, lower } from '#engine/simulators/lowering.ts';
import { chainExtentOf, schmidtRank } from '#engine/simulators/mps/bond-growth.ts';
import { Chain } from '#engine/simulators/mps/chain.ts';
import { MatrixProductState } from '#engine/simulators/mps/matrix-product-state.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { ghz } from '#test/support/known-states.ts';
import { randomCircuit } from '#test/support/random-circuits.ts';

/** Most complex numbers that the tensors have after any of the gates. */
function reached(circuit: Circuit, qubits: number, bondLimit: number): number {
  const truncation = { bondLimit, cutoff: 1e-18, discarded: 0, largestBond: 1, trial: null };
  const state = new MatrixProductState(Chain.zero(qubits, truncation, new CancelFlag()), qubits);
  let most = state.bytes;
  for (const one of lower(circuit)) {
    if (one.kind !== 'unitary') continue;
    for (const step of bind(one, {})) state.applyUnitary(step);
    most = Math.max(most, state.bytes);
  }
  return most / 16;
}

function predicted(circuit: Circuit, qubits: number, bondLimit: number): number {
  return present(chainExtentOf(lower(circuit), qubits, {}, bondLimit), 'an extent').tensors;
}

/** Layers of random turns and of a gate between neighbours, even and odd ones in turn. */
function brickwork(qubits: number, depth: number, id: 'cz' | 'rxx' | 'iswap'): Circuit {
  const rng = rngOf(2, qubits, depth);
  const layer = (k: number) => [
    ...Array.from({ length: qubits }, (_, q) =>
      gate('u', [q], [rng.uniform() * 3, rng.uniform() * 6, rng.uniform() * 6]),
    ),
    ...Array.from({ length: Math.floor((qubits - (k % 2)) / 2) }, (_, j) =>
      gate(id, [2 * j + (k % 2), 2 * j + (k % 2) + 1], id === 'rxx' ? [0.9] : []),
    ),
  ];
  return circuitOf(qubits, Array.from({ length: depth }, (_, k) => layer(k)).flat());
}

describe('the growth of bonds', () => {
  it.each(['cz', 'rxx', 'iswap'] as const)('is what layers of %s between turns reach', (id) => {
    for (const [depth, limit] of [
      [1, 256],
      [4, 256],
      [6, 16],
      [12, 256],
    ] as const) {
      const circuit = brickwork(10, depth, id);
      expect(reached(circuit, 10, limit)).toBe(predicted(circuit, 10, limit));
    }
  });

  it('is never exceeded by random circuits, whatever qubits their gates join', () => {
    for (let seed = 0; seed < 12; seed++) {
      const circuit = randomCircuit(seed, 8, 6 + 2 * seed);
      for (const limit of [4, 256]) {
        expect(reached(circuit, 8, limit)).toBeLessThanOrEqual(predicted(circuit, 8, limit));
      }
    }
  });

  it('follows from the ranks of operators', () => {
    const rankOf = (id: string, angles: readonly number[], bits: number): number =>
      schmidtRank(present(gateById(id), 'a gate').matrix(angles), bits);
    expect(rankOf('cz', [], 1)).toBe(2);
    expect(rankOf('rzz', [0.3], 1)).toBe(2);
    expect(rankOf('rzz', [0], 1)).toBe(1);
    expect(rankOf('swap', [], 1)).toBe(4);
    expect([1, 2].map((bits) => rankOf('ccx', [], bits))).toEqual([2, 2]);
  });

  it('lets a GHZ state of 100 qubits be predicted to take kilobytes', () => {
    const { measured } = run(ghz(100), { method: 'mps' });
    expect(measured.peakBytes).toBeLessThan(150_000);
    expect(measured.bondDimension).toBe(2);
  });
});
