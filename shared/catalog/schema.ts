import { z } from 'zod';
import { unreachable } from '../base/assert.ts';
import type { ParameterDescriptor } from './parameter.ts';

/** Finds the parameters of a member of another registry; null where there is no such member. */
export type MemberLookup = (registry: string, id: string) => readonly ParameterDescriptor[] | null;

/**
 * The strict schema of an object with these parameters. Missing ones take their default; a
 * parameter whose default is null may be left out.
 */
export function objectSchemaOf(
  parameters: readonly ParameterDescriptor[],
  lookup: MemberLookup,
): z.ZodType<Record<string, unknown>> {
  const shape = Object.fromEntries(
    parameters.map((parameter) => [parameter.id, withDefault(parameter, lookup)]),
  );
  return z.strictObject(shape);
}

function withDefault(parameter: ParameterDescriptor, lookup: MemberLookup): z.ZodType {
  const schema = valueSchemaOf(parameter, lookup);
  if (parameter.default === null) return schema.optional();
  if (parameter.kind === 'member') return schema.prefault(parameter.default);
  return schema.default(parameter.default as never);
}

function valueSchemaOf(parameter: ParameterDescriptor, lookup: MemberLookup): z.ZodType {
  switch (parameter.kind) {
    case 'integer':
    case 'number': {
      let schema = parameter.kind === 'integer' ? z.int() : z.number();
      if (parameter.min !== undefined) {
        schema =
          parameter.exclusiveMin === true ? schema.gt(parameter.min) : schema.gte(parameter.min);
      }
      if (parameter.max !== undefined) schema = schema.lte(parameter.max);
      return schema;
    }
    case 'choice':
      return z.enum(parameter.options.map((option) => option.value) as [string, ...string[]]);
    case 'boolean':
      return z.boolean();
    case 'text':
      return z.string();
    case 'numbers':
      return z.array(z.number());
    case 'member':
      return memberSchema(parameter.registry, lookup);
    case 'group':
      return objectSchemaOf(parameter.members, lookup);
    default:
      return unreachable(parameter);
  }
}

function memberSchema(registry: string, lookup: MemberLookup): z.ZodType {
  return z.looseObject({ id: z.string() }).transform((value, context) => {
    const parameters = lookup(registry, value.id);
    if (parameters === null) {
      context.addIssue({
        code: 'custom',
        path: ['id'],
        message: `There is no ${registry} “${value.id}”. “ketbench catalog ${registry}” lists them.`,
      });
      return z.NEVER;
    }
    const { id, ...rest } = value;
    const parsed = objectSchemaOf(parameters, lookup).safeParse(rest);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
      }
      return z.NEVER;
    }
    return { id, ...parsed.data };
  });
}
