import type { CatalogEntry, ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import type { ProblemKind } from '#shared/problems/problem-kind.ts';
import { kindsTaken } from '#engine/algorithms/algorithm.ts';
import { algorithms } from '#engine/algorithms/registry.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { jobFileOfExample } from '#test/support/example-files.ts';

/** Asks of a forecast: what takes more is told as “more than”. */
const mostAsks = 2000;

const head = `# Algorithms

Written from the catalog by \`npm run docs\`; [methods.md](methods.md) tells how they belong together. Settings are those of a
job's \`settings\`; an empty default may be left out. Costs are those of the example, under its standard settings, as the forecast of a job
has them: circuits, and shots where each of them takes 1,000.
`;

/** docs/algorithms.md, from what the engine says of its algorithms. */
export async function algorithmsPage(): Promise<string> {
  await Promise.all(algorithms.map(async ({ load }) => load?.()));
  const parts = (['algorithm', 'optimizer', 'ansatz'] as const).map((kind) =>
    jobEngine.catalog(kind),
  );
  const [methods = [], optimizers = [], ansatze = []] = parts;
  return [
    head,
    ...methods.map(algorithmSection),
    '# Optimisers\n\nWhat `optimizer` names in the settings above.\n',
    ...optimizers.map(memberSection),
    '# Ansätze\n\nWhat `ansatz` names in the settings above.\n',
    ...ansatze.map(memberSection),
  ].join('\n');
}

function memberSection({ id, title, summary, parameters }: CatalogEntry): string {
  return [`## ${title} \`${id}\``, '', summary, '', ...settingsTable(parameters)].join('\n');
}

function algorithmSection(entry: CatalogEntry): string {
  const { id, title, summary, parameters, facts } = entry;
  const lines: (readonly [string, unknown])[] = [
    ['Source', facts['source']],
    ['Problems', (facts['problems'] as string[]).map((kind) => `\`${kind}\``).join(', ')],
    ['Result', [...new Set(facts['results'] as string[])].map((kind) => `\`${kind}\``).join(', ')],
    ['Cost', costOf(id)],
    ['Reaches', facts['limits']],
    ['On the way', controls(facts)],
  ];
  return [
    `## ${title} \`${id}\``,
    '',
    summary,
    '',
    ...lines.flatMap(([name, text]) =>
      typeof text === 'string' ? [`- **${name}**: ${text}`] : [],
    ),
    '',
    ...settingsTable(parameters),
    ...example(id),
    '',
  ].join('\n');
}

function controls({ canPause, canFinish }: CatalogEntry['facts']): string {
  const can = [
    ...(canPause === true ? ['pauses'] : []),
    ...(canFinish === true ? ['finishes on request'] : []),
    'cancels',
  ];
  return can.join(', ');
}

function settingsTable(parameters: readonly ParameterDescriptor[]): string[] {
  if (parameters.length === 0) return ['No settings.', ''];
  return [
    '| setting | values | default | what it does |',
    '|---|---|---|---|',
    ...parameters.flatMap((one) => rows(one, '')),
    '',
  ];
}

function rows(one: ParameterDescriptor, within: string): string[] {
  const name = `${within}${one.id}`;
  const own = `| \`${name}\` | ${valuesOf(one)} | ${defaultOf(one)} | ${cell(one.help)} |`;
  const inner =
    one.kind === 'group' ? one.members.flatMap((member) => rows(member, `${name}.`)) : [];
  return [own, ...inner];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function valuesOf(one: ParameterDescriptor): string {
  switch (one.kind) {
    case 'choice':
      return one.options.map(({ value }) => `\`${value}\``).join(', ');
    case 'integer':
    case 'number': {
      const { min, max, exclusiveMin = false, exclusiveMax = false } = one;
      const low = min === undefined ? '' : `${exclusiveMin ? 'above' : 'from'} ${min}`;
      const high = max === undefined ? '' : `${exclusiveMax ? 'below' : 'to'} ${max}`;
      return [one.kind, low, high].filter((part) => part !== '').join(' ');
    }
    case 'member':
      return `a member of \`${one.registry}\``;
    default:
      return one.kind;
  }
}

function defaultOf(one: ParameterDescriptor): string {
  return one.default === null ? '' : cell(`\`${JSON.stringify(one.default)}\``);
}

function firstKind(id: string): ProblemKind {
  const algorithm = algorithms.find((one) => one.id === id);
  const [kind] = algorithm === undefined ? [] : kindsTaken(algorithm, problemKinds);
  if (kind === undefined) throw new Error(`${id} solves nothing`);
  return kind;
}

function exampleSpec(id: string) {
  const { kind, example: given } = firstKind(id);
  return { algorithm: id, problem: { kind, ...given.problem } };
}

function example(id: string): string[] {
  return ['```json', JSON.stringify(exampleSpec(id)), '```'];
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

function costOf(id: string): string {
  const spec = jobEngine.validate(exampleSpec(id));
  if (!spec.ok) throw new Error(JSON.stringify(spec.error));
  const { example } = firstKind(id);
  const files = new Map(
    jobEngine
      .filesOf(spec.value)
      .map(({ name }) => [name, jobFileOfExample(example, name)] as const),
  );
  const job = jobEngine.prepare(spec.value, files, { freeBytes: 2 ** 32 });
  try {
    let asks = 0;
    const { usage, isWhole } = jobEngine.dryRun(job, () => ++asks > mostAsks);
    if (usage.circuits === 0) return 'classical: no circuits';
    const most = isWhole ? '' : 'more than ';
    const circuits = counted(usage.circuits, 'circuit');
    const shots = (1000 * usage.circuits).toLocaleString('en-US');
    return `${most}${circuits} of ${counted(usage.qubits, 'qubit')}, ${most}${shots} shots`;
  } finally {
    job.answerer?.dispose();
  }
}
