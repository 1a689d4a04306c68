/**
 * Share of an edge that QAOA cuts in the middle of a (children + 1)-regular tree (Basso, Farhi, Marwaha, Villalonga and
 * Zhou 2022, arXiv:2110.14206, with C = Σ (1 − ZZ)/2): a sum over the paths of single nodes, by Walsh-Hadamard transforms of
 * 2^(2p+1) numbers. It shares nothing with what simulates circuits.
 */
export function cutOnTree(
  children: number,
  gammas: readonly number[],
  betas: readonly number[],
): number {
  const p = gammas.length;
  const bits = 2 * p + 1;
  const size = 2 ** bits;
  // Times in order: 1 … p, the middle, p … 1 backwards.
  const kernel = complexArray(size);
  const weights = complexArray(size);
  for (let a = 0; a < size; a++) {
    const spin = (k: number): number => 1 - 2 * ((a >> k) & 1);
    let phase = 0;
    let real = 0.5;
    let imaginary = 0;
    for (let j = 0; j < p; j++) {
      const gamma = gammas[j] as number;
      const beta = betas[j] as number;
      phase -= (gamma * (spin(j) - spin(bits - 1 - j))) / 2;
      // ⟨a|exp(iβX)|b⟩ on the way in, its conjugate on the way back.
      for (const [from, sign] of [
        [j, 1],
        [bits - 2 - j, -1],
      ] as const) {
        if (spin(from) === spin(from + 1)) {
          real *= Math.cos(beta);
          imaginary *= Math.cos(beta);
        } else {
          const turn = sign * Math.sin(beta);
          [real, imaginary] = [-imaginary * turn, real * turn];
        }
      }
    }
    kernel.re[a] = Math.cos(phase);
    kernel.im[a] = Math.sin(phase);
    weights.re[a] = real;
    weights.im[a] = imaginary;
  }
  walsh(kernel);
  const branch = complexArray(size);
  branch.re.fill(1);
  for (let m = 0; m < p; m++) power(convolved(times(weights, branch), kernel), children, branch);
  const root = times(weights, branch);
  for (let a = 0; a < size; a++) {
    if (((a >> p) & 1) === 0) continue;
    root.re[a] = -(root.re[a] as number);
    root.im[a] = -(root.im[a] as number);
  }
  const other = convolved(root, kernel);
  let correlation = 0;
  for (let a = 0; a < size; a++) {
    correlation +=
      (root.re[a] as number) * (other.re[a] as number) -
      (root.im[a] as number) * (other.im[a] as number);
  }
  return (1 - correlation) / 2;
}

interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function complexArray(size: number): Complex {
  return { re: new Float64Array(size), im: new Float64Array(size) };
}

function times(a: Complex, b: Complex): Complex {
  const product = complexArray(a.re.length);
  for (let k = 0; k < a.re.length; k++) {
    const [x, y] = [a.re[k] as number, a.im[k] as number];
    const [u, v] = [b.re[k] as number, b.im[k] as number];
    product.re[k] = x * u - y * v;
    product.im[k] = x * v + y * u;
  }
  return product;
}

/** Σ_b values(b)·kernel(a ⊕ b), with the kernel transformed already. */
function convolved(values: Complex, kernel: Complex): Complex {
  const moved = { re: values.re.slice(), im: values.im.slice() };
  walsh(moved);
  const product = times(moved, kernel);
  walsh(product);
  const size = product.re.length;
  product.re.forEach((x, k) => (product.re[k] = x / size));
  product.im.forEach((x, k) => (product.im[k] = x / size));
  return product;
}

function power(base: Complex, exponent: number, into: Complex): void {
  into.re.fill(1);
  into.im.fill(0);
  for (let k = 0; k < exponent; k++) {
    const next = times(into, base);
    into.re.set(next.re);
    into.im.set(next.im);
  }
}

function walsh({ re, im }: Complex): void {
  for (const values of [re, im]) {
    for (let half = 1; half < values.length; half *= 2) {
      for (let from = 0; from < values.length; from += 2 * half) {
        for (let k = from; k < from + half; k++) {
          const x = values[k] as number;
          const y = values[k + half] as number;
          values[k] = x + y;
          values[k + half] = x - y;
        }
      }
    }
  }
}
