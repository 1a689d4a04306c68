import type { SimulationRequest, SimulationResult } from '#shared/jobs/simulation.ts';
import { workerScript } from '../project.ts';
import { type TaskOptions, TaskThreads } from './task-thread.ts';

/** What takes longer is work for a job. */
const timeoutMs = 600_000;

/**
 * Live simulations. A thread stays alive for them, so that an edit in the designer does not wait for
 * one to start; a thread that dies fails only what it ran.
 */
export class Simulator extends TaskThreads {
  constructor(script: URL = workerScript('simulate'), limitBytes?: number) {
    super({
      script,
      title: 'The simulation',
      timeoutMs,
      ...(limitBytes === undefined ? {} : { limitBytes }),
    });
  }

  simulate(request: SimulationRequest, options: TaskOptions = {}): Promise<SimulationResult> {
    return this.run(request, options);
  }
}
