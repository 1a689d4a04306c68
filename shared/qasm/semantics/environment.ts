import { gateNamed, languageGates2 } from '../../gates/registry.ts';

/** A wire register: its wires are `offset` … `offset + size − 1` of all wires of its kind. */
export interface RegisterSymbol {
  readonly kind: 'register';
  readonly of: 'qubit' | 'bit';
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** A gate that can be called. `gate` is its name in the circuit. */
export interface GateSymbol {
  readonly kind: 'gate';
  readonly name: string;
  readonly gate: string;
  readonly parameterCount: number;
  readonly qubitCount: number;
  readonly isUserDefined: boolean;
}

export type NamedThing = RegisterSymbol | GateSymbol;

/** Gates of the paper's own qelib1.inc: they cannot be declared again once it is included. */
export const paperGates: ReadonlySet<string> = new Set(
  'u3 u2 u1 cx id x y z h s sdg t tdg rx ry rz cz cy ch ccx crz cu1 cu3'.split(' '),
);

/** Names with the version that brought them; shared by all environments that grew out of each other. */
interface Names {
  readonly entries: Map<string, { readonly thing: NamedThing; readonly version: number }>;
  latest: number;
}

/**
 * What is declared at one point of a program. Immutable for its users: `declare` gives another
 * environment. Statements whose environment is the same object mean the same as before.
 */
export class Environment {
  readonly #names: Names;
  readonly #version: number;
  readonly qubitCount: number;
  readonly bitCount: number;
  readonly hasStandardFile: boolean;
  /** Names that the program itself gives to gates, anywhere: they hide the registry's ids. */
  readonly ownGates: ReadonlySet<string>;
  readonly #cache: Map<string, GateSymbol | null>;

  private constructor(
    names: Names,
    version: number,
    facts: Pick<Environment, 'qubitCount' | 'bitCount' | 'hasStandardFile' | 'ownGates'>,
    cache: Map<string, GateSymbol | null>,
  ) {
    this.#names = names;
    this.#version = version;
    this.qubitCount = facts.qubitCount;
    this.bitCount = facts.bitCount;
    this.hasStandardFile = facts.hasStandardFile;
    this.ownGates = facts.ownGates;
    this.#cache = cache;
  }

  static root(ownGates: ReadonlySet<string>): Environment {
    const facts = { qubitCount: 0, bitCount: 0, hasStandardFile: false, ownGates };
    return new Environment({ entries: new Map(), latest: 0 }, 0, facts, new Map());
  }

  /** The thing of that name, built-in gates included as far as their file is. */
  find(name: string): NamedThing | null {
    const own = this.#names.entries.get(name);
    if (own !== undefined && own.version <= this.#version) return own.thing;
    return this.findBuiltIn(name);
  }

  findBuiltIn(name: string): GateSymbol | null {
    if (!this.hasStandardFile && !languageGates2.includes(name)) return null;
    let symbol = this.#cache.get(name);
    if (symbol === undefined) {
      symbol = builtIn(name, this.ownGates);
      this.#cache.set(name, symbol);
    }
    return symbol;
  }

  declare(thing: NamedThing): Environment {
    // Only the newest environment may write into the shared table; others start their own.
    const names = this.#names.latest === this.#version ? this.#names : this.#copyNames();
    const version = this.#version + 1;
    names.entries.set(thing.name, { thing, version });
    names.latest = version;
    const size = thing.kind === 'register' ? thing.size : 0;
    const isQubit = thing.kind === 'register' && thing.of === 'qubit';
    const facts = {
      qubitCount: this.qubitCount + (isQubit ? size : 0),
      bitCount: this.bitCount + (isQubit ? 0 : size),
      hasStandardFile: this.hasStandardFile,
      ownGates: this.ownGates,
    };
    return new Environment(names, version, facts, this.#cache);
  }

  withStandardFile(): Environment {
    const facts = {
      qubitCount: this.qubitCount,
      bitCount: this.bitCount,
      hasStandardFile: true,
      ownGates: this.ownGates,
    };
    return new Environment(this.#names, this.#version, facts, this.#cache);
  }

  /** Everything the program itself declared up to here, oldest first. */
  *declared(): Generator<NamedThing> {
    for (const { thing, version } of this.#names.entries.values()) {
      if (version <= this.#version) yield thing;
    }
  }

  #copyNames(): Names {
    const entries = new Map<string, { thing: NamedThing; version: number }>();
    for (const [name, entry] of this.#names.entries) {
      if (entry.version <= this.#version) entries.set(name, entry);
    }
    return { entries, latest: this.#version };
  }
}

function builtIn(name: string, ownGates: ReadonlySet<string>): GateSymbol | null {
  const gate = gateNamed(name, 2);
  if (gate === null) return null;
  return {
    kind: 'gate',
    name,
    // Where the program has a gate of its own under the registry's id, the call keeps its alias.
    gate: ownGates.has(gate.id) ? name : gate.id,
    parameterCount: gate.parameterNames.length,
    qubitCount: gate.qubitCount,
    isUserDefined: false,
  };
}
