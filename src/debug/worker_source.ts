/** src/debug/worker.ts with all that it imports, by `deno task workers`: do not edit. */
// deno-fmt-ignore-file

/** A script of 40306 characters. */
export const WORKER_SOURCE: string =
  "function bindShim(adapter,path,definitions){let names=Object.keys(definitions),symbols=Object.fromEn" +
  "tries(names.map((name)=>[cName(name),definitions[name]])),library=adapter.open(path,symbols);return " +
  "Object.fromEntries(names.map((name)=>[name,library[cName(name)]]))}function cName(name){return`vmlet" +
  "_${name.replace(/[A-Z]/g,(letter)=>`_${letter.toLowerCase()}`)}`}var CONTROLS=/[\\0-\\x08\\x0b-\\x1f\\x7f" +
  "-\\x9f]/g;function printable(text){return text.replaceAll(CONTROLS,\"�\")}var setReport;class VmletErro" +
  "r extends Error{#report;name=\"VmletError\";code;constructor(code,message,details={}){let{cause,...fac" +
  "ts}=details;super(printable(message),cause===void 0?void 0:{cause});this.code=code,Object.assign(thi" +
  "s,facts)}report(){return this.#report?printable(this.#report()):this.message}static{setReport=(error" +
  ",report)=>{error.#report=report}}}function wrongType(message){return Object.assign(TypeError(message" +
  "),{code:\"ERR_INVALID_ARG_TYPE\"})}function outOfRange(message){return Object.assign(RangeError(messag" +
  "e),{code:\"ERR_OUT_OF_RANGE\"})}var ERRNO_SYMBOLS={1:\"EPERM\",2:\"ENOENT\",3:\"ESRCH\",4:\"EINTR\",5:\"EIO\",6:" +
  "\"ENXIO\",7:\"E2BIG\",8:\"ENOEXEC\",9:\"EBADF\",11:\"EAGAIN\",12:\"ENOMEM\",13:\"EACCES\",14:\"EFAULT\",16:\"EBUSY\",1" +
  "7:\"EEXIST\",19:\"ENODEV\",20:\"ENOTDIR\",21:\"EISDIR\",22:\"EINVAL\",23:\"ENFILE\",24:\"EMFILE\",25:\"ENOTTY\",26:\"" +
  "ETXTBSY\",27:\"EFBIG\",28:\"ENOSPC\",29:\"ESPIPE\",30:\"EROFS\",34:\"ERANGE\",38:\"ENOSYS\",40:\"ELOOP\",75:\"EOVERF" +
  "LOW\",95:\"EOPNOTSUPP\",133:\"EHWPOISON\"};function errnoSymbol(errno){return ERRNO_SYMBOLS[errno]??`errn" +
  "o ${errno}`}var SHIM_VERSION=2963982647,SHIM_HASH=\"7d2308e795822148\",SHIM_BASE64=\"f0VMRgIBAQAAAAAAAA" +
  "AAAAMAPgABAAAAAAAAAAAAAABAAAAAAAAAADBDAAAAAAAAAAAAAEAAOAAJAEAADwAOAAYAAAAEAAAAQAAAAAAAAABAAAAAAAAAAE" +
  "AAAAAAAAAA+AEAAAAAAAD4AQAAAAAAAAgAAAAAAAAAAQAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACMFgAAAAAAAIwWAA" +
  "AAAAAAABAAAAAAAAABAAAABQAAAJAWAAAAAAAAkCYAAAAAAACQJgAAAAAAAPsqAAAAAAAA+yoAAAAAAAAAEAAAAAAAAAEAAAAGAA" +
  "AAkEEAAAAAAACQYQAAAAAAAJBhAAAAAAAA4AAAAAAAAABwDgAAAAAAAAAQAAAAAAAAAQAAAAYAAACAQgAAAAAAAIByAAAAAAAAgH" +
  "IAAAAAAAAAAAAAAAAAAFSJQAAAAAAAABAAAAAAAAACAAAABgAAALBBAAAAAAAAsGEAAAAAAACwYQAAAAAAAMAAAAAAAAAAwAAAAA" +
  "AAAAAIAAAAAAAAAFLldGQEAAAAkEEAAAAAAACQYQAAAAAAAJBhAAAAAAAA4AAAAAAAAABwDgAAAAAAAAEAAAAAAAAAUOV0ZAQAAA" +
  "C0DQAAAAAAALQNAAAAAAAAtA0AAAAAAAD0AQAAAAAAAPQBAAAAAAAABAAAAAAAAABR5XRkBgAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAASAAgAoCYAAAAAAAAGAAAAAA" +
  "AAAC4BAAASAAgAoCkAAAAAAABnAAAAAAAAAEQBAAASAAgAECoAAAAAAAC9AAAAAAAAAJkCAAASAAgAYEcAAAAAAAAwAAAAAAAAAN" +
  "QCAAASAAgAgEkAAAAAAADbAAAAAAAAADMAAAASAAgA8CYAAAAAAAARAAAAAAAAAOQAAAASAAgAoCgAAAAAAABXAAAAAAAAAFQCAA" +
  "ASAAgAAEUAAAAAAAA4AAAAAAAAAJ8DAAASAAgAQFEAAAAAAABLAAAAAAAAAEsAAAASAAgAMCcAAAAAAAAUAAAAAAAAAMMBAAASAA" +
  "gAYC8AAAAAAAA+AAAAAAAAAIYCAAASAAgAsEYAAAAAAACtAAAAAAAAABsDAAASAAgAcEwAAAAAAAASAAAAAAAAACAAAAASAAgA0C" +
  "YAAAAAAAAWAAAAAAAAAHQBAAASAAgAwCsAAAAAAAAEAAAAAAAAAJ8BAAASAAgAYC0AAAAAAAAzAAAAAAAAAOUCAAASAAgAYEoAAA" +
  "AAAADbAAAAAAAAALkAAAASAAgAQCgAAAAAAAAUAAAAAAAAAO8AAAASAAgAACkAAAAAAAAGAAAAAAAAAIoBAAASAAgAQC0AAAAAAA" +
  "ATAAAAAAAAANYBAAASAAgAoC8AAAAAAAC5AwAAAAAAAOoBAAASAAgAYDMAAAAAAABXAAAAAAAAAA4CAAASAAgAcDQAAAAAAACCAA" +
  "AAAAAAAB8CAAASAAgAADUAAAAAAADODgAAAAAAAIcDAAASAAgAEE8AAAAAAAD9AAAAAAAAAGgAAAASAAgAcCcAAAAAAAAVAAAAAA" +
  "AAANYAAAASAAgAgCgAAAAAAAAYAAAAAAAAAFMBAAASAAgA0CoAAAAAAACqAAAAAAAAAMACAAASAAgAwEcAAAAAAACzAQAAAAAAAD" +
  "0DAAASAAgA4EwAAAAAAABRAAAAAAAAAIsAAAASAAgAsCcAAAAAAAAaAAAAAAAAAMYAAAASAAgAYCgAAAAAAAAYAAAAAAAAADMCAA" +
  "ASAAgA0EMAAAAAAAAQAQAAAAAAAKsCAAASAAgAkEcAAAAAAAAwAAAAAAAAAPUCAAASAAgAQEsAAAAAAAADAQAAAAAAAJcAAAASAA" +
  "gA0CcAAAAAAAAkAAAAAAAAAK4AAAASAAgAICgAAAAAAAATAAAAAAAAAAgBAAASAAgAICkAAAAAAAAGAAAAAAAAAGMBAAASAAgAgC" +
  "sAAAAAAAA4AAAAAAAAALEBAAASAAgAoC0AAAAAAAC5AQAAAAAAAHYCAAASAAgAYEYAAAAAAABPAAAAAAAAAPoAAAASAAgAECkAAA" +
  "AAAAAGAAAAAAAAAEcCAAASAAgA4EQAAAAAAAAXAAAAAAAAACwDAAASAAgAkEwAAAAAAABDAAAAAAAAAF8DAAASAAgAYE0AAAAAAA" +
  "AyAAAAAAAAAHADAAASAAgAoE0AAAAAAAAHAAAAAAAAAHsDAAASAAgAAE8AAAAAAAAKAAAAAAAAAFoAAAASAAgAUCcAAAAAAAAUAA" +
  "AAAAAAAD4AAAASAAgAECcAAAAAAAATAAAAAAAAAHsAAAASAAgAkCcAAAAAAAAWAAAAAAAAAKIAAAASAAgAACgAAAAAAAAYAAAAAA" +
  "AAAPwBAAASAAgAwDMAAAAAAACpAAAAAAAAAGECAAASAAgAQEUAAAAAAACuAAAAAAAAAAgDAAASAAgAUEwAAAAAAAAgAAAAAAAAAE" +
  "wDAAASAAgAQE0AAAAAAAAWAAAAAAAAABQAAAASAAgAsCYAAAAAAAAWAAAAAAAAABcBAAASAAgAMCkAAAAAAABnAAAAAAAAAJUDAA" +
  "ASAAgAEFAAAAAAAAAjAQAAAAAAAA4AAAABAAAAEAAAABoAAAAAAQABAAEAAQIAAACAACAgBQCAAFACAAACAAAAAAQAAAQAAgAEAA" +
  "ACGKAAAAAMAIAEgAJBAEEEQwAQAACEAQAAlFAAAQAGgAQFkAACwAB0BAUAAIwAIABEiICAAAEABAgIAAAgAEBIQAEABAEAAAQACI" +
  "ECAACAhCAAoCBBUBEkEAEAAAAGAAAACgAAAA4AAAARAAAAEgAAABoAAAAfAAAAJAAAACoAAAAsAAAAMAAAADEAAAA4AAAAIj2WCr" +
  "iJ5edmFpIBUnfhAOONCpy2y5PLwnqVyzKLog+9Ty4NenY20oJeoX4EYhAdu4Z8bmqlbROWpLGlN3KmONmThT1mSHMHZlqOy1j+9D" +
  "KuN7b3QpUFPJDv4b5+tUA3Kf5E6aitquM4EN6jQhboPJhN97q/MmC0glOJPXwErNf0l1+z1kox7tXnKsi+8ZTLiGeWy541qUam4E" +
  "MC5BfbmRkQwCEcN2L6zWcw8QyKwwgu1+PaWKOSy2tNPT51vqXamnpNABjCNqiC/Vc93mONouBSS17MNf2hg7TikcYCxj04ef9EwR" +
  "QUqQB2bWxldF9zaGltX3ZlcnNpb24Adm1sZXRfaW9jdGwAdm1sZXRfaW9jdGxfc3RydWN0AHZtbGV0X21tYXAAdm1sZXRfbXVubW" +
  "FwAHZtbGV0X21wcm90ZWN0AHZtbGV0X21hZHZpc2UAdm1sZXRfbWVtZmRfY3JlYXRlAHZtbGV0X2Z0cnVuY2F0ZQB2bWxldF9mY2" +
  "50bAB2bWxldF9vcGVuAHZtbGV0X2Nsb3NlAHZtbGV0X3JlYWQAdm1sZXRfcHdyaXRlAHZtbGV0X2dldHJsaW1pdAB2bWxldF9ldm" +
  "VudGZkAHZtbGV0X3BvbGwAdm1sZXRfY29weQB2bWxldF9jb3B5X2luAHZtbGV0X2NvcHlfb3V0AHZtbGV0X2NvcHlfb3V0X2d1YX" +
  "JkZWQAdm1sZXRfY29weV9pbl9ndWFyZGVkAHZtbGV0X2FkZF9iaXRzAHZtbGV0X3Rha2VfYml0cwB2bWxldF9tYXJrX3BhZ2VzAH" +
  "ZtbGV0X2NvdW50X293bl9wYWdlcwB2bWxldF9tYXJrX293bl9wYWdlcwB2bWxldF9wYWdlX2ZhdWx0cwB2bWxldF9jb3VudF9wYW" +
  "dlcwB2bWxldF9mb3JnZXRfcGFnZXMAdm1sZXRfY2FwdHVyZV9wYWdlcwB2bWxldF90YWJsZV9wYWdlcwB2bWxldF93cml0ZV90YW" +
  "JsZQB2bWxldF9tYWtlX3RhYmxlAHZtbGV0X3Jlc3RvcmVfcGFnZXMAdm1sZXRfZGlzY2FyZF9wYWdlcwB2bWxldF9nZXR0aWQAdm" +
  "1sZXRfdGdraWxsAHZtbGV0X2luc3RhbGxfc2lnbmFsAHZtbGV0X3NldF90aW1lcgB2bWxldF90aHJlYWRfdGltZXIAdm1sZXRfdG" +
  "hyZWFkX3RpbWUAdm1sZXRfdW5ibG9ja19zaWduYWwAdm1sZXRfYXR0YWNoX3RocmVhZAB2bWxldF9ndWVzdF90aW1lAHZtbGV0X2" +
  "hvc3RfdGltZQB2bWxldF9hY3F1aXJlX2NlbGwAdm1sZXRfcmVsZWFzZV9jZWxsAHZtbGV0X2NlbGxfZXBvY2gAdm1sZXRfYmVnaW" +
  "5fY2FsbAB2bWxldF9lbmRfY2FsbAB2bWxldF9pc19jYW5jZWxsZWQAdm1sZXRfdGFrZV9wYXVzZQB2bWxldF9raWxsAHZtbGV0X3" +
  "BhdXNlAHZtbGV0X3ByZWVtcHQAdm1sZXRfcnVuAHZtbGV0X3NldHRsZQAAAAAAkGEAAAAAAAAIAAAAAAAAAPBFAAAAAAAAoGEAAA" +
  "AAAAAIAAAAAAAAAJAmAAAAAAAAAAAAAAAAMEMAAAAAAAAwRQ8PDw8PDw8PDw8PDw8PDw9VVVVVVVVVVVVVVVVVVVVVAAAwQwAAME" +
  "UAAAAAAAAAADMzMzMzMzMzMzMzMzMzMzMvcHJvYy9zZWxmL3BhZ2VtYXAAAAEbAzvwAQAAPQAAAOwYAAAMAgAA/BgAACACAAAcGQ" +
  "AANAIAADwZAABIAgAAXBkAAFwCAAB8GQAAcAIAAJwZAACEAgAAvBkAAJgCAADcGQAArAIAAPwZAADAAgAAHBoAANQCAABMGgAA6A" +
  "IAAGwaAAD8AgAAjBoAABADAACsGgAAJAMAAMwaAAA4AwAA7BoAAEwDAABMGwAAYAMAAFwbAAB0AwAAbBsAAIgDAAB8GwAAnAMAAO" +
  "wbAAC4AwAAXBwAANQDAAAcHQAA6AMAAMwdAAAYBAAADB4AACwEAAAcHgAAQAQAAIwfAACMBAAArB8AAKAEAADsHwAAuAQAAKwhAA" +
  "DgBAAA7CEAAPQEAACsJQAAPAUAAAwmAABQBQAAvCYAAIAFAABMJwAAlAUAABw2AADYBQAALDcAABQGAABMNwAAKAYAAIw3AABMBg" +
  "AAPDgAAGgGAACsOAAAfAYAAPw4AACQBgAArDkAALQGAADcOQAAyAYAAAw6AADcBgAAzDsAACAHAACsPAAAQAcAAIw9AABgBwAAnD" +
  "4AAIQHAAC8PgAAmAcAANw+AACsBwAALD8AAMAHAACMPwAA1AcAAKw/AADoBwAA7D8AAPwHAAD8PwAAEAgAAExBAAA8CAAAXEEAAF" +
  "AIAABcQgAAeAgAAIxDAACwCAAAFAAAAAAAAAABelIAAXgQARsMBwiQAQAAEAAAABwAAADYFgAABgAAAAAAAAAQAAAAMAAAANQWAA" +
  "AWAAAAAAAAABAAAABEAAAA4BYAABYAAAAAAAAAEAAAAFgAAADsFgAAEQAAAAAAAAAQAAAAbAAAAPgWAAATAAAAAAAAABAAAACAAA" +
  "AABBcAABQAAAAAAAAAEAAAAJQAAAAQFwAAFAAAAAAAAAAQAAAAqAAAABwXAAAVAAAAAAAAABAAAAC8AAAAKBcAABYAAAAAAAAAEA" +
  "AAANAAAAA0FwAAGgAAAAAAAAAQAAAA5AAAAEAXAAAkAAAAAAAAABAAAAD4AAAAXBcAABgAAAAAAAAAEAAAAAwBAABoFwAAEwAAAA" +
  "AAAAAQAAAAIAEAAHQXAAAUAAAAAAAAABAAAAA0AQAAgBcAABgAAAAAAAAAEAAAAEgBAACMFwAAGAAAAAAAAAAQAAAAXAEAAJgXAA" +
  "BXAAAAAAAAABAAAABwAQAA5BcAAAYAAAAAAAAAEAAAAIQBAADgFwAABgAAAAAAAAAQAAAAmAEAANwXAAAGAAAAAAAAABgAAACsAQ" +
  "AA2BcAAGcAAAAAQQ4QgwICZQ4IAAAYAAAAyAEAACwYAABnAAAAAEEOEIMCAmUOCAAAEAAAAOQBAACAGAAAvQAAAAAAAAAsAAAA+A" +
  "EAACwZAACqAAAAAEoOEEIOGEEOIIMEjgOGAgKZDhhCDhBBDgjDzsYAAAAQAAAAKAIAAKwZAAA4AAAAAAAAABAAAAA8AgAA2BkAAA" +
  "QAAAAAAAAASAAAAFACAADUGQAAagEAAABBDhBCDhhCDiBCDihCDjBBDjhHDtAfgweMBo0FjgSPA4YCA04BDjhBDjBCDihCDiBCDh" +
  "hCDhBBDggAABAAAACcAgAA+BoAABMAAAAAAAAAFAAAALACAAAEGwAAMwAAAABEDhhuDggAJAAAAMgCAAAsGwAAuQEAAABTDhBBDh" +
  "iDA44CA6IBDhBCDgjDzgAAABAAAADwAgAAxBwAAD4AAAAAAAAARAAAAAQDAADwHAAAuQMAAABBDhBCDhhCDiBCDihCDjBBDjiDB4" +
  "wGjQWOBI8DhgICTg4wQg4oQg4gQg4YQg4QQQ4IQQ44AAAAEAAAAEwDAABoIAAAVwAAAAAAAAAsAAAAYAMAALQgAACpAAAAAEsOEE" +
  "IOGEEOIIMEjgOPAgKTDhhCDhBCDgjDzs8AAAAQAAAAkAMAADQhAACCAAAAAAAAAEAAAACkAwAAsCEAAM4OAAAAQQ4QQg4YQg4gQg" +
  "4oQg4wQQ44gweMBo0FjgSPA4YCA7oODjBCDihCDiBCDhhCDhBBDggAOAAAAOgDAAA8MAAAEAEAAABCDhBCDhhCDiBCDihBDjCDBo" +
  "wFjQSOA48CAv4OKEIOIEIOGEIOEEIOCAAAEAAAACQEAAAQMQAAFwAAAAAAAAAgAAAAOAQAABwxAAA4AAAAAEEOEEEOGIMDhgJ0Dh" +
  "BBDggAAAAYAAAAXAQAADgxAACuAAAAAFIOEIMCApsOCMMAEAAAAHgEAADMMQAAYgAAAAAAAAAQAAAAjAQAACgyAABPAAAAAAAAAC" +
  "AAAACgBAAAZDIAAK0AAAAAQg4QQQ4YgwOOAgKnDhBCDggAABAAAADEBAAA8DIAADAAAAAAAAAAEAAAANgEAAAMMwAAMAAAAAAAAA" +
  "BAAAAA7AQAACgzAACzAQAAAEEOEEIOGEIOIEIOKEIOMEEOOIMHjAaNBY4EjwOGAgOfAQ4wQg4oQg4gQg4YQg4QQQ4IABwAAAAwBQ" +
  "AApDQAANsAAAAAQQ4QgwIC1Q4IQQ4QQw4IHAAAAFAFAABkNQAA2wAAAABBDhCDAgLVDghBDhBDDgggAAAAcAUAACQ2AAADAQAAAE" +
  "IOEEEOGIMDjgIC/Q4QQg4IAAAQAAAAlAUAABA3AAAgAAAAAAAAABAAAACoBQAAHDcAABIAAAAAAAAAEAAAALwFAAAoNwAAQwAAAA" +
  "AAAAAQAAAA0AUAAGQ3AABRAAAAAAAAABAAAADkBQAAsDcAABYAAAAAAAAAEAAAAPgFAAC8NwAAMgAAAAAAAAAQAAAADAYAAOg3AA" +
  "AHAAAAAAAAACgAAAAgBgAA5DcAAEwBAAAAAk8OEEEOGEQOQIMDjgIC5w4YQQ4QQg4Iw84AEAAAAEwGAAAIOQAACgAAAAAAAAAkAA" +
  "AAYAYAAAQ5AAD9AAAAAEIOEEEOGEQOQIMDjgIC8g4YQQ4QQg4INAAAAIgGAADcOQAAIwEAAABCDhBCDhhCDiBBDiiDBYwEjgOPAg" +
  "J2DiBCDhhCDhBCDghBDigAAAAgAAAAwAYAANQ6AABLAAAAAEIOEEEOGIMDjgICRQ4QQg4IAAAAAAAAAAAAALgPAAAADwVmDx+EAA" +
  "AAAAC4N8mqsMNmLg8fhAAAAAAASGP/ifa4EAAAAEUx0kUxwEUxyQ8Fw2YuDx+EAAAAAABIY/+J9rgQAAAARTHSRTHARTHJDwXDZi" +
  "4PH4QAAAAAAEhj0kxj0U1jwLgJAAAADwXDZi4PH4QAAAAAAA8fRAAAuAsAAAAx0kUx0kUxwEUxyQ8Fw2YuDx+EAAAAAAAPHwBIY9" +
  "K4CgAAAEUx0kUxwEUxyQ8Fw2YuDx+EAAAAAABmkEhj0rgcAAAARTHSRTHARTHJDwXDZi4PH4QAAAAAAGaQifa4PwEAADHSRTHSRT" +
  "HARTHJDwXDZi4PH4QAAAAAAJBIY/+4TQAAADHSRTHSRTHARTHJDwXDZi4PH4QAAAAAAEhj/0hj9khj0rhIAAAARTHSRTHARTHJDw" +
  "XDZg8fRAAASIn5TGPGQYnSuAEBAABIx8ec////SInOTInCRTHARTHJDwXDZi4PH4QAAAAAAGaQSGP/uAMAAAAx9jHSRTHSRTHART" +
  "HJDwXDDx+EAAAAAABIY/+J0jHARTHSRTHARTHJDwXDZi4PH4QAAAAAAA8fAEhj/7gSAAAASYnKRTHARTHJDwXDZi4PH4QAAAAAAG" +
  "aQSYnySGP3uC4BAAAx/zHSRTHARTHJDwXDDx+EAAAAAACJ/0hj9rgiAQAAMdJFMdJFMcBFMckPBcMPH4QAAAAAAEhjwkhpyNNNYh" +
  "BIicpIweo/SMH5JgHRSGPJSIlMJPBpyegDAACJwinKacpAQg8ASGPJSIlMJPiJ9jHJhcBIjVQk8EgPSNG4DwEAAEUx0kUxwEUxyQ" +
  "8Fw2YPH4QAAAAAAEiJ0fOkw2YuDx+EAAAAAABIidHzpMNmLg8fhAAAAAAASInR86TDZi4PH4QAAAAAAFNIidNIiXwk8EiJVCT4SI" +
  "l0JOBIiVQk6LgnAAAAMf8x9jHSRTHSRTHARTHJDwVIicdIjXQk8EyNVCTguDYBAAC6AQAAAEG4AQAAAEUxyQ8FSDnYSMfB8v///0" +
  "gPRMhIhcBID0nBW8NmDx+EAAAAAABTSInTSIl0JPBIiVQk+EiJfCTgSIlUJOi4JwAAADH/MfYx0kUx0kUxwEUxyQ8FSInHSI10JP" +
  "BMjVQk4Lg3AQAAugEAAABBuAEAAABFMckPBUg52EjHwfL///9ID0TISIXASA9JwVvDZg8fhAAAAAAASIXJD4SzAAAASInISInxSM" +
  "HpBkyNBM+D5j+/QAAAAEgp9zHJZg/vwEUxyesjSYPJB2YuDx+EAAAAAAAPH0QAAEmDwQFMiclIweEGSDnBc2xB9sEHQQ+UwkiBwQ" +
  "ACAABIOcEPlsFBhMp0J2ZCD29MyhBmQg/rTMogZkIP60zKMGZCD+sMymYPdsgPUMmD8Q90nE6LFMpNhdJ0pk2J04nxSdPjTwkcyE" +
  "iF9nSViflJ0+pNhdJ0i08JVMgI64TDDx8ASIXJD4SgAAAAVUFWU0iJyEiJ0UjB6QaD4j9BuEAAAABJKdBMjUj/ScHpBkmDwQFIjT" +
  "TOSIPGCEUx0knHw//////rNGYuDx+EAAAAAAAPHwBJx8b/////icFJ0+ZIg+hASffWTQ9D80kh3k6JNNdJg8IBTTnRdC5IhdJAD5" +
  "XFSotc1viJ0UjT60k5wA+SwUAg6YD5AXW6Tos01kSJwUnT5kwJ8+urW0FeXcNmDx9EAABIjQQySDnGcy5IifEPH0AASDtPCHMhuA" +
  "EAAABI0+BIi3cQSYnIScHoBkoJBMZIg8EBSIPC/3XZww8fhAAAAAAAMdLrDGYuDx+EAAAAAABmkFVBV0FWQVVBVFNIgeyYDwAASI" +
  "nTSYn1SIl8JIhIjTWt4f//uAEBAAC6AAAIAEjHx5z///9FMdJFMcBFMckPBUiJx4X/D4jpAAAATYXtD4TlAAAASMFsJIgMgef///" +
  "9/RTHkSI10JJAx7Q8fgAAAAABNiedNie5JKe5Jgf4AAgAAuAACAABMD0PwSItEJIhMjRQoScHiA0KNFPUAAAAAuBEAAABFMcBFMc" +
  "kPBUiFwEnHxPL///9MD0jgSDnQTQ9E502F5HheSTntdFkxwOsLZpBIg8ABTDnwc0dIi0zEkEiJykjB6j4PlMJIwek9g+EBCNF13U" +
  "mDxAFIhdt01EiNDCi6AQAAAEjT4kjB6QZICRTL675mLg8fhAAAAAAADx9AAEgBxUw57XMZTYXkD4k/////6w5MY+frHYHn////f0" +
  "Ux5LgDAAAAMfYx0kUx0kUxwEUxyQ8FTIngSIHEmA8AAFtBXEFdQV5BX13DZg8fRAAASIsHSIt3CEiLVxBIicfpff7//2YuDx+EAA" +
  "AAAAAPHwBIg+wQSI10JIC4YgAAADH/MdJFMdJFMcBFMckPBUiLTCTISANMJMBIhcBID0nBSIPEEMNmLg8fhAAAAAAADx8ASItHCE" +
  "iDwD9Ig/hAcwMxwMNBVlNIicFIwekGSItXEEiLdxhIPQABAABzCTH/McDpCQEAAEiJz0iD5/xIwegDSIPg4GYP78BFMcBmD28Vft" +
  "///2YPbx2W3///Zg9vLV7f//9mD+/kZg/vyWYPH0QAAPNCD280AvNCD298AhDzRg9vBAZmRA/rxvNCD290BhBmD+v3ZkEPb/hmD3" +
  "HXAWYP2/pmRA/4x2ZBD2/4Zg/b+2ZBD3HQAmZED9vDZkQP/MdmQQ9v+GYPcdcEZkEP/PhmD9v9Zg/2+GYP1OdmD2/+Zg9x1wFmD9" +
  "v6Zg/492YPb/5mD9v7Zg9x1gJmD9vzZg/892YPb/5mD3HXBGYP/P5mD9v9Zg/2+GYP1M9Jg8AgTDnAD4VK////Zg/UzGYPcMHuZg" +
  "/UwWZID37ASDn5dHhJuFVVVVVVVVVVSbkzMzMzMzMzM0m6Dw8PDw8PDw9JuwEBAQEBAQEBZi4PH4QAAAAAAJBIixz+SAsc+kmJ3k" +
  "nR7k0hxkwp80mJ3k0hzkjB6wJMIctMAfNJid5Jwe4ESQHeTSHWTQ+v80nB7jhMAfBIg8cBSDn5dbtbQV7DDx+AAAAAAEiLRwhIg8" +
  "A/SIP4QHIvSItHEDHJZi4PH4QAAAAAAGaQSMcEyAAAAABIg8EBSItXCEiDwj9IweoGSDnRcuPDZpBVQVdBVkFVQVRTTIlEJPBIiU" +
  "wk6Lj/AQAASANHCEiJwUjB6QlIiUwkwEyNHM3/DwAASYHjAPD//0iJVCSgSQHTSD0AAgAAcxpFMdJMiVdQTCtcJKBMidhbQVxBXU" +
  "FeQV9dw7gIAAAASIlEJKi5MAAAAEUx7WYP78BFMdIx0kiJdCS46z5mLg8fhAAAAAAAZpBIg0QkqAhIi0wk2EiBwQAAIABMi2wk0E" +
  "mBxQAAIABIi0QkyEiJwkg7RCTASIt0JLh0iUiF9nQJSIsc1usFDx8AMdtIi0QkoEiJHNBIjTTVAAAAAEiJVCTgSI1CAUiJRCTITI" +
  "lsJNBIiUwk2EiJTCSwSInxMdLrLWYPH4QAAAAAAEiLTCSYSIPBAUiBRCSwAAAEAEmBxQAABABIO0wkqA+EXP///0iLRwhIg8A/SM" +
  "HoBkg5wQ+DR////0iLRxBIiUwkmEiLTxhIi3QkmEyLJPFIi0wkmEwLJMh0pkjB4QZIiUwk+OsbZi4PH4QAAAAAAJBNiftJjUQk/0" +
  "khxEiJ73SA80kPvMxJiclMC0wk+EiF23QORInIJf8BAABMiwTD6wNFMcBIif1IiwdMO0wk6EAPksZMO0wk8EAPk8dACPd1cEiLdC" +
  "SwSI08MInOweYMSAH+Mf/rF2YuDx+EAAAAAACQSIPHQIH/ABAAAHREZg9vTD7gZg/rTD7QZg/rTD7wZg/rDD5mD3bIRA9Q8UGD9g" +
  "90z2YPf0Q+0GYPf0Q+4GYPf0Q+8GYPfwQ+67ZmDx9EAABNic5JweYMSQHGTAHoweEMSAHBMfZMifcPH4QAAAAAAGYPb08QZg/rDD" +
  "FmD+tPIGYP608wZg9w0e5mD+vRZkgPftBIhcB1EEiDx0CB/sAPAABIjXZAdclIhcAPhIAAAABNhcAPhIAAAAAx9kyJ92aQZkEPbw" +
  "wwZkEPb1QwEGZBD29cMCBmD+8MMWYP71cQZkEPb2QwMGYP69FmD+9fIGYP72cwZg/r42YP6+JmD3DM7mYP68xmSQ9+z02F/3UQSI" +
  "PHQIH+wA8AAEiNdkB1ok2F/3UW6Wv+//8PH4QAAAAAAE2FwA+EWv7//0iF0nQSTYnf6z1mLg8fhAAAAAAADx8ATY27ABAAAEiLTC" +
  "SgSItUJOBMiRzRSIXbdA+5ABAAAEiJ3kyJ3/Ok6wRJg8IBTInaTInRRTHSSIXAQQ+VwkmD+AFJg9L/SQHKQYHh/wEAAEiFwEkPRc" +
  "dKiQTKD4Tg/f//uQAQAABMifZMif/zpEmBxwAQAADpx/3//w8fgAAAAABIhfZ0UTHJ6xcPH4AAAAAASIHJ/wEAAEiDwQFIOfFzNk" +
  "iJyEjB6AlIiwTHSIXAdOBBichBgeD/AQAASoM8wAB01rgBAAAASNPgSYnIScHoBkoJBMLrwcNmDx+EAAAAAABIhfYPhJ0AAABBV0" +
  "FWU0iJ80mJ/khj+kUx/+sUDx9AAEmBz/8BAABJg8cBSTnfc25MifhIwegJTYX2dCRJiwzGSIXJdBtEifqB4v8BAABIizTRSYM8xg" +
  "B1EOvFDx9EAAAx9kmDPMYAdLdIhfZ0uU2J+knB4gy4EgAAALoAEAAARTHARTHJDwVIPQAQAAB0mEiFwLnk////D0jIicjrAjHAW0" +
  "FeQV/DMcDDDx+AAAAAAEiNhv8BAABIwegJSI0Exf8PAABIJQDw//9IAchIhfZ0XUUxwOsoZi4PH4QAAAAAAEWJwkGB4v8BAABLiR" +
  "TRSYPAAUiBwgAQAABMOcZ0ME2JwUnB6QZOiwzPTQ+jwXPfTYnCScHqCU6LDNFNhcl1wUqJBNFJicFIBQAQAADrskgpyMNmLg8fhA" +
  "AAAAAADx9AAFVBV0FWQVVBVFNJidJJifRIi0cwSDtHOHMYSItPIGaQSMcEwQAAAABIg8ABSDtHOHLuSMdHQAAAAABNOdQPlMFIiX" +
  "wkoEiLRwhIicJIgcL/AQAASIH6AAIAAA+SwkjHRCS4AAAAAAjKTIlUJLB0MDH/SMdEJJgAAAAASIPAP0iD+EAPg3ADAABJx8D///" +
  "//RTHJRTHSTItkJKDpRA0AALsAAgAAvjAAAAAx/2YP78BIx0QkmAAAAABFMdvrLg8fAEiLRCSgSItACEmDwwFIjYj/AQAASMHpCU" +
  "iBwwACAABIgcYAACAASTnLc49LiwzcSzsM2nTUTIndSMHlCUmJ9usfTIn/uAEAAABIiUQkmGaQSIPFAUmBxgAQAABIOd10oEiLRC" +
  "SgSItACEg5xXObTYXSdC1IiehIwegJSYsEwkiFwHQdiemB4f8BAABIiwTITYXkdRPrOmYuDx+EAAAAAAAxwE2F5HQpSInpSMHpCU" +
  "mLDMxIhcl0GYnqgeL/AQAASIsM0Ug5yHSI6xFmDx9EAAAxyUg5yA+Edf///0iJ6UjB6QZMi0wkoEmLURBNi0EYTYsEyEwLBMpJD6" +
  "PoD4JP////SYNBQAFNizlIhcAPhJoAAABNAfcxyesXDx+AAAAAAEiDwUCB+QAQAAAPhCD///9mD28MCGYPb1QIEGYPb1wIIGYPb2" +
  "QIMGZBD29sD9BmD+/pZkEP71QP4GZBD+9cD/BmD+vVZkEP7yQPZg/r42YP6+JmD3bgD1DUg/IPdKJmQQ9/TA/QDyhMCBBBDylMD+" +
  "APKEwIIEEPKUwP8GYPb0wIMGZBD38MD+l0////SInoSMHgDEmLSVhIhckPhIMAAABIicJIweoVSIsM0UiFyXRzieqB4v8BAABIgz" +
  "zRAHRkTQH3McDrGWYuDx+EAAAAAABIg8BAPQAQAAAPhFH+//9mQQ9vTAfgZkEP60wH0GZBD+tMB/BmQQ/rDAdmD3bID1DJg/EPdM" +
  "pmQQ9/RAfQZkEPf0QH4GZBD39EB/BmQQ9/BAfrrUkBx0iLTCSYSIXJD4Tt/f//SYnNScHlDEqNBC9MOfh0E0mB/QAAAQBzGE2F7X" +
  "VM6cr9//9Ig8EBSIlMJJjpy/3//7gcAAAAugQAAABIiXQk0EyJ7kUx0kUxwEUxyUyJXCSoDwVMi1wkqEiLdCTQTItUJLCFwA+Eg/" +
  "3//0iDxzAxwOsgZi4PH4QAAAAAAEgFABAAAEiBxwAQAABMOegPg1v9//8xyesSZg8fRAAASIPBQIH5ABAAAHTUZg9vTA/gZg/rTA" +
  "/QZg/rTA/wZg/rDA9mD3bID1DRg/IPdNFmD39ED9BmD39ED+BmD39ED/BmD38ED+u4SMdEJMD/////SMdEJNgAAAAAZg/vwEjHRC" +
  "S4AAAAAEjHRCTgAAAAAEUxwEyLZCSg6yNmDx9EAABNidhJg8ABSYtEJAhIg8A/SMHoBkk5wA+DhwkAAEmLRCQQQfbAB3QYTos8wE" +
  "mLTCQY621mLg8fhAAAAAAADx8ATos8wGZCD29MwBBmQg/rTMAgZkIP60zAMGZCD+sMwGYPdsgPUMmD8Q9Ji0wkGHUwZkIPb0zBEG" +
  "ZCD+sMwWZCD+tMwSBmQg/rTMEwZg92yA9Q0YPyDw+EAAkAAA8fRAAAToscwU0J3w+EVv///0rHBMAAAAAATInASMHgBkiJRCTQTI" +
  "nASMHoA0iJRCT4TIlEJPBJweASTIlEJKhIx0QkyAAAAADrH2YuDx+EAAAAAABMi1QksEmJ80mNR/9JIccPhLsHAADzSQ+8z0mJzk" +
  "wLdCTQTYXSdClIi0Qk+EmLBMJIhcB0G0SJ8oHi/wEAAEiLBNDrDmYuDx+EAAAAAABmkDHATYn9SffdTSH9SYsUJEmLXCQoTYnwSc" +
  "HgDEqNLAJNhesPhNgAAABMid5IhcAPhJwBAABMi0QkqEkB0EGJyUHB4QxNAcFJg8EwRTHSRTHA6x9mLg8fhAAAAAAADx9AAEmDwk" +
  "BBgfoAEAAAD4TfAQAAZkIPbwwQZkIPb1QQEGZCD29cECBmQg9vZBAwZkMPb2wR0GYP7+lmQw/vVBHgZkMP71wR8GYP69VmQw/vJB" +
  "FmD+vjZg/r4mYPduBED1DcQYPzD3SbZkMPf0wR0EIPKEwQEEMPKUwR4EIPKEwQIEMPKUwR8GZCD29MEDBmQw9/DBFBuAEAAADpZP" +
  "///w8fQABCgDwzAA+EYQIAAEiFwA+ERQMAAEgDVCSoweEMSAHKSIPCMEUxwDHJ6xdmDx9EAABJg8BAQYH4ABAAAA+EfwMAAGZCD2" +
  "8MAGZCD29UABBmQg9vXAAgZkIPb2QAMGZCD29sAtBmD+/pZkIP71QC4GZCD+9cAvBmD+vVZkIP7yQCZg/r42YP6+JmD3bgRA9QzE" +
  "GD8Q90m2ZCD39MAtBCDyhMABBCDylMAuBCDyhMACBCDylMAvBmQg9vTAAwZkIPfwwCuQEAAADpZf///w8fRAAATItEJKhJAdBBic" +
  "lBweEMTQHBSYPBMEUx0kUxwOsPZpBJg8JAQYH6ABAAAHRTZkMPb0wR4GZDD+tMEdBmQw/rTBHwZkMP6wwRZg92yEQPUNlBg/MPdM" +
  "pmQw9/RBHQZkMPf0QR4GZDD39EEfBmQw9/BBFBuAEAAADrpw8fgAAAAABGD7YMM0WJwk0BVCRAQYPhgEWJykWJy0WFwHUNRg+2HD" +
  "NBgMMBRQ+200aIHDNFKcpFhMlBuCAAAABBuQgAAABFD0TBRTnCD4wU/f//TAlsJMhJ99VJifNNIetCxgQzgEiFwEyLVCSwD4X7/P" +
  "//TInbTYtEJFhNhcBJiesPhEsBAABMidhJKwQkSYnBScHpFU+LBMhNhcAPhDABAABIwegMJf8BAABJgzzAAA+EHAEAAEgDVCSowe" +
  "EMSI0EEUiDwDAxyUmJ2+sZZg8fhAAAAAAASIPBQIH5ABAAAA+EiPz//2YPb0wI4GYP60wI0GYP60wI8GYP6wwIZg92yA9Q0YPyD3" +
  "TNZg9/RAjQZg9/RAjgZg9/RAjwZg9/BAjrtEiFwA+EbAEAAEgDVCSoweEMSAHRSIPBMDHSRTHA6xUPH0QAAEiDwkCB+gAQAAAPhD" +
  "QBAABmD28MEGYPb1QQEGYPb1wQIGYPb2QQMGYPb2wR0GYP7+lmD+9UEeBmD+9cEfBmD+vVZg/vJBFmD+vjZg/r4mYPduBED1DMQY" +
  "PxD3SkZg9/TBHQDyhMEBAPKUwR4A8oTBAgDylMEfBmD29MEDBmD38MEUG4AQAAAOl0////SItMJJhIhckPhIsBAABJicxJweQMSo" +
  "0EJ0w52A+EjAEAAEmB/AAAAQAPg58BAABNheQPhboBAADpLwIAAEgDVCSoweEMSI0EEUiDwDAx0jHJ6w2QSIPCQIH6ABAAAHREZg" +
  "9vTBDgZg/rTBDQZg/rTBDwZg/rDBBmD3bIRA9QwUGD8A90z2YPf0QQ0GYPf0QQ4GYPf0QQ8GYPfwQQuQEAAADrsZCJyEkBRCRATQ" +
  "nrQoAkM4Dp5Pr//0SJwEkBRCRA6YkCAABJg0QkQAFJi0QkWEiFwA+EhwAAAEnB6BVKiwTASIXAdHpFifBBgeD/AQAASoM8wAB0aU" +
  "gDVCSoweEMSI0EEUiDwDAxyesZZg8fhAAAAAAASIPBQIH5ABAAAA+EKgIAAGYPb0wI4GYP60wI0GYP60wI8GYP6wwIZg92yA9Q0Y" +
  "PyD3TNZg9/RAjQZg9/RAjgZg9/RAjwZg9/BAjrtEiLTCSYSIXJdFJJicxJweQMSo0EJ0g56A+ECAEAAEmB/AAAAQAPgwkBAABNhe" +
  "QPhSsBAADpowEAAEyJ37gBAAAASIlEJJhJidvp7vn//0iDwQFIiUwkmOm9AAAASInvuAEAAABIiUQkmOmAAQAAuBwAAAC6BAAAAE" +
  "yJ5kUx0kUxwEUxyQ8FSYnrTItUJLCFwHR6SIPHMDHA6xxmLg8fhAAAAAAASAUAEAAASIHHABAAAEw54HNWMcnrFmYuDx+EAAAAAA" +
  "BIg8FAgfkAEAAAdNRmD29MD+BmD+tMD9BmD+tMD/BmD+sMD2YPdsgPUNGD8g900WYPf0QP0GYPf0QP4GYPf0QP8GYPfwQP67hMid" +
  "+4AQAAAEiJRCSYTItkJKBJidvpFvn//0iDwQFIiUwkmOm1AAAAuBwAAAC6BAAAAEyJ5kUx0kUxwEUxyUyJXCToDwVMi1wk6EyLVC" +
  "SwhcB0fUiDxzAxwOsfZi4PH4QAAAAAAA8fAEgFABAAAEiBxwAQAABMOeBzVjHJ6xZmLg8fhAAAAAAASIPBQIH5ABAAAHTUZg9vTA" +
  "/gZg/rTA/QZg/rTA/wZg/rDA9mD3bID1DRg/IPdNFmD39ED9BmD39ED+BmD39ED/BmD38ED+u4SInvuAEAAABIiUQkmEyLZCSgTA" +
  "lsJMhCxgQzAek/+P//Dx+AAAAAAEmLRCQYTYnYTItcJPBOiQTYTInASNHoSLlVVVVVVVVVVUghyEkpwEyJwEi6MzMzMzMzMzNIId" +
  "BJwegCSSHQSQHATInASMHoBEwBwEm4Dw8PDw8PDw9MIcBJuQEBAQEBAQEBSQ+vwUjB6DhIAUQk4EiLXCTISIXbD4TD9v//SYtEJC" +
  "BKiRzYSInYSNHoSCHISCnDSInYSCHQSMHrAkgh00gBw0iJ2EjB6ARIAdhMIcBJD6/BSMHoOEgBRCS4SItEJMBMOdhJD0PDSIlEJM" +
  "BJjUMBSIlEJNjpZfb//0mDyAfpX/b//0yLRCTATItMJOBMi1Qk2EiLdCSYSMHmDEiB/gAAAQByM7gcAAAAugQAAABJifVMicNNic" +
  "5NiddFMdJFMcBFMckPBU2J+k2J8UmJ2IXAdQ3pgAAAAEmJ9UiF9nR4SIPHMDHAZg/vwOsWDx9AAEgFABAAAEiBxwAQAABMOehzVj" +
  "HJ6xZmLg8fhAAAAAAASIPBQIH5ABAAAHTUZg9vTA/gZg/rTA/QZg/rTA/wZg/rDA9mD3bID1DRg/IPdNFmD39ED9BmD39ED+BmD3" +
  "9ED/BmD38ED+u4TYXSTQ9Ewk2JRCQwTYlUJDhNiUwkSEiLRCS4W0FcQV1BXkFfXcNmkEFXQVZBVUFUU0iJ80mJ/kiLTwhBvwEAAA" +
  "BFMeRFMe0x/+swZi4PH4QAAAAAAA8fAEmDxQFMif9JOc8Ph8YAAABJg8cBSYHEABAAAIXAD4WzAAAASY1X/0g5ynNUSIXbdB9Iid" +
  "BIwegJSIsEw0iFwHQPidaB5v8BAABIiwTw6wOQMcBJi3ZYSIX2dGVJidBJwegJSos0xkiF9nRVQYnQQYHg/wEAAEqLNMZIOfB0SW" +
  "aQMcBIOfoPhnX///9IwecMTInmSCn+SQM+uBwAAAC6BAAAAEUx0kUxwEUxyQ8FSYtOCOlK////Zi4PH4QAAAAAADH2SDnwdblJg8" +
  "UBMcBJOc8Phjr///9bQVxBXUFeQV/DuLoAAAAx/zH2MdJFMdJFMcBFMckPBcNmDx+EAAAAAABVU4nzif24JwAAADH/MfYx0kUx0k" +
  "UxwEUxyQ8FSInHSGP1SGPTuOoAAABFMdJFMcBFMckPBVtdww8fhAAAAAAAjU+/uOr///+D+eIPgpwAAABTif9IjR0lLQAAuQEAAA" +
  "AxwPAPsQy7dWcPEAUwHAAADylEJPAPEAUUHAAADylEJOBIifhIweAFSI0VAS4AAEgBwrgNAAAAQboIAAAAMfZFMcBFMckPBUiFwH" +
  "UUSI10JOC4DQAAADHSRTHARTHJDwUxyUiFwA+ZwQHJhwy76x2QiwS7g/gBdQTzkOv0iwS7McmD+AK46v///w9EwVvDZpCDfgj+ck" +
  "FIi0YYSInBSMHpCkm4AABdGVubHQBMOcF1JyX/AwAAweAFSI0NkTUAALoBAAAAh1QIBEiLRAgISIXAdB/GQAEBw0hjx0jB4AVIjQ" +
  "1LLQAASIsECEiD+AJyAv/gw2YuDx+EAAAAAAAPH0AAD1fADxFEJOBIifBIwegJSLlTWpugL7hEAEj34UjB6gtIiVQk8EhpwgDKmj" +
  "tIKcZIiXQk+Ehj/0iNVCTguN8AAAAx9kUx0kUxwEUxyQ8Fw5BBVlOB5/8DAAAx24P+AQ+Vw0GJ/kHB5gVIjQ3hNAAASQHOQYtEnh" +
  "SFwHQFg8D/63lIuAAAAHRlbG12SAn4SIlEJMCJVCTIx0QkzAQAAADB5wWLBA+JRCTQD1fADxFEJNQPEUQk5A8RRCTwx0QkvAAAAA" +
  "BIY/5IjXQkwEiNVCS8uN4AAABFMdJFMcBFMckPBUiFwHgEi0QkvIXAeA1JjQyeSIPBFI1QAYkRW0Feww8fAEiNdCTwuOQAAAC/Aw" +
  "AAADHSRTHSRTHARTHJDwVIhcB4DkhpRCTwAMqaO0gDRCT4w41P/7gBAAAASNPgSIlEJPhIjXQk+LgOAAAAvwEAAABBuggAAAAx0k" +
  "UxwEUxyQ8Fw1VBV0FWQVVBVFOJ+0Ux5Li6AAAAMf8x9jHSRTHSRTHARTHJDwVJicZMjS3BMwAA6ypmLg8fhAAAAAAADx9EAACJ6P" +
  "BFD7F1AHRmSYPE/0mDxSBJgfwA/P//dEtBi20ARDn1D5TAhe0PlMEIwXXSTGP9uCcAAAAx/zH2MdJFMdJFMcBFMckPBUiJx7jqAA" +
  "AATIn+MdJFMdJFMcBFMckPBYP4/XSc66S46f///+n4AAAAMcAxyUmHTQhBh0UEhe10akljfRC44gAAADH2MdJFMdJFMcBFMckPBU" +
  "ljfRRIhf90GEiDx/+44gAAADH2MdJFMdJFMcBFMckPBUHHRRQAAAAASWN9GEiF/3QYSIPH/7jiAAAAMfYx0kUx0kUxwEUxyQ8FQc" +
  "dFGAAAAABIuAAAAHRlbG12TCngSIlEJMCJXCTIx0QkzAQAAABBi0UAiUQk0A9XwA8RRCTUDxFEJOQPEUQk8MdEJLwAAAAASI10JM" +
  "BIjVQkvLjeAAAAvwEAAABFMdJFMcBFMckPBUiFwHgEi0QkvIXAeAxJ99xBh0UQRIng6wYxyUGHTQBbQVxBXUFeQV9dw2YuDx+EAA" +
  "AAAAAPHwBTD7fHweAGSI0NMrIAAEiLTAgYSIs1JrJAAA8xSInTSMHjIEgJw0gp8w+GqAAAAGZID27Z8w9+DcTD//9mD2LZZg8oFY" +
  "jD//9mD1zaZg8ow2YPFcPyD1jDZg9X22YPKVwk8EiNdCTwuOQAAAC/AQAAADHSRTHSRTHARTHJDwVIaUQk8ADKmjtIA0Qk+EiLDb" +
  "WxQABIKchmSA9u2GYPYtlmD1zaZg8o42YPFePyD1jjZkgPbttmD2LZZg9c2mYPKMtmDxXL8g9Yy/IPXuHyD1ng8kgPLMRbwzHAW8" +
  "MPH0QAAFMPt8fB4AZIjQ1SsQAASItMCCBIizVGsUAADzFIidNIweMgSAnDSCnzD4aoAAAAZkgPbtnzD34N5ML//2YPYtlmDygVqM" +
  "L//2YPXNpmDyjDZg8Vw/IPWMNmD1fbZg8pXCTwSI10JPC45AAAAL8BAAAAMdJFMdJFMcBFMckPBUhpRCTwAMqaO0gDRCT4SIsN1b" +
  "BAAEgpyGZID27YZg9i2WYPXNpmDyjjZg8V4/IPWONmSA9u22YPYtlmD1zaZg8oy2YPFcvyD1jL8g9e4fIPWeDySA8sxFvDMcBbww" +
  "8fRAAAQVZTifNJif5IiwVxsEAASIXAdU8PV8APKUQk6EiNdCTouOQAAAC/AQAAADHSRTHSRTHARTHJDwVIaUwk6ADKmjtIA0wk8D" +
  "HA8EgPsQ03sEAAdRAPMUjB4iBICcJIhxUdsEAAugAAAQCLNSKwQABIjT0LsAAA6xFmDx+EAAAAAACDxgKDwv50cA+3zkGJyEHB4A" +
  "ZBi0Q4BKgBdRJJAfhBicFBg8kB8EUPsUgEdCiNRgEPt8hBichBweAGQYtEOASoAXW9SQH4QYnBQYPJAfBFD7FIBHWrTYdwEEGHWA" +
  "xJx0AoAAAAAA9XwEEPEUAYjUEBhwWar0AA6wW56f///4nIW0Few2YuDx+EAAAAAAAPHwAPt8fB4AZIjQ1jrwAAMdJIh1QIEPCDJA" +
  "j48INECAQBww+3x8HgBkiNDUOvAACLRAgEw2YuDx+EAAAAAAAPH0AAD7fHweAGSI0VI68AAEiNDAKLBBBmLg8fhAAAAAAAZpCoAX" +
  "UZicKD4viDwgnwD7ERde5Ix0EoAAAAADHAw7jw////w2YuDx+EAAAAAAAPHwAPt/fB5gZIjT3TrgAASI0MNw8xSIt0PihIhfZ0GE" +
  "jB4iBICdAx0kgp8EgPQ9BIA1EgSIlRIEjHQSgAAAAAiwGQicKD4vjwD7ERdfXR6IPgAcNmLg8fhAAAAAAADx9EAAAPt8fB4AZIjQ" +
  "1zrgAAiwQI0eiD4AHDZi4PH4QAAAAAAA+3x8HgBkiNFVOuAABIjQwCiwQQZi4PH4QAAAAAAGaQicKD4vvwD7ERdfXB6AKD4AHDZi" +
  "4PH4QAAAAAAA8fQAC6AgAAAOsJZg8fhAAAAAAAD7fHweAGSI0NA64AAEiNPAGLBAhmLg8fhAAAAAAAZpCLTwQ58Q+FFgEAAKgBD4" +
  "QWAQAAuQEAAACF0A+FBgEAAEGJwEEJ0PBED7EHddNBVlNIg+woi18IhdsPhNgAAACDw/+LRwwPV8APKUQkoA8pRCQQDykEJA8pRC" +
  "TwDylEJOAPKUQk0A8pRCTADylEJLCJRCSgx0QkqP////+4JwAAADH/MfYx0kUx0kUxwEUxyQ8FiUQksEi5AAAAdGVsbXZICdlIiU" +
  "wkuEhj+EjB4wVMjTUrLQAAQos0M0hjVCSgTI1UJKC4KQEAAEUxwEUxyQ8Fg/j1dThJAd5Bi0YQDxFEJIBIx0QkkAAAAABIx0QkmA" +
  "EAAABIY/hIjVQkgLjfAAAAMfZFMdJFMcBFMckPBYXAuQEAAAAPSMhIg8QoW0FeicjDuf3///+JyMMxwMMPH0AAugQAAADppv7//2" +
  "YPH0QAAEFWU0iD7CgPt8fB4AZIjQ2crAAAi1wICIXbD4TTAAAASAHBg8P/i0EMD1fADylEJKAPKUQkEA8pBCQPKUQk8A8pRCTgDy" +
  "lEJNAPKUQkwA8pRCSwiUQkoMdEJKj/////uCcAAAAx/zH2MdJFMdJFMcBFMckPBYlEJLBIuQAAAHRlbG12SAnZSIlMJLhIY/hIwe" +
  "MFTI01BywAAEKLNDNIY1QkoEyNVCSguCkBAABFMcBFMckPBYP49XU8SQHeQYtGEA8RRCSASMdEJJAAAAAASMdEJJgBAAAASGP4SI" +
  "1UJIC43wAAADH2RTHSRTHARTHJDwXrAjHASIPEKFtBXsMPHwBBV0FWQVRTD7fPweEGTI01nKsAAEqLRDEQSIXAdFdJAc6J8YHh/w" +
  "MAAMHhBUiNPW0rAABJicBMh0Q5CIPGAUGHdggx9kCGcAFMjTwPMcCLTDkEhcl1CEGLDvbBBnQmMclBh04ISYdHCDHAQYdHBLn8//" +
  "//6wW56v///4nIW0FcQV5BX8OJ0Q8xSInTSMHjIEgJw0mLRihIhcB0FDHSSIneSCnGSA9D1kkDViBJiVYgScdGKAAAAABIY/lFMe" +
  "S4EAAAAL6ArgAAMdJFMdJFMcBFMckPBUiJwQ8xSMHiIEgJwkiJ0Egp2EkPQsRJA0YYSYlGGIXJdBgxwEGHRghNh2cIg/n8D4Rf//" +
  "//6Wz///9JiVYoMcBBh0YITYdnCDHJ6Vf///9mLg8fhAAAAAAADx8AQVZTD7fHweAGSI0NcKoAAEiLXAgQSIXbdCiwAYZDAUhj/k" +
  "Ux9rgQAAAAvoCuAAAx0kUx0kUxwEUxyQ8FRIZzAesFuOr///9bQV7DAAAAAAAAAAAAAAAAAAQAABwAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAB4AAAAAAAAACAAAAAAAAAD7//9vAAAAAAkAAAAAAAAABwAAAAAAAAAgDQAAAAAAAAgAAAAAAAAAMAAAAAAAAAAJAAAAAAAAAB" +
  "gAAAAAAAAA+f//bwAAAAACAAAAAAAAAAYAAAAAAAAAOAIAAAAAAAALAAAAAAAAABgAAAAAAAAABQAAAAAAAABwCQAAAAAAAAoAAA" +
  "AAAAAArAMAAAAAAAD1/v9vAAAAAMAHAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABjbGFuZyB2ZXJzaW9uID" +
  "IxLjEuMABMaW5rZXI6IExMRCAyMS4xLjAAAC5keW5zeW0ALmdudS5oYXNoAC5keW5zdHIALnJlbGEuZHluAC5yb2RhdGEALmVoX2" +
  "ZyYW1lX2hkcgAuZWhfZnJhbWUALnRleHQALmRhdGEucmVsLnJvAC5keW5hbWljAC5yZWxyb19wYWRkaW5nAC5ic3MALmNvbW1lbn" +
  "QALnNoc3RydGFiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "ABAAAACwAAAAIAAAAAAAAAOAIAAAAAAAA4AgAAAAAAAIgFAAAAAAAAAwAAAAEAAAAIAAAAAAAAABgAAAAAAAAACQAAAPb//28CAA" +
  "AAAAAAAMAHAAAAAAAAwAcAAAAAAACwAQAAAAAAAAEAAAAAAAAACAAAAAAAAAAAAAAAAAAAABMAAAADAAAAAgAAAAAAAABwCQAAAA" +
  "AAAHAJAAAAAAAArAMAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAbAAAABAAAAAIAAAAAAAAAIA0AAAAAAAAgDQAAAAAAAD" +
  "AAAAAAAAAAAQAAAAAAAAAIAAAAAAAAABgAAAAAAAAAJQAAAAEAAAAyAAAAAAAAAFANAAAAAAAAUA0AAAAAAABjAAAAAAAAAAAAAA" +
  "AAAAAAEAAAAAAAAAAAAAAAAAAAAC0AAAABAAAAAgAAAAAAAAC0DQAAAAAAALQNAAAAAAAA9AEAAAAAAAAAAAAAAAAAAAQAAAAAAA" +
  "AAAAAAAAAAAAA7AAAAAQAAAAIAAAAAAAAAqA8AAAAAAACoDwAAAAAAAOQGAAAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAARQ" +
  "AAAAEAAAAGAAAAAAAAAJAmAAAAAAAAkBYAAAAAAAD7KgAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAEsAAAABAAAAAwAAAA" +
  "AAAACQYQAAAAAAAJBBAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAAAAABYAAAABgAAAAMAAAAAAAAAsGEAAAAAAA" +
  "CwQQAAAAAAAMAAAAAAAAAAAwAAAAAAAAAIAAAAAAAAABAAAAAAAAAAYQAAAAgAAAADAAAAAAAAAHBiAAAAAAAAcEIAAAAAAACQDQ" +
  "AAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAHAAAAAIAAAAAwAAAAAAAACAcgAAAAAAAIBCAAAAAAAAVIlAAAAAAAAAAAAAAA" +
  "AAAEAAAAAAAAAAAAAAAAAAAAB1AAAAAQAAADAAAAAAAAAAAAAAAAAAAACAQgAAAAAAACgAAAAAAAAAAAAAAAAAAAABAAAAAAAAAA" +
  "EAAAAAAAAAfgAAAAMAAAAAAAAAAAAAAAAAAAAAAAAAqEIAAAAAAACIAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAA==\";" +
  "var RUNNER_SYMBOLS={tgkill:{parameters:{tid:\"i32\",signal:\"i32\"},result:\"i32\"},installSignal:{paramet" +
  "ers:{number:\"i32\"},result:\"i32\"},unblockSignal:{parameters:{signal:\"i32\"},result:\"void\"},attachThrea" +
  "d:{parameters:{signal:\"i32\"},result:\"i32\"},run:{parameters:{index:\"u32\",thread_index:\"u32\",vcpu:\"i32" +
  "\"},result:\"i32\"},threadTimer:{parameters:{thread_index:\"u32\",clock:\"i32\",signal:\"i32\"},result:\"i32\"}" +
  ",setTimer:{parameters:{timer:\"i32\",nanoseconds:\"address\"},result:\"i32\"},threadTime:{parameters:{},re" +
  "sult:\"i64\"}};var SHIM_SYMBOLS={...RUNNER_SYMBOLS,shimVersion:{parameters:{},result:\"u32\"},ioctl:{par" +
  "ameters:{fd:\"i32\",request:\"u32\",argument:\"address\"},result:\"i32\"},ioctlStruct:{parameters:{fd:\"i32\"," +
  "request:\"u32\",argument:\"buffer\"},result:\"i32\"},mmap:{parameters:{address:\"address\",length:\"address\"," +
  "protection:\"i32\",flags:\"i32\",fd:\"i32\",offset:\"address\"},result:\"i64\"},munmap:{parameters:{address:\"a" +
  "ddress\",length:\"address\"},result:\"i32\"},mprotect:{parameters:{address:\"address\",length:\"address\",pro" +
  "tection:\"i32\"},result:\"i32\"},madvise:{parameters:{address:\"address\",length:\"address\",advice:\"i32\"},r" +
  "esult:\"i32\"},memfdCreate:{parameters:{name:\"buffer\",flags:\"u32\"},result:\"i32\"},fcntl:{parameters:{fd" +
  ":\"i32\",command:\"i32\",argument:\"i32\"},result:\"i32\"},ftruncate:{parameters:{fd:\"i32\",length:\"address\"}" +
  ",result:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},result:\"i32\"},close:{paramete" +
  "rs:{fd:\"i32\"},result:\"i32\"},read:{parameters:{fd:\"i32\",to:\"buffer\",length:\"u32\"},result:\"i32\"},pwrit" +
  "e:{parameters:{fd:\"i32\",from:\"buffer\",length:\"address\",offset:\"address\"},result:\"i64\"},getrlimit:{pa" +
  "rameters:{resource:\"i32\",limit:\"buffer\"},result:\"i32\"},eventfd:{parameters:{value:\"u32\",flags:\"i32\"}" +
  ",result:\"i32\"},poll:{parameters:{fds:\"buffer\",count:\"u32\",milliseconds:\"i32\"},result:\"i32\"},copy:{pa" +
  "rameters:{to:\"address\",from:\"address\",length:\"address\"},result:\"void\"},copyIn:{parameters:{to:\"addre" +
  "ss\",from:\"buffer\",length:\"address\"},result:\"void\"},copyOut:{parameters:{to:\"buffer\",from:\"address\",l" +
  "ength:\"address\"},result:\"void\"},copyInGuarded:{parameters:{to:\"address\",from:\"buffer\",length:\"addres" +
  "s\"},result:\"i64\"},copyOutGuarded:{parameters:{to:\"buffer\",from:\"address\",length:\"address\"},result:\"i" +
  "64\"},addBits:{parameters:{to:\"address\",first:\"address\",from:\"address\",count:\"address\"},result:\"void\"" +
  "},takeBits:{parameters:{to:\"address\",from:\"address\",first:\"address\",count:\"address\"},result:\"void\"}," +
  "markPages:{parameters:{set:\"address\",first:\"address\",count:\"address\"},result:\"void\"},markOwnPages:{p" +
  "arameters:{set:\"address\"},result:\"i64\"},countOwnPages:{parameters:{memory:\"address\",pages:\"address\"}" +
  ",result:\"i64\"},pageFaults:{parameters:{},result:\"i64\"},countPages:{parameters:{set:\"address\"},result" +
  ":\"i64\"},forgetPages:{parameters:{set:\"address\"},result:\"void\"},capturePages:{parameters:{set:\"addres" +
  "s\",base:\"address\",arena:\"address\",first_zero:\"address\",end_zero:\"address\"},result:\"i64\"},tablePages:" +
  "{parameters:{table:\"address\",pages:\"address\",set:\"address\"},result:\"void\"},writeTable:{parameters:{t" +
  "able:\"address\",pages:\"address\",fd:\"i32\"},result:\"i32\"},makeTable:{parameters:{set:\"address\",pages:\"a" +
  "ddress\",memory:\"address\",arena:\"address\"},result:\"i64\"},restorePages:{parameters:{set:\"address\",base" +
  ":\"address\",target:\"address\"},result:\"i32\"},discardPages:{parameters:{set:\"address\",table:\"address\"}," +
  "result:\"i32\"},gettid:{parameters:{},result:\"i32\"},acquireCell:{parameters:{run:\"address\",signal:\"i32" +
  "\"},result:\"i32\"},releaseCell:{parameters:{index:\"u32\"},result:\"void\"},guestTime:{parameters:{index:\"" +
  "u32\"},result:\"i64\"},hostTime:{parameters:{index:\"u32\"},result:\"i64\"},cellEpoch:{parameters:{index:\"u" +
  "32\"},result:\"u32\"},beginCall:{parameters:{index:\"u32\"},result:\"i32\"},endCall:{parameters:{index:\"u32" +
  "\"},result:\"i32\"},isCancelled:{parameters:{index:\"u32\"},result:\"i32\"},kill:{parameters:{index:\"u32\",e" +
  "poch:\"u32\"},result:\"i32\"},pause:{parameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},preempt:{paramet" +
  "ers:{index:\"u32\"},result:\"i32\"},takePause:{parameters:{index:\"u32\"},result:\"i32\"},settle:{parameters" +
  ":{index:\"u32\",vcpu:\"i32\"},result:\"i32\"}};var LIBC_SYMBOLS={memfd_create:{parameters:{name:\"buffer\",f" +
  "lags:\"u32\"},result:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},result:\"i32\"},writ" +
  "e:{parameters:{fd:\"i32\",from:\"buffer\",length:\"address\"},result:\"i64\"},pread:{parameters:{fd:\"i32\",to" +
  ":\"buffer\",length:\"address\",offset:\"address\"},result:\"i64\"},readlink:{parameters:{path:\"buffer\",to:\"b" +
  "uffer\",length:\"address\"},result:\"i64\"},fcntl:{parameters:{fd:\"i32\",command:\"i32\",argument:\"i32\"},res" +
  "ult:\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"}},LIBC_NAMES=[\"libc.so.6\",\"libc.musl-x86_64.so." +
  "1\",\"libc.so\"],MFD_CLOEXEC=1,MFD_EXEC=16,O_RDWR=2,O_CLOEXEC=524288,O_TMPFILE=4259840,F_DUPFD_CLOEXEC=" +
  "1030,PREFERRED_FD=100,FIRST_FD=3,LAST_FD=356,TEMPORARY_FOLDERS=[\"/tmp\",\"/var/tmp\",\"/dev/shm\"];functi" +
  "on loadShim(adapter){let libc=openLibc(adapter),bytes=Uint8Array.from(atob(SHIM_BASE64),(char)=>char" +
  ".charCodeAt(0)),failures=[];for(let create of[createMemfd,createUnnamedFile]){let fd=findCopy(libc,b" +
  "ytes)??publish(libc,create(libc),bytes);if(fd===void 0)continue;try{return bind(adapter,`/proc/self/" +
  "fd/${fd}`)}catch(error){libc.close(fd),failures.push(error)}}throw new VmletError(\"ERR_SHIM\",`Cannot" +
  " load the native shim: neither a memfd nor an unnamed file in ${TEMPORARY_FOLDERS.join(\", \")} can be" +
  " executed here. Allow one of them (sysctl vm.memfd_noexec=0, or a temporary folder mounted without n" +
  "oexec)`,{cause:failures[0]})}function bind(adapter,path){let native={...bindShim(adapter,path,SHIM_S" +
  "YMBOLS),view:adapter.view,path};if(native.shimVersion()!==SHIM_VERSION)throw new VmletError(\"ERR_SHI" +
  "M\",`Cannot load the native shim: ${path} holds another version (${native.shimVersion().toString(16)}" +
  " instead of ${SHIM_VERSION.toString(16)})`);return native}function openLibc(adapter){let failures=[]" +
  ";for(let name of LIBC_NAMES)try{return adapter.open(name,LIBC_SYMBOLS)}catch(error){if(isPermissionE" +
  "rror(error))throw new VmletError(\"ERR_SHIM\",\"Cannot load the native shim: permission to call native " +
  "code is missing, run with --allow-ffi\",{cause:error});failures.push(error)}throw new VmletError(\"ERR" +
  "_SHIM\",`Cannot load the native shim: no C library found as ${LIBC_NAMES.join(\", \")}`,{cause:failures" +
  "[0]})}function isPermissionError(error){return error instanceof Error&&[\"NotCapable\",\"PermissionDeni" +
  "ed\"].includes(error.name)}function cString(text){return new TextEncoder().encode(`${text}\\x00`)}func" +
  "tion createMemfd(libc){let name=cString(`vmlet-shim-${SHIM_HASH}`),fd=libc.memfd_create(name,MFD_CLO" +
  "EXEC|MFD_EXEC);return fd>=0?fd:libc.memfd_create(name,MFD_CLOEXEC)}function createUnnamedFile(libc){" +
  "for(let folder of TEMPORARY_FOLDERS){let fd=libc.open(cString(folder),O_TMPFILE|O_RDWR|O_CLOEXEC,448" +
  ");if(fd>=0)return fd}return-1}function publish(libc,fd,bytes){if(fd<0)return;if(libc.write(fd,bytes," +
  "bytes.length)!==bytes.length){libc.close(fd);return}let moved=libc.fcntl(fd,F_DUPFD_CLOEXEC,PREFERRE" +
  "D_FD);if(moved>=0)libc.close(fd);let published=moved>=0?moved:fd,lowest=findCopy(libc,bytes)??publis" +
  "hed;if(lowest!==published)libc.close(published);return lowest}function findCopy(libc,bytes){let link" +
  "=new Uint8Array(256),content=new Uint8Array(bytes.length+1);for(let fd=FIRST_FD;fd<LAST_FD;fd++){let" +
  " length=libc.readlink(cString(`/proc/self/fd/${fd}`),link,link.length);if(length<=0)continue;let nam" +
  "e=new TextDecoder().decode(link.subarray(0,length));if(!(name.startsWith(`/memfd:vmlet-shim-${SHIM_H" +
  "ASH}`)||name.endsWith(\" (deleted)\")&&TEMPORARY_FOLDERS.some((it)=>name.startsWith(`${it}/#`)))||libc" +
  ".pread(fd,content,content.length,0)!==bytes.length)continue;if(bytes.every((byte,i)=>byte===content[" +
  "i]))return fd}return}var TYPES={i32:\"i32\",u32:\"u32\",i64:\"i64_fast\",address:\"u64_fast\",buffer:\"ptr\",v" +
  "oid:\"void\"};function bunAdapter(ffi){return{open(path,symbols){let definitions=Object.fromEntries(Ob" +
  "ject.entries(symbols).map(([name,{parameters,result}])=>[name,{args:Object.values(parameters).map((t" +
  "ype)=>TYPES[type]),returns:TYPES[result]}]));return{...ffi.dlopen(path,definitions).symbols}},view:(" +
  "address,length)=>ffi.toArrayBuffer(address,0,length)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i64\",addr" +
  "ess:\"usize\",buffer:\"buffer\",void:\"void\"};function denoAdapter(deno){return{open(path,symbols){let de" +
  "finitions=Object.fromEntries(Object.entries(symbols).map(([name,{parameters,result}])=>[name,{parame" +
  "ters:Object.values(parameters).map((type)=>TYPES2[type]),result:TYPES2[result]}])),functions={...den" +
  "o.dlopen(path,definitions).symbols};for(let[name,{result}]of Object.entries(symbols)){let native=fun" +
  "ctions[name];if(native&&result===\"i64\")functions[name]=(...args)=>Number(native(...args))}return fun" +
  "ctions},view:(address,length)=>deno.UnsafePointerView.getArrayBuffer(deno.UnsafePointer.create(BigIn" +
  "t(address)),length)}}function adapterFor(globals){let{Deno:deno,Bun:bun,process}=globals;if(bun===vo" +
  "id 0&&typeof deno?.dlopen!==\"function\"){let name=process?.version===void 0?\"this one\":`Node.js ${pro" +
  "cess.version}`;throw new VmletError(\"ERR_UNSUPPORTED_RUNTIME\",`Cannot run guests: vmlet needs Deno o" +
  "r Bun for native code, and ${name} is neither`)}let os=process?.platform??deno?.build?.os??\"unknown\"" +
  ",arch=process?.arch??deno?.build?.arch??\"unknown\";if(os!==\"linux\"||arch!==\"x64\"&&arch!==\"x86_64\")thr" +
  "ow new VmletError(\"ERR_UNSUPPORTED_PLATFORM\",`Cannot run guests: vmlet needs Linux on x86_64, and th" +
  "is is ${os} on ${arch}`);return bun===void 0?denoAdapter(deno):bunAdapter(process?.getBuiltinModule?" +
  ".(\"bun:ffi\"))}var loaded;function native(){return loaded??=loadShim(adapterFor(globalThis))}var ESRC" +
  "H=3,CELLS=65536;class InterruptHandle{#index;#generation;constructor({index,generation}){this.#index" +
  "=index,this.#generation=generation}static from(token){let{index,generation}=token??{};if(typeof inde" +
  "x!==\"number\"||typeof generation!==\"number\")throw wrongType(\"Cannot make an interrupt handle: the arg" +
  "ument is not a token of one\");if(!(Number.isInteger(index)&&index>=0&&index<CELLS&&Number.isInteger(" +
  "generation)&&generation>0&&generation<4294967296&&generation%2===1))throw outOfRange(`Cannot make an" +
  " interrupt handle: no guest has the token ${index}, ${generation}`);return new InterruptHandle({inde" +
  "x,generation})}get token(){return{index:this.#index,generation:this.#generation}}get dropped(){retur" +
  "n native().cellEpoch(this.#index)!==this.#generation}kill(){return interrupted(native().kill(this.#i" +
  "ndex,this.#generation))}pause(){return interrupted(native().pause(this.#index,this.#generation))}}fu" +
  "nction interrupted(result){if(result>=0)return result===1;if(result===-ESRCH)return!1;throw new Vmle" +
  "tError(\"ERR_LIMIT\",`Cannot signal the thread that runs the guest: ${errnoSymbol(-result)}`,{errno:-r" +
  "esult})}var ARRIVAL={opened:1,data:2,closed:3};var MAX_RECORD=16384;class Channel{shared;#words;#byt" +
  "es;#seenPauses=0;constructor(shared){this.shared=shared??new SharedArrayBuffer(65556),this.#words=ne" +
  "w Int32Array(this.shared,0,5),this.#bytes=new Uint8Array(this.shared,20,65536)}put(type,bytes=new Ui" +
  "nt8Array(0)){let written=Atomics.load(this.#words,0),used=written-Atomics.load(this.#words,1)>>>0,si" +
  "ze=4+bytes.length;if(bytes.length>16384||used+size>65536)return!1;let header=Uint8Array.of(type,0,by" +
  "tes.length&255,bytes.length>>8);return this.#copyIn(written,header),this.#copyIn(written+4,bytes),At" +
  "omics.store(this.#words,0,written+size|0),Atomics.notify(this.#words,0),!0}take(){if(this.isEmpty)re" +
  "turn;let taken=Atomics.load(this.#words,1),[type=0,,low=0,high=0]=this.#copyOut(taken,4),bytes=this." +
  "#copyOut(taken+4,low|high<<8);return Atomics.store(this.#words,1,taken+4+bytes.length|0),{type,bytes" +
  "}}get isEmpty(){return Atomics.load(this.#words,0)===Atomics.load(this.#words,1)}wait(milliseconds){" +
  "let taken=Atomics.load(this.#words,1);Atomics.wait(this.#words,0,taken,milliseconds)}get isStopped()" +
  "{return Atomics.load(this.#words,2)===1}set isStopped(value){Atomics.store(this.#words,2,Number(valu" +
  "e))}pause(interrupt){Atomics.add(this.#words,3,1),interrupt(),Atomics.add(this.#words,4,1)}takePause" +
  "(){let begun=Atomics.load(this.#words,3),done=Atomics.load(this.#words,4),isNew=begun!==done||done!=" +
  "=this.#seenPauses;return this.#seenPauses=done,isNew}#copyIn(position,bytes){let at=(position>>>0)%6" +
  "5536,first=Math.min(bytes.length,65536-at);this.#bytes.set(bytes.subarray(0,first),at),this.#bytes.s" +
  "et(bytes.subarray(first),0)}#copyOut(position,length){let at=(position>>>0)%65536,bytes=new Uint8Arr" +
  "ay(length),first=Math.min(length,65536-at);return bytes.set(this.#bytes.subarray(at,at+first)),bytes" +
  ".set(this.#bytes.subarray(0,length-first),first),bytes}}var PATIENCE=5,scope=globalThis,builtin=(nam" +
  "e)=>scope.process.getBuiltinModule(name),channel,guest,server,path,client,waiting=[];function delive" +
  "r(){if(!channel)return;for(let next=waiting[0];next;next=waiting[0]){if(!channel.put(...next)){clien" +
  "t?.pause(),setTimeout(deliver,PATIENCE);break}waiting.shift()}if(waiting.length===0)client?.resume()" +
  ";if(channel.isStopped||channel.isEmpty)return;channel.pause(()=>guest?.pause()),scope.postMessage({t" +
  "ype:\"arrived\"})}function arrived(type,bytes=new Uint8Array(0)){for(let at=0;at===0||at<bytes.length;" +
  "at+=MAX_RECORD)waiting.push([type,bytes.subarray(at,at+MAX_RECORD)]);deliver()}function connected(so" +
  "cket){if(socket.on(\"error\",()=>{}),client)return socket.destroy();client=socket,socket.setNoDelay(!0" +
  "),socket.on(\"data\",(bytes)=>{if(socket===client)arrived(ARRIVAL.data,new Uint8Array(bytes))}),socket" +
  ".on(\"close\",()=>{if(socket!==client)return;client=void 0,arrived(ARRIVAL.closed)}),arrived(ARRIVAL.o" +
  "pened)}function listen(at){let failed=(error)=>{let message=error instanceof Error?error.message:Str" +
  "ing(error);scope.postMessage({type:\"failed\",message})};try{let{createServer}=builtin(\"node:net\"),lis" +
  "tener=createServer(connected);server=listener,listener.on(\"error\",failed),listener.listen(at,()=>{tr" +
  "y{if(\"path\"in at)return path=at.path,builtin(\"node:fs\").chmodSync(at.path,384),scope.postMessage({ty" +
  "pe:\"listening\",at});let address=listener.address(),port=typeof address===\"object\"&&address?address.p" +
  "ort:at.port;scope.postMessage({type:\"listening\",at:{host:at.host,port}})}catch(error){failed(error)}" +
  "})}catch(error){failed(error)}}function end(){client?.end(),server?.close();try{if(path!==void 0)bui" +
  "ltin(\"node:fs\").unlinkSync(path)}catch{}setTimeout(()=>scope.close(),20)}scope.onmessage=({data})=>{" +
  "switch(data.type){case\"listen\":return channel=new Channel(data.shared),listen(data.at);case\"guest\":i" +
  "f(guest=InterruptHandle.from(data.token),guest.dropped)guest=void 0;return;case\"send\":client?.write(" +
  "data.bytes);return;case\"hang up\":client?.end();return;case\"end\":end()}};scope.postMessage({type:\"rea" +
  "dy\"});";
