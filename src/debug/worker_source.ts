/** src/debug/worker.ts with all that it imports, by `deno task workers`: do not edit. */
// deno-fmt-ignore-file

/** A script of 34448 characters. */
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
  " errnoSymbol(errno){return ERRNO_SYMBOLS[errno]??`errno ${errno}`}var SHIM_VERSION=2185188962,SHIM_H" +
  "ASH=\"5e86f4189ee56ba3\",SHIM_BASE64=\"f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAAAAAAAAAAAABAAAAAAAAAALA0AAAAAAAA" +
  "AAAAAEAAOAAJAEAADwAOAAYAAAAEAAAAQAAAAAAAAABAAAAAAAAAAEAAAAAAAAAA+AEAAAAAAAD4AQAAAAAAAAgAAAAAAAAAAQAA" +
  "AAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACcEgAAAAAAAJwSAAAAAAAAABAAAAAAAAABAAAABQAAAKASAAAAAAAAoCIAAAAA" +
  "AACgIgAAAAAAAHsgAAAAAAAAeyAAAAAAAAAAEAAAAAAAAAEAAAAGAAAAIDMAAAAAAAAgUwAAAAAAACBTAAAAAAAA4AAAAAAAAADg" +
  "DAAAAAAAAAAQAAAAAAAAAQAAAAYAAAAANAAAAAAAAABkAAAAAAAAAGQAAAAAAAAAAAAAAAAAAECJQAAAAAAAABAAAAAAAAACAAAA" +
  "BgAAAEAzAAAAAAAAQFMAAAAAAABAUwAAAAAAAMAAAAAAAAAAwAAAAAAAAAAIAAAAAAAAAFLldGQEAAAAIDMAAAAAAAAgUwAAAAAA" +
  "ACBTAAAAAAAA4AAAAAAAAADgDAAAAAAAAAEAAAAAAAAAUOV0ZAQAAACkCwAAAAAAAKQLAAAAAAAApAsAAAAAAACUAQAAAAAAAJQB" +
  "AAAAAAAABAAAAAAAAABR5XRkBgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAEAAAASAAgAsCIAAAAAAAAGAAAAAAAAABMCAAASAAgA0DwAAAAAAAAwAAAAAAAAACUCAAASAAgA" +
  "AD0AAAAAAAAwAAAAAAAAADoBAAASAAgAoCYAAAAAAACqAAAAAAAAAFsBAAASAAgAkCcAAAAAAABAAQAAAAAAAJkBAAASAAgA0CoA" +
  "AAAAAAC5AwAAAAAAAL0AAAASAAgAUCQAAAAAAAAYAAAAAAAAAMsAAAASAAgAcCQAAAAAAABXAAAAAAAAACsBAAASAAgA4CUAAAAA" +
  "AAC9AAAAAAAAAGECAAASAAgAkD8AAAAAAAAgAAAAAAAAAMkCAAASAAgAsEAAAAAAAAAHAAAAAAAAAOACAAASAAgAIEIAAAAAAACj" +
  "AAAAAAAAAD4AAAASAAgAICMAAAAAAAATAAAAAAAAAK0BAAASAAgAkC4AAAAAAACyCwAAAAAAAJYCAAASAAgAEEAAAAAAAAAxAAAA" +
  "AAAAAOoCAAASAAgA0EIAAAAAAABLAAAAAAAAABQAAAASAAgAwCIAAAAAAAAWAAAAAAAAAIsAAAASAAgAwCMAAAAAAAAkAAAAAAAA" +
  "ANYAAAASAAgA0CQAAAAAAAAGAAAAAAAAAAACAAASAAgAIDwAAAAAAACtAAAAAAAAAKIAAAASAAgAECQAAAAAAAATAAAAAAAAAOEA" +
  "AAASAAgA4CQAAAAAAAAGAAAAAAAAABUBAAASAAgAcCUAAAAAAABnAAAAAAAAAIYBAAASAAgAkCoAAAAAAAA+AAAAAAAAADoCAAAS" +
  "AAgAMD0AAAAAAACzAQAAAAAAACAAAAASAAgA4CIAAAAAAAAWAAAAAAAAADMAAAASAAgAACMAAAAAAAARAAAAAAAAAFoAAAASAAgA" +
  "YCMAAAAAAAAUAAAAAAAAAMEBAAASAAgAUDoAAAAAAAAXAAAAAAAAAHsAAAASAAgAoCMAAAAAAAAWAAAAAAAAAPABAAASAAgA0DsA" +
  "AAAAAABPAAAAAAAAAE4CAAASAAgA8D4AAAAAAACUAAAAAAAAALgCAAASAAgAcEAAAAAAAAAyAAAAAAAAAGgAAAASAAgAgCMAAAAA" +
  "AAAVAAAAAAAAAJYAAAASAAgA8CMAAAAAAAAYAAAAAAAAAP4AAAASAAgAACUAAAAAAABnAAAAAAAAAHQBAAASAAgA0CgAAAAAAAC5" +
  "AQAAAAAAAKUCAAASAAgAUEAAAAAAAAAWAAAAAAAAANQCAAASAAgAEEIAAAAAAAAKAAAAAAAAANsBAAASAAgAsDoAAAAAAACuAAAA" +
  "AAAAAEsAAAASAAgAQCMAAAAAAAAUAAAAAAAAAK0AAAASAAgAMCQAAAAAAAAYAAAAAAAAAO8AAAASAAgA8CQAAAAAAAAGAAAAAAAA" +
  "AEoBAAASAAgAUCcAAAAAAAA4AAAAAAAAAM4BAAASAAgAcDoAAAAAAAA4AAAAAAAAAHQCAAASAAgAsD8AAAAAAAASAAAAAAAAAIUC" +
  "AAASAAgA0D8AAAAAAAA7AAAAAAAAAAsAAAABAAAAEAAAABoAAAAAAQABAAEAAQAAAAAAACAgBQAAAFAAAAACAAAAAAQAAAQAAgAE" +
  "AAACEKAAAAAMAIAEgAJBAEEEQwAQAAAAAQAA1BBAAQAEAAAFgAAAwAB0BAUAAIwAIABEiICAAAEABAgIAAAgAEBIQAEABAEAAAQA" +
  "CAEAAACAhCAAICAAUAAEEAEAAAAEAAAABwAAAA0AAAARAAAAFQAAABoAAAAeAAAAIgAAACgAAAApAAAAIj2WClJ34QDXSjHuQhbo" +
  "PAZyc1uvN7b3OBDeo8J6lctmFpIBzDX9oVijksvBFBSpmnpNAH61QDe+MmC0vU8uDcYCxj2+8ZTLZlqOywViEB2IZ5bLHDdi+riJ" +
  "5eeCXqF+mU33umqlbRO2y5PLdL6l2s1nMPEYwjaoGBDAIdTnKsgv1+PaqK2q44L9Vz04ef9E5BfbmYK04pFrTT0+4VJLXnp2NtJ8" +
  "BKzXnjWpRqbgQwIyi6IPuoZ8bg2KwwgAdm1sZXRfc2hpbV92ZXJzaW9uAHZtbGV0X2lvY3RsAHZtbGV0X2lvY3RsX3N0cnVjdAB2" +
  "bWxldF9tbWFwAHZtbGV0X211bm1hcAB2bWxldF9tcHJvdGVjdAB2bWxldF9tYWR2aXNlAHZtbGV0X21lbWZkX2NyZWF0ZQB2bWxl" +
  "dF9mdHJ1bmNhdGUAdm1sZXRfb3BlbgB2bWxldF9jbG9zZQB2bWxldF9yZWFkAHZtbGV0X2dldHJsaW1pdAB2bWxldF9ldmVudGZk" +
  "AHZtbGV0X3BvbGwAdm1sZXRfY29weQB2bWxldF9jb3B5X2luAHZtbGV0X2NvcHlfb3V0AHZtbGV0X2NvcHlfb3V0X2d1YXJkZWQA" +
  "dm1sZXRfY29weV9pbl9ndWFyZGVkAHZtbGV0X2FkZF9iaXRzAHZtbGV0X3Rha2VfYml0cwB2bWxldF9tYXJrX3BhZ2VzAHZtbGV0" +
  "X21hcmtfcHJlc2VudF9wYWdlcwB2bWxldF9jb3VudF9wYWdlcwB2bWxldF9mb3JnZXRfcGFnZXMAdm1sZXRfY2FwdHVyZV9wYWdl" +
  "cwB2bWxldF9yZXN0b3JlX3BhZ2VzAHZtbGV0X2dldHRpZAB2bWxldF90Z2tpbGwAdm1sZXRfaW5zdGFsbF9zaWduYWwAdm1sZXRf" +
  "c2V0X3RpbWVyAHZtbGV0X3RocmVhZF90aW1lcgB2bWxldF90aHJlYWRfdGltZQB2bWxldF91bmJsb2NrX3NpZ25hbAB2bWxldF9h" +
  "dHRhY2hfdGhyZWFkAHZtbGV0X2FjcXVpcmVfY2VsbAB2bWxldF9yZWxlYXNlX2NlbGwAdm1sZXRfY2VsbF9lcG9jaAB2bWxldF9i" +
  "ZWdpbl9jYWxsAHZtbGV0X2VuZF9jYWxsAHZtbGV0X2lzX2NhbmNlbGxlZAB2bWxldF90YWtlX3BhdXNlAHZtbGV0X2tpbGwAdm1s" +
  "ZXRfcGF1c2UAdm1sZXRfcnVuAHZtbGV0X3NldHRsZQAAIFMAAAAAAAAIAAAAAAAAAGA7AAAAAAAAMFMAAAAAAAAIAAAAAAAAAKAi" +
  "AAAAAAAAAAAAAAAAAAAPDw8PDw8PDw8PDw8PDw8PVVVVVVVVVVVVVVVVVVVVVTMzMzMzMzMzMzMzMzMzMzMvcHJvYy9zZWxmL3Bh" +
  "Z2VtYXAAAAEbAzuQAQAAMQAAAAwXAACsAQAAHBcAAMABAAA8FwAA1AEAAFwXAADoAQAAfBcAAPwBAACcFwAAEAIAALwXAAAkAgAA" +
  "3BcAADgCAAD8FwAATAIAABwYAABgAgAATBgAAHQCAABsGAAAiAIAAIwYAACcAgAArBgAALACAADMGAAAxAIAACwZAADYAgAAPBkA" +
  "AOwCAABMGQAAAAMAAFwZAAAUAwAAzBkAADADAAA8GgAATAMAAPwaAABgAwAArBsAAJADAADsGwAApAMAACwdAADwAwAA7B4AABgE" +
  "AAAsHwAALAQAAOwiAAB0BAAArC4AALgEAADMLgAAzAQAAAwvAADwBAAAvC8AAAwFAAAsMAAAIAUAAHwwAAA0BQAALDEAAFgFAABc" +
  "MQAAbAUAAIwxAACABQAATDMAAMQFAADsMwAA2AUAAAw0AADsBQAALDQAAAAGAABsNAAAFAYAAKw0AAAoBgAAzDQAADwGAAAMNQAA" +
  "UAYAABw1AABkBgAAbDYAAJAGAAB8NgAApAYAACw3AADMBgAAFAAAAAAAAAABelIAAXgQARsMBwiQAQAAEAAAABwAAABYFQAABgAA" +
  "AAAAAAAQAAAAMAAAAFQVAAAWAAAAAAAAABAAAABEAAAAYBUAABYAAAAAAAAAEAAAAFgAAABsFQAAEQAAAAAAAAAQAAAAbAAAAHgV" +
  "AAATAAAAAAAAABAAAACAAAAAhBUAABQAAAAAAAAAEAAAAJQAAACQFQAAFAAAAAAAAAAQAAAAqAAAAJwVAAAVAAAAAAAAABAAAAC8" +
  "AAAAqBUAABYAAAAAAAAAEAAAANAAAAC0FQAAJAAAAAAAAAAQAAAA5AAAANAVAAAYAAAAAAAAABAAAAD4AAAA3BUAABMAAAAAAAAA" +
  "EAAAAAwBAADoFQAAGAAAAAAAAAAQAAAAIAEAAPQVAAAYAAAAAAAAABAAAAA0AQAAABYAAFcAAAAAAAAAEAAAAEgBAABMFgAABgAA" +
  "AAAAAAAQAAAAXAEAAEgWAAAGAAAAAAAAABAAAABwAQAARBYAAAYAAAAAAAAAGAAAAIQBAABAFgAAZwAAAABBDhCDAgJlDggAABgA" +
  "AACgAQAAlBYAAGcAAAAAQQ4QgwICZQ4IAAAQAAAAvAEAAOgWAAC9AAAAAAAAACwAAADQAQAAlBcAAKoAAAAASg4QQg4YQQ4ggwSO" +
  "A4YCApkOGEIOEEEOCMPOxgAAABAAAAAAAgAAFBgAADgAAAAAAAAASAAAABQCAABAGAAAQAEAAABBDhBCDhhCDiBCDihCDjBBDjhH" +
  "DsAfgweMBo0FjgSPA4YCAyQBDjhBDjBCDihCDiBCDhhCDhBBDggAACQAAABgAgAANBkAALkBAAAAUw4QQQ4YgwOOAgOiAQ4QQg4I" +
  "w84AAAAQAAAAiAIAAMwaAAA+AAAAAAAAAEQAAACcAgAA+BoAALkDAAAAQQ4QQg4YQg4gQg4oQg4wQQ44gweMBo0FjgSPA4YCAk4O" +
  "MEIOKEIOIEIOGEIOEEEOCEEOOAAAAEAAAADkAgAAcB4AALILAAAAQQ4QQg4YQg4gQg4oQg4wQQ44gweMBo0FjgSPA4YCA54LDjBC" +
  "DihCDiBCDhhCDhBBDggAEAAAACgDAADsKQAAFwAAAAAAAAAgAAAAPAMAAPgpAAA4AAAAAEEOEEEOGIMDhgJ0DhBBDggAAAAYAAAA" +
  "YAMAABQqAACuAAAAAFIOEIMCApsOCMMAEAAAAHwDAACoKgAAYgAAAAAAAAAQAAAAkAMAAAQrAABPAAAAAAAAACAAAACkAwAAQCsA" +
  "AK0AAAAAQg4QQQ4YgwOOAgKnDhBCDggAABAAAADIAwAAzCsAADAAAAAAAAAAEAAAANwDAADoKwAAMAAAAAAAAABAAAAA8AMAAAQs" +
  "AACzAQAAAEEOEEIOGEIOIEIOKEIOMEEOOIMHjAaNBY4EjwOGAgOfAQ4wQg4oQg4gQg4YQg4QQQ4IABAAAAA0BAAAgC0AAJQAAAAA" +
  "AAAAEAAAAEgEAAAMLgAAIAAAAAAAAAAQAAAAXAQAABguAAASAAAAAAAAABAAAABwBAAAJC4AADsAAAAAAAAAEAAAAIQEAABQLgAA" +
  "MQAAAAAAAAAQAAAAmAQAAHwuAAAWAAAAAAAAABAAAACsBAAAiC4AADIAAAAAAAAAEAAAAMAEAAC0LgAABwAAAAAAAAAoAAAA1AQA" +
  "ALAuAABMAQAAAAJPDhBBDhhEDkCDA44CAucOGEEOEEIOCMPOABAAAAAABQAA1C8AAAoAAAAAAAAAJAAAABQFAADQLwAAowAAAABC" +
  "DhBBDhiDA44CAnEOEEIOCEEOGAAAACQAAAA8BQAAWDAAAEsAAAAAQg4QQQ4YgwOOAgJFDhBCDggAAAAAAAAAAAAAAAAAALgPAAAA" +
  "DwVmDx+EAAAAAAC4YlY/gsNmLg8fhAAAAAAASGP/ifa4EAAAAEUx0kUxwEUxyQ8Fw2YuDx+EAAAAAABIY/+J9rgQAAAARTHSRTHA" +
  "RTHJDwXDZi4PH4QAAAAAAEhj0kxj0U1jwLgJAAAADwXDZi4PH4QAAAAAAA8fRAAAuAsAAAAx0kUx0kUxwEUxyQ8Fw2YuDx+EAAAA" +
  "AAAPHwBIY9K4CgAAAEUx0kUxwEUxyQ8Fw2YuDx+EAAAAAABmkEhj0rgcAAAARTHSRTHARTHJDwXDZi4PH4QAAAAAAGaQifa4PwEA" +
  "ADHSRTHSRTHARTHJDwXDZi4PH4QAAAAAAJBIY/+4TQAAADHSRTHSRTHARTHJDwXDZi4PH4QAAAAAAEiJ+UxjxkGJ0rgBAQAASMfH" +
  "nP///0iJzkyJwkUxwEUxyQ8Fw2YuDx+EAAAAAABmkEhj/7gDAAAAMfYx0kUx0kUxwEUxyQ8Fww8fhAAAAAAASGP/idIxwEUx0kUx" +
  "wEUxyQ8Fw2YuDx+EAAAAAAAPHwBJifJIY/e4LgEAADH/MdJFMcBFMckPBcMPH4QAAAAAAIn/SGP2uCIBAAAx0kUx0kUxwEUxyQ8F" +
  "ww8fhAAAAAAASGPCSGnI001iEEiJykjB6j9IwfkmAdFIY8lIiUwk8GnJ6AMAAInCKcppykBCDwBIY8lIiUwk+In2McmFwEiNVCTw" +
  "SA9I0bgPAQAARTHSRTHARTHJDwXDZg8fhAAAAAAASInR86TDZi4PH4QAAAAAAEiJ0fOkw2YuDx+EAAAAAABIidHzpMNmLg8fhAAA" +
  "AAAAU0iJ00iJfCTwSIlUJPhIiXQk4EiJVCTouCcAAAAx/zH2MdJFMdJFMcBFMckPBUiJx0iNdCTwTI1UJOC4NgEAALoBAAAAQbgB" +
  "AAAARTHJDwVIOdhIx8Hy////SA9EyEiFwEgPScFbw2YPH4QAAAAAAFNIidNIiXQk8EiJVCT4SIl8JOBIiVQk6LgnAAAAMf8x9jHS" +
  "RTHSRTHARTHJDwVIicdIjXQk8EyNVCTguDcBAAC6AQAAAEG4AQAAAEUxyQ8FSDnYSMfB8v///0gPRMhIhcBID0nBW8NmDx+EAAAA" +
  "AABIhckPhLMAAABIichIifFIwekGTI0Ez4PmP79AAAAASCn3MclmD+/ARTHJ6yNJg8kHZi4PH4QAAAAAAA8fRAAASYPBAUyJyUjB" +
  "4QZIOcFzbEH2wQdBD5TCSIHBAAIAAEg5wQ+WwUGEynQnZkIPb0zKEGZCD+tMyiBmQg/rTMowZkIP6wzKZg92yA9QyYPxD3ScTosU" +
  "yk2F0nSmTYnTifFJ0+NPCRzISIX2dJWJ+UnT6k2F0nSLTwlUyAjrhMMPHwBIhckPhKAAAABVQVZTSInISInRSMHpBoPiP0G4QAAA" +
  "AEkp0EyNSP9JwekGSYPBAUiNNM5Ig8YIRTHSScfD/////+s0Zi4PH4QAAAAAAA8fAEnHxv////+JwUnT5kiD6EBJ99ZND0PzSSHe" +
  "Tok010mDwgFNOdF0LkiF0kAPlcVKi1zW+InRSNPrSTnAD5LBQCDpgPkBdbpOizTWRInBSdPmTAnz66tbQV5dw2YPH0QAAEiNBDJI" +
  "OcZzLkiJ8Q8fQABIO08IcyG4AQAAAEjT4EiLdxBJichJwegGSgkExkiDwQFIg8L/ddnDDx+EAAAAAABVQVdBVkFVQVRTSIHsiA8A" +
  "AEiJ+0iNNeXj//9FMfa4AQEAALoAAAgASMfHnP///0Ux0kUxwEUxyQ8FSInHhf8PiOcAAABMi3sIgef///9/TYX/D4S9AAAAQbwA" +
  "AgAASI10JIBFMe1mLg8fhAAAAAAATIn9TCntSIH9AAIAAEkPQ+xMixNJweoMTQHqScHiA40U7QAAAAC4EQAAAEUxwEUxyQ8FSIXA" +
  "Qb7y////RA9I8Eg50LgAAAAARA9E8EWF9nVCTTnvdD0xwOsPZg8fRAAASIPAAUg56HMnSItMxIBIwek+dOxKjQwougEAAABI0+JM" +
  "i0MQSMHpBkkJFMjr0maQSQHFRYX2dQ1Mi3sITTn9D4Jb////uAMAAAAx9jHSRTHSRTHARTHJDwVEifeJ+EiBxIgPAABbQVxBXUFe" +
  "QV9dw0iLRwhIg8A/SIP4QHMDMcDDQVZTSInBSMHpBkiLVxBIi3cYSD0AAQAAcwkx/zHA6QkBAABIic9Ig+f8SMHoA0iD4OBmD+/A" +
  "RTHAZg9vFU7i//9mD28dVuL//2YPby0u4v//Zg/v5GYP78lmDx9EAADzQg9vNALzQg9vfAIQ80YPbwQGZkQP68bzQg9vdAYQZg/r" +
  "92ZBD2/4Zg9x1wFmD9v6ZkQP+MdmQQ9v+GYP2/tmQQ9x0AJmRA/bw2ZED/zHZkEPb/hmD3HXBGZBD/z4Zg/b/WYP9vhmD9TnZg9v" +
  "/mYPcdcBZg/b+mYP+PdmD2/+Zg/b+2YPcdYCZg/b82YP/PdmD2/+Zg9x1wRmD/z+Zg/b/WYP9vhmD9TPSYPAIEw5wA+FSv///2YP" +
  "1MxmD3DB7mYP1MFmSA9+wEg5+XR4SbhVVVVVVVVVVUm5MzMzMzMzMzNJug8PDw8PDw8PSbsBAQEBAQEBAWYuDx+EAAAAAACQSIsc" +
  "/kgLHPpJid5J0e5NIcZMKfNJid5NIc5IwesCTCHLTAHzSYneScHuBEkB3k0h1k0Pr/NJwe44TAHwSIPHAUg5+XW7W0Feww8fgAAA" +
  "AABIi0cISIPAP0iD+EByL0iLRxAxyWYuDx+EAAAAAABmkEjHBMgAAAAASIPBAUiLVwhIg8I/SMHqBkg50XLjw2aQVUFXQVZBVUFU" +
  "U0yJRCTwSIlMJOi4/wEAAEgDRwhIicFIwekJSIlMJMBMjRzN/w8AAEmB4wDw//9IiVQkoEkB00g9AAIAAHMaRTHSTIlXUEwrXCSg" +
  "TInYW0FcQV1BXkFfXcO4CAAAAEiJRCSouTAAAABFMe1mD+/ARTHSMdJIiXQkuOs+Zi4PH4QAAAAAAGaQSINEJKgISItMJNhIgcEA" +
  "ACAATItsJNBJgcUAACAASItEJMhIicJIO0QkwEiLdCS4dIlIhfZ0CUiLHNbrBQ8fADHbSItEJKBIiRzQSI001QAAAABIiVQk4EiN" +
  "QgFIiUQkyEyJbCTQSIlMJNhIiUwksEiJ8THS6y1mDx+EAAAAAABIi0wkmEiDwQFIgUQksAAABABJgcUAAAQASDtMJKgPhFz///9I" +
  "i0cISIPAP0jB6AZIOcEPg0f///9Ii0cQSIlMJJhIi08YSIt0JJhMiyTxSItMJJhMCyTIdKZIweEGSIlMJPjrG2YuDx+EAAAAAACQ" +
  "TYn7SY1EJP9JIcRIie90gPNJD7zMSYnJTAtMJPhIhdt0DkSJyCX/AQAATIsEw+sDRTHASIn9SIsHTDtMJOhAD5LGTDtMJPBAD5PH" +
  "QAj3dXBIi3QksEiNPDCJzsHmDEgB/jH/6xdmLg8fhAAAAAAAkEiDx0CB/wAQAAB0RGYPb0w+4GYP60w+0GYP60w+8GYP6ww+Zg92" +
  "yEQPUPFBg/YPdM9mD39EPtBmD39EPuBmD39EPvBmD38EPuu2Zg8fRAAATYnOScHmDEkBxkwB6MHhDEgBwTH2TIn3Dx+EAAAAAABm" +
  "D29PEGYP6wwxZg/rTyBmD+tPMGYPcNHuZg/r0WZID37QSIXAdRBIg8dAgf7ADwAASI12QHXJSIXAD4SAAAAATYXAD4SAAAAAMfZM" +
  "ifdmkGZBD28MMGZBD29UMBBmQQ9vXDAgZg/vDDFmD+9XEGZBD29kMDBmD+vRZg/vXyBmD+9nMGYP6+NmD+viZg9wzO5mD+vMZkkP" +
  "fs9Nhf91EEiDx0CB/sAPAABIjXZAdaJNhf91Fulr/v//Dx+EAAAAAABNhcAPhFr+//9IhdJ0Ek2J3+s9Zi4PH4QAAAAAAA8fAE2N" +
  "uwAQAABIi0wkoEiLVCTgTIkc0UiF23QPuQAQAABIid5Mid/zpOsESYPCAUyJ2kyJ0UUx0kiFwEEPlcJJg/gBSYPS/0kBykGB4f8B" +
  "AABIhcBJD0XHSokEyg+E4P3//7kAEAAATIn2TIn/86RJgccAEAAA6cf9//8PH4AAAAAAVUFXQVZBVUFUU0mJ0UiJ9UmJ+EiLRzBI" +
  "O0c4cyVJi0ggZi4PH4QAAAAAAA8fRAAASMcEwQAAAABIg8ABSTtAOHLuScdAQAAAAABMOc0PlMFJi0AISInCSIHC/wEAAEiB+gAC" +
  "AAAPksJIx0QkyAAAAAAIykyJRCSoTIlMJNB0c0Ux/0Ux0kiDwD9Ig/hAD4NrAgAASMdEJLD/////SMdEJNgAAAAASMdEJMAAAAAA" +
  "ScHiDEmB+gAAAQAPgjcKAAC4HAAAALoEAAAATIn/TInWTInTRTHSRTHARTHJDwVJidpMi0QkqIXAD4USCgAA6Y4KAAC7AAIAAEUx" +
  "/2YP78BFMdJFMeTrLWYuDx+EAAAAAABJi0AISYPEAUiNiP8BAABIwekJSIHDAAIAAEk5zA+DUv///0qLTOUASzsM4XTWTYnlScHl" +
  "CesiuQAQAABMiffzpGYuDx+EAAAAAAAPH0QAAEmDxQFJOd10p0mLQAhJOcVzok2FyXQpTInoSMHoCUmLBMFIhcB0GUSJ6YHh/wEA" +
  "AEiLNMhIhe11Dus1Dx9EAAAx9kiF7XQpTInoSMHoCUiLRMUASIXAdBhEiemB4f8BAABIiwTISDnGdJbrCw8fQAAxwEg5xnSJTIno" +
  "SMHoBkmLSBBJi1AYSIsUwkgLFMFMD6PqD4Jo////SYNAQAFNie5JweYMTQMwSIX2D4U3////TYXSD4TXAAAATInWSMHmDEmNBDdM" +
  "OfB0E0iB/gAAAQBzE0iF9nU46bQAAABJg8IB6Rv///+4HAAAALoEAAAATIn/RTHSRTHARTHJDwVMi0wk0EyLRCSohcAPhIEAAABJ" +
  "g8cwMcDrG2YPH4QAAAAAAEgFABAAAEmBxwAQAABIOfBzXjHJ6xZmLg8fhAAAAAAASIPBQIH5ABAAAHTUZkEPb0wP4GZBD+tMD9Bm" +
  "QQ/rTA/wZkEP6wwPZg92yA9Q0YPyD3TNZkEPf0QP0GZBD39ED+BmQQ9/RA/wZkEPfwQP67BNifdBugEAAADpYv7//0jHRCSw////" +
  "/0jHRCTAAAAAAGYP78BIx0QkyAAAAABIx0Qk2AAAAAAx2+sfSIPLB2aQSIPDAUmLQAhIg8A/SMHoBkg5ww+DZf3//0mLQBD2wwd0" +
  "DkyLJNhJi0gY62QPH0AATIsk2GYPb0zYEGYP60zYIGYP60zYMGYP6wzYZg92yA9QyYPxD0mLSBh1NWYPb0zZEGYP6wzZZg/rTNkg" +
  "Zg/rTNkwZg92yA9Q0YPyDw+EeP///2YuDx+EAAAAAAAPH0AATIsc2U0J3A+EY////0jHBNgAAAAASInYSMHgBkiJRCT4SInYSMHo" +
  "A0iJRCTwSIlcJOhIweMSSIlcJKBIx0Qk4AAAAADrJmYuDx+EAAAAAACJyEkBQEBJCetCgCQzgEmNRCT/SSHED4T0BQAA80kPvMxJ" +
  "ic5MC3Qk+E2FyXQiSItEJPBJiwTBSIXAdBREifKB4v8BAABIiwTQ6wcPH0QAADHATInlSPfdTCHlSYsQSYtYKE2J9UnB5QxJAdVJ" +
  "hesPhLsAAABIhcAPhHIBAABIA1QkoMHhDEgBykiDwjAx9jHJ6x1mLg8fhAAAAAAADx8ASIPGQIH+ABAAAA+EsAEAAGYPbwwwZg9v" +
  "VDAQZg9vXDAgZg9vZDAwZg9vbDLQZg/v6WYP71Qy4GYP71wy8GYP69VmD+8kMmYP6+NmD+viZg924A9Q/IP3D3SmZg9/TDLQDyhM" +
  "MBAPKUwy4A8oTDAgDylMMvBmD29MMDBmD38MMrkBAAAA6Xf///8PH4AAAAAAQoA8MwAPhLkBAABIhcAPhGUCAABIA1QkoMHhDEgB" +
  "ykiDwjAx9jHJ6xcPH4AAAAAASIPGQIH+ABAAAA+EkP7//2YPbwwwZg9vVDAQZg9vXDAgZg9vZDAwZg9vbDLQZg/v6WYP71Qy4GYP" +
  "71wy8GYP69VmD+8kMmYP6+NmD+viZg924A9Q/IP3D3SmZg9/TDLQDyhMMBAPKUwy4A8oTDAgDylMMvBmD29MMDBmD38MMrkBAAAA" +
  "6Xf///8PH4AAAAAASANUJKDB4QxIAcpIg8IwMfYxyesXZi4PH4QAAAAAAJBIg8ZAgf4AEAAAdERmD29MMuBmD+tMMtBmD+tMMvBm" +
  "D+sMMmYPdsgPUPmD9w900WYPf0Qy0GYPf0Qy4GYPf0Qy8GYPfwQyuQEAAADrsw8fAEIPthQzic5JAXBAg+KAidaJ14XJdQ1CD7Y8" +
  "M0CAxwFAD7b3Qog8MynWhNK5IAAAALoIAAAAD0TKOc4PjG79//9ICWwk4Ej31Ukh60LGBDOASIXAD4VV/f//TYXSD4SYAQAATInb" +
  "TInWSMHmDEmNBDdMOegPhI8BAABIgf4AAAEAD4OcAQAASIX2D4W9AQAA6TwCAABIhcAPhB8BAABIA1QkoMHhDEgB0UiDwTAx0jH2" +
  "6x5mLg8fhAAAAAAADx9AAEiDwkCB+gAQAAAPhOEAAABmD28MEGYPb1QQEGYPb1wQIGYPb2QQMGYPb2wR0GYP7+lmD+9UEeBmD+9c" +
  "EfBmD+vVZg/vJBFmD+vjZg/r4mYPduAPUPyD9w90pmYPf0wR0A8oTBAQDylMEeAPKEwQIA8pTBHwZg9vTBAwZg9/DBG+AQAAAOl3" +
  "////SANUJKDB4QxIjQQRSIPAMDHSMcnrEZBIg8JAgfoAEAAAD4Qw/P//Zg9vTBDgZg/rTBDQZg/rTBDwZg/rDBBmD3bID1Dxg/YP" +
  "dM1mD39EENBmD39EEOBmD39EEPBmD38EELkBAAAA66+J8EkBQEDp4gEAAEmDQEABTYXSdE5MiVwkuEyJ1kjB5gxJjQQ3TDnoD4QC" +
  "AQAASIH+AAABAA+D/gAAAEiF9g+FHwEAAOmWAQAATYnvQboBAAAA6ab7//9Jg8IBSYnb6Zr7//9Nie9BugEAAADpfAEAALgcAAAA" +
  "ugQAAABMif9FMdJFMcBFMckPBUyLTCTQTItEJKiFwA+EhAAAAEmDxzAxwOseZi4PH4QAAAAAAGaQSAUAEAAASYHHABAAAEg58HNe" +
  "McnrFmYuDx+EAAAAAABIg8FAgfkAEAAAdNRmQQ9vTA/gZkEP60wP0GZBD+tMD/BmQQ/rDA9mD3bID1DRg/IPdM1mQQ9/RA/QZkEP" +
  "f0QP4GZBD39ED/BmQQ9/BA/rsE2J70G6AQAAAEmJ2+nN+v//SYPCAemvAAAAuBwAAAC6BAAAAEyJ/0Ux0kUxwEUxyQ8FTItMJNBM" +
  "i0QkqIXAD4R8AAAASYPHMDHA6xYPH0AASAUAEAAASYHHABAAAEg58HNeMcnrFmYuDx+EAAAAAABIg8FAgfkAEAAAdNRmQQ9vTA/g" +
  "ZkEP60wP0GZBD+tMD/BmQQ/rDA9mD3bID1DRg/IPdM1mQQ9/RA/QZkEPf0QP4GZBD39ED/BmQQ9/BA/rsE2J70G6AQAAAEyLXCS4" +
  "SAlsJOBCxgQzAekB+v//Dx8ASYtAGEiLXCToTIkc2EyJ2EjR6Ei5VVVVVVVVVVVIIchJKcNMidhIujMzMzMzMzMzSCHQScHrAkkh" +
  "00kBw0yJ2EjB6ARMAdhIvg8PDw8PDw8PSCHwSL8BAQEBAQEBAUgPr8dIweg4SAFEJNhMi3Qk4E2F9g+El/j//0mLQCBMiTTYTInw" +
  "SNHoSCHISSnGTInwSCHQScHuAkkh1kkBxkyJ8EjB6ARMAfBIIfBID6/HSMHoOEgBRCTISItEJLBIOdhID0PDSIlEJLBIjUMBSIlE" +
  "JMDpOvj//02F0g+EgQAAAEmDxzAxwGYP78DrFw8fRAAASAUAEAAASYHHABAAAEw50HNeMcnrFmYuDx+EAAAAAABIg8FAgfkAEAAA" +
  "dNRmQQ9vTA/gZkEP60wP0GZBD+tMD/BmQQ/rDA9mD3bID1DRg/IPdM1mQQ9/RA/QZkEPf0QP4GZBD39ED/BmQQ9/BA/rsEiLTCTA" +
  "SIXJSItEJLBID0TBSYlAMEmJSDhIi0Qk2EmJQEhIi0QkyFtBXEFdQV5BX13DZi4PH4QAAAAAAA8fQAC4ugAAADH/MfYx0kUx0kUx" +
  "wEUxyQ8Fw2YPH4QAAAAAAFVTifOJ/bgnAAAAMf8x9jHSRTHSRTHARTHJDwVIicdIY/VIY9O46gAAAEUx0kUxwEUxyQ8FW13DDx+E" +
  "AAAAAACNT7+46v///4P54g+CnAAAAFOJ/0iNHTUpAAC5AQAAADHA8A+xDLt1Zw8QBVAYAAAPKUQk8A8QBTQYAAAPKUQk4EiJ+EjB" +
  "4AVIjRURKgAASAHCuA0AAABBuggAAAAx9kUxwEUxyQ8FSIXAdRRIjXQk4LgNAAAAMdJFMcBFMckPBTHJSIXAD5nBAcmHDLvrHZCL" +
  "BLuD+AF1BPOQ6/SLBLsxyYP4Arjq////D0TBW8NmkIN+CP5yQUiLRhhIicFIwekKSbgAAF0ZW5sdAEw5wXUnJf8DAADB4AVIjQ2h" +
  "MQAAugEAAACHVAgESItECAhIhcB0H8ZAAQHDSGPHSMHgBUiNDVspAABIiwQISIP4AnIC/+DDZi4PH4QAAAAAAA8fQAAPV8APEUQk" +
  "4EiJ8EjB6AlIuVNam6AvuEQASPfhSMHqC0iJVCTwSGnCAMqaO0gpxkiJdCT4SGP/SI1UJOC43wAAADH2RTHSRTHARTHJDwXDkEFW" +
  "U4Hn/wMAADHbg/4BD5XDQYn+QcHmBUiNDfEwAABJAc5Bi0SeFIXAdAWDwP/reUi4AAAAdGVsbXZICfhIiUQkwIlUJMjHRCTMBAAA" +
  "AMHnBYsED4lEJNAPV8APEUQk1A8RRCTkDxFEJPDHRCS8AAAAAEhj/kiNdCTASI1UJLy43gAAAEUx0kUxwEUxyQ8FSIXAeASLRCS8" +
  "hcB4DUmNDJ5Ig8EUjVABiRFbQV7DDx8ASI10JPC45AAAAL8DAAAAMdJFMdJFMcBFMckPBUiFwHgOSGlEJPAAypo7SANEJPjDjU//" +
  "uAEAAABI0+BIiUQk+EiNdCT4uA4AAAC/AQAAAEG6CAAAADHSRTHARTHJDwXDVUFXQVZBVUFUU4n7RTHkuLoAAAAx/zH2MdJFMdJF" +
  "McBFMckPBUmJxkyNLdEvAADrKmYuDx+EAAAAAAAPH0QAAIno8EUPsXUAdGZJg8T/SYPFIEmB/AD8//90S0GLbQBEOfUPlMCF7Q+U" +
  "wQjBddJMY/24JwAAADH/MfYx0kUx0kUxwEUxyQ8FSInHuOoAAABMif4x0kUx0kUxwEUxyQ8Fg/j9dJzrpLjp////6fgAAAAxwDHJ" +
  "SYdNCEGHRQSF7XRqSWN9ELjiAAAAMfYx0kUx0kUxwEUxyQ8FSWN9FEiF/3QYSIPH/7jiAAAAMfYx0kUx0kUxwEUxyQ8FQcdFFAAA" +
  "AABJY30YSIX/dBhIg8f/uOIAAAAx9jHSRTHSRTHARTHJDwVBx0UYAAAAAEi4AAAAdGVsbXZMKeBIiUQkwIlcJMjHRCTMBAAAAEGL" +
  "RQCJRCTQD1fADxFEJNQPEUQk5A8RRCTwx0QkvAAAAABIjXQkwEiNVCS8uN4AAAC/AQAAAEUx0kUxwEUxyQ8FSIXAeASLRCS8hcB4" +
  "DEn33EGHRRBEieDrBjHJQYdNAFtBXEFdQV5BX13DZi4PH4QAAAAAAA8fALoAAAEARIsFNK4AAEyNDT2uAADrFGYuDx+EAAAAAACQ" +
  "QYPAAoPC/nRjQQ+3yEGJykHB4gZDi0QKBKgBdRJNAcpBicNBg8sB8EUPsVoEdClBjUABD7fIQYnKQcHiBkOLRAoEqAF1uk0BykGJ" +
  "w0GDywHwRQ+xWgR1qEmHehBBh3IMjUEBhwW3rQAAicjDuen///+JyMNmLg8fhAAAAAAAZpAPt8fB4AZIjQ2jrQAAMdJIh1QIEPCD" +
  "JAj48INECAQBww+3x8HgBkiNDYOtAACLRAgEw2YuDx+EAAAAAAAPH0AAD7fHweAGSI0VY60AAEiNDAKLBBBmLg8fhAAAAAAAZpCo" +
  "AXURicKD4viDwgnwD7ERde4xwMO48P///8MPH0QAAA+3x8HgBkiNFSOtAABIjQwCiwQQZi4PH4QAAAAAAGaQicKD4vjwD7ERdfXR" +
  "6IPgAcNmLg8fhAAAAAAADx9EAAAPt8fB4AZIjQ3jrAAAiwQI0eiD4AHDZi4PH4QAAAAAAA+3x8HgBkiNFcOsAABIjQwCiwQQZi4P" +
  "H4QAAAAAAGaQicKD4vvwD7ERdfXB6AKD4AHDZi4PH4QAAAAAAA8fQAC6AgAAAOsJZg8fhAAAAAAAD7fHweAGSI0Nc6wAAEiNPAGL" +
  "BAhmLg8fhAAAAAAAZpCLTwQ58Q+FFgEAAKgBD4QWAQAAuQEAAACF0A+FBgEAAEGJwEEJ0PBED7EHddNBVlNIg+woi18IhdsPhNgA" +
  "AACDw/+LRwwPV8APKUQkoA8pRCQQDykEJA8pRCTwDylEJOAPKUQk0A8pRCTADylEJLCJRCSgx0QkqP////+4JwAAADH/MfYx0kUx" +
  "0kUxwEUxyQ8FiUQksEi5AAAAdGVsbXZICdlIiUwkuEhj+EjB4wVMjTWbKwAAQos0M0hjVCSgTI1UJKC4KQEAAEUxwEUxyQ8Fg/j1" +
  "dThJAd5Bi0YQDxFEJIBIx0QkkAAAAABIx0QkmAEAAABIY/hIjVQkgLjfAAAAMfZFMdJFMcBFMckPBYXAuQEAAAAPSMhIg8QoW0Fe" +
  "icjDuf3///+JyMMxwMMPH0AAugQAAADppv7//2YPH0QAAEFWUw+3z8HhBkiNHRCrAABIi0QZEEiFwHRUSAHLifGB4f8DAADB4QVI" +
  "jT3hKgAASYnATIdEOQiDxgGHcwgx9kCGcAFMjTQPMcCLTDkEhcl1B4sL9sEGdB8xyYdLCEmHRggxwEGHRgS4/P///+sFuOr///9b" +
  "QV7DSGP6uBAAAAC+gK4AADHSRTHSRTHARTHJDwUxyYdLCDHJSYdOCIP4/HTA69BmLg8fhAAAAAAADx8AQVZTD7fHweAGSI0NYKoA" +
  "AEiLXAgQSIXbdCiwAYZDAUhj/kUx9rgQAAAAvoCuAAAx0kUx0kUxwEUxyQ8FRIZzAesFuOr///9bQV7DAAAAAAAAAAAAAAAAAAQA" +
  "ABwAAAAAAAAAAAAAAAAAAAAAAAAAAB4AAAAAAAAACAAAAAAAAAD7//9vAAAAAAkAAAAAAAAABwAAAAAAAAAoCwAAAAAAAAgAAAAA" +
  "AAAAMAAAAAAAAAAJAAAAAAAAABgAAAAAAAAA+f//bwAAAAACAAAAAAAAAAYAAAAAAAAAOAIAAAAAAAALAAAAAAAAABgAAAAAAAAA" +
  "BQAAAAAAAAAwCAAAAAAAAAoAAAAAAAAA9wIAAAAAAAD1/v9vAAAAALgGAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGNsYW5nIHZlcnNp" +
  "b24gMjEuMS4wAExpbmtlcjogTExEIDIxLjEuMAAALmR5bnN5bQAuZ251Lmhhc2gALmR5bnN0cgAucmVsYS5keW4ALnJvZGF0YQAu" +
  "ZWhfZnJhbWVfaGRyAC5laF9mcmFtZQAudGV4dAAuZGF0YS5yZWwucm8ALmR5bmFtaWMALnJlbHJvX3BhZGRpbmcALmJzcwAuY29t" +
  "bWVudAAuc2hzdHJ0YWIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAEAAAALAAAAAgAAAAAAAAA4AgAAAAAAADgCAAAAAAAAgAQAAAAAAAADAAAAAQAAAAgAAAAAAAAAGAAAAAAAAAAJAAAA9v//" +
  "bwIAAAAAAAAAuAYAAAAAAAC4BgAAAAAAAHgBAAAAAAAAAQAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAEwAAAAMAAAACAAAAAAAAADAI" +
  "AAAAAAAAMAgAAAAAAAD3AgAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAABsAAAAEAAAAAgAAAAAAAAAoCwAAAAAAACgLAAAA" +
  "AAAAMAAAAAAAAAABAAAAAAAAAAgAAAAAAAAAGAAAAAAAAAAlAAAAAQAAADIAAAAAAAAAYAsAAAAAAABgCwAAAAAAAEMAAAAAAAAA" +
  "AAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAALQAAAAEAAAACAAAAAAAAAKQLAAAAAAAApAsAAAAAAACUAQAAAAAAAAAAAAAAAAAABAAA" +
  "AAAAAAAAAAAAAAAAADsAAAABAAAAAgAAAAAAAAA4DQAAAAAAADgNAAAAAAAAZAUAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAAA" +
  "AABFAAAAAQAAAAYAAAAAAAAAoCIAAAAAAACgEgAAAAAAAHsgAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAASwAAAAEAAAAD" +
  "AAAAAAAAACBTAAAAAAAAIDMAAAAAAAAgAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAAAAAAFgAAAAGAAAAAwAAAAAAAABAUwAA" +
  "AAAAAEAzAAAAAAAAwAAAAAAAAAADAAAAAAAAAAgAAAAAAAAAEAAAAAAAAABhAAAACAAAAAMAAAAAAAAAAFQAAAAAAAAANAAAAAAA" +
  "AAAMAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAcAAAAAgAAAADAAAAAAAAAABkAAAAAAAAADQAAAAAAABAiUAAAAAAAAAA" +
  "AAAAAAAAQAAAAAAAAAAAAAAAAAAAAHUAAAABAAAAMAAAAAAAAAAAAAAAAAAAAAA0AAAAAAAAKAAAAAAAAAAAAAAAAAAAAAEAAAAA" +
  "AAAAAQAAAAAAAAB+AAAAAwAAAAAAAAAAAAAAAAAAAAAAAAAoNAAAAAAAAIgAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAA" +
  "\";var RUNNER_SYMBOLS={tgkill:{parameters:{tid:\"i32\",signal:\"i32\"},result:\"i32\"},installSignal:{param" +
  "eters:{number:\"i32\"},result:\"i32\"},unblockSignal:{parameters:{signal:\"i32\"},result:\"void\"},attachThr" +
  "ead:{parameters:{signal:\"i32\"},result:\"i32\"},run:{parameters:{index:\"u32\",thread_index:\"u32\",vcpu:\"i" +
  "32\"},result:\"i32\"},threadTimer:{parameters:{thread_index:\"u32\",clock:\"i32\",signal:\"i32\"},result:\"i32" +
  "\"},setTimer:{parameters:{timer:\"i32\",nanoseconds:\"address\"},result:\"i32\"},threadTime:{parameters:{}," +
  "result:\"i64\"}};var SHIM_SYMBOLS={...RUNNER_SYMBOLS,shimVersion:{parameters:{},result:\"u32\"},ioctl:{p" +
  "arameters:{fd:\"i32\",request:\"u32\",argument:\"address\"},result:\"i32\"},ioctlStruct:{parameters:{fd:\"i32" +
  "\",request:\"u32\",argument:\"buffer\"},result:\"i32\"},mmap:{parameters:{address:\"address\",length:\"address" +
  "\",protection:\"i32\",flags:\"i32\",fd:\"i32\",offset:\"address\"},result:\"i64\"},munmap:{parameters:{address:" +
  "\"address\",length:\"address\"},result:\"i32\"},mprotect:{parameters:{address:\"address\",length:\"address\",p" +
  "rotection:\"i32\"},result:\"i32\"},madvise:{parameters:{address:\"address\",length:\"address\",advice:\"i32\"}" +
  ",result:\"i32\"},memfdCreate:{parameters:{name:\"buffer\",flags:\"u32\"},result:\"i32\"},ftruncate:{paramete" +
  "rs:{fd:\"i32\",length:\"address\"},result:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"}" +
  ",result:\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"},read:{parameters:{fd:\"i32\",to:\"buffer\",len" +
  "gth:\"u32\"},result:\"i32\"},getrlimit:{parameters:{resource:\"i32\",limit:\"buffer\"},result:\"i32\"},eventfd" +
  ":{parameters:{value:\"u32\",flags:\"i32\"},result:\"i32\"},poll:{parameters:{fds:\"buffer\",count:\"u32\",mill" +
  "iseconds:\"i32\"},result:\"i32\"},copy:{parameters:{to:\"address\",from:\"address\",length:\"address\"},result" +
  ":\"void\"},copyIn:{parameters:{to:\"address\",from:\"buffer\",length:\"address\"},result:\"void\"},copyOut:{pa" +
  "rameters:{to:\"buffer\",from:\"address\",length:\"address\"},result:\"void\"},copyInGuarded:{parameters:{to:" +
  "\"address\",from:\"buffer\",length:\"address\"},result:\"i64\"},copyOutGuarded:{parameters:{to:\"buffer\",from" +
  ":\"address\",length:\"address\"},result:\"i64\"},addBits:{parameters:{to:\"address\",first:\"address\",from:\"a" +
  "ddress\",count:\"address\"},result:\"void\"},takeBits:{parameters:{to:\"address\",from:\"address\",first:\"add" +
  "ress\",count:\"address\"},result:\"void\"},markPages:{parameters:{set:\"address\",first:\"address\",count:\"ad" +
  "dress\"},result:\"void\"},markPresentPages:{parameters:{set:\"address\"},result:\"i32\"},countPages:{parame" +
  "ters:{set:\"address\"},result:\"i64\"},forgetPages:{parameters:{set:\"address\"},result:\"void\"},capturePag" +
  "es:{parameters:{set:\"address\",base:\"address\",arena:\"address\",first_zero:\"address\",end_zero:\"address\"" +
  "},result:\"i64\"},restorePages:{parameters:{set:\"address\",base:\"address\",target:\"address\"},result:\"i32" +
  "\"},gettid:{parameters:{},result:\"i32\"},acquireCell:{parameters:{run:\"address\",signal:\"i32\"},result:\"" +
  "i32\"},releaseCell:{parameters:{index:\"u32\"},result:\"void\"},cellEpoch:{parameters:{index:\"u32\"},resul" +
  "t:\"u32\"},beginCall:{parameters:{index:\"u32\"},result:\"i32\"},endCall:{parameters:{index:\"u32\"},result:" +
  "\"i32\"},isCancelled:{parameters:{index:\"u32\"},result:\"i32\"},kill:{parameters:{index:\"u32\",epoch:\"u32\"" +
  "},result:\"i32\"},pause:{parameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},takePause:{parameters:{ind" +
  "ex:\"u32\"},result:\"i32\"},settle:{parameters:{index:\"u32\",vcpu:\"i32\"},result:\"i32\"}};var LIBC_SYMBOLS=" +
  "{memfd_create:{parameters:{name:\"buffer\",flags:\"u32\"},result:\"i32\"},open:{parameters:{path:\"buffer\"," +
  "flags:\"i32\",mode:\"u32\"},result:\"i32\"},write:{parameters:{fd:\"i32\",from:\"buffer\",length:\"address\"},re" +
  "sult:\"i64\"},pread:{parameters:{fd:\"i32\",to:\"buffer\",length:\"address\",offset:\"address\"},result:\"i64\"}" +
  ",readlink:{parameters:{path:\"buffer\",to:\"buffer\",length:\"address\"},result:\"i64\"},fcntl:{parameters:{" +
  "fd:\"i32\",command:\"i32\",argument:\"i32\"},result:\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"}},LIB" +
  "C_NAMES=[\"libc.so.6\",\"libc.musl-x86_64.so.1\",\"libc.so\"],MFD_CLOEXEC=1,MFD_EXEC=16,O_RDWR=2,O_CLOEXEC" +
  "=524288,O_TMPFILE=4259840,F_DUPFD_CLOEXEC=1030,PREFERRED_FD=100,FIRST_FD=3,LAST_FD=356,TEMPORARY_FOL" +
  "DERS=[\"/tmp\",\"/var/tmp\",\"/dev/shm\"];function loadShim(adapter){let libc=openLibc(adapter),bytes=Uint" +
  "8Array.from(atob(SHIM_BASE64),(char)=>char.charCodeAt(0)),failures=[];for(let create of[createMemfd," +
  "createUnnamedFile]){let fd=findCopy(libc,bytes)??publish(libc,create(libc),bytes);if(fd===void 0)con" +
  "tinue;try{return bind(adapter,`/proc/self/fd/${fd}`)}catch(error){libc.close(fd),failures.push(error" +
  ")}}throw new VmletError(\"ERR_SHIM\",`Cannot load the native shim: neither a memfd nor an unnamed file" +
  " in ${TEMPORARY_FOLDERS.join(\", \")} can be executed here. Allow one of them (sysctl vm.memfd_noexec=" +
  "0, or a temporary folder mounted without noexec)`,{cause:failures[0]})}function bind(adapter,path){l" +
  "et native={...bindShim(adapter,path,SHIM_SYMBOLS),view:adapter.view,path};if(native.shimVersion()!==" +
  "SHIM_VERSION)throw new VmletError(\"ERR_SHIM\",`Cannot load the native shim: ${path} holds another ver" +
  "sion (${native.shimVersion().toString(16)} instead of ${SHIM_VERSION.toString(16)})`);return native}" +
  "function openLibc(adapter){let failures=[];for(let name of LIBC_NAMES)try{return adapter.open(name,L" +
  "IBC_SYMBOLS)}catch(error){if(isPermissionError(error))throw new VmletError(\"ERR_SHIM\",\"Cannot load t" +
  "he native shim: permission to call native code is missing, run with --allow-ffi\",{cause:error});fail" +
  "ures.push(error)}throw new VmletError(\"ERR_SHIM\",`Cannot load the native shim: no C library found as" +
  " ${LIBC_NAMES.join(\", \")}`,{cause:failures[0]})}function isPermissionError(error){return error insta" +
  "nceof Error&&[\"NotCapable\",\"PermissionDenied\"].includes(error.name)}function cString(text){return ne" +
  "w TextEncoder().encode(`${text}\\x00`)}function createMemfd(libc){let name=cString(`vmlet-shim-${SHIM" +
  "_HASH}`),fd=libc.memfd_create(name,MFD_CLOEXEC|MFD_EXEC);return fd>=0?fd:libc.memfd_create(name,MFD_" +
  "CLOEXEC)}function createUnnamedFile(libc){for(let folder of TEMPORARY_FOLDERS){let fd=libc.open(cStr" +
  "ing(folder),O_TMPFILE|O_RDWR|O_CLOEXEC,448);if(fd>=0)return fd}return-1}function publish(libc,fd,byt" +
  "es){if(fd<0)return;if(libc.write(fd,bytes,bytes.length)!==bytes.length){libc.close(fd);return}let mo" +
  "ved=libc.fcntl(fd,F_DUPFD_CLOEXEC,PREFERRED_FD);if(moved>=0)libc.close(fd);let published=moved>=0?mo" +
  "ved:fd,lowest=findCopy(libc,bytes)??published;if(lowest!==published)libc.close(published);return low" +
  "est}function findCopy(libc,bytes){let link=new Uint8Array(256),content=new Uint8Array(bytes.length+1" +
  ");for(let fd=FIRST_FD;fd<LAST_FD;fd++){let length=libc.readlink(cString(`/proc/self/fd/${fd}`),link," +
  "link.length);if(length<=0)continue;let name=new TextDecoder().decode(link.subarray(0,length));if(!(n" +
  "ame.startsWith(`/memfd:vmlet-shim-${SHIM_HASH}`)||name.endsWith(\" (deleted)\")&&TEMPORARY_FOLDERS.som" +
  "e((it)=>name.startsWith(`${it}/#`)))||libc.pread(fd,content,content.length,0)!==bytes.length)continu" +
  "e;if(bytes.every((byte,i)=>byte===content[i]))return fd}return}var TYPES={i32:\"i32\",u32:\"u32\",i64:\"i" +
  "64_fast\",address:\"u64_fast\",buffer:\"ptr\",void:\"void\"};function bunAdapter(ffi){return{open(path,symb" +
  "ols){let definitions=Object.fromEntries(Object.entries(symbols).map(([name,{parameters,result}])=>[n" +
  "ame,{args:Object.values(parameters).map((type)=>TYPES[type]),returns:TYPES[result]}]));return{...ffi" +
  ".dlopen(path,definitions).symbols}},view:(address,length)=>ffi.toArrayBuffer(address,0,length)}}var " +
  "TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i64\",address:\"usize\",buffer:\"buffer\",void:\"void\"};function denoAdap" +
  "ter(deno){return{open(path,symbols){let definitions=Object.fromEntries(Object.entries(symbols).map((" +
  "[name,{parameters,result}])=>[name,{parameters:Object.values(parameters).map((type)=>TYPES2[type]),r" +
  "esult:TYPES2[result]}])),functions={...deno.dlopen(path,definitions).symbols};for(let[name,{result}]" +
  "of Object.entries(symbols)){let native=functions[name];if(native&&result===\"i64\")functions[name]=(.." +
  ".args)=>Number(native(...args))}return functions},view:(address,length)=>deno.UnsafePointerView.getA" +
  "rrayBuffer(deno.UnsafePointer.create(BigInt(address)),length)}}function adapterFor(globals){let{Deno" +
  ":deno,Bun:bun,process}=globals;if(bun===void 0&&typeof deno?.dlopen!==\"function\"){let name=process?." +
  "version===void 0?\"this one\":`Node.js ${process.version}`;throw new VmletError(\"ERR_UNSUPPORTED_RUNTI" +
  "ME\",`Cannot run guests: vmlet needs Deno or Bun for native code, and ${name} is neither`)}let os=pro" +
  "cess?.platform??deno?.build?.os??\"unknown\",arch=process?.arch??deno?.build?.arch??\"unknown\";if(os!==" +
  "\"linux\"||arch!==\"x64\"&&arch!==\"x86_64\")throw new VmletError(\"ERR_UNSUPPORTED_PLATFORM\",`Cannot run g" +
  "uests: vmlet needs Linux on x86_64, and this is ${os} on ${arch}`);return bun===void 0?denoAdapter(d" +
  "eno):bunAdapter(process?.getBuiltinModule?.(\"bun:ffi\"))}var loaded;function native(){return loaded??" +
  "=loadShim(adapterFor(globalThis))}var ESRCH=3,CELLS=65536;class InterruptHandle{#index;#generation;c" +
  "onstructor({index,generation}){this.#index=index,this.#generation=generation}static from(token){let{" +
  "index,generation}=token??{};if(typeof index!==\"number\"||typeof generation!==\"number\")throw wrongType" +
  "(\"Cannot make an interrupt handle: the argument is not a token of one\");if(!(Number.isInteger(index)" +
  "&&index>=0&&index<CELLS&&Number.isInteger(generation)&&generation>0&&generation<4294967296&&generati" +
  "on%2===1))throw outOfRange(`Cannot make an interrupt handle: no guest has the token ${index}, ${gene" +
  "ration}`);return new InterruptHandle({index,generation})}get token(){return{index:this.#index,genera" +
  "tion:this.#generation}}get dropped(){return native().cellEpoch(this.#index)!==this.#generation}kill(" +
  "){return interrupted(native().kill(this.#index,this.#generation))}pause(){return interrupted(native(" +
  ").pause(this.#index,this.#generation))}}function interrupted(result){if(result>=0)return result===1;" +
  "if(result===-ESRCH)return!1;throw new VmletError(\"ERR_LIMIT\",`Cannot signal the thread that runs the" +
  " guest: ${errnoSymbol(-result)}`,{errno:-result})}var ARRIVAL={opened:1,data:2,closed:3};var MAX_REC" +
  "ORD=16384;class Channel{shared;#words;#bytes;#seenPauses=0;constructor(shared){this.shared=shared??n" +
  "ew SharedArrayBuffer(65556),this.#words=new Int32Array(this.shared,0,5),this.#bytes=new Uint8Array(t" +
  "his.shared,20,65536)}put(type,bytes=new Uint8Array(0)){let written=Atomics.load(this.#words,0),used=" +
  "written-Atomics.load(this.#words,1)>>>0,size=4+bytes.length;if(bytes.length>16384||used+size>65536)r" +
  "eturn!1;let header=Uint8Array.of(type,0,bytes.length&255,bytes.length>>8);return this.#copyIn(writte" +
  "n,header),this.#copyIn(written+4,bytes),Atomics.store(this.#words,0,written+size|0),Atomics.notify(t" +
  "his.#words,0),!0}take(){if(this.isEmpty)return;let taken=Atomics.load(this.#words,1),[type=0,,low=0," +
  "high=0]=this.#copyOut(taken,4),bytes=this.#copyOut(taken+4,low|high<<8);return Atomics.store(this.#w" +
  "ords,1,taken+4+bytes.length|0),{type,bytes}}get isEmpty(){return Atomics.load(this.#words,0)===Atomi" +
  "cs.load(this.#words,1)}wait(milliseconds){let taken=Atomics.load(this.#words,1);Atomics.wait(this.#w" +
  "ords,0,taken,milliseconds)}get isStopped(){return Atomics.load(this.#words,2)===1}set isStopped(valu" +
  "e){Atomics.store(this.#words,2,Number(value))}pause(interrupt){Atomics.add(this.#words,3,1),interrup" +
  "t(),Atomics.add(this.#words,4,1)}takePause(){let begun=Atomics.load(this.#words,3),done=Atomics.load" +
  "(this.#words,4),isNew=begun!==done||done!==this.#seenPauses;return this.#seenPauses=done,isNew}#copy" +
  "In(position,bytes){let at=(position>>>0)%65536,first=Math.min(bytes.length,65536-at);this.#bytes.set" +
  "(bytes.subarray(0,first),at),this.#bytes.set(bytes.subarray(first),0)}#copyOut(position,length){let " +
  "at=(position>>>0)%65536,bytes=new Uint8Array(length),first=Math.min(length,65536-at);return bytes.se" +
  "t(this.#bytes.subarray(at,at+first)),bytes.set(this.#bytes.subarray(0,length-first),first),bytes}}va" +
  "r PATIENCE=5,scope=globalThis,builtin=(name)=>scope.process.getBuiltinModule(name),channel,guest,ser" +
  "ver,path,client,waiting=[];function deliver(){if(!channel)return;for(let next=waiting[0];next;next=w" +
  "aiting[0]){if(!channel.put(...next)){client?.pause(),setTimeout(deliver,PATIENCE);break}waiting.shif" +
  "t()}if(waiting.length===0)client?.resume();if(channel.isStopped||channel.isEmpty)return;channel.paus" +
  "e(()=>guest?.pause()),scope.postMessage({type:\"arrived\"})}function arrived(type,bytes=new Uint8Array" +
  "(0)){for(let at=0;at===0||at<bytes.length;at+=MAX_RECORD)waiting.push([type,bytes.subarray(at,at+MAX" +
  "_RECORD)]);deliver()}function connected(socket){if(socket.on(\"error\",()=>{}),client)return socket.de" +
  "stroy();client=socket,socket.setNoDelay(!0),socket.on(\"data\",(bytes)=>{if(socket===client)arrived(AR" +
  "RIVAL.data,new Uint8Array(bytes))}),socket.on(\"close\",()=>{if(socket!==client)return;client=void 0,a" +
  "rrived(ARRIVAL.closed)}),arrived(ARRIVAL.opened)}function listen(at){let failed=(error)=>{let messag" +
  "e=error instanceof Error?error.message:String(error);scope.postMessage({type:\"failed\",message})};try" +
  "{let{createServer}=builtin(\"node:net\"),listener=createServer(connected);server=listener,listener.on(" +
  "\"error\",failed),listener.listen(at,()=>{try{if(\"path\"in at)return path=at.path,builtin(\"node:fs\").ch" +
  "modSync(at.path,384),scope.postMessage({type:\"listening\",at});let address=listener.address(),port=ty" +
  "peof address===\"object\"&&address?address.port:at.port;scope.postMessage({type:\"listening\",at:{host:a" +
  "t.host,port}})}catch(error){failed(error)}})}catch(error){failed(error)}}function end(){client?.end(" +
  "),server?.close();try{if(path!==void 0)builtin(\"node:fs\").unlinkSync(path)}catch{}setTimeout(()=>sco" +
  "pe.close(),20)}scope.onmessage=({data})=>{switch(data.type){case\"listen\":return channel=new Channel(" +
  "data.shared),listen(data.at);case\"guest\":if(guest=InterruptHandle.from(data.token),guest.dropped)gue" +
  "st=void 0;return;case\"send\":client?.write(data.bytes);return;case\"hang up\":client?.end();return;case" +
  "\"end\":end()}};scope.postMessage({type:\"ready\"});";
