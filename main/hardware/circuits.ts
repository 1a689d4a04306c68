import { bitAt, BitCounter, setBit, zeroBits } from '#shared/base/packed-bits.ts';
import { bitCountOf, type Circuit, type MeasureOperation } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { type Bindings, evaluate, numberOf } from '#shared/circuit/expression.ts';
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
