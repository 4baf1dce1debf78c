/** The types by which TypeScript knows a guest's functions from their definitions, without `as const`. */

/** What each type of a guest's is in JavaScript. */
export interface ValueTypes {
  /** A whole number from -2^31 to 2^31 - 1. */
  i32: number;
  /** A whole number from 0 to 2^32 - 1. */
  u32: number;
  /** A bigint from -2^63 to 2^63 - 1. */
  i64: bigint;
  /** A bigint from 0 to 2^64 - 1. */
  u64: bigint;
  /** A number, rounded to 32 bits. */
  f32: number;
  /** A number; the payload of a NaN is lost. */
  f64: number;
  /** `true` or `false`. */
  bool: boolean;
  /** Text without lone surrogates. */
  string: string;
  /** Bytes, copied. */
  buffer: Uint8Array;
}

/** The name of a type that a parameter can have. */
export type ValueType = keyof ValueTypes;

/** The name of a type that a result can have. */
export type ResultType = ValueType | "void";

/** What a result of a type is in JavaScript. */
export type Result<R extends ResultType> = R extends ValueType ? ValueTypes[R] : void;

/** What arguments for these parameters are in JavaScript. */
export type Arguments<P extends readonly ValueType[]> = {
  -readonly [I in keyof P]: ValueTypes[P[I]];
};

/** A function that a guest offers: what it takes and what it gives. */
export interface FunctionDefinition {
  /** The types of the parameters, at most 11. */
  readonly parameters: readonly ValueType[];
  /** The type of the result. */
  readonly result: ResultType;
}

/** The functions that a guest offers, by name. */
export type FunctionDefinitions = Readonly<Record<string, FunctionDefinition>>;

/** The parameters of each import, by its name. */
export type ParametersByName = Readonly<Record<string, readonly ValueType[]>>;

/** The result of each import, by its name. */
export type ResultsByName = Readonly<Record<string, ResultType>>;

/** The functions that a guest may call, by name: what they take, what they give, and what they do. */
export type ImportDefinitions<P extends ParametersByName, R extends ResultsByName> =
  & { readonly [K in keyof R]: { readonly result: R[K] } }
  & {
    readonly [K in keyof P]: {
      readonly parameters: P[K];
      readonly callback: (
        ...args: Arguments<P[K]>
      ) => K extends keyof R ? Result<R[K]> | Promise<Result<R[K]>> : never;
    };
  };

/** A guest's functions as JavaScript calls them. (Shaped like methods, so that every `Sandbox<…>` is a `Sandbox`.) */
export type SyncFunctions<E extends FunctionDefinitions> = {
  readonly [K in keyof E]: {
    call(...args: Arguments<E[K]["parameters"]>): Result<E[K]["result"]>;
  }["call"];
};

/** What one asynchronous call may be given besides its arguments. */
export interface AsyncCallOptions {
  /** Ends the call when it is aborted: the guest is killed, and the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** How many milliseconds of wall clock the call may take, instead of what the sandbox's options say. */
  readonly deadline?: number;
  /** How many milliseconds of CPU time the guest may take, instead of what the sandbox's options say. */
  readonly cpuBudget?: number;
}

/** A guest's functions as JavaScript calls them without blocking: their results are promises. */
export type AsyncFunctions<E extends FunctionDefinitions> = {
  readonly [K in keyof E]: {
    call(
      ...args: [...args: Arguments<E[K]["parameters"]>, options?: AsyncCallOptions]
    ): Promise<Result<E[K]["result"]>>;
  }["call"];
};
