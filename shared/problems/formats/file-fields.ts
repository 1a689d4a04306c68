import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ProblemFault } from '../problem-kind.ts';

/** The two fields of a kind that a file may give: its text, and its name. */
export function fileFields<const What extends string>(what: What) {
  return [
    {
      kind: 'text',
      id: 'text',
      title: 'Text of a file',
      help: `${what}, in place of the fields above.`,
      default: null,
      advanced: true,
    },
    {
      kind: 'file',
      id: 'file',
      title: 'File',
      help: `A file: ${what}, in place of the fields above.`,
      default: null,
      insteadOf: 'text',
      advanced: true,
    },
  ] as const satisfies readonly ParameterDescriptor[];
}

interface Given {
  readonly text?: string | undefined;
  readonly file?: string | undefined;
}

/** What is wrong between a file and the fields in whose place it stands: there must be one of them, and not both. */
export function fileFaults(
  { text, file }: Given,
  fields: Readonly<Record<string, unknown>>,
): ProblemFault[] {
  const given = Object.keys(fields).filter((id) => fields[id] !== undefined);
  const isFromFile = text !== undefined || file !== undefined;
  const names = Object.keys(fields)
    .map((id) => `“${id}”`)
    .join(' and ');
  if (!isFromFile) {
    return Object.keys(fields)
      .filter((id) => fields[id] === undefined)
      .map((path) => ({ path, message: `is missing: ${names}, or “file”, are expected` }));
  }
  return given
    .slice(0, 1)
    .map((path) => ({ path, message: `${names} stand in the fields or in a file, not in both` }));
}

/** A list that has a default says nothing beside a file only while it is empty. */
export function besideFile(
  { text, file }: Given,
  path: string,
  list: readonly unknown[],
): ProblemFault[] {
  if ((text === undefined && file === undefined) || list.length === 0) return [];
  return [{ path, message: `“${path}” stands in the field or in a file, not in both` }];
}
