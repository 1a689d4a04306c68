import { gateById } from '../gates/registry.ts';
import {
  bitCountOf,
  bitsOf,
  type Circuit,
  type GateDefinition,
  type GateOperation,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from './circuit.ts';

export interface CircuitStatistics {
  /** Qubits. */
  readonly width: number;
  readonly bits: number;
  /** Operations along the longest chain of shared wires; barriers order but do not count. */
  readonly depth: number;
  /** The same, counting gates on two or more qubits alone. */
  readonly twoQubitDepth: number;
  /** Gates on two or more qubits. */
  readonly twoQubitGates: number;
  /** t and tdg, controlled ones and powers aside. */
  readonly tCount: number;
  /** As written, a gate of the user's own counting as one. */
  readonly operationCount: number;
  /** As written: how often each gate, `measure`, `reset` and `if` occurs; gates under a condition count, too. */
  readonly gateCounts: Readonly<Record<string, number>>;
}

/**
 * Figures of the circuit. Depths, two-qubit gates and T gates look into gates of the user's own, which
 * costs no more than reading each definition once for each of its qubits; one that is controlled or
 * raised to a power counts as one gate.
 */
export function statisticsOf(circuit: Circuit): CircuitStatistics {
  const counts = new Map<string, number>();
  countByName(circuit.operations, counts);
  const open = (rule: Rule): Reader => new Reader(circuit, rule);
  const all = open((operation) => operation.kind !== 'barrier');
  const entangling = open(isEntangling);
  return {
    width: qubitCountOf(circuit),
    bits: bitCountOf(circuit),
    depth: all.depth(),
    twoQubitDepth: entangling.depth(),
    twoQubitGates: open(
      (operation) => operation.kind === 'gate' && isEntangling(operation),
    ).total(),
    tCount: open(isT).total(),
    operationCount: circuit.operations.length,
    gateCounts: Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function countByName(operations: readonly Operation[], counts: Map<string, number>): void {
  for (const operation of operations) {
    if (operation.kind === 'barrier') continue;
    const name = operation.kind === 'gate' ? operation.gate : operation.kind;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (operation.kind === 'if') {
      countByName(operation.body, counts);
      countByName(operation.otherwise, counts);
    }
  }
}

/** Whether an operation that is not opened counts. */
type Rule = (operation: Operation) => boolean;

/** What a block adds to the longest chain from each of its wires to each: −∞ where no chain leads. */
type Chains = readonly (readonly number[])[];

/** Reads a circuit by one rule, each definition of it once. */
class Reader {
  readonly #circuit: Circuit;
  readonly #counts: Rule;
  readonly #definitions: ReadonlyMap<string, GateDefinition>;
  readonly #chains = new Map<string, Chains>();
  readonly #totals = new Map<string, number>();

  constructor(circuit: Circuit, counts: Rule) {
    this.#circuit = circuit;
    this.#counts = counts;
    this.#definitions = new Map(circuit.definitions.map((one) => [one.name, one]));
  }

  depth(): number {
    const levels = this.#levels(this.#circuit.operations, []);
    return levels.reduce((longest, level) => Math.max(longest, level ?? 0), 0);
  }

  total(operations = this.#circuit.operations): number {
    let sum = 0;
    for (const operation of operations) {
      const opened = this.#opened(operation);
      if (opened !== null) sum += this.#totalOf(opened);
      else if (operation.kind === 'if') {
        sum += this.total(operation.body) + this.total(operation.otherwise);
      } else if (this.#counts(operation)) sum++;
    }
    return sum;
  }

  #totalOf({ name, body }: GateDefinition): number {
    const known = this.#totals.get(name) ?? this.total(body ?? []);
    this.#totals.set(name, known);
    return known;
  }

  /** The definition whose body stands for the operation. */
  #opened(operation: Operation): GateDefinition | null {
    if (operation.kind !== 'gate' || !isPlain(operation)) return null;
    const definition = this.#definitions.get(operation.gate);
    return definition === undefined || definition.body === null ? null : definition;
  }

  /** Longest chains that end on each wire (qubits, then bits); `before` holds those that come in. */
  #levels(operations: readonly Operation[], before: readonly number[]): number[] {
    const levels = [...before];
    const qubitCount = qubitCountOf(this.#circuit);
    for (const operation of operations) {
      const opened = this.#opened(operation);
      const qubits = qubitsOf(operation);
      if (opened !== null) {
        pass(levels, qubits, this.#chainsOf(opened));
        continue;
      }
      const wires = [...qubits, ...bitsOf(operation).map((bit) => qubitCount + bit)];
      let longest = Number.NEGATIVE_INFINITY;
      for (const wire of wires) longest = Math.max(longest, levels[wire] ?? 0);
      const reached = longest + this.#length(operation);
      for (const wire of wires) levels[wire] = reached;
    }
    return levels;
  }

  /** A condition is as long as the longer of its branches, and never shorter than one operation. */
  #length(operation: Operation): number {
    if (operation.kind !== 'if') return this.#counts(operation) ? 1 : 0;
    const branches = [operation.body, operation.otherwise].map((branch) =>
      this.#levels(branch, []).reduce((longest, level) => Math.max(longest, level ?? 0), 0),
    );
    return Math.max(this.#counts(operation) ? 1 : 0, ...branches);
  }

  #chainsOf({ name, body, qubitNames }: GateDefinition): Chains {
    const known = this.#chains.get(name);
    if (known !== undefined) return known;
    const chains = qubitNames.map((_, from) =>
      this.#levels(
        body ?? [],
        qubitNames.map((__, wire) => (wire === from ? 0 : Number.NEGATIVE_INFINITY)),
      ),
    );
    this.#chains.set(name, chains);
    return chains;
  }
}

function pass(levels: number[], wires: readonly number[], chains: Chains): void {
  const before = wires.map((wire) => levels[wire] ?? 0);
  wires.forEach((wire, to) => {
    let longest = Number.NEGATIVE_INFINITY;
    before.forEach((level, from) => {
      longest = Math.max(longest, level + (chains[from]?.[to] ?? Number.NEGATIVE_INFINITY));
    });
    levels[wire] = longest;
  });
}

/** Without controls, forwards or backwards. */
function isPlain({ controls, power }: GateOperation): boolean {
  return (controls?.length ?? 0) === 0 && (power === undefined || Math.abs(power) === 1);
}

function isT(operation: Operation): boolean {
  if (operation.kind !== 'gate' || !isPlain(operation)) return false;
  return operation.gate === 't' || operation.gate === 'tdg';
}

function isEntangling(operation: Operation): boolean {
  if (operation.kind !== 'gate') return false;
  const controls = operation.controls?.length ?? 0;
  const own = gateById(operation.gate)?.qubitCount ?? operation.qubits.length;
  return own + controls >= 2;
}
