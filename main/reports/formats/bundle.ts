import { zipSync } from 'fflate';
import { csvText } from '#shared/base/csv-text.ts';
import { flatTable } from '#shared/figures/data-table.ts';
import { drawFigure } from '#shared/figures/draw.ts';
import { svgOfDrawing } from '#shared/figures/svg.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { ReportContent } from '../content.ts';
import { bibTex, citationFile } from '../references.ts';
import { htmlOf } from './html.ts';
import { type BundleFile, type BundleParts, sha256 } from './bundle-parts.ts';
import { crateOf } from './ro-crate.ts';

export const manifestName = 'manifest-sha256.txt';

/** A zip of all that is needed to read, to cite and to replay a run; an RO-Crate 1.1 (Process Run Crate). */
export async function bundleOf(content: ReportContent, parts: BundleParts): Promise<Uint8Array> {
  const files = filesOf(content, parts);
  const crate = file(
    'ro-crate-metadata.json',
    'What every file is (RO-Crate 1.1)',
    'application/ld+json',
    `${JSON.stringify(crateOf(content, parts, files), null, 2)}\n`,
  );
  const all = [crate, ...files];
  return Promise.resolve(packed(all.map(({ path, bytes }) => ({ path, bytes }))));
}

/** The zip of these files with their manifest: of the same files the same bytes. */
export function packed(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): Uint8Array {
  const lines = files.map(({ path, bytes }) => `${sha256(bytes)}  ${path}\n`);
  const manifest = new TextEncoder().encode(lines.join(''));
  const entries = [...files, { path: manifestName, bytes: manifest }].map(
    ({ path, bytes }) => [path, bytes] as const,
  );
  // The first date that a zip can say.
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: '1980-01-01T12:00:00' });
}

function file(path: string, description: string, mediaType: string, text: string): BundleFile {
  return { path, description, mediaType, bytes: new TextEncoder().encode(text) };
}

function filesOf(content: ReportContent, parts: BundleParts): BundleFile[] {
  const json = (path: string, description: string, value: unknown): BundleFile =>
    file(path, description, 'application/json', `${stringifyPlain(value, 2)}\n`);
  const { data, jobs } = parts;
  return [
    json('bundle.json', 'What this bundle replays', {
      format: 'ketbench-bundle',
      version: 1,
      kind: content.kind,
      id: content.id,
      data: data.map(({ text, ...one }) => ({ ...one, isCopied: text !== null })),
      jobs: jobs.length,
    }),
    json('spec.json', 'The spec that was run', content.spec),
    json('document.json', 'The document with its result', content.document),
    ...jobs.map((job, k) => json(jobPath(k), `Run ${k + 1}, with its spec and result`, job)),
    ...data.flatMap(({ id, text }) =>
      text === null ? [] : [file(`data/${id}.csv`, `The table “${id}”`, 'text/csv', text)],
    ),
    ...content.circuits.map(({ name, text }) =>
      file(`circuits/${name}`, 'A circuit in OpenQASM', 'text/x-qasm', text),
    ),
    ...content.data.map((table) =>
      file(`tables/${table.id}.csv`, table.title, 'text/csv', csvText(flatTable(table))),
    ),
    ...content.figures.map((figure) =>
      file(
        `figures/${figure.id}.svg`,
        figure.title,
        'image/svg+xml',
        svgOfDrawing(drawFigure(figure)),
      ),
    ),
    file('report.html', 'The report', 'text/html', htmlOf(content)),
    json('environment.json', 'What it was run on', parts.environment),
    file('references.bib', 'The methods used', 'text/x-bibtex', bibTex(content.references)),
    file(
      'CITATION.cff',
      'How to cite this',
      'text/yaml',
      citationFile(content.title, parts.version, parts.date),
    ),
  ];
}

/** Where the k-th run of a comparison lies. */
export function jobPath(k: number): string {
  return `jobs/${String(k).padStart(4, '0')}.json`;
}
