import { calibrated } from './calibrated.ts';
import { cdr } from './cdr.ts';
import { ddd } from './ddd.ts';
import { layerwiseRichardson } from './layerwise-richardson.ts';
import { pec } from './pec.ts';
import { readout } from './readout.ts';
import { shadows } from './shadows.ts';
import { subspace } from './subspace.ts';
import { symmetry } from './symmetry.ts';
import type { Technique } from './technique.ts';
import { twirl } from './twirl.ts';
import { virtualDistillation } from './virtual-distillation.ts';
import { vncdr } from './vncdr.ts';
import { zne } from './zne.ts';

/** Every mitigation technique, sorted by id. */
export const techniques: readonly Technique[] = [
  calibrated,
  cdr,
  ddd,
  layerwiseRichardson,
  pec,
  readout,
  shadows,
  subspace,
  symmetry,
  twirl,
  virtualDistillation,
  vncdr,
  zne,
];
