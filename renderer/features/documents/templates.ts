/** A program to begin with. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n\n';

/** What a new circuit can begin as, the simplest first. */
export const templates: readonly Template[] = [
  {
    id: 'empty',
    title: 'Empty circuit',
    summary: 'Three qubits and three bits',
    text: `${head}qubit[3] q;\nbit[3] c;\n`,
  },
  {
    id: 'measured',
    title: 'Prepare and measure',
    summary: 'A place for gates, then all qubits are measured',
    text: `${head}qubit[2] q;\nbit[2] c;\n\nh q[0];\ncx q[0], q[1];\n\nc = measure q;\n`,
  },
  {
    id: 'parametrised',
    title: 'Parametrised ansatz',
    summary: 'Named angles with sliders',
    text: `${head}input float theta;\ninput float phi;\n\nqubit[2] q;\n\nry(theta) q[0];\nry(phi) q[1];\ncx q[0], q[1];\n`,
  },
  {
    id: 'dynamic',
    title: 'Dynamic circuit',
    summary: 'Measure in the middle and act on the outcome',
    text: `${head}qubit[2] q;\nbit[1] c;\n\nh q[0];\nc[0] = measure q[0];\nif (c[0]) {\n  x q[1];\n} else {\n  h q[1];\n}\n`,
  },
  {
    id: 'qasm2',
    title: 'OpenQASM 2',
    summary: 'For tools that read the older language only',
    text: 'OPENQASM 2.0;\ninclude "qelib1.inc";\n\nqreg q[2];\ncreg c[2];\n',
  },
];
