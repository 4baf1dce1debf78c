/** src/debug/worker.ts with all that it imports, by `deno task workers`: do not edit. */
// deno-fmt-ignore-file

/** A script of 38804 characters. */
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
  " errnoSymbol(errno){return ERRNO_SYMBOLS[errno]??`errno ${errno}`}var SHIM_VERSION=797306337,SHIM_HA" +
  "SH=\"513ca319bee2e7b9\",SHIM_BASE64=\"f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAAAAAAAAAAAABAAAAAAAAAALA/AAAAAAAAA" +
  "AAAAEAAOAAJAEAADwAOAAYAAAAEAAAAQAAAAAAAAABAAAAAAAAAAEAAAAAAAAAA+AEAAAAAAAD4AQAAAAAAAAgAAAAAAAAAAQAAA" +
  "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABsFQAAAAAAAGwVAAAAAAAAABAAAAAAAAABAAAABQAAAHAVAAAAAAAAcCUAAAAAA" +
  "ABwJQAAAAAAAKsoAAAAAAAAqygAAAAAAAAAEAAAAAAAAAEAAAAGAAAAID4AAAAAAAAgXgAAAAAAACBeAAAAAAAA4AAAAAAAAADgA" +
  "QAAAAAAAAAQAAAAAAAAAQAAAAYAAAAAPwAAAAAAAABvAAAAAAAAAG8AAAAAAAAAAAAAAAAAAFSJQAAAAAAAABAAAAAAAAACAAAAB" +
  "gAAAEA+AAAAAAAAQF4AAAAAAABAXgAAAAAAAMAAAAAAAAAAwAAAAAAAAAAIAAAAAAAAAFLldGQEAAAAID4AAAAAAAAgXgAAAAAAA" +
  "CBeAAAAAAAA4AAAAAAAAADgAQAAAAAAAAEAAAAAAAAAUOV0ZAQAAAAkDQAAAAAAACQNAAAAAAAAJA0AAAAAAADcAQAAAAAAANwBA" +
  "AAAAAAABAAAAAAAAABR5XRkBgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAK4AAAASAAgAACcAAAAAAAATAAAAAAAAABQAAAASAAgAkCUAAAAAAAAWAAAAAAAAACAAAAASAAgAs" +
  "CUAAAAAAAAWAAAAAAAAAD4AAAASAAgA8CUAAAAAAAATAAAAAAAAANgBAAASAAgAADIAAAAAAABXAAAAAAAAAA0CAAASAAgAoDMAA" +
  "AAAAADODgAAAAAAAGACAAASAAgAQEQAAAAAAACtAAAAAAAAAAYDAAASAAgAIEoAAAAAAABDAAAAAAAAADMAAAASAAgA0CUAAAAAA" +
  "AARAAAAAAAAANYAAAASAAgAYCcAAAAAAAAYAAAAAAAAAPoAAAASAAgA8CcAAAAAAAAGAAAAAAAAAPwBAAASAAgAEDMAAAAAAACCA" +
  "AAAAAAAAOICAAASAAgA4EkAAAAAAAAgAAAAAAAAAPUCAAASAAgAAEoAAAAAAAASAAAAAAAAAAEAAAASAAgAgCUAAAAAAAAGAAAAA" +
  "AAAAJcAAAASAAgAsCYAAAAAAAAkAAAAAAAAAAgBAAASAAgAACgAAAAAAAAGAAAAAAAAABcBAAASAAgAECgAAAAAAABnAAAAAAAAA" +
  "BcDAAASAAgAcEoAAAAAAABRAAAAAAAAAJoCAAASAAgAUEUAAAAAAACzAQAAAAAAAK4CAAASAAgAEEcAAAAAAADbAAAAAAAAAFUDA" +
  "AASAAgAkEwAAAAAAAAKAAAAAAAAAGEDAAASAAgAoEwAAAAAAAAjAQAAAAAAAFoAAAASAAgAMCYAAAAAAAAUAAAAAAAAAGgAAAASA" +
  "AgAUCYAAAAAAAAVAAAAAAAAAIUCAAASAAgAIEUAAAAAAAAwAAAAAAAAAM8CAAASAAgA0EgAAAAAAAADAQAAAAAAAOQAAAASAAgAg" +
  "CcAAAAAAABXAAAAAAAAAFMBAAASAAgAsCkAAAAAAACqAAAAAAAAAGMBAAASAAgAYCoAAAAAAAA4AAAAAAAAAHsAAAASAAgAcCYAA" +
  "AAAAAAWAAAAAAAAAMQBAAASAAgAQC4AAAAAAAC5AwAAAAAAADsCAAASAAgA0EIAAAAAAACuAAAAAAAAADkDAAASAAgA8EoAAAAAA" +
  "AAyAAAAAAAAAMYAAAASAAgAQCcAAAAAAAAYAAAAAAAAAO8AAAASAAgA4CcAAAAAAAAGAAAAAAAAAC4BAAASAAgAgCgAAAAAAABnA" +
  "AAAAAAAAOoBAAASAAgAYDIAAAAAAACpAAAAAAAAAHMCAAASAAgA8EQAAAAAAAAwAAAAAAAAAEsAAAASAAgAECYAAAAAAAAUAAAAA" +
  "AAAAHQBAAASAAgAoCoAAAAAAAAEAAAAAAAAACECAAASAAgAcEIAAAAAAAAXAAAAAAAAAC4CAAASAAgAkEIAAAAAAAA4AAAAAAAAA" +
  "J8BAAASAAgAQCwAAAAAAAC5AQAAAAAAAFACAAASAAgA8EMAAAAAAABPAAAAAAAAAL8CAAASAAgA8EcAAAAAAADbAAAAAAAAAIsAA" +
  "AASAAgAkCYAAAAAAAAaAAAAAAAAALkAAAASAAgAICcAAAAAAAAUAAAAAAAAAEQBAAASAAgA8CgAAAAAAAC9AAAAAAAAAIoBAAASA" +
  "AgAICwAAAAAAAATAAAAAAAAAGsDAAASAAgA0E0AAAAAAABLAAAAAAAAAKIAAAASAAgA4CYAAAAAAAAYAAAAAAAAALEBAAASAAgAA" +
  "C4AAAAAAAA+AAAAAAAAACYDAAASAAgA0EoAAAAAAAAWAAAAAAAAAEoDAAASAAgAMEsAAAAAAAAHAAAAAAAAAA0AAAABAAAAEAAAA" +
  "BoAAAAAAQABAAEAAQIAAACAACAgBQCAAFACAAACAAAAAAQAAAQAAgAEAAACGKAAAAAMAIAEgAJBAEEEQwAQAACEAQAAlBAAAQAEA" +
  "AAFkAACwAB0BAUAAIwAIABEiICAAAEABAgIAAAgAEBIQAEABAEAAAQACIECAACAhCAAoCBBUAEEEAEAAAACAAAACQAAAA8AAAAUA" +
  "AAAGAAAABwAAAAfAAAAIwAAACgAAAAsAAAALwAAADQAAACJZ5bLxgLGPWqlbROaek0AQpUFPH61QDcEYhAdDYrDCLbLk8s4EN6jH" +
  "Ddi+pDv4b7MNf2hu4Z8biI9lgq+8ZTLnjWpRjh5/0S/MmC0mE33uuKNCpxqTT0+wRQUqXS+pdqorarj1kox7tXnKsjCepXLQhboP" +
  "KfgQwIYwjaorje29+BSS14v1+PafASs12Zajsu4ieXn3mONolN34QB6djbSlqSxpcxnMPEzi6IP5BfbmRgQwCHZk4U9glOJPWZIc" +
  "wdmFpIBWP70Mr1PLg2C/Vc9gl6hfoK04pFZo5LLAHZtbGV0X3NoaW1fdmVyc2lvbgB2bWxldF9pb2N0bAB2bWxldF9pb2N0bF9zd" +
  "HJ1Y3QAdm1sZXRfbW1hcAB2bWxldF9tdW5tYXAAdm1sZXRfbXByb3RlY3QAdm1sZXRfbWFkdmlzZQB2bWxldF9tZW1mZF9jcmVhd" +
  "GUAdm1sZXRfZnRydW5jYXRlAHZtbGV0X2ZjbnRsAHZtbGV0X29wZW4Adm1sZXRfY2xvc2UAdm1sZXRfcmVhZAB2bWxldF9wd3Jpd" +
  "GUAdm1sZXRfZ2V0cmxpbWl0AHZtbGV0X2V2ZW50ZmQAdm1sZXRfcG9sbAB2bWxldF9jb3B5AHZtbGV0X2NvcHlfaW4Adm1sZXRfY" +
  "29weV9vdXQAdm1sZXRfY29weV9vdXRfZ3VhcmRlZAB2bWxldF9jb3B5X2luX2d1YXJkZWQAdm1sZXRfYWRkX2JpdHMAdm1sZXRfd" +
  "GFrZV9iaXRzAHZtbGV0X21hcmtfcGFnZXMAdm1sZXRfY291bnRfb3duX3BhZ2VzAHZtbGV0X21hcmtfb3duX3BhZ2VzAHZtbGV0X" +
  "2NvdW50X3BhZ2VzAHZtbGV0X2ZvcmdldF9wYWdlcwB2bWxldF9jYXB0dXJlX3BhZ2VzAHZtbGV0X3RhYmxlX3BhZ2VzAHZtbGV0X" +
  "3dyaXRlX3RhYmxlAHZtbGV0X21ha2VfdGFibGUAdm1sZXRfcmVzdG9yZV9wYWdlcwB2bWxldF9nZXR0aWQAdm1sZXRfdGdraWxsA" +
  "HZtbGV0X2luc3RhbGxfc2lnbmFsAHZtbGV0X3NldF90aW1lcgB2bWxldF90aHJlYWRfdGltZXIAdm1sZXRfdGhyZWFkX3RpbWUAd" +
  "m1sZXRfdW5ibG9ja19zaWduYWwAdm1sZXRfYXR0YWNoX3RocmVhZAB2bWxldF9ndWVzdF90aW1lAHZtbGV0X2hvc3RfdGltZQB2b" +
  "WxldF9hY3F1aXJlX2NlbGwAdm1sZXRfcmVsZWFzZV9jZWxsAHZtbGV0X2NlbGxfZXBvY2gAdm1sZXRfYmVnaW5fY2FsbAB2bWxld" +
  "F9lbmRfY2FsbAB2bWxldF9pc19jYW5jZWxsZWQAdm1sZXRfdGFrZV9wYXVzZQB2bWxldF9raWxsAHZtbGV0X3BhdXNlAHZtbGV0X" +
  "3J1bgB2bWxldF9zZXR0bGUAIF4AAAAAAAAIAAAAAAAAAIBDAAAAAAAAMF4AAAAAAAAIAAAAAAAAAHAlAAAAAAAAAAAAAAAAMEMAA" +
  "AAAAAAwRQ8PDw8PDw8PDw8PDw8PDw9VVVVVVVVVVVVVVVVVVVVVAAAwQwAAMEUAAAAAAAAAADMzMzMzMzMzMzMzMzMzMzMvcHJvY" +
  "y9zZWxmL3BhZ2VtYXAAAAEbAzvYAQAAOgAAAFwYAAD0AQAAbBgAAAgCAACMGAAAHAIAAKwYAAAwAgAAzBgAAEQCAADsGAAAWAIAA" +
  "AwZAABsAgAALBkAAIACAABMGQAAlAIAAGwZAACoAgAAjBkAALwCAAC8GQAA0AIAANwZAADkAgAA/BkAAPgCAAAcGgAADAMAADwaA" +
  "AAgAwAAXBoAADQDAAC8GgAASAMAAMwaAABcAwAA3BoAAHADAADsGgAAhAMAAFwbAACgAwAAzBsAALwDAACMHAAA0AMAADwdAAAAB" +
  "AAAfB0AABQEAACMHQAAKAQAAPweAAB0BAAAHB8AAIgEAADcIAAAsAQAABwhAADEBAAA3CQAAAwFAAA8JQAAIAUAAOwlAABQBQAAf" +
  "CYAAGQFAABMNQAAqAUAAGw1AAC8BQAArDUAAOAFAABcNgAA/AUAAMw2AAAQBgAAHDcAACQGAADMNwAASAYAAPw3AABcBgAALDgAA" +
  "HAGAADsOQAAtAYAAMw6AADUBgAArDsAAPQGAAC8PAAAGAcAANw8AAAsBwAA/DwAAEAHAABMPQAAVAcAAKw9AABoBwAAzD0AAHwHA" +
  "AAMPgAAkAcAABw+AACkBwAAbD8AANAHAAB8PwAA5AcAAKxAAAAcCAAAFAAAAAAAAAABelIAAXgQARsMBwiQAQAAEAAAABwAAABgF" +
  "gAABgAAAAAAAAAQAAAAMAAAAFwWAAAWAAAAAAAAABAAAABEAAAAaBYAABYAAAAAAAAAEAAAAFgAAAB0FgAAEQAAAAAAAAAQAAAAb" +
  "AAAAIAWAAATAAAAAAAAABAAAACAAAAAjBYAABQAAAAAAAAAEAAAAJQAAACYFgAAFAAAAAAAAAAQAAAAqAAAAKQWAAAVAAAAAAAAA" +
  "BAAAAC8AAAAsBYAABYAAAAAAAAAEAAAANAAAAC8FgAAGgAAAAAAAAAQAAAA5AAAAMgWAAAkAAAAAAAAABAAAAD4AAAA5BYAABgAA" +
  "AAAAAAAEAAAAAwBAADwFgAAEwAAAAAAAAAQAAAAIAEAAPwWAAAUAAAAAAAAABAAAAA0AQAACBcAABgAAAAAAAAAEAAAAEgBAAAUF" +
  "wAAGAAAAAAAAAAQAAAAXAEAACAXAABXAAAAAAAAABAAAABwAQAAbBcAAAYAAAAAAAAAEAAAAIQBAABoFwAABgAAAAAAAAAQAAAAm" +
  "AEAAGQXAAAGAAAAAAAAABgAAACsAQAAYBcAAGcAAAAAQQ4QgwICZQ4IAAAYAAAAyAEAALQXAABnAAAAAEEOEIMCAmUOCAAAEAAAA" +
  "OQBAAAIGAAAvQAAAAAAAAAsAAAA+AEAALQYAACqAAAAAEoOEEIOGEEOIIMEjgOGAgKZDhhCDhBBDgjDzsYAAAAQAAAAKAIAADQZA" +
  "AA4AAAAAAAAABAAAAA8AgAAYBkAAAQAAAAAAAAASAAAAFACAABcGQAAagEAAABBDhBCDhhCDiBCDihCDjBBDjhHDtAfgweMBo0Fj" +
  "gSPA4YCA04BDjhBDjBCDihCDiBCDhhCDhBBDggAABAAAACcAgAAgBoAABMAAAAAAAAAJAAAALACAACMGgAAuQEAAABTDhBBDhiDA" +
  "44CA6IBDhBCDgjDzgAAABAAAADYAgAAJBwAAD4AAAAAAAAARAAAAOwCAABQHAAAuQMAAABBDhBCDhhCDiBCDihCDjBBDjiDB4wGj" +
  "QWOBI8DhgICTg4wQg4oQg4gQg4YQg4QQQ4IQQ44AAAAEAAAADQDAADIHwAAVwAAAAAAAAAsAAAASAMAABQgAACpAAAAAEsOEEIOG" +
  "EEOIIMEjgOPAgKTDhhCDhBCDgjDzs8AAAAQAAAAeAMAAJQgAACCAAAAAAAAAEAAAACMAwAAECEAAM4OAAAAQQ4QQg4YQg4gQg4oQ" +
  "g4wQQ44gweMBo0FjgSPA4YCA7oODjBCDihCDiBCDhhCDhBBDggAEAAAANADAACcLwAAFwAAAAAAAAAgAAAA5AMAAKgvAAA4AAAAA" +
  "EEOEEEOGIMDhgJ0DhBBDggAAAAYAAAACAQAAMQvAACuAAAAAFIOEIMCApsOCMMAEAAAACQEAABYMAAAYgAAAAAAAAAQAAAAOAQAA" +
  "LQwAABPAAAAAAAAACAAAABMBAAA8DAAAK0AAAAAQg4QQQ4YgwOOAgKnDhBCDggAABAAAABwBAAAfDEAADAAAAAAAAAAEAAAAIQEA" +
  "ACYMQAAMAAAAAAAAABAAAAAmAQAALQxAACzAQAAAEEOEEIOGEIOIEIOKEIOMEEOOIMHjAaNBY4EjwOGAgOfAQ4wQg4oQg4gQg4YQ" +
  "g4QQQ4IABwAAADcBAAAMDMAANsAAAAAQQ4QgwIC1Q4IQQ4QQw4IHAAAAPwEAADwMwAA2wAAAABBDhCDAgLVDghBDhBDDgggAAAAH" +
  "AUAALA0AAADAQAAAEIOEEEOGIMDjgIC/Q4QQg4IAAAQAAAAQAUAAJw1AAAgAAAAAAAAABAAAABUBQAAqDUAABIAAAAAAAAAEAAAA" +
  "GgFAAC0NQAAQwAAAAAAAAAQAAAAfAUAAPA1AABRAAAAAAAAABAAAACQBQAAPDYAABYAAAAAAAAAEAAAAKQFAABINgAAMgAAAAAAA" +
  "AAQAAAAuAUAAHQ2AAAHAAAAAAAAACgAAADMBQAAcDYAAEwBAAAAAk8OEEEOGEQOQIMDjgIC5w4YQQ4QQg4Iw84AEAAAAPgFAACUN" +
  "wAACgAAAAAAAAA0AAAADAYAAJA3AAAjAQAAAEIOEEIOGEIOIEEOKIMFjASOA48CAnYOIEIOGEIOEEIOCEEOKAAAACQAAABEBgAAi" +
  "DgAAEsAAAAAQg4QQQ4YgwOOAgJFDhBCDggAAAAAAAAAAAAAAAAAALgPAAAADwVmDx+EAAAAAAC44e2FL8NmLg8fhAAAAAAASGP/i" +
  "fa4EAAAAEUx0kUxwEUxyQ8Fw2YuDx+EAAAAAABIY/+J9rgQAAAARTHSRTHARTHJDwXDZi4PH4QAAAAAAEhj0kxj0U1jwLgJAAAAD" +
  "wXDZi4PH4QAAAAAAA8fRAAAuAsAAAAx0kUx0kUxwEUxyQ8Fw2YuDx+EAAAAAAAPHwBIY9K4CgAAAEUx0kUxwEUxyQ8Fw2YuDx+EA" +
  "AAAAABmkEhj0rgcAAAARTHSRTHARTHJDwXDZi4PH4QAAAAAAGaQifa4PwEAADHSRTHSRTHARTHJDwXDZi4PH4QAAAAAAJBIY/+4T" +
  "QAAADHSRTHSRTHARTHJDwXDZi4PH4QAAAAAAEhj/0hj9khj0rhIAAAARTHSRTHARTHJDwXDZg8fRAAASIn5TGPGQYnSuAEBAABIx" +
  "8ec////SInOTInCRTHARTHJDwXDZi4PH4QAAAAAAGaQSGP/uAMAAAAx9jHSRTHSRTHARTHJDwXDDx+EAAAAAABIY/+J0jHARTHSR" +
  "THARTHJDwXDZi4PH4QAAAAAAA8fAEhj/7gSAAAASYnKRTHARTHJDwXDZi4PH4QAAAAAAGaQSYnySGP3uC4BAAAx/zHSRTHARTHJD" +
  "wXDDx+EAAAAAACJ/0hj9rgiAQAAMdJFMdJFMcBFMckPBcMPH4QAAAAAAEhjwkhpyNNNYhBIicpIweo/SMH5JgHRSGPJSIlMJPBpy" +
  "egDAACJwinKacpAQg8ASGPJSIlMJPiJ9jHJhcBIjVQk8EgPSNG4DwEAAEUx0kUxwEUxyQ8Fw2YPH4QAAAAAAEiJ0fOkw2YuDx+EA" +
  "AAAAABIidHzpMNmLg8fhAAAAAAASInR86TDZi4PH4QAAAAAAFNIidNIiXwk8EiJVCT4SIl0JOBIiVQk6LgnAAAAMf8x9jHSRTHSR" +
  "THARTHJDwVIicdIjXQk8EyNVCTguDYBAAC6AQAAAEG4AQAAAEUxyQ8FSDnYSMfB8v///0gPRMhIhcBID0nBW8NmDx+EAAAAAABTS" +
  "InTSIl0JPBIiVQk+EiJfCTgSIlUJOi4JwAAADH/MfYx0kUx0kUxwEUxyQ8FSInHSI10JPBMjVQk4Lg3AQAAugEAAABBuAEAAABFM" +
  "ckPBUg52EjHwfL///9ID0TISIXASA9JwVvDZg8fhAAAAAAASIXJD4SzAAAASInISInxSMHpBkyNBM+D5j+/QAAAAEgp9zHJZg/vw" +
  "EUxyesjSYPJB2YuDx+EAAAAAAAPH0QAAEmDwQFMiclIweEGSDnBc2xB9sEHQQ+UwkiBwQACAABIOcEPlsFBhMp0J2ZCD29MyhBmQ" +
  "g/rTMogZkIP60zKMGZCD+sMymYPdsgPUMmD8Q90nE6LFMpNhdJ0pk2J04nxSdPjTwkcyEiF9nSViflJ0+pNhdJ0i08JVMgI64TDD" +
  "x8ASIXJD4SgAAAAVUFWU0iJyEiJ0UjB6QaD4j9BuEAAAABJKdBMjUj/ScHpBkmDwQFIjTTOSIPGCEUx0knHw//////rNGYuDx+EA" +
  "AAAAAAPHwBJx8b/////icFJ0+ZIg+hASffWTQ9D80kh3k6JNNdJg8IBTTnRdC5IhdJAD5XFSotc1viJ0UjT60k5wA+SwUAg6YD5A" +
  "XW6Tos01kSJwUnT5kwJ8+urW0FeXcNmDx9EAABIjQQySDnGcy5IifEPH0AASDtPCHMhuAEAAABI0+BIi3cQSYnIScHoBkoJBMZIg" +
  "8EBSIPC/3XZww8fhAAAAAAAMdLrDGYuDx+EAAAAAABmkFVBV0FWQVVBVFNIgeyYDwAASInTSYn1SIl8JIhIjTU94v//uAEBAAC6A" +
  "AAIAEjHx5z///9FMdJFMcBFMckPBUiJx4X/D4jpAAAATYXtD4TlAAAASMFsJIgMgef///9/RTHkSI10JJAx7Q8fgAAAAABNiedNi" +
  "e5JKe5Jgf4AAgAAuAACAABMD0PwSItEJIhMjRQoScHiA0KNFPUAAAAAuBEAAABFMcBFMckPBUiFwEnHxPL///9MD0jgSDnQTQ9E5" +
  "02F5HheSTntdFkxwOsLZpBIg8ABTDnwc0dIi0zEkEiJykjB6j4PlMJIwek9g+EBCNF13UmDxAFIhdt01EiNDCi6AQAAAEjT4kjB6" +
  "QZICRTL675mLg8fhAAAAAAADx9AAEgBxUw57XMZTYXkD4k/////6w5MY+frHYHn////f0Ux5LgDAAAAMfYx0kUx0kUxwEUxyQ8FT" +
  "IngSIHEmA8AAFtBXEFdQV5BX13DZg8fRAAASIsHSIt3CEiLVxBIicfpff7//2YuDx+EAAAAAAAPHwBIi0cISIPAP0iD+EBzAzHAw" +
  "0FWU0iJwUjB6QZIi1cQSIt3GEg9AAEAAHMJMf8xwOkJAQAASInPSIPn/EjB6ANIg+DgZg/vwEUxwGYPbxVO4P//Zg9vHWbg//9mD" +
  "28tLuD//2YP7+RmD+/JZg8fRAAA80IPbzQC80IPb3wCEPNGD28EBmZED+vG80IPb3QGEGYP6/dmQQ9v+GYPcdcBZg/b+mZED/jHZ" +
  "kEPb/hmD9v7ZkEPcdACZkQP28NmRA/8x2ZBD2/4Zg9x1wRmQQ/8+GYP2/1mD/b4Zg/U52YPb/5mD3HXAWYP2/pmD/j3Zg9v/mYP2" +
  "/tmD3HWAmYP2/NmD/z3Zg9v/mYPcdcEZg/8/mYP2/1mD/b4Zg/Uz0mDwCBMOcAPhUr///9mD9TMZg9wwe5mD9TBZkgPfsBIOfl0e" +
  "Em4VVVVVVVVVVVJuTMzMzMzMzMzSboPDw8PDw8PD0m7AQEBAQEBAQFmLg8fhAAAAAAAkEiLHP5ICxz6SYneSdHuTSHGTCnzSYneT" +
  "SHOSMHrAkwhy0wB80mJ3knB7gRJAd5NIdZND6/zScHuOEwB8EiDxwFIOfl1u1tBXsMPH4AAAAAASItHCEiDwD9Ig/hAci9Ii0cQM" +
  "clmLg8fhAAAAAAAZpBIxwTIAAAAAEiDwQFIi1cISIPCP0jB6gZIOdFy48NmkFVBV0FWQVVBVFNMiUQk8EiJTCTouP8BAABIA0cIS" +
  "InBSMHpCUiJTCTATI0czf8PAABJgeMA8P//SIlUJKBJAdNIPQACAABzGkUx0kyJV1BMK1wkoEyJ2FtBXEFdQV5BX13DuAgAAABIi" +
  "UQkqLkwAAAARTHtZg/vwEUx0jHSSIl0JLjrPmYuDx+EAAAAAABmkEiDRCSoCEiLTCTYSIHBAAAgAEyLbCTQSYHFAAAgAEiLRCTIS" +
  "InCSDtEJMBIi3QkuHSJSIX2dAlIixzW6wUPHwAx20iLRCSgSIkc0EiNNNUAAAAASIlUJOBIjUIBSIlEJMhMiWwk0EiJTCTYSIlMJ" +
  "LBIifEx0ustZg8fhAAAAAAASItMJJhIg8EBSIFEJLAAAAQASYHFAAAEAEg7TCSoD4Rc////SItHCEiDwD9IwegGSDnBD4NH////S" +
  "ItHEEiJTCSYSItPGEiLdCSYTIsk8UiLTCSYTAskyHSmSMHhBkiJTCT46xtmLg8fhAAAAAAAkE2J+0mNRCT/SSHESInvdIDzSQ+8z" +
  "EmJyUwLTCT4SIXbdA5Eicgl/wEAAEyLBMPrA0UxwEiJ/UiLB0w7TCToQA+Sxkw7TCTwQA+Tx0AI93VwSIt0JLBIjTwwic7B5gxIA" +
  "f4x/+sXZi4PH4QAAAAAAJBIg8dAgf8AEAAAdERmD29MPuBmD+tMPtBmD+tMPvBmD+sMPmYPdshED1DxQYP2D3TPZg9/RD7QZg9/R" +
  "D7gZg9/RD7wZg9/BD7rtmYPH0QAAE2JzknB5gxJAcZMAejB4QxIAcEx9kyJ9w8fhAAAAAAAZg9vTxBmD+sMMWYP608gZg/rTzBmD" +
  "3DR7mYP69FmSA9+0EiFwHUQSIPHQIH+wA8AAEiNdkB1yUiFwA+EgAAAAE2FwA+EgAAAADH2TIn3ZpBmQQ9vDDBmQQ9vVDAQZkEPb" +
  "1wwIGYP7wwxZg/vVxBmQQ9vZDAwZg/r0WYP718gZg/vZzBmD+vjZg/r4mYPcMzuZg/rzGZJD37PTYX/dRBIg8dAgf7ADwAASI12Q" +
  "HWiTYX/dRbpa/7//w8fhAAAAAAATYXAD4Ra/v//SIXSdBJNid/rPWYuDx+EAAAAAAAPHwBNjbsAEAAASItMJKBIi1Qk4EyJHNFIh" +
  "dt0D7kAEAAASIneTInf86TrBEmDwgFMidpMidFFMdJIhcBBD5XCSYP4AUmD0v9JAcpBgeH/AQAASIXASQ9Fx0qJBMoPhOD9//+5A" +
  "BAAAEyJ9kyJ//OkSYHHABAAAOnH/f//Dx+AAAAAAEiF9nRRMcnrFw8fgAAAAABIgcn/AQAASIPBAUg58XM2SInISMHoCUiLBMdIh" +
  "cB04EGJyEGB4P8BAABKgzzAAHTWuAEAAABI0+BJichJwegGSgkEwuvBw2YPH4QAAAAAAEiF9g+EnQAAAEFXQVZTSInzSYn+SGP6R" +
  "TH/6xQPH0AASYHP/wEAAEmDxwFJOd9zbkyJ+EjB6AlNhfZ0JEmLDMZIhcl0G0SJ+oHi/wEAAEiLNNFJgzzGAHUQ68UPH0QAADH2S" +
  "YM8xgB0t0iF9nS5TYn6ScHiDLgSAAAAugAQAABFMcBFMckPBUg9ABAAAHSYSIXAueT///8PSMiJyOsCMcBbQV5BX8MxwMMPH4AAA" +
  "AAASI2G/wEAAEjB6AlIjQTF/w8AAEglAPD//0gByEiF9nRdRTHA6yhmLg8fhAAAAAAARYnCQYHi/wEAAEuJFNFJg8ABSIHCABAAA" +
  "Ew5xnQwTYnBScHpBk6LDM9ND6PBc99NicJJweoJTosM0U2FyXXBSokE0UmJwUgFABAAAOuySCnIw2YuDx+EAAAAAAAPH0AAVUFXQ" +
  "VZBVUFUU0mJ0kmJ9EiLRzBIO0c4cxhIi08gZpBIxwTBAAAAAEiDwAFIO0c4cu5Ix0dAAAAAAE051A+UwUiJfCSgSItHCEiJwkiBw" +
  "v8BAABIgfoAAgAAD5LCSMdEJLgAAAAACMpMiVQksHQwMf9Ix0QkmAAAAABIg8A/SIP4QA+DcAMAAEnHwP////9FMclFMdJMi2Qko" +
  "OlEDQAAuwACAAC+MAAAADH/Zg/vwEjHRCSYAAAAAEUx2+suDx8ASItEJKBIi0AISYPDAUiNiP8BAABIwekJSIHDAAIAAEiBxgAAI" +
  "ABJOctzj0uLDNxLOwzadNRMid1IweUJSYn26x9Mif+4AQAAAEiJRCSYZpBIg8UBSYHGABAAAEg53XSgSItEJKBIi0AISDnFc5tNh" +
  "dJ0LUiJ6EjB6AlJiwTCSIXAdB2J6YHh/wEAAEiLBMhNheR1E+s6Zi4PH4QAAAAAADHATYXkdClIielIwekJSYsMzEiFyXQZieqB4" +
  "v8BAABIiwzRSDnIdIjrEWYPH0QAADHJSDnID4R1////SInpSMHpBkyLTCSgSYtREE2LQRhNiwTITAsEykkPo+gPgk////9Jg0FAA" +
  "U2LOUiFwA+EmgAAAE0B9zHJ6xcPH4AAAAAASIPBQIH5ABAAAA+EIP///2YPbwwIZg9vVAgQZg9vXAggZg9vZAgwZkEPb2wP0GYP7" +
  "+lmQQ/vVA/gZkEP71wP8GYP69VmQQ/vJA9mD+vjZg/r4mYPduAPUNSD8g90omZBD39MD9APKEwIEEEPKUwP4A8oTAggQQ8pTA/wZ" +
  "g9vTAgwZkEPfwwP6XT///9IiehIweAMSYtJWEiFyQ+EgwAAAEiJwkjB6hVIiwzRSIXJdHOJ6oHi/wEAAEiDPNEAdGRNAfcxwOsZZ" +
  "i4PH4QAAAAAAEiDwEA9ABAAAA+EUf7//2ZBD29MB+BmQQ/rTAfQZkEP60wH8GZBD+sMB2YPdsgPUMmD8Q90ymZBD39EB9BmQQ9/R" +
  "AfgZkEPf0QH8GZBD38EB+utSQHHSItMJJhIhckPhO39//9Jic1JweUMSo0EL0w5+HQTSYH9AAABAHMYTYXtdUzpyv3//0iDwQFIi" +
  "UwkmOnL/f//uBwAAAC6BAAAAEiJdCTQTInuRTHSRTHARTHJTIlcJKgPBUyLXCSoSIt0JNBMi1QksIXAD4SD/f//SIPHMDHA6yBmL" +
  "g8fhAAAAAAASAUAEAAASIHHABAAAEw56A+DW/3//zHJ6xJmDx9EAABIg8FAgfkAEAAAdNRmD29MD+BmD+tMD9BmD+tMD/BmD+sMD" +
  "2YPdsgPUNGD8g900WYPf0QP0GYPf0QP4GYPf0QP8GYPfwQP67hIx0QkwP////9Ix0Qk2AAAAABmD+/ASMdEJLgAAAAASMdEJOAAA" +
  "AAARTHATItkJKDrI2YPH0QAAE2J2EmDwAFJi0QkCEiDwD9IwegGSTnAD4OHCQAASYtEJBBB9sAHdBhOizzASYtMJBjrbWYuDx+EA" +
  "AAAAAAPHwBOizzAZkIPb0zAEGZCD+tMwCBmQg/rTMAwZkIP6wzAZg92yA9QyYPxD0mLTCQYdTBmQg9vTMEQZkIP6wzBZkIP60zBI" +
  "GZCD+tMwTBmD3bID1DRg/IPD4QACQAADx9EAABOixzBTQnfD4RW////SscEwAAAAABMicBIweAGSIlEJNBMicBIwegDSIlEJPhMi" +
  "UQk8EnB4BJMiUQkqEjHRCTIAAAAAOsfZi4PH4QAAAAAAEyLVCSwSYnzSY1H/0khxw+EuwcAAPNJD7zPSYnOTAt0JNBNhdJ0KUiLR" +
  "CT4SYsEwkiFwHQbRInygeL/AQAASIsE0OsOZi4PH4QAAAAAAGaQMcBNif1J991NIf1JixQkSYtcJChNifBJweAMSo0sAk2F6w+E2" +
  "AAAAEyJ3kiFwA+EnAEAAEyLRCSoSQHQQYnJQcHhDE0BwUmDwTBFMdJFMcDrH2YuDx+EAAAAAAAPH0AASYPCQEGB+gAQAAAPhN8BA" +
  "ABmQg9vDBBmQg9vVBAQZkIPb1wQIGZCD29kEDBmQw9vbBHQZg/v6WZDD+9UEeBmQw/vXBHwZg/r1WZDD+8kEWYP6+NmD+viZg924" +
  "EQPUNxBg/MPdJtmQw9/TBHQQg8oTBAQQw8pTBHgQg8oTBAgQw8pTBHwZkIPb0wQMGZDD38MEUG4AQAAAOlk////Dx9AAEKAPDMAD" +
  "4RhAgAASIXAD4RFAwAASANUJKjB4QxIAcpIg8IwRTHAMcnrF2YPH0QAAEmDwEBBgfgAEAAAD4R/AwAAZkIPbwwAZkIPb1QAEGZCD" +
  "29cACBmQg9vZAAwZkIPb2wC0GYP7+lmQg/vVALgZkIP71wC8GYP69VmQg/vJAJmD+vjZg/r4mYPduBED1DMQYPxD3SbZkIPf0wC0" +
  "EIPKEwAEEIPKUwC4EIPKEwAIEIPKUwC8GZCD29MADBmQg9/DAK5AQAAAOll////Dx9EAABMi0QkqEkB0EGJyUHB4QxNAcFJg8EwR" +
  "THSRTHA6w9mkEmDwkBBgfoAEAAAdFNmQw9vTBHgZkMP60wR0GZDD+tMEfBmQw/rDBFmD3bIRA9Q2UGD8w90ymZDD39EEdBmQw9/R" +
  "BHgZkMPf0QR8GZDD38EEUG4AQAAAOunDx+AAAAAAEYPtgwzRYnCTQFUJEBBg+GARYnKRYnLRYXAdQ1GD7YcM0GAwwFFD7bTRogcM" +
  "0UpykWEyUG4IAAAAEG5CAAAAEUPRMFFOcIPjBT9//9MCWwkyEn31UmJ800h60LGBDOASIXATItUJLAPhfv8//9MidtNi0QkWE2Fw" +
  "EmJ6w+ESwEAAEyJ2EkrBCRJicFJwekVT4sEyE2FwA+EMAEAAEjB6Awl/wEAAEmDPMAAD4QcAQAASANUJKjB4QxIjQQRSIPAMDHJS" +
  "Ynb6xlmDx+EAAAAAABIg8FAgfkAEAAAD4SI/P//Zg9vTAjgZg/rTAjQZg/rTAjwZg/rDAhmD3bID1DRg/IPdM1mD39ECNBmD39EC" +
  "OBmD39ECPBmD38ECOu0SIXAD4RsAQAASANUJKjB4QxIAdFIg8EwMdJFMcDrFQ8fRAAASIPCQIH6ABAAAA+ENAEAAGYPbwwQZg9vV" +
  "BAQZg9vXBAgZg9vZBAwZg9vbBHQZg/v6WYP71QR4GYP71wR8GYP69VmD+8kEWYP6+NmD+viZg924EQPUMxBg/EPdKRmD39MEdAPK" +
  "EwQEA8pTBHgDyhMECAPKUwR8GYPb0wQMGYPfwwRQbgBAAAA6XT///9Ii0wkmEiFyQ+EiwEAAEmJzEnB5AxKjQQnTDnYD4SMAQAAS" +
  "YH8AAABAA+DnwEAAE2F5A+FugEAAOkvAgAASANUJKjB4QxIjQQRSIPAMDHSMcnrDZBIg8JAgfoAEAAAdERmD29MEOBmD+tMENBmD" +
  "+tMEPBmD+sMEGYPdshED1DBQYPwD3TPZg9/RBDQZg9/RBDgZg9/RBDwZg9/BBC5AQAAAOuxkInISQFEJEBNCetCgCQzgOnk+v//R" +
  "InASQFEJEDpiQIAAEmDRCRAAUmLRCRYSIXAD4SHAAAAScHoFUqLBMBIhcB0ekWJ8EGB4P8BAABKgzzAAHRpSANUJKjB4QxIjQQRS" +
  "IPAMDHJ6xlmDx+EAAAAAABIg8FAgfkAEAAAD4QqAgAAZg9vTAjgZg/rTAjQZg/rTAjwZg/rDAhmD3bID1DRg/IPdM1mD39ECNBmD" +
  "39ECOBmD39ECPBmD38ECOu0SItMJJhIhcl0UkmJzEnB5AxKjQQnSDnoD4QIAQAASYH8AAABAA+DCQEAAE2F5A+FKwEAAOmjAQAAT" +
  "InfuAEAAABIiUQkmEmJ2+nu+f//SIPBAUiJTCSY6b0AAABIie+4AQAAAEiJRCSY6YABAAC4HAAAALoEAAAATInmRTHSRTHARTHJD" +
  "wVJietMi1QksIXAdHpIg8cwMcDrHGYuDx+EAAAAAABIBQAQAABIgccAEAAATDngc1YxyesWZi4PH4QAAAAAAEiDwUCB+QAQAAB01" +
  "GYPb0wP4GYP60wP0GYP60wP8GYP6wwPZg92yA9Q0YPyD3TRZg9/RA/QZg9/RA/gZg9/RA/wZg9/BA/ruEyJ37gBAAAASIlEJJhMi" +
  "2QkoEmJ2+kW+f//SIPBAUiJTCSY6bUAAAC4HAAAALoEAAAATInmRTHSRTHARTHJTIlcJOgPBUyLXCToTItUJLCFwHR9SIPHMDHA6" +
  "x9mLg8fhAAAAAAADx8ASAUAEAAASIHHABAAAEw54HNWMcnrFmYuDx+EAAAAAABIg8FAgfkAEAAAdNRmD29MD+BmD+tMD9BmD+tMD" +
  "/BmD+sMD2YPdsgPUNGD8g900WYPf0QP0GYPf0QP4GYPf0QP8GYPfwQP67hIie+4AQAAAEiJRCSYTItkJKBMCWwkyELGBDMB6T/4/" +
  "/8PH4AAAAAASYtEJBhNidhMi1wk8E6JBNhMicBI0ehIuVVVVVVVVVVVSCHISSnATInASLozMzMzMzMzM0gh0EnB6AJJIdBJAcBMi" +
  "cBIwegETAHASbgPDw8PDw8PD0whwEm5AQEBAQEBAQFJD6/BSMHoOEgBRCTgSItcJMhIhdsPhMP2//9Ji0QkIEqJHNhIidhI0ehII" +
  "chIKcNIidhIIdBIwesCSCHTSAHDSInYSMHoBEgB2EwhwEkPr8FIweg4SAFEJLhIi0QkwEw52EkPQ8NIiUQkwEmNQwFIiUQk2Oll9" +
  "v//SYPIB+lf9v//TItEJMBMi0wk4EyLVCTYSIt0JJhIweYMSIH+AAABAHIzuBwAAAC6BAAAAEmJ9UyJw02Jzk2J10Ux0kUxwEUxy" +
  "Q8FTYn6TYnxSYnYhcB1DemAAAAASYn1SIX2dHhIg8cwMcBmD+/A6xYPH0AASAUAEAAASIHHABAAAEw56HNWMcnrFmYuDx+EAAAAA" +
  "ABIg8FAgfkAEAAAdNRmD29MD+BmD+tMD9BmD+tMD/BmD+sMD2YPdsgPUNGD8g900WYPf0QP0GYPf0QP4GYPf0QP8GYPfwQP67hNh" +
  "dJND0TCTYlEJDBNiVQkOE2JTCRISItEJLhbQVxBXUFeQV9dw2aQuLoAAAAx/zH2MdJFMdJFMcBFMckPBcNmDx+EAAAAAABVU4nzi" +
  "f24JwAAADH/MfYx0kUx0kUxwEUxyQ8FSInHSGP1SGPTuOoAAABFMdJFMcBFMckPBVtdww8fhAAAAAAAjU+/uOr///+D+eIPgpwAA" +
  "ABTif9IjR0VLAAAuQEAAAAxwPAPsQy7dWcPEAUwGwAADylEJPAPEAUUGwAADylEJOBIifhIweAFSI0V8SwAAEgBwrgNAAAAQboIA" +
  "AAAMfZFMcBFMckPBUiFwHUUSI10JOC4DQAAADHSRTHARTHJDwUxyUiFwA+ZwQHJhwy76x2QiwS7g/gBdQTzkOv0iwS7McmD+AK46" +
  "v///w9EwVvDZpCDfgj+ckFIi0YYSInBSMHpCkm4AABdGVubHQBMOcF1JyX/AwAAweAFSI0NgTQAALoBAAAAh1QIBEiLRAgISIXAd" +
  "B/GQAEBw0hjx0jB4AVIjQ07LAAASIsECEiD+AJyAv/gw2YuDx+EAAAAAAAPH0AAD1fADxFEJOBIifBIwegJSLlTWpugL7hEAEj34" +
  "UjB6gtIiVQk8EhpwgDKmjtIKcZIiXQk+Ehj/0iNVCTguN8AAAAx9kUx0kUxwEUxyQ8Fw5BBVlOB5/8DAAAx24P+AQ+Vw0GJ/kHB5" +
  "gVIjQ3RMwAASQHOQYtEnhSFwHQFg8D/63lIuAAAAHRlbG12SAn4SIlEJMCJVCTIx0QkzAQAAADB5wWLBA+JRCTQD1fADxFEJNQPE" +
  "UQk5A8RRCTwx0QkvAAAAABIY/5IjXQkwEiNVCS8uN4AAABFMdJFMcBFMckPBUiFwHgEi0QkvIXAeA1JjQyeSIPBFI1QAYkRW0Few" +
  "w8fAEiNdCTwuOQAAAC/AwAAADHSRTHSRTHARTHJDwVIhcB4DkhpRCTwAMqaO0gDRCT4w41P/7gBAAAASNPgSIlEJPhIjXQk+LgOA" +
  "AAAvwEAAABBuggAAAAx0kUxwEUxyQ8Fw1VBV0FWQVVBVFOJ+0Ux5Li6AAAAMf8x9jHSRTHSRTHARTHJDwVJicZMjS2xMgAA6ypmL" +
  "g8fhAAAAAAADx9EAACJ6PBFD7F1AHRmSYPE/0mDxSBJgfwA/P//dEtBi20ARDn1D5TAhe0PlMEIwXXSTGP9uCcAAAAx/zH2MdJFM" +
  "dJFMcBFMckPBUiJx7jqAAAATIn+MdJFMdJFMcBFMckPBYP4/XSc66S46f///+n4AAAAMcAxyUmHTQhBh0UEhe10akljfRC44gAAA" +
  "DH2MdJFMdJFMcBFMckPBUljfRRIhf90GEiDx/+44gAAADH2MdJFMdJFMcBFMckPBUHHRRQAAAAASWN9GEiF/3QYSIPH/7jiAAAAM" +
  "fYx0kUx0kUxwEUxyQ8FQcdFGAAAAABIuAAAAHRlbG12TCngSIlEJMCJXCTIx0QkzAQAAABBi0UAiUQk0A9XwA8RRCTUDxFEJOQPE" +
  "UQk8MdEJLwAAAAASI10JMBIjVQkvLjeAAAAvwEAAABFMdJFMcBFMckPBUiFwHgEi0QkvIXAeAxJ99xBh0UQRIng6wYxyUGHTQBbQ" +
  "VxBXUFeQV9dw2YuDx+EAAAAAAAPHwBTD7fHweAGSI0NIrEAAEiLTAgYSIs1FrFAAA8xSInTSMHjIEgJw0gp8w+GqAAAAGZID27Z8" +
  "w9+DaTF//9mD2LZZg8oFWjF//9mD1zaZg8ow2YPFcPyD1jDZg9X22YPKVwk8EiNdCTwuOQAAAC/AQAAADHSRTHSRTHARTHJDwVIa" +
  "UQk8ADKmjtIA0Qk+EiLDaWwQABIKchmSA9u2GYPYtlmD1zaZg8o42YPFePyD1jjZkgPbttmD2LZZg9c2mYPKMtmDxXL8g9Yy/IPX" +
  "uHyD1ng8kgPLMRbwzHAW8MPH0QAAFMPt8fB4AZIjQ1CsAAASItMCCBIizU2sEAADzFIidNIweMgSAnDSCnzD4aoAAAAZkgPbtnzD" +
  "34NxMT//2YPYtlmDygViMT//2YPXNpmDyjDZg8Vw/IPWMNmD1fbZg8pXCTwSI10JPC45AAAAL8BAAAAMdJFMdJFMcBFMckPBUhpR" +
  "CTwAMqaO0gDRCT4SIsNxa9AAEgpyGZID27YZg9i2WYPXNpmDyjjZg8V4/IPWONmSA9u22YPYtlmD1zaZg8oy2YPFcvyD1jL8g9e4" +
  "fIPWeDySA8sxFvDMcBbww8fRAAAQVZTifNJif5IiwVhr0AASIXAdU8PV8APKUQk6EiNdCTouOQAAAC/AQAAADHSRTHSRTHARTHJD" +
  "wVIaUwk6ADKmjtIA0wk8DHA8EgPsQ0nr0AAdRAPMUjB4iBICcJIhxUNr0AAugAAAQCLNRKvQABIjT37rgAA6xFmDx+EAAAAAACDx" +
  "gKDwv50cA+3zkGJyEHB4AZBi0Q4BKgBdRJJAfhBicFBg8kB8EUPsUgEdCiNRgEPt8hBichBweAGQYtEOASoAXW9SQH4QYnBQYPJA" +
  "fBFD7FIBHWrTYdwEEGHWAxJx0AoAAAAAA9XwEEPEUAYjUEBhwWKrkAA6wW56f///4nIW0Few2YuDx+EAAAAAAAPHwAPt8fB4AZIj" +
  "Q1TrgAAMdJIh1QIEPCDJAj48INECAQBww+3x8HgBkiNDTOuAACLRAgEw2YuDx+EAAAAAAAPH0AAD7fHweAGSI0VE64AAEiNDAKLB" +
  "BBmLg8fhAAAAAAAZpCoAXUZicKD4viDwgnwD7ERde5Ix0EoAAAAADHAw7jw////w2YuDx+EAAAAAAAPHwAPt/fB5gZIjT3DrQAAS" +
  "I0MNw8xSIt0PihIhfZ0GEjB4iBICdAx0kgp8EgPQ9BIA1EgSIlRIEjHQSgAAAAAiwGQicKD4vjwD7ERdfXR6IPgAcNmLg8fhAAAA" +
  "AAADx9EAAAPt8fB4AZIjQ1jrQAAiwQI0eiD4AHDZi4PH4QAAAAAAA+3x8HgBkiNFUOtAABIjQwCiwQQZi4PH4QAAAAAAGaQicKD4" +
  "vvwD7ERdfXB6AKD4AHDZi4PH4QAAAAAAA8fQAC6AgAAAOsJZg8fhAAAAAAAD7fHweAGSI0N86wAAEiNPAGLBAhmLg8fhAAAAAAAZ" +
  "pCLTwQ58Q+FFgEAAKgBD4QWAQAAuQEAAACF0A+FBgEAAEGJwEEJ0PBED7EHddNBVlNIg+woi18IhdsPhNgAAACDw/+LRwwPV8APK" +
  "UQkoA8pRCQQDykEJA8pRCTwDylEJOAPKUQk0A8pRCTADylEJLCJRCSgx0QkqP////+4JwAAADH/MfYx0kUx0kUxwEUxyQ8FiUQks" +
  "Ei5AAAAdGVsbXZICdlIiUwkuEhj+EjB4wVMjTUbLAAAQos0M0hjVCSgTI1UJKC4KQEAAEUxwEUxyQ8Fg/j1dThJAd5Bi0YQDxFEJ" +
  "IBIx0QkkAAAAABIx0QkmAEAAABIY/hIjVQkgLjfAAAAMfZFMdJFMcBFMckPBYXAuQEAAAAPSMhIg8QoW0FeicjDuf3///+JyMMxw" +
  "MMPH0AAugQAAADppv7//2YPH0QAAEFXQVZBVFMPt8/B4QZMjTWMqwAASotEMRBIhcB0V0kBzonxgeH/AwAAweEFSI09XSsAAEmJw" +
  "EyHRDkIg8YBQYd2CDH2QIZwAUyNPA8xwItMOQSFyXUIQYsO9sEGdCYxyUGHTghJh0cIMcBBh0cEufz////rBbnq////ichbQVxBX" +
  "kFfw4nRDzFIidNIweMgSAnDSYtGKEiFwHQUMdJIid5IKcZID0PWSQNWIEmJViBJx0YoAAAAAEhj+UUx5LgQAAAAvoCuAAAx0kUx0" +
  "kUxwEUxyQ8FSInBDzFIweIgSAnCSInQSCnYSQ9CxEkDRhhJiUYYhcl0GDHAQYdGCE2HZwiD+fwPhF/////pbP///0mJVigxwEGHR" +
  "ghNh2cIMcnpV////2YuDx+EAAAAAAAPHwBBVlMPt8fB4AZIjQ1gqgAASItcCBBIhdt0KLABhkMBSGP+RTH2uBAAAAC+gK4AADHSR" +
  "THSRTHARTHJDwVEhnMB6wW46v///1tBXsMAAAAAAAAAAAAAAAAABAAAHAAAAAAAAAAAAAAAAAAAAAAAAAAAHgAAAAAAAAAIAAAAA" +
  "AAAAPv//28AAAAACQAAAAAAAAAHAAAAAAAAAJAMAAAAAAAACAAAAAAAAAAwAAAAAAAAAAkAAAAAAAAAGAAAAAAAAAD5//9vAAAAA" +
  "AIAAAAAAAAABgAAAAAAAAA4AgAAAAAAAAsAAAAAAAAAGAAAAAAAAAAFAAAAAAAAABgJAAAAAAAACgAAAAAAAAB4AwAAAAAAAPX+/" +
  "28AAAAAeAcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY2xhbmcgdmVyc2lvbiAyMS4xLjAATGlua2VyOiBMTEQgMjEuMS4wAAAuZHluc" +
  "3ltAC5nbnUuaGFzaAAuZHluc3RyAC5yZWxhLmR5bgAucm9kYXRhAC5laF9mcmFtZV9oZHIALmVoX2ZyYW1lAC50ZXh0AC5kYXRhL" +
  "nJlbC5ybwAuZHluYW1pYwAucmVscm9fcGFkZGluZwAuYnNzAC5jb21tZW50AC5zaHN0cnRhYgAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAsAAAACAAAAAAAAADgCAAAAAAAAOAIAAAAAA" +
  "ABABQAAAAAAAAMAAAABAAAACAAAAAAAAAAYAAAAAAAAAAkAAAD2//9vAgAAAAAAAAB4BwAAAAAAAHgHAAAAAAAAoAEAAAAAAAABA" +
  "AAAAAAAAAgAAAAAAAAAAAAAAAAAAAATAAAAAwAAAAIAAAAAAAAAGAkAAAAAAAAYCQAAAAAAAHgDAAAAAAAAAAAAAAAAAAABAAAAA" +
  "AAAAAAAAAAAAAAAGwAAAAQAAAACAAAAAAAAAJAMAAAAAAAAkAwAAAAAAAAwAAAAAAAAAAEAAAAAAAAACAAAAAAAAAAYAAAAAAAAA" +
  "CUAAAABAAAAMgAAAAAAAADADAAAAAAAAMAMAAAAAAAAYwAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAtAAAAAQAAAAIAA" +
  "AAAAAAAJA0AAAAAAAAkDQAAAAAAANwBAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAOwAAAAEAAAACAAAAAAAAAAAPAAAAA" +
  "AAAAA8AAAAAAABsBgAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAAAAAAEUAAAABAAAABgAAAAAAAABwJQAAAAAAAHAVAAAAAAAAq" +
  "ygAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAABLAAAAAQAAAAMAAAAAAAAAIF4AAAAAAAAgPgAAAAAAACAAAAAAAAAAAAAAA" +
  "AAAAAAIAAAAAAAAAAAAAAAAAAAAWAAAAAYAAAADAAAAAAAAAEBeAAAAAAAAQD4AAAAAAADAAAAAAAAAAAMAAAAAAAAACAAAAAAAA" +
  "AAQAAAAAAAAAGEAAAAIAAAAAwAAAAAAAAAAXwAAAAAAAAA/AAAAAAAAAAEAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAABwA" +
  "AAACAAAAAMAAAAAAAAAAG8AAAAAAAAAPwAAAAAAAFSJQAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAdQAAAAEAAAAwAAAAA" +
  "AAAAAAAAAAAAAAAAD8AAAAAAAAoAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAH4AAAADAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "Cg/AAAAAAAAiAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAA=\";var RUNNER_SYMBOLS={tgkill:{parameters:{tid" +
  ":\"i32\",signal:\"i32\"},result:\"i32\"},installSignal:{parameters:{number:\"i32\"},result:\"i32\"},unblockSig" +
  "nal:{parameters:{signal:\"i32\"},result:\"void\"},attachThread:{parameters:{signal:\"i32\"},result:\"i32\"}," +
  "run:{parameters:{index:\"u32\",thread_index:\"u32\",vcpu:\"i32\"},result:\"i32\"},threadTimer:{parameters:{t" +
  "hread_index:\"u32\",clock:\"i32\",signal:\"i32\"},result:\"i32\"},setTimer:{parameters:{timer:\"i32\",nanoseco" +
  "nds:\"address\"},result:\"i32\"},threadTime:{parameters:{},result:\"i64\"}};var SHIM_SYMBOLS={...RUNNER_SY" +
  "MBOLS,shimVersion:{parameters:{},result:\"u32\"},ioctl:{parameters:{fd:\"i32\",request:\"u32\",argument:\"a" +
  "ddress\"},result:\"i32\"},ioctlStruct:{parameters:{fd:\"i32\",request:\"u32\",argument:\"buffer\"},result:\"i3" +
  "2\"},mmap:{parameters:{address:\"address\",length:\"address\",protection:\"i32\",flags:\"i32\",fd:\"i32\",offse" +
  "t:\"address\"},result:\"i64\"},munmap:{parameters:{address:\"address\",length:\"address\"},result:\"i32\"},mpr" +
  "otect:{parameters:{address:\"address\",length:\"address\",protection:\"i32\"},result:\"i32\"},madvise:{param" +
  "eters:{address:\"address\",length:\"address\",advice:\"i32\"},result:\"i32\"},memfdCreate:{parameters:{name:" +
  "\"buffer\",flags:\"u32\"},result:\"i32\"},fcntl:{parameters:{fd:\"i32\",command:\"i32\",argument:\"i32\"},result" +
  ":\"i32\"},ftruncate:{parameters:{fd:\"i32\",length:\"address\"},result:\"i32\"},open:{parameters:{path:\"buff" +
  "er\",flags:\"i32\",mode:\"u32\"},result:\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"},read:{parameter" +
  "s:{fd:\"i32\",to:\"buffer\",length:\"u32\"},result:\"i32\"},pwrite:{parameters:{fd:\"i32\",from:\"buffer\",lengt" +
  "h:\"address\",offset:\"address\"},result:\"i64\"},getrlimit:{parameters:{resource:\"i32\",limit:\"buffer\"},re" +
  "sult:\"i32\"},eventfd:{parameters:{value:\"u32\",flags:\"i32\"},result:\"i32\"},poll:{parameters:{fds:\"buffe" +
  "r\",count:\"u32\",milliseconds:\"i32\"},result:\"i32\"},copy:{parameters:{to:\"address\",from:\"address\",lengt" +
  "h:\"address\"},result:\"void\"},copyIn:{parameters:{to:\"address\",from:\"buffer\",length:\"address\"},result:" +
  "\"void\"},copyOut:{parameters:{to:\"buffer\",from:\"address\",length:\"address\"},result:\"void\"},copyInGuard" +
  "ed:{parameters:{to:\"address\",from:\"buffer\",length:\"address\"},result:\"i64\"},copyOutGuarded:{parameter" +
  "s:{to:\"buffer\",from:\"address\",length:\"address\"},result:\"i64\"},addBits:{parameters:{to:\"address\",firs" +
  "t:\"address\",from:\"address\",count:\"address\"},result:\"void\"},takeBits:{parameters:{to:\"address\",from:\"" +
  "address\",first:\"address\",count:\"address\"},result:\"void\"},markPages:{parameters:{set:\"address\",first:" +
  "\"address\",count:\"address\"},result:\"void\"},markOwnPages:{parameters:{set:\"address\"},result:\"i64\"},cou" +
  "ntOwnPages:{parameters:{memory:\"address\",pages:\"address\"},result:\"i64\"},countPages:{parameters:{set:" +
  "\"address\"},result:\"i64\"},forgetPages:{parameters:{set:\"address\"},result:\"void\"},capturePages:{parame" +
  "ters:{set:\"address\",base:\"address\",arena:\"address\",first_zero:\"address\",end_zero:\"address\"},result:\"" +
  "i64\"},tablePages:{parameters:{table:\"address\",pages:\"address\",set:\"address\"},result:\"void\"},writeTab" +
  "le:{parameters:{table:\"address\",pages:\"address\",fd:\"i32\"},result:\"i32\"},makeTable:{parameters:{set:\"" +
  "address\",pages:\"address\",memory:\"address\",arena:\"address\"},result:\"i64\"},restorePages:{parameters:{s" +
  "et:\"address\",base:\"address\",target:\"address\"},result:\"i32\"},gettid:{parameters:{},result:\"i32\"},acqu" +
  "ireCell:{parameters:{run:\"address\",signal:\"i32\"},result:\"i32\"},releaseCell:{parameters:{index:\"u32\"}" +
  ",result:\"void\"},guestTime:{parameters:{index:\"u32\"},result:\"i64\"},hostTime:{parameters:{index:\"u32\"}" +
  ",result:\"i64\"},cellEpoch:{parameters:{index:\"u32\"},result:\"u32\"},beginCall:{parameters:{index:\"u32\"}" +
  ",result:\"i32\"},endCall:{parameters:{index:\"u32\"},result:\"i32\"},isCancelled:{parameters:{index:\"u32\"}" +
  ",result:\"i32\"},kill:{parameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},pause:{parameters:{index:\"u3" +
  "2\",epoch:\"u32\"},result:\"i32\"},takePause:{parameters:{index:\"u32\"},result:\"i32\"},settle:{parameters:{" +
  "index:\"u32\",vcpu:\"i32\"},result:\"i32\"}};var LIBC_SYMBOLS={memfd_create:{parameters:{name:\"buffer\",fla" +
  "gs:\"u32\"},result:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},result:\"i32\"},write:" +
  "{parameters:{fd:\"i32\",from:\"buffer\",length:\"address\"},result:\"i64\"},pread:{parameters:{fd:\"i32\",to:\"" +
  "buffer\",length:\"address\",offset:\"address\"},result:\"i64\"},readlink:{parameters:{path:\"buffer\",to:\"buf" +
  "fer\",length:\"address\"},result:\"i64\"},fcntl:{parameters:{fd:\"i32\",command:\"i32\",argument:\"i32\"},resul" +
  "t:\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"}},LIBC_NAMES=[\"libc.so.6\",\"libc.musl-x86_64.so.1\"" +
  ",\"libc.so\"],MFD_CLOEXEC=1,MFD_EXEC=16,O_RDWR=2,O_CLOEXEC=524288,O_TMPFILE=4259840,F_DUPFD_CLOEXEC=10" +
  "30,PREFERRED_FD=100,FIRST_FD=3,LAST_FD=356,TEMPORARY_FOLDERS=[\"/tmp\",\"/var/tmp\",\"/dev/shm\"];function" +
  " loadShim(adapter){let libc=openLibc(adapter),bytes=Uint8Array.from(atob(SHIM_BASE64),(char)=>char.c" +
  "harCodeAt(0)),failures=[];for(let create of[createMemfd,createUnnamedFile]){let fd=findCopy(libc,byt" +
  "es)??publish(libc,create(libc),bytes);if(fd===void 0)continue;try{return bind(adapter,`/proc/self/fd" +
  "/${fd}`)}catch(error){libc.close(fd),failures.push(error)}}throw new VmletError(\"ERR_SHIM\",`Cannot l" +
  "oad the native shim: neither a memfd nor an unnamed file in ${TEMPORARY_FOLDERS.join(\", \")} can be e" +
  "xecuted here. Allow one of them (sysctl vm.memfd_noexec=0, or a temporary folder mounted without noe" +
  "xec)`,{cause:failures[0]})}function bind(adapter,path){let native={...bindShim(adapter,path,SHIM_SYM" +
  "BOLS),view:adapter.view,path};if(native.shimVersion()!==SHIM_VERSION)throw new VmletError(\"ERR_SHIM\"" +
  ",`Cannot load the native shim: ${path} holds another version (${native.shimVersion().toString(16)} i" +
  "nstead of ${SHIM_VERSION.toString(16)})`);return native}function openLibc(adapter){let failures=[];f" +
  "or(let name of LIBC_NAMES)try{return adapter.open(name,LIBC_SYMBOLS)}catch(error){if(isPermissionErr" +
  "or(error))throw new VmletError(\"ERR_SHIM\",\"Cannot load the native shim: permission to call native co" +
  "de is missing, run with --allow-ffi\",{cause:error});failures.push(error)}throw new VmletError(\"ERR_S" +
  "HIM\",`Cannot load the native shim: no C library found as ${LIBC_NAMES.join(\", \")}`,{cause:failures[0" +
  "]})}function isPermissionError(error){return error instanceof Error&&[\"NotCapable\",\"PermissionDenied" +
  "\"].includes(error.name)}function cString(text){return new TextEncoder().encode(`${text}\\x00`)}functi" +
  "on createMemfd(libc){let name=cString(`vmlet-shim-${SHIM_HASH}`),fd=libc.memfd_create(name,MFD_CLOEX" +
  "EC|MFD_EXEC);return fd>=0?fd:libc.memfd_create(name,MFD_CLOEXEC)}function createUnnamedFile(libc){fo" +
  "r(let folder of TEMPORARY_FOLDERS){let fd=libc.open(cString(folder),O_TMPFILE|O_RDWR|O_CLOEXEC,448);" +
  "if(fd>=0)return fd}return-1}function publish(libc,fd,bytes){if(fd<0)return;if(libc.write(fd,bytes,by" +
  "tes.length)!==bytes.length){libc.close(fd);return}let moved=libc.fcntl(fd,F_DUPFD_CLOEXEC,PREFERRED_" +
  "FD);if(moved>=0)libc.close(fd);let published=moved>=0?moved:fd,lowest=findCopy(libc,bytes)??publishe" +
  "d;if(lowest!==published)libc.close(published);return lowest}function findCopy(libc,bytes){let link=n" +
  "ew Uint8Array(256),content=new Uint8Array(bytes.length+1);for(let fd=FIRST_FD;fd<LAST_FD;fd++){let l" +
  "ength=libc.readlink(cString(`/proc/self/fd/${fd}`),link,link.length);if(length<=0)continue;let name=" +
  "new TextDecoder().decode(link.subarray(0,length));if(!(name.startsWith(`/memfd:vmlet-shim-${SHIM_HAS" +
  "H}`)||name.endsWith(\" (deleted)\")&&TEMPORARY_FOLDERS.some((it)=>name.startsWith(`${it}/#`)))||libc.p" +
  "read(fd,content,content.length,0)!==bytes.length)continue;if(bytes.every((byte,i)=>byte===content[i]" +
  "))return fd}return}var TYPES={i32:\"i32\",u32:\"u32\",i64:\"i64_fast\",address:\"u64_fast\",buffer:\"ptr\",voi" +
  "d:\"void\"};function bunAdapter(ffi){return{open(path,symbols){let definitions=Object.fromEntries(Obje" +
  "ct.entries(symbols).map(([name,{parameters,result}])=>[name,{args:Object.values(parameters).map((typ" +
  "e)=>TYPES[type]),returns:TYPES[result]}]));return{...ffi.dlopen(path,definitions).symbols}},view:(ad" +
  "dress,length)=>ffi.toArrayBuffer(address,0,length)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i64\",addres" +
  "s:\"usize\",buffer:\"buffer\",void:\"void\"};function denoAdapter(deno){return{open(path,symbols){let defi" +
  "nitions=Object.fromEntries(Object.entries(symbols).map(([name,{parameters,result}])=>[name,{paramete" +
  "rs:Object.values(parameters).map((type)=>TYPES2[type]),result:TYPES2[result]}])),functions={...deno." +
  "dlopen(path,definitions).symbols};for(let[name,{result}]of Object.entries(symbols)){let native=funct" +
  "ions[name];if(native&&result===\"i64\")functions[name]=(...args)=>Number(native(...args))}return funct" +
  "ions},view:(address,length)=>deno.UnsafePointerView.getArrayBuffer(deno.UnsafePointer.create(BigInt(" +
  "address)),length)}}function adapterFor(globals){let{Deno:deno,Bun:bun,process}=globals;if(bun===void" +
  " 0&&typeof deno?.dlopen!==\"function\"){let name=process?.version===void 0?\"this one\":`Node.js ${proce" +
  "ss.version}`;throw new VmletError(\"ERR_UNSUPPORTED_RUNTIME\",`Cannot run guests: vmlet needs Deno or " +
  "Bun for native code, and ${name} is neither`)}let os=process?.platform??deno?.build?.os??\"unknown\",a" +
  "rch=process?.arch??deno?.build?.arch??\"unknown\";if(os!==\"linux\"||arch!==\"x64\"&&arch!==\"x86_64\")throw" +
  " new VmletError(\"ERR_UNSUPPORTED_PLATFORM\",`Cannot run guests: vmlet needs Linux on x86_64, and this" +
  " is ${os} on ${arch}`);return bun===void 0?denoAdapter(deno):bunAdapter(process?.getBuiltinModule?.(" +
  "\"bun:ffi\"))}var loaded;function native(){return loaded??=loadShim(adapterFor(globalThis))}var ESRCH=" +
  "3,CELLS=65536;class InterruptHandle{#index;#generation;constructor({index,generation}){this.#index=i" +
  "ndex,this.#generation=generation}static from(token){let{index,generation}=token??{};if(typeof index!" +
  "==\"number\"||typeof generation!==\"number\")throw wrongType(\"Cannot make an interrupt handle: the argum" +
  "ent is not a token of one\");if(!(Number.isInteger(index)&&index>=0&&index<CELLS&&Number.isInteger(ge" +
  "neration)&&generation>0&&generation<4294967296&&generation%2===1))throw outOfRange(`Cannot make an i" +
  "nterrupt handle: no guest has the token ${index}, ${generation}`);return new InterruptHandle({index," +
  "generation})}get token(){return{index:this.#index,generation:this.#generation}}get dropped(){return " +
  "native().cellEpoch(this.#index)!==this.#generation}kill(){return interrupted(native().kill(this.#ind" +
  "ex,this.#generation))}pause(){return interrupted(native().pause(this.#index,this.#generation))}}func" +
  "tion interrupted(result){if(result>=0)return result===1;if(result===-ESRCH)return!1;throw new VmletE" +
  "rror(\"ERR_LIMIT\",`Cannot signal the thread that runs the guest: ${errnoSymbol(-result)}`,{errno:-res" +
  "ult})}var ARRIVAL={opened:1,data:2,closed:3};var MAX_RECORD=16384;class Channel{shared;#words;#bytes" +
  ";#seenPauses=0;constructor(shared){this.shared=shared??new SharedArrayBuffer(65556),this.#words=new " +
  "Int32Array(this.shared,0,5),this.#bytes=new Uint8Array(this.shared,20,65536)}put(type,bytes=new Uint" +
  "8Array(0)){let written=Atomics.load(this.#words,0),used=written-Atomics.load(this.#words,1)>>>0,size" +
  "=4+bytes.length;if(bytes.length>16384||used+size>65536)return!1;let header=Uint8Array.of(type,0,byte" +
  "s.length&255,bytes.length>>8);return this.#copyIn(written,header),this.#copyIn(written+4,bytes),Atom" +
  "ics.store(this.#words,0,written+size|0),Atomics.notify(this.#words,0),!0}take(){if(this.isEmpty)retu" +
  "rn;let taken=Atomics.load(this.#words,1),[type=0,,low=0,high=0]=this.#copyOut(taken,4),bytes=this.#c" +
  "opyOut(taken+4,low|high<<8);return Atomics.store(this.#words,1,taken+4+bytes.length|0),{type,bytes}}" +
  "get isEmpty(){return Atomics.load(this.#words,0)===Atomics.load(this.#words,1)}wait(milliseconds){le" +
  "t taken=Atomics.load(this.#words,1);Atomics.wait(this.#words,0,taken,milliseconds)}get isStopped(){r" +
  "eturn Atomics.load(this.#words,2)===1}set isStopped(value){Atomics.store(this.#words,2,Number(value)" +
  ")}pause(interrupt){Atomics.add(this.#words,3,1),interrupt(),Atomics.add(this.#words,4,1)}takePause()" +
  "{let begun=Atomics.load(this.#words,3),done=Atomics.load(this.#words,4),isNew=begun!==done||done!==t" +
  "his.#seenPauses;return this.#seenPauses=done,isNew}#copyIn(position,bytes){let at=(position>>>0)%655" +
  "36,first=Math.min(bytes.length,65536-at);this.#bytes.set(bytes.subarray(0,first),at),this.#bytes.set" +
  "(bytes.subarray(first),0)}#copyOut(position,length){let at=(position>>>0)%65536,bytes=new Uint8Array" +
  "(length),first=Math.min(length,65536-at);return bytes.set(this.#bytes.subarray(at,at+first)),bytes.s" +
  "et(this.#bytes.subarray(0,length-first),first),bytes}}var PATIENCE=5,scope=globalThis,builtin=(name)" +
  "=>scope.process.getBuiltinModule(name),channel,guest,server,path,client,waiting=[];function deliver(" +
  "){if(!channel)return;for(let next=waiting[0];next;next=waiting[0]){if(!channel.put(...next)){client?" +
  ".pause(),setTimeout(deliver,PATIENCE);break}waiting.shift()}if(waiting.length===0)client?.resume();i" +
  "f(channel.isStopped||channel.isEmpty)return;channel.pause(()=>guest?.pause()),scope.postMessage({typ" +
  "e:\"arrived\"})}function arrived(type,bytes=new Uint8Array(0)){for(let at=0;at===0||at<bytes.length;at" +
  "+=MAX_RECORD)waiting.push([type,bytes.subarray(at,at+MAX_RECORD)]);deliver()}function connected(sock" +
  "et){if(socket.on(\"error\",()=>{}),client)return socket.destroy();client=socket,socket.setNoDelay(!0)," +
  "socket.on(\"data\",(bytes)=>{if(socket===client)arrived(ARRIVAL.data,new Uint8Array(bytes))}),socket.o" +
  "n(\"close\",()=>{if(socket!==client)return;client=void 0,arrived(ARRIVAL.closed)}),arrived(ARRIVAL.ope" +
  "ned)}function listen(at){let failed=(error)=>{let message=error instanceof Error?error.message:Strin" +
  "g(error);scope.postMessage({type:\"failed\",message})};try{let{createServer}=builtin(\"node:net\"),liste" +
  "ner=createServer(connected);server=listener,listener.on(\"error\",failed),listener.listen(at,()=>{try{" +
  "if(\"path\"in at)return path=at.path,builtin(\"node:fs\").chmodSync(at.path,384),scope.postMessage({type" +
  ":\"listening\",at});let address=listener.address(),port=typeof address===\"object\"&&address?address.por" +
  "t:at.port;scope.postMessage({type:\"listening\",at:{host:at.host,port}})}catch(error){failed(error)}})" +
  "}catch(error){failed(error)}}function end(){client?.end(),server?.close();try{if(path!==void 0)built" +
  "in(\"node:fs\").unlinkSync(path)}catch{}setTimeout(()=>scope.close(),20)}scope.onmessage=({data})=>{sw" +
  "itch(data.type){case\"listen\":return channel=new Channel(data.shared),listen(data.at);case\"guest\":if(" +
  "guest=InterruptHandle.from(data.token),guest.dropped)guest=void 0;return;case\"send\":client?.write(da" +
  "ta.bytes);return;case\"hang up\":client?.end();return;case\"end\":end()}};scope.postMessage({type:\"ready" +
  "\"});";
