import type { Circuit, GateDefinition, Operation, Register } from '../circuit/circuit.ts';
import { AppError } from '../base/errors.ts';
import {
  type Diagnostic,
  diagnosticOf,
  lineStartsOf,
  type Problem,
  type TextEdit,
} from './diagnostic.ts';
import { headerProblems, languageOf } from './header.ts';
import { analyseProgram, type Program } from './semantics/program.ts';
import {
  analyseProgram3,
  type Program3,
  type Writing,
  writeCircuit,
} from './semantics3/program.ts';
import type { StatementNode, SyntaxTree } from './syntax/nodes.ts';
import { parseTree, updateTree } from './syntax/tree.ts';

export type { Diagnostic, Fix, TextEdit } from './diagnostic.ts';

export interface ParseOptions {
  /** Forces a language version; otherwise the version line decides (none = 3). */
  readonly language?: 2 | 3;
  /** Faults that the OpenQASM 2 paper forbids but tools tolerate are warnings instead of errors. */
  readonly lenient?: boolean;
  /** Text of an included file, or null where there is none. The built-in files need no loader. */
  readonly include?: (path: string) => string | null;
}

/** A document that was read: its text, what is wrong with it and the circuit that it describes. */
export interface ParsedDocument {
  readonly text: string;
  readonly language: 2 | 3;
  readonly options: ParseOptions;
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Null where there is an error. Each operation carries the origin of its statement. */
  readonly circuit: Circuit | null;
  /** The lossless tree of the text. */
  readonly tree: SyntaxTree;
  /** What each statement of an OpenQASM 2 program means; null in the other language. */
  readonly program: Program | null;
  /** An OpenQASM 3 program, and its circuit with what the circuit leaves out. */
  readonly modern: { readonly program: Program3; readonly writing: Writing | null } | null;
}

/** Reads a whole program; never throws for what is wrong with it. */
export function parseDocument(text: string, options: ParseOptions = {}): ParsedDocument {
  return assemble(parseTree(text, languageOf(text, options.language)), options, null);
}

/**
 * The document after the edits (offsets of the old text, not overlapping). The same as parsing
 * the new text, but only the touched statements are read and analysed again.
 */
export function updateDocument(
  document: ParsedDocument,
  edits: readonly TextEdit[],
): ParsedDocument {
  if (edits.length === 0) return document;
  const sorted = sortEdits(edits, document.text.length);
  const text = applySorted(document.text, sorted);
  if (languageOf(text, document.options.language) !== document.language) {
    return parseDocument(text, document.options);
  }
  return assemble(updateTree(document.tree, text, sorted), document.options, document);
}

/** The text with the edits made. Offsets are those of the old text; edits must not overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  return applySorted(text, sortEdits(edits, text.length));
}

function sortEdits(edits: readonly TextEdit[], length: number): TextEdit[] {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let end = 0;
  for (const edit of sorted) {
    if (edit.start < end || edit.end < edit.start || edit.end > length) {
      throw new AppError(
        'bad-input',
        `Text edits must lie in order inside the text and not overlap; one goes from ${edit.start} to ${edit.end}.`,
        { start: edit.start, end: edit.end, length },
      );
    }
    end = edit.end;
  }
  return sorted;
}

function applySorted(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let position = 0;
  for (const edit of edits) {
    pieces.push(text.slice(position, edit.start), edit.text);
    position = edit.end;
  }
  pieces.push(text.slice(position));
  return pieces.join('');
}

function assemble(
  tree: SyntaxTree,
  options: ParseOptions,
  before: ParsedDocument | null,
): ParsedDocument {
  const { language } = tree;
  const header = headerProblems(tree);
  const shell = { text: tree.text, language, options, tree, program: null, modern: null };
  if (header.stops) {
    const diagnostics = placeProblems(tree, header.problems.map(atStart), options);
    return { ...shell, diagnostics, circuit: null };
  }
  if (language === 3) return { ...shell, ...readModern(tree, header.problems, options, before) };
  const previous =
    before === null || before.program === null
      ? null
      : { tree: before.tree, program: before.program };
  const program = analyseProgram(tree, options.include ?? null, previous);
  const diagnostics = diagnosticsOf(tree, program, header.problems, options);
  return {
    ...shell,
    diagnostics,
    circuit: isFaulty(diagnostics) ? null : circuitOf(program),
    program,
  };
}

function isFaulty(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

function readModern(
  tree: SyntaxTree,
  header: readonly Problem[],
  options: ParseOptions,
  before: ParsedDocument | null,
): Pick<ParsedDocument, 'diagnostics' | 'circuit' | 'modern'> {
  const previous =
    before === null || before.modern === null
      ? null
      : { tree: before.tree, program: before.modern.program };
  const program = analyseProgram3(tree, options.include ?? null, previous);
  const placed = header.map(atStart);
  program.problems.forEach((problems, i) => {
    const base = tree.starts[i] as number;
    for (const problem of problems) placed.push({ problem, base });
  });
  const isSound = placed.every(({ problem }) => problem.severity !== 'error');
  const writing = isSound ? writeCircuit(program, tree) : null;
  for (const { statement, problem } of writing?.faults ?? []) {
    placed.push({ problem, base: tree.starts[statement] as number });
  }
  if (writing !== null && writing.tooLargeAt !== null)
    placed.push(tooLarge(tree, writing.tooLargeAt));
  const diagnostics = placeProblems(tree, placed, options);
  const circuit =
    writing === null || isFaulty(diagnostics) ? null : modernCircuit(program, writing);
  return { diagnostics, circuit, modern: { program, writing } };
}

/** The circuit of an OpenQASM 3 program; `writing` may be one with values of its inputs. */
export function modernCircuit({ state }: Program3, writing: Writing): Circuit {
  return {
    qubitRegisters: state.qubitRegisters,
    bitRegisters: state.bitRegisters.map(({ name, size }) => ({ name, size })),
    parameters: writing.parameters,
    definitions: state.definitions,
    operations: writing.operations,
  };
}

interface PlacedProblem {
  readonly problem: Problem;
  /** Where the statement's text begins. */
  readonly base: number;
}

function atStart(problem: Problem): PlacedProblem {
  return { problem, base: 0 };
}

function circuitOf(program: Program): Circuit {
  const qubitRegisters: Register[] = [];
  const bitRegisters: Register[] = [];
  const definitions: GateDefinition[] = [];
  const operations: Operation[] = [];
  for (const meaning of program.meanings) {
    const { additions } = meaning;
    // Loops, because pushing a spread of a very long list overflows the stack.
    for (const operation of meaning.operations) operations.push(operation);
    for (const register of additions.qubitRegisters) qubitRegisters.push(register);
    for (const register of additions.bitRegisters) bitRegisters.push(register);
    for (const definition of additions.definitions) definitions.push(definition);
  }
  return { qubitRegisters, bitRegisters, parameters: [], definitions, operations };
}

function diagnosticsOf(
  tree: SyntaxTree,
  program: Program,
  header: readonly Problem[],
  options: ParseOptions,
): Diagnostic[] {
  const placed = header.map(atStart);
  program.meanings.forEach((meaning, i) => {
    const base = tree.starts[i] as number;
    for (const problem of meaning.problems) placed.push({ problem, base });
  });
  if (program.tooLargeAt !== null) placed.push(tooLarge(tree, program.tooLargeAt));
  return placeProblems(tree, placed, options);
}

/** In source order. */
function placeProblems(
  tree: SyntaxTree,
  placed: readonly PlacedProblem[],
  options: ParseOptions,
): Diagnostic[] {
  if (placed.length === 0) return [];
  const lines = lineStartsOf(tree.text);
  const include = includePlaceOf(tree);
  return placed
    .map(({ problem, base }) => {
      const diagnostic = diagnosticOf(problem, base, lines, options.lenient ?? false);
      return problem.code === 'missing-include' ? { ...diagnostic, fix: include } : diagnostic;
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function tooLarge(tree: SyntaxTree, index: number): { problem: Problem; base: number } {
  const { syntax } = tree.statements[index] as StatementNode;
  const problem: Problem = {
    severity: 'error',
    phase: 'semantic',
    code: 'program-too-large',
    message:
      'The program has more than 4,000,000 operations up to here; the rest was not read. Make it shorter.',
    start: syntax.start,
    end: syntax.end,
  };
  return { problem, base: tree.starts[index] as number };
}

/** Adds the standard file after the version line, or at the top where there is none. */
function includePlaceOf(tree: SyntaxTree): { title: string; edits: TextEdit[] } {
  const first = tree.statements[0] as StatementNode;
  const hasVersion = first.syntax.kind === 'version';
  const at = hasVersion ? first.syntax.end : 0;
  const newline = tree.text.includes('\r\n') ? '\r\n' : '\n';
  const file = tree.language === 3 ? 'stdgates.inc' : 'qelib1.inc';
  const line = `include "${file}";`;
  return {
    title: `Include ${file}`,
    edits: [{ start: at, end: at, text: hasVersion ? newline + line : line + newline }],
  };
}
