import { valueOfBits } from '../../circuit/condition.ts';
import type { Condition } from '../../circuit/circuit.ts';
import { type Content, type Memory, Unknown, UnknownRead } from './memory.ts';
import type { Code } from './program-steps.ts';

/** More outcomes than these are not told apart one by one. */
const maximumBits = 10;

interface Cell {
  readonly slot: number;
  readonly bit: number;
  readonly circuitBit: number;
}

/** What an expression gives for every outcome of the bits that it depends on. */
export interface Table {
  readonly cells: readonly Cell[];
  /** Entry k: bit j of k is the outcome of cells[j]. */
  readonly values: readonly Content[];
  /** Further bits of the same register that are surely 0, where all of it was read. */
  readonly zeros: readonly number[];
}

type Registers = ReadonlyMap<number, { readonly first: number; readonly size: number }>;

/** Null where it depends on more than bits of the circuit, or on too many of them. */
export function outcomesOf(
  code: Code,
  memory: Memory,
  registers: Registers,
  touched: Uint8Array,
): Table | null {
  const cells: Cell[] = [];
  let whole: number | null = null;
  for (;;) {
    try {
      return {
        cells,
        values: valuesOf(code, memory, cells),
        zeros: zerosOf(whole, cells, memory, registers, touched),
      };
    } catch (read) {
      if (!(read instanceof UnknownRead)) throw read;
      const register = registers.get(read.slot);
      if (register === undefined) return null;
      const count = cells.length;
      const [from, to] = read.bit === null ? [0, register.size] : [read.bit, read.bit + 1];
      for (let bit = from; bit < to && cells.length <= maximumBits; bit++) {
        const isNew = !cells.some((cell) => cell.slot === read.slot && cell.bit === bit);
        if (!isNew || !isUnknown(memory.slots[read.slot], bit)) continue;
        cells.push({ slot: read.slot, bit, circuitBit: register.first + bit });
      }
      if (read.bit === null) whole = read.slot;
      if (cells.length === count || cells.length > maximumBits) return null;
    }
  }
}

function isUnknown(content: Content, bit: number): boolean {
  return content instanceof Unknown && ((content.mask >> BigInt(bit)) & 1n) === 1n;
}

function valuesOf(code: Code, memory: Memory, cells: readonly Cell[]): Content[] {
  // The outcomes are supposed in the memory itself: copying it would cost as much as the program declares.
  const held = new Map(cells.map(({ slot }) => [slot, memory.slots[slot]]));
  const restore = (): void => {
    for (const [slot, content] of held) memory.slots[slot] = content;
  };
  try {
    return Array.from({ length: 2 ** cells.length }, (_, outcome) => {
      restore();
      cells.forEach(({ slot, bit }, j) => {
        memory.writeBit(slot, bit, BigInt((outcome >> j) & 1));
      });
      return code.run(memory);
    });
  } finally {
    restore();
  }
}

function zerosOf(
  whole: number | null,
  cells: readonly Cell[],
  memory: Memory,
  registers: Registers,
  touched: Uint8Array,
): number[] {
  const register = whole === null ? undefined : registers.get(whole);
  if (whole === null || register === undefined || cells.some(({ slot }) => slot !== whole))
    return [];
  const zeros: number[] = [];
  for (let bit = 0; bit < register.size; bit++) {
    const content = memory.slots[whole];
    if (isUnknown(content, bit)) continue;
    const isZero = content instanceof Unknown && ((content.value >> BigInt(bit)) & 1n) === 0n;
    if (!isZero || touched[register.first + bit] === 1) return [];
    zeros.push(register.first + bit);
  }
  return zeros;
}

/** The condition under which a value is wanted; true or false where it always or never is; null where none says it. */
export function conditionWhere(
  table: Table,
  isWanted: (value: Content) => boolean,
): Condition | boolean | null {
  const { cells, values, zeros } = table;
  const wanted = values.map(isWanted);
  const count = wanted.filter(Boolean).length;
  if (count === 0) return false;
  if (count === wanted.length) return true;
  const isNegated = count > 1;
  if (isNegated && count < wanted.length - 1) return withoutIdleBits(table, wanted);
  const only = wanted.indexOf(!isNegated);
  const places: { circuitBit: number; value: 0 | 1 }[] = cells.map(({ circuitBit }, j) => ({
    circuitBit,
    value: ((only >> j) & 1) === 1 ? 1 : 0,
  }));
  for (const circuitBit of zeros) places.push({ circuitBit, value: 0 });
  places.sort((a, b) => a.circuitBit - b.circuitBit);
  const value = valueOfBits(places.map((place) => place.value));
  const bits = places.map(({ circuitBit }) => circuitBit);
  return isNegated ? { bits, value, negated: true } : { bits, value };
}

/** Leaves out bits that change nothing and tries again. */
function withoutIdleBits(table: Table, wanted: readonly boolean[]): Condition | boolean | null {
  const idle = table.cells.findIndex((_, j) =>
    wanted.every((value, outcome) => value === wanted[outcome ^ (1 << j)]),
  );
  if (idle < 0) return null;
  const cells = table.cells.toSpliced(idle, 1);
  const values = Array.from({ length: 2 ** cells.length }, (_, outcome) => {
    const low = outcome & ((1 << idle) - 1);
    return wanted[low | ((outcome >> idle) << (idle + 1))] as boolean;
  });
  return conditionWhere({ cells, values, zeros: [] }, (value) => value === true);
}
