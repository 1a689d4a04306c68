import { z } from 'zod';
import { unreachable } from '../base/assert.ts';
import { floatRows, floats } from './fitted.ts';

/** A step of preprocessing with what it took from the training rows. */
export const fittedStepSchema = z.discriminatedUnion('kind', [
  /** (v − centre)/width of each column; where a width is 0, the column becomes 0. */
  z.strictObject({ kind: z.literal('scale'), centre: floats, width: floats }),
  /** [least, most] of each column onto [low, high]; a column without a range becomes `low`. */
  z.strictObject({
    kind: z.literal('range'),
    least: floats,
    most: floats,
    low: z.number(),
    high: z.number(),
    clips: z.boolean(),
  }),
  /** Coordinates of the row minus `mean` along `vectors`. */
  z.strictObject({ kind: z.literal('project'), mean: floats, vectors: floatRows }),
]);

export type FittedStep = z.output<typeof fittedStepSchema>;

/** A row after a step. */
export function stepped(step: FittedStep, row: Float64Array): Float64Array {
  switch (step.kind) {
    case 'scale':
      return row.map((v, k) => {
        const width = step.width[k] as number;
        return width === 0 ? 0 : (v - (step.centre[k] as number)) / width;
      });
    case 'range': {
      const { least, most, low, high, clips } = step;
      return row.map((v, k) => {
        const width = (most[k] as number) - (least[k] as number);
        const share = width === 0 ? 0 : (v - (least[k] as number)) / width;
        return low + (high - low) * (clips ? Math.min(1, Math.max(0, share)) : share);
      });
    }
    case 'project': {
      const centred = row.map((v, k) => v - (step.mean[k] as number));
      return Float64Array.from(step.vectors, (vector) => dot(vector, centred));
    }
    default:
      return unreachable(step);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}
