import type { GradientMethod } from './gradient-method.ts';

/** The adjoint sweep of adjoint.ts, which an answerer with the state at hand runs by itself. */
export const adjointMethod: GradientMethod = {
  id: 'adjoint',
  title: 'Adjoint',
  summary: 'One sweep forward and one back on the state; exact simulation without noise only.',
  isExact: true,
  lower: null,
};
