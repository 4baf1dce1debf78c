/** src/debug/worker.ts with all that it imports, by `deno task workers`: do not edit. */
// deno-fmt-ignore-file

/** A script of 34024 characters. */
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
  " errnoSymbol(errno){return ERRNO_SYMBOLS[errno]??`errno ${errno}`}var SHIM_VERSION=3293554593,SHIM_H" +
  "ASH=\"c0152297c2b7f902\",SHIM_BASE64=\"f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAAAAAAAAAAAABAAAAAAAAAAHAzAAAAAAAA" +
  "AAAAAEAAOAAJAEAADwAOAAYAAAAEAAAAQAAAAAAAAABAAAAAAAAAAEAAAAAAAAAA+AEAAAAAAAD4AQAAAAAAAAgAAAAAAAAAAQAA" +
  "AAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACcEgAAAAAAAJwSAAAAAAAAABAAAAAAAAABAAAABQAAAKASAAAAAAAAoCIAAAAA" +
  "AACgIgAAAAAAADsfAAAAAAAAOx8AAAAAAAAAEAAAAAAAAAEAAAAGAAAA4DEAAAAAAADgUQAAAAAAAOBRAAAAAAAA4AAAAAAAAAAg" +
  "DgAAAAAAAAAQAAAAAAAAAQAAAAYAAADAMgAAAAAAAMBiAAAAAAAAwGIAAAAAAAAAAAAAAAAAAECJQAAAAAAAABAAAAAAAAACAAAA" +
  "BgAAAAAyAAAAAAAAAFIAAAAAAAAAUgAAAAAAAMAAAAAAAAAAwAAAAAAAAAAIAAAAAAAAAFLldGQEAAAA4DEAAAAAAADgUQAAAAAA" +
  "AOBRAAAAAAAA4AAAAAAAAAAgDgAAAAAAAAEAAAAAAAAAUOV0ZAQAAACkCwAAAAAAAKQLAAAAAAAApAsAAAAAAACUAQAAAAAAAJQB" +
  "AAAAAAAABAAAAAAAAABR5XRkBgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAEAAAASAAgAsCIAAAAAAAAGAAAAAAAAABMCAAASAAgAkDsAAAAAAAAwAAAAAAAAACUCAAASAAgA" +
  "wDsAAAAAAAAwAAAAAAAAADoBAAASAAgAYCYAAAAAAACqAAAAAAAAAFsBAAASAAgAUCcAAAAAAABAAQAAAAAAAJkBAAASAAgAkCoA" +
  "AAAAAAC5AwAAAAAAAL0AAAASAAgAUCQAAAAAAAAYAAAAAAAAAMsAAAASAAgAcCQAAAAAAABXAAAAAAAAACsBAAASAAgA4CUAAAAA" +
  "AAB2AAAAAAAAAGECAAASAAgAUD4AAAAAAAAgAAAAAAAAAMkCAAASAAgAcD8AAAAAAAAHAAAAAAAAAOACAAASAAgA4EAAAAAAAACj" +
  "AAAAAAAAAD4AAAASAAgAICMAAAAAAAATAAAAAAAAAK0BAAASAAgAUC4AAAAAAAC+CgAAAAAAAJYCAAASAAgA0D4AAAAAAAAxAAAA" +
  "AAAAAOoCAAASAAgAkEEAAAAAAABLAAAAAAAAABQAAAASAAgAwCIAAAAAAAAWAAAAAAAAAIsAAAASAAgAwCMAAAAAAAAkAAAAAAAA" +
  "ANYAAAASAAgA0CQAAAAAAAAGAAAAAAAAAAACAAASAAgA4DoAAAAAAACtAAAAAAAAAKIAAAASAAgAECQAAAAAAAATAAAAAAAAAOEA" +
  "AAASAAgA4CQAAAAAAAAGAAAAAAAAABUBAAASAAgAcCUAAAAAAABnAAAAAAAAAIYBAAASAAgAUCoAAAAAAAA+AAAAAAAAADoCAAAS" +
  "AAgA8DsAAAAAAACzAQAAAAAAACAAAAASAAgA4CIAAAAAAAAWAAAAAAAAADMAAAASAAgAACMAAAAAAAARAAAAAAAAAFoAAAASAAgA" +
  "YCMAAAAAAAAUAAAAAAAAAMEBAAASAAgAEDkAAAAAAAAXAAAAAAAAAHsAAAASAAgAoCMAAAAAAAAWAAAAAAAAAPABAAASAAgAkDoA" +
  "AAAAAABPAAAAAAAAAE4CAAASAAgAsD0AAAAAAACUAAAAAAAAALgCAAASAAgAMD8AAAAAAAAyAAAAAAAAAGgAAAASAAgAgCMAAAAA" +
  "AAAVAAAAAAAAAJYAAAASAAgA8CMAAAAAAAAYAAAAAAAAAP4AAAASAAgAACUAAAAAAABnAAAAAAAAAHQBAAASAAgAkCgAAAAAAAC5" +
  "AQAAAAAAAKUCAAASAAgAED8AAAAAAAAWAAAAAAAAANQCAAASAAgA0EAAAAAAAAAKAAAAAAAAANsBAAASAAgAcDkAAAAAAACuAAAA" +
  "AAAAAEsAAAASAAgAQCMAAAAAAAAUAAAAAAAAAK0AAAASAAgAMCQAAAAAAAAYAAAAAAAAAO8AAAASAAgA8CQAAAAAAAAGAAAAAAAA" +
  "AEoBAAASAAgAECcAAAAAAAA4AAAAAAAAAM4BAAASAAgAMDkAAAAAAAA4AAAAAAAAAHQCAAASAAgAcD4AAAAAAAASAAAAAAAAAIUC" +
  "AAASAAgAkD4AAAAAAAA7AAAAAAAAAAsAAAABAAAAEAAAABoAAAAAAQABAAEAAQAAAAAAACAgBQAAAFAAAAACAAAAAAQAAAQAAgAE" +
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
  "ZXRfcGF1c2UAdm1sZXRfcnVuAHZtbGV0X3NldHRsZQAA4FEAAAAAAAAIAAAAAAAAACA6AAAAAAAA8FEAAAAAAAAIAAAAAAAAAKAi" +
  "AAAAAAAAAAAAAAAAAAAPDw8PDw8PDw8PDw8PDw8PVVVVVVVVVVVVVVVVVVVVVTMzMzMzMzMzMzMzMzMzMzMvcHJvYy9zZWxmL3Bh" +
  "Z2VtYXAAAAEbAzuQAQAAMQAAAAwXAACsAQAAHBcAAMABAAA8FwAA1AEAAFwXAADoAQAAfBcAAPwBAACcFwAAEAIAALwXAAAkAgAA" +
  "3BcAADgCAAD8FwAATAIAABwYAABgAgAATBgAAHQCAABsGAAAiAIAAIwYAACcAgAArBgAALACAADMGAAAxAIAACwZAADYAgAAPBkA" +
  "AOwCAABMGQAAAAMAAFwZAAAUAwAAzBkAADADAAA8GgAATAMAALwaAABgAwAAbBsAAJADAACsGwAApAMAAOwcAADwAwAArB4AABgE" +
  "AADsHgAALAQAAKwiAAB0BAAAbC0AALgEAACMLQAAzAQAAMwtAADwBAAAfC4AAAwFAADsLgAAIAUAADwvAAA0BQAA7C8AAFgFAAAc" +
  "MAAAbAUAAEwwAACABQAADDIAAMQFAACsMgAA2AUAAMwyAADsBQAA7DIAAAAGAAAsMwAAFAYAAGwzAAAoBgAAjDMAADwGAADMMwAA" +
  "UAYAANwzAABkBgAALDUAAJAGAAA8NQAApAYAAOw1AADMBgAAFAAAAAAAAAABelIAAXgQARsMBwiQAQAAEAAAABwAAABYFQAABgAA" +
  "AAAAAAAQAAAAMAAAAFQVAAAWAAAAAAAAABAAAABEAAAAYBUAABYAAAAAAAAAEAAAAFgAAABsFQAAEQAAAAAAAAAQAAAAbAAAAHgV" +
  "AAATAAAAAAAAABAAAACAAAAAhBUAABQAAAAAAAAAEAAAAJQAAACQFQAAFAAAAAAAAAAQAAAAqAAAAJwVAAAVAAAAAAAAABAAAAC8" +
  "AAAAqBUAABYAAAAAAAAAEAAAANAAAAC0FQAAJAAAAAAAAAAQAAAA5AAAANAVAAAYAAAAAAAAABAAAAD4AAAA3BUAABMAAAAAAAAA" +
  "EAAAAAwBAADoFQAAGAAAAAAAAAAQAAAAIAEAAPQVAAAYAAAAAAAAABAAAAA0AQAAABYAAFcAAAAAAAAAEAAAAEgBAABMFgAABgAA" +
  "AAAAAAAQAAAAXAEAAEgWAAAGAAAAAAAAABAAAABwAQAARBYAAAYAAAAAAAAAGAAAAIQBAABAFgAAZwAAAABBDhCDAgJlDggAABgA" +
  "AACgAQAAlBYAAGcAAAAAQQ4QgwICZQ4IAAAQAAAAvAEAAOgWAAB2AAAAAAAAACwAAADQAQAAVBcAAKoAAAAASg4QQg4YQQ4ggwSO" +
  "A4YCApkOGEIOEEEOCMPOxgAAABAAAAAAAgAA1BcAADgAAAAAAAAASAAAABQCAAAAGAAAQAEAAABBDhBCDhhCDiBCDihCDjBBDjhH" +
  "DsAfgweMBo0FjgSPA4YCAyQBDjhBDjBCDihCDiBCDhhCDhBBDggAACQAAABgAgAA9BgAALkBAAAAUw4QQQ4YgwOOAgOiAQ4QQg4I" +
  "w84AAAAQAAAAiAIAAIwaAAA+AAAAAAAAAEQAAACcAgAAuBoAALkDAAAAQQ4QQg4YQg4gQg4oQg4wQQ44gweMBo0FjgSPA4YCAk4O" +
  "MEIOKEIOIEIOGEIOEEEOCEEOOAAAAEAAAADkAgAAMB4AAL4KAAAAQQ4QQg4YQg4gQg4oQg4wQQ44gweMBo0FjgSPA4YCA6oKDjBC" +
  "DihCDiBCDhhCDhBBDggAEAAAACgDAACsKAAAFwAAAAAAAAAgAAAAPAMAALgoAAA4AAAAAEEOEEEOGIMDhgJ0DhBBDggAAAAYAAAA" +
  "YAMAANQoAACuAAAAAFIOEIMCApsOCMMAEAAAAHwDAABoKQAAYgAAAAAAAAAQAAAAkAMAAMQpAABPAAAAAAAAACAAAACkAwAAACoA" +
  "AK0AAAAAQg4QQQ4YgwOOAgKnDhBCDggAABAAAADIAwAAjCoAADAAAAAAAAAAEAAAANwDAACoKgAAMAAAAAAAAABAAAAA8AMAAMQq" +
  "AACzAQAAAEEOEEIOGEIOIEIOKEIOMEEOOIMHjAaNBY4EjwOGAgOfAQ4wQg4oQg4gQg4YQg4QQQ4IABAAAAA0BAAAQCwAAJQAAAAA" +
  "AAAAEAAAAEgEAADMLAAAIAAAAAAAAAAQAAAAXAQAANgsAAASAAAAAAAAABAAAABwBAAA5CwAADsAAAAAAAAAEAAAAIQEAAAQLQAA" +
  "MQAAAAAAAAAQAAAAmAQAADwtAAAWAAAAAAAAABAAAACsBAAASC0AADIAAAAAAAAAEAAAAMAEAAB0LQAABwAAAAAAAAAoAAAA1AQA" +
  "AHAtAABMAQAAAAJPDhBBDhhEDkCDA44CAucOGEEOEEIOCMPOABAAAAAABQAAlC4AAAoAAAAAAAAAJAAAABQFAACQLgAAowAAAABC" +
  "DhBBDhiDA44CAnEOEEIOCEEOGAAAACQAAAA8BQAAGC8AAEsAAAAAQg4QQQ4YgwOOAgJFDhBCDggAAAAAAAAAAAAAAAAAALgPAAAA" +
  "DwVmDx+EAAAAAAC4oadPxMNmLg8fhAAAAAAASGP/ifa4EAAAAEUx0kUxwEUxyQ8Fw2YuDx+EAAAAAABIY/+J9rgQAAAARTHSRTHA" +
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
  "AABIhcl0cEiJyEiJ8UjB6QaD5j9BuEAAAABJKfBIg8D/SMHoBkiDwAFIjTzPSIPHCEUxyesVZi4PH4QAAAAAAGaQSYPBAUw5yHQs" +
  "TosUyk2F0nTuTYnTifFJ0+NOCVzP+EiF9nTcRInBSdPqTYXSdNFOCRTP68vDZi4PH4QAAAAAAEiFyQ+EoAAAAFVBVlNIichIidFI" +
  "wekGg+I/QbhAAAAASSnQTI1I/0nB6QZJg8EBSI00zkiDxghFMdJJx8P/////6zRmLg8fhAAAAAAADx8AScfG/////4nBSdPmSIPo" +
  "QEn31k0PQ/NJId5OiTTXSYPCAU050XQuSIXSQA+VxUqLXNb4idFI0+tJOcAPksFAIOmA+QF1uk6LNNZEicFJ0+ZMCfPrq1tBXl3D" +
  "Zg8fRAAASI0EMkg5xnMuSInxDx9AAEg7TwhzIbgBAAAASNPgSIt3EEmJyEnB6AZKCQTGSIPBAUiDwv912cMPH4QAAAAAAFVBV0FW" +
  "QVVBVFNIgeyIDwAASIn7SI01JeT//0Ux9rgBAQAAugAACABIx8ec////RTHSRTHARTHJDwVIiceF/w+I5wAAAEyLewiB5////39N" +
  "hf8PhL0AAABBvAACAABIjXQkgEUx7WYuDx+EAAAAAABMif1MKe1Igf0AAgAASQ9D7EyLE0nB6gxNAepJweIDjRTtAAAAALgRAAAA" +
  "RTHARTHJDwVIhcBBvvL///9ED0jwSDnQuAAAAABED0TwRYX2dUJNOe90PTHA6w9mDx9EAABIg8ABSDnocydIi0zEgEjB6T507EqN" +
  "DCi6AQAAAEjT4kyLQxBIwekGSQkUyOvSZpBJAcVFhfZ1DUyLewhNOf0Pglv///+4AwAAADH2MdJFMdJFMcBFMckPBUSJ94n4SIHE" +
  "iA8AAFtBXEFdQV5BX13DSItHCEiDwD9Ig/hAcwMxwMNBVlNIicFIwekGSItXEEiLdxhIPQABAABzCTH/McDpCQEAAEiJz0iD5/xI" +
  "wegDSIPg4GYP78BFMcBmD28VjuL//2YPbx2W4v//Zg9vLW7i//9mD+/kZg/vyWYPH0QAAPNCD280AvNCD298AhDzRg9vBAZmRA/r" +
  "xvNCD290BhBmD+v3ZkEPb/hmD3HXAWYP2/pmRA/4x2ZBD2/4Zg/b+2ZBD3HQAmZED9vDZkQP/MdmQQ9v+GYPcdcEZkEP/PhmD9v9" +
  "Zg/2+GYP1OdmD2/+Zg9x1wFmD9v6Zg/492YPb/5mD9v7Zg9x1gJmD9vzZg/892YPb/5mD3HXBGYP/P5mD9v9Zg/2+GYP1M9Jg8Ag" +
  "TDnAD4VK////Zg/UzGYPcMHuZg/UwWZID37ASDn5dHhJuFVVVVVVVVVVSbkzMzMzMzMzM0m6Dw8PDw8PDw9JuwEBAQEBAQEBZi4P" +
  "H4QAAAAAAJBIixz+SAsc+kmJ3knR7k0hxkwp80mJ3k0hzkjB6wJMIctMAfNJid5Jwe4ESQHeTSHWTQ+v80nB7jhMAfBIg8cBSDn5" +
  "dbtbQV7DDx+AAAAAAEiLRwhIg8A/SIP4QHIvSItHEDHJZi4PH4QAAAAAAGaQSMcEyAAAAABIg8EBSItXCEiDwj9IweoGSDnRcuPD" +
  "ZpBVQVdBVkFVQVRTTIlEJPBIiUwk6Lj/AQAASANHCEiJwUjB6QlIiUwkwEyNHM3/DwAASYHjAPD//0iJVCSgSQHTSD0AAgAAcxpF" +
  "MdJMiVdQTCtcJKBMidhbQVxBXUFeQV9dw7gIAAAASIlEJKi5MAAAAEUx7WYP78BFMdIx0kiJdCS46z5mLg8fhAAAAAAAZpBIg0Qk" +
  "qAhIi0wk2EiBwQAAIABMi2wk0EmBxQAAIABIi0QkyEiJwkg7RCTASIt0JLh0iUiF9nQJSIsc1usFDx8AMdtIi0QkoEiJHNBIjTTV" +
  "AAAAAEiJVCTgSI1CAUiJRCTITIlsJNBIiUwk2EiJTCSwSInxMdLrLWYPH4QAAAAAAEiLTCSYSIPBAUiBRCSwAAAEAEmBxQAABABI" +
  "O0wkqA+EXP///0iLRwhIg8A/SMHoBkg5wQ+DR////0iLRxBIiUwkmEiLTxhIi3QkmEyLJPFIi0wkmEwLJMh0pkjB4QZIiUwk+Osb" +
  "Zi4PH4QAAAAAAJBNiftJjUQk/0khxEiJ73SA80kPvMxJiclMC0wk+EiF23QORInIJf8BAABMiwTD6wNFMcBIif1IiwdMO0wk6EAP" +
  "ksZMO0wk8EAPk8dACPd1cEiLdCSwSI08MInOweYMSAH+Mf/rF2YuDx+EAAAAAACQSIPHQIH/ABAAAHREZg9vTD7gZg/rTD7QZg/r" +
  "TD7wZg/rDD5mD3bIRA9Q8UGD9g90z2YPf0Q+0GYPf0Q+4GYPf0Q+8GYPfwQ+67ZmDx9EAABNic5JweYMSQHGTAHoweEMSAHBMfZM" +
  "ifcPH4QAAAAAAGYPb08QZg/rDDFmD+tPIGYP608wZg9w0e5mD+vRZkgPftBIhcB1EEiDx0CB/sAPAABIjXZAdclIhcAPhIAAAABN" +
  "hcAPhIAAAAAx9kyJ92aQZkEPbwwwZkEPb1QwEGZBD29cMCBmD+8MMWYP71cQZkEPb2QwMGYP69FmD+9fIGYP72cwZg/r42YP6+Jm" +
  "D3DM7mYP68xmSQ9+z02F/3UQSIPHQIH+wA8AAEiNdkB1ok2F/3UW6Wv+//8PH4QAAAAAAE2FwA+EWv7//0iF0nQSTYnf6z1mLg8f" +
  "hAAAAAAADx8ATY27ABAAAEiLTCSgSItUJOBMiRzRSIXbdA+5ABAAAEiJ3kyJ3/Ok6wRJg8IBTInaTInRRTHSSIXAQQ+VwkmD+AFJ" +
  "g9L/SQHKQYHh/wEAAEiFwEkPRcdKiQTKD4Tg/f//uQAQAABMifZMif/zpEmBxwAQAADpx/3//w8fgAAAAABVQVdBVkFVQVRTSYnR" +
  "SYn1SYn4SItHMEg7RzhzJUmLSCBmLg8fhAAAAAAADx9EAABIxwTBAAAAAEiDwAFJO0A4cu5Jx0BAAAAAAE05zQ+UwUmLQAhIicJI" +
  "gcL/AQAASIH6AAIAAA+SwkUx9gjKTIlEJMhMiUwk2HRzSMdEJJgAAAAASIPAP0iD+EAPg2ICAABIx0QksP////8x20jHRCTAAAAA" +
  "AEjHRCS4AAAAAEiLRCSYSMHgDEmJx0g9AAABAA+CRQkAALgcAAAAugQAAABMifdMif5FMdJFMcBFMckPBUyLRCTIhcDpIQkAALsA" +
  "AgAARTH2Zg/vwEjHRCSYAAAAAEUx/+stZi4PH4QAAAAAAEmLQAhJg8cBSI2I/wEAAEjB6QlIgcMAAgAASTnPD4NP////S4tM/QBL" +
  "Owz5dNZNifxJweQJ6xK5ABAAAPOkZpBJg8QBSTncdLdJi0AISTnEc7JNhcl0KUyJ4EjB6AlJiwTBSIXAdBlEieGB4f8BAABIizTI" +
  "TYXtdQ7rNQ8fRAAAMfZNhe10KUyJ4EjB6AlJi0TFAEiFwHQYRInhgeH/AQAASIsEyEg5xnSW6wsPH0AAMcBIOcZ0iUyJ4EjB6AZJ" +
  "i0gQSYtQGEiLFMJICxTBTA+j4g+CaP///0mDQEABTInnSMHnDEkDOEiF9g+FR////0iDfCSYAA+E1AAAAEiLdCSYSMHmDEmNBDZI" +
  "Ofh0E0iB/gAAAQBzFUiF9nU86a8AAABIg0QkmAHpFP///7gcAAAAugQAAABIif1MifdFMdJFMcBFMckPBUyLTCTYTItEJMhIie+F" +
  "wHR4SYPGMDHA6xJIBQAQAABJgcYAEAAASDnwc14xyesWZi4PH4QAAAAAAEiDwUCB+QAQAAB01GZBD29MDuBmQQ/rTA7QZkEP60wO" +
  "8GZBD+sMDmYPdsgPUNGD8g90zWZBD39EDtBmQQ9/RA7gZkEPf0QO8GZBD38EDuuwSYn+uAEAAABIiUQkmOle/v//SYtAGEjHRCSw" +
  "/////0G7MAAAAGYP78BIx0QkuAAAAABIx0QkwAAAAAAx0kUx5Os0Zi4PH4QAAAAAAA8fQABIidNJg8QBSYtICEiDwT9IwekGSYHD" +
  "AAAEAEiJ2kk5zA+DV/3//0mLSBBKizTgTos84UkJ93TJSIlUJOBKxwThAAAAAEyJ4EjB4AZIiUQk+EyJZCToScHsA0yJZCTwSMdE" +
  "JKgAAAAA60dIi1QkmEiLfCSoTInWQYnqRYTSuAAAAABJD0XEuQAAAABMD0XhQg+UBCtICcZMCedIiXwkqEiJVCSYSY1H/0khxw+E" +
  "UAUAAPNJD7zHSYnFTAtsJPhNhcl0HkiLTCTwSYsMyUiFyXQQRInqgeL/AQAASIsM0esDkDHJTYn8SffcTSH8SYsQSYtYKEyJ7UjB" +
  "5QxIAdVMheYPhBsBAABJifJMAdrB4AxIAdAx9jHSSIXJdRbpnQAAAJBIg8ZAgf4AEAAAD4TQAAAAZg9vDDFmD29UMRBmD29cMSBm" +
  "D29kMTBmD29sMNBmD+/pZg/vVDDgZg/vXDDwZg/r1WYP7yQwZg/r42YP6+JmD3bgD1D8g/cPdKZmD39MMNAPKEwxEA8pTDDgDyhM" +
  "MSAPKUww8GYPb0wxMGYPfwwwugEAAADpd////w8fgAAAAABIg8ZAgf4AEAAAdERmD29MMOBmD+tMMNBmD+tMMPBmD+sMMGYPdsgP" +
  "UPmD9w900WYPf0Qw0GYPf0Qw4GYPf0Qw8GYPfwQwugEAAADrsw8fAInQSQFAQIXSTInWD4TvAAAAQsYEKwDpiP7//w8fRAAASYNA" +
  "QAFGD7YUK0iFyQ+FOQEAAEWE0g+FMAEAALoBAAAASIN8JJgAD4Q6AgAASIl0JNBIi3QkmEjB5gxJjQQ2SDnoD4Q+AgAASIH+AAAB" +
  "AA+DPwIAAEiF9g+EegIAAEmDxjAxwEiLfCSo6xsPH0QAAEgFABAAAEmBxgAQAABIOfAPg+4BAAAxyesSZg8fRAAASIPBQIH5ABAA" +
  "AHTUZkEPb0wO4GZBD+tMDtBmQQ/rTA7wZkEP6wwOZg92yA9Q0YPyD3TNZkEPf0QO0GZBD39EDuBmQQ9/RA7wZkEPfwQO67BCD7YE" +
  "KwQBQogEKzwID4KQ/f//TAlkJKhJ99RMIeZCxgQrAEiFyQ+Fd/3//0iDfCSYAA+E0gEAAEmJ9EiLdCSYSMHmDEmNBDZIOegPhMsB" +
  "AABIgf4AAAEAD4PMAQAASIX2D4XzAQAA6XQCAABIhckPhJ8AAABEidVJifJMAdrB4AxIAdAx0usYDx+EAAAAAABIg8JAgfoAEAAA" +
  "D4TJ/P//Zg9vDBFmD29UERBmD29cESBmD29kETBmD29sENBmD+/pZg/vVBDgZg/vXBDwZg/r1WYP7yQQZg/r42YP6+JmD3bgD1D0" +
  "g/YPdKZmD39MENAPKEwREA8pTBDgDyhMESAPKUwQ8GYPb0wRMGYPfwwQ6Xz///9MAdrB4AxIAdAxyesbZi4PH4QAAAAAAA8fRAAA" +
  "SIPBQIH5ABAAAHQ8Zg9vTAjgZg/rTAjQZg/rTAjwZg/rDAhmD3bID1DRg/IPdNFmD39ECNBmD39ECOBmD39ECPBmD38ECOu4SItU" +
  "JJhIi3wkqOny+///SYnuSIt8JKjp5fv//0mJ7kiLdCTQugEAAADp0/v//0iLRCSYSIPAAUiJwutHuBwAAAC6BAAAAEyJ90SIVCSn" +
  "RTHSRTHARTHJTIlcJJgPBboBAAAARA+2VCSnTItcJJhMi0wk2EyLRCTIhcAPhYb9//9Jie5Ii3wkqEiLdCTQ6W/7//9Jie64AQAA" +
  "AEiJRCSY6Yf7//9Ig0QkmAFMiebpefv//7gcAAAAugQAAABMifdFMdJFMcBFMclMidsPBUmJ20yLTCTYTItEJMiFwA+EhgAAAEmD" +
  "xjAxwOsgZi4PH4QAAAAAAA8fQABIBQAQAABJgcYAEAAASDnwc14xyesWZi4PH4QAAAAAAEiDwUCB+QAQAAB01GZBD29MDuBmQQ/r" +
  "TA7QZkEP60wO8GZBD+sMDmYPdsgPUNGD8g90zWZBD39EDtBmQQ9/RA7gZkEPf0QO8GZBD38EDuuwSYnuuAEAAABIiUQkmEyJ5umu" +
  "+v//Zi4PH4QAAAAAAJBJi0AYTItkJOhKiTTgSInxSNHpSLpVVVVVVVVVVUgh0UgpzkiJ8UiJ90i+MzMzMzMzMzNIIfFIwe8CSCH3" +
  "SAHPSIn7SMHrBEgB+0i/Dw8PDw8PDw9IIftJvwEBAQEBAQEBSQ+v30jB6zhIA1wk4EyLbCSoTYXtD4SH+f//SYtIIE6JLOFMielI" +
  "0elIIdFJKc1MielIIfFJwe0CSSH1SQHNTInpSMHpBEwB6Ugh+UkPr89Iwek4SAFMJMBIi0wksEw54UkPQ8xIiUwksEmNTCQBSIlM" +
  "JLjpKfn//02F/0iLdCSwSItEJMBMi0wkuA+EfgAAAEmDxjAx/2YP78DrFWaQSIHHABAAAEmBxgAQAABMOf9zXTHJ6xVmDx+EAAAA" +
  "AABIg8FAgfkAEAAAdNRmQQ9vTA7gZkEP60wO0GZBD+tMDvBmQQ/rDA5mD3bID1DRg/IPdM1mQQ9/RA7QZkEPf0QO4GZBD39EDvBm" +
  "QQ9/BA7rsE2FyUkPRPFJiXAwTYlIOEmJWEhbQVxBXUFeQV9dw2aQuLoAAAAx/zH2MdJFMdJFMcBFMckPBcNmDx+EAAAAAABVU4nz" +
  "if24JwAAADH/MfYx0kUx0kUxwEUxyQ8FSInHSGP1SGPTuOoAAABFMdJFMcBFMckPBVtdww8fhAAAAAAAjU+/uOr///+D+eIPgpwA" +
  "AABTif9IjR01KQAAuQEAAAAxwPAPsQy7dWcPEAVQGAAADylEJPAPEAU0GAAADylEJOBIifhIweAFSI0VESoAAEgBwrgNAAAAQboI" +
  "AAAAMfZFMcBFMckPBUiFwHUUSI10JOC4DQAAADHSRTHARTHJDwUxyUiFwA+ZwQHJhwy76x2QiwS7g/gBdQTzkOv0iwS7McmD+AK4" +
  "6v///w9EwVvDZpCDfgj+ckFIi0YYSInBSMHpCkm4AABdGVubHQBMOcF1JyX/AwAAweAFSI0NoTEAALoBAAAAh1QIBEiLRAgISIXA" +
  "dB/GQAEBw0hjx0jB4AVIjQ1bKQAASIsECEiD+AJyAv/gw2YuDx+EAAAAAAAPH0AAD1fADxFEJOBIifBIwegJSLlTWpugL7hEAEj3" +
  "4UjB6gtIiVQk8EhpwgDKmjtIKcZIiXQk+Ehj/0iNVCTguN8AAAAx9kUx0kUxwEUxyQ8Fw5BBVlOB5/8DAAAx24P+AQ+Vw0GJ/kHB" +
  "5gVIjQ3xMAAASQHOQYtEnhSFwHQFg8D/63lIuAAAAHRlbG12SAn4SIlEJMCJVCTIx0QkzAQAAADB5wWLBA+JRCTQD1fADxFEJNQP" +
  "EUQk5A8RRCTwx0QkvAAAAABIY/5IjXQkwEiNVCS8uN4AAABFMdJFMcBFMckPBUiFwHgEi0QkvIXAeA1JjQyeSIPBFI1QAYkRW0Fe" +
  "ww8fAEiNdCTwuOQAAAC/AwAAADHSRTHSRTHARTHJDwVIhcB4DkhpRCTwAMqaO0gDRCT4w41P/7gBAAAASNPgSIlEJPhIjXQk+LgO" +
  "AAAAvwEAAABBuggAAAAx0kUxwEUxyQ8Fw1VBV0FWQVVBVFOJ+0Ux5Li6AAAAMf8x9jHSRTHSRTHARTHJDwVJicZMjS3RLwAA6ypm" +
  "Lg8fhAAAAAAADx9EAACJ6PBFD7F1AHRmSYPE/0mDxSBJgfwA/P//dEtBi20ARDn1D5TAhe0PlMEIwXXSTGP9uCcAAAAx/zH2MdJF" +
  "MdJFMcBFMckPBUiJx7jqAAAATIn+MdJFMdJFMcBFMckPBYP4/XSc66S46f///+n4AAAAMcAxyUmHTQhBh0UEhe10akljfRC44gAA" +
  "ADH2MdJFMdJFMcBFMckPBUljfRRIhf90GEiDx/+44gAAADH2MdJFMdJFMcBFMckPBUHHRRQAAAAASWN9GEiF/3QYSIPH/7jiAAAA" +
  "MfYx0kUx0kUxwEUxyQ8FQcdFGAAAAABIuAAAAHRlbG12TCngSIlEJMCJXCTIx0QkzAQAAABBi0UAiUQk0A9XwA8RRCTUDxFEJOQP" +
  "EUQk8MdEJLwAAAAASI10JMBIjVQkvLjeAAAAvwEAAABFMdJFMcBFMckPBUiFwHgEi0QkvIXAeAxJ99xBh0UQRIng6wYxyUGHTQBb" +
  "QVxBXUFeQV9dw2YuDx+EAAAAAAAPHwC6AAABAESLBTSuAABMjQ09rgAA6xRmLg8fhAAAAAAAkEGDwAKDwv50Y0EPt8hBicpBweIG" +
  "Q4tECgSoAXUSTQHKQYnDQYPLAfBFD7FaBHQpQY1AAQ+3yEGJykHB4gZDi0QKBKgBdbpNAcpBicNBg8sB8EUPsVoEdahJh3oQQYdy" +
  "DI1BAYcFt60AAInIw7np////icjDZi4PH4QAAAAAAGaQD7fHweAGSI0No60AADHSSIdUCBDwgyQI+PCDRAgEAcMPt8fB4AZIjQ2D" +
  "rQAAi0QIBMNmLg8fhAAAAAAADx9AAA+3x8HgBkiNFWOtAABIjQwCiwQQZi4PH4QAAAAAAGaQqAF1EYnCg+L4g8IJ8A+xEXXuMcDD" +
  "uPD////DDx9EAAAPt8fB4AZIjRUjrQAASI0MAosEEGYuDx+EAAAAAABmkInCg+L48A+xEXX10eiD4AHDZi4PH4QAAAAAAA8fRAAA" +
  "D7fHweAGSI0N46wAAIsECNHog+ABw2YuDx+EAAAAAAAPt8fB4AZIjRXDrAAASI0MAosEEGYuDx+EAAAAAABmkInCg+L78A+xEXX1" +
  "wegCg+ABw2YuDx+EAAAAAAAPH0AAugIAAADrCWYPH4QAAAAAAA+3x8HgBkiNDXOsAABIjTwBiwQIZi4PH4QAAAAAAGaQi08EOfEP" +
  "hRYBAACoAQ+EFgEAALkBAAAAhdAPhQYBAABBicBBCdDwRA+xB3XTQVZTSIPsKItfCIXbD4TYAAAAg8P/i0cMD1fADylEJKAPKUQk" +
  "EA8pBCQPKUQk8A8pRCTgDylEJNAPKUQkwA8pRCSwiUQkoMdEJKj/////uCcAAAAx/zH2MdJFMdJFMcBFMckPBYlEJLBIuQAAAHRl" +
  "bG12SAnZSIlMJLhIY/hIweMFTI01mysAAEKLNDNIY1QkoEyNVCSguCkBAABFMcBFMckPBYP49XU4SQHeQYtGEA8RRCSASMdEJJAA" +
  "AAAASMdEJJgBAAAASGP4SI1UJIC43wAAADH2RTHSRTHARTHJDwWFwLkBAAAAD0jISIPEKFtBXonIw7n9////icjDMcDDDx9AALoE" +
  "AAAA6ab+//9mDx9EAABBVlMPt8/B4QZIjR0QqwAASItEGRBIhcB0VEgBy4nxgeH/AwAAweEFSI094SoAAEmJwEyHRDkIg8YBh3MI" +
  "MfZAhnABTI00DzHAi0w5BIXJdQeLC/bBBnQfMcmHSwhJh0YIMcBBh0YEuPz////rBbjq////W0Few0hj+rgQAAAAvoCuAAAx0kUx" +
  "0kUxwEUxyQ8FMcmHSwgxyUmHTgiD+Px0wOvQZi4PH4QAAAAAAA8fAEFWUw+3x8HgBkiNDWCqAABIi1wIEEiF23QosAGGQwFIY/5F" +
  "Mfa4EAAAAL6ArgAAMdJFMdJFMcBFMckPBUSGcwHrBbjq////W0FewwAAAAAAAAAAAAAAAAAEAAAcAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAeAAAAAAAAAAgAAAAAAAAA+///bwAAAAAJAAAAAAAAAAcAAAAAAAAAKAsAAAAAAAAIAAAAAAAAADAAAAAAAAAACQAAAAAAAAAY" +
  "AAAAAAAAAPn//28AAAAAAgAAAAAAAAAGAAAAAAAAADgCAAAAAAAACwAAAAAAAAAYAAAAAAAAAAUAAAAAAAAAMAgAAAAAAAAKAAAA" +
  "AAAAAPcCAAAAAAAA9f7/bwAAAAC4BgAAAAAAAAAAAAAAAAAAAAAAAAAAAABjbGFuZyB2ZXJzaW9uIDIxLjEuMABMaW5rZXI6IExM" +
  "RCAyMS4xLjAAAC5keW5zeW0ALmdudS5oYXNoAC5keW5zdHIALnJlbGEuZHluAC5yb2RhdGEALmVoX2ZyYW1lX2hkcgAuZWhfZnJh" +
  "bWUALnRleHQALmRhdGEucmVsLnJvAC5keW5hbWljAC5yZWxyb19wYWRkaW5nAC5ic3MALmNvbW1lbnQALnNoc3RydGFiAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAACwAAAAIAAAAAAAAA" +
  "OAIAAAAAAAA4AgAAAAAAAIAEAAAAAAAAAwAAAAEAAAAIAAAAAAAAABgAAAAAAAAACQAAAPb//28CAAAAAAAAALgGAAAAAAAAuAYA" +
  "AAAAAAB4AQAAAAAAAAEAAAAAAAAACAAAAAAAAAAAAAAAAAAAABMAAAADAAAAAgAAAAAAAAAwCAAAAAAAADAIAAAAAAAA9wIAAAAA" +
  "AAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAbAAAABAAAAAIAAAAAAAAAKAsAAAAAAAAoCwAAAAAAADAAAAAAAAAAAQAAAAAAAAAI" +
  "AAAAAAAAABgAAAAAAAAAJQAAAAEAAAAyAAAAAAAAAGALAAAAAAAAYAsAAAAAAABDAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAA" +
  "AAAAAC0AAAABAAAAAgAAAAAAAACkCwAAAAAAAKQLAAAAAAAAlAEAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAA7AAAAAQAA" +
  "AAIAAAAAAAAAOA0AAAAAAAA4DQAAAAAAAGQFAAAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAARQAAAAEAAAAGAAAAAAAAAKAi" +
  "AAAAAAAAoBIAAAAAAAA7HwAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAEsAAAABAAAAAwAAAAAAAADgUQAAAAAAAOAxAAAA" +
  "AAAAIAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAAAAABYAAAABgAAAAMAAAAAAAAAAFIAAAAAAAAAMgAAAAAAAMAAAAAAAAAA" +
  "AwAAAAAAAAAIAAAAAAAAABAAAAAAAAAAYQAAAAgAAAADAAAAAAAAAMBSAAAAAAAAwDIAAAAAAABADQAAAAAAAAAAAAAAAAAAAQAA" +
  "AAAAAAAAAAAAAAAAAHAAAAAIAAAAAwAAAAAAAADAYgAAAAAAAMAyAAAAAAAAQIlAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAA" +
  "AAB1AAAAAQAAADAAAAAAAAAAAAAAAAAAAADAMgAAAAAAACgAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAEAAAAAAAAAfgAAAAMAAAAA" +
  "AAAAAAAAAAAAAAAAAAAA6DIAAAAAAACIAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAA==\";var RUNNER_SYMBOLS={tg" +
  "kill:{parameters:{tid:\"i32\",signal:\"i32\"},result:\"i32\"},installSignal:{parameters:{number:\"i32\"},res" +
  "ult:\"i32\"},unblockSignal:{parameters:{signal:\"i32\"},result:\"void\"},attachThread:{parameters:{signal:" +
  "\"i32\"},result:\"i32\"},run:{parameters:{index:\"u32\",thread_index:\"u32\",vcpu:\"i32\"},result:\"i32\"},threa" +
  "dTimer:{parameters:{thread_index:\"u32\",clock:\"i32\",signal:\"i32\"},result:\"i32\"},setTimer:{parameters:" +
  "{timer:\"i32\",nanoseconds:\"address\"},result:\"i32\"},threadTime:{parameters:{},result:\"i64\"}};var SHIM_" +
  "SYMBOLS={...RUNNER_SYMBOLS,shimVersion:{parameters:{},result:\"u32\"},ioctl:{parameters:{fd:\"i32\",requ" +
  "est:\"u32\",argument:\"address\"},result:\"i32\"},ioctlStruct:{parameters:{fd:\"i32\",request:\"u32\",argument" +
  ":\"buffer\"},result:\"i32\"},mmap:{parameters:{address:\"address\",length:\"address\",protection:\"i32\",flags" +
  ":\"i32\",fd:\"i32\",offset:\"address\"},result:\"i64\"},munmap:{parameters:{address:\"address\",length:\"addres" +
  "s\"},result:\"i32\"},mprotect:{parameters:{address:\"address\",length:\"address\",protection:\"i32\"},result:" +
  "\"i32\"},madvise:{parameters:{address:\"address\",length:\"address\",advice:\"i32\"},result:\"i32\"},memfdCrea" +
  "te:{parameters:{name:\"buffer\",flags:\"u32\"},result:\"i32\"},ftruncate:{parameters:{fd:\"i32\",length:\"add" +
  "ress\"},result:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},result:\"i32\"},close:{pa" +
  "rameters:{fd:\"i32\"},result:\"i32\"},read:{parameters:{fd:\"i32\",to:\"buffer\",length:\"u32\"},result:\"i32\"}" +
  ",getrlimit:{parameters:{resource:\"i32\",limit:\"buffer\"},result:\"i32\"},eventfd:{parameters:{value:\"u32" +
  "\",flags:\"i32\"},result:\"i32\"},poll:{parameters:{fds:\"buffer\",count:\"u32\",milliseconds:\"i32\"},result:\"" +
  "i32\"},copy:{parameters:{to:\"address\",from:\"address\",length:\"address\"},result:\"void\"},copyIn:{paramet" +
  "ers:{to:\"address\",from:\"buffer\",length:\"address\"},result:\"void\"},copyOut:{parameters:{to:\"buffer\",fr" +
  "om:\"address\",length:\"address\"},result:\"void\"},copyInGuarded:{parameters:{to:\"address\",from:\"buffer\"," +
  "length:\"address\"},result:\"i64\"},copyOutGuarded:{parameters:{to:\"buffer\",from:\"address\",length:\"addre" +
  "ss\"},result:\"i64\"},addBits:{parameters:{to:\"address\",first:\"address\",from:\"address\",count:\"address\"}" +
  ",result:\"void\"},takeBits:{parameters:{to:\"address\",from:\"address\",first:\"address\",count:\"address\"},r" +
  "esult:\"void\"},markPages:{parameters:{set:\"address\",first:\"address\",count:\"address\"},result:\"void\"},m" +
  "arkPresentPages:{parameters:{set:\"address\"},result:\"i32\"},countPages:{parameters:{set:\"address\"},res" +
  "ult:\"i64\"},forgetPages:{parameters:{set:\"address\"},result:\"void\"},capturePages:{parameters:{set:\"add" +
  "ress\",base:\"address\",arena:\"address\",first_zero:\"address\",end_zero:\"address\"},result:\"i64\"},restoreP" +
  "ages:{parameters:{set:\"address\",base:\"address\",target:\"address\"},result:\"i64\"},gettid:{parameters:{}" +
  ",result:\"i32\"},acquireCell:{parameters:{run:\"address\",signal:\"i32\"},result:\"i32\"},releaseCell:{param" +
  "eters:{index:\"u32\"},result:\"void\"},cellEpoch:{parameters:{index:\"u32\"},result:\"u32\"},beginCall:{para" +
  "meters:{index:\"u32\"},result:\"i32\"},endCall:{parameters:{index:\"u32\"},result:\"i32\"},isCancelled:{para" +
  "meters:{index:\"u32\"},result:\"i32\"},kill:{parameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},pause:{p" +
  "arameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},takePause:{parameters:{index:\"u32\"},result:\"i32\"}," +
  "settle:{parameters:{index:\"u32\",vcpu:\"i32\"},result:\"i32\"}};var LIBC_SYMBOLS={memfd_create:{parameter" +
  "s:{name:\"buffer\",flags:\"u32\"},result:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"}," +
  "result:\"i32\"},write:{parameters:{fd:\"i32\",from:\"buffer\",length:\"address\"},result:\"i64\"},pread:{param" +
  "eters:{fd:\"i32\",to:\"buffer\",length:\"address\",offset:\"address\"},result:\"i64\"},readlink:{parameters:{p" +
  "ath:\"buffer\",to:\"buffer\",length:\"address\"},result:\"i64\"},fcntl:{parameters:{fd:\"i32\",command:\"i32\",a" +
  "rgument:\"i32\"},result:\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"}},LIBC_NAMES=[\"libc.so.6\",\"li" +
  "bc.musl-x86_64.so.1\",\"libc.so\"],MFD_CLOEXEC=1,MFD_EXEC=16,O_RDWR=2,O_CLOEXEC=524288,O_TMPFILE=425984" +
  "0,F_DUPFD_CLOEXEC=1030,PREFERRED_FD=100,FIRST_FD=3,LAST_FD=356,TEMPORARY_FOLDERS=[\"/tmp\",\"/var/tmp\"," +
  "\"/dev/shm\"];function loadShim(adapter){let libc=openLibc(adapter),bytes=Uint8Array.from(atob(SHIM_BA" +
  "SE64),(char)=>char.charCodeAt(0)),failures=[];for(let create of[createMemfd,createUnnamedFile]){let " +
  "fd=findCopy(libc,bytes)??publish(libc,create(libc),bytes);if(fd===void 0)continue;try{return bind(ad" +
  "apter,`/proc/self/fd/${fd}`)}catch(error){libc.close(fd),failures.push(error)}}throw new VmletError(" +
  "\"ERR_SHIM\",`Cannot load the native shim: neither a memfd nor an unnamed file in ${TEMPORARY_FOLDERS." +
  "join(\", \")} can be executed here. Allow one of them (sysctl vm.memfd_noexec=0, or a temporary folder" +
  " mounted without noexec)`,{cause:failures[0]})}function bind(adapter,path){let native={...bindShim(a" +
  "dapter,path,SHIM_SYMBOLS),view:adapter.view,path};if(native.shimVersion()!==SHIM_VERSION)throw new V" +
  "mletError(\"ERR_SHIM\",`Cannot load the native shim: ${path} holds another version (${native.shimVersi" +
  "on().toString(16)} instead of ${SHIM_VERSION.toString(16)})`);return native}function openLibc(adapte" +
  "r){let failures=[];for(let name of LIBC_NAMES)try{return adapter.open(name,LIBC_SYMBOLS)}catch(error" +
  "){if(isPermissionError(error))throw new VmletError(\"ERR_SHIM\",\"Cannot load the native shim: permissi" +
  "on to call native code is missing, run with --allow-ffi\",{cause:error});failures.push(error)}throw n" +
  "ew VmletError(\"ERR_SHIM\",`Cannot load the native shim: no C library found as ${LIBC_NAMES.join(\", \")" +
  "}`,{cause:failures[0]})}function isPermissionError(error){return error instanceof Error&&[\"NotCapabl" +
  "e\",\"PermissionDenied\"].includes(error.name)}function cString(text){return new TextEncoder().encode(`" +
  "${text}\\x00`)}function createMemfd(libc){let name=cString(`vmlet-shim-${SHIM_HASH}`),fd=libc.memfd_c" +
  "reate(name,MFD_CLOEXEC|MFD_EXEC);return fd>=0?fd:libc.memfd_create(name,MFD_CLOEXEC)}function create" +
  "UnnamedFile(libc){for(let folder of TEMPORARY_FOLDERS){let fd=libc.open(cString(folder),O_TMPFILE|O_" +
  "RDWR|O_CLOEXEC,448);if(fd>=0)return fd}return-1}function publish(libc,fd,bytes){if(fd<0)return;if(li" +
  "bc.write(fd,bytes,bytes.length)!==bytes.length){libc.close(fd);return}let moved=libc.fcntl(fd,F_DUPF" +
  "D_CLOEXEC,PREFERRED_FD);if(moved>=0)libc.close(fd);let published=moved>=0?moved:fd,lowest=findCopy(l" +
  "ibc,bytes)??published;if(lowest!==published)libc.close(published);return lowest}function findCopy(li" +
  "bc,bytes){let link=new Uint8Array(256),content=new Uint8Array(bytes.length+1);for(let fd=FIRST_FD;fd" +
  "<LAST_FD;fd++){let length=libc.readlink(cString(`/proc/self/fd/${fd}`),link,link.length);if(length<=" +
  "0)continue;let name=new TextDecoder().decode(link.subarray(0,length));if(!(name.startsWith(`/memfd:v" +
  "mlet-shim-${SHIM_HASH}`)||name.endsWith(\" (deleted)\")&&TEMPORARY_FOLDERS.some((it)=>name.startsWith(" +
  "`${it}/#`)))||libc.pread(fd,content,content.length,0)!==bytes.length)continue;if(bytes.every((byte,i" +
  ")=>byte===content[i]))return fd}return}var TYPES={i32:\"i32\",u32:\"u32\",i64:\"i64_fast\",address:\"u64_fa" +
  "st\",buffer:\"ptr\",void:\"void\"};function bunAdapter(ffi){return{open(path,symbols){let definitions=Obj" +
  "ect.fromEntries(Object.entries(symbols).map(([name,{parameters,result}])=>[name,{args:Object.values(" +
  "parameters).map((type)=>TYPES[type]),returns:TYPES[result]}]));return{...ffi.dlopen(path,definitions" +
  ").symbols}},view:(address,length)=>ffi.toArrayBuffer(address,0,length)}}var TYPES2={i32:\"i32\",u32:\"u" +
  "32\",i64:\"i64\",address:\"usize\",buffer:\"buffer\",void:\"void\"};function denoAdapter(deno){return{open(pa" +
  "th,symbols){let definitions=Object.fromEntries(Object.entries(symbols).map(([name,{parameters,result" +
  "}])=>[name,{parameters:Object.values(parameters).map((type)=>TYPES2[type]),result:TYPES2[result]}]))" +
  ",functions={...deno.dlopen(path,definitions).symbols};for(let[name,{result}]of Object.entries(symbol" +
  "s)){let native=functions[name];if(native&&result===\"i64\")functions[name]=(...args)=>Number(native(.." +
  ".args))}return functions},view:(address,length)=>deno.UnsafePointerView.getArrayBuffer(deno.UnsafePo" +
  "inter.create(BigInt(address)),length)}}function adapterFor(globals){let{Deno:deno,Bun:bun,process}=g" +
  "lobals;if(bun===void 0&&typeof deno?.dlopen!==\"function\"){let name=process?.version===void 0?\"this o" +
  "ne\":`Node.js ${process.version}`;throw new VmletError(\"ERR_UNSUPPORTED_RUNTIME\",`Cannot run guests: " +
  "vmlet needs Deno or Bun for native code, and ${name} is neither`)}let os=process?.platform??deno?.bu" +
  "ild?.os??\"unknown\",arch=process?.arch??deno?.build?.arch??\"unknown\";if(os!==\"linux\"||arch!==\"x64\"&&a" +
  "rch!==\"x86_64\")throw new VmletError(\"ERR_UNSUPPORTED_PLATFORM\",`Cannot run guests: vmlet needs Linux" +
  " on x86_64, and this is ${os} on ${arch}`);return bun===void 0?denoAdapter(deno):bunAdapter(process?" +
  ".getBuiltinModule?.(\"bun:ffi\"))}var loaded;function native(){return loaded??=loadShim(adapterFor(glo" +
  "balThis))}var ESRCH=3,CELLS=65536;class InterruptHandle{#index;#generation;constructor({index,genera" +
  "tion}){this.#index=index,this.#generation=generation}static from(token){let{index,generation}=token?" +
  "?{};if(typeof index!==\"number\"||typeof generation!==\"number\")throw wrongType(\"Cannot make an interru" +
  "pt handle: the argument is not a token of one\");if(!(Number.isInteger(index)&&index>=0&&index<CELLS&" +
  "&Number.isInteger(generation)&&generation>0&&generation<4294967296&&generation%2===1))throw outOfRan" +
  "ge(`Cannot make an interrupt handle: no guest has the token ${index}, ${generation}`);return new Int" +
  "erruptHandle({index,generation})}get token(){return{index:this.#index,generation:this.#generation}}g" +
  "et dropped(){return native().cellEpoch(this.#index)!==this.#generation}kill(){return interrupted(nat" +
  "ive().kill(this.#index,this.#generation))}pause(){return interrupted(native().pause(this.#index,this" +
  ".#generation))}}function interrupted(result){if(result>=0)return result===1;if(result===-ESRCH)retur" +
  "n!1;throw new VmletError(\"ERR_LIMIT\",`Cannot signal the thread that runs the guest: ${errnoSymbol(-r" +
  "esult)}`,{errno:-result})}var ARRIVAL={opened:1,data:2,closed:3};var MAX_RECORD=16384;class Channel{" +
  "shared;#words;#bytes;#seenPauses=0;constructor(shared){this.shared=shared??new SharedArrayBuffer(655" +
  "56),this.#words=new Int32Array(this.shared,0,5),this.#bytes=new Uint8Array(this.shared,20,65536)}put" +
  "(type,bytes=new Uint8Array(0)){let written=Atomics.load(this.#words,0),used=written-Atomics.load(thi" +
  "s.#words,1)>>>0,size=4+bytes.length;if(bytes.length>16384||used+size>65536)return!1;let header=Uint8" +
  "Array.of(type,0,bytes.length&255,bytes.length>>8);return this.#copyIn(written,header),this.#copyIn(w" +
  "ritten+4,bytes),Atomics.store(this.#words,0,written+size|0),Atomics.notify(this.#words,0),!0}take(){" +
  "if(this.isEmpty)return;let taken=Atomics.load(this.#words,1),[type=0,,low=0,high=0]=this.#copyOut(ta" +
  "ken,4),bytes=this.#copyOut(taken+4,low|high<<8);return Atomics.store(this.#words,1,taken+4+bytes.len" +
  "gth|0),{type,bytes}}get isEmpty(){return Atomics.load(this.#words,0)===Atomics.load(this.#words,1)}w" +
  "ait(milliseconds){let taken=Atomics.load(this.#words,1);Atomics.wait(this.#words,0,taken,millisecond" +
  "s)}get isStopped(){return Atomics.load(this.#words,2)===1}set isStopped(value){Atomics.store(this.#w" +
  "ords,2,Number(value))}pause(interrupt){Atomics.add(this.#words,3,1),interrupt(),Atomics.add(this.#wo" +
  "rds,4,1)}takePause(){let begun=Atomics.load(this.#words,3),done=Atomics.load(this.#words,4),isNew=be" +
  "gun!==done||done!==this.#seenPauses;return this.#seenPauses=done,isNew}#copyIn(position,bytes){let a" +
  "t=(position>>>0)%65536,first=Math.min(bytes.length,65536-at);this.#bytes.set(bytes.subarray(0,first)" +
  ",at),this.#bytes.set(bytes.subarray(first),0)}#copyOut(position,length){let at=(position>>>0)%65536," +
  "bytes=new Uint8Array(length),first=Math.min(length,65536-at);return bytes.set(this.#bytes.subarray(a" +
  "t,at+first)),bytes.set(this.#bytes.subarray(0,length-first),first),bytes}}var PATIENCE=5,scope=globa" +
  "lThis,builtin=(name)=>scope.process.getBuiltinModule(name),channel,guest,server,path,client,waiting=" +
  "[];function deliver(){if(!channel)return;for(let next=waiting[0];next;next=waiting[0]){if(!channel.p" +
  "ut(...next)){client?.pause(),setTimeout(deliver,PATIENCE);break}waiting.shift()}if(waiting.length===" +
  "0)client?.resume();if(channel.isStopped||channel.isEmpty)return;channel.pause(()=>guest?.pause()),sc" +
  "ope.postMessage({type:\"arrived\"})}function arrived(type,bytes=new Uint8Array(0)){for(let at=0;at===0" +
  "||at<bytes.length;at+=MAX_RECORD)waiting.push([type,bytes.subarray(at,at+MAX_RECORD)]);deliver()}fun" +
  "ction connected(socket){if(socket.on(\"error\",()=>{}),client)return socket.destroy();client=socket,so" +
  "cket.setNoDelay(!0),socket.on(\"data\",(bytes)=>{if(socket===client)arrived(ARRIVAL.data,new Uint8Arra" +
  "y(bytes))}),socket.on(\"close\",()=>{if(socket!==client)return;client=void 0,arrived(ARRIVAL.closed)})" +
  ",arrived(ARRIVAL.opened)}function listen(at){let failed=(error)=>{let message=error instanceof Error" +
  "?error.message:String(error);scope.postMessage({type:\"failed\",message})};try{let{createServer}=built" +
  "in(\"node:net\"),listener=createServer(connected);server=listener,listener.on(\"error\",failed),listener" +
  ".listen(at,()=>{try{if(\"path\"in at)return path=at.path,builtin(\"node:fs\").chmodSync(at.path,384),sco" +
  "pe.postMessage({type:\"listening\",at});let address=listener.address(),port=typeof address===\"object\"&" +
  "&address?address.port:at.port;scope.postMessage({type:\"listening\",at:{host:at.host,port}})}catch(err" +
  "or){failed(error)}})}catch(error){failed(error)}}function end(){client?.end(),server?.close();try{if" +
  "(path!==void 0)builtin(\"node:fs\").unlinkSync(path)}catch{}setTimeout(()=>scope.close(),20)}scope.onm" +
  "essage=({data})=>{switch(data.type){case\"listen\":return channel=new Channel(data.shared),listen(data" +
  ".at);case\"guest\":if(guest=InterruptHandle.from(data.token),guest.dropped)guest=void 0;return;case\"se" +
  "nd\":client?.write(data.bytes);return;case\"hang up\":client?.end();return;case\"end\":end()}};scope.post" +
  "Message({type:\"ready\"});";
