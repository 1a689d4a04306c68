import { deviceRecords } from '#shared/devices/registry.ts';
import type { CatalogEntry, CatalogKind, ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { gates } from '#shared/gates/registry.ts';
import { kindsTaken } from '../algorithms/algorithm.ts';
import { algorithms } from '../algorithms/registry.ts';
import { ansatze } from '../ansatze/registry.ts';
import { gradientMethods } from '../gradients/registry.ts';
import { featureMaps } from '../learning/feature-maps.ts';
import { techniques } from '../mitigation/registry.ts';
import { optimizers } from '../optimizers/registry.ts';
import {
  benchmarkEntries,
  channelEntries,
  problemEntries,
  resultEntries,
} from './catalog-forms.ts';
import { simulators } from '../simulators/registry.ts';

interface Described {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly parameters?: readonly ParameterDescriptor[];
}

function entry(
  kind: CatalogKind,
  member: Described,
  facts: Record<string, unknown> = {},
): CatalogEntry {
  const { id, title, summary, parameters } = member;
  return { kind, id, title, summary, parameters: [...(parameters ?? [])], facts };
}

/** Members of the engine's registries, as windows and the command line show them. */
export function engineCatalog(kind?: CatalogKind): readonly CatalogEntry[] {
  const all = [
    ...algorithms.map((one) =>
      entry('algorithm', one, {
        kind: one.kind,
        problems: kindsTaken(one).map(({ kind }) => kind),
        views: one.ways.map(({ view }) => view.id),
        canPause: one.canPause,
        steps: one.steps,
        results: one.ways.map(({ result }) => result.kind),
      }),
    ),
    ...ansatze.map((one) => entry('ansatz', one)),
    ...optimizers.map((one) => entry('optimizer', one, { usesGradient: one.usesGradient })),
    ...gradientMethods.map((one) => entry('gradient', one, { isExact: one.isExact })),
    ...techniques.map((one) => entry('mitigation', one)),
    ...simulators.map((one) =>
      entry('simulator', one, {
        maximumQubits: one.maximumQubits,
        isMixed: one.isMixed,
        gates: one.gates,
        channels: one.channels,
        gives: one.gives,
      }),
    ),
    ...featureMaps.map((one) => entry('feature-map', one)),
    ...gates.map((one) =>
      entry(
        'gate',
        { id: one.id, title: one.title, summary: one.summary },
        { family: one.family, qubits: one.qubitCount, parameters: one.parameterNames },
      ),
    ),
    ...deviceRecords.map((one) =>
      entry(
        'device',
        {
          id: one.id,
          title: one.name,
          summary: `${one.vendor}, ${one.technology}, ${one.qubits} qubits: a noise model from its calibration.`,
        },
        { ...one },
      ),
    ),
    ...problemEntries(),
    ...resultEntries(),
    ...channelEntries(),
    ...benchmarkEntries(),
  ];
  return kind === undefined ? all : all.filter((one) => one.kind === kind);
}
