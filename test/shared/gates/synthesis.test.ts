import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { embed } from '#shared/gates/product.ts';
import { gateById, gates } from '#shared/gates/registry.ts';
import { type Synthesis, synthesise } from '#shared/gates/synthesis.ts';
import {
  distance,
  identity,
  type Matrix,
  matrixOf,
  multiplyMatrices,
  zeros,
} from '#shared/math/matrix.ts';

/** The matrix that the steps make, their phase included. */
function productOf({ steps, phase }: Synthesis, qubits: number): Matrix {
  const product = steps.reduce(
    (done, { gate, parameters, qubits: wires }) => {
      const matrix = gateById(gate)?.matrix(parameters) ?? identity(2);
      return multiplyMatrices(embed(matrix, wires, qubits), done);
    },
    identity(2 ** qubits),
  );
  const turned = zeros(product.size);
  const [cos, sin] = [Math.cos(phase), Math.sin(phase)];
  for (let k = 0; k < product.re.length; k++) {
    const [re, im] = [product.re[k] as number, product.im[k] as number];
    turned.re[k] = re * cos - im * sin;
    turned.im[k] = re * sin + im * cos;
  }
  return turned;
}

/** A unitary of many random gates. */
function randomUnitary(qubits: number, seed: number): Matrix {
  const rng = rngOf(seed, 40);
  let matrix = identity(2 ** qubits);
  for (let i = 0; i < 6 * qubits; i++) {
    const a = rng.below(qubits);
    const angles = [rng.uniform() * 3, rng.uniform() * 6, rng.uniform() * 6];
    const turn = embed(gateById('u')?.matrix(angles) ?? identity(2), [a], qubits);
    matrix = multiplyMatrices(turn, matrix);
    if (qubits === 1) continue;
    const b = (a + 1 + rng.below(qubits - 1)) % qubits;
    matrix = multiplyMatrices(
      embed(gateById('cx')?.matrix([]) ?? identity(4), [a, b], qubits),
      matrix,
    );
  }
  return matrix;
}

describe('synthesise', () => {
  it.each([1, 2, 3, 4, 5])('makes random unitaries of %i qubits, phase included', (qubits) => {
    for (let seed = 0; seed < 5; seed++) {
      const matrix = randomUnitary(qubits, seed);
      expect(distance(productOf(synthesise(matrix), qubits), matrix)).toBeLessThan(1e-10);
    }
  });

  it.each(
    gates.filter(({ qubitCount }) => qubitCount <= 4).map((gate) => [gate.id, gate] as const),
  )('makes the registered gate %s', (_, gate) => {
    const matrix = gate.matrix(gate.parameterNames.map((__, i) => 0.7 + i));
    const made = productOf(synthesise(matrix), gate.qubitCount);
    expect(distance(made, matrix)).toBeLessThan(1e-10);
  });

  it('makes permutations, whose blocks have no direction of their own', () => {
    const shift = zeros(8);
    for (let i = 0; i < 8; i++) shift.re[((i + 3) % 8) * 8 + i] = 1;
    expect(distance(productOf(synthesise(shift), 3), shift)).toBeLessThan(1e-10);
    expect(synthesise(identity(8))).toEqual({ steps: [], phase: 0 });
  });

  it('refuses what is no gate', () => {
    const stretched = matrixOf([
      [2, 0],
      [0, 1],
    ]);
    expect(() => synthesise(stretched)).toThrow(/not unitary/);
    expect(() => synthesise(identity(3))).toThrow(/power of 2/);
    expect(() => synthesise(identity(128))).toThrow(/2 to 64 rows/);
  });
});
