import type { Technique } from './technique.ts';
import { zne } from './zne.ts';

/** Every mitigation technique, sorted by id. */
export const techniques: readonly Technique[] = [zne];
