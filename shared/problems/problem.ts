import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { ParameterDescriptor } from '../catalog/parameter.ts';
import { type MemberLookup, shapeOf } from '../catalog/schema.ts';
import type { Objective } from './objective.ts';
import type { Problem, ProblemKind } from './problem-kind.ts';
import type { NamedFile } from './view.ts';

/** Problems name no members of other registries. */
const noMembers = (): null => null;

function schemaOfKind({ kind, fields }: ProblemKind) {
  return z.strictObject({ kind: z.literal(kind), ...shapeOf(fields, noMembers) });
}

type KindSchema = ReturnType<typeof schemaOfKind>;

/** A problem of one of these kinds, defaults filled in. What is wrong between its fields, its kind's `faults` say. */
export function problemSchemaOf(kinds: readonly ProblemKind[]): z.ZodType<Problem> {
  return z.discriminatedUnion('kind', kinds.map(schemaOfKind) as [KindSchema, ...KindSchema[]]);
}

/** The kind of a problem; one that is not listed is `bad-input`. */
export function kindOf(kinds: readonly ProblemKind[], { kind }: Problem): ProblemKind {
  const found = kinds.find((one) => one.kind === kind);
  if (found !== undefined) return found;
  const known = kinds.map((one) => one.kind).join(', ');
  throw new AppError('bad-input', `There is no problem kind “${kind}”; there are ${known}.`, {
    path: 'problem.kind',
  });
}

/** Whether the problem of a job's spec is made small or large; null where it has no objective or cannot be read. */
export function aimOf(kinds: readonly ProblemKind[], spec: unknown): Objective | null {
  if (typeof spec !== 'object' || spec === null || !('problem' in spec)) return null;
  const problem = problemSchemaOf(kinds).safeParse(spec.problem);
  return problem.success ? kindOf(kinds, problem.data).aim(problem.data) : null;
}

/** The files that a problem of a kind names. */
export function filesOfProblem({ fields }: ProblemKind, problem: Problem): NamedFile[] {
  return filesNamed(fields, problem, noMembers);
}

/** The files that checked values of fields name, those of members among them. */
export function filesNamed(
  fields: readonly ParameterDescriptor[],
  values: Readonly<Record<string, unknown>>,
  lookup: MemberLookup,
): NamedFile[] {
  return fields.flatMap((field): NamedFile[] => {
    const value = values[field.id];
    if (value === undefined) return [];
    switch (field.kind) {
      case 'table':
        return [{ name: value as string, kind: 'table' }];
      case 'file':
        return [{ name: value as string, kind: 'text' }];
      case 'model':
        return [{ name: value as string, kind: 'model' }];
      case 'group':
        return filesNamed(field.members, value as Readonly<Record<string, unknown>>, lookup);
      case 'list':
        return (value as readonly Readonly<Record<string, unknown>>[]).flatMap((one) =>
          filesNamed(field.members, one, lookup),
        );
      case 'member': {
        const member = value as { readonly id: string } & Readonly<Record<string, unknown>>;
        return filesNamed(lookup(field.registry, member.id) ?? [], member, lookup);
      }
      default:
        return [];
    }
  });
}
