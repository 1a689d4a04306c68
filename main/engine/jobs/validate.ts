import { deviceNamed, deviceRecords } from '#shared/devices/registry.ts';
import { failure, type Result, success } from '#shared/base/result.ts';
import { objectSchemaOf } from '#shared/catalog/schema.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { type JobSpec, jobSpecSchema } from '#shared/jobs/job.ts';
import { faultsOf, problemKindById, problemSchema } from '#shared/problems/problem.ts';
import { kindsTaken } from '../algorithms/algorithm.ts';
import { algorithmById, algorithms } from '../algorithms/registry.ts';
import { ansatzById } from '../ansatze/registry.ts';
import { gradientMethodById, gradientMethods } from '../gradients/registry.ts';
import { featureMapById } from '../learning/feature-maps.ts';
import { techniqueById, techniques } from '../mitigation/registry.ts';
import { noiseFaults } from '../noise/faults.ts';

import { optimizerById } from '../optimizers/registry.ts';
import { idleParts } from './plan.ts';
import type { SpecProblem } from './prepared.ts';
import { runsHere } from './runs-here.ts';

/** Parameters of a member that another member's settings name. */
export function memberParameters(
  registry: string,
  id: string,
): readonly ParameterDescriptor[] | null {
  switch (registry) {
    case 'ansatz':
      return ansatzById(id)?.parameters ?? null;
    case 'optimizer':
      return optimizerById(id)?.parameters ?? null;
    case 'feature-map':
      return featureMapById(id)?.parameters ?? null;
    default:
      return null;
  }
}

/** Every error of a spec at once, or the spec with all defaults filled in. */
export function validateSpec(input: unknown): Result<JobSpec, readonly SpecProblem[]> {
  const parsed = jobSpecSchema.safeParse(input);
  const problems: SpecProblem[] = parsed.success ? [] : parsed.error.issues.map(toProblem([]));
  const raw = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const problem = problemSchema.safeParse(raw['problem']);
  if (problem.success) {
    const faults = faultsOf(problem.data);
    problems.push(...faults.map(({ path, message }) => ({ path: `problem.${path}`, message })));
  }
  const settings = checkSettings(raw, problems);
  const mitigation = checkMitigation(raw['mitigation'], problems);
  if (typeof raw['noise'] === 'string' && deviceNamed(raw['noise']) === null) {
    const known = deviceRecords.map(({ id }) => id).join(', ');
    problems.push({
      path: 'noise',
      message: `There is no device model “${raw['noise']}”; there are ${known}.`,
    });
  }
  if (parsed.success && typeof parsed.data.noise === 'object') {
    const faults = noiseFaults(parsed.data.noise);
    problems.push(...faults.map(({ path, message }) => ({ path: `noise.${path}`, message })));
  }
  if (raw['targetError'] !== undefined && typeof raw['shots'] !== 'number') {
    problems.push({
      path: 'targetError',
      message: 'A target error needs “shots”, the most that may be taken.',
    });
  }
  if (raw['targetError'] !== undefined && parsed.success && !runsHere(parsed.data)) {
    problems.push({
      path: 'targetError',
      message: 'A target error is for simulations; a machine runs the shots that it is given.',
    });
  }
  if (typeof raw['gradient'] === 'string' && gradientMethodById(raw['gradient']) === null) {
    const known = gradientMethods.map(({ id }) => id).join(', ');
    problems.push({
      path: 'gradient',
      message: `There is no gradient method “${raw['gradient']}”; there are ${known}.`,
    });
  }
  if (problems.length > 0 || !parsed.success) return failure(problems);
  const algorithm = algorithmById(parsed.data.algorithm);
  const idle =
    algorithm === null ? [] : idleParts({ ...parsed.data, mitigation }, algorithm, settings);
  if (idle.length > 0) return failure(idle);
  return success({ ...parsed.data, settings, mitigation });
}

function toProblem(prefix: readonly PropertyKey[]) {
  return (issue: {
    readonly path: readonly PropertyKey[];
    readonly message: string;
  }): SpecProblem => ({
    path: pathOf([...prefix, ...issue.path]),
    message: issue.message,
  });
}

/** "mitigation[0].scaleFactors" */
function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number'
        ? `${text}[${part}]`
        : text === ''
          ? String(part)
          : `${text}.${String(part)}`,
    '',
  );
}

function checkSettings(
  raw: Record<string, unknown>,
  problems: SpecProblem[],
): Record<string, unknown> {
  const id = raw['algorithm'];
  if (typeof id !== 'string') return {};
  const algorithm = algorithmById(id);
  if (algorithm === null) {
    const known = algorithms.map((one) => one.id).join(', ');
    problems.push({
      path: 'algorithm',
      message: `There is no algorithm “${id}”; there are ${known}.`,
    });
    return {};
  }
  const kind = (raw['problem'] as { kind?: unknown } | undefined)?.kind;
  const taken = kindsTaken(algorithm).map((one) => one.kind);
  // A kind that there is not has been told by the schema.
  if (typeof kind === 'string' && problemKindById(kind) !== null && !taken.includes(kind)) {
    problems.push({
      path: 'problem.kind',
      message: `“${id}” solves ${taken.join(', ')} problems, not “${kind}”.`,
    });
  }
  const checked = objectSchemaOf(algorithm.parameters, memberParameters).safeParse(
    raw['settings'] ?? {},
  );
  if (checked.success) {
    const fault = algorithm.fault?.(checked.data) ?? null;
    if (fault !== null) problems.push({ path: `settings.${fault.path}`, message: fault.message });
    return checked.data;
  }
  problems.push(...checked.error.issues.map(toProblem(['settings'])));
  return {};
}

function checkMitigation(raw: unknown, problems: SpecProblem[]): JobSpec['mitigation'] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((entry: unknown, k) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { technique: id, ...settings } = entry as Record<string, unknown>;
    if (typeof id !== 'string') return [];
    const technique = techniqueById(id);
    if (technique === null) {
      const known = techniques.map((one) => one.id).join(', ');
      problems.push({
        path: `mitigation[${k}].technique`,
        message: `There is no technique “${id}”; there are ${known}.`,
      });
      return [];
    }
    const checked = objectSchemaOf(technique.parameters, memberParameters).safeParse(settings);
    const fault = checked.success ? technique.fault(checked.data) : null;
    if (fault !== null)
      problems.push({ path: `mitigation[${k}].${fault.path}`, message: fault.message });
    if (checked.success) return [{ technique: id, ...checked.data }];
    problems.push(...checked.error.issues.map(toProblem(['mitigation', k])));
    return [];
  });
}
