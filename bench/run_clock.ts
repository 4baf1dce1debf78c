/** Tells the time in KVM_RUN from the host's own, as bench/peer does it: around the system call. */

import { native } from "../src/ffi/mod.ts";
import type { ShimFunctions } from "../src/ffi/native.ts";
import { now } from "./case.ts";

/** A clock that runs while this thread is in KVM_RUN. Reading the time counts as the host's own. */
export class RunClock {
  readonly #run: ShimFunctions["run"];
  /** Nanoseconds so far. */
  inside = 0;

  /** Starts to look. */
  constructor() {
    const run = this.#run = native().run;
    native().run = (index, thread, vcpu) => {
      const began = now();
      const result = run(index, thread, vcpu);
      this.inside += now() - began;
      return result;
    };
  }

  /** Looks no more. */
  [Symbol.dispose](): void {
    native().run = this.#run;
  }
}
