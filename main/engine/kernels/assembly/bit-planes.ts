/** Shots that are followed together: one bit of a plane each. */
export const SHOTS = 1024;
/** Bytes of a plane. */
export const PLANE: usize = 128;

/** target ^= source. */
export function addPlane(target: usize, source: usize): void {
  for (let o: usize = 0; o < PLANE; o += 16) {
    v128.store(target + o, v128.xor(v128.load(target + o), v128.load(source + o)));
  }
}

export function swapPlanes(a: usize, b: usize): void {
  for (let o: usize = 0; o < PLANE; o += 16) {
    const kept = v128.load(a + o);
    v128.store(a + o, v128.load(b + o));
    v128.store(b + o, kept);
  }
}

/** target = source, every bit turned where `flip` is 1. */
export function copyPlane(target: usize, source: usize, flip: i32): void {
  const turn = i64x2.splat(-(<i64>flip));
  for (let o: usize = 0; o < PLANE; o += 16) {
    v128.store(target + o, v128.xor(v128.load(source + o), turn));
  }
}

/**
 * Turns planes of 1024 shots into a row of bits for each shot: bit p of row s is bit s of plane p. Rows are
 * `rowBytes` apart and may end inside a word: later words are written first, and each row after the one
 * before it, so that what is written too far is written over. The last row may write 3 bytes too far.
 */
export function writeRows(
  planes: usize,
  count: i32,
  rows: usize,
  rowBytes: usize,
  square: usize,
): void {
  for (let group = ((count + 31) >> 5) - 1; group >= 0; group--) {
    const present = min(32, count - 32 * group);
    for (let word = 0; word < SHOTS >> 5; word++) {
      for (let p = 0; p < 32; p++) {
        const at = planes + <usize>(32 * group + p) * PLANE + (<usize>word << 2);
        store<u32>(square + (<usize>p << 2), p < present ? load<u32>(at) : 0);
      }
      transpose(square);
      let row = rows + <usize>(32 * word) * rowBytes + (<usize>group << 2);
      for (let s = 0; s < 32; s++) {
        store<u32>(row, load<u32>(square + (<usize>s << 2)));
        row += rowBytes;
      }
    }
  }
}

/** A square of 32 words of 32 bits, turned in place: halves, then quarters, … change places. */
function transpose(square: usize): void {
  let mask: u32 = 0xffff;
  for (let step = 16; step != 0; ) {
    for (let k = 0; k < 32; k = (k + step + 1) & ~step) {
      const a = square + (<usize>k << 2);
      const b = square + (<usize>(k + step) << 2);
      const moved = ((load<u32>(a) >> step) ^ load<u32>(b)) & mask;
      store<u32>(a, load<u32>(a) ^ (moved << step));
      store<u32>(b, load<u32>(b) ^ moved);
    }
    step >>= 1;
    mask ^= mask << step;
  }
}
