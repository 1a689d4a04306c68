import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { normalDistribution, normalQuantile } from '../../math/normal.ts';
import { mostGridQubits, qubitsFault } from '../pricing/european.ts';
import { jointNormal } from '../pricing/joint-normal.ts';
import { equalSteps } from '../pricing/log-normal.ts';
import { defineProblem, type ProblemFault } from '../problem-kind.ts';
import { offer, type Seen } from '../view.ts';
import { type PayoffProblem, payoffView } from '../views/payoff.ts';

const fields = [
  {
    kind: 'integer',
    id: 'latentQubits',
    title: 'Qubits of the latent factor',
    help: 'What all loans depend on is put on 2^n points.',
    default: null,
    required: true,
    min: 1,
    max: mostGridQubits,
  },
  {
    kind: 'number',
    id: 'latentBound',
    title: 'Bound of the latent factor',
    help: 'Its points lie between minus and plus so many standard deviations.',
    default: null,
    required: true,
    min: 0,
    exclusiveMin: true,
  },
  {
    kind: 'numbers',
    id: 'defaultProbabilities',
    title: 'Default probabilities',
    help: 'How likely each loan is to default, between 0 and 1.',
    default: null,
    required: true,
    minCount: 1,
  },
  {
    kind: 'numbers',
    id: 'sensitivities',
    title: 'Sensitivities',
    help: 'Share of the latent factor in what makes each loan default: at least 0 and below 1.',
    default: null,
    required: true,
    minCount: 1,
  },
  {
    kind: 'numbers',
    id: 'losses',
    title: 'Losses',
    help: 'What is lost where each loan defaults.',
    default: null,
    required: true,
    minCount: 1,
  },
  {
    kind: 'number',
    id: 'alpha',
    title: 'Tail α',
    help: 'How likely losses above the value at risk may be: 0.05 for the value at risk at 95 %; 0.95 is taken for the same.',
    default: 0.05,
    min: 0,
    max: 1,
    exclusiveMin: true,
    exclusiveMax: true,
  },
] as const satisfies readonly ParameterDescriptor[];

type CreditRisk = ValuesOf<typeof fields>;

export const creditRisk = defineProblem({
  kind: 'credit-risk',
  title: 'Credit risk',
  summary:
    'Losses of loans whose defaults depend on one normal factor and are independent given it: expected loss, value at risk and what lies beyond.',
  fields,
  faults: faultsOf,
  views: [offer(payoffView, lossesOf)],
  example: {
    // Without sensitivity the factor does not matter: 0.25·1 + 0.5·2.
    problem: {
      latentQubits: 1,
      latentBound: 1,
      defaultProbabilities: [0.25, 0.5],
      sensitivities: [0, 0],
      losses: [1, 2],
      alpha: 0.05,
    },
    answers: { estimation: 1.25 },
  },
});

function faultsOf(problem: CreditRisk): ProblemFault[] {
  const { latentQubits, defaultProbabilities, sensitivities, losses } = problem;
  const loans = defaultProbabilities.length;
  const lengths = { sensitivities: sensitivities.length, losses: losses.length };
  const outside = (
    path: string,
    values: readonly number[],
    isAllowed: (value: number) => boolean,
    expected: string,
  ): ProblemFault[] =>
    values.flatMap((one, k) =>
      isAllowed(one)
        ? []
        : [{ path: `${path}[${k}]`, message: `expected ${expected}; got ${one}` }],
    );
  return [
    ...Object.entries(lengths).flatMap(([path, length]) =>
      length === loans
        ? []
        : [{ path, message: `expected ${loans}, one for each loan; got ${length}` }],
    ),
    ...outside(
      'defaultProbabilities',
      defaultProbabilities,
      (p) => p > 0 && p < 1,
      'more than 0 and less than 1',
    ),
    ...outside(
      'sensitivities',
      sensitivities,
      (share) => share >= 0 && share < 1,
      'at least 0 and less than 1',
    ),
    ...outside('losses', losses, (loss) => loss >= 0, 'at least 0'),
    ...qubitsFault('latentQubits', latentQubits + loans),
  ];
}

/**
 * Gaussian conditional independence (Rutkowski and Tarca, arXiv:1412.1183; Egger et al., arXiv:1907.03044):
 * at the factor z loan k defaults with probability Φ((Φ⁻¹(p_k) − √ρ_k z)/√(1 − ρ_k)). Loan k is qubit k, the
 * factor stands above them.
 */
function lossesOf(problem: CreditRisk): Seen<PayoffProblem> {
  const { latentQubits, latentBound, defaultProbabilities, sensitivities, losses, alpha } = problem;
  const loans = losses.length;
  const points = equalSteps(-latentBound, latentBound, latentQubits);
  const [latent] = jointNormal([{ qubits: latentQubits, mean: 0, points }], [[1]]);
  const thresholds = defaultProbabilities.map(normalQuantile);
  const conditional = Array.from(points, (z) =>
    thresholds.map((threshold, k) => {
      const share = sensitivities[k] ?? Number.NaN;
      return normalDistribution((threshold - Math.sqrt(share) * z) / Math.sqrt(1 - share));
    }),
  );
  const size = 2 ** (loans + latentQubits);
  const isDefault = (index: number, k: number): boolean => ((index >> k) & 1) === 1;
  const probabilities = Float64Array.from({ length: size }, (_, index) => {
    const at = index >> loans;
    return (conditional[at] ?? []).reduce(
      (product, p, k) => product * (isDefault(index, k) ? p : 1 - p),
      latent?.probabilities[at] ?? 0,
    );
  });
  // Rounded, so that 0.1 + 0.2 and 0.3 are one loss.
  const values = Float64Array.from({ length: size }, (_, index) =>
    Number(
      losses.reduce((sum, loss, k) => sum + (isDefault(index, k) ? loss : 0), 0).toPrecision(14),
    ),
  );
  return {
    value: {
      factors: [{ qubits: loans + latentQubits, probabilities }],
      payoff: values,
      underlying: { title: 'Loss', values },
      discountFactor: 1,
      slope: null,
      closedForm: null,
      tail: Math.min(alpha, 1 - alpha),
    },
    warnings: [],
  };
}
