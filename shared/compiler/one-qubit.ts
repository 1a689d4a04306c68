import { AppError } from '../base/errors.ts';
import { gate as callOf } from '../circuit/build.ts';
import type { GateOperation } from '../circuit/circuit.ts';
import { evaluate, type Expression, numberOf, parametersIn } from '../circuit/expression.ts';
import { quarterTurns } from '../circuit/formula-steps.ts';
import { foldedFormula } from '../circuit/global-phase.ts';
import { negative, part } from '../circuit/multi-control.ts';
import { hadamard } from '../gates/define.ts';
import { gateById } from '../gates/registry.ts';
import { eulerAnglesOf } from '../math/euler.ts';
import { distanceUpToPhase, type Matrix, multiplyMatrices } from '../math/matrix.ts';

/** Angles of U(θ, φ, λ); formulas where an angle is open. */
export interface Turn {
  readonly theta: Expression;
  readonly phi: Expression;
  readonly lambda: Expression;
}

/** Steps in the order of time: gate and angles. */
type Steps = readonly (readonly [gate: string, ...angles: Expression[]])[];

/** One way in which machines make any one-qubit gate. */
interface Style {
  readonly needs: readonly string[];
  readonly write: (turn: Turn, native: ReadonlySet<string>) => Steps;
}

const quarter = Math.PI / 2;
const tolerance = 1e-10;

function sum(a: Expression, b: Expression | number): Expression {
  const right = typeof b === 'number' ? numberOf(b) : b;
  if (right.kind === 'number' && right.value === 0) return a;
  return foldedFormula({ kind: 'binary', operator: '+', left: a, right });
}

function isNear(angle: Expression, value: number): boolean {
  if (parametersIn(angle).length > 0) return false;
  return Math.abs(Math.sin((evaluate(angle) - value) / 2)) < tolerance;
}

/** θ is a multiple of a whole turn: a rotation about z alone. */
function isAboutZ({ theta }: Turn): boolean {
  return isNear(theta, 0);
}

/** About z by φ + λ; a whole turn of θ is a sign, which nothing sees. */
function zAngle({ phi, lambda }: Turn): Expression {
  return sum(phi, lambda);
}

/** rz, or p, which is the same up to phase. */
function zName(native: ReadonlySet<string>): string {
  return native.has('rz') ? 'rz' : 'p';
}

/** rz(φ + a)·middle·rz(λ + b). */
const between =
  (a: number, b: number, middle: (theta: Expression) => Steps) =>
  (turn: Turn, native: ReadonlySet<string>): Steps => {
    const z = zName(native);
    if (isAboutZ(turn)) return [[z, zAngle(turn)]];
    return [[z, sum(turn.lambda, b)], ...middle(turn.theta), [z, sum(turn.phi, a)]];
  };

/** √X twice (McKay et al. 2017), or once or never where that is enough. */
function byRootX(turn: Turn, native: ReadonlySet<string>): Steps {
  const { theta, phi, lambda } = turn;
  const z = zName(native);
  if (isAboutZ(turn)) return [[z, zAngle(turn)]];
  if (isNear(theta, Math.PI) && native.has('x')) {
    return [['x'], [z, sum(sum(phi, negative(lambda)), Math.PI)]];
  }
  if (isNear(theta, quarter)) {
    return [[z, sum(lambda, -quarter)], ['sx'], [z, sum(phi, quarter)]];
  }
  if (isNear(theta, -quarter)) {
    return [[z, sum(lambda, quarter)], ['sx'], [z, sum(phi, -quarter)]];
  }
  return [[z, lambda], ['sx'], [z, sum(theta, Math.PI)], ['sx'], [z, sum(phi, Math.PI)]];
}

/** Equatorial turns alone (IonQ, "Getting started with native gates"). */
function byEquator(turn: Turn): Steps {
  const { theta, phi, lambda } = turn;
  const zero = numberOf(0);
  if (isAboutZ(turn)) {
    const angle = zAngle(turn);
    return isNear(angle, 0)
      ? []
      : [
          ['gpi', zero],
          ['gpi', part(angle, 2)],
        ];
  }
  if (isNear(theta, Math.PI)) {
    return [['gpi', part(sum(sum(phi, negative(lambda)), Math.PI), 2)]];
  }
  if (isNear(theta, quarter)) {
    if (isNear(sum(phi, lambda), 0)) return [['gpi2', sum(phi, quarter)]];
    return [
      ['gpi2', sum(negative(lambda), -quarter)],
      ['gpi', part(sum(sum(phi, negative(lambda)), -Math.PI), 2)],
    ];
  }
  return [
    ['gpi2', negative(lambda)],
    ['gpi', part(sum(sum(phi, negative(theta)), negative(lambda)), 2)],
    ['gpi2', phi],
  ];
}

/** Rotations about x and y: rz(α) is ry(π/2)·rx(−α)·ry(−π/2). */
function byXAndY(turn: Turn): Steps {
  const { theta, phi, lambda } = turn;
  const open = [theta, phi, lambda].some((one) => parametersIn(one).length > 0);
  if (open) {
    return [
      ['ry', numberOf(quarter)],
      ['rx', lambda],
      ['ry', theta],
      ['rx', phi],
      ['ry', numberOf(-quarter)],
    ];
  }
  // H turns x into z and y into −y.
  const angles = [theta, phi, lambda].map((one) => evaluate(one)) as [number, number, number];
  const u = gateById('u')?.matrix(angles) as Matrix;
  const inner = turnOf(multiplyMatrices(hadamard, multiplyMatrices(u, hadamard)));
  if (isAboutZ(inner)) return [['rx', zAngle(inner)]];
  return [
    ['rx', inner.lambda],
    ['ry', negative(inner.theta)],
    ['rx', inner.phi],
  ];
}

/** In order of preference: the first whose gates are all native is taken. */
const styles: readonly Style[] = [
  { needs: ['u'], write: ({ theta, phi, lambda }) => [['u', theta, phi, lambda]] },
  { needs: ['sx', 'rz'], write: byRootX },
  { needs: ['sx', 'p'], write: byRootX },
  ...['rz', 'p'].flatMap((z): Style[] => [
    { needs: ['rx', z], write: between(quarter, -quarter, (theta) => [['rx', theta]]) },
    { needs: ['ry', z], write: between(0, 0, (theta) => [['ry', theta]]) },
    {
      needs: ['h', z],
      write: between(quarter, -quarter, (theta) => [['h'], [z, theta], ['h']]),
    },
  ]),
  { needs: ['gpi', 'gpi2'], write: byEquator },
  { needs: ['rx', 'ry'], write: byXAndY },
];

/** The gates that any one-qubit gate can be made of; null where a basis has none. */
export function styleOf(native: ReadonlySet<string>): Style | null {
  return styles.find(({ needs }) => needs.every((name) => native.has(name))) ?? null;
}

/** The angles of a matrix, up to phase. */
export function turnOf(matrix: Matrix): Turn {
  const { theta, phi, lambda } = eulerAnglesOf(matrix);
  return { theta: numberOf(theta), phi: numberOf(phi), lambda: numberOf(lambda) };
}

/** A one-qubit gate with open angles as U; null for a gate that has no such formula. */
export function openTurnOf({ gate, parameters }: GateOperation): Turn | null {
  const [first, second, third] = parameters as [Expression, Expression, Expression];
  const zero = numberOf(0);
  const at = (angle: number) => numberOf(angle);
  switch (gate) {
    case 'rx':
      return { theta: first, phi: at(-quarter), lambda: at(quarter) };
    case 'ry':
      return { theta: first, phi: zero, lambda: zero };
    case 'rz':
    case 'p':
      return { theta: zero, phi: zero, lambda: first };
    case 'u':
    case 'U':
      return { theta: first, phi: second, lambda: third };
    case 'u2':
      return { theta: at(quarter), phi: first, lambda: second };
    case 'gpi':
      return { theta: at(Math.PI), phi: first, lambda: sum(negative(first), Math.PI) };
    case 'gpi2':
      return {
        theta: at(quarter),
        phi: sum(first, -quarter),
        lambda: sum(negative(first), quarter),
      };
    default:
      return null;
  }
}

/** A turn in native gates on a qubit; rotations by nothing are left out. */
export function writtenTurn(
  turn: Turn,
  qubit: number,
  native: ReadonlySet<string>,
): readonly GateOperation[] {
  const style = styleOf(native);
  if (style === null) throw noStyle(native);
  return style
    .write(turn, native)
    .filter(([name, angle]) => !(isZRotation(name) && angle !== undefined && isNear(angle, 0)))
    .map(([name, ...angles]) => callOf(name, [qubit], angles.map(tidied)));
}

/** A matrix in as few native gates as are known: none, one that is the same, or a turn. */
export function writtenMatrix(
  matrix: Matrix,
  qubit: number,
  native: ReadonlySet<string>,
): readonly GateOperation[] {
  const turn = turnOf(matrix);
  if (isAboutZ(turn) && isNear(zAngle(turn), 0)) return [];
  for (const name of native) {
    const gate = gateById(name);
    if (gate?.qubitCount !== 1 || gate.parameterNames.length > 0) continue;
    if (distanceUpToPhase(gate.matrix([]), matrix) < tolerance) return [callOf(gate.id, [qubit])];
  }
  return writtenTurn(turn, qubit, native);
}

/** Whether a gate turns about an axis by its one angle, so that neighbours add up. */
export function isRotation(name: string): boolean {
  return isZRotation(name) || name === 'rx' || name === 'ry';
}

function isZRotation(name: string): boolean {
  return name === 'rz' || name === 'p';
}

/** Two rotations about one axis as one; [] where they cancel. */
export function addedRotations(first: GateOperation, second: GateOperation): GateOperation[] {
  const angle = sum(first.parameters[0] as Expression, second.parameters[0] as Expression);
  return isNear(angle, 0) ? [] : [{ ...first, parameters: [tidied(angle)] }];
}

/** A number between −π and π, multiples of π/4 by their name; formulas stay. */
export function tidied(angle: Expression): Expression {
  if (parametersIn(angle).length > 0) return angle;
  const value = evaluate(angle);
  const turns = value - 2 * Math.PI * Math.ceil(value / (2 * Math.PI) - 0.5 - 1e-12);
  return quarterTurns(Math.abs(turns) < 1e-15 ? 0 : turns);
}

/** What is said where a set of gates is not enough. */
export function noStyle(native: ReadonlySet<string>): AppError {
  const known = styles.map(({ needs }) => needs.join(' + ')).join(', ');
  return new AppError(
    'bad-input',
    `The basis ${[...native].join(', ')} cannot make every gate on one qubit. Add one of: ${known}.`,
    { basis: [...native] },
  );
}
