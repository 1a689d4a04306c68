import type { Settings } from '../algorithms/algorithm.ts';
import type { Kernel } from './kernel-machine.ts';
import { gammaOf, kernelBetween, kernelOf } from './kernels.ts';

/** The kernel of settings as it is computed; γ is that of the training rows. */
export function classicalKernel(settings: Settings): Kernel {
  return {
    learn({ train, test }) {
      const gamma = gammaOf(settings, train.rows);
      const rows = [...train.rows, ...test.rows];
      const gram = kernelBetween(rows, train.rows, kernelOf(settings, gamma));
      return { gram, anchors: { rows: train.rows, gamma } };
    },
    between: (rows, anchors) => ({
      values: kernelBetween(rows, anchors.rows, kernelOf(settings, anchors.gamma ?? 1)),
      errorOf: null,
    }),
  };
}
