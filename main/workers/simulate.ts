import { CancelFlag } from '#shared/base/cancel.ts';
import type { SimulationRequest } from '#shared/jobs/simulation.ts';
import { providePlatform } from '#engine/platform.ts';
import { simulateSource } from '#engine/simulators/simulate-source.ts';
import { nodePlatform } from './node-platform.ts';
import { serveTasks } from './serve-tasks.ts';

providePlatform(nodePlatform);

/** The thread of live simulations. */
serveTasks(({ task, cancel, freeBytes }) =>
  simulateSource(task as SimulationRequest, {
    cancel: new CancelFlag(cancel),
    freeBytes,
    now: () => performance.now() / 1000,
  }),
);
