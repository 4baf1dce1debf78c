/** src/debug/worker.ts with all that it imports, by `deno task workers`: do not edit. */
// deno-fmt-ignore-file

/** A script of 40160 characters. */
export const WORKER_SOURCE: string =
  "function bindShim(adapter,path,definitions){let names=Object.keys(definitions),symbols=Object.fromEn" +
  "tries(names.map((name)=>[cName(name),definitions[name]])),library=adapter.open(path,symbols);return " +
  "Object.fromEntries(names.map((name)=>[name,library[cName(name)]]))}function cName(name){return`vmlet" +
  "_${name.replace(/[A-Z]/g,(letter)=>`_${letter.toLowerCase()}`)}`}var CONTROLS=/[\\0-\\x08\\x0b-\\x1f\\x7f" +
  "-\\x9f]/g;function printable(text){return text.replaceAll(CONTROLS,\"�\")}class VmletError extends Erro" +
  "r{name=\"VmletError\";code;constructor(code,message,details={}){let{cause,...facts}=details;super(prin" +
  "table(message),cause===void 0?void 0:{cause});this.code=code,Object.assign(this,facts)}}function wro" +
  "ngType(message){return Object.assign(TypeError(message),{code:\"ERR_INVALID_ARG_TYPE\"})}function outO" +
  "fRange(message){return Object.assign(RangeError(message),{code:\"ERR_OUT_OF_RANGE\"})}var ERRNO_SYMBOL" +
  "S={1:\"EPERM\",2:\"ENOENT\",3:\"ESRCH\",4:\"EINTR\",5:\"EIO\",6:\"ENXIO\",7:\"E2BIG\",8:\"ENOEXEC\",9:\"EBADF\",11:\"EA" +
  "GAIN\",12:\"ENOMEM\",13:\"EACCES\",14:\"EFAULT\",16:\"EBUSY\",17:\"EEXIST\",19:\"ENODEV\",20:\"ENOTDIR\",21:\"EISDIR" +
  "\",22:\"EINVAL\",23:\"ENFILE\",24:\"EMFILE\",25:\"ENOTTY\",26:\"ETXTBSY\",27:\"EFBIG\",28:\"ENOSPC\",29:\"ESPIPE\",30" +
  ":\"EROFS\",34:\"ERANGE\",38:\"ENOSYS\",40:\"ELOOP\",75:\"EOVERFLOW\",95:\"EOPNOTSUPP\",133:\"EHWPOISON\"};function" +
  " errnoSymbol(errno){return ERRNO_SYMBOLS[errno]??`errno ${errno}`}var SHIM_VERSION=2963982647,SHIM_H" +
  "ASH=\"7d2308e795822148\",SHIM_BASE64=\"f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAAAAAAAAAAAABAAAAAAAAAADBDAAAAAAAA" +
  "AAAAAEAAOAAJAEAADwAOAAYAAAAEAAAAQAAAAAAAAABAAAAAAAAAAEAAAAAAAAAA+AEAAAAAAAD4AQAAAAAAAAgAAAAAAAAAAQAA" +
  "AAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACMFgAAAAAAAIwWAAAAAAAAABAAAAAAAAABAAAABQAAAJAWAAAAAAAAkCYAAAAA" +
  "AACQJgAAAAAAAPsqAAAAAAAA+yoAAAAAAAAAEAAAAAAAAAEAAAAGAAAAkEEAAAAAAACQYQAAAAAAAJBhAAAAAAAA4AAAAAAAAABw" +
  "DgAAAAAAAAAQAAAAAAAAAQAAAAYAAACAQgAAAAAAAIByAAAAAAAAgHIAAAAAAAAAAAAAAAAAAFSJQAAAAAAAABAAAAAAAAACAAAA" +
  "BgAAALBBAAAAAAAAsGEAAAAAAACwYQAAAAAAAMAAAAAAAAAAwAAAAAAAAAAIAAAAAAAAAFLldGQEAAAAkEEAAAAAAACQYQAAAAAA" +
  "AJBhAAAAAAAA4AAAAAAAAABwDgAAAAAAAAEAAAAAAAAAUOV0ZAQAAAC0DQAAAAAAALQNAAAAAAAAtA0AAAAAAAD0AQAAAAAAAPQB" +
  "AAAAAAAABAAAAAAAAABR5XRkBgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAEAAAASAAgAoCYAAAAAAAAGAAAAAAAAAC4BAAASAAgAoCkAAAAAAABnAAAAAAAAAEQBAAASAAgA" +
  "ECoAAAAAAAC9AAAAAAAAAJkCAAASAAgAYEcAAAAAAAAwAAAAAAAAANQCAAASAAgAgEkAAAAAAADbAAAAAAAAADMAAAASAAgA8CYA" +
  "AAAAAAARAAAAAAAAAOQAAAASAAgAoCgAAAAAAABXAAAAAAAAAFQCAAASAAgAAEUAAAAAAAA4AAAAAAAAAJ8DAAASAAgAQFEAAAAA" +
  "AABLAAAAAAAAAEsAAAASAAgAMCcAAAAAAAAUAAAAAAAAAMMBAAASAAgAYC8AAAAAAAA+AAAAAAAAAIYCAAASAAgAsEYAAAAAAACt" +
  "AAAAAAAAABsDAAASAAgAcEwAAAAAAAASAAAAAAAAACAAAAASAAgA0CYAAAAAAAAWAAAAAAAAAHQBAAASAAgAwCsAAAAAAAAEAAAA" +
  "AAAAAJ8BAAASAAgAYC0AAAAAAAAzAAAAAAAAAOUCAAASAAgAYEoAAAAAAADbAAAAAAAAALkAAAASAAgAQCgAAAAAAAAUAAAAAAAA" +
  "AO8AAAASAAgAACkAAAAAAAAGAAAAAAAAAIoBAAASAAgAQC0AAAAAAAATAAAAAAAAANYBAAASAAgAoC8AAAAAAAC5AwAAAAAAAOoB" +
  "AAASAAgAYDMAAAAAAABXAAAAAAAAAA4CAAASAAgAcDQAAAAAAACCAAAAAAAAAB8CAAASAAgAADUAAAAAAADODgAAAAAAAIcDAAAS" +
  "AAgAEE8AAAAAAAD9AAAAAAAAAGgAAAASAAgAcCcAAAAAAAAVAAAAAAAAANYAAAASAAgAgCgAAAAAAAAYAAAAAAAAAFMBAAASAAgA" +
  "0CoAAAAAAACqAAAAAAAAAMACAAASAAgAwEcAAAAAAACzAQAAAAAAAD0DAAASAAgA4EwAAAAAAABRAAAAAAAAAIsAAAASAAgAsCcA" +
  "AAAAAAAaAAAAAAAAAMYAAAASAAgAYCgAAAAAAAAYAAAAAAAAADMCAAASAAgA0EMAAAAAAAAQAQAAAAAAAKsCAAASAAgAkEcAAAAA" +
  "AAAwAAAAAAAAAPUCAAASAAgAQEsAAAAAAAADAQAAAAAAAJcAAAASAAgA0CcAAAAAAAAkAAAAAAAAAK4AAAASAAgAICgAAAAAAAAT" +
  "AAAAAAAAAAgBAAASAAgAICkAAAAAAAAGAAAAAAAAAGMBAAASAAgAgCsAAAAAAAA4AAAAAAAAALEBAAASAAgAoC0AAAAAAAC5AQAA" +
  "AAAAAHYCAAASAAgAYEYAAAAAAABPAAAAAAAAAPoAAAASAAgAECkAAAAAAAAGAAAAAAAAAEcCAAASAAgA4EQAAAAAAAAXAAAAAAAA" +
  "ACwDAAASAAgAkEwAAAAAAABDAAAAAAAAAF8DAAASAAgAYE0AAAAAAAAyAAAAAAAAAHADAAASAAgAoE0AAAAAAAAHAAAAAAAAAHsD" +
  "AAASAAgAAE8AAAAAAAAKAAAAAAAAAFoAAAASAAgAUCcAAAAAAAAUAAAAAAAAAD4AAAASAAgAECcAAAAAAAATAAAAAAAAAHsAAAAS" +
  "AAgAkCcAAAAAAAAWAAAAAAAAAKIAAAASAAgAACgAAAAAAAAYAAAAAAAAAPwBAAASAAgAwDMAAAAAAACpAAAAAAAAAGECAAASAAgA" +
  "QEUAAAAAAACuAAAAAAAAAAgDAAASAAgAUEwAAAAAAAAgAAAAAAAAAEwDAAASAAgAQE0AAAAAAAAWAAAAAAAAABQAAAASAAgAsCYA" +
  "AAAAAAAWAAAAAAAAABcBAAASAAgAMCkAAAAAAABnAAAAAAAAAJUDAAASAAgAEFAAAAAAAAAjAQAAAAAAAA4AAAABAAAAEAAAABoA" +
  "AAAAAQABAAEAAQIAAACAACAgBQCAAFACAAACAAAAAAQAAAQAAgAEAAACGKAAAAAMAIAEgAJBAEEEQwAQAACEAQAAlFAAAQAGgAQF" +
  "kAACwAB0BAUAAIwAIABEiICAAAEABAgIAAAgAEBIQAEABAEAAAQACIECAACAhCAAoCBBUBEkEAEAAAAGAAAACgAAAA4AAAARAAAA" +
  "EgAAABoAAAAfAAAAJAAAACoAAAAsAAAAMAAAADEAAAA4AAAAIj2WCriJ5edmFpIBUnfhAOONCpy2y5PLwnqVyzKLog+9Ty4NenY2" +
  "0oJeoX4EYhAdu4Z8bmqlbROWpLGlN3KmONmThT1mSHMHZlqOy1j+9DKuN7b3QpUFPJDv4b5+tUA3Kf5E6aitquM4EN6jQhboPJhN" +
  "97q/MmC0glOJPXwErNf0l1+z1kox7tXnKsi+8ZTLiGeWy541qUam4EMC5BfbmRkQwCEcN2L6zWcw8QyKwwgu1+PaWKOSy2tNPT51" +
  "vqXamnpNABjCNqiC/Vc93mONouBSS17MNf2hg7TikcYCxj04ef9EwRQUqQB2bWxldF9zaGltX3ZlcnNpb24Adm1sZXRfaW9jdGwA" +
  "dm1sZXRfaW9jdGxfc3RydWN0AHZtbGV0X21tYXAAdm1sZXRfbXVubWFwAHZtbGV0X21wcm90ZWN0AHZtbGV0X21hZHZpc2UAdm1s" +
  "ZXRfbWVtZmRfY3JlYXRlAHZtbGV0X2Z0cnVuY2F0ZQB2bWxldF9mY250bAB2bWxldF9vcGVuAHZtbGV0X2Nsb3NlAHZtbGV0X3Jl" +
  "YWQAdm1sZXRfcHdyaXRlAHZtbGV0X2dldHJsaW1pdAB2bWxldF9ldmVudGZkAHZtbGV0X3BvbGwAdm1sZXRfY29weQB2bWxldF9j" +
  "b3B5X2luAHZtbGV0X2NvcHlfb3V0AHZtbGV0X2NvcHlfb3V0X2d1YXJkZWQAdm1sZXRfY29weV9pbl9ndWFyZGVkAHZtbGV0X2Fk" +
  "ZF9iaXRzAHZtbGV0X3Rha2VfYml0cwB2bWxldF9tYXJrX3BhZ2VzAHZtbGV0X2NvdW50X293bl9wYWdlcwB2bWxldF9tYXJrX293" +
  "bl9wYWdlcwB2bWxldF9wYWdlX2ZhdWx0cwB2bWxldF9jb3VudF9wYWdlcwB2bWxldF9mb3JnZXRfcGFnZXMAdm1sZXRfY2FwdHVy" +
  "ZV9wYWdlcwB2bWxldF90YWJsZV9wYWdlcwB2bWxldF93cml0ZV90YWJsZQB2bWxldF9tYWtlX3RhYmxlAHZtbGV0X3Jlc3RvcmVf" +
  "cGFnZXMAdm1sZXRfZGlzY2FyZF9wYWdlcwB2bWxldF9nZXR0aWQAdm1sZXRfdGdraWxsAHZtbGV0X2luc3RhbGxfc2lnbmFsAHZt" +
  "bGV0X3NldF90aW1lcgB2bWxldF90aHJlYWRfdGltZXIAdm1sZXRfdGhyZWFkX3RpbWUAdm1sZXRfdW5ibG9ja19zaWduYWwAdm1s" +
  "ZXRfYXR0YWNoX3RocmVhZAB2bWxldF9ndWVzdF90aW1lAHZtbGV0X2hvc3RfdGltZQB2bWxldF9hY3F1aXJlX2NlbGwAdm1sZXRf" +
  "cmVsZWFzZV9jZWxsAHZtbGV0X2NlbGxfZXBvY2gAdm1sZXRfYmVnaW5fY2FsbAB2bWxldF9lbmRfY2FsbAB2bWxldF9pc19jYW5j" +
  "ZWxsZWQAdm1sZXRfdGFrZV9wYXVzZQB2bWxldF9raWxsAHZtbGV0X3BhdXNlAHZtbGV0X3ByZWVtcHQAdm1sZXRfcnVuAHZtbGV0" +
  "X3NldHRsZQAAAAAAkGEAAAAAAAAIAAAAAAAAAPBFAAAAAAAAoGEAAAAAAAAIAAAAAAAAAJAmAAAAAAAAAAAAAAAAMEMAAAAAAAAw" +
  "RQ8PDw8PDw8PDw8PDw8PDw9VVVVVVVVVVVVVVVVVVVVVAAAwQwAAMEUAAAAAAAAAADMzMzMzMzMzMzMzMzMzMzMvcHJvYy9zZWxm" +
  "L3BhZ2VtYXAAAAEbAzvwAQAAPQAAAOwYAAAMAgAA/BgAACACAAAcGQAANAIAADwZAABIAgAAXBkAAFwCAAB8GQAAcAIAAJwZAACE" +
  "AgAAvBkAAJgCAADcGQAArAIAAPwZAADAAgAAHBoAANQCAABMGgAA6AIAAGwaAAD8AgAAjBoAABADAACsGgAAJAMAAMwaAAA4AwAA" +
  "7BoAAEwDAABMGwAAYAMAAFwbAAB0AwAAbBsAAIgDAAB8GwAAnAMAAOwbAAC4AwAAXBwAANQDAAAcHQAA6AMAAMwdAAAYBAAADB4A" +
  "ACwEAAAcHgAAQAQAAIwfAACMBAAArB8AAKAEAADsHwAAuAQAAKwhAADgBAAA7CEAAPQEAACsJQAAPAUAAAwmAABQBQAAvCYAAIAF" +
  "AABMJwAAlAUAABw2AADYBQAALDcAABQGAABMNwAAKAYAAIw3AABMBgAAPDgAAGgGAACsOAAAfAYAAPw4AACQBgAArDkAALQGAADc" +
  "OQAAyAYAAAw6AADcBgAAzDsAACAHAACsPAAAQAcAAIw9AABgBwAAnD4AAIQHAAC8PgAAmAcAANw+AACsBwAALD8AAMAHAACMPwAA" +
  "1AcAAKw/AADoBwAA7D8AAPwHAAD8PwAAEAgAAExBAAA8CAAAXEEAAFAIAABcQgAAeAgAAIxDAACwCAAAFAAAAAAAAAABelIAAXgQ" +
  "ARsMBwiQAQAAEAAAABwAAADYFgAABgAAAAAAAAAQAAAAMAAAANQWAAAWAAAAAAAAABAAAABEAAAA4BYAABYAAAAAAAAAEAAAAFgA" +
  "AADsFgAAEQAAAAAAAAAQAAAAbAAAAPgWAAATAAAAAAAAABAAAACAAAAABBcAABQAAAAAAAAAEAAAAJQAAAAQFwAAFAAAAAAAAAAQ" +
  "AAAAqAAAABwXAAAVAAAAAAAAABAAAAC8AAAAKBcAABYAAAAAAAAAEAAAANAAAAA0FwAAGgAAAAAAAAAQAAAA5AAAAEAXAAAkAAAA" +
  "AAAAABAAAAD4AAAAXBcAABgAAAAAAAAAEAAAAAwBAABoFwAAEwAAAAAAAAAQAAAAIAEAAHQXAAAUAAAAAAAAABAAAAA0AQAAgBcA" +
  "ABgAAAAAAAAAEAAAAEgBAACMFwAAGAAAAAAAAAAQAAAAXAEAAJgXAABXAAAAAAAAABAAAABwAQAA5BcAAAYAAAAAAAAAEAAAAIQB" +
  "AADgFwAABgAAAAAAAAAQAAAAmAEAANwXAAAGAAAAAAAAABgAAACsAQAA2BcAAGcAAAAAQQ4QgwICZQ4IAAAYAAAAyAEAACwYAABn" +
  "AAAAAEEOEIMCAmUOCAAAEAAAAOQBAACAGAAAvQAAAAAAAAAsAAAA+AEAACwZAACqAAAAAEoOEEIOGEEOIIMEjgOGAgKZDhhCDhBB" +
  "DgjDzsYAAAAQAAAAKAIAAKwZAAA4AAAAAAAAABAAAAA8AgAA2BkAAAQAAAAAAAAASAAAAFACAADUGQAAagEAAABBDhBCDhhCDiBC" +
  "DihCDjBBDjhHDtAfgweMBo0FjgSPA4YCA04BDjhBDjBCDihCDiBCDhhCDhBBDggAABAAAACcAgAA+BoAABMAAAAAAAAAFAAAALAC" +
  "AAAEGwAAMwAAAABEDhhuDggAJAAAAMgCAAAsGwAAuQEAAABTDhBBDhiDA44CA6IBDhBCDgjDzgAAABAAAADwAgAAxBwAAD4AAAAA" +
  "AAAARAAAAAQDAADwHAAAuQMAAABBDhBCDhhCDiBCDihCDjBBDjiDB4wGjQWOBI8DhgICTg4wQg4oQg4gQg4YQg4QQQ4IQQ44AAAA" +
  "EAAAAEwDAABoIAAAVwAAAAAAAAAsAAAAYAMAALQgAACpAAAAAEsOEEIOGEEOIIMEjgOPAgKTDhhCDhBCDgjDzs8AAAAQAAAAkAMA" +
  "ADQhAACCAAAAAAAAAEAAAACkAwAAsCEAAM4OAAAAQQ4QQg4YQg4gQg4oQg4wQQ44gweMBo0FjgSPA4YCA7oODjBCDihCDiBCDhhC" +
  "DhBBDggAOAAAAOgDAAA8MAAAEAEAAABCDhBCDhhCDiBCDihBDjCDBowFjQSOA48CAv4OKEIOIEIOGEIOEEIOCAAAEAAAACQEAAAQ" +
  "MQAAFwAAAAAAAAAgAAAAOAQAABwxAAA4AAAAAEEOEEEOGIMDhgJ0DhBBDggAAAAYAAAAXAQAADgxAACuAAAAAFIOEIMCApsOCMMA" +
  "EAAAAHgEAADMMQAAYgAAAAAAAAAQAAAAjAQAACgyAABPAAAAAAAAACAAAACgBAAAZDIAAK0AAAAAQg4QQQ4YgwOOAgKnDhBCDggA" +
  "ABAAAADEBAAA8DIAADAAAAAAAAAAEAAAANgEAAAMMwAAMAAAAAAAAABAAAAA7AQAACgzAACzAQAAAEEOEEIOGEIOIEIOKEIOMEEO" +
  "OIMHjAaNBY4EjwOGAgOfAQ4wQg4oQg4gQg4YQg4QQQ4IABwAAAAwBQAApDQAANsAAAAAQQ4QgwIC1Q4IQQ4QQw4IHAAAAFAFAABk" +
  "NQAA2wAAAABBDhCDAgLVDghBDhBDDgggAAAAcAUAACQ2AAADAQAAAEIOEEEOGIMDjgIC/Q4QQg4IAAAQAAAAlAUAABA3AAAgAAAA" +
  "AAAAABAAAACoBQAAHDcAABIAAAAAAAAAEAAAALwFAAAoNwAAQwAAAAAAAAAQAAAA0AUAAGQ3AABRAAAAAAAAABAAAADkBQAAsDcA" +
  "ABYAAAAAAAAAEAAAAPgFAAC8NwAAMgAAAAAAAAAQAAAADAYAAOg3AAAHAAAAAAAAACgAAAAgBgAA5DcAAEwBAAAAAk8OEEEOGEQO" +
  "QIMDjgIC5w4YQQ4QQg4Iw84AEAAAAEwGAAAIOQAACgAAAAAAAAAkAAAAYAYAAAQ5AAD9AAAAAEIOEEEOGEQOQIMDjgIC8g4YQQ4Q" +
  "Qg4INAAAAIgGAADcOQAAIwEAAABCDhBCDhhCDiBBDiiDBYwEjgOPAgJ2DiBCDhhCDhBCDghBDigAAAAgAAAAwAYAANQ6AABLAAAA" +
  "AEIOEEEOGIMDjgICRQ4QQg4IAAAAAAAAAAAAALgPAAAADwVmDx+EAAAAAAC4N8mqsMNmLg8fhAAAAAAASGP/ifa4EAAAAEUx0kUx" +
  "wEUxyQ8Fw2YuDx+EAAAAAABIY/+J9rgQAAAARTHSRTHARTHJDwXDZi4PH4QAAAAAAEhj0kxj0U1jwLgJAAAADwXDZi4PH4QAAAAA" +
  "AA8fRAAAuAsAAAAx0kUx0kUxwEUxyQ8Fw2YuDx+EAAAAAAAPHwBIY9K4CgAAAEUx0kUxwEUxyQ8Fw2YuDx+EAAAAAABmkEhj0rgc" +
  "AAAARTHSRTHARTHJDwXDZi4PH4QAAAAAAGaQifa4PwEAADHSRTHSRTHARTHJDwXDZi4PH4QAAAAAAJBIY/+4TQAAADHSRTHSRTHA" +
  "RTHJDwXDZi4PH4QAAAAAAEhj/0hj9khj0rhIAAAARTHSRTHARTHJDwXDZg8fRAAASIn5TGPGQYnSuAEBAABIx8ec////SInOTInC" +
  "RTHARTHJDwXDZi4PH4QAAAAAAGaQSGP/uAMAAAAx9jHSRTHSRTHARTHJDwXDDx+EAAAAAABIY/+J0jHARTHSRTHARTHJDwXDZi4P" +
  "H4QAAAAAAA8fAEhj/7gSAAAASYnKRTHARTHJDwXDZi4PH4QAAAAAAGaQSYnySGP3uC4BAAAx/zHSRTHARTHJDwXDDx+EAAAAAACJ" +
  "/0hj9rgiAQAAMdJFMdJFMcBFMckPBcMPH4QAAAAAAEhjwkhpyNNNYhBIicpIweo/SMH5JgHRSGPJSIlMJPBpyegDAACJwinKacpA" +
  "Qg8ASGPJSIlMJPiJ9jHJhcBIjVQk8EgPSNG4DwEAAEUx0kUxwEUxyQ8Fw2YPH4QAAAAAAEiJ0fOkw2YuDx+EAAAAAABIidHzpMNm" +
  "Lg8fhAAAAAAASInR86TDZi4PH4QAAAAAAFNIidNIiXwk8EiJVCT4SIl0JOBIiVQk6LgnAAAAMf8x9jHSRTHSRTHARTHJDwVIicdI" +
  "jXQk8EyNVCTguDYBAAC6AQAAAEG4AQAAAEUxyQ8FSDnYSMfB8v///0gPRMhIhcBID0nBW8NmDx+EAAAAAABTSInTSIl0JPBIiVQk" +
  "+EiJfCTgSIlUJOi4JwAAADH/MfYx0kUx0kUxwEUxyQ8FSInHSI10JPBMjVQk4Lg3AQAAugEAAABBuAEAAABFMckPBUg52EjHwfL/" +
  "//9ID0TISIXASA9JwVvDZg8fhAAAAAAASIXJD4SzAAAASInISInxSMHpBkyNBM+D5j+/QAAAAEgp9zHJZg/vwEUxyesjSYPJB2Yu" +
  "Dx+EAAAAAAAPH0QAAEmDwQFMiclIweEGSDnBc2xB9sEHQQ+UwkiBwQACAABIOcEPlsFBhMp0J2ZCD29MyhBmQg/rTMogZkIP60zK" +
  "MGZCD+sMymYPdsgPUMmD8Q90nE6LFMpNhdJ0pk2J04nxSdPjTwkcyEiF9nSViflJ0+pNhdJ0i08JVMgI64TDDx8ASIXJD4SgAAAA" +
  "VUFWU0iJyEiJ0UjB6QaD4j9BuEAAAABJKdBMjUj/ScHpBkmDwQFIjTTOSIPGCEUx0knHw//////rNGYuDx+EAAAAAAAPHwBJx8b/" +
  "////icFJ0+ZIg+hASffWTQ9D80kh3k6JNNdJg8IBTTnRdC5IhdJAD5XFSotc1viJ0UjT60k5wA+SwUAg6YD5AXW6Tos01kSJwUnT" +
  "5kwJ8+urW0FeXcNmDx9EAABIjQQySDnGcy5IifEPH0AASDtPCHMhuAEAAABI0+BIi3cQSYnIScHoBkoJBMZIg8EBSIPC/3XZww8f" +
  "hAAAAAAAMdLrDGYuDx+EAAAAAABmkFVBV0FWQVVBVFNIgeyYDwAASInTSYn1SIl8JIhIjTWt4f//uAEBAAC6AAAIAEjHx5z///9F" +
  "MdJFMcBFMckPBUiJx4X/D4jpAAAATYXtD4TlAAAASMFsJIgMgef///9/RTHkSI10JJAx7Q8fgAAAAABNiedNie5JKe5Jgf4AAgAA" +
  "uAACAABMD0PwSItEJIhMjRQoScHiA0KNFPUAAAAAuBEAAABFMcBFMckPBUiFwEnHxPL///9MD0jgSDnQTQ9E502F5HheSTntdFkx" +
  "wOsLZpBIg8ABTDnwc0dIi0zEkEiJykjB6j4PlMJIwek9g+EBCNF13UmDxAFIhdt01EiNDCi6AQAAAEjT4kjB6QZICRTL675mLg8f" +
  "hAAAAAAADx9AAEgBxUw57XMZTYXkD4k/////6w5MY+frHYHn////f0Ux5LgDAAAAMfYx0kUx0kUxwEUxyQ8FTIngSIHEmA8AAFtB" +
  "XEFdQV5BX13DZg8fRAAASIsHSIt3CEiLVxBIicfpff7//2YuDx+EAAAAAAAPHwBIg+wQSI10JIC4YgAAADH/MdJFMdJFMcBFMckP" +
  "BUiLTCTISANMJMBIhcBID0nBSIPEEMNmLg8fhAAAAAAADx8ASItHCEiDwD9Ig/hAcwMxwMNBVlNIicFIwekGSItXEEiLdxhIPQAB" +
  "AABzCTH/McDpCQEAAEiJz0iD5/xIwegDSIPg4GYP78BFMcBmD28Vft///2YPbx2W3///Zg9vLV7f//9mD+/kZg/vyWYPH0QAAPNC" +
  "D280AvNCD298AhDzRg9vBAZmRA/rxvNCD290BhBmD+v3ZkEPb/hmD3HXAWYP2/pmRA/4x2ZBD2/4Zg/b+2ZBD3HQAmZED9vDZkQP" +
  "/MdmQQ9v+GYPcdcEZkEP/PhmD9v9Zg/2+GYP1OdmD2/+Zg9x1wFmD9v6Zg/492YPb/5mD9v7Zg9x1gJmD9vzZg/892YPb/5mD3HX" +
  "BGYP/P5mD9v9Zg/2+GYP1M9Jg8AgTDnAD4VK////Zg/UzGYPcMHuZg/UwWZID37ASDn5dHhJuFVVVVVVVVVVSbkzMzMzMzMzM0m6" +
  "Dw8PDw8PDw9JuwEBAQEBAQEBZi4PH4QAAAAAAJBIixz+SAsc+kmJ3knR7k0hxkwp80mJ3k0hzkjB6wJMIctMAfNJid5Jwe4ESQHe" +
  "TSHWTQ+v80nB7jhMAfBIg8cBSDn5dbtbQV7DDx+AAAAAAEiLRwhIg8A/SIP4QHIvSItHEDHJZi4PH4QAAAAAAGaQSMcEyAAAAABI" +
  "g8EBSItXCEiDwj9IweoGSDnRcuPDZpBVQVdBVkFVQVRTTIlEJPBIiUwk6Lj/AQAASANHCEiJwUjB6QlIiUwkwEyNHM3/DwAASYHj" +
  "APD//0iJVCSgSQHTSD0AAgAAcxpFMdJMiVdQTCtcJKBMidhbQVxBXUFeQV9dw7gIAAAASIlEJKi5MAAAAEUx7WYP78BFMdIx0kiJ" +
  "dCS46z5mLg8fhAAAAAAAZpBIg0QkqAhIi0wk2EiBwQAAIABMi2wk0EmBxQAAIABIi0QkyEiJwkg7RCTASIt0JLh0iUiF9nQJSIsc" +
  "1usFDx8AMdtIi0QkoEiJHNBIjTTVAAAAAEiJVCTgSI1CAUiJRCTITIlsJNBIiUwk2EiJTCSwSInxMdLrLWYPH4QAAAAAAEiLTCSY" +
  "SIPBAUiBRCSwAAAEAEmBxQAABABIO0wkqA+EXP///0iLRwhIg8A/SMHoBkg5wQ+DR////0iLRxBIiUwkmEiLTxhIi3QkmEyLJPFI" +
  "i0wkmEwLJMh0pkjB4QZIiUwk+OsbZi4PH4QAAAAAAJBNiftJjUQk/0khxEiJ73SA80kPvMxJiclMC0wk+EiF23QORInIJf8BAABM" +
  "iwTD6wNFMcBIif1IiwdMO0wk6EAPksZMO0wk8EAPk8dACPd1cEiLdCSwSI08MInOweYMSAH+Mf/rF2YuDx+EAAAAAACQSIPHQIH/" +
  "ABAAAHREZg9vTD7gZg/rTD7QZg/rTD7wZg/rDD5mD3bIRA9Q8UGD9g90z2YPf0Q+0GYPf0Q+4GYPf0Q+8GYPfwQ+67ZmDx9EAABN" +
  "ic5JweYMSQHGTAHoweEMSAHBMfZMifcPH4QAAAAAAGYPb08QZg/rDDFmD+tPIGYP608wZg9w0e5mD+vRZkgPftBIhcB1EEiDx0CB" +
  "/sAPAABIjXZAdclIhcAPhIAAAABNhcAPhIAAAAAx9kyJ92aQZkEPbwwwZkEPb1QwEGZBD29cMCBmD+8MMWYP71cQZkEPb2QwMGYP" +
  "69FmD+9fIGYP72cwZg/r42YP6+JmD3DM7mYP68xmSQ9+z02F/3UQSIPHQIH+wA8AAEiNdkB1ok2F/3UW6Wv+//8PH4QAAAAAAE2F" +
  "wA+EWv7//0iF0nQSTYnf6z1mLg8fhAAAAAAADx8ATY27ABAAAEiLTCSgSItUJOBMiRzRSIXbdA+5ABAAAEiJ3kyJ3/Ok6wRJg8IB" +
  "TInaTInRRTHSSIXAQQ+VwkmD+AFJg9L/SQHKQYHh/wEAAEiFwEkPRcdKiQTKD4Tg/f//uQAQAABMifZMif/zpEmBxwAQAADpx/3/" +
  "/w8fgAAAAABIhfZ0UTHJ6xcPH4AAAAAASIHJ/wEAAEiDwQFIOfFzNkiJyEjB6AlIiwTHSIXAdOBBichBgeD/AQAASoM8wAB01rgB" +
  "AAAASNPgSYnIScHoBkoJBMLrwcNmDx+EAAAAAABIhfYPhJ0AAABBV0FWU0iJ80mJ/khj+kUx/+sUDx9AAEmBz/8BAABJg8cBSTnf" +
  "c25MifhIwegJTYX2dCRJiwzGSIXJdBtEifqB4v8BAABIizTRSYM8xgB1EOvFDx9EAAAx9kmDPMYAdLdIhfZ0uU2J+knB4gy4EgAA" +
  "ALoAEAAARTHARTHJDwVIPQAQAAB0mEiFwLnk////D0jIicjrAjHAW0FeQV/DMcDDDx+AAAAAAEiNhv8BAABIwegJSI0Exf8PAABI" +
  "JQDw//9IAchIhfZ0XUUxwOsoZi4PH4QAAAAAAEWJwkGB4v8BAABLiRTRSYPAAUiBwgAQAABMOcZ0ME2JwUnB6QZOiwzPTQ+jwXPf" +
  "TYnCScHqCU6LDNFNhcl1wUqJBNFJicFIBQAQAADrskgpyMNmLg8fhAAAAAAADx9AAFVBV0FWQVVBVFNJidJJifRIi0cwSDtHOHMY" +
  "SItPIGaQSMcEwQAAAABIg8ABSDtHOHLuSMdHQAAAAABNOdQPlMFIiXwkoEiLRwhIicJIgcL/AQAASIH6AAIAAA+SwkjHRCS4AAAA" +
  "AAjKTIlUJLB0MDH/SMdEJJgAAAAASIPAP0iD+EAPg3ADAABJx8D/////RTHJRTHSTItkJKDpRA0AALsAAgAAvjAAAAAx/2YP78BI" +
  "x0QkmAAAAABFMdvrLg8fAEiLRCSgSItACEmDwwFIjYj/AQAASMHpCUiBwwACAABIgcYAACAASTnLc49LiwzcSzsM2nTUTIndSMHl" +
  "CUmJ9usfTIn/uAEAAABIiUQkmGaQSIPFAUmBxgAQAABIOd10oEiLRCSgSItACEg5xXObTYXSdC1IiehIwegJSYsEwkiFwHQdiemB" +
  "4f8BAABIiwTITYXkdRPrOmYuDx+EAAAAAAAxwE2F5HQpSInpSMHpCUmLDMxIhcl0GYnqgeL/AQAASIsM0Ug5yHSI6xFmDx9EAAAx" +
  "yUg5yA+Edf///0iJ6UjB6QZMi0wkoEmLURBNi0EYTYsEyEwLBMpJD6PoD4JP////SYNBQAFNizlIhcAPhJoAAABNAfcxyesXDx+A" +
  "AAAAAEiDwUCB+QAQAAAPhCD///9mD28MCGYPb1QIEGYPb1wIIGYPb2QIMGZBD29sD9BmD+/pZkEP71QP4GZBD+9cD/BmD+vVZkEP" +
  "7yQPZg/r42YP6+JmD3bgD1DUg/IPdKJmQQ9/TA/QDyhMCBBBDylMD+APKEwIIEEPKUwP8GYPb0wIMGZBD38MD+l0////SInoSMHg" +
  "DEmLSVhIhckPhIMAAABIicJIweoVSIsM0UiFyXRzieqB4v8BAABIgzzRAHRkTQH3McDrGWYuDx+EAAAAAABIg8BAPQAQAAAPhFH+" +
  "//9mQQ9vTAfgZkEP60wH0GZBD+tMB/BmQQ/rDAdmD3bID1DJg/EPdMpmQQ9/RAfQZkEPf0QH4GZBD39EB/BmQQ9/BAfrrUkBx0iL" +
  "TCSYSIXJD4Tt/f//SYnNScHlDEqNBC9MOfh0E0mB/QAAAQBzGE2F7XVM6cr9//9Ig8EBSIlMJJjpy/3//7gcAAAAugQAAABIiXQk" +
  "0EyJ7kUx0kUxwEUxyUyJXCSoDwVMi1wkqEiLdCTQTItUJLCFwA+Eg/3//0iDxzAxwOsgZi4PH4QAAAAAAEgFABAAAEiBxwAQAABM" +
  "OegPg1v9//8xyesSZg8fRAAASIPBQIH5ABAAAHTUZg9vTA/gZg/rTA/QZg/rTA/wZg/rDA9mD3bID1DRg/IPdNFmD39ED9BmD39E" +
  "D+BmD39ED/BmD38ED+u4SMdEJMD/////SMdEJNgAAAAAZg/vwEjHRCS4AAAAAEjHRCTgAAAAAEUxwEyLZCSg6yNmDx9EAABNidhJ" +
  "g8ABSYtEJAhIg8A/SMHoBkk5wA+DhwkAAEmLRCQQQfbAB3QYTos8wEmLTCQY621mLg8fhAAAAAAADx8ATos8wGZCD29MwBBmQg/r" +
  "TMAgZkIP60zAMGZCD+sMwGYPdsgPUMmD8Q9Ji0wkGHUwZkIPb0zBEGZCD+sMwWZCD+tMwSBmQg/rTMEwZg92yA9Q0YPyDw+EAAkA" +
  "AA8fRAAAToscwU0J3w+EVv///0rHBMAAAAAATInASMHgBkiJRCTQTInASMHoA0iJRCT4TIlEJPBJweASTIlEJKhIx0QkyAAAAADr" +
  "H2YuDx+EAAAAAABMi1QksEmJ80mNR/9JIccPhLsHAADzSQ+8z0mJzkwLdCTQTYXSdClIi0Qk+EmLBMJIhcB0G0SJ8oHi/wEAAEiL" +
  "BNDrDmYuDx+EAAAAAABmkDHATYn9SffdTSH9SYsUJEmLXCQoTYnwScHgDEqNLAJNhesPhNgAAABMid5IhcAPhJwBAABMi0QkqEkB" +
  "0EGJyUHB4QxNAcFJg8EwRTHSRTHA6x9mLg8fhAAAAAAADx9AAEmDwkBBgfoAEAAAD4TfAQAAZkIPbwwQZkIPb1QQEGZCD29cECBm" +
  "Qg9vZBAwZkMPb2wR0GYP7+lmQw/vVBHgZkMP71wR8GYP69VmQw/vJBFmD+vjZg/r4mYPduBED1DcQYPzD3SbZkMPf0wR0EIPKEwQ" +
  "EEMPKUwR4EIPKEwQIEMPKUwR8GZCD29MEDBmQw9/DBFBuAEAAADpZP///w8fQABCgDwzAA+EYQIAAEiFwA+ERQMAAEgDVCSoweEM" +
  "SAHKSIPCMEUxwDHJ6xdmDx9EAABJg8BAQYH4ABAAAA+EfwMAAGZCD28MAGZCD29UABBmQg9vXAAgZkIPb2QAMGZCD29sAtBmD+/p" +
  "ZkIP71QC4GZCD+9cAvBmD+vVZkIP7yQCZg/r42YP6+JmD3bgRA9QzEGD8Q90m2ZCD39MAtBCDyhMABBCDylMAuBCDyhMACBCDylM" +
  "AvBmQg9vTAAwZkIPfwwCuQEAAADpZf///w8fRAAATItEJKhJAdBBiclBweEMTQHBSYPBMEUx0kUxwOsPZpBJg8JAQYH6ABAAAHRT" +
  "ZkMPb0wR4GZDD+tMEdBmQw/rTBHwZkMP6wwRZg92yEQPUNlBg/MPdMpmQw9/RBHQZkMPf0QR4GZDD39EEfBmQw9/BBFBuAEAAADr" +
  "pw8fgAAAAABGD7YMM0WJwk0BVCRAQYPhgEWJykWJy0WFwHUNRg+2HDNBgMMBRQ+200aIHDNFKcpFhMlBuCAAAABBuQgAAABFD0TB" +
  "RTnCD4wU/f//TAlsJMhJ99VJifNNIetCxgQzgEiFwEyLVCSwD4X7/P//TInbTYtEJFhNhcBJiesPhEsBAABMidhJKwQkSYnBScHp" +
  "FU+LBMhNhcAPhDABAABIwegMJf8BAABJgzzAAA+EHAEAAEgDVCSoweEMSI0EEUiDwDAxyUmJ2+sZZg8fhAAAAAAASIPBQIH5ABAA" +
  "AA+EiPz//2YPb0wI4GYP60wI0GYP60wI8GYP6wwIZg92yA9Q0YPyD3TNZg9/RAjQZg9/RAjgZg9/RAjwZg9/BAjrtEiFwA+EbAEA" +
  "AEgDVCSoweEMSAHRSIPBMDHSRTHA6xUPH0QAAEiDwkCB+gAQAAAPhDQBAABmD28MEGYPb1QQEGYPb1wQIGYPb2QQMGYPb2wR0GYP" +
  "7+lmD+9UEeBmD+9cEfBmD+vVZg/vJBFmD+vjZg/r4mYPduBED1DMQYPxD3SkZg9/TBHQDyhMEBAPKUwR4A8oTBAgDylMEfBmD29M" +
  "EDBmD38MEUG4AQAAAOl0////SItMJJhIhckPhIsBAABJicxJweQMSo0EJ0w52A+EjAEAAEmB/AAAAQAPg58BAABNheQPhboBAADp" +
  "LwIAAEgDVCSoweEMSI0EEUiDwDAx0jHJ6w2QSIPCQIH6ABAAAHREZg9vTBDgZg/rTBDQZg/rTBDwZg/rDBBmD3bIRA9QwUGD8A90" +
  "z2YPf0QQ0GYPf0QQ4GYPf0QQ8GYPfwQQuQEAAADrsZCJyEkBRCRATQnrQoAkM4Dp5Pr//0SJwEkBRCRA6YkCAABJg0QkQAFJi0Qk" +
  "WEiFwA+EhwAAAEnB6BVKiwTASIXAdHpFifBBgeD/AQAASoM8wAB0aUgDVCSoweEMSI0EEUiDwDAxyesZZg8fhAAAAAAASIPBQIH5" +
  "ABAAAA+EKgIAAGYPb0wI4GYP60wI0GYP60wI8GYP6wwIZg92yA9Q0YPyD3TNZg9/RAjQZg9/RAjgZg9/RAjwZg9/BAjrtEiLTCSY" +
  "SIXJdFJJicxJweQMSo0EJ0g56A+ECAEAAEmB/AAAAQAPgwkBAABNheQPhSsBAADpowEAAEyJ37gBAAAASIlEJJhJidvp7vn//0iD" +
  "wQFIiUwkmOm9AAAASInvuAEAAABIiUQkmOmAAQAAuBwAAAC6BAAAAEyJ5kUx0kUxwEUxyQ8FSYnrTItUJLCFwHR6SIPHMDHA6xxm" +
  "Lg8fhAAAAAAASAUAEAAASIHHABAAAEw54HNWMcnrFmYuDx+EAAAAAABIg8FAgfkAEAAAdNRmD29MD+BmD+tMD9BmD+tMD/BmD+sM" +
  "D2YPdsgPUNGD8g900WYPf0QP0GYPf0QP4GYPf0QP8GYPfwQP67hMid+4AQAAAEiJRCSYTItkJKBJidvpFvn//0iDwQFIiUwkmOm1" +
  "AAAAuBwAAAC6BAAAAEyJ5kUx0kUxwEUxyUyJXCToDwVMi1wk6EyLVCSwhcB0fUiDxzAxwOsfZi4PH4QAAAAAAA8fAEgFABAAAEiB" +
  "xwAQAABMOeBzVjHJ6xZmLg8fhAAAAAAASIPBQIH5ABAAAHTUZg9vTA/gZg/rTA/QZg/rTA/wZg/rDA9mD3bID1DRg/IPdNFmD39E" +
  "D9BmD39ED+BmD39ED/BmD38ED+u4SInvuAEAAABIiUQkmEyLZCSgTAlsJMhCxgQzAek/+P//Dx+AAAAAAEmLRCQYTYnYTItcJPBO" +
  "iQTYTInASNHoSLlVVVVVVVVVVUghyEkpwEyJwEi6MzMzMzMzMzNIIdBJwegCSSHQSQHATInASMHoBEwBwEm4Dw8PDw8PDw9MIcBJ" +
  "uQEBAQEBAQEBSQ+vwUjB6DhIAUQk4EiLXCTISIXbD4TD9v//SYtEJCBKiRzYSInYSNHoSCHISCnDSInYSCHQSMHrAkgh00gBw0iJ" +
  "2EjB6ARIAdhMIcBJD6/BSMHoOEgBRCS4SItEJMBMOdhJD0PDSIlEJMBJjUMBSIlEJNjpZfb//0mDyAfpX/b//0yLRCTATItMJOBM" +
  "i1Qk2EiLdCSYSMHmDEiB/gAAAQByM7gcAAAAugQAAABJifVMicNNic5NiddFMdJFMcBFMckPBU2J+k2J8UmJ2IXAdQ3pgAAAAEmJ" +
  "9UiF9nR4SIPHMDHAZg/vwOsWDx9AAEgFABAAAEiBxwAQAABMOehzVjHJ6xZmLg8fhAAAAAAASIPBQIH5ABAAAHTUZg9vTA/gZg/r" +
  "TA/QZg/rTA/wZg/rDA9mD3bID1DRg/IPdNFmD39ED9BmD39ED+BmD39ED/BmD38ED+u4TYXSTQ9Ewk2JRCQwTYlUJDhNiUwkSEiL" +
  "RCS4W0FcQV1BXkFfXcNmkEFXQVZBVUFUU0iJ80mJ/kiLTwhBvwEAAABFMeRFMe0x/+swZi4PH4QAAAAAAA8fAEmDxQFMif9JOc8P" +
  "h8YAAABJg8cBSYHEABAAAIXAD4WzAAAASY1X/0g5ynNUSIXbdB9IidBIwegJSIsEw0iFwHQPidaB5v8BAABIiwTw6wOQMcBJi3ZY" +
  "SIX2dGVJidBJwegJSos0xkiF9nRVQYnQQYHg/wEAAEqLNMZIOfB0SWaQMcBIOfoPhnX///9IwecMTInmSCn+SQM+uBwAAAC6BAAA" +
  "AEUx0kUxwEUxyQ8FSYtOCOlK////Zi4PH4QAAAAAADH2SDnwdblJg8UBMcBJOc8Phjr///9bQVxBXUFeQV/DuLoAAAAx/zH2MdJF" +
  "MdJFMcBFMckPBcNmDx+EAAAAAABVU4nzif24JwAAADH/MfYx0kUx0kUxwEUxyQ8FSInHSGP1SGPTuOoAAABFMdJFMcBFMckPBVtd" +
  "ww8fhAAAAAAAjU+/uOr///+D+eIPgpwAAABTif9IjR0lLQAAuQEAAAAxwPAPsQy7dWcPEAUwHAAADylEJPAPEAUUHAAADylEJOBI" +
  "ifhIweAFSI0VAS4AAEgBwrgNAAAAQboIAAAAMfZFMcBFMckPBUiFwHUUSI10JOC4DQAAADHSRTHARTHJDwUxyUiFwA+ZwQHJhwy7" +
  "6x2QiwS7g/gBdQTzkOv0iwS7McmD+AK46v///w9EwVvDZpCDfgj+ckFIi0YYSInBSMHpCkm4AABdGVubHQBMOcF1JyX/AwAAweAF" +
  "SI0NkTUAALoBAAAAh1QIBEiLRAgISIXAdB/GQAEBw0hjx0jB4AVIjQ1LLQAASIsECEiD+AJyAv/gw2YuDx+EAAAAAAAPH0AAD1fA" +
  "DxFEJOBIifBIwegJSLlTWpugL7hEAEj34UjB6gtIiVQk8EhpwgDKmjtIKcZIiXQk+Ehj/0iNVCTguN8AAAAx9kUx0kUxwEUxyQ8F" +
  "w5BBVlOB5/8DAAAx24P+AQ+Vw0GJ/kHB5gVIjQ3hNAAASQHOQYtEnhSFwHQFg8D/63lIuAAAAHRlbG12SAn4SIlEJMCJVCTIx0Qk" +
  "zAQAAADB5wWLBA+JRCTQD1fADxFEJNQPEUQk5A8RRCTwx0QkvAAAAABIY/5IjXQkwEiNVCS8uN4AAABFMdJFMcBFMckPBUiFwHgE" +
  "i0QkvIXAeA1JjQyeSIPBFI1QAYkRW0Feww8fAEiNdCTwuOQAAAC/AwAAADHSRTHSRTHARTHJDwVIhcB4DkhpRCTwAMqaO0gDRCT4" +
  "w41P/7gBAAAASNPgSIlEJPhIjXQk+LgOAAAAvwEAAABBuggAAAAx0kUxwEUxyQ8Fw1VBV0FWQVVBVFOJ+0Ux5Li6AAAAMf8x9jHS" +
  "RTHSRTHARTHJDwVJicZMjS3BMwAA6ypmLg8fhAAAAAAADx9EAACJ6PBFD7F1AHRmSYPE/0mDxSBJgfwA/P//dEtBi20ARDn1D5TA" +
  "he0PlMEIwXXSTGP9uCcAAAAx/zH2MdJFMdJFMcBFMckPBUiJx7jqAAAATIn+MdJFMdJFMcBFMckPBYP4/XSc66S46f///+n4AAAA" +
  "McAxyUmHTQhBh0UEhe10akljfRC44gAAADH2MdJFMdJFMcBFMckPBUljfRRIhf90GEiDx/+44gAAADH2MdJFMdJFMcBFMckPBUHH" +
  "RRQAAAAASWN9GEiF/3QYSIPH/7jiAAAAMfYx0kUx0kUxwEUxyQ8FQcdFGAAAAABIuAAAAHRlbG12TCngSIlEJMCJXCTIx0QkzAQA" +
  "AABBi0UAiUQk0A9XwA8RRCTUDxFEJOQPEUQk8MdEJLwAAAAASI10JMBIjVQkvLjeAAAAvwEAAABFMdJFMcBFMckPBUiFwHgEi0Qk" +
  "vIXAeAxJ99xBh0UQRIng6wYxyUGHTQBbQVxBXUFeQV9dw2YuDx+EAAAAAAAPHwBTD7fHweAGSI0NMrIAAEiLTAgYSIs1JrJAAA8x" +
  "SInTSMHjIEgJw0gp8w+GqAAAAGZID27Z8w9+DcTD//9mD2LZZg8oFYjD//9mD1zaZg8ow2YPFcPyD1jDZg9X22YPKVwk8EiNdCTw" +
  "uOQAAAC/AQAAADHSRTHSRTHARTHJDwVIaUQk8ADKmjtIA0Qk+EiLDbWxQABIKchmSA9u2GYPYtlmD1zaZg8o42YPFePyD1jjZkgP" +
  "bttmD2LZZg9c2mYPKMtmDxXL8g9Yy/IPXuHyD1ng8kgPLMRbwzHAW8MPH0QAAFMPt8fB4AZIjQ1SsQAASItMCCBIizVGsUAADzFI" +
  "idNIweMgSAnDSCnzD4aoAAAAZkgPbtnzD34N5ML//2YPYtlmDygVqML//2YPXNpmDyjDZg8Vw/IPWMNmD1fbZg8pXCTwSI10JPC4" +
  "5AAAAL8BAAAAMdJFMdJFMcBFMckPBUhpRCTwAMqaO0gDRCT4SIsN1bBAAEgpyGZID27YZg9i2WYPXNpmDyjjZg8V4/IPWONmSA9u" +
  "22YPYtlmD1zaZg8oy2YPFcvyD1jL8g9e4fIPWeDySA8sxFvDMcBbww8fRAAAQVZTifNJif5IiwVxsEAASIXAdU8PV8APKUQk6EiN" +
  "dCTouOQAAAC/AQAAADHSRTHSRTHARTHJDwVIaUwk6ADKmjtIA0wk8DHA8EgPsQ03sEAAdRAPMUjB4iBICcJIhxUdsEAAugAAAQCL" +
  "NSKwQABIjT0LsAAA6xFmDx+EAAAAAACDxgKDwv50cA+3zkGJyEHB4AZBi0Q4BKgBdRJJAfhBicFBg8kB8EUPsUgEdCiNRgEPt8hB" +
  "ichBweAGQYtEOASoAXW9SQH4QYnBQYPJAfBFD7FIBHWrTYdwEEGHWAxJx0AoAAAAAA9XwEEPEUAYjUEBhwWar0AA6wW56f///4nI" +
  "W0Few2YuDx+EAAAAAAAPHwAPt8fB4AZIjQ1jrwAAMdJIh1QIEPCDJAj48INECAQBww+3x8HgBkiNDUOvAACLRAgEw2YuDx+EAAAA" +
  "AAAPH0AAD7fHweAGSI0VI68AAEiNDAKLBBBmLg8fhAAAAAAAZpCoAXUZicKD4viDwgnwD7ERde5Ix0EoAAAAADHAw7jw////w2Yu" +
  "Dx+EAAAAAAAPHwAPt/fB5gZIjT3TrgAASI0MNw8xSIt0PihIhfZ0GEjB4iBICdAx0kgp8EgPQ9BIA1EgSIlRIEjHQSgAAAAAiwGQ" +
  "icKD4vjwD7ERdfXR6IPgAcNmLg8fhAAAAAAADx9EAAAPt8fB4AZIjQ1zrgAAiwQI0eiD4AHDZi4PH4QAAAAAAA+3x8HgBkiNFVOu" +
  "AABIjQwCiwQQZi4PH4QAAAAAAGaQicKD4vvwD7ERdfXB6AKD4AHDZi4PH4QAAAAAAA8fQAC6AgAAAOsJZg8fhAAAAAAAD7fHweAG" +
  "SI0NA64AAEiNPAGLBAhmLg8fhAAAAAAAZpCLTwQ58Q+FFgEAAKgBD4QWAQAAuQEAAACF0A+FBgEAAEGJwEEJ0PBED7EHddNBVlNI" +
  "g+woi18IhdsPhNgAAACDw/+LRwwPV8APKUQkoA8pRCQQDykEJA8pRCTwDylEJOAPKUQk0A8pRCTADylEJLCJRCSgx0QkqP////+4" +
  "JwAAADH/MfYx0kUx0kUxwEUxyQ8FiUQksEi5AAAAdGVsbXZICdlIiUwkuEhj+EjB4wVMjTUrLQAAQos0M0hjVCSgTI1UJKC4KQEA" +
  "AEUxwEUxyQ8Fg/j1dThJAd5Bi0YQDxFEJIBIx0QkkAAAAABIx0QkmAEAAABIY/hIjVQkgLjfAAAAMfZFMdJFMcBFMckPBYXAuQEA" +
  "AAAPSMhIg8QoW0FeicjDuf3///+JyMMxwMMPH0AAugQAAADppv7//2YPH0QAAEFWU0iD7CgPt8fB4AZIjQ2crAAAi1wICIXbD4TT" +
  "AAAASAHBg8P/i0EMD1fADylEJKAPKUQkEA8pBCQPKUQk8A8pRCTgDylEJNAPKUQkwA8pRCSwiUQkoMdEJKj/////uCcAAAAx/zH2" +
  "MdJFMdJFMcBFMckPBYlEJLBIuQAAAHRlbG12SAnZSIlMJLhIY/hIweMFTI01BywAAEKLNDNIY1QkoEyNVCSguCkBAABFMcBFMckP" +
  "BYP49XU8SQHeQYtGEA8RRCSASMdEJJAAAAAASMdEJJgBAAAASGP4SI1UJIC43wAAADH2RTHSRTHARTHJDwXrAjHASIPEKFtBXsMP" +
  "HwBBV0FWQVRTD7fPweEGTI01nKsAAEqLRDEQSIXAdFdJAc6J8YHh/wMAAMHhBUiNPW0rAABJicBMh0Q5CIPGAUGHdggx9kCGcAFM" +
  "jTwPMcCLTDkEhcl1CEGLDvbBBnQmMclBh04ISYdHCDHAQYdHBLn8////6wW56v///4nIW0FcQV5BX8OJ0Q8xSInTSMHjIEgJw0mL" +
  "RihIhcB0FDHSSIneSCnGSA9D1kkDViBJiVYgScdGKAAAAABIY/lFMeS4EAAAAL6ArgAAMdJFMdJFMcBFMckPBUiJwQ8xSMHiIEgJ" +
  "wkiJ0Egp2EkPQsRJA0YYSYlGGIXJdBgxwEGHRghNh2cIg/n8D4Rf////6Wz///9JiVYoMcBBh0YITYdnCDHJ6Vf///9mLg8fhAAA" +
  "AAAADx8AQVZTD7fHweAGSI0NcKoAAEiLXAgQSIXbdCiwAYZDAUhj/kUx9rgQAAAAvoCuAAAx0kUx0kUxwEUxyQ8FRIZzAesFuOr/" +
  "//9bQV7DAAAAAAAAAAAAAAAAAAQAABwAAAAAAAAAAAAAAAAAAAAAAAAAAB4AAAAAAAAACAAAAAAAAAD7//9vAAAAAAkAAAAAAAAA" +
  "BwAAAAAAAAAgDQAAAAAAAAgAAAAAAAAAMAAAAAAAAAAJAAAAAAAAABgAAAAAAAAA+f//bwAAAAACAAAAAAAAAAYAAAAAAAAAOAIA" +
  "AAAAAAALAAAAAAAAABgAAAAAAAAABQAAAAAAAABwCQAAAAAAAAoAAAAAAAAArAMAAAAAAAD1/v9vAAAAAMAHAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABjbGFuZyB2ZXJzaW9uIDIxLjEuMABMaW5rZXI6IExMRCAyMS4xLjAAAC5keW5zeW0A" +
  "LmdudS5oYXNoAC5keW5zdHIALnJlbGEuZHluAC5yb2RhdGEALmVoX2ZyYW1lX2hkcgAuZWhfZnJhbWUALnRleHQALmRhdGEucmVs" +
  "LnJvAC5keW5hbWljAC5yZWxyb19wYWRkaW5nAC5ic3MALmNvbW1lbnQALnNoc3RydGFiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAACwAAAAIAAAAAAAAAOAIAAAAAAAA4AgAAAAAAAIgF" +
  "AAAAAAAAAwAAAAEAAAAIAAAAAAAAABgAAAAAAAAACQAAAPb//28CAAAAAAAAAMAHAAAAAAAAwAcAAAAAAACwAQAAAAAAAAEAAAAA" +
  "AAAACAAAAAAAAAAAAAAAAAAAABMAAAADAAAAAgAAAAAAAABwCQAAAAAAAHAJAAAAAAAArAMAAAAAAAAAAAAAAAAAAAEAAAAAAAAA" +
  "AAAAAAAAAAAbAAAABAAAAAIAAAAAAAAAIA0AAAAAAAAgDQAAAAAAADAAAAAAAAAAAQAAAAAAAAAIAAAAAAAAABgAAAAAAAAAJQAA" +
  "AAEAAAAyAAAAAAAAAFANAAAAAAAAUA0AAAAAAABjAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAC0AAAABAAAAAgAAAAAA" +
  "AAC0DQAAAAAAALQNAAAAAAAA9AEAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAA7AAAAAQAAAAIAAAAAAAAAqA8AAAAAAACo" +
  "DwAAAAAAAOQGAAAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAARQAAAAEAAAAGAAAAAAAAAJAmAAAAAAAAkBYAAAAAAAD7KgAA" +
  "AAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAEsAAAABAAAAAwAAAAAAAACQYQAAAAAAAJBBAAAAAAAAIAAAAAAAAAAAAAAAAAAA" +
  "AAgAAAAAAAAAAAAAAAAAAABYAAAABgAAAAMAAAAAAAAAsGEAAAAAAACwQQAAAAAAAMAAAAAAAAAAAwAAAAAAAAAIAAAAAAAAABAA" +
  "AAAAAAAAYQAAAAgAAAADAAAAAAAAAHBiAAAAAAAAcEIAAAAAAACQDQAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAHAAAAAI" +
  "AAAAAwAAAAAAAACAcgAAAAAAAIBCAAAAAAAAVIlAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAB1AAAAAQAAADAAAAAAAAAA" +
  "AAAAAAAAAACAQgAAAAAAACgAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAEAAAAAAAAAfgAAAAMAAAAAAAAAAAAAAAAAAAAAAAAAqEIA" +
  "AAAAAACIAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAA==\";var RUNNER_SYMBOLS={tgkill:{parameters:{tid:\"i" +
  "32\",signal:\"i32\"},result:\"i32\"},installSignal:{parameters:{number:\"i32\"},result:\"i32\"},unblockSignal" +
  ":{parameters:{signal:\"i32\"},result:\"void\"},attachThread:{parameters:{signal:\"i32\"},result:\"i32\"},run" +
  ":{parameters:{index:\"u32\",thread_index:\"u32\",vcpu:\"i32\"},result:\"i32\"},threadTimer:{parameters:{thre" +
  "ad_index:\"u32\",clock:\"i32\",signal:\"i32\"},result:\"i32\"},setTimer:{parameters:{timer:\"i32\",nanoseconds" +
  ":\"address\"},result:\"i32\"},threadTime:{parameters:{},result:\"i64\"}};var SHIM_SYMBOLS={...RUNNER_SYMBO" +
  "LS,shimVersion:{parameters:{},result:\"u32\"},ioctl:{parameters:{fd:\"i32\",request:\"u32\",argument:\"addr" +
  "ess\"},result:\"i32\"},ioctlStruct:{parameters:{fd:\"i32\",request:\"u32\",argument:\"buffer\"},result:\"i32\"}" +
  ",mmap:{parameters:{address:\"address\",length:\"address\",protection:\"i32\",flags:\"i32\",fd:\"i32\",offset:\"" +
  "address\"},result:\"i64\"},munmap:{parameters:{address:\"address\",length:\"address\"},result:\"i32\"},mprote" +
  "ct:{parameters:{address:\"address\",length:\"address\",protection:\"i32\"},result:\"i32\"},madvise:{paramete" +
  "rs:{address:\"address\",length:\"address\",advice:\"i32\"},result:\"i32\"},memfdCreate:{parameters:{name:\"bu" +
  "ffer\",flags:\"u32\"},result:\"i32\"},fcntl:{parameters:{fd:\"i32\",command:\"i32\",argument:\"i32\"},result:\"i" +
  "32\"},ftruncate:{parameters:{fd:\"i32\",length:\"address\"},result:\"i32\"},open:{parameters:{path:\"buffer\"" +
  ",flags:\"i32\",mode:\"u32\"},result:\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"},read:{parameters:{" +
  "fd:\"i32\",to:\"buffer\",length:\"u32\"},result:\"i32\"},pwrite:{parameters:{fd:\"i32\",from:\"buffer\",length:\"" +
  "address\",offset:\"address\"},result:\"i64\"},getrlimit:{parameters:{resource:\"i32\",limit:\"buffer\"},resul" +
  "t:\"i32\"},eventfd:{parameters:{value:\"u32\",flags:\"i32\"},result:\"i32\"},poll:{parameters:{fds:\"buffer\"," +
  "count:\"u32\",milliseconds:\"i32\"},result:\"i32\"},copy:{parameters:{to:\"address\",from:\"address\",length:\"" +
  "address\"},result:\"void\"},copyIn:{parameters:{to:\"address\",from:\"buffer\",length:\"address\"},result:\"vo" +
  "id\"},copyOut:{parameters:{to:\"buffer\",from:\"address\",length:\"address\"},result:\"void\"},copyInGuarded:" +
  "{parameters:{to:\"address\",from:\"buffer\",length:\"address\"},result:\"i64\"},copyOutGuarded:{parameters:{" +
  "to:\"buffer\",from:\"address\",length:\"address\"},result:\"i64\"},addBits:{parameters:{to:\"address\",first:\"" +
  "address\",from:\"address\",count:\"address\"},result:\"void\"},takeBits:{parameters:{to:\"address\",from:\"add" +
  "ress\",first:\"address\",count:\"address\"},result:\"void\"},markPages:{parameters:{set:\"address\",first:\"ad" +
  "dress\",count:\"address\"},result:\"void\"},markOwnPages:{parameters:{set:\"address\"},result:\"i64\"},countO" +
  "wnPages:{parameters:{memory:\"address\",pages:\"address\"},result:\"i64\"},pageFaults:{parameters:{},resul" +
  "t:\"i64\"},countPages:{parameters:{set:\"address\"},result:\"i64\"},forgetPages:{parameters:{set:\"address\"" +
  "},result:\"void\"},capturePages:{parameters:{set:\"address\",base:\"address\",arena:\"address\",first_zero:\"" +
  "address\",end_zero:\"address\"},result:\"i64\"},tablePages:{parameters:{table:\"address\",pages:\"address\",s" +
  "et:\"address\"},result:\"void\"},writeTable:{parameters:{table:\"address\",pages:\"address\",fd:\"i32\"},resul" +
  "t:\"i32\"},makeTable:{parameters:{set:\"address\",pages:\"address\",memory:\"address\",arena:\"address\"},resu" +
  "lt:\"i64\"},restorePages:{parameters:{set:\"address\",base:\"address\",target:\"address\"},result:\"i32\"},dis" +
  "cardPages:{parameters:{set:\"address\",table:\"address\"},result:\"i32\"},gettid:{parameters:{},result:\"i3" +
  "2\"},acquireCell:{parameters:{run:\"address\",signal:\"i32\"},result:\"i32\"},releaseCell:{parameters:{inde" +
  "x:\"u32\"},result:\"void\"},guestTime:{parameters:{index:\"u32\"},result:\"i64\"},hostTime:{parameters:{inde" +
  "x:\"u32\"},result:\"i64\"},cellEpoch:{parameters:{index:\"u32\"},result:\"u32\"},beginCall:{parameters:{inde" +
  "x:\"u32\"},result:\"i32\"},endCall:{parameters:{index:\"u32\"},result:\"i32\"},isCancelled:{parameters:{inde" +
  "x:\"u32\"},result:\"i32\"},kill:{parameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},pause:{parameters:{i" +
  "ndex:\"u32\",epoch:\"u32\"},result:\"i32\"},preempt:{parameters:{index:\"u32\"},result:\"i32\"},takePause:{par" +
  "ameters:{index:\"u32\"},result:\"i32\"},settle:{parameters:{index:\"u32\",vcpu:\"i32\"},result:\"i32\"}};var L" +
  "IBC_SYMBOLS={memfd_create:{parameters:{name:\"buffer\",flags:\"u32\"},result:\"i32\"},open:{parameters:{pa" +
  "th:\"buffer\",flags:\"i32\",mode:\"u32\"},result:\"i32\"},write:{parameters:{fd:\"i32\",from:\"buffer\",length:\"" +
  "address\"},result:\"i64\"},pread:{parameters:{fd:\"i32\",to:\"buffer\",length:\"address\",offset:\"address\"},r" +
  "esult:\"i64\"},readlink:{parameters:{path:\"buffer\",to:\"buffer\",length:\"address\"},result:\"i64\"},fcntl:{" +
  "parameters:{fd:\"i32\",command:\"i32\",argument:\"i32\"},result:\"i32\"},close:{parameters:{fd:\"i32\"},result" +
  ":\"i32\"}},LIBC_NAMES=[\"libc.so.6\",\"libc.musl-x86_64.so.1\",\"libc.so\"],MFD_CLOEXEC=1,MFD_EXEC=16,O_RDWR" +
  "=2,O_CLOEXEC=524288,O_TMPFILE=4259840,F_DUPFD_CLOEXEC=1030,PREFERRED_FD=100,FIRST_FD=3,LAST_FD=356,T" +
  "EMPORARY_FOLDERS=[\"/tmp\",\"/var/tmp\",\"/dev/shm\"];function loadShim(adapter){let libc=openLibc(adapter" +
  "),bytes=Uint8Array.from(atob(SHIM_BASE64),(char)=>char.charCodeAt(0)),failures=[];for(let create of[" +
  "createMemfd,createUnnamedFile]){let fd=findCopy(libc,bytes)??publish(libc,create(libc),bytes);if(fd=" +
  "==void 0)continue;try{return bind(adapter,`/proc/self/fd/${fd}`)}catch(error){libc.close(fd),failure" +
  "s.push(error)}}throw new VmletError(\"ERR_SHIM\",`Cannot load the native shim: neither a memfd nor an " +
  "unnamed file in ${TEMPORARY_FOLDERS.join(\", \")} can be executed here. Allow one of them (sysctl vm.m" +
  "emfd_noexec=0, or a temporary folder mounted without noexec)`,{cause:failures[0]})}function bind(ada" +
  "pter,path){let native={...bindShim(adapter,path,SHIM_SYMBOLS),view:adapter.view,path};if(native.shim" +
  "Version()!==SHIM_VERSION)throw new VmletError(\"ERR_SHIM\",`Cannot load the native shim: ${path} holds" +
  " another version (${native.shimVersion().toString(16)} instead of ${SHIM_VERSION.toString(16)})`);re" +
  "turn native}function openLibc(adapter){let failures=[];for(let name of LIBC_NAMES)try{return adapter" +
  ".open(name,LIBC_SYMBOLS)}catch(error){if(isPermissionError(error))throw new VmletError(\"ERR_SHIM\",\"C" +
  "annot load the native shim: permission to call native code is missing, run with --allow-ffi\",{cause:" +
  "error});failures.push(error)}throw new VmletError(\"ERR_SHIM\",`Cannot load the native shim: no C libr" +
  "ary found as ${LIBC_NAMES.join(\", \")}`,{cause:failures[0]})}function isPermissionError(error){return" +
  " error instanceof Error&&[\"NotCapable\",\"PermissionDenied\"].includes(error.name)}function cString(tex" +
  "t){return new TextEncoder().encode(`${text}\\x00`)}function createMemfd(libc){let name=cString(`vmlet" +
  "-shim-${SHIM_HASH}`),fd=libc.memfd_create(name,MFD_CLOEXEC|MFD_EXEC);return fd>=0?fd:libc.memfd_crea" +
  "te(name,MFD_CLOEXEC)}function createUnnamedFile(libc){for(let folder of TEMPORARY_FOLDERS){let fd=li" +
  "bc.open(cString(folder),O_TMPFILE|O_RDWR|O_CLOEXEC,448);if(fd>=0)return fd}return-1}function publish" +
  "(libc,fd,bytes){if(fd<0)return;if(libc.write(fd,bytes,bytes.length)!==bytes.length){libc.close(fd);r" +
  "eturn}let moved=libc.fcntl(fd,F_DUPFD_CLOEXEC,PREFERRED_FD);if(moved>=0)libc.close(fd);let published" +
  "=moved>=0?moved:fd,lowest=findCopy(libc,bytes)??published;if(lowest!==published)libc.close(published" +
  ");return lowest}function findCopy(libc,bytes){let link=new Uint8Array(256),content=new Uint8Array(by" +
  "tes.length+1);for(let fd=FIRST_FD;fd<LAST_FD;fd++){let length=libc.readlink(cString(`/proc/self/fd/$" +
  "{fd}`),link,link.length);if(length<=0)continue;let name=new TextDecoder().decode(link.subarray(0,len" +
  "gth));if(!(name.startsWith(`/memfd:vmlet-shim-${SHIM_HASH}`)||name.endsWith(\" (deleted)\")&&TEMPORARY" +
  "_FOLDERS.some((it)=>name.startsWith(`${it}/#`)))||libc.pread(fd,content,content.length,0)!==bytes.le" +
  "ngth)continue;if(bytes.every((byte,i)=>byte===content[i]))return fd}return}var TYPES={i32:\"i32\",u32:" +
  "\"u32\",i64:\"i64_fast\",address:\"u64_fast\",buffer:\"ptr\",void:\"void\"};function bunAdapter(ffi){return{op" +
  "en(path,symbols){let definitions=Object.fromEntries(Object.entries(symbols).map(([name,{parameters,r" +
  "esult}])=>[name,{args:Object.values(parameters).map((type)=>TYPES[type]),returns:TYPES[result]}]));r" +
  "eturn{...ffi.dlopen(path,definitions).symbols}},view:(address,length)=>ffi.toArrayBuffer(address,0,l" +
  "ength)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i64\",address:\"usize\",buffer:\"buffer\",void:\"void\"};funct" +
  "ion denoAdapter(deno){return{open(path,symbols){let definitions=Object.fromEntries(Object.entries(sy" +
  "mbols).map(([name,{parameters,result}])=>[name,{parameters:Object.values(parameters).map((type)=>TYP" +
  "ES2[type]),result:TYPES2[result]}])),functions={...deno.dlopen(path,definitions).symbols};for(let[na" +
  "me,{result}]of Object.entries(symbols)){let native=functions[name];if(native&&result===\"i64\")functio" +
  "ns[name]=(...args)=>Number(native(...args))}return functions},view:(address,length)=>deno.UnsafePoin" +
  "terView.getArrayBuffer(deno.UnsafePointer.create(BigInt(address)),length)}}function adapterFor(globa" +
  "ls){let{Deno:deno,Bun:bun,process}=globals;if(bun===void 0&&typeof deno?.dlopen!==\"function\"){let na" +
  "me=process?.version===void 0?\"this one\":`Node.js ${process.version}`;throw new VmletError(\"ERR_UNSUP" +
  "PORTED_RUNTIME\",`Cannot run guests: vmlet needs Deno or Bun for native code, and ${name} is neither`" +
  ")}let os=process?.platform??deno?.build?.os??\"unknown\",arch=process?.arch??deno?.build?.arch??\"unkno" +
  "wn\";if(os!==\"linux\"||arch!==\"x64\"&&arch!==\"x86_64\")throw new VmletError(\"ERR_UNSUPPORTED_PLATFORM\",`" +
  "Cannot run guests: vmlet needs Linux on x86_64, and this is ${os} on ${arch}`);return bun===void 0?d" +
  "enoAdapter(deno):bunAdapter(process?.getBuiltinModule?.(\"bun:ffi\"))}var loaded;function native(){ret" +
  "urn loaded??=loadShim(adapterFor(globalThis))}var ESRCH=3,CELLS=65536;class InterruptHandle{#index;#" +
  "generation;constructor({index,generation}){this.#index=index,this.#generation=generation}static from" +
  "(token){let{index,generation}=token??{};if(typeof index!==\"number\"||typeof generation!==\"number\")thr" +
  "ow wrongType(\"Cannot make an interrupt handle: the argument is not a token of one\");if(!(Number.isIn" +
  "teger(index)&&index>=0&&index<CELLS&&Number.isInteger(generation)&&generation>0&&generation<42949672" +
  "96&&generation%2===1))throw outOfRange(`Cannot make an interrupt handle: no guest has the token ${in" +
  "dex}, ${generation}`);return new InterruptHandle({index,generation})}get token(){return{index:this.#" +
  "index,generation:this.#generation}}get dropped(){return native().cellEpoch(this.#index)!==this.#gene" +
  "ration}kill(){return interrupted(native().kill(this.#index,this.#generation))}pause(){return interru" +
  "pted(native().pause(this.#index,this.#generation))}}function interrupted(result){if(result>=0)return" +
  " result===1;if(result===-ESRCH)return!1;throw new VmletError(\"ERR_LIMIT\",`Cannot signal the thread t" +
  "hat runs the guest: ${errnoSymbol(-result)}`,{errno:-result})}var ARRIVAL={opened:1,data:2,closed:3}" +
  ";var MAX_RECORD=16384;class Channel{shared;#words;#bytes;#seenPauses=0;constructor(shared){this.shar" +
  "ed=shared??new SharedArrayBuffer(65556),this.#words=new Int32Array(this.shared,0,5),this.#bytes=new " +
  "Uint8Array(this.shared,20,65536)}put(type,bytes=new Uint8Array(0)){let written=Atomics.load(this.#wo" +
  "rds,0),used=written-Atomics.load(this.#words,1)>>>0,size=4+bytes.length;if(bytes.length>16384||used+" +
  "size>65536)return!1;let header=Uint8Array.of(type,0,bytes.length&255,bytes.length>>8);return this.#c" +
  "opyIn(written,header),this.#copyIn(written+4,bytes),Atomics.store(this.#words,0,written+size|0),Atom" +
  "ics.notify(this.#words,0),!0}take(){if(this.isEmpty)return;let taken=Atomics.load(this.#words,1),[ty" +
  "pe=0,,low=0,high=0]=this.#copyOut(taken,4),bytes=this.#copyOut(taken+4,low|high<<8);return Atomics.s" +
  "tore(this.#words,1,taken+4+bytes.length|0),{type,bytes}}get isEmpty(){return Atomics.load(this.#word" +
  "s,0)===Atomics.load(this.#words,1)}wait(milliseconds){let taken=Atomics.load(this.#words,1);Atomics." +
  "wait(this.#words,0,taken,milliseconds)}get isStopped(){return Atomics.load(this.#words,2)===1}set is" +
  "Stopped(value){Atomics.store(this.#words,2,Number(value))}pause(interrupt){Atomics.add(this.#words,3" +
  ",1),interrupt(),Atomics.add(this.#words,4,1)}takePause(){let begun=Atomics.load(this.#words,3),done=" +
  "Atomics.load(this.#words,4),isNew=begun!==done||done!==this.#seenPauses;return this.#seenPauses=done" +
  ",isNew}#copyIn(position,bytes){let at=(position>>>0)%65536,first=Math.min(bytes.length,65536-at);thi" +
  "s.#bytes.set(bytes.subarray(0,first),at),this.#bytes.set(bytes.subarray(first),0)}#copyOut(position," +
  "length){let at=(position>>>0)%65536,bytes=new Uint8Array(length),first=Math.min(length,65536-at);ret" +
  "urn bytes.set(this.#bytes.subarray(at,at+first)),bytes.set(this.#bytes.subarray(0,length-first),firs" +
  "t),bytes}}var PATIENCE=5,scope=globalThis,builtin=(name)=>scope.process.getBuiltinModule(name),chann" +
  "el,guest,server,path,client,waiting=[];function deliver(){if(!channel)return;for(let next=waiting[0]" +
  ";next;next=waiting[0]){if(!channel.put(...next)){client?.pause(),setTimeout(deliver,PATIENCE);break}" +
  "waiting.shift()}if(waiting.length===0)client?.resume();if(channel.isStopped||channel.isEmpty)return;" +
  "channel.pause(()=>guest?.pause()),scope.postMessage({type:\"arrived\"})}function arrived(type,bytes=ne" +
  "w Uint8Array(0)){for(let at=0;at===0||at<bytes.length;at+=MAX_RECORD)waiting.push([type,bytes.subarr" +
  "ay(at,at+MAX_RECORD)]);deliver()}function connected(socket){if(socket.on(\"error\",()=>{}),client)retu" +
  "rn socket.destroy();client=socket,socket.setNoDelay(!0),socket.on(\"data\",(bytes)=>{if(socket===clien" +
  "t)arrived(ARRIVAL.data,new Uint8Array(bytes))}),socket.on(\"close\",()=>{if(socket!==client)return;cli" +
  "ent=void 0,arrived(ARRIVAL.closed)}),arrived(ARRIVAL.opened)}function listen(at){let failed=(error)=" +
  ">{let message=error instanceof Error?error.message:String(error);scope.postMessage({type:\"failed\",me" +
  "ssage})};try{let{createServer}=builtin(\"node:net\"),listener=createServer(connected);server=listener," +
  "listener.on(\"error\",failed),listener.listen(at,()=>{try{if(\"path\"in at)return path=at.path,builtin(\"" +
  "node:fs\").chmodSync(at.path,384),scope.postMessage({type:\"listening\",at});let address=listener.addre" +
  "ss(),port=typeof address===\"object\"&&address?address.port:at.port;scope.postMessage({type:\"listening" +
  "\",at:{host:at.host,port}})}catch(error){failed(error)}})}catch(error){failed(error)}}function end(){" +
  "client?.end(),server?.close();try{if(path!==void 0)builtin(\"node:fs\").unlinkSync(path)}catch{}setTim" +
  "eout(()=>scope.close(),20)}scope.onmessage=({data})=>{switch(data.type){case\"listen\":return channel=" +
  "new Channel(data.shared),listen(data.at);case\"guest\":if(guest=InterruptHandle.from(data.token),guest" +
  ".dropped)guest=void 0;return;case\"send\":client?.write(data.bytes);return;case\"hang up\":client?.end()" +
  ";return;case\"end\":end()}};scope.postMessage({type:\"ready\"});";
