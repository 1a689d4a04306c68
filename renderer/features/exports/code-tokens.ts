export type TokenKind = 'plain' | 'comment' | 'string' | 'number' | 'keyword';

/** A stretch of a text; all of them one after the other are the text. */
export interface CodeToken {
  readonly kind: TokenKind;
  readonly text: string;
}

/** How a language writes comments, and the words that it keeps for itself. */
interface Language {
  readonly comment: string | null;
  readonly keywords: ReadonlySet<string>;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** By the extension of the file that an export is saved as. */
const languages: Readonly<Record<string, Language>> = {
  py: {
    comment: '#',
    keywords: words(
      'and as def elif else False for from if import in is not None or pass return True while with',
    ),
  },
  qasm: {
    comment: '//',
    keywords: words(
      'OPENQASM include qubit bit qreg creg gate opaque measure reset barrier if else for while in switch case default input output float int uint angle bool const let def return ctrl negctrl inv pow gphase delay duration box U CX',
    ),
  },
  qs: {
    comment: '//',
    keywords: words(
      'namespace open import operation function use let mutable set if elif else for in within apply repeat until return Adjoint Controlled Unit Qubit Result Int Double Bool Zero One is Adj Ctl',
    ),
  },
  quil: {
    comment: '#',
    keywords: words(
      'DECLARE DEFGATE DEFCIRCUIT MEASURE RESET HALT LABEL JUMP PRAGMA CONTROLLED DAGGER FORKED BIT REAL AS',
    ),
  },
  json: { comment: null, keywords: words('true false null') },
};

/** Longer texts are shown in one colour: each token is an element of the page. */
const longest = 20_000;

/** An exported text in the colours of its language; other languages are plain. */
export function codeTokens(text: string, extension: string): readonly CodeToken[] {
  const language = languages[extension];
  if (language === undefined || text.length > longest) return [{ kind: 'plain', text }];
  const comment = language.comment === null ? '(?!)' : `${language.comment}.*`;
  const pattern = new RegExp(
    `(${comment})|("(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\\\n]|\\\\.)*')|((?<![\\w.])\\d[\\w.]*(?:(?<=e)[-+]\\d+)?)|([A-Za-z_]\\w*)`,
    'g',
  );
  const tokens: CodeToken[] = [];
  let position = 0;
  for (const found of text.matchAll(pattern)) {
    const [whole, asComment, asString, asNumber] = found;
    const isName = asComment === undefined && asString === undefined && asNumber === undefined;
    if (isName && !language.keywords.has(whole)) continue;
    if (found.index > position) {
      tokens.push({ kind: 'plain', text: text.slice(position, found.index) });
    }
    const kind =
      asComment !== undefined
        ? 'comment'
        : asString !== undefined
          ? 'string'
          : asNumber !== undefined
            ? 'number'
            : 'keyword';
    tokens.push({ kind, text: whole });
    position = found.index + whole.length;
  }
  if (position < text.length) tokens.push({ kind: 'plain', text: text.slice(position) });
  return tokens;
}
