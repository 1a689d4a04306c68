import { z } from 'zod';
import { unreachable } from '../base/assert.ts';
import type { JsonShape, ParameterDescriptor, TupleColumn } from './parameter.ts';

/** Finds the parameters of a member of another registry; null where there is no such member. */
export type MemberLookup = (registry: string, id: string) => readonly ParameterDescriptor[] | null;

/**
 * The strict schema of an object with these parameters. Missing ones take their default; a
 * parameter whose default is null may be left out, unless it is required.
 */
export function objectSchemaOf(
  parameters: readonly ParameterDescriptor[],
  lookup: MemberLookup,
): z.ZodType<Record<string, unknown>> {
  return z.strictObject(shapeOf(parameters, lookup));
}

/** The schemas of parameters by their ids, in their order. */
export function shapeOf(
  parameters: readonly ParameterDescriptor[],
  lookup: MemberLookup,
): Record<string, z.ZodType> {
  return Object.fromEntries(
    parameters.map((parameter) => [parameter.id, withDefault(parameter, lookup)]),
  );
}

function withDefault(parameter: ParameterDescriptor, lookup: MemberLookup): z.ZodType {
  const schema = valueSchemaOf(parameter, lookup);
  if (parameter.required === true) return schema;
  if (parameter.default === null) return schema.optional();
  if (parameter.kind === 'member') return schema.prefault(parameter.default);
  return schema.default(parameter.default as never);
}

function valueSchemaOf(parameter: ParameterDescriptor, lookup: MemberLookup): z.ZodType {
  switch (parameter.kind) {
    case 'integer':
    case 'number':
      return wordOr(numberSchema(parameter), parameter.word);
    case 'choice':
      return z.enum(parameter.options.map((option) => option.value) as [string, ...string[]]);
    case 'boolean':
      return z.boolean();
    case 'text':
    case 'table':
    case 'column':
    case 'source':
    case 'file':
    case 'model':
      return z.string();
    case 'texts':
    case 'columns':
      return listSchema(z.string(), parameter);
    case 'numbers':
      return listSchema(z.number(), parameter);
    case 'matrix':
      return matrixSchema(parameter.isSquare === true);
    case 'named-numbers':
      return z.record(z.string(), z.number());
    case 'rows':
      return z.tuple([z.int().gte(0), z.int().gte(0)]);
    case 'tuples':
      return listSchema(tupleSchema(parameter.columns), parameter);
    case 'json':
      return parameter.shape === undefined ? z.json() : shapeSchemas[parameter.shape];
    case 'member':
      return memberSchema(parameter.registry, lookup);
    case 'group':
      return objectSchemaOf(parameter.members, lookup);
    case 'list':
      return listSchema(objectSchemaOf(parameter.members, lookup), parameter);
    default:
      return unreachable(parameter);
  }
}

const placeOrName = z.union([z.int().gte(0), z.string()], {
  error: 'a place from 0 or a name is expected',
});

const shapeSchemas: Readonly<Record<JsonShape, z.ZodType>> = {
  names: z.union([z.int().gte(1).lte(1_000_000), z.array(z.string().min(1)).min(1)], {
    error: 'a count from 1 or a list of names is expected',
  }),
  weights: z.union([z.array(z.number()), z.record(z.string(), z.number())], {
    error: 'a list of numbers or an object of numbers by name is expected',
  }),
  pairs: z.array(z.tuple([placeOrName, placeOrName, z.number()])),
};

interface Bounds {
  readonly kind: 'integer' | 'number';
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: boolean;
  readonly exclusiveMax?: boolean;
}

/** A number, or the word that stands for leaving it out. */
function wordOr(schema: z.ZodType, word: string | undefined): z.ZodType {
  return word === undefined
    ? schema
    : z.union([schema, z.literal(word).transform(() => undefined)], {
        error: `a number or “${word}” is expected`,
      });
}

function numberSchema({ kind, min, max, exclusiveMin, exclusiveMax }: Bounds): z.ZodType {
  let schema = kind === 'integer' ? z.int() : z.number();
  if (min !== undefined) schema = exclusiveMin === true ? schema.gt(min) : schema.gte(min);
  if (max === undefined) return schema;
  const most = max.toLocaleString('en-US');
  return exclusiveMax === true
    ? schema.lt(max, { error: `must be less than ${most}` })
    : schema.lte(max, { error: `must be at most ${most}` });
}

function listSchema(entry: z.ZodType, { minCount }: { readonly minCount?: number }): z.ZodType {
  const list = z.array(entry);
  return minCount === undefined ? list : list.min(minCount);
}

function matrixSchema(isSquare: boolean): z.ZodType {
  return z.array(z.array(z.number())).check((context) => {
    const rows = context.value;
    const width = isSquare ? rows.length : (rows[0]?.length ?? 0);
    rows.forEach((row, r) => {
      if (row.length === width) return;
      context.issues.push({
        code: 'custom',
        input: row,
        path: [r],
        message: `A row of ${width} numbers is expected, not of ${row.length}.`,
      });
    });
  });
}

function tupleSchema(columns: readonly TupleColumn[]): z.ZodType {
  const parts = columns.map((column) => {
    const schema =
      column.kind === 'text' ? z.string() : numberSchema({ ...column, kind: column.kind });
    return column.isOptional === true ? schema.optional() : schema;
  });
  return z.tuple(parts as [z.ZodType, ...z.ZodType[]]);
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
