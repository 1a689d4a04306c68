import { z } from 'zod';
import { type CalibrationFormat, GateReadings, placeOf, type Readings } from './readings.ts';

const measured = z.object({ value: z.number() });
const fidelity = z.object({
  fidelityType: z.object({ name: z.string() }),
  fidelity: z.number(),
});

const onQubits = z.object({
  oneQubitProperties: z.record(
    z.string(),
    z.object({ T1: measured, T2: measured, oneQubitFidelity: z.array(fidelity) }),
  ),
  twoQubitProperties: z.record(
    z.string(),
    z.object({
      twoQubitGateFidelity: z.array(z.object({ gateName: z.string(), fidelity: z.number() })),
    }),
  ),
});

const schema = z.object({
  service: z.object({ updatedAt: z.string().optional() }),
  paradigm: z.object({ qubitCount: z.int() }),
  standardized: onQubits,
});

const gates: Readonly<Record<string, string>> = { cz: 'cz', iswap: 'iswap', cphaseshift: 'cp' };

/** Capabilities of a device of Amazon Braket with figures by qubit and pair: Rigetti's and IQM's. */
export const braketCapabilities: CalibrationFormat = {
  id: 'braket',
  title: 'Device capabilities of Amazon Braket (JSON)',
  summary:
    'GetDevice of Amazon Braket; its standardized properties of Rigetti’s and IQM’s machines.',
  read(_, json) {
    const parsed = schema.safeParse(json);
    return parsed.success ? readingsOf(parsed.data) : null;
  },
};

type Capabilities = z.infer<typeof schema>;

function readingsOf({ service, standardized }: Capabilities): Readings {
  const { oneQubitProperties, twoQubitProperties } = standardized;
  const labels = Object.keys(oneQubitProperties).map(Number);
  // IQM counts its qubits from 1. Rigetti's have a qubit 0, in use or not.
  const isFromOne = Object.values(oneQubitProperties).some(
    (one) => named(one, 'READOUT_ERROR_0_TO_1') !== null,
  );
  const qubit = (label: string): number => Number(label) - (isFromOne ? 1 : 0);
  const figure = (of: (one: OneQubit) => number | null): Map<string, number | null> =>
    new Map(
      labels.map((label) => [
        placeOf([qubit(String(label))]),
        of(oneQubitProperties[label] as OneQubit),
      ]),
    );
  const read = new GateReadings();
  for (const [label, one] of Object.entries(oneQubitProperties)) {
    const found =
      named(one, 'SIMULTANEOUS_RANDOMIZED_BENCHMARKING') ?? named(one, 'RANDOMIZED_BENCHMARKING');
    if (found !== null) read.error('rx', placeOf([qubit(label)]), 1 - found);
  }
  for (const [pair, { twoQubitGateFidelity }] of Object.entries(twoQubitProperties)) {
    for (const { gateName, fidelity: found } of twoQubitGateFidelity) {
      const gate = gates[gateName.toLowerCase()];
      if (gate !== undefined) read.error(gate, placeOf(pair.split('-').map(qubit)), 1 - found);
    }
  }
  const mean = (one: OneQubit): number | null => {
    const found = named(one, 'READOUT');
    return found === null ? null : 1 - found;
  };
  return {
    device: null,
    // Qubits out of use are not in it.
    qubits: null,
    calibratedAt: service.updatedAt ?? null,
    T1: figure((one) => one.T1.value),
    T2: figure((one) => one.T2.value),
    // These two are errors, although they stand under “fidelity”.
    read1Given0: figure((one) => named(one, 'READOUT_ERROR_0_TO_1') ?? mean(one)),
    read0Given1: figure((one) => named(one, 'READOUT_ERROR_1_TO_0') ?? mean(one)),
    gates: read.gates,
  };
}

type OneQubit = Capabilities['standardized']['oneQubitProperties'][string];

function named({ oneQubitFidelity }: OneQubit, name: string): number | null {
  return oneQubitFidelity.find(({ fidelityType }) => fidelityType.name === name)?.fidelity ?? null;
}
