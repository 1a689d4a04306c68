import { unreachable } from '#shared/base/assert.ts';
import { circuitOf, gate, scaled } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { type Expression, parameterOf } from '#shared/circuit/expression.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import type { IsingForm } from '#shared/problems/binary-problem.ts';
import { dickeState } from './dicke.ts';

export type Mixer = 'x' | 'xy-ring' | 'xy-full' | 'grover';
export type InitialState = 'uniform' | 'dicke' | 'basis';

export interface QaoaShape {
  readonly layers: number;
  readonly mixer: Mixer;
  readonly initialState: InitialState;
  /** Ones in a Dicke or basis start. */
  readonly cardinality: number;
}

/** gamma_0 … gamma_{p−1}, beta_0 … beta_{p−1}: the order of the circuit's parameters. */
export function angleNames(layers: number): string[] {
  return ['gamma', 'beta'].flatMap((name) =>
    Array.from({ length: layers }, (_, l) => `${name}_${l}`),
  );
}

/**
 * The QAOA circuit (Farhi et al., arXiv:1411.4028): the start, then per layer exp(−iγC) and
 * exp(−iβB), with C the Ising form and B the mixer of CONTRACT §4.
 */
export function qaoaCircuit(ising: IsingForm, shape: QaoaShape): Circuit {
  const qubits = ising.h.length;
  const start = startState(qubits, shape);
  const operations: Operation[] = [...start];
  for (let layer = 0; layer < shape.layers; layer++) {
    operations.push(...costLayer(ising, parameterOf(`gamma_${layer}`)));
    operations.push(...mixerLayer(qubits, shape.mixer, start, parameterOf(`beta_${layer}`)));
  }
  return {
    ...circuitOf(qubits, operations),
    parameters: angleNames(shape.layers).map((name) => ({ name, value: null })),
  };
}

function startState(qubits: number, shape: QaoaShape): GateOperation[] {
  const all = Array.from({ length: qubits }, (_, q) => q);
  switch (shape.initialState) {
    case 'uniform':
      return all.map((q) => gate('h', [q]));
    case 'dicke':
      return dickeState(qubits, shape.cardinality) as GateOperation[];
    case 'basis':
      return all.slice(0, shape.cardinality).map((q) => gate('x', [q]));
    default:
      return unreachable(shape.initialState);
  }
}

/** exp(−iγC) without its global phase. */
function costLayer(ising: IsingForm, gamma: Expression): Operation[] {
  const fields = Array.from(ising.h, (h, q) => ({ h, q })).filter(({ h }) => h !== 0);
  return [
    ...fields.map(({ h, q }) => gate('rz', [q], [scaled(2 * h, gamma)])),
    ...ising.J.map(([i, j, w]) => gate('rzz', [i, j], [scaled(2 * w, gamma)])),
  ];
}

function mixerLayer(
  qubits: number,
  mixer: Mixer,
  start: readonly GateOperation[],
  beta: Expression,
): Operation[] {
  switch (mixer) {
    case 'x':
      return Array.from({ length: qubits }, (_, q) => gate('rx', [q], [scaled(2, beta)]));
    case 'xy-ring':
    case 'xy-full':
      return pairsOf(qubits, mixer).flatMap((pair) => [
        gate('rxx', pair, [beta]),
        gate('ryy', pair, [beta]),
      ]);
    case 'grover':
      return groverLayer(qubits, start, beta);
    default:
      return unreachable(mixer);
  }
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
