import { type Matrix, zeros } from '#shared/math/matrix.ts';
import type { CircuitStep, GateStep } from './gate-step.ts';

/** How far the second CX of a pair is looked for. */
const horizon = 400;
const unitTolerance = 1e-9;

/**
 * CX·D·CX with a diagonal D on the target is a phase of the parity of both qubits: RZZ, as OpenQASM 2
 * writes it. The pair of CX goes, D becomes diagonal on two qubits.
 */
export function mergeParityPhases(steps: readonly CircuitStep[]): CircuitStep[] {
  const result: (CircuitStep | null)[] = [...steps];
  for (let i = 0; i < result.length; i++) {
    const step = result[i];
    const pair = step?.kind === 'fixed' ? cxOf(step.step) : null;
    if (pair === null || pair === undefined) continue;
    const found = closingPair(result, i, pair);
    if (found === null) continue;
    for (const at of found.phases) result[at] = onParity(result[at] as CircuitStep, pair);
    result[i] = null;
    result[found.end] = null;
  }
  return result.filter((step) => step !== null);
}

interface Pair {
  readonly control: number;
  readonly target: number;
}

function cxOf({ matrix, targets, controls }: GateStep): Pair | null {
  if (targets.length !== 1 || controls.length !== 1 || matrix.size !== 2) return null;
  const isX =
    matrix.re[0] === 0 &&
    matrix.re[1] === 1 &&
    matrix.re[2] === 1 &&
    matrix.re[3] === 0 &&
    matrix.im.every((x) => x === 0);
  return isX ? { control: controls[0] as number, target: targets[0] as number } : null;
}

/** The matching CX and the phases on the target before it; null where something else stands between. */
function closingPair(
  steps: readonly (CircuitStep | null)[],
  start: number,
  { control, target }: Pair,
): { readonly phases: readonly number[]; readonly end: number } | null {
  const phases: number[] = [];
  const last = Math.min(steps.length, start + horizon);
  for (let j = start + 1; j < last; j++) {
    const one = steps[j];
    if (one === null || one === undefined) continue;
    const wires = wiresOf(one);
    const touchesTarget = wires.includes(target);
    if (!touchesTarget && !wires.includes(control)) continue;
    if (!touchesTarget && isDiagonalStep(one)) continue;
    if (touchesTarget && wires.length === 1 && isPhaseStep(one)) {
      phases.push(j);
      continue;
    }
    const pair = one.kind === 'fixed' ? cxOf(one.step) : null;
    return pair?.control === control && pair.target === target ? { phases, end: j } : null;
  }
  return null;
}

function wiresOf(one: CircuitStep): readonly number[] {
  return one.kind === 'open' ? one.step.targets : [...one.step.targets, ...one.step.controls];
}

function isDiagonalStep(one: CircuitStep): boolean {
  return one.kind === 'open'
    ? one.step.axis === 'z' || one.step.axis === 'zz'
    : one.step.isDiagonal;
}

/** A diagonal one-qubit step that turns phases only, as the operators of channels do not. */
function isPhaseStep(one: CircuitStep): boolean {
  if (!isDiagonalStep(one)) return false;
  if (one.kind === 'open') return true;
  const { re, im } = one.step.matrix;
  return [0, 3].every(
    (k) => Math.abs(Math.hypot(re[k] as number, im[k] as number) - 1) < unitTolerance,
  );
}

function onParity(one: CircuitStep, { control, target }: Pair): CircuitStep {
  if (one.kind === 'open') {
    return {
      kind: 'open',
      step: { axis: 'zz', targets: [control, target], slot: one.step.slot },
    };
  }
  const matrix = parityMatrix(one.step.matrix);
  const step = { matrix, targets: [control, target], controls: [], isDiagonal: true };
  return { kind: 'fixed', step };
}

/** diag(d0, d1, d1, d0). */
function parityMatrix({ re, im }: Matrix): Matrix {
  const result = zeros(4);
  [0, 3, 3, 0].forEach((from, entry) => {
    result.re[entry * 5] = re[from] as number;
    result.im[entry * 5] = im[from] as number;
  });
  return result;
}
