import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import { flipOf } from '../branches.ts';
import { type Estimate, meanOverShots, reachesTarget, targetWarning } from '../estimates.ts';
import { undefinedBefore } from '../undefined-before.ts';
import { bind, type Instruction } from '../lowering.ts';
import { sortedByKey } from '../outcomes.ts';
import { readObservable } from '../read-observable.ts';
import type { Execution, Run } from '../simulator.ts';
import { cliffordTableOf } from './clifford-table.ts';
import { forHits, frameShots, type LinearMap, linearMapOf, PauliFrames } from './frames.ts';
import type { PauliChannel } from '../pauli-channel.ts';
import { requiredChannel } from './required-channel.ts';
import { Tableau } from './tableau.ts';

/** Up to this many qubits the values of all qubits before the last measurements are counted too. */
const qubitLimit = 20;

/** What frames go through, with the outcomes of one reference run without noise. */
type FrameStep =
  | { readonly kind: 'gate'; readonly qubits: readonly number[]; readonly map: LinearMap }
  | { readonly kind: 'channel'; readonly channel: PauliChannel }
  | {
      readonly kind: 'measure';
      readonly qubit: number;
      readonly bit: number | null;
      readonly value: number;
    }
  | { readonly kind: 'reset'; readonly qubit: number };

/** Sums of a value over shots, for its mean and standard error. */
interface Moments {
  sum: number;
  squares: number;
}

/** Counts (and estimates) of a Clifford program without conditions, by Pauli frames. */
export function sampleFrames(run: Run): Execution {
  const { options, program, noise } = run;
  const { shots, seed, qubits, cancel } = options;
  const reference = new Tableau(qubits);
  const rng = rngOf(seed, 3);
  const steps = prepareSteps(run, reference, rng);
  const every = Array.from({ length: qubits }, (_, q) => q);
  const values = reference.sampler(every)(rng);
  const readout = noise?.readout ?? new Map<number, ReadoutError>();
  const observed = run.observables.map((sum) =>
    readObservable(sum, readout).terms.map((term) => ({
      term,
      value: term.coefficient * reference.valueOfString(term),
    })),
  );
  const counts = new Map<string, number>();
  const qubitCounts = new Map<string, number>();
  const moments = observed.map((): Moments => ({ sum: 0, squares: 0 }));
  let done = 0;
  while (done < (shots as number) && !reachesTarget(run, estimatesOf(moments, done), done)) {
    const batch = Math.min(frameShots, (shots as number) - done);
    const batchRng = rngOf(seed, 4, done / frameShots);
    const frames = new PauliFrames(qubits, batchRng);
    const memory: (Int32Array | null)[] = Array.from({ length: run.bits }, () => null);
    const read = (words: Int32Array, qubit: number, bit: number | null): void => {
      if (bit !== null) memory[bit] = misreadAll(words, readout.get(qubit), batchRng);
    };
    for (const step of steps) {
      cancel.throwIfCancelled();
      advance(frames, step, read);
    }
    observed.forEach((terms, i) => addMoments(moments[i] as Moments, terms, frames, batch));
    if (qubits <= qubitLimit) {
      const all = every.map((q) => frames.values(q, values[q] as number));
      countKeys(all, batch, qubitCounts);
    }
    for (const { qubit, bit } of program.terminal) {
      read(frames.measure(qubit, values[qubit] as number), qubit, bit);
    }
    countKeys(memory, batch, counts);
    done += batch;
  }
  return report(run, done, counts, qubitCounts, moments);
}

function prepareSteps(run: Run, reference: Tableau, rng: Rng): FrameStep[] {
  const channels = new Map<object, PauliChannel>();
  const follow = (instruction: Instruction): FrameStep[] => {
    run.options.cancel.throwIfCancelled();
    switch (instruction.kind) {
      case 'unitary': {
        const gates = bind(instruction, run.options.bindings).flatMap((step): FrameStep[] => {
          reference.applyUnitary(step);
          const table = cliffordTableOf(step);
          const map = table === null ? null : linearMapOf(table);
          const qubits = [...step.controls, ...step.targets];
          return map === null ? [] : [{ kind: 'gate', qubits, map }];
        });
        const noisy = run.noise?.after(instruction.gate.id, instruction.qubits) ?? [];
        return [
          ...gates,
          ...noisy.map((step): FrameStep => {
            const channel = channels.get(step) ?? requiredChannel(step);
            channels.set(step, channel);
            return { kind: 'channel', channel };
          }),
        ];
      }
      case 'measure':
        return [{ ...instruction, value: collapse(reference, instruction.qubit, rng) }];
      case 'reset':
        if (collapse(reference, instruction.qubit, rng) === 1) {
          reference.applyUnitary(flipOf(instruction.qubit));
        }
        return [{ kind: 'reset', qubit: instruction.qubit }];
      case 'if':
        return [];
    }
  };
  return run.program.before.flatMap(follow);
}

function collapse(register: Tableau, qubit: number, rng: Rng): 0 | 1 {
  const value = rng.uniform() < register.weightOfOne(qubit) ? 1 : 0;
  register.scale(1 / register.project(qubit, value));
  return value;
}

function advance(
  frames: PauliFrames,
  step: FrameStep,
  read: (words: Int32Array, qubit: number, bit: number | null) => void,
): void {
  switch (step.kind) {
    case 'gate':
      frames.conjugate(step.qubits, step.map);
      return;
    case 'channel':
      frames.applyChannel(step.channel);
      return;
    case 'measure':
      read(frames.measure(step.qubit, step.value), step.qubit, step.bit);
      return;
    case 'reset':
      frames.reset(step.qubit);
  }
}

/** Readout error on the outcomes of a batch. */
function misreadAll(words: Int32Array, error: ReadoutError | undefined, rng: Rng): Int32Array {
  if (error === undefined) return words;
  const seen = words.slice();
  const flip = (isOne: number) => (shot: number) => {
    const bit = 1 << (shot & 31);
    const value = ((words[shot >> 5] as number) & bit) === 0 ? 0 : 1;
    if (value === isOne) seen[shot >> 5] = (seen[shot >> 5] as number) ^ bit;
  };
  forHits(error.p_read1_given0, rng, flip(0));
  forHits(error.p_read0_given1, rng, flip(1));
  return seen;
}

/** Counts the keys of a batch; entry i holds bit i, null where it is 0 in every shot. */
function countKeys(
  memory: readonly (Int32Array | null)[],
  batch: number,
  counts: Map<string, number>,
): void {
  const digits = memory.map(() => 48);
  for (let shot = 0; shot < batch; shot++) {
    memory.forEach((words, i) => {
      const bit = words === null ? 0 : ((words[shot >> 5] as number) >>> (shot & 31)) & 1;
      digits[memory.length - 1 - i] = 48 + bit;
    });
    const key = String.fromCharCode(...digits);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
}

function addMoments(
  moments: Moments,
  terms: readonly { readonly term: PauliTerm; readonly value: number }[],
  frames: PauliFrames,
  batch: number,
): void {
  const present = terms.filter(({ value }) => value !== 0);
  const flips = present.map(({ term }) => frames.flips(term));
  for (let shot = 0; shot < batch; shot++) {
    let total = 0;
    present.forEach(({ value }, i) => {
      const word = (flips[i] as Int32Array)[shot >> 5] as number;
      total += ((word >>> (shot & 31)) & 1) === 1 ? -value : value;
    });
    moments.sum += total;
    moments.squares += total * total;
  }
}

function estimatesOf(moments: readonly Moments[], shots: number): Estimate[] {
  return moments.map(({ sum, squares }) => meanOverShots(sum, squares, shots));
}

function report(
  run: Run,
  shots: number,
  counts: ReadonlyMap<string, number>,
  qubitCounts: ReadonlyMap<string, number>,
  moments: readonly Moments[],
): Execution {
  const { options } = run;
  const estimates = estimatesOf(moments, shots);
  const warnings = [...targetWarning(run, estimates, shots)];
  const isCounted = options.qubits <= qubitLimit;
  if (!isCounted) {
    warnings.push(
      `qubitProbabilities is null: it is counted for at most ${qubitLimit} qubits by this method.`,
    );
  }
  const frequencies = [...qubitCounts].map(([key, count]) => [key, count / shots] as const);
  return {
    ...undefinedBefore(run),
    qubitProbabilities: isCounted ? sortedByKey(new Map(frequencies)) : null,
    ...(options.observables.length === 0
      ? {}
      : {
          expectations: estimates.map((estimate, i) => ({
            observable: options.observables[i] as string,
            ...estimate,
          })),
        }),
    ...(options.bloch ? { bloch: null } : {}),
    counts: sortedByKey(counts),
    warnings,
    measured: { shots },
  };
}
