import { z } from 'zod';
import type { CatalogEntry } from '../catalog/parameter.ts';
import type { Steps } from './curve.ts';

const stepsSchema = z.object({ name: z.string(), areCourse: z.boolean() });

/** What an algorithm's curves count, as its entry in the catalog says. */
export function stepsIn(catalog: readonly CatalogEntry[], algorithm: string): Steps {
  const entry = catalog.find(({ kind, id }) => kind === 'algorithm' && id === algorithm);
  const steps = stepsSchema.safeParse(entry?.facts['steps']);
  return steps.success ? steps.data : { name: 'steps', areCourse: true };
}
