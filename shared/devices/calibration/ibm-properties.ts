import { z } from 'zod';
import {
  type CalibrationFormat,
  GateReadings,
  middleOf,
  placeOf,
  type Readings,
} from './readings.ts';

const parameter = z.object({ name: z.string(), unit: z.string().default(''), value: z.number() });

const schema = z.object({
  backend_name: z.string(),
  last_update_date: z.string(),
  qubits: z.array(z.array(parameter)).min(1),
  gates: z.array(
    z.object({
      gate: z.string(),
      qubits: z.array(z.int().gte(0)).min(1),
      parameters: z.array(parameter),
    }),
  ),
});

const seconds: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** What is no gate of a circuit although it is listed as one. */
const others = new Set(['reset', 'measure', 'measure_2', 'delay']);

/** `properties` of a backend as Qiskit and IBM's service write them. */
export const ibmProperties: CalibrationFormat = {
  id: 'ibm-properties',
  title: 'IBM backend properties (JSON)',
  summary:
    'GET /backends/{name}/properties of the IBM Quantum service; BackendProperties of Qiskit.',
  read(_, json) {
    const parsed = schema.safeParse(json);
    return parsed.success ? readingsOf(parsed.data) : null;
  },
};

type Properties = z.infer<typeof schema>;

function readingsOf({ backend_name, last_update_date, qubits, gates }: Properties): Readings {
  const figure = (name: string): Map<string, number | null> =>
    new Map(qubits.map((one, qubit) => [String(qubit), valueOf(one, name)]));
  const readout = figure('readout_error');
  const either = (name: string): Map<string, number | null> =>
    new Map(Array.from(figure(name), ([place, one]) => [place, one ?? readout.get(place) ?? null]));
  const length = middleOf(figure('readout_length').values());
  const read = new GateReadings();
  for (const { gate, qubits: on, parameters } of gates) {
    if (others.has(gate)) continue;
    const place = placeOf(on);
    const [error, duration] = [
      valueOf(parameters, 'gate_error'),
      valueOf(parameters, 'gate_length'),
    ];
    if (error !== null) read.error(gate, place, error);
    if (duration !== null) read.duration(gate, place, duration);
  }
  return {
    device: backend_name,
    qubits: qubits.length,
    calibratedAt: last_update_date,
    T1: figure('T1'),
    T2: figure('T2'),
    read1Given0: either('prob_meas1_prep0'),
    read0Given1: either('prob_meas0_prep1'),
    ...(length === null ? {} : { readoutDuration: length }),
    gates: read.gates,
  };
}

/** In seconds where it has a unit of time; null where it is not there. */
function valueOf(parameters: readonly z.infer<typeof parameter>[], name: string): number | null {
  const found = parameters.find((one) => one.name === name);
  return found === undefined ? null : found.value * (seconds[found.unit] ?? 1);
}
