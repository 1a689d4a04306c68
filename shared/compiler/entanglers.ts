import { AppError } from '../base/errors.ts';
import { circuitOf, gate as callOf } from '../circuit/build.ts';
import type { GateOperation } from '../circuit/circuit.ts';
import { type Expression, numberOf, parametersIn } from '../circuit/expression.ts';
import { multipliedAngle } from '../circuit/global-phase.ts';
import { matrixOfCall } from '../circuit/unitary.ts';
import { noNotes } from './notes.ts';
import { lowerFor } from './lowering.ts';
import { czPlanOf, iswapPlanOf, openPlanOf, type Plan, rzzByCz, rzzPlanOf } from './two-qubit.ts';

/** How machines make a CZ from a fixed interaction of theirs, on qubits in its own direction. */
const fixed: Readonly<Record<string, (a: number, b: number) => GateOperation[]>> = {
  cz: (a, b) => [callOf('cz', [a, b])],
  cx: (a, b) => [callOf('h', [b]), callOf('cx', [a, b]), callOf('h', [b])],
  ecr: (a, b) => [
    callOf('h', [b]),
    callOf('sdg', [a]),
    callOf('sxdg', [b]),
    callOf('ecr', [a, b]),
    callOf('x', [a]),
    callOf('h', [b]),
  ],
};

/** How they make exp(−iθ/2·ZZ) from an interaction by any angle. */
const turning: Readonly<
  Record<string, (a: number, b: number, angle: Expression) => GateOperation[]>
> = {
  rzz: (a, b, angle) => [callOf('rzz', [a, b], [angle])],
  rxx: (a, b, angle) => around('h', a, b, [callOf('rxx', [a, b], [angle])]),
  ms: (a, b, angle) => around('h', a, b, [callOf('ms', [a, b], [numberOf(0), numberOf(0), angle])]),
  cp: (a, b, angle) => [
    callOf('cp', [a, b], [multipliedAngle(angle, -2)]),
    callOf('rz', [a], [angle]),
    callOf('rz', [b], [angle]),
  ],
};

function around(name: string, a: number, b: number, inner: GateOperation[]): GateOperation[] {
  return [callOf(name, [a]), callOf(name, [b]), ...inner, callOf(name, [a]), callOf(name, [b])];
}

/** The interactions that a set of native gates offers. */
export interface Entanglers {
  readonly native: ReadonlySet<string>;
  readonly fixed: string | null;
  readonly turning: string | null;
  readonly hasIswap: boolean;
}

export function entanglersOf(native: ReadonlySet<string>): Entanglers {
  const first = (names: readonly string[]): string | null =>
    names.find((name) => native.has(name)) ?? null;
  return {
    native,
    fixed: first(Object.keys(fixed)),
    turning: first(Object.keys(turning)),
    hasIswap: native.has('iswap'),
  };
}

/** Whether a gate may act on these qubits in this order. */
export type Directions = (a: number, b: number) => boolean;

/** A gate on two qubits in one-qubit gates and the interactions of the target; up to global phase. */
export function inInteractions(
  call: GateOperation,
  entanglers: Entanglers,
  isForward: Directions,
): readonly GateOperation[] {
  const [a, b] = call.qubits as [number, number];
  if (entanglers.native.has(call.gate) && (isForward(a, b) || isSymmetric(call))) {
    return [isForward(a, b) ? call : { ...call, qubits: [b, a] }];
  }
  const isOpen = call.parameters.some((one) => parametersIn(one).length > 0);
  if (isOpen) {
    const plan = openPlanOf(call);
    if (plan !== null) return placed(plan, [a, b], entanglers, isForward);
    const steps = lowerFor(
      circuitOf(Math.max(a, b) + 1, [call]),
      { native: openNative },
      noNotes,
    ) as readonly GateOperation[];
    return steps.flatMap((step) =>
      step.qubits.length === 2 ? inInteractions(step, entanglers, isForward) : [step],
    );
  }
  return matrixInInteractions(matrixOfCall(call), [a, b], entanglers, isForward);
}

/** What gates with open angles are taken apart to. */
const openNative: ReadonlySet<string> = new Set(
  'cx h rx ry rz s sdg sx sxdg t tdg u x y z'.split(' '),
);

const symmetric: ReadonlySet<string> = new Set('cp cz iswap iswapdg rxx ryy rzz swap'.split(' '));

function isSymmetric({ gate }: GateOperation): boolean {
  return symmetric.has(gate);
}

/** A unitary on two qubits by the interaction that needs fewest uses. */
export function matrixInInteractions(
  matrix: Parameters<typeof czPlanOf>[0],
  qubits: readonly [number, number],
  entanglers: Entanglers,
  isForward: Directions,
): readonly GateOperation[] {
  const { fixed: byCz, turning: byAngle, hasIswap } = entanglers;
  const plans: Plan[] = [];
  if (byCz !== null) plans.push(czPlanOf(matrix));
  if (byAngle !== null) plans.push(rzzPlanOf(matrix));
  const [first, ...others] = plans;
  if (first !== undefined) {
    const best = others.reduce((a, b) => (usesOf(b) < usesOf(a) ? b : a), first);
    return placed(best, qubits, entanglers, isForward);
  }
  if (!hasIswap) throw noInteraction(entanglers.native);
  const { plan, isOdd } = iswapPlanOf(matrix);
  return byIswaps(plan, qubits, isOdd);
}

export function usesOf(plan: Plan): number {
  return plan.reduce((sum, { qubits }) => sum + (qubits.length === 2 ? 1 : 0), 0);
}

function placed(
  plan: Plan,
  qubits: readonly [number, number],
  entanglers: Entanglers,
  isForward: Directions,
): readonly GateOperation[] {
  const { fixed: byCz, turning: byAngle, hasIswap } = entanglers;
  const byCzOnly = plan.flatMap((step) =>
    step.gate === 'rzz' && byAngle === null ? rzzByCz(step.parameters[0] as Expression) : [step],
  );
  if (byCz === null && byAngle === null) {
    if (!hasIswap) throw noInteraction(entanglers.native);
    return byIswaps(byCzOnly, qubits, false);
  }
  const [a, b] = qubits;
  const [from, to] = isForward(a, b) ? [a, b] : [b, a];
  return byCzOnly.flatMap((step): readonly GateOperation[] => {
    if (step.qubits.length === 1) {
      return [{ ...step, qubits: [qubits[step.qubits[0] as 0 | 1]] }];
    }
    const make = byAngle === null ? undefined : turning[byAngle];
    if (step.gate === 'rzz' && make !== undefined) {
      return make(from, to, step.parameters[0] as Expression);
    }
    const cz = byCz === null ? undefined : fixed[byCz];
    if (cz !== undefined) return cz(from, to);
    const turns = [callOf('sdg', [a]), callOf('sdg', [b])];
    return [...turns, ...(make?.(from, to, numberOf(quarter)) ?? [])];
  });
}

const quarter = Math.PI / 2;

/** CZ = SWAP·iSwap·(S†⊗S†): what follows stands on the other qubit; twice is back. */
function byIswaps(
  plan: Plan,
  qubits: readonly [number, number],
  isOdd: boolean,
): readonly GateOperation[] {
  const [a, b] = qubits;
  let isTurned = false;
  const made = plan.flatMap((step): readonly GateOperation[] => {
    if (step.qubits.length === 1) {
      const place = step.qubits[0] === 0 ? 0 : 1;
      return [{ ...step, qubits: [isTurned ? (place === 0 ? b : a) : qubits[place]] }];
    }
    isTurned = !isTurned;
    return [callOf('sdg', [a]), callOf('sdg', [b]), callOf('iswap', [a, b])];
  });
  if (isTurned !== isOdd)
    throw new AppError('internal', 'A plan of iSwaps leaves its qubits exchanged.');
  return made;
}

function noInteraction(native: ReadonlySet<string>): AppError {
  return new AppError(
    'bad-input',
    `The basis ${[...native].join(', ')} has no interaction that gates on two qubits can be made of. Add one of ${[...Object.keys(fixed), ...Object.keys(turning), 'iswap'].join(', ')}.`,
    { basis: [...native] },
  );
}
