import { type Rng, rngOf } from '#shared/base/rng.ts';
import { listLimit } from '../limits.ts';
import { blochVectors } from '../inspect.ts';
import { keyOfBits, outcomesOf, writeOutcome } from '../outcomes.ts';
import type { Run } from '../simulator.ts';
import type { SharedEnd, ShotWalk } from './shot-walk.ts';

/** What a block of shots adds up to; blocks are added in their order, whoever ran them. */
export interface ShotSums {
  readonly shots: number;
  readonly counts: ReadonlyMap<string, number>;
  /** Per observable: sum of the shots' values, and of their squares. */
  readonly values: Float64Array;
  readonly squares: Float64Array;
  /** Sum of the probabilities of every basis state; null where they are too many to list. */
  readonly table: Float64Array | null;
  /** Per qubit the sum of x, y and z of the Bloch vector; null where it was not asked for. */
  readonly bloch: Float64Array | null;
}

/** Sums of no shot. */
export function noShots({ observables, options: { qubits, bloch } }: Run): ShotSums {
  return {
    shots: 0,
    counts: new Map(),
    values: new Float64Array(observables.length),
    squares: new Float64Array(observables.length),
    table: 2 ** qubits <= listLimit ? new Float64Array(2 ** qubits) : null,
    bloch: bloch ? new Float64Array(3 * qubits) : null,
  };
}

/** Runs shots first, …, first + count − 1; shot k draws from the stream (seed, 1, k). */
export function runBlock(run: Run, walk: ShotWalk, first: number, count: number): ShotSums {
  const rngs = new Map<number, Rng>();
  for (let shot = first; shot < first + count; shot++) {
    rngs.set(shot, rngOf(run.options.seed, 1, shot));
  }
  const sums: BlockSums = { ...noShots(run), shots: count, counts: new Map() };
  walk.run(rngs, (end) => addShared(run, end, rngs, sums));
  return sums;
}

/** Sums of a block that are being added up. */
export type BlockSums = ShotSums & { readonly counts: Map<string, number> };

/** Adds shots that end in the same state, each with an outcome of its own. */
export function addShared(
  run: Run,
  end: SharedEnd,
  rngs: ReadonlyMap<number, Rng>,
  sums: BlockSums,
): void {
  addEnd(run, end, sums);
  for (const key of drawKeys(run, end, rngs)) {
    sums.counts.set(key, (sums.counts.get(key) ?? 0) + 1);
  }
}

function addEnd(run: Run, { register, shots }: SharedEnd, sums: ShotSums): void {
  const readout = run.noise?.readout ?? new Map();
  const times = shots.length;
  run.observables.forEach((observable, i) => {
    const value = register.expectation(observable, readout);
    sums.values[i] = (sums.values[i] as number) + times * value;
    sums.squares[i] = (sums.squares[i] as number) + times * value * value;
  });
  const { table, bloch } = sums;
  if (table !== null) {
    const probabilities = register.probabilities();
    for (let i = 0; i < table.length; i++) {
      table[i] = (table[i] as number) + times * (probabilities[i] as number);
    }
  }
  if (bloch === null) return;
  blochVectors([register], run.options.qubits)
    .flat()
    .forEach((component, k) => {
      bloch[k] = (bloch[k] as number) + times * component;
    });
}

/** The classical memory of each shot after its terminal measurements. */
function* drawKeys(run: Run, end: SharedEnd, rngs: ReadonlyMap<number, Rng>): Generator<string> {
  if (run.program.terminal.length === 0) {
    for (const _ of end.shots) yield keyOfBits(end.bits);
    return;
  }
  const outcomes = outcomesOf(end, run.program.terminal, run.noise?.readout ?? new Map());
  const reached = outcomes.probabilities;
  // The table becomes its running sum, in which each shot then looks its number up.
  for (let i = 1; i < reached.length; i++) {
    reached[i] = (reached[i] as number) + (reached[i - 1] as number);
  }
  const memory = end.bits.slice();
  for (const shot of end.shots) {
    const uniform = (rngs.get(shot) as Rng).uniform();
    writeOutcome(outcomes, firstAbove(reached, uniform * (reached.at(-1) as number)), memory);
    yield keyOfBits(memory);
  }
}

/** The first place of an ascending list whose value is above x. */
function firstAbove(ascending: Float64Array, x: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** `more` added to `sums`. */
export function addSums(sums: ShotSums, more: ShotSums): ShotSums {
  const counts = new Map(sums.counts);
  for (const [key, count] of more.counts) counts.set(key, (counts.get(key) ?? 0) + count);
  return {
    shots: sums.shots + more.shots,
    counts,
    values: addInPlace(sums.values, more.values),
    squares: addInPlace(sums.squares, more.squares),
    table: sums.table === null ? null : addInPlace(sums.table, more.table as Float64Array),
    bloch: sums.bloch === null ? null : addInPlace(sums.bloch, more.bloch as Float64Array),
  };
}

/** Adds b to a, which is the caller's own. */
export function addInPlace(a: Float64Array, b: Float64Array): Float64Array {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + (b[i] as number);
  return a;
}
