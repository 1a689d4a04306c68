import { AppError } from '../../base/errors.ts';
import type { Control, GateOperation, Origin } from '../../circuit/circuit.ts';
import { type Expression, parametersIn } from '../../circuit/expression.ts';
import { multipliedAngle, phaseOperations, principalPhase } from '../../circuit/global-phase.ts';

/** `gphase` under powers (the innermost first) and controls. */
export function phasePower(
  angle: Expression,
  exponents: readonly number[],
  controls: readonly Control[],
  origin: Origin,
): GateOperation[] {
  let current = angle;
  let open = 1;
  for (const exponent of exponents) {
    const isOpen = parametersIn(current).length > 0;
    if (Number.isInteger(exponent) && open === 1) current = multipliedAngle(current, exponent);
    else if (!isOpen) current = multipliedAngle(principalPhase(current), exponent);
    else if (Number.isInteger(exponent) || Math.abs(open) <= 1) open *= exponent;
    else {
      const message = `“gphase” with an open angle to the power ${open} cannot be raised to the broken power ${exponent}. Write it as one power.`;
      throw new AppError('unsupported', message, { power: open });
    }
  }
  return open === 1
    ? phaseOperations(current, controls, origin)
    : openPower(current, open, controls, origin);
}

/** The principal power of an angle that is not known yet is taken when it is. */
function openPower(
  angle: Expression,
  power: number,
  controls: readonly Control[],
  origin: Origin,
): GateOperation[] {
  if (controls.length === 0) {
    return [{ kind: 'gate', gate: 'gphase', parameters: [angle], qubits: [], power, origin }];
  }
  const target = controls.findLast(({ value }) => value === 1);
  if (target === undefined) {
    const message =
      'A broken power of “gphase” with an open angle needs a control that is 1. Give the angle a value.';
    throw new AppError('unsupported', message, { power });
  }
  const rest = controls.filter((one) => one !== target);
  const under = rest.length === 0 ? {} : { controls: rest };
  return [
    {
      kind: 'gate',
      gate: 'p',
      parameters: [angle],
      qubits: [target.qubit],
      ...under,
      power,
      origin,
    },
  ];
}
