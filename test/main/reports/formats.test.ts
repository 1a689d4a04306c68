import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { DataTable } from '#shared/figures/data-table.ts';
import type { Figure } from '#shared/figures/figure.ts';
import { drawFigure } from '#shared/figures/draw.ts';
import { journalNamed } from '#shared/figures/journals.ts';
import { paperSheet } from '#shared/figures/sheet.ts';
import { textWidth } from '#shared/figures/text-width.ts';
import { findBrowser } from '#main/browser/find-browser.ts';
import type { ReportContent } from '#main/reports/content.ts';
import { bundleOf, manifestName, packed } from '#main/reports/formats/bundle.ts';
import { checklistsOf } from '#main/reports/checklists.ts';
import { epsOf } from '#main/reports/formats/eps.ts';
import { fontBytes } from '#main/reports/formats/font.ts';
import { htmlOf } from '#main/reports/formats/html.ts';
import { latexOf } from '#main/reports/formats/latex.ts';
import { pngOf } from '#main/reports/formats/png.ts';
import { readTrueType } from '#main/reports/formats/true-type.ts';
import { figurePdf, reportPdf } from '#main/reports/formats/pdf.ts';
import { bibTex, referencesOf } from '#main/reports/references.ts';
import { compared, readBundle } from '#main/reports/verify.ts';

const odd = '100 % of $5 & <b> "q" \\ {x}_1^2 ~ # ψ ± − 日 \u0007';
const table: DataTable = {
  id: 'odd',
  title: odd,
  columns: [
    { id: 'name', title: odd },
    { id: 'value', title: 'Value', unit: 's' },
  ],
  rows: [
    [odd, { value: -1.23456, stderr: 0.012 }],
    ['plain', Number.NaN],
    ['none', null],
  ],
};
const figure: Figure = {
  kind: 'lines',
  id: 'course',
  title: odd,
  x: { title: 'iterations', unit: '' },
  y: { title: 'energy', unit: 'Ha' },
  lines: [{ name: odd, mark: 'line', x: [0, 1, 2], y: [1, Number.NaN, 0.5] }],
};
const content: ReportContent = {
  id: '0123456789',
  kind: 'job',
  title: odd,
  label: 'vqe, seed 1',
  paragraphs: [{ title: 'Results', text: `It is {headline} after {seconds} s. ${odd}` }],
  numbers: { headline: '−1.137', seconds: '3' },
  tables: [table],
  data: [table],
  figures: [figure],
  references: referencesOf([
    'Peruzzo et al. 2014, arXiv:1304.3061; McClean and others 2016, doi:10.1/x_y',
  ]),
  circuits: [
    {
      name: 'circuit.qasm',
      text: 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\ncx q[0], q[1];\n',
    },
  ],
  checklists: checklistsOf({ spec: {}, compute: odd, statistics: odd }),
  spec: { algorithm: 'vqe' },
  document: {
    status: 'completed',
    result: { energy: -1.137 },
    provenance: { spec: { algorithm: 'vqe', name: 'run' } },
  },
};
const parts = { version: '1', date: '2026-01-01T00:00:00Z', environment: {}, data: [], jobs: [] };
const layout = { journal: journalNamed('nature'), width: 'single' } as const;

test('what the runs know of a checklist is answered, the rest is left to the author', () => {
  const page = htmlOf(content);
  expect(page).toContain('The bundle is an RO-Crate 1.1.');
  expect(page.match(/for the author to answer/g)?.length).toBeGreaterThan(8);
  // Without a split nothing is said about preprocessing.
  expect(page).not.toContain('training part');
  const learner = checklistsOf({ spec: { split: { kind: 'folds' } }, compute: '', statistics: '' });
  expect(JSON.stringify(learner)).toContain('training part');
});

test('a circuit is a quantikz picture among the sources for LaTeX', () => {
  const files = latexOf(content, layout.journal, layout.width);
  expect(files.find(({ name }) => name === 'circuit.tex')?.text).toMatch(/quantikz[^]*\\ctrl/);
});

describe('an EPS', () => {
  const sheet = paperSheet(journalNamed('nature'), 'single');
  const drawn = drawFigure({ ...figure, title: 'Energy − α' }, sheet);

  test('is as wide as a column, has its font in it, and a glyph for every letter that is shown', () => {
    const text = epsOf(drawn, sheet.unit);
    expect(text).toMatch(/^%!PS-Adobe-3\.0 EPSF-3\.0\n%%BoundingBox: 0 0 253 /);
    expect(text).toMatch(/FontType 42[^]*\/sfnts \[/);
    // Strings of the font end where its tables do, and hold at most 64 KB.
    const strings = [...text.matchAll(/<([0-9a-f\n]+)00>/g)].map(([, hex = '']) =>
      hex.replaceAll('\n', ''),
    );
    expect(strings.join('')).toBe(fontBytes('regular').toString('hex'));
    for (const hex of strings) expect(hex.length / 2).toBeLessThan(65_535);
    const defined = new Set(
      [...text.matchAll(/^\/(u[0-9a-f]+) [1-9]\d* def$/gm)].map(([, name]) => name),
    );
    const shown = [...text.matchAll(/\/(u[0-9a-f]+) glyphshow/g)].map(([, name]) => name);
    expect(shown.length).toBeGreaterThan(20);
    // No font of Latin letters has the character, nor the bell.
    const missing = shown.filter(
      (name) => !defined.has(name) && name !== 'u65e5' && name !== 'u0007',
    );
    expect(missing).toEqual([]);
  });

  test('has the advances of the letters that figures are laid out by', () => {
    const font = readTrueType(new Uint8Array(fontBytes('regular')));
    for (const letter of 'AWilj0189 .,%@') {
      const advance = font.advanceOf(font.glyphOf(letter.codePointAt(0) ?? 0)) / font.unitsPerEm;
      expect(Math.abs(advance - textWidth(letter, 1)), letter).toBeLessThan(0.001);
    }
  });
});

describe.skipIf(findBrowser() === null)('a PNG', () => {
  test('has the pixels of its width at a resolution', () => {
    const sheet = paperSheet(journalNamed('nature'), 'single');
    const bytes = Buffer.from(pngOf(drawFigure(figure, sheet), sheet.unit, 150));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(Math.abs(bytes.readUInt32BE(16) - (89 / 25.4) * 150)).toBeLessThan(3);
  });
});

describe('a PDF', () => {
  test('is the same bytes twice, with its fonts in it, whatever its words are', async () => {
    const pdf = Buffer.from(await reportPdf(content, layout));
    expect(Buffer.from(await reportPdf(content, layout)).equals(pdf)).toBe(true);
    const text = pdf.toString('latin1');
    expect(text).toMatch(/^%PDF-1\.\d/);
    expect(text).toContain('Arimo');
    expect(text).toContain('/FontFile2');
  });

  test('of a figure is as wide as a column', async () => {
    const text = Buffer.from(await figurePdf(figure, layout)).toString('latin1');
    const [, width = ''] = /\/MediaBox\s*\[0 0 ([\d.]+)/.exec(text) ?? [];
    expect((Number(width) / 72) * 25.4).toBeCloseTo(89, 1);
  });
});

describe('LaTeX sources', () => {
  const files = latexOf(content, layout.journal, layout.width);
  const textOf = (name: string): string => files.find((one) => one.name === name)?.text ?? '';

  test('have every number of the text as a macro, and nothing that TeX would take for its own', () => {
    expect(textOf('numbers.tex')).toContain(
      String.raw`\newcommand{\kbHeadline}{\ensuremath{-}1.137}`,
    );
    expect(textOf('report.tex')).toContain(String.raw`It is \kbHeadline{} after \kbSeconds{} s.`);
    const row = textOf('table-odd.tex');
    expect(row).toContain(
      String.raw`100 \% of \$5 \& \ensuremath{<}b\ensuremath{>} "q" \textbackslash{} \{x\}\_1\textasciicircum{}2 \textasciitilde{} \# \ensuremath{\psi} \ensuremath{\pm} \ensuremath{-} [U+65E5]`,
    );
    expect(row).toContain(String.raw`\num{-1.235 +- 0.012}`);
    expect(textOf('figure-course.tex')).toContain('(0,1) (2,0.5)');
  });

  test('open and close every group', () => {
    for (const { name, text } of files.filter(({ name: one }) => one.endsWith('.tex'))) {
      const bare = text.replaceAll(/\\[{}]/g, '');
      expect([name, bare.split('{').length]).toEqual([name, bare.split('}').length]);
    }
  });

  test('cite what the catalog names', () => {
    expect(content.references.map(({ key }) => key)).toEqual(['peruzzo2014', 'mcclean2016']);
    const bib = bibTex(content.references);
    expect(bib).toContain('eprint = {1304.3061}');
    expect(bib).toContain(String.raw`doi = {10.1/x\_y}`);
    expect(bib).toContain('author = {Peruzzo and others}');
  });
});

test('HTML is one file in which no word is a tag', () => {
  const html = htmlOf(content);
  expect(html).not.toContain('<b>');
  expect(html).toContain('It is −1.137 after 3 s.');
  expect(html).not.toMatch(/(src|href)="(?!https:\/\/(arxiv|doi)\.org)/);
});

describe('a bundle', () => {
  test('is the same bytes twice, describes every file, and reads back', async () => {
    const zip = await bundleOf(content, parts);
    expect(Buffer.from(await bundleOf(content, parts)).equals(zip)).toBe(true);
    const files = unzipSync(zip);
    const crate = JSON.parse(strFromU8(files['ro-crate-metadata.json'] ?? new Uint8Array())) as {
      '@graph': { '@id': string; '@type': string | string[] }[];
    };
    const described = crate['@graph'].filter((one) => one['@type'] === 'File');
    const held = Object.keys(files).filter(
      (name) => name !== manifestName && name !== 'ro-crate-metadata.json',
    );
    expect(described.map((one) => one['@id']).toSorted()).toEqual(held.toSorted());
    expect(readBundle(zip).runs).toMatchObject([{ name: 'run', result: { energy: -1.137 } }]);
  });

  test('that was altered anywhere is noticed, and the file is named', async () => {
    const zip = await bundleOf(content, parts);
    for (let at = 0; at < zip.length; at += 97) {
      const altered = Uint8Array.from(zip);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => readBundle(altered)).toThrow(/damaged or was altered|more than 1 GiB/);
    }
    const files = unzipSync(zip);
    const others = Object.entries(files).filter(([name]) => name !== manifestName);
    const changed = others.map(([path, bytes]) => ({
      path,
      bytes: path === 'document.json' ? new TextEncoder().encode('{}') : bytes,
    }));
    const manifest = files[manifestName] ?? new Uint8Array();
    const { [manifestName]: _mine, ...rest } = unzipSync(packed(changed));
    const { zipSync } = await import('fflate');
    expect(() => readBundle(zipSync({ ...rest, [manifestName]: manifest }))).toThrow(
      'document.json was altered.',
    );
    expect(() => readBundle(zipSync({ ...files, 'more.txt': manifest }))).toThrow(
      'more.txt is not in the manifest',
    );
    expect(() => readBundle(zipSync({ '../evil': manifest }))).toThrow('outside itself');
  });
});

test('results are compared number by number, with a tolerance that is told', () => {
  const was = { energies: [{ value: -1.137, stderr: null }], best: '01' };
  expect(compared(was, structuredClone(was))).toEqual({ identical: true, differences: [] });
  expect(compared(was, { ...was, energies: [{ value: -1.137 + 1e-12, stderr: null }] })).toEqual({
    identical: false,
    differences: [],
  });
  expect(compared(was, { ...was, energies: [{ value: -1.2, stderr: null }], best: '10' })).toEqual({
    identical: false,
    differences: [
      { path: 'energies.0.value', was: -1.137, is: -1.2 },
      { path: 'best', was: '01', is: '10' },
    ],
  });
});
