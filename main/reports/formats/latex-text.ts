/** Letters that are no text to LaTeX, and what stands for them. */
const special: Readonly<Record<string, string>> = {
  '\\': String.raw`\textbackslash{}`,
  '{': String.raw`\{`,
  '}': String.raw`\}`,
  $: String.raw`\$`,
  '&': String.raw`\&`,
  '#': String.raw`\#`,
  '%': String.raw`\%`,
  _: String.raw`\_`,
  '^': String.raw`\textasciicircum{}`,
  '~': String.raw`\textasciitilde{}`,
  '<': String.raw`\ensuremath{<}`,
  '>': String.raw`\ensuremath{>}`,
  '|': String.raw`\ensuremath{|}`,
  '−': '\\ensuremath{-}',
  '±': String.raw`\ensuremath{\pm}`,
  '×': String.raw`\ensuremath{\times}`,
  '·': String.raw`\ensuremath{\cdot}`,
  '√': String.raw`\ensuremath{\surd}`,
  '∞': String.raw`\ensuremath{\infty}`,
  '≤': String.raw`\ensuremath{\le}`,
  '≥': String.raw`\ensuremath{\ge}`,
  '≈': String.raw`\ensuremath{\approx}`,
  '→': String.raw`\ensuremath{\rightarrow}`,
  '⟨': String.raw`\ensuremath{\langle}`,
  '⟩': String.raw`\ensuremath{\rangle}`,
  '²': String.raw`\ensuremath{^2}`,
  '³': String.raw`\ensuremath{^3}`,
  '†': String.raw`\ensuremath{\dagger}`,
  Å: String.raw`\AA{}`,
  Δ: String.raw`\ensuremath{\Delta}`,
  Γ: String.raw`\ensuremath{\Gamma}`,
  Ω: String.raw`\ensuremath{\Omega}`,
  Σ: String.raw`\ensuremath{\Sigma}`,
  Φ: String.raw`\ensuremath{\Phi}`,
  Ψ: String.raw`\ensuremath{\Psi}`,
  α: String.raw`\ensuremath{\alpha}`,
  β: String.raw`\ensuremath{\beta}`,
  γ: String.raw`\ensuremath{\gamma}`,
  δ: String.raw`\ensuremath{\delta}`,
  ε: String.raw`\ensuremath{\varepsilon}`,
  θ: String.raw`\ensuremath{\theta}`,
  λ: String.raw`\ensuremath{\lambda}`,
  μ: String.raw`\ensuremath{\mu}`,
  π: String.raw`\ensuremath{\pi}`,
  ρ: String.raw`\ensuremath{\rho}`,
  σ: String.raw`\ensuremath{\sigma}`,
  τ: String.raw`\ensuremath{\tau}`,
  φ: String.raw`\ensuremath{\varphi}`,
  χ: String.raw`\ensuremath{\chi}`,
  ψ: String.raw`\ensuremath{\psi}`,
  ω: String.raw`\ensuremath{\omega}`,
  '…': String.raw`\ldots{}`,
  '“': '``',
  '”': "''",
  '‘': '`',
  '’': "'",
  '–': '--',
  '—': '---',
  '\u00A0': '~',
};

/** Latin letters with their marks, which every LaTeX knows; what is left has no sign there and is told as its number. */
const known = /[\t\n\r\u0020-\u007E\u00C0-\u017F]/u;

export function texOf(text: string): string {
  return Array.from(text, (letter) => {
    const own = special[letter];
    if (own !== undefined) return own;
    if (known.test(letter)) return letter;
    return `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase()}]`;
  }).join('');
}
