import { create } from 'zustand';
import type { DrawingLook, DrawingStyle } from '#shared/qasm/exporters/exporter.ts';

/** Dots an inch that a picture may have: a screen, a slide, a printed page, a poster. */
export const resolutions = [96, 150, 300, 600] as const;

export type Resolution = (typeof resolutions)[number];

/** In which colours a drawing can be made. */
export const looks: readonly { readonly id: DrawingLook; readonly title: string }[] = [
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
  { id: 'print', title: 'Black and white' },
];

/** How wide a drawing can be; `pixels` of which 96 are an inch. */
export const widths: readonly { readonly pixels: number | null; readonly title: string }[] = [
  { pixels: null, title: 'One line' },
  { pixels: 643, title: 'Page, 170 mm' },
  { pixels: 325, title: 'Column, 86 mm' },
];

interface ExportChoice extends DrawingStyle {
  /** Id of the exporter. */
  readonly format: string;
  readonly dpi: Resolution;
}

/** What the panel was left at; kept while it is hidden. */
export const useExportChoice = create<ExportChoice>(() => ({
  format: 'qiskit',
  dpi: 300,
  look: 'light',
  pageWidth: null,
}));
