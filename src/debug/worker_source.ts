/** src/debug/worker.ts with all that it imports, by `deno task workers`: do not edit. */
// deno-fmt-ignore-file

/** A script of 34191 characters. */
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
  " errnoSymbol(errno){return ERRNO_SYMBOLS[errno]??`errno ${errno}`}var SHIM_VERSION=216192622,SHIM_HA" +
  "SH=\"49532dc62d2e7ce4\",SHIM_BASE64=\"f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAAAAAAAAAAAABAAAAAAAAAAPAzAAAAAAAAA" +
  "AAAAEAAOAAJAEAADwAOAAYAAAAEAAAAQAAAAAAAAABAAAAAAAAAAEAAAAAAAAAA+AEAAAAAAAD4AQAAAAAAAAgAAAAAAAAAAQAAA" +
  "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACcEgAAAAAAAJwSAAAAAAAAABAAAAAAAAABAAAABQAAAKASAAAAAAAAoCIAAAAAA" +
  "ACgIgAAAAAAAKsfAAAAAAAAqx8AAAAAAAAAEAAAAAAAAAEAAAAGAAAAUDIAAAAAAABQUgAAAAAAAFBSAAAAAAAA4AAAAAAAAACwD" +
  "QAAAAAAAAAQAAAAAAAAAQAAAAYAAABAMwAAAAAAAEBjAAAAAAAAQGMAAAAAAAAAAAAAAAAAAECJQAAAAAAAABAAAAAAAAACAAAAB" +
  "gAAAHAyAAAAAAAAcFIAAAAAAABwUgAAAAAAAMAAAAAAAAAAwAAAAAAAAAAIAAAAAAAAAFLldGQEAAAAUDIAAAAAAABQUgAAAAAAA" +
  "FBSAAAAAAAA4AAAAAAAAACwDQAAAAAAAAEAAAAAAAAAUOV0ZAQAAACkCwAAAAAAAKQLAAAAAAAApAsAAAAAAACUAQAAAAAAAJQBA" +
  "AAAAAAABAAAAAAAAABR5XRkBgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAEAAAASAAgAsCIAAAAAAAAGAAAAAAAAABMCAAASAAgAADwAAAAAAAAwAAAAAAAAACUCAAASAAgAM" +
  "DwAAAAAAAAwAAAAAAAAADoBAAASAAgAYCYAAAAAAACqAAAAAAAAAFsBAAASAAgAUCcAAAAAAABAAQAAAAAAAJkBAAASAAgAkCoAA" +
  "AAAAAC5AwAAAAAAAL0AAAASAAgAUCQAAAAAAAAYAAAAAAAAAMsAAAASAAgAcCQAAAAAAABXAAAAAAAAACsBAAASAAgA4CUAAAAAA" +
  "AB2AAAAAAAAAGECAAASAAgAwD4AAAAAAAAgAAAAAAAAAMkCAAASAAgA4D8AAAAAAAAHAAAAAAAAAOACAAASAAgAUEEAAAAAAACjA" +
  "AAAAAAAAD4AAAASAAgAICMAAAAAAAATAAAAAAAAAK0BAAASAAgAUC4AAAAAAAAuCwAAAAAAAJYCAAASAAgAQD8AAAAAAAAxAAAAA" +
  "AAAAOoCAAASAAgAAEIAAAAAAABLAAAAAAAAABQAAAASAAgAwCIAAAAAAAAWAAAAAAAAAIsAAAASAAgAwCMAAAAAAAAkAAAAAAAAA" +
  "NYAAAASAAgA0CQAAAAAAAAGAAAAAAAAAAACAAASAAgAUDsAAAAAAACtAAAAAAAAAKIAAAASAAgAECQAAAAAAAATAAAAAAAAAOEAA" +
  "AASAAgA4CQAAAAAAAAGAAAAAAAAABUBAAASAAgAcCUAAAAAAABnAAAAAAAAAIYBAAASAAgAUCoAAAAAAAA+AAAAAAAAADoCAAASA" +
  "AgAYDwAAAAAAACzAQAAAAAAACAAAAASAAgA4CIAAAAAAAAWAAAAAAAAADMAAAASAAgAACMAAAAAAAARAAAAAAAAAFoAAAASAAgAY" +
  "CMAAAAAAAAUAAAAAAAAAMEBAAASAAgAgDkAAAAAAAAXAAAAAAAAAHsAAAASAAgAoCMAAAAAAAAWAAAAAAAAAPABAAASAAgAADsAA" +
  "AAAAABPAAAAAAAAAE4CAAASAAgAID4AAAAAAACUAAAAAAAAALgCAAASAAgAoD8AAAAAAAAyAAAAAAAAAGgAAAASAAgAgCMAAAAAA" +
  "AAVAAAAAAAAAJYAAAASAAgA8CMAAAAAAAAYAAAAAAAAAP4AAAASAAgAACUAAAAAAABnAAAAAAAAAHQBAAASAAgAkCgAAAAAAAC5A" +
  "QAAAAAAAKUCAAASAAgAgD8AAAAAAAAWAAAAAAAAANQCAAASAAgAQEEAAAAAAAAKAAAAAAAAANsBAAASAAgA4DkAAAAAAACuAAAAA" +
  "AAAAEsAAAASAAgAQCMAAAAAAAAUAAAAAAAAAK0AAAASAAgAMCQAAAAAAAAYAAAAAAAAAO8AAAASAAgA8CQAAAAAAAAGAAAAAAAAA" +
  "EoBAAASAAgAECcAAAAAAAA4AAAAAAAAAM4BAAASAAgAoDkAAAAAAAA4AAAAAAAAAHQCAAASAAgA4D4AAAAAAAASAAAAAAAAAIUCA" +
  "AASAAgAAD8AAAAAAAA7AAAAAAAAAAsAAAABAAAAEAAAABoAAAAAAQABAAEAAQAAAAAAACAgBQAAAFAAAAACAAAAAAQAAAQAAgAEA" +
  "AACEKAAAAAMAIAEgAJBAEEEQwAQAAAAAQAA1BBAAQAEAAAFgAAAwAB0BAUAAIwAIABEiICAAAEABAgIAAAgAEBIQAEABAEAAAQAC" +
  "AEAAACAhCAAICAAUAAEEAEAAAAEAAAABwAAAA0AAAARAAAAFQAAABoAAAAeAAAAIgAAACgAAAApAAAAIj2WClJ34QDXSjHuQhboP" +
  "AZyc1uvN7b3OBDeo8J6lctmFpIBzDX9oVijksvBFBSpmnpNAH61QDe+MmC0vU8uDcYCxj2+8ZTLZlqOywViEB2IZ5bLHDdi+riJ5" +
  "eeCXqF+mU33umqlbRO2y5PLdL6l2s1nMPEYwjaoGBDAIdTnKsgv1+PaqK2q44L9Vz04ef9E5BfbmYK04pFrTT0+4VJLXnp2NtJ8B" +
  "KzXnjWpRqbgQwIyi6IPuoZ8bg2KwwgAdm1sZXRfc2hpbV92ZXJzaW9uAHZtbGV0X2lvY3RsAHZtbGV0X2lvY3RsX3N0cnVjdAB2b" +
  "WxldF9tbWFwAHZtbGV0X211bm1hcAB2bWxldF9tcHJvdGVjdAB2bWxldF9tYWR2aXNlAHZtbGV0X21lbWZkX2NyZWF0ZQB2bWxld" +
  "F9mdHJ1bmNhdGUAdm1sZXRfb3BlbgB2bWxldF9jbG9zZQB2bWxldF9yZWFkAHZtbGV0X2dldHJsaW1pdAB2bWxldF9ldmVudGZkA" +
  "HZtbGV0X3BvbGwAdm1sZXRfY29weQB2bWxldF9jb3B5X2luAHZtbGV0X2NvcHlfb3V0AHZtbGV0X2NvcHlfb3V0X2d1YXJkZWQAd" +
  "m1sZXRfY29weV9pbl9ndWFyZGVkAHZtbGV0X2FkZF9iaXRzAHZtbGV0X3Rha2VfYml0cwB2bWxldF9tYXJrX3BhZ2VzAHZtbGV0X" +
  "21hcmtfcHJlc2VudF9wYWdlcwB2bWxldF9jb3VudF9wYWdlcwB2bWxldF9mb3JnZXRfcGFnZXMAdm1sZXRfY2FwdHVyZV9wYWdlc" +
  "wB2bWxldF9yZXN0b3JlX3BhZ2VzAHZtbGV0X2dldHRpZAB2bWxldF90Z2tpbGwAdm1sZXRfaW5zdGFsbF9zaWduYWwAdm1sZXRfc" +
  "2V0X3RpbWVyAHZtbGV0X3RocmVhZF90aW1lcgB2bWxldF90aHJlYWRfdGltZQB2bWxldF91bmJsb2NrX3NpZ25hbAB2bWxldF9hd" +
  "HRhY2hfdGhyZWFkAHZtbGV0X2FjcXVpcmVfY2VsbAB2bWxldF9yZWxlYXNlX2NlbGwAdm1sZXRfY2VsbF9lcG9jaAB2bWxldF9iZ" +
  "Wdpbl9jYWxsAHZtbGV0X2VuZF9jYWxsAHZtbGV0X2lzX2NhbmNlbGxlZAB2bWxldF90YWtlX3BhdXNlAHZtbGV0X2tpbGwAdm1sZ" +
  "XRfcGF1c2UAdm1sZXRfcnVuAHZtbGV0X3NldHRsZQAAUFIAAAAAAAAIAAAAAAAAAJA6AAAAAAAAYFIAAAAAAAAIAAAAAAAAAKAiA" +
  "AAAAAAAAAAAAAAAAAAPDw8PDw8PDw8PDw8PDw8PVVVVVVVVVVVVVVVVVVVVVTMzMzMzMzMzMzMzMzMzMzMvcHJvYy9zZWxmL3BhZ" +
  "2VtYXAAAAEbAzuQAQAAMQAAAAwXAACsAQAAHBcAAMABAAA8FwAA1AEAAFwXAADoAQAAfBcAAPwBAACcFwAAEAIAALwXAAAkAgAA3" +
  "BcAADgCAAD8FwAATAIAABwYAABgAgAATBgAAHQCAABsGAAAiAIAAIwYAACcAgAArBgAALACAADMGAAAxAIAACwZAADYAgAAPBkAA" +
  "OwCAABMGQAAAAMAAFwZAAAUAwAAzBkAADADAAA8GgAATAMAALwaAABgAwAAbBsAAJADAACsGwAApAMAAOwcAADwAwAArB4AABgEA" +
  "ADsHgAALAQAAKwiAAB0BAAA3C0AALgEAAD8LQAAzAQAADwuAADwBAAA7C4AAAwFAABcLwAAIAUAAKwvAAA0BQAAXDAAAFgFAACMM" +
  "AAAbAUAALwwAACABQAAfDIAAMQFAAAcMwAA2AUAADwzAADsBQAAXDMAAAAGAACcMwAAFAYAANwzAAAoBgAA/DMAADwGAAA8NAAAU" +
  "AYAAEw0AABkBgAAnDUAAJAGAACsNQAApAYAAFw2AADMBgAAFAAAAAAAAAABelIAAXgQARsMBwiQAQAAEAAAABwAAABYFQAABgAAA" +
  "AAAAAAQAAAAMAAAAFQVAAAWAAAAAAAAABAAAABEAAAAYBUAABYAAAAAAAAAEAAAAFgAAABsFQAAEQAAAAAAAAAQAAAAbAAAAHgVA" +
  "AATAAAAAAAAABAAAACAAAAAhBUAABQAAAAAAAAAEAAAAJQAAACQFQAAFAAAAAAAAAAQAAAAqAAAAJwVAAAVAAAAAAAAABAAAAC8A" +
  "AAAqBUAABYAAAAAAAAAEAAAANAAAAC0FQAAJAAAAAAAAAAQAAAA5AAAANAVAAAYAAAAAAAAABAAAAD4AAAA3BUAABMAAAAAAAAAE" +
  "AAAAAwBAADoFQAAGAAAAAAAAAAQAAAAIAEAAPQVAAAYAAAAAAAAABAAAAA0AQAAABYAAFcAAAAAAAAAEAAAAEgBAABMFgAABgAAA" +
  "AAAAAAQAAAAXAEAAEgWAAAGAAAAAAAAABAAAABwAQAARBYAAAYAAAAAAAAAGAAAAIQBAABAFgAAZwAAAABBDhCDAgJlDggAABgAA" +
  "ACgAQAAlBYAAGcAAAAAQQ4QgwICZQ4IAAAQAAAAvAEAAOgWAAB2AAAAAAAAACwAAADQAQAAVBcAAKoAAAAASg4QQg4YQQ4ggwSOA" +
  "4YCApkOGEIOEEEOCMPOxgAAABAAAAAAAgAA1BcAADgAAAAAAAAASAAAABQCAAAAGAAAQAEAAABBDhBCDhhCDiBCDihCDjBBDjhHD" +
  "sAfgweMBo0FjgSPA4YCAyQBDjhBDjBCDihCDiBCDhhCDhBBDggAACQAAABgAgAA9BgAALkBAAAAUw4QQQ4YgwOOAgOiAQ4QQg4Iw" +
  "84AAAAQAAAAiAIAAIwaAAA+AAAAAAAAAEQAAACcAgAAuBoAALkDAAAAQQ4QQg4YQg4gQg4oQg4wQQ44gweMBo0FjgSPA4YCAk4OM" +
  "EIOKEIOIEIOGEIOEEEOCEEOOAAAAEAAAADkAgAAMB4AAC4LAAAAQQ4QQg4YQg4gQg4oQg4wQQ44gweMBo0FjgSPA4YCAxoLDjBCD" +
  "ihCDiBCDhhCDhBBDggAEAAAACgDAAAcKQAAFwAAAAAAAAAgAAAAPAMAACgpAAA4AAAAAEEOEEEOGIMDhgJ0DhBBDggAAAAYAAAAY" +
  "AMAAEQpAACuAAAAAFIOEIMCApsOCMMAEAAAAHwDAADYKQAAYgAAAAAAAAAQAAAAkAMAADQqAABPAAAAAAAAACAAAACkAwAAcCoAA" +
  "K0AAAAAQg4QQQ4YgwOOAgKnDhBCDggAABAAAADIAwAA/CoAADAAAAAAAAAAEAAAANwDAAAYKwAAMAAAAAAAAABAAAAA8AMAADQrA" +
  "ACzAQAAAEEOEEIOGEIOIEIOKEIOMEEOOIMHjAaNBY4EjwOGAgOfAQ4wQg4oQg4gQg4YQg4QQQ4IABAAAAA0BAAAsCwAAJQAAAAAA" +
  "AAAEAAAAEgEAAA8LQAAIAAAAAAAAAAQAAAAXAQAAEgtAAASAAAAAAAAABAAAABwBAAAVC0AADsAAAAAAAAAEAAAAIQEAACALQAAM" +
  "QAAAAAAAAAQAAAAmAQAAKwtAAAWAAAAAAAAABAAAACsBAAAuC0AADIAAAAAAAAAEAAAAMAEAADkLQAABwAAAAAAAAAoAAAA1AQAA" +
  "OAtAABMAQAAAAJPDhBBDhhEDkCDA44CAucOGEEOEEIOCMPOABAAAAAABQAABC8AAAoAAAAAAAAAJAAAABQFAAAALwAAowAAAABCD" +
  "hBBDhiDA44CAnEOEEIOCEEOGAAAACQAAAA8BQAAiC8AAEsAAAAAQg4QQQ4YgwOOAgJFDhBCDggAAAAAAAAAAAAAAAAAALgPAAAAD" +
  "wVmDx+EAAAAAAC4btbiDMNmLg8fhAAAAAAASGP/ifa4EAAAAEUx0kUxwEUxyQ8Fw2YuDx+EAAAAAABIY/+J9rgQAAAARTHSRTHAR" +
  "THJDwXDZi4PH4QAAAAAAEhj0kxj0U1jwLgJAAAADwXDZi4PH4QAAAAAAA8fRAAAuAsAAAAx0kUx0kUxwEUxyQ8Fw2YuDx+EAAAAA" +
  "AAPHwBIY9K4CgAAAEUx0kUxwEUxyQ8Fw2YuDx+EAAAAAABmkEhj0rgcAAAARTHSRTHARTHJDwXDZi4PH4QAAAAAAGaQifa4PwEAA" +
  "DHSRTHSRTHARTHJDwXDZi4PH4QAAAAAAJBIY/+4TQAAADHSRTHSRTHARTHJDwXDZi4PH4QAAAAAAEiJ+UxjxkGJ0rgBAQAASMfHn" +
  "P///0iJzkyJwkUxwEUxyQ8Fw2YuDx+EAAAAAABmkEhj/7gDAAAAMfYx0kUx0kUxwEUxyQ8Fww8fhAAAAAAASGP/idIxwEUx0kUxw" +
  "EUxyQ8Fw2YuDx+EAAAAAAAPHwBJifJIY/e4LgEAADH/MdJFMcBFMckPBcMPH4QAAAAAAIn/SGP2uCIBAAAx0kUx0kUxwEUxyQ8Fw" +
  "w8fhAAAAAAASGPCSGnI001iEEiJykjB6j9IwfkmAdFIY8lIiUwk8GnJ6AMAAInCKcppykBCDwBIY8lIiUwk+In2McmFwEiNVCTwS" +
  "A9I0bgPAQAARTHSRTHARTHJDwXDZg8fhAAAAAAASInR86TDZi4PH4QAAAAAAEiJ0fOkw2YuDx+EAAAAAABIidHzpMNmLg8fhAAAA" +
  "AAAU0iJ00iJfCTwSIlUJPhIiXQk4EiJVCTouCcAAAAx/zH2MdJFMdJFMcBFMckPBUiJx0iNdCTwTI1UJOC4NgEAALoBAAAAQbgBA" +
  "AAARTHJDwVIOdhIx8Hy////SA9EyEiFwEgPScFbw2YPH4QAAAAAAFNIidNIiXQk8EiJVCT4SIl8JOBIiVQk6LgnAAAAMf8x9jHSR" +
  "THSRTHARTHJDwVIicdIjXQk8EyNVCTguDcBAAC6AQAAAEG4AQAAAEUxyQ8FSDnYSMfB8v///0gPRMhIhcBID0nBW8NmDx+EAAAAA" +
  "ABIhcl0cEiJyEiJ8UjB6QaD5j9BuEAAAABJKfBIg8D/SMHoBkiDwAFIjTzPSIPHCEUxyesVZi4PH4QAAAAAAGaQSYPBAUw5yHQsT" +
  "osUyk2F0nTuTYnTifFJ0+NOCVzP+EiF9nTcRInBSdPqTYXSdNFOCRTP68vDZi4PH4QAAAAAAEiFyQ+EoAAAAFVBVlNIichIidFIw" +
  "ekGg+I/QbhAAAAASSnQTI1I/0nB6QZJg8EBSI00zkiDxghFMdJJx8P/////6zRmLg8fhAAAAAAADx8AScfG/////4nBSdPmSIPoQ" +
  "En31k0PQ/NJId5OiTTXSYPCAU050XQuSIXSQA+VxUqLXNb4idFI0+tJOcAPksFAIOmA+QF1uk6LNNZEicFJ0+ZMCfPrq1tBXl3DZ" +
  "g8fRAAASI0EMkg5xnMuSInxDx9AAEg7TwhzIbgBAAAASNPgSIt3EEmJyEnB6AZKCQTGSIPBAUiDwv912cMPH4QAAAAAAFVBV0FWQ" +
  "VVBVFNIgeyIDwAASIn7SI01JeT//0Ux9rgBAQAAugAACABIx8ec////RTHSRTHARTHJDwVIiceF/w+I5wAAAEyLewiB5////39Nh" +
  "f8PhL0AAABBvAACAABIjXQkgEUx7WYuDx+EAAAAAABMif1MKe1Igf0AAgAASQ9D7EyLE0nB6gxNAepJweIDjRTtAAAAALgRAAAAR" +
  "THARTHJDwVIhcBBvvL///9ED0jwSDnQuAAAAABED0TwRYX2dUJNOe90PTHA6w9mDx9EAABIg8ABSDnocydIi0zEgEjB6T507EqND" +
  "Ci6AQAAAEjT4kyLQxBIwekGSQkUyOvSZpBJAcVFhfZ1DUyLewhNOf0Pglv///+4AwAAADH2MdJFMdJFMcBFMckPBUSJ94n4SIHEi" +
  "A8AAFtBXEFdQV5BX13DSItHCEiDwD9Ig/hAcwMxwMNBVlNIicFIwekGSItXEEiLdxhIPQABAABzCTH/McDpCQEAAEiJz0iD5/xIw" +
  "egDSIPg4GYP78BFMcBmD28VjuL//2YPbx2W4v//Zg9vLW7i//9mD+/kZg/vyWYPH0QAAPNCD280AvNCD298AhDzRg9vBAZmRA/rx" +
  "vNCD290BhBmD+v3ZkEPb/hmD3HXAWYP2/pmRA/4x2ZBD2/4Zg/b+2ZBD3HQAmZED9vDZkQP/MdmQQ9v+GYPcdcEZkEP/PhmD9v9Z" +
  "g/2+GYP1OdmD2/+Zg9x1wFmD9v6Zg/492YPb/5mD9v7Zg9x1gJmD9vzZg/892YPb/5mD3HXBGYP/P5mD9v9Zg/2+GYP1M9Jg8AgT" +
  "DnAD4VK////Zg/UzGYPcMHuZg/UwWZID37ASDn5dHhJuFVVVVVVVVVVSbkzMzMzMzMzM0m6Dw8PDw8PDw9JuwEBAQEBAQEBZi4PH" +
  "4QAAAAAAJBIixz+SAsc+kmJ3knR7k0hxkwp80mJ3k0hzkjB6wJMIctMAfNJid5Jwe4ESQHeTSHWTQ+v80nB7jhMAfBIg8cBSDn5d" +
  "btbQV7DDx+AAAAAAEiLRwhIg8A/SIP4QHIvSItHEDHJZi4PH4QAAAAAAGaQSMcEyAAAAABIg8EBSItXCEiDwj9IweoGSDnRcuPDZ" +
  "pBVQVdBVkFVQVRTTIlEJPBIiUwk6Lj/AQAASANHCEiJwUjB6QlIiUwkwEyNHM3/DwAASYHjAPD//0iJVCSgSQHTSD0AAgAAcxpFM" +
  "dJMiVdQTCtcJKBMidhbQVxBXUFeQV9dw7gIAAAASIlEJKi5MAAAAEUx7WYP78BFMdIx0kiJdCS46z5mLg8fhAAAAAAAZpBIg0Qkq" +
  "AhIi0wk2EiBwQAAIABMi2wk0EmBxQAAIABIi0QkyEiJwkg7RCTASIt0JLh0iUiF9nQJSIsc1usFDx8AMdtIi0QkoEiJHNBIjTTVA" +
  "AAAAEiJVCTgSI1CAUiJRCTITIlsJNBIiUwk2EiJTCSwSInxMdLrLWYPH4QAAAAAAEiLTCSYSIPBAUiBRCSwAAAEAEmBxQAABABIO" +
  "0wkqA+EXP///0iLRwhIg8A/SMHoBkg5wQ+DR////0iLRxBIiUwkmEiLTxhIi3QkmEyLJPFIi0wkmEwLJMh0pkjB4QZIiUwk+OsbZ" +
  "i4PH4QAAAAAAJBNiftJjUQk/0khxEiJ73SA80kPvMxJiclMC0wk+EiF23QORInIJf8BAABMiwTD6wNFMcBIif1IiwdMO0wk6EAPk" +
  "sZMO0wk8EAPk8dACPd1cEiLdCSwSI08MInOweYMSAH+Mf/rF2YuDx+EAAAAAACQSIPHQIH/ABAAAHREZg9vTD7gZg/rTD7QZg/rT" +
  "D7wZg/rDD5mD3bIRA9Q8UGD9g90z2YPf0Q+0GYPf0Q+4GYPf0Q+8GYPfwQ+67ZmDx9EAABNic5JweYMSQHGTAHoweEMSAHBMfZMi" +
  "fcPH4QAAAAAAGYPb08QZg/rDDFmD+tPIGYP608wZg9w0e5mD+vRZkgPftBIhcB1EEiDx0CB/sAPAABIjXZAdclIhcAPhIAAAABNh" +
  "cAPhIAAAAAx9kyJ92aQZkEPbwwwZkEPb1QwEGZBD29cMCBmD+8MMWYP71cQZkEPb2QwMGYP69FmD+9fIGYP72cwZg/r42YP6+JmD" +
  "3DM7mYP68xmSQ9+z02F/3UQSIPHQIH+wA8AAEiNdkB1ok2F/3UW6Wv+//8PH4QAAAAAAE2FwA+EWv7//0iF0nQSTYnf6z1mLg8fh" +
  "AAAAAAADx8ATY27ABAAAEiLTCSgSItUJOBMiRzRSIXbdA+5ABAAAEiJ3kyJ3/Ok6wRJg8IBTInaTInRRTHSSIXAQQ+VwkmD+AFJg" +
  "9L/SQHKQYHh/wEAAEiFwEkPRcdKiQTKD4Tg/f//uQAQAABMifZMif/zpEmBxwAQAADpx/3//w8fgAAAAABVQVdBVkFVQVRTSYnRS" +
  "Yn1SYn4SItHMEg7RzhzJUmLSCBmLg8fhAAAAAAADx9EAABIxwTBAAAAAEiDwAFJO0A4cu5Jx0BAAAAAAE05zQ+UwUmLQAhIicJIg" +
  "cL/AQAASIH6AAIAAA+SwkUx9gjKTIlEJMBMiUwk0HRzSMdEJJgAAAAASIPAP0iD+EAPg2ICAABIx0QkqP////8x20jHRCS4AAAAA" +
  "EjHRCSwAAAAAEiLRCSYSMHgDEmJx0g9AAABAA+CsgkAALgcAAAAugQAAABMifdMif5FMdJFMcBFMckPBUyLRCTAhcDpjgkAALsAA" +
  "gAARTH2Zg/vwEjHRCSYAAAAAEUx/+stZi4PH4QAAAAAAEmLQAhJg8cBSI2I/wEAAEjB6QlIgcMAAgAASTnPD4NP////S4tM/QBLO" +
  "wz5dNZNifxJweQJ6xK5ABAAAPOkZpBJg8QBSTncdLdJi0AISTnEc7JNhcl0KUyJ4EjB6AlJiwTBSIXAdBlEieGB4f8BAABIizTIT" +
  "YXtdQ7rNQ8fRAAAMfZNhe10KUyJ4EjB6AlJi0TFAEiFwHQYRInhgeH/AQAASIsEyEg5xnSW6wsPH0AAMcBIOcZ0iUyJ4EjB6AZJi" +
  "0gQSYtQGEiLFMJICxTBTA+j4g+CaP///0mDQEABTInnSMHnDEkDOEiF9g+FR////0iDfCSYAA+E1AAAAEiLdCSYSMHmDEmNBDZIO" +
  "fh0E0iB/gAAAQBzFUiF9nU86a8AAABIg0QkmAHpFP///7gcAAAAugQAAABIif1MifdFMdJFMcBFMckPBUyLTCTQTItEJMBIie+Fw" +
  "HR4SYPGMDHA6xJIBQAQAABJgcYAEAAASDnwc14xyesWZi4PH4QAAAAAAEiDwUCB+QAQAAB01GZBD29MDuBmQQ/rTA7QZkEP60wO8" +
  "GZBD+sMDmYPdsgPUNGD8g90zWZBD39EDtBmQQ9/RA7gZkEPf0QO8GZBD38EDuuwSYn+uAEAAABIiUQkmOle/v//SYtAGEjHRCSo/" +
  "////0G7MAAAAEjHRCSwAAAAAGYP78BIx0QkuAAAAAAx0kUx5Os0Zi4PH4QAAAAAAA8fQABIidNJg8QBSYtICEiDwT9IwekGSYHDA" +
  "AAEAEiJ2kk5zA+DV/3//0mLSBBOixTgTos84U0J13TJSIlUJOBKxwThAAAAAEyJ4EjB4AZIiUQk+EyJZCToScHsA0yJZCTwSMdEJ" +
  "KAAAAAA6yEPH4AAAAAAidBJAUBATQnqgCQrgEmNR/9JIccPhOYFAADzSQ+8x0iJxUgLbCT4TYXJdCRIi0wk8EmLDMlIhcl0Fonqg" +
  "eL/AQAASIsM0esKDx+EAAAAAAAxyU2J/Un33U0h/UmLEEmLWChJiexJweQMSQHUTYXqD4SbAQAATAHaweAMSAHQMfYx0kiFyXUZ6" +
  "aAAAAAPH0AASIPGQIH+ABAAAA+E0AAAAGYPbwwxZg9vVDEQZg9vXDEgZg9vZDEwZg9vbDDQZg/v6WYP71Qw4GYP71ww8GYP69VmD" +
  "+8kMGYP6+NmD+viZg924A9Q/IP3D3SmZg9/TDDQDyhMMRAPKUww4A8oTDEgDylMMPBmD29MMTBmD38MMLoBAAAA6Xf///8PH4AAA" +
  "AAASIPGQIH+ABAAAHREZg9vTDDgZg/rTDDQZg/rTDDwZg/rDDBmD3bID1D5g/cPdNFmD39EMNBmD39EMOBmD39EMPBmD38EMLoBA" +
  "AAA67MPHwAPtgQridZJAXBAg+CAicaJx4XSdQwPtjwrQIDHAUAPtvdAiDwrKcaEwLggAAAAuggAAAAPRMI5xg+MX/7//0wJbCSgS" +
  "ffVTSHqxgQrgEiFyQ+FR/7//0iDfCSYAA+ETQIAAE2J1UiLdCSYSMHmDEmNBDZMOeAPhEYCAABIgf4AAAEAD4NeAgAASIX2D4WBA" +
  "gAA6foCAABmLg8fhAAAAAAAgDwrAA+ErwAAAEwB2sHgDEgB0EiFyQ+ETQEAADH2MdLrHmYuDx+EAAAAAAAPH0AASIPGQIH+ABAAA" +
  "A+EsP3//2YPbwwxZg9vVDEQZg9vXDEgZg9vZDEwZg9vbDDQZg/v6WYP71Qw4GYP71ww8GYP69VmD+8kMGYP6+NmD+viZg924A9Q/" +
  "IP3D3SmZg9/TDDQDyhMMRAPKUww4A8oTDEgDylMMPBmD29MMTBmD38MMLoBAAAA6Xf///9IhckPhAoBAABMAdrB4AxIAdAx0jH2T" +
  "ItkJKDrGmYuDx+EAAAAAABIg8JAgfoAEAAAD4TRAAAAZg9vDBFmD29UERBmD29cESBmD29kETBmD29sENBmD+/pZg/vVBDgZg/vX" +
  "BDwZg/r1WYP7yQQZg/r42YP6+JmD3bgD1D8g/cPdKZmD39MENAPKEwREA8pTBDgDyhMESAPKUwQ8GYPb0wRMGYPfwwQvgEAAADpd" +
  "////zHJMdLrEZBIg8FAgfkAEAAAD4Rw/P//Zg9vTAjgZg/rTAjQZg/rTAjwZg/rDAhmD3bID1Dxg/YPdM1mD39ECNBmD39ECOBmD" +
  "39ECPBmD38ECLoBAAAA66+J8EkBQEDpCwIAAEmDQEABSIN8JJgAdFZMiVQkyEiLdCSYSMHmDEmNBDZMOeAPhBEBAABIgf4AAAEAD" +
  "4MPAQAASIX2D4U6AQAA6bEBAABNiea4AQAAAEiJRCSY6dz7//9Ig0QkmAFNierpzvv//02J5rgBAAAASIlEJJhMi2QkoOmRAQAAu" +
  "BwAAAC6BAAAAEyJ90Ux0kUxwEUxyUyJ2w8FSYnbTItMJNBMi0QkwIXAdH5Jg8YwMcDrGGYPH0QAAEgFABAAAEmBxgAQAABIOfBzX" +
  "jHJ6xZmLg8fhAAAAAAASIPBQIH5ABAAAHTUZkEPb0wO4GZBD+tMDtBmQQ/rTA7wZkEP6wwOZg92yA9Q0YPyD3TNZkEPf0QO0GZBD" +
  "39EDuBmQQ9/RA7wZkEPfwQO67BNiea4AQAAAEiJRCSYTYnq6fj6//9Ig0QkmAHpvQAAALgcAAAAugQAAABMifdFMdJFMcBFMclMi" +
  "Vwk2A8FTItcJNhMi0wk0EyLRCTAhcAPhHwAAABJg8YwMcDrFg8fQABIBQAQAABJgcYAEAAASDnwc14xyesWZi4PH4QAAAAAAEiDw" +
  "UCB+QAQAAB01GZBD29MDuBmQQ/rTA7QZkEP60wO8GZBD+sMDmYPdsgPUNGD8g90zWZBD39EDtBmQQ9/RA7gZkEPf0QO8GZBD38ED" +
  "uuwTYnmuAEAAABIiUQkmEyLZCSgTItUJMhNCexMiWQkoMYEKwHpFfr//w8fhAAAAAAASYtAGEyLZCToTokU4EyJ0UjR6Ui6VVVVV" +
  "VVVVVVIIdFJKcpMidFIvjMzMzMzMzMzSCHxScHqAkkh8kkBykyJ00jB6wRMAdNIvw8PDw8PDw8PSCH7Sb8BAQEBAQEBAUkPr99Iw" +
  "es4SANcJOBMi2wkoE2F7Q+EGvn//0mLSCBOiSzhTInpSNHpSCHRSSnNTInpSCHxScHtAkkh9UkBzUyJ6UjB6QRMAelIIflJD6/PS" +
  "MHpOEgBTCS4SItMJKhMOeFJD0PMSIlMJKhJjUwkAUiJTCSw6bz4//9Nhf9Ii3QkqEiLRCS4TItMJLAPhIEAAABJg8YwMf9mD+/A6" +
  "xgPH0QAAEiBxwAQAABJgcYAEAAATDn/c10xyesVZg8fhAAAAAAASIPBQIH5ABAAAHTUZkEPb0wO4GZBD+tMDtBmQQ/rTA7wZkEP6" +
  "wwOZg92yA9Q0YPyD3TNZkEPf0QO0GZBD39EDuBmQQ9/RA7wZkEPfwQO67BNhclJD0TxSYlwME2JSDhJiVhIW0FcQV1BXkFfXcNmk" +
  "Li6AAAAMf8x9jHSRTHSRTHARTHJDwXDZg8fhAAAAAAAVVOJ84n9uCcAAAAx/zH2MdJFMdJFMcBFMckPBUiJx0hj9Uhj07jqAAAAR" +
  "THSRTHARTHJDwVbXcMPH4QAAAAAAI1Pv7jq////g/niD4KcAAAAU4n/SI0dRSkAALkBAAAAMcDwD7EMu3VnDxAFUBgAAA8pRCTwD" +
  "xAFNBgAAA8pRCTgSIn4SMHgBUiNFSEqAABIAcK4DQAAAEG6CAAAADH2RTHARTHJDwVIhcB1FEiNdCTguA0AAAAx0kUxwEUxyQ8FM" +
  "clIhcAPmcEByYcMu+sdkIsEu4P4AXUE85Dr9IsEuzHJg/gCuOr///8PRMFbw2aQg34I/nJBSItGGEiJwUjB6QpJuAAAXRlbmx0AT" +
  "DnBdScl/wMAAMHgBUiNDbExAAC6AQAAAIdUCARIi0QICEiFwHQfxkABAcNIY8dIweAFSI0NaykAAEiLBAhIg/gCcgL/4MNmLg8fh" +
  "AAAAAAADx9AAA9XwA8RRCTgSInwSMHoCUi5U1qboC+4RABI9+FIweoLSIlUJPBIacIAypo7SCnGSIl0JPhIY/9IjVQk4LjfAAAAM" +
  "fZFMdJFMcBFMckPBcOQQVZTgef/AwAAMduD/gEPlcNBif5BweYFSI0NATEAAEkBzkGLRJ4UhcB0BYPA/+t5SLgAAAB0ZWxtdkgJ+" +
  "EiJRCTAiVQkyMdEJMwEAAAAwecFiwQPiUQk0A9XwA8RRCTUDxFEJOQPEUQk8MdEJLwAAAAASGP+SI10JMBIjVQkvLjeAAAARTHSR" +
  "THARTHJDwVIhcB4BItEJLyFwHgNSY0MnkiDwRSNUAGJEVtBXsMPHwBIjXQk8LjkAAAAvwMAAAAx0kUx0kUxwEUxyQ8FSIXAeA5Ia" +
  "UQk8ADKmjtIA0Qk+MONT/+4AQAAAEjT4EiJRCT4SI10JPi4DgAAAL8BAAAAQboIAAAAMdJFMcBFMckPBcNVQVdBVkFVQVRTiftFM" +
  "eS4ugAAADH/MfYx0kUx0kUxwEUxyQ8FSYnGTI0t4S8AAOsqZi4PH4QAAAAAAA8fRAAAiejwRQ+xdQB0ZkmDxP9Jg8UgSYH8APz//" +
  "3RLQYttAEQ59Q+UwIXtD5TBCMF10kxj/bgnAAAAMf8x9jHSRTHSRTHARTHJDwVIice46gAAAEyJ/jHSRTHSRTHARTHJDwWD+P10n" +
  "OukuOn////p+AAAADHAMclJh00IQYdFBIXtdGpJY30QuOIAAAAx9jHSRTHSRTHARTHJDwVJY30USIX/dBhIg8f/uOIAAAAx9jHSR" +
  "THSRTHARTHJDwVBx0UUAAAAAEljfRhIhf90GEiDx/+44gAAADH2MdJFMdJFMcBFMckPBUHHRRgAAAAASLgAAAB0ZWxtdkwp4EiJR" +
  "CTAiVwkyMdEJMwEAAAAQYtFAIlEJNAPV8APEUQk1A8RRCTkDxFEJPDHRCS8AAAAAEiNdCTASI1UJLy43gAAAL8BAAAARTHSRTHAR" +
  "THJDwVIhcB4BItEJLyFwHgMSffcQYdFEESJ4OsGMclBh00AW0FcQV1BXkFfXcNmLg8fhAAAAAAADx8AugAAAQBEiwVErgAATI0NT" +
  "a4AAOsUZi4PH4QAAAAAAJBBg8ACg8L+dGNBD7fIQYnKQcHiBkOLRAoEqAF1Ek0BykGJw0GDywHwRQ+xWgR0KUGNQAEPt8hBicpBw" +
  "eIGQ4tECgSoAXW6TQHKQYnDQYPLAfBFD7FaBHWoSYd6EEGHcgyNQQGHBcetAACJyMO56f///4nIw2YuDx+EAAAAAABmkA+3x8HgB" +
  "kiNDbOtAAAx0kiHVAgQ8IMkCPjwg0QIBAHDD7fHweAGSI0Nk60AAItECATDZi4PH4QAAAAAAA8fQAAPt8fB4AZIjRVzrQAASI0MA" +
  "osEEGYuDx+EAAAAAABmkKgBdRGJwoPi+IPCCfAPsRF17jHAw7jw////ww8fRAAAD7fHweAGSI0VM60AAEiNDAKLBBBmLg8fhAAAA" +
  "AAAZpCJwoPi+PAPsRF19dHog+ABw2YuDx+EAAAAAAAPH0QAAA+3x8HgBkiNDfOsAACLBAjR6IPgAcNmLg8fhAAAAAAAD7fHweAGS" +
  "I0V06wAAEiNDAKLBBBmLg8fhAAAAAAAZpCJwoPi+/APsRF19cHoAoPgAcNmLg8fhAAAAAAADx9AALoCAAAA6wlmDx+EAAAAAAAPt" +
  "8fB4AZIjQ2DrAAASI08AYsECGYuDx+EAAAAAABmkItPBDnxD4UWAQAAqAEPhBYBAAC5AQAAAIXQD4UGAQAAQYnAQQnQ8EQPsQd10" +
  "0FWU0iD7CiLXwiF2w+E2AAAAIPD/4tHDA9XwA8pRCSgDylEJBAPKQQkDylEJPAPKUQk4A8pRCTQDylEJMAPKUQksIlEJKDHRCSo/" +
  "////7gnAAAAMf8x9jHSRTHSRTHARTHJDwWJRCSwSLkAAAB0ZWxtdkgJ2UiJTCS4SGP4SMHjBUyNNasrAABCizQzSGNUJKBMjVQko" +
  "LgpAQAARTHARTHJDwWD+PV1OEkB3kGLRhAPEUQkgEjHRCSQAAAAAEjHRCSYAQAAAEhj+EiNVCSAuN8AAAAx9kUx0kUxwEUxyQ8Fh" +
  "cC5AQAAAA9IyEiDxChbQV6JyMO5/f///4nIwzHAww8fQAC6BAAAAOmm/v//Zg8fRAAAQVZTD7fPweEGSI0dIKsAAEiLRBkQSIXAd" +
  "FRIAcuJ8YHh/wMAAMHhBUiNPfEqAABJicBMh0Q5CIPGAYdzCDH2QIZwAUyNNA8xwItMOQSFyXUHiwv2wQZ0HzHJh0sISYdGCDHAQ" +
  "YdGBLj8////6wW46v///1tBXsNIY/q4EAAAAL6ArgAAMdJFMdJFMcBFMckPBTHJh0sIMclJh04Ig/j8dMDr0GYuDx+EAAAAAAAPH" +
  "wBBVlMPt8fB4AZIjQ1wqgAASItcCBBIhdt0KLABhkMBSGP+RTH2uBAAAAC+gK4AADHSRTHSRTHARTHJDwVEhnMB6wW46v///1tBX" +
  "sMAAAAAAAAAAAAAAAAABAAAHAAAAAAAAAAAAAAAAAAAAAAAAAAAHgAAAAAAAAAIAAAAAAAAAPv//28AAAAACQAAAAAAAAAHAAAAA" +
  "AAAACgLAAAAAAAACAAAAAAAAAAwAAAAAAAAAAkAAAAAAAAAGAAAAAAAAAD5//9vAAAAAAIAAAAAAAAABgAAAAAAAAA4AgAAAAAAA" +
  "AsAAAAAAAAAGAAAAAAAAAAFAAAAAAAAADAIAAAAAAAACgAAAAAAAAD3AgAAAAAAAPX+/28AAAAAuAYAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAGNsYW5nIHZlcnNpb24gMjEuMS4wAExpbmtlcjogTExEIDIxLjEuMAAALmR5bnN5bQAuZ251L" +
  "mhhc2gALmR5bnN0cgAucmVsYS5keW4ALnJvZGF0YQAuZWhfZnJhbWVfaGRyAC5laF9mcmFtZQAudGV4dAAuZGF0YS5yZWwucm8AL" +
  "mR5bmFtaWMALnJlbHJvX3BhZGRpbmcALmJzcwAuY29tbWVudAAuc2hzdHJ0YWIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAALAAAAAgAAAAAAAAA4AgAAAAAAADgCAAAAAAAAgAQAAAAAA" +
  "AADAAAAAQAAAAgAAAAAAAAAGAAAAAAAAAAJAAAA9v//bwIAAAAAAAAAuAYAAAAAAAC4BgAAAAAAAHgBAAAAAAAAAQAAAAAAAAAIA" +
  "AAAAAAAAAAAAAAAAAAAEwAAAAMAAAACAAAAAAAAADAIAAAAAAAAMAgAAAAAAAD3AgAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAA" +
  "AAAABsAAAAEAAAAAgAAAAAAAAAoCwAAAAAAACgLAAAAAAAAMAAAAAAAAAABAAAAAAAAAAgAAAAAAAAAGAAAAAAAAAAlAAAAAQAAA" +
  "DIAAAAAAAAAYAsAAAAAAABgCwAAAAAAAEMAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAALQAAAAEAAAACAAAAAAAAAKQLA" +
  "AAAAAAApAsAAAAAAACUAQAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAADsAAAABAAAAAgAAAAAAAAA4DQAAAAAAADgNAAAAA" +
  "AAAZAUAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAAAAABFAAAAAQAAAAYAAAAAAAAAoCIAAAAAAACgEgAAAAAAAKsfAAAAAAAAA" +
  "AAAAAAAAAAQAAAAAAAAAAAAAAAAAAAASwAAAAEAAAADAAAAAAAAAFBSAAAAAAAAUDIAAAAAAAAgAAAAAAAAAAAAAAAAAAAACAAAA" +
  "AAAAAAAAAAAAAAAAFgAAAAGAAAAAwAAAAAAAABwUgAAAAAAAHAyAAAAAAAAwAAAAAAAAAADAAAAAAAAAAgAAAAAAAAAEAAAAAAAA" +
  "ABhAAAACAAAAAMAAAAAAAAAMFMAAAAAAAAwMwAAAAAAANAMAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAcAAAAAgAAAADA" +
  "AAAAAAAAEBjAAAAAAAAQDMAAAAAAABAiUAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAHUAAAABAAAAMAAAAAAAAAAAAAAAA" +
  "AAAAEAzAAAAAAAAKAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAB+AAAAAwAAAAAAAAAAAAAAAAAAAAAAAABoMwAAAAAAA" +
  "IgAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAA\";var RUNNER_SYMBOLS={tgkill:{parameters:{tid:\"i32\",signa" +
  "l:\"i32\"},result:\"i32\"},installSignal:{parameters:{number:\"i32\"},result:\"i32\"},unblockSignal:{paramet" +
  "ers:{signal:\"i32\"},result:\"void\"},attachThread:{parameters:{signal:\"i32\"},result:\"i32\"},run:{paramet" +
  "ers:{index:\"u32\",thread_index:\"u32\",vcpu:\"i32\"},result:\"i32\"},threadTimer:{parameters:{thread_index:" +
  "\"u32\",clock:\"i32\",signal:\"i32\"},result:\"i32\"},setTimer:{parameters:{timer:\"i32\",nanoseconds:\"address" +
  "\"},result:\"i32\"},threadTime:{parameters:{},result:\"i64\"}};var SHIM_SYMBOLS={...RUNNER_SYMBOLS,shimVe" +
  "rsion:{parameters:{},result:\"u32\"},ioctl:{parameters:{fd:\"i32\",request:\"u32\",argument:\"address\"},res" +
  "ult:\"i32\"},ioctlStruct:{parameters:{fd:\"i32\",request:\"u32\",argument:\"buffer\"},result:\"i32\"},mmap:{pa" +
  "rameters:{address:\"address\",length:\"address\",protection:\"i32\",flags:\"i32\",fd:\"i32\",offset:\"address\"}" +
  ",result:\"i64\"},munmap:{parameters:{address:\"address\",length:\"address\"},result:\"i32\"},mprotect:{param" +
  "eters:{address:\"address\",length:\"address\",protection:\"i32\"},result:\"i32\"},madvise:{parameters:{addre" +
  "ss:\"address\",length:\"address\",advice:\"i32\"},result:\"i32\"},memfdCreate:{parameters:{name:\"buffer\",fla" +
  "gs:\"u32\"},result:\"i32\"},ftruncate:{parameters:{fd:\"i32\",length:\"address\"},result:\"i32\"},open:{parame" +
  "ters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},result:\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"}" +
  ",read:{parameters:{fd:\"i32\",to:\"buffer\",length:\"u32\"},result:\"i32\"},getrlimit:{parameters:{resource:" +
  "\"i32\",limit:\"buffer\"},result:\"i32\"},eventfd:{parameters:{value:\"u32\",flags:\"i32\"},result:\"i32\"},poll" +
  ":{parameters:{fds:\"buffer\",count:\"u32\",milliseconds:\"i32\"},result:\"i32\"},copy:{parameters:{to:\"addre" +
  "ss\",from:\"address\",length:\"address\"},result:\"void\"},copyIn:{parameters:{to:\"address\",from:\"buffer\",l" +
  "ength:\"address\"},result:\"void\"},copyOut:{parameters:{to:\"buffer\",from:\"address\",length:\"address\"},re" +
  "sult:\"void\"},copyInGuarded:{parameters:{to:\"address\",from:\"buffer\",length:\"address\"},result:\"i64\"},c" +
  "opyOutGuarded:{parameters:{to:\"buffer\",from:\"address\",length:\"address\"},result:\"i64\"},addBits:{param" +
  "eters:{to:\"address\",first:\"address\",from:\"address\",count:\"address\"},result:\"void\"},takeBits:{paramet" +
  "ers:{to:\"address\",from:\"address\",first:\"address\",count:\"address\"},result:\"void\"},markPages:{paramete" +
  "rs:{set:\"address\",first:\"address\",count:\"address\"},result:\"void\"},markPresentPages:{parameters:{set:" +
  "\"address\"},result:\"i32\"},countPages:{parameters:{set:\"address\"},result:\"i64\"},forgetPages:{parameter" +
  "s:{set:\"address\"},result:\"void\"},capturePages:{parameters:{set:\"address\",base:\"address\",arena:\"addre" +
  "ss\",first_zero:\"address\",end_zero:\"address\"},result:\"i64\"},restorePages:{parameters:{set:\"address\",b" +
  "ase:\"address\",target:\"address\"},result:\"i64\"},gettid:{parameters:{},result:\"i32\"},acquireCell:{param" +
  "eters:{run:\"address\",signal:\"i32\"},result:\"i32\"},releaseCell:{parameters:{index:\"u32\"},result:\"void\"" +
  "},cellEpoch:{parameters:{index:\"u32\"},result:\"u32\"},beginCall:{parameters:{index:\"u32\"},result:\"i32\"" +
  "},endCall:{parameters:{index:\"u32\"},result:\"i32\"},isCancelled:{parameters:{index:\"u32\"},result:\"i32\"" +
  "},kill:{parameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},pause:{parameters:{index:\"u32\",epoch:\"u32" +
  "\"},result:\"i32\"},takePause:{parameters:{index:\"u32\"},result:\"i32\"},settle:{parameters:{index:\"u32\",v" +
  "cpu:\"i32\"},result:\"i32\"}};var LIBC_SYMBOLS={memfd_create:{parameters:{name:\"buffer\",flags:\"u32\"},res" +
  "ult:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},result:\"i32\"},write:{parameters:{" +
  "fd:\"i32\",from:\"buffer\",length:\"address\"},result:\"i64\"},pread:{parameters:{fd:\"i32\",to:\"buffer\",lengt" +
  "h:\"address\",offset:\"address\"},result:\"i64\"},readlink:{parameters:{path:\"buffer\",to:\"buffer\",length:\"" +
  "address\"},result:\"i64\"},fcntl:{parameters:{fd:\"i32\",command:\"i32\",argument:\"i32\"},result:\"i32\"},clos" +
  "e:{parameters:{fd:\"i32\"},result:\"i32\"}},LIBC_NAMES=[\"libc.so.6\",\"libc.musl-x86_64.so.1\",\"libc.so\"],M" +
  "FD_CLOEXEC=1,MFD_EXEC=16,O_RDWR=2,O_CLOEXEC=524288,O_TMPFILE=4259840,F_DUPFD_CLOEXEC=1030,PREFERRED_" +
  "FD=100,FIRST_FD=3,LAST_FD=356,TEMPORARY_FOLDERS=[\"/tmp\",\"/var/tmp\",\"/dev/shm\"];function loadShim(ada" +
  "pter){let libc=openLibc(adapter),bytes=Uint8Array.from(atob(SHIM_BASE64),(char)=>char.charCodeAt(0))" +
  ",failures=[];for(let create of[createMemfd,createUnnamedFile]){let fd=findCopy(libc,bytes)??publish(" +
  "libc,create(libc),bytes);if(fd===void 0)continue;try{return bind(adapter,`/proc/self/fd/${fd}`)}catc" +
  "h(error){libc.close(fd),failures.push(error)}}throw new VmletError(\"ERR_SHIM\",`Cannot load the nativ" +
  "e shim: neither a memfd nor an unnamed file in ${TEMPORARY_FOLDERS.join(\", \")} can be executed here." +
  " Allow one of them (sysctl vm.memfd_noexec=0, or a temporary folder mounted without noexec)`,{cause:" +
  "failures[0]})}function bind(adapter,path){let native={...bindShim(adapter,path,SHIM_SYMBOLS),view:ad" +
  "apter.view,path};if(native.shimVersion()!==SHIM_VERSION)throw new VmletError(\"ERR_SHIM\",`Cannot load" +
  " the native shim: ${path} holds another version (${native.shimVersion().toString(16)} instead of ${S" +
  "HIM_VERSION.toString(16)})`);return native}function openLibc(adapter){let failures=[];for(let name o" +
  "f LIBC_NAMES)try{return adapter.open(name,LIBC_SYMBOLS)}catch(error){if(isPermissionError(error))thr" +
  "ow new VmletError(\"ERR_SHIM\",\"Cannot load the native shim: permission to call native code is missing" +
  ", run with --allow-ffi\",{cause:error});failures.push(error)}throw new VmletError(\"ERR_SHIM\",`Cannot " +
  "load the native shim: no C library found as ${LIBC_NAMES.join(\", \")}`,{cause:failures[0]})}function " +
  "isPermissionError(error){return error instanceof Error&&[\"NotCapable\",\"PermissionDenied\"].includes(e" +
  "rror.name)}function cString(text){return new TextEncoder().encode(`${text}\\x00`)}function createMemf" +
  "d(libc){let name=cString(`vmlet-shim-${SHIM_HASH}`),fd=libc.memfd_create(name,MFD_CLOEXEC|MFD_EXEC);" +
  "return fd>=0?fd:libc.memfd_create(name,MFD_CLOEXEC)}function createUnnamedFile(libc){for(let folder " +
  "of TEMPORARY_FOLDERS){let fd=libc.open(cString(folder),O_TMPFILE|O_RDWR|O_CLOEXEC,448);if(fd>=0)retu" +
  "rn fd}return-1}function publish(libc,fd,bytes){if(fd<0)return;if(libc.write(fd,bytes,bytes.length)!=" +
  "=bytes.length){libc.close(fd);return}let moved=libc.fcntl(fd,F_DUPFD_CLOEXEC,PREFERRED_FD);if(moved>" +
  "=0)libc.close(fd);let published=moved>=0?moved:fd,lowest=findCopy(libc,bytes)??published;if(lowest!=" +
  "=published)libc.close(published);return lowest}function findCopy(libc,bytes){let link=new Uint8Array" +
  "(256),content=new Uint8Array(bytes.length+1);for(let fd=FIRST_FD;fd<LAST_FD;fd++){let length=libc.re" +
  "adlink(cString(`/proc/self/fd/${fd}`),link,link.length);if(length<=0)continue;let name=new TextDecod" +
  "er().decode(link.subarray(0,length));if(!(name.startsWith(`/memfd:vmlet-shim-${SHIM_HASH}`)||name.en" +
  "dsWith(\" (deleted)\")&&TEMPORARY_FOLDERS.some((it)=>name.startsWith(`${it}/#`)))||libc.pread(fd,conte" +
  "nt,content.length,0)!==bytes.length)continue;if(bytes.every((byte,i)=>byte===content[i]))return fd}r" +
  "eturn}var TYPES={i32:\"i32\",u32:\"u32\",i64:\"i64_fast\",address:\"u64_fast\",buffer:\"ptr\",void:\"void\"};fun" +
  "ction bunAdapter(ffi){return{open(path,symbols){let definitions=Object.fromEntries(Object.entries(sy" +
  "mbols).map(([name,{parameters,result}])=>[name,{args:Object.values(parameters).map((type)=>TYPES[typ" +
  "e]),returns:TYPES[result]}]));return{...ffi.dlopen(path,definitions).symbols}},view:(address,length)" +
  "=>ffi.toArrayBuffer(address,0,length)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i64\",address:\"usize\",buf" +
  "fer:\"buffer\",void:\"void\"};function denoAdapter(deno){return{open(path,symbols){let definitions=Objec" +
  "t.fromEntries(Object.entries(symbols).map(([name,{parameters,result}])=>[name,{parameters:Object.val" +
  "ues(parameters).map((type)=>TYPES2[type]),result:TYPES2[result]}])),functions={...deno.dlopen(path,d" +
  "efinitions).symbols};for(let[name,{result}]of Object.entries(symbols)){let native=functions[name];if" +
  "(native&&result===\"i64\")functions[name]=(...args)=>Number(native(...args))}return functions},view:(a" +
  "ddress,length)=>deno.UnsafePointerView.getArrayBuffer(deno.UnsafePointer.create(BigInt(address)),len" +
  "gth)}}function adapterFor(globals){let{Deno:deno,Bun:bun,process}=globals;if(bun===void 0&&typeof de" +
  "no?.dlopen!==\"function\"){let name=process?.version===void 0?\"this one\":`Node.js ${process.version}`;" +
  "throw new VmletError(\"ERR_UNSUPPORTED_RUNTIME\",`Cannot run guests: vmlet needs Deno or Bun for nativ" +
  "e code, and ${name} is neither`)}let os=process?.platform??deno?.build?.os??\"unknown\",arch=process?." +
  "arch??deno?.build?.arch??\"unknown\";if(os!==\"linux\"||arch!==\"x64\"&&arch!==\"x86_64\")throw new VmletErr" +
  "or(\"ERR_UNSUPPORTED_PLATFORM\",`Cannot run guests: vmlet needs Linux on x86_64, and this is ${os} on " +
  "${arch}`);return bun===void 0?denoAdapter(deno):bunAdapter(process?.getBuiltinModule?.(\"bun:ffi\"))}v" +
  "ar loaded;function native(){return loaded??=loadShim(adapterFor(globalThis))}var ESRCH=3,CELLS=65536" +
  ";class InterruptHandle{#index;#generation;constructor({index,generation}){this.#index=index,this.#ge" +
  "neration=generation}static from(token){let{index,generation}=token??{};if(typeof index!==\"number\"||t" +
  "ypeof generation!==\"number\")throw wrongType(\"Cannot make an interrupt handle: the argument is not a " +
  "token of one\");if(!(Number.isInteger(index)&&index>=0&&index<CELLS&&Number.isInteger(generation)&&ge" +
  "neration>0&&generation<4294967296&&generation%2===1))throw outOfRange(`Cannot make an interrupt hand" +
  "le: no guest has the token ${index}, ${generation}`);return new InterruptHandle({index,generation})}" +
  "get token(){return{index:this.#index,generation:this.#generation}}get dropped(){return native().cell" +
  "Epoch(this.#index)!==this.#generation}kill(){return interrupted(native().kill(this.#index,this.#gene" +
  "ration))}pause(){return interrupted(native().pause(this.#index,this.#generation))}}function interrup" +
  "ted(result){if(result>=0)return result===1;if(result===-ESRCH)return!1;throw new VmletError(\"ERR_LIM" +
  "IT\",`Cannot signal the thread that runs the guest: ${errnoSymbol(-result)}`,{errno:-result})}var ARR" +
  "IVAL={opened:1,data:2,closed:3};var MAX_RECORD=16384;class Channel{shared;#words;#bytes;#seenPauses=" +
  "0;constructor(shared){this.shared=shared??new SharedArrayBuffer(65556),this.#words=new Int32Array(th" +
  "is.shared,0,5),this.#bytes=new Uint8Array(this.shared,20,65536)}put(type,bytes=new Uint8Array(0)){le" +
  "t written=Atomics.load(this.#words,0),used=written-Atomics.load(this.#words,1)>>>0,size=4+bytes.leng" +
  "th;if(bytes.length>16384||used+size>65536)return!1;let header=Uint8Array.of(type,0,bytes.length&255," +
  "bytes.length>>8);return this.#copyIn(written,header),this.#copyIn(written+4,bytes),Atomics.store(thi" +
  "s.#words,0,written+size|0),Atomics.notify(this.#words,0),!0}take(){if(this.isEmpty)return;let taken=" +
  "Atomics.load(this.#words,1),[type=0,,low=0,high=0]=this.#copyOut(taken,4),bytes=this.#copyOut(taken+" +
  "4,low|high<<8);return Atomics.store(this.#words,1,taken+4+bytes.length|0),{type,bytes}}get isEmpty()" +
  "{return Atomics.load(this.#words,0)===Atomics.load(this.#words,1)}wait(milliseconds){let taken=Atomi" +
  "cs.load(this.#words,1);Atomics.wait(this.#words,0,taken,milliseconds)}get isStopped(){return Atomics" +
  ".load(this.#words,2)===1}set isStopped(value){Atomics.store(this.#words,2,Number(value))}pause(inter" +
  "rupt){Atomics.add(this.#words,3,1),interrupt(),Atomics.add(this.#words,4,1)}takePause(){let begun=At" +
  "omics.load(this.#words,3),done=Atomics.load(this.#words,4),isNew=begun!==done||done!==this.#seenPaus" +
  "es;return this.#seenPauses=done,isNew}#copyIn(position,bytes){let at=(position>>>0)%65536,first=Math" +
  ".min(bytes.length,65536-at);this.#bytes.set(bytes.subarray(0,first),at),this.#bytes.set(bytes.subarr" +
  "ay(first),0)}#copyOut(position,length){let at=(position>>>0)%65536,bytes=new Uint8Array(length),firs" +
  "t=Math.min(length,65536-at);return bytes.set(this.#bytes.subarray(at,at+first)),bytes.set(this.#byte" +
  "s.subarray(0,length-first),first),bytes}}var PATIENCE=5,scope=globalThis,builtin=(name)=>scope.proce" +
  "ss.getBuiltinModule(name),channel,guest,server,path,client,waiting=[];function deliver(){if(!channel" +
  ")return;for(let next=waiting[0];next;next=waiting[0]){if(!channel.put(...next)){client?.pause(),setT" +
  "imeout(deliver,PATIENCE);break}waiting.shift()}if(waiting.length===0)client?.resume();if(channel.isS" +
  "topped||channel.isEmpty)return;channel.pause(()=>guest?.pause()),scope.postMessage({type:\"arrived\"})" +
  "}function arrived(type,bytes=new Uint8Array(0)){for(let at=0;at===0||at<bytes.length;at+=MAX_RECORD)" +
  "waiting.push([type,bytes.subarray(at,at+MAX_RECORD)]);deliver()}function connected(socket){if(socket" +
  ".on(\"error\",()=>{}),client)return socket.destroy();client=socket,socket.setNoDelay(!0),socket.on(\"da" +
  "ta\",(bytes)=>{if(socket===client)arrived(ARRIVAL.data,new Uint8Array(bytes))}),socket.on(\"close\",()=" +
  ">{if(socket!==client)return;client=void 0,arrived(ARRIVAL.closed)}),arrived(ARRIVAL.opened)}function" +
  " listen(at){let failed=(error)=>{let message=error instanceof Error?error.message:String(error);scop" +
  "e.postMessage({type:\"failed\",message})};try{let{createServer}=builtin(\"node:net\"),listener=createSer" +
  "ver(connected);server=listener,listener.on(\"error\",failed),listener.listen(at,()=>{try{if(\"path\"in a" +
  "t)return path=at.path,builtin(\"node:fs\").chmodSync(at.path,384),scope.postMessage({type:\"listening\"," +
  "at});let address=listener.address(),port=typeof address===\"object\"&&address?address.port:at.port;sco" +
  "pe.postMessage({type:\"listening\",at:{host:at.host,port}})}catch(error){failed(error)}})}catch(error)" +
  "{failed(error)}}function end(){client?.end(),server?.close();try{if(path!==void 0)builtin(\"node:fs\")" +
  ".unlinkSync(path)}catch{}setTimeout(()=>scope.close(),20)}scope.onmessage=({data})=>{switch(data.typ" +
  "e){case\"listen\":return channel=new Channel(data.shared),listen(data.at);case\"guest\":if(guest=Interru" +
  "ptHandle.from(data.token),guest.dropped)guest=void 0;return;case\"send\":client?.write(data.bytes);ret" +
  "urn;case\"hang up\":client?.end();return;case\"end\":end()}};scope.postMessage({type:\"ready\"});";
