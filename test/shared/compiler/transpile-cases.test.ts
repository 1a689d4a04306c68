import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { statisticsOf } from '#shared/circuit/statistics.ts';
import { Couplings, type Pair } from '#shared/compiler/couplings.ts';
import { compile, type Level } from '#shared/compiler/pipeline.ts';
import { plainTarget } from '#shared/compiler/target.ts';
import { parseDocument } from '#shared/qasm/document.ts';

interface Topology {
  readonly edges: readonly Pair[];
  readonly n_physical: number;
  readonly min_swaps: number;
}

interface Case {
  readonly id: string;
  readonly qasm_file: string | null;
  readonly coupling?: string;
  readonly n_physical?: number;
  readonly optimal_depth?: number;
  readonly topologies?: Readonly<Record<string, Topology>>;
}

const folder = join(import.meta.dirname, '../../fixtures/transpile');
const { cases, couplings } = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as {
  readonly cases: readonly Case[];
  readonly couplings: Readonly<Record<string, readonly Pair[]>>;
};

function circuitOf(file: string): Circuit {
  const { circuit } = parseDocument(readFileSync(join(folder, file), 'utf8'), { lenient: true });
  if (circuit === null) throw new Error(`${file} has errors`);
  return circuit;
}

function swapsOf(circuit: Circuit, map: Couplings, level: Level): number {
  const target = plainTarget(map, null);
  const made = compile(circuit, target, { level, seed: 0, routingOnly: true });
  for (const one of made.circuit.operations) {
    if (one.kind !== 'gate' || one.qubits.length < 2) continue;
    expect(map.areCoupled(one.qubits[0] as number, one.qubits[1] as number)).toBe(true);
  }
  return made.swaps;
}

describe('programs with a place that needs no routing (QUEKO: Tan and Cong 2021)', () => {
  it.each(
    cases.filter((one) => one.optimal_depth !== undefined).map((one) => [one.id, one] as const),
  )('%s is placed there', (_, { qasm_file, coupling, n_physical, optimal_depth }) => {
    const map = new Couplings(n_physical as number, couplings[coupling as string] ?? []);
    const circuit = circuitOf(qasm_file as string);
    const target = plainTarget(map, null);
    const made = compile(circuit, target, { level: 1, seed: 0, routingOnly: true });
    expect(made.swaps).toBe(0);
    expect(statisticsOf(made.circuit).depth).toBe(optimal_depth);
  });
});

describe('programs whose least number of SWAPs is known', () => {
  const known = cases.flatMap(({ id, qasm_file, topologies }) =>
    Object.entries(topologies ?? {}).map(
      ([name, topology]) => [`${id} on ${name}`, qasm_file as string, topology] as const,
    ),
  );

  it.each(known)('%s takes no more at level 3', (_, file, { edges, n_physical, min_swaps }) => {
    expect(swapsOf(circuitOf(file), new Couplings(n_physical, edges), 3)).toBe(min_swaps);
  });

  it('take at most a tenth more at level 1', () => {
    let [got, least] = [0, 0];
    for (const [, file, { edges, n_physical, min_swaps }] of known) {
      got += swapsOf(circuitOf(file), new Couplings(n_physical, edges), 1);
      least += min_swaps;
    }
    expect(least).toBe(75);
    expect(got).toBeLessThanOrEqual(1.1 * least);
  });
});
