import { AppError } from '#shared/base/errors.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import { inDoublePrecision } from '../double-precision.ts';
import { undefinedBefore } from '../undefined-before.ts';
import type { TransferMatrix } from '../pauli-transfer.ts';
import { readObservable } from '../read-observable.ts';
import type { Execution, Run, Simulator } from '../simulator.ts';
import { bytesOfTerms, PauliTerms } from './pauli-terms.ts';
import { mapsOf, type PauliMap } from './propagate.ts';

const mostTerms = 2 ** 18;
const fewestTerms = 64;
/** Coefficients below this are dropped, and booked. */
const cutoff = 1e-14;
/** Bound over which the result says that it is approximate. */
const reported = 1e-10;

const maps = new WeakMap<Run, readonly PauliMap[]>();

/** The maps of a run, last first; made once. */
function mapsBackwards(run: Run): readonly PauliMap[] {
  const known = maps.get(run) ?? mapsOf(run).reverse();
  maps.set(run, known);
  return known;
}

/** As many terms as the observables can turn into, as fit, and as the limit allows. */
function termLimit(run: Run): number {
  const { qubits, freeBytes } = run.options;
  let limit = Math.min(mostTerms, Math.max(fewestTerms, mostTermsOf(run)));
  while (limit > fewestTerms && bytesOfTerms(qubits, limit) > freeBytes) limit /= 2;
  return Math.floor(limit);
}

/** Terms that any of the observables can have at most: each map multiplies those that see it. */
function mostTermsOf(run: Run): number {
  const backwards = mapsBackwards(run);
  return Math.max(0, ...run.observables.map((observable) => termsOf(observable, backwards)));
}

function termsOf({ terms }: PauliSum, backwards: readonly PauliMap[]): number {
  const seen = new Set(terms.flatMap(({ factors }) => factors.map(({ qubit }) => qubit)));
  let count = 2 ** Math.ceil(Math.log2(Math.max(1, terms.length)));
  for (const { qubits, matrix } of backwards) {
    if (!qubits.some((qubit) => seen.has(qubit))) continue;
    for (const qubit of qubits) seen.add(qubit);
    count *= growthOf(matrix);
    if (count >= mostTerms) return mostTerms;
  }
  return count;
}

const growths = new WeakMap<TransferMatrix, number>();

/** Strings that one string becomes at most. */
function growthOf(matrix: TransferMatrix): number {
  const known = growths.get(matrix);
  if (known !== undefined) return known;
  const strings = 4 ** matrix.qubitCount;
  let most = 1;
  for (let p = 0; p < strings; p++) {
    const row = matrix.entries.subarray(p * strings, (p + 1) * strings);
    most = Math.max(most, row.filter((entry) => entry !== 0).length);
  }
  growths.set(matrix, most);
  return most;
}

function peakBytes(run: Run): number {
  // What it cannot run it refuses when it is run, with the reason.
  if (run.program.before.some(({ kind }) => kind === 'if')) return 0;
  return bytesOfTerms(run.options.qubits, termLimit(run));
}

function simulate(run: Run): Execution {
  const { options } = run;
  if (options.observables.length === 0 || options.probabilities) {
    throw new AppError(
      'bad-input',
      'Method “pauli” gives expectations only: ask for observables (--expect), without --probabilities, or use another method.',
    );
  }
  const backwards = mapsBackwards(run);
  const terms = new PauliTerms(options.qubits, { limit: termLimit(run), cutoff });
  const warnings = [
    'Method “pauli” gives expectations only: there are no probabilities and no counts.',
  ];
  if (run.program.isDynamic) {
    warnings.push('Expectations are means over the outcomes of measurements and resets.');
  }
  let largest = 0;
  const expectations = run.observables.map((observable, i) => {
    const read = readObservable(observable, run.noise?.readout ?? new Map());
    terms.begin(read);
    for (const { qubits, matrix } of backwards) {
      options.cancel.throwIfCancelled();
      terms.pullBack(qubits, matrix);
    }
    largest = Math.max(largest, terms.dropped);
    return { observable: options.observables[i] as string, value: terms.atZero(), stderr: 0 };
  });
  if (largest > reported) {
    warnings.push(
      `Small Pauli terms were dropped, so expectations may be off by at most ${largest.toExponential(2)}.`,
    );
  }
  return {
    // A program without classical bits has the one outcome that it writes nothing.
    ...(run.bits === 0 ? { probabilities: { '': 1 } } : {}),
    ...undefinedBefore(run),
    expectations,
    ...(options.bloch ? { bloch: null } : {}),
    measured: { truncationBound: largest },
    warnings,
  };
}

/** Expectations of wide circuits that are shallow or nearly Clifford. */
export const pauliPropagation: Simulator = {
  id: 'pauli',
  title: 'Pauli propagation',
  summary:
    'Expectations only: observables are carried back through the gates and any noise; what is dropped is bounded.',
  channels: 'all',
  isMixed: true,
  gates: 'all',
  gives: 'expectations',
  maximumQubits: 10_000,
  peakBytes,
  simulate: inDoublePrecision('pauli', simulate),
};
