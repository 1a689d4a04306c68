import { bitAt, BitCounter, setBit, zeroBits } from '#shared/base/packed-bits.ts';
import type { Rng } from '#shared/base/rng.ts';
import { gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import type { WeightedAssignments } from '../algorithms/optimisation-result.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Counts } from '../programs/program.ts';
import { type Encoding, type MagicBasis, magicBases } from './encoding.ts';

/** A prepared state, and the encoding that it is read in. */
export interface Relaxed {
  readonly circuit: Circuit;
  readonly point: Float64Array;
  readonly encoding: Encoding;
  /** The problem's own variables, which come first among the spins. */
  readonly variables: number;
}

/** The sign of every spin's mean, as one assignment; where the mean is 0, by lot. */
export function* paulisRounded(
  key: string,
  { point, encoding, variables }: Relaxed,
  rng: Rng,
): Generator<Ask, WeightedAssignments, Answer> {
  // The cost is the first observable of the circuit.
  const observables = encoding.places.map((_, spin) => spin + 1);
  const { values } = yield* ask({
    kind: 'expectations',
    key,
    items: 1,
    bindings: point,
    observables,
  });
  const assignments = zeroBits(variables, 1);
  for (let i = 0; i < variables; i++) {
    const mean = values[i] as number;
    const isOne = Math.abs(mean) < 1e-12 ? rng.uniform() < 0.5 : mean < 0;
    if (isOne) setBit(assignments, 0, i);
  }
  return { assignments, probabilities: Float64Array.of(1) };
}

/**
 * Every qubit measured in a random one of the bases whose states are code words; each outcome is decoded to an assignment. A
 * code word itself is decoded to its own assignment in one of the bases for each qubit.
 */
export function* magicallyRounded(
  { circuit, point, encoding, variables }: Relaxed,
  { bases, shots }: { readonly bases: number; readonly shots: number },
  rng: Rng,
): Generator<Ask, WeightedAssignments, Answer> {
  const key = 'rounding';
  const { qubits } = encoding;
  const all = Array.from({ length: qubits }, (_, q) => q);
  // No names of the ansatz, which counts its own as theta.
  const turns = all.flatMap((q) => [`basis_z_${q}`, `basis_y_${q}`]);
  yield {
    kind: 'define',
    key,
    circuit: {
      ...circuit,
      operations: [
        ...circuit.operations,
        ...all.flatMap((q) => [
          gate('rz', [q], [parameterOf(`basis_z_${q}`)]),
          gate('ry', [q], [parameterOf(`basis_y_${q}`)]),
        ]),
      ],
      parameters: [...circuit.parameters, ...turns.map((name) => ({ name, value: null }))],
    },
    observables: [],
  };
  const choices = magicBases(encoding.variablesPerQubit);
  const drawn = Array.from({ length: bases }, () =>
    all.map(() => choices[rng.below(choices.length)] as MagicBasis),
  );
  const rows = drawn.flatMap((row) => [...point, ...row.flatMap(({ phi, theta }) => [phi, theta])]);
  const answer = yield* ask({
    kind: 'samples',
    key,
    items: bases,
    bindings: Float64Array.from(rows),
    shots: Math.ceil(shots / bases),
  });
  yield { kind: 'forget', key };
  const table = new BitCounter(variables);
  drawn.forEach((row, k) =>
    count(table, encoding, { row, seen: answer.counts[k] as Counts, variables }),
  );
  const { outcomes, counts } = table.counts();
  const total = counts.reduce((sum, n) => sum + n, 0);
  return { assignments: outcomes, probabilities: counts.map((n) => n / total) };
}

interface SeenInBases {
  readonly row: readonly MagicBasis[];
  readonly seen: Counts;
  readonly variables: number;
}

function count(
  table: BitCounter,
  { places }: Encoding,
  { row, seen, variables }: SeenInBases,
): void {
  seen.counts.forEach((times, k) => {
    const bits = zeroBits(variables, 1);
    for (let i = 0; i < variables; i++) {
      const { qubit, letter } = places[i] as (typeof places)[number];
      const sign = (row[qubit] as MagicBasis).signs[letter] ?? 1;
      if (sign * (1 - 2 * bitAt(seen.outcomes, k, qubit)) < 0) setBit(bits, 0, i);
    }
    table.add(bits, 0, times);
  });
}
