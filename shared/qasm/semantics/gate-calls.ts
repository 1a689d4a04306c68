import { gateNamed } from '../../gates/registry.ts';
import type { CallSyntax } from '../syntax/nodes.ts';
import type { Environment, GateSymbol } from './environment.ts';
import { reportUnknownGate, type Reporter } from './reporter.ts';

/** The gate that is called; null with a problem where the name is none of a gate. */
export function findGate(
  call: CallSyntax,
  environment: Environment,
  reporter: Reporter,
): GateSymbol | null {
  const name = call.name.text;
  const thing = environment.find(name);
  if (thing?.kind === 'gate') return thing;
  if (thing?.kind === 'register') {
    const kind = thing.of === 'qubit' ? 'quantum' : 'classical';
    const message = `“${name}” is a ${kind} register; the name of a gate was expected here.`;
    return reporter.error('wrong-kind', message, call.name);
  }
  if (!environment.hasStandardFile && gateNamed(name, 2) !== null) {
    return reporter.error(
      'missing-include',
      `“${name}” is declared in qelib1.inc, which is not included here. Write: include "qelib1.inc";`,
      call.name,
    );
  }
  return reportUnknownGate(reporter, environment, name, call.name);
}

/** Compares the numbers of angles and qubits with what the gate takes. */
export function checkArity(call: CallSyntax, gate: GateSymbol, reporter: Reporter): boolean {
  const angles = call.parameters.length;
  if (angles !== gate.parameterCount) {
    const first = call.parameters[0];
    const last = call.parameters.at(-1);
    const place =
      first === undefined || last === undefined ? call.name : { start: first.start, end: last.end };
    reporter.error(
      'wrong-parameter-count',
      `“${call.name.text}” takes ${count(gate.parameterCount, 'parameter')}, but ${angles} came.`,
      place,
    );
    return false;
  }
  if (call.operands.length !== gate.qubitCount) {
    const first = call.operands[0];
    const last = call.operands.at(-1);
    const place =
      first === undefined || last === undefined ? call.name : { start: first.start, end: last.end };
    reporter.error(
      'wrong-qubit-count',
      `“${call.name.text}” acts on ${count(gate.qubitCount, 'qubit')}, but ${call.operands.length} came.`,
      place,
    );
    return false;
  }
  return true;
}

function count(n: number, noun: string): string {
  if (n === 0) return `no ${noun}s`;
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`;
}
