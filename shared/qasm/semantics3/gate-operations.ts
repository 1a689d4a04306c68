import type { Control, GateOperation, Origin } from '../../circuit/circuit.ts';
import { type Expression, numberOf } from '../../circuit/expression.ts';
import { foldedFormula, multipliedAngle, phaseOperations } from '../../circuit/global-phase.ts';

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
  let power = 1;
  const controls: Control[] = [];
  for (const modifier of call.modifiers) {
    if (modifier.kind === 'pow') power *= modifier.exponent;
    else {
      const qubit = call.qubits[controls.length] as number;
      controls.push({ qubit, value: modifier.kind === 'ctrl' ? 1 : 0 });
    }
  }
  const [first] = call.parameters;
  if (call.gate === 'gphase' && first !== undefined) {
    return phaseOperations(multipliedAngle(first, power), controls, origin);
  }
  const operation: GateOperation = {
    kind: 'gate',
    gate: call.gate,
    parameters: call.parameters,
    qubits: call.qubits.slice(controls.length),
    ...(controls.length === 0 ? {} : { controls }),
    ...(power === 1 ? {} : { power }),
    origin,
  };
  const phase = call.isUserDefined ? null : extraPhase(call.name, call.parameters);
  if (phase === null || (controls.length === 0 && !call.keepsPhases)) return [operation];
  return [...phaseOperations(multipliedAngle(phase, power), controls, origin), operation];
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
