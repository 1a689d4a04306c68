import { describe, expect, it, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measure, measureAll } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { ionqObstacles, toIonq } from '#main/hardware/ionq/translate.ts';
import { qaoaCircuit } from '#engine/qaoa/circuit.ts';
import { bindCircuit } from '#main/hardware/circuits.ts';
import { randomCircuit } from '../../support/circuits-to-compile.ts';
import { ionqProbabilities } from '../../support/ionq-simulation.ts';
import { squaredNorm } from '#shared/math/complex.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';

/** Probabilities from |0…0⟩ by the circuit's own matrix. */
function probabilitiesOf(circuit: Circuit): number[] {
  const { size, re, im } = unitaryOf(circuit);
  return Array.from({ length: size }, (_, row) =>
    squaredNorm({ re: re[row * size] as number, im: im[row * size] as number }),
  );
}

function expectSame(circuit: Circuit): void {
  const meant = probabilitiesOf(circuit);
  ionqProbabilities(toIonq(circuit)).forEach((p, k) =>
    expect(p).toBeCloseTo(meant[k] as number, 9),
  );
}

describe('what obstacles let pass, translation accepts', () => {
  it('for circuits of the whole registry with controls, powers and own gates', () => {
    for (let sample = 0; sample < 30; sample++) {
      const circuit = randomCircuit(rngOf(41, sample), { qubits: 4, count: 8, isRich: true });
      expect(ionqObstacles(circuit)).toEqual([]);
      expectSame(circuit);
    }
  });

  it('and what one refuses the other names', () => {
    const condition = { bits: [0], value: 1 };
    const hindered: readonly (readonly Operation[])[] = [
      [{ kind: 'if', condition, body: [gate('x', [0])], otherwise: [] }],
      [{ kind: 'reset', qubit: 0 }],
      [measure(0, 0), gate('x', [0])],
      [measure(0, 0), { ...gate('x', [1]), controls: [{ qubit: 0, value: 1 }] }],
      [measure(0, 0), measure(0, 1)],
      [gate('rx', [0], [parameterOf('a')])],
      [gate('unknown', [0])],
      [{ kind: 'opaque', label: 'while', qubits: [0], bits: [] }],
    ];
    for (const operations of hindered) {
      const circuit = circuitOf(2, operations, 2);
      const [obstacle] = ionqObstacles(circuit);
      expect(obstacle).toBeDefined();
      expect(() => toIonq(circuit)).toThrow(obstacle);
    }
    expect(ionqObstacles(circuitOf(2, [gate('h', [0]), ...measureAll(2)], 2))).toEqual([]);
  });
});

test('QAOA with the Grover mixer runs at IonQ', () => {
  const ising = {
    h: Float64Array.of(0.3, -0.2, 0.1),
    J: [[0, 1, 0.4]] as [number, number, number][],
    offset: 0,
  };
  const groups = [{ variables: [0, 1, 2], ones: 1 }];
  const shape = { layers: 1, mixer: 'grover', initialState: 'dicke', groups } as const;
  const circuit = qaoaCircuit(ising, shape);
  const bound = bindCircuit(circuit, { gamma_0: 0.7, beta_0: 0.4 });
  expect(ionqObstacles(bound)).toEqual([]);
  expectSame(bound);
});
