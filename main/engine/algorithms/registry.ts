import { simulatedAnnealing } from '../annealing/simulated-annealing.ts';
import { amplitudeEstimation } from '../estimation/canonical.ts';
import { fasterAmplitudeEstimation } from '../estimation/faster.ts';
import { iterativeAmplitudeEstimation } from '../estimation/iterative.ts';
import { maximumLikelihoodAmplitudeEstimation } from '../estimation/maximum-likelihood.ts';
import { qsvm } from '../learning/qsvm.ts';
import { svm } from '../learning/svm.ts';
import type { Algorithm } from './algorithm.ts';
import { exact } from './exact.ts';
import { expectation } from './expectation.ts';
import { qaoa } from './qaoa.ts';
import { sample } from './sample.ts';

/** Every algorithm, sorted by id. */
export const algorithms: readonly Algorithm[] = [
  amplitudeEstimation,
  exact,
  expectation,
  fasterAmplitudeEstimation,
  iterativeAmplitudeEstimation,
  maximumLikelihoodAmplitudeEstimation,
  qaoa,
  qsvm,
  sample,
  simulatedAnnealing,
  svm,
];

export function algorithmById(id: string): Algorithm | null {
  return algorithms.find((algorithm) => algorithm.id === id) ?? null;
}
