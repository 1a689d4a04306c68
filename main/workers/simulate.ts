import { CancelFlag } from '#shared/base/cancel.ts';
import type { SimulationProgress, SimulationRequest } from '#shared/jobs/simulation.ts';
import { providePlatform } from '#engine/platform.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';
import type { SimulationWatch } from '#engine/simulators/simulator.ts';
import { nodePlatform } from './node-platform.ts';
import { serveTasks } from './serve-tasks.ts';

providePlatform(nodePlatform);

/** Passes of a small state are over in less than it takes to tell of them. */
const betweenMs = 100;

function watchFor(tell: (note: SimulationProgress) => void): SimulationWatch {
  let progress: SimulationProgress = { method: '', methodReason: '', share: null };
  let told = performance.now();
  return {
    chosen: (method, methodReason) => {
      progress = { method, methodReason, share: null };
      tell(progress);
    },
    done: (part, all) => {
      if (performance.now() - told < betweenMs) return;
      told = performance.now();
      progress = { ...progress, share: part / all };
      tell(progress);
    },
  };
}

/** The thread of live simulations. */
serveTasks(({ task, cancel, freeBytes }, tell) =>
  simulateSource(task as SimulationRequest, {
    cancel: new CancelFlag(cancel),
    watch: watchFor(tell),
    freeBytes,
    now: () => performance.now() / 1000,
  }),
);
