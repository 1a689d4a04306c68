import type { BinaryProblem } from '../binary-problem.ts';
import type { View } from '../view.ts';

/** A quadratic function of bits under constraints. */
export const binaryView: View<BinaryProblem> = { id: 'binary', title: 'a function of bits' };
