import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import { binaryProblemOf } from '../algorithms/binary-problems.ts';
import { circuitInput } from '../algorithms/circuit-input.ts';
import { bruteForceLimit } from '../algorithms/exact-solution.ts';
import { tableOfInput } from '../algorithms/input-files.ts';
import { type LocalRequest, localMethod, stateBytes } from '../backends/local.ts';
import { labelledData } from '../learning/labelled-data.ts';
import type { JobFiles } from './prepared.ts';

const bytesPerAmplitude = 16;

/** Qubits of the widest circuit that an algorithm runs on this problem. */
export function widthOf({ problem }: JobSpec, files: JobFiles): number {
  const input = { problem, files };
  switch (problem.kind) {
    case 'circuit':
      return qubitCountOf(circuitInput(input).circuit);
    case 'classification': {
      const table = tableOfInput(input);
      return table === null ? 0 : labelledData(problem, table).features.length;
    }
    default:
      return binaryProblemOf(problem, tableOfInput(input)).variables;
  }
}

/** Predicted peak in bytes: states of the backend (null: none here), tables over all assignments, kernels. */
export function memoryForecast(
  { problem }: JobSpec,
  files: JobFiles,
  backend: LocalRequest | null,
): number {
  const input = { problem, files };
  switch (problem.kind) {
    case 'circuit':
      return backend === null ? 0 : stateBytes(backend);
    case 'classification': {
      const table = tableOfInput(input);
      if (table === null) return 0;
      const data = labelledData(problem, table);
      const rows = data.labels.length;
      const kernel = 8 * 4 * rows * rows;
      const isDense = backend !== null && localMethod(backend) === 'statevector';
      return isDense ? kernel + rows * bytesPerAmplitude * 2 ** data.features.length : kernel;
    }
    default: {
      const { variables } = binaryProblemOf(problem, tableOfInput(input));
      const isListed = variables <= bruteForceLimit;
      const tables = isListed ? 8 * 3 * 2 ** variables : 0;
      if (backend === null) return tables;
      const isDense = localMethod(backend) === 'statevector' || localMethod(backend) === 'density';
      return tables + stateBytes(backend) + (isDense ? 8 * 3 * 2 ** variables : 0);
    }
  }
}
