import { z } from 'zod';
import { type DeviceRecord, typicalFigures } from './device.ts';

/** A machine or simulator that jobs can name as backend. Rates are medians or means per gate. */
export const deviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  kind: z.enum(['simulator', 'device-model', 'qpu']),
  technology: z.string(),
  qubits: z.number(),
  status: z.enum(['available', 'unavailable', 'retired', 'needs-credential', 'unknown']),
  /** The vendor did not answer: this is what is known without it. */
  isUnreachable: z.boolean().optional(),
  /** Jobs waiting, or null where the vendor does not say. */
  queueLength: z.number().nullable(),
  queueSeconds: z.number().nullable(),
  nativeGates: z.array(z.string()),
  /** Null: all-to-all. */
  edges: z.array(z.tuple([z.number(), z.number()])).nullable(),
  errorRates: z.record(z.string(), z.number()),
  /** Seconds. */
  times: z.record(z.string(), z.number()),
  /** Whether qubits can be measured or reset, and gates conditioned, before the end; left out = not known. */
  isDynamic: z.boolean().optional(),
  shots: z.object({ min: z.number(), max: z.number() }).nullable(),
  /** USD, as far as it is public; left out where nobody says. */
  price: z
    .object({ perShot: z.number(), perTask: z.number(), perSecond: z.number() })
    .partial()
    .optional(),
  calibratedAt: z.string().nullable(),
  source: z.string(),
});

export type Device = z.infer<typeof deviceSchema>;

/** How a machine stands in a list of devices: its record, by medians, and how it is at the moment. */
export function listingOf(
  device: DeviceRecord,
  now: Pick<Device, 'kind' | 'status' | 'queueLength' | 'queueSeconds'>,
): Device {
  const { oneQubitError, twoQubitError, readoutError, times } = typicalFigures(device);
  return {
    ...now,
    id: device.id,
    name: device.name,
    provider: device.provider,
    technology: device.technology,
    qubits: device.qubits,
    nativeGates: [...device.nativeGates],
    edges: device.couplings?.map(([a, b]) => [a, b]) ?? null,
    errorRates: { oneQubit: oneQubitError, twoQubit: twoQubitError, readout: readoutError },
    times: { ...times },
    isDynamic: device.isDynamic,
    shots: device.shots === null ? null : { ...device.shots },
    price: { ...device.price },
    calibratedAt: device.calibratedAt,
    source: device.source,
  };
}
