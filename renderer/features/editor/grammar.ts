import type { languages } from 'monaco-editor/editor';
import { gates } from '#shared/gates/registry.ts';
import { constants3, reservedWords3 } from '#shared/qasm/syntax3/words.ts';

/** Colours of OpenQASM 2 and 3; where a word stands does not matter for them. */
export const grammar: languages.IMonarchLanguage = {
  unicode: true,
  keywords: [...new Set(['opaque', ...reservedWords3])].filter((word) => !constants3.has(word)),
  gates: ['U', 'CX', ...gates.flatMap((gate) => [gate.id, ...gate.aliases])],
  constants: [...constants3.keys(), 'true', 'false'],
  tokenizer: {
    root: [
      [/\/\/.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/"[^"\n]*"/, 'string'],
      [/^\s*(?:#?pragma|@[A-Za-z_][\w.]*).*$/, 'annotation'],
      [/\$\d+/, 'identifier'],
      [/0[xX][0-9a-fA-F_]+|0o[0-7_]+|0[bB][01_]+/, 'number'],
      [/(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?(?:dt|ns|us|µs|ms|s|im)?\b/, 'number'],
      [
        /[\p{L}_][\p{L}\p{Nd}_]*/u,
        {
          cases: {
            '@keywords': 'keyword',
            '@constants': 'constant',
            '@gates': 'function',
            '@default': 'identifier',
          },
        },
      ],
      [/->|==|[-+*/%^&|~!<>=:@(){}[\],;]/, 'delimiter'],
    ],
    comment: [
      [/\*\//, 'comment', '@pop'],
      [/./, 'comment'],
    ],
  },
};
