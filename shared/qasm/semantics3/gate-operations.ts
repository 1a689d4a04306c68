import type { Control, GateOperation, Origin } from '../../circuit/circuit.ts';
import { evaluate, type Expression, numberOf } from '../../circuit/expression.ts';
import { foldedFormula, multipliedAngle, phaseOperations } from '../../circuit/global-phase.ts';
import { phasedPower, poweredGate, principalPhase } from './gate-powers.ts';

export type Modifier =
  | { readonly kind: 'pow'; readonly exponent: number }
  | { readonly kind: 'ctrl' | 'negctrl' };

/**
 * A call with its modifiers as operations of the circuit. In OpenQASM 3 `U`, `u2` and `u3` carry a
 * phase that the circuit's gates do not have; under controls it turns the controls. `qubits` begins
 * with the controls, in the order of the modifiers.
 */
export function gateOperations(
  call: {
    readonly name: string;
    readonly gate: string;
    readonly isUserDefined: boolean;
    readonly parameters: readonly Expression[];
    readonly modifiers: readonly Modifier[];
    readonly qubits: readonly number[];
    /** Whether a phase of the whole operation is written down, too. */
    readonly keepsPhases: boolean;
  },
  origin: Origin,
): GateOperation[] {
  const exponents: number[] = [];
  const controls: Control[] = [];
  for (const modifier of call.modifiers) {
    if (modifier.kind === 'pow') exponents.unshift(modifier.exponent);
    else {
      const qubit = call.qubits[controls.length] as number;
      controls.push({ qubit, value: modifier.kind === 'ctrl' ? 1 : 0 });
    }
  }
  const [first] = call.parameters;
  if (call.gate === 'gphase' && first !== undefined) {
    const angle = exponents.reduce<Expression>(
      (sum, exponent) =>
        multipliedAngle(Number.isInteger(exponent) ? sum : principalPhase(sum), exponent),
      first,
    );
    return phaseOperations(angle, controls, origin);
  }
  const { gate, parameters, power } = poweredGate(
    call.gate,
    call.parameters,
    exponents,
    call.isUserDefined,
  );
  if (power === 0) return [];
  const place = {
    qubits: call.qubits.slice(controls.length),
    ...(controls.length === 0 ? {} : { controls }),
  };
  const isSame = gate === call.gate && parameters === call.parameters;
  const phase = call.isUserDefined || !isSame ? null : extraPhase(call.name, call.parameters);
  const base: GateOperation = { kind: 'gate', gate, parameters, ...place, origin };
  const operation = power === 1 ? base : { ...base, power };
  if (phase === null) return [operation];
  const hasPhase = controls.length > 0 || call.keepsPhases;
  const whole = phasedPower(universalAngles(call.name, parameters), phase, power);
  if (whole !== null && !isPhaseAlone(whole, phase, parameters, power, call.name)) {
    const exact: GateOperation = { ...base, gate: 'u', parameters: whole.parameters };
    return hasPhase
      ? [...phaseOperations(numberOf(whole.phase), controls, origin), exact]
      : [exact];
  }
  if (!hasPhase) return [operation];
  return [...phaseOperations(multipliedAngle(phase, power), controls, origin), operation];
}

/** θ, φ and λ of U for the names that carry a phase. */
function universalAngles(name: string, parameters: readonly Expression[]): readonly Expression[] {
  return name === 'u2' ? [numberOf(Math.PI / 2), ...parameters] : parameters;
}

/** Whether the power of U alone differs from the exact one by the power of the phase alone. */
function isPhaseAlone(
  exact: { readonly parameters: readonly Expression[]; readonly phase: number },
  phase: Expression,
  parameters: readonly Expression[],
  power: number,
  name: string,
): boolean {
  const plain = phasedPower(universalAngles(name, parameters), numberOf(0), power);
  if (plain === null) return true;
  const turned = plain.phase + evaluate(phase) * power;
  const close = (a: number, b: number): boolean => Math.abs(Math.sin((a - b) / 2)) < 1e-9;
  return (
    close(turned, exact.phase) &&
    plain.parameters.every((one, i) => {
      const other = exact.parameters[i];
      return other !== undefined && close(evaluate(one), evaluate(other));
    })
  );
}

/** The phase that the gate has in OpenQASM 3 beyond that of the circuit's gate of the same name. */
export function extraPhase(name: string, parameters: readonly Expression[]): Expression | null {
  const [a, b, c] = parameters;
  const half = (sum: Expression, sign: 1 | -1): Expression => {
    const halved: Expression = { kind: 'binary', operator: '/', left: sum, right: numberOf(2) };
    return foldedFormula(sign === 1 ? halved : { kind: 'negate', operand: halved });
  };
  const total = (x: Expression, y: Expression): Expression => ({
    kind: 'binary',
    operator: '+',
    left: x,
    right: y,
  });
  if (name === 'U' && a !== undefined) return half(a, 1);
  if (name === 'u2' && a !== undefined && b !== undefined) return half(total(a, b), -1);
  if (name === 'u3' && b !== undefined && c !== undefined) return half(total(b, c), -1);
  return null;
}
