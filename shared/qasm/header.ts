import type { Problem } from './diagnostic.ts';
import type { StatementNode, SyntaxTree, VersionSyntax } from './syntax/nodes.ts';
import { readToken } from './syntax/tokens.ts';

/** The forced language, or what the version line says; no version line means 3. */
export function languageOf(tree: SyntaxTree, forced: 2 | 3 | undefined): 2 | 3 {
  if (forced !== undefined) return forced;
  const version = versionOf(tree);
  return version !== null && /^0*2(\.|$)/.test(version.version.text) ? 2 : 3;
}

/**
 * Faults of the version line, at absolute offsets. `stops`: the program is in a language that is
 * not read, and one diagnostic says so.
 */
export function headerProblems(
  tree: SyntaxTree,
  forced: 2 | 3 | undefined,
): { readonly problems: readonly Problem[]; readonly stops: boolean } {
  const version = versionOf(tree);
  if (languageOf(tree, forced) === 3)
    return { problems: [onlyVersion2(tree, version, forced === 3)], stops: true };
  const problems = laterVersions(tree);
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

function onlyVersion2(tree: SyntaxTree, version: VersionSyntax | null, isForced: boolean): Problem {
  const place = version === null ? firstTokenOf(tree) : version.version;
  const came = isForced
    ? 'this program is to be read as OpenQASM 3. Choose OpenQASM 2'
    : version === null
      ? 'this program has no version line, which means OpenQASM 3. If it is OpenQASM 2, begin it with “OPENQASM 2.0;”'
      : `this program is OpenQASM ${version.version.text}`;
  return {
    severity: 'error',
    phase: 'syntax',
    code: 'only-openqasm-2',
    message: `Only OpenQASM 2 is read yet; ${came}.`,
    start: place.start,
    end: place.end,
    ...(version === null && !isForced ? { fix: insertVersion(tree) } : {}),
  };
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
