import type { Device, DeviceEstimate } from '#shared/ipc/hardware.ts';
import { boundSource } from '#renderer/lib/bound-circuit.ts';
import { submitJob } from '#renderer/lib/jobs.ts';
import { notify } from '#renderer/lib/notices.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';

/** A circuit as it is to run on a device, for what was agreed. */
export interface Submission {
  readonly device: Device;
  readonly document: OpenDocument;
  readonly shots: number;
  readonly estimate: DeviceEstimate;
}

/** The spec of the job: the circuit with the values of its sliders. */
export function specOfCircuit({ device, document, shots }: Omit<Submission, 'estimate'>) {
  return {
    algorithm: 'sample',
    problem: { kind: 'circuit', qasm: boundSource(document) },
    backend: device.id,
    shots,
    name: `${document.name} on ${device.name}`.slice(0, 200),
  };
}

/** Sends the circuit with the values of its sliders to the queue. */
export async function submitCircuit(submission: Submission): Promise<void> {
  const { device, estimate } = submission;
  await submitJob({
    ...specOfCircuit(submission),
    // The job stops where the vendor would ask for more than what was agreed.
    ...(estimate.cost === null ? {} : { limits: { cost: estimate.cost } }),
  });
  notify(
    'info',
    device.id === 'simulator'
      ? 'Started. Its result will stand in Training.'
      : 'Submitted. Its progress is listed below the devices.',
  );
}
