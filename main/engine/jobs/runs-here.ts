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

/** The backends that a job names, one or several. */
export function backendsOf({ backend }: Pick<JobSpec, 'backend'>): readonly string[] {
  return typeof backend === 'string' ? [backend] : backend;
}

/** Whether the circuits of a job are simulated on this computer by one backend. */
export function runsHere(members: Local, spec: Pick<JobSpec, 'backend'>): boolean {
  const [only, ...others] = backendsOf(spec);
  return only !== undefined && others.length === 0 && isHere(members, only);
}
