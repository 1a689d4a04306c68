import { z } from 'zod';

const probability = z.number().gte(0).lte(1);
const on = z.union([z.enum(['all', '1q', '2q']), z.array(z.string()).min(1)]);
const target = { on: on.default('all'), qubits: z.array(z.int().gte(0)).optional() };
/** A matrix as rows of [re, im]. */
const complexRows = z.array(z.array(z.tuple([z.number(), z.number()])));

/** One rule of a noise model (CONTRACT §2): what happens after which gates. */
export const noiseRuleSchema = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('depolarizing'), p: probability, ...target }),
  z.strictObject({ channel: z.literal('pauli_depolarizing'), p: probability, ...target }),
  z.strictObject({ channel: z.literal('amplitude_damping'), gamma: probability, ...target }),
  z.strictObject({ channel: z.literal('phase_damping'), lambda: probability, ...target }),
  z.strictObject({ channel: z.literal('bit_flip'), p: probability, ...target }),
  z.strictObject({ channel: z.literal('phase_flip'), p: probability, ...target }),
  z.strictObject({
    channel: z.literal('thermal_relaxation'),
    T1: z.number().gt(0),
    T2: z.number().gt(0),
    time: z.number().gte(0),
    ...target,
  }),
  z.strictObject({
    channel: z.literal('kraus'),
    matrices: z.array(complexRows).min(1),
    ...target,
  }),
]);

export const readoutErrorSchema = z.strictObject({
  qubit: z.int().gte(0),
  p_read1_given0: probability,
  p_read0_given1: probability,
});

/** Noise of a device model; probabilities per gate, independent readout error per qubit. */
export const noiseModelSchema = z.strictObject({
  rules: z.array(noiseRuleSchema).default([]),
  readout: z.array(readoutErrorSchema).default([]),
  /** The device model that this was made from: it speaks of gates and qubits that a circuit need not have. */
  device: z.string().optional(),
  /** When that device was calibrated. */
  calibratedAt: z.string().optional(),
  /** The device's qubit behind each wire, where the circuit was compiled to it first. */
  wires: z.array(z.int().gte(0)).optional(),
});

export type NoiseRule = z.infer<typeof noiseRuleSchema>;
export type ReadoutError = z.infer<typeof readoutErrorSchema>;
export type NoiseModel = z.infer<typeof noiseModelSchema>;
