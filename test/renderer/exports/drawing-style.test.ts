import { describe, expect, test } from 'vitest';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { emptyCircuit } from '#shared/circuit/circuit.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { pdfExporter } from '#shared/qasm/exporters/pdf.ts';
import { quantikzExporter } from '#shared/qasm/exporters/quantikz.ts';
import { svgExporter } from '#shared/qasm/exporters/svg.ts';
import { sizeOfDrawing } from '#renderer/features/exports/picture.ts';

const long = circuitOf(
  2,
  Array.from({ length: 30 }, (_, index) => gate('cx', [index % 2, (index + 1) % 2])),
);

describe('the style of a drawing', () => {
  test('wraps the circuit to the page and draws every gate once', () => {
    const line = svgExporter.export(long).text;
    const wrapped = svgExporter.export(long, { look: 'light', pageWidth: 400 }).text;
    expect(sizeOfDrawing(line).width).toBeGreaterThan(1000);
    expect(sizeOfDrawing(wrapped).width).toBeLessThanOrEqual(400);
    expect(sizeOfDrawing(wrapped).height).toBeGreaterThan(sizeOfDrawing(line).height);
    expect(wrapped.match(/<circle/g)).toHaveLength(60);
    expect(wrapped.match(/>q\[0\]</g)?.length).toBeGreaterThan(2);
  });

  test('a column wider than the page has a line of its own', () => {
    const narrow = svgExporter.export(long, { look: 'light', pageWidth: 10 }).text;
    expect(narrow.match(/>q\[0\]</g)).toHaveLength(30);
  });

  test('in black and white has no other colour, and in the dark no white paper', () => {
    const print = svgExporter.export(long, { look: 'print', pageWidth: null }).text;
    expect([...new Set(print.match(/#[0-9a-f]{6}/g))].toSorted()).toEqual(['#000000', '#ffffff']);
    const dark = { look: 'dark', pageWidth: null } as const;
    expect(svgExporter.export(long, dark).text).not.toContain('#ffffff');
    expect(pdfExporter.export(long, dark).text).toMatch(/ rg 0 0 [\d.]+ [\d.]+ re f/);
    expect(pdfExporter.export(long).text).not.toMatch(/ re f/);
  });

  test('has the notes on gates and columns as text, in one line and cut to fit', () => {
    const notes = [
      { kind: 'note', text: 'a < b', index: 0 },
      { kind: 'column-note', text: `${'long '.repeat(20)}`, index: 3 },
    ] as const;
    const svg = svgExporter.export(long, { look: 'light', pageWidth: null, notes }).text;
    expect(svg).toContain('>a &lt; b</text>');
    expect(svg).toMatch(/>long long long long long lo…<|>long [^<]*…</);
    const pdf = pdfExporter.export(long, { look: 'print', pageWidth: null, notes }).text;
    expect(pdf).toContain('(a < b)');
  });
});

describe('a drawing for print', () => {
  const program = `OPENQASM 3.0;
include "stdgates.inc";
input float phi;
qubit[8] q;
bit[8] c;
h q;
p(2*pi*phi) q[0];
pow(2) @ p(2*pi*phi) q[1];
rx(-phi/2) q[2];
c[3] = measure q[0];
if (c[3] == 1) x q[1];
if (c == 5) { h q[1]; cx q[2], q[1]; }
c = measure q;
`;
  const circuit = parseDocument(program).circuit ?? emptyCircuit;
  const texts = (svg: string): string[] =>
    [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

  test('has angles as one writes them, meters, and one wire a register', () => {
    const said = texts(svgExporter.export(circuit).text);
    expect(said).toEqual(expect.arrayContaining(['P(2π·φ)', 'P²(2π·φ)', 'RX(−φ/2)', 'c/8', '3']));
    expect(said).toEqual(expect.arrayContaining(['[3] = 1', '= 5', 'H₀ CX₁₀']));
    expect(said).not.toContain('M');
    expect(said.filter((text) => text.startsWith('c[')).length).toBe(0);
    const pdf = pdfExporter.export(circuit);
    expect(pdf.text).toContain('(c/8)');
    expect(pdf.losses).toEqual([]);
  });

  test('is no taller than its page allows, with letters of five points and more', () => {
    const column = { look: 'print', pageWidth: 325 } as const;
    const svg = svgExporter.export(circuit, column).text;
    const { width, height } = sizeOfDrawing(svg);
    expect(width).toBeLessThanOrEqual(325);
    expect(height).toBeLessThan(2.5 * width);
    const natural = Number(/viewBox="0 0 ([\d.]+)/.exec(svg)?.[1]);
    const points = (13 * 0.75 * width) / natural;
    expect(points).toBeGreaterThanOrEqual(5);
  });

  test('names Greek letters in LaTeX', () => {
    const { text } = quantikzExporter.export(circuit);
    expect(text).toContain('2\\,\\pi \\,\\varphi ');
    expect(text).not.toContain('\\mbox{phi}');
  });
});
