import type { Control, GateOperation } from './circuit.ts';
import type { Expression } from './expression.ts';

/** Gates of the registry that are another one under controls: their leading qubits are the controls. */
const forms: Readonly<Record<string, { readonly base: string; readonly count: number }>> = {
  c3sqrtx: { base: 'sx', count: 3 },
  c3sqrtxdg: { base: 'sxdg', count: 3 },
  c3x: { base: 'x', count: 3 },
  c4x: { base: 'x', count: 4 },
  ccx: { base: 'x', count: 2 },
  ccz: { base: 'z', count: 2 },
  ch: { base: 'h', count: 1 },
  cp: { base: 'p', count: 1 },
  crx: { base: 'rx', count: 1 },
  cry: { base: 'ry', count: 1 },
  crz: { base: 'rz', count: 1 },
  cswap: { base: 'swap', count: 1 },
  csx: { base: 'sx', count: 1 },
  csxdg: { base: 'sxdg', count: 1 },
  cu3: { base: 'u', count: 1 },
  cx: { base: 'x', count: 1 },
  cy: { base: 'y', count: 1 },
  cz: { base: 'z', count: 1 },
};

/**
 * The call with every control among its `controls` and a gate that has none of its own: ccx is x
 * under two. `cu` is two calls, because its phase turns the control.
 */
export function withAllControls(call: GateOperation): readonly GateOperation[] {
  if (call.gate === 'cu') {
    const [control, target] = call.qubits as [number, number];
    const controls = [...(call.controls ?? []), { qubit: control, value: 1 as const }];
    const [theta, phi, lambda, gamma] = call.parameters as [
      Expression,
      Expression,
      Expression,
      Expression,
    ];
    const angles = [theta, phi, lambda];
    const phase: GateOperation = {
      ...call,
      gate: 'gphase',
      parameters: [gamma],
      qubits: [],
      controls,
    };
    return [phase, { ...call, gate: 'u', parameters: angles, qubits: [target], controls }];
  }
  const form = Object.hasOwn(forms, call.gate) ? forms[call.gate] : undefined;
  if (form === undefined) return [call];
  const own = call.qubits.slice(0, form.count).map((qubit) => ({ qubit, value: 1 as const }));
  return [
    {
      ...call,
      gate: form.base,
      qubits: call.qubits.slice(form.count),
      controls: [...(call.controls ?? []), ...own],
    },
  ];
}

/** The registry's name for a gate under so many controls, such as ccx; null where it has none. */
export function controlledName(base: string, count: number): string | null {
  const found = Object.entries(forms).find(
    ([, form]) => form.base === base && form.count === count,
  );
  return found?.[0] ?? null;
}

/** The call under further controls, by the registry's own name (cx, ccx) where there is one. */
export function underControls(call: GateOperation, controls: readonly Control[]): GateOperation {
  if (controls.length === 0) return call;
  const isPlain = controls.every(({ value }) => value === 1) && call.controls === undefined;
  const name =
    isPlain && call.power === undefined ? controlledName(call.gate, controls.length) : null;
  // U is controlled by its name in Qiskit's file only.
  if (name === null || name === 'cu3') {
    return { ...call, controls: [...controls, ...(call.controls ?? [])] };
  }
  return { ...call, gate: name, qubits: [...controls.map(({ qubit }) => qubit), ...call.qubits] };
}
