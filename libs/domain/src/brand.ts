declare const brand: unique symbol;

/** A value of type `Value` that only its own constructor (or a codec) may make; two brands never mix. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
