import { bitAt, BitCounter, setBit, zeroBits } from '#shared/base/packed-bits.ts';
import { gate } from '#shared/circuit/build.ts';
import {
  bitCountOf,
  type Circuit,
  type GateOperation,
  type MeasureOperation,
} from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { type Bindings, evaluate, numberOf } from '#shared/circuit/expression.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
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
  const turns = [...basis].flatMap(([qubit, letter]) => {
    if (letter === 'Z') return [];
    return letter === 'X' ? [gate('h', [qubit])] : [gate('sdg', [qubit]), gate('h', [qubit])];
  });
  return { ...circuit, operations: [...gatesOf(circuit), ...turns] };
}

function gatesOf({ operations }: Circuit): readonly GateOperation[] {
  return operations.filter((one) => one.kind === 'gate');
}

/** Prepares with `circuit` and undoes with `other`: all zeros comes with probability |⟨other|circuit⟩|². */
export function overlapCircuit(circuit: Circuit, other: Circuit): Circuit {
  return { ...circuit, operations: [...gatesOf(circuit), ...inverseOf(gatesOf(other))] };
}

/**
 * Outcomes over qubits turned into outcomes over the circuit's bits, where it measures any, as in the
 * answers of the local simulator.
 */
export function outcomesOverBits(counts: Counts, circuit: Circuit): Counts {
  const measures = circuit.operations.filter(
    (one): one is MeasureOperation => one.kind === 'measure',
  );
  if (measures.length === 0) return counts;
  const qubitOfBit = new Map(
    measures.flatMap(({ bit, qubit }) => (bit === null ? [] : [[bit, qubit] as const])),
  );
  const width = bitCountOf(circuit);
  const table = new BitCounter(width);
  counts.counts.forEach((count, k) => {
    const memory = zeroBits(width, 1);
    for (const [bit, qubit] of qubitOfBit)
      if (bitAt(counts.outcomes, k, qubit) === 1) setBit(memory, 0, bit);
    table.add(memory, 0, count);
  });
  return table.counts();
}
