import { gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';

/**
 * Prepares the Dicke state of `n` qubits with `k` ones from |0…0⟩: the equal superposition of all
 * strings of weight k, in O(nk) gates (Bärtschi and Eidenbenz, arXiv:1904.07358).
 */
export function dickeState(n: number, k: number): Operation[] {
  const operations: Operation[] = Array.from({ length: k }, (_, i) => gate('x', [n - 1 - i]));
  if (k === 0 || k === n) return operations;
  for (let size = n; size >= 2; size--)
    operations.push(...splitAndShift(size, Math.min(k, size - 1)));
  return operations;
}

/** The split-and-cyclic-shift block on the first `size` qubits. */
function splitAndShift(size: number, k: number): Operation[] {
  const last = size - 1;
  const first = 2 * Math.acos(Math.sqrt(1 / size));
  const operations: Operation[] = [
    gate('cx', [last - 1, last]),
    gate('cry', [last, last - 1], [first]),
    gate('cx', [last - 1, last]),
  ];
  for (let i = 2; i <= k; i++) {
    const target = last - i;
    const theta = 2 * Math.acos(Math.sqrt(i / size));
    operations.push(
      gate('cx', [target, last]),
      ...doublyControlledRy(theta, last, target + 1, target),
      gate('cx', [target, last]),
    );
  }
  return operations;
}

function doublyControlledRy(theta: number, a: number, b: number, target: number): Operation[] {
  return [
    gate('cry', [b, target], [theta / 2]),
    gate('cx', [a, b]),
    gate('cry', [b, target], [-theta / 2]),
    gate('cx', [a, b]),
    gate('cry', [a, target], [theta / 2]),
  ];
}
