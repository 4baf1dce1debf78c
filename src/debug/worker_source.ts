/** src/debug/worker.ts with all that it imports, by `deno task workers`: do not edit. */
// deno-fmt-ignore-file

/** A script of 39684 characters. */
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
  " errnoSymbol(errno){return ERRNO_SYMBOLS[errno]??`errno ${errno}`}var SHIM_VERSION=3180610285,SHIM_H" +
  "ASH=\"2c5e96f8fbb7012a\",SHIM_BASE64=\"f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAAAAAAAAAAAABAAAAAAAAAAPBBAAAAAAAA" +
  "AAAAAEAAOAAJAEAADwAOAAYAAAAEAAAAQAAAAAAAAABAAAAAAAAAAEAAAAAAAAAA+AEAAAAAAAD4AQAAAAAAAAgAAAAAAAAAAQAA" +
  "AAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA8FgAAAAAAADwWAAAAAAAAABAAAAAAAAABAAAABQAAAEAWAAAAAAAAQCYAAAAA" +
  "AABAJgAAAAAAAPspAAAAAAAA+ykAAAAAAAAAEAAAAAAAAAEAAAAGAAAAQEAAAAAAAABAYAAAAAAAAEBgAAAAAAAA4AAAAAAAAADA" +
  "DwAAAAAAAAAQAAAAAAAAAQAAAAYAAABAQQAAAAAAAEBxAAAAAAAAQHEAAAAAAAAAAAAAAAAAAFSJQAAAAAAAABAAAAAAAAACAAAA" +
  "BgAAAGBAAAAAAAAAYGAAAAAAAABgYAAAAAAAAMAAAAAAAAAAwAAAAAAAAAAIAAAAAAAAAFLldGQEAAAAQEAAAAAAAABAYAAAAAAA" +
  "AEBgAAAAAAAA4AAAAAAAAADADwAAAAAAAAEAAAAAAAAAUOV0ZAQAAACUDQAAAAAAAJQNAAAAAAAAlA0AAAAAAADsAQAAAAAAAOwB" +
  "AAAAAAAABAAAAAAAAABR5XRkBgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAEAAAASAAgAUCYAAAAAAAAGAAAAAAAAAC4BAAASAAgAUCkAAAAAAABnAAAAAAAAAEQBAAASAAgA" +
  "wCkAAAAAAAC9AAAAAAAAAJkCAAASAAgAEEcAAAAAAAAwAAAAAAAAANQCAAASAAgAMEkAAAAAAADbAAAAAAAAADMAAAASAAgAoCYA" +
  "AAAAAAARAAAAAAAAAOQAAAASAAgAUCgAAAAAAABXAAAAAAAAAFQCAAASAAgAsEQAAAAAAAA4AAAAAAAAAJEDAAASAAgA8E8AAAAA" +
  "AABLAAAAAAAAAEsAAAASAAgA4CYAAAAAAAAUAAAAAAAAAMMBAAASAAgAEC8AAAAAAAA+AAAAAAAAAIYCAAASAAgAYEYAAAAAAACt" +
  "AAAAAAAAABsDAAASAAgAIEwAAAAAAAASAAAAAAAAACAAAAASAAgAgCYAAAAAAAAWAAAAAAAAAHQBAAASAAgAcCsAAAAAAAAEAAAA" +
  "AAAAAJ8BAAASAAgAEC0AAAAAAAAzAAAAAAAAAOUCAAASAAgAEEoAAAAAAADbAAAAAAAAALkAAAASAAgA8CcAAAAAAAAUAAAAAAAA" +
  "AO8AAAASAAgAsCgAAAAAAAAGAAAAAAAAAIoBAAASAAgA8CwAAAAAAAATAAAAAAAAANYBAAASAAgAUC8AAAAAAAC5AwAAAAAAAOoB" +
  "AAASAAgAEDMAAAAAAABXAAAAAAAAAA4CAAASAAgAIDQAAAAAAACCAAAAAAAAAB8CAAASAAgAsDQAAAAAAADODgAAAAAAAGgAAAAS" +
  "AAgAICcAAAAAAAAVAAAAAAAAANYAAAASAAgAMCgAAAAAAAAYAAAAAAAAAFMBAAASAAgAgCoAAAAAAACqAAAAAAAAAMACAAASAAgA" +
  "cEcAAAAAAACzAQAAAAAAAD0DAAASAAgAkEwAAAAAAABRAAAAAAAAAIsAAAASAAgAYCcAAAAAAAAaAAAAAAAAAMYAAAASAAgAECgA" +
  "AAAAAAAYAAAAAAAAADMCAAASAAgAgEMAAAAAAAAQAQAAAAAAAKsCAAASAAgAQEcAAAAAAAAwAAAAAAAAAPUCAAASAAgA8EoAAAAA" +
  "AAADAQAAAAAAAJcAAAASAAgAgCcAAAAAAAAkAAAAAAAAAK4AAAASAAgA0CcAAAAAAAATAAAAAAAAAAgBAAASAAgA0CgAAAAAAAAG" +
  "AAAAAAAAAGMBAAASAAgAMCsAAAAAAAA4AAAAAAAAALEBAAASAAgAUC0AAAAAAAC5AQAAAAAAAHYCAAASAAgAEEYAAAAAAABPAAAA" +
  "AAAAAPoAAAASAAgAwCgAAAAAAAAGAAAAAAAAAEcCAAASAAgAkEQAAAAAAAAXAAAAAAAAACwDAAASAAgAQEwAAAAAAABDAAAAAAAA" +
  "AF8DAAASAAgAEE0AAAAAAAAyAAAAAAAAAHADAAASAAgAUE0AAAAAAAAHAAAAAAAAAHsDAAASAAgAsE4AAAAAAAAKAAAAAAAAAFoA" +
  "AAASAAgAACcAAAAAAAAUAAAAAAAAAD4AAAASAAgAwCYAAAAAAAATAAAAAAAAAHsAAAASAAgAQCcAAAAAAAAWAAAAAAAAAKIAAAAS" +
  "AAgAsCcAAAAAAAAYAAAAAAAAAPwBAAASAAgAcDMAAAAAAACpAAAAAAAAAGECAAASAAgA8EQAAAAAAACuAAAAAAAAAAgDAAASAAgA" +
  "AEwAAAAAAAAgAAAAAAAAAEwDAAASAAgA8EwAAAAAAAAWAAAAAAAAABQAAAASAAgAYCYAAAAAAAAWAAAAAAAAABcBAAASAAgA4CgA" +
  "AAAAAABnAAAAAAAAAIcDAAASAAgAwE4AAAAAAAAjAQAAAAAAAA4AAAABAAAAEAAAABoAAAAAAQABAAEAAQIAAACAACAgBQCAAFAC" +
  "AAACAAAAAAQAAAQAAgAEAAACGKAAAAAMAIAEgAJBAEEEQwAQAACEAQAAlFAAAQAEgAAFkAACwAB0BAUAAIwAIABEiICAAAEABAgI" +
  "AAAgAEBIQAEABAEAAAQACIECAACAhCAAoCBBUBEkEAEAAAAGAAAACgAAAA4AAAARAAAAEgAAABkAAAAeAAAAIwAAACkAAAArAAAA" +
  "LwAAADAAAAA3AAAAIj2WCriJ5edmFpIBUnfhAOONCpy2y5PLwnqVyzKLog+9Ty4NenY20oJeoX4EYhAdu4Z8bmqlbROWpLGlN3Km" +
  "ONmThT1mSHMHZlqOy1j+9DKuN7b3QpUFPJDv4b5/tUA3qK2q4zgQ3qNCFug8mE33ur8yYLSCU4k9fASs1/SXX7PWSjHu1ecqyL7x" +
  "lMuIZ5bLnjWpRqbgQwLkF9uZGRDAIRw3YvrNZzDxDIrDCC7X49pYo5LLa009PnW+pdqaek0AGMI2qIL9Vz3eY42i4FJLXsw1/aGD" +
  "tOKRxgLGPTh5/0TBFBSpAHZtbGV0X3NoaW1fdmVyc2lvbgB2bWxldF9pb2N0bAB2bWxldF9pb2N0bF9zdHJ1Y3QAdm1sZXRfbW1h" +
  "cAB2bWxldF9tdW5tYXAAdm1sZXRfbXByb3RlY3QAdm1sZXRfbWFkdmlzZQB2bWxldF9tZW1mZF9jcmVhdGUAdm1sZXRfZnRydW5j" +
  "YXRlAHZtbGV0X2ZjbnRsAHZtbGV0X29wZW4Adm1sZXRfY2xvc2UAdm1sZXRfcmVhZAB2bWxldF9wd3JpdGUAdm1sZXRfZ2V0cmxp" +
  "bWl0AHZtbGV0X2V2ZW50ZmQAdm1sZXRfcG9sbAB2bWxldF9jb3B5AHZtbGV0X2NvcHlfaW4Adm1sZXRfY29weV9vdXQAdm1sZXRf" +
  "Y29weV9vdXRfZ3VhcmRlZAB2bWxldF9jb3B5X2luX2d1YXJkZWQAdm1sZXRfYWRkX2JpdHMAdm1sZXRfdGFrZV9iaXRzAHZtbGV0" +
  "X21hcmtfcGFnZXMAdm1sZXRfY291bnRfb3duX3BhZ2VzAHZtbGV0X21hcmtfb3duX3BhZ2VzAHZtbGV0X3BhZ2VfZmF1bHRzAHZt" +
  "bGV0X2NvdW50X3BhZ2VzAHZtbGV0X2ZvcmdldF9wYWdlcwB2bWxldF9jYXB0dXJlX3BhZ2VzAHZtbGV0X3RhYmxlX3BhZ2VzAHZt" +
  "bGV0X3dyaXRlX3RhYmxlAHZtbGV0X21ha2VfdGFibGUAdm1sZXRfcmVzdG9yZV9wYWdlcwB2bWxldF9kaXNjYXJkX3BhZ2VzAHZt" +
  "bGV0X2dldHRpZAB2bWxldF90Z2tpbGwAdm1sZXRfaW5zdGFsbF9zaWduYWwAdm1sZXRfc2V0X3RpbWVyAHZtbGV0X3RocmVhZF90" +
  "aW1lcgB2bWxldF90aHJlYWRfdGltZQB2bWxldF91bmJsb2NrX3NpZ25hbAB2bWxldF9hdHRhY2hfdGhyZWFkAHZtbGV0X2d1ZXN0" +
  "X3RpbWUAdm1sZXRfaG9zdF90aW1lAHZtbGV0X2FjcXVpcmVfY2VsbAB2bWxldF9yZWxlYXNlX2NlbGwAdm1sZXRfY2VsbF9lcG9j" +
  "aAB2bWxldF9iZWdpbl9jYWxsAHZtbGV0X2VuZF9jYWxsAHZtbGV0X2lzX2NhbmNlbGxlZAB2bWxldF90YWtlX3BhdXNlAHZtbGV0" +
  "X2tpbGwAdm1sZXRfcGF1c2UAdm1sZXRfcnVuAHZtbGV0X3NldHRsZQAAAAAAAABAYAAAAAAAAAgAAAAAAAAAoEUAAAAAAABQYAAA" +
  "AAAAAAgAAAAAAAAAQCYAAAAAAAAAAAAAAAAAAAAAAAAAADBDAAAAAAAAMEUPDw8PDw8PDw8PDw8PDw8PVVVVVVVVVVVVVVVVVVVV" +
  "VQAAMEMAADBFAAAAAAAAAAAzMzMzMzMzMzMzMzMzMzMzL3Byb2Mvc2VsZi9wYWdlbWFwAAABGwM76AEAADwAAAC8GAAABAIAAMwY" +
  "AAAYAgAA7BgAACwCAAAMGQAAQAIAACwZAABUAgAATBkAAGgCAABsGQAAfAIAAIwZAACQAgAArBkAAKQCAADMGQAAuAIAAOwZAADM" +
  "AgAAHBoAAOACAAA8GgAA9AIAAFwaAAAIAwAAfBoAABwDAACcGgAAMAMAALwaAABEAwAAHBsAAFgDAAAsGwAAbAMAADwbAACAAwAA" +
  "TBsAAJQDAAC8GwAAsAMAACwcAADMAwAA7BwAAOADAACcHQAAEAQAANwdAAAkBAAA7B0AADgEAABcHwAAhAQAAHwfAACYBAAAvB8A" +
  "ALAEAAB8IQAA2AQAALwhAADsBAAAfCUAADQFAADcJQAASAUAAIwmAAB4BQAAHCcAAIwFAADsNQAA0AUAAPw2AAAMBgAAHDcAACAG" +
  "AABcNwAARAYAAAw4AABgBgAAfDgAAHQGAADMOAAAiAYAAHw5AACsBgAArDkAAMAGAADcOQAA1AYAAJw7AAAYBwAAfDwAADgHAABc" +
  "PQAAWAcAAGw+AAB8BwAAjD4AAJAHAACsPgAApAcAAPw+AAC4BwAAXD8AAMwHAAB8PwAA4AcAALw/AAD0BwAAzD8AAAgIAAAcQQAA" +
  "NAgAACxBAABICAAAXEIAAIAIAAAUAAAAAAAAAAF6UgABeBABGwwHCJABAAAQAAAAHAAAALAWAAAGAAAAAAAAABAAAAAwAAAArBYA" +
  "ABYAAAAAAAAAEAAAAEQAAAC4FgAAFgAAAAAAAAAQAAAAWAAAAMQWAAARAAAAAAAAABAAAABsAAAA0BYAABMAAAAAAAAAEAAAAIAA" +
  "AADcFgAAFAAAAAAAAAAQAAAAlAAAAOgWAAAUAAAAAAAAABAAAACoAAAA9BYAABUAAAAAAAAAEAAAALwAAAAAFwAAFgAAAAAAAAAQ" +
  "AAAA0AAAAAwXAAAaAAAAAAAAABAAAADkAAAAGBcAACQAAAAAAAAAEAAAAPgAAAA0FwAAGAAAAAAAAAAQAAAADAEAAEAXAAATAAAA" +
  "AAAAABAAAAAgAQAATBcAABQAAAAAAAAAEAAAADQBAABYFwAAGAAAAAAAAAAQAAAASAEAAGQXAAAYAAAAAAAAABAAAABcAQAAcBcA" +
  "AFcAAAAAAAAAEAAAAHABAAC8FwAABgAAAAAAAAAQAAAAhAEAALgXAAAGAAAAAAAAABAAAACYAQAAtBcAAAYAAAAAAAAAGAAAAKwB" +
  "AACwFwAAZwAAAABBDhCDAgJlDggAABgAAADIAQAABBgAAGcAAAAAQQ4QgwICZQ4IAAAQAAAA5AEAAFgYAAC9AAAAAAAAACwAAAD4" +
  "AQAABBkAAKoAAAAASg4QQg4YQQ4ggwSOA4YCApkOGEIOEEEOCMPOxgAAABAAAAAoAgAAhBkAADgAAAAAAAAAEAAAADwCAACwGQAA" +
  "BAAAAAAAAABIAAAAUAIAAKwZAABqAQAAAEEOEEIOGEIOIEIOKEIOMEEOOEcO0B+DB4wGjQWOBI8DhgIDTgEOOEEOMEIOKEIOIEIO" +
  "GEIOEEEOCAAAEAAAAJwCAADQGgAAEwAAAAAAAAAUAAAAsAIAANwaAAAzAAAAAEQOGG4OCAAkAAAAyAIAAAQbAAC5AQAAAFMOEEEO" +
  "GIMDjgIDogEOEEIOCMPOAAAAEAAAAPACAACcHAAAPgAAAAAAAABEAAAABAMAAMgcAAC5AwAAAEEOEEIOGEIOIEIOKEIOMEEOOIMH" +
  "jAaNBY4EjwOGAgJODjBCDihCDiBCDhhCDhBBDghBDjgAAAAQAAAATAMAAEAgAABXAAAAAAAAACwAAABgAwAAjCAAAKkAAAAASw4Q" +
  "Qg4YQQ4ggwSOA48CApMOGEIOEEIOCMPOzwAAABAAAACQAwAADCEAAIIAAAAAAAAAQAAAAKQDAACIIQAAzg4AAABBDhBCDhhCDiBC" +
  "DihCDjBBDjiDB4wGjQWOBI8DhgIDug4OMEIOKEIOIEIOGEIOEEEOCAA4AAAA6AMAABQwAAAQAQAAAEIOEEIOGEIOIEIOKEEOMIMG" +
  "jAWNBI4DjwIC/g4oQg4gQg4YQg4QQg4IAAAQAAAAJAQAAOgwAAAXAAAAAAAAACAAAAA4BAAA9DAAADgAAAAAQQ4QQQ4YgwOGAnQO" +
  "EEEOCAAAABgAAABcBAAAEDEAAK4AAAAAUg4QgwICmw4IwwAQAAAAeAQAAKQxAABiAAAAAAAAABAAAACMBAAAADIAAE8AAAAAAAAA" +
  "IAAAAKAEAAA8MgAArQAAAABCDhBBDhiDA44CAqcOEEIOCAAAEAAAAMQEAADIMgAAMAAAAAAAAAAQAAAA2AQAAOQyAAAwAAAAAAAA" +
  "AEAAAADsBAAAADMAALMBAAAAQQ4QQg4YQg4gQg4oQg4wQQ44gweMBo0FjgSPA4YCA58BDjBCDihCDiBCDhhCDhBBDggAHAAAADAF" +
  "AAB8NAAA2wAAAABBDhCDAgLVDghBDhBDDggcAAAAUAUAADw1AADbAAAAAEEOEIMCAtUOCEEOEEMOCCAAAABwBQAA/DUAAAMBAAAA" +
  "Qg4QQQ4YgwOOAgL9DhBCDggAABAAAACUBQAA6DYAACAAAAAAAAAAEAAAAKgFAAD0NgAAEgAAAAAAAAAQAAAAvAUAAAA3AABDAAAA" +
  "AAAAABAAAADQBQAAPDcAAFEAAAAAAAAAEAAAAOQFAACINwAAFgAAAAAAAAAQAAAA+AUAAJQ3AAAyAAAAAAAAABAAAAAMBgAAwDcA" +
  "AAcAAAAAAAAAKAAAACAGAAC8NwAATAEAAAACTw4QQQ4YRA5AgwOOAgLnDhhBDhBCDgjDzgAQAAAATAYAAOA4AAAKAAAAAAAAADQA" +
  "AABgBgAA3DgAACMBAAAAQg4QQg4YQg4gQQ4ogwWMBI4DjwICdg4gQg4YQg4QQg4IQQ4oAAAAIAAAAJgGAADUOQAASwAAAABCDhBB" +
  "DhiDA44CAkUOEEIOCAAAAAAAAAAAAAC4DwAAAA8FZg8fhAAAAAAAuO1ClL3DZi4PH4QAAAAAAEhj/4n2uBAAAABFMdJFMcBFMckP" +
  "BcNmLg8fhAAAAAAASGP/ifa4EAAAAEUx0kUxwEUxyQ8Fw2YuDx+EAAAAAABIY9JMY9FNY8C4CQAAAA8Fw2YuDx+EAAAAAAAPH0QA" +
  "ALgLAAAAMdJFMdJFMcBFMckPBcNmLg8fhAAAAAAADx8ASGPSuAoAAABFMdJFMcBFMckPBcNmLg8fhAAAAAAAZpBIY9K4HAAAAEUx" +
  "0kUxwEUxyQ8Fw2YuDx+EAAAAAABmkIn2uD8BAAAx0kUx0kUxwEUxyQ8Fw2YuDx+EAAAAAACQSGP/uE0AAAAx0kUx0kUxwEUxyQ8F" +
  "w2YuDx+EAAAAAABIY/9IY/ZIY9K4SAAAAEUx0kUxwEUxyQ8Fw2YPH0QAAEiJ+UxjxkGJ0rgBAQAASMfHnP///0iJzkyJwkUxwEUx" +
  "yQ8Fw2YuDx+EAAAAAABmkEhj/7gDAAAAMfYx0kUx0kUxwEUxyQ8Fww8fhAAAAAAASGP/idIxwEUx0kUxwEUxyQ8Fw2YuDx+EAAAA" +
  "AAAPHwBIY/+4EgAAAEmJykUxwEUxyQ8Fw2YuDx+EAAAAAABmkEmJ8khj97guAQAAMf8x0kUxwEUxyQ8Fww8fhAAAAAAAif9IY/a4" +
  "IgEAADHSRTHSRTHARTHJDwXDDx+EAAAAAABIY8JIacjTTWIQSInKSMHqP0jB+SYB0UhjyUiJTCTwacnoAwAAicIpymnKQEIPAEhj" +
  "yUiJTCT4ifYxyYXASI1UJPBID0jRuA8BAABFMdJFMcBFMckPBcNmDx+EAAAAAABIidHzpMNmLg8fhAAAAAAASInR86TDZi4PH4QA" +
  "AAAAAEiJ0fOkw2YuDx+EAAAAAABTSInTSIl8JPBIiVQk+EiJdCTgSIlUJOi4JwAAADH/MfYx0kUx0kUxwEUxyQ8FSInHSI10JPBM" +
  "jVQk4Lg2AQAAugEAAABBuAEAAABFMckPBUg52EjHwfL///9ID0TISIXASA9JwVvDZg8fhAAAAAAAU0iJ00iJdCTwSIlUJPhIiXwk" +
  "4EiJVCTouCcAAAAx/zH2MdJFMdJFMcBFMckPBUiJx0iNdCTwTI1UJOC4NwEAALoBAAAAQbgBAAAARTHJDwVIOdhIx8Hy////SA9E" +
  "yEiFwEgPScFbw2YPH4QAAAAAAEiFyQ+EswAAAEiJyEiJ8UjB6QZMjQTPg+Y/v0AAAABIKfcxyWYP78BFMcnrI0mDyQdmLg8fhAAA" +
  "AAAADx9EAABJg8EBTInJSMHhBkg5wXNsQfbBB0EPlMJIgcEAAgAASDnBD5bBQYTKdCdmQg9vTMoQZkIP60zKIGZCD+tMyjBmQg/r" +
  "DMpmD3bID1DJg/EPdJxOixTKTYXSdKZNidOJ8UnT408JHMhIhfZ0lYn5SdPqTYXSdItPCVTICOuEww8fAEiFyQ+EoAAAAFVBVlNI" +
  "ichIidFIwekGg+I/QbhAAAAASSnQTI1I/0nB6QZJg8EBSI00zkiDxghFMdJJx8P/////6zRmLg8fhAAAAAAADx8AScfG/////4nB" +
  "SdPmSIPoQEn31k0PQ/NJId5OiTTXSYPCAU050XQuSIXSQA+VxUqLXNb4idFI0+tJOcAPksFAIOmA+QF1uk6LNNZEicFJ0+ZMCfPr" +
  "q1tBXl3DZg8fRAAASI0EMkg5xnMuSInxDx9AAEg7TwhzIbgBAAAASNPgSIt3EEmJyEnB6AZKCQTGSIPBAUiDwv912cMPH4QAAAAA" +
  "ADHS6wxmLg8fhAAAAAAAZpBVQVdBVkFVQVRTSIHsmA8AAEiJ00mJ9UiJfCSISI013eH//7gBAQAAugAACABIx8ec////RTHSRTHA" +
  "RTHJDwVIiceF/w+I6QAAAE2F7Q+E5QAAAEjBbCSIDIHn////f0Ux5EiNdCSQMe0PH4AAAAAATYnnTYnuSSnuSYH+AAIAALgAAgAA" +
  "TA9D8EiLRCSITI0UKEnB4gNCjRT1AAAAALgRAAAARTHARTHJDwVIhcBJx8Ty////TA9I4Eg50E0PROdNheR4Xkk57XRZMcDrC2aQ" +
  "SIPAAUw58HNHSItMxJBIicpIweo+D5TCSMHpPYPhAQjRdd1Jg8QBSIXbdNRIjQwougEAAABI0+JIwekGSAkUy+u+Zi4PH4QAAAAA" +
  "AA8fQABIAcVMOe1zGU2F5A+JP////+sOTGPn6x2B5////39FMeS4AwAAADH2MdJFMdJFMcBFMckPBUyJ4EiBxJgPAABbQVxBXUFe" +
  "QV9dw2YPH0QAAEiLB0iLdwhIi1cQSInH6X3+//9mLg8fhAAAAAAADx8ASIPsEEiNdCSAuGIAAAAx/zHSRTHSRTHARTHJDwVIi0wk" +
  "yEgDTCTASIXASA9JwUiDxBDDZi4PH4QAAAAAAA8fAEiLRwhIg8A/SIP4QHMDMcDDQVZTSInBSMHpBkiLVxBIi3cYSD0AAQAAcwkx" +
  "/zHA6QkBAABIic9Ig+f8SMHoA0iD4OBmD+/ARTHAZg9vFa7f//9mD28dxt///2YPby2O3///Zg/v5GYP78lmDx9EAADzQg9vNALz" +
  "Qg9vfAIQ80YPbwQGZkQP68bzQg9vdAYQZg/r92ZBD2/4Zg9x1wFmD9v6ZkQP+MdmQQ9v+GYP2/tmQQ9x0AJmRA/bw2ZED/zHZkEP" +
  "b/hmD3HXBGZBD/z4Zg/b/WYP9vhmD9TnZg9v/mYPcdcBZg/b+mYP+PdmD2/+Zg/b+2YPcdYCZg/b82YP/PdmD2/+Zg9x1wRmD/z+" +
  "Zg/b/WYP9vhmD9TPSYPAIEw5wA+FSv///2YP1MxmD3DB7mYP1MFmSA9+wEg5+XR4SbhVVVVVVVVVVUm5MzMzMzMzMzNJug8PDw8P" +
  "Dw8PSbsBAQEBAQEBAWYuDx+EAAAAAACQSIsc/kgLHPpJid5J0e5NIcZMKfNJid5NIc5IwesCTCHLTAHzSYneScHuBEkB3k0h1k0P" +
  "r/NJwe44TAHwSIPHAUg5+XW7W0Feww8fgAAAAABIi0cISIPAP0iD+EByL0iLRxAxyWYuDx+EAAAAAABmkEjHBMgAAAAASIPBAUiL" +
  "VwhIg8I/SMHqBkg50XLjw2aQVUFXQVZBVUFUU0yJRCTwSIlMJOi4/wEAAEgDRwhIicFIwekJSIlMJMBMjRzN/w8AAEmB4wDw//9I" +
  "iVQkoEkB00g9AAIAAHMaRTHSTIlXUEwrXCSgTInYW0FcQV1BXkFfXcO4CAAAAEiJRCSouTAAAABFMe1mD+/ARTHSMdJIiXQkuOs+" +
  "Zi4PH4QAAAAAAGaQSINEJKgISItMJNhIgcEAACAATItsJNBJgcUAACAASItEJMhIicJIO0QkwEiLdCS4dIlIhfZ0CUiLHNbrBQ8f" +
  "ADHbSItEJKBIiRzQSI001QAAAABIiVQk4EiNQgFIiUQkyEyJbCTQSIlMJNhIiUwksEiJ8THS6y1mDx+EAAAAAABIi0wkmEiDwQFI" +
  "gUQksAAABABJgcUAAAQASDtMJKgPhFz///9Ii0cISIPAP0jB6AZIOcEPg0f///9Ii0cQSIlMJJhIi08YSIt0JJhMiyTxSItMJJhM" +
  "CyTIdKZIweEGSIlMJPjrG2YuDx+EAAAAAACQTYn7SY1EJP9JIcRIie90gPNJD7zMSYnJTAtMJPhIhdt0DkSJyCX/AQAATIsEw+sD" +
  "RTHASIn9SIsHTDtMJOhAD5LGTDtMJPBAD5PHQAj3dXBIi3QksEiNPDCJzsHmDEgB/jH/6xdmLg8fhAAAAAAAkEiDx0CB/wAQAAB0" +
  "RGYPb0w+4GYP60w+0GYP60w+8GYP6ww+Zg92yEQPUPFBg/YPdM9mD39EPtBmD39EPuBmD39EPvBmD38EPuu2Zg8fRAAATYnOScHm" +
  "DEkBxkwB6MHhDEgBwTH2TIn3Dx+EAAAAAABmD29PEGYP6wwxZg/rTyBmD+tPMGYPcNHuZg/r0WZID37QSIXAdRBIg8dAgf7ADwAA" +
  "SI12QHXJSIXAD4SAAAAATYXAD4SAAAAAMfZMifdmkGZBD28MMGZBD29UMBBmQQ9vXDAgZg/vDDFmD+9XEGZBD29kMDBmD+vRZg/v" +
  "XyBmD+9nMGYP6+NmD+viZg9wzO5mD+vMZkkPfs9Nhf91EEiDx0CB/sAPAABIjXZAdaJNhf91Fulr/v//Dx+EAAAAAABNhcAPhFr+" +
  "//9IhdJ0Ek2J3+s9Zi4PH4QAAAAAAA8fAE2NuwAQAABIi0wkoEiLVCTgTIkc0UiF23QPuQAQAABIid5Mid/zpOsESYPCAUyJ2kyJ" +
  "0UUx0kiFwEEPlcJJg/gBSYPS/0kBykGB4f8BAABIhcBJD0XHSokEyg+E4P3//7kAEAAATIn2TIn/86RJgccAEAAA6cf9//8PH4AA" +
  "AAAASIX2dFExyesXDx+AAAAAAEiByf8BAABIg8EBSDnxczZIichIwegJSIsEx0iFwHTgQYnIQYHg/wEAAEqDPMAAdNa4AQAAAEjT" +
  "4EmJyEnB6AZKCQTC68HDZg8fhAAAAAAASIX2D4SdAAAAQVdBVlNIifNJif5IY/pFMf/rFA8fQABJgc//AQAASYPHAUk533NuTIn4" +
  "SMHoCU2F9nQkSYsMxkiFyXQbRIn6geL/AQAASIs00UmDPMYAdRDrxQ8fRAAAMfZJgzzGAHS3SIX2dLlNifpJweIMuBIAAAC6ABAA" +
  "AEUxwEUxyQ8FSD0AEAAAdJhIhcC55P///w9IyInI6wIxwFtBXkFfwzHAww8fgAAAAABIjYb/AQAASMHoCUiNBMX/DwAASCUA8P//" +
  "SAHISIX2dF1FMcDrKGYuDx+EAAAAAABFicJBgeL/AQAAS4kU0UmDwAFIgcIAEAAATDnGdDBNicFJwekGTosMz00Po8Fz302JwknB" +
  "6glOiwzRTYXJdcFKiQTRSYnBSAUAEAAA67JIKcjDZi4PH4QAAAAAAA8fQABVQVdBVkFVQVRTSYnSSYn0SItHMEg7RzhzGEiLTyBm" +
  "kEjHBMEAAAAASIPAAUg7Rzhy7kjHR0AAAAAATTnUD5TBSIl8JKBIi0cISInCSIHC/wEAAEiB+gACAAAPksJIx0QkuAAAAAAIykyJ" +
  "VCSwdDAx/0jHRCSYAAAAAEiDwD9Ig/hAD4NwAwAAScfA/////0UxyUUx0kyLZCSg6UQNAAC7AAIAAL4wAAAAMf9mD+/ASMdEJJgA" +
  "AAAARTHb6y4PHwBIi0QkoEiLQAhJg8MBSI2I/wEAAEjB6QlIgcMAAgAASIHGAAAgAEk5y3OPS4sM3Es7DNp01EyJ3UjB5QlJifbr" +
  "H0yJ/7gBAAAASIlEJJhmkEiDxQFJgcYAEAAASDnddKBIi0QkoEiLQAhIOcVzm02F0nQtSInoSMHoCUmLBMJIhcB0HYnpgeH/AQAA" +
  "SIsEyE2F5HUT6zpmLg8fhAAAAAAAMcBNheR0KUiJ6UjB6QlJiwzMSIXJdBmJ6oHi/wEAAEiLDNFIOch0iOsRZg8fRAAAMclIOcgP" +
  "hHX///9IielIwekGTItMJKBJi1EQTYtBGE2LBMhMCwTKSQ+j6A+CT////0mDQUABTYs5SIXAD4SaAAAATQH3McnrFw8fgAAAAABI" +
  "g8FAgfkAEAAAD4Qg////Zg9vDAhmD29UCBBmD29cCCBmD29kCDBmQQ9vbA/QZg/v6WZBD+9UD+BmQQ/vXA/wZg/r1WZBD+8kD2YP" +
  "6+NmD+viZg924A9Q1IPyD3SiZkEPf0wP0A8oTAgQQQ8pTA/gDyhMCCBBDylMD/BmD29MCDBmQQ9/DA/pdP///0iJ6EjB4AxJi0lY" +
  "SIXJD4SDAAAASInCSMHqFUiLDNFIhcl0c4nqgeL/AQAASIM80QB0ZE0B9zHA6xlmLg8fhAAAAAAASIPAQD0AEAAAD4RR/v//ZkEP" +
  "b0wH4GZBD+tMB9BmQQ/rTAfwZkEP6wwHZg92yA9QyYPxD3TKZkEPf0QH0GZBD39EB+BmQQ9/RAfwZkEPfwQH661JAcdIi0wkmEiF" +
  "yQ+E7f3//0mJzUnB5QxKjQQvTDn4dBNJgf0AAAEAcxhNhe11TOnK/f//SIPBAUiJTCSY6cv9//+4HAAAALoEAAAASIl0JNBMie5F" +
  "MdJFMcBFMclMiVwkqA8FTItcJKhIi3Qk0EyLVCSwhcAPhIP9//9Ig8cwMcDrIGYuDx+EAAAAAABIBQAQAABIgccAEAAATDnoD4Nb" +
  "/f//McnrEmYPH0QAAEiDwUCB+QAQAAB01GYPb0wP4GYP60wP0GYP60wP8GYP6wwPZg92yA9Q0YPyD3TRZg9/RA/QZg9/RA/gZg9/" +
  "RA/wZg9/BA/ruEjHRCTA/////0jHRCTYAAAAAGYP78BIx0QkuAAAAABIx0Qk4AAAAABFMcBMi2QkoOsjZg8fRAAATYnYSYPAAUmL" +
  "RCQISIPAP0jB6AZJOcAPg4cJAABJi0QkEEH2wAd0GE6LPMBJi0wkGOttZi4PH4QAAAAAAA8fAE6LPMBmQg9vTMAQZkIP60zAIGZC" +
  "D+tMwDBmQg/rDMBmD3bID1DJg/EPSYtMJBh1MGZCD29MwRBmQg/rDMFmQg/rTMEgZkIP60zBMGYPdsgPUNGD8g8PhAAJAAAPH0QA" +
  "AE6LHMFNCd8PhFb///9KxwTAAAAAAEyJwEjB4AZIiUQk0EyJwEjB6ANIiUQk+EyJRCTwScHgEkyJRCSoSMdEJMgAAAAA6x9mLg8f" +
  "hAAAAAAATItUJLBJifNJjUf/SSHHD4S7BwAA80kPvM9Jic5MC3Qk0E2F0nQpSItEJPhJiwTCSIXAdBtEifKB4v8BAABIiwTQ6w5m" +
  "Lg8fhAAAAAAAZpAxwE2J/Un33U0h/UmLFCRJi1wkKE2J8EnB4AxKjSwCTYXrD4TYAAAATIneSIXAD4ScAQAATItEJKhJAdBBiclB" +
  "weEMTQHBSYPBMEUx0kUxwOsfZi4PH4QAAAAAAA8fQABJg8JAQYH6ABAAAA+E3wEAAGZCD28MEGZCD29UEBBmQg9vXBAgZkIPb2QQ" +
  "MGZDD29sEdBmD+/pZkMP71QR4GZDD+9cEfBmD+vVZkMP7yQRZg/r42YP6+JmD3bgRA9Q3EGD8w90m2ZDD39MEdBCDyhMEBBDDylM" +
  "EeBCDyhMECBDDylMEfBmQg9vTBAwZkMPfwwRQbgBAAAA6WT///8PH0AAQoA8MwAPhGECAABIhcAPhEUDAABIA1QkqMHhDEgBykiD" +
  "wjBFMcAxyesXZg8fRAAASYPAQEGB+AAQAAAPhH8DAABmQg9vDABmQg9vVAAQZkIPb1wAIGZCD29kADBmQg9vbALQZg/v6WZCD+9U" +
  "AuBmQg/vXALwZg/r1WZCD+8kAmYP6+NmD+viZg924EQPUMxBg/EPdJtmQg9/TALQQg8oTAAQQg8pTALgQg8oTAAgQg8pTALwZkIP" +
  "b0wAMGZCD38MArkBAAAA6WX///8PH0QAAEyLRCSoSQHQQYnJQcHhDE0BwUmDwTBFMdJFMcDrD2aQSYPCQEGB+gAQAAB0U2ZDD29M" +
  "EeBmQw/rTBHQZkMP60wR8GZDD+sMEWYPdshED1DZQYPzD3TKZkMPf0QR0GZDD39EEeBmQw9/RBHwZkMPfwQRQbgBAAAA66cPH4AA" +
  "AAAARg+2DDNFicJNAVQkQEGD4YBFicpFictFhcB1DUYPthwzQYDDAUUPttNGiBwzRSnKRYTJQbggAAAAQbkIAAAARQ9EwUU5wg+M" +
  "FP3//0wJbCTISffVSYnzTSHrQsYEM4BIhcBMi1QksA+F+/z//0yJ202LRCRYTYXASYnrD4RLAQAATInYSSsEJEmJwUnB6RVPiwTI" +
  "TYXAD4QwAQAASMHoDCX/AQAASYM8wAAPhBwBAABIA1QkqMHhDEiNBBFIg8AwMclJidvrGWYPH4QAAAAAAEiDwUCB+QAQAAAPhIj8" +
  "//9mD29MCOBmD+tMCNBmD+tMCPBmD+sMCGYPdsgPUNGD8g90zWYPf0QI0GYPf0QI4GYPf0QI8GYPfwQI67RIhcAPhGwBAABIA1Qk" +
  "qMHhDEgB0UiDwTAx0kUxwOsVDx9EAABIg8JAgfoAEAAAD4Q0AQAAZg9vDBBmD29UEBBmD29cECBmD29kEDBmD29sEdBmD+/pZg/v" +
  "VBHgZg/vXBHwZg/r1WYP7yQRZg/r42YP6+JmD3bgRA9QzEGD8Q90pGYPf0wR0A8oTBAQDylMEeAPKEwQIA8pTBHwZg9vTBAwZg9/" +
  "DBFBuAEAAADpdP///0iLTCSYSIXJD4SLAQAASYnMScHkDEqNBCdMOdgPhIwBAABJgfwAAAEAD4OfAQAATYXkD4W6AQAA6S8CAABI" +
  "A1QkqMHhDEiNBBFIg8AwMdIxyesNkEiDwkCB+gAQAAB0RGYPb0wQ4GYP60wQ0GYP60wQ8GYP6wwQZg92yEQPUMFBg/APdM9mD39E" +
  "ENBmD39EEOBmD39EEPBmD38EELkBAAAA67GQichJAUQkQE0J60KAJDOA6eT6//9EicBJAUQkQOmJAgAASYNEJEABSYtEJFhIhcAP" +
  "hIcAAABJwegVSosEwEiFwHR6RYnwQYHg/wEAAEqDPMAAdGlIA1QkqMHhDEiNBBFIg8AwMcnrGWYPH4QAAAAAAEiDwUCB+QAQAAAP" +
  "hCoCAABmD29MCOBmD+tMCNBmD+tMCPBmD+sMCGYPdsgPUNGD8g90zWYPf0QI0GYPf0QI4GYPf0QI8GYPfwQI67RIi0wkmEiFyXRS" +
  "SYnMScHkDEqNBCdIOegPhAgBAABJgfwAAAEAD4MJAQAATYXkD4UrAQAA6aMBAABMid+4AQAAAEiJRCSYSYnb6e75//9Ig8EBSIlM" +
  "JJjpvQAAAEiJ77gBAAAASIlEJJjpgAEAALgcAAAAugQAAABMieZFMdJFMcBFMckPBUmJ60yLVCSwhcB0ekiDxzAxwOscZi4PH4QA" +
  "AAAAAEgFABAAAEiBxwAQAABMOeBzVjHJ6xZmLg8fhAAAAAAASIPBQIH5ABAAAHTUZg9vTA/gZg/rTA/QZg/rTA/wZg/rDA9mD3bI" +
  "D1DRg/IPdNFmD39ED9BmD39ED+BmD39ED/BmD38ED+u4TInfuAEAAABIiUQkmEyLZCSgSYnb6Rb5//9Ig8EBSIlMJJjptQAAALgc" +
  "AAAAugQAAABMieZFMdJFMcBFMclMiVwk6A8FTItcJOhMi1QksIXAdH1Ig8cwMcDrH2YuDx+EAAAAAAAPHwBIBQAQAABIgccAEAAA" +
  "TDngc1YxyesWZi4PH4QAAAAAAEiDwUCB+QAQAAB01GYPb0wP4GYP60wP0GYP60wP8GYP6wwPZg92yA9Q0YPyD3TRZg9/RA/QZg9/" +
  "RA/gZg9/RA/wZg9/BA/ruEiJ77gBAAAASIlEJJhMi2QkoEwJbCTIQsYEMwHpP/j//w8fgAAAAABJi0QkGE2J2EyLXCTwTokE2EyJ" +
  "wEjR6Ei5VVVVVVVVVVVIIchJKcBMicBIujMzMzMzMzMzSCHQScHoAkkh0EkBwEyJwEjB6ARMAcBJuA8PDw8PDw8PTCHASbkBAQEB" +
  "AQEBAUkPr8FIweg4SAFEJOBIi1wkyEiF2w+Ew/b//0mLRCQgSokc2EiJ2EjR6EghyEgpw0iJ2Egh0EjB6wJIIdNIAcNIidhIwegE" +
  "SAHYTCHASQ+vwUjB6DhIAUQkuEiLRCTATDnYSQ9Dw0iJRCTASY1DAUiJRCTY6WX2//9Jg8gH6V/2//9Mi0QkwEyLTCTgTItUJNhI" +
  "i3QkmEjB5gxIgf4AAAEAcjO4HAAAALoEAAAASYn1TInDTYnOTYnXRTHSRTHARTHJDwVNifpNifFJidiFwHUN6YAAAABJifVIhfZ0" +
  "eEiDxzAxwGYP78DrFg8fQABIBQAQAABIgccAEAAATDnoc1YxyesWZi4PH4QAAAAAAEiDwUCB+QAQAAB01GYPb0wP4GYP60wP0GYP" +
  "60wP8GYP6wwPZg92yA9Q0YPyD3TRZg9/RA/QZg9/RA/gZg9/RA/wZg9/BA/ruE2F0k0PRMJNiUQkME2JVCQ4TYlMJEhIi0QkuFtB" +
  "XEFdQV5BX13DZpBBV0FWQVVBVFNIifNJif5Ii08IQb8BAAAARTHkRTHtMf/rMGYuDx+EAAAAAAAPHwBJg8UBTIn/STnPD4fGAAAA" +
  "SYPHAUmBxAAQAACFwA+FswAAAEmNV/9IOcpzVEiF23QfSInQSMHoCUiLBMNIhcB0D4nWgeb/AQAASIsE8OsDkDHASYt2WEiF9nRl" +
  "SYnQScHoCUqLNMZIhfZ0VUGJ0EGB4P8BAABKizTGSDnwdElmkDHASDn6D4Z1////SMHnDEyJ5kgp/kkDPrgcAAAAugQAAABFMdJF" +
  "McBFMckPBUmLTgjpSv///2YuDx+EAAAAAAAx9kg58HW5SYPFATHASTnPD4Y6////W0FcQV1BXkFfw7i6AAAAMf8x9jHSRTHSRTHA" +
  "RTHJDwXDZg8fhAAAAAAAVVOJ84n9uCcAAAAx/zH2MdJFMdJFMcBFMckPBUiJx0hj9Uhj07jqAAAARTHSRTHARTHJDwVbXcMPH4QA" +
  "AAAAAI1Pv7jq////g/niD4KcAAAAU4n/SI0dNSwAALkBAAAAMcDwD7EMu3VnDxAFMBsAAA8pRCTwDxAFFBsAAA8pRCTgSIn4SMHg" +
  "BUiNFREtAABIAcK4DQAAAEG6CAAAADH2RTHARTHJDwVIhcB1FEiNdCTguA0AAAAx0kUxwEUxyQ8FMclIhcAPmcEByYcMu+sdkIsE" +
  "u4P4AXUE85Dr9IsEuzHJg/gCuOr///8PRMFbw2aQg34I/nJBSItGGEiJwUjB6QpJuAAAXRlbmx0ATDnBdScl/wMAAMHgBUiNDaE0" +
  "AAC6AQAAAIdUCARIi0QICEiFwHQfxkABAcNIY8dIweAFSI0NWywAAEiLBAhIg/gCcgL/4MNmLg8fhAAAAAAADx9AAA9XwA8RRCTg" +
  "SInwSMHoCUi5U1qboC+4RABI9+FIweoLSIlUJPBIacIAypo7SCnGSIl0JPhIY/9IjVQk4LjfAAAAMfZFMdJFMcBFMckPBcOQQVZT" +
  "gef/AwAAMduD/gEPlcNBif5BweYFSI0N8TMAAEkBzkGLRJ4UhcB0BYPA/+t5SLgAAAB0ZWxtdkgJ+EiJRCTAiVQkyMdEJMwEAAAA" +
  "wecFiwQPiUQk0A9XwA8RRCTUDxFEJOQPEUQk8MdEJLwAAAAASGP+SI10JMBIjVQkvLjeAAAARTHSRTHARTHJDwVIhcB4BItEJLyF" +
  "wHgNSY0MnkiDwRSNUAGJEVtBXsMPHwBIjXQk8LjkAAAAvwMAAAAx0kUx0kUxwEUxyQ8FSIXAeA5IaUQk8ADKmjtIA0Qk+MONT/+4" +
  "AQAAAEjT4EiJRCT4SI10JPi4DgAAAL8BAAAAQboIAAAAMdJFMcBFMckPBcNVQVdBVkFVQVRTiftFMeS4ugAAADH/MfYx0kUx0kUx" +
  "wEUxyQ8FSYnGTI0t0TIAAOsqZi4PH4QAAAAAAA8fRAAAiejwRQ+xdQB0ZkmDxP9Jg8UgSYH8APz//3RLQYttAEQ59Q+UwIXtD5TB" +
  "CMF10kxj/bgnAAAAMf8x9jHSRTHSRTHARTHJDwVIice46gAAAEyJ/jHSRTHSRTHARTHJDwWD+P10nOukuOn////p+AAAADHAMclJ" +
  "h00IQYdFBIXtdGpJY30QuOIAAAAx9jHSRTHSRTHARTHJDwVJY30USIX/dBhIg8f/uOIAAAAx9jHSRTHSRTHARTHJDwVBx0UUAAAA" +
  "AEljfRhIhf90GEiDx/+44gAAADH2MdJFMdJFMcBFMckPBUHHRRgAAAAASLgAAAB0ZWxtdkwp4EiJRCTAiVwkyMdEJMwEAAAAQYtF" +
  "AIlEJNAPV8APEUQk1A8RRCTkDxFEJPDHRCS8AAAAAEiNdCTASI1UJLy43gAAAL8BAAAARTHSRTHARTHJDwVIhcB4BItEJLyFwHgM" +
  "SffcQYdFEESJ4OsGMclBh00AW0FcQV1BXkFfXcNmLg8fhAAAAAAADx8AUw+3x8HgBkiNDUKxAABIi0wIGEiLNTaxQAAPMUiJ00jB" +
  "4yBICcNIKfMPhqgAAABmSA9u2fMPfg30w///Zg9i2WYPKBW4w///Zg9c2mYPKMNmDxXD8g9Yw2YPV9tmDylcJPBIjXQk8LjkAAAA" +
  "vwEAAAAx0kUx0kUxwEUxyQ8FSGlEJPAAypo7SANEJPhIiw3FsEAASCnIZkgPbthmD2LZZg9c2mYPKONmDxXj8g9Y42ZID27bZg9i" +
  "2WYPXNpmDyjLZg8Vy/IPWMvyD17h8g9Z4PJIDyzEW8MxwFvDDx9EAABTD7fHweAGSI0NYrAAAEiLTAggSIs1VrBAAA8xSInTSMHj" +
  "IEgJw0gp8w+GqAAAAGZID27Z8w9+DRTD//9mD2LZZg8oFdjC//9mD1zaZg8ow2YPFcPyD1jDZg9X22YPKVwk8EiNdCTwuOQAAAC/" +
  "AQAAADHSRTHSRTHARTHJDwVIaUQk8ADKmjtIA0Qk+EiLDeWvQABIKchmSA9u2GYPYtlmD1zaZg8o42YPFePyD1jjZkgPbttmD2LZ" +
  "Zg9c2mYPKMtmDxXL8g9Yy/IPXuHyD1ng8kgPLMRbwzHAW8MPH0QAAEFWU4nzSYn+SIsFga9AAEiFwHVPD1fADylEJOhIjXQk6Ljk" +
  "AAAAvwEAAAAx0kUx0kUxwEUxyQ8FSGlMJOgAypo7SANMJPAxwPBID7ENR69AAHUQDzFIweIgSAnCSIcVLa9AALoAAAEAizUyr0AA" +
  "SI09G68AAOsRZg8fhAAAAAAAg8YCg8L+dHAPt85BichBweAGQYtEOASoAXUSSQH4QYnBQYPJAfBFD7FIBHQojUYBD7fIQYnIQcHg" +
  "BkGLRDgEqAF1vUkB+EGJwUGDyQHwRQ+xSAR1q02HcBBBh1gMScdAKAAAAAAPV8BBDxFAGI1BAYcFqq5AAOsFuen///+JyFtBXsNm" +
  "Lg8fhAAAAAAADx8AD7fHweAGSI0Nc64AADHSSIdUCBDwgyQI+PCDRAgEAcMPt8fB4AZIjQ1TrgAAi0QIBMNmLg8fhAAAAAAADx9A" +
  "AA+3x8HgBkiNFTOuAABIjQwCiwQQZi4PH4QAAAAAAGaQqAF1GYnCg+L4g8IJ8A+xEXXuSMdBKAAAAAAxwMO48P///8NmLg8fhAAA" +
  "AAAADx8AD7f3weYGSI09460AAEiNDDcPMUiLdD4oSIX2dBhIweIgSAnQMdJIKfBID0PQSANRIEiJUSBIx0EoAAAAAIsBkInCg+L4" +
  "8A+xEXX10eiD4AHDZi4PH4QAAAAAAA8fRAAAD7fHweAGSI0Ng60AAIsECNHog+ABw2YuDx+EAAAAAAAPt8fB4AZIjRVjrQAASI0M" +
  "AosEEGYuDx+EAAAAAABmkInCg+L78A+xEXX1wegCg+ABw2YuDx+EAAAAAAAPH0AAugIAAADrCWYPH4QAAAAAAA+3x8HgBkiNDROt" +
  "AABIjTwBiwQIZi4PH4QAAAAAAGaQi08EOfEPhRYBAACoAQ+EFgEAALkBAAAAhdAPhQYBAABBicBBCdDwRA+xB3XTQVZTSIPsKItf" +
  "CIXbD4TYAAAAg8P/i0cMD1fADylEJKAPKUQkEA8pBCQPKUQk8A8pRCTgDylEJNAPKUQkwA8pRCSwiUQkoMdEJKj/////uCcAAAAx" +
  "/zH2MdJFMdJFMcBFMckPBYlEJLBIuQAAAHRlbG12SAnZSIlMJLhIY/hIweMFTI01OywAAEKLNDNIY1QkoEyNVCSguCkBAABFMcBF" +
  "MckPBYP49XU4SQHeQYtGEA8RRCSASMdEJJAAAAAASMdEJJgBAAAASGP4SI1UJIC43wAAADH2RTHSRTHARTHJDwWFwLkBAAAAD0jI" +
  "SIPEKFtBXonIw7n9////icjDMcDDDx9AALoEAAAA6ab+//9mDx9EAABBV0FWQVRTD7fPweEGTI01rKsAAEqLRDEQSIXAdFdJAc6J" +
  "8YHh/wMAAMHhBUiNPX0rAABJicBMh0Q5CIPGAUGHdggx9kCGcAFMjTwPMcCLTDkEhcl1CEGLDvbBBnQmMclBh04ISYdHCDHAQYdH" +
  "BLn8////6wW56v///4nIW0FcQV5BX8OJ0Q8xSInTSMHjIEgJw0mLRihIhcB0FDHSSIneSCnGSA9D1kkDViBJiVYgScdGKAAAAABI" +
  "Y/lFMeS4EAAAAL6ArgAAMdJFMdJFMcBFMckPBUiJwQ8xSMHiIEgJwkiJ0Egp2EkPQsRJA0YYSYlGGIXJdBgxwEGHRghNh2cIg/n8" +
  "D4Rf////6Wz///9JiVYoMcBBh0YITYdnCDHJ6Vf///9mLg8fhAAAAAAADx8AQVZTD7fHweAGSI0NgKoAAEiLXAgQSIXbdCiwAYZD" +
  "AUhj/kUx9rgQAAAAvoCuAAAx0kUx0kUxwEUxyQ8FRIZzAesFuOr///9bQV7DAAAAAAAAAAAAAAAAAAQAABwAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAB4AAAAAAAAACAAAAAAAAAD7//9vAAAAAAkAAAAAAAAABwAAAAAAAAD4DAAAAAAAAAgAAAAAAAAAMAAAAAAAAAAJAAAA" +
  "AAAAABgAAAAAAAAA+f//bwAAAAACAAAAAAAAAAYAAAAAAAAAOAIAAAAAAAALAAAAAAAAABgAAAAAAAAABQAAAAAAAABUCQAAAAAA" +
  "AAoAAAAAAAAAngMAAAAAAAD1/v9vAAAAAKgHAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAY2xhbmcgdmVyc2lvbiAyMS4xLjAATGlua2VyOiBMTEQgMjEuMS4wAAAuZHluc3ltAC5nbnUuaGFzaAAuZHluc3RyAC5y" +
  "ZWxhLmR5bgAucm9kYXRhAC5laF9mcmFtZV9oZHIALmVoX2ZyYW1lAC50ZXh0AC5kYXRhLnJlbC5ybwAuZHluYW1pYwAucmVscm9f" +
  "cGFkZGluZwAuYnNzAC5jb21tZW50AC5zaHN0cnRhYgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAsAAAACAAAAAAAAADgCAAAAAAAAOAIAAAAAAABwBQAAAAAAAAMAAAABAAAACAAAAAAA" +
  "AAAYAAAAAAAAAAkAAAD2//9vAgAAAAAAAACoBwAAAAAAAKgHAAAAAAAArAEAAAAAAAABAAAAAAAAAAgAAAAAAAAAAAAAAAAAAAAT" +
  "AAAAAwAAAAIAAAAAAAAAVAkAAAAAAABUCQAAAAAAAJ4DAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAGwAAAAQAAAACAAAA" +
  "AAAAAPgMAAAAAAAA+AwAAAAAAAAwAAAAAAAAAAEAAAAAAAAACAAAAAAAAAAYAAAAAAAAACUAAAABAAAAMgAAAAAAAAAwDQAAAAAA" +
  "ADANAAAAAAAAYwAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAtAAAAAQAAAAIAAAAAAAAAlA0AAAAAAACUDQAAAAAAAOwB" +
  "AAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAOwAAAAEAAAACAAAAAAAAAIAPAAAAAAAAgA8AAAAAAAC8BgAAAAAAAAAAAAAA" +
  "AAAACAAAAAAAAAAAAAAAAAAAAEUAAAABAAAABgAAAAAAAABAJgAAAAAAAEAWAAAAAAAA+ykAAAAAAAAAAAAAAAAAABAAAAAAAAAA" +
  "AAAAAAAAAABLAAAAAQAAAAMAAAAAAAAAQGAAAAAAAABAQAAAAAAAACAAAAAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAWAAA" +
  "AAYAAAADAAAAAAAAAGBgAAAAAAAAYEAAAAAAAADAAAAAAAAAAAMAAAAAAAAACAAAAAAAAAAQAAAAAAAAAGEAAAAIAAAAAwAAAAAA" +
  "AAAgYQAAAAAAACBBAAAAAAAA4A4AAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAABwAAAACAAAAAMAAAAAAAAAQHEAAAAAAABA" +
  "QQAAAAAAAFSJQAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAdQAAAAEAAAAwAAAAAAAAAAAAAAAAAAAAQEEAAAAAAAAoAAAA" +
  "AAAAAAAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAH4AAAADAAAAAAAAAAAAAAAAAAAAAAAAAGhBAAAAAAAAiAAAAAAAAAAAAAAAAAAA" +
  "AAEAAAAAAAAAAAAAAAAAAAA=\";var RUNNER_SYMBOLS={tgkill:{parameters:{tid:\"i32\",signal:\"i32\"},result:\"i3" +
  "2\"},installSignal:{parameters:{number:\"i32\"},result:\"i32\"},unblockSignal:{parameters:{signal:\"i32\"}," +
  "result:\"void\"},attachThread:{parameters:{signal:\"i32\"},result:\"i32\"},run:{parameters:{index:\"u32\",th" +
  "read_index:\"u32\",vcpu:\"i32\"},result:\"i32\"},threadTimer:{parameters:{thread_index:\"u32\",clock:\"i32\",s" +
  "ignal:\"i32\"},result:\"i32\"},setTimer:{parameters:{timer:\"i32\",nanoseconds:\"address\"},result:\"i32\"},th" +
  "readTime:{parameters:{},result:\"i64\"}};var SHIM_SYMBOLS={...RUNNER_SYMBOLS,shimVersion:{parameters:{" +
  "},result:\"u32\"},ioctl:{parameters:{fd:\"i32\",request:\"u32\",argument:\"address\"},result:\"i32\"},ioctlStr" +
  "uct:{parameters:{fd:\"i32\",request:\"u32\",argument:\"buffer\"},result:\"i32\"},mmap:{parameters:{address:\"" +
  "address\",length:\"address\",protection:\"i32\",flags:\"i32\",fd:\"i32\",offset:\"address\"},result:\"i64\"},munm" +
  "ap:{parameters:{address:\"address\",length:\"address\"},result:\"i32\"},mprotect:{parameters:{address:\"add" +
  "ress\",length:\"address\",protection:\"i32\"},result:\"i32\"},madvise:{parameters:{address:\"address\",length" +
  ":\"address\",advice:\"i32\"},result:\"i32\"},memfdCreate:{parameters:{name:\"buffer\",flags:\"u32\"},result:\"i" +
  "32\"},fcntl:{parameters:{fd:\"i32\",command:\"i32\",argument:\"i32\"},result:\"i32\"},ftruncate:{parameters:{" +
  "fd:\"i32\",length:\"address\"},result:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},res" +
  "ult:\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"},read:{parameters:{fd:\"i32\",to:\"buffer\",length:" +
  "\"u32\"},result:\"i32\"},pwrite:{parameters:{fd:\"i32\",from:\"buffer\",length:\"address\",offset:\"address\"},r" +
  "esult:\"i64\"},getrlimit:{parameters:{resource:\"i32\",limit:\"buffer\"},result:\"i32\"},eventfd:{parameters" +
  ":{value:\"u32\",flags:\"i32\"},result:\"i32\"},poll:{parameters:{fds:\"buffer\",count:\"u32\",milliseconds:\"i3" +
  "2\"},result:\"i32\"},copy:{parameters:{to:\"address\",from:\"address\",length:\"address\"},result:\"void\"},cop" +
  "yIn:{parameters:{to:\"address\",from:\"buffer\",length:\"address\"},result:\"void\"},copyOut:{parameters:{to" +
  ":\"buffer\",from:\"address\",length:\"address\"},result:\"void\"},copyInGuarded:{parameters:{to:\"address\",fr" +
  "om:\"buffer\",length:\"address\"},result:\"i64\"},copyOutGuarded:{parameters:{to:\"buffer\",from:\"address\",l" +
  "ength:\"address\"},result:\"i64\"},addBits:{parameters:{to:\"address\",first:\"address\",from:\"address\",coun" +
  "t:\"address\"},result:\"void\"},takeBits:{parameters:{to:\"address\",from:\"address\",first:\"address\",count:" +
  "\"address\"},result:\"void\"},markPages:{parameters:{set:\"address\",first:\"address\",count:\"address\"},resu" +
  "lt:\"void\"},markOwnPages:{parameters:{set:\"address\"},result:\"i64\"},countOwnPages:{parameters:{memory:" +
  "\"address\",pages:\"address\"},result:\"i64\"},pageFaults:{parameters:{},result:\"i64\"},countPages:{paramet" +
  "ers:{set:\"address\"},result:\"i64\"},forgetPages:{parameters:{set:\"address\"},result:\"void\"},capturePage" +
  "s:{parameters:{set:\"address\",base:\"address\",arena:\"address\",first_zero:\"address\",end_zero:\"address\"}" +
  ",result:\"i64\"},tablePages:{parameters:{table:\"address\",pages:\"address\",set:\"address\"},result:\"void\"}" +
  ",writeTable:{parameters:{table:\"address\",pages:\"address\",fd:\"i32\"},result:\"i32\"},makeTable:{paramete" +
  "rs:{set:\"address\",pages:\"address\",memory:\"address\",arena:\"address\"},result:\"i64\"},restorePages:{para" +
  "meters:{set:\"address\",base:\"address\",target:\"address\"},result:\"i32\"},discardPages:{parameters:{set:\"" +
  "address\",table:\"address\"},result:\"i32\"},gettid:{parameters:{},result:\"i32\"},acquireCell:{parameters:" +
  "{run:\"address\",signal:\"i32\"},result:\"i32\"},releaseCell:{parameters:{index:\"u32\"},result:\"void\"},gues" +
  "tTime:{parameters:{index:\"u32\"},result:\"i64\"},hostTime:{parameters:{index:\"u32\"},result:\"i64\"},cellE" +
  "poch:{parameters:{index:\"u32\"},result:\"u32\"},beginCall:{parameters:{index:\"u32\"},result:\"i32\"},endCa" +
  "ll:{parameters:{index:\"u32\"},result:\"i32\"},isCancelled:{parameters:{index:\"u32\"},result:\"i32\"},kill:" +
  "{parameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},pause:{parameters:{index:\"u32\",epoch:\"u32\"},resu" +
  "lt:\"i32\"},takePause:{parameters:{index:\"u32\"},result:\"i32\"},settle:{parameters:{index:\"u32\",vcpu:\"i3" +
  "2\"},result:\"i32\"}};var LIBC_SYMBOLS={memfd_create:{parameters:{name:\"buffer\",flags:\"u32\"},result:\"i3" +
  "2\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},result:\"i32\"},write:{parameters:{fd:\"i32" +
  "\",from:\"buffer\",length:\"address\"},result:\"i64\"},pread:{parameters:{fd:\"i32\",to:\"buffer\",length:\"addr" +
  "ess\",offset:\"address\"},result:\"i64\"},readlink:{parameters:{path:\"buffer\",to:\"buffer\",length:\"address" +
  "\"},result:\"i64\"},fcntl:{parameters:{fd:\"i32\",command:\"i32\",argument:\"i32\"},result:\"i32\"},close:{para" +
  "meters:{fd:\"i32\"},result:\"i32\"}},LIBC_NAMES=[\"libc.so.6\",\"libc.musl-x86_64.so.1\",\"libc.so\"],MFD_CLOE" +
  "XEC=1,MFD_EXEC=16,O_RDWR=2,O_CLOEXEC=524288,O_TMPFILE=4259840,F_DUPFD_CLOEXEC=1030,PREFERRED_FD=100," +
  "FIRST_FD=3,LAST_FD=356,TEMPORARY_FOLDERS=[\"/tmp\",\"/var/tmp\",\"/dev/shm\"];function loadShim(adapter){l" +
  "et libc=openLibc(adapter),bytes=Uint8Array.from(atob(SHIM_BASE64),(char)=>char.charCodeAt(0)),failur" +
  "es=[];for(let create of[createMemfd,createUnnamedFile]){let fd=findCopy(libc,bytes)??publish(libc,cr" +
  "eate(libc),bytes);if(fd===void 0)continue;try{return bind(adapter,`/proc/self/fd/${fd}`)}catch(error" +
  "){libc.close(fd),failures.push(error)}}throw new VmletError(\"ERR_SHIM\",`Cannot load the native shim:" +
  " neither a memfd nor an unnamed file in ${TEMPORARY_FOLDERS.join(\", \")} can be executed here. Allow " +
  "one of them (sysctl vm.memfd_noexec=0, or a temporary folder mounted without noexec)`,{cause:failure" +
  "s[0]})}function bind(adapter,path){let native={...bindShim(adapter,path,SHIM_SYMBOLS),view:adapter.v" +
  "iew,path};if(native.shimVersion()!==SHIM_VERSION)throw new VmletError(\"ERR_SHIM\",`Cannot load the na" +
  "tive shim: ${path} holds another version (${native.shimVersion().toString(16)} instead of ${SHIM_VER" +
  "SION.toString(16)})`);return native}function openLibc(adapter){let failures=[];for(let name of LIBC_" +
  "NAMES)try{return adapter.open(name,LIBC_SYMBOLS)}catch(error){if(isPermissionError(error))throw new " +
  "VmletError(\"ERR_SHIM\",\"Cannot load the native shim: permission to call native code is missing, run w" +
  "ith --allow-ffi\",{cause:error});failures.push(error)}throw new VmletError(\"ERR_SHIM\",`Cannot load th" +
  "e native shim: no C library found as ${LIBC_NAMES.join(\", \")}`,{cause:failures[0]})}function isPermi" +
  "ssionError(error){return error instanceof Error&&[\"NotCapable\",\"PermissionDenied\"].includes(error.na" +
  "me)}function cString(text){return new TextEncoder().encode(`${text}\\x00`)}function createMemfd(libc)" +
  "{let name=cString(`vmlet-shim-${SHIM_HASH}`),fd=libc.memfd_create(name,MFD_CLOEXEC|MFD_EXEC);return " +
  "fd>=0?fd:libc.memfd_create(name,MFD_CLOEXEC)}function createUnnamedFile(libc){for(let folder of TEMP" +
  "ORARY_FOLDERS){let fd=libc.open(cString(folder),O_TMPFILE|O_RDWR|O_CLOEXEC,448);if(fd>=0)return fd}r" +
  "eturn-1}function publish(libc,fd,bytes){if(fd<0)return;if(libc.write(fd,bytes,bytes.length)!==bytes." +
  "length){libc.close(fd);return}let moved=libc.fcntl(fd,F_DUPFD_CLOEXEC,PREFERRED_FD);if(moved>=0)libc" +
  ".close(fd);let published=moved>=0?moved:fd,lowest=findCopy(libc,bytes)??published;if(lowest!==publis" +
  "hed)libc.close(published);return lowest}function findCopy(libc,bytes){let link=new Uint8Array(256),c" +
  "ontent=new Uint8Array(bytes.length+1);for(let fd=FIRST_FD;fd<LAST_FD;fd++){let length=libc.readlink(" +
  "cString(`/proc/self/fd/${fd}`),link,link.length);if(length<=0)continue;let name=new TextDecoder().de" +
  "code(link.subarray(0,length));if(!(name.startsWith(`/memfd:vmlet-shim-${SHIM_HASH}`)||name.endsWith(" +
  "\" (deleted)\")&&TEMPORARY_FOLDERS.some((it)=>name.startsWith(`${it}/#`)))||libc.pread(fd,content,cont" +
  "ent.length,0)!==bytes.length)continue;if(bytes.every((byte,i)=>byte===content[i]))return fd}return}v" +
  "ar TYPES={i32:\"i32\",u32:\"u32\",i64:\"i64_fast\",address:\"u64_fast\",buffer:\"ptr\",void:\"void\"};function b" +
  "unAdapter(ffi){return{open(path,symbols){let definitions=Object.fromEntries(Object.entries(symbols)." +
  "map(([name,{parameters,result}])=>[name,{args:Object.values(parameters).map((type)=>TYPES[type]),ret" +
  "urns:TYPES[result]}]));return{...ffi.dlopen(path,definitions).symbols}},view:(address,length)=>ffi.t" +
  "oArrayBuffer(address,0,length)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i64\",address:\"usize\",buffer:\"bu" +
  "ffer\",void:\"void\"};function denoAdapter(deno){return{open(path,symbols){let definitions=Object.fromE" +
  "ntries(Object.entries(symbols).map(([name,{parameters,result}])=>[name,{parameters:Object.values(par" +
  "ameters).map((type)=>TYPES2[type]),result:TYPES2[result]}])),functions={...deno.dlopen(path,definiti" +
  "ons).symbols};for(let[name,{result}]of Object.entries(symbols)){let native=functions[name];if(native" +
  "&&result===\"i64\")functions[name]=(...args)=>Number(native(...args))}return functions},view:(address," +
  "length)=>deno.UnsafePointerView.getArrayBuffer(deno.UnsafePointer.create(BigInt(address)),length)}}f" +
  "unction adapterFor(globals){let{Deno:deno,Bun:bun,process}=globals;if(bun===void 0&&typeof deno?.dlo" +
  "pen!==\"function\"){let name=process?.version===void 0?\"this one\":`Node.js ${process.version}`;throw n" +
  "ew VmletError(\"ERR_UNSUPPORTED_RUNTIME\",`Cannot run guests: vmlet needs Deno or Bun for native code," +
  " and ${name} is neither`)}let os=process?.platform??deno?.build?.os??\"unknown\",arch=process?.arch??d" +
  "eno?.build?.arch??\"unknown\";if(os!==\"linux\"||arch!==\"x64\"&&arch!==\"x86_64\")throw new VmletError(\"ERR" +
  "_UNSUPPORTED_PLATFORM\",`Cannot run guests: vmlet needs Linux on x86_64, and this is ${os} on ${arch}" +
  "`);return bun===void 0?denoAdapter(deno):bunAdapter(process?.getBuiltinModule?.(\"bun:ffi\"))}var load" +
  "ed;function native(){return loaded??=loadShim(adapterFor(globalThis))}var ESRCH=3,CELLS=65536;class " +
  "InterruptHandle{#index;#generation;constructor({index,generation}){this.#index=index,this.#generatio" +
  "n=generation}static from(token){let{index,generation}=token??{};if(typeof index!==\"number\"||typeof g" +
  "eneration!==\"number\")throw wrongType(\"Cannot make an interrupt handle: the argument is not a token o" +
  "f one\");if(!(Number.isInteger(index)&&index>=0&&index<CELLS&&Number.isInteger(generation)&&generatio" +
  "n>0&&generation<4294967296&&generation%2===1))throw outOfRange(`Cannot make an interrupt handle: no " +
  "guest has the token ${index}, ${generation}`);return new InterruptHandle({index,generation})}get tok" +
  "en(){return{index:this.#index,generation:this.#generation}}get dropped(){return native().cellEpoch(t" +
  "his.#index)!==this.#generation}kill(){return interrupted(native().kill(this.#index,this.#generation)" +
  ")}pause(){return interrupted(native().pause(this.#index,this.#generation))}}function interrupted(res" +
  "ult){if(result>=0)return result===1;if(result===-ESRCH)return!1;throw new VmletError(\"ERR_LIMIT\",`Ca" +
  "nnot signal the thread that runs the guest: ${errnoSymbol(-result)}`,{errno:-result})}var ARRIVAL={o" +
  "pened:1,data:2,closed:3};var MAX_RECORD=16384;class Channel{shared;#words;#bytes;#seenPauses=0;const" +
  "ructor(shared){this.shared=shared??new SharedArrayBuffer(65556),this.#words=new Int32Array(this.shar" +
  "ed,0,5),this.#bytes=new Uint8Array(this.shared,20,65536)}put(type,bytes=new Uint8Array(0)){let writt" +
  "en=Atomics.load(this.#words,0),used=written-Atomics.load(this.#words,1)>>>0,size=4+bytes.length;if(b" +
  "ytes.length>16384||used+size>65536)return!1;let header=Uint8Array.of(type,0,bytes.length&255,bytes.l" +
  "ength>>8);return this.#copyIn(written,header),this.#copyIn(written+4,bytes),Atomics.store(this.#word" +
  "s,0,written+size|0),Atomics.notify(this.#words,0),!0}take(){if(this.isEmpty)return;let taken=Atomics" +
  ".load(this.#words,1),[type=0,,low=0,high=0]=this.#copyOut(taken,4),bytes=this.#copyOut(taken+4,low|h" +
  "igh<<8);return Atomics.store(this.#words,1,taken+4+bytes.length|0),{type,bytes}}get isEmpty(){return" +
  " Atomics.load(this.#words,0)===Atomics.load(this.#words,1)}wait(milliseconds){let taken=Atomics.load" +
  "(this.#words,1);Atomics.wait(this.#words,0,taken,milliseconds)}get isStopped(){return Atomics.load(t" +
  "his.#words,2)===1}set isStopped(value){Atomics.store(this.#words,2,Number(value))}pause(interrupt){A" +
  "tomics.add(this.#words,3,1),interrupt(),Atomics.add(this.#words,4,1)}takePause(){let begun=Atomics.l" +
  "oad(this.#words,3),done=Atomics.load(this.#words,4),isNew=begun!==done||done!==this.#seenPauses;retu" +
  "rn this.#seenPauses=done,isNew}#copyIn(position,bytes){let at=(position>>>0)%65536,first=Math.min(by" +
  "tes.length,65536-at);this.#bytes.set(bytes.subarray(0,first),at),this.#bytes.set(bytes.subarray(firs" +
  "t),0)}#copyOut(position,length){let at=(position>>>0)%65536,bytes=new Uint8Array(length),first=Math." +
  "min(length,65536-at);return bytes.set(this.#bytes.subarray(at,at+first)),bytes.set(this.#bytes.subar" +
  "ray(0,length-first),first),bytes}}var PATIENCE=5,scope=globalThis,builtin=(name)=>scope.process.getB" +
  "uiltinModule(name),channel,guest,server,path,client,waiting=[];function deliver(){if(!channel)return" +
  ";for(let next=waiting[0];next;next=waiting[0]){if(!channel.put(...next)){client?.pause(),setTimeout(" +
  "deliver,PATIENCE);break}waiting.shift()}if(waiting.length===0)client?.resume();if(channel.isStopped|" +
  "|channel.isEmpty)return;channel.pause(()=>guest?.pause()),scope.postMessage({type:\"arrived\"})}functi" +
  "on arrived(type,bytes=new Uint8Array(0)){for(let at=0;at===0||at<bytes.length;at+=MAX_RECORD)waiting" +
  ".push([type,bytes.subarray(at,at+MAX_RECORD)]);deliver()}function connected(socket){if(socket.on(\"er" +
  "ror\",()=>{}),client)return socket.destroy();client=socket,socket.setNoDelay(!0),socket.on(\"data\",(by" +
  "tes)=>{if(socket===client)arrived(ARRIVAL.data,new Uint8Array(bytes))}),socket.on(\"close\",()=>{if(so" +
  "cket!==client)return;client=void 0,arrived(ARRIVAL.closed)}),arrived(ARRIVAL.opened)}function listen" +
  "(at){let failed=(error)=>{let message=error instanceof Error?error.message:String(error);scope.postM" +
  "essage({type:\"failed\",message})};try{let{createServer}=builtin(\"node:net\"),listener=createServer(con" +
  "nected);server=listener,listener.on(\"error\",failed),listener.listen(at,()=>{try{if(\"path\"in at)retur" +
  "n path=at.path,builtin(\"node:fs\").chmodSync(at.path,384),scope.postMessage({type:\"listening\",at});le" +
  "t address=listener.address(),port=typeof address===\"object\"&&address?address.port:at.port;scope.post" +
  "Message({type:\"listening\",at:{host:at.host,port}})}catch(error){failed(error)}})}catch(error){failed" +
  "(error)}}function end(){client?.end(),server?.close();try{if(path!==void 0)builtin(\"node:fs\").unlink" +
  "Sync(path)}catch{}setTimeout(()=>scope.close(),20)}scope.onmessage=({data})=>{switch(data.type){case" +
  "\"listen\":return channel=new Channel(data.shared),listen(data.at);case\"guest\":if(guest=InterruptHandl" +
  "e.from(data.token),guest.dropped)guest=void 0;return;case\"send\":client?.write(data.bytes);return;cas" +
  "e\"hang up\":client?.end();return;case\"end\":end()}};scope.postMessage({type:\"ready\"});";
