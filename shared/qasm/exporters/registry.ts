import { braketExporter } from './braket.ts';
import { cirqExporter } from './cirq.ts';
import { cudaqExporter } from './cudaq.ts';
import type { Exporter } from './exporter.ts';
import { ionqNativeExporter } from './ionq-native.ts';
import { ionqExporter } from './ionq.ts';
import { jsonExporter } from './json.ts';
import { pdfExporter } from './pdf.ts';
import { pyquilExporter } from './pyquil.ts';
import { qasm2Exporter } from './qasm2.ts';
import { qasm3Exporter } from './qasm3.ts';
import { qiskitExporter } from './qiskit.ts';
import { qsharpExporter } from './qsharp.ts';
import { quantikzExporter } from './quantikz.ts';
import { quilExporter } from './quil.ts';
import { quirkExporter } from './quirk.ts';
import { svgExporter } from './svg.ts';

/** Every format that circuits can be written in, sorted by id. */
export const exporters: readonly Exporter[] = [
  braketExporter,
  cirqExporter,
  cudaqExporter,
  ionqExporter,
  ionqNativeExporter,
  jsonExporter,
  pdfExporter,
  pyquilExporter,
  qasm2Exporter,
  qasm3Exporter,
  qiskitExporter,
  qsharpExporter,
  quantikzExporter,
  quilExporter,
  quirkExporter,
  svgExporter,
];
