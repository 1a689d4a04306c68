import { wantedBits } from '#shared/circuit/condition.ts';
import type { CancelFlag } from '#shared/base/cancel.ts';
import type { Condition } from '#shared/circuit/circuit.ts';
import type { Bindings } from '#shared/circuit/expression.ts';
import { pauliX } from '#shared/gates/define.ts';
import type { CompiledNoise } from '../noise/model.ts';
import { LiveStates, type WayLimits } from './live-states.ts';
import { bind, type Instruction, isBound, type UnitaryInstruction } from './lowering.ts';
import { mergeWays } from './merge-ways.ts';
import type { QuantumRegister, UnitaryStep } from './register.ts';

/** One way in which the measurements so far may have gone. */
export interface Branch {
  readonly register: QuantumRegister;
  /** Classical memory: bits[i] is bit i. */
  readonly bits: Uint8Array;
}

export interface BranchOptions extends WayLimits {
  readonly bindings: Bindings;
  readonly noise: CompiledNoise | null;
  readonly cancel: CancelFlag;
  /** Left out: every outcome is followed. */
  readonly path?: Path | null;
}

/** One run: `draw` gives numbers from [0, 1); `outcomes` takes what was measured, in order. */
export interface Path {
  readonly draw: () => number;
  readonly outcomes: (0 | 1)[];
}

export interface BranchRun {
  readonly branches: Branch[];
  /** Whether a reset found a qubit that was not surely |0⟩ (one that was changes nothing). */
  readonly didReset: boolean;
}

/** Below this probability a branch is rounding noise of a gate that should give exactly zero. */
const negligible = 1e-15;

/**
 * Runs instructions on every branch. Measuring splits a branch by outcome; readout error splits it
 * by what was read. Branches that agree in memory and state are merged after each measurement. Throws
 * TooManyBranches, with all memory given back, where they go too far apart.
 */
export function runBranches(
  start: Branch,
  instructions: readonly Instruction[],
  options: BranchOptions,
): BranchRun {
  let didReset = false;
  const live = new LiveStates(options);
  live.add(start.register);
  const cache = new Map<UnitaryInstruction, readonly UnitaryStep[]>();
  const stepsOf = (instruction: UnitaryInstruction): readonly UnitaryStep[] => {
    const known = cache.get(instruction);
    if (known !== undefined) return known;
    const steps = bind(instruction, isBound(instruction) ? {} : options.bindings);
    cache.set(instruction, steps);
    return steps;
  };
  const run = (branches: Branch[], list: readonly Instruction[]): Branch[] => {
    let current = branches;
    for (const instruction of list) {
      options.cancel.throwIfCancelled();
      current = advance(current, instruction);
    }
    return current;
  };
  const advance = (branches: Branch[], instruction: Instruction): Branch[] => {
    switch (instruction.kind) {
      case 'unitary': {
        const steps = stepsOf(instruction);
        for (const branch of branches) {
          options.cancel.throwIfCancelled();
          applyGate(branch.register, instruction, steps, options.noise);
        }
        return branches;
      }
      case 'measure':
        return admitted(branches.flatMap((branch) => measure(branch, instruction, options, live)));
      case 'reset':
        didReset ||= branches.some(
          ({ register }) => register.weightOfOne(instruction.qubit) > negligible,
        );
        return admitted(
          branches.flatMap((branch) => reset(branch, instruction.qubit, options, live)),
        );
      case 'if':
        return branches.flatMap((branch) =>
          run(
            [branch],
            holds(instruction.condition, branch.bits) ? instruction.body : instruction.otherwise,
          ),
        );
    }
  };
  const admitted = (branches: Branch[]): Branch[] => {
    const merged = mergeWays(branches, ({ bits }) => bits.join(''), live, options.cancel);
    live.admit(merged.length);
    return merged;
  };
  try {
    return { branches: run([start], instructions), didReset };
  } catch (error) {
    live.abandon();
    throw error;
  }
}

/** The gate and the channels that follow it. */
export function applyGate(
  register: QuantumRegister,
  instruction: UnitaryInstruction,
  steps: readonly UnitaryStep[],
  noise: CompiledNoise | null,
): void {
  for (const step of steps) register.applyUnitary(step);
  if (noise === null) return;
  for (const channel of noise.after(instruction.gate.id, instruction.qubits, instruction.power)) {
    register.applyChannel(channel);
  }
}

/** Whether the bits, first = least significant, spell the condition's value. */
export function holds(condition: Condition, bits: Uint8Array): boolean {
  const wanted = wantedBits(condition);
  const equal = wanted?.every((value, i) => bits[condition.bits[i] as number] === value) ?? false;
  return equal !== (condition.negated === true);
}

function measure(
  branch: Branch,
  { qubit, bit }: { readonly qubit: number; readonly bit: number | null },
  { noise, path, cancel }: BranchOptions,
  live: LiveStates,
): Branch[] {
  cancel.throwIfCancelled();
  const error = noise?.readout.get(qubit);
  return splitBy(branch, qubit, path, live).flatMap(({ register, value }) => {
    path?.outcomes.push(value);
    if (bit === null) return [{ register, bits: branch.bits }];
    const wrong =
      error === undefined ? 0 : value === 0 ? error.p_read1_given0 : error.p_read0_given1;
    const read = (register: QuantumRegister, seen: number): Branch => {
      const bits = branch.bits.slice();
      bits[bit] = seen;
      return { register, bits };
    };
    if (wrong === 0) return [read(register, value)];
    const mistaken = live.copy(register);
    mistaken.scale(wrong);
    register.scale(1 - wrong);
    return [read(register, value), read(mistaken, 1 - value)];
  });
}

function reset(
  branch: Branch,
  qubit: number,
  { path, cancel }: BranchOptions,
  live: LiveStates,
): Branch[] {
  cancel.throwIfCancelled();
  return splitBy(branch, qubit, path, live).map(({ register, value }) => {
    if (value === 1) register.applyUnitary(flipOf(qubit));
    return { register, bits: branch.bits };
  });
}

/** The parts where the qubit is 0 and 1, without parts of no weight; on a path the part that was drawn. */
function splitBy(
  branch: Branch,
  qubit: number,
  path: Path | null | undefined,
  live: LiveStates,
): { register: QuantumRegister; value: 0 | 1 }[] {
  const one = branch.register.weightOfOne(qubit);
  const zero = branch.register.weight() - one;
  if (path !== null && path !== undefined) {
    const value = path.draw() * (zero + one) < one ? 1 : 0;
    branch.register.scale(1 / branch.register.project(qubit, value));
    return [{ register: branch.register, value }];
  }
  if (one <= negligible) {
    branch.register.project(qubit, 0);
    return [{ register: branch.register, value: 0 }];
  }
  if (zero <= negligible) {
    branch.register.project(qubit, 1);
    return [{ register: branch.register, value: 1 }];
  }
  const copy = live.copy(branch.register);
  branch.register.project(qubit, 0);
  copy.project(qubit, 1);
  return [
    { register: branch.register, value: 0 },
    { register: copy, value: 1 },
  ];
}

/** X on a qubit. */
export function flipOf(qubit: number): UnitaryStep {
  return {
    matrix: pauliX,
    targets: [qubit],
    controls: [],
    isDiagonal: false,
  };
}
