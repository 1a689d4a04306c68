/** The colour wheel of phases: 0 is blue, as the accent, π the complement; lightness fits the theme. */
export function phaseColour(phase: number): string {
  const degrees = Math.round((((phase / Math.PI) * 180 + 360) % 360) * 10) / 10;
  return `oklch(var(--phase-lightness) 0.15 ${(264 + degrees) % 360})`;
}

/** The wheel's main directions, for a legend. */
export const phaseLegend = [
  { phase: 0, title: '0' },
  { phase: Math.PI / 2, title: 'π/2' },
  { phase: Math.PI, title: 'π' },
  { phase: -Math.PI / 2, title: '−π/2' },
] as const;
