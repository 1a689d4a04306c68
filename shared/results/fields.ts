import { z } from 'zod';

/** A number that may be no finite one; JSON has such numbers as texts. */
export const numberField: z.ZodType<number> = z
  .custom<number>((value) => typeof value === 'number')
  .or(z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number));

export const estimateField = z.object({ value: numberField, stderr: numberField });

/** In a result of any kind: why its run ended before its time, and the shots of its last evaluation (null: it took none). */
export const stoppedField = z.object({
  reason: z.enum(['finish']),
  shots: z.number().nullable(),
});

export type Stopped = z.infer<typeof stoppedField>;

/** What a run took, counted from what it asked for. */
export const usageFields = {
  circuits: z.number(),
  shots: z.number(),
  /** Gates of all circuits that were run, own gates counted as one. */
  gates: z.number(),
  /** Of the widest circuit. */
  qubits: z.number(),
};
