/** A row of docs/behaviours.md: something that Hyperlight v0.11 does, and what becomes of it here. */

/**
 * How a behaviour compares: the same, the same but for what is better, one that cannot be here, or one that comes with
 * a piece that is not there yet.
 */
export type Verdict = "same" | "better" | "not applicable" | "later";

/** A row; its tests are found by their names, which begin with the row's. */
export interface Row {
  /** Its name, such as `A3.4`: the section, and the place in it. */
  readonly row: string;
  /** When what happens, in a line. */
  readonly what: string;
  readonly verdict: Verdict;
  /** How it differs here, or why it cannot be here, or which piece it comes with. All but `same` need one. */
  readonly note?: string;
}
