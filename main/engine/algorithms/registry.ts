import { parallelTempering } from '../annealing/parallel-tempering.ts';
import { quantumAnnealing } from '../annealing/quantum-annealing.ts';
import { simulatedAnnealing } from '../annealing/simulated-annealing.ts';
import { simulatedBifurcation } from '../annealing/simulated-bifurcation.ts';
import { tabu } from '../annealing/tabu.ts';
import { randomisedBenchmarking } from '../characterisation/randomised-benchmarking.ts';
import { readoutError } from '../characterisation/readout-error.ts';
import { t1 } from '../characterisation/t1.ts';
import { t2 } from '../characterisation/t2.ts';
import { highs } from '../classical/highs.ts';
import { pca } from '../learning/pca.ts';
import { amplitudeEstimation } from '../estimation/canonical.ts';
import { bayesianAmplitudeEstimation } from '../estimation/bayesian.ts';
import { fasterAmplitudeEstimation } from '../estimation/faster.ts';
import { iterativeAmplitudeEstimation } from '../estimation/iterative.ts';
import { maximumLikelihoodAmplitudeEstimation } from '../estimation/maximum-likelihood.ts';
import { monteCarlo } from '../estimation/monte-carlo.ts';
import { noiseAwareAmplitudeEstimation } from '../estimation/noise-aware.ts';
import { powerLawAmplitudeEstimation } from '../estimation/power-law.ts';
import { qsvm } from '../learning/qsvm.ts';
import { autoregression } from '../learning/autoregression.ts';
import { kNearest } from '../learning/k-nearest.ts';
import { kernelRidge } from '../learning/kernel-ridge.ts';
import { logistic } from '../learning/logistic.ts';
import { persistence } from '../learning/persistence.ts';
import { quantumKernelRidge } from '../learning/quantum-kernel-ridge.ts';
import { qsvr } from '../learning/qsvr.ts';
import { ridge } from '../learning/ridge.ts';
import { svr } from '../learning/svr.ts';
import { randomForest } from '../learning/random-forest.ts';
import { gradientBoosting } from '../learning/gradient-boosting.ts';
import { predict } from '../learning/predict.ts';
import { qnn } from '../learning/qnn.ts';
import { dataReuploading } from '../learning/data-reuploading.ts';
import { circuitCentric } from '../learning/circuit-centric.ts';
import { arima } from '../learning/arima.ts';
import { harRv } from '../learning/har-rv.ts';
import { mlp } from '../learning/mlp.ts';
import { randomFeatures } from '../learning/random-features.ts';
import { qpca } from '../learning/qpca.ts';
import { gaussianProcess } from '../learning/gaussian-process.ts';
import { kernelPca } from '../learning/kernel-pca.ts';
import { bornMachine } from '../learning/born-machine.ts';
import { boltzmannMachine } from '../learning/boltzmann-machine.ts';
import { quantumKMeans } from '../learning/quantum-k-means.ts';
import { quantumAutoencoder } from '../learning/quantum-autoencoder.ts';
import { qgan } from '../learning/qgan.ts';
import { garch } from '../learning/garch.ts';
import { quantumConvolutional } from '../learning/quantum-convolutional.ts';
import { quantumRecurrent } from '../learning/quantum-recurrent.ts';
import { quantumReservoir } from '../learning/quantum-reservoir.ts';
import { treeTensor } from '../learning/tree-tensor.ts';
import { cnn } from '../learning/cnn.ts';
import { lstm } from '../learning/lstm.ts';
import { dressed } from '../learning/dressed.ts';
import { svm } from '../learning/svm.ts';
import { fixedPointSearch } from '../search/fixed-point.ts';
import { grover } from '../search/grover.ts';
import { minimumSearch } from '../search/minimum-search.ts';
import { adaptVqe } from './adapt-vqe.ts';
import type { Algorithm } from './algorithm.ts';
import { exact } from './exact.ts';
import { expectation } from './expectation.ts';
import { imaginaryTime } from './imaginary-time.ts';
import { qaoa } from '../qaoa/qaoa.ts';
import { qdrift } from './qdrift.ts';
import { qite } from './qite.ts';
import { qrao } from '../qrao/qrao.ts';
import { sample } from './sample.ts';
import { sampleBasedDiagonalisation } from './sample-based-diagonalisation.ts';
import { subspaceExpansion } from './subspace-expansion.ts';
import { subspaceSearch } from './subspace-search.ts';
import { trotter } from './trotter.ts';
import { variationalRealTime } from './variational-real-time.ts';
import { vqd } from './vqd.ts';
import { vqe } from './vqe.ts';

/** Every algorithm, sorted by id. */
export const algorithms: readonly Algorithm[] = [
  adaptVqe,
  amplitudeEstimation,
  arima,
  autoregression,
  bayesianAmplitudeEstimation,
  boltzmannMachine,
  bornMachine,
  circuitCentric,
  cnn,
  dataReuploading,
  dressed,
  exact,
  expectation,
  fasterAmplitudeEstimation,
  fixedPointSearch,
  garch,
  gaussianProcess,
  gradientBoosting,
  grover,
  harRv,
  highs,
  imaginaryTime,
  iterativeAmplitudeEstimation,
  kNearest,
  kernelPca,
  kernelRidge,
  logistic,
  lstm,
  maximumLikelihoodAmplitudeEstimation,
  minimumSearch,
  mlp,
  monteCarlo,
  noiseAwareAmplitudeEstimation,
  parallelTempering,
  pca,
  persistence,
  powerLawAmplitudeEstimation,
  predict,
  qaoa,
  qdrift,
  qgan,
  qite,
  qnn,
  qpca,
  qrao,
  qsvm,
  qsvr,
  quantumAnnealing,
  quantumAutoencoder,
  quantumConvolutional,
  quantumKMeans,
  quantumKernelRidge,
  quantumRecurrent,
  quantumReservoir,
  randomFeatures,
  randomForest,
  randomisedBenchmarking,
  readoutError,
  ridge,
  sample,
  sampleBasedDiagonalisation,
  simulatedAnnealing,
  simulatedBifurcation,
  subspaceExpansion,
  subspaceSearch,
  svm,
  svr,
  t1,
  t2,
  tabu,
  treeTensor,
  trotter,
  variationalRealTime,
  vqd,
  vqe,
];
