import type { GateOperation } from '#shared/circuit/circuit.ts';
import { gateById } from '#shared/gates/registry.ts';
import { averaged } from './averaged.ts';
import { drawInstance } from './instances.ts';
import type { Technique } from './technique.ts';

/** Pauli twirling (Wallman and Emerson, arXiv:1512.01098): coherent errors of two-qubit gates become random Pauli errors. */
export const twirl: Technique = {
  id: 'twirl',
  title: 'Pauli twirling',
  summary:
    'Runs the circuit with random Pauli letters around its two-qubit Clifford gates, which turns coherent errors into random ones.',
  parameters: [
    {
      kind: 'integer',
      id: 'instances',
      title: 'Instances',
      help: 'How many random circuits share the shots.',
      default: 32,
      min: 2,
      max: 10_000,
    },
  ],
  place: 'circuits',
  serves: ['expectations'],
  overhead: ({ instances }) => 1 + (instances as number),
  fault: () => null,
  rewrite: (settings) => (program, context) => {
    const count = settings['instances'] as number;
    const { rng } = context;
    const draws = {
      before: (gate: GateOperation) => (isTwirled(gate) ? rng.below(16) : 0),
      after: () => [],
    };
    return averaged(
      program,
      {
        technique: 'twirl',
        count,
        instances: ({ circuit }) => ({
          draw: () => drawInstance(circuit, draws),
          facts: { instances: count },
        }),
      },
      context,
    );
  },
};

function isTwirled({ gate, qubits, controls = [], power = 1 }: GateOperation): boolean {
  const known = gateById(gate);
  return (
    known?.isClifford === true &&
    qubits.length === 2 &&
    controls.length === 0 &&
    Number.isInteger(power)
  );
}
