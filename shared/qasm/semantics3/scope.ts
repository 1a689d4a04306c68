import type { GateDefinition, Register } from '../../circuit/circuit.ts';
import type { Reporter } from '../semantics/reporter.ts';
import type { Expression3, ParameterSyntax, Statement3 } from '../syntax3/nodes.ts';
import type { Wires } from './memory.ts';
import type { Code, GateSymbol, Step } from './program-steps.ts';
import type { ScalarType, Type } from './types.ts';
import type { Scalar } from './values.ts';

export interface VariableSymbol {
  readonly kind: 'variable';
  readonly name: string;
  readonly slot: number;
  readonly type: Type;
  readonly isConst: boolean;
  /** Its value where that is known when the program is read. */
  readonly constant?: Scalar;
  /** A free real number of the circuit: an input of the program or a parameter of a gate. */
  readonly isParameter: boolean;
}

export interface QubitsSymbol {
  readonly kind: 'qubits';
  readonly name: string;
  readonly slot: number;
  readonly size: number;
  readonly isRegister: boolean;
  /** Known where the qubits do not depend on a call. */
  readonly fixed?: Wires;
}

/** Another name for single bits of variables. */
export interface BitAliasSymbol {
  readonly kind: 'bit-alias';
  readonly name: string;
  readonly slot: number;
  readonly type: ScalarType;
  /** Variables that the bits belong to. */
  readonly slots: readonly number[];
}

export interface SubroutineSymbol {
  readonly kind: 'subroutine';
  readonly name: string;
  readonly parameters: readonly {
    readonly syntax: ParameterSyntax;
    readonly type: Type;
    readonly slot: number;
  }[];
  readonly result: Type;
  readonly resultSlot: number;
  /** Null: extern, or its own body, which is still being read. */
  readonly body: readonly Step[] | null;
  readonly isExtern: boolean;
  readonly locals: readonly number[];
}

export type Symbol3 =
  | VariableSymbol
  | QubitsSymbol
  | BitAliasSymbol
  | SubroutineSymbol
  | GateSymbol;

/** Names of one block, inside those of the blocks around it. */
export class Scope {
  readonly parent: Scope | null;
  readonly #names = new Map<string, Symbol3>();
  /** Slots of the variables that end with this block. */
  readonly locals: number[] = [];
  /** Every symbol that was added, in order; a later one may take an earlier one's place. */
  readonly added: Symbol3[] = [];

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  find(name: string): Symbol3 | null {
    return this.#names.get(name) ?? this.parent?.find(name) ?? null;
  }

  hasOwn(name: string): boolean {
    return this.#names.has(name);
  }

  add(symbol: Symbol3): void {
    this.#names.set(symbol.name, symbol);
    this.added.push(symbol);
  }

  /** Names that can be used here, innermost first. */
  *names(): Generator<Symbol3> {
    yield* this.#names.values();
    if (this.parent !== null) yield* this.parent.names();
  }
}

/** Where in the program something stands, and what may stand there. */
export interface Context {
  readonly reporter: Reporter;
  readonly scope: Scope;
  /** Steps that must run before the statement at hand: calls inside its expressions. */
  readonly pending: Step[];
  readonly place: 'program' | 'gate' | 'subroutine';
  readonly isGlobal: boolean;
  readonly isInLoop: boolean;
  /** The subroutine's result, inside one. */
  readonly result: { readonly type: Type; readonly slot: number } | null;
  readonly state: ProgramState;
  readonly compile: Compilers;
}

/** Expressions hold expressions, and statements hold statements, of every kind. */
export interface Compilers {
  readonly expression: (context: Context, syntax: Expression3) => Code | null;
  readonly statement: (context: Context, syntax: Statement3) => void;
}

/** A global variable of type bit: a classical register of the circuit. */
export interface BitRegister3 extends Register {
  readonly slot: number;
  readonly isRegister: boolean;
}

/** A value that the caller of the program gives. */
export interface Input3 {
  readonly name: string;
  readonly slot: number;
  readonly type: Type;
}

/** What a whole program declares, in its order. */
export class ProgramState {
  /** Variables so far: each has one slot for the whole program. */
  count = 0;
  qubitCount = 0;
  bitCount = 0;
  readonly qubitRegisters: Register[] = [];
  readonly bitRegisters: BitRegister3[] = [];
  readonly inputs: Input3[] = [];
  readonly definitions: GateDefinition[] = [];
  /** What statements listed so far, and whether that was too much. */
  places = 0;
  isSpent = false;
  /** Gates of the program's own, wherever they are declared, that have the name of a built-in one. */
  readonly ownNames = new Set<string>();
  /** Physical qubits that were used, in order. */
  readonly hardware: QubitsSymbol[] = [];
  readonly #hardware = new Map<string, QubitsSymbol>();

  next(): number {
    return this.count++;
  }

  /** Qubits of a new register, as indices of the whole program. */
  addQubits(name: string, size: number): Wires {
    const first = this.qubitCount;
    this.qubitRegisters.push({ name, size });
    this.qubitCount += size;
    return Array.from({ length: size }, (_, i) => first + i);
  }

  /** A physical qubit is declared where it is first used. */
  hardwareQubit(name: string): QubitsSymbol {
    let symbol = this.#hardware.get(name);
    if (symbol === undefined) {
      const fixed = this.addQubits(name, 1);
      symbol = { kind: 'qubits', name, slot: this.next(), size: 1, isRegister: false, fixed };
      this.#keepHardware(symbol);
    }
    return symbol;
  }

  #keepHardware(symbol: QubitsSymbol): void {
    this.#hardware.set(symbol.name, symbol);
    this.hardware.push(symbol);
  }

  /** Where the lists end now; equal numbers mean that nothing was declared in between. */
  extent(): readonly number[] {
    return [
      this.count,
      this.qubitCount,
      this.bitCount,
      this.qubitRegisters.length,
      this.bitRegisters.length,
      this.inputs.length,
      this.definitions.length,
      this.hardware.length,
    ];
  }

  /** What was declared since the lists ended there. */
  growthSince(extent: readonly number[]): StateGrowth {
    const [, , , qubits, bits, inputs, definitions, hardware] = extent;
    return {
      counts: [this.count, this.qubitCount, this.bitCount],
      qubitRegisters: this.qubitRegisters.slice(qubits),
      bitRegisters: this.bitRegisters.slice(bits),
      inputs: this.inputs.slice(inputs),
      definitions: this.definitions.slice(definitions),
      hardware: this.hardware.slice(hardware),
    };
  }

  /** Declares again what a statement declared when it was read in the same place before. */
  grow(growth: StateGrowth): void {
    [this.count, this.qubitCount, this.bitCount] = growth.counts;
    this.qubitRegisters.push(...growth.qubitRegisters);
    this.bitRegisters.push(...growth.bitRegisters);
    this.inputs.push(...growth.inputs);
    this.definitions.push(...growth.definitions);
    for (const symbol of growth.hardware) this.#keepHardware(symbol);
  }
}

/** What a statement declared. */
export interface StateGrowth {
  /** Variables, qubits and bits of the whole program after it. */
  readonly counts: readonly [number, number, number];
  readonly qubitRegisters: readonly Register[];
  readonly bitRegisters: readonly BitRegister3[];
  readonly inputs: readonly Input3[];
  readonly definitions: readonly GateDefinition[];
  readonly hardware: readonly QubitsSymbol[];
}

/** A variable of the block at hand. */
export function newSlot(context: Context): number {
  const slot = context.state.next();
  context.scope.locals.push(slot);
  return slot;
}

export function inside(context: Context, changes: Partial<Context>): Context {
  return { ...context, ...changes };
}
