import { familyView, type Family } from '#shared/problems/views/family.ts';
import type { Hamiltonian } from '#shared/problems/views/hamiltonian.ts';
import { scan, type ScanResult } from '#shared/results/kinds/scan.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { type AlgorithmInput, type Needs, type Settings, wayOf } from './algorithm.ts';
import { asStage } from './stages.ts';

type Point = ScanResult['points'][number];

/** What is found at one value, and what the next one may begin with. */
export interface PointFound {
  readonly point: Omit<Point, 'at'>;
  /** Parameters from which the next point's search starts; empty for methods without a search. */
  readonly start: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

interface Solver {
  readonly needs: (view: Hamiltonian, settings: Settings) => Needs;
  /** Streams and circuits are told apart by the place. */
  readonly solve: (
    input: AlgorithmInput & { readonly view: Hamiltonian },
    place: number,
    start: readonly number[],
  ) => Generator<Ask, PointFound, Answer>;
  /** Whether it trains anything, so that results say where it stopped. */
  readonly trains: boolean;
}

interface ScanSnapshot {
  readonly kind: 'scan';
  readonly found: readonly PointFound[];
  readonly inner: unknown;
}

/** A method of one Hamiltonian along a family of them, each point after the one before. */
export function alongFamily({ needs, solve, trains }: Solver) {
  return wayOf({
    takes: familyView,
    result: scan,
    needs: (family: Family, settings) => needs(family.at(0), settings),
    *run({ view: family, ...input }) {
      const before = snapshotOf(input.snapshot);
      const found = [...before.found];
      let inner = before.inner;
      const count = family.values.length;
      for (let place = found.length; place < count; place++) {
        const done = [...found];
        const one = solve(
          { ...input, view: family.at(place), snapshot: inner },
          place,
          done.at(-1)?.start ?? [],
        );
        found.push(
          yield* asStage(one, {
            snapshot: (state): ScanSnapshot => ({ kind: 'scan', found: done, inner: state }),
            progress: (told) => ({
              ...told,
              fraction: (place + (told.fraction ?? 0)) / count,
              message: `${family.title} ${family.values[place]}, ${place + 1} of ${count}. ${told.message}`,
              metrics: {},
            }),
          }),
        );
        inner = undefined;
        const lowest = found.at(-1)?.point.energies[0]?.value ?? Number.NaN;
        const state: ScanSnapshot = { kind: 'scan', found: [...found], inner };
        yield { kind: 'snapshot', state };
        yield {
          kind: 'progress',
          progress: {
            fraction: (place + 1) / count,
            message: `${place + 1} of ${count} points`,
            step: place,
            metrics: { pointEnergy: lowest },
          },
        };
      }
      const iterations = found.reduce((sum, one) => sum + one.iterations, 0);
      const converged = found.every((one) => one.converged);
      return {
        result: {
          quantity: { title: family.title, unit: family.unit },
          points: found.map(({ point }, k) => ({ at: family.values[k] as number, ...point })),
          ...(trains ? { optimizer: { iterations, converged } } : {}),
          ...input.usage(),
        },
        warnings: [],
      };
    },
  });
}

function snapshotOf(given: unknown): Pick<ScanSnapshot, 'found' | 'inner'> {
  if (typeof given !== 'object' || given === null || !('kind' in given) || given.kind !== 'scan') {
    return { found: [], inner: undefined };
  }
  return given as ScanSnapshot;
}
