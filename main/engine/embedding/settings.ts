import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { topologies, type Topology } from './topologies.ts';

/** Where a function is put on chains of qubits, checked against the parameter below. */
export interface EmbeddingSettings {
  readonly topology: Topology['id'];
  readonly size?: number;
  readonly chainStrength?: number;
  readonly breaks: 'majority' | 'minimise';
}

/** A setting of methods that stand for an annealing machine. */
export const embeddingParameter: ParameterDescriptor = {
  kind: 'group',
  id: 'embedding',
  title: 'Embedding',
  help: 'Runs on the qubits and couplers of an annealing machine, each variable a chain of qubits. Empty: every pair of variables is coupled as the problem has it.',
  default: null,
  advanced: true,
  members: [
    {
      kind: 'choice',
      id: 'topology',
      title: 'Topology',
      help: 'How the qubits of the machine are coupled.',
      default: 'pegasus',
      options: topologies.map(({ id, title }) => ({ value: id, title })),
    },
    {
      kind: 'integer',
      id: 'size',
      title: 'Size',
      help: 'The largest part of the topology that may be used. Empty: the largest machine that was built (C16, P16, Z15).',
      default: null,
      min: 2,
      max: 20,
    },
    {
      kind: 'number',
      id: 'chainStrength',
      title: 'Chain strength',
      help: 'Coupling that holds a chain together, in units of the objective. Empty: by uniform torque compensation.',
      default: null,
      min: 0,
      exclusiveMin: true,
    },
    {
      kind: 'choice',
      id: 'breaks',
      title: 'Broken chains',
      help: 'What a chain whose qubits disagree stands for: what most of them say, or from there whatever lowers the objective.',
      default: 'majority',
      options: [
        { value: 'majority', title: 'Majority vote' },
        { value: 'minimise', title: 'Minimise the energy' },
      ],
    },
  ],
};
