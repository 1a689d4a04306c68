import { AppError } from '../../base/errors.ts';
import { gate as callOf } from '../../circuit/build.ts';
import type { GateOperation } from '../../circuit/circuit.ts';
import { evaluate, type Expression, numberOf, parametersIn } from '../../circuit/expression.ts';
import { formulaInverse } from '../../circuit/formula-steps.ts';
import { multipliedAngle } from '../../circuit/global-phase.ts';
import { gateById } from '../../gates/registry.ts';
import { synthesise } from '../../gates/synthesis.ts';
import { distance, type Matrix, turnedBy } from '../../math/matrix.ts';
import { unitaryPower } from '../../math/unitary-power.ts';
import { universalAngles } from './gate-phases.ts';
import type { GateSymbol } from './program-steps.ts';

/** A gate to one power, which may have become another gate; power 0 does nothing. */
interface PoweredGate {
  readonly gate: string;
  readonly parameters: readonly Expression[];
  readonly power: number;
}

/** A call under several powers, at least one of them no whole number. */
interface PoweredCall {
  readonly symbol: GateSymbol;
  readonly parameters: readonly Expression[];
  /** The innermost first. */
  readonly exponents: readonly number[];
  /** The phase that its name has beyond the circuit's gate. */
  readonly extra: Expression | null;
}

/** Steps on the gate's own qubits and the phase that they leave out. */
interface PoweredSteps {
  readonly steps: readonly GateOperation[];
  readonly phase: Expression;
}

/**
 * What a call under broken powers does, phase included. Each power is the principal one of all that
 * stands inside it; where no single power of the gate is the same, its matrix is written out.
 */
export function operationsUnderPowers(call: PoweredCall): PoweredSteps {
  const { symbol, parameters, exponents, extra } = call;
  if (parameters.some((one) => parametersIn(one).length > 0)) return openPowers(call);
  if (extra === null && areSimple(exponents)) {
    return {
      steps: stepOf(symbol, poweredGate(symbol, parameters, exponents)),
      phase: numberOf(0),
    };
  }
  const key = `${exponents.join()}|${parameters.map((one) => evaluate(one)).join()}`;
  let known = results.get(symbol);
  if (known === undefined || known.size > 100) results.set(symbol, (known = new Map()));
  let result = known.get(key);
  if (result === undefined) known.set(key, (result = closedPowers(call)));
  return result;
}

/** Matrices are costly, and a loop asks for the same one again and again. */
const results = new WeakMap<GateSymbol, Map<string, PoweredSteps>>();

/** Whether the powers may be multiplied: no eigenphase leaves (−π, π] before a broken power. */
function areSimple(exponents: readonly number[]): boolean {
  let power = 1;
  for (const exponent of exponents) {
    if (!Number.isInteger(exponent) && power !== 1 && Math.abs(power) >= 1) return false;
    power *= exponent;
  }
  return true;
}

function closedPowers({ symbol, parameters, exponents, extra }: PoweredCall): PoweredSteps {
  const angles = parameters.map((one) => evaluate(one));
  const base = matrixOf(symbol, angles);
  const phase = extra === null ? 0 : evaluate(extra);
  const wanted = exponents.reduce(unitaryPower, turnedBy(base, phase));
  const powered = extra === null ? tryPowered(symbol, parameters, exponents) : null;
  if (powered !== null && isSameMatrix(powered, wanted)) {
    return { steps: stepOf(symbol, powered), phase: numberOf(0) };
  }
  const power = exponents.reduce((product, one) => product * one, 1);
  const single = turnedBy(unitaryPower(base, power), phase * power);
  if (distance(single, wanted) < 1e-9) {
    const steps = stepOf(symbol, { gate: symbol.gate, parameters, power });
    return { steps, phase: numberOf(phase * power) };
  }
  const made = synthesise(wanted);
  return {
    steps: made.steps.map((step) => callOf(step.gate, step.qubits, step.parameters)),
    phase: numberOf(made.phase),
  };
}

/** e^{iγ}·U with open angles is a gate of its own: its principal power is taken when they are known. */
function openPowers({ symbol, parameters, exponents, extra }: PoweredCall): PoweredSteps {
  const gate = extra === null ? symbol.gate : 'phased_u';
  const angles = extra === null ? parameters : [...universalAngles(symbol.name, parameters), extra];
  const base: GateSymbol = { ...symbol, gate };
  return { steps: stepOf(base, poweredGate(base, angles, exponents)), phase: numberOf(0) };
}

function stepOf({ qubitCount }: GateSymbol, { gate, parameters, power }: PoweredGate) {
  if (power === 0) return [];
  const qubits = Array.from({ length: qubitCount }, (_, i) => i);
  const step: GateOperation = { kind: 'gate', gate, parameters, qubits };
  return [power === 1 ? step : { ...step, power }];
}

function matrixOf({ gate, matrix }: GateSymbol, angles: readonly number[]): Matrix {
  const found = matrix?.(angles) ?? gateById(gate)?.matrix(angles);
  if (found !== undefined) return found;
  throw new AppError('bad-input', `There is no gate “${gate}”. Declare it first.`, { gate });
}

/** Null where no one gate to one power says it. */
function tryPowered(
  symbol: GateSymbol,
  parameters: readonly Expression[],
  exponents: readonly number[],
): PoweredGate | null {
  if (symbol.isUserDefined) return null;
  try {
    return poweredGate(symbol, parameters, exponents);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function isSameMatrix({ gate, parameters, power }: PoweredGate, wanted: Matrix): boolean {
  const known = gateById(gate);
  if (known === null) return false;
  const matrix = known.matrix(parameters.map((one) => evaluate(one)));
  return distance(unitaryPower(matrix, power), wanted) < 1e-9;
}

const rotations: ReadonlySet<string> = new Set('crx cry crz cp p rx rxx ry ryy rz rzz'.split(' '));

/** Angle of the phase gate that each is. */
const phases: Readonly<Record<string, number>> = {
  s: Math.PI / 2,
  sdg: -Math.PI / 2,
  t: Math.PI / 4,
  tdg: -Math.PI / 4,
};

/**
 * Powers one after the other, the innermost first. A whole power of a power multiplies; a broken one
 * is the principal power of what came before (OpenQASM 3), so that is worked out first:
 * pow(0.5) @ pow(2) @ x is nothing, and pow(0.5) @ inv @ z is s.
 */
function poweredGate(
  symbol: GateSymbol,
  parameters: readonly Expression[],
  exponents: readonly number[],
): PoweredGate {
  const { gate } = symbol;
  let powered: PoweredGate = { gate, parameters, power: 1 };
  for (const exponent of exponents) {
    const isSimple = Number.isInteger(exponent) || Math.abs(powered.power) < 1;
    if (!isSimple && powered.power !== 1) powered = workedOut(powered, symbol);
    powered = { ...powered, power: powered.power * exponent };
  }
  return powered;
}

/** The same without a power, where another gate says it. */
function workedOut(
  { gate, parameters, power }: PoweredGate,
  { name, isUserDefined }: GateSymbol,
): PoweredGate {
  const known = isUserDefined ? null : gateById(gate);
  const [angle] = parameters;
  if (known !== null && Number.isInteger(power)) {
    if (known.isHermitian) return { gate, parameters, power: Math.abs(power % 2) };
    const turned = phases[known.id];
    if (turned !== undefined)
      return { gate: 'p', parameters: [numberOf(turned * power)], power: 1 };
  }
  // A broken power of a rotation depends on its whole turns, which an open angle hides.
  const isWhole = Number.isInteger(power);
  if (known !== null && isWhole && rotations.has(known.id) && angle !== undefined) {
    return { gate, parameters: [multipliedAngle(angle, power), ...parameters.slice(1)], power: 1 };
  }
  if (known !== null && power === -1) {
    const inverse = formulaInverse(known, parameters);
    return { gate: inverse.gate, parameters: inverse.parameters, power: 1 };
  }
  throw new AppError(
    'unsupported',
    `“${name}” to the power ${power} cannot be raised to a broken power. Write it as one power, or declare a gate for the inner one.`,
    { gate, power },
  );
}
