import type { CatalogEntry, ParameterDescriptor } from '#shared/catalog/parameter.ts';

/** A page of Markdown on members of the catalog: what each is, and every parameter with its default. */
export function catalogPage(entries: readonly CatalogEntry[]): string {
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  return `${kinds
    .flatMap((kind) => [
      `# ${kind}`,
      ...entries.filter((entry) => entry.kind === kind).map(sectionOf),
    ])
    .join('\n\n')}\n`;
}

function sectionOf({ id, title, summary, parameters }: CatalogEntry): string {
  const table =
    parameters.length === 0
      ? []
      : [
          [
            '| parameter | default | what it does |',
            '|---|---|---|',
            ...parameters.flatMap((one) => rowsOf(one, '')),
          ].join('\n'),
        ];
  return [`## ${title} (\`${id}\`)`, summary, ...table].join('\n\n');
}

/** A line for a parameter, and one for each that stands inside it. */
function rowsOf(parameter: ParameterDescriptor, prefix: string): readonly string[] {
  const path = `${prefix}${parameter.id}`;
  const members = parameter.kind === 'group' || parameter.kind === 'list' ? parameter.members : [];
  const cells = [`\`${path}\``, defaultOf(parameter), parameter.help].map((cell) =>
    cell.replaceAll('|', '\\|'),
  );
  return [`| ${cells.join(' | ')} |`, ...members.flatMap((one) => rowsOf(one, `${path}.`))];
}

function defaultOf(parameter: ParameterDescriptor): string {
  if (parameter.required === true) return 'must be given';
  return parameter.default === null
    ? 'may be left out'
    : `\`${JSON.stringify(parameter.default)}\``;
}
