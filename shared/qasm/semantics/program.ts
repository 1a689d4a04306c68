import type { GateDefinition, Operation, Origin, Register } from '../../circuit/circuit.ts';
import { gateById } from '../../gates/registry.ts';
import { lineStartsOf, positionAt, type Problem } from '../diagnostic.ts';
import type { IncludeSyntax, StatementNode, SyntaxTree } from '../syntax/nodes.ts';
import { parseTree } from '../syntax/tree.ts';
import { Environment, paperGates } from './environment.ts';
import { Reporter } from './reporter.ts';
import { type Additions, analyseStatement, nothingAdded } from './statements.ts';

/** More operations, barriers and conditions counted by their wires, are refused. */
const maximumWeight = 4_000_000;
const maximumIncludeDepth = 16;
const maximumIncludes = 200;

export type IncludeLoader = (path: string) => string | null;

/** What one top-level statement means at its place, kept for as long as both stay the same. */
interface StatementMeaning {
  readonly before: Environment;
  readonly additions: Additions;
  readonly problems: readonly Problem[];
  /** Offset of the statement's text that the operations' origins were made for. */
  readonly placedAt: number;
  readonly operations: readonly Operation[];
  readonly weight: number;
}

/** The analysed program: one meaning for each statement of the tree. */
export interface Program {
  readonly root: Environment;
  readonly meanings: readonly StatementMeaning[];
  /** Index of the statement at which the program became too large, or null. */
  readonly tooLargeAt: number | null;
}

/** What an update reuses: meanings of statements that are the same objects as before. */
export interface PreviousProgram {
  readonly tree: SyntaxTree;
  readonly program: Program;
}

/** Gives every statement its meaning, in order. O(changed statements) where `previous` still holds, with a light pass over all. */
export function analyseProgram(
  tree: SyntaxTree,
  include: IncludeLoader | null,
  previous: PreviousProgram | null,
): Program {
  const analysis = new Analysis(include);
  const ownGates = analysis.ownGatesOf(tree);
  const root =
    previous !== null && sameSet(previous.program.root.ownGates, ownGates)
      ? previous.program.root
      : Environment.root(ownGates);
  const offset = previous === null ? 0 : previous.tree.statements.length - tree.statements.length;
  const meanings: StatementMeaning[] = [];
  let environment = root;
  let weight = 0;
  for (let i = 0; i < tree.statements.length; i++) {
    const node = tree.statements[i] as StatementNode;
    const start = tree.starts[i] as number;
    const kept = previous === null ? null : keptMeaning(previous, node, i, offset, environment);
    const meaning =
      kept === null ? analysis.analyse(node, start, environment, 0) : placeAt(kept, node, start);
    meanings.push(meaning);
    environment = meaning.additions.environment;
    weight += meaning.weight;
    if (weight > maximumWeight) return { root, meanings, tooLargeAt: i };
  }
  return { root, meanings, tooLargeAt: null };
}

function keptMeaning(
  previous: PreviousProgram,
  node: StatementNode,
  index: number,
  offset: number,
  environment: Environment,
): StatementMeaning | null {
  for (const i of [index, index + offset]) {
    if (previous.tree.statements[i] !== node) continue;
    const meaning = previous.program.meanings[i];
    if (meaning !== undefined && meaning.before === environment) return meaning;
  }
  return null;
}

function placeAt(meaning: StatementMeaning, node: StatementNode, start: number): StatementMeaning {
  if (meaning.placedAt === start) return meaning;
  const origin = originOf(node, start);
  const operations = meaning.additions.operations.map((operation) => withOrigin(operation, origin));
  return { ...meaning, placedAt: start, operations };
}

function originOf(node: StatementNode, start: number): Origin {
  return { start: start + node.syntax.start, end: start + node.syntax.end };
}

function withOrigin(operation: Operation, origin: Origin): Operation {
  switch (operation.kind) {
    // Spelled out, because copying through a spread costs ten times as much and every gate passes here.
    case 'gate': {
      const { gate, parameters, qubits } = operation;
      return { kind: 'gate', gate, parameters, qubits, origin };
    }
    case 'measure':
      return { kind: 'measure', qubit: operation.qubit, bit: operation.bit, origin };
    case 'if':
      return {
        ...operation,
        body: operation.body.map((inner) => withOrigin(inner, origin)),
        origin,
      };
    default:
      return { ...operation, origin };
  }
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}

class Analysis {
  readonly #include: IncludeLoader | null;
  readonly #files = new Map<string, SyntaxTree | null>();
  #includes = 0;

  constructor(include: IncludeLoader | null) {
    this.#include = include;
  }

  /** Names of the program's own gates that are also ids of the registry, included files searched too. */
  ownGatesOf(tree: SyntaxTree): ReadonlySet<string> {
    const names = new Set<string>();
    const seen = new Set<SyntaxTree>();
    const queue = [tree];
    for (let current = queue.pop(); current !== undefined; current = queue.pop()) {
      if (seen.has(current)) continue;
      seen.add(current);
      for (const { syntax } of current.statements) {
        if (syntax.kind === 'gate' && gateById(syntax.name.text) !== null)
          names.add(syntax.name.text);
        if (syntax.kind !== 'include') continue;
        const file = this.#fileAt(pathOf(syntax));
        if (file !== null && queue.length + seen.size < maximumIncludes) queue.push(file);
      }
    }
    return names;
  }

  analyse(
    node: StatementNode,
    start: number,
    environment: Environment,
    depth: number,
  ): StatementMeaning {
    const reporter = new Reporter(originOf(node, start));
    const additions =
      node.syntax.kind === 'include'
        ? this.#analyseInclude(node.syntax, environment, reporter, depth)
        : analyseStatement(node.syntax, environment, reporter);
    return {
      before: environment,
      additions,
      problems:
        node.problems.length === 0 ? reporter.problems : [...node.problems, ...reporter.problems],
      placedAt: start,
      operations: additions.operations,
      weight: weightOf(additions),
    };
  }

  #fileAt(path: string): SyntaxTree | null {
    if (path === 'qelib1.inc') return null;
    let tree = this.#files.get(path);
    if (tree === undefined) {
      const text = this.#include?.(path) ?? null;
      tree = text === null ? null : parseTree(text);
      this.#files.set(path, tree);
    }
    return tree;
  }

  #analyseInclude(
    syntax: IncludeSyntax,
    environment: Environment,
    reporter: Reporter,
    depth: number,
  ): Additions {
    const path = pathOf(syntax);
    if (path === 'qelib1.inc') return includeStandardFile(syntax, environment, reporter);
    const tree = this.#fileAt(path);
    if (tree === null) {
      reporter.error(
        'include-not-found',
        `There is no file “${path}” to include. Only files beside or below this one can be read, and "qelib1.inc" is built in.`,
        syntax.path,
      );
      return nothingAdded(environment);
    }
    if (depth >= maximumIncludeDepth || ++this.#includes > maximumIncludes) {
      const message = `“${path}” is included too often or includes itself. Remove one of the includes.`;
      reporter.error('include-too-deep', message, syntax.path);
      return nothingAdded(environment);
    }
    return this.#analyseFile(tree, path, syntax, environment, reporter, depth);
  }

  #analyseFile(
    tree: SyntaxTree,
    path: string,
    syntax: IncludeSyntax,
    environment: Environment,
    reporter: Reporter,
    depth: number,
  ): Additions {
    const operations: Operation[] = [];
    const qubitRegisters: Register[] = [];
    const bitRegisters: Register[] = [];
    const definitions: GateDefinition[] = [];
    let current = environment;
    let weight = 0;
    for (let i = 0; i < tree.statements.length && weight <= maximumWeight; i++) {
      const start = tree.starts[i] as number;
      const node = tree.statements[i] as StatementNode;
      const meaning = this.analyse(node, start, current, depth + 1);
      current = meaning.additions.environment;
      weight += meaning.weight;
      for (const operation of meaning.additions.operations) {
        operations.push(withOrigin(operation, reporter.origin));
      }
      qubitRegisters.push(...meaning.additions.qubitRegisters);
      bitRegisters.push(...meaning.additions.bitRegisters);
      definitions.push(...meaning.additions.definitions);
      reportInside(tree, path, start, meaning.problems, syntax, reporter);
    }
    return { environment: current, operations, qubitRegisters, bitRegisters, definitions };
  }
}

/** Faults of an included file stand at the include, with their own place in the message. */
function reportInside(
  tree: SyntaxTree,
  path: string,
  base: number,
  problems: readonly Problem[],
  syntax: IncludeSyntax,
  reporter: Reporter,
): void {
  if (problems.length === 0) return;
  const lines = lineStartsOf(tree.text);
  for (const problem of problems) {
    const { line, column } = positionAt(lines, base + problem.start);
    reporter.add({
      severity: problem.severity,
      phase: problem.phase,
      code: problem.code,
      message: `In “${path}”, line ${line}, column ${column}: ${problem.message}`,
      start: syntax.path.start,
      end: syntax.path.end,
    });
  }
}

function includeStandardFile(
  syntax: IncludeSyntax,
  environment: Environment,
  reporter: Reporter,
): Additions {
  if (environment.hasStandardFile) {
    const message =
      'qelib1.inc is included already, so all its gates would be declared twice. Remove this line.';
    const edits = [{ start: syntax.start, end: syntax.end, text: '' }];
    reporter.error('included-twice', message, syntax, {
      title: 'Remove the second include',
      edits,
    });
    return nothingAdded(environment);
  }
  for (const thing of environment.declared()) {
    if (!paperGates.has(thing.name)) continue;
    reporter.error(
      'already-declared',
      `qelib1.inc declares “${thing.name}”, but this program has declared it before. Rename yours or remove the include.`,
      syntax.path,
    );
    return nothingAdded(environment);
  }
  return nothingAdded(environment.withStandardFile());
}

function pathOf(syntax: IncludeSyntax): string {
  return syntax.path.text.slice(1, syntax.path.text.length - 1);
}

function weightOf(additions: Additions): number {
  let weight = 0;
  for (const operation of additions.operations) {
    if (operation.kind === 'barrier') weight += operation.qubits.length;
    else if (operation.kind === 'if') {
      weight += operation.condition.bits.length + operation.body.length;
    } else weight += 1;
  }
  return weight;
}
