import { type MitigateRequest, mitigateRequestSchema } from '#shared/jobs/mitigate.ts';
import {
  type MitigatedCounts,
  type MitigatedPoints,
  mitigateCounts,
  mitigatePoints,
} from '#engine/mitigation/elsewhere.ts';
import { badInput } from '../../ipc/call.ts';
import type { Command } from '../command.ts';
import { readJson } from '../input.ts';
import { formatTable, shortNumber } from '../output.ts';

/** `ketbench mitigate FILE.json`: results measured elsewhere with their noise taken out. */
export const command: Command = {
  usage: 'mitigate FILE.json',
  summary: 'Mitigate errors in results that were measured elsewhere.',
  help: `FILE.json holds counts with the readout errors of their qubits,
  {"technique": "readout", "method": "inverse|nearest|matrix-free|bayesian", "counts": {"00": 480, …},
   "readout": [{"qubit": 0, "p_read1_given0": 0.02, "p_read0_given1": 0.05}, …], "observables": ["Z0*Z1"]},
or values at several strengths of the noise,
  {"technique": "zne", "points": [{"scale": 1, "value": 0.8, "stderr": 0.01}, …],
   "extrapolation": "linear|quadratic|richardson|exponential|poly-exponential|adaptive", "order", "asymptote"}.
What cannot be trusted is refused, and a better way is named.`,
  arguments: [1, 1],
  options: {},
  async run(invocation) {
    const file = invocation.positionals[0] ?? '-';
    const parsed = mitigateRequestSchema.safeParse(readJson(file));
    if (!parsed.success) throw badInput(file, parsed.error);
    const [found, text] = mitigated(parsed.data);
    if (!invocation.json) {
      for (const warning of found.warnings) process.stderr.write(`warning: ${warning}\n`);
    }
    invocation.print(found, text);
    return Promise.resolve(0);
  },
};

function mitigated(
  request: MitigateRequest,
): readonly [MitigatedCounts | MitigatedPoints, () => string] {
  if (request.technique === 'readout') {
    const found = mitigateCounts(request);
    return [found, () => spokenCounts(found)];
  }
  const found = mitigatePoints(request);
  return [found, () => spokenPoints(found)];
}

function spokenPoints({ value, stderr }: MitigatedPoints): string {
  return stderr === null ? shortNumber(value) : `${shortNumber(value)} ± ${shortNumber(stderr)}`;
}

function spokenCounts({
  method,
  quasi,
  nearest,
  expectations = [],
  overhead,
}: MitigatedCounts): string {
  const rows = Object.entries(quasi).map(([bits, p]) => [
    bits,
    shortNumber(p),
    shortNumber(nearest[bits] ?? 0),
  ]);
  const values = expectations.map(
    ({ observable, value, stderr }) =>
      `${observable} = ${shortNumber(value)} ± ${shortNumber(stderr)}`,
  );
  return [
    formatTable([['outcome', method, 'nearest'], ...rows]),
    ...values,
    `The same error needs ${shortNumber(overhead)} times the shots.`,
  ].join('\n');
}
