import { expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import type { Circuit, GateOperation } from '#shared/circuit/circuit.ts';
import { evaluate } from '#shared/circuit/expression.ts';
import { embed } from '#shared/gates/product.ts';
import { gateById } from '#shared/gates/registry.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { identity, type Matrix, matrixOf, multiplyMatrices } from '#shared/math/matrix.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import type { SimulationOptions } from '#engine/simulators/simulate.ts';
import type { Simulator } from '#engine/simulators/simulator.ts';
import { referenceChannel, referenceZero } from '#test/support/reference-density.ts';

const shots = 3000;
const letters = ['X', 'Y', 'Z'] as const;

/** A few random strings with coefficients, one sum. */
function randomObservables(seed: number, qubits: number): string[] {
  const rng = rngOf(seed, 8);
  const one = () => {
    const factors = Array.from({ length: qubits }, (_, q) =>
      rng.uniform() < 0.5 ? [`${letters[rng.below(3)]}${q}`] : [],
    ).flat();
    return [(rng.uniform() * 2).toFixed(3), ...factors].join('*');
  };
  return [one(), one(), `${one()} + ${one()}`];
}

function matrixFor(gate: string): Matrix {
  return gateById(gate)?.matrix([]) as Matrix;
}

/** tr(Oρ) with the observable written out as a matrix. */
function meanIn(rho: Matrix, observable: string, qubits: number): number {
  let mean = 0;
  for (const { coefficient, factors } of parseObservable(observable, qubits).terms) {
    const string = factors.reduce(
      (all, { qubit, letter }) =>
        multiplyMatrices(embed(matrixFor(letter.toLowerCase()), [qubit], qubits), all),
      identity(2 ** qubits),
    );
    const { re } = multiplyMatrices(string, rho);
    for (let i = 0; i < rho.size; i++) mean += coefficient * (re[i * (rho.size + 1)] as number);
  }
  return mean;
}

/** ρ after the gates, each followed by the operators on every qubit that it touches. */
function referenceDensity(circuit: Circuit, qubits: number, operators: readonly Matrix[]): Matrix {
  let rho = referenceZero(qubits);
  for (const { gate, parameters, qubits: wires } of circuit.operations as GateOperation[]) {
    const unitary = gateById(gate)?.matrix(parameters.map((one) => evaluate(one))) as Matrix;
    rho = referenceChannel(rho, [unitary], wires, qubits);
    if (operators.length === 0) continue;
    for (const wire of wires) rho = referenceChannel(rho, operators, [wire], qubits);
  }
  return rho;
}

const gamma = 0.15;
const damping = {
  model: noiseModelSchema.parse({ rules: [{ channel: 'amplitude_damping', gamma }] }),
  operators: [
    matrixOf([
      [1, 0],
      [0, Math.sqrt(1 - gamma)],
    ]),
    matrixOf([
      [0, Math.sqrt(gamma)],
      [0, 0],
    ]),
  ],
};
const flip = 0.1;
const flips = {
  model: noiseModelSchema.parse({ rules: [{ channel: 'bit_flip', p: flip }] }),
  operators: [
    matrixOf([
      [Math.sqrt(1 - flip), 0],
      [0, Math.sqrt(1 - flip)],
    ]),
    matrixOf([
      [0, Math.sqrt(flip)],
      [Math.sqrt(flip), 0],
    ]),
  ],
};

/** Expectations of every method, judged by matrices of the whole register. */
export function expectationConformance(
  { id: method, channels, gives, isMixed }: Simulator,
  draw: (seed: number, qubits: number, count: number) => Circuit,
  run: (circuit: Circuit, options: Partial<SimulationOptions>) => SimulationResult,
): void {
  test('expectations of random observables agree with the reference', () => {
    for (let seed = 0; seed < 8; seed++) {
      const qubits = 2 + (seed % 3);
      const circuit = draw(seed, qubits, 15);
      const observables = randomObservables(seed, qubits);
      const rho = referenceDensity(circuit, qubits, []);
      const options = { method, observables, shots: gives === 'shots' ? 10 : null };
      run(circuit, options).expectations?.forEach(({ value, stderr }, i) => {
        const expected = meanIn(rho, observables[i] as string, qubits);
        expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThan(1e-10);
        expect(stderr).toBe(0);
      });
    }
  });

  const noises = { none: [], pauli: [flips], all: [flips, damping] }[channels];
  const noisy = noises.length === 0 ? test.skip : test;
  noisy('expectations under noise agree with Kraus sums', () => {
    const isExact = isMixed || gives === 'expectations';
    for (const [n, { model, operators }] of noises.entries()) {
      for (let seed = 0; seed < 4; seed++) {
        const qubits = 2 + (seed % 2);
        const circuit = draw(seed, qubits, 10);
        const observables = randomObservables(seed, qubits);
        const rho = referenceDensity(circuit, qubits, operators);
        const options = { method, noise: model, observables, shots: isExact ? null : shots };
        run(circuit, { ...options, seed: n }).expectations?.forEach(({ value, stderr }, i) => {
          const expected = meanIn(rho, observables[i] as string, qubits);
          const limit = isExact ? 1e-10 : 5 * (stderr ?? 0) + 10 / shots;
          expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThan(limit);
        });
      }
    }
  });

  test('errors of the reader shrink what is observed', () => {
    const circuit = draw(1, 2, 12);
    const [wrong1, wrong0] = [0.1, 0.04];
    const readout = [{ qubit: 0, p_read1_given0: wrong1, p_read0_given1: wrong0 }];
    const options = {
      method,
      observables: ['X0', 'Y0*Z1', 'Z1'],
      noise: { rules: [], readout },
      shots: gives === 'shots' ? 10 : null,
    };
    const rho = referenceDensity(circuit, 2, []);
    const gain = 1 - wrong1 - wrong0;
    const bias = wrong0 - wrong1;
    const z1 = meanIn(rho, 'Z1', 2);
    const expected = [
      gain * meanIn(rho, 'X0', 2) + bias,
      gain * meanIn(rho, 'Y0*Z1', 2) + bias * z1,
      z1,
    ];
    run(circuit, options).expectations?.forEach(({ value }, i) => {
      expect(Math.abs((value ?? Number.NaN) - (expected[i] as number))).toBeLessThan(1e-10);
    });
  });
}
