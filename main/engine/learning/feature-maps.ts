import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { type Expression, numberOf, parameterOf } from '#shared/circuit/expression.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Step } from '#shared/problems/tables/preprocessing.ts';

/** Puts a row of features into a state: a circuit with parameters x_0 … x_{n−1}. */
export interface FeatureMap {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDescriptor[];
  /** What it is made for: what every feature is scaled to. */
  readonly scaling: Step;
  readonly circuit: (features: number, settings: Readonly<Record<string, unknown>>) => Circuit;
}

/** The range that most maps take (CONTRACT §4). */
const unitRange: Step = { id: 'minmax', low: 0, high: 1, clip: 'yes' };

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
const times = (left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator: '*',
  left,
  right,
});
const minus = (left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator: '-',
  left,
  right,
});
const pi: Expression = { kind: 'constant', name: 'pi' };

function withInputs(features: number, operations: readonly Operation[]): Circuit {
  const parameters = Array.from({ length: features }, (_, i) => ({ name: `x_${i}`, value: null }));
  return { ...circuitOf(features, operations), parameters };
}

function repeated(
  settings: Readonly<Record<string, unknown>>,
  layer: () => Operation[],
): Operation[] {
  return Array.from({ length: settings['repetitions'] as number }, layer).flat();
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

const z: FeatureMap = {
  id: 'z',
  title: 'Z',
  summary: 'Hadamard and phase 2x on each qubit, repeated; no entanglement (Havlíček et al. 2019).',
  parameters: [repetitions],
  scaling: unitRange,
  circuit: (features, settings) =>
    withInputs(
      features,
      repeated(settings, () =>
        wires(features).flatMap((i) => [
          gate('h', [i]),
          gate('p', [i], [times(numberOf(2), x(i))]),
        ]),
      ),
    ),
};

const zz: FeatureMap = {
  id: 'zz',
  title: 'ZZ',
  summary: 'The Z map with phases 2(π − x_i)(π − x_j) on every pair (Havlíček et al. 2019).',
  parameters: [repetitions],
  scaling: unitRange,
  circuit: (features, settings) => {
    const layer = (): Operation[] => {
      const singles = wires(features).flatMap((i) => [
        gate('h', [i]),
        gate('p', [i], [times(numberOf(2), x(i))]),
      ]);
      const pairs = wires(features).flatMap((i) =>
        wires(features)
          .slice(i + 1)
          .map((j) => [i, j] as const),
      );
      const couplings = pairs.flatMap(([i, j]) => [
        gate('cx', [i, j]),
        gate('p', [j], [times(times(numberOf(2), minus(pi, x(i))), minus(pi, x(j)))]),
        gate('cx', [i, j]),
      ]);
      return [...singles, ...couplings];
    };
    return withInputs(features, repeated(settings, layer));
  },
};

/** Every feature map, sorted by id. */
export const featureMaps: readonly FeatureMap[] = [angleRy, z, zz];
