import { z } from 'zod';
import { type CalibrationFormat, GateReadings, placeOf, type Readings } from './readings.ts';

const characteristic = z.object({
  name: z.string(),
  value: z.number(),
  node_ids: z.array(z.int().gte(0)).nullish(),
  timestamp: z.string().optional(),
});
const site = z.object({
  node_ids: z.array(z.int().gte(0)).min(1),
  characteristics: z.array(characteristic),
});
const operation = z.object({ name: z.string(), sites: z.array(site) });

const schema = z.object({
  name: z.string(),
  architecture: z.object({ nodes: z.array(z.object({ node_id: z.int().gte(0) })) }),
  instructions: z.array(operation),
  benchmarks: z.array(operation),
});

const fidelities: Readonly<Record<string, string>> = { CZ: 'cz', ISWAP: 'iswap', CPHASE: 'cp' };

/** The instruction set architecture of Rigetti's service, also inside Braket's capabilities. */
export const rigettiIsa: CalibrationFormat = {
  id: 'rigetti-isa',
  title: 'Rigetti instruction set architecture (JSON)',
  summary: 'GET /v1/quantumProcessors/{id}/instructionSetArchitecture of Rigetti QCS.',
  read(_, json) {
    const parsed = schema.safeParse(json);
    return parsed.success ? readingsOf(parsed.data) : null;
  },
};

type Isa = z.infer<typeof schema>;

function readingsOf({ name, instructions, benchmarks }: Isa): Readings {
  const all = [...instructions, ...benchmarks].flatMap(({ name: of, sites }) =>
    sites.flatMap(({ node_ids, characteristics }) =>
      characteristics.map((one) => ({ of, nodes: one.node_ids ?? node_ids, ...one })),
    ),
  );
  const by = (wanted: string, value: (x: number) => number): Map<string, number | null> =>
    new Map(
      all.filter((one) => one.name === wanted).map((one) => [placeOf(one.nodes), value(one.value)]),
    );
  const read = new GateReadings();
  for (const { of, name: measured, nodes, value } of all) {
    // Turns are as good as they are with all qubits driven at once, which is how circuits run.
    if (of === 'randomized_benchmark_simultaneous_1q') read.error('rx', placeOf(nodes), 1 - value);
    const gate = fidelities[of];
    if (gate !== undefined && measured === `f${of}`) read.error(gate, placeOf(nodes), 1 - value);
  }
  const readout = by('fRO', (x) => 1 - x);
  const dates = all.flatMap(({ timestamp }) => timestamp ?? []).toSorted();
  return {
    device: name,
    // Qubits out of use are not in it.
    qubits: null,
    calibratedAt: dates.at(-1) ?? null,
    T1: by('T1', (x) => x),
    T2: by('T2', (x) => x),
    read1Given0: readout,
    read0Given1: readout,
    gates: read.gates,
  };
}
