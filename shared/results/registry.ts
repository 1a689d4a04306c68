import { characterisation } from './kinds/characterisation.ts';
import { clustering } from './kinds/clustering.ts';
import { compression } from './kinds/compression.ts';
import { counts } from './kinds/counts.ts';
import { decomposition } from './kinds/decomposition.ts';
import { dynamics } from './kinds/dynamics.ts';
import { energies } from './kinds/energies.ts';
import { estimation } from './kinds/estimation.ts';
import { expectations } from './kinds/expectations.ts';
import { forecast } from './kinds/forecast.ts';
import { generative } from './kinds/generative.ts';
import { learner } from './kinds/learner.ts';
import { optimisation } from './kinds/optimisation.ts';
import { scan } from './kinds/scan.ts';
import { predictions } from './kinds/predictions.ts';
import { search } from './kinds/search.ts';
import type { ResultKind } from './result-kind.ts';

/** Every kind of result, sorted. */
export const resultKinds: readonly ResultKind[] = [
  characterisation,
  clustering,
  compression,
  counts,
  decomposition,
  dynamics,
  energies,
  estimation,
  expectations,
  forecast,
  generative,
  learner,
  optimisation,
  predictions,
  scan,
  search,
];
