import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Settings } from '../algorithms/algorithm.ts';
import type { GivenAngles, Parametrisation } from './angles.ts';
import type { InitialState, Mixer } from './circuit.ts';
import { riskOf } from './risk.ts';

/** Checked against `qaoaParameters`, defaults filled in. */
export interface QaoaSettings {
  readonly layers: number;
  readonly mixer: Mixer;
  readonly initialState?: InitialState;
  readonly parametrisation: Parametrisation;
  readonly initialParameters?: GivenAngles;
  readonly optimizer: { readonly id: string } & Readonly<Record<string, unknown>>;
  readonly cvar?: number;
  readonly gibbs?: number;
  readonly warmStart: boolean;
  readonly regularisation: number;
  readonly starts: number;
  readonly layerwise: boolean;
  readonly adaptive: boolean;
  readonly probe: number;
  readonly recursive: boolean;
  readonly cutoff?: number;
  readonly lightCones: boolean;
  readonly penalty?: number;
}

export const qaoaParameters: readonly ParameterDescriptor[] = [
  {
    kind: 'integer',
    id: 'layers',
    title: 'Layers p',
    help: 'Repetitions of cost and mixer. More layers reach better values and cost longer circuits.',
    default: 3,
    min: 1,
    max: 100,
  },
  {
    kind: 'choice',
    id: 'mixer',
    title: 'Mixer',
    help: 'X explores every assignment; the XY mixers keep the number of chosen variables, of all or of each group, so that a budget or one part a node always holds.',
    default: 'x',
    options: [
      { value: 'x', title: 'X' },
      { value: 'xy-ring', title: 'XY on a ring' },
      { value: 'xy-full', title: 'XY on all pairs' },
      { value: 'grover', title: 'Grover' },
    ],
  },
  {
    kind: 'choice',
    id: 'initialState',
    title: 'Initial state',
    help: 'Empty: uniform for the X mixer, otherwise the equal superposition of all feasible assignments (Dicke state).',
    default: null,
    options: [
      { value: 'uniform', title: 'Uniform superposition' },
      { value: 'dicke', title: 'Dicke state' },
      { value: 'basis', title: 'One feasible assignment' },
    ],
  },
  {
    kind: 'choice',
    id: 'parametrisation',
    title: 'Parametrisation',
    help: 'Standard: two angles a layer. Extended: fields and couplings have each their own. Multi-angle: every gate has its own. Fourier: a few frequencies. Annealing: a linear ramp of two numbers. Fixed: the initial parameters as they are, or published angles.',
    default: 'standard',
    options: [
      { value: 'standard', title: 'Standard' },
      { value: 'extended', title: 'Extended' },
      { value: 'multi-angle', title: 'Multi-angle' },
      { value: 'fourier', title: 'Fourier' },
      { value: 'annealing', title: 'Annealing ramp' },
      { value: 'fixed', title: 'Fixed' },
    ],
  },
  {
    kind: 'group',
    id: 'initialParameters',
    title: 'Initial angles',
    help: 'Angles γ and β of each layer in radians, for the unscaled cost. Empty: a linear ramp, or published ones where they are fixed.',
    default: null,
    advanced: true,
    members: [
      { kind: 'numbers', id: 'gammas', title: 'γ', help: 'One cost angle a layer.', default: [] },
      { kind: 'numbers', id: 'betas', title: 'β', help: 'One mixer angle a layer.', default: [] },
    ],
  },
  {
    kind: 'member',
    id: 'optimizer',
    title: 'Optimiser',
    help: 'How the angles are improved. Gradient methods suit a noiseless simulator, SPSA suits shots.',
    registry: 'optimizer',
    default: { id: 'cobyla' },
  },
  {
    kind: 'number',
    id: 'cvar',
    title: 'CVaR fraction',
    help: 'Optimise the mean of this best fraction of outcomes instead of the mean of all (arXiv:1907.04769). Empty: all.',
    default: null,
    min: 0,
    exclusiveMin: true,
    max: 1,
    advanced: true,
  },
  {
    kind: 'number',
    id: 'gibbs',
    title: 'Gibbs exponent',
    help: 'Optimise −log⟨exp(−ηC)⟩/η instead of the mean, with this η in units of one over the spread of the objective (arXiv:1909.07621). Empty: the mean.',
    default: null,
    min: 0,
    exclusiveMin: true,
    max: 1000,
    advanced: true,
  },
  {
    kind: 'boolean',
    id: 'warmStart',
    title: 'Warm start',
    help: 'Start at the solution of the convex relaxation, with the mixer that keeps it (arXiv:2009.10095).',
    default: false,
    advanced: true,
  },
  {
    kind: 'number',
    id: 'regularisation',
    title: 'Regularisation ε',
    help: 'How far from 0 and 1 a warm start keeps every probability; at 1/2 it is the uniform start.',
    default: 0.25,
    min: 0.001,
    max: 0.5,
    advanced: true,
  },
  {
    kind: 'integer',
    id: 'starts',
    title: 'Starts',
    help: 'Search from so many starts and keep the best: the first as usual, the others at random angles.',
    default: 1,
    min: 1,
    max: 1000,
    advanced: true,
  },
  {
    kind: 'boolean',
    id: 'layerwise',
    title: 'Layer by layer',
    help: 'Tune one layer first, and start each further one from angles in between (arXiv:1812.01041).',
    default: false,
    advanced: true,
  },
  {
    kind: 'boolean',
    id: 'adaptive',
    title: 'Adaptive mixer',
    help: 'Each layer takes the mixer of a pool along which the cost changes fastest (ADAPT-QAOA, arXiv:2005.10258).',
    default: false,
    advanced: true,
  },
  {
    kind: 'number',
    id: 'probe',
    title: 'Probe γ',
    help: 'Angle of the cost at which an adaptive run compares its mixers, for a cost of spread 1. Short turns favour mixers of two qubits, long ones that of all.',
    default: 0.01,
    min: 0,
    exclusiveMin: true,
    max: 10,
    advanced: true,
  },
  {
    kind: 'boolean',
    id: 'recursive',
    title: 'Recursive',
    help: 'Bind the strongest correlation, which leaves one variable fewer, and begin again (RQAOA, arXiv:1910.08980).',
    default: false,
    advanced: true,
  },
  {
    kind: 'integer',
    id: 'cutoff',
    title: 'Cut-off',
    help: 'A recursive run tries all assignments of the last so many variables. Empty: half of the variables, at most 8.',
    default: null,
    min: 1,
    max: 20,
    advanced: true,
  },
  {
    kind: 'boolean',
    id: 'lightCones',
    title: 'Light cones',
    help: 'Evaluate each term of the cost on the part of the circuit that it sees: one or two layers on sparse problems of hundreds of variables. There are no samples of the whole then; a recursive run gives a solution.',
    default: false,
    advanced: true,
  },
  {
    kind: 'number',
    id: 'penalty',
    title: 'Penalty',
    help: 'Weight of every broken constraint where the mixer does not keep it, e.g. of (Σx − budget)². Empty: the spread of the objective, or what dominates if that does not.',
    default: null,
    min: 0,
    advanced: true,
  },
];

/** What is wrong between settings. */
export function qaoaFault(
  given: Settings,
): { readonly path: string; readonly message: string } | null {
  const settings = given as unknown as QaoaSettings;
  return faults.find(({ applies }) => applies(settings)) ?? null;
}

interface Fault {
  readonly applies: (settings: QaoaSettings) => boolean;
  readonly path: string;
  readonly message: string;
}

const hasOwnAngles = ({ parametrisation }: Pick<QaoaSettings, 'parametrisation'>): boolean =>
  parametrisation === 'standard' ||
  parametrisation === 'extended' ||
  parametrisation === 'multi-angle';

const hasRisk = (settings: QaoaSettings): boolean => riskOf(settings) !== null;

const faults: readonly Fault[] = [
  {
    applies: ({ cvar, gibbs }) => cvar !== undefined && gibbs !== undefined,
    path: 'gibbs',
    message: 'CVaR and the Gibbs objective are two ways to value a distribution: give one of them.',
  },
  {
    applies: ({ warmStart, mixer, initialState }) =>
      warmStart && (mixer !== 'x' || (initialState ?? 'uniform') !== 'uniform'),
    path: 'warmStart',
    message:
      'A warm start has a start and a mixer of its own: it takes mixer “x” and no other initialState.',
  },
  {
    applies: (settings) =>
      settings.layerwise && (!hasOwnAngles(settings) || settings.initialParameters !== undefined),
    path: 'layerwise',
    message:
      'Training layer by layer begins with one layer: it takes the parametrisations standard, extended and multi-angle, and no initialParameters.',
  },
  {
    applies: ({ starts, layerwise, adaptive, parametrisation }) =>
      starts > 1 && (layerwise || adaptive || !hasOwnAngles({ parametrisation })),
    path: 'starts',
    message:
      'Several starts are for the parametrisations standard, extended and multi-angle, without layerwise or adaptive, which say where to start.',
  },
  {
    applies: (settings) =>
      settings.adaptive &&
      (settings.mixer !== 'x' ||
        settings.warmStart ||
        settings.layerwise ||
        settings.lightCones ||
        settings.recursive ||
        hasRisk(settings) ||
        settings.parametrisation !== 'standard' ||
        settings.initialParameters !== undefined),
    path: 'adaptive',
    message:
      'An adaptive run chooses its mixers by the slopes of the mean and grows layer by layer from a uniform start: it takes mixer “x”, parametrisation “standard”, and neither warmStart, layerwise, lightCones, recursive, cvar, gibbs nor initialParameters.',
  },
  {
    applies: (settings) =>
      settings.lightCones &&
      (settings.mixer !== 'x' ||
        (settings.initialState ?? 'uniform') !== 'uniform' ||
        hasRisk(settings) ||
        settings.parametrisation === 'multi-angle'),
    path: 'lightCones',
    message:
      'Light cones give means of single terms under the X mixer from a uniform or warm start: they take mixer “x” and neither cvar, gibbs nor the parametrisation “multi-angle”.',
  },
];
