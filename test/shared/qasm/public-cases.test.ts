import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '#shared/qasm/document.ts';
import { printTree } from '#shared/qasm/syntax/nodes.ts';
import { casesFolder } from '../../support/cases.ts';

interface InvalidCase {
  readonly id: string;
  readonly language: string;
  readonly source: string;
  readonly must: string;
}

/** Their recorded source lost its last statement: what is left is a valid program without operations. */
const cutShort = /^oq2_TestBitResolution_test_disallow_duplicate_qubits_/;

function readCases(): readonly InvalidCase[] {
  const all = JSON.parse(
    readFileSync(join(casesFolder, 'parse/invalid.json'), 'utf8'),
  ) as InvalidCase[];
  return all.filter((one) => !cutShort.test(one.id));
}

function readValid(): readonly { readonly id: string; readonly source: string }[] {
  return JSON.parse(readFileSync(join(casesFolder, 'parse/valid_parse.json'), 'utf8'));
}

function readPrograms(): readonly { readonly name: string; readonly text: string }[] {
  return ['circuits/qasm', 'transpile/qasm'].flatMap((path) =>
    readdirSync(join(casesFolder, path)).map((name) => ({
      name,
      text: readFileSync(join(casesFolder, path, name), 'utf8'),
    })),
  );
}

describe('the public cases', () => {
  it.each(readCases())('$id is rejected', ({ source, must, language }) => {
    const document = parseDocument(source, { language: language === 'OpenQASM 3' ? 3 : 2 });
    const [first] = document.diagnostics.filter((one) => one.severity === 'error');
    expect(first).toBeDefined();
    expect(document.circuit).toBeNull();
    if (must === 'reject (syntax)') expect(['lexical', 'syntax']).toContain(first?.phase);
    if (must === 'reject (semantic)') expect(first?.phase).toBe('semantic');
    if (must === 'reject (strict mode only)') {
      const lenient = parseDocument(source, { language: 2, lenient: true });
      expect(lenient.diagnostics.map((one) => one.severity)).toEqual(['warning']);
      expect(lenient.circuit).not.toBeNull();
    }
  });

  it.each(readValid())('$id is read without a fault of its syntax', ({ source }) => {
    const document = parseDocument(source, { language: 3 });
    expect(document.diagnostics.filter(({ phase }) => phase !== 'semantic')).toEqual([]);
    expect(printTree(document.tree)).toBe(source);
  });

  it.each(readPrograms())('$name is read without a diagnostic and without loss', ({ text }) => {
    const document = parseDocument(text);
    expect(document.diagnostics).toEqual([]);
    expect(document.circuit?.operations.length).toBeGreaterThan(0);
    expect(printTree(document.tree)).toBe(text);
  });
});
