import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ProblemFault } from '../problem-kind.ts';
import type { Seen } from '../view.ts';
import type { ClosedForm, PayoffProblem } from '../views/payoff.ts';
import { logNormalGrid, type Market } from './log-normal.ts';

/** More points have rotations that take longer to list than to simulate. */
export const mostGridQubits = 12;

export const spotField = {
  kind: 'number',
  id: 'spot',
  title: 'Spot price',
  help: 'Price of the underlying today.',
  default: null,
  required: true,
  min: 0,
  exclusiveMin: true,
} as const satisfies ParameterDescriptor;

export const volatilityField = {
  kind: 'number',
  id: 'volatility',
  title: 'Volatility',
  help: 'Standard deviation of the log-returns over a year, such as 0.2.',
  default: null,
  required: true,
  min: 0,
  exclusiveMin: true,
  max: 10,
} as const satisfies ParameterDescriptor;

export const rateField = {
  kind: 'number',
  id: 'rate',
  title: 'Interest rate',
  help: 'Risk-free rate a year, continuously compounded, such as 0.03.',
  default: null,
  required: true,
} as const satisfies ParameterDescriptor;

export const maturityField = {
  kind: 'number',
  id: 'maturityYears',
  title: 'Maturity',
  help: 'Years until the payoff.',
  default: null,
  required: true,
  min: 0,
  exclusiveMin: true,
  unit: 'years',
} as const satisfies ParameterDescriptor;

export const strikeField = {
  kind: 'number',
  id: 'strike',
  title: 'Strike',
  help: 'Price from which the payoff begins.',
  default: null,
  required: true,
  min: 0,
  exclusiveMin: true,
} as const satisfies ParameterDescriptor;

export const qubitsField = {
  kind: 'integer',
  id: 'qubits',
  title: 'Qubits',
  help: 'The price at maturity is put on 2^n points.',
  default: null,
  required: true,
  min: 1,
  max: mostGridQubits,
} as const satisfies ParameterDescriptor;

/** A grid of so many qubits in all, where that is too large. */
export function qubitsFault(path: string, qubits: number): ProblemFault[] {
  if (qubits <= mostGridQubits) return [];
  return [{ path, message: `expected at most ${mostGridQubits} qubits in all; got ${qubits}` }];
}

/** Of an option on one price at one time. */
export const europeanFields = [
  spotField,
  strikeField,
  volatilityField,
  rateField,
  {
    kind: 'number',
    id: 'dividendYield',
    title: 'Dividend yield',
    help: 'Dividends a year as a share of the price, continuously paid.',
    default: 0,
    advanced: true,
  },
  maturityField,
  qubitsField,
  {
    kind: 'numbers',
    id: 'bounds',
    title: 'Bounds',
    help: 'Lowest and highest price of the grid. Empty: three standard deviations about the mean.',
    default: null,
    minCount: 2,
    advanced: true,
  },
] as const satisfies readonly ParameterDescriptor[];

export interface European extends Market {
  readonly strike: number;
  readonly maturityYears: number;
  readonly qubits: number;
  readonly bounds?: readonly number[] | undefined;
}

export function europeanFaults({ bounds }: European): ProblemFault[] {
  if (bounds === undefined) return [];
  const [low = 0, high = 0] = bounds;
  if (bounds.length === 2 && low >= 0 && low < high) return [];
  const message = `expected a lowest price of at least 0 and a higher one; got ${bounds.join(', ')}`;
  return [{ path: 'bounds', message }];
}

/** What an option pays at one price, and with which slope. */
export interface Contract {
  readonly payoff: (price: number) => number;
  readonly slope: (price: number) => number;
  readonly closedForm: ClosedForm;
}

/** An option on the price at maturity. */
export function europeanPayoff(option: European, contract: Contract): Seen<PayoffProblem> {
  const { maturityYears, qubits, bounds, rate } = option;
  const { values, probabilities } = logNormalGrid(option, maturityYears, qubits, bounds);
  return {
    value: {
      factors: [{ qubits, probabilities }],
      payoff: values.map(contract.payoff),
      underlying: { title: 'Price at maturity', values },
      discountFactor: Math.exp(-rate * maturityYears),
      slope: values.map(contract.slope),
      closedForm: contract.closedForm,
      tail: null,
    },
    warnings: [],
  };
}
