import { unreachable } from '#shared/base/assert.ts';
import { circuitOf, gate, scaled } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { type Expression, parameterOf } from '#shared/circuit/expression.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import type { Group, IsingForm } from '#shared/problems/binary-problem.ts';
import { evolutionUnder } from '../ansatze/excitations.ts';
import { dickeState } from './dicke.ts';

export type Mixer = 'x' | 'xy-ring' | 'xy-full' | 'grover';
export type InitialState = 'uniform' | 'dicke' | 'basis';

/**
 * Which gates of a layer turn by one angle: all of the cost and all of the mixer (`layer`); fields and couplings each by one
 * of their own (`kind`); or every gate by its own (`gate`: Herrman et al. 2022, arXiv:2109.11455).
 */
export type Sharing = 'layer' | 'kind' | 'gate';

export interface QaoaShape {
  readonly layers: number;
  readonly mixer: Mixer;
  readonly initialState: InitialState;
  /** Within which an XY mixer exchanges, with the ones of a Dicke or basis start; none: all qubits, and no ones. */
  readonly groups: readonly Group[];
  /** Absent: `layer`. */
  readonly sharing?: Sharing;
  /**
   * Warm start (Egger, Mareček and Woerner 2021, arXiv:2009.10095): each qubit starts at this angle from |0⟩, and the X mixer
   * turns about that direction. Absent: a uniform start and X.
   */
  readonly tilts?: readonly number[];
  /** The generator of each layer's mixer, in place of `mixer`. */
  readonly generators?: readonly PauliSum[];
}

/** A string of Z of the cost: its qubits (one or two) and its weight. */
export interface CostTerm {
  readonly qubits: readonly number[];
  readonly weight: number;
}

/** Fields that are there, then couplings: the order of everything that has one number a term. */
export function termsOf({ h, J }: IsingForm): CostTerm[] {
  const fields = Array.from(h, (weight, q) => ({ qubits: [q], weight }));
  return [
    ...fields.filter(({ weight }) => weight !== 0),
    ...J.map(([i, j, weight]) => ({ qubits: [i, j], weight })),
  ];
}

/** How many angles a layer has. */
export interface AngleCounts {
  readonly gammas: number;
  readonly betas: number;
}

export function angleCounts(ising: IsingForm, shape: QaoaShape): AngleCounts {
  const qubits = ising.h.length;
  switch (shape.sharing ?? 'layer') {
    case 'layer':
      return { gammas: 1, betas: 1 };
    case 'kind':
      return { gammas: new Set(termsOf(ising).map((one) => one.qubits.length)).size, betas: 1 };
    case 'gate':
      return { gammas: termsOf(ising).length, betas: mixerGates(qubits, shape) };
  }
}

function mixerGates(qubits: number, { mixer, groups }: QaoaShape): number {
  if (mixer === 'grover') return 1;
  return mixer === 'x' ? qubits : pairsWithin(qubits, groups, mixer).length;
}

/** All γ layer by layer, then all β: the order of the circuit's parameters. */
export function angleNames(layers: number, { gammas, betas }: AngleCounts): string[] {
  return [['gamma', gammas] as const, ['beta', betas] as const].flatMap(([name, count]) =>
    Array.from({ length: layers * count }, (_, k) =>
      angleName(name, Math.floor(k / count), k % count, count),
    ),
  );
}

function angleName(name: 'gamma' | 'beta', layer: number, which: number, count: number): string {
  return count === 1 ? `${name}_${layer}` : `${name}_${layer}_${which}`;
}

/**
 * The QAOA circuit (Farhi et al., arXiv:1411.4028): the start, then per layer exp(−iγC) and
 * exp(−iβB), with C the Ising form and B the mixer of CONTRACT §4.
 */
export function qaoaCircuit(ising: IsingForm, shape: QaoaShape): Circuit {
  const qubits = ising.h.length;
  const counts = angleCounts(ising, shape);
  const start = startState(qubits, shape);
  const operations: Operation[] = [...start];
  for (let layer = 0; layer < shape.layers; layer++) {
    const angle =
      (name: 'gamma' | 'beta') =>
      (which: number): Expression => {
        const count = counts[`${name}s`];
        return parameterOf(angleName(name, layer, count === 1 ? 0 : which, count));
      };
    operations.push(...costLayer(ising, shape.sharing ?? 'layer', angle('gamma')));
    const generator = shape.generators?.[layer];
    operations.push(
      ...(generator === undefined
        ? mixerLayer(qubits, shape, start, angle('beta'))
        : evolutionUnder(generator, angle('beta')(0))),
    );
  }
  return {
    ...circuitOf(qubits, operations),
    parameters: angleNames(shape.layers, counts).map((name) => ({ name, value: null })),
  };
}

/** An angle by its number within its layer. */
type Angle = (which: number) => Expression;

function startState(qubits: number, shape: QaoaShape): GateOperation[] {
  const all = Array.from({ length: qubits }, (_, q) => q);
  const { tilts } = shape;
  if (tilts !== undefined) return all.map((q) => gate('ry', [q], [tilts[q] as number]));
  switch (shape.initialState) {
    case 'uniform':
      return all.map((q) => gate('h', [q]));
    case 'dicke':
      return shape.groups.flatMap(({ variables, ones }) =>
        (dickeState(variables.length, ones) as GateOperation[]).map((one) => ({
          ...one,
          qubits: one.qubits.map((q) => variables[q] as number),
        })),
      );
    case 'basis':
      return shape.groups.flatMap(({ variables, ones }) =>
        variables.slice(0, ones).map((q) => gate('x', [q])),
      );
    default:
      return unreachable(shape.initialState);
  }
}

/** exp(−iγC) without its global phase. */
function costLayer(ising: IsingForm, sharing: Sharing, gamma: Angle): Operation[] {
  return termsOf(ising).map(({ qubits, weight }, k) =>
    gate(qubits.length === 1 ? 'rz' : 'rzz', qubits, [
      scaled(2 * weight, gamma(sharing === 'kind' ? qubits.length - 1 : k)),
    ]),
  );
}

function mixerLayer(
  qubits: number,
  { mixer, tilts, groups }: QaoaShape,
  start: readonly GateOperation[],
  beta: Angle,
): Operation[] {
  switch (mixer) {
    case 'x':
      return Array.from({ length: qubits }, (_, q) =>
        xTurn(q, tilts?.[q], scaled(2, beta(q))),
      ).flat();
    case 'xy-ring':
    case 'xy-full':
      return pairsWithin(qubits, groups, mixer).flatMap((pair, k) => [
        gate('rxx', pair, [beta(k)]),
        gate('ryy', pair, [beta(k)]),
      ]);
    case 'grover':
      return groverLayer(qubits, start, beta(0));
    default:
      return unreachable(mixer);
  }
}

/** The turn about X, or about the direction in which the qubit starts. */
function xTurn(qubit: number, tilt: number | undefined, angle: Expression): Operation[] {
  if (tilt === undefined) return [gate('rx', [qubit], [angle])];
  return [gate('ry', [qubit], [-tilt]), gate('rz', [qubit], [angle]), gate('ry', [qubit], [tilt])];
}

/** The pairs of each group; of all qubits where there are none. */
function pairsWithin(
  qubits: number,
  groups: readonly Group[],
  mixer: 'xy-ring' | 'xy-full',
): (readonly [number, number])[] {
  if (groups.length === 0) return pairsOf(qubits, mixer);
  return groups.flatMap(({ variables }) =>
    pairsOf(variables.length, mixer).map(
      ([i, j]) => [variables[i] as number, variables[j] as number] as const,
    ),
  );
}

/** Ring: pairs that begin at an even qubit, then those at an odd one. */
function pairsOf(qubits: number, mixer: 'xy-ring' | 'xy-full'): [number, number][] {
  if (mixer === 'xy-full') {
    return Array.from({ length: qubits }, (_, i) => i).flatMap((i) =>
      Array.from({ length: qubits - i - 1 }, (_, k): [number, number] => [i, i + 1 + k]),
    );
  }
  const count = qubits === 2 ? 1 : qubits < 2 ? 0 : qubits;
  const ring = Array.from({ length: count }, (_, i): [number, number] => [i, (i + 1) % qubits]);
  return [...ring.filter(([i]) => i % 2 === 0), ...ring.filter(([i]) => i % 2 === 1)];
}

/** exp(−iβ|s⟩⟨s|) with |s⟩ the start (Bärtschi and Eidenbenz, arXiv:2006.00354). */
function groverLayer(
  qubits: number,
  start: readonly GateOperation[],
  beta: Expression,
): Operation[] {
  const others = Array.from({ length: qubits - 1 }, (_, q) => ({
    qubit: q + 1,
    value: 0 as const,
  }));
  const phase: GateOperation = { ...gate('p', [0], [scaled(-1, beta)]), controls: others };
  return [...inverseOf(start), gate('x', [0]), phase, gate('x', [0]), ...start];
}
