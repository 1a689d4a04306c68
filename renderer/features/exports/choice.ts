import type { Settings } from '#shared/ipc/library.ts';
import type { DrawingLook, DrawingStyle } from '#shared/qasm/exporters/exporter.ts';
import { changeSettings, useSettings } from '#renderer/lib/settings.ts';
import { notesOf } from '#renderer/lib/workspace/notes.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';

/** Dots an inch that a picture may have: a screen, a slide, a printed page, a poster. */
export const resolutions = [96, 150, 300, 600] as const;

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

type ExportChoice = Settings['exports'];

/** What the panel was left at. */
export function useExportChoice<T>(select: (choice: ExportChoice) => T): T {
  return useSettings((state) => select(state.settings.exports));
}

/** Chooses a format, a resolution or a style; kept with the settings. */
export function chooseExport(change: Partial<ExportChoice>): void {
  changeSettings({ exports: { ...useSettings.getState().settings.exports, ...change } });
}

/** How the active circuit's drawing is to look, with the notes on it. */
export function drawingStyleOf(document: OpenDocument): DrawingStyle {
  const { look, pageWidth } = useSettings.getState().settings.exports;
  return { look, pageWidth, notes: notesOf(document) };
}
