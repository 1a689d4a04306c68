import type { languages } from 'monaco-editor/editor';
import { gates } from '#shared/gates/registry.ts';

/** Colours of OpenQASM 2 and 3; where a word stands does not matter for them. */
export const grammar: languages.IMonarchLanguage = {
  keywords: [
    'OPENQASM',
    'include',
    'qreg',
    'creg',
    'gate',
    'opaque',
    'measure',
    'reset',
    'barrier',
    'if',
    'qubit',
    'bit',
    'input',
    'output',
    'else',
    'for',
    'while',
    'in',
    'def',
    'return',
    'ctrl',
    'negctrl',
    'inv',
    'pow',
  ],
  gates: ['U', 'CX', ...gates.flatMap((gate) => [gate.id, ...gate.aliases])],
  constants: ['pi', 'tau', 'euler', 'π', 'τ'],
  tokenizer: {
    root: [
      [/\/\/.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/"[^"\n]*"/, 'string'],
      [/(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?/, 'number'],
      [
        /[A-Za-z_]\w*/,
        {
          cases: {
            '@keywords': 'keyword',
            '@constants': 'constant',
            '@gates': 'function',
            '@default': 'identifier',
          },
        },
      ],
      [/->|==|[-+*/^(){}[\],;]/, 'delimiter'],
    ],
    comment: [
      [/\*\//, 'comment', '@pop'],
      [/./, 'comment'],
    ],
  },
};
