import { deviceNamed } from '#shared/devices/device.ts';
import { failure, type Result, success } from '#shared/base/result.ts';
import { type MemberLookup, objectSchemaOf } from '#shared/catalog/schema.ts';
import type { JobSpec, jobSpecSchemaFor } from '#shared/jobs/job.ts';
import { kindOf } from '#shared/problems/problem.ts';
import { kindsTaken } from '../algorithms/algorithm.ts';
import type { Members } from '../members.ts';
import { noiseFaults } from '../noise/faults.ts';
import { idleParts } from './plan.ts';
import type { SpecProblem } from './prepared.ts';
import { runsHere } from './runs-here.ts';

/** Parameters of a member that another member's settings name. */
export function memberParameters({ ansatze, featureMaps, optimizers }: Members): MemberLookup {
  const registries = { ansatz: ansatze, 'feature-map': featureMaps, optimizer: optimizers };
  return (registry, id) => {
    const members = Object.entries(registries).find(([kind]) => kind === registry)?.[1] ?? [];
    return members.find((one) => one.id === id)?.parameters ?? null;
  };
}

/** Every error of a spec at once, or the spec with all defaults filled in. */
export function validateSpec(
  members: Members,
  schema: ReturnType<typeof jobSpecSchemaFor>,
  input: unknown,
): Result<JobSpec, readonly SpecProblem[]> {
  const { algorithms, devices, gradients, problems: kinds } = members;
  const parsed = schema.safeParse(input);
  const problems: SpecProblem[] = parsed.success ? [] : parsed.error.issues.map(toProblem([]));
  const raw = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const problem = schema.shape.problem.safeParse(raw['problem']);
  if (problem.success) {
    const faults = kindOf(kinds, problem.data).faults(problem.data);
    problems.push(...faults.map(({ path, message }) => ({ path: `problem.${path}`, message })));
  }
  const settings = checkSettings(members, raw, problems);
  const mitigation = checkMitigation(members, raw['mitigation'], problems);
  if (typeof raw['noise'] === 'string' && deviceNamed(devices, raw['noise']) === null) {
    const known = devices.map(({ id }) => id).join(', ');
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
  if (raw['targetError'] !== undefined && parsed.success && !runsHere(members, parsed.data)) {
    problems.push({
      path: 'targetError',
      message: 'A target error is for simulations; a machine runs the shots that it is given.',
    });
  }
  const isGradient = gradients.some(({ id }) => id === raw['gradient']);
  if (typeof raw['gradient'] === 'string' && !isGradient) {
    const known = gradients.map(({ id }) => id).join(', ');
    problems.push({
      path: 'gradient',
      message: `There is no gradient method “${raw['gradient']}”; there are ${known}.`,
    });
  }
  if (problems.length > 0 || !parsed.success) return failure(problems);
  const algorithm = algorithms.find(({ id }) => id === parsed.data.algorithm);
  const spec = { ...parsed.data, settings, mitigation };
  const idle = algorithm === undefined ? [] : idleParts(members, spec, algorithm);
  if (idle.length > 0) return failure(idle);
  return success(spec);
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
  members: Members,
  raw: Record<string, unknown>,
  problems: SpecProblem[],
): Record<string, unknown> {
  const id = raw['algorithm'];
  if (typeof id !== 'string') return {};
  const algorithm = members.algorithms.find((one) => one.id === id);
  if (algorithm === undefined) {
    const known = members.algorithms.map((one) => one.id).join(', ');
    problems.push({
      path: 'algorithm',
      message: `There is no algorithm “${id}”; there are ${known}.`,
    });
    return {};
  }
  const kind = (raw['problem'] as { kind?: unknown } | undefined)?.kind;
  const taken = kindsTaken(algorithm, members.problems).map((one) => one.kind);
  const isKnown = members.problems.some((one) => one.kind === kind);
  // A kind that there is not has been told by the schema.
  if (typeof kind === 'string' && isKnown && !taken.includes(kind)) {
    problems.push({
      path: 'problem.kind',
      message: `“${id}” solves ${taken.join(', ')} problems, not “${kind}”.`,
    });
  }
  const checked = objectSchemaOf(algorithm.parameters, memberParameters(members)).safeParse(
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

function checkMitigation(
  members: Members,
  raw: unknown,
  problems: SpecProblem[],
): JobSpec['mitigation'] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((entry: unknown, k) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { technique: id, ...settings } = entry as Record<string, unknown>;
    if (typeof id !== 'string') return [];
    const technique = members.techniques.find((one) => one.id === id);
    if (technique === undefined) {
      const known = members.techniques.map((one) => one.id).join(', ');
      problems.push({
        path: `mitigation[${k}].technique`,
        message: `There is no technique “${id}”; there are ${known}.`,
      });
      return [];
    }
    const checked = objectSchemaOf(technique.parameters, memberParameters(members)).safeParse(
      settings,
    );
    const fault = checked.success ? technique.fault(checked.data) : null;
    if (fault !== null)
      problems.push({ path: `mitigation[${k}].${fault.path}`, message: fault.message });
    if (checked.success) return [{ technique: id, ...checked.data }];
    problems.push(...checked.error.issues.map(toProblem(['mitigation', k])));
    return [];
  });
}
