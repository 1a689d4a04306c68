import type { BinaryProblem } from '../binary-problem.ts';
import type { View } from '../view.ts';

/** A quadratic function of bits, with at most a fixed number of ones. */
export const binaryView: View<BinaryProblem> = { id: 'binary', title: 'a function of bits' };
