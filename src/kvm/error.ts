/** A failed ioctl: which one, on what, and why, as far as Linux says. */

import { errnoSymbol, VmletError } from "../ffi/mod.ts";

/** What to do about an errno that any ioctl may end with. */
const HINTS: Readonly<Record<number, string>> = {
  12: "the machine or the process's limits have no memory left",
  24: "this process has no file descriptor left: raise the limit (ulimit -n) or close sandboxes",
};

/** An ioctl that KVM refused. */
export class KvmError extends VmletError {
  /** `"KvmError"`. */
  override name = "KvmError";
  /** The ioctl's name in `<linux/kvm.h>`, such as `KVM_SET_SREGS`. */
  readonly ioctl: string;
  /** The symbol of the error number, such as `EINVAL`. */
  readonly symbol: string;

  /**
   * Makes an error.
   *
   * @param ioctl The ioctl's name.
   * @param errno The Linux error number, positive.
   * @param hint What it may mean and what to do, where that is known.
   */
  constructor(ioctl: string, errno: number, hint: string | undefined = HINTS[errno]) {
    const symbol = errnoSymbol(errno);
    super("ERR_KVM", `${ioctl} failed with ${symbol}${hint ? `: ${hint}` : ""}`, { errno });
    this.ioctl = ioctl;
    this.symbol = symbol;
  }
}

/** Passes a system call's result on, or throws the error that it stands for. */
export function check(ioctl: string, result: number, hint?: string): number {
  if (result < 0) throw new KvmError(ioctl, -result, hint);
  return result;
}
