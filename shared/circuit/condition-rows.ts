import { type Circuit, type Condition, qubitCountOf } from './circuit.ts';
import { valueOfBits, wantedBits } from './condition.ts';

/** A classical row that is read or written, with what stands beside its dot. */
export interface LinkedRow {
  readonly row: number;
  readonly text: string;
}

interface ReadBit {
  readonly register: number;
  /** Counted in its register. */
  readonly bit: number;
  readonly value: 0 | 1;
}

/** The row of the register that a bit stands in, and its number there. */
export function bitRowOf(
  circuit: Circuit,
  bit: number,
  qubitCount: number,
): { readonly row: number; readonly bit: number } {
  let rest = bit;
  let row = qubitCount;
  for (const register of circuit.bitRegisters) {
    if (rest < register.size) return { row, bit: rest };
    rest -= register.size;
    row += 1;
  }
  return { row: qubitCount, bit };
}

/**
 * What a condition reads, register by register from the top, in signs that tell any two conditions
 * apart: "= 3" of a whole register, "[1] = 0" of one bit, "[2,0] = 01" of several.
 */
export function conditionRows(circuit: Circuit, condition: Condition): readonly LinkedRow[] {
  const byRegister = readBits(circuit, condition);
  const isNegated = condition.negated === true;
  const sign = isNegated ? '≠' : '=';
  const qubitCount = qubitCountOf(circuit);
  if (wantedBits(condition) === null) {
    // A number that these bits never spell stands as it is written.
    const last = [...byRegister.keys()].at(-1);
    return [...byRegister.keys()].map((register) => ({
      row: qubitCount + register,
      text: register === last ? `${sign} ${condition.value}` : '',
    }));
  }
  const rows = [...byRegister].map(([register, bits]) => {
    const size = circuit.bitRegisters[register]?.size ?? 1;
    return { row: qubitCount + register, text: `${wordsOf(bits, size, sign)}` };
  });
  if (!isNegated || rows.length < 2) return rows;
  // Only all of it together is denied: each part by itself would say something else.
  const whole = [...byRegister]
    .map(([register, bits]) => {
      const { name = '', size = 1 } = circuit.bitRegisters[register] ?? {};
      return `${name}${wordsOf(bits, size, '=')}`;
    })
    .join(' & ');
  return rows.map(({ row }, i) => ({ row, text: i === rows.length - 1 ? `not (${whole})` : '' }));
}

/** Bits of each register, highest first; registers from the top. */
function readBits(circuit: Circuit, condition: Condition): Map<number, ReadBit[]> {
  const qubitCount = qubitCountOf(circuit);
  const wanted = wantedBits(condition);
  const read = condition.bits.map((flat, i): ReadBit => {
    const { row, bit } = bitRowOf(circuit, flat, qubitCount);
    return { register: row - qubitCount, bit, value: wanted?.[i] ?? 0 };
  });
  const byRegister = new Map<number, ReadBit[]>();
  for (const one of read.toSorted((a, b) => a.register - b.register || b.bit - a.bit)) {
    byRegister.set(one.register, [...(byRegister.get(one.register) ?? []), one]);
  }
  return byRegister;
}

function wordsOf(bits: readonly ReadBit[], size: number, sign: string): string {
  if (bits.length === size) return `${sign} ${valueOf(bits)}`;
  const numbers = bits.map(({ bit }) => bit).join(',');
  return `[${numbers}] ${sign} ${bits.map(({ value }) => value).join('')}`;
}

/** The number that the bits of a whole register spell, highest first. */
function valueOf(bits: readonly ReadBit[]): number | bigint {
  return valueOfBits(bits.toReversed().map(({ value }) => value));
}

/** The condition in words: "c[1] is 1", "c is not 3", "c[0] is 1 and d[1] is 0". */
export function conditionWords(circuit: Circuit, condition: Condition): string {
  const is = condition.negated === true ? 'is not' : 'is';
  const byRegister = [...readBits(circuit, condition)];
  const parts = byRegister.map(([register, bits]) => {
    const { name = '', size = 1 } = circuit.bitRegisters[register] ?? {};
    const isWhole = bits.length === size;
    const what = isWhole ? name : `${name}[${bits.map(({ bit }) => bit).join(', ')}]`;
    const value = isWhole ? valueOf(bits) : bits.map((one) => one.value).join('');
    return { what, value };
  });
  if (parts.length === 1) return `${parts[0]?.what} ${is} ${parts[0]?.value}`;
  const all = parts.map(({ what, value }) => `${what} is ${value}`).join(' and ');
  return condition.negated === true ? `not (${all})` : all;
}
