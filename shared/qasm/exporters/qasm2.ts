import { printCircuit } from '../print/circuit.ts';
import type { Exporter } from './exporter.ts';

export const qasm2Exporter: Exporter = {
  id: 'qasm2',
  title: 'OpenQASM 2',
  fileExtension: 'qasm',
  export: (circuit) => ({ text: printCircuit(circuit, 2), losses: [] }),
};
