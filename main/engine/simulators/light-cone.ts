import { bind, type Instruction } from './lowering.ts';
import type { Run } from './simulator.ts';
import { cliffordTableOf } from './stabilizer/clifford-table.ts';

/**
 * How many gates that are not Clifford the observables of a run look back on; null where a gate depends
 * on an outcome. A rotation doubles the strings of an observable at most, other gates may do more.
 */
export function nonCliffordInView({ program, observables, options }: Run): number | null {
  const seen = new Set(
    observables
      .flatMap(({ terms }) => terms)
      .flatMap(({ factors }) => factors)
      .map(({ qubit }) => qubit),
  );
  let count = 0;
  for (let at = program.before.length - 1; at >= 0; at--) {
    const instruction = program.before[at] as Instruction;
    if (instruction.kind === 'if') return null;
    if (instruction.kind !== 'unitary') continue;
    const { qubits } = instruction;
    if (!qubits.some((qubit) => seen.has(qubit))) continue;
    for (const qubit of qubits) seen.add(qubit);
    const steps = bind(instruction, options.bindings);
    if (steps.some((step) => cliffordTableOf(step) === null)) count++;
  }
  return count;
}
