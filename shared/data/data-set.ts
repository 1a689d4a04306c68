import { z } from 'zod';

export const columnTypes = ['number', 'integer', 'date', 'index', 'category', 'text'] as const;

/** Values of a column that are told apart; one with more is said to have as many. */
export const distinctLimit = 10_000;

export const columnSchema = z.object({
  name: z.string(),
  type: z.enum(columnTypes),
  missing: z.number(),
  distinct: z.number(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
});

export type Column = z.infer<typeof columnSchema>;

/** What a user says of a file against what would be found out; what is left out is found out. */
export const dataReadingSchema = z.strictObject({
  separator: z.enum([',', ';', '\t', '|']).optional(),
  decimal: z.enum(['point', 'comma']).optional(),
  /** Its name; empty = none of the columns holds dates. */
  dateColumn: z.string().optional(),
  /** In 1/2/2024: the day, not the month, is 1. */
  dayFirst: z.boolean().optional(),
  /** How its bytes were taken for text, where that was not UTF-8. */
  encoding: z.string().max(40).optional(),
});

export type DataReading = z.infer<typeof dataReadingSchema>;

/** What was found out about a file. */
export const understoodSchema = z.object({
  separator: z.string(),
  /** Null where no number has a fraction. */
  decimal: z.enum(['point', 'comma', 'mixed']).nullable(),
  hasHeader: z.boolean(),
  dateColumn: z.string().nullable(),
  dateFormat: z.string().nullable(),
  order: z.enum(['ascending', 'descending', 'none']).nullable(),
  hasRepeatedDates: z.boolean(),
  /** False: only the beginning of a long file was looked at. */
  isWhole: z.boolean(),
});

export type Understood = z.infer<typeof understoodSchema>;

export const dataSetSchema = z.object({
  id: z.string(),
  name: z.string(),
  rows: z.number(),
  columns: z.array(columnSchema),
  /** SHA-256 of the bytes. */
  hash: z.string(),
  bytes: z.number(),
  origin: z.string(),
  licence: z.string(),
  builtIn: z.boolean(),
  /** What the user said of it when it was imported. */
  reading: dataReadingSchema.optional(),
});

export type DataSet = z.infer<typeof dataSetSchema>;

export const dataPreviewSchema = z.object({
  columns: z.array(columnSchema),
  rows: z.array(z.array(z.string())),
  /** Of the part that was looked at. */
  totalRows: z.number(),
  understood: understoodSchema,
  /** What was converted or guessed, and which columns are no numbers, in sentences. */
  notes: z.array(z.string()),
  /** What is wrong with the file, with line and column from 1. */
  problems: z.array(
    z.object({ line: z.number(), column: z.number().nullable(), message: z.string() }),
  ),
});

export type DataPreview = z.infer<typeof dataPreviewSchema>;
