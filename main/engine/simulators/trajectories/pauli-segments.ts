import type { Bindings } from '#shared/circuit/expression.ts';
import type { CircuitStep } from '../../kernels/gate-step.ts';
import type { CompiledNoise } from '../../noise/model.ts';
import { boundSteps } from '../circuit-steps.ts';
import { bind, type Instruction } from '../lowering.ts';
import { type PauliChannel, pauliChannelOf } from '../pauli-channel.ts';
import type { UnitaryStep } from '../register.ts';
import { cliffordTableOf } from '../stabilizer/clifford-table.ts';
import { inMoments } from './moments.ts';

/** A Pauli string as masks: X or Y where `flips` is set, Z or Y where `signs` is. */
export interface PauliMask {
  readonly flips: number;
  readonly signs: number;
}

/** A place at which one of several Pauli strings may happen, carried to the end of its segment. */
export interface ErrorSite {
  readonly segment: number;
  /** −log of the probability that nothing happens. */
  readonly hazard: number;
  /** Running sum of the strings' probabilities. */
  readonly reached: Float64Array;
  readonly errors: readonly PauliMask[];
}

/** A noisy circuit as noiseless segments with Pauli strings between them. */
export interface PauliSegments {
  readonly segments: readonly (readonly CircuitStep[])[];
  readonly sites: readonly ErrorSite[];
}

interface Entry {
  readonly parts: readonly CircuitStep[];
  /** The gate in one matrix, for errors to go through. */
  readonly steps: readonly UnitaryStep[];
  readonly mask: number;
  readonly channels: readonly PauliChannel[];
}

/**
 * Splits a circuit so that after an error only Clifford gates touch it in its segment: the error then
 * goes through to the segment's end as another Pauli string, and the segment itself is one fused
 * circuit. Null where a channel is no random Pauli string, or something other than gates comes.
 */
export function pauliSegmentsOf(
  instructions: readonly Instruction[],
  noise: CompiledNoise,
  bindings: Bindings,
): PauliSegments | null {
  const entries: Entry[] = [];
  const channels = new Map<object, PauliChannel | null>();
  for (const instruction of inMoments(instructions)) {
    if (instruction.kind !== 'unitary') return null;
    const found: PauliChannel[] = [];
    for (const step of noise.after(instruction.gate.id, instruction.qubits, instruction.power)) {
      if (!channels.has(step)) channels.set(step, pauliChannelOf(step));
      const channel = channels.get(step) ?? null;
      if (channel === null) return null;
      if (channel.total > 0) found.push(channel);
    }
    const parts = boundSteps(instruction, bindings);
    const steps = bind(instruction, bindings);
    entries.push({ parts, steps, mask: maskOf(instruction.qubits), channels: found });
  }
  return assemble(split(entries));
}

function maskOf(qubits: readonly number[]): number {
  return qubits.reduce((mask, qubit) => mask | (1 << qubit), 0);
}

/** Starts a segment whenever a gate that is not Clifford meets a qubit that an error may have reached. */
function split(entries: readonly Entry[]): Entry[][] {
  const segments: Entry[][] = [];
  let current: Entry[] = [];
  let reached = 0;
  for (const entry of entries) {
    if ((entry.mask & reached) !== 0) {
      if (entry.steps.every((step) => cliffordTableOf(step) !== null)) reached |= entry.mask;
      else {
        segments.push(current);
        current = [];
        reached = 0;
      }
    }
    current.push(entry);
    if (entry.channels.length > 0) reached |= entry.mask;
  }
  return current.length > 0 ? [...segments, current] : segments;
}

function assemble(split: readonly (readonly Entry[])[]): PauliSegments {
  const sites = split.flatMap((entries, segment) =>
    entries.flatMap(({ channels }, k) => {
      const later = entries.slice(k + 1).flatMap(({ steps }) => steps);
      return channels.map((channel) => siteOf(channel, segment, later));
    }),
  );
  const segments = split.map((entries) => entries.flatMap(({ parts }) => parts));
  return { segments, sites };
}

function siteOf(channel: PauliChannel, segment: number, later: readonly UnitaryStep[]): ErrorSite {
  let sum = 0;
  return {
    segment,
    hazard: channel.total >= 1 ? Number.POSITIVE_INFINITY : -Math.log1p(-channel.total),
    reached: channel.rates.map((rate) => (sum += rate)),
    errors: Array.from(channel.errors, (error) => carried(channel.qubits, error, later)),
  };
}

/** What an error becomes on its way through Clifford gates; its sign is seen by nothing. */
function carried(
  qubits: readonly number[],
  error: number,
  later: readonly UnitaryStep[],
): PauliMask {
  let flips = 0;
  let signs = 0;
  qubits.forEach((qubit, j) => {
    flips |= ((error >> (2 * j)) & 1) << qubit;
    signs |= ((error >> (2 * j + 1)) & 1) << qubit;
  });
  for (const step of later) {
    const wires = [...step.controls, ...step.targets];
    const mask = maskOf(wires);
    if (((flips | signs) & mask) === 0) continue;
    const table = cliffordTableOf(step);
    if (table === null) throw new Error('an error only meets Clifford gates in its segment');
    const index = wires.reduce(
      (sum, qubit, j) =>
        sum | (((flips >> qubit) & 1) << (2 * j)) | (((signs >> qubit) & 1) << (2 * j + 1)),
      0,
    );
    const image = table.image[index] as number;
    flips &= ~mask;
    signs &= ~mask;
    wires.forEach((qubit, j) => {
      flips |= ((image >> (2 * j)) & 1) << qubit;
      signs |= ((image >> (2 * j + 1)) & 1) << qubit;
    });
  }
  return { flips, signs };
}
