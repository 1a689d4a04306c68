import { create } from 'zustand';

/** Dots an inch that a picture may have: a screen, a slide, a printed page, a poster. */
export const resolutions = [96, 150, 300, 600] as const;

export type Resolution = (typeof resolutions)[number];

interface ExportChoice {
  /** Id of the exporter. */
  readonly format: string;
  readonly dpi: Resolution;
}

/** What the panel was left at; kept while it is hidden. */
export const useExportChoice = create<ExportChoice>(() => ({ format: 'qiskit', dpi: 300 }));
