import type { Rng } from '#shared/base/rng.ts';

/** A classical type of a generated program. */
export interface GeneratedType {
  readonly kind:
    | 'bit'
    | 'bits'
    | 'int'
    | 'uint'
    | 'float'
    | 'angle'
    | 'bool'
    | 'complex'
    | 'duration'
    | 'stretch';
  /** Bits; 0 where none is written. */
  readonly width: number;
  /** Empty for a single value. */
  readonly shape: readonly number[];
}

export function pick<T>(items: readonly T[], rng: Rng): T {
  return items[rng.below(items.length)] as T;
}

/** Whether something that happens once in `n` times happens now. */
export function once(n: number, rng: Rng): boolean {
  return rng.below(n) === 0;
}

const widths: Readonly<Record<GeneratedType['kind'], readonly number[]>> = {
  bit: [0],
  bits: [1, 2, 3, 4, 8, 70],
  int: [0, 0, 1, 2, 8, 32, 64, 100],
  uint: [0, 0, 1, 3, 8, 32, 64, 128],
  float: [0, 0, 32, 64],
  angle: [0, 0, 1, 4, 20, 64, 90],
  bool: [0],
  complex: [0, 0, 32, 64],
  duration: [0],
  stretch: [0],
};

const kinds = Object.keys(widths) as GeneratedType['kind'][];

export function scalarType(rng: Rng): GeneratedType {
  const kind = pick(kinds, rng);
  return { kind, width: pick(widths[kind], rng), shape: [] };
}

export function arrayType(rng: Rng): GeneratedType {
  const rank = 1 + (once(3, rng) ? 1 + rng.below(2) : 0);
  return { ...scalarType(rng), shape: Array.from({ length: rank }, () => 1 + rng.below(3)) };
}

export function itemOf({ kind, width }: GeneratedType): GeneratedType {
  return { kind, width, shape: [] };
}

export function isSame(a: GeneratedType, b: GeneratedType): boolean {
  return a.kind === b.kind && a.width === b.width && a.shape.join() === b.shape.join();
}

export function typeText({ kind, width, shape }: GeneratedType): string {
  if (shape.length > 0) {
    return `array[${typeText({ kind, width, shape: [] })}, ${shape.join(', ')}]`;
  }
  if (kind === 'bits') return `bit[${width}]`;
  if (width === 0) return kind;
  return kind === 'complex' ? `complex[float[${width}]]` : `${kind}[${width}]`;
}

/** A value written out. */
export function literalText(type: GeneratedType, rng: Rng): string {
  if (type.shape.length > 0) {
    const inner = { ...type, shape: type.shape.slice(1) };
    const items = Array.from({ length: type.shape[0] ?? 0 }, () => literalText(inner, rng));
    return `{${items.join(', ')}}`;
  }
  switch (type.kind) {
    case 'bit':
      return pick(['0', '1'], rng);
    case 'bits':
      return `"${Array.from({ length: type.width }, () => rng.below(2)).join('')}"`;
    case 'int':
    case 'uint':
      return pick(
        ['0', '1', '2', '3', '7', '0xff', '0b10', '0o17', '1_000', '9223372036854775808'],
        rng,
      );
    case 'float':
      return pick(
        [
          '0.5',
          '1.0',
          '.25',
          '2.0',
          '1e3',
          once(30, rng) ? '1e309' : '1e-400',
          'pi',
          'τ',
          'euler',
          '3',
        ],
        rng,
      );
    case 'angle':
      return pick(['pi/2', '0.25', 'pi', '2*pi', '-1.5', '0'], rng);
    case 'bool':
      return pick(['true', 'false'], rng);
    case 'complex':
      return pick(['2.0im', '1 + 2im', '3.5', '0im', '1'], rng);
    default:
      return pick(['10ns', '2us', '1.5ms', '100dt', '0s', '3µs'], rng);
  }
}
