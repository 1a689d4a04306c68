import { describe, expect, test } from 'vitest';
import { circuitOf, gate, measure, measureAll } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { ghz, wState } from '#test/support/known-states.ts';
import { randomCircuit, randomCliffordCircuit } from '#test/support/random-circuits.ts';
import { freeFermions } from '#test/support/wide-programs.ts';

const method = 'mps';

describe('mps', () => {
  test('a quench of 60 Ising spins agrees with free fermions', () => {
    const [sites, steps, field, coupling] = [60, 10, 0.05, 0.1];
    const wires = Array.from({ length: sites }, (_, q) => q);
    const layer = [
      ...wires.map((q) => gate('rx', [q], [field])),
      ...wires.slice(1).map((q) => gate('rzz', [q - 1, q], [coupling])),
    ];
    const layers = Array.from({ length: steps }, () => layer).flat();
    const circuit = circuitOf(sites, [...wires.map((q) => gate('h', [q])), ...layers]);
    const exact = freeFermions(sites, steps, field, coupling);
    const observables = wires.map((q) => `X${q}`);
    const { expectations, measured } = run(circuit, { method, observables });
    expect(measured.discardedWeight).toBe(0);
    expect(measured.bondDimension).toBeLessThan(16);
    exact.forEach((value, q) => {
      expect(Math.abs((expectations?.[q]?.value ?? Number.NaN) - value)).toBeLessThan(1e-6);
    });
    expect(exact[30]).toBeLessThan(0.95);
  });

  test('agrees with the statevector on random circuits of 7 qubits with measurements between', () => {
    for (let seed = 0; seed < 4; seed++) {
      const first = randomCircuit(seed, 7, 20).operations;
      const second = randomCircuit(seed + 100, 7, 20).operations;
      const circuit = circuitOf(7, [...first, measure(3, 3), ...second, ...measureAll(3)], 4);
      const exact = run(circuit, { method: 'statevector' }).probabilities ?? {};
      const got = run(circuit, { method }).probabilities ?? {};
      for (const key of new Set([...Object.keys(exact), ...Object.keys(got)])) {
        expect(Math.abs((exact[key] ?? 0) - (got[key] ?? 0))).toBeLessThan(1e-10);
      }
    }
  });

  test('agrees with the statevector on expectations, readout error included', () => {
    const observables = ['Z0*Z5', 'X0*Y3 + 0.5*Z2 - X5', 'Y1', '1.5'];
    const noise = { rules: [], readout: [{ qubit: 5, p_read1_given0: 0.1, p_read0_given1: 0.03 }] };
    for (let seed = 0; seed < 4; seed++) {
      const circuit = randomCircuit(seed, 6, 30);
      const exact = run(circuit, { method: 'statevector', observables, noise }).expectations ?? [];
      run(circuit, { method, observables, noise }).expectations?.forEach(({ value }, i) => {
        expect(value).toBeCloseTo(exact[i]?.value as number, 10);
      });
    }
  });

  test('agrees with the stabilizers on Clifford circuits', () => {
    const circuit = {
      ...randomCliffordCircuit(3, 8, 60),
      bitRegisters: [{ name: 'c', size: 8 }],
    };
    const measured = { ...circuit, operations: [...circuit.operations, ...measureAll(8)] };
    const exact = run(measured, { method: 'stabilizer' }).probabilities ?? {};
    const got = run(measured, { method }).probabilities ?? {};
    expect(Object.keys(got).sort()).toEqual(Object.keys(exact).sort());
    for (const [key, p] of Object.entries(exact)) expect(got[key]).toBeCloseTo(p, 10);
  });

  test('GHZ and W states of 100 qubits have their outcomes', () => {
    const { probabilities } = run(ghz(100), { method });
    expect(probabilities?.['0'.repeat(100)]).toBeCloseTo(0.5, 12);
    expect(probabilities?.['1'.repeat(100)]).toBeCloseTo(0.5, 12);
    expect(Object.keys(probabilities ?? {})).toHaveLength(2);
    const w = run(wState(60), { method, observables: ['Z0', 'Z59', 'X3*X50'] });
    expect(Object.keys(w.probabilities ?? {})).toHaveLength(60);
    for (const p of Object.values(w.probabilities ?? {})) expect(p).toBeCloseTo(1 / 60, 10);
    [1 - 2 / 60, 1 - 2 / 60, 2 / 60].forEach((value, i) => {
      expect(w.expectations?.[i]?.value).toBeCloseTo(value, 10);
    });
  });

  test('a wide product state is sampled, and its outcomes are too many to list', () => {
    const wires = Array.from({ length: 60 }, (_, q) => q);
    const circuit = circuitOf(
      60,
      [...wires.map((q) => gate('ry', [q], [0.5 + q / 60])), ...measureAll(60)],
      60,
    );
    expect(() => run(circuit, { method })).toThrow(/--shots/);
    const { counts, qubitProbabilities } = run(circuit, { method, shots: 400 });
    expect(qubitProbabilities).toBeNull();
    const ones = Object.entries(counts ?? {}).reduce(
      (sum, [key, count]) => sum + count * [...key].filter((bit) => bit === '1').length,
      0,
    );
    const expected = wires.reduce((sum, q) => sum + Math.sin((0.5 + q / 60) / 2) ** 2, 0);
    expect(Math.abs(ones / 400 - expected)).toBeLessThan(1);
  });

  test('entanglement beyond the bond limit is cut off and reported', () => {
    const layers: Operation[] = Array.from({ length: 12 }, (_, k) =>
      randomCircuit(k, 12, 6),
    ).flatMap(({ operations }) => operations);
    const result = run(circuitOf(12, layers), { method, freeBytes: 320_000, observables: ['Z0'] });
    expect(result.warnings.join()).toMatch(/bond limit of 16 cut off/);
    expect(result.measured.bondDimension).toBe(16);
    expect(result.measured.discardedWeight).toBeGreaterThan(0);
  });

  test('auto takes it for wide shallow circuits, with a warning, and for deep ones without entanglement', () => {
    const { method: chosen, warnings } = run(wState(45), { freeBytes: 2 ** 28 });
    expect(chosen).toBe(method);
    expect(warnings.join()).toMatch(/matrix product state/);
    const layer = Array.from({ length: 44 }, (_, q) => gate('crx', [q, q + 1], [0.3]));
    const deep = circuitOf(45, Array.from({ length: 40 }, () => layer).flat());
    // Controls that are 0 join nothing: no warning is due, for nothing is cut.
    expect(run(deep, { freeBytes: 2 ** 28 })).toMatchObject({ method, warnings: [] });
  });

  test('amplitudes are not at hand, and the result says so', () => {
    const { state, warnings } = run(ghz(3), { method, state: true });
    expect(state).toBeNull();
    expect(warnings.join()).toMatch(/statevector/);
  });
});
