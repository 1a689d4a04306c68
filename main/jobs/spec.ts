import { AppError } from '#shared/base/errors.ts';
import { failure, type Result } from '#shared/base/result.ts';
import { currentDevices } from '#shared/devices/calibration/kept.ts';
import { type DeviceRecord, deviceNamed } from '#shared/devices/device.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { FileNeed, JobEngine, SpecProblem } from '#engine/jobs/prepared.ts';
import type { Backends } from '../hardware/backend.ts';
import type { RawFile } from '../storage/raw-file.ts';
import type { Calibrations } from '../storage/calibrations.ts';

/** The spec with its defaults, or every fault at once, those of its backend after the engine's. */
export function specFaults(
  engine: JobEngine,
  backends: Backends,
  input: unknown,
): Result<JobSpec, readonly SpecProblem[]> {
  const checked = engine.validate(input);
  const problems = checked.ok ? backends.problemsOf(checked.value) : checked.error;
  return problems.length === 0 ? checked : failure(problems);
}

/** The spec with its defaults; throws every fault at once. */
export function checkSpec(engine: JobEngine, backends: Backends, input: unknown): JobSpec {
  const checked = specFaults(engine, backends, input);
  if (checked.ok) return checked.value;
  const list = checked.error
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  throw new AppError('bad-input', `The job spec was not accepted: ${list.replace(/\.$/, '')}.`, {
    errors: checked.error,
  });
}

/** Where the files of jobs are, and what was measured of machines. */
export interface Sources {
  readonly calibrations: Calibrations;
  load(need: FileNeed): Promise<RawFile>;
}

/** Everything that a spec names, from the library; throws where something is not there. */
export async function loadFiles(
  engine: JobEngine,
  sources: Sources,
  spec: JobSpec,
): Promise<[string, RawFile][]> {
  const needs = engine.filesOf(spec);
  return Promise.all(
    needs.map(async (need): Promise<[string, RawFile]> => [need.name, await sources.load(need)]),
  );
}

/** The machines that a spec names, of which a newer calibration is kept than their records are. */
export function calibrationsFor(
  { members: { devices } }: JobEngine,
  calibrations: Calibrations,
  { backend, noise }: JobSpec,
): DeviceRecord[] {
  const current = currentDevices(devices, calibrations.all());
  return [backend, noise ?? []].flat().flatMap((name) => {
    const found = typeof name === 'string' ? deviceNamed(current, name) : null;
    return found === null || devices.includes(found) ? [] : [found];
  });
}
