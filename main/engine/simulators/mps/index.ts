import type { CancelFlag } from '#shared/base/cancel.ts';
import { inDouble, inDoublePrecision } from '../double-precision.ts';
import { followBranches } from '../execute.ts';
import type { Execution, Run, SimulationOptions, Simulator, Stepwise } from '../simulator.ts';
import { type ChainExtent, chainExtentOf } from './bond-growth.ts';
import { Chain, type Trial, type Truncation } from './chain.ts';
import { MatrixProductState } from './matrix-product-state.ts';

const largestBond = 256;
const smallestBond = 16;
/** What a split may drop below the bond limit: far under what doubles show in a probability. */
const cutoff = 1e-18;
/** The block of a gate and what its split takes: a turned copy, an isometry, and what is rotated. */
const blocksAtOnce = 4;
/** Of the two arrays of a site beside their numbers. */
const siteBytes = 400;

/** Complex numbers of one chain and of the largest block under a bond limit. */
type ExtentAt = (bondLimit: number) => ChainExtent;

/** A chain whose bonds reach the limit wherever they can. */
function fullExtent(qubits: number): ExtentAt {
  return (bond) => {
    let tensors = 0;
    for (let site = 0; site < qubits; site++) {
      const left = Math.min(bond, 2 ** Math.min(site, qubits - site));
      const right = Math.min(bond, 2 ** Math.min(site + 1, qubits - site - 1));
      tensors += 2 * left * right;
    }
    const reached = Math.min(bond, 2 ** Math.floor(qubits / 2));
    return { tensors, block: 4 * reached * reached };
  };
}

/** Measurements that split a state before the end take another one. */
function bytesOf({ tensors, block }: ChainExtent, qubits: number, isDynamic: boolean): number {
  const chains = isDynamic ? 2 : 1;
  return (16 * tensors + siteBytes * qubits) * chains + 16 * block * blocksAtOnce;
}

interface Room {
  readonly bondLimit: number;
  readonly bytes: number;
}

/** The largest power of two up to the limit whose tensors fit. */
function roomFor(
  extentAt: ExtentAt,
  { qubits, freeBytes }: Pick<SimulationOptions, 'qubits' | 'freeBytes'>,
  isDynamic: boolean,
): Room {
  for (let bondLimit = largestBond; ; bondLimit /= 2) {
    const bytes = bytesOf(extentAt(bondLimit), qubits, isDynamic);
    if (bytes <= freeBytes || bondLimit === smallestBond) return { bondLimit, bytes };
  }
}

const rooms = new WeakMap<Run, Room>();

/** What a run takes by the growth that its gates allow. */
function roomOf(run: Run): Room {
  const known = rooms.get(run);
  if (known !== undefined) return known;
  const { program, options } = run;
  const { qubits, bindings } = options;
  const full = fullExtent(qubits);
  const extentAt: ExtentAt = (bondLimit) =>
    chainExtentOf(program.before, qubits, bindings, bondLimit) ?? full(bondLimit);
  const room = roomFor(extentAt, options, program.isDynamic);
  rooms.set(run, room);
  return room;
}

function truncationFor({ bondLimit }: Room, trial: Trial | null = null): Truncation {
  return { bondLimit, cutoff, discarded: 0, largestBond: 1, trial };
}

function prepare(qubits: number, truncation: Truncation, cancel: CancelFlag): MatrixProductState {
  // A chain has a site to hold its norm, also where there is no qubit.
  return new MatrixProductState(Chain.zero(Math.max(1, qubits), truncation, cancel), qubits);
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

function simulate(run: Run, trial: Trial | null = null): Execution {
  const { qubits, cancel } = run.options;
  const truncation = truncationFor(roomOf(run), trial);
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
  bytesFor: (options) => roomFor(fullExtent(options.qubits), options, true).bytes / 2,
  begin: (options) => {
    const { qubits, cancel, precision } = options;
    const truncation = truncationFor(roomFor(fullExtent(qubits), options, true));
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
  peakBytes: (run) => roomOf(run).bytes,
  simulate: inDoublePrecision('mps', (run) => simulate(run)),
  stepwise,
};

/** Far below what a probability shows, above what the cutoff of many splits may add up to. */
const trialDiscarded = 1e-9;
/** About half a minute of work; a second or two where a window waits. */
const trialWork = 1e9;
const liveTrialWork = 1e8;

/**
 * The same for a run that nobody asked to be approximate: it ends with `TooEntangled` as soon as the bond limit
 * would cost anything, or the splits take long.
 */
export const exactMps: Simulator = {
  ...mps,
  simulate: inDoublePrecision('mps', (run) =>
    simulate(run, {
      mostDiscarded: trialDiscarded,
      mostWork: run.options.view === undefined ? trialWork : liveTrialWork,
      work: 0,
    }),
  ),
};
