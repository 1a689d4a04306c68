import { estimationAlgorithm } from './estimation-algorithm.ts';
import { mostLikelyThroughNoise } from './noisy-likelihood.ts';
import { estimateBySchedule } from './schedule.ts';

/**
 * Amplitude estimation that reads the noise off its own outcomes (Tanaka et al., arXiv:2006.16223; Brown et
 * al., arXiv:2006.14145): each application of A and its inverse shrinks the contrast by a factor that is
 * estimated with the angle. Powers rise one by one, so that some of them stand where the noise leaves most.
 */
export const noiseAwareAmplitudeEstimation = estimationAlgorithm({
  id: 'noise-aware-amplitude-estimation',
  title: 'Noise-aware amplitude estimation',
  summary:
    'Maximum likelihood with the strength of depolarising noise as a second unknown: what noise takes from the contrast is not taken for amplitude (Tanaka et al. 2021).',
  source: 'Tanaka et al. 2021, arXiv:2006.16223',
  limits: 'a grid of 12 qubits',
  estimate: (question) =>
    estimateBySchedule(question, { powerAt: (round) => round, likely: mostLikelyThroughNoise }),
  asks: ['samples', 'expectations'],
  longestPower: (epsilon) => Math.ceil(1 / epsilon),
  usualEpsilon: 0.02,
});
