import {
  Barrier,
  changedBy,
  type Operation,
  type PairMix,
  type Phase,
  readBy,
  type Turn,
} from './operation.ts';

/** What a block goes through, one after the other. */
export type Stage =
  /** Rotations of different qubits on one load: any lane qubits and up to three others. */
  | { readonly kind: 'turns'; readonly turns: readonly Turn[] }
  /** Phases that commute, applied as one diagonal. */
  | { readonly kind: 'phases'; readonly phases: readonly Phase[] }
  | { readonly kind: 'pair'; readonly mix: PairMix }
  | { readonly kind: 'dense'; readonly operation: Extract<Operation, { kind: 'dense' }> };

/** Qubits that can be rotated on one load, beside those within a vector. */
const turnsAtOnce = 3;

/**
 * Puts the operations of a pass into stages: rotations as early as they can be, and phases last, so
 * that as many as possible are merged.
 */
export function arrange(operations: readonly Operation[], laneBits: number): Stage[] {
  const stages: Stage[] = [];
  let rest = operations;
  while (rest.length > 0) {
    const { taken, left } = takeNext(rest);
    rest = left;
    stages.push(...stagesOf(taken, laneBits));
  }
  return stages;
}

/** Everything of the cheapest kind that can be done now. */
function takeNext(operations: readonly Operation[]): {
  readonly taken: readonly Operation[];
  readonly left: readonly Operation[];
} {
  const kinds: readonly ((operation: Operation) => boolean)[] = [
    ({ kind }) => kind === 'turn',
    ({ kind }) => kind === 'pair' || kind === 'dense',
    ({ kind }) => kind === 'phase',
  ];
  for (const isWanted of kinds) {
    const barrier = new Barrier();
    const taken: Operation[] = [];
    const left: Operation[] = [];
    for (const operation of operations) {
      const changed = changedBy(operation);
      const read = readBy(operation);
      if (isWanted(operation) && barrier.lets(changed, read)) taken.push(operation);
      else {
        barrier.leave(changed, read);
        left.push(operation);
      }
    }
    if (taken.length > 0) return { taken, left };
  }
  return { taken: operations, left: [] };
}

function stagesOf(operations: readonly Operation[], laneBits: number): Stage[] {
  const turns: Turn[] = [];
  const phases: Phase[] = [];
  const stages: Stage[] = [];
  for (const operation of operations) {
    switch (operation.kind) {
      case 'turn':
        turns.push(operation);
        break;
      case 'phase':
        phases.push(operation);
        break;
      case 'pair':
        stages.push({ kind: 'pair', mix: operation });
        break;
      case 'dense':
        stages.push({ kind: 'dense', operation });
    }
  }
  stages.push(...turnStages(turns, laneBits));
  if (phases.length > 0) stages.push({ kind: 'phases', phases });
  return stages;
}

/** A qubit may be turned more than once: then the later turn waits for the next stage. */
function turnStages(turns: readonly Turn[], laneBits: number): Stage[] {
  const stages: Stage[] = [];
  let rest = turns;
  while (rest.length > 0) {
    const now: Turn[] = [];
    const later: Turn[] = [];
    const seen = new Set<number>();
    let wide = 0;
    for (const turn of rest) {
      const isLane = turn.qubit < laneBits;
      if (seen.has(turn.qubit) || (!isLane && wide === turnsAtOnce)) later.push(turn);
      else {
        now.push(turn);
        if (!isLane) wide++;
      }
      seen.add(turn.qubit);
    }
    stages.push({ kind: 'turns', turns: now });
    rest = later;
  }
  return stages;
}
