import type {
  SimulationProgress,
  SimulationRequest,
  SimulationResult,
} from '#shared/jobs/simulation.ts';
import { workerScript } from '../project.ts';
import { type TaskOptions, TaskThreads } from './task-thread.ts';

/** What takes longer is work for a job. */
const timeoutMs = 600_000;

export interface SimulatorOptions extends Omit<TaskOptions, 'tell'> {
  readonly tell?: ((progress: SimulationProgress) => void) | undefined;
}

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

  async simulate(
    request: SimulationRequest,
    options: SimulatorOptions = {},
  ): Promise<SimulationResult> {
    const { tell, ...others } = options;
    // The thread for simulations tells nothing else.
    const hear =
      tell === undefined ? undefined : (note: unknown) => tell(note as SimulationProgress);
    return this.run(request, { ...others, tell: hear });
  }
}
