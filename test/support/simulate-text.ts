import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SimulationResult, simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';

/** A file of test/fixtures/real-use. */
export function realUse(name: string): string {
  return readFileSync(join(import.meta.dirname, '../fixtures/real-use', name), 'utf8');
}

/** Simulates a program of either language as the command line does. */
export function simulateText(
  source: string,
  request: Readonly<Record<string, unknown>> = {},
): SimulationResult {
  const parsed = simulationRequestSchema.parse({ source, ...request });
  return simulateSource(parsed, { freeBytes: 2 ** 30, now: () => 0 });
}

/** Exact probabilities of the outcomes; those below 1e-15 may be missing. */
export function probabilitiesOf(source: string): Readonly<Record<string, number>> {
  return simulateText(source).probabilities ?? {};
}

/** The program in another format, as `convert` writes it. */
export function convertedTo(format: string, source: string): string {
  const { circuit, diagnostics } = parseDocument(source);
  if (circuit === null) throw new Error(JSON.stringify(diagnostics));
  const exporter = exporters.find(({ id }) => id === format);
  if (exporter === undefined) throw new Error(`no exporter ${format}`);
  return exporter.export(circuit).text;
}

/** The faults of a text as “line:column code”. */
export function faultsOf(source: string): string[] {
  return parseDocument(source)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ line, column, code }) => `${line}:${column} ${code}`);
}
