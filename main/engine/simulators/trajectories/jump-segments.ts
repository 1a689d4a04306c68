import type { Bindings } from '#shared/circuit/expression.ts';
import type { Matrix } from '#shared/math/matrix.ts';
import type { CircuitStep } from '../../kernels/gate-step.ts';
import type { CompiledNoise, NoiseStep } from '../../noise/model.ts';
import { boundSteps } from '../circuit-steps.ts';
import { bind, type Instruction, type UnitaryInstruction } from '../lowering.ts';
import { matrixOn } from '../matrix-on.ts';
import { type ChannelDraw, channelDrawOf, stepOf } from './channel-draws.ts';
import { inMoments } from './moments.ts';

/** A gate and the channels behind it, as matrices on the gate's qubits (first = least significant bit). */
export interface JumpUnit {
  readonly qubits: readonly number[];
  readonly gate: Matrix;
  readonly channels: readonly UnitChannel[];
  /** The same where no channel jumps. */
  readonly steps: readonly CircuitStep[];
  /** Probability that no mixture jumps. */
  readonly fixed: number;
  /** Whether a channel reads its probabilities off the state. */
  readonly readsState: boolean;
}

export interface UnitChannel {
  readonly readsState: boolean;
  /** Null: nothing happens. */
  readonly stay: Matrix | null;
  /** Probability of staying, where the state does not matter; 1 elsewhere. */
  readonly fixed: number;
  /** Probability that it jumps in the maximally mixed state. */
  readonly usual: number;
  readonly jumps: readonly { readonly rate: number; readonly matrix: Matrix }[];
}

/** Kernels take gates on at most so many qubits one by one. */
const mostQubits = 3;
/** Gates of a segment; a longer one costs more where a shot jumps in it, a shorter one where none does. */
const gatesOfSegment = { least: 4, most: 64 } as const;
/** What a segment costs beside its gates, in terms of running a gate by itself. */
const segmentCost = 0.3;
/** Operators that stay and nearly lose part of a state are no good factors of vectors in registers. */
const leastDeterminant = 1e-2;

/** Segments of a noisy circuit; null where something but gates comes, or a gate on many qubits. */
export function jumpSegmentsOf(
  instructions: readonly Instruction[],
  noise: CompiledNoise,
  bindings: Bindings,
): readonly (readonly JumpUnit[])[] | null {
  const channels = new ChannelMemory();
  const units: JumpUnit[] = [];
  for (const instruction of inMoments(instructions)) {
    if (instruction.kind !== 'unitary' || instruction.qubits.length > mostQubits) return null;
    const unit = unitOf(instruction, noise, bindings, channels);
    if (unit === null) return null;
    units.push(unit);
  }
  const jumps = units.reduce(
    (sum, unit) => sum + unit.channels.reduce((all, { usual }) => all + usual, 0),
    0,
  );
  const wanted = Math.round(Math.sqrt((segmentCost * units.length) / Math.max(jumps, 1e-9)));
  const length = Math.max(gatesOfSegment.least, Math.min(gatesOfSegment.most, wanted));
  return Array.from({ length: Math.ceil(units.length / length) }, (_, k) =>
    units.slice(length * k, length * (k + 1)),
  );
}

function unitOf(
  instruction: UnitaryInstruction,
  noise: CompiledNoise,
  bindings: Bindings,
  memory: ChannelMemory,
): JumpUnit | null {
  const { gate, qubits, power } = instruction;
  const draws = noise.after(gate.id, qubits, power).map((step) => memory.drawOf(step));
  const channels = draws.map((draw) => memory.channelOn(draw, qubits));
  const stays = draws.flatMap(({ stay }) => stay);
  if (!stays.every(({ matrix }) => isSteady(matrix))) return null;
  return {
    qubits,
    gate: matrixOn(bind(instruction, bindings), qubits),
    channels,
    steps: [
      ...boundSteps(instruction, bindings),
      ...stays.map((step): CircuitStep => ({ kind: 'fixed', step })),
    ],
    fixed: channels.reduce((product, { fixed }) => product * fixed, 1),
    readsState: channels.some(({ readsState }) => readsState),
  };
}

/** Whether an operator on one qubit is far from losing a part of its state. */
function isSteady({ size, re, im }: Matrix): boolean {
  if (size !== 2) return true;
  const [a, b, c, d] = re as unknown as [number, number, number, number];
  const [ai, bi, ci, di] = im as unknown as [number, number, number, number];
  const determinant = [
    a * d - ai * di - (b * c - bi * ci),
    a * di + ai * d - (b * ci + bi * c),
  ] as const;
  return Math.hypot(...determinant) > leastDeterminant;
}

/** Channels as matrices on the qubits of a gate, each made once. */
class ChannelMemory {
  readonly #draws = new Map<NoiseStep, ChannelDraw>();
  readonly #channels = new Map<ChannelDraw, Map<string, UnitChannel>>();

  drawOf(step: NoiseStep): ChannelDraw {
    const known = this.#draws.get(step) ?? channelDrawOf(step);
    this.#draws.set(step, known);
    return known;
  }

  channelOn(draw: ChannelDraw, qubits: readonly number[]): UnitChannel {
    const byQubits = this.#channels.get(draw) ?? new Map<string, UnitChannel>();
    this.#channels.set(draw, byQubits);
    const key = qubits.join(' ');
    const known = byQubits.get(key) ?? unitChannelOf(draw, qubits);
    byQubits.set(key, known);
    return known;
  }
}

function unitChannelOf(draw: ChannelDraw, qubits: readonly number[]): UnitChannel {
  const stay = draw.stay.length === 0 ? null : matrixOn(draw.stay, qubits);
  if (draw.kind === 'mixture') {
    const fixed = Math.exp(-draw.hazard);
    const jumps = draw.jumps.map((steps, j) => ({
      rate: draw.rates[j] as number,
      matrix: matrixOn(steps, qubits),
    }));
    return { readsState: false, stay, fixed, usual: 1 - fixed, jumps };
  }
  const jumps = draw.jumps.map((jump) => ({
    rate: 0,
    matrix: matrixOn([stepOf(draw.qubits, jump)], qubits),
  }));
  const { size, re, im } = draw.stay[0].matrix;
  const kept = re.reduce((sum, x, k) => sum + x * x + (im[k] as number) ** 2, 0) / size;
  return { readsState: true, stay, fixed: 1, usual: 1 - kept, jumps };
}
