import type { Problem } from './diagnostic.ts';
import type { StatementNode, SyntaxTree, VersionSyntax } from './syntax/nodes.ts';
import { readToken } from './syntax/tokens.ts';

/** The forced language, or what the version line says; no version line means 3. */
export function languageOf(text: string, forced: 2 | 3 | undefined): 2 | 3 {
  if (forced !== undefined) return forced;
  const word = readToken(text, 0, 0);
  if (word.text !== 'OPENQASM') return 3;
  return /^0*2(\.|$)/.test(readToken(text, word.end, 0).text) ? 2 : 3;
}

/**
 * Faults of the version line, at absolute offsets. `stops`: the program is in a language that is
 * not read, and one diagnostic says so.
 */
export function headerProblems(tree: SyntaxTree): {
  readonly problems: readonly Problem[];
  readonly stops: boolean;
} {
  const version = versionOf(tree);
  const problems = laterVersions(tree);
  if (tree.language === 3)
    return version === null ? { problems, stops: false } : header3(version, problems);
  if (version === null) {
    if (problems.length > 0) return { problems, stops: false };
    const place = firstTokenOf(tree);
    problems.push({
      severity: 'strict',
      phase: 'syntax',
      code: 'missing-version',
      message: 'An OpenQASM 2 program begins with “OPENQASM 2.0;”. Add this line at the top.',
      ...place,
      fix: insertVersion(tree),
    });
    return { problems, stops: false };
  }
  const { text, start, end } = version.version;
  if (text === '2.0') return { problems, stops: false };
  if (text === '2') {
    problems.push({
      severity: 'strict',
      phase: 'syntax',
      code: 'version-without-point',
      message: 'The version is written “2.0”.',
      start,
      end,
      fix: { title: 'Write “2.0”', edits: [{ start, end, text: '2.0' }] },
    });
    return { problems, stops: false };
  }
  const wrong: Problem = {
    severity: 'error',
    phase: 'semantic',
    code: 'wrong-version',
    message: `The program says that it is OpenQASM ${text}, but it is read as OpenQASM 2.0. Choose the other language or write “OPENQASM 2.0;”.`,
    start,
    end,
  };
  return { problems: [wrong], stops: true };
}

/** OpenQASM 3.1 is read; 3 and 3.0 are parts of it, and a newer 3.x is tried. */
function header3(
  version: VersionSyntax,
  problems: Problem[],
): { readonly problems: readonly Problem[]; readonly stops: boolean } {
  const { text, start, end } = version.version;
  // What is no number at all was reported when it was read.
  const isKnown = /^3(?:\.[01])?$/.test(text) || version.version.problems !== null;
  if (isKnown) return { problems, stops: false };
  const isNewer = /^3\.[0-9]+$/.test(text);
  problems.push({
    severity: isNewer ? 'warning' : 'error',
    phase: 'semantic',
    code: 'wrong-version',
    message: isNewer
      ? `The program says that it is OpenQASM ${text}; it is read as OpenQASM 3.1.`
      : `The program says that it is OpenQASM ${text}, but it is read as OpenQASM 3. Choose the other language or write “OPENQASM 3.0;”.`,
    start,
    end,
  });
  return { problems, stops: !isNewer };
}

/** The version line, if it comes first. It begins at offset 0, so its offsets are absolute. */
function versionOf(tree: SyntaxTree): VersionSyntax | null {
  const first = (tree.statements[0] as StatementNode).syntax;
  return first.kind === 'version' ? first : null;
}

function laterVersions(tree: SyntaxTree): Problem[] {
  const problems: Problem[] = [];
  tree.statements.forEach(({ syntax }, i) => {
    if (syntax.kind !== 'version' || i === 0) return;
    const base = tree.starts[i] as number;
    problems.push({
      severity: 'error',
      phase: 'syntax',
      code: 'version-not-first',
      message: 'The version line must come first and only once. Move it to the top or remove it.',
      start: base + syntax.start,
      end: base + syntax.end,
    });
  });
  return problems;
}

function firstTokenOf(tree: SyntaxTree): { start: number; end: number } {
  const token = readToken(tree.text, 0, 0);
  return { start: token.start, end: token.end };
}

function insertVersion(tree: SyntaxTree): {
  title: string;
  edits: { start: number; end: number; text: string }[];
} {
  const newline = tree.text.includes('\r\n') ? '\r\n' : '\n';
  return {
    title: 'Add “OPENQASM 2.0;”',
    edits: [{ start: 0, end: 0, text: `OPENQASM 2.0;${newline}` }],
  };
}
