import { deviceNamed } from '#shared/devices/registry.ts';
import type { JobSpec } from '#shared/jobs/job.ts';

import { simulatorById } from '../simulators/registry.ts';

/** Whether circuits on this backend are simulated on this computer, under a machine's noise or without. */
export function isHere(backend: string): boolean {
  return (
    backend === 'simulator' || simulatorById(backend) !== null || deviceNamed(backend) !== null
  );
}

/** Whether the circuits of a job are simulated on this computer. */
export function runsHere({ backend }: Pick<JobSpec, 'backend'>): boolean {
  return typeof backend === 'string' && isHere(backend);
}
