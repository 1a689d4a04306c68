import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import { applyTextEdits, type ParsedDocument, parseDocument } from '#shared/qasm/document.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { completionsAt } from '#shared/qasm/service/completions.ts';
import { formatDocument } from '#shared/qasm/service/format.ts';
import { hoverAt } from '#shared/qasm/service/hover.ts';
import { signatureAt } from '#shared/qasm/service/signature.ts';
import { generatedProgram2 } from './generate-programs2.ts';
import { ProgramGenerator3 } from './generate-programs3.ts';
import { simulateText } from './simulate-text.ts';

/** A generated program: one in five is OpenQASM 2, one in three has more faults than usual. */
export function generatedProgram(rng: Rng): string {
  const faults = rng.below(3) === 0 ? 12 : 400;
  return rng.below(5) === 0
    ? generatedProgram2(rng, faults)
    : new ProgramGenerator3(rng, faults).program();
}

/** Longer than this to read a short text is a fault of its own. */
const mostMilliseconds = 5000;

/** What must hold of any text whatever: it is read without a fault of ours, in bounded time. */
export function checkReading(text: string): ParsedDocument {
  const started = performance.now();
  const document = parseDocument(text);
  const spent = performance.now() - started;
  if (spent > mostMilliseconds) throw new Error(`reading took ${spent} ms`);
  return document;
}

/** Laying it out twice is laying it out once, and the helpers of the editor answer anywhere. */
export function checkLayout(document: ParsedDocument, rng: Rng): void {
  const tidy = applyTextEdits(document.text, formatDocument(document));
  const again = parseDocument(tidy, { language: document.language });
  if (applyTextEdits(tidy, formatDocument(again)) !== tidy) throw new Error('the layout changes');
  if ((again.circuit === null) !== (document.circuit === null)) {
    throw new Error('the layout changes what is a fault');
  }
  const at = rng.below(document.text.length + 1);
  completionsAt(document, at);
  hoverAt(document, at);
  signatureAt(document, at);
}

/** Small programs: they run or say why not, and their printed circuit runs alike. True where it ran. */
export function checkRunning(document: ParsedDocument): boolean {
  const { circuit, text } = document;
  if (circuit === null || circuit.operations.length > 200) return false;
  const inputs = Object.fromEntries(
    (document.modern?.program.state.inputs ?? []).map(({ name, type }) => [
      name,
      type.kind === 'bool' ? true : type.kind === 'bit' ? '1'.repeat(type.width) : 1,
    ]),
  );
  const first = answered(() => simulateText(text, { parameters: inputs }).probabilities ?? {});
  if (first === null) return false;
  // A circuit has no inputs but angles, so what depends on others cannot be printed from it.
  if (document.modern?.writing?.isWhole !== true || Object.keys(inputs).length > 0) return true;
  if ((document.modern.writing.knownBits.size ?? 0) > 0) return true;
  const printed = answered(() => printCircuit(circuit, 3));
  if (printed === null) return true;
  const second = simulateText(printed).probabilities ?? {};
  for (const key of new Set([...Object.keys(first), ...Object.keys(second)])) {
    if (Math.abs((first[key] ?? 0) - (second[key] ?? 0)) > 1e-9) {
      throw new Error(`“${key}”: ${first[key]} became ${second[key]} in\n${printed}`);
    }
  }
  return true;
}

/** Null where a reason is given; a fault of ours is thrown. */
function answered<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return null;
    throw error;
  }
}
