import { describe, expect, it, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { entanglersOf, inInteractions, matrixInInteractions } from '#shared/compiler/entanglers.ts';
import { openTurnOf, writtenMatrix, writtenTurn } from '#shared/compiler/one-qubit.ts';
import { pauliX, pauliY, pauliZ, rotationMatrix, universalMatrix } from '#shared/gates/define.ts';
import { gates } from '#shared/gates/registry.ts';
import { kakOf } from '#shared/math/kak.ts';
import {
  distance,
  distanceUpToPhase,
  kronecker,
  type Matrix,
  multiplyMatrices,
  turnedBy,
} from '#shared/math/matrix.ts';

const rng = rngOf(21, 4);

function anyTurn(): Matrix {
  return universalMatrix(rng.uniform() * 3, rng.uniform() * 6, rng.uniform() * 6);
}

function interaction(x: number, y: number, z: number): Matrix {
  return [pauliX, pauliY, pauliZ]
    .map((pauli, k) => rotationMatrix(kronecker(pauli, pauli), -2 * ([x, y, z][k] as number)))
    .reduce(multiplyMatrices);
}

function around(middle: Matrix): Matrix {
  const local = () => kronecker(anyTurn(), anyTurn());
  return multiplyMatrices(local(), multiplyMatrices(middle, local()));
}

/** Unitaries everywhere in the Weyl chamber, its corners, edges and close to them. */
const unitaries: readonly Matrix[] = [
  ...Array.from({ length: 60 }, () =>
    around(interaction(rng.uniform() * 9, rng.uniform() * 9, rng.uniform() * 9)),
  ),
  ...Array.from({ length: 120 }, () => {
    const eighths = () => (rng.below(9) - 4) * (Math.PI / 8);
    return around(interaction(eighths(), eighths(), eighths()));
  }),
  ...Array.from({ length: 60 }, () => {
    const small = () => (rng.uniform() - 0.5) * 10 ** (-rng.uniform() * 14);
    return around(interaction(small(), small(), small()));
  }),
];

test('kakOf gives factors that make the unitary, with coordinates in the Weyl chamber', () => {
  for (const unitary of unitaries) {
    const { before, coordinates, after, phase } = kakOf(unitary);
    const [x, y, z] = coordinates;
    const local = ([a, b]: typeof before) => kronecker(b, a);
    const made = multiplyMatrices(
      local(after),
      multiplyMatrices(interaction(x, y, z), local(before)),
    );
    expect(distance(turnedBy(made, phase), unitary)).toBeLessThan(1e-11);
    expect(x).toBeLessThan(Math.PI / 4 + 1e-9);
    expect(x).toBeGreaterThan(y - 1e-9);
    expect(y).toBeGreaterThan(Math.abs(z) - 1e-9);
  }
});

function matrixOf(operations: readonly GateOperation[], qubits: number, bindings = {}): Matrix {
  return unitaryOf(circuitOf(qubits, operations), bindings);
}

const interactions = ['cx', 'cz', 'ecr', 'rzz', 'rxx', 'ms', 'cp', 'iswap', 'cz rzz'];

describe.each(interactions)('interactions by %s', (names) => {
  const native = new Set(names.split(' '));
  const entanglers = entanglersOf(native);
  const forward = (a: number, b: number) => a > b;

  const check = (made: readonly GateOperation[]): number => {
    const used = made.filter(({ qubits }) => qubits.length === 2);
    for (const { gate: name, qubits } of used) {
      expect(native.has(name)).toBe(true);
      if (name === 'cx' || name === 'ecr')
        expect(forward(...(qubits as [number, number]))).toBe(true);
    }
    return used.length;
  };

  it('make any unitary in at most three, and never more than it needs', () => {
    for (const unitary of unitaries) {
      const made = matrixInInteractions(unitary, [0, 1], entanglers, forward);
      expect(distanceUpToPhase(matrixOf(made, 2), unitary)).toBeLessThan(1e-7);
      expect(check(made)).toBeLessThanOrEqual(3);
    }
    const cx = matrixOf([gate('cx', [0, 1])], 2);
    const expected = names === 'iswap' ? 2 : 1;
    expect(check(matrixInInteractions(cx, [0, 1], entanglers, forward))).toBe(expected);
    expect(
      check(matrixInInteractions(around(interaction(0, 0, 0)), [0, 1], entanglers, forward)),
    ).toBe(0);
    const swap = matrixOf([gate('swap', [0, 1])], 2);
    expect(check(matrixInInteractions(swap, [0, 1], entanglers, forward))).toBe(3);
  });

  it('make every two-qubit gate of the registry on either order, open or bound', () => {
    for (const member of gates.filter(({ qubitCount }) => qubitCount === 2)) {
      for (const qubits of [
        [0, 1],
        [1, 0],
      ]) {
        const angles = member.parameterNames.map((_, i) => 0.7 + 0.4 * i);
        const bound = gate(member.id, qubits, angles);
        const wanted = matrixOf([bound], 2);
        const made = inInteractions(bound, entanglers, forward);
        check(made);
        expect(distanceUpToPhase(matrixOf(made, 2), wanted), member.id).toBeLessThan(1e-7);
        const open = gate(member.id, qubits, member.parameterNames.map(parameterOf));
        const formulas = inInteractions(open, entanglers, forward);
        check(formulas);
        const bindings = Object.fromEntries(
          member.parameterNames.map((name, i) => [name, angles[i] as number]),
        );
        expect(distanceUpToPhase(matrixOf(formulas, 2, bindings), wanted), member.id).toBeLessThan(
          1e-7,
        );
      }
    }
  });
});

const styles = [
  'u',
  'rz sx x',
  'rz sx',
  'p sx',
  'rz rx',
  'rz ry',
  'p h',
  'gpi gpi2',
  'rx ry',
  'h rz x s',
];

describe.each(styles)('one-qubit gates by %s', (names) => {
  const native = new Set(names.split(' '));
  const specials = [0, Math.PI / 2, Math.PI, -Math.PI / 2, 2 * Math.PI, 0.3];
  const turns = specials.flatMap((theta) =>
    specials.flatMap((phi) => specials.map((lambda) => universalMatrix(theta, phi, lambda))),
  );

  it('make every turn, in five gates at most', () => {
    for (const turn of [...turns, ...Array.from({ length: 40 }, anyTurn)]) {
      const made = writtenMatrix(turn, 0, native);
      expect(made.length).toBeLessThanOrEqual(5);
      for (const one of made) expect(native.has(one.gate)).toBe(true);
      expect(distanceUpToPhase(matrixOf(made, 1), turn)).toBeLessThan(1e-9);
    }
  });

  it('make open turns by formulas', () => {
    for (const id of ['rx', 'ry', 'rz', 'p', 'u', 'u2', 'gpi', 'gpi2']) {
      const member = gates.find((one) => one.id === id);
      const open = gate(id, [0], member?.parameterNames.map(parameterOf));
      const turn = openTurnOf(open);
      if (turn === null) throw new Error(`${id} has no formula`);
      for (let sample = 0; sample < 4; sample++) {
        const bindings = Object.fromEntries(
          (member?.parameterNames ?? []).map((name) => [name, (rng.uniform() - 0.5) * 14]),
        );
        const made = matrixOf(writtenTurn(turn, 0, native), 1, bindings);
        expect(distanceUpToPhase(made, matrixOf([open], 1, bindings)), id).toBeLessThan(1e-9);
      }
    }
  });
});
