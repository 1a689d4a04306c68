import { z } from 'zod';
import type { CalibrationFormat, Readings } from './readings.ts';

const typical = z
  .object({ median: z.number().optional(), mean: z.number().optional() })
  .refine(({ median, mean }) => median !== undefined || mean !== undefined);

const schema = z.object({
  backend: z.string(),
  qubits: z.int(),
  date: z.union([z.string(), z.number()]),
  fidelity: z.object({ spam: typical, '1q': typical, '2q': typical }),
  timing: z.object({
    t1: z.number(),
    t2: z.number(),
    '1q': z.number(),
    '2q': z.number(),
    readout: z.number(),
  }),
});

/** A characterization of IonQ's service: typical figures of the whole machine, times in seconds. */
export const ionqCharacterization: CalibrationFormat = {
  id: 'ionq',
  title: 'IonQ characterization (JSON)',
  summary:
    'GET /backends/{name}/characterizations of IonQ’s service, v0.3 (mean) or v0.4 (median).',
  read(_, json) {
    const parsed = schema.safeParse(json);
    return parsed.success ? readingsOf(parsed.data) : null;
  },
};

function readingsOf({ backend, qubits, date, fidelity, timing }: z.infer<typeof schema>): Readings {
  const error = ({ median, mean }: z.infer<typeof typical>): number => 1 - (median ?? mean ?? 1);
  const one = { error: error(fidelity['1q']), duration: timing['1q'] };
  // Which of the two it has, the machine's record says; Aria's is MS, Forte's ZZ.
  const two = { error: error(fidelity['2q']), duration: timing['2q'] };
  const spam = error(fidelity.spam);
  return {
    device: backend,
    qubits,
    calibratedAt: typeof date === 'number' ? new Date(date * 1000).toISOString() : date,
    T1: timing.t1,
    T2: timing.t2,
    read1Given0: spam,
    read0Given1: spam,
    readoutDuration: timing.readout,
    gates: new Map([
      ['gpi', one],
      ['gpi2', one],
      ['ms', two],
      ['rzz', two],
    ]),
  };
}
