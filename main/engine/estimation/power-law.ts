import { estimationAlgorithm } from './estimation-algorithm.ts';
import { mostLikelyAngle } from './likelihood.ts';
import { estimateBySchedule } from './schedule.ts';

/**
 * Power-law amplitude estimation (Giurgica-Tiron, Kerenidis, Labib, Prakash and Zeng, arXiv:2012.03348): round k
 * has the power ⌊k^((1 − β)/2β)⌋. Circuits are as deep as ε^−(1−β), calls grow as ε^−(1+β).
 */
export const powerLawAmplitudeEstimation = estimationAlgorithm({
  id: 'power-law-amplitude-estimation',
  title: 'Power-law amplitude estimation',
  summary:
    'Raises the power of the Grover operator slowly, so that circuits stay shallow for more calls, between drawing alone and full amplification (Giurgica-Tiron et al. 2020).',
  source: 'Giurgica-Tiron et al. 2022, arXiv:2012.03348',
  limits: 'a grid of 12 qubits',
  estimate: (question) => {
    // Checked against the parameter below.
    const beta = question.settings['beta'] as number;
    const exponent = (1 - beta) / (2 * beta);
    return estimateBySchedule(question, {
      powerAt: (round) => Math.floor(round ** exponent + 1e-9),
      likely: mostLikelyAngle,
    });
  },
  asks: ['samples', 'expectations'],
  longestPower: (epsilon) => Math.ceil(1 / epsilon),
  parameters: [
    {
      kind: 'number',
      id: 'beta',
      title: 'Depth exponent β',
      help: 'Close to 0: circuits as deep as one over ε, as in full amplification. 1: no amplification, and calls as one over ε².',
      default: 0.4,
      min: 0.1,
      max: 1,
    },
  ],
});
