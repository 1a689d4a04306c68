import { unreachable } from '#shared/base/assert.ts';
import { type Lanes, type Pair, times, turnBy } from './complex-pair.ts';
import type { GroupRun, Piece } from './group-run.ts';
import { openTurnPieces, openZzPieces } from './open-pieces.ts';
import type { KernelOperation, TwoByTwo } from './operation.ts';
import type { Weighted } from './weighted-vectors.ts';

type Cross = Extract<KernelOperation, { kind: 'cross' }>;

/** The pieces of work that an operation is within a group. */
export function piecesOf(run: GroupRun, operation: KernelOperation): Piece[] {
  switch (operation.kind) {
    case 'turn':
      return turnPieces(run, operation.qubit, operation.matrix);
    case 'sign':
      return signPieces(run, operation.qubits);
    case 'phase':
      return phasePieces(run, operation.qubits, operation.angle);
    case 'zz':
      return zzPieces(run, operation.first, operation.second, operation.angle);
    case 'cross':
      return crossPieces(run, operation);
    case 'open-turn':
      return openTurnPieces(run, operation.axis, operation.qubit, operation.slot);
    case 'open-zz':
      return openZzPieces(run, [operation.first, operation.second], operation.slot);
    default:
      return unreachable(operation);
  }
}

function everyRow(run: GroupRun, work: (row: number) => void): Piece[] {
  return Array.from({ length: run.rowCount }, (_, row) => ({ rows: [row], run: () => work(row) }));
}

function pairs(run: GroupRun, bit: number, work: (low: number, high: number) => void): Piece[] {
  const result: Piece[] = [];
  for (let row = 0; row < run.rowCount; row++) {
    const high = row | (1 << bit);
    if (high !== row) result.push({ rows: [row, high], run: () => work(row, high) });
  }
  return result;
}

function turnPieces(run: GroupRun, qubit: number, matrix: TwoByTwo): Piece[] {
  const { arithmetic } = run;
  const bit = run.registerBit(qubit);
  if (bit >= 0) {
    const lanes = arithmetic.sameMatrix(matrix);
    return pairs(run, bit, (low, high) => {
      const [x, y] = arithmetic.mix(run.read(low), run.read(high), lanes);
      run.write(low, x);
      run.write(high, y);
    });
  }
  const mask = 1 << run.laneBit(qubit);
  const isOne = (lane: number): boolean => (lane & mask) !== 0;
  return everyRow(run, (row) => {
    mixLanes(
      run,
      row,
      mask,
      (lane) => (isOne(lane) ? matrix[3] : matrix[0]),
      (lane) => (isOne(lane) ? matrix[2] : matrix[1]),
    );
  });
}

/** Lane l becomes own(l)·lane l + other(l)·lane (l XOR exchange). */
function mixLanes(
  run: GroupRun,
  row: number,
  exchange: number,
  own: (lane: number) => Pair,
  other: (lane: number) => Pair,
): void {
  const { vector, weights } = run.read(row);
  const a = weights.map((weight, lane) => times(weight, own(lane)));
  const b = exchanged(weights, exchange).map((weight, lane) => times(weight, other(lane)));
  run.write(row, combineShuffled(run, { vector, weights: a }, vector, b, exchange));
}

function exchanged(weights: Lanes, exchange: number): Lanes {
  return weights.map((_, lane) => weights[lane ^ exchange] as Pair);
}

/** a·x + b·(y with its lanes exchanged); the shuffle is left out where b is zero. */
function combineShuffled(
  run: GroupRun,
  x: Weighted,
  y: Weighted['vector'],
  b: Lanes,
  exchange: number,
): Weighted {
  if (b.every(([re, im]) => re === 0 && im === 0)) return x;
  return run.arithmetic.combine(x.vector, x.weights, run.code.shuffle(y, exchange), b);
}

/** Rows in which the inside qubits that are registers are all 1. */
function rowsWhere(run: GroupRun, qubits: readonly number[]): number[] {
  const bits = qubits.map((qubit) => run.registerBit(qubit)).filter((bit) => bit >= 0);
  return Array.from({ length: run.rowCount }, (_, row) => row).filter((row) =>
    bits.every((bit) => ((row >> bit) & 1) === 1),
  );
}

function signPieces(run: GroupRun, qubits: readonly number[]): Piece[] {
  const inside = qubits.filter((qubit) => run.isInside(qubit));
  const outside = qubits.filter((qubit) => !run.isInside(qubit));
  return rowsWhere(run, inside).map((row) => ({
    rows: [row],
    run: () => {
      const lanes = run.lanesWhere(inside, row);
      if (outside.length === 0) {
        run.scale(row, (lane) => (lanes === null || lanes[lane] === true ? [-1, 0] : [1, 0]));
        return;
      }
      const { vector, weights } = run.read(row);
      const mask = run.ahead.of({ kind: 'sign-mask', qubits: outside, lanes });
      const flipped = {
        re: run.code.flip(vector.re, mask),
        im: run.code.flip(vector.im, mask),
      };
      run.write(row, { vector: flipped, weights });
    },
  }));
}

function phasePieces(run: GroupRun, qubits: readonly number[], angle: number): Piece[] {
  const inside = qubits.filter((qubit) => run.isInside(qubit));
  const outside = qubits.filter((qubit) => !run.isInside(qubit));
  const turn = turnBy(angle);
  return rowsWhere(run, inside).map((row) => ({
    rows: [row],
    run: () => {
      const lanes = run.lanesWhere(inside, row);
      if (outside.length === 0) {
        run.scale(row, (lane) => (lanes === null || lanes[lane] === true ? turn : [1, 0]));
        return;
      }
      const selected = (off: number, on: number) =>
        run.ahead.of({
          kind: 'select',
          qubits: outside,
          lanes,
          off: run.arithmetic.factor([off]),
          step: run.arithmetic.factor([on - off]),
        });
      const cos = selected(1, turn[0]);
      const sin = selected(0, turn[1]);
      const { vector, weights } = run.read(row);
      const { re, im } = vector;
      const turned = {
        re: run.code.multiplyAdd(run.code.multiply(re, cos), im, sin, -1),
        im: run.code.multiplyAdd(run.code.multiply(im, cos), re, sin, 1),
      };
      run.write(row, { vector: turned, weights });
    },
  }));
}

function zzPieces(run: GroupRun, first: number, second: number, angle: number): Piece[] {
  const outside = [first, second].filter((qubit) => !run.isInside(qubit));
  const inside = [first, second].filter((qubit) => run.isInside(qubit));
  const signOf = (row: number, lane: number): 1 | -1 =>
    inside.reduce<number>((sum, qubit) => sum + run.bitOf(qubit, row, lane), 0) % 2 === 0 ? 1 : -1;
  if (outside.length === 0) {
    return everyRow(run, (row) =>
      run.scale(row, (lane) => turnBy((-signOf(row, lane) * angle) / 2)),
    );
  }
  // exp(−i·angle/2·s) = cos(angle/2)·(1 − i·s·tan(angle/2)); the sign s is that of the outside qubits
  // times that of the inside ones.
  run.factor = times(run.factor, [Math.cos(angle / 2), 0]);
  const tangent = Math.tan(angle / 2);
  const laneSigns = Array.from({ length: run.laneCount }, (_, lane) =>
    inside.some((qubit) => run.laneBit(qubit) >= 0) ? signOf(0, lane) : 1,
  );
  const factor = run.ahead.of({
    kind: 'signed',
    factor: run.arithmetic.factor(laneSigns.map((sign) => sign * tangent)),
    qubits: outside,
  });
  const registers = inside.filter((qubit) => run.registerBit(qubit) >= 0);
  return everyRow(run, (row) => {
    const ones = registers.filter((qubit) => run.bitOf(qubit, row, 0) === 1).length;
    const sign = ones % 2 === 0 ? 1 : -1;
    const { vector, weights } = run.read(row);
    const turned = {
      re: run.code.multiplyAdd(vector.re, vector.im, factor, sign),
      im: run.code.multiplyAdd(vector.im, vector.re, factor, -sign),
    };
    run.write(row, { vector: turned, weights });
  });
}

/** The same cross with its qubits in the other order. */
function turned({ first, second, outer, inner, kind }: Cross): Cross {
  const [a, b, c, d] = inner;
  return { kind, first: second, second: first, outer, inner: [d, c, b, a] };
}

function crossPieces(run: GroupRun, cross: Cross): Piece[] {
  const a = run.registerBit(cross.first);
  const b = run.registerBit(cross.second);
  if (a >= 0 && b >= 0) return crossRows(run, cross, 1 << a, 1 << b);
  if (a >= 0) return crossRowsAndLanes(run, cross, 1 << a);
  if (b >= 0) return crossRowsAndLanes(run, turned(cross), 1 << b);
  return crossLanes(run, cross);
}

function crossRows(run: GroupRun, { outer, inner }: Cross, a: number, b: number): Piece[] {
  const { arithmetic } = run;
  const result: Piece[] = [];
  const add = (x: number, y: number, matrix: TwoByTwo): void => {
    const lanes = arithmetic.sameMatrix(matrix);
    result.push({
      rows: [x, y],
      run: () => {
        const [p, q] = arithmetic.mix(run.read(x), run.read(y), lanes);
        run.write(x, p);
        run.write(y, q);
      },
    });
  };
  for (let row = 0; row < run.rowCount; row++) {
    if ((row & (a | b)) !== 0) continue;
    add(row, row | a | b, outer);
    add(row | a, row | b, inner);
  }
  return result;
}

/** `first` is the register bit `a`, `second` a lane. */
function crossRowsAndLanes(run: GroupRun, cross: Cross, a: number): Piece[] {
  const { outer, inner, second } = cross;
  const exchange = 1 << run.laneBit(second);
  const isOne = (lane: number): boolean => (lane & exchange) !== 0;
  const result: Piece[] = [];
  for (let low = 0; low < run.rowCount; low++) {
    if ((low & a) !== 0) continue;
    const high = low | a;
    const work = (): void => {
      const x = run.read(low);
      const y = run.read(high);
      const scaled = (weights: Lanes, by: (lane: number) => Pair): Lanes =>
        weights.map((weight, lane) => times(weight, by(lane)));
      const newLow = combineShuffled(
        run,
        { ...x, weights: scaled(x.weights, (lane) => (isOne(lane) ? inner[3] : outer[0])) },
        y.vector,
        scaled(exchanged(y.weights, exchange), (lane) => (isOne(lane) ? inner[2] : outer[1])),
        exchange,
      );
      const newHigh = combineShuffled(
        run,
        { ...y, weights: scaled(y.weights, (lane) => (isOne(lane) ? outer[3] : inner[0])) },
        x.vector,
        scaled(exchanged(x.weights, exchange), (lane) => (isOne(lane) ? outer[2] : inner[1])),
        exchange,
      );
      run.write(low, newLow);
      run.write(high, newHigh);
    };
    result.push({ rows: [low, high], run: work });
  }
  return result;
}

function crossLanes(run: GroupRun, { first, second, outer, inner }: Cross): Piece[] {
  const a = 1 << run.laneBit(first);
  const b = 1 << run.laneBit(second);
  const entries = (lane: number): readonly [Pair, Pair] => {
    const isFirst = (lane & a) !== 0;
    const isSecond = (lane & b) !== 0;
    if (isFirst && isSecond) return [outer[3], outer[2]];
    if (isFirst) return [inner[0], inner[1]];
    return isSecond ? [inner[3], inner[2]] : [outer[0], outer[1]];
  };
  return everyRow(run, (row) =>
    mixLanes(
      run,
      row,
      a | b,
      (lane) => entries(lane)[0],
      (lane) => entries(lane)[1],
    ),
  );
}
