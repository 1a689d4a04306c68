import { AppError } from '#shared/base/errors.ts';
import { formatBytes } from '#shared/base/format-bytes.ts';
import { rngOf } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import { type Branch, type BranchRun, type Path, runBranches } from './branches.ts';
import { blochVectors } from './inspect.ts';
import {
  type BranchOutcomes,
  drawIndices,
  listOutcomes,
  sampleTable,
  sortedByKey,
} from './outcomes.ts';
import { listLimit, sparseListLimit } from './limits.ts';
import { TooManyBranches, wayLimits } from './live-states.ts';
import type { QuantumRegister } from './register.ts';
import { readTerminal, runShotByShot } from './shots.ts';
import type { Execution, Run } from './simulator.ts';
import { Statevector } from './statevector.ts';
import { sampleBlocks, walkShots } from './trajectories/sample-blocks.ts';
import { noOneState } from '#shared/jobs/one-state.ts';
import { undefinedBefore } from './undefined-before.ts';
import { stateViewOf } from './views.ts';
import { listTable } from './view-tables.ts';

/** As many as a measurement that splits a state needs. */
const sharedStates = 2;

type Readout = ReadonlyMap<number, ReadoutError>;

/**
 * Follows every measurement history of a program on registers of a method, exactly while they are
 * few; `sample` answers from shots where they are too many.
 */
export function followBranches(
  run: Run,
  prepare: () => QuantumRegister,
  sample: () => Execution = () => sampledOnly(run, prepare),
): Execution {
  const { program, noise, options } = run;
  const { shots, seed } = options;
  const path = options.path === true ? pathOf(seed) : null;
  const ran = tryBranches(run, prepare, path);
  if (ran === null) return sample();
  const { branches } = ran;
  const collapses =
    path === null &&
    (program.before.some(({ kind }) => kind === 'measure' || kind === 'if') || ran.didReset);
  const readout: Readout = noise?.readout ?? new Map();
  const outcomes = listAll(branches, program.terminal, readout);
  const warnings: string[] = [];
  const exactTable = shots === null || options.probabilities;
  const counts = (): Record<string, number> =>
    outcomes === null
      ? sampleWide(branches, run, readout)
      : sampleTable(outcomes, shots as number, rngOf(seed, 0));
  const before = beforeMeasurement(run, branches, collapses, readout, warnings);
  const measured = exactTable ? listTable(requireListable(outcomes, run), options.view) : null;
  const rest = {
    ...before.rest,
    ...(measured === null || measured.rest === null ? {} : { probabilities: measured.rest }),
  };
  return {
    ...(measured === null ? {} : { probabilities: measured.table }),
    ...before,
    ...(options.view === undefined ? {} : { rest }),
    ...(shots === null ? {} : { counts: counts() }),
    ...(options.bloch
      ? {
          bloch: blochVectors(
            branches.map(({ register }) => register),
            options.qubits,
          ),
        }
      : {}),
    ...(options.view === undefined
      ? {}
      : {
          view: stateViewOf(
            branches.map(({ register }) => register),
            options.qubits,
            options.view,
          ),
        }),
    ...(path === null ? {} : { path: { outcomes: path.outcomes } }),
    warnings,
  };
}

/** The other streams draw shots. */
const pathStream = 6;

function pathOf(seed: number): Path {
  const rng = rngOf(seed, pathStream);
  return { draw: () => rng.uniform(), outcomes: [] };
}

/** Null where there are too many histories and shots were asked for. */
function tryBranches(
  run: Run,
  prepare: () => QuantumRegister,
  path: Path | null,
): BranchRun | null {
  const { bindings, cancel, freeBytes, shots, probabilities } = run.options;
  const register = prepare();
  const exactly = shots === null || probabilities;
  const limits = wayLimits(
    register.bytes,
    freeBytes,
    exactly ? null : shots,
    sharesShots(register, run),
  );
  try {
    return runBranches({ register, bits: new Uint8Array(run.bits) }, run.program.before, {
      bindings,
      noise: run.noise,
      cancel,
      ...limits,
      path,
    });
  } catch (error) {
    if (!(error instanceof TooManyBranches) || exactly) throw error;
    return null;
  }
}

/** Outcomes of all branches, or null where one has too many to list. */
function listAll(
  branches: readonly Branch[],
  terminal: Run['program']['terminal'],
  readout: Readout,
): BranchOutcomes[] | null {
  if (terminal.length === 0) return branches.map(onlyOutcome);
  const result: BranchOutcomes[] = [];
  for (const branch of branches) {
    const limit = branch.register.kind === 'dense' ? Number.POSITIVE_INFINITY : listLimit;
    const outcomes = listOutcomes(branch, terminal, readout, limit);
    if (outcomes === null) return null;
    result.push(outcomes);
  }
  return result;
}

/** Nothing is measured at the end, so no table over the state is needed. */
function onlyOutcome({ register, bits }: Branch): BranchOutcomes {
  return { bits, positions: [], probabilities: Float64Array.of(register.weight()) };
}

function entriesOf(outcomes: readonly BranchOutcomes[]): number {
  let entries = 0;
  for (const { probabilities } of outcomes) {
    for (const p of probabilities) if (p >= 1e-15) entries++;
  }
  return entries;
}

function requireListable(
  outcomes: readonly BranchOutcomes[] | null,
  { program, options }: Run,
): readonly BranchOutcomes[] {
  if (outcomes === null) {
    const neededBytes = 8 * 2 ** program.terminal.length;
    throw new AppError(
      'too-large',
      `More than ${listLimit} outcomes have weight: a table over all ${program.terminal.length} bits needs ${formatBytes(neededBytes)}; ${formatBytes(options.freeBytes)} is available. Ask for shots (--shots) instead.`,
      { neededBytes, availableBytes: options.freeBytes },
    );
  }
  const entries = entriesOf(outcomes);
  if (entries <= listLimit) return outcomes;
  throw new AppError(
    'too-large',
    `There are ${entries} outcomes with a probability above 1e-15; at most ${listLimit} are listed. Ask for shots (--shots) instead.`,
    { entries },
  );
}

/** Counts where the outcomes are too many to list: a branch by its weight, then its qubits. */
function sampleWide(
  branches: readonly Branch[],
  run: Run,
  readout: Readout,
): Record<string, number> {
  const { shots, seed, cancel } = run.options;
  const weights = Float64Array.from(branches, ({ register }) => register.weight());
  const rng = rngOf(seed, 0);
  const table = new Map<string, number>();
  drawIndices([weights], shots as number, rng, (_, index, count) => {
    const branch = branches[index] as Branch;
    const read = readTerminal(branch, run.program.terminal, readout);
    for (let k = 0; k < count; k++) {
      cancel.throwIfCancelled();
      const key = read(rng);
      table.set(key, (table.get(key) ?? 0) + 1);
    }
  });
  return sortedByKey(table);
}

/** qubitProbabilities, state and expectations: before terminal measurements, if that is one state. */
function beforeMeasurement(
  run: Run,
  branches: readonly Branch[],
  collapses: boolean,
  readout: Readout,
  warnings: string[],
): Pick<Execution, 'qubitProbabilities' | 'state' | 'expectations' | 'rest'> {
  const { options } = run;
  const asked = options.observables;
  if (collapses && options.shots === null) {
    warnings.push(noOneState);
    return undefinedBefore(run);
  }
  const tables = qubitTables(branches, options.qubits);
  const entries = tables === null ? null : entriesOf(tables);
  const listable = entries !== null && entries <= listLimit;
  if (!listable) {
    const limit = branches[0]?.register.kind === 'sparse' ? sparseListLimit : listLimit;
    warnings.push(`qubitProbabilities is null: it has more than ${limit} entries.`);
  }
  const frequencies = collapses ? branchFrequencies(branches, tables, run) : null;
  const expectations = run.observables.map((observable, i) => ({
    observable: asked[i] as string,
    ...expectationOver(branches, observable, readout, frequencies?.perBranch ?? null, options),
  }));
  const listed =
    listable && tables !== null ? listTable(frequencies?.tables ?? tables, options.view) : null;
  return {
    qubitProbabilities: listed?.table ?? null,
    ...(listed === null || listed.rest === null ? {} : { rest: { qubits: listed.rest } }),
    ...(options.state ? { state: stateOf(branches, collapses, warnings) } : {}),
    ...(asked.length === 0 ? {} : { expectations }),
  };
}

/** Every qubit of every branch as if measured without error; null where that is too much to list. */
function qubitTables(branches: readonly Branch[], qubits: number): BranchOutcomes[] | null {
  const every = Array.from({ length: qubits }, (_, q) => ({ qubit: q, bit: q }));
  const bits = new Uint8Array(qubits);
  const positions = every.map(({ bit }) => bit);
  const result: BranchOutcomes[] = [];
  for (const { register } of branches) {
    let one: BranchOutcomes | null;
    if (register.kind === 'sparse') {
      one = listOutcomes({ register, bits }, every, new Map(), sparseListLimit);
    } else {
      const amplitudes = 2 ** qubits > listLimit ? register.amplitudes() : null;
      one =
        amplitudes === null
          ? { bits, positions, probabilities: register.probabilities() }
          : listAmplitudes(amplitudes, bits, positions);
    }
    if (one === null) return null;
    result.push(one);
  }
  return result;
}

/** Basis states that have weight, without a table over all of them; null where they are too many. */
function listAmplitudes(
  { re, im }: { readonly re: ArrayLike<number>; readonly im: ArrayLike<number> },
  bits: Uint8Array,
  positions: readonly number[],
): BranchOutcomes | null {
  const weightOf = (i: number): number => (re[i] as number) ** 2 + (im[i] as number) ** 2;
  let count = 0;
  for (let i = 0; i < re.length && count <= listLimit; i++) if (weightOf(i) >= 1e-15) count++;
  if (count > listLimit) return null;
  const indices = new Int32Array(count);
  const probabilities = new Float64Array(count);
  for (let i = 0, at = 0; i < re.length; i++) {
    const weight = weightOf(i);
    if (weight < 1e-15) continue;
    indices[at] = i;
    probabilities[at++] = weight;
  }
  return {
    bits,
    positions,
    probabilities,
    valueAt: (index, j) => ((indices[index] as number) >>> j) & 1,
  };
}

/** Frequencies of basis states (where they can be listed) and of branches in the asked number of shots. */
function branchFrequencies(
  branches: readonly Branch[],
  tables: readonly BranchOutcomes[] | null,
  { options }: Run,
): { perBranch: Float64Array; tables: BranchOutcomes[] | null } {
  const shots = options.shots as number;
  const perBranch = new Float64Array(branches.length);
  const rng = rngOf(options.seed, 2);
  if (tables === null) {
    const weights = Float64Array.from(branches, ({ register }) => register.weight());
    drawIndices([weights], shots, rng, (_, index, count) => {
      perBranch[index] = count / shots;
    });
    return { perBranch, tables: null };
  }
  const counted = tables.map(({ probabilities }) => new Float64Array(probabilities.length));
  const weights = tables.map(({ probabilities }) => probabilities);
  drawIndices(weights, shots, rng, (part, index, count) => {
    perBranch[part] = (perBranch[part] as number) + count / shots;
    (counted[part] as Float64Array)[index] = count / shots;
  });
  return {
    perBranch,
    tables: tables.map((table, i) => ({ ...table, probabilities: counted[i] as Float64Array })),
  };
}

/** Exact over the branches, or with the frequencies with which they were drawn and a standard error. */
function expectationOver(
  branches: readonly Branch[],
  observable: PauliSum,
  readout: Readout,
  frequencies: Float64Array | null,
  { shots }: Run['options'],
): { value: number; stderr: number } {
  const parts = branches.map(({ register }) => register.expectation(observable, readout));
  if (frequencies === null) return { value: parts.reduce((sum, part) => sum + part, 0), stderr: 0 };
  const conditional = parts.map(
    (part, i) => part / ((branches[i] as Branch).register.weight() || 1),
  );
  let mean = 0;
  let square = 0;
  conditional.forEach((value, i) => {
    mean += (frequencies[i] as number) * value;
    square += (frequencies[i] as number) * value * value;
  });
  return { value: mean, stderr: Math.sqrt(Math.max(0, square - mean * mean) / (shots ?? 1)) };
}

function stateOf(
  branches: readonly Branch[],
  collapses: boolean,
  warnings: string[],
): [number, number][] | null {
  const { register } = branches[0] as Branch;
  const amplitudes = register.amplitudes();
  if (collapses || amplitudes === null) {
    warnings.push(
      register.kind === 'sparse'
        ? 'state is null: this method holds no amplitudes; use statevector.'
        : 'state is null: the state before measurement is mixed, so it has no amplitudes.',
    );
    return null;
  }
  if (amplitudes.re.length > listLimit) {
    warnings.push(
      `state is null: it has ${amplitudes.re.length} amplitudes, more than ${listLimit}.`,
    );
    return null;
  }
  return Array.from(amplitudes.re, (re, i) => [re, amplitudes.im[i] as number]);
}

/** Whether shots on this register are drawn together while their outcomes agree. */
function sharesShots(register: QuantumRegister, { noise }: Run): boolean {
  return register instanceof Statevector && noise?.hasChannels !== true;
}

/** Shots of amplitudes share states while their histories agree; other registers are run one by one. */
function sampledOnly(run: Run, prepare: () => QuantumRegister): Execution {
  const first = prepare();
  const isShared = sharesShots(first, run);
  first.release?.();
  if (isShared) {
    const result = sampleBlocks(run, walkShots(run, sharedStates));
    const warning =
      'There are too many measurement histories to follow, so all that is given are means over shots.';
    return { ...result, warnings: [warning, ...result.warnings] };
  }
  return {
    counts: runShotByShot(run, prepare),
    ...undefinedBefore(run),
    ...(run.options.bloch ? { bloch: null } : {}),
    warnings: [
      'There are too many measurement histories to follow, so each shot was run by itself; only counts are given.',
    ],
  };
}
