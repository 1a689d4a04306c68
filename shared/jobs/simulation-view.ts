import { z } from 'zod';

/** What a window wants to draw beside the tables of a result. */
export const viewRequestSchema = z.strictObject({
  /** Tables and amplitudes list so many of their largest entries at most. */
  top: z.int().gte(1).lte(4096),
  /** Whether pairs of qubits are looked at; costs 2^n for each. */
  pairs: z.boolean().optional(),
});

export type ViewRequest = z.infer<typeof viewRequestSchema>;

const pairViewSchema = z.object({
  qubits: z.tuple([z.number(), z.number()]),
  /** Mutual information in bits. */
  information: z.number(),
  /** ⟨XX⟩, ⟨XY⟩, ⟨XZ⟩, ⟨YX⟩, …, ⟨ZZ⟩; the first letter is the lower qubit's. */
  paulis: z.array(z.number()),
});

export type PairView = z.infer<typeof pairViewSchema>;

/** Of the state before terminal measurements, averaged over measurement histories. */
export const stateViewSchema = z.object({
  /** [basis state, real, imaginary]; null where there is more than one history. */
  amplitudes: z
    .object({
      entries: z.array(z.tuple([z.number(), z.number(), z.number()])),
      /** Probability of what is not listed. */
      rest: z.number(),
    })
    .nullable(),
  /** ρ row by row, qubit 0 the lowest bit of an index; null for many qubits. */
  density: z
    .object({ size: z.number(), re: z.array(z.number()), im: z.array(z.number()) })
    .nullable(),
  pairs: z.array(pairViewSchema).nullable(),
});

export type StateView = z.infer<typeof stateViewSchema>;

/** What a table left out. */
export const tableRestSchema = z.object({ count: z.number(), probability: z.number() });
