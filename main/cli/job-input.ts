import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import type { CatalogEntry, ParameterDescriptor } from '#shared/catalog/parameter.ts';
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
  const catalog = await session.request('catalog.list', {});
  const place: Place = { folder: dirname(resolve(path)), session, catalog };
  const members = spec as Members;
  const problem = isMembers(members.problem)
    ? { problem: await resolveProblem(members.problem, place) }
    : {};
  const contenders = Array.isArray(members.contenders)
    ? { contenders: await Promise.all(members.contenders.map((one) => resolveMethod(one, place))) }
    : {};
  return { ...((await resolveMethod(members, place)) as Members), ...problem, ...contenders };
}

/** Where a spec comes from, and what its names mean. */
interface Place {
  readonly folder: string;
  readonly session: Session;
  readonly catalog: readonly CatalogEntry[];
}

async function resolveProblem(problem: Members, place: Place): Promise<Members> {
  return resolveFields(parametersOf('problem', problem.kind, place), problem, place);
}

/** The settings and the noise of an algorithm. */
async function resolveMethod(value: unknown, place: Place): Promise<unknown> {
  if (!isMembers(value)) return value;
  const { algorithm, settings } = value;
  const resolved = isMembers(settings)
    ? {
        settings: await resolveFields(parametersOf('algorithm', algorithm, place), settings, place),
      }
    : {};
  return { ...(resolveNoise(value, place.folder) as Members), ...resolved };
}

/** What a member of the catalog takes; nothing where there is no such member. */
function parametersOf(
  kind: string,
  id: unknown,
  { catalog }: Place,
): readonly ParameterDescriptor[] {
  return catalog.find((one) => one.kind === kind && one.id === id)?.parameters ?? [];
}

async function resolveFields(
  fields: readonly ParameterDescriptor[],
  values: Members,
  place: Place,
): Promise<Members> {
  const resolved = { ...values };
  for (const field of fields) {
    const value = values[field.id];
    if (field.kind === 'table' && typeof value === 'string') {
      resolved[field.id] = await importedTable(value, place);
    } else if (field.kind === 'file' && typeof value === 'string') {
      delete resolved[field.id];
      resolved[field.insteadOf] = readBeside(place.folder, value);
    } else if (field.kind === 'group' && isMembers(value)) {
      resolved[field.id] = await resolveFields(field.members, value, place);
    } else if (field.kind === 'member' && isMembers(value)) {
      const parameters = parametersOf(field.registry, value.id, place);
      resolved[field.id] = await resolveFields(parameters, value, place);
    }
  }
  return resolved;
}

/** The id of a table in the library. What is no file may be an id already; the library says where it is neither. */
export async function importedTable(
  name: string,
  { folder, session }: Pick<Place, 'folder' | 'session'>,
): Promise<string> {
  const file = resolve(folder, name);
  if (!existsSync(file)) return name;
  const { text, encoding } = readTableFile(file);
  const reading = encoding === undefined ? {} : { reading: { encoding } };
  const set = await session.request('data.import', { name: basename(file), text, ...reading });
  return set.id;
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
