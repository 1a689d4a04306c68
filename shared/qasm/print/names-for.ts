import type { Circuit, Operation } from '../../circuit/circuit.ts';
import type { Losses } from '../exporters/exporter.ts';
import { standardNames } from '../semantics3/gate-calls.ts';
import { declarationsOf } from './circuit3.ts';
import { gateNames2Rules, names3Rules, registerNames2Rules } from './name-rules.ts';
import { gateNames3 } from './names3.ts';
import { type NamedKind, withAllowedNames } from './rename.ts';

const wires: readonly NamedKind[] = ['qubitRegisters', 'bitRegisters'];

/** The circuit with names that OpenQASM 2 allows; its parameters are written as their values. */
export function inNames2(circuit: Circuit, losses: Losses | null): Circuit {
  const registers = withAllowedNames(circuit, registerNames2Rules, wires, losses);
  return withAllowedNames(registers, gateNames2Rules, [...wires, 'definitions'], losses);
}

/** The circuit with names that OpenQASM 3 allows, and none that would hide a gate it calls. */
export function inNames3(circuit: Circuit, losses: Losses | null): Circuit {
  const names = calledNames(circuit);
  const called = names3Rules(names);
  const values = withAllowedNames(circuit, called, [...wires, 'parameters'], losses);
  const all: readonly NamedKind[] = [...wires, 'parameters', 'definitions'];
  // A gate by the name of one of stdgates.inc keeps the file out, so nothing else may need it.
  const own = new Set(circuit.definitions.map(({ name }) => name));
  const needsFile = standardNames.some((name) => names.has(name) && !own.has(name));
  const hidden = new Set(needsFile ? standardNames : []);
  return withAllowedNames(values, names3Rules(hidden), all, losses, called);
}

/** Every name by which the printed program calls a gate, in the declarations that it needs, too. */
function calledNames(circuit: Circuit): ReadonlySet<string> {
  const names = gateNames3(circuit);
  const called = new Set<string>();
  const visit = (operation: Operation, isInBody: boolean): void => {
    if (operation.kind === 'gate') called.add(names.call(operation, isInBody).name);
    if (operation.kind !== 'if') return;
    for (const one of [...operation.body, ...operation.otherwise]) visit(one, isInBody);
  };
  for (const { body } of circuit.definitions) body?.forEach((step) => visit(step, true));
  for (const operation of circuit.operations) visit(operation, false);
  for (const text of declarationsOf(names.missing).values()) {
    for (const [word] of text.matchAll(/[A-Za-z_]\w*/g)) called.add(word);
  }
  return called;
}
