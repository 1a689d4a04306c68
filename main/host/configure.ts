import type { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import { type MemberLookup, objectSchemaOf } from '#shared/catalog/schema.ts';
import type { configurationSchema, configureSchema } from '#shared/ipc/rest.ts';

/** Without a problem nobody can count circuits. */
const basis = 'Give a problem, and the backend, for a forecast.';

interface Fault {
  readonly path: string;
  readonly message: string;
}

/** Checks an algorithm's settings and mitigation against the catalog and fills in the defaults. */
export function configure(
  input: z.output<typeof configureSchema>,
  catalog: readonly CatalogEntry[],
): z.infer<typeof configurationSchema> {
  const lookup: MemberLookup = (registry, id) =>
    catalog.find((entry) => entry.kind === registry && entry.id === id)?.parameters ?? null;
  const faults: Fault[] = [];
  const check = (kind: string, id: string, values: unknown, path: string, idPath: string) => {
    const parameters = lookup(kind, id);
    if (parameters === null) {
      faults.push({ path: idPath, message: `There is no ${kind} “${id}”.` });
      return {};
    }
    const parsed = objectSchemaOf(parameters, lookup).safeParse(values);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      faults.push({ path: [path, ...issue.path].join('.'), message: issue.message });
    }
    return {};
  };
  const settings = check('algorithm', input.algorithm, input.settings, 'settings', 'algorithm');
  const mitigation = (input.mitigation ?? []).map(({ technique, ...values }, i) => ({
    technique,
    ...check('mitigation', technique, values, `mitigation.${i}`, `mitigation.${i}.technique`),
  }));
  if (faults.length === 0) {
    // Where nothing else is said it runs on this computer, which costs nothing.
    const cost = input.backend === undefined ? 0 : null;
    return { algorithm: input.algorithm, settings, mitigation, forecast: { cost, basis } };
  }
  const list = faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new AppError(
    'bad-input',
    `The configuration was not accepted: ${list.replace(/\.$/, '')}.`,
    {
      errors: faults,
    },
  );
}
