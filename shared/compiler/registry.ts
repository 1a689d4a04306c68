import type { Pass } from './pass.ts';
import { cancelInverses } from './passes/cancel-inverses.ts';
import { decompose, decomposeWide } from './passes/decompose.ts';
import { foldPhases } from './passes/fold-phases.ts';
import { mergeOneQubit, translateOneQubit } from './passes/merge-one-qubit.ts';
import { mergeTwoQubit } from './passes/merge-two-qubit.ts';
import { placePerfectly, placeTrivially } from './passes/place.ts';
import { route } from './passes/route.ts';
import { translate } from './passes/translate.ts';

/** Every pass of the compiler, sorted by id. */
export const passes: readonly Pass[] = [
  cancelInverses,
  decompose,
  decomposeWide,
  foldPhases,
  mergeOneQubit,
  mergeTwoQubit,
  placePerfectly,
  placeTrivially,
  route,
  translate,
  translateOneQubit,
];
