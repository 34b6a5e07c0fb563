/**
 * A value of the API before synth. Every field must be named; a field that is not given is undefined. So the code that
 * writes it does not compile any more when the CRD gains, loses or renames a field, at any depth.
 */
export type Written<T> = T extends readonly (infer Item)[]
  ? readonly Written<Item>[]
  : T extends object
    ? { readonly [Field in keyof Required<T>]: Written<Exclude<T[Field], undefined>> | undefined }
    : T;
