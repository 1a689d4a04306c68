import type { Circuit, Condition } from '../../circuit/circuit.ts';
import { wantedBits } from '../../circuit/condition.ts';

/** One bit and the value that a condition wants of it. */
export interface BitTest {
  readonly bit: number;
  readonly value: 0 | 1;
}

/** What a condition wants of each bit; null where it can never hold. */
export function bitTestsOf(condition: Condition): readonly BitTest[] | null {
  const wanted = wantedBits(condition);
  return wanted?.map((value, i) => ({ bit: condition.bits[i] as number, value })) ?? null;
}

/** The register whose bits are exactly those of the condition; null where it is none. */
export function wholeRegisterOf({ bits }: Condition, circuit: Circuit): string | null {
  let first = 0;
  for (const { name, size } of circuit.bitRegisters) {
    const start = first;
    first += size;
    if (bits.length === size && bits.every((bit, i) => bit === start + i)) return name;
  }
  return null;
}

/** Register and place of a bit. */
export function bitPlaceOf(
  circuit: Circuit,
  bit: number,
): { readonly register: string; readonly index: number } {
  let rest = bit;
  for (const { name, size } of circuit.bitRegisters) {
    if (rest < size) return { register: name, index: rest };
    rest -= size;
  }
  return { register: 'c', index: bit };
}
