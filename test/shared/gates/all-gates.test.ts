import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import type { Gate } from '#shared/gates/gate.ts';
import { embed } from '#shared/gates/product.ts';
import { gateById, gateNamed, gates } from '#shared/gates/registry.ts';
import {
  adjoint,
  distance,
  distanceUpToPhase,
  identity,
  isUnitary,
  type Matrix,
  multiplyMatrices,
} from '#shared/math/matrix.ts';

function anglesFor(gate: Gate, sample: number): number[] {
  const rng = rngOf(7, sample);
  return gate.parameterNames.map(() => (rng.uniform() - 0.5) * 8);
}

function matrixOfSteps(gate: Gate, parameters: readonly number[]): Matrix {
  const steps = gate.decomposition?.(parameters) ?? [];
  return steps.reduce(
    (product, step) => {
      const used = gateById(step.gate);
      if (used === null) throw new Error(`${gate.id} is decomposed into an unknown ${step.gate}`);
      expect(step.parameters).toHaveLength(used.parameterNames.length);
      return multiplyMatrices(
        embed(used.matrix(step.parameters), step.qubits, gate.qubitCount),
        product,
      );
    },
    identity(1 << gate.qubitCount),
  );
}

test('ids are unique and sorted', () => {
  const ids = gates.map((gate) => gate.id as string);
  expect(new Set(ids).size).toBe(ids.length);
  expect(gates.length).toBeGreaterThan(40);
});

test('names of the standard files lead to their gates', () => {
  expect(gateNamed('u1', 2)?.id).toBe('p');
  expect(gateNamed('U', 2)?.id).toBe('u');
  expect(gateNamed('CX', 2)?.id).toBe('cx');
  expect(gateNamed('nonsense', 2)).toBeNull();
  expect(gateNamed('u0', 3)).toBeNull();
});

describe.each(gates.map((gate) => [gate.id as string, gate] as const))('gate %s', (_, gate) => {
  const samples = gate.parameterNames.length === 0 ? [0] : [0, 1, 2, 3];

  test('has a unitary matrix of its size', () => {
    for (const sample of samples) {
      const matrix = gate.matrix(anglesFor(gate, sample));
      expect(matrix.size).toBe(1 << gate.qubitCount);
      expect(isUnitary(matrix)).toBe(true);
    }
  });

  test('is undone by its inverse', () => {
    for (const sample of samples) {
      const parameters = anglesFor(gate, sample);
      const inverse = gate.inverse(parameters);
      const undone = gateById(inverse.gate)?.matrix(inverse.parameters);
      expect(undone).toBeDefined();
      expect(distance(undone as Matrix, adjoint(gate.matrix(parameters)))).toBeLessThan(1e-12);
    }
  });

  test('equals its decomposition up to global phase', () => {
    if (gate.decomposition === null) return;
    for (const sample of samples) {
      const parameters = anglesFor(gate, sample);
      const difference = distanceUpToPhase(
        matrixOfSteps(gate, parameters),
        gate.matrix(parameters),
      );
      expect(difference).toBeLessThan(1e-12);
    }
  });

  test('has the derivative that finite differences show', () => {
    expect(gate.derivative === null).toBe(gate.parameterNames.length === 0);
    if (gate.derivative === null) return;
    const step = 1e-5;
    for (const sample of samples) {
      const parameters = anglesFor(gate, sample);
      gate.parameterNames.forEach((_, index) => {
        const shifted = (by: number) =>
          gate.matrix(parameters.map((angle, k) => (k === index ? angle + by : angle)));
        const [above, below] = [shifted(step), shifted(-step)];
        const numeric = identity(above.size);
        for (let k = 0; k < above.re.length; k++) {
          numeric.re[k] = ((above.re[k] as number) - (below.re[k] as number)) / (2 * step);
          numeric.im[k] = ((above.im[k] as number) - (below.im[k] as number)) / (2 * step);
        }
        expect(distance(numeric, gate.derivative?.(parameters, index) as Matrix)).toBeLessThan(
          1e-8,
        );
      });
    }
  });

  test('tells the truth in its flags', () => {
    const matrix = gate.matrix(anglesFor(gate, 1));
    const offDiagonal = matrix.re.some((re, k) => {
      const isOff = Math.floor(k / matrix.size) !== k % matrix.size;
      return isOff && Math.hypot(re, matrix.im[k] as number) > 1e-12;
    });
    expect(gate.isDiagonal).toBe(!offDiagonal);
    expect(gate.isHermitian).toBe(distance(matrix, adjoint(matrix)) < 1e-12);
    if (gate.isClifford && gate.parameterNames.length === 0)
      expect(mapsPaulisToPaulis(matrix)).toBe(true);
  });

  test('does nothing where its controls are not all 1', () => {
    const matrix = gate.matrix(anglesFor(gate, 1));
    const ones = (1 << gate.controlCount) - 1;
    for (let row = 0; row < matrix.size; row++) {
      if ((row & ones) === ones) continue;
      for (let column = 0; column < matrix.size; column++) {
        expect(matrix.re[row * matrix.size + column]).toBe(row === column ? 1 : 0);
        expect(matrix.im[row * matrix.size + column]).toBe(0);
      }
    }
  });

  test('has a short symbol, a title and a sentence', () => {
    expect(Array.from(gate.symbol).length).toBeLessThanOrEqual(4);
    expect(gate.title).not.toBe('');
    expect(gate.summary).toMatch(/\.$/);
  });
});

/** U·P·U† has one entry of modulus 1 in each row for every Pauli generator P. */
function mapsPaulisToPaulis(matrix: Matrix): boolean {
  const qubits = Math.log2(matrix.size);
  return Array.from({ length: qubits }, (_, q) => ['x', 'z'].map((id) => [q, id] as const))
    .flat()
    .every(([q, id]) => {
      const pauli = embed((gateById(id) as Gate).matrix([]), [q], qubits);
      const image = multiplyMatrices(multiplyMatrices(matrix, pauli), adjoint(matrix));
      return image.re.every((re, k) => {
        const size = Math.hypot(re, image.im[k] as number);
        return size < 1e-12 || Math.abs(size - 1) < 1e-12;
      });
    });
}
