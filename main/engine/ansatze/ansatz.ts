import { circuitOf } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { type Expression, parameterOf } from '#shared/circuit/expression.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { ProblemFiles } from '#shared/problems/view.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';

/** Checked against the member's `parameters`, defaults filled in. */
export type AnsatzSettings = Readonly<Record<string, unknown>>;

/** A family of circuits whose angles variational methods tune. One file and one line in the registry each. */
export interface Ansatz {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDescriptor[];
  /**
   * A circuit of gates alone on the Hamiltonian's qubits. Its open parameters, in radians, are what is
   * tuned; one with a value of its own starts there.
   */
  readonly circuit: (
    hamiltonian: Hamiltonian,
    settings: AnsatzSettings,
    files: ProblemFiles,
  ) => Circuit;
}

/** The circuit of operations that take a parameter of their own, θ_0, θ_1, …, with every call of `theta`. */
export function openCircuit(
  qubits: number,
  build: (theta: () => Expression) => readonly Operation[],
): Circuit {
  const names: string[] = [];
  const operations = build(() => {
    const name = `theta_${names.length}`;
    names.push(name);
    return parameterOf(name);
  });
  return {
    ...circuitOf(qubits, operations),
    parameters: names.map((name) => ({ name, value: null })),
  };
}

export const layers = (standard: number): ParameterDescriptor => ({
  kind: 'integer',
  id: 'layers',
  title: 'Layers',
  help: 'Repetitions of the block of gates. More layers reach more states and cost longer circuits.',
  default: standard,
  min: 1,
  max: 1000,
});
