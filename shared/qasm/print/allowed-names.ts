/** What a language takes as a name. */
export interface NameRules {
  /** As in “it is no free name in OpenQASM 2”. */
  readonly language: string;
  /** Whether something of the program may have the name: its letters are right and nobody keeps it. */
  readonly isAllowed: (name: string) => boolean;
  /** Whether something may get the name that did not have it; any allowed one without this. */
  readonly isFree?: (name: string) => boolean;
  /** Names with the same key are one name to the language; the name itself without this. */
  readonly keyOf?: (name: string) => string;
}

const greek: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  ο: 'omicron',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  ς: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
};

/** The name in letters of ASCII that a person still reads: θ becomes theta, é e, $2 physical_2. */
export function readableName(name: string): string {
  const letters = [...name.replace(/^\$/, 'physical_').normalize('NFKC')].map((letter) => {
    if (/^[A-Za-z0-9_]$/.test(letter)) return letter;
    const small = letter.toLowerCase();
    const word = greek[small];
    if (word !== undefined) return small === letter ? word : capitalised(word);
    const base = letter.normalize('NFD').replaceAll(/\p{M}/gu, '');
    if (/^[A-Za-z0-9_]+$/.test(base)) return base;
    if (letter === 'ß') return 'ss';
    return /^\p{L}/u.test(letter) ? `u${(letter.codePointAt(0) ?? 0).toString(16)}` : '_';
  });
  const text = letters.join('');
  return /^[A-Za-z_]/.test(text) ? text : `n_${text}`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * A name for each, in their order: its own where that is allowed and nobody before has it, else one
 * that still reads like it. No two are the same to the language.
 */
export function allowedNames(names: readonly string[], rules: NameRules): string[] {
  const keyOf = rules.keyOf ?? ((name: string): string => name);
  const taken = new Set<string>();
  const own = names.map((name) => {
    if (!rules.isAllowed(name) || taken.has(keyOf(name))) return null;
    taken.add(keyOf(name));
    return name;
  });
  return own.map((kept, i) => {
    if (kept !== null) return kept;
    for (const candidate of candidates(readableName(names[i] as string))) {
      if (!rules.isAllowed(candidate) || rules.isFree?.(candidate) === false) continue;
      if (taken.has(keyOf(candidate))) continue;
      taken.add(keyOf(candidate));
      return candidate;
    }
    throw new RangeError(`${rules.language} allows no name like “${names[i]}”.`);
  });
}

function* candidates(name: string): Generator<string> {
  const small = name.charAt(0).toLowerCase() + name.slice(1);
  yield* [name, small, `${name}_`, `${small}_`, `n_${name}`];
  // As many as there can be names in a program.
  for (let k = 2; k < 10_000_000; k++) yield* [`${small}_${k}`, `n_${small}_${k}`];
}
