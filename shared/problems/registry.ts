import { asianBarrierSpread } from './kinds/asian-barrier-spread.ts';
import { basketCall } from './kinds/basket-call.ts';
import { binaryProgram } from './kinds/binary-program.ts';
import { bondScan } from './kinds/bond-scan.ts';
import { bullSpread } from './kinds/bull-spread.ts';
import { characterisation } from './kinds/characterisation.ts';
import { circuit } from './kinds/circuit.ts';
import { classification } from './kinds/classification.ts';
import { colouring } from './kinds/colouring.ts';
import { creditRisk } from './kinds/credit-risk.ts';
import { decomposition } from './kinds/decomposition.ts';
import { europeanCall } from './kinds/european-call.ts';
import { europeanPut } from './kinds/european-put.ts';
import { featureSelection } from './kinds/feature-selection.ts';
import { fermiHubbard } from './kinds/fermi-hubbard.ts';
import { fieldScan } from './kinds/field-scan.ts';
import { fixedIncome } from './kinds/fixed-income.ts';
import { forecast } from './kinds/forecast.ts';
import { hamiltonian } from './kinds/hamiltonian.ts';
import { independentSet } from './kinds/independent-set.ts';
import { indexTracking } from './kinds/index-tracking.ts';
import { ising } from './kinds/ising.ts';
import { knapsack } from './kinds/knapsack.ts';
import { maxKCut } from './kinds/max-k-cut.ts';
import { maxcut } from './kinds/maxcut.ts';
import { molecule } from './kinds/molecule.ts';
import { partition } from './kinds/partition.ts';
import { portfolio } from './kinds/portfolio.ts';
import { prediction } from './kinds/prediction.ts';
import { qubo } from './kinds/qubo.ts';
import { regression } from './kinds/regression.ts';
import { search } from './kinds/search.ts';
import { spinLattice } from './kinds/spin-lattice.ts';
import { travellingSalesman } from './kinds/travelling-salesman.ts';
import { unsupervised } from './kinds/unsupervised.ts';
import { vertexCover } from './kinds/vertex-cover.ts';
import type { ProblemKind } from './problem-kind.ts';

/** Every kind of problem, sorted. */
export const problemKinds: readonly ProblemKind[] = [
  asianBarrierSpread,
  basketCall,
  binaryProgram,
  bondScan,
  bullSpread,
  characterisation,
  circuit,
  classification,
  colouring,
  creditRisk,
  decomposition,
  europeanCall,
  europeanPut,
  featureSelection,
  fermiHubbard,
  fieldScan,
  fixedIncome,
  forecast,
  hamiltonian,
  independentSet,
  indexTracking,
  ising,
  knapsack,
  maxKCut,
  maxcut,
  molecule,
  partition,
  portfolio,
  prediction,
  qubo,
  regression,
  search,
  spinLattice,
  travellingSalesman,
  unsupervised,
  vertexCover,
];
