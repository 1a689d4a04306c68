import { z } from 'zod';

export const appInfoSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** Where the library lives, for the About box. */
  libraryFolder: z.string(),
  platform: z.string(),
  threads: z.number(),
  memoryBytes: z.number(),
  kernel: z.string(),
});

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Opaque to main: the docked panels as the window saved them. */
  layout: z.unknown(),
  /** little: qubit 0 rightmost. Only views turn; files and JSON never do. */
  bitOrder: z.enum(['little', 'big']),
  openDocuments: z.array(z.string()),
  activeDocument: z.string().nullable(),
  /** USD a month that hardware may cost; null = ask every time. */
  monthlyBudget: z.number().nullable(),
  /** The device that circuits are drawn for; null = none. */
  target: z.string().nullable(),
  /** Keys that the user chose, by the command's id; an empty text takes the command's key away. */
  keys: z.record(z.string().max(100), z.string().max(40)),
  /** Gates of the palette that stand first in it, by the palette's id, in the order they were chosen. */
  favourites: z.array(z.string().max(100)),
  /** Whether a circuit larger than the view is shown in small as well. */
  minimap: z.boolean(),
  /** What the export panel was left at; `format` is an exporter's id, `dpi` a resolution of pictures. */
  exports: z.object({
    format: z.string(),
    dpi: z.number(),
    look: z.enum(['light', 'dark', 'print']),
    pageWidth: z.number().nullable(),
  }),
  /** Names of projects, also of those without a circuit, in alphabetical order. */
  projects: z.array(z.string().max(120)),
  /** Ids of the circuits that were opened last, the newest first. */
  recentDocuments: z.array(z.string()),
});

export type Settings = z.infer<typeof settingsSchema>;

export const documentSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The folder that it lies in; empty = none. */
  project: z.string(),
  revision: z.number(),
  modifiedAt: z.string(),
});

/** A circuit document is its text; the sidecar holds layout, colours and notes keyed by operation. */
export const documentSchema = documentSummarySchema.extend({
  text: z.string(),
  sidecar: z.unknown(),
});

export type DocumentSummary = z.infer<typeof documentSummarySchema>;
export type CircuitDocument = z.infer<typeof documentSchema>;

/** A gate that can be used in every circuit: its source, with the gates that it calls. */
export const libraryGateSchema = z.object({
  name: z.string(),
  source: z.string(),
  note: z.string(),
  qubits: z.number(),
  parameters: z.array(z.string()),
  modifiedAt: z.string(),
});

export type LibraryGate = z.infer<typeof libraryGateSchema>;

export const exampleSchema = z.object({
  id: z.string(),
  kind: z.enum(['circuit', 'job', 'benchmark']),
  title: z.string(),
  summary: z.string(),
});

/** An index counts the rows or times them without being a date; it is neither a price nor a feature. */
export const reportFormats = [
  'pdf',
  'latex',
  'html',
  'svg',
  'eps',
  'png',
  'csv',
  'json',
  'parquet',
  'bundle',
] as const;

export type ReportFormat = (typeof reportFormats)[number];

export const reportFileSchema = z.object({
  name: z.string(),
  mediaType: z.string(),
  text: z.string(),
  /** In the place of the text, where it is none. */
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array).optional(),
});

export type ReportFile = z.infer<typeof reportFileSchema>;
