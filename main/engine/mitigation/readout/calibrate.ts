import { bitAt } from '#shared/base/packed-bits.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { ask as asked } from '../../programs/ask.ts';
import type { Answer, Ask, Counts } from '../../programs/program.ts';
import type { BitError } from './confusion.ts';

/** What two circuits tell of every qubit at once: all prepared as 0, and all as 1. */
export function* measureReadout(
  name: string,
  place: { readonly circuit: Circuit; readonly wires?: readonly number[] },
  shots: number,
): Generator<Ask, readonly BitError[], Answer> {
  const qubits = qubitCountOf(place.circuit);
  const all = Array.from({ length: qubits }, (_, q) => q);
  const wires = place.wires === undefined ? {} : { wires: place.wires };
  const read: Counts[] = [];
  for (const prepared of [0, 1]) {
    const key = `${name} ${prepared}`;
    const flips = prepared === 0 ? [] : all.map((q) => gate('x', [q]));
    yield { kind: 'define', key, circuit: circuitOf(qubits, flips), observables: [], ...wires };
    const { counts } = yield* asked({
      kind: 'runs',
      key,
      items: 1,
      bindings: new Float64Array(0),
      bases: [[]],
      shots,
      stream: key,
    });
    yield { kind: 'forget', key };
    read.push(counts[0] as Counts);
  }
  const [zeros, ones] = read as [Counts, Counts];
  return all.map((q) => ({
    read1Given0: shareOfOnes(zeros, q),
    read0Given1: 1 - shareOfOnes(ones, q),
  }));
}

function shareOfOnes({ outcomes, counts }: Counts, bit: number): number {
  let [ones, total] = [0, 0];
  counts.forEach((count, k) => {
    total += count;
    if (bitAt(outcomes, k, bit) === 1) ones += count;
  });
  return ones / total;
}
