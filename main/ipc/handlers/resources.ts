import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** What the machines are doing: the devices as they are known now, the queue, the utilisation table. */
export function createResourceHandlers({ jobs, library, hardware }: App): HandlersOf<'resources'> {
  return {
    'resources.utilization': async () => {
      const devices = (await hardware.devices()).filter(({ kind }) => kind !== 'simulator');
      const available = devices.filter(
        ({ kind, status }) => kind === 'qpu' && status === 'available',
      );
      return {
        availableQPUs: available.length,
        queueLength: jobs.queueLength(),
        totalQuantumOps: library.tables.utilization
          .all()
          .reduce((sum, { circuits }) => sum + (circuits ?? 0), 0),
        estimatedCostPerHour: null,
        errorRates: Object.fromEntries(devices.map(({ id, errorRates }) => [id, errorRates])),
        calibrationData: Object.fromEntries(
          devices.map(({ id, calibratedAt, times, source }) => [
            id,
            { calibratedAt, times, source },
          ]),
        ),
      };
    },
  };
}
