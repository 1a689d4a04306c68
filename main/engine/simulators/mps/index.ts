import { followBranches } from '../execute.ts';
import type { Execution, Run, Simulator } from '../simulator.ts';
import { Chain, type Truncation } from './chain.ts';
import { MatrixProductState } from './matrix-product-state.ts';

const largestBond = 256;
const smallestBond = 16;
/** What a split may drop below the bond limit: far under what doubles show in a probability. */
const cutoff = 1e-18;
/** Tensors, those of a copy that reads or orders them, and the blocks of one split. */
const chainsAtOnce = 2;
const blocksAtOnce = 6;

function bytesAt(bond: number, { options: { qubits }, program }: Run): number {
  let tensors = 0;
  for (let site = 0; site < qubits; site++) {
    const left = Math.min(bond, 2 ** Math.min(site, qubits - site));
    const right = Math.min(bond, 2 ** Math.min(site + 1, qubits - site - 1));
    tensors += 2 * left * right;
  }
  const reached = Math.min(bond, 2 ** Math.floor(qubits / 2));
  const copies = chainsAtOnce * (program.isDynamic ? 2 : 1);
  return 16 * (tensors * copies + blocksAtOnce * 4 * reached * reached);
}

/** The largest power of two up to the limit whose tensors fit. */
function bondFor(run: Run): number {
  let bond = largestBond;
  while (bond > smallestBond && bytesAt(bond, run) > run.options.freeBytes) bond /= 2;
  return bond;
}

function simulate(run: Run): Execution {
  const { qubits, cancel } = run.options;
  const truncation: Truncation = { bondLimit: bondFor(run), cutoff, discarded: 0, largestBond: 1 };
  const sites = Array.from({ length: qubits }, (_, q) => q);
  const execution = followBranches(
    run,
    () => new MatrixProductState(Chain.zero(qubits, truncation, cancel), sites),
  );
  if (truncation.discarded === 0) return execution;
  const warning = `The bond limit of ${truncation.bondLimit} cut off ${truncation.discarded.toExponential(2)} of the state's weight in sum over all gates, so the results are approximate.`;
  return { ...execution, warnings: [...execution.warnings, warning] };
}

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
  peakBytes: (run) => bytesAt(bondFor(run), run),
  simulate,
};
