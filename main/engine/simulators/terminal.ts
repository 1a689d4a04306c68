import { bitsOf, qubitsOf } from '#shared/circuit/circuit.ts';
import type { Instruction } from './lowering.ts';

/** A program split into what runs first and the measurements that nothing depends on any more. */
export interface SplitProgram {
  readonly before: readonly Instruction[];
  /** bit ← qubit, each bit once (its last write). */
  readonly terminal: readonly { readonly qubit: number; readonly bit: number }[];
  /** Whether a measurement, reset or condition remains in `before`. */
  readonly isDynamic: boolean;
}

/**
 * Finds measurements after which neither their qubit nor their bit is used again. They commute to
 * the end, where all of them are read off one probability distribution.
 */
export function splitTerminal(instructions: readonly Instruction[]): SplitProgram {
  const usedQubits = new Set<number>();
  const usedBits = new Set<number>();
  const terminalAt = new Set<number>();
  const terminal: { qubit: number; bit: number }[] = [];
  for (let index = instructions.length - 1; index >= 0; index--) {
    const instruction = instructions[index] as Instruction;
    if (instruction.kind === 'measure' && !usedQubits.has(instruction.qubit)) {
      const { qubit, bit } = instruction;
      if (bit === null) {
        // Its outcome is lost and its qubit is never touched again: it changes nothing that is seen.
        terminalAt.add(index);
        continue;
      }
      if (!usedBits.has(bit)) {
        terminalAt.add(index);
        terminal.push({ qubit, bit });
        usedBits.add(bit);
        continue;
      }
    }
    mark(instruction, usedQubits, usedBits);
  }
  const before = instructions.filter((_, index) => !terminalAt.has(index));
  return {
    before,
    terminal: terminal.reverse(),
    isDynamic: before.some((instruction) => instruction.kind !== 'unitary'),
  };
}

function mark(instruction: Instruction, qubits: Set<number>, bits: Set<number>): void {
  if (instruction.kind === 'unitary') {
    for (const qubit of instruction.qubits) qubits.add(qubit);
  } else if (instruction.kind === 'if') {
    for (const bit of instruction.condition.bits) bits.add(bit);
    for (const inner of [...instruction.body, ...instruction.otherwise]) mark(inner, qubits, bits);
  } else {
    for (const qubit of qubitsOf(instruction)) qubits.add(qubit);
    for (const bit of bitsOf(instruction)) bits.add(bit);
  }
}
