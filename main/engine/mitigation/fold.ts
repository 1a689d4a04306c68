import { unreachable } from '#shared/base/assert.ts';
import { AppError } from '#shared/base/errors.ts';
import { type Rng, shuffled } from '#shared/base/rng.ts';
import { gate } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import { operationLimit } from '../simulators/lowering.ts';

export type Folding = 'global' | 'local' | 'random' | 'identity';

export interface FoldedCircuit {
  readonly circuit: Circuit;
  /** Gates after the folding by gates before it: `scale` as near as whole gates come. */
  readonly scale: number;
  /** Gates before the folding, own ones expanded. */
  readonly gateCount: number;
}

/**
 * The circuit with its noise scaled by about `scale` ≥ 1 and its unitary kept (CONTRACT §4): inverses are
 * taken gate by gate and nothing is simplified. Terminal measurements stay at the end.
 */
export function foldCircuit(
  circuit: Circuit,
  scale: number,
  folding: Folding,
  rng: Rng,
): FoldedCircuit {
  const operations = flattenOperations(circuit, operationLimit);
  const gates = operations.filter((one): one is GateOperation => one.kind === 'gate');
  const rest = operations.filter((one) => one.kind !== 'gate');
  requireTerminal(operations, 'Folding needs');
  if (gates.length * scale > operationLimit) {
    throw new AppError(
      'too-large',
      `Folded ${scale} times, the ${gates.length} gates are more than the ${operationLimit} that are run at once. Use smaller scale factors.`,
      { gates: gates.length, scale },
    );
  }
  const folded = foldGates(gates, scale, folding, rng);
  return {
    circuit: { ...circuit, definitions: [], operations: [...folded, ...rest] },
    scale: reachedScale(gates.length, scale, folding),
    gateCount: gates.length,
  };
}

/** `who`: whoever cannot do with measurements before the end, and a verb. */
export function requireTerminal(operations: readonly Operation[], who: string): void {
  const firstOther = operations.findIndex(
    (one) => one.kind === 'measure' || one.kind === 'reset' || one.kind === 'if',
  );
  const lastGate = operations.findLastIndex((one) => one.kind === 'gate');
  if (firstOther >= 0 && firstOther < lastGate) {
    throw new AppError('unsupported', `${who} a circuit whose measurements all stand at its end.`);
  }
}

/** Gates that are folded once more than the whole rounds. */
function partOf(depth: number, scale: number): { readonly whole: number; readonly part: number } {
  const whole = Math.floor((scale - 1) / 2 + 1e-12);
  return { whole, part: Math.round((depth * (scale - 1 - 2 * whole)) / 2) };
}

function reachedScale(depth: number, scale: number, folding: Folding): number {
  if (depth === 0) return 1;
  if (folding === 'identity') return 1 + Math.round((scale - 1) * depth) / depth;
  const { whole, part } = partOf(depth, scale);
  return 1 + 2 * whole + (2 * part) / depth;
}

function foldGates(
  gates: readonly GateOperation[],
  scale: number,
  folding: Folding,
  rng: Rng,
): Operation[] {
  const depth = gates.length;
  const { whole, part } = partOf(depth, scale);
  switch (folding) {
    case 'global': {
      const inverse = inverseOf(gates);
      const tail = gates.slice(depth - part);
      const rounds = Array.from({ length: whole }, () => [inverse, gates]).flat();
      return [gates, ...rounds, inverseOf(tail), tail].flatMap((some, k): readonly Operation[] =>
        k === 0 || some.length === 0 ? some : [fence(gates), ...some],
      );
    }
    case 'local':
      return foldEach(gates, whole, new Set(gates.slice(0, part)));
    case 'random':
      return foldEach(gates, whole, new Set(shuffled(gates, rng).slice(0, part)));
    case 'identity':
      return insertIdentities(gates, scale);
    default:
      return unreachable(folding);
  }
}

/** Keeps compilers from cancelling what was folded: a machine's own would undo it at once. */
export function fence(gates: readonly GateOperation[]): Operation {
  const qubits = new Set(
    gates.flatMap((one) => [...one.qubits, ...(one.controls ?? []).map(({ qubit }) => qubit)]),
  );
  return { kind: 'barrier', qubits: [...qubits].toSorted((a, b) => a - b) };
}

/** Each gate as G(G†G)^k, those in `more` once more. */
function foldEach(
  gates: readonly GateOperation[],
  rounds: number,
  more: ReadonlySet<GateOperation>,
): Operation[] {
  return gates.flatMap((one) => {
    const count = rounds + (more.has(one) ? 1 : 0);
    const pair = [fence([one]), ...inverseOf([one]), fence([one]), one];
    return [one, ...Array.from({ length: count }, () => pair).flat()];
  });
}

/** (scale − 1) identities behind every gate, on each of its qubits; fractions are spread evenly. */
function insertIdentities(gates: readonly GateOperation[], scale: number): Operation[] {
  let inserted = 0;
  return gates.flatMap((one, k) => {
    const due = Math.round((scale - 1) * (k + 1)) - inserted;
    inserted += due;
    // Fences on both sides keep compilers from dropping what does nothing.
    const idle = [...one.qubits.map((qubit) => gate('id', [qubit])), fence([one])];
    return due === 0
      ? [one]
      : [one, fence([one]), ...Array.from({ length: due }, () => idle).flat()];
  });
}
