import type { CatalogEntry, CatalogKind, ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { gates } from '#shared/gates/registry.ts';
import { kindsTaken } from '../algorithms/algorithm.ts';
import type { Members } from '../members.ts';
import {
  benchmarkEntries,
  channelEntries,
  problemEntries,
  resultEntries,
} from './catalog-forms.ts';

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

/** The members of an engine, as windows and the command line show them. */
export function engineCatalog(members: Members, kind?: CatalogKind): readonly CatalogEntry[] {
  const all = [
    ...members.algorithms.map((one) =>
      entry('algorithm', one, {
        kind: one.kind,
        problems: kindsTaken(one, members.problems).map(({ kind }) => kind),
        views: one.ways.map(({ view }) => view.id),
        ...(one.source === undefined ? {} : { source: one.source }),
        ...(one.limits === undefined ? {} : { limits: one.limits }),
        canPause: one.canPause,
        canFinish: one.canFinish === true,
        ...(one.isUsual === true ? { isUsual: true } : {}),
        steps: one.steps,
        results: one.ways.map(({ result }) => result.kind),
      }),
    ),
    ...members.ansatze.map((one) => entry('ansatz', one)),
    ...members.optimizers.map((one) => entry('optimizer', one, { usesGradient: one.usesGradient })),
    ...members.gradients.map((one) => entry('gradient', one, { isExact: one.isExact })),
    ...members.techniques.map((one) => entry('mitigation', one)),
    ...members.simulators.map((one) =>
      entry('simulator', one, {
        maximumQubits: one.maximumQubits,
        isMixed: one.isMixed,
        gates: one.gates,
        channels: one.channels,
        gives: one.gives,
      }),
    ),
    ...members.featureMaps.map((one) => entry('feature-map', one)),
    ...gates.map((one) =>
      entry(
        'gate',
        { id: one.id, title: one.title, summary: one.summary },
        { family: one.family, qubits: one.qubitCount, parameters: one.parameterNames },
      ),
    ),
    ...members.devices.map((one) =>
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
    ...problemEntries(members),
    ...resultEntries(members.results),
    ...channelEntries(),
    ...benchmarkEntries(members.results),
  ];
  return kind === undefined ? all : all.filter((one) => one.kind === kind);
}
