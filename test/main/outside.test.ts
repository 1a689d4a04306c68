import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import type { RequestOutput } from '#shared/ipc/contract.ts';
import { createEngine } from '#engine/engine.ts';
import { builtIn, withMembers } from '#engine/members.ts';
import type { App } from '#main/app.ts';
import { catalogPage } from '#main/catalog-page.ts';
import { endpointsFor } from '#main/host/endpoints.ts';
import { openApiOf } from '#main/host/openapi.ts';
import type { Call } from '#main/ipc/call.ts';
import { createCall } from '#main/ipc/call.ts';
import { createHandlers } from '#main/ipc/handlers/index.ts';
import { algorithmsFor } from '#renderer/lib/job-offer.ts';
import { jobEngine, outsideMembers, outsideProvider } from '#test/support/outside.ts';
import { openTestApp, temporaryFolder } from '#test/support/temporary-app.ts';

const folder = temporaryFolder();
let app: App;
let call: Call;

beforeAll(async () => {
  app = await openTestApp(folder.path, {
    engine: jobEngine,
    engineModule: new URL('../support/outside.ts', import.meta.url).href,
    providers: [outsideProvider],
  });
  call = createCall(createHandlers(app));
});

afterAll(async () => {
  await app.close();
  folder.remove();
});

const registries = {
  algorithms: 'algorithm',
  ansatze: 'ansatz',
  devices: 'device',
  featureMaps: 'feature-map',
  gradients: 'gradient',
  optimizers: 'optimizer',
  problems: 'problem',
  results: 'result',
  simulators: 'simulator',
  techniques: 'mitigation',
} as const satisfies Record<keyof typeof outsideMembers, string>;

function idOf(member: object | undefined): unknown {
  const { id, kind } = { ...member } as { readonly id?: string; readonly kind?: string };
  return id ?? kind;
}

const names = Object.entries(registries).map(([kind, entry]) => {
  const members: readonly object[] = outsideMembers[kind as keyof typeof registries];
  return [entry, String(idOf(members[0]))] as const;
});

const problem = { kind: 'outside-problem', nodes: 2, edges: [[0, 1]] };

async function ran(spec: object) {
  const { jobId } = await app.jobs.submit(spec);
  const document = await app.jobs.whenEnded(jobId);
  expect(document.error).toBeUndefined();
  return { jobId, document };
}

test('the test has a member of every kind', () => {
  expect(Object.keys(outsideMembers)).toEqual(Object.keys(builtIn));
});

test.each([...names, ['provider', 'outside'] as const])(
  'the %s “%s” stands in the catalog with its form, and in the pages made of it',
  async (kind, id) => {
    const entries = (await call('catalog.list', { kind })) as CatalogEntry[];
    const entry = entries.find((one) => one.id === id);
    const inside = builtInTwin(kind, entries, id);
    expect(entry?.parameters).toEqual(inside.parameters);
    expect(catalogPage(entries)).toContain(`\`${id}\``);
  },
);

/** The built-in member that the outside one was made of has the same form. */
function builtInTwin(kind: string, entries: readonly CatalogEntry[], id: string) {
  const title = entries.find((one) => one.id === id)?.title;
  const twin = entries.find((one) => one.id !== id && (one.title === title || kind === 'device'));
  return twin ?? { parameters: [] };
}

test('a problem from outside is offered with every algorithm of its views, and told to readers of the interface', async () => {
  const catalog = (await call('catalog.list', {})) as CatalogEntry[];
  const offered = algorithmsFor({ catalog }, 'outside-problem').map(({ id }) => id);
  expect(offered).toEqual(expect.arrayContaining(['qaoa', 'exact', 'outside-algorithm']));
  const text = JSON.stringify(openApiOf(endpointsFor(app.engine.members), '1'));
  expect(text.match(/outside-problem/g)).toHaveLength(2);
});

test('an algorithm from outside runs on a problem from outside, and its result is read', async () => {
  const { jobId, document } = await ran({ algorithm: 'outside-algorithm', problem });
  expect(document.result).toMatchObject({ kind: 'outside-result', energies: [{ value: -1 }] });
  const { reading, objective } = (await call('jobs.reading', {
    jobId,
  })) as RequestOutput<'jobs.reading'>;
  expect(reading?.headline.value.value).toBeCloseTo(-1, 12);
  expect(objective).toBe('max');
  const files = (await call('reports.make', { id: jobId, format: 'csv' })) as { name: string }[];
  expect(files.map(({ name }) => name)).toEqual(['result.csv', 'energies.csv']);
});

test('settings name members from outside', async () => {
  const { document } = await ran({
    algorithm: 'vqe',
    problem,
    settings: {
      ansatz: { id: 'outside-ansatz', layers: 1 },
      optimizer: { id: 'outside-optimizer', maxIterations: 40 },
    },
    gradient: 'outside-gradient',
    backend: 'outside-simulator',
  });
  expect(document.provenance).toMatchObject({
    method: 'outside-simulator',
    rewrites: ['outside-gradient', 'runs'],
  });
});

test('circuits run under the noise of a machine from outside, mitigated from outside', async () => {
  const circuit = {
    kind: 'circuit',
    qasm: 'include "stdgates.inc"; qubit[2] q; h q[0]; cx q[0], q[1];',
    observables: ['ZZ'],
  };
  const { document } = await ran({
    algorithm: 'expectation',
    problem: circuit,
    backend: 'outside-device',
    mitigation: [{ technique: 'outside-technique', scaleFactors: [1, 3] }],
  });
  expect(document.provenance['rewrites']).toEqual(['compile', 'outside-technique', 'runs']);
  const noisy = await ran({ algorithm: 'expectation', problem: circuit, noise: 'outside-device' });
  const { observables } = noisy.document.result as { observables: { raw: { value: number } }[] };
  expect(observables[0]?.raw.value).toBeLessThan(0.999);
});

test('a kernel takes a feature map from outside', () => {
  const spec = {
    algorithm: 'qsvm',
    problem: { kind: 'classification', data: 'd', target: 'y' },
    settings: { featureMap: { id: 'outside-map' } },
  };
  expect(jobEngine.validate(spec)).toMatchObject({
    ok: true,
    value: { settings: { featureMap: { id: 'outside-map' } } },
  });
  expect(JSON.stringify(createEngine().validate(spec))).toMatch(/no feature-map “outside-map”/);
});

test('devices of this computer and of vendors from outside are listed', async () => {
  const devices = (await call('devices.list', { live: false })) as { id: string }[];
  const ids = devices.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['outside-simulator', 'outside-device']));
  expect(ids.some((id) => id.startsWith('outside.'))).toBe(true);
  expect(ids.some((id) => id.startsWith('ionq.'))).toBe(false);
  await expect(
    call('credentials.add', { provider: 'ionq', name: 'k', fields: {} }),
  ).rejects.toThrow(/no vendor “ionq”; there are outside/);
});

test('two members of one kind cannot have one name', () => {
  const { techniques } = builtIn;
  expect(() => createEngine({ members: withMembers(builtIn, { techniques }) })).toThrow(
    /two techniques “/,
  );
});
