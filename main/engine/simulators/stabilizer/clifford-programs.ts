import type { Bindings } from '#shared/circuit/expression.ts';
import { bind, type Instruction } from '../lowering.ts';
import { cliffordTableOf } from './clifford-table.ts';

/** Name of the first gate that is not Clifford at its angles; null for a Clifford program. */
export function firstNonClifford(
  instructions: readonly Instruction[],
  bindings: Bindings,
): string | null {
  for (const instruction of instructions) {
    if (instruction.kind === 'if') {
      const inner = [...instruction.body, ...instruction.otherwise];
      const found = firstNonClifford(inner, bindings);
      if (found !== null) return found;
    }
    if (instruction.kind !== 'unitary') continue;
    if (bind(instruction, bindings).some((step) => cliffordTableOf(step) === null)) {
      return instruction.gate.id;
    }
  }
  return null;
}
