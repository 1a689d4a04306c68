import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import { readJson } from './input.ts';
import type { Session } from './session.ts';
import { readTableFile } from './table-file.ts';

type Members = Record<string, unknown>;

/**
 * A spec from a file, ready for a library: paths count from the spec’s own folder; data is copied
 * into the library and named by its id there, programs and noise models are put into the spec.
 */
export async function readSpecFile(path: string, session: Session): Promise<Members> {
  const spec = readJson(path);
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
    throw new AppError('bad-input', `${path}: a spec is a JSON object.`, { path });
  }
  const folder = dirname(resolve(path));
  const members = spec as Members;
  const problem = isMembers(members.problem)
    ? { problem: await resolveProblem(members.problem, folder, session) }
    : {};
  const contenders = Array.isArray(members.contenders)
    ? { contenders: members.contenders.map((one) => resolveNoise(one, folder)) }
    : {};
  return { ...(resolveNoise(members, folder) as Members), ...problem, ...contenders };
}

async function resolveProblem(
  problem: Members,
  folder: string,
  session: Session,
): Promise<Members> {
  const resolved = { ...problem };
  for (const key of ['prices', 'data']) {
    const name = problem[key];
    if (typeof name !== 'string') continue;
    const file = resolve(folder, name);
    // What is no file may be the id of a data set; the library says where it is neither.
    if (!existsSync(file)) continue;
    const { text, encoding } = readTableFile(file);
    const reading = encoding === undefined ? {} : { reading: { encoding } };
    const set = await session.request('data.import', { name: basename(file), text, ...reading });
    resolved[key] = set.id;
  }
  if (problem.kind === 'circuit' && typeof problem.file === 'string') {
    const { file: _file, ...rest } = resolved;
    return { ...rest, qasm: readBeside(folder, problem.file) };
  }
  return resolved;
}

function resolveNoise(value: unknown, folder: string): unknown {
  if (!isMembers(value) || typeof value.noise !== 'string' || !value.noise.endsWith('.json')) {
    return value;
  }
  return { ...value, noise: readJson(resolve(folder, value.noise)) };
}

function readBeside(folder: string, name: string): string {
  const path = resolve(folder, name);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  throw new AppError('not-found', `The spec names ${name}, but there is no file ${path}.`, {
    path,
  });
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
