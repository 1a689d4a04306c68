import { AppError } from '#shared/base/errors.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { type Rng, shuffled } from '#shared/base/rng.ts';
import { type Circuit, type GateOperation, qubitCountOf } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { evaluate, numberOf } from '#shared/circuit/expression.ts';
import { gateById } from '#shared/gates/registry.ts';
import type { Observable } from '#shared/observables/observable.ts';
import { namedRow } from '../simulators/evaluator.ts';
import { lower, operationLimit } from '../simulators/lowering.ts';
import { simulateRun, withKernels } from '../simulators/simulate.ts';
import { splitTerminal } from '../simulators/terminal.ts';
import { requireTerminal } from './fold.ts';

/** A circuit with one row of angles put in, its own gates written out. */
export function boundCircuit(circuit: Circuit, row: Float64Array): Circuit {
  const names = circuit.parameters.map(({ name }) => name);
  const bindings = namedRow(names, row, 0);
  const operations = flattenOperations(circuit, operationLimit);
  requireTerminal(operations, 'Training circuits need');
  return {
    ...circuit,
    parameters: [],
    definitions: [],
    operations: operations.map((one) =>
      one.kind === 'gate'
        ? { ...one, parameters: one.parameters.map((angle) => numberOf(evaluate(angle, bindings))) }
        : one,
    ),
  };
}

/** How fine the angles are at which a gate is a Clifford one; null: it is none at any, or always. */
function gridOf(one: GateOperation): number | null {
  const known = gateById(one.gate);
  if (known === null || known.isClifford) return null;
  if (one.gate === 't' || one.gate === 'tdg') return 0;
  if (known.parameterNames.length === 0) return null;
  const isControlled = known.controlCount > 0 || (one.controls ?? []).length > 0;
  return isControlled ? Math.PI : Math.PI / 2;
}

function isClifford(one: GateOperation, grid: number): boolean {
  if (grid === 0) return false;
  return one.parameters.every((angle) => {
    const turns = evaluate(angle) / grid;
    return Math.abs(turns - Math.round(turns)) < 1e-9;
  });
}

/** Width of the draw of a Clifford angle about the true one, in radians. */
const spread = 0.5;

/**
 * A circuit like this one, in which all but a `fraction` of the gates that are not Clifford became Clifford gates
 * with angles nearby (Czarnik, Arrasmith, Coles, Cincio, arXiv:2005.10189).
 */
export function nearCliffordCopy(circuit: Circuit, fraction: number, rng: Rng): Circuit {
  const places = circuit.operations.flatMap((one, at) => {
    const grid = one.kind === 'gate' ? gridOf(one) : null;
    return grid === null || isClifford(one as GateOperation, grid) ? [] : [{ at, grid }];
  });
  const kept = Math.round(places.length * fraction);
  const replaced = new Map(
    shuffled(places, rng)
      .slice(kept)
      .map(({ at, grid }) => [at, grid]),
  );
  return {
    ...circuit,
    operations: circuit.operations.map((one, at) => {
      const grid = replaced.get(at);
      return grid === undefined || one.kind !== 'gate' ? one : rounded(one, grid, rng);
    }),
  };
}

function rounded(one: GateOperation, grid: number, rng: Rng): GateOperation {
  // T lies halfway between nothing and S.
  if (grid === 0) {
    const other = one.gate === 't' ? 's' : 'sdg';
    return { ...one, gate: rng.below(2) === 0 ? 'id' : other };
  }
  return {
    ...one,
    parameters: one.parameters.map((angle) => {
      const turns = (evaluate(angle) + spread * rng.normal()) / grid;
      return numberOf(Math.round(turns) * grid);
    }),
  };
}

/** ⟨O⟩ of each observable without noise, by whatever method suits the circuit. */
export function idealValues(
  circuit: Circuit,
  observables: readonly Observable[],
  freeBytes: number,
): number[] {
  const sums = observables.map((one) => {
    if (one.kind === 'pauli') return one.sum;
    throw new AppError(
      'unsupported',
      'Learning from near-Clifford circuits needs Pauli observables, not a cost over basis states. Use “zne” instead.',
    );
  });
  const options = {
    qubits: qubitCountOf(circuit),
    method: 'auto' as const,
    precision: 'f64' as const,
    shots: null,
    seed: 0,
    noise: null,
    bindings: {},
    probabilities: false,
    state: false,
    bloch: false,
    observables: sums.map((_, k) => String(k)),
    cancel: new CancelFlag(),
    freeBytes,
    now: () => 0,
    started: 0,
  };
  const gates = circuit.operations.filter(({ kind }) => kind === 'gate');
  const pure = { ...circuit, bitRegisters: [], operations: gates };
  const run = {
    program: splitTerminal(lower(pure)),
    bits: 0,
    noise: null,
    observables: sums,
    options,
  };
  const result = withKernels(options, () => simulateRun(pure, run));
  return sums.map((_, k) => result.expectations?.[k]?.value ?? Number.NaN);
}
