import type { ParameterDescriptor } from '../catalog/parameter.ts';
import type { NoiseRule } from './noise.ts';

/** A channel that noise rules name (CONTRACT §2), with its fields. */
export interface Channel {
  readonly id: NoiseRule['channel'];
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDescriptor[];
}

/** Every channel, sorted. */
export const channels: readonly Channel[] = [
  {
    id: 'amplitude_damping',
    title: 'Amplitude damping',
    summary: 'Decay of |1⟩ to |0⟩ with probability gamma.',
    parameters: [probability('gamma')],
  },
  {
    id: 'bit_flip',
    title: 'Bit flip',
    summary: 'X with probability p.',
    parameters: [probability('p')],
  },
  {
    id: 'depolarizing',
    title: 'Depolarizing',
    summary: 'The qubits of a gate become fully mixed together with probability p.',
    parameters: [probability('p')],
  },
  {
    id: 'kraus',
    title: 'Kraus operators',
    summary: 'Any channel, by its matrices.',
    parameters: [
      {
        kind: 'json',
        id: 'matrices',
        title: 'Matrices',
        help: 'As JSON: of each operator its rows of [real, imaginary].',
        default: null,
        required: true,
      },
    ],
  },
  {
    id: 'pauli_depolarizing',
    title: 'Pauli depolarizing',
    summary: 'X, Y or Z with probability p/3 each, on every qubit by itself.',
    parameters: [probability('p')],
  },
  {
    id: 'phase_damping',
    title: 'Phase damping',
    summary: 'Loss of phase with probability lambda.',
    parameters: [probability('lambda')],
  },
  {
    id: 'phase_flip',
    title: 'Phase flip',
    summary: 'Z with probability p.',
    parameters: [probability('p')],
  },
  {
    id: 'thermal_relaxation',
    title: 'Thermal relaxation',
    summary: 'Decay and dephasing over a time by T1 and T2.',
    parameters: [
      seconds('T1', 'Time after which |1⟩ has decayed to 1/e.', true),
      seconds('T2', 'Time after which the phase is lost to 1/e; at most 2 T1.', true),
      seconds('time', 'How long the gate takes.', false),
    ],
  },
];

function probability(id: string): ParameterDescriptor {
  const help = 'A probability, 0 to 1.';
  return { kind: 'number', id, title: id, help, default: null, required: true, min: 0, max: 1 };
}

function seconds(id: string, help: string, exclusiveMin: boolean): ParameterDescriptor {
  const unit = 's';
  return {
    kind: 'number',
    id,
    title: id,
    help,
    default: null,
    required: true,
    min: 0,
    exclusiveMin,
    unit,
  };
}
