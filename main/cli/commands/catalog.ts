import { type CatalogKind, catalogKinds } from '#shared/catalog/parameter.ts';
import { listCatalog } from '../../catalog.ts';
import { catalogPage } from '../../catalog-page.ts';
import { providers } from '../../hardware/registry.ts';
import { loadEngine } from '../../jobs/engine-door.ts';
import type { Command } from '../command.ts';
import { choiceOption } from '../input.ts';
import { formatTable } from '../output.ts';

/** `ketbench catalog [KIND]`: what there is to choose from, with every parameter. */
export const command: Command = {
  usage: 'catalog [KIND] [--markdown]',
  summary: 'List algorithms, optimisers, gates, devices … with their parameters.',
  help: `KIND is one of ${catalogKinds.join(', ')}. --markdown writes a page with every parameter.`,
  arguments: [0, 1],
  options: { markdown: { type: 'boolean' } },
  async run(invocation) {
    const kind = choiceOption<CatalogKind>('kind', invocation.positionals[0], catalogKinds);
    const { engine } = loadEngine();
    const entries = listCatalog(engine, providers, kind);
    invocation.print(entries, () =>
      invocation.values.markdown === true
        ? catalogPage(entries)
        : formatTable(entries.map((entry) => [entry.kind, entry.id, entry.title])),
    );
    return 0;
  },
};
