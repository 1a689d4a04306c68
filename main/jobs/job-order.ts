import type { Backends, BackendSession } from '../hardware/backend.ts';
import { usableMemory } from '../threads/usable-memory.ts';
import type { JobOrder } from './job-protocol.ts';

type Asked = Pick<JobOrder, 'jobId' | 'spec' | 'files' | 'calibrations' | 'folder'>;

interface Surroundings {
  readonly backends: Backends;
  readonly version: string;
  readonly engineModule: string | null;
}

/** All that whoever runs a job is told, and the machines that answer for it elsewhere, by their backends. */
export function orderOf(
  asked: Asked,
  { backends, version, engineModule }: Surroundings,
): {
  readonly order: Omit<JobOrder, 'cancel'>;
  readonly machines: ReadonlyMap<string, BackendSession>;
} {
  const { jobId, spec } = asked;
  const names = typeof spec.backend === 'string' ? [spec.backend] : spec.backend;
  const machines = new Map(
    names.flatMap((name) => {
      const session = backends.connect(name, jobId, spec);
      return session === null ? [] : [[name, session] as const];
    }),
  );
  const available = usableMemory();
  const freeBytes = Math.min(available, spec.limits?.memoryBytes ?? available);
  const shares = backends.sharesOf(spec);
  const order = {
    ...asked,
    version,
    freeBytes,
    remote: [...machines.keys()],
    shares,
    engineModule,
  };
  return { order, machines };
}
