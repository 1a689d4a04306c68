import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation } from '#shared/circuit/circuit.ts';
import { bitOracle, phaseOracle, productsOf } from './phase-oracle.ts';

/** All strings alike, then oracle and reflection in turn; every string is read (Grover, quant-ph/9605043). */
export function groverCircuit(
  variables: number,
  isMarked: Uint8Array,
  iterations: number,
): Circuit {
  const oracle = phaseOracle(productsOf(isMarked));
  const iteration = [...oracle, ...aboutMean(variables, gate('z', [0]))];
  return circuitOf(
    variables,
    [
      ...spread(variables),
      ...Array.from({ length: iterations }, () => iteration).flat(),
      ...measureAll(variables),
    ],
    variables,
  );
}

/**
 * Fixed-point search (Yoder, Low and Chuang, arXiv:1409.3305): `pairs` generalised iterations, whose phases turn
 * the marked strings (kept in one more qubit for that) and the even superposition. With any share of solutions
 * above a least one, a string that is read is none with probability δ² at most.
 */
export function fixedPointCircuit(
  variables: number,
  isMarked: Uint8Array,
  { pairs, delta }: { readonly pairs: number; readonly delta: number },
): Circuit {
  const mark = bitOracle(productsOf(isMarked), variables);
  const operations = fixedPointPhases(pairs, delta).flatMap(({ ofMarks, ofStart }) => [
    ...mark,
    gate('p', [variables], [ofMarks]),
    ...mark,
    ...aboutMean(variables, gate('p', [0], [ofStart])),
  ]);
  return circuitOf(
    variables + 1,
    [...spread(variables), ...operations, ...measureAll(variables)],
    variables,
  );
}

/** Phases of each iteration: of marked strings, then of the even superposition. */
function fixedPointPhases(pairs: number, delta: number) {
  const length = 2 * pairs + 1;
  const inverse = Math.cosh(Math.acosh(1 / delta) / length);
  const root = Math.sqrt(1 - 1 / inverse ** 2);
  const angleAt = (j: number): number =>
    2 * Math.atan2(1, Math.tan((2 * Math.PI * j) / length) * root);
  return Array.from({ length: pairs }, (_, k) => ({
    ofMarks: -angleAt(pairs - k),
    // The reflection of the authors has the opposite sign of phase.
    ofStart: -angleAt(k + 1),
  }));
}

/** How likely fixed-point search ends in a solution where they have this share of all strings. */
export function fixedPointSuccess(share: number, pairs: number, delta: number): number {
  const length = 2 * pairs + 1;
  const x = Math.cosh(Math.acosh(1 / delta) / length) * Math.sqrt(1 - share);
  const chebyshev = x <= 1 ? Math.cos(length * Math.acos(x)) : Math.cosh(length * Math.acosh(x));
  return 1 - (delta * chebyshev) ** 2;
}

function spread(variables: number): GateOperation[] {
  return Array.from({ length: variables }, (_, qubit) => gate('h', [qubit]));
}

/** A turn of |0…0⟩ seen through the spread: `turn` acts on qubit 0 where it is 1. */
function aboutMean(variables: number, turn: GateOperation): GateOperation[] {
  const flips = Array.from({ length: variables }, (_, qubit) => gate('x', [qubit]));
  const controls = flips.slice(1).map((_, k) => ({ qubit: k + 1, value: 1 as const }));
  const turned = controls.length === 0 ? turn : { ...turn, controls };
  return [...spread(variables), ...flips, turned, ...flips, ...spread(variables)];
}
