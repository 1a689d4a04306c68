/*
 * Matrices on a few qubits, by rows: all real parts (f64), then all imaginary parts. What is written must
 * not be what is read.
 */

/** a·b, or a·b† */
export function product(a: usize, b: usize, isAdjoint: bool, out: usize, side: u32): void {
  const parts = 8 * side * side;
  const across: usize = isAdjoint ? 8 : 8 * side;
  const down: usize = isAdjoint ? 8 * side : 8;
  const sign: f64 = isAdjoint ? -1 : 1;
  for (let r: u32 = 0; r < side; r++) {
    for (let c: u32 = 0; c < side; c++) {
      let sumRe: f64 = 0;
      let sumIm: f64 = 0;
      for (let k: u32 = 0; k < side; k++) {
        const left = a + 8 * (r * side + k);
        const right = b + across * k + down * c;
        const x = load<f64>(left);
        const y = load<f64>(left + parts);
        const u = load<f64>(right);
        const v = sign * load<f64>(right + parts);
        sumRe += x * u - y * v;
        sumIm += x * v + y * u;
      }
      const to = out + 8 * (r * side + c);
      store<f64>(to, sumRe);
      store<f64>(to + parts, sumIm);
    }
  }
}

/** tr(A·ρ·A†): the squared norm behind an operator. */
export function weightBehind(a: usize, rho: usize, side: u32): f64 {
  const parts = 8 * side * side;
  let sum: f64 = 0;
  for (let r: u32 = 0; r < side; r++) {
    for (let c: u32 = 0; c < side; c++) {
      let x: f64 = 0;
      let y: f64 = 0;
      for (let k: u32 = 0; k < side; k++) {
        const left = a + 8 * (r * side + k);
        const right = rho + 8 * (k * side + c);
        x += load<f64>(left) * load<f64>(right) - load<f64>(left + parts) * load<f64>(right + parts);
        y += load<f64>(left) * load<f64>(right + parts) + load<f64>(left + parts) * load<f64>(right);
      }
      const own = a + 8 * (r * side + c);
      sum += x * load<f64>(own) + y * load<f64>(own + parts);
    }
  }
  return max(sum, 0);
}

/** All entries times a real number. */
export function scaleBy(factor: f64, matrix: usize, side: u32): void {
  const end = matrix + 16 * side * side;
  for (let at = matrix; at < end; at += 8) store<f64>(at, factor * load<f64>(at));
}
