/** A complex number. For bulk data use split real and imaginary Float64Arrays instead. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const zero: Complex = { re: 0, im: 0 };

export function complex(re: number, im = 0): Complex {
  return { re, im };
}

/** r·e^{iθ}, θ in radians. */
export function polar(radius: number, theta: number): Complex {
  return { re: radius * Math.cos(theta), im: radius * Math.sin(theta) };
}

export function add(a: Complex, b: Complex): Complex {
  return { re: a.re + b.re, im: a.im + b.im };
}

export function multiply(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

/** |a|². */
export function squaredNorm(a: Complex): number {
  return a.re * a.re + a.im * a.im;
}
