import type { Circuit } from '../circuit/circuit.ts';
import type { CompilerState, Layout, Pass } from './pass.ts';
import { cancelInverses } from './passes/cancel-inverses.ts';
import { decompose, decomposeWide } from './passes/decompose.ts';
import { foldPhases } from './passes/fold-phases.ts';
import { mergeOneQubit, translateOneQubit } from './passes/merge-one-qubit.ts';
import { mergeTwoQubit } from './passes/merge-two-qubit.ts';
import { placedAt, placePerfectly, placeTrivially } from './passes/place.ts';
import { route } from './passes/route.ts';
import { translate } from './passes/translate.ts';
import { relabelled } from './relabel.ts';
import type { Target } from './target.ts';
import { withoutTerminalReads } from './terminal-reads.ts';

/** 0: as it is written, gate by gate; 1: short ways; 2: pairs made anew; 3: phases folded, and more tries. */
export type Level = 0 | 1 | 2 | 3;

export interface CompilerOptions {
  readonly level: Level;
  readonly seed: number;
  /** The program's own gates stay; only SWAPs are put in. */
  readonly routingOnly?: boolean;
  /** The place of each qubit at the start; found by the compiler where left out. */
  readonly layout?: readonly number[];
}

export interface Compiled {
  /** Over the target's qubits. */
  readonly circuit: Circuit;
  readonly layout: Layout;
  readonly swaps: number;
}

/** What is done before qubits are placed, and after. */
interface Pipeline {
  readonly before: readonly Pass[];
  readonly place: Pass;
  readonly after: readonly Pass[];
}

function pipelineOf(level: Level, { basis }: Target, routingOnly: boolean): Pipeline {
  const place = level === 0 ? placeTrivially : placePerfectly;
  if (routingOnly) return { before: [decomposeWide], place, after: [route] };
  const tidy = level < 3 ? [cancelInverses] : [cancelInverses, foldPhases, cancelInverses];
  const before = level === 0 ? [decompose] : [decompose, ...tidy];
  if (basis === null) return { before, place, after: [route] };
  if (level === 0) return { before, place, after: [route, translate, translateOneQubit] };
  const natives = [translate, cancelInverses, mergeOneQubit];
  if (level === 1) return { before, place, after: [route, ...natives] };
  return { before: [...before, mergeTwoQubit], place, after: [route, mergeTwoQubit, ...natives] };
}

/** The circuit as it is before its qubits are placed. */
export function prepare(circuit: Circuit, target: Target, options: CompilerOptions): CompilerState {
  const { level, seed, routingOnly = false } = options;
  const start: CompilerState = {
    circuit,
    target,
    layout: null,
    facts: { swaps: 0 },
    seed,
    effort: level,
  };
  return run(pipelineOf(level, target, routingOnly).before, start);
}

function run(passes: readonly Pass[], start: CompilerState): CompilerState {
  return passes.reduce((state, pass) => pass.run(state), start);
}

/**
 * The circuit for a target: in its gates, along its couplings and directions, equal up to global
 * phase and the layout. Measurements, resets, conditions, barriers and open parameters stay; what is
 * measured last is measured behind everything else.
 */
export function compile(circuit: Circuit, target: Target, options: CompilerOptions): Compiled {
  const { place, after } = pipelineOf(options.level, target, options.routingOnly ?? false);
  const { circuit: unread, reads } = withoutTerminalReads(circuit);
  const prepared = prepare(unread, target, options);
  const placed =
    options.layout === undefined ? place.run(prepared) : placedAt(prepared, options.layout);
  const state = run(after, placed);
  const layout = state.layout as Layout;
  const atTheEnd = reads.map((read) => relabelled(read, (qubit) => layout.final[qubit] as number));
  const compiled = { ...state.circuit, operations: [...state.circuit.operations, ...atTheEnd] };
  return { circuit: compiled, layout, swaps: state.facts.swaps };
}
