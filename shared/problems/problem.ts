import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { ParameterDescriptor } from '../catalog/parameter.ts';
import { type MemberLookup, shapeOf } from '../catalog/schema.ts';
import type { Objective } from './objective.ts';
import type { Problem, ProblemFault, ProblemKind } from './problem-kind.ts';
import { problemKinds } from './registry.ts';
import type { NamedFile } from './view.ts';

/** Problems name no members of other registries. */
const noMembers = (): null => null;

function schemaOfKind({ kind, fields }: ProblemKind) {
  return z.strictObject({ kind: z.literal(kind), ...shapeOf(fields, noMembers) });
}

type KindSchema = ReturnType<typeof schemaOfKind>;

/** A problem of any kind, defaults filled in. What is wrong between its fields, `faultsOf` says. */
export const problemSchema: z.ZodType<Problem> = z.discriminatedUnion(
  'kind',
  problemKinds.map(schemaOfKind) as [KindSchema, ...KindSchema[]],
);

export function problemKindById(kind: string): ProblemKind | null {
  return problemKinds.find((one) => one.kind === kind) ?? null;
}

/** The kind of a problem; one that is not listed is `bad-input`. */
export function kindOf({ kind }: Problem): ProblemKind {
  const found = problemKindById(kind);
  if (found !== null) return found;
  const known = problemKinds.map((one) => one.kind).join(', ');
  throw new AppError('bad-input', `There is no problem kind “${kind}”; there are ${known}.`, {
    path: 'problem.kind',
  });
}

/** Everything that is wrong between the fields of a checked problem; paths count from the problem. */
export function faultsOf(problem: Problem): readonly ProblemFault[] {
  return kindOf(problem).faults(problem);
}

/** Whether a problem's own objective is made small or large; null where it has none. */
export function objectiveOf(problem: Problem): Objective | null {
  return kindOf(problem).aim(problem);
}

/** The files that a problem names. */
export function filesOfProblem(problem: Problem): NamedFile[] {
  return filesNamed(kindOf(problem).fields, problem, noMembers);
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
