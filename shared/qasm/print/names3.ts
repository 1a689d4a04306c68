import type { Circuit } from '../../circuit/circuit.ts';
import { gateById } from '../../gates/registry.ts';
import { standardGates, standardNames } from '../semantics3/gate-calls.ts';
import type { GateName } from './names.ts';

/**
 * Names of this circuit's gates in OpenQASM 3. What stdgates.inc does not have is declared by the
 * printed program itself (`missing`), under the registry's name.
 */
export function gateNames3(circuit: Pick<Circuit, 'definitions'>): {
  readonly name: (gate: string) => GateName;
  readonly missing: ReadonlySet<string>;
} {
  const own = new Set(circuit.definitions.map((definition) => definition.name));
  const missing = new Set<string>();
  const standard = new Map(standardGates().map(({ gate, name }) => [gate, name]));
  const name = (gate: string): GateName => {
    if (own.has(gate)) return { name: gate, needsStandardFile: false };
    if (gate === 'gphase') return { name: gate, needsStandardFile: false };
    const known = gateById(gate);
    const id = known?.id ?? gate;
    if (id === 'u') return { name: 'U', needsStandardFile: false };
    const exact = standardNames.includes(id) && !own.has(id) ? id : standard.get(id);
    if (exact !== undefined && !own.has(exact)) return { name: exact, needsStandardFile: true };
    missing.add(id);
    return { name: id, needsStandardFile: true };
  };
  return { name, missing };
}
