/** How hard a passphrase is to guess, and what to do about it. */
export interface PassphraseStrength {
  readonly word: 'too weak' | 'fair' | 'strong';
  /** About how many doublings of guesses it takes. */
  readonly bits: number;
  /** One sentence; empty where there is nothing to better. */
  readonly advice: string;
}

const shortest = 8;
const leastBits = 28;
const strongBits = 60;

/** Beginnings of what everybody tries first. */
const common =
  /^(pass(word|phrase|wort)?|qwert[yz]|letmein|welcome|admin|iloveyou|monkey|dragon|abc|ketbench|quantum|secret|test)/i;

/**
 * Estimates a passphrase from its length, its kinds of letters and what repeats in it. It errs to the
 * low side: only a guess at what a person who guesses knows.
 */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  const letters = Array.from(passphrase.normalize('NFKC'));
  const bits = Math.round(countedLetters(letters) * Math.log2(poolOf(passphrase)));
  if (letters.length < shortest) {
    return {
      word: 'too weak',
      bits,
      advice: `Use at least ${shortest} characters; several words are best.`,
    };
  }
  if (bits < leastBits) {
    return {
      word: 'too weak',
      bits,
      advice: 'It is easily guessed. Put several unrelated words together.',
    };
  }
  return bits < strongBits
    ? { word: 'fair', bits, advice: 'Another word or two would make it strong.' }
    : { word: 'strong', bits, advice: '' };
}

/** Letters that add something: one that repeats or continues a row, and a common beginning, hardly do. */
function countedLetters(letters: readonly string[]): number {
  const begun = common.exec(letters.join(''))?.[0].length ?? 0;
  const rest = letters.slice(begun);
  const seen = new Set<string>();
  let counted = begun > 0 ? 1 : 0;
  rest.forEach((letter, i) => {
    const step = (letter.codePointAt(0) ?? 0) - (rest[i - 1]?.codePointAt(0) ?? -9);
    const isRow = i > 0 && Math.abs(step) <= 1;
    const pair = `${rest[i - 1] ?? ''}${letter}`;
    counted += isRow ? 0.15 : i > 0 && seen.has(pair) ? 0.15 : seen.has(letter) ? 0.6 : 1;
    seen.add(letter);
    if (i > 0) seen.add(pair);
  });
  return counted;
}

function poolOf(passphrase: string): number {
  let pool = 0;
  if (/[a-z]/.test(passphrase)) pool += 26;
  if (/[A-Z]/.test(passphrase)) pool += 26;
  if (/\d/.test(passphrase)) pool += 10;
  if (/[ -/:-@[-`{-~]/.test(passphrase)) pool += 20;
  if (/[^ -~]/.test(passphrase)) pool += 60;
  return Math.max(2, pool);
}
