import type { Control, GateOperation, Origin } from './circuit.ts';
import { evaluate, type Expression, numberOf, parametersIn } from './expression.ts';

/** e^{i·angle} where the controls hold, as phase gates on the controls; `gphase` where there are none. */
export function phaseOperations(
  angle: Expression,
  controls: readonly Control[],
  origin?: Origin,
): GateOperation[] {
  const target = controls.at(-1);
  const place = origin === undefined ? {} : { origin };
  if (target === undefined) {
    return [{ kind: 'gate', gate: 'gphase', parameters: [angle], qubits: [], ...place }];
  }
  const rest = controls.slice(0, -1);
  const onTarget = target.value === 1 ? angle : foldedFormula({ kind: 'negate', operand: angle });
  const operation: GateOperation = {
    kind: 'gate',
    gate: 'p',
    parameters: [onTarget],
    qubits: [target.qubit],
    ...(rest.length === 0 ? {} : { controls: rest }),
    ...place,
  };
  return target.value === 1 ? [operation] : [operation, ...phaseOperations(angle, rest, origin)];
}

/** The circuit's U by the name that no program can give to a gate of its own. */
export const universalName = 'U';

/** A phase gate in the words of U, for circuits that have a gate of their own by the name of `p`. */
export function asUniversal(operation: GateOperation): GateOperation {
  if (operation.gate !== 'p') return operation;
  const parameters = [numberOf(0), numberOf(0), ...operation.parameters];
  return { ...operation, gate: universalName, parameters };
}

/** Between −π and π, as the principal power takes it; open angles stay. */
export function principalPhase(angle: Expression): Expression {
  if (parametersIn(angle).length > 0) return angle;
  const value = evaluate(angle);
  return numberOf(value - 2 * Math.PI * Math.ceil(value / (2 * Math.PI) - 0.5));
}

/** The principal power of a phase whose angle is not known yet: it is taken when it is. */
export function openPhasePower(
  angle: Expression,
  power: number,
  controls: readonly Control[],
  origin?: Origin,
): GateOperation[] {
  const place = origin === undefined ? {} : { origin };
  const parameters = [angle];
  const target = controls.findLast(({ value }) => value === 1) ?? controls.at(-1);
  if (target === undefined) {
    return [{ kind: 'gate', gate: 'gphase', parameters, qubits: [], power, ...place }];
  }
  const rest = controls.filter((one) => one !== target);
  const under = rest.length === 0 ? {} : { controls: rest };
  const qubits = [target.qubit];
  const turn: GateOperation = {
    kind: 'gate',
    gate: 'p',
    parameters,
    qubits,
    ...under,
    power,
    ...place,
  };
  if (target.value === 1) return [turn];
  // X by the language's own U, whatever the program calls x.
  const half = [Math.PI, 0, Math.PI].map(numberOf);
  const flip: GateOperation = {
    kind: 'gate',
    gate: universalName,
    parameters: half,
    qubits,
    ...place,
  };
  return [flip, turn, flip];
}

/** factor · angle. */
export function multipliedAngle(angle: Expression, factor: number): Expression {
  if (factor === 1) return angle;
  return foldedFormula({ kind: 'binary', operator: '*', left: numberOf(factor), right: angle });
}

/** The number where nothing is free in the formula. */
export function foldedFormula(expression: Expression): Expression {
  return parametersIn(expression).length > 0 ? expression : numberOf(evaluate(expression));
}
