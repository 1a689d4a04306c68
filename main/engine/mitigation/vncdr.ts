import { learnt } from './learnt.ts';
import type { SettingsFault, Technique } from './technique.ts';

/** Variable-noise Clifford data regression (Lowe et al., arXiv:2011.01157). */
export const vncdr: Technique = {
  id: 'vncdr',
  title: 'Variable-noise Clifford data regression',
  summary:
    'Learns from near-Clifford copies at several strengths of the noise how to add up values to the ideal one.',
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
    {
      kind: 'numbers',
      id: 'scaleFactors',
      title: 'Scale factors',
      help: 'How many times the noise is made larger, by folding the whole circuit; odd whole numbers.',
      default: [1, 3],
      minCount: 2,
    },
  ],
  place: 'learning',
  serves: ['expectations'],
  overhead: ({ training, scaleFactors }) =>
    1 + (1 + (training as number)) * (scaleFactors as readonly number[]).length,
  fault: ({ training, scaleFactors }) =>
    faultOf(training as number, scaleFactors as readonly number[]),
  rewrite: (settings) => (program, context) => {
    const { training, fraction, scaleFactors } = settings;
    return learnt(
      program,
      {
        technique: 'vncdr',
        training: training as number,
        fraction: fraction as number,
        scales: scaleFactors as readonly number[],
        hasConstant: false,
      },
      context,
    );
  },
};

function faultOf(training: number, scales: readonly number[]): SettingsFault | null {
  const isOdd = scales.every((scale) => scale >= 1 && scale <= 99 && scale % 2 === 1);
  if (!isOdd || new Set(scales).size !== scales.length) {
    return {
      path: 'scaleFactors',
      message: `vncdr needs different odd scale factors such as 1, 3, 5; got ${scales.join(', ')}.`,
    };
  }
  if (training > scales.length) return null;
  return {
    path: 'training',
    message: `${scales.length} factors are learnt from at least ${scales.length + 1} training circuits; got ${training}.`,
  };
}
