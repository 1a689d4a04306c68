import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { parseDocument, updateDocument } from '#shared/qasm/document.ts';
import { printTree } from '#shared/qasm/syntax/nodes.ts';
import { randomProgram } from '../../support/random-programs.ts';

const head = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[3];\ncreg c[3];\n';

function codesOf(text: string, include?: (path: string) => string | null): string[] {
  const options = include === undefined ? {} : { include };
  return [...new Set(parseDocument(text, options).diagnostics.map((one) => one.code))];
}

/** n gates of which each calls the one before twice: 2^n operations when written out. */
function doubling(n: number, angle = ''): string {
  let text = head + (angle === '' ? 'gate g0 a { x a; }\n' : 'gate g0(t) a { rx(t) a; }\n');
  for (let i = 1; i <= n; i++) {
    text +=
      angle === ''
        ? `gate g${i} a { g${i - 1} a; g${i - 1} a; }\n`
        : `gate g${i}(t) a { g${i - 1}(t+t) a; }\n`;
  }
  return `${text}g${n}${angle} q[0];\n`;
}

describe('hostile input', () => {
  it('is refused where expressions nest too deep, whatever nests', () => {
    const deep = 200_000;
    for (const angle of [
      `${'('.repeat(deep)}1${')'.repeat(deep)}`,
      `${'-'.repeat(deep)}1`,
      `1${'+1'.repeat(deep)}`,
      `1${'^1'.repeat(deep)}`,
      `${'sin('.repeat(deep)}1`,
    ]) {
      expect(codesOf(`${head}rx(${angle}) q[0];`)).toEqual(['expression-too-deep']);
    }
  });

  it('is read as it stands where gates expand exponentially; writing them out is refused', () => {
    const { circuit } = parseDocument(doubling(80));
    if (circuit === null) throw new Error('no circuit');
    expect(circuit.operations).toHaveLength(1);
    expect(() => flattenOperations(circuit, 10_000)).toThrow(AppError);
    const angles = parseDocument(doubling(80, '(1.0e-30)')).circuit;
    if (angles === null) throw new Error('no circuit');
    expect(flattenOperations(angles, 10)).toMatchObject([
      { gate: 'rx', parameters: [{ kind: 'number', value: 2 ** 80 * 1e-30 }] },
    ]);
  });

  it('is refused where empty gates expand exponentially or gates nest very deep', () => {
    const empty = parseDocument(doubling(60).replace('{ x a; }', '{ }')).circuit;
    const nested = parseDocument(doubling(2000, '(0.5)').replaceAll('t+t', 't')).circuit;
    if (empty === null || nested === null) throw new Error('no circuit');
    expect(() => flattenOperations(empty, 1000)).toThrow(/more than 1000/);
    expect(() => flattenOperations(nested, 1000)).toThrow(/nested more than/);
  });

  it('is refused where registers or their uses are huge', () => {
    expect(codesOf('OPENQASM 2.0;\nqreg q[4000000000];')).toEqual(['register-too-large']);
    const many = 'OPENQASM 2.0;\nqreg q[60000];\n' + 'U(0,0,0) q;\n'.repeat(20_000);
    expect(codesOf(many)).toEqual(['program-too-large']);
    const barriers = 'OPENQASM 2.0;\nqreg q[60000];\n' + 'barrier q;\n'.repeat(20_000);
    expect(codesOf(barriers)).toEqual(['program-too-large']);
  });

  it('is refused where files include themselves or each other', () => {
    expect(codesOf(`${head}include "a";`, () => 'include "a";')).toEqual(['include-too-deep']);
    expect(codesOf(`${head}include "a";`, () => 'include "a"; include "a";')).toEqual([
      'include-too-deep',
    ]);
  });

  it('is read in bounded time where everything is a fault', () => {
    expect(codesOf(head + '}'.repeat(50_000))).toEqual(['unexpected-token']);
    expect(codesOf(head + 'gate g a {'.repeat(20_000))).toContain('only-gates-in-body');
    expect(codesOf(head + 'nope q[0];\n'.repeat(20_000))).toEqual(['unknown-gate']);
    expect(codesOf(`${head}${'€'.repeat(200_000)}`)).toEqual(['unknown-character']);
    expect(codesOf(`${head}/*${'*'.repeat(200_000)}`)).toEqual(['unterminated-comment']);
  });

  it('never throws and loses no character, whatever is cut, doubled or typed into a program', () => {
    const pieces = [
      '(',
      ')',
      '{',
      '}',
      ';',
      ',',
      '"',
      '/*',
      '//',
      '[',
      '->',
      '==',
      'if',
      'gate ',
      '0',
      '\r',
      '€',
      '\\',
      '𝛑',
    ];
    for (let seed = 0; seed < 300; seed++) {
      const rng = rngOf(seed, 3);
      const options = { lenient: seed % 2 === 0 };
      let document = parseDocument(randomProgram(rng), options);
      for (let step = 0; step < 8; step++) {
        const start = rng.below(document.text.length + 1);
        const end = Math.min(document.text.length, start + rng.below(4));
        const text = rng.below(3) === 0 ? '' : (pieces[rng.below(pieces.length)] as string);
        document = updateDocument(document, [{ start, end, text }]);
        const fresh = parseDocument(document.text, options);
        expect(printTree(document.tree)).toBe(document.text);
        expect(document.diagnostics, document.text).toEqual(fresh.diagnostics);
        expect(document.circuit, document.text).toEqual(fresh.circuit);
        const isBroken = document.tree.statements.some(({ syntax }) => syntax.kind === 'broken');
        if (isBroken) expect(document.circuit, document.text).toBeNull();
      }
    }
  });

  it('of 100,000 gates is read in seconds', () => {
    const lines = Array.from({ length: 100_000 }, (_, i) =>
      i % 2 === 0 ? `cx q[${i % 3}],q[${(i + 1) % 3}];` : `rz(0.${i}) q[${i % 3}];`,
    );
    const text = head + lines.join('\n');
    expect(parseDocument(text).circuit?.operations).toHaveLength(100_000);
  }, 10_000);
});
