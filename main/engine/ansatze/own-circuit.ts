import { AppError } from '#shared/base/errors.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import { readCircuit } from '#shared/problems/views/circuit.ts';
import type { Ansatz } from './ansatz.ts';

export const ownCircuit: Ansatz = {
  id: 'circuit',
  title: 'Own circuit',
  summary: 'An OpenQASM program of gates, whose open parameters are tuned.',
  parameters: [
    {
      kind: 'source',
      id: 'qasm',
      title: 'Program',
      help: 'The text of an OpenQASM program. An input with a value starts there.',
      default: null,
      language: 'openqasm',
    },
    {
      kind: 'file',
      id: 'file',
      title: 'File',
      help: 'A file with the program, in place of its text.',
      default: null,
      insteadOf: 'qasm',
    },
  ],
  circuit: ({ qubits }, settings, files) => {
    const source = settings as { readonly qasm?: string; readonly file?: string };
    const path = 'settings.ansatz';
    if (source.qasm === undefined && source.file === undefined) {
      throw new AppError(
        'bad-input',
        'The ansatz “circuit” expects “qasm” (the text of a program) or “file”.',
        { path: `${path}.qasm` },
      );
    }
    const circuit = readCircuit(source, files);
    const width = qubitCountOf(circuit);
    if (width !== qubits) {
      throw new AppError(
        'bad-input',
        `The ansatz has ${width} qubits, and the Hamiltonian ${qubits}; they must be as many.`,
        { path },
      );
    }
    const other = circuit.operations.find(({ kind }) => kind !== 'gate' && kind !== 'barrier');
    if (other === undefined) return circuit;
    throw new AppError(
      'bad-input',
      `An ansatz has gates alone; this one has “${other.kind}”. Leave it out: energies are measured after the circuit.`,
      { path },
    );
  },
};
