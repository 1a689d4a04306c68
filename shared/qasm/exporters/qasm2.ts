import { printCircuit } from '../print/circuit.ts';
import { type Exporter, Losses, withNotes } from './exporter.ts';
import { inOpenQasm2 } from './to-qasm2.ts';

export const qasm2Exporter: Exporter = {
  id: 'qasm2',
  title: 'OpenQASM 2',
  fileExtension: 'qasm',
  export: (circuit) => {
    const losses = new Losses();
    const text = printCircuit(
      inOpenQasm2(circuit, losses),
      2,
      ({ label }) => `// not expressed: ${label.replaceAll(/[\r\n]+/g, ' ')}`,
    );
    return { text: withNotes(text, losses, '//'), losses: losses.all };
  },
};
