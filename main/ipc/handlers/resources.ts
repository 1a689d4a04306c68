import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

/** What the machines are doing, from the queue and the utilisation table. */
export function createResourceHandlers({ jobs, library }: App): HandlersOf<'resources'> {
  return {
    'resources.utilization': () => ({
      availableQPUs: 0,
      queueLength: jobs.queueLength(),
      totalQuantumOps: library.tables.utilization
        .all()
        .reduce((sum, { circuits }) => sum + (circuits ?? 0), 0),
      estimatedCostPerHour: null,
      errorRates: {},
      calibrationData: {},
    }),
  };
}
