import { z } from 'zod';
import type { DeviceRecord } from '../device.ts';

const value = z.number();
const figure = z.union([value, z.array(value.nullable())]);

/** A record as it is kept in a file. */
export const deviceRecordSchema = z.object({
  id: z.string(),
  provider: z.string(),
  vendor: z.string(),
  name: z.string(),
  technology: z.string(),
  qubits: z.int().gte(1),
  couplings: z.array(z.tuple([z.int().gte(0), z.int().gte(0)])).nullable(),
  nativeGates: z.array(z.string()),
  gates: z.array(z.object({ gate: z.string(), error: figure, duration: figure.nullable() })),
  T1: figure,
  T2: figure,
  readout: z.object({
    read1Given0: figure,
    read0Given1: figure,
    duration: value.nullable(),
  }),
  isDynamic: z.boolean(),
  shots: z.object({ min: value, max: value }).nullable(),
  price: z.object({
    perShot: z.exactOptional(value),
    perTask: z.exactOptional(value),
    perSecond: z.exactOptional(value),
  }),
  calibratedAt: z.string(),
  source: z.string(),
});

/** The machines, each as its newest calibration has it. What is kept of no machine is left alone. */
export function currentDevices(
  devices: readonly DeviceRecord[],
  kept: readonly DeviceRecord[],
): readonly DeviceRecord[] {
  if (kept.length === 0) return devices;
  return devices.map((device) =>
    kept
      .filter(({ id }) => id === device.id)
      .reduce((newest, one) => (isNewer(one, newest) ? one : newest), device),
  );
}

export function isNewer(a: DeviceRecord, b: DeviceRecord): boolean {
  return Date.parse(a.calibratedAt) > Date.parse(b.calibratedAt);
}
