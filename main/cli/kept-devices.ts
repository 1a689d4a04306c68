import { currentDevices } from '#shared/devices/calibration/kept.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import { readCalibrations } from '../storage/calibrations.ts';
import { libraryFolder } from '../storage/home.ts';

/** Machines with what `ketbench calibration import` kept of them; the library is read, not opened. */
export function withKept(devices: readonly DeviceRecord[]): readonly DeviceRecord[] {
  const kept = readCalibrations(libraryFolder(), (_, text) =>
    process.stderr.write(`warning: ${text}\n`),
  );
  return currentDevices(devices, kept);
}
