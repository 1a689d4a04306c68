/** The vault refuses shorter ones. */
export const shortestPassphrase = 8;

export interface Strength {
  readonly word: 'too short' | 'weak' | 'fair' | 'strong';
  /** How much of a meter it fills, 0 to 1. */
  readonly share: number;
}

/**
 * How hard a passphrase is to guess by trying: the logarithm of the number of texts of its length over
 * the kinds of letters that it uses. Repeated letters add nothing.
 */
export function strengthOf(passphrase: string): Strength {
  if (passphrase.length < shortestPassphrase) {
    return { word: 'too short', share: (0.25 * passphrase.length) / shortestPassphrase };
  }
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[^a-zA-Z0-9]/, 33],
  ];
  const alphabet = kinds.reduce((sum, [kind, size]) => sum + (kind.test(passphrase) ? size : 0), 0);
  // Runs of one letter and of neighbours, as in "aaaa" or "1234", count once.
  const letters = Array.from(passphrase).filter((letter, index, all) => {
    const step = (letter.codePointAt(0) ?? 0) - (all[index - 1]?.codePointAt(0) ?? -9);
    return Math.abs(step) > 1;
  });
  const bits = letters.length * Math.log2(alphabet);
  const word = bits < 45 ? 'weak' : bits < 70 ? 'fair' : 'strong';
  return { word, share: Math.min(1, Math.max(0.25, bits / 90)) };
}
