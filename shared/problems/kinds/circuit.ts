import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import { defineProblem } from '../problem-kind.ts';
import { offer } from '../view.ts';
import { circuitOfSource, circuitView } from '../views/circuit.ts';

const fields = [
  {
    kind: 'source',
    id: 'qasm',
    title: 'Program',
    help: 'The text of an OpenQASM program.',
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
  {
    kind: 'named-numbers',
    id: 'inputs',
    title: 'Parameters',
    help: 'Values of the program’s parameters by name; angles in radians.',
    default: null,
  },
  {
    kind: 'texts',
    id: 'observables',
    title: 'Observables',
    help: 'What expectation values are taken of, such as 0.5*Z0*Z1 - X2, or letters with the highest qubit first.',
    default: null,
  },
] as const satisfies readonly ParameterDescriptor[];

export const circuit = defineProblem({
  kind: 'circuit',
  title: 'Circuit',
  summary: 'An OpenQASM program whose outcomes are sampled or whose observables are measured.',
  fields,
  faults: ({ qasm, file }) =>
    qasm === undefined && file === undefined
      ? [
          {
            path: 'qasm',
            message: 'is missing: “qasm” (the text of a program) or “file” is expected',
          },
        ]
      : [],
  views: [offer(circuitView, circuitOfSource)],
  example: {
    problem: {
      qasm: 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nx q[0];\ncx q[0], q[1];\nc = measure q;\n',
      observables: ['Z0*Z1'],
    },
    answers: { counts: 1, expectations: 1 },
  },
});
