import type { Technique } from './technique.ts';
import { zne } from './zne.ts';

/** Every mitigation technique, sorted by id. */
export const techniques: readonly Technique[] = [zne];

export function techniqueById(id: string): Technique | null {
  return techniques.find((technique) => technique.id === id) ?? null;
}
