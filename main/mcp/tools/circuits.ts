import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import { selectionLimitsSchema } from '#shared/devices/selection.ts';
import { simulationMethods } from '#shared/jobs/simulation.ts';
import { shotsSchema } from '#shared/jobs/sizes.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { defineTool } from '../tool.ts';

const source = z.string().max(2_000_000).describe('OpenQASM 2 or 3.');

/** As many entries of a table as an answer holds; the most probable come first. */
const mostEntries = 1000;

export const checkCircuit = defineTool({
  name: 'check_circuit',
  title: 'Check a circuit',
  description: 'All faults of an OpenQASM program, each with line, column and what to do.',
  scope: 'read',
  input: z.strictObject({ source }),
  async run({ source: text }) {
    const { diagnostics, language } = parseDocument(text);
    const ok = diagnostics.every(({ severity }) => severity !== 'error');
    return {
      result: { ok, language, diagnostics },
      format: 'Lines and UTF-16 columns count from 1.',
      next: ok ? ['simulate_circuit', 'estimate_circuit'] : [],
    };
  },
});

export const simulateCircuit = defineTool({
  name: 'simulate_circuit',
  title: 'Simulate a circuit',
  description:
    'Exact probabilities of a circuit without shots, counts with them, and expectations of observables such as "Z0*Z1 + 0.5*X2". For trainings and for noise use submit_job.',
  scope: 'read',
  input: z.strictObject({
    source,
    shots: shotsSchema.optional(),
    seed: z.int().gte(0).default(0),
    method: z.enum(simulationMethods).default('auto'),
    parameters: z.record(z.string(), z.unknown()).default({}),
    observables: z.array(z.string()).default([]),
  }),
  async run(input, context) {
    const { diagnostics } = parseDocument(input.source);
    const fault = diagnostics.find(({ severity }) => severity === 'error');
    if (fault !== undefined) {
      throw new AppError('bad-input', `${fault.message} check_circuit lists every fault.`, {
        diagnostics,
      });
    }
    const { probabilities, qubitProbabilities, counts, measured, ...rest } = await context.request(
      'circuit.simulate',
      { ...input, ...(input.shots === undefined ? {} : { probabilities: false }) },
    );
    const tables = { probabilities, qubitProbabilities, counts };
    const whole = Object.entries(tables).flatMap(([name, table]) =>
      table === undefined || table === null ? [] : [[name, topOf(table), countOf(table)] as const],
    );
    return {
      result: {
        ...rest,
        ...Object.fromEntries(whole.map(([name, table]) => [name, table])),
        seconds: measured.seconds,
      },
      uncertainty:
        input.shots === undefined
          ? { kind: 'exact', note: `Method ${rest.method}: ${rest.methodReason}` }
          : {
              kind: 'statistical',
              note: `A share p of ${input.shots} shots has a standard error of √(p(1 − p)/${input.shots}).`,
            },
      format: 'Bit 0 of the first register is rightmost.',
      limits: [
        ...rest.warnings,
        ...whole
          .filter(([, , count]) => count > mostEntries)
          .map(
            ([name, , count]) => `${name} holds the ${mostEntries} largest of ${count} entries.`,
          ),
      ],
      next: ['submit_job', 'estimate_circuit'],
    };
  },
});

function countOf(table: Readonly<Record<string, number>>): number {
  return Object.keys(table).length;
}

function topOf(table: Readonly<Record<string, number>>): Record<string, number> {
  const entries = Object.entries(table);
  if (entries.length <= mostEntries) return table;
  return Object.fromEntries(entries.toSorted((a, b) => b[1] - a[1]).slice(0, mostEntries));
}

export const listDevices = defineTool({
  name: 'list_devices',
  title: 'List devices',
  description:
    'Simulators, device models and vendors’ machines with qubits, queue and error rates. live: true asks the vendors.',
  scope: 'read',
  input: z.strictObject({ live: z.boolean().default(false) }),
  async run(input, context) {
    const devices = await context.request('devices.list', input);
    return {
      result: devices.map(({ edges, nativeGates: _gates, times: _times, ...device }) => ({
        ...device,
        couplings: edges === null ? 'all-to-all' : edges.length,
      })),
      uncertainty: { kind: 'unknown', note: 'Error rates are the vendor’s, as of calibratedAt.' },
      format: 'queueSeconds in seconds; error rates as probabilities.',
      limits: input.live ? [] : ['As last known here; live: true asks the vendors.'],
      next: ['estimate_circuit', 'check_job'],
    };
  },
});

export const estimateCircuit = defineTool({
  name: 'estimate_circuit',
  title: 'Estimate a circuit on a device',
  description:
    'Cost, waiting time, running time and fidelity of one circuit on one device, and what stands in its way. Sends nothing.',
  scope: 'read',
  input: z.strictObject({ deviceId: z.string(), source, shots: shotsSchema }),
  async run(input, context) {
    const estimate = await context.request('devices.estimate', input);
    const { cost, queueSeconds, executionSeconds } = estimate;
    const about = (seconds: number | null): [number, number] | null =>
      seconds === null ? null : [seconds / 2, seconds * 2];
    return {
      result: estimate,
      uncertainty: { kind: 'unknown', note: estimate.costBasis },
      latency: {
        queueSeconds: about(queueSeconds),
        runSeconds: about(executionSeconds),
        note: 'Estimates, within a factor of two either way; queues may be longer.',
      },
      toCome: cost === null ? null : [cost, cost],
      format: 'USD and seconds; null where nobody knows.',
      limits: estimate.obstacles,
      next: ['submit_job'],
    };
  },
});

export const selectDevice = defineTool({
  name: 'select_device',
  title: 'Choose a machine for a circuit',
  description:
    'Compiles a circuit for every machine that is known and ranks them by its fidelity there, cost and time, within limits; each says why it stands where it does. Sends nothing.',
  scope: 'read',
  input: selectionLimitsSchema.extend({ source, shots: shotsSchema }).strict(),
  async run(input, context) {
    const selection = await context.request('devices.select', input);
    const chosen = selection.ranking.find(({ id }) => id === selection.choice);
    const [seconds, cost] = [chosen?.seconds ?? null, chosen?.cost ?? null];
    return {
      result: selection,
      uncertainty: {
        kind: 'unknown',
        note: 'Fidelities follow from published errors, as if errors were independent and the calibration of today.',
      },
      latency: {
        queueSeconds: null,
        runSeconds: seconds === null ? null : [seconds / 2, seconds * 2],
        note: 'Of the machine that is chosen; queues only as far as its vendor says.',
      },
      toCome: cost === null ? null : [cost, cost],
      format: 'USD and seconds; null where nobody knows.',
      limits: selection.choice === null ? ['No machine can take it within these limits.'] : [],
      next: ['estimate_circuit', 'submit_job'],
    };
  },
});
