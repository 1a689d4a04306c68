import type { Circuit, Operation } from '../../circuit/circuit.ts';

/** Something of the circuit that the target cannot express, and what became of it. */
export interface ExportLoss {
  readonly what: string;
  readonly why: string;
}

interface ExportResult {
  readonly text: string;
  /** Opens the circuit in the tool's own page, where it has one that reads addresses. */
  readonly link?: string;
  /** Each once; nothing is left out without a word here and, where the target has comments, there. */
  readonly losses: readonly ExportLoss[];
}

/** In which colours a drawing is made; `print` is black on white alone. */
export type DrawingLook = 'light' | 'dark' | 'print';

/** How a drawing is to look. Formats that are no drawing take no notice of it. */
export interface DrawingStyle {
  readonly look: DrawingLook;
  /** CSS pixels after which the circuit goes on below, of which 96 are an inch; null = one line. */
  readonly pageWidth: number | null;
  readonly notes?: readonly DrawnNote[];
}

/** A note beside the text: over an operation, or at the top of the column that it stands in. */
export interface DrawnNote {
  readonly kind: 'note' | 'column-note';
  readonly text: string;
  /** In `circuit.operations`. */
  readonly index: number;
}

/** A format that circuits can be written in. */
export interface Exporter {
  /** The name after `--to` (CONTRACT §1). */
  readonly id: string;
  readonly title: string;
  /** Without the dot. */
  readonly fileExtension: string;
  /** `unsupported` where nothing useful can be written at all. */
  readonly export: (circuit: Circuit, style?: DrawingStyle) => ExportResult;
}

/** Collects losses, each once. */
export class Losses {
  readonly #found = new Map<string, ExportLoss>();

  add(what: string, why: string): void {
    this.#found.set(`${what}\n${why}`, { what, why });
  }

  get all(): readonly ExportLoss[] {
    return [...this.#found.values()];
  }
}

/** For a language whose qubits stand in one line, which every register but a lone `q` loses its name to. */
export function noteRegisterNames(circuit: Circuit, losses: Losses, why: string): void {
  const [first, ...more] = circuit.qubitRegisters;
  if (more.length === 0 && (first?.name ?? 'q') === 'q') return;
  losses.add('the names of the quantum registers', why);
}

/**
 * Notes a block of the program that the circuit does not hold: whether the target could say it is
 * not the reason, but that the circuit does not. Gives the words of the comment in its place.
 */
export function noteBlock(block: Operation & { kind: 'opaque' }, losses: Losses): string {
  const label = block.label.replaceAll(/[\r\n]+/g, ' ');
  const why =
    block.isInert === true
      ? 'its length is not part of the circuit'
      : 'it is not part of the circuit, which only follows what is known before the program runs';
  losses.add(`the block “${label}”`, `${why}; a comment stands in its place`);
  return `not expressed: the block ${label}`;
}

/** The program under comments that name what it does not express. `mark` begins a comment. */
export function withNotes(text: string, losses: Losses, mark: '#' | '//' | '%'): string {
  const notes = losses.all.map(
    ({ what, why }) => `${mark} Not expressed as it was: ${what} (${why}).`,
  );
  const lines = notes.map((note) => `${note.replaceAll(/[\r\n]+/g, ' ')}\n`);
  return lines.join('') + text;
}
