import type { Settings } from '../algorithms/algorithm.ts';
import { classicalKernel } from './classical-kernel.ts';
import { classMachine, kernelNeeds, onKernel } from './kernel-machine.ts';
import { kernelParameters } from './kernels.ts';
import { type Learner, standardised } from './learner.ts';
import { defineLearner } from './learner-algorithm.ts';
import { weightOfErrors } from './parameters.ts';

/** A support vector machine on a classical kernel. */
export function supportVectorClassifier(settings: Settings): Learner {
  return onKernel(
    { id: 'svm', preprocessing: standardised },
    classicalKernel(settings),
    classMachine(settings['C'] as number),
  );
}

export const svm = defineLearner({
  id: 'svm',
  title: 'Support vector machine',
  summary: 'The classical support vector machine (LIBSVM), the baseline of the quantum kernel.',
  source: 'Chang and Lin 2011, LIBSVM',
  kind: 'classical',
  parameters: [weightOfErrors, ...kernelParameters],
  needs: kernelNeeds,
  classes: ({ settings }) => supportVectorClassifier(settings),
});
