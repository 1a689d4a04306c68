import { type Expression, numberOf } from '../../circuit/expression.ts';
import { foldedFormula } from '../../circuit/global-phase.ts';

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

/** θ, φ and λ of the circuit's U for the names that carry a phase. */
export function universalAngles(
  name: string,
  parameters: readonly Expression[],
): readonly Expression[] {
  return name === 'u2' ? [numberOf(Math.PI / 2), ...parameters] : parameters;
}
