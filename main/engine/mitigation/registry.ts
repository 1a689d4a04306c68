import { pec } from './pec.ts';
import { readout } from './readout.ts';
import type { Technique } from './technique.ts';
import { twirl } from './twirl.ts';
import { zne } from './zne.ts';

/** Every mitigation technique, sorted by id. */
export const techniques: readonly Technique[] = [pec, readout, twirl, zne];
