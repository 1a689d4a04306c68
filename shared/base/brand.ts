declare const brand: unique symbol;

/** A string that only its own module makes, so that ids of different things cannot be mixed up. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
