import { describe, expect, test } from 'vitest';
import { readJson } from '#shared/base/json-places.ts';
import { rngOf } from '#shared/base/rng.ts';
import type { CatalogEntry, ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { DataSet } from '#shared/data/data-set.ts';
import {
  draftOf,
  firstDraft,
  type JobDraft,
  prettyJson,
  textFaultOf,
  textOfDraft,
  withAlgorithm,
  withNoise,
  withPart,
  withProblemKind,
  withText,
} from '#renderer/lib/job-draft.ts';
import { algorithmsFor, type Offer, startOf, whyNotFor } from '#renderer/lib/job-offer.ts';

function entry(
  kind: string,
  id: string,
  facts: Record<string, unknown>,
  parameters: ParameterDescriptor[] = [],
): CatalogEntry {
  return { kind, id, title: id, summary: '', parameters, facts };
}

const common = { title: '', help: '', default: null };
const table = { ...common, kind: 'table', id: 'prices' } as const;
const mixer: ParameterDescriptor = {
  ...common,
  kind: 'choice',
  id: 'mixer',
  options: [{ value: 'ring', title: '' }],
};

const prices: DataSet = {
  id: 'dow',
  name: 'Dow',
  rows: 100,
  columns: ['A', 'B', 'C', 'change'].map((name, k) => ({
    name,
    type: 'number',
    missing: 0,
    distinct: 9,
    min: name === 'change' ? -1 : k + 1,
    max: 9,
    mean: null,
  })),
  hash: '',
  bytes: 1,
  origin: '',
  licence: '',
  builtIn: true,
};

const offer: Offer = {
  dataSets: [prices],
  catalog: [
    entry('problem', 'graph', { example: { problem: { kind: 'graph', nodes: 2 } } }),
    entry(
      'problem',
      'assets',
      { start: { fields: { budget: 2 }, settings: { mixer: 'ring' }, isFirst: true } },
      [
        table,
        { ...common, kind: 'columns', id: 'assets', table: 'prices', holds: 'prices' },
        { ...common, kind: 'rows', id: 'rows', table: 'prices' },
      ],
    ),
    entry('algorithm', 'anneal', { kind: 'classical', problems: ['graph', 'assets'] }),
    entry('algorithm', 'mixing', { kind: 'quantum', problems: ['assets', 'graph'] }, [mixer]),
    entry('algorithm', 'walking', { kind: 'quantum', problems: ['graph'] }),
  ],
};

const first = firstDraft(offer);

describe('the first draft', () => {
  test('is about a table of the library, with its columns and what its kind begins with', () => {
    const problem = { kind: 'assets', budget: 2, prices: 'dow', assets: ['A', 'B', 'C'] };
    const settings = { mixer: 'ring' };
    expect(first.spec).toMatchObject({ problem, algorithm: 'mixing', settings });
  });

  test('has settings that suit its kind, which another kind does not take over', () => {
    const graph = withProblemKind(first, 'graph', offer);
    expect(graph.spec).toMatchObject({ algorithm: 'mixing', settings: {} });
    expect(withProblemKind(graph, 'assets', offer).spec).toEqual(first.spec);
  });

  test('is an example where no table fits', () => {
    const { spec } = firstDraft({ ...offer, dataSets: [] });
    expect(spec).toMatchObject({ problem: { kind: 'graph', nodes: 2 } });
  });

  test('offers the algorithms of the kind, quantum ones first', () => {
    expect(algorithmsFor(offer, 'graph').map(({ id }) => id)).toEqual([
      'mixing',
      'walking',
      'anneal',
    ]);
    const usual = {
      ...offer,
      catalog: offer.catalog.map((one) =>
        one.id === 'walking' ? { ...one, facts: { ...one.facts, isUsual: true } } : one,
      ),
    };
    expect(algorithmsFor(usual, 'graph')[0]?.id).toBe('walking');
    expect(algorithmsFor(offer, 'assets').map(({ id }) => id)).toEqual(['mixing', 'anneal']);
  });

  test('leaves a table out with the reason', () => {
    const [assets] = offer.catalog.filter(({ id }) => id === 'assets');
    const one = { ...prices, columns: prices.columns.slice(0, 1) };
    expect(whyNotFor(table, assets?.parameters ?? [], one)).toMatch(/two columns of prices/);
    expect(assets && startOf(assets, { ...offer, dataSets: [one] })).toEqual({ budget: 2 });
  });
});

/** A random change of a draft, of those that the form and the JSON make. */
function change(draft: JobDraft, random: () => number): JobDraft {
  const pick = <T>(...options: readonly T[]): T =>
    options[Math.floor(random() * options.length)] as T;
  switch (Math.floor(random() * 6)) {
    case 0:
      return withProblemKind(draft, pick('graph', 'assets'), offer);
    case 1:
      return withAlgorithm(draft, pick('mixing', 'walking', 'anneal'), offer);
    case 2:
      return withPart(draft, pick('name', 'shots', 'seed'), pick<unknown>(undefined, 5, 'x'));
    case 3:
      return withNoise(draft, pick<unknown>(undefined, 'device', { rules: [random()] }));
    case 4:
      return withText(draft, pick('{', '[1]', '{"algorithm": "mixing"}', textOfDraft(draft)));
    default: {
      const before = draft.spec['problem'] as object | undefined;
      return withPart(draft, 'problem', { ...before, typed: random() });
    }
  }
}

describe('whatever is changed', () => {
  test('form and JSON say the same, or the JSON has a fault and is kept as typed', () => {
    const rng = rngOf(3, 1);
    let draft = first;
    for (let round = 0; round < 500; round++) {
      draft = change(draft, () => rng.uniform());
      const reading = readJson(textOfDraft(draft));
      if (textFaultOf(draft) === null) expect(reading).toMatchObject({ value: draft.spec });
      else expect(draft.text).toBe(textOfDraft(draft));
    }
  });

  test('what was filled in for a kind and a method comes back with it', () => {
    const rng = rngOf(4, 1);
    for (let round = 0; round < 200; round++) {
      let draft = first;
      for (let k = 0; k < 5; k++) draft = change(draft, () => rng.uniform());
      const { problem, algorithm, settings } = draft.spec;
      const kind = (problem as { kind?: string } | undefined)?.kind;
      if (kind === undefined || !algorithmsFor(offer, kind).some(({ id }) => id === algorithm))
        continue;
      const away = withProblemKind(draft, kind === 'graph' ? 'assets' : 'graph', offer);
      const back = withProblemKind(away, kind, offer);
      expect(back.spec['problem']).toEqual(problem);
      expect(back.spec['algorithm']).toBe(algorithm);
      if (settings !== undefined) expect(back.spec['settings']).toEqual(settings);
    }
  });
});

test('a spec of a job is the form as it is, and what was typed before lies on the shelf', () => {
  const spec = { algorithm: 'walking', problem: { kind: 'graph', nodes: 7 }, strange: 1 };
  const draft = draftOf(spec, first);
  expect(draft.spec).toBe(spec);
  expect(JSON.parse(textOfDraft(draft))).toEqual(spec);
  expect(withProblemKind(draft, 'assets', offer).spec['problem']).toEqual(first.spec['problem']);
});

test('JSON is written with plain lists on one line, and nothing that is not set', () => {
  expect(
    prettyJson({
      a: [
        [0, 1],
        [1, 2],
      ],
      b: { c: 'x', d: undefined },
      e: {},
      f: [],
    }),
  ).toBe(
    '{\n  "a": [\n    [0, 1],\n    [1, 2]\n  ],\n  "b": {\n    "c": "x"\n  },\n  "e": {},\n  "f": []\n}',
  );
});
