import { adjointMethod } from './adjoint-method.ts';
import { finiteDifference } from './finite-difference.ts';
import type { GradientMethod } from './gradient-method.ts';
import { hadamardTest } from './hadamard-test.ts';
import { parameterShift } from './parameter-shift.ts';
import { spsaGradient } from './spsa-gradient.ts';

/** Every way to a gradient, sorted by id. */
export const gradientMethods: readonly GradientMethod[] = [
  adjointMethod,
  finiteDifference,
  hadamardTest,
  parameterShift,
  spsaGradient,
];
