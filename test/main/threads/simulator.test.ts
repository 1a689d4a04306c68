import { afterEach, describe, expect, test } from 'vitest';
import { type SimulationProgress, simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { Simulator } from '#main/threads/simulator.ts';

const frail = new URL('../../support/frail-worker.ts', import.meta.url);
const request = (source: string) => simulationRequestSchema.parse({ source });

let simulator: Simulator | null = null;

afterEach(() => {
  simulator?.dispose();
  simulator = null;
});

describe('the thread of live simulations', () => {
  test.each(['exit', 'throw'])('that dies (%s) fails only what it ran', async (how) => {
    const frailOne = new Simulator(frail);
    simulator = frailOne;
    const results = await Promise.allSettled(
      ['before', how, 'after', how, 'last'].map((source) => frailOne.simulate(request(source))),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    const [, died, after] = results;
    expect(died?.status === 'rejected' && String(died.reason)).toMatch(/simulation stopped/);
    expect(after?.status === 'fulfilled' && after.value.method).toBe('after');
  });

  test('that exhausts its memory says so, and the next one answers', async () => {
    const frailOne = new Simulator(frail, 2 ** 26);
    simulator = frailOne;
    const [hoard, after] = await Promise.allSettled(
      ['hoard', 'after'].map((source) => frailOne.simulate(request(source))),
    );
    expect(hoard?.status === 'rejected' && String(hoard.reason)).toMatch(/ran out of memory/);
    expect(after?.status).toBe('fulfilled');
  });

  test('that does not end keeps none that comes later, and ends when it is cancelled', async () => {
    const frailOne = new Simulator(frail);
    simulator = frailOne;
    const control = new AbortController();
    const stuck = [1, 2].map(() => frailOne.simulate(request('stuck'), { signal: control.signal }));
    const queued = frailOne.simulate(request('queued'), { signal: AbortSignal.abort() });
    await expect(queued).rejects.toMatchObject({ code: 'cancelled' });
    expect((await frailOne.simulate(request('after'))).method).toBe('after');
    control.abort();
    const ends = await Promise.allSettled(stuck);
    for (const one of ends) expect(one).toMatchObject({ reason: { code: 'cancelled' } });
    expect((await frailOne.simulate(request('last'))).method).toBe('last');
    await expect(frailOne.simulate(request('stuck'), { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'timeout',
      details: { seconds: 0.1 },
    });
  });

  test('answers with the engine, refuses what is too large, and goes on', async () => {
    simulator = new Simulator();
    const bell = 'OPENQASM 3;\nqubit[2] q;\nh q[0];\ncx q[0], q[1];';
    // Wider than a chain reaches, too.
    const wide =
      'OPENQASM 3;\nqubit[1200] q;\nry(0.3) q;\nfor int i in [0:58] { crx(0.2) q[i], q[i + 1]; }';
    const include = (source: string) => source.replace('3;', '3;\ninclude "stdgates.inc";');
    const first = await simulator.simulate(request(include(bell)));
    expect(first.qubitProbabilities?.['11']).toBeCloseTo(0.5, 12);
    const refused = simulator.simulate(request(include(wide)));
    await expect(refused).rejects.toMatchObject({
      code: 'too-large',
      details: { neededBytes: expect.any(Number), availableBytes: expect.any(Number) },
    });
    const again = await simulator.simulate(request(include(bell)));
    expect(again.qubitProbabilities).toEqual(first.qubitProbabilities);
  });

  test('tells its method at once and how far it is, and makes way for the next when it is cancelled', async () => {
    const begun = (simulator = new Simulator());
    const qubits = 22;
    const gates = Array.from({ length: 600 }, (_, k) =>
      k % 2 === 0
        ? `ry(${(0.1 + k / 100).toFixed(2)}) q[${k % qubits}];`
        : `cx q[${k % qubits}], q[${(k * 7 + 2) % qubits === k % qubits ? (k + 1) % qubits : (k * 7 + 2) % qubits}];`,
    );
    const source = ['OPENQASM 3.0;', 'include "stdgates.inc";', `qubit[${qubits}] q;`, ...gates];
    const control = new AbortController();
    const notes: SimulationProgress[] = [];
    const halfway = Promise.withResolvers<void>();
    const long = begun.simulate(request(source.join('\n')), {
      signal: control.signal,
      tell: (note) => {
        notes.push(note);
        if (note.share !== null) halfway.resolve();
      },
    });
    await Promise.race([halfway.promise, long]);
    control.abort();
    const asked = performance.now();
    const bell = 'OPENQASM 3; include "stdgates.inc"; qubit q; h q;';
    const [next] = await Promise.all([
      begun.simulate(request(bell)).then(({ measured }) => ({ measured, at: performance.now() })),
      expect(long).rejects.toMatchObject({ code: 'cancelled' }),
    ]);
    // The whole takes many seconds; a thread that does not hear is ended after half a second.
    expect(next.at - asked).toBeLessThan(5000);
    expect(notes[0]).toMatchObject({ method: 'statevector', share: null });
    const shares = notes.flatMap(({ share }) => share ?? []);
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.every((share) => share > 0 && share < 1)).toBe(true);
  });
});
