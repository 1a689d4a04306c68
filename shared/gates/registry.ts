import { hGate, sdgGate, sGate, sxdgGate, sxGate } from './cliffords.ts';
import {
  chGate,
  cpGate,
  crxGate,
  cryGate,
  crzGate,
  csxdgGate,
  csxGate,
  cu3Gate,
  cuGate,
  cxGate,
  cyGate,
  czGate,
} from './controlled.ts';
import type { Gate, GateId } from './gate.ts';
import {
  c3sxdgGate,
  c3sxGate,
  c3xGate,
  c4xGate,
  ccxGate,
  cczGate,
  cswapGate,
  rc3xdgGate,
  rc3xGate,
  rccxGate,
} from './multi-controlled.ts';
import { ecrGate, gpi2Gate, gpiGate, msGate } from './native.ts';
import { identityGate, xGate, yGate, zGate } from './paulis.ts';
import { globalPhaseGate, phaseGate, tdgGate, tGate, u0Gate } from './phases.ts';
import { rxGate, rxxGate, ryGate, ryyGate, rzGate, rzzGate } from './rotations.ts';
import { iswapdgGate, iswapGate, swapGate } from './two-qubit.ts';
import { phasedUniversalGate, u2Gate, uGate } from './universal.ts';

/** Every built-in gate, sorted by id. */
export const gates: readonly Gate[] = [
  c3sxGate,
  c3sxdgGate,
  c3xGate,
  c4xGate,
  ccxGate,
  cczGate,
  chGate,
  cpGate,
  crxGate,
  cryGate,
  crzGate,
  cswapGate,
  csxGate,
  csxdgGate,
  cuGate,
  cu3Gate,
  cxGate,
  cyGate,
  czGate,
  ecrGate,
  gpiGate,
  gpi2Gate,
  hGate,
  identityGate,
  iswapGate,
  iswapdgGate,
  msGate,
  phaseGate,
  rc3xGate,
  rc3xdgGate,
  rccxGate,
  rxGate,
  rxxGate,
  ryGate,
  ryyGate,
  rzGate,
  rzzGate,
  sGate,
  sdgGate,
  swapGate,
  sxGate,
  sxdgGate,
  tGate,
  tdgGate,
  uGate,
  u0Gate,
  u2Gate,
  xGate,
  yGate,
  zGate,
];

const byId = new Map<string, Gate>(
  [...gates, globalPhaseGate, phasedUniversalGate].map((gate) => [gate.id, gate]),
);

/** The gate with this id or alias; null for a name of the user's own. */
export function gateById(id: GateId | string): Gate | null {
  return byId.get(id) ?? byId.get(standardAliases[2][id] ?? '') ?? null;
}

/** Names of the language's standard files that stand for a gate of another id. */
const standardAliases: Readonly<Record<2 | 3, Readonly<Record<string, string>>>> = {
  2: { CX: 'cx', U: 'u', u1: 'p', u3: 'u', cu1: 'cp', c3sx: 'c3sqrtx' },
  3: { CX: 'cx', u1: 'p', u3: 'u', phase: 'p', cphase: 'cp' },
};

/** OpenQASM 2 names that need no include. */
export const languageGates2: readonly string[] = ['U', 'CX'];

/** What a name means in a program of this language with its standard file included; null where nothing. */
export function gateNamed(name: string, language: 2 | 3): Gate | null {
  const aliased = standardAliases[language][name];
  if (aliased !== undefined) return gateById(aliased);
  const gate = byId.get(name);
  if (gate === undefined) return null;
  const home = language === 2 ? gate.qasm2 : gate.qasm3;
  return home.home !== 'none' && (home.name === name || name === gate.id) ? gate : null;
}
