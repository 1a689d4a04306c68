import { z } from 'zod';

const numbers = z.custom<Float64Array>((value) => value instanceof Float64Array);

/** A metric along a run, as blocks of neighbouring points: block k begins at x[k]. A block may be one point. */
export const curveSchema = z.object({
  /** The job. */
  run: z.string(),
  name: z.string(),
  /** Points of the whole curve. */
  total: z.number(),
  x: numbers,
  min: numbers,
  max: numbers,
  mean: numbers,
  /** The last point that is looked at, as it is. */
  last: z.tuple([z.number(), z.number()]).nullable(),
});

export type Curve = z.infer<typeof curveSchema>;

/** Points that were added to the curves of a run. */
export const newPointsSchema = z.object({
  run: z.string(),
  curves: z.array(z.object({ name: z.string(), x: numbers, y: numbers })),
});

export type NewPoints = z.infer<typeof newPointsSchema>;

/** A curve as points in order. */
export interface Series {
  readonly name: string;
  readonly total: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The points of a curve that a line shows: of each block its lowest and its highest, and the last one as it is. */
export function seriesOf({ name, total, x, min, max, last }: Curve): Series {
  const points: (readonly [number, number])[] = [];
  x.forEach((at, k) => {
    const [low, high] = [min[k] as number, max[k] as number];
    points.push([at, low]);
    if (high > low) points.push([at, high]);
  });
  const end = points.at(-1);
  if (last !== null && !(Object.is(end?.[0], last[0]) && Object.is(end?.[1], last[1]))) {
    points.push(last);
  }
  return {
    name,
    total,
    x: Float64Array.from(points, ([at]) => at),
    y: Float64Array.from(points, ([, value]) => value),
  };
}
