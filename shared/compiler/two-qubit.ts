import { gate as callOf } from '../circuit/build.ts';
import type { GateOperation } from '../circuit/circuit.ts';
import { type Expression, numberOf } from '../circuit/expression.ts';
import { quarterTurns } from '../circuit/formula-steps.ts';
import { negative, part } from '../circuit/multi-control.ts';
import { hadamard, pauliX, pauliY, pauliZ, rotationMatrix } from '../gates/define.ts';
import { swapGate } from '../gates/two-qubit.ts';
import { eulerAnglesOf } from '../math/euler.ts';
import { type Kak, kakOf, type Locals } from '../math/kak.ts';
import { identity, type Matrix, multiplyMatrices } from '../math/matrix.ts';

/**
 * A gate on two qubits as one-qubit gates on 0 and 1 and interactions on both: `cz`, or `rzz` by any
 * angle. Both interactions are symmetric, so a machine's direction is free to choose.
 */
export type Plan = readonly GateOperation[];

const tolerance = 1e-9;
const quarter = Math.PI / 2;
const one = identity(2);

const turnX = (angle: number): Matrix => rotationMatrix(pauliX, angle);
const turnY = (angle: number): Matrix => rotationMatrix(pauliY, angle);
const turnZ = (angle: number): Matrix => rotationMatrix(pauliZ, angle);
const product = (...factors: readonly Matrix[]): Matrix => factors.reduce(multiplyMatrices);

/** How many CZ a gate with these coordinates needs (Shende, Bullock and Markov 2004). */
export function czCountOf([x, y, z]: Kak['coordinates']): 0 | 1 | 2 | 3 {
  if (Math.abs(x) < tolerance) return 0;
  if (Math.abs(x - Math.PI / 4) < tolerance && Math.abs(y) < tolerance) return 1;
  return Math.abs(z) < tolerance ? 2 : 3;
}

/** The fewest CZ that make a unitary, or `count` of them where that is more. */
export function czPlanOf(unitary: Matrix, count: 0 | 1 | 2 | 3 = 0): Plan {
  const kak = kakOf(unitary);
  const least = czCountOf(kak.coordinates);
  const layers = layersOf(kak.coordinates, least > count ? least : count);
  const first = layers[0] as Locals;
  const whole = layers.with(0, before(first, kak.before));
  const last = whole.at(-1) as Locals;
  return whole
    .with(-1, before(kak.after, last))
    .flatMap(([a, b], k) => [
      ...(k === 0 ? [] : [callOf('cz', [0, 1])]),
      ...turned(a, 0),
      ...turned(b, 1),
    ]);
}

/** One ZZ rotation for every coordinate that is not zero. */
export function rzzPlanOf(unitary: Matrix): Plan {
  const { before: start, coordinates, after } = kakOf(unitary);
  const [x, y, z] = coordinates;
  const around = (frame: Matrix, back: Matrix, angle: number): GateOperation[] =>
    Math.abs(angle) < tolerance
      ? []
      : [
          ...turned(frame, 0),
          ...turned(frame, 1),
          callOf('rzz', [0, 1], [-2 * angle]),
          ...turned(back, 0),
          ...turned(back, 1),
        ];
  return [
    ...turned(start[0], 0),
    ...turned(start[1], 1),
    ...around(hadamard, hadamard, x),
    ...around(turnX(quarter), turnX(-quarter), y),
    ...around(one, one, z),
    ...turned(after[0], 0),
    ...turned(after[1], 1),
  ];
}

/**
 * Interactions of the iSwap family: iSwap is a SWAP, a CZ and phases, so that CZs become iSwaps on
 * relabelled qubits. An odd number of them is planned for the gate behind a SWAP.
 */
export function iswapPlanOf(unitary: Matrix): { readonly plan: Plan; readonly isOdd: boolean } {
  const count = czCountOf(kakOf(unitary).coordinates);
  if (count === 0) return { plan: czPlanOf(unitary), isOdd: false };
  const behindSwap = multiplyMatrices(swapGate.matrix([]), unitary);
  const swapped = czCountOf(kakOf(behindSwap).coordinates);
  if (swapped === 1) return { plan: czPlanOf(behindSwap), isOdd: true };
  if (count <= 2) return { plan: czPlanOf(unitary, 2), isOdd: false };
  return { plan: czPlanOf(behindSwap, 3), isOdd: true };
}

/** Local gates around and between `count` CZ that make N(x, y, z) up to phase. */
function layersOf([x, y, z]: Kak['coordinates'], count: 0 | 1 | 2 | 3): readonly Locals[] {
  switch (count) {
    case 0:
      return [[one, one]];
    case 1: {
      const into = multiplyMatrices(turnZ(-quarter), hadamard);
      return [
        [into, into],
        [hadamard, hadamard],
      ];
    }
    case 2: {
      // CX turns X on the control and Z on the target into XX and ZZ; YY is turned to ZZ around it.
      const [frame, back] = [turnX(quarter), turnX(-quarter)];
      return [
        [frame, product(hadamard, frame)],
        [turnX(-2 * x), turnX(-2 * y)],
        [back, product(back, hadamard)],
      ];
    }
    case 3:
      // Vatan and Williams 2004, figure 6.
      return [
        [hadamard, turnZ(-quarter)],
        [product(turnZ(quarter - 2 * z), hadamard), product(hadamard, turnY(2 * x - quarter))],
        [hadamard, product(turnY(quarter - 2 * y), hadamard)],
        [product(turnZ(quarter), hadamard), one],
      ];
  }
}

/** `later` after `first`, qubit by qubit. */
function before(later: Locals, first: Locals): Locals {
  return [multiplyMatrices(later[0], first[0]), multiplyMatrices(later[1], first[1])];
}

/** A one-qubit matrix as a gate; none where it does nothing. */
export function turned(matrix: Matrix, qubit: number): GateOperation[] {
  const { theta, phi, lambda } = eulerAnglesOf(matrix);
  const isIdle = Math.abs(theta) < 1e-12 && Math.abs(Math.sin((phi + lambda) / 2)) < 1e-12;
  return isIdle ? [] : [callOf('u', [qubit], [theta, phi, lambda].map(quarterTurns))];
}

/** Gates with an open angle as one ZZ rotation; null for others. Exact up to global phase. */
export function openPlanOf({ gate, parameters }: GateOperation): Plan | null {
  const [theta, , third] = parameters as [Expression, Expression, Expression];
  const zz = (angle: Expression): GateOperation => callOf('rzz', [0, 1], [angle]);
  const both = (name: string, ...angles: readonly Expression[]): GateOperation[] => [
    callOf(name, [0], angles),
    callOf(name, [1], angles),
  ];
  const controlled = (open: readonly GateOperation[], close: readonly GateOperation[]): Plan => [
    ...open,
    callOf('rz', [1], [part(theta, 2)]),
    zz(negative(part(theta, 2))),
    ...close,
  ];
  switch (gate) {
    case 'rzz':
      return [zz(theta)];
    case 'rxx':
      return [...both('h'), zz(theta), ...both('h')];
    case 'ryy':
      return [...both('rx', numberOf(quarter)), zz(theta), ...both('rx', numberOf(-quarter))];
    case 'ms': {
      const [first, second] = parameters as [Expression, Expression];
      const turn = (a: Expression, b: Expression) => [
        callOf('rz', [0], [a]),
        callOf('rz', [1], [b]),
      ];
      const into = turn(negative(first), negative(second));
      return [...into, ...both('h'), zz(third), ...both('h'), ...turn(first, second)];
    }
    case 'cp':
      return [...both('rz', part(theta, 2)), zz(negative(part(theta, 2)))];
    case 'crz':
      return controlled([], []);
    case 'crx':
      return controlled([callOf('h', [1])], [callOf('h', [1])]);
    case 'cry':
      return controlled([callOf('rx', [1], [quarter])], [callOf('rx', [1], [-quarter])]);
    default:
      return null;
  }
}

/** rzz by way of two CZ. */
export function rzzByCz(angle: Expression): Plan {
  const flip = [callOf('h', [1]), callOf('cz', [0, 1]), callOf('h', [1])];
  return [...flip, callOf('rz', [1], [angle]), ...flip];
}
