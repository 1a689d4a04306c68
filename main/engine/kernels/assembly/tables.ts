import { BYTES, putNumber } from './vectors';

/*
 * Tables of phases over the amplitudes of a block: products of a factor per qubit, one per pair of
 * qubits, and one per wider set of qubits.
 *
 * Argument: records of 32 bytes: 0 table, 4 bits, 8 number of wide terms, 12 wide terms, 16 factors.
 * Factors (16 bytes each, a complex number in doubles): that of everything; then for each qubit q its
 * own, followed by those of the pairs (p, q) for all p < q. A wide term (24 bytes): 0 mask, 8 factor.
 */
export function buildTables(first: i32, last: i32, thread: i32, at: u32): void {
  const argument = <usize>at;
  const scratch = <usize>load<u32>(argument, 0) + <usize>load<u32>(argument, 4) * thread;
  for (let k = first; k < last; k++) build(argument + 32 + 32 * <usize>k, scratch);
}

function build(record: usize, scratch: usize): void {
  const bits = load<i32>(record, 4);
  const size: usize = (<usize>1) << bits;
  const re = scratch;
  const im = re + 8 * size;
  const rowRe = im + 8 * size;
  const rowIm = rowRe + 8 * size;
  let factor = <usize>load<u32>(record, 16);
  store<f64>(re, load<f64>(factor));
  store<f64>(im, load<f64>(factor, 8));
  for (let q = 0; q < bits; q++) {
    factor += 16;
    store<f64>(rowRe, load<f64>(factor));
    store<f64>(rowIm, load<f64>(factor, 8));
    for (let p = 0; p < q; p++) {
      factor += 16;
      double(rowRe, rowIm, (<usize>8) << p, load<f64>(factor), load<f64>(factor, 8));
    }
    multiplyOnto(re, im, rowRe, rowIm, (<usize>8) << q);
  }
  const wide = load<i32>(record, 8);
  for (let k = 0; k < wide; k++) turnWhere(<usize>load<u32>(record, 12) + 24 * <usize>k, re, im, size);
  const table = <usize>load<u32>(record, 0);
  const parts = size * BYTES;
  for (let i: usize = 0; i < size; i++) {
    putNumber(table + i * BYTES, load<f64>(re + 8 * i));
    putNumber(table + parts + i * BYTES, load<f64>(im + 8 * i));
  }
}

/** The numbers in [bytes, 2·bytes) become those below, times c + i·d. */
function double(re: usize, im: usize, bytes: usize, c: f64, d: f64): void {
  for (let o: usize = 0; o < bytes; o += 8) {
    const a = load<f64>(re + o);
    const b = load<f64>(im + o);
    store<f64>(re + bytes + o, a * c - b * d);
    store<f64>(im + bytes + o, a * d + b * c);
  }
}

/** The numbers in [bytes, 2·bytes) become those below, times those of the row. */
function multiplyOnto(re: usize, im: usize, rowRe: usize, rowIm: usize, bytes: usize): void {
  for (let o: usize = 0; o < bytes; o += 8) {
    const a = load<f64>(re + o);
    const b = load<f64>(im + o);
    const c = load<f64>(rowRe + o);
    const d = load<f64>(rowIm + o);
    store<f64>(re + bytes + o, a * c - b * d);
    store<f64>(im + bytes + o, a * d + b * c);
  }
}

function turnWhere(term: usize, re: usize, im: usize, size: usize): void {
  const mask = <usize>load<u32>(term);
  const c = load<f64>(term, 8);
  const d = load<f64>(term, 16);
  for (let i: usize = 0; i < size; i++) {
    if ((i & mask) != mask) continue;
    const a = load<f64>(re + 8 * i);
    const b = load<f64>(im + 8 * i);
    store<f64>(re + 8 * i, a * c - b * d);
    store<f64>(im + 8 * i, a * d + b * c);
  }
}
