import { DensityMatrix } from './density-matrix.ts';
import { followBranches } from './execute.ts';
import type { DenseSimulator, Run } from './simulator.ts';
import { Statevector } from './statevector.ts';

const bytesPerAmplitude = { f32: 8, f64: 16 } as const;

/** A second register where measurements split the first, and a table of probabilities where any is read. */
function densePeak(bytes: number, { program, options }: Run): number {
  const table = program.terminal.length > 0 ? 8 * 2 ** options.qubits : 0;
  return bytes * (program.isDynamic ? 2 : 1) + table;
}

function denseSimulator(
  facts: Omit<DenseSimulator, 'peakBytes' | 'simulate' | 'gates' | 'gives'>,
): DenseSimulator {
  return {
    ...facts,
    gates: 'all',
    gives: 'all',
    peakBytes: (run) => densePeak(facts.bytesFor(run.options.qubits, run.options.precision), run),
    simulate: (run) =>
      followBranches(run, () => facts.prepare(run.options.qubits, run.options.precision)),
  };
}

/** Exact mixed states. */
export const density = denseSimulator({
  id: 'density',
  title: 'Density matrix',
  summary: 'Exact mixed states: 4^n numbers, any channel and readout error.',
  channels: 'all',
  isMixed: true,
  maximumQubits: 14,
  bytesFor: (qubits, precision) => 4 ** qubits * bytesPerAmplitude[precision],
  prepare: (qubits, precision) => DensityMatrix.zero(qubits, precision),
});

/** Exact pure states. */
export const statevector = denseSimulator({
  id: 'statevector',
  title: 'Statevector',
  summary: 'Exact pure states: 2^n amplitudes, dynamic circuits by branching.',
  channels: 'none',
  isMixed: false,
  maximumQubits: 30,
  bytesFor: (qubits, precision) => 2 ** qubits * bytesPerAmplitude[precision],
  prepare: (qubits, precision) => Statevector.zero(qubits, precision),
});
