import type { Expression } from '#shared/circuit/expression.ts';
import { failure, type Result, success } from '#shared/base/result.ts';
import { parseDocument } from '#shared/qasm/document.ts';

const head = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\nrz(';

/** Reads an angle as a document would: "pi/4", "2*0.3", "-1.5". */
export function readAngle(text: string): Result<Expression, string> {
  if (text.trim() === '') return failure('Type an angle, e.g. pi/4.');
  const parsed = parseDocument(`${head}${text}) q[0];`);
  const [only, ...others] = parsed.circuit?.operations ?? [];
  const angle = only?.kind === 'gate' && only.gate === 'rz' ? only.parameters : [];
  const [value, ...rest] = angle;
  if (value !== undefined && rest.length === 0 && others.length === 0) return success(value);
  const problem = parsed.diagnostics.find(({ severity }) => severity === 'error');
  return failure(problem?.message ?? `“${text}” is not an angle. Write e.g. pi/4 or 0.3.`);
}
