import type { Rectangular } from './rectangular.ts';

/** Numbers; what is smaller costs a collection nothing. */
const worthwhile = 64;

/**
 * Gives the memory of matrices back at once: left to collections, a chain of matrices that are replaced
 * again and again holds many times what it uses. Their arrays are empty afterwards. Where the runtime
 * cannot (before Node 21) collections do it.
 */
export function release(...matrices: readonly Rectangular[]): void {
  for (const { re, im } of matrices) {
    if (re.length < worthwhile) continue;
    free(re);
    free(im);
  }
}

function free({ buffer }: Float64Array): void {
  if (buffer instanceof ArrayBuffer && 'transfer' in buffer) buffer.transfer(0);
}
