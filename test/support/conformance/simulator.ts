import { describe, expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { circuitOf, gate, measure, measureAll } from '#shared/circuit/build.ts';
import { bitCountOf, type Circuit, type Operation } from '#shared/circuit/circuit.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import { compileNoise } from '#engine/noise/model.ts';
import { lower } from '#engine/simulators/lowering.ts';
import type { Run, Simulator } from '#engine/simulators/simulator.ts';
import { simulateCircuit, type SimulationOptions } from '#engine/simulators/simulate.ts';
import { splitTerminal } from '#engine/simulators/terminal.ts';
import { expectationConformance } from './expectations.ts';
import { randomCircuit, randomCliffordCircuit } from '#test/support/random-circuits.ts';
import { referenceProbabilities } from '#test/support/reference-simulator.ts';

export function optionsOf(
  circuit: Circuit,
  options: Partial<SimulationOptions> = {},
): SimulationOptions {
  return {
    qubits: circuit.qubitRegisters.reduce((sum, register) => sum + register.size, 0),
    method: 'auto',
    precision: 'f64',
    shots: null,
    seed: 1,
    noise: null,
    bindings: {},
    probabilities: false,
    state: false,
    bloch: false,
    observables: [],
    cancel: new CancelFlag(),
    freeBytes: 2 ** 30,
    now: () => 0,
    started: 0,
    ...options,
  };
}

export function run(circuit: Circuit, options: Partial<SimulationOptions> = {}): SimulationResult {
  return simulateCircuit(circuit, optionsOf(circuit, options));
}

/** A circuit as methods are handed it, for tests of what they predict. */
export function runOf(circuit: Circuit, options: Partial<SimulationOptions> = {}): Run {
  const filled = optionsOf(circuit, options);
  return {
    observables: filled.observables.map((text) => parseObservable(text, filled.qubits)),
    program: splitTerminal(lower(circuit)),
    bits: bitCountOf(circuit),
    noise: filled.noise === null ? null : compileNoise(filled.noise),
    options: filled,
  };
}

/** What every simulator must do, judged by the reference simulator. */
export function simulatorConformance(simulator: Simulator): void {
  const { id: method, maximumQubits } = simulator;
  const isClifford = simulator.gates === 'clifford';
  const draw = isClifford ? randomCliffordCircuit : randomCircuit;
  // Methods of Clifford circuits are tested at angles where rotations are Clifford.
  const theta = isClifford ? Math.PI / 2 : 0.7;
  const phi = isClifford ? -Math.PI / 2 : 0.3;
  // What a method says that it does not give is skipped under its name, so the report shows it.
  const exactly = simulator.gives === 'all' ? test : test.skip;
  const sampled = simulator.gives === 'expectations' ? test.skip : test;
  describe(`simulator ${method}`, () => {
    exactly.each([1, 2, 3, 4, 5])(
      'agrees with the reference on random circuits of %i qubits',
      (qubits) => {
        if (qubits > maximumQubits) return;
        for (let seed = 0; seed < 12; seed++) {
          const circuit = draw(seed, qubits, 25);
          const expected = referenceProbabilities(circuit);
          const { qubitProbabilities } = run(circuit, { method });
          expected.forEach((p, index) => {
            const key = index.toString(2).padStart(qubits, '0');
            expect(Math.abs((qubitProbabilities?.[key] ?? 0) - p)).toBeLessThan(1e-10);
          });
        }
      },
    );

    exactly('keeps single precision within 1e-5', () => {
      const circuit = draw(3, 4, 30);
      const { qubitProbabilities } = run(circuit, { method, precision: 'f32' });
      referenceProbabilities(circuit).forEach((p, index) => {
        const key = index.toString(2).padStart(4, '0');
        expect(Math.abs((qubitProbabilities?.[key] ?? 0) - p)).toBeLessThan(1e-5);
      });
    });

    exactly('probabilities sum to 1', () => {
      const circuit = draw(5, 5, 40);
      const measured = {
        ...circuit,
        bitRegisters: [{ name: 'c', size: 5 }],
        operations: [...circuit.operations, ...measureAll(5)],
      };
      const sum = Object.values(run(measured, { method }).probabilities ?? {}).reduce(
        (s, p) => s + p,
        0,
      );
      expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
    });

    exactly('runs a program without qubits', () => {
      const empty = circuitOf(0, [], 2);
      for (const shots of [null, 5]) {
        const { probabilities, counts } = run(empty, { method, shots, observables: ['1.5'] });
        if (shots === null) expect(probabilities).toEqual({ '00': 1 });
        else expect(counts).toEqual({ '00': 5 });
      }
    });

    exactly('a program without classical bits has the single key ""', () => {
      expect(run(circuitOf(1, [gate('h', [0])]), { method }).probabilities?.['']).toBeCloseTo(
        1,
        14,
      );
    });

    exactly('bits never written are 0 and bit 0 is rightmost', () => {
      const circuit = circuitOf(2, [gate('x', [1]), measure(1, 0)], 3);
      expect(run(circuit, { method }).probabilities).toEqual({ '001': 1 });
    });

    exactly('a measured qubit that is used again splits into its histories', () => {
      const circuit = circuitOf(
        2,
        [gate('h', [0]), measure(0, 0), gate('cx', [0, 1]), gate('h', [0]), measure(1, 1)],
        2,
      );
      const { probabilities } = run(circuit, { method });
      expect(probabilities?.['00']).toBeCloseTo(0.5, 12);
      expect(probabilities?.['11']).toBeCloseTo(0.5, 12);
      expect(Object.keys(probabilities ?? {})).toHaveLength(2);
    });

    exactly('teleportation moves any state', () => {
      const corrections: Operation[] = [
        { kind: 'if', condition: { bits: [1], value: 1 }, body: [gate('x', [2])], otherwise: [] },
        { kind: 'if', condition: { bits: [0], value: 1 }, body: [gate('z', [2])], otherwise: [] },
      ];
      const circuit = circuitOf(
        3,
        [
          gate('u', [0], [theta, phi, 0]),
          gate('h', [1]),
          gate('cx', [1, 2]),
          gate('cx', [0, 1]),
          gate('h', [0]),
          measure(0, 0),
          measure(1, 1),
          ...corrections,
          gate('u', [2], [-theta, 0, -phi]),
          measure(2, 2),
        ],
        3,
      );
      const { probabilities } = run(circuit, { method });
      const ones = Object.entries(probabilities ?? {}).filter(([key]) => key.startsWith('1'));
      expect(ones.reduce((sum, [, p]) => sum + p, 0)).toBeLessThan(1e-12);
    });

    exactly('reset gives |0⟩ whatever was there', () => {
      const circuit = circuitOf(
        2,
        [
          gate('h', [0]),
          gate('cx', [0, 1]),
          { kind: 'reset', qubit: 0 },
          measure(0, 0),
          measure(1, 1),
        ],
        2,
      );
      const { probabilities } = run(circuit, { method });
      expect(probabilities?.['00']).toBeCloseTo(0.5, 12);
      expect(probabilities?.['10']).toBeCloseTo(0.5, 12);
    });

    exactly('histories that agree are merged, so a long chain of resets stays cheap', () => {
      const rounds = Array.from({ length: 200 }, (): Operation[] => [
        gate('h', [0]),
        { kind: 'reset', qubit: 0 },
      ]).flat();
      const { probabilities } = run(circuitOf(1, [...rounds, measure(0, 0)], 1), { method });
      expect(probabilities?.['0']).toBeCloseTo(1, 12);
    });

    sampled('counts follow the probabilities and the seed', () => {
      const circuit = circuitOf(
        2,
        [gate('ry', [0], [theta]), gate('cx', [0, 1]), ...measureAll(2)],
        2,
      );
      const first = run(circuit, { method, shots: 20_000, seed: 4 });
      expect(run(circuit, { method, shots: 20_000, seed: 4 }).counts).toEqual(first.counts);
      expect(run(circuit, { method, shots: 20_000, seed: 5 }).counts).not.toEqual(first.counts);
      const p = Math.sin(theta / 2) ** 2;
      const deviation = Math.abs((first.counts?.['11'] ?? 0) / 20_000 - p);
      expect(deviation).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 20_000));
    });

    sampled(
      'too many histories are refused with advice, and sampled when shots are asked for',
      () => {
        const circuit = circuitOf(
          1,
          Array.from({ length: 14 }, (_, i) => [gate('h', [0]), measure(0, i)]).flat(),
          14,
        );
        const busy = { ...circuit, operations: [...circuit.operations, gate('h', [0])] };
        expect(() => run(busy, { method })).toThrow(/--shots/);
        const { counts } = run(busy, { method, shots: 50 });
        expect(Object.values(counts ?? {}).reduce((sum, n) => sum + n, 0)).toBe(50);
      },
    );

    exactly('expectations match the state, and are null where there is no one state', () => {
      const circuit = circuitOf(2, [gate('ry', [0], [theta]), gate('cx', [0, 1])]);
      const observables = ['Z0', 'Z0*Z1', 'X0*X1', 'Y0*Y1', '2 - 0.5*Z1'];
      const values =
        run(circuit, { method, observables }).expectations?.map((one) => one.value) ?? [];
      const expected = [
        Math.cos(theta),
        1,
        Math.sin(theta),
        -Math.sin(theta),
        2 - 0.5 * Math.cos(theta),
      ];
      expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 12));
      const dynamic = circuitOf(1, [gate('h', [0]), measure(0, 0), gate('h', [0])], 1);
      expect(run(dynamic, { method, observables: ['Z0'] }).expectations?.[0]?.value).toBeNull();
      expect(run(dynamic, { method, observables: ['Z0'] }).warnings.join()).toMatch(/shots/);
    });

    expectationConformance(simulator, draw, run);

    test('says in which precision it computed', () => {
      const options = { method, precision: 'f32', shots: 5, observables: ['Z0'] } as const;
      const asked = simulator.gives === 'expectations' ? { ...options, shots: null } : options;
      const { precision, warnings } = run(circuitOf(2, [gate('h', [0])]), asked);
      expect(precision === 'f32' || warnings.join().includes('f64')).toBe(true);
    });

    test('refuses what does not fit into memory, naming both numbers', () => {
      expect(() => run(circuitOf(12, [gate('h', [0])]), { method, freeBytes: 1000 })).toThrow(
        /needs .* 1000 B is available/,
      );
    });

    test('stops when it is cancelled', () => {
      const cancel = new CancelFlag();
      cancel.cancel();
      const options = { method, cancel, shots: 1, observables: ['Z0'] };
      expect(() => run(circuitOf(2, [gate('h', [0])]), options)).toThrow(/cancelled/);
    });
  });
}
