import type { JsonShape, ParameterDescriptor, TupleColumn } from './parameter.ts';

/** The type of a field's value, read off its descriptor. */
type ValueOf<P extends ParameterDescriptor> = P extends { kind: 'integer' | 'number' }
  ? number
  : P extends { kind: 'boolean' }
    ? boolean
    : P extends { kind: 'choice'; options: readonly { value: infer V }[] }
      ? V
      : P extends { kind: 'text' | 'table' | 'column' | 'source' | 'file' }
        ? string
        : P extends { kind: 'texts' | 'columns' }
          ? readonly string[]
          : P extends { kind: 'numbers' }
            ? readonly number[]
            : P extends { kind: 'matrix' }
              ? readonly (readonly number[])[]
              : P extends { kind: 'named-numbers' }
                ? Readonly<Record<string, number>>
                : P extends { kind: 'rows' }
                  ? readonly [number, number]
                  : P extends { kind: 'tuples'; columns: infer C extends readonly TupleColumn[] }
                    ? readonly TupleOf<C>[]
                    : P extends { kind: 'json'; shape: infer S extends JsonShape }
                      ? ShapeOf[S]
                      : P extends { kind: 'list'; members: infer M extends Fields }
                        ? readonly ValuesOf<M>[]
                        : P extends { kind: 'group'; members: infer M extends Fields }
                          ? ValuesOf<M>
                          : P extends { kind: 'member' }
                            ? { readonly id: string } & Readonly<Record<string, unknown>>
                            : never;

/** What each shape of JSON holds. */
interface ShapeOf {
  readonly names: number | readonly string[];
  readonly weights: readonly number[] | Readonly<Record<string, number>>;
  readonly pairs: readonly (readonly [number | string, number | string, number])[];
}

type Fields = readonly ParameterDescriptor[];

type TupleOf<C extends readonly TupleColumn[]> = {
  readonly [K in keyof C]:
    | (C[K] extends { kind: 'text' } ? string : number)
    | (C[K] extends { isOptional: true } ? undefined : never);
};

/** Fields that are always there once a value was checked: those that must be given or have a default. */
type Sure<P extends ParameterDescriptor> = P extends { required: true }
  ? P
  : P extends { default: null }
    ? never
    : P;

/** The type of a checked object with these fields, defaults filled in. */
export type ValuesOf<F extends Fields> = {
  readonly [P in Sure<F[number]> as P['id']]: ValueOf<P>;
} & {
  readonly [P in Exclude<F[number], Sure<F[number]>> as P['id']]?: ValueOf<P> | undefined;
};
