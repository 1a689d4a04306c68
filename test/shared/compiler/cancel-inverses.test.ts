import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { axesOf } from '#shared/compiler/axes.ts';
import { full } from '#shared/compiler/couplings.ts';
import { cancelInverses } from '#shared/compiler/passes/cancel-inverses.ts';
import { plainTarget } from '#shared/compiler/target.ts';
import { gates } from '#shared/gates/registry.ts';
import { distanceUpToPhase } from '#shared/math/matrix.ts';
import { randomCircuit } from '../../support/circuits-to-compile.ts';

function cancelled(circuit: Circuit): Circuit {
  const target = plainTarget(full(8), null);
  const facts = { swaps: 0 };
  return cancelInverses.run({ circuit, target, layout: null, facts, seed: 0, effort: 1 }).circuit;
}

test('gates that share a letter on every qubit that they share do commute, for all pairs of the registry', () => {
  const small = gates.filter(({ qubitCount }) => qubitCount > 0 && qubitCount <= 2);
  const calls = small.flatMap(({ id, qubitCount, parameterNames }): GateOperation[] =>
    (qubitCount === 1
      ? [[0], [1]]
      : [
          [0, 1],
          [1, 0],
          [1, 2],
        ]
    ).map((qubits) =>
      gate(
        id,
        qubits,
        parameterNames.map((_, k) => 0.3 + k),
      ),
    ),
  );
  let commuting = 0;
  for (const a of calls) {
    for (const b of calls) {
      const shared = a.qubits.filter((qubit) => b.qubits.includes(qubit));
      const isTold = shared.every(
        (qubit) =>
          ((axesOf(a)[a.qubits.indexOf(qubit)] ?? 0) &
            (axesOf(b)[b.qubits.indexOf(qubit)] ?? 0)) !==
          0,
      );
      if (!isTold || shared.length === 0) continue;
      commuting++;
      if (commuting % 7 !== 0) continue;
      const [ab, ba] = [unitaryOf(circuitOf(3, [a, b])), unitaryOf(circuitOf(3, [b, a]))];
      expect(distanceUpToPhase(ab, ba), `${a.gate} ${b.gate}`).toBeLessThan(1e-9);
    }
  }
  expect(commuting).toBeGreaterThan(1000);
});

test('circuits do the same afterwards, have no more gates, and give nothing more the second time', () => {
  for (let sample = 0; sample < 150; sample++) {
    const rng = rngOf(41, sample);
    const narrow = sample % 2 === 0;
    const circuit = narrow ? diagonalAndX(rng) : randomCircuit(rng, { qubits: 4, count: 30 });
    const made = cancelled(circuit);
    expect(distanceUpToPhase(unitaryOf(made), unitaryOf(circuit))).toBeLessThan(1e-9);
    expect(made.operations.length).toBeLessThanOrEqual(circuit.operations.length);
    expect(cancelled(made)).toEqual(made);
  }
});

/** Gates that often commute. */
function diagonalAndX(rng: ReturnType<typeof rngOf>): Circuit {
  const operations = Array.from({ length: 40 }, (): GateOperation => {
    const a = rng.below(4);
    const b = (a + 1 + rng.below(3)) % 4;
    const name = ['cx', 'cz', 'rz', 'x', 'rx', 't', 'tdg', 'rzz', 'sx'][rng.below(9)] as string;
    const isPair = ['cx', 'cz', 'rzz'].includes(name);
    return gate(name, isPair ? [a, b] : [a], name.startsWith('r') ? [rng.uniform()] : []);
  });
  return circuitOf(4, operations);
}

describe('what commutes is passed', () => {
  const count = (operations: Operation[]): number =>
    cancelled(circuitOf(3, operations)).operations.length;
  const cx = (a: number, b: number) => gate('cx', [a, b]);

  test.each<[string, Operation[], number]>([
    ['a turn about z on a control', [cx(0, 1), gate('rz', [0], [0.3]), cx(0, 1)], 1],
    ['a turn about x on a target', [cx(0, 1), gate('rx', [1], [0.3]), cx(0, 1)], 1],
    ['another target of the same control', [cx(0, 1), cx(0, 2), cx(0, 1)], 1],
    ['another control of the same target', [cx(0, 2), cx(1, 2), cx(0, 2)], 1],
    ['not a target that is a control', [cx(0, 1), cx(1, 2), cx(0, 1)], 3],
    ['not a turn about x on a control', [cx(0, 1), gate('rx', [0], [0.3]), cx(0, 1)], 3],
    ['not a barrier', [cx(0, 1), { kind: 'barrier', qubits: [0, 1] }, cx(0, 1)], 3],
    ['t and its inverse past a control', [gate('t', [0]), cx(0, 1), gate('tdg', [0])], 1],
    [
      'rotations add up past a control',
      [gate('rz', [0], [0.1]), cx(0, 1), gate('rz', [0], [0.2])],
      2,
    ],
  ])('%s', (_, operations, left) => expect(count(operations)).toBe(left));
});
