import { AppError } from '#shared/base/errors.ts';
import { inDoublePrecision } from '../double-precision.ts';
import { undefinedBefore } from '../execute.ts';
import { readObservable } from '../read-observable.ts';
import type { Execution, Run, Simulator } from '../simulator.ts';
import { PauliTerms } from './pauli-terms.ts';
import { mapsOf } from './propagate.ts';

const mostTerms = 2 ** 18;
const fewestTerms = 64;
/** Coefficients below this are dropped, and booked. */
const cutoff = 1e-14;
/** Bound over which the result says that it is approximate. */
const reported = 1e-10;

/** Key, number and place in the hash table of one string, and of its image while a gate acts. */
function bytesPerTerm(qubits: number): number {
  return 2 * (96 + 2 * Math.ceil(qubits / 8));
}

/** As many terms as fit, up to the limit. */
function termLimit({ options: { qubits, freeBytes } }: Run): number {
  const fitting = Math.floor(freeBytes / bytesPerTerm(qubits) / 2);
  return Math.min(mostTerms, Math.max(fewestTerms, fitting));
}

function simulate(run: Run): Execution {
  const { options } = run;
  if (options.observables.length === 0 || options.probabilities) {
    throw new AppError(
      'bad-input',
      'Method “pauli” gives expectations only: ask for observables (--expect), without --probabilities, or use another method.',
    );
  }
  const maps = mapsOf(run).reverse();
  const warnings = [
    'Method “pauli” gives expectations only: there are no probabilities and no counts.',
  ];
  if (run.program.isDynamic) {
    warnings.push('Expectations are means over the outcomes of measurements and resets.');
  }
  let largest = 0;
  const expectations = run.observables.map((observable, i) => {
    const read = readObservable(observable, run.noise?.readout ?? new Map());
    const terms = new PauliTerms(read, options.qubits, { limit: termLimit(run), cutoff });
    for (const { qubits, matrix } of maps) {
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
  peakBytes: (run) => 2 * bytesPerTerm(run.options.qubits) * termLimit(run),
  simulate: inDoublePrecision('pauli', simulate),
};
