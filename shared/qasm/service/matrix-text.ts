import type { Matrix } from '../../math/matrix.ts';

/** The entries as short texts, row by row: "0.7071", "-i", "0.5+0.5i". */
export function matrixText(matrix: Matrix): string[][] {
  return Array.from({ length: matrix.size }, (_, row) =>
    Array.from({ length: matrix.size }, (__, column) => {
      const index = row * matrix.size + column;
      return complexText(matrix.re[index] as number, matrix.im[index] as number);
    }),
  );
}

function complexText(re: number, im: number): string {
  const real = numberText(re);
  const imaginary = numberText(im);
  if (imaginary === '0') return real;
  const unit = imaginary === '1' ? 'i' : imaginary === '-1' ? '-i' : `${imaginary}i`;
  if (real === '0') return unit;
  return real + (unit.startsWith('-') ? unit : `+${unit}`);
}

function numberText(value: number): string {
  const rounded = Number(value.toFixed(4));
  return Object.is(rounded, -0) ? '0' : String(rounded);
}
