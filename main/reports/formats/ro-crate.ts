import type { ReportContent } from '../content.ts';
import { type BundleFile, type BundleParts, sha256 } from './bundle-parts.ts';

const profile = 'https://w3id.org/ro/wfrun/process/0.5';

const program = 'https://ketbench.example/ketbench';

/** The metadata of a Process Run Crate: what was run, by what, from what, with which outcome. */
export function crateOf(
  content: ReportContent,
  parts: BundleParts,
  files: readonly BundleFile[],
): object {
  const referenced = parts.data.filter(({ text }) => text === null);
  const whole = [...files.map(({ path }) => ({ '@id': path })), ...referenced.map(idOf)];
  return {
    '@context': 'https://w3id.org/ro/crate/1.1/context',
    '@graph': [
      {
        '@id': 'ro-crate-metadata.json',
        '@type': 'CreativeWork',
        conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
        about: { '@id': './' },
      },
      {
        '@id': './',
        '@type': 'Dataset',
        name: content.title,
        description: `A ${content.kind === 'job' ? 'job' : 'comparison'} of Ketbench, with all that replays it.`,
        datePublished: parts.date,
        license: 'See the licence of each table; the rest is as its authors say.',
        conformsTo: { '@id': profile },
        hasPart: whole,
        mentions: { '@id': `#${content.id}` },
      },
      { '@id': profile, '@type': 'CreativeWork', name: 'Process Run Crate', version: '0.5' },
      {
        '@id': program,
        '@type': 'SoftwareApplication',
        name: 'Ketbench',
        version: parts.version,
        softwareVersion: parts.version,
      },
      actionOf(content, parts, files),
      ...files.map(fileOf),
      ...referenced.map((one) => ({
        ...idOf(one),
        '@type': 'Dataset',
        name: one.id,
        description: `Not copied: ${one.origin}`,
        license: one.licence,
        sha256: one.sha256,
      })),
    ],
  };
}

function actionOf(
  content: ReportContent,
  { date, data }: BundleParts,
  files: readonly BundleFile[],
): object {
  const results = files.filter(({ path }) => path === 'document.json' || path.startsWith('jobs/'));
  const tables = data.map((one) =>
    one.text === null ? idOf(one) : { '@id': `data/${one.id}.csv` },
  );
  return {
    '@id': `#${content.id}`,
    '@type': 'CreateAction',
    name: content.title,
    instrument: { '@id': program },
    startTime: date,
    object: [{ '@id': 'spec.json' }, ...tables],
    result: results.map(({ path }) => ({ '@id': path })),
  };
}

function fileOf({ path, description, mediaType, bytes }: BundleFile): object {
  return {
    '@id': path,
    '@type': 'File',
    name: description,
    encodingFormat: mediaType,
    contentSize: String(bytes.length),
    sha256: sha256(bytes),
  };
}

function idOf({ id }: { readonly id: string }): { readonly '@id': string } {
  return { '@id': `#data-${id}` };
}
