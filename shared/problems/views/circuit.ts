import { AppError } from '../../base/errors.ts';
import { type Circuit, qubitCountOf } from '../../circuit/circuit.ts';
import { parseDocument } from '../../qasm/document.ts';
import type { ProblemFiles, Seen, View } from '../view.ts';

/** A circuit with values for its parameters, and what is to be measured on it. */
export interface BoundCircuit {
  readonly circuit: Circuit;
  readonly qubits: number;
  /** One row of values for the circuit's parameters, in their order. */
  readonly bindings: Float64Array;
  /** As they were written: they are read where they are needed. */
  readonly observables: readonly string[];
}

export const circuitView: View<BoundCircuit> = { id: 'circuit', title: 'a circuit' };

interface Source {
  readonly qasm?: string | undefined;
  readonly file?: string | undefined;
  readonly inputs?: Readonly<Record<string, number>> | undefined;
  readonly observables?: readonly string[] | undefined;
}

/** The circuit of a text or a file; diagnostics go into the error. */
export function readCircuit(source: Pick<Source, 'qasm' | 'file'>, files: ProblemFiles): Circuit {
  const { circuit, diagnostics } = parseDocument(sourceOf(source, files), { lenient: true });
  if (circuit !== null) return circuit;
  const first = diagnostics.find(({ severity }) => severity === 'error');
  throw new AppError('bad-input', first?.message ?? 'The circuit has errors.', { diagnostics });
}

/** The circuit of a source, read and with its inputs bound. */
export function circuitOfSource(problem: Source, files: ProblemFiles): Seen<BoundCircuit> {
  const circuit = readCircuit(problem, files);
  const { inputs = {}, observables = [] } = problem;
  const bindings = Float64Array.from(circuit.parameters, ({ name, value }) => {
    const given = inputs[name] ?? value;
    if (given !== null) return given;
    throw new AppError(
      'bad-input',
      `Parameter “${name}” of the circuit has no value; give it in problem.inputs.`,
      { path: `problem.inputs.${name}` },
    );
  });
  const unknown = Object.keys(inputs).find(
    (name) => !circuit.parameters.some((one) => one.name === name),
  );
  if (unknown !== undefined) {
    throw new AppError('bad-input', `The circuit has no parameter “${unknown}”.`, {
      path: `problem.inputs.${unknown}`,
    });
  }
  return {
    value: { circuit, qubits: qubitCountOf(circuit), bindings, observables },
    warnings: [],
  };
}

function sourceOf({ qasm, file }: Source, files: ProblemFiles): string {
  if (qasm !== undefined || file === undefined) return qasm ?? '';
  const found = files.get(file);
  if (found?.kind === 'text') return found.text;
  throw new AppError('not-found', `There is no file “${file}”.`, { name: file });
}
