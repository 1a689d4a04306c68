import type { GroupRun, Piece } from './group-run.ts';
import type { Factor, Part, Vector } from './vector-code.ts';

/** The angle brought to [−π, π]: a whole turn is −1 to a half-angle rotation, which `bindAngles` keeps. */
export function reducedAngle(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

const quarterTangent = (angle: number): number => Math.tan(reducedAngle(angle) / 4);
const halfSine = (angle: number): number => Math.sin(reducedAngle(angle) / 2);
const halfCosine = (angle: number): number => Math.cos(reducedAngle(angle) / 2);

function splat(run: GroupRun, slot: number, name: string, of: (angle: number) => number): Factor {
  const at = run.arithmetic.table.open(slot, name, 1, (angle) => [of(angle)]);
  return { kind: 'splat', at };
}

function perLane(
  run: GroupRun,
  slot: number,
  name: string,
  of: (angle: number, lane: number) => number,
): Factor {
  const lanes = Array.from({ length: run.laneCount }, (_, lane) => lane);
  const at = run.arithmetic.table.open(slot, name, lanes.length, (angle) =>
    lanes.map((lane) => of(angle, lane)),
  );
  return { kind: 'lanes', at };
}

/** A rotation about an axis by an open angle; about z as diag(1, exp(iθ)). */
export function openTurnPieces(
  run: GroupRun,
  axis: 'x' | 'y' | 'z',
  qubit: number,
  slot: number,
): Piece[] {
  const bit = run.registerBit(qubit);
  const rows = Array.from({ length: run.rowCount }, (_, row) => row);
  if (bit < 0) {
    const lane = run.laneBit(qubit);
    return rows.map((row) => ({ rows: [row], run: () => turnLanes(run, row, axis, lane, slot) }));
  }
  const highs = rows.filter((row) => ((row >> bit) & 1) === 1);
  if (axis === 'z') {
    return highs.map((row) => ({ rows: [row], run: () => turnPhase(run, row, slot) }));
  }
  return highs.map((high) => {
    const low = high ^ (1 << bit);
    return { rows: [low, high], run: () => shear(run, low, high, axis, slot) };
  });
}

function turnPhase(run: GroupRun, row: number, slot: number): void {
  const cos = splat(run, slot, 'cos', Math.cos);
  const sin = splat(run, slot, 'sin', Math.sin);
  const { vector, weights } = run.read(row);
  run.write(row, { vector: turnVector(run, vector, cos, sin), weights });
}

/** (cos + i·sin)·v. */
function turnVector(run: GroupRun, { re, im }: Vector, cos: Factor, sin: Factor): Vector {
  const { code } = run;
  return {
    re: code.multiplyAdd(code.multiply(re, cos), im, sin, -1),
    im: code.multiplyAdd(code.multiply(im, cos), re, sin, 1),
  };
}

/** A rotation of (x, y) by three shears, which needs no copy: x −= t·y, y += s·x, x −= t·y. */
function rotate(
  run: GroupRun,
  [x, y]: readonly [Part, Part],
  tangent: Factor,
  sine: Factor,
  sign: 1 | -1,
): readonly [Part, Part] {
  const { code } = run;
  const once = code.multiplyAdd(x, y, tangent, -sign);
  const other = code.multiplyAdd(y, once, sine, sign);
  return [code.multiplyAdd(once, other, tangent, -sign), other];
}

function shear(run: GroupRun, low: number, high: number, axis: 'x' | 'y', slot: number): void {
  const tangent = splat(run, slot, 'tan/4', quarterTangent);
  const sine = splat(run, slot, 'sin/2', halfSine);
  const [common] = run.weights(low) as readonly [readonly [number, number]];
  const a = run.normalise(low, common);
  const b = run.normalise(high, common);
  // RY turns (a, b) part by part; RX turns (Re a, Im b) backwards and (Im a, Re b) forwards.
  if (axis === 'y') {
    const [aRe, bRe] = rotate(run, [a.vector.re, b.vector.re], tangent, sine, 1);
    const [aIm, bIm] = rotate(run, [a.vector.im, b.vector.im], tangent, sine, 1);
    run.write(low, { vector: { re: aRe, im: aIm }, weights: a.weights });
    run.write(high, { vector: { re: bRe, im: bIm }, weights: b.weights });
    return;
  }
  const [aRe, bIm] = rotate(run, [a.vector.re, b.vector.im], tangent, sine, -1);
  const [aIm, bRe] = rotate(run, [a.vector.im, b.vector.re], tangent, sine, 1);
  run.write(low, { vector: { re: aRe, im: aIm }, weights: a.weights });
  run.write(high, { vector: { re: bRe, im: bIm }, weights: b.weights });
}

function turnLanes(
  run: GroupRun,
  row: number,
  axis: 'x' | 'y' | 'z',
  bit: number,
  slot: number,
): void {
  const mask = 1 << bit;
  const isOne = (lane: number): boolean => (lane & mask) !== 0;
  const { code } = run;
  if (axis === 'z') {
    const { vector, weights } = run.read(row);
    const cos = perLane(run, slot, `cos lane ${bit}`, (angle, lane) =>
      isOne(lane) ? Math.cos(angle) : 1,
    );
    const sin = perLane(run, slot, `sin lane ${bit}`, (angle, lane) =>
      isOne(lane) ? Math.sin(angle) : 0,
    );
    run.write(row, { vector: turnVector(run, vector, cos, sin), weights });
    return;
  }
  const [common] = run.weights(row) as readonly [readonly [number, number]];
  const { vector, weights } = run.normalise(row, common);
  const other = code.shuffle(vector, mask);
  const cos = splat(run, slot, 'cos/2', halfCosine);
  const own = { re: code.multiply(vector.re, cos), im: code.multiply(vector.im, cos) };
  if (axis === 'y') {
    const sin = perLane(run, slot, `±sin/2 lane ${bit}`, (angle, lane) =>
      isOne(lane) ? halfSine(angle) : -halfSine(angle),
    );
    const re = code.multiplyAdd(own.re, other.re, sin, 1);
    const im = code.multiplyAdd(own.im, other.im, sin, 1);
    run.write(row, { vector: { re, im }, weights });
    return;
  }
  const sin = splat(run, slot, 'sin/2', halfSine);
  const re = code.multiplyAdd(own.re, other.im, sin, 1);
  const im = code.multiplyAdd(own.im, other.re, sin, -1);
  run.write(row, { vector: { re, im }, weights });
}

/** exp(−i·θ/2·ZZ) for an open θ. */
export function openZzPieces(run: GroupRun, qubits: readonly number[], slot: number): Piece[] {
  const outside = qubits.filter((qubit) => !run.isInside(qubit));
  const lanes = qubits.filter((qubit) => run.laneBit(qubit) >= 0);
  const registers = qubits.filter((qubit) => run.registerBit(qubit) >= 0);
  const factorOf = (name: string, of: (angle: number) => number): Factor => {
    const factor =
      lanes.length === 0
        ? splat(run, slot, name, of)
        : perLane(run, slot, `${name} lanes ${lanes.join()}`, (angle, lane) => {
            const ones = lanes.filter((qubit) => run.bitOf(qubit, 0, lane) === 1).length;
            return ones % 2 === 0 ? of(angle) : -of(angle);
          });
    if (outside.length === 0) return factor;
    return run.ahead.of({ kind: 'signed', factor, qubits: outside });
  };
  const tangent = factorOf('tan/4', quarterTangent);
  const sine = factorOf('sin/2', halfSine);
  return Array.from({ length: run.rowCount }, (_, row) => ({
    rows: [row],
    run: () => {
      const ones = registers.filter((qubit) => run.bitOf(qubit, row, 0) === 1).length;
      const { vector, weights } = run.read(row);
      // exp(−iφ) turns (Re, Im) backwards by φ.
      const [re, im] = rotate(run, [vector.re, vector.im], tangent, sine, ones % 2 === 0 ? -1 : 1);
      run.write(row, { vector: { re, im }, weights });
    },
  }));
}
