import type { Gate } from '../gates/gate.ts';
import { embed } from '../gates/product.ts';
import { gateById } from '../gates/registry.ts';
import { identity, type Matrix, multiplyMatrices } from '../math/matrix.ts';
import { evaluate, type Expression, numberOf, parametersIn } from './expression.ts';
import { foldedFormula } from './global-phase.ts';

/** A step of a decomposition with formulas as angles; qubits are places in the gate's own list. */
interface FormulaStep {
  readonly gate: string;
  readonly parameters: readonly Expression[];
  readonly qubits: readonly number[];
}

/**
 * The registry's decomposition of a gate under formulas, and the phase by which it falls short of
 * the gate's own matrix; null where it has none. Every angle in the registry's decompositions is a
 * sum of multiples of the gate's own ones (a test holds them to it), so a few values tell the formula.
 */
export function formulaSteps(
  gate: Gate,
  parameters: readonly Expression[],
): { readonly steps: readonly FormulaStep[]; readonly phase: Expression } | null {
  const decompose = gate.decomposition;
  if (decompose === null) return null;
  const shape = decompose(parameters.map(() => 0));
  const counts = shape.map((step) => step.parameters.length);
  const angles = formulasOf(
    (values) => decompose(values).flatMap((step) => step.parameters),
    parameters,
  );
  let from = 0;
  const steps = shape.map(({ gate: name, qubits }, i) => {
    const own = angles.slice(from, from + (counts[i] as number));
    from += own.length;
    return { gate: name, qubits, parameters: own };
  });
  const [phase] = formulasOf((values) => [missingPhase(gate, values)], parameters, smallStep);
  return { steps, phase: phase ?? numberOf(0) };
}

/** The inverse of a gate under formulas. */
export function formulaInverse(
  gate: Gate,
  parameters: readonly Expression[],
): { readonly gate: string; readonly parameters: readonly Expression[] } {
  const inverse = gate.inverse(parameters.map(() => 0));
  return {
    gate: inverse.gate,
    parameters: formulasOf((values) => gate.inverse(values).parameters, parameters),
  };
}

/** A phase is known up to whole turns only, so its slope is taken from a short way. */
const smallStep = 1 / 64;

/** What `compute`, a sum of multiples of its arguments, gives for formulas. */
function formulasOf(
  compute: (values: readonly number[]) => readonly number[],
  parameters: readonly Expression[],
  stride = 1,
): readonly Expression[] {
  if (parameters.every((one) => parametersIn(one).length === 0)) {
    return compute(parameters.map((one) => evaluate(one))).map(numberOf);
  }
  const zero = parameters.map(() => 0);
  const base = compute(zero);
  const slopes = parameters.map((_, i) => compute(zero.with(i, stride)));
  return base.map((constant, k) => {
    let sum: Expression | null = constant === 0 ? null : quarterTurns(constant);
    for (const [i, parameter] of parameters.entries()) {
      const slope = ((slopes[i]?.[k] ?? 0) - constant) / stride;
      // Factors are halves and quarters; rounding in a phase must not make others of them.
      sum = added(sum, Math.round(slope * 16) / 16, parameter);
    }
    return sum ?? numberOf(0);
  });
}

function added(sum: Expression | null, factor: number, parameter: Expression): Expression | null {
  if (factor === 0) return sum;
  const size = Math.abs(factor);
  const term: Expression =
    size === 1
      ? parameter
      : Number.isInteger(1 / size)
        ? { kind: 'binary', operator: '/', left: parameter, right: numberOf(1 / size) }
        : { kind: 'binary', operator: '*', left: numberOf(size), right: parameter };
  const folded = foldedFormula(term);
  if (sum === null) return factor > 0 ? folded : foldedFormula({ kind: 'negate', operand: folded });
  const operator = factor > 0 ? '+' : '-';
  return foldedFormula({ kind: 'binary', operator, left: sum, right: folded });
}

/** An angle, multiples of π/4 by their name. */
export function quarterTurns(angle: number): Expression {
  const quarters = (angle * 4) / Math.PI;
  const whole = Math.round(quarters);
  if (whole === 0 || Math.abs(quarters - whole) > 1e-12) return numberOf(angle);
  const pi: Expression = { kind: 'constant', name: 'pi' };
  const [top, bottom] =
    whole % 4 === 0 ? [whole / 4, 1] : whole % 2 === 0 ? [whole / 2, 2] : [whole, 4];
  const multiple: Expression =
    Math.abs(top) === 1
      ? pi
      : { kind: 'binary', operator: '*', left: numberOf(Math.abs(top)), right: pi };
  const size: Expression =
    bottom === 1
      ? multiple
      : { kind: 'binary', operator: '/', left: multiple, right: numberOf(bottom) };
  return top > 0 ? size : { kind: 'negate', operand: size };
}

/** arg of tr(D†·U) for the matrix D of the decomposition: both are equal up to this phase. */
function missingPhase(gate: Gate, values: readonly number[]): number {
  const product = (gate.decomposition?.(values) ?? []).reduce<Matrix>(
    (done, step) => {
      const used = gateById(step.gate);
      if (used === null || step.qubits.length === 0) return done;
      const matrix = embed(used.matrix(step.parameters), step.qubits, gate.qubitCount);
      return multiplyMatrices(matrix, done);
    },
    identity(1 << gate.qubitCount),
  );
  const matrix = gate.matrix(values);
  let [re, im] = [0, 0];
  for (let k = 0; k < matrix.re.length; k++) {
    const [a, b] = [product.re[k] as number, product.im[k] as number];
    const [c, d] = [matrix.re[k] as number, matrix.im[k] as number];
    re += a * c + b * d;
    im += a * d - b * c;
  }
  const phase = Math.atan2(im, re);
  return Math.abs(phase) < 1e-12 ? 0 : phase;
}
