import type { PassLayout } from './encode.ts';
import type { PairMix } from './operation.ts';
import type { ParameterWriter } from './parameter-writer.ts';
import { placesIn } from './passes.ts';

/** Fixed bits that the kernel steps over, the lowest ones; it tests the others, once a run. */
const steppedBits = 4;
const noMask = 0xffff_ffff;

/** A mask over qubits as one over places of the block, or over bits of its number. */
export function placedMask(mask: number, places: readonly number[]): number {
  return placesIn(mask).reduce((sum, qubit) => {
    const place = places[qubit] as number;
    return place < 0 ? sum : sum | (1 << place);
  }, 0);
}

/** The record of assembly/pairs.ts. */
export function encodePair(
  writer: ParameterWriter,
  at: number,
  { flip, select, value, matrix }: PairMix,
  { laneBits, inside, outside }: PassLayout,
): void {
  const lanes = 2 ** laneBits - 1;
  const flipped = placedMask(flip, inside);
  const selected = placedMask(select, inside);
  const wanted = placedMask(value, inside);
  const fixed = placesIn(selected >>> laneBits);
  const stepped = fixed.slice(0, steppedBits);
  const tested = fixed.slice(steppedBits).reduce((mask, bit) => mask | (1 << bit), 0);
  const values = wanted >>> laneBits;
  writer.word(at, 3);
  for (let k = 0; k < steppedBits; k++) {
    const bit = stepped[k];
    writer.word(at + 4 + 4 * k, bit === undefined ? noMask : 2 ** bit - 1);
  }
  writer.word(at + 20, (values & ~tested) << 4);
  writer.word(at + 24, (flipped >>> laneBits) << 4);
  writer.word(at + 28, flipped & lanes);
  writer.word(at + 32, stepped.length);
  writer.word(at + 36, tested << 4);
  writer.word(at + 40, (values & tested) << 4);
  writer.word(at + 44, placedMask(select, outside));
  writer.word(at + 112, placedMask(value, outside));
  const [a, b, c, d] = matrix;
  const isExchange = a === 0 && b === 1 && c === 1 && d === 0 && (selected & lanes) === 0;
  writer.word(at + 116, isExchange ? 1 : 0);
  const isFirst = (lane: number): boolean => (lane & selected & lanes) === (wanted & lanes);
  const isSecond = (lane: number): boolean =>
    (lane & selected & lanes) === ((wanted ^ flipped) & lanes);
  if (flipped >>> laneBits === 0) {
    writer.vector(at + 48, (lane) => (isFirst(lane) ? a : isSecond(lane) ? d : 1));
    writer.vector(at + 64, (lane) => (isFirst(lane) ? b : isSecond(lane) ? c : 0));
  } else {
    writer.vector(at + 48, (lane) => (isFirst(lane) ? a : 1));
    writer.vector(at + 64, (lane) => (isFirst(lane) ? b : 0));
    writer.vector(at + 80, (lane) => (isSecond(lane) ? d : 1));
    writer.vector(at + 96, (lane) => (isSecond(lane) ? c : 0));
  }
}
