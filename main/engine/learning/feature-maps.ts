import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { type Expression, numberOf, parameterOf } from '#shared/circuit/expression.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Step } from '#shared/problems/tables/preprocessing.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Puts a row of features into a state: a circuit with parameters x_0 … x_{n−1}. */
export interface FeatureMap {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDescriptor[];
  /** What it is made for: what every feature is scaled to. */
  readonly scaling: Step;
  readonly circuit: (features: number, settings: Settings) => Circuit;
}

/** The range that most maps take (CONTRACT §4). */
export const unitRange: Step = { id: 'minmax', low: 0, high: 1, clip: 'yes' };

/** The range of the benchmark study of Bowles, Ahmed and Schuld (arXiv:2403.07059), values beyond it left there. */
export const halfTurn: Step = { id: 'minmax', low: -Math.PI / 2, high: Math.PI / 2 };

const entanglement: ParameterDescriptor = {
  kind: 'choice',
  id: 'entanglement',
  title: 'Entanglement',
  help: 'Which pairs of qubits interact; none is the twin without entanglement.',
  default: 'full',
  options: [
    { value: 'full', title: 'Every pair' },
    { value: 'linear', title: 'Neighbours' },
    { value: 'ring', title: 'Neighbours, and the last with the first' },
    { value: 'none', title: 'None' },
  ],
};

const repetitions: ParameterDescriptor = {
  kind: 'integer',
  id: 'repetitions',
  title: 'Repetitions',
  help: 'How often the encoding is repeated; more make the kernel sharper.',
  default: 2,
  min: 1,
  max: 10,
};

const x = (i: number): Expression => parameterOf(`x_${i}`);
function binaryOf(operator: '*' | '+' | '-') {
  return (left: Expression, right: Expression): Expression => ({
    kind: 'binary',
    operator,
    left,
    right,
  });
}
export const times = binaryOf('*');
export const plus = binaryOf('+');
const minus = binaryOf('-');
const pi: Expression = { kind: 'constant', name: 'pi' };

function withInputs(features: number, operations: readonly Operation[]): Circuit {
  const parameters = Array.from({ length: features }, (_, i) => ({ name: `x_${i}`, value: null }));
  return { ...circuitOf(features, operations), parameters };
}

function repeated(settings: Settings, layer: () => Operation[]): Operation[] {
  return Array.from({ length: settings['repetitions'] as number }, layer).flat();
}

function pairsOf(features: number, settings: Settings): (readonly [number, number])[] {
  const neighbours = wires(features - 1).map((i) => [i, i + 1] as const);
  switch (settings['entanglement']) {
    case 'none':
      return [];
    case 'linear':
      return neighbours;
    case 'ring':
      return features > 2 ? [...neighbours, [0, features - 1]] : neighbours;
    default:
      return wires(features).flatMap((i) =>
        wires(features)
          .slice(i + 1)
          .map((j) => [i, j] as const),
      );
  }
}

const wires = (features: number): number[] => Array.from({ length: features }, (_, i) => i);

const angleRy: FeatureMap = {
  id: 'angle-ry',
  title: 'Angle (RY)',
  summary: 'RY(π·x) on one qubit per feature; no entanglement.',
  parameters: [],
  scaling: unitRange,
  circuit: (features) =>
    withInputs(
      features,
      wires(features).map((i) => gate('ry', [i], [times(pi, x(i))])),
    ),
};

/** Phases between uploads mix the axes, so that each repetition adds frequencies (Pérez-Salinas et al. 2020). */
const dataReuploading: FeatureMap = {
  id: 'data-reuploading',
  title: 'Data re-uploading',
  summary: 'RY(π·x) and RZ(π·x) on each qubit and controlled phases, again and again.',
  parameters: [repetitions, entanglement],
  scaling: unitRange,
  circuit: (features, settings) =>
    withInputs(
      features,
      repeated(settings, () => [
        ...wires(features).flatMap((i) => [
          gate('ry', [i], [times(pi, x(i))]),
          gate('rz', [i], [times(pi, x(i))]),
        ]),
        ...pairsOf(features, settings).map(([i, j]) => gate('cz', [i, j])),
      ]),
    ),
};

const iqp: FeatureMap = {
  id: 'iqp',
  title: 'IQP',
  summary:
    'Hadamards, RZ(x) and RZZ(x_i·x_j), repeated, on features in [−π/2, π/2] (Havlíček et al. 2019).',
  parameters: [repetitions, entanglement],
  scaling: halfTurn,
  circuit: (features, settings) =>
    withInputs(
      features,
      repeated(settings, () => [
        ...wires(features).map((i) => gate('h', [i])),
        ...wires(features).map((i) => gate('rz', [i], [x(i)])),
        ...pairsOf(features, settings).map(([i, j]) => gate('rzz', [i, j], [times(x(i), x(j))])),
      ]),
    ),
};

const separable: FeatureMap = {
  id: 'separable',
  title: 'Separable',
  summary:
    'RX(−π/4) and RY(−x) on each qubit, repeated, on features in [−π/2, π/2]; no entanglement (Bowles, Ahmed and Schuld 2024).',
  parameters: [repetitions],
  scaling: halfTurn,
  circuit: (features, settings) =>
    withInputs(
      features,
      repeated(settings, () =>
        wires(features).flatMap((i) => [
          gate('rx', [i], [numberOf(-Math.PI / 4)]),
          gate('ry', [i], [times(numberOf(-1), x(i))]),
        ]),
      ),
    ),
};

const z: FeatureMap = {
  id: 'z',
  title: 'Z',
  summary: 'Hadamard and phase 2x on each qubit, repeated; no entanglement (Havlíček et al. 2019).',
  parameters: [repetitions],
  scaling: unitRange,
  circuit: (features, settings) =>
    withInputs(
      features,
      repeated(settings, () => singlePhases(features)),
    ),
};

function singlePhases(features: number): Operation[] {
  return wires(features).flatMap((i) => [
    gate('h', [i]),
    gate('p', [i], [times(numberOf(2), x(i))]),
  ]);
}

const zz: FeatureMap = {
  id: 'zz',
  title: 'ZZ',
  summary: 'The Z map with phases 2(π − x_i)(π − x_j) on pairs (Havlíček et al. 2019).',
  parameters: [repetitions, entanglement],
  scaling: unitRange,
  circuit: (features, settings) =>
    withInputs(
      features,
      repeated(settings, () => [
        ...singlePhases(features),
        ...pairsOf(features, settings).flatMap(([i, j]) => [
          gate('cx', [i, j]),
          gate('p', [j], [times(times(numberOf(2), minus(pi, x(i))), minus(pi, x(j)))]),
          gate('cx', [i, j]),
        ]),
      ]),
    ),
};

/** Every feature map, sorted by id. */
export const featureMaps: readonly FeatureMap[] = [angleRy, dataReuploading, iqp, separable, z, zz];
