import { AppError } from '../../base/errors.ts';
import { evaluate, type Expression, numberOf, parametersIn } from '../../circuit/expression.ts';
import { multipliedAngle } from '../../circuit/global-phase.ts';
import { gateById } from '../../gates/registry.ts';
import { universalMatrix } from '../../gates/define.ts';
import { eulerAnglesOf } from '../../math/euler.ts';
import { turnedBy } from '../../math/matrix.ts';
import { unitaryPower } from '../../math/unitary-power.ts';

/** A gate to one power, which may have become another gate; power 0 does nothing. */
export interface PoweredGate {
  readonly gate: string;
  readonly parameters: readonly Expression[];
  readonly power: number;
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
export function poweredGate(
  gate: string,
  parameters: readonly Expression[],
  exponents: readonly number[],
  isUserDefined: boolean,
): PoweredGate {
  let powered: PoweredGate = { gate, parameters, power: 1 };
  for (const exponent of exponents) {
    const isSimple = Number.isInteger(exponent) || Math.abs(powered.power) < 1;
    if (!isSimple && powered.power !== 1) powered = workedOut(powered, isUserDefined);
    powered = { ...powered, power: powered.power * exponent };
  }
  return powered;
}

/** The same without a power, where another gate says it. */
function workedOut({ gate, parameters, power }: PoweredGate, isUserDefined: boolean): PoweredGate {
  const known = isUserDefined ? null : gateById(gate);
  const [angle] = parameters;
  if (known !== null && Number.isInteger(power)) {
    if (known.isHermitian) return { gate, parameters, power: Math.abs(power % 2) };
    const turned = phases[known.id];
    if (turned !== undefined)
      return { gate: 'p', parameters: [numberOf(turned * power)], power: 1 };
  }
  if (known !== null && rotations.has(known.id) && angle !== undefined) {
    return { gate, parameters: [multipliedAngle(angle, power), ...parameters.slice(1)], power: 1 };
  }
  const isBound = parameters.every((one) => parametersIn(one).length === 0);
  if (known !== null && power === -1 && isBound) {
    const inverse = known.inverse(parameters.map((one) => evaluate(one)));
    return { gate: inverse.gate, parameters: inverse.parameters.map(numberOf), power: 1 };
  }
  // The inverse of a principal power is that of the inverse but for the eigenvalue −1.
  if (power === -1) return { gate, parameters, power };
  throw new AppError(
    'unsupported',
    `“${gate}” to the power ${power} cannot be raised to a broken power. Write it as one power, or declare a gate for the inner one.`,
    { gate, power },
  );
}

/**
 * e^{iφ}·U(θ, φ, λ) to a broken power: the phase belongs to the matrix whose principal power is
 * taken. Null where the power of U alone differs by the phase alone, or an angle is open.
 */
export function phasedPower(
  parameters: readonly Expression[],
  phase: Expression,
  power: number,
): { readonly parameters: readonly Expression[]; readonly phase: number } | null {
  const all = [...parameters, phase];
  if (Number.isInteger(power) || all.some((one) => parametersIn(one).length > 0)) return null;
  const [theta, phi, lambda, gamma] = all.map((one) => evaluate(one)) as [
    number,
    number,
    number,
    number,
  ];
  const matrix = turnedBy(universalMatrix(theta, phi, lambda), gamma);
  const angles = eulerAnglesOf(unitaryPower(matrix, power));
  return {
    parameters: [angles.theta, angles.phi, angles.lambda].map(numberOf),
    phase: angles.phase,
  };
}

/** Between −π and π, as the principal power takes it; open angles stay. */
export function principalPhase(angle: Expression): Expression {
  if (parametersIn(angle).length > 0) return angle;
  const value = evaluate(angle);
  return numberOf(value - 2 * Math.PI * Math.ceil(value / (2 * Math.PI) - 0.5));
}
