import { basename } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import { leadingMetric, type ModelRow } from '#shared/models/model-summary.ts';
import type { ModelCard } from '#shared/models/model-card.ts';
import { writeDurably } from '../../storage/files.ts';
import { type Command, type Invocation, textOption } from '../command.ts';
import { readText } from '../input.ts';
import { formatTable } from '../output.ts';
import { openSession, type Session } from '../session.ts';

/** `ketbench models …`: what learners have left in the library. */
export const command: Command = {
  usage: 'models list | models show|remove ID | models export ID -o FILE | models import FILE',
  summary: 'List, show, export, import or remove trained models.',
  help: `Every job of a learner that completes leaves its model under the id that its result names. “export”
writes it as one JSON file, “import” brings such a file in; an altered one is refused. “predict” uses them.`,
  arguments: [1, 2],
  options: { output: { type: 'string', short: 'o' } },
  async run(invocation) {
    const [action, name] = invocation.positionals;
    const session = await openSession();
    try {
      if (action === 'list' && name === undefined) return await list(session, invocation);
      if (name === undefined) throw usage(action);
      return await act(session, { action, name }, invocation);
    } finally {
      await session.close();
    }
  },
};

async function list(session: Session, invocation: Invocation): Promise<number> {
  const models = await session.request('models.list', {});
  invocation.print({ models }, () =>
    models.length === 0
      ? 'There are no models yet: “ketbench run” on a spec of a learner makes one.'
      : formatTable(models.map((row) => [row.modelId, row.modelType, scoreOf(row), row.name])),
  );
  return 0;
}

function scoreOf(row: ModelRow): string {
  const metric = leadingMetric(row);
  return metric === null ? '' : `${metric} ${row.metrics[metric]?.toPrecision(4) ?? ''}`;
}

async function act(
  session: Session,
  { action, name }: { readonly action: string | undefined; readonly name: string },
  invocation: Invocation,
): Promise<number> {
  switch (action) {
    case 'show': {
      const card = await session.request('models.card', { modelId: name });
      invocation.print(card, () => cardText(card));
      return 0;
    }
    case 'export': {
      const path = textOption(invocation, 'output') ?? `${name}.json`;
      const { text } = await session.request('models.export', { modelId: name });
      await writeDurably(path, text, { mode: 0o644 });
      invocation.print({ modelId: name, path, bytes: Buffer.byteLength(text) }, () => path);
      return 0;
    }
    case 'import': {
      const text = readText(name);
      const row = await session.request('models.import', { name: basename(name), text });
      invocation.print(row, () => row.modelId);
      return 0;
    }
    case 'remove': {
      await session.request('models.remove', { modelId: name });
      invocation.print({ modelId: name, removed: true }, () => `${name}: removed`);
      return 0;
    }
    default:
      throw usage(action);
  }
}

function usage(action: string | undefined): AppError {
  return new AppError('bad-input', `Usage: ketbench ${command.usage}`, { action });
}

function cardText({ name, sections, circuit }: ModelCard): string {
  const parts = sections.map(({ title, facts }) =>
    [title, ...facts.map(([fact, said]) => `  ${fact}: ${said}`)].join('\n'),
  );
  return [name, ...parts, ...(circuit === null ? [] : ['Circuit', circuit.trimEnd()])].join('\n\n');
}
