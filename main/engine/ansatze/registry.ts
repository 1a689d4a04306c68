import type { Ansatz } from './ansatz.ts';
import { brickwork } from './brickwork.ts';
import { efficientSu2 } from './efficient-su2.ts';
import { hamiltonianVariational } from './hamiltonian-variational.ts';
import { hardwareEfficient } from './hardware-efficient.ts';
import { ownCircuit } from './own-circuit.ts';
import { realAmplitudes } from './real-amplitudes.ts';
import { symmetryPreserving } from './symmetry-preserving.ts';
import { twoLocal } from './two-local.ts';
import { uccsd } from './uccsd.ts';

/** Every ansatz, sorted by id. */
export const ansatze: readonly Ansatz[] = [
  brickwork,
  ownCircuit,
  efficientSu2,
  hamiltonianVariational,
  hardwareEfficient,
  realAmplitudes,
  symmetryPreserving,
  twoLocal,
  uccsd,
];
