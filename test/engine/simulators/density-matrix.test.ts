import { expect, test } from 'vitest';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { circuitOf } from '#shared/circuit/build.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';
import { evaluate } from '#shared/circuit/expression.ts';
import { gateById } from '#shared/gates/registry.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { kronecker, type Matrix, multiplyMatrices } from '#shared/math/matrix.ts';
import { run } from '#test/support/conformance/simulator.ts';
import { randomGate } from '#test/support/random-circuits.ts';
import { referenceChannel, referenceZero } from '#test/support/reference-density.ts';

function randomUnitary(rng: Rng, qubits: number): Matrix {
  const one = () => gateById('u')?.matrix([1, 2, 3].map(() => rng.uniform() * 6)) as Matrix;
  if (qubits === 1) return one();
  const cross = gateById('rxx')?.matrix([rng.uniform() * 6]) as Matrix;
  return multiplyMatrices(
    kronecker(one(), one()),
    multiplyMatrices(cross, kronecker(one(), one())),
  );
}

/** U·√D and V·√(1 − D): two operators of a channel that is no mixture of unitaries. */
function randomKraus(rng: Rng, qubits: number): Matrix[] {
  const shares = Array.from({ length: 2 ** qubits }, () => rng.uniform());
  return [shares, shares.map((share) => 1 - share)].map((part) => {
    const { size, re, im } = randomUnitary(rng, qubits);
    const scale = (_: number, k: number) => Math.sqrt(part[k % size] as number);
    const factors = re.map(scale);
    return {
      size,
      re: re.map((x, k) => x * (factors[k] as number)),
      im: im.map((x, k) => x * (factors[k] as number)),
    };
  });
}

const rowsOf = ({ size, re, im }: Matrix) =>
  Array.from({ length: size }, (_, r) =>
    Array.from({ length: size }, (__, c) => [re[r * size + c], im[r * size + c]]),
  );

test('gates and channels, merged where they follow each other, are Kraus sums to 1e-10', () => {
  for (let seed = 0; seed < 12; seed++) {
    const rng = rngOf(seed, 5);
    const qubits = 2 + (seed % 3);
    const single = randomKraus(rng, 1);
    const joint = randomKraus(rng, 2);
    const noise = noiseModelSchema.parse({
      rules: [
        { on: 'all', channel: 'kraus', matrices: single.map(rowsOf) },
        { on: '2q', channel: 'kraus', matrices: joint.map(rowsOf) },
      ],
    });
    const operations = Array.from({ length: 14 }, () => randomGate(rng, qubits) as GateOperation);
    let rho = referenceZero(qubits);
    for (const { gate, qubits: wires, parameters } of operations) {
      const unitary = gateById(gate)?.matrix(parameters.map((one) => evaluate(one))) as Matrix;
      rho = referenceChannel(rho, [unitary], wires, qubits);
      for (const wire of wires) rho = referenceChannel(rho, single, [wire], qubits);
      if (wires.length === 2) rho = referenceChannel(rho, joint, wires, qubits);
    }
    const observables = ['X0', 'Y1', 'X0*Y1', 'Z0*Z1'];
    const result = run(circuitOf(qubits, operations), { method: 'density', noise, observables });
    for (let index = 0; index < 2 ** qubits; index++) {
      const key = index.toString(2).padStart(qubits, '0');
      const expected = rho.re[index * (rho.size + 1)] as number;
      expect(Math.abs((result.qubitProbabilities?.[key] ?? 0) - expected)).toBeLessThan(1e-10);
    }
    const flipped = (entry: (row: number) => number) =>
      Array.from({ length: rho.size }, (_, row) => entry(row)).reduce((sum, x) => sum + x, 0);
    const x0 = flipped((row) => rho.re[row * rho.size + (row ^ 1)] as number);
    expect(Math.abs((result.expectations?.[0]?.value as number) - x0)).toBeLessThan(1e-10);
  }
});

test('thirteen qubits fit into 2 GiB, and fourteen are refused there', () => {
  const peak = run(circuitOf(3, []), { method: 'density' }).measured.peakBytes;
  expect(peak * 4 ** 10).toBeLessThan(2 ** 31);
  expect(() => run(circuitOf(14, []), { method: 'density', freeBytes: 2 ** 31 })).toThrow(/needs/);
});
