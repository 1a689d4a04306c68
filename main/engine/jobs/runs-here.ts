import { deviceNamed } from '#shared/devices/device.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { Members } from '../members.ts';

type Local = Pick<Members, 'devices' | 'simulators'>;

/** Whether circuits on this backend are simulated on this computer, under a machine's noise or without. */
export function isHere({ devices, simulators }: Local, backend: string): boolean {
  return (
    backend === 'simulator' ||
    simulators.some(({ id }) => id === backend) ||
    deviceNamed(devices, backend) !== null
  );
}

/** Whether the circuits of a job are simulated on this computer. */
export function runsHere(members: Local, { backend }: Pick<JobSpec, 'backend'>): boolean {
  return typeof backend === 'string' && isHere(members, backend);
}
