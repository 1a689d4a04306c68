import type { Condition } from '#shared/circuit/circuit.ts';
import type { NoiseStep } from '../../noise/model.ts';
import { bind, type Instruction } from '../lowering.ts';
import type { UnitaryStep } from '../register.ts';
import type { Run } from '../simulator.ts';
import { type ChannelDraw, channelDrawOf } from './channel-draws.ts';
import { fuse } from './fuse.ts';

/** A program in one line: blocks of gates and channels, and what looks at or changes the classical memory. */
export type ProgramNode =
  | NoisyBlock
  | { readonly kind: 'measure'; readonly qubit: number; readonly bit: number | null }
  | { readonly kind: 'reset'; readonly qubit: number }
  /** Goes on where the condition holds, else to node `otherwise`. */
  | { readonly kind: 'choose'; readonly condition: Condition; readonly otherwise: number }
  | { readonly kind: 'jump'; readonly to: number };

/** Operations that follow each other, as what they come to where no channel jumps. */
export interface Stretch {
  readonly fused: readonly UnitaryStep[];
  /** Sum of the hazards of its mixtures. */
  readonly hazard: number;
  /** Whether a channel reads its probabilities off the state. */
  readonly readsState: boolean;
}

/** Gates and channels in order, whole and in parts that begin and end at these operations. */
export interface NoisyBlock extends Stretch {
  readonly kind: 'block';
  readonly operations: readonly BlockOperation[];
  readonly parts: readonly (Stretch & { readonly start: number; readonly end: number })[];
}

export type BlockOperation =
  | { readonly kind: 'gate'; readonly steps: readonly UnitaryStep[] }
  | ChannelDraw;

/** Gates in a block. A jump is looked for inside its block only, */
const blockGates = 24;
/** and there in parts of so many gates, of which one is run operation by operation. */
const partGates = 4;

/** The part of a run before its terminal measurements, in one line. */
export function noisyProgram({ program, noise, options }: Run): ProgramNode[] {
  const nodes: ProgramNode[] = [];
  const draws = new Map<NoiseStep, ChannelDraw>();
  const drawOf = (step: NoiseStep): ChannelDraw => {
    const known = draws.get(step) ?? channelDrawOf(step);
    draws.set(step, known);
    return known;
  };
  let open: BlockOperation[] = [];
  let gates = 0;
  const close = (): void => {
    if (open.length > 0) nodes.push(blockOf(open));
    open = [];
    gates = 0;
  };
  const add = (instruction: Instruction): void => {
    switch (instruction.kind) {
      case 'unitary': {
        if (gates === blockGates) close();
        gates++;
        open.push({ kind: 'gate', steps: bind(instruction, options.bindings) });
        open.push(
          ...(noise?.after(instruction.gate.id, instruction.qubits, instruction.power) ?? []).map(
            drawOf,
          ),
        );
        return;
      }
      case 'measure':
      case 'reset':
        close();
        nodes.push(instruction);
        return;
      case 'if': {
        close();
        const choice = nodes.push({ kind: 'jump', to: 0 }) - 1;
        instruction.body.forEach(add);
        close();
        const end = nodes.push({ kind: 'jump', to: 0 }) - 1;
        const { condition } = instruction;
        nodes[choice] = { kind: 'choose', condition, otherwise: nodes.length };
        instruction.otherwise.forEach(add);
        close();
        nodes[end] = { kind: 'jump', to: nodes.length };
      }
    }
  };
  program.before.forEach(add);
  close();
  return nodes;
}

function blockOf(operations: readonly BlockOperation[]): NoisyBlock {
  const starts: number[] = [];
  let gates = 0;
  operations.forEach(({ kind }, at) => {
    if (kind !== 'gate') return;
    if (gates % partGates === 0) starts.push(at);
    gates++;
  });
  const parts = starts.map((start, k) => {
    const end = starts[k + 1] ?? operations.length;
    return { start, end, ...stretchOf(operations.slice(start, end)) };
  });
  return { kind: 'block', operations, parts, ...stretchOf(operations) };
}

function stretchOf(operations: readonly BlockOperation[]): Stretch {
  let hazard = 0;
  const stays = operations.flatMap((operation): readonly UnitaryStep[] => {
    switch (operation.kind) {
      case 'gate':
        return operation.steps;
      case 'mixture':
        hazard += operation.hazard;
        return operation.stay;
      case 'kraus':
        return operation.stay;
    }
  });
  const readsState = operations.some(({ kind }) => kind === 'kraus');
  return { fused: fuse(stays), hazard, readsState };
}
