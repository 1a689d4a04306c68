import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { ReadoutError } from '#shared/jobs/noise.ts';
import { applyGate, type Branch, flipOf, holds } from './branches.ts';
import { bind, type Instruction, type UnitaryInstruction } from './lowering.ts';
import { drawIndices, keyOfBits, outcomesOf, sortedByKey, writeOutcome } from './outcomes.ts';
import type { QuantumRegister, UnitaryStep } from './register.ts';
import type { Run } from './simulator.ts';

/**
 * Runs a program once per shot, for programs with too many measurement histories to follow all of
 * them and for registers that draw their noise. Shot k draws from the stream (seed, 1, k), so the
 * result does not depend on order.
 */
export function runShotByShot(
  run: Run,
  prepare: (rng: Rng) => QuantumRegister,
): Record<string, number> {
  const { program, noise, options } = run;
  const steps = stepMemory(run);
  const counts = new Map<string, number>();
  for (let shot = 0; shot < (options.shots as number); shot++) {
    const rng = rngOf(options.seed, 1, shot);
    const branch: Branch = { register: prepare(rng), bits: new Uint8Array(run.bits) };
    runOnce(branch, program.before, run, steps, rng);
    const key = readTerminal(branch, program.terminal, noise?.readout ?? new Map())(rng);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    branch.register.release?.();
    options.watch?.done(shot + 1, options.shots as number);
  }
  return sortedByKey(counts);
}

/** Steps of each instruction, bound once. */
function stepMemory(run: Run): (instruction: UnitaryInstruction) => readonly UnitaryStep[] {
  const memory = new Map<UnitaryInstruction, readonly UnitaryStep[]>();
  return (instruction) => {
    const known = memory.get(instruction) ?? bind(instruction, run.options.bindings);
    memory.set(instruction, known);
    return known;
  };
}

function runOnce(
  branch: Branch,
  list: readonly Instruction[],
  run: Run,
  stepsOf: (instruction: UnitaryInstruction) => readonly UnitaryStep[],
  rng: Rng,
): void {
  const { register, bits } = branch;
  for (const instruction of list) {
    run.options.cancel.throwIfCancelled();
    switch (instruction.kind) {
      case 'unitary':
        applyGate(register, instruction, stepsOf(instruction), run.noise);
        break;
      case 'measure': {
        const value = collapse(register, instruction.qubit, rng.uniform());
        const seen = misread(value, run.noise?.readout.get(instruction.qubit), rng);
        if (instruction.bit !== null) bits[instruction.bit] = seen;
        break;
      }
      case 'reset':
        if (collapse(register, instruction.qubit, rng.uniform()) === 1) {
          register.applyUnitary(flipOf(instruction.qubit));
        }
        break;
      case 'if': {
        const chosen = holds(instruction.condition, bits)
          ? instruction.body
          : instruction.otherwise;
        runOnce(branch, chosen, run, stepsOf, rng);
      }
    }
  }
}

/** Draws the terminal measurements of a branch, as the key of the whole classical memory. */
export function readTerminal(
  { register, bits }: Branch,
  terminal: Run['program']['terminal'],
  readout: ReadonlyMap<number, ReadoutError>,
): (rng: Rng) => string {
  const memory = bits.slice();
  if (register.kind === 'dense') {
    const outcomes = outcomesOf({ register, bits }, terminal, readout);
    return (rng) => {
      drawIndices([outcomes.probabilities], 1, rng, (_, index) => {
        writeOutcome(outcomes, index, memory);
      });
      return keyOfBits(memory);
    };
  }
  const sample = register.sampler(terminal.map(({ qubit }) => qubit));
  return (rng) => {
    const values = sample(rng);
    terminal.forEach(({ qubit, bit }, j) => {
      memory[bit] = misread(values[j] as 0 | 1, readout.get(qubit), rng);
    });
    return keyOfBits(memory);
  };
}

/** What a reader with this error sees; a perfect reader draws nothing. */
export function misread(value: 0 | 1, error: ReadoutError | undefined, rng: Rng): 0 | 1 {
  const wrong = error === undefined ? 0 : value === 0 ? error.p_read1_given0 : error.p_read0_given1;
  return wrong > 0 && rng.uniform() < wrong ? (value === 0 ? 1 : 0) : value;
}

/** Measures: keeps one part, normalised, and gives its value. */
function collapse(register: QuantumRegister, qubit: number, uniform: number): 0 | 1 {
  const value = uniform < register.weightOfOne(qubit) ? 1 : 0;
  const weight = register.project(qubit, value);
  register.scale(1 / weight);
  return value;
}
