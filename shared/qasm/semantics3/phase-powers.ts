import { AppError } from '../../base/errors.ts';
import type { Control, GateOperation, Origin } from '../../circuit/circuit.ts';
import { type Expression, parametersIn } from '../../circuit/expression.ts';
import {
  multipliedAngle,
  openPhasePower,
  phaseOperations,
  principalPhase,
} from '../../circuit/global-phase.ts';

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
    : openPhasePower(current, open, controls, origin);
}
