import { circuit } from './kinds/circuit.ts';
import { classification } from './kinds/classification.ts';
import { decomposition } from './kinds/decomposition.ts';
import { hamiltonian } from './kinds/hamiltonian.ts';
import { ising } from './kinds/ising.ts';
import { maxcut } from './kinds/maxcut.ts';
import { portfolio } from './kinds/portfolio.ts';
import { qubo } from './kinds/qubo.ts';
import type { ProblemKind } from './problem-kind.ts';

/** Every kind of problem, sorted. */
export const problemKinds: readonly ProblemKind[] = [
  circuit,
  classification,
  decomposition,
  hamiltonian,
  ising,
  maxcut,
  portfolio,
  qubo,
];
