/** Greek letters by the names that programs give them. */
const letters: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  iota: 'ι',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  rho: 'ρ',
  sigma: 'σ',
  phi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  pi: 'π',
  tau: 'τ',
};

const names = new Map(Object.entries(letters).map(([name, letter]) => [letter, name]));
const word = new RegExp(
  `(?<![\\p{L}\\p{Nd}_])(${Object.keys(letters).join('|')})(?=\\d*(?![\\p{L}\\p{Nd}]))`,
  'gu',
);

/** A formula with Greek letters for their names: "theta1/pi" becomes "θ1/π". */
export function inGreek(text: string): string {
  return text.replace(word, (name) => letters[name] ?? name);
}

/** A name with its Greek letter spelt out: "θ1" becomes "theta1"; others stay. */
export function spelt(name: string): string {
  const letter = names.get(name.charAt(0));
  return letter === undefined ? name : letter + name.slice(1);
}
