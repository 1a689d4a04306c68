import type { Instruction, UnitaryInstruction } from '../lowering.ts';

/** Gates in the order of their moments: those that act side by side come together. */
export function inMoments(instructions: readonly Instruction[]): readonly Instruction[] {
  const busy = new Map<number, number>();
  const moments = instructions.map((one) => {
    if (one.kind !== 'unitary') return 0;
    const moment = Math.max(0, ...one.qubits.map((qubit) => busy.get(qubit) ?? 0));
    for (const qubit of one.qubits) busy.set(qubit, moment + 1);
    return moment;
  });
  if (instructions.some(({ kind }) => kind !== 'unitary')) return instructions;
  return [...instructions.keys()]
    .sort((a, b) => (moments[a] as number) - (moments[b] as number) || a - b)
    .map((i) => instructions[i] as UnitaryInstruction);
}
