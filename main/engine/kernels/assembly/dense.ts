import { LANE_BITS, flipLanes, madd, nmadd, splat, widen } from './vectors';

/*
 * Any complex matrix on a few qubits of the block, its zeros left out. Of its qubits some may be
 * lanes: then a vector is read in every arrangement of these lanes, and factors are per lane.
 *
 * Record (bytes): 0 kind, 4 number of fixed vector-index bits, 8 their masks (u32 each, ascending),
 * 12 value of fixed bits that are controls as a byte offset, 16 number of vectors, 20 their byte offsets,
 * 24 number of lane arrangements, 28 their flips, 32 rows, 36 mask of bits of the block that must be 1.
 * A row is the number of its entries (u32, in 16 bytes), then per entry the index of its input
 * (16 bytes: vector · arrangements + arrangement), a vector of real and one of imaginary factors.
 */
export function applyDense(
  op: usize,
  re: usize,
  im: usize,
  bits: i32,
  block: u32,
  scratch: usize,
): void {
  const outside = load<u32>(op, 36);
  if ((block & outside) != outside) return;
  const fixed = load<i32>(op, 4);
  const masks = <usize>load<u32>(op, 8);
  const values = <usize>load<u32>(op, 12);
  const vectors = load<i32>(op, 16);
  const offsets = <usize>load<u32>(op, 20);
  const arrangements = load<i32>(op, 24);
  const flips = <usize>load<u32>(op, 28);
  const rows = <usize>load<u32>(op, 32);
  const count: u32 = 1 << (bits - LANE_BITS - fixed);
  for (let k: u32 = 0; k < count; k++) {
    let index = k;
    for (let f = 0; f < fixed; f++) index = widen(index, load<u32>(masks + 4 * f));
    const base = ((<usize>index) << 4) | values;
    let input = scratch;
    for (let v = 0; v < vectors; v++) {
      const at = base + <usize>load<u32>(offsets + 4 * v);
      const x = v128.load(re + at);
      const y = v128.load(im + at);
      for (let s = 0; s < arrangements; s++) {
        const flip = load<i32>(flips + 4 * s);
        v128.store(input, flipLanes(x, flip));
        v128.store(input, flipLanes(y, flip), 16);
        input += 32;
      }
    }
    let row = rows;
    for (let v = 0; v < vectors; v++) {
      const entries = load<i32>(row);
      row += 16;
      let sumRe = splat(0);
      let sumIm = splat(0);
      for (let e = 0; e < entries; e++) {
        const from = scratch + 32 * <usize>load<u32>(row);
        const c = v128.load(row, 16);
        const d = v128.load(row, 32);
        const x = v128.load(from);
        const y = v128.load(from, 16);
        sumRe = nmadd(d, y, madd(c, x, sumRe));
        sumIm = madd(d, x, madd(c, y, sumIm));
        row += 48;
      }
      const at = base + <usize>load<u32>(offsets + 4 * v);
      v128.store(re + at, sumRe);
      v128.store(im + at, sumIm);
    }
  }
}
