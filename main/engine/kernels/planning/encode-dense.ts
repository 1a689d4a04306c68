import type { PassLayout } from './encode.ts';
import { placedMask } from './encode-pair.ts';
import type { Operation } from './operation.ts';
import type { ParameterWriter } from './parameter-writer.ts';
import { placesIn } from './passes.ts';

const headBytes = 16;
const entryBytes = 48;

/** The record of assembly/dense.ts. */
export function encodeDense(
  writer: ParameterWriter,
  at: number,
  operation: Extract<Operation, { kind: 'dense' }>,
  { laneBits, inside, outside }: PassLayout,
): void {
  const lanes = 2 ** laneBits;
  const places = operation.qubits.map((qubit) => inside[qubit] as number);
  const controls = placedMask(operation.controls, inside);
  const wide = places.filter((place) => place >= laneBits).map((place) => place - laneBits);
  const within = places.filter((place) => place < laneBits);
  const flips = subsets(within.map((place) => 1 << place));
  const vectors = subsets(wide.map((bit) => 1 << bit));
  const wideControls = controls >>> laneBits;
  const fixed = [...wide, ...placesIn(wideControls)].sort((a, b) => a - b);
  writer.word(at, 4);
  writer.word(at + 4, fixed.length);
  writer.pointer(at + 8, writer.words(fixed.map((bit) => 2 ** bit - 1)));
  writer.word(at + 12, wideControls << 4);
  writer.word(at + 16, vectors.length);
  writer.pointer(at + 20, writer.words(vectors.map((vector) => vector << 4)));
  writer.word(at + 24, flips.length);
  writer.pointer(at + 28, writer.words(flips));
  writer.word(at + 36, placedMask(operation.controls, outside));
  /** Index into the matrix of an amplitude of a vector. */
  const indexOf = (vector: number, lane: number): number => {
    const bits = (vector << laneBits) | lane;
    return places.reduce((sum, place, j) => sum | (((bits >>> place) & 1) << j), 0);
  };
  const laneControls = controls & (lanes - 1);
  const { size, re, im } = operation.matrix;
  const factor = (
    row: number,
    column: number,
    flip: number,
    lane: number,
    part: Float64Array,
    one: number,
  ): number => {
    const isActive = (lane & laneControls) === laneControls;
    if (!isActive) return row === column && flip === 0 ? one : 0;
    return part[indexOf(row, lane) * size + indexOf(column, lane ^ flip)] as number;
  };
  const rows = vectors.map((row) => {
    const entries: { readonly input: number; readonly column: number; readonly flip: number }[] =
      [];
    vectors.forEach((column, v) => {
      flips.forEach((flip, s) => {
        const isZero = Array.from({ length: lanes }, (_, lane) => lane).every(
          (lane) =>
            factor(row, column, flip, lane, re, 1) === 0 &&
            factor(row, column, flip, lane, im, 0) === 0,
        );
        if (!isZero) entries.push({ input: v * flips.length + s, column, flip });
      });
    });
    return { row, entries };
  });
  const total = rows.reduce((sum, { entries }) => sum + headBytes + entryBytes * entries.length, 0);
  let position = writer.reserve(total);
  writer.pointer(at + 32, position);
  for (const { row, entries } of rows) {
    writer.word(position, entries.length);
    position += headBytes;
    for (const { input, column, flip } of entries) {
      writer.word(position, input);
      writer.vector(position + 16, (lane) => factor(row, column, flip, lane, re, 1));
      writer.vector(position + 32, (lane) => factor(row, column, flip, lane, im, 0));
      position += entryBytes;
    }
  }
}

/** Sums of all subsets; entry k has the members whose bits are set in k. */
function subsets(members: readonly number[]): number[] {
  let sums = [0];
  for (const member of members) sums = [...sums, ...sums.map((sum) => sum + member)];
  return sums;
}
