/** A work that a method is from. */
export interface Reference {
  /** For citations, "farhi2014". */
  readonly key: string;
  readonly authors: string;
  readonly year: string;
  /** What the catalog says of where it appeared: an arXiv id, a DOI, a journal. */
  readonly arxiv?: string;
  readonly doi?: string;
  readonly place?: string;
  /** As the catalog has it. */
  readonly text: string;
}

/** The works that a catalog's `source` names, apart by semicolons: "Farhi, Goldstone and Gutmann 2014, arXiv:1411.4028". */
export function referencesOf(sources: readonly string[]): Reference[] {
  const found = new Map<string, Reference>();
  for (const part of sources.flatMap((source) => source.split(';'))) {
    const text = part.trim();
    const match = /^(?:[a-z][^:]*:\s+)?(.+?)\s+(\d{4})\b[, ]*(.*)$/u.exec(text);
    if (match === null) continue;
    const [, authors = '', year = '', rest = ''] = match;
    const arxiv = /(?:arXiv:)?((?:[a-z-]+\/\d{7})|(?:\d{4}\.\d{4,5}))/.exec(rest)?.[1];
    const doi = /doi:(\S+)/.exec(rest)?.[1];
    const surname = (authors.split(/,| and | et al/)[0] ?? 'work').normalize('NFKD');
    const base = `${surname.replaceAll(/[^A-Za-z]/g, '').toLowerCase()}${year}`;
    let key = base;
    for (let n = 0; found.has(key) && found.get(key)?.text !== text; n++)
      key = `${base}${String.fromCodePoint(98 + n)}`;
    found.set(key, {
      key,
      authors,
      year,
      text,
      ...(arxiv === undefined ? {} : { arxiv }),
      ...(doi === undefined ? {} : { doi }),
      ...(arxiv === undefined && doi === undefined && rest !== '' ? { place: rest } : {}),
    });
  }
  return [...found.values()];
}

/** The program itself, as CITATION.cff and every bibliography name it. */
export function ketbenchReference(version: string): Reference {
  return {
    key: 'ketbench',
    authors: 'Ketbench developers',
    year: '2026',
    place: `Ketbench, version ${version}, a workbench for quantum researchers`,
    text: `Ketbench ${version}`,
  };
}

export function bibTex(references: readonly Reference[]): string {
  return references.map(entryOf).join('\n');
}

function entryOf({ key, authors, year, arxiv, doi, place, text }: Reference): string {
  const people = authors
    .replace(/ et al\.?$/, ' and others')
    .replaceAll(/, (?=\p{Lu})/gu, ' and ')
    .replaceAll(' and and ', ' and ');
  const fields = [
    ['author', people],
    ['year', year],
    ['note', place ?? text],
    ...(arxiv === undefined
      ? []
      : [
          ['eprint', arxiv],
          ['archivePrefix', 'arXiv'],
        ]),
    ...(doi === undefined ? [] : [['doi', doi]]),
  ];
  const lines = fields.map(([name = '', value = '']) => `  ${name} = {${bibText(value)}},\n`);
  return `@misc{${key},\n${lines.join('')}}\n`;
}

function bibText(value: string): string {
  return value.replaceAll(/[{}\\]/g, '').replaceAll(/([&%#_$])/g, String.raw`\$1`);
}

/** A citation file (Citation File Format 1.2.0) of the bundle that holds a result. */
export function citationFile(title: string, version: string, date: string): string {
  const quoted = (value: string): string => JSON.stringify(value);
  return `cff-version: 1.2.0
message: ${quoted('If you use these results, please cite them, and the methods in references.bib.')}
title: ${quoted(title)}
type: dataset
date-released: ${date.slice(0, 10)}
authors:
  - name: ${quoted('The authors of this comparison or job')}
references:
  - type: software
    title: Ketbench
    version: ${quoted(version)}
    authors:
      - name: ${quoted('Ketbench developers')}
`;
}
