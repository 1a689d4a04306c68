import { dirname, extname, resolve } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import type { BinaryProblem } from '#shared/problems/binary-problem.ts';
import { problemFormats } from '#shared/problems/formats/registry.ts';
import type { Problem } from '#shared/problems/problem-kind.ts';
import { filesOfProblem, kindOf, problemSchemaOf } from '#shared/problems/problem.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { gives, look } from '#shared/problems/views.ts';
import { rawKindOf } from '../storage/raw-file.ts';
import { jobFileOf } from '../jobs/job-file.ts';
import { readJson, readText } from './input.ts';
import { readTableFile } from './table-file.ts';

/** The bits of a problem: from a spec or a problem in JSON, whose paths count from its folder, or from a file of a format by its ending. */
export function readBinaryProblem(path: string): BinaryProblem {
  const format = problemFormats.find(({ id }) => extname(path) === `.${id}`);
  const given =
    format === undefined ? problemOf(path) : { kind: format.kind, text: readText(path) };
  const parsed = problemSchemaOf(problemKinds).safeParse(given);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    throw new AppError(
      'bad-input',
      `${path} holds no problem that can be read: ${first?.path.join('.')}: ${first?.message}`,
      { path },
    );
  }
  const problem = parsed.data as Problem;
  const kind = kindOf(problemKinds, problem);
  const [fault] = kind.faults(problem);
  if (fault !== undefined) {
    throw new AppError('bad-input', `${path}: ${fault.path}: ${fault.message}`, { path });
  }
  if (!gives(kind, binaryView)) {
    throw new AppError(
      'bad-input',
      `“${kind.kind}” is no problem of bits: these formats take functions of bits under constraints.`,
      { path },
    );
  }
  const files = new Map(
    filesOfProblem(kind, problem).map((need) => {
      const file = resolve(dirname(path), need.name);
      const text = need.kind === 'table' ? readTableFile(file).text : readText(file);
      return [need.name, jobFileOf(need.name, { kind: rawKindOf(need), text, hash: '' })] as const;
    }),
  );
  return look(binaryView, { kind, problem, files }).value;
}

function problemOf(path: string): unknown {
  const spec = readJson(path);
  return typeof spec === 'object' && spec !== null && 'problem' in spec ? spec.problem : spec;
}
