import type { CancelFlag } from '#shared/base/cancel.ts';
import { inDouble, inDoublePrecision } from '../double-precision.ts';
import { followBranches } from '../execute.ts';
import type { Execution, Run, Simulator, Stepwise } from '../simulator.ts';
import { Chain, type Truncation } from './chain.ts';
import { MatrixProductState } from './matrix-product-state.ts';

const largestBond = 256;
const smallestBond = 16;
/** What a split may drop below the bond limit: far under what doubles show in a probability. */
const cutoff = 1e-18;
/** Tensors, those of a copy that reads or orders them, and the blocks of one split. */
const chainsAtOnce = 2;
const blocksAtOnce = 6;

/** What decides about the memory of a run. */
interface Extent {
  readonly qubits: number;
  readonly freeBytes: number;
  /** Whether measurements split the state before the end. */
  readonly isDynamic: boolean;
}

function extentOf({ options: { qubits, freeBytes }, program }: Run): Extent {
  return { qubits, freeBytes, isDynamic: program.isDynamic };
}

/** Bytes of one chain whose bonds reach the limit wherever they can. */
function chainBytes(bond: number, qubits: number): number {
  let tensors = 0;
  for (let site = 0; site < qubits; site++) {
    const left = Math.min(bond, 2 ** Math.min(site, qubits - site));
    const right = Math.min(bond, 2 ** Math.min(site + 1, qubits - site - 1));
    tensors += 2 * left * right;
  }
  return 16 * tensors;
}

function bytesAt(bond: number, { qubits, isDynamic }: Extent): number {
  const reached = Math.min(bond, 2 ** Math.floor(qubits / 2));
  const copies = chainsAtOnce * (isDynamic ? 2 : 1);
  return chainBytes(bond, qubits) * copies + 16 * blocksAtOnce * 4 * reached * reached;
}

/** The largest power of two up to the limit whose tensors fit. */
function bondFor(extent: Extent): number {
  let bond = largestBond;
  while (bond > smallestBond && bytesAt(bond, extent) > extent.freeBytes) bond /= 2;
  return bond;
}

function truncationFor(extent: Extent): Truncation {
  return { bondLimit: bondFor(extent), cutoff, discarded: 0, largestBond: 1 };
}

function prepare(qubits: number, truncation: Truncation, cancel: CancelFlag): MatrixProductState {
  const sites = Array.from({ length: qubits }, (_, q) => q);
  return new MatrixProductState(Chain.zero(qubits, truncation, cancel), sites);
}

/** How far the bonds went, and what their limit cost. */
function reportOf({
  discarded,
  largestBond: reached,
  bondLimit,
}: Truncation): Pick<Execution, 'measured' | 'warnings'> {
  const measured = { bondDimension: reached, discardedWeight: discarded };
  if (discarded === 0) return { measured, warnings: [] };
  const warning = `The bond limit of ${bondLimit} cut off ${discarded.toExponential(2)} of the state's weight in sum over all gates, so the results are approximate.`;
  return { measured, warnings: [warning] };
}

function simulate(run: Run): Execution {
  const { qubits, cancel } = run.options;
  const truncation = truncationFor(extentOf(run));
  const execution = followBranches(run, () => prepare(qubits, truncation, cancel));
  const { measured, warnings } = reportOf(truncation);
  return {
    ...execution,
    ...(measured === undefined ? {} : { measured }),
    warnings: [...execution.warnings, ...warnings],
  };
}

const stepwise: Stepwise = {
  drawsNoise: false,
  bytesFor: ({ qubits, freeBytes }) => {
    const extent = { qubits, freeBytes, isDynamic: true };
    return bytesAt(bondFor(extent), extent) / 2;
  },
  begin: ({ qubits, freeBytes, cancel, precision }) => {
    const truncation = truncationFor({ qubits, freeBytes, isDynamic: true });
    return {
      prepare: () => prepare(qubits, truncation, cancel),
      report: () => {
        const { measured, warnings } = reportOf(truncation);
        const double = inDouble('mps', precision);
        return {
          ...double,
          ...(measured === undefined ? {} : { measured }),
          warnings: [...warnings, ...double.warnings],
        };
      },
    };
  },
};

/** Pure states of low entanglement on many qubits. */
export const mps: Simulator = {
  id: 'mps',
  title: 'Matrix product state',
  summary:
    'Pure states of low entanglement on a hundred qubits and more; what is cut off is reported.',
  channels: 'none',
  isMixed: false,
  gates: 'all',
  gives: 'all',
  maximumQubits: 1000,
  peakBytes: (run) => bytesAt(bondFor(extentOf(run)), extentOf(run)),
  simulate: inDoublePrecision('mps', simulate),
  stepwise,
};
