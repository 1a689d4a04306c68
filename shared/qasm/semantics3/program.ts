import type { Operation, Parameter } from '../../circuit/circuit.ts';
import { gateById } from '../../gates/registry.ts';
import { lineStartsOf, positionAt, type Problem } from '../diagnostic.ts';
import { Reporter } from '../semantics/reporter.ts';
import type { IncludeSyntax, StatementNode, SyntaxTree } from '../syntax/nodes.ts';
import { parseTree } from '../syntax/tree.ts';
import { checkHeight, maximumPlaces } from './budget.ts';
import { CircuitWriter } from './circuit.ts';
import { compileAnyExpression } from './expressions.ts';
import { type Content, Memory, Unknown } from './memory.ts';
import { standardGates, standardNames } from './gate-calls.ts';
import type { CalleeBase } from './places.ts';
import type { Step } from './program-steps.ts';
import { isStandardName } from './standard-declarations.ts';
import {
  type Compilers,
  type Context,
  ProgramState,
  Scope,
  type StateGrowth,
  type Symbol3,
} from './scope.ts';
import { compileStatement } from './statements.ts';

const maximumWeight = 4_000_000;
const maximumIncludeDepth = 16;
const maximumIncludes = 200;

type IncludeLoader = (path: string) => string | null;

/** Counts of what a program has declared up to a statement, that one included. */
export interface Mark {
  readonly qubits: number;
  readonly bits: number;
  readonly definitions: number;
  readonly hasStandardFile: boolean;
}

/** What one statement means at its place, kept for as long as both stay the same. */
interface Meaning3 {
  /** Stands for all that is declared before the statement, and after it. */
  readonly before: object;
  readonly after: object;
  /** Null: it declares nothing. */
  readonly growth: Growth | null;
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
  readonly mark: Mark;
  /** Places that it lists. */
  readonly places: number;
  /** Whether too many were listed by then, so that it was not read. */
  readonly isSpent: boolean;
}

interface Growth {
  readonly state: StateGrowth;
  readonly symbols: readonly Symbol3[];
  readonly hasStandardFile: boolean;
  readonly includes: number;
}

/** A program of OpenQASM 3 that was understood as far as it could be. */
export interface Program3 {
  readonly state: ProgramState;
  readonly scope: Scope;
  readonly meanings: readonly Meaning3[];
  /** Steps of each statement of the tree. */
  readonly steps: readonly (readonly Step[])[];
  readonly problems: readonly (readonly Problem[])[];
  /** What is declared after each statement. */
  readonly marks: readonly Mark[];
}

/** What an update reuses: meanings of statements that are the same objects as before. */
export interface PreviousProgram3 {
  readonly tree: SyntaxTree;
  readonly program: Program3;
}

/** What stands before every program: nothing. */
const nothing = {};

/** Gives every statement its meaning, in order; those that did not change keep theirs. */
export function analyseProgram3(
  tree: SyntaxTree,
  include: IncludeLoader | null,
  before: PreviousProgram3 | null = null,
): Program3 {
  const analysis = new Analysis3(include);
  const own = ownNamesIn(tree);
  for (const name of own) analysis.state.ownNames.add(name);
  // What a built-in gate is called in the circuit depends on these names, before and after them.
  const isAnew = before !== null && !sameNames(own, ownNamesIn(before.tree));
  const previous = isAnew ? null : before;
  const offset = previous === null ? 0 : previous.tree.statements.length - tree.statements.length;
  const meanings: Meaning3[] = [];
  let declared: object = nothing;
  for (let i = 0; i < tree.statements.length; i++) {
    const node = tree.statements[i] as StatementNode;
    const isPast = analysis.state.isSpent;
    const kept =
      previous === null || isPast ? null : keptMeaning(previous, node, i, offset, declared);
    const fits = kept !== null && analysis.state.places + kept.places <= maximumPlaces;
    if (fits) analysis.declareAgain(kept);
    const meaning = fits ? kept : analysis.meaningOf(node, tree.starts[i] as number, declared);
    meanings.push(meaning);
    declared = meaning.after;
  }
  const { state, scope } = analysis;
  return {
    state,
    scope,
    meanings,
    steps: meanings.map(({ steps }) => steps),
    problems: meanings.map(({ problems }) => problems),
    marks: meanings.map(({ mark }) => mark),
  };
}

/** Gates of the program's own that have the name of a built-in one and are not that one. */
function ownNamesIn({ statements, starts, text }: SyntaxTree): ReadonlySet<string> {
  const names = new Set<string>();
  statements.forEach(({ syntax }, i) => {
    if (syntax.kind !== 'modern' || syntax.statement.kind !== 'gate') return;
    const name = syntax.statement.name.text;
    if (gateById(name) === null) return;
    const base = starts[i] as number;
    if (!isStandardName(name, text.slice(base + syntax.start, base + syntax.end))) names.add(name);
  });
  return names;
}

function sameNames(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}

function keptMeaning(
  previous: PreviousProgram3,
  node: StatementNode,
  index: number,
  offset: number,
  before: object,
): Meaning3 | null {
  for (const i of [index, index + offset]) {
    if (previous.tree.statements[i] !== node) continue;
    const meaning = previous.program.meanings[i];
    if (meaning !== undefined && meaning.before === before && !meaning.isSpent) return meaning;
  }
  return null;
}

const compilers: Compilers = { expression: compileAnyExpression, statement: compileStatement };

class Analysis3 {
  readonly state = new ProgramState();
  readonly scope = new Scope(null);
  readonly #include: IncludeLoader | null;
  #hasStandardFile = false;
  #includes = 0;
  #lastMark: Mark | null = null;

  constructor(include: IncludeLoader | null) {
    this.#include = include;
  }

  #mark(isSame: boolean): Mark {
    if (isSame && this.#lastMark !== null) return this.#lastMark;
    const { qubitCount, bitCount, definitions } = this.state;
    const hasStandardFile = this.#hasStandardFile;
    const counts = { qubits: qubitCount, bits: bitCount, definitions: definitions.length };
    this.#lastMark = { ...counts, hasStandardFile };
    return this.#lastMark;
  }

  /** Reads a statement after all that came before it. */
  meaningOf(node: StatementNode, start: number, before: object): Meaning3 {
    const { syntax } = node;
    const reporter = new Reporter({ start: start + syntax.start, end: start + syntax.end });
    const extent = this.state.extent();
    const symbols = this.scope.added.length;
    const includes = this.#includes;
    const { places } = this.state;
    const pending: Step[] = [];
    this.statement(node, reporter, pending, 0);
    const isSame =
      this.scope.added.length === symbols &&
      this.#includes === includes &&
      this.state.extent().every((count, i) => count === extent[i]);
    const growth: Growth | null = isSame
      ? null
      : {
          state: this.state.growthSince(extent),
          symbols: this.scope.added.slice(symbols),
          hasStandardFile: this.#hasStandardFile,
          includes: this.#includes,
        };
    return {
      before,
      after: isSame ? before : {},
      growth,
      steps: pending,
      problems:
        node.problems.length === 0 ? reporter.problems : [...node.problems, ...reporter.problems],
      mark: this.#mark(isSame),
      places: this.state.places - places,
      isSpent: this.state.isSpent,
    };
  }

  /** Brings in what a statement declared when it was read before. */
  declareAgain({ growth, places }: Meaning3): void {
    this.state.places += places;
    if (growth === null) return;
    const { state, symbols, hasStandardFile, includes } = growth;
    this.state.grow(state);
    for (const symbol of symbols) {
      this.scope.add(symbol);
      const isOwn = symbol.kind === 'gate' && symbol.isUserDefined;
      if (isOwn && gateById(symbol.name) !== null) this.state.ownNames.add(symbol.name);
    }
    this.#hasStandardFile = hasStandardFile;
    this.#includes = includes;
    this.#lastMark = null;
  }

  statement(node: StatementNode, reporter: Reporter, pending: Step[], depth: number): void {
    const { syntax } = node;
    if (syntax.kind === 'include') this.#includeFile(syntax, reporter, pending, depth);
    if (syntax.kind !== 'modern') return;
    const context: Context = {
      reporter,
      scope: this.scope,
      pending,
      place: 'program',
      isGlobal: true,
      isInLoop: false,
      result: null,
      state: this.state,
      compile: compilers,
    };
    compileStatement(context, syntax.statement);
    if (!checkHeight(context, pending, syntax.statement)) pending.length = 0;
  }

  #includeFile(syntax: IncludeSyntax, reporter: Reporter, pending: Step[], depth: number): void {
    const path = syntax.path.text.slice(1, -1);
    if (path === 'stdgates.inc') {
      this.#includeStandard(syntax, reporter);
      return;
    }
    const text = this.#include?.(path) ?? null;
    if (text === null) {
      const hint =
        path === 'qelib1.inc'
          ? ' That file belongs to OpenQASM 2; OpenQASM 3 has "stdgates.inc".'
          : '';
      reporter.error(
        'include-not-found',
        `There is no file “${path}” to include. Only files beside or below this one can be read, and "stdgates.inc" is built in.${hint}`,
        syntax.path,
      );
      return;
    }
    if (depth >= maximumIncludeDepth || ++this.#includes > maximumIncludes) {
      const message = `“${path}” is included too often or includes itself. Remove one of the includes.`;
      reporter.error('include-too-deep', message, syntax.path);
      return;
    }
    const tree = parseTree(text, 3);
    const lines = lineStartsOf(text);
    tree.statements.forEach((node, i) => {
      const inner = new Reporter(reporter.origin);
      this.statement(node, inner, pending, depth + 1);
      for (const problem of [...node.problems, ...inner.problems]) {
        const { line, column } = positionAt(lines, (tree.starts[i] as number) + problem.start);
        const { severity, phase, code } = problem;
        const message = `In “${path}”, line ${line}, column ${column}: ${problem.message}`;
        const { start, end } = syntax.path;
        reporter.add({ severity, phase, code, message, start, end });
      }
    });
  }

  #includeStandard(syntax: IncludeSyntax, reporter: Reporter): void {
    const taken = standardNames.find((name) => this.scope.hasOwn(name));
    if (this.#hasStandardFile) {
      const message =
        'stdgates.inc is included already, so all its gates would be declared twice. Remove this line.';
      const edits = [{ start: syntax.start, end: syntax.end, text: '' }];
      reporter.error('included-twice', message, syntax, {
        title: 'Remove the second include',
        edits,
      });
      return;
    }
    if (taken !== undefined) {
      const message = `stdgates.inc declares “${taken}”, but this program has declared it before. Rename yours or remove the include.`;
      reporter.error('already-declared', message, syntax.path);
      return;
    }
    this.#hasStandardFile = true;
    for (const gate of standardGates()) this.scope.add(gate);
  }
}

/** What a circuit can say of a program. */
export interface Writing {
  readonly operations: readonly Operation[];
  /** How many operations there are after each statement. */
  readonly ends: readonly number[];
  readonly parameters: readonly Parameter[];
  /** Whether the circuit is all of the program: nothing in it is opaque. */
  readonly isWhole: boolean;
  /** Bits whose last value is known although no operation writes it. */
  readonly knownBits: ReadonlyMap<number, 0 | 1>;
  /** Faults that are sure to happen when the program runs, by statement. */
  readonly faults: readonly { readonly statement: number; readonly problem: Problem }[];
  readonly tooLargeAt: number | null;
}

/** Writes a program without faults down as a circuit, with these values of its inputs. */
export function writeCircuit(
  program: Program3,
  tree: SyntaxTree,
  inputs: ReadonlyMap<string, Content> = new Map(),
): Writing {
  const { state } = program;
  const writer = new CircuitWriter(
    Memory.empty(state.count),
    state.bitRegisters,
    false,
    calleeBaseIn(tree),
  );
  const parameters: Parameter[] = [];
  for (const { name, slot, type } of state.inputs) {
    const given = inputs.get(name);
    writer.memory.slots[slot] = given ?? new Unknown();
    const isReal = ['float', 'angle', 'int', 'uint'].includes(type.kind);
    if (given === undefined && isReal) parameters.push({ name, value: null });
  }
  const faults: { statement: number; problem: Problem }[] = [];
  let tooLargeAt: number | null = null;
  const ends: number[] = [];
  for (const [statement, steps] of program.steps.entries()) {
    ends[statement] = writer.operations.length;
    if (steps.length === 0) continue;
    const { syntax } = tree.statements[statement] as StatementNode;
    const base = tree.starts[statement] as number;
    const origin = { start: base + syntax.start, end: base + syntax.end };
    const isHere = syntax.kind === 'modern';
    const label = (): string => (isHere ? labelOf(tree.text, origin) : 'include');
    const place = { origin, base: isHere ? base : null };
    const fault = writer.add(steps, place, state.qubitCount, label);
    ends[statement] = writer.operations.length;
    if (fault !== null) {
      const problem: Problem = {
        severity: 'error',
        phase: 'semantic',
        code: 'not-computable',
        ...fault,
      };
      faults.push({ statement, problem });
    }
    if (writer.operations.length + writer.weight > maximumWeight) {
      tooLargeAt = statement;
      break;
    }
  }
  return {
    operations: writer.operations,
    ends,
    parameters,
    isWhole: writer.isWhole && faults.length === 0,
    knownBits: writer.knownBits(),
    faults,
    tooLargeAt,
  };
}

/** Where the declarations of subroutines begin. The tree is searched at the first question only. */
export function calleeBaseIn(tree: SyntaxTree): CalleeBase {
  let bases: Map<string, number> | null = null;
  return (name) => {
    if (bases === null) {
      const found = new Map<string, number>();
      tree.statements.forEach(({ syntax }, i) => {
        if (syntax.kind !== 'modern' || syntax.statement.kind !== 'def') return;
        found.set(syntax.statement.name.text, tree.starts[i] as number);
      });
      bases = found;
    }
    return bases.get(name) ?? null;
  };
}

/** The first words of a statement. */
function labelOf(text: string, { start, end }: { start: number; end: number }): string {
  const line = text.slice(start, Math.min(end, start + 200)).split(/[\n\r{]/)[0] ?? '';
  const words = line.trim();
  return words.length > 40 ? `${words.slice(0, 39)}…` : words;
}
