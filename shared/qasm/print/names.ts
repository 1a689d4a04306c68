import { AppError } from '../../base/errors.ts';
import type { Circuit } from '../../circuit/circuit.ts';
import { gateById, gateNamed, languageGates2 } from '../../gates/registry.ts';
import { paperGates } from '../semantics/environment.ts';

const otherNames = ['U', 'CX', 'u1', 'u3', 'cu1', 'c3sx'];

/** What a gate of the circuit is called in OpenQASM 2. */
export interface GateName {
  readonly name: string;
  /** True where qelib1.inc must be included for it. */
  readonly needsStandardFile: boolean;
}

/** A lookup of OpenQASM 2 names for this circuit's gates; `unsupported` where a gate has none. */
export function gateNames2(circuit: Pick<Circuit, 'definitions'>): (gate: string) => GateName {
  const own = new Set(circuit.definitions.map((definition) => definition.name));
  const cache = new Map<string, GateName>();
  return (gate) => {
    let found = cache.get(gate);
    if (found === undefined) {
      found = own.has(gate) ? { name: gate, needsStandardFile: false } : builtInName(gate, own);
      cache.set(gate, found);
    }
    return found;
  };
}

function builtInName(gate: string, own: ReadonlySet<string>): GateName {
  const known = gateById(gate);
  const standard = known?.qasm2.home === 'none' ? undefined : known?.qasm2.name;
  const candidates =
    gate === known?.id ? [standard, ...otherNames] : [gate, standard, ...otherNames];
  const hasStandardFile = ![...own].some((name) => paperGates.has(name));
  for (const name of candidates) {
    if (name === undefined || own.has(name)) continue;
    if (gateNamed(name, 2)?.id !== known?.id) continue;
    const needsStandardFile = !languageGates2.includes(name);
    if (!needsStandardFile || hasStandardFile) return { name, needsStandardFile };
  }
  const reason =
    standard === undefined
      ? `OpenQASM 2 has no gate “${gate}”. Decompose it first.`
      : `“${gate}” needs qelib1.inc, but this program declares gates of the same names itself. Rename those.`;
  throw new AppError('unsupported', reason, { gate });
}
