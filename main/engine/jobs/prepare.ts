import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import type { Algorithm } from '../algorithms/algorithm.ts';
import { algorithmById } from '../algorithms/registry.ts';
import type { GradientMethod } from '../gradients/gradient-method.ts';
import { gradientMethodById } from '../gradients/registry.ts';
import { kernelName } from '../kernels/workshop.ts';
import { techniqueById } from '../mitigation/registry.ts';
import type { Technique } from '../mitigation/technique.ts';
import { type DeviceModel, noiseOfDevice } from '../noise/device-model.ts';
import { deviceModelNamed } from '../noise/devices/registry.ts';
import { countUsage, UsageCounter } from '../programs/count-usage.ts';
import { LocalAnswerer } from '../programs/local-answerer.ts';
import type { Program } from '../programs/program.ts';
import { requireMemory } from '../simulators/memory.ts';
import { memoryForecast, runsHere } from './memory-forecast.ts';
import type { JobFiles, JobOutcome, PreparedJob } from './prepared.ts';

/** The program of a checked spec, wrapped by what its backend and mitigation need, and its answerer. */
export function prepareJob(spec: JobSpec, files: JobFiles, freeBytes: number): PreparedJob {
  const algorithm = algorithmById(spec.algorithm) as Algorithm;
  const noise = noiseOf(spec);
  const memoryBytes = memoryForecast(spec, files, noise !== null);
  const limit = spec.limits?.memoryBytes;
  if (limit !== undefined && memoryBytes > limit) {
    throw new AppError(
      'limit',
      `The job needs about ${memoryBytes} bytes of memory; limits.memoryBytes allows ${limit}.`,
      { neededBytes: memoryBytes, allowedBytes: limit },
    );
  }
  requireMemory(memoryBytes, freeBytes, `“${algorithm.title}” on this problem`);
  const counter = new UsageCounter();
  const program = algorithm.run({
    problem: spec.problem,
    files,
    settings: spec.settings,
    seed: spec.seed,
    shots: spec.shots,
    usage: () => counter.usage,
  });
  const told = new Set<string>();
  const rewritten = wrapped(program, spec, noise, (warning) => told.add(warning));
  const answerer = new LocalAnswerer({
    noise,
    shots: spec.shots,
    targetError: spec.targetError,
    freeBytes,
  });
  const warnings = (): string[] => [...told, ...(runsHere(spec) ? answerer.unused() : [])];
  return {
    program: countUsage(withWarnings(rewritten, warnings), counter, spec.shots),
    answerer,
    canPause: algorithm.canPause,
    provenance: {
      data: Object.fromEntries([...files].map(([name, file]) => [name, { sha256: file.hash }])),
      ...(runsHere(spec) ? localMethod(noise) : { device: spec.backend }),
    },
    memoryBytes,
  };
}

/** The program with what was told on the way among its warnings. */
function* withWarnings(
  program: Program<JobOutcome>,
  warnings: () => readonly string[],
): Program<JobOutcome> {
  const outcome = yield* program;
  return { ...outcome, warnings: [...outcome.warnings, ...warnings()] };
}

/** How circuits are simulated here; a machine's own name says all there is of its method. */
function localMethod(noise: NoiseModel | null): Readonly<Record<string, string>> {
  const method = noise === null || noise.rules.length === 0 ? 'statevector' : 'density';
  return { method, precision: 'f64', kernel: kernelName() };
}

/** Gradients become expectations wherever the adjoint sweep cannot answer them. */
function wrapped(
  program: Program<JobOutcome>,
  spec: JobSpec,
  noise: NoiseModel | null,
  warn: (warning: string) => void,
): Program<JobOutcome> {
  const method = gradientMethodOf(spec, noise);
  const lowered = method.lower?.(program, rngOf(spec.seed, 402)) ?? program;
  return spec.mitigation.reduce((inner, { technique: id, ...settings }, k) => {
    const technique = techniqueById(id) as Technique;
    return technique.wrap(inner, settings, { rng: rngOf(spec.seed, 401, k), warn });
  }, lowered);
}

/** The asked method; else the adjoint sweep where the state is at hand, else shifted angles. */
function gradientMethodOf(spec: JobSpec, noise: NoiseModel | null): GradientMethod {
  const isPlain =
    noise === null &&
    spec.shots === null &&
    spec.mitigation.length === 0 &&
    spec.backend === 'simulator';
  if (spec.gradient === 'adjoint' && !isPlain) {
    throw new AppError(
      'bad-input',
      'The gradient “adjoint” needs the exact state: no shots, no noise, no mitigation and the backend “simulator”. Choose “parameter-shift” or leave “gradient” out.',
      { path: 'gradient' },
    );
  }
  const id = spec.gradient ?? (isPlain ? 'adjoint' : 'parameter-shift');
  return gradientMethodById(id) as GradientMethod;
}

/** The spec's noise: written out, that of a named device model, or that of a device-model backend. */
function noiseOf(spec: JobSpec): NoiseModel | null {
  if (typeof spec.noise === 'string')
    return noiseOfDevice(deviceModelNamed(spec.noise) as DeviceModel);
  if (spec.noise !== undefined) return spec.noise;
  const model = typeof spec.backend === 'string' ? deviceModelNamed(spec.backend) : null;
  return model === null ? null : noiseOfDevice(model);
}
