import type { Rng } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, GateDefinition, GateOperation } from '#shared/circuit/circuit.ts';
import { type Expression, numberOf, parameterOf } from '#shared/circuit/expression.ts';
import { gates } from '#shared/gates/registry.ts';

export interface CircuitMix {
  readonly qubits: number;
  readonly count: number;
  /** Open parameters a0, a1, …: some angles depend on them. */
  readonly parameters?: number;
  /** Whether gates come under controls, with powers and from own definitions. */
  readonly isRich?: boolean;
}

const own: GateDefinition = {
  name: 'mine',
  parameterNames: ['t'],
  qubitNames: ['a', 'b'],
  body: [gate('h', [0]), gate('crx', [0, 1], [parameterOf('t')]), gate('s', [1])],
};

/** A circuit of gates of the whole registry on random qubits. */
export function randomCircuit(rng: Rng, mix: CircuitMix): Circuit {
  const { qubits, count, parameters = 0, isRich = false } = mix;
  const fitting = gates.filter(({ qubitCount }) => qubitCount <= qubits);
  const operations = Array.from({ length: count }, (): GateOperation => {
    const order = Array.from({ length: qubits }, (_, q) => q).toSorted(() => rng.uniform() - 0.5);
    if (isRich && rng.below(8) === 0)
      return gate('mine', order.slice(0, 2), [angle(rng, parameters)]);
    const member = fitting[rng.below(fitting.length)] as (typeof gates)[number];
    const angles = member.parameterNames.map(() => angle(rng, parameters));
    const call = gate(member.id, order.slice(0, member.qubitCount), angles);
    if (!isRich || rng.below(3) > 0) return call;
    const isOpen = angles.some((one) => one.kind !== 'number');
    const powers = isOpen ? [-1, 2] : [-1, 2, 0.5, -1.5];
    const power = powers[rng.below(powers.length)] as number;
    if (rng.below(2) === 0 || member.qubitCount === qubits) return { ...call, power };
    const control = { qubit: order[member.qubitCount] as number, value: rng.below(2) as 0 | 1 };
    return { ...call, controls: [control] };
  });
  return {
    ...circuitOf(qubits, operations),
    definitions: isRich ? [own] : [],
    parameters: Array.from({ length: parameters }, (_, k) => ({ name: `a${k}`, value: null })),
  };
}

function angle(rng: Rng, parameters: number): Expression {
  const value = numberOf(
    rng.below(3) === 0 ? (rng.below(9) - 4) * (Math.PI / 4) : rng.uniform() * 6,
  );
  if (parameters === 0 || rng.below(2) === 0) return value;
  const right = parameterOf(`a${rng.below(parameters)}`);
  return { kind: 'binary', operator: rng.below(2) === 0 ? '+' : '*', left: value, right };
}
