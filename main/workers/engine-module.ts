import '../own-end.ts';
import type { JobEngine } from '#engine/jobs/prepared.ts';

/** The engine of a thread. A literal name for the engine of ours, so that a bundle carries it. */
export async function loadEngineModule(
  name: string | null,
): Promise<{ readonly jobEngine: JobEngine }> {
  if (name === null) return import('#engine/jobs/index.ts');
  return (await import(name)) as { readonly jobEngine: JobEngine };
}
