import { AppError } from '#shared/base/errors.ts';
import { type Drift, driftOf } from '#shared/devices/calibration/drift.ts';
import { importCalibration } from '#shared/devices/calibration/import.ts';
import { currentDevices, deviceRecordSchema } from '#shared/devices/calibration/kept.ts';
import { type DeviceRecord, deviceNamed } from '#shared/devices/device.ts';
import type { DeviceCalibration } from '#shared/ipc/hardware.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** Machines as they were calibrated. */
export function createCalibrationHandlers(app: App): HandlersOf<'calibrations'> {
  return {
    'calibrations.show': ({ deviceId }) => calibrationOf(app, recordOf(app, deviceId)),
    'calibrations.import': async ({ deviceId, text, at, source }) => {
      const record = recordOf(app, deviceId);
      const options = { source, ...(at === undefined ? {} : { at }) };
      const { device, format, notes } = importCalibration(record, text, options);
      await app.library.calibrations.keep(device);
      const drift = plainDrift(driftOf(record, device));
      return { ...calibrationOf(app, record), drift, format, notes: [...notes] };
    },
  };
}

function recordOf({ engine }: App, name: string): DeviceRecord {
  const record = deviceNamed(engine.members.devices, name);
  if (record !== null) return record;
  const known = engine.members.devices.map(({ id }) => id).join(', ');
  throw new AppError('not-found', `There is no device “${name}”; there are ${known}.`, {
    deviceId: name,
  });
}

function calibrationOf({ library }: App, record: DeviceRecord): DeviceCalibration {
  const kept = library.calibrations.all().filter(({ id }) => id === record.id);
  const [current = record] = currentDevices([record], kept);
  return {
    // What is sent is a copy of its own.
    device: deviceRecordSchema.parse(current),
    from: current === record ? 'record' : 'calibration',
    kept: kept.map(({ calibratedAt }) => calibratedAt),
    recordedAt: record.calibratedAt,
    drift: plainDrift(driftOf(record, current)),
  };
}

function plainDrift(drift: readonly Drift[]): DeviceCalibration['drift'] {
  return drift.map(({ lost, regained, ...one }) => ({
    ...one,
    lost: [...lost],
    regained: [...regained],
  }));
}
