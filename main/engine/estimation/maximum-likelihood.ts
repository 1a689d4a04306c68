import { estimationAlgorithm } from './estimation-algorithm.ts';
import { mostLikelyAngle } from './likelihood.ts';
import { doubling, estimateBySchedule } from './schedule.ts';

/** Powers 0, 1, 2, 4, … (Suzuki et al., arXiv:1904.10246). */
export const maximumLikelihoodAmplitudeEstimation = estimationAlgorithm({
  id: 'maximum-likelihood-amplitude-estimation',
  title: 'Maximum likelihood amplitude estimation',
  summary:
    'Runs powers of the Grover operator in a fixed schedule and takes the probability that makes all outcomes most likely (Suzuki et al. 2019).',
  source: 'Suzuki et al. 2020, arXiv:1904.10246',
  limits: 'a grid of 12 qubits',
  estimate: (question) =>
    estimateBySchedule(question, { powerAt: doubling, likely: mostLikelyAngle }),
  asks: ['samples', 'expectations'],
  longestPower: (epsilon) => Math.ceil(1 / epsilon),
});
