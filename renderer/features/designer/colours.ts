import { tokenColour } from '#renderer/lib/theme.ts';
import type { Tone } from './gate-drawing.ts';

/** The colours that the canvas needs, as the theme has them now. */
export interface Colours {
  readonly surface: string;
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly wire: string;
  readonly bits: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly bad: string;
  readonly warn: string;
  /** The paper of a note. */
  readonly note: string;
  readonly tones: Readonly<Record<Tone, { readonly fill: string; readonly ink: string }>>;
  readonly font: string;
}

const tones: readonly Tone[] = [
  'pauli',
  'clifford',
  'phase',
  'rotation',
  'universal',
  'two',
  'other',
];

/** Reads the tokens from the page; call again when the theme changes. */
export function readColours(): Colours {
  return {
    surface: tokenColour('--surface'),
    text: tokenColour('--text'),
    faint: tokenColour('--text-3'),
    line: tokenColour('--line'),
    wire: tokenColour('--wire'),
    bits: tokenColour('--wire-classical'),
    accent: tokenColour('--accent'),
    accentSoft: tokenColour('--accent-soft'),
    bad: tokenColour('--bad'),
    warn: tokenColour('--warn'),
    note: tokenColour('--warn-soft'),
    tones: Object.fromEntries(
      tones.map((tone) => [
        tone,
        { fill: tokenColour(`--gate-${tone}`), ink: tokenColour(`--gate-${tone}-ink`) },
      ]),
    ) as Colours['tones'],
    font: getComputedStyle(document.body).fontFamily,
  };
}
