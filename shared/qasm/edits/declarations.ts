import { AppError } from '../../base/errors.ts';
import { bitsOf, type GateOperation, type Operation, qubitsOf } from '../../circuit/circuit.ts';
import type { TextEdit } from '../diagnostic.ts';
import { declarationsOf } from '../print/circuit3.ts';
import type { OperationPrinter } from '../print/operations.ts';
import type { StatementSyntax } from '../syntax/nodes.ts';
import type { Layout, Range } from './layout.ts';
import { refuseIncluded, type SourceMap } from './source-map.ts';

/** Sees to it that what new statements use is declared before them. */
export class Declarations {
  readonly #map: SourceMap;
  readonly #layout: Layout;
  readonly #printer: OperationPrinter;
  readonly #standardFile: string;
  #needsStandardFile = false;
  /** Gates of the registry that are used and that the standard file lacks. */
  readonly #undeclared = new Set<string>();
  /** Declarations behind `before` up to `last` must move in front of statement `before`. */
  #before = Infinity;
  #last = -1;

  constructor(map: SourceMap, layout: Layout, printer: OperationPrinter, language: 2 | 3) {
    this.#standardFile = language === 3 ? 'stdgates.inc' : 'qelib1.inc';
    this.#map = map;
    this.#layout = layout;
    this.#printer = printer;
  }

  /** Index of the last statement that declares something the operations use; -1 for none. */
  latestFor(operations: readonly Operation[]): number {
    let latest = -1;
    const visit = (operation: Operation): void => {
      for (const qubit of qubitsOf(operation)) {
        latest = Math.max(latest, this.#map.qubitDeclaration(qubit));
      }
      for (const bit of bitsOf(operation)) latest = Math.max(latest, this.#map.bitDeclaration(bit));
      if (operation.kind === 'gate') latest = Math.max(latest, this.#gateStatement(operation));
      if (operation.kind === 'if') operation.body.forEach(visit);
    };
    operations.forEach(visit);
    return latest;
  }

  require(operations: readonly Operation[], statement: number): void {
    const latest = this.latestFor(operations);
    if (latest < statement) return;
    this.#before = Math.min(this.#before, statement);
    this.#last = Math.max(this.#last, latest);
  }

  /** The edits that bring missing declarations, and the statements that moved. */
  finish(): { readonly edits: TextEdit[]; readonly removed: Range[] } {
    const edits: TextEdit[] = [];
    const removed: Range[] = [];
    const heads = this.#headLines();
    if (heads.length > 0) edits.push(this.#insertHead(heads));
    if (this.#last < 0) return { edits, removed };
    const moved: string[] = [];
    for (let i = this.#before + 1; i <= this.#last; i++) {
      const syntax = this.#map.syntax(i);
      if (syntax.kind === 'include' && this.#map.slots.some((slot) => slot.statement === i)) {
        refuseIncluded(syntax);
      }
      if (!isDeclaration(syntax)) continue;
      const range = this.#map.range(i);
      moved.push(this.#layout.slice(range));
      removed.push(range);
    }
    edits.push(this.#layout.insertBefore(this.#map.range(this.#before), moved));
    return { edits, removed };
  }

  #gateStatement(operation: GateOperation): number {
    const own = this.#map.gateDeclaration(operation.gate);
    if (own !== null) return own;
    const { name, needsStandardFile } = this.#printer.callName(operation);
    if (this.#printer.missing?.has(name) === true) this.#undeclared.add(name);
    if (!needsStandardFile) return -1;
    this.#needsStandardFile = true;
    return this.#map.standardFile ?? -1;
  }

  /** The standard file and gates that it lacks, as far as the program does not have them yet. */
  #headLines(): string[] {
    const missing = new Set([...this.#undeclared].filter((one) => !this.#map.isDeclared(one)));
    const declared = [...declarationsOf(missing)].filter(([name]) => !this.#map.isDeclared(name));
    const isLacking = this.#needsStandardFile && this.#map.standardFile === null;
    const file = isLacking ? [`include "${this.#standardFile}";`] : [];
    return [...file, ...declared.map(([, line]) => line)];
  }

  #insertHead(lines: readonly string[]): TextEdit {
    const { standardFile } = this.#map;
    if (standardFile !== null)
      return this.#layout.insertAfter(this.#map.range(standardFile), lines);
    if (this.#map.statementCount < 2) return this.#layout.insertAtEnd(lines);
    const hasVersion = this.#map.syntax(0).kind === 'version';
    const first = this.#map.range(0);
    return hasVersion
      ? this.#layout.insertAfter(first, lines)
      : this.#layout.insertBefore(first, lines);
  }
}

function isDeclaration(syntax: StatementSyntax): boolean {
  if (syntax.kind === 'modern') {
    const { kind } = syntax.statement;
    return kind === 'declaration' || kind === 'gate' || kind === 'def';
  }
  return syntax.kind === 'register' || syntax.kind === 'gate' || syntax.kind === 'include';
}

/** A name that can be declared in this document; `bad-input` where it is reserved or taken. */
export function checkFreshName(name: string, isTaken: boolean, reserved: boolean): void {
  if (/^[a-z][A-Za-z0-9_]*$/.test(name) && !reserved && !isTaken) return;
  const reason = isTaken
    ? `“${name}” is the name of something else in this program. Choose another one.`
    : `“${name}” cannot be a name in OpenQASM 2. Use a small letter, then letters, digits and _, and no word of the language.`;
  throw new AppError('bad-input', reason, { name });
}
