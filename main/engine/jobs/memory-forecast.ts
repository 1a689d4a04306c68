import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import { algorithmById } from '../algorithms/registry.ts';
import { binaryProblemOf } from '../algorithms/binary-problems.ts';
import { bruteForceLimit } from '../algorithms/exact-solution.ts';
import { circuitInput } from '../algorithms/circuit-input.ts';
import { tableOfInput } from '../algorithms/input-files.ts';
import { labelledData } from '../learning/labelled-data.ts';
import { deviceModelNamed } from '../noise/devices/registry.ts';
import type { JobFiles } from './prepared.ts';

const bytesPerAmplitude = 16;
/** State, bra and a copy while differentiating. */
const statesAtOnce = 3;

/** Predicted peak in bytes: states of the answerer, tables over all assignments, kernels. */
export function memoryForecast(spec: JobSpec, files: JobFiles, isNoisy: boolean): number {
  const input = { problem: spec.problem, files };
  // Circuits of a vendor's machine run there; only tables of the problem stand here.
  const isLocal = runsHere(spec);
  const isQuantum = isLocal && algorithmById(spec.algorithm)?.kind === 'quantum';
  const states = (qubits: number): number =>
    statesAtOnce * bytesPerAmplitude * (isNoisy ? 4 ** qubits : 2 ** qubits);
  switch (spec.problem.kind) {
    case 'circuit':
      return isLocal ? states(qubitCountOf(circuitInput(input).circuit)) : 0;
    case 'classification': {
      const table = tableOfInput(input);
      if (table === null) return 0;
      const data = labelledData(spec.problem, table);
      const rows = data.labels.length;
      const kernel = 8 * 4 * rows * rows;
      return isQuantum ? kernel + rows * bytesPerAmplitude * 2 ** data.features.length : kernel;
    }
    default: {
      const { variables } = binaryProblemOf(spec.problem, tableOfInput(input));
      const tables = variables <= bruteForceLimit ? 8 * 3 * 2 ** variables : 0;
      return tables + (isQuantum ? states(variables) + 8 * 3 * 2 ** variables : 0);
    }
  }
}

/** Whether the circuits of a job are simulated on this computer, under a machine's noise or without. */
export function runsHere({ backend }: JobSpec): boolean {
  return (
    backend === 'simulator' || (typeof backend === 'string' && deviceModelNamed(backend) !== null)
  );
}
