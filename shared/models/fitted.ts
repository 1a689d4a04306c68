import { z } from 'zod';

/** Finite numbers in an order; in memory a typed array, in JSON a list. */
export const floats = z
  .array(z.number())
  .transform((values): Float64Array => Float64Array.from(values));

/** Rows of numbers, each as long as the first. */
export const floatRows = z
  .array(z.array(z.number()))
  .refine((rows) => rows.every((row) => row.length === rows[0]?.length), {
    error: 'rows of the same length are expected',
  })
  .transform((rows): readonly Float64Array[] => rows.map((row) => Float64Array.from(row)));

export const count = z.int().gte(0);
export const float = z.number();
export const orNull = <T extends z.ZodType>(shape: T) => shape.nullable();
export const listOf = <T extends z.ZodType>(shape: T) => z.array(shape);

/** What a learner keeps: an object of these and nothing else. */
export function fittedShape<const S extends z.core.$ZodLooseShape>(shape: S): Fitted<S> {
  return z.strictObject(shape);
}

type Fitted<S extends z.core.$ZodLooseShape> = z.ZodObject<S, z.core.$strict>;

/** Reads what a learner keeps, as it is in JSON. */
export type Shape<M> = z.ZodType<M>;

/** What a shape reads. */
export type Read<T> = T extends z.ZodType ? z.output<T> : never;

/** w·x + intercept. */
export const linearShape = fittedShape({ coefficients: floats, intercept: float });

/** A tree: a node splits at `feature` ≤ `cut`, or is a leaf where `feature` is −1; children follow their parent. */
export const treeShape = fittedShape({
  nodes: z
    .array(
      z.strictObject({
        feature: z.int().gte(-1),
        cut: z.number(),
        left: count,
        right: count,
        value: z.number(),
      }),
    )
    .min(1)
    .refine(
      (nodes) =>
        nodes.every(
          ({ feature, left, right }, k) =>
            feature < 0 || (left > k && right > k && left < nodes.length && right < nodes.length),
        ),
      { error: 'a tree whose children follow their parents is expected' },
    ),
});
