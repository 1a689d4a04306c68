import { z } from 'zod';

const known = z.number().gte(0).nullable();

/** What a job will need, before it is started; null where nothing is known of it. */
export const forecastSchema = z.object({
  seconds: known,
  /** The peak on this computer. */
  memoryBytes: known,
  circuits: known,
  /** Of all circuits together; 0 where none is sampled. */
  shots: known,
  /** USD; 0 where everything runs on this computer. */
  cost: known,
  /** What the figures rest on, and why one is not known, in sentences. */
  basis: z.string(),
});

export type Forecast = z.infer<typeof forecastSchema>;
