import { AppError } from '../../base/errors.ts';
import type { Circuit, Operation } from '../../circuit/circuit.ts';
import { validateCircuit } from '../../circuit/validate.ts';
import { type Diagnostic, diagnosticOf, lineStartsOf, type Problem } from '../diagnostic.ts';
import type { ExportLoss, Losses } from '../exporters/exporter.ts';
import { operationWithoutFiniteAngle } from './finite.ts';
import { inNames3 } from '../print/names-for.ts';

/** A text in another format as a circuit. `circuit` is null where a diagnostic is an error. */
export interface Imported {
  readonly circuit: Circuit | null;
  /** In source order, each with its line and column. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the circuit does not say of the text. */
  readonly losses: readonly ExportLoss[];
}

/** A format that circuits can be read from. */
export interface Importer {
  /** The name after `--from`. */
  readonly id: string;
  readonly title: string;
  /** Without the dot; several formats may share one. */
  readonly fileExtensions: readonly string[];
  /** Whether a text looks like this format; cheap, and true for no other one's. */
  readonly recognises: (text: string) => boolean;
  /** Never throws for what is wrong with the text. */
  readonly import: (text: string) => Imported;
}

/** Larger circuits are refused: nothing here could draw or run them. */
export const maximumQubits = 65_536;
export const maximumOperations = 1_000_000;

/** Thrown inside an importer where reading cannot go on; becomes its diagnostic. */
export class ImportFault extends Error {
  readonly problem: Problem;

  constructor(
    phase: Problem['phase'],
    code: string,
    message: string,
    place: { readonly start: number; readonly end: number },
  ) {
    super(message);
    this.problem = { severity: 'error', phase, code, message, start: place.start, end: place.end };
  }
}

/** Runs an importer's reading; faults and what breaks the circuit's rules become diagnostics. */
export function importWith(
  text: string,
  read: (report: (problem: Problem) => void) => {
    readonly circuit: Circuit;
    readonly losses: Losses;
  },
): Imported {
  const problems: Problem[] = [];
  let made: ReturnType<typeof read> | null = null;
  let named: Circuit | null = null;
  try {
    made = read((problem) => problems.push(problem));
    const [fault] = validateCircuit(made.circuit);
    if (fault !== undefined) {
      const at = fault.index === null ? undefined : made.circuit.operations[fault.index]?.origin;
      const place = at ?? { start: 0, end: Math.min(1, text.length) };
      throw new ImportFault('semantic', fault.code, fault.message, place);
    }
    const infinite = operationWithoutFiniteAngle(made.circuit);
    if (infinite !== null) {
      const place = infinite.origin ?? { start: 0, end: Math.min(1, text.length) };
      throw faultAt('not-finite', 'An angle is not a finite real number.', place);
    }
    // The document that is made of it is OpenQASM 3.
    named = inNames3(made.circuit, made.losses);
  } catch (thrown) {
    if (thrown instanceof ImportFault) problems.push(thrown.problem);
    else if (thrown instanceof AppError) {
      const place = { start: 0, end: Math.min(1, text.length) };
      problems.push(new ImportFault('semantic', thrown.code, thrown.message, place).problem);
    } else throw thrown;
  }
  const lines = lineStartsOf(text);
  const diagnostics = problems
    .map((problem) => diagnosticOf(problem, 0, lines, false))
    .toSorted((a, b) => a.start - b.start);
  const isSound = diagnostics.every(({ severity }) => severity !== 'error');
  return {
    circuit: isSound && named !== null ? withoutOrigins(named) : null,
    diagnostics,
    losses: made?.losses.all ?? [],
  };
}

/** Places in the text that was read mean nothing in the document that is made of it. */
function withoutOrigins(circuit: Circuit): Circuit {
  return { ...circuit, operations: circuit.operations.map(withoutOrigin) };
}

export function withoutOrigin(operation: Operation): Operation {
  const copy = { ...operation };
  delete copy.origin;
  if (copy.kind !== 'if') return copy;
  const { body, otherwise } = copy;
  return { ...copy, body: body.map(withoutOrigin), otherwise: otherwise.map(withoutOrigin) };
}

/** A fault of meaning at a place. */
export function faultAt(
  code: string,
  message: string,
  place: { readonly start: number; readonly end: number },
): ImportFault {
  return new ImportFault('semantic', code, message, { start: place.start, end: place.end });
}
