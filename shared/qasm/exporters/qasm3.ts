import { printCircuit3 } from '../print/circuit3.ts';
import { inNames3 } from '../print/names-for.ts';
import { type Exporter, Losses, withNotes } from './exporter.ts';

export const qasm3Exporter: Exporter = {
  id: 'qasm3',
  title: 'OpenQASM 3',
  fileExtension: 'qasm',
  export: (circuit) => {
    const losses = new Losses();
    const text = printCircuit3(inNames3(circuit, losses), ({ label, isInert }) => {
      const why =
        isInert === true
          ? 'its duration is not part of the circuit'
          : 'it is not part of the circuit';
      losses.add(`“${label}”`, why);
      return `// left out: ${label} (${why})`;
    });
    return { text: withNotes(text, losses, '//'), losses: losses.all };
  },
};
