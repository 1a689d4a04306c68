import { gate } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation, MeasureOperation } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { type Bindings, evaluate, numberOf } from '#shared/circuit/expression.ts';
import type { PauliLetter } from '#shared/observables/pauli.ts';
import type { Counts } from '#engine/programs/program.ts';

const operationLimit = 1_000_000;

/** The circuit with every angle a number, own gates expanded. */
export function bindCircuit(circuit: Circuit, bindings: Bindings): Circuit {
  const operations = flattenOperations(circuit, operationLimit).map((one) =>
    one.kind === 'gate'
      ? { ...one, parameters: one.parameters.map((p) => numberOf(evaluate(p, bindings))) }
      : one,
  );
  return { ...circuit, definitions: [], parameters: [], operations };
}

/** Only the gates, followed by turns of the measured basis into that of Z. */
export function inBasis(circuit: Circuit, basis: ReadonlyMap<number, PauliLetter>): Circuit {
  const gates = circuit.operations.filter((one): one is GateOperation => one.kind === 'gate');
  const turns = [...basis].flatMap(([qubit, letter]) => {
    if (letter === 'Z') return [];
    return letter === 'X' ? [gate('h', [qubit])] : [gate('sdg', [qubit]), gate('h', [qubit])];
  });
  return { ...circuit, operations: [...gates, ...turns] };
}

/** Prepares with `circuit` and undoes with `other`: all zeros comes with probability |⟨other|circuit⟩|². */
export function overlapCircuit(circuit: Circuit, other: Circuit): Circuit {
  const undo = other.operations
    .filter((one): one is GateOperation => one.kind === 'gate')
    .toReversed()
    .map((one): GateOperation => ({ ...one, power: -(one.power ?? 1) }));
  return {
    ...circuit,
    operations: [...circuit.operations.filter((one) => one.kind === 'gate'), ...undo],
  };
}

/**
 * Outcomes over qubits turned into outcomes over the circuit's bits, where it measures any: bit i of
 * memory stands at 2^i, as in the answers of the local simulator.
 */
export function outcomesOverBits(counts: Counts, circuit: Circuit): Counts {
  const measures = circuit.operations.filter(
    (one): one is MeasureOperation => one.kind === 'measure',
  );
  if (measures.length === 0) return counts;
  const qubitOfBit = new Map(
    measures.flatMap(({ bit, qubit }) => (bit === null ? [] : [[bit, qubit] as const])),
  );
  const table = new Map<number, number>();
  counts.outcomes.forEach((outcome, k) => {
    let index = 0;
    for (const [bit, qubit] of qubitOfBit)
      index += (Math.floor(outcome / 2 ** qubit) % 2) * 2 ** bit;
    table.set(index, (table.get(index) ?? 0) + (counts.counts[k] as number));
  });
  const sorted = [...table].sort(([a], [b]) => a - b);
  return {
    outcomes: Float64Array.from(sorted, ([outcome]) => outcome),
    counts: Float64Array.from(sorted, ([, count]) => count),
  };
}
