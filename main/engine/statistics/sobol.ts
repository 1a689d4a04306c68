/** Degree of a primitive polynomial, its inner coefficients as bits, and the first direction numbers. */
type Direction = readonly [degree: number, coefficients: number, first: readonly number[]];

/** The second to the twelfth dimension (Joe and Kuo 2008, new-joe-kuo-6); the first is van der Corput's. */
const directions: readonly Direction[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
];

export const mostSobolDimensions = directions.length + 1;

const wordBits = 32;

/** Direction numbers of each dimension as words: bit 31 halves the unit interval. */
export function sobolDirections(dimensions: number): Uint32Array[] {
  const first = Uint32Array.from({ length: wordBits }, (_, i) => 2 ** (wordBits - 1 - i));
  return [first, ...directions.map(wordsOf)].slice(0, dimensions);
}

function wordsOf([degree, coefficients, first]: Direction): Uint32Array {
  const words = new Uint32Array(wordBits);
  for (let i = 0; i < wordBits; i++) {
    if (i < degree) {
      words[i] = (first[i] as number) << (wordBits - 1 - i);
      continue;
    }
    const before = words[i - degree] as number;
    let word = before ^ (before >>> degree);
    for (let k = 1; k < degree; k++) {
      if (((coefficients >> (degree - 1 - k)) & 1) === 1) word ^= words[i - k] as number;
    }
    words[i] = word;
  }
  return words;
}

/** Coordinate of point `index` (in the order of a Gray code) as a word: divided by 2^32 it lies in [0, 1). */
export function sobolWord(words: Uint32Array, index: number): number {
  let word = 0;
  for (let gray = index ^ (index >>> 1), i = 0; gray !== 0; gray >>>= 1, i++) {
    if ((gray & 1) === 1) word ^= words[i] as number;
  }
  return word >>> 0;
}
