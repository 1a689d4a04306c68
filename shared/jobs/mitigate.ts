import { z } from 'zod';
import { readoutErrorSchema } from './noise.ts';

export const extrapolations = [
  'linear',
  'quadratic',
  'richardson',
  'exponential',
  'poly-exponential',
  'adaptive',
] as const;

export type Extrapolation = (typeof extrapolations)[number];

export const readoutMethods = ['inverse', 'nearest', 'matrix-free', 'bayesian'] as const;

export type ReadoutMethod = (typeof readoutMethods)[number];

const bits = z.string().regex(/^[01]+$/, 'a string of 0 and 1 is expected, bit 0 rightmost');

/** Results measured elsewhere, and how they are mitigated (CONTRACT §6). */
export const mitigateRequestSchema = z.discriminatedUnion('technique', [
  z.strictObject({
    technique: z.literal('readout'),
    method: z.enum(readoutMethods).optional(),
    /** How often each outcome was seen, bit 0 rightmost. */
    counts: z.record(bits, z.number().gte(0)),
    readout: z.array(readoutErrorSchema).min(1),
    observables: z.array(z.string()).optional(),
  }),
  z.strictObject({
    technique: z.literal('zne'),
    points: z
      .array(
        z.strictObject({
          scale: z.number().gt(0),
          value: z.number(),
          stderr: z.number().gte(0).optional(),
        }),
      )
      .min(2),
    extrapolation: z.enum(extrapolations),
    order: z.int().gte(1).optional(),
    asymptote: z.number().optional(),
  }),
]);

export type MitigateRequest = z.infer<typeof mitigateRequestSchema>;
export type ReadoutRequest = Extract<MitigateRequest, { technique: 'readout' }>;
export type ZneRequest = Extract<MitigateRequest, { technique: 'zne' }>;
