import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';

/** C of support vector machines and of logistic regression. */
export const weightOfErrors: ParameterDescriptor = {
  kind: 'number',
  id: 'C',
  title: 'C',
  help: 'Weight of training errors; larger fits the training rows more closely.',
  default: 1,
  min: 0,
  exclusiveMin: true,
};

/** Half width of the tube of support vector regression. */
export const tube: ParameterDescriptor = {
  kind: 'number',
  id: 'epsilon',
  title: 'ε',
  help: 'Errors below this cost nothing, in units of the target.',
  default: 0.1,
  min: 0,
};

/** α of ridge regressions. */
export const ridgePenalty: ParameterDescriptor = {
  kind: 'number',
  id: 'alpha',
  title: 'α',
  help: 'Weight of the squared coefficients; larger keeps them smaller.',
  default: 1,
  min: 0,
  exclusiveMin: true,
};

/** Layers of a trained circuit. */
export function layersParameter(count: number): ParameterDescriptor {
  return {
    kind: 'integer',
    id: 'layers',
    title: 'Layers',
    help: 'How often the trained part is repeated; more fit more, and train harder.',
    default: count,
    min: 1,
    max: 100,
  };
}
