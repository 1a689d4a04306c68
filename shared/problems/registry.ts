import { asianBarrierSpread } from './kinds/asian-barrier-spread.ts';
import { bullSpread } from './kinds/bull-spread.ts';
import { circuit } from './kinds/circuit.ts';
import { classification } from './kinds/classification.ts';
import { decomposition } from './kinds/decomposition.ts';
import { europeanCall } from './kinds/european-call.ts';
import { europeanPut } from './kinds/european-put.ts';
import { hamiltonian } from './kinds/hamiltonian.ts';
import { ising } from './kinds/ising.ts';
import { maxcut } from './kinds/maxcut.ts';
import { molecule } from './kinds/molecule.ts';
import { portfolio } from './kinds/portfolio.ts';
import { qubo } from './kinds/qubo.ts';
import type { ProblemKind } from './problem-kind.ts';

/** Every kind of problem, sorted. */
export const problemKinds: readonly ProblemKind[] = [
  asianBarrierSpread,
  bullSpread,
  circuit,
  classification,
  decomposition,
  europeanCall,
  europeanPut,
  hamiltonian,
  ising,
  maxcut,
  molecule,
  portfolio,
  qubo,
];
