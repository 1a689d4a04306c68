import { type Matrix, multiplyMatrices } from '#shared/math/matrix.ts';
import type { UnitaryStep } from '../register.ts';

/** A product of one-qubit operators that waits until something else touches its qubit. */
interface Pending {
  readonly matrix: Matrix;
  readonly isDiagonal: boolean;
}

/**
 * The same operator with fewer steps: one-qubit operators that follow each other on a qubit become
 * one, and diagonal ones wait behind diagonal steps on more qubits. Operators need not be unitary.
 */
export function fuse(steps: readonly UnitaryStep[]): UnitaryStep[] {
  const pending = new Map<number, Pending>();
  const fused: UnitaryStep[] = [];
  const release = (qubit: number): void => {
    const waiting = pending.get(qubit);
    if (waiting === undefined) return;
    pending.delete(qubit);
    if (!isIdentity(waiting.matrix)) fused.push({ ...waiting, targets: [qubit], controls: [] });
  };
  for (const step of steps) {
    const [qubit] = step.targets;
    if (qubit !== undefined && step.targets.length === 1 && step.controls.length === 0) {
      const before = pending.get(qubit);
      pending.set(qubit, before === undefined ? step : after(before, step));
      continue;
    }
    for (const touched of [...step.controls, ...step.targets]) {
      if (!(step.isDiagonal && pending.get(touched)?.isDiagonal === true)) release(touched);
    }
    fused.push(step);
  }
  for (const qubit of pending.keys()) release(qubit);
  return fused;
}

function after(before: Pending, next: Pending): Pending {
  return {
    matrix: multiplyMatrices(next.matrix, before.matrix),
    isDiagonal: before.isDiagonal && next.isDiagonal,
  };
}

function isIdentity({ size, re, im }: Matrix): boolean {
  for (let k = 0; k < size * size; k++) {
    if (re[k] !== (k % (size + 1) === 0 ? 1 : 0) || im[k] !== 0) return false;
  }
  return true;
}
