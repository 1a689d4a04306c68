import type { PassLayout, TableRecord } from './encode.ts';
import { placedMask } from './encode-pair.ts';
import { unitAt } from './normal-form.ts';
import type { Phase } from './operation.ts';
import type { ParameterWriter } from './parameter-writer.ts';
import { placesIn, sizeOf } from './passes.ts';

const termBytes = 24;
/** Stands for a factor of the whole block. */
const noQubit = 15;

interface Term {
  /** Bits of the block's number that must be 1. */
  readonly outside: number;
  /** Place inside, or `noQubit`. */
  readonly place: number;
  readonly angle: number;
}

/** The record of assembly/diagonals.ts. */
export function encodePhases(
  writer: ParameterWriter,
  at: number,
  phases: readonly Phase[],
  { inside, outside, bits, tables }: PassLayout,
): void {
  const terms: Term[] = [];
  const within: Phase[] = [];
  for (const { mask, angle } of phases) {
    const local = placedMask(mask, inside);
    if (sizeOf(local) > 1) within.push({ kind: 'phase', mask: local, angle });
    else {
      const place = local === 0 ? noQubit : 31 - Math.clz32(local);
      terms.push({ outside: placedMask(mask, outside), place, angle });
    }
  }
  const isFixed = within.length > 0 && terms.every((term) => term.outside === 0);
  writer.word(at, 2);
  if (within.length > 0) {
    writer.pointer(at + 4, reserveTable(writer, within, isFixed ? terms : [], bits, tables));
  }
  const kept = isFixed ? [] : terms;
  writer.word(at + 8, kept.length);
  const list = writer.reserve(termBytes * kept.length);
  kept.forEach((term, k) => {
    const [cos, sin] = unitAt(term.angle);
    writer.word(list + termBytes * k, term.outside);
    writer.word(list + termBytes * k + 4, term.place);
    writer.double(list + termBytes * k + 8, cos);
    writer.double(list + termBytes * k + 16, sin);
  });
  writer.pointer(at + 12, list);
}

/** Room for a table of phases and what `buildTables` fills it from (assembly/tables.ts). */
function reserveTable(
  writer: ParameterWriter,
  phases: readonly Phase[],
  terms: readonly Term[],
  bits: number,
  tables: TableRecord[],
): number {
  const singles = new Float64Array(noQubit + 1);
  for (const { place, angle } of terms) singles[place] = (singles[place] as number) + angle;
  const couplings = new Float64Array(bits * bits);
  const wider: Phase[] = [];
  for (const phase of phases) {
    const [a, b, c] = placesIn(phase.mask);
    if (c !== undefined) wider.push(phase);
    else {
      const k = (b as number) * bits + (a as number);
      couplings[k] = (couplings[k] as number) + phase.angle;
    }
  }
  const factors = writer.reserve(8 * (2 + bits * (bits + 1)));
  let next = factors;
  const put = (angle: number): void => {
    const [cos, sin] = angle === 0 ? [1, 0] : unitAt(angle);
    writer.double(next, cos);
    writer.double(next + 8, sin);
    next += 16;
  };
  put(singles[noQubit] as number);
  for (let q = 0; q < bits; q++) {
    put(singles[q] as number);
    for (let p = 0; p < q; p++) put(couplings[q * bits + p] as number);
  }
  const wide = writer.reserve(termBytes * wider.length);
  wider.forEach(({ mask, angle }, k) => {
    const [cos, sin] = unitAt(angle);
    writer.word(wide + termBytes * k, mask);
    writer.double(wide + termBytes * k + 8, cos);
    writer.double(wide + termBytes * k + 16, sin);
  });
  const at = writer.room(2 * 2 ** bits * writer.bytesPer);
  tables.push({ at, bits, wideCount: wider.length, wide, factors });
  return at;
}
