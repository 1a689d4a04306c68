import { describe, expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import type { NoiseModel } from '#shared/jobs/noise.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import { localBackend } from '#engine/backends/local.ts';
import { lowerToRuns } from '#engine/lowering/to-runs.ts';
import { ask } from '#engine/programs/ask.ts';
import { driveNow } from '#engine/programs/drive.ts';
import type { AskKind, Program } from '#engine/programs/program.ts';
import { nameStreams } from '#engine/programs/streams.ts';
import { simulators } from '#engine/simulators/registry.ts';

const context = { seed: 5, cancel: new CancelFlag() };
const observables = ['0.5*Z0*Z1 - X2 + 1.25', 'Y1*Y2 + 0.3*X0*X1', '2'];
const none: ReadonlySet<AskKind> = new Set(['runs']);

/** Clifford gates where its angles are multiples of π/2. */
function circuit(): Circuit {
  const [a, b] = [parameterOf('a'), parameterOf('b')];
  const made = circuitOf(3, [
    gate('h', [0]),
    gate('cx', [0, 1]),
    gate('rz', [1], [0]),
    gate('s', [1]),
    gate('cz', [1, 2]),
    gate('h', [2]),
    gate('cx', [2, 0]),
  ]);
  const open = { ...gate('rz', [1], [0]), parameters: [a] };
  const other = { ...gate('ry', [2], [0]), parameters: [b] };
  const operations = [...made.operations, open, other];
  return { ...made, operations, parameters: ['a', 'b'].map((name) => ({ name, value: null })) };
}

const rows = {
  clifford: Float64Array.of(Math.PI / 2, Math.PI, 0, Math.PI / 2),
  any: Float64Array.of(0.3, 1.1, -0.7, 0.4),
};

function* expectations(bindings: Float64Array, given = circuit()): Program<number[]> {
  yield {
    kind: 'define',
    key: 'c',
    circuit: given,
    observables: observables.map((text) => ({ kind: 'pauli', sum: parseObservable(text, 3) })),
  };
  const { values } = yield* ask({
    kind: 'expectations',
    key: 'c',
    items: 2,
    bindings,
    observables: [0, 1, 2],
  });
  return [...values];
}

function* overlaps(bindings: Float64Array): Program<number[]> {
  yield { kind: 'define', key: 'c', circuit: circuit(), observables: [] };
  const pairs = Uint32Array.of(0, 0, 0, 1, 1, 0);
  const { values } = yield* ask({ kind: 'overlaps', key: 'c', items: 2, bindings, pairs });
  return [...values];
}

function* samples(bindings: Float64Array, shots: number): Program<number[]> {
  yield { kind: 'define', key: 'c', circuit: circuit(), observables: [] };
  const { counts } = yield* ask({ kind: 'samples', key: 'c', items: 2, bindings, shots });
  return counts.flatMap((one) => {
    const frequencies = Array.from({ length: 8 }, () => 0);
    one.outcomes.words.forEach((word, k) => (frequencies[word] = (one.counts[k] ?? 0) / shots));
    return frequencies;
  });
}

function backend(id: string, shots: number | null, noise: NoiseModel | null = null) {
  return localBackend({
    backend: id,
    simulators,
    noise,
    device: null,
    seed: 1,
    qubits: 3,
    shots,
    freeBytes: 2 ** 32,
  });
}

function run<T>(program: Program<T>, id: string, shots: number | null, noise?: NoiseModel): T {
  const here = backend(id, shots, noise ?? null);
  const { answers, name } = here.facts;
  const lowered = lowerToRuns(nameStreams(program), { answers, shots, name });
  return driveNow(lowered, here, context);
}

function near(got: readonly number[], wanted: readonly number[], within: number): void {
  expect(got.length).toBe(wanted.length);
  got.forEach((value, k) => expect(Math.abs(value - (wanted[k] as number))).toBeLessThan(within));
}

describe.each(simulators.map((one) => [one.id, one] as const))(
  'the backend %s',
  (id, simulator) => {
    const bindings = rows[simulator.gates === 'clifford' ? 'clifford' : 'any'];
    const exact = run(expectations(bindings), 'statevector', null);

    test.runIf(simulator.gives !== 'shots')('gives exact expectations', () => {
      near(run(expectations(bindings), id, null), exact, 1e-9);
    });

    test.runIf(simulator.gives !== 'expectations')(
      'measures expectations, overlaps and samples, the same ones for the same seed',
      () => {
        const shots = 20_000;
        const got = run(expectations(bindings), id, shots);
        near(got, exact, 0.06);
        expect(run(expectations(bindings), id, shots)).toEqual(got);
        near(
          run(overlaps(bindings), id, shots),
          run(overlaps(bindings), 'statevector', null),
          0.03,
        );
        const seen = run(samples(bindings, shots), id, shots);
        near(seen, run(samples(bindings, 1_000_000), 'statevector', 1), 0.02);
      },
    );

    test.runIf(simulator.channels === 'all' && !simulator.isMixed)('has the noise of shots', () => {
      const noise: NoiseModel = {
        rules: [{ channel: 'depolarizing', p: 0.1, on: 'all' }],
        readout: [{ qubit: 0, p_read1_given0: 0.05, p_read0_given1: 0.1 }],
      };
      const wanted = run(expectations(bindings), 'density', null, noise);
      near(run(expectations(bindings), id, 40_000, noise), wanted, 0.06);
    });
  },
);

test('a question is measured alike whether a backend answers it or it is lowered to runs', () => {
  const exact = run(expectations(rows.any), 'statevector', null);
  const here = backend('statevector', 40_000);
  const { name } = here.facts;
  const target = { answers: none, shots: 40_000, name };
  near(driveNow(lowerToRuns(expectations(rows.any), target), here, context), exact, 0.05);
});

test('a circuit of 70 qubits is sampled without its outcomes running together', () => {
  const wide = circuitOf(70, [gate('x', [0]), gate('h', [31]), gate('cx', [31, 69])]);
  function* program(): Program<string[]> {
    yield { kind: 'define', key: 'w', circuit: wide, observables: [] };
    const bindings = new Float64Array(0);
    const answer = yield* ask({ kind: 'samples', key: 'w', items: 1, bindings, shots: 200 });
    const [counts] = answer.counts;
    return counts === undefined ? [] : [...counts.counts].map(String);
  }
  for (const id of ['simulator', 'mps', 'stabilizer']) {
    const request = { backend: id, noise: null, device: null, seed: 1, qubits: 70, shots: 200 };
    const here = localBackend({ ...request, simulators, freeBytes: 2 ** 32 });
    const { answers, name } = here.facts;
    const counts = driveNow(lowerToRuns(program(), { answers, shots: 200, name }), here, context);
    expect(counts).toHaveLength(2);
  }
});

test('what stands between a program and its backend changes nobody else’s draws', () => {
  function* two(): Program<number[]> {
    const first = yield* expectations(rows.any);
    const second = yield* expectations(rows.any);
    return [...first, ...second];
  }
  function* chatty<T>(program: Program<T>): Program<T> {
    let step = program.next({ kind: 'done' });
    while (step.done !== true) {
      yield { kind: 'define', key: 'other', circuit: circuit(), observables: [] };
      yield { kind: 'samples', key: 'other', items: 1, bindings: rows.any.slice(0, 2), shots: 3 };
      step = program.next(yield step.value);
    }
    return step.value;
  }
  const plain = driveNow(nameStreams(two()), backend('statevector', 100), context);
  expect(driveNow(chatty(nameStreams(two())), backend('statevector', 100), context)).toEqual(plain);
  // The second time the same is asked, other numbers are drawn.
  expect(plain.slice(0, 6)).not.toEqual(plain.slice(6));
});

test('expectations of a circuit with a measurement on the way are refused, not answered from its gates', () => {
  const dynamic: Circuit = { ...circuit() };
  const operations = [gate('h', [0]), { kind: 'reset', qubit: 0 } as const, ...dynamic.operations];
  const program = () => expectations(rows.any, { ...dynamic, operations });
  for (const [id, shots] of [
    ['statevector', null],
    ['mps', null],
    ['trajectories', 100],
  ] as const) {
    expect(() => run(program(), id, shots)).toThrow(/sampled only/);
  }
});
