import { AppError } from '#shared/base/errors.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import type { AlgorithmInput } from './algorithm.ts';

export interface CircuitInput {
  readonly circuit: Circuit;
  readonly qubits: number;
  /** One row of values for the circuit's parameters. */
  readonly bindings: Float64Array;
  readonly observables: readonly string[];
}

/** The circuit of a `circuit` problem, read and with its inputs bound; diagnostics go into the error. */
export function circuitInput(input: Pick<AlgorithmInput, 'problem' | 'files'>): CircuitInput {
  const { problem } = input;
  if (problem.kind !== 'circuit')
    throw new AppError('bad-input', `Expected a circuit, got a “${problem.kind}” problem.`);
  const document = parseDocument(sourceOf(problem, input.files), { lenient: true });
  const { circuit } = document;
  if (circuit === null) {
    const first = document.diagnostics.find(({ severity }) => severity === 'error');
    throw new AppError('bad-input', first?.message ?? 'The circuit has errors.', {
      diagnostics: document.diagnostics,
    });
  }
  const bindings = Float64Array.from(circuit.parameters, ({ name, value }) => {
    const given = problem.inputs?.[name] ?? value;
    if (given === null) {
      throw new AppError(
        'bad-input',
        `Parameter “${name}” of the circuit has no value; give it in problem.inputs.`,
        { path: `problem.inputs.${name}` },
      );
    }
    return given;
  });
  const unknown = Object.keys(problem.inputs ?? {}).find(
    (name) => !circuit.parameters.some((one) => one.name === name),
  );
  if (unknown !== undefined) {
    throw new AppError('bad-input', `The circuit has no parameter “${unknown}”.`, {
      path: `problem.inputs.${unknown}`,
    });
  }
  return {
    circuit,
    qubits: qubitCountOf(circuit),
    bindings,
    observables: problem.observables ?? [],
  };
}

function sourceOf(
  problem: { readonly qasm?: string | undefined; readonly file?: string | undefined },
  files: AlgorithmInput['files'],
): string {
  if (problem.qasm !== undefined) return problem.qasm;
  if (problem.file === undefined)
    throw new AppError('bad-input', 'A circuit problem needs “qasm” (the text) or “file”.', {
      path: 'problem',
    });
  const file = files.get(problem.file);
  if (file?.kind !== 'text')
    throw new AppError('not-found', `There is no file “${problem.file}”.`, { name: problem.file });
  return file.text;
}

/** Observables of the problem, each checked; at least one is needed. */
export function parsedObservables(input: CircuitInput) {
  if (input.observables.length === 0) {
    throw new AppError(
      'bad-input',
      'Expectations need at least one observable in problem.observables, such as "Z0*Z1".',
      { path: 'problem.observables' },
    );
  }
  return input.observables.map((text) => parseObservable(text, input.qubits));
}
