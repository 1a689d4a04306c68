import { join } from 'node:path';
import type { CatalogEntry, CatalogKind } from '#shared/catalog/parameter.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import type { JobEngine } from '#engine/jobs/prepared.ts';
import type { Provider } from './hardware/provider.ts';
import { projectRoot } from './project.ts';
import { builtInDataSets } from './storage/data-sets.ts';
import { reportTitles } from './reports/titles.ts';
import { Examples } from './storage/examples.ts';

/** Members of every registry: the engine's, and what comes with Ketbench as files. */
export function listCatalog(
  engine: JobEngine,
  providers: readonly Provider[],
  kind?: CatalogKind,
): CatalogEntry[] {
  const own: CatalogEntry[] = [
    ...examples(),
    ...dataSets(),
    ...vendors(providers),
    ...writers(),
    ...reports(),
  ];
  return [
    ...engine.catalog(kind),
    ...own.filter((entry) => kind === undefined || entry.kind === kind),
  ];
}

function examples(): CatalogEntry[] {
  return new Examples(join(projectRoot, 'assets', 'examples'))
    .list()
    .map(({ id, kind, title, summary }) => ({
      kind: 'example',
      id,
      title,
      summary,
      parameters: [],
      facts: { kind },
    }));
}

function dataSets(): CatalogEntry[] {
  return builtInDataSets(join(projectRoot, 'assets', 'data')).map((entry) => ({
    kind: 'data-set',
    id: entry.id,
    title: entry.title,
    summary: entry.description,
    parameters: [],
    facts: { origin: entry.origin, licence: entry.licence },
  }));
}

function vendors(providers: readonly Provider[]): CatalogEntry[] {
  return providers.map(({ id, title, summary, credentialFields }) => ({
    kind: 'provider',
    id,
    title,
    summary,
    parameters: [],
    facts: { credentialFields },
  }));
}

function writers(): CatalogEntry[] {
  return exporters.map(({ id, title }) => ({
    kind: 'exporter',
    id,
    title,
    summary: `Circuits are written with “convert FILE --to ${id}”.`,
    parameters: [],
    facts: {},
  }));
}

function reports(): CatalogEntry[] {
  return Object.entries(reportTitles).map(([id, title]) => ({
    kind: 'report-format',
    id,
    title,
    summary: `Jobs and benchmarks are written with “report ID --to ${id}”.`,
    parameters: [],
    facts: {},
  }));
}
