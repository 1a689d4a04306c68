import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { currentDevices } from '#shared/devices/calibration/kept.ts';
import { type DeviceRecord, deviceNamed } from '#shared/devices/device.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import type { Stopped } from '#shared/results/fields.ts';
import { kindOf } from '#shared/problems/problem.ts';
import { type Algorithm, wayFor } from '../algorithms/algorithm.ts';
import type { Backend } from '../backends/backend.ts';
import { backendOf, machineFacts } from './backend.ts';
import type { LocalRequest } from '../backends/local.ts';
import { tallied } from './tally.ts';
import { Compiler } from '../lowering/compiled.ts';
import { kernelName } from '../kernels/workshop.ts';
import type { Members } from '../members.ts';
import { noiseOfDevice } from '../noise/device-model.ts';
import { countUsage, UsageCounter } from '../programs/count-usage.ts';
import { Finish, heedFinish } from '../programs/finish.ts';
import { nobody } from '../programs/nobody.ts';
import type { Program } from '../programs/program.ts';
import { nameStreams } from '../programs/streams.ts';
import { requireMemory } from '../simulators/memory.ts';
import { memoryForecast } from './memory-forecast.ts';
import { type PlannedRewrite, rewritesOf, untouched } from './plan.ts';
import type { JobFiles, JobRoom, PreparedJob } from './prepared.ts';
import type { JobOutcome } from '../programs/outcome.ts';
import { backendsOf, isHere } from './runs-here.ts';

/** The program of a checked spec, with its rewrites, and who answers it. */
export function prepareJob(
  builtIn: Members,
  spec: JobSpec,
  files: JobFiles,
  room: JobRoom,
): PreparedJob {
  const members = { ...builtIn, devices: currentDevices(builtIn.devices, room.calibrations ?? []) };
  const algorithm = members.algorithms.find(({ id }) => id === spec.algorithm) as Algorithm;
  const asks = algorithm.asks(spec.settings, members);
  const posed = { kind: kindOf(members.problems, spec.problem), problem: spec.problem, files };
  const needs = wayFor(algorithm, posed.kind).needs(posed, spec.settings);
  const names = asks.length === 0 ? [] : backendsOf(spec);
  const requests = names.flatMap((name) =>
    isHere(members, name)
      ? [localRequest(members, spec, { backend: name, qubits: needs.qubits ?? 0, room })]
      : [],
  );
  const memoryBytes = memoryForecast(needs, requests);
  const limit = spec.limits?.memoryBytes;
  if (limit !== undefined && memoryBytes > limit) {
    throw new AppError(
      'limit',
      `The job needs about ${memoryBytes} bytes of memory; limits.memoryBytes allows ${limit}.`,
      { neededBytes: memoryBytes, allowedBytes: limit },
    );
  }
  requireMemory(memoryBytes, room.freeBytes, `“${algorithm.title}” on this problem`);
  const backend = names.length === 0 ? null : backendOf(names, requests, { spec, room });
  const facts = backend?.facts ?? machineFacts(names);
  const counter = new UsageCounter();
  const finish = new Finish();
  const program = algorithm.run({
    ...posed,
    parts: members,
    learners: (id) => members.algorithms.find((one) => one.id === id)?.teaches ?? null,
    settings: spec.settings,
    seed: spec.seed,
    shots: spec.shots,
    answers: facts.answers,
    device: names.length === 1 ? (requests[0]?.device ?? null) : null,
    snapshot: room.snapshot,
    usage: () => counter.usage,
    finish,
  });
  // Several devices compile each for itself.
  const device = names.length === 1 ? (requests[0]?.device ?? null) : null;
  const compiler = device === null ? null : new Compiler(device, spec.seed);
  const rewrites = asks.length === 0 ? [] : rewritesOf(members, spec, facts, { asks, compiler });
  const told = new Set<string>();
  const rewritten = applied(nameStreams(heedFinish(program, finish)), rewrites, (rewrite) => ({
    facts,
    shots: spec.shots,
    rng: rngOf(spec.seed, ...rewrite.stream),
    noise: knownNoise(names, requests),
    freeBytes: room.freeBytes,
    warn: (warning) => told.add(warning),
  }));
  const idle = [...handedOver(room), ...untouched(members, spec, asks), ...unusedShots(spec, asks)];
  const warnings = (): string[] => [...idle, ...told, ...(backend?.warnings() ?? [])];
  return {
    program: tallied(
      countUsage(
        withFacts(rewritten, { warnings, compiler, stopped: () => stoppedOf(finish, spec, asks) }),
        counter,
        spec.shots,
      ),
      names.length > 1,
    ),
    answerer: asks.length === 0 ? nobody : backend,
    canPause: algorithm.canPause,
    canFinish: algorithm.canFinish === true,
    provenance: {
      data: Object.fromEntries([...files].map(([name, file]) => [name, { sha256: file.hash }])),
      ...provenanceOf(spec, backend, asks.length > 0),
      ...calibrationsOf(members.devices, spec, names),
      ...(rewrites.length === 0 ? {} : { rewrites: rewrites.map(({ name }) => name) }),
    },
    memoryBytes,
    usage: () => counter.usage,
  };
}

function applied<T>(
  program: Program<T>,
  rewrites: readonly PlannedRewrite[],
  contextOf: (rewrite: PlannedRewrite) => Parameters<PlannedRewrite['rewrite']>[1],
): Program<T> {
  return rewrites.reduce((inner, one) => one.rewrite(inner, contextOf(one)), program);
}

/** The program with what was told and compiled on the way beside its result. */
function* withFacts(
  program: Program<JobOutcome>,
  facts: {
    readonly warnings: () => readonly string[];
    readonly compiler: Compiler | null;
    readonly stopped: () => Stopped | null;
  },
): Program<JobOutcome> {
  const outcome = yield* program;
  const stopped = facts.stopped();
  const compiled = facts.compiler?.facts ?? null;
  return {
    ...outcome,
    ...(stopped === null ? {} : { result: { ...(outcome.result as object), stopped } }),
    warnings: [...outcome.warnings, ...facts.warnings()],
    ...(compiled === null ? {} : { provenance: { compiled } }),
  };
}

/** Why a run ended where it did, and the shots of its last evaluation; null where it ended by itself. */
function stoppedOf(finish: Finish, { shots }: JobSpec, asks: readonly unknown[]): Stopped | null {
  if (!finish.isAsked) return null;
  const isMeasured = shots !== null && asks.length > 0;
  return { reason: 'finish', shots: isMeasured ? finish.lastShots(shots) : null };
}

function handedOver({ begunBy = null, snapshot }: JobRoom): string[] {
  if (begunBy === null) return [];
  const from = snapshot === undefined ? 'the beginning' : 'its last snapshot';
  return [
    `The run was begun by Ketbench ${begunBy} and goes on from ${from} with this version, so its numbers are not those that either would have found alone.`,
  ];
}

function unusedShots({ shots, algorithm }: JobSpec, asks: readonly unknown[]): string[] {
  if (shots === null || asks.length > 0) return [];
  return [`“shots” has no effect: “${algorithm}” is classical and measures nothing.`];
}

/** How circuits are simulated here; a machine's own name says all there is of its method. */
function provenanceOf(
  spec: JobSpec,
  backend: Backend | null,
  isQuantum: boolean,
): Readonly<Record<string, unknown>> {
  const method = backend?.facts.method ?? null;
  if (method !== null) return { method, precision: 'f64', kernel: kernelName() };
  return isQuantum ? { device: spec.backend } : { kernel: kernelName() };
}

/** When the machines were calibrated whose noise is in the numbers. */
function calibrationsOf(
  devices: readonly DeviceRecord[],
  { noise }: JobSpec,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  const used = [
    ...names,
    ...(typeof noise === 'string' && names.length > 0 ? [noise] : []),
  ].flatMap((name) => deviceNamed(devices, name) ?? []);
  if (used.length === 0) return {};
  return { calibrations: Object.fromEntries(used.map((one) => [one.id, one.calibratedAt])) };
}

function localRequest(
  { devices, simulators }: Members,
  spec: JobSpec,
  {
    backend,
    qubits,
    room: { freeBytes },
  }: { readonly backend: string; readonly qubits: number; readonly room: JobRoom },
): LocalRequest {
  const { shots, targetError, seed } = spec;
  const device = deviceNamed(devices, backend);
  const noise = noiseOf(devices, spec);
  return { backend, simulators, noise, device, seed, qubits, shots, targetError, freeBytes };
}

/** The noise of the one backend here; what several, or machines elsewhere, do is not known from the spec. */
function knownNoise(
  names: readonly string[],
  requests: readonly LocalRequest[],
): ((wires?: readonly number[]) => NoiseModel) | null {
  const [only] = requests;
  if (names.length !== 1 || only === undefined) return null;
  const { device, noise } = only;
  if (device === null) return () => noise ?? { rules: [], readout: [] };
  return (wires) => noiseOfDevice(device, wires);
}

/** The spec's noise, written out or that of a named machine for circuits as they are written. */
function noiseOf(devices: Members['devices'], { noise }: JobSpec): NoiseModel | null {
  if (typeof noise !== 'string') return noise ?? null;
  const device = deviceNamed(devices, noise);
  return device === null ? null : noiseOfDevice(device);
}
