import { AppError, asAppError } from '#shared/base/errors.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { type Circuit, type GateOperation, qubitCountOf } from '#shared/circuit/circuit.ts';
import { evaluate, numberOf } from '#shared/circuit/expression.ts';
import { inverseOf } from '#shared/circuit/inverse.ts';
import { relabelled } from '#shared/compiler/relabel.ts';
import { localBackend } from '../backends/local.ts';
import { ask } from '../programs/ask.ts';
import { driveNow } from '../programs/drive.ts';
import type { Program } from '../programs/program.ts';
import { statevector } from '../simulators/dense.ts';
import { stabilizer } from '../simulators/stabilizer/index.ts';
import type { Simulator } from '../simulators/simulator.ts';
import { unitaryPart } from './unitary-part.ts';

/** Where the second circuit has the qubits of the first: wires before it, and after it. */
export interface WireLayout {
  readonly initial: readonly number[];
  readonly final: readonly number[];
}

export interface EquivalenceOptions {
  /** Left out: qubit k is wire k. */
  readonly layout?: WireLayout;
  /** Values of open parameters of either circuit; what is left out is drawn. */
  readonly parameters?: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly freeBytes: number;
}

export interface Equivalence {
  readonly verdict: 'equivalent' | 'probably-equivalent' | 'not-equivalent';
  /** `stabilizer` and `exact` prove; `random-states` tries. */
  readonly method: 'stabilizer' | 'exact' | 'random-states' | 'measurements';
  /** Why, in a sentence. */
  readonly reason: string;
  /** √ of a bound on 1 − F, the infidelity of what both do: on Bell pairs, else on the worst input tried. */
  readonly distance: number;
  /** An input on which they differ, and the fidelity of the outputs there. */
  readonly counterexample: { readonly input: string; readonly fidelity: number } | null;
  /** Values at which open parameters were compared. */
  readonly parameters: readonly Readonly<Record<string, number>>[];
}

/** Infidelities below this are rounding. */
const tolerance = 1e-10;
/** Each circuit is compared on this many reference qubits beside its wires. */
const widestExact = 24;
const widestState = 26;
const randomStates = 5;
const basisStates = 3;
const drawsOfParameters = 3;

/**
 * Whether two circuits do the same up to a global phase: the first, and the inverse of the second read through
 * its layout, undo each other on halves of Bell pairs (the Choi state), which proves it; Clifford circuits of
 * any width on a tableau, others of up to 24 wires and references on amplitudes. Wider ones are tried on random
 * product states. Wires that the layout does not use begin and must end in |0⟩.
 */
export function compareCircuits(
  first: Circuit,
  second: Circuit,
  options: EquivalenceOptions,
): Equivalence {
  const qubits = qubitCountOf(first);
  const layout = options.layout ?? plainLayout(qubits, qubitCountOf(second));
  requireLayout(layout, qubits, qubitCountOf(second));
  const [one, other] = [unitaryPart(first, 'The first circuit'), unitaryPart(second, 'The second')];
  const misread = misreadBit(one.reads, other.reads, layout);
  if (misread !== null) return readApart(misread);
  const draws = parameterDraws([first, second], options);
  const found = draws.map((values) =>
    atValues(
      onWires(
        qubits,
        one.gates.map(boundTo(values)),
        other.gates.map(boundTo(aliased(values, first, second))),
        layout,
      ),
      options,
    ),
  );
  const worst = found.reduce((a, b) => (b.distance > a.distance ? b : a));
  const isOpen = Object.keys(draws[0] ?? {}).length > 0;
  const isDrawn = draws.length > 1;
  return {
    ...worst,
    verdict: isDrawn && worst.verdict === 'equivalent' ? 'probably-equivalent' : worst.verdict,
    reason: isDrawn
      ? `${worst.reason} Parameters were compared at ${draws.length} random values.`
      : worst.reason,
    parameters: isOpen ? draws : [],
  };
}

/** Both circuits on shared wires, from 0 without gaps. */
interface Pair {
  readonly wires: number;
  readonly qubits: number;
  readonly initial: readonly number[];
  readonly final: readonly number[];
  /** The second circuit, and what undoes the first one where the second ends. */
  readonly gates: readonly GateOperation[];
}

function onWires(
  qubits: number,
  first: readonly GateOperation[],
  second: readonly GateOperation[],
  { initial, final }: WireLayout,
): Pair {
  const used = new Map<number, number>();
  const wire = (given: number): number => {
    const known = used.get(given) ?? used.size;
    used.set(given, known);
    return known;
  };
  const places = { initial: initial.map(wire), final: final.map(wire) };
  const made = second.map((one) => relabelled(one, wire) as GateOperation);
  const undone = inverseOf(first).map(
    (one) => relabelled(one, (qubit) => places.final[qubit] as number) as GateOperation,
  );
  return { wires: used.size, qubits, ...places, gates: [...made, ...undone] };
}

type AtValues = Omit<Equivalence, 'parameters'>;

function atValues(pair: Pair, options: EquivalenceOptions): AtValues {
  const onBells = bellTest(pair);
  const clifford = infidelityBy(stabilizer, onBells, options);
  if (clifford !== null) return told('stabilizer', clifford, pair, options);
  const width = pair.wires + pair.qubits;
  if (width <= widestExact) {
    const exact = infidelityBy(statevector, onBells, options);
    if (exact !== null) return told('exact', exact, pair, options);
  }
  if (pair.wires > widestState) {
    throw new AppError(
      'too-large',
      `The circuits use ${pair.wires} wires; circuits that are not Clifford are compared on up to ${widestState}.`,
      { wires: pair.wires },
    );
  }
  return told('random-states', null, pair, options);
}

function told(
  method: 'stabilizer' | 'exact' | 'random-states',
  infidelity: number | null,
  pair: Pair,
  options: EquivalenceOptions,
): AtValues {
  if (infidelity !== null && infidelity <= tolerance) {
    return {
      verdict: 'equivalent',
      method,
      reason: 'They are the same up to a global phase.',
      distance: Math.sqrt(Math.max(0, infidelity)),
      counterexample: null,
    };
  }
  const tried = method === 'stabilizer' ? [] : triedInputs(pair, options);
  const worst = tried.reduce<Tried | null>(
    (a, b) => (a === null || b.infidelity > a.infidelity ? b : a),
    null,
  );
  if (infidelity === null && worst === null) {
    throw new AppError(
      'too-large',
      `A state of ${pair.wires} wires does not fit into the memory that is free, so nothing was compared.`,
      { wires: pair.wires, availableBytes: options.freeBytes },
    );
  }
  const distance = Math.sqrt(infidelity ?? worst?.infidelity ?? 0);
  if (infidelity === null && (worst === null || worst.infidelity <= tolerance)) {
    const reason = `They agree on ${tried.length} product states; none of these proves it.`;
    return { verdict: 'probably-equivalent', method, reason, distance, counterexample: null };
  }
  return {
    verdict: 'not-equivalent',
    method,
    reason: 'They differ by more than a global phase.',
    distance,
    counterexample:
      worst === null || worst.infidelity <= tolerance
        ? null
        : { input: worst.input, fidelity: 1 - worst.infidelity },
  };
}

/** Bell pairs of a reference and each qubit's wire, both circuits, and the pairs undone. */
function bellTest({ wires, qubits, initial, final, gates }: Pair): Circuit {
  const reference = (qubit: number): number => wires + qubit;
  const all = Array.from({ length: qubits }, (_, qubit) => qubit);
  const prepared = all.flatMap((q) => [
    gate('h', [reference(q)]),
    gate('cx', [reference(q), initial[q] as number]),
  ]);
  const undone = all.flatMap((q) => [
    gate('cx', [reference(q), final[q] as number]),
    gate('h', [reference(q)]),
  ]);
  return circuitOf(wires + qubits, [...prepared, ...gates, ...undone]);
}

interface Tried {
  readonly input: string;
  readonly infidelity: number;
}

/** Basis states, the equal superposition and random product states, from the simplest on. */
function triedInputs(pair: Pair, options: EquivalenceOptions): Tried[] {
  const { qubits } = pair;
  const rng = rngOf(options.seed, 7);
  const basis = (ones: readonly number[]) => ({
    input: `|${Array.from({ length: qubits }, (_, k) => (ones.includes(qubits - 1 - k) ? 1 : 0)).join('')}⟩`,
    turns: Array.from({ length: qubits }, (_, q): Turns => [ones.includes(q) ? Math.PI : 0, 0]),
  });
  const inputs: { readonly input: string; readonly turns: readonly Turns[] }[] = [
    basis([]),
    ...Array.from({ length: Math.min(qubits, basisStates) }, (_, q) => basis([q])),
    {
      input: `|${'+'.repeat(qubits)}⟩`,
      turns: Array.from({ length: qubits }, (): Turns => [Math.PI / 2, 0]),
    },
    ...Array.from({ length: randomStates }, () => randomProduct(qubits, rng)),
  ];
  const tried: Tried[] = [];
  for (const { input, turns } of inputs) {
    const infidelity = infidelityBy(statevector, productTest(pair, turns), options);
    if (infidelity !== null) tried.push({ input, infidelity });
    // The simplest input that tells them apart is the one to show.
    if (infidelity !== null && infidelity > tolerance) break;
  }
  return tried;
}

/** Polar and azimuthal angle of a qubit. */
type Turns = readonly [number, number];

function randomProduct(qubits: number, rng: Rng) {
  const turns = Array.from(
    { length: qubits },
    (): Turns => [Math.acos(1 - 2 * rng.uniform()), 2 * Math.PI * rng.uniform()],
  );
  const words = turns.map(([theta, phi], q) => `q${q} θ=${theta.toFixed(4)} φ=${phi.toFixed(4)}`);
  return { input: `product state ${words.join(', ')}`, turns };
}

function productTest({ wires, initial, final, gates }: Pair, turns: readonly Turns[]): Circuit {
  const prepared = turns.flatMap(([theta, phi], q) => [
    gate('ry', [initial[q] as number], [theta]),
    gate('rz', [initial[q] as number], [phi]),
  ]);
  const undone = turns.flatMap(([theta, phi], q) => [
    gate('rz', [final[q] as number], [-phi]),
    gate('ry', [final[q] as number], [-theta]),
  ]);
  return circuitOf(wires, [...prepared, ...gates, ...undone]);
}

/**
 * How far a circuit ends from |0…0⟩ at most: Σ (1 − ⟨Z⟩)/2 over its wires, which bounds 1 − P(0…0) and is 0
 * with it. Null where the simulator does not take the circuit.
 */
function infidelityBy(
  simulator: Simulator,
  circuit: Circuit,
  { freeBytes }: EquivalenceOptions,
): number | null {
  const qubits = qubitCountOf(circuit);
  if (simulator === statevector && 2 ** qubits * 16 * 3 > freeBytes) return null;
  try {
    const backend = localBackend({
      backend: simulator.id,
      simulators: [simulator],
      noise: null,
      device: null,
      seed: 0,
      qubits,
      shots: null,
      freeBytes,
    });
    try {
      const values = driveNow(zerosOf(circuit, qubits), backend, {
        seed: 0,
        cancel: new CancelFlag(),
      });
      const sum = values.reduce((total, z) => total + (1 - z) / 2, 0);
      return Math.min(1, Math.max(0, sum));
    } finally {
      backend.dispose();
    }
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.code === 'unsupported' || error.code === 'bad-input') return null;
    throw error;
  }
}

function* zerosOf(circuit: Circuit, qubits: number): Program<Float64Array> {
  const all = Array.from({ length: qubits }, (_, qubit) => qubit);
  const key = 'equivalence';
  yield {
    kind: 'define',
    key,
    circuit,
    observables: all.map((qubit) => ({
      kind: 'pauli',
      sum: { terms: [{ coefficient: 1, factors: [{ qubit, letter: 'Z' }] }] },
    })),
  };
  const { values } = yield* ask({
    kind: 'expectations',
    key,
    items: 1,
    bindings: new Float64Array(0),
    observables: all,
  });
  return values;
}

function plainLayout(qubits: number, wires: number): WireLayout {
  if (qubits !== wires) {
    throw new AppError(
      'bad-input',
      `The circuits have ${qubits} and ${wires} qubits; a layout says which wires of the second are the qubits of the first.`,
      { qubits, wires },
    );
  }
  const same = Array.from({ length: qubits }, (_, qubit) => qubit);
  return { initial: same, final: same };
}

function requireLayout({ initial, final }: WireLayout, qubits: number, wires: number): void {
  for (const [name, places] of Object.entries({ initialLayout: initial, finalLayout: final })) {
    const isWhole = places.length === qubits && new Set(places).size === qubits;
    if (isWhole && places.every((place) => Number.isInteger(place) && place >= 0 && place < wires))
      continue;
    throw new AppError(
      'bad-input',
      `“${name}” must list a different wire from 0 to ${wires - 1} for each of the ${qubits} qubits; got [${places.join(', ')}].`,
      { path: name },
    );
  }
}

/** The first bit that the circuits read off different qubits; null where there is none. */
function misreadBit(
  first: ReadonlyMap<number, number>,
  second: ReadonlyMap<number, number>,
  { final }: WireLayout,
): number | null {
  const bits = [...new Set([...first.keys(), ...second.keys()])].toSorted((a, b) => a - b);
  return (
    bits.find((bit) => {
      const qubit = first.get(bit);
      return qubit === undefined || final[qubit] !== second.get(bit);
    }) ?? null
  );
}

function readApart(bit: number): Equivalence {
  return {
    verdict: 'not-equivalent',
    method: 'measurements',
    reason: `Bit ${bit} is not read off the same qubit by both.`,
    distance: 1,
    counterexample: null,
    parameters: [],
  };
}

/** Values of every open parameter: those given, and otherwise several random draws. */
function parameterDraws(
  circuits: readonly Circuit[],
  { parameters = {}, seed }: EquivalenceOptions,
): Record<string, number>[] {
  const names = [
    ...new Set(circuits.flatMap(({ parameters: own }) => own.map(({ name }) => name))),
  ];
  const open = names.filter((name) => parameters[name] === undefined);
  const rng = rngOf(seed, 3);
  return Array.from({ length: open.length === 0 ? 1 : drawsOfParameters }, () => {
    const drawn = open.map((name) => [name, (2 * rng.uniform() - 1) * Math.PI] as const);
    const given = names.flatMap((name) => {
      const value = parameters[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries([...given, ...drawn]);
  });
}

/** A parameter of the second circuit that the first has not is the one in its place, where that is free. */
function aliased(
  values: Readonly<Record<string, number>>,
  first: Circuit,
  second: Circuit,
): Readonly<Record<string, number>> {
  const own = new Set(second.parameters.map(({ name }) => name));
  const known = new Set(first.parameters.map(({ name }) => name));
  const entries = second.parameters.map(({ name }, place) => {
    const counterpart = first.parameters[place]?.name;
    const stands = known.has(name) || counterpart === undefined || own.has(counterpart);
    return [name, values[stands ? name : counterpart]] as const;
  });
  return {
    ...values,
    ...Object.fromEntries(
      entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ),
  };
}

function boundTo(values: Readonly<Record<string, number>>): (one: GateOperation) => GateOperation {
  return (one) => ({
    ...one,
    parameters: one.parameters.map((parameter) => numberOf(evaluate(parameter, values))),
  });
}
