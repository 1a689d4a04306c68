import { learnt } from './learnt.ts';
import type { Technique } from './technique.ts';

/** Clifford data regression (Czarnik, Arrasmith, Coles, Cincio, arXiv:2005.10189). */
export const cdr: Technique = {
  id: 'cdr',
  title: 'Clifford data regression',
  summary:
    'Learns from near-Clifford copies of the circuit, whose values are known, how its noise changes values.',
  parameters: [
    {
      kind: 'integer',
      id: 'training',
      title: 'Training circuits',
      help: 'How many near-Clifford copies are measured for each row of angles.',
      default: 20,
      min: 4,
      max: 10_000,
    },
    {
      kind: 'number',
      id: 'fraction',
      title: 'Fraction kept',
      help: 'Share of the gates that are not Clifford which a copy keeps: more of them make the copies more alike the circuit, and dearer to simulate.',
      default: 0.3,
      min: 0,
      max: 1,
      exclusiveMax: true,
    },
  ],
  place: 'learning',
  serves: ['expectations'],
  overhead: ({ training }) => 2 + (training as number),
  fault: () => null,
  rewrite: (settings) => (program, context) => {
    const { training, fraction } = settings;
    return learnt(
      program,
      {
        technique: 'cdr',
        training: training as number,
        fraction: fraction as number,
        scales: [1],
        hasConstant: true,
      },
      context,
    );
  },
};
