import { type Circuit, type Operation, qubitCountOf } from '../circuit/circuit.ts';
import { foldedFormula } from '../circuit/global-phase.ts';
import { type CircuitStatistics, statisticsOf } from '../circuit/statistics.ts';
import type { DeviceRecord } from '../devices/device.ts';
import { placePerfectly } from './passes/place.ts';
import { compile, type Level, prepare } from './pipeline.ts';
import { denseRegion } from './regions.ts';
import { type Target, targetOf, targetOn } from './target.ts';

export interface DeviceOptions {
  readonly seed: number;
  readonly level: Level;
  /** The physical qubit of each qubit of the program at the start; chosen where left out. */
  readonly layout?: readonly number[];
}

/** A program in a device's gates, on the few of its qubits that it uses. */
export interface DeviceCircuit {
  /** Over wires 0, 1, …; in native gates, along couplings. */
  readonly circuit: Circuit;
  /** Wire w is physical qubit `wires[w]`. */
  readonly wires: readonly number[];
  /** The wire on which qubit q of the program starts, and the one on which it ends. */
  readonly initialLayout: readonly number[];
  readonly finalLayout: readonly number[];
  readonly facts: {
    readonly swaps: number;
    readonly before: CircuitStatistics;
    readonly after: CircuitStatistics;
  };
}

/**
 * Compiles for a device and stays on a small joined region of it, chosen by its errors: as many
 * wires as the program has qubits, so that what is simulated grows no wider. With a layout the
 * region is what joins its qubits. `bad-input` where the program is too wide.
 */
export function compileForDevice(
  circuit: Circuit,
  device: DeviceRecord,
  { seed, level, layout }: DeviceOptions,
): DeviceCircuit {
  const target = targetOf(device);
  const start = layout ?? placeOf(circuit, target, level, seed);
  const wires = wiresOf(target, qubitCountOf(circuit), layout, start);
  const compiled = compile(circuit, targetOn(target, wires), {
    level,
    seed,
    ...(start === null ? {} : { layout: start.map((qubit) => wires.indexOf(qubit)) }),
  });
  const { operations } = compiled.circuit;
  return {
    circuit: { ...compiled.circuit, operations: operations.map(inNumbers) },
    wires,
    initialLayout: compiled.layout.initial,
    finalLayout: compiled.layout.final,
    facts: {
      swaps: compiled.swaps,
      before: statisticsOf(circuit),
      after: statisticsOf(compiled.circuit),
    },
  };
}

/** Angles that are known as numbers, which simulators ask for; π by its name is for readers. */
function inNumbers(operation: Operation): Operation {
  if (operation.kind === 'gate') {
    return { ...operation, parameters: operation.parameters.map(foldedFormula) };
  }
  if (operation.kind !== 'if') return operation;
  const [body, otherwise] = [operation.body.map(inNumbers), operation.otherwise.map(inNumbers)];
  return { ...operation, body, otherwise };
}

/** Where nothing needs to be routed, anywhere on the device; null where there is no such place. */
function placeOf(
  circuit: Circuit,
  target: Target,
  level: Level,
  seed: number,
): readonly number[] | null {
  if (target.couplings === null) return null;
  const prepared = prepare(circuit, target, { level, seed });
  return placePerfectly.run({ ...prepared, effort: Math.max(1, level) }).layout?.initial ?? null;
}

/** Places where nothing needs to be routed need no ways between them, however far apart parts of a program lie. */
function wiresOf(
  target: Target,
  qubits: number,
  given: readonly number[] | undefined,
  found: readonly number[] | null,
): readonly number[] {
  if (given !== undefined) return joined(target, given);
  return found === null ? denseRegion(target, qubits) : found.toSorted((a, b) => a - b);
}

/** The qubits of a layout and those that ways between them lead over, ascending. */
function joined(target: Target, layout: readonly number[]): readonly number[] {
  const { couplings } = target;
  const region = new Set(layout);
  const [first, ...others] = layout;
  if (couplings !== null && first !== undefined && !isJoined(target, region)) {
    for (const one of others) for (const step of couplings.path(first, one)) region.add(step);
  }
  return [...region].toSorted((a, b) => a - b);
}

function isJoined({ couplings }: Target, region: ReadonlySet<number>): boolean {
  const inner = couplings?.within([...region]);
  return inner === undefined || inner.largestComponent().length === region.size;
}
