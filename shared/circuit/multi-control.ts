import { gate } from './build.ts';
import type { GateOperation } from './circuit.ts';
import { evaluate, type Expression, numberOf, parametersIn } from './expression.ts';
import { foldedFormula } from './global-phase.ts';

/**
 * X on `target` where all controls are 1, in cx and ccx. `spare` qubits may be in any state and are
 * given back in it (Barenco et al. 1995, lemmas 7.2 and 7.3); with none, phases do it, O(n²) gates.
 */
export function multiControlledX(
  controls: readonly number[],
  target: number,
  spare: readonly number[],
): GateOperation[] {
  const [first, second] = controls;
  if (first === undefined) return [gate('x', [target])];
  if (second === undefined) return [gate('cx', [first, target])];
  if (controls.length === 2) return [gate('ccx', [first, second, target])];
  if (spare.length >= controls.length - 2) return chainOf(controls, target, spare);
  const [helper] = spare;
  if (helper === undefined) {
    const phases = multiControlledPhase(controls, target, numberOf(Math.PI), spare);
    return [gate('h', [target]), ...phases, gate('h', [target])];
  }
  // Each half borrows the wires of the other.
  const middle = Math.ceil(controls.length / 2);
  const [low, high] = [controls.slice(0, middle), controls.slice(middle)];
  const toHelper = multiControlledX(low, helper, [...high, target]);
  const fromHelper = multiControlledX([...high, helper], target, low);
  return [...toHelper, ...fromHelper, ...toHelper, ...fromHelper];
}

/** With a spare qubit for all controls but two: 4(n − 2) ccx. */
function chainOf(
  controls: readonly number[],
  target: number,
  spare: readonly number[],
): GateOperation[] {
  const count = controls.length - 2;
  const wires = [...spare.slice(0, count), target];
  const links = wires.map((to, i) =>
    gate('ccx', [
      i === 0 ? (controls[0] as number) : (wires[i - 1] as number),
      controls[i + 1] as number,
      to,
    ]),
  );
  const down = links.toReversed();
  const up = links.slice(1);
  const inner = down.slice(1);
  // Down, up, and once more without the outermost link: the spare qubits come back as they were.
  return [...down, ...up, ...inner, ...links.slice(1, -1)];
}

/** e^{i·angle} where the controls and the target are all 1. */
export function multiControlledPhase(
  controls: readonly number[],
  target: number,
  angle: Expression,
  spare: readonly number[],
): GateOperation[] {
  const last = controls.at(-1);
  if (last === undefined) return [gate('p', [target], [angle])];
  const rest = controls.slice(0, -1);
  if (rest.length === 0) return [gate('cp', [last, target], [angle])];
  const half = part(angle, 2);
  const flips = multiControlledX(rest, last, [target, ...spare]);
  return [
    gate('cp', [last, target], [half]),
    ...flips,
    gate('cp', [last, target], [negative(half)]),
    ...flips,
    ...multiControlledPhase(rest, target, half, [last, ...spare]),
  ];
}

/** angle / divisor. */
export function part(angle: Expression, divisor: number): Expression {
  return foldedFormula({ kind: 'binary', operator: '/', left: angle, right: numberOf(divisor) });
}

export function negative(angle: Expression): Expression {
  if (parametersIn(angle).length === 0) return numberOf(-evaluate(angle));
  return angle.kind === 'negate' ? angle.operand : { kind: 'negate', operand: angle };
}
