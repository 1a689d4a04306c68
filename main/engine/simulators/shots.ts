import type { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import type { Bindings } from '#shared/circuit/expression.ts';
import type { CompiledNoise } from '../noise/model.ts';
import { applyGate, type Branch, holds } from './branches.ts';
import { bind, type Instruction, type UnitaryInstruction } from './lowering.ts';
import { drawIndices, outcomesOf, sortedByKey } from './outcomes.ts';
import type { QuantumRegister, UnitaryStep } from './register.ts';
import type { SplitProgram } from './terminal.ts';

export interface ShotOptions {
  readonly bindings: Bindings;
  readonly noise: CompiledNoise | null;
  readonly cancel: CancelFlag;
  readonly shots: number;
  readonly seed: number;
}

/**
 * Runs a dynamic program once per shot, for programs with too many measurement histories to follow
 * all of them. Shot k draws from the stream (seed, 1, k), so the result does not depend on order.
 */
export function runShotByShot(
  start: () => Branch,
  program: SplitProgram,
  options: ShotOptions,
): Record<string, number> {
  const steps = new Map<UnitaryInstruction, readonly UnitaryStep[]>();
  const counts = new Map<string, number>();
  for (let shot = 0; shot < options.shots; shot++) {
    const rng = rngOf(options.seed, 1, shot);
    const branch = start();
    const run = (list: readonly Instruction[]): void => {
      for (const instruction of list) {
        options.cancel.throwIfCancelled();
        advance(instruction);
      }
    };
    const advance = (instruction: Instruction): void => {
      switch (instruction.kind) {
        case 'unitary': {
          const known = steps.get(instruction) ?? bind(instruction, options.bindings);
          steps.set(instruction, known);
          applyGate(branch.register, instruction, known, options.noise);
          return;
        }
        case 'measure': {
          const value = collapse(branch.register, instruction.qubit, rng.uniform());
          const error = options.noise?.readout.get(instruction.qubit);
          const wrong =
            error === undefined ? 0 : value === 0 ? error.p_read1_given0 : error.p_read0_given1;
          if (instruction.bit !== null) {
            branch.bits[instruction.bit] = wrong > 0 && rng.uniform() < wrong ? 1 - value : value;
          }
          return;
        }
        case 'reset':
          if (collapse(branch.register, instruction.qubit, rng.uniform()) === 1) {
            branch.register.applyUnitary(flip(instruction.qubit));
          }
          return;
        case 'if':
          run(holds(instruction.condition, branch.bits) ? instruction.body : instruction.otherwise);
      }
    };
    run(program.before);
    const outcomes = outcomesOf(branch, program.terminal, options.noise?.readout ?? new Map());
    drawIndices([outcomes.probabilities], 1, rng, (_, index) => {
      outcomes.positions.forEach((bit, j) => {
        branch.bits[bit] = (index >>> j) & 1;
      });
    });
    const key = branch.bits.slice().reverse().join('');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return sortedByKey(counts);
}

/** Measures: keeps one part, normalised, and gives its value. */
function collapse(register: QuantumRegister, qubit: number, uniform: number): 0 | 1 {
  const value = uniform < register.weightOfOne(qubit) ? 1 : 0;
  const weight = register.project(qubit, value);
  register.scale(1 / weight);
  return value;
}

function flip(qubit: number): UnitaryStep {
  return {
    matrix: { size: 2, re: Float64Array.of(0, 1, 1, 0), im: new Float64Array(4) },
    targets: [qubit],
    controls: [],
    isDiagonal: false,
  };
}
