import { describe, expect, test } from 'vitest';
import { circuitOf, gate, measure } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { ghz, wState } from '#test/support/known-states.ts';
import {
  circuitOfCase,
  type NoisyCase,
  noiseOfCase,
  observableOfCase,
} from '#test/support/noise-cases.ts';
import { randomCircuit } from '#test/support/random-circuits.ts';
import { describeCases } from '#test/support/cases.ts';

const method = 'pauli';

interface Case extends NoisyCase {
  readonly expectations_after_readout: Record<string, number>;
}

describeCases<Case>(
  'propagation of the density matrix cases',
  'noise/density_matrix.json',
  (cases) => {
    test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
      const names = Object.keys(one.expectations_after_readout);
      const { expectations } = run(circuitOfCase(one), {
        method,
        noise: noiseOfCase(one),
        observables: names.map((name) => observableOfCase(name, one.n)),
      });
      names.forEach((name, i) => {
        const expected = one.expectations_after_readout[name] as number;
        expect(Math.abs((expectations?.[i]?.value ?? Number.NaN) - expected)).toBeLessThan(1e-9);
      });
    });
  },
);

/** One layer of kicks about X and couplings along a line. */
function kicked(qubits: number, angle: number, layers: number): Operation[] {
  const wires = Array.from({ length: qubits }, (_, q) => q);
  const layer = [
    ...wires.map((q) => gate('rx', [q], [angle])),
    ...wires.slice(1).map((q) => gate('rzz', [q - 1, q], [-Math.PI / 2])),
  ];
  return Array.from({ length: layers }, () => layer).flat();
}

describe('pauli propagation', () => {
  test('agrees with the statevector on random circuits', () => {
    const observables = ['Z0*Z3', 'X0*Y2 - 0.5*Z1 + 0.25', 'Y0*Y1*Y2*Y3'];
    for (let seed = 0; seed < 6; seed++) {
      const circuit = randomCircuit(seed, 4, 20);
      const exact = run(circuit, { method: 'statevector', observables }).expectations ?? [];
      run(circuit, { method, observables }).expectations?.forEach(({ value }, i) => {
        expect(Math.abs((value as number) - (exact[i]?.value as number))).toBeLessThan(1e-10);
      });
    }
  });

  test('a kicked Ising line of 127 qubits at a Clifford angle agrees with the stabilizers', () => {
    const circuit = circuitOf(127, kicked(127, Math.PI / 2, 20));
    const observables = ['Z62', 'X10*Y11', 'Z0*Z126', 'X13*Y29*Z31'];
    const exact = run(circuit, { method: 'stabilizer', observables }).expectations ?? [];
    run(circuit, { method, observables }).expectations?.forEach(({ value }, i) => {
      expect(value).toBeCloseTo(exact[i]?.value as number, 10);
    });
  });

  test('correlations of GHZ and W states are theirs', () => {
    const observables = ['Z0*Z29', 'Z3'];
    const values = run(ghz(30), { method, observables }).expectations?.map(({ value }) => value);
    expect(values?.[0]).toBeCloseTo(1, 10);
    expect(values?.[1]).toBeCloseTo(0, 10);
    const w = run(wState(8), { method, observables: ['Z7', 'X0*X7'] }).expectations;
    expect(w?.[0]?.value).toBeCloseTo(1 - 2 / 8, 10);
    expect(w?.[1]?.value).toBeCloseTo(2 / 8, 10);
  });

  test('measurements and resets before the end are averaged over', () => {
    const circuit = circuitOf(
      2,
      [
        gate('ry', [0], [0.8]),
        measure(0, 0),
        gate('cx', [0, 1]),
        { kind: 'reset', qubit: 0 },
        gate('h', [0]),
      ],
      1,
    );
    const { expectations, warnings } = run(circuit, { method, observables: ['Z1', 'X0', 'Z0'] });
    [Math.cos(0.8), 1, 0].forEach((value, i) => {
      expect(expectations?.[i]?.value).toBeCloseTo(value, 12);
    });
    expect(warnings.join()).toMatch(/means over the outcomes/);
  });

  test('what is dropped bounds the error', () => {
    const noise = noiseModelSchema.parse({
      rules: [{ channel: 'amplitude_damping', gamma: 0.02 }],
    });
    const circuit = circuitOf(7, kicked(7, 0.7, 6));
    const observables = ['Z3'];
    const exact = run(circuit, { method: 'density', noise, observables }).expectations?.[0]?.value;
    const few = run(circuit, { method, noise, observables, freeBytes: 60_000 });
    const bound = Number(/at most ([\d.e+-]+)\./.exec(few.warnings.join())?.[1]);
    expect(bound).toBeGreaterThan(0);
    const difference = Math.abs((few.expectations?.[0]?.value ?? Number.NaN) - (exact as number));
    expect(difference).toBeLessThanOrEqual(bound);
  });

  test('asked for anything but expectations it says what it gives', () => {
    expect(() => run(ghz(3), { method })).toThrow(/--expect/);
    const conditional: Operation = {
      kind: 'if',
      condition: { bits: [0], value: 1 },
      body: [gate('x', [1])],
      otherwise: [],
    };
    const dynamic = circuitOf(2, [gate('h', [0]), measure(0, 0), conditional], 1);
    expect(() => run(dynamic, { method, observables: ['Z1'] })).toThrow(/depend on an outcome/);
  });
});
