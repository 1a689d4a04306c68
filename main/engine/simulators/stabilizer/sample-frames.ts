import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import { flipOf } from '../branches.ts';
import { type Estimate, meanOverShots, reachesTarget, targetWarning } from '../estimates.ts';
import { undefinedBefore } from '../undefined-before.ts';
import { bind, type Instruction } from '../lowering.ts';
import { sortedByKey } from '../outcomes.ts';
import { countedBits, RowCounter } from '../shot-rows.ts';
import { readObservable } from '../read-observable.ts';
import type { Execution, Run } from '../simulator.ts';
import { cliffordTableOf } from './clifford-table.ts';
import { FrameMachine, frameShots, rowBytesOf } from './frame-machine.ts';
import { FrameProgram } from './frame-program.ts';
import type { PauliChannel } from '../pauli-channel.ts';
import { requiredChannel } from './required-channel.ts';
import { Tableau } from './tableau.ts';

/** Up to this many qubits the values of all qubits before the last measurements are counted too. */
const qubitLimit = 20;

/** Sums of a value over shots, for its mean and standard error. */
interface Moments {
  sum: number;
  squares: number;
}

/** Blocks that are run before the estimates are looked at, where an error was asked for. */
const lookEvery = 1;

/** What is read of each shot: rows of bits, whose parts begin at whole bytes. */
interface Reading {
  readonly bits: number;
  /** First plane of the values of all qubits; null where they are not read. */
  readonly qubitsFrom: number | null;
  readonly observed: readonly (readonly ObservedTerm[])[];
  readonly planes: number;
}

/** A string, its value in the reference, and the plane of the shots where that is turned round. */
interface ObservedTerm {
  readonly term: PauliTerm;
  readonly value: number;
  readonly plane: number;
}

/** Counts (and estimates, and rows) of a Clifford program without conditions, by Pauli frames. */
export function sampleFrames(run: Run): Execution {
  const { options } = run;
  const { seed, qubits, cancel, sink } = options;
  const shots = options.shots as number;
  const reference = new Tableau(qubits);
  const rng = rngOf(seed, 3);
  const program = new FrameProgram();
  const readout = run.noise?.readout ?? new Map<number, ReadoutError>();
  followBefore(run, reference, rng, readout, program);
  const reading = readingOf(run, reference, readout);
  readAtEnd(run, reference, rng, readout, program, reading);
  const machine = new FrameMachine({ qubits, planes: reading.planes }, program);
  const size = rowBytesOf(reading.planes);
  const isCounted = sink === undefined || run.bits <= countedBits;
  const counts = new RowCounter(run.bits);
  const qubitCounts = new RowCounter(qubits);
  const moments = reading.observed.map((): Moments => ({ sum: 0, squares: 0 }));
  let done = 0;
  const take = (rows: Uint8Array): void => {
    const taken = Math.min(frameShots, shots - done);
    for (let shot = 0; shot < taken; shot++) {
      const start = shot * size;
      if (isCounted) counts.add(rows, start);
      if (reading.qubitsFrom !== null) qubitCounts.add(rows, start + reading.qubitsFrom / 8);
      reading.observed.forEach((terms, i) => addMoments(moments[i] as Moments, terms, rows, start));
    }
    sink?.write(firstBits(rows, taken, size, Math.ceil(run.bits / 8)));
    done += taken;
  };
  try {
    while (done < shots && !reachesTarget(run, estimatesOf(moments, done), done)) {
      cancel.throwIfCancelled();
      const left = Math.ceil((shots - done) / frameShots);
      const most = options.targetError === undefined ? machine.passBlocks : lookEvery;
      const blocks = Math.min(left, most);
      const first = done / frameShots;
      const seeds = Array.from({ length: blocks }, (_, k) => seedOf(rngOf(seed, 4, first + k)));
      machine.run(seeds, cancel, (_, rows) => take(rows));
    }
  } finally {
    machine.dispose();
  }
  return report(run, done, { counts: isCounted ? counts : null, qubitCounts, moments });
}

function seedOf(rng: Rng): readonly [number, number] {
  return [rng.uint32(), rng.uint32()];
}

/** Rows cut to their first bytes; what is given may be a part of the rows, so it is used at once. */
function firstBits(rows: Uint8Array, count: number, size: number, wanted: number): Uint8Array {
  if (size === wanted) return rows.subarray(0, count * size);
  const result = new Uint8Array(count * wanted);
  for (let shot = 0; shot < count; shot++)
    result.set(rows.subarray(shot * size, shot * size + wanted), shot * wanted);
  return result;
}

/** Memory that a run takes for its shots. */
export function frameBytes(run: Run, threads: number): number {
  const { bits, observables, options } = run;
  const terms = observables.reduce((sum, one) => sum + one.terms.length, 0);
  const values = options.qubits <= qubitLimit ? options.qubits : 0;
  return FrameMachine.bytesFor({ qubits: options.qubits, planes: bits + values + terms }, threads);
}

function wholeBytes(planes: number): number {
  return 8 * Math.ceil(planes / 8);
}

function readingOf(
  { bits, observables, options: { qubits } }: Run,
  reference: Tableau,
  readout: ReadonlyMap<number, ReadoutError>,
): Reading {
  const qubitsFrom = qubits <= qubitLimit ? wholeBytes(bits) : null;
  let planes = wholeBytes(qubitsFrom === null ? bits : qubitsFrom + qubits);
  const observed = observables.map((sum) =>
    readObservable(sum, readout).terms.flatMap((term): ObservedTerm[] => {
      const value = term.coefficient * reference.valueOfString(term);
      return value === 0 ? [] : [{ term, value, plane: planes++ }];
    }),
  );
  // Without observables nothing stands behind the bits, and rows are written as they are.
  const hasMore = qubitsFrom !== null || planes > wholeBytes(bits);
  return { bits, qubitsFrom, observed, planes: hasMore ? planes : bits };
}

/** Gates, noise, measurements and resets up to the last measurements. */
function followBefore(
  run: Run,
  reference: Tableau,
  rng: Rng,
  readout: ReadonlyMap<number, ReadoutError>,
  program: FrameProgram,
): void {
  const channels = new Map<object, PauliChannel>();
  const follow = (instruction: Instruction): void => {
    run.options.cancel.throwIfCancelled();
    switch (instruction.kind) {
      case 'unitary': {
        for (const step of bind(instruction, run.options.bindings)) {
          reference.applyUnitary(step);
          const table = cliffordTableOf(step);
          if (table !== null) program.gate([...step.controls, ...step.targets], table);
        }
        for (const step of run.noise?.after(
          instruction.gate.id,
          instruction.qubits,
          instruction.power,
        ) ?? []) {
          const channel = channels.get(step.superoperator) ?? requiredChannel(step);
          channels.set(step.superoperator, channel);
          program.channel({ ...channel, qubits: step.qubits });
        }
        return;
      }
      case 'measure': {
        const { qubit, bit } = instruction;
        program.measure(qubit, bit, collapse(reference, qubit, rng));
        if (bit !== null) program.misread(bit, readout.get(qubit));
        return;
      }
      case 'reset':
        if (collapse(reference, instruction.qubit, rng) === 1) {
          reference.applyUnitary(flipOf(instruction.qubit));
        }
        program.reset(instruction.qubit);
        return;
      case 'if':
        return;
    }
  };
  run.program.before.forEach(follow);
}

/** What is asked about the state before the last measurements, and these. */
function readAtEnd(
  { program: { terminal }, options: { qubits } }: Run,
  reference: Tableau,
  rng: Rng,
  readout: ReadonlyMap<number, ReadoutError>,
  program: FrameProgram,
  { qubitsFrom, observed }: Reading,
): void {
  const every = Array.from({ length: qubits }, (_, q) => q);
  const values = reference.sampler(every)(rng);
  if (qubitsFrom !== null)
    for (const q of every) program.value(q, qubitsFrom + q, values[q] as number);
  for (const { term, plane } of observed.flat()) program.parity(term, plane);
  for (const { qubit, bit } of terminal) {
    program.measure(qubit, bit, values[qubit] as number);
    program.misread(bit, readout.get(qubit));
  }
}

function collapse(register: Tableau, qubit: number, rng: Rng): 0 | 1 {
  const value = rng.uniform() < register.weightOfOne(qubit) ? 1 : 0;
  register.scale(1 / register.project(qubit, value));
  return value;
}

function addMoments(
  moments: Moments,
  terms: readonly ObservedTerm[],
  rows: Uint8Array,
  start: number,
): void {
  let total = 0;
  for (const { value, plane } of terms) {
    const isTurned = (((rows[start + (plane >> 3)] as number) >> (plane & 7)) & 1) === 1;
    total += isTurned ? -value : value;
  }
  moments.sum += total;
  moments.squares += total * total;
}

function estimatesOf(moments: readonly Moments[], shots: number): Estimate[] {
  return moments.map(({ sum, squares }) => meanOverShots(sum, squares, shots));
}

function report(
  run: Run,
  shots: number,
  {
    counts,
    qubitCounts,
    moments,
  }: {
    readonly counts: RowCounter | null;
    readonly qubitCounts: RowCounter;
    readonly moments: readonly Moments[];
  },
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
  const frequencies = qubitCounts.entries().map(([key, count]) => [key, count / shots] as const);
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
    ...(counts === null ? {} : { counts: sortedByKey(new Map(counts.entries())) }),
    warnings,
    measured: { shots },
  };
}
