import { bitAt, BitCounter, setBit, zeroBits } from '#shared/base/packed-bits.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { Counts } from '../programs/program.ts';
import { marginalOf } from '../simulators/outcomes.ts';

type Wires = readonly number[] | null;

/** Outcomes over wires as outcomes over the program's qubits. */
export function countsOfQubits(counts: Counts, wires: Wires): Counts {
  if (wires === null) return counts;
  const table = new BitCounter(wires.length);
  counts.counts.forEach((count, k) => {
    const qubits = zeroBits(wires.length, 1);
    wires.forEach((wire, qubit) => {
      if (bitAt(counts.outcomes, k, wire) === 1) setBit(qubits, 0, qubit);
    });
    table.add(qubits, 0, count);
  });
  return table.counts();
}

/** Probabilities over wires as probabilities over the program's qubits. */
export function probabilitiesOfQubits(probabilities: Float64Array, wires: Wires): Float64Array {
  return wires === null ? probabilities : marginalOf(probabilities, wires);
}

/** The observable on the wires where its qubits end. `width`: how many wires there are. */
export function observableOnWires(observable: Observable, wires: Wires, width: number): Observable {
  if (wires === null) return observable;
  if (observable.kind === 'pauli') return { kind: 'pauli', sum: onWires(observable.sum, wires) };
  const values = new Float64Array(2 ** width);
  for (let index = 0; index < values.length; index++) {
    let own = 0;
    wires.forEach((wire, qubit) => {
      own += ((index >>> wire) & 1) * 2 ** qubit;
    });
    values[index] = observable.values[own] as number;
  }
  return { kind: 'diagonal', values };
}

function onWires({ terms }: PauliSum, wires: readonly number[]): PauliSum {
  return {
    terms: terms.map(({ coefficient, factors }) => ({
      coefficient,
      factors: factors.map(({ qubit, letter }) => ({ qubit: wires[qubit] as number, letter })),
    })),
  };
}
