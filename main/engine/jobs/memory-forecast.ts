import type { JobSpec } from '#shared/jobs/job.ts';
import { type Algorithm, wayFor } from '../algorithms/algorithm.ts';
import { algorithmById } from '../algorithms/registry.ts';
import { deviceModelNamed } from '../noise/devices/registry.ts';
import type { JobFiles } from './prepared.ts';

const bytesPerAmplitude = 16;
/** State, bra and a copy while differentiating. */
const statesAtOnce = 3;

/** Predicted peak in bytes: the method's own tables, and states and answers of circuits that are simulated here. */
export function memoryForecast(spec: JobSpec, files: JobFiles, isNoisy: boolean): number {
  const way = wayFor(algorithmById(spec.algorithm) as Algorithm, spec.problem);
  const { ownBytes, qubits, answerBytes } = way.needs(spec.problem, files, spec.settings);
  // Circuits of a vendor's machine run there.
  if (!runsHere(spec)) return ownBytes;
  const amplitudes = qubits === null ? 0 : isNoisy ? 4 ** qubits : 2 ** qubits;
  return ownBytes + answerBytes + statesAtOnce * bytesPerAmplitude * amplitudes;
}

/** Whether the circuits of a job are simulated on this computer, under a machine's noise or without. */
export function runsHere({ backend }: JobSpec): boolean {
  return (
    backend === 'simulator' || (typeof backend === 'string' && deviceModelNamed(backend) !== null)
  );
}
