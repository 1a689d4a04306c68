import type { PassLayout } from './encode.ts';
import type { Turn } from './operation.ts';
import type { ParameterWriter } from './parameter-writer.ts';

/** The record of assembly/rotations.ts. */
export function encodeTurns(
  writer: ParameterWriter,
  at: number,
  turns: readonly Turn[],
  { laneBits, inside }: PassLayout,
): void {
  const placed = turns.map((turn) => ({ ...turn, place: inside[turn.qubit] as number }));
  const wide = placed.filter(({ place }) => place >= laneBits).sort((a, b) => a.place - b.place);
  writer.word(at, 1);
  writer.word(at + 4, wide.length);
  let modes = 0;
  wide.forEach(({ place, t, mode }, k) => {
    const bit = place - laneBits;
    writer.word(at + 8 + 4 * k, 2 ** bit - 1);
    writer.word(at + 20 + 4 * k, 16 * 2 ** bit);
    writer.double(at + 40 + 8 * k, t);
    modes |= mode << k;
  });
  writer.word(at + 32, modes);
  let flags = 0;
  for (const { place, t, mode } of placed) {
    if (place >= laneBits) continue;
    flags |= 1 << (place + 2 * mode);
    const sign = (lane: number): number => (((lane >>> place) & 1) === 1 ? 1 : -1);
    writer.vector(at + 64 + 32 * place, () => (mode === 0 ? 1 : t));
    writer.vector(at + 80 + 32 * place, (lane) => sign(lane) * (mode === 0 ? t : 1));
  }
  writer.word(at + 36, flags);
}
