import { braketExporter } from './braket.ts';
import { cirqExporter } from './cirq.ts';
import type { Exporter } from './exporter.ts';
import { jsonExporter } from './json.ts';
import { qasm2Exporter } from './qasm2.ts';
import { qasm3Exporter } from './qasm3.ts';
import { qiskitExporter } from './qiskit.ts';
import { quantikzExporter } from './quantikz.ts';
import { quilExporter } from './quil.ts';
import { svgExporter } from './svg.ts';

/** Every format that circuits can be written in, sorted by id. */
export const exporters: readonly Exporter[] = [
  braketExporter,
  cirqExporter,
  jsonExporter,
  qasm2Exporter,
  qasm3Exporter,
  qiskitExporter,
  quantikzExporter,
  quilExporter,
  svgExporter,
];
