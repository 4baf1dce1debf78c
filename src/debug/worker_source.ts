/** src/debug/worker.ts with all that it imports, by `deno task workers`: do not edit. */
// deno-fmt-ignore-file

/** A script of 37014 characters. */
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
  " errnoSymbol(errno){return ERRNO_SYMBOLS[errno]??`errno ${errno}`}var SHIM_VERSION=1380994602,SHIM_H" +
  "ASH=\"6ac70a1559bc44d5\",SHIM_BASE64=\"f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAAAAAAAAAAAABAAAAAAAAAALA7AAAAAAAA" +
  "AAAAAEAAOAAJAEAADwAOAAYAAAAEAAAAQAAAAAAAAABAAAAAAAAAAEAAAAAAAAAA+AEAAAAAAAD4AQAAAAAAAAgAAAAAAAAAAQAA" +
  "AAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA8FAAAAAAAADwUAAAAAAAAABAAAAAAAAABAAAABQAAAEAUAAAAAAAAQCQAAAAA" +
  "AABAJAAAAAAAAKslAAAAAAAAqyUAAAAAAAAAEAAAAAAAAAEAAAAGAAAA8DkAAAAAAADwWQAAAAAAAPBZAAAAAAAA4AAAAAAAAAAQ" +
  "BgAAAAAAAAAQAAAAAAAAAQAAAAYAAAAAOwAAAAAAAABrAAAAAAAAAGsAAAAAAAAAAAAAAAAAAFSJQAAAAAAAABAAAAAAAAACAAAA" +
  "BgAAABA6AAAAAAAAEFoAAAAAAAAQWgAAAAAAAMAAAAAAAAAAwAAAAAAAAAAIAAAAAAAAAFLldGQEAAAA8DkAAAAAAADwWQAAAAAA" +
  "APBZAAAAAAAA4AAAAAAAAAAQBgAAAAAAAAEAAAAAAAAAUOV0ZAQAAACEDAAAAAAAAIQMAAAAAAAAhAwAAAAAAACsAQAAAAAAAKwB" +
  "AAAAAAAABAAAAAAAAABR5XRkBgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAGgAAAASAAgAICUAAAAAAAAVAAAAAAAAABYCAAASAAgAEEAAAAAAAACtAAAAAAAAAAADAAASAAgA" +
  "AEcAAAAAAAAHAAAAAAAAAD4AAAASAAgAwCQAAAAAAAATAAAAAAAAAIsAAAASAAgAYCUAAAAAAAAkAAAAAAAAADoBAAASAAgAQCgA" +
  "AAAAAACqAAAAAAAAAHEBAAASAAgAgCsAAAAAAABAAQAAAAAAAGQCAAASAAgA4EIAAAAAAADbAAAAAAAAAKsCAAASAAgA0EUAAAAA" +
  "AAASAAAAAAAAAMsAAAASAAgAECYAAAAAAABXAAAAAAAAAFsBAAASAAgAMCkAAAAAAABGAgAAAAAAADsCAAASAAgA8EAAAAAAAAAw" +
  "AAAAAAAAAKIAAAASAAgAsCUAAAAAAAATAAAAAAAAAL0AAAASAAgA8CUAAAAAAAAYAAAAAAAAABUBAAASAAgAECcAAAAAAABnAAAA" +
  "AAAAAPEBAAASAAgAoD4AAAAAAACuAAAAAAAAAAYCAAASAAgAwD8AAAAAAABPAAAAAAAAAIUCAAASAAgAoEQAAAAAAAADAQAAAAAA" +
  "AAEAAAASAAgAUCQAAAAAAAAGAAAAAAAAAEsAAAASAAgA4CQAAAAAAAAUAAAAAAAAAJYAAAASAAgAkCUAAAAAAAAYAAAAAAAAAO8A" +
  "AAASAAgAkCYAAAAAAAAGAAAAAAAAAEoBAAASAAgA8CgAAAAAAAA4AAAAAAAAACkCAAASAAgAwEAAAAAAAAAwAAAAAAAAAM0CAAAS" +
  "AAgAQEYAAAAAAABRAAAAAAAAANwCAAASAAgAoEYAAAAAAAAWAAAAAAAAAAsDAAASAAgAYEgAAAAAAAAKAAAAAAAAABQAAAASAAgA" +
  "YCQAAAAAAAAWAAAAAAAAACAAAAASAAgAgCQAAAAAAAAWAAAAAAAAADMAAAASAAgAoCQAAAAAAAARAAAAAAAAANYAAAASAAgAcCYA" +
  "AAAAAAAGAAAAAAAAAMMBAAASAAgAgDIAAAAAAACyCwAAAAAAAOQBAAASAAgAYD4AAAAAAAA4AAAAAAAAAHsAAAASAAgAQCUAAAAA" +
  "AAAWAAAAAAAAAIoBAAASAAgAwCwAAAAAAAC5AQAAAAAAAFACAAASAAgAIEEAAAAAAACzAQAAAAAAAHUCAAASAAgAwEMAAAAAAADb" +
  "AAAAAAAAAJgCAAASAAgAsEUAAAAAAAAgAAAAAAAAALwCAAASAAgA8EUAAAAAAABDAAAAAAAAAFoAAAASAAgAACUAAAAAAAAUAAAA" +
  "AAAAAK0AAAASAAgA0CUAAAAAAAAYAAAAAAAAAOEAAAASAAgAgCYAAAAAAAAGAAAAAAAAAP4AAAASAAgAoCYAAAAAAABnAAAAAAAA" +
  "ANcBAAASAAgAQD4AAAAAAAAXAAAAAAAAABcDAAASAAgAcEgAAAAAAAAjAQAAAAAAACEDAAASAAgAoEkAAAAAAABLAAAAAAAAACsB" +
  "AAASAAgAgCcAAAAAAAC9AAAAAAAAAJwBAAASAAgAgC4AAAAAAAA+AAAAAAAAAO8CAAASAAgAwEYAAAAAAAAyAAAAAAAAAK8BAAAS" +
  "AAgAwC4AAAAAAAC5AwAAAAAAAAwAAAABAAAAEAAAABoAAAAAAQABAAEAAQAAAAAAACAgBQCAAFACAAACAAAAAAQAAAQAAgAEAAAC" +
  "EKAAAAAMAIAEgAJBAEEEQwAQAACEAQAA1BBAAQAEAAAFgAAAwAB0BAUAAIwAIABEiICAAAEABAgIAAAgAEBIQAEABAEAAAQACAEA" +
  "AACAhCAAoCABUAAEEAEAAAAAAAAABAAAAAoAAAANAAAAEgAAABMAAAAcAAAAIgAAACgAAAAvAAAAMgAAAKitquMEYhAdWaOSy5p6" +
  "TQC+8ZTLQhboPAZyc1vijQqcu4Z8bsJ6lcuWpLGl10ox7ohnlss4EN6juInl5+BSS14ZEMAh1ecqyCI9lgp6djbSgv1XPZ41qUam" +
  "4EMCUnfhAL4yYLSCtOKRa009PsYCxj1qpW0TtsuTy2Zajst+tUA3M4uiDxjCNqjkF9uZmE33utiThT3MNf2hDYrDCHS+pdp8BKzX" +
  "HDdi+jh5/0TMZzDxwBQUqb1PLg1mFpIBgl6hfi/X49qvN7b3AHZtbGV0X3NoaW1fdmVyc2lvbgB2bWxldF9pb2N0bAB2bWxldF9p" +
  "b2N0bF9zdHJ1Y3QAdm1sZXRfbW1hcAB2bWxldF9tdW5tYXAAdm1sZXRfbXByb3RlY3QAdm1sZXRfbWFkdmlzZQB2bWxldF9tZW1m" +
  "ZF9jcmVhdGUAdm1sZXRfZnRydW5jYXRlAHZtbGV0X29wZW4Adm1sZXRfY2xvc2UAdm1sZXRfcmVhZAB2bWxldF9nZXRybGltaXQA" +
  "dm1sZXRfZXZlbnRmZAB2bWxldF9wb2xsAHZtbGV0X2NvcHkAdm1sZXRfY29weV9pbgB2bWxldF9jb3B5X291dAB2bWxldF9jb3B5" +
  "X291dF9ndWFyZGVkAHZtbGV0X2NvcHlfaW5fZ3VhcmRlZAB2bWxldF9hZGRfYml0cwB2bWxldF90YWtlX2JpdHMAdm1sZXRfbWFy" +
  "a19wYWdlcwB2bWxldF9jb3VudF9vd25fcGFnZXMAdm1sZXRfbWFya19wcmVzZW50X3BhZ2VzAHZtbGV0X2NvdW50X3BhZ2VzAHZt" +
  "bGV0X2ZvcmdldF9wYWdlcwB2bWxldF9jYXB0dXJlX3BhZ2VzAHZtbGV0X3Jlc3RvcmVfcGFnZXMAdm1sZXRfZ2V0dGlkAHZtbGV0" +
  "X3Rna2lsbAB2bWxldF9pbnN0YWxsX3NpZ25hbAB2bWxldF9zZXRfdGltZXIAdm1sZXRfdGhyZWFkX3RpbWVyAHZtbGV0X3RocmVh" +
  "ZF90aW1lAHZtbGV0X3VuYmxvY2tfc2lnbmFsAHZtbGV0X2F0dGFjaF90aHJlYWQAdm1sZXRfZ3Vlc3RfdGltZQB2bWxldF9ob3N0" +
  "X3RpbWUAdm1sZXRfYWNxdWlyZV9jZWxsAHZtbGV0X3JlbGVhc2VfY2VsbAB2bWxldF9jZWxsX2Vwb2NoAHZtbGV0X2JlZ2luX2Nh" +
  "bGwAdm1sZXRfZW5kX2NhbGwAdm1sZXRfaXNfY2FuY2VsbGVkAHZtbGV0X3Rha2VfcGF1c2UAdm1sZXRfa2lsbAB2bWxldF9wYXVz" +
  "ZQB2bWxldF9ydW4Adm1sZXRfc2V0dGxlAAAA8FkAAAAAAAAIAAAAAAAAAFA/AAAAAAAAAFoAAAAAAAAIAAAAAAAAAEAkAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAwQwAAAAAAADBFDw8PDw8PDw8PDw8PDw8PD1VVVVVVVVVVVVVVVVVVVVUAADBDAAAwRQAAAAAAAAAAMzMz" +
  "MzMzMzMzMzMzMzMzMwAAAMAAAADAAAAAwAAAAMAAAACAAAAAgAAAAIAAAACAAQAAAAAAAAABAAAAAAAAAC9wcm9jL3NlbGYvcGFn" +
  "ZW1hcAAAARsDO6gBAAA0AAAAzBcAAMQBAADcFwAA2AEAAPwXAADsAQAAHBgAAAACAAA8GAAAFAIAAFwYAAAoAgAAfBgAADwCAACc" +
  "GAAAUAIAALwYAABkAgAA3BgAAHgCAAAMGQAAjAIAACwZAACgAgAATBkAALQCAABsGQAAyAIAAIwZAADcAgAA7BkAAPACAAD8GQAA" +
  "BAMAAAwaAAAYAwAAHBoAACwDAACMGgAASAMAAPwaAABkAwAAvBsAAHgDAABsHAAAqAMAAKwcAAC8AwAA/B4AAAgEAAA8IAAAVAQA" +
  "APwhAAB8BAAAPCIAAJAEAAD8JQAA2AQAALwxAAAcBQAA3DEAADAFAAAcMgAAVAUAAMwyAABwBQAAPDMAAIQFAACMMwAAmAUAADw0" +
  "AAC8BQAAbDQAANAFAACcNAAA5AUAAFw2AAAoBgAAPDcAAEgGAAAcOAAAaAYAACw5AACMBgAATDkAAKAGAABsOQAAtAYAALw5AADI" +
  "BgAAHDoAANwGAAA8OgAA8AYAAHw6AAAEBwAAjDoAABgHAADcOwAARAcAAOw7AABYBwAAHD0AAJAHAAAUAAAAAAAAAAF6UgABeBAB" +
  "GwwHCJABAAAQAAAAHAAAAAAWAAAGAAAAAAAAABAAAAAwAAAA/BUAABYAAAAAAAAAEAAAAEQAAAAIFgAAFgAAAAAAAAAQAAAAWAAA" +
  "ABQWAAARAAAAAAAAABAAAABsAAAAIBYAABMAAAAAAAAAEAAAAIAAAAAsFgAAFAAAAAAAAAAQAAAAlAAAADgWAAAUAAAAAAAAABAA" +
  "AACoAAAARBYAABUAAAAAAAAAEAAAALwAAABQFgAAFgAAAAAAAAAQAAAA0AAAAFwWAAAkAAAAAAAAABAAAADkAAAAeBYAABgAAAAA" +
  "AAAAEAAAAPgAAACEFgAAEwAAAAAAAAAQAAAADAEAAJAWAAAYAAAAAAAAABAAAAAgAQAAnBYAABgAAAAAAAAAEAAAADQBAACoFgAA" +
  "VwAAAAAAAAAQAAAASAEAAPQWAAAGAAAAAAAAABAAAABcAQAA8BYAAAYAAAAAAAAAEAAAAHABAADsFgAABgAAAAAAAAAYAAAAhAEA" +
  "AOgWAABnAAAAAEEOEIMCAmUOCAAAGAAAAKABAAA8FwAAZwAAAABBDhCDAgJlDggAABAAAAC8AQAAkBcAAL0AAAAAAAAALAAAANAB" +
  "AAA8GAAAqgAAAABKDhBCDhhBDiCDBI4DhgICmQ4YQg4QQQ4Iw87GAAAAEAAAAAACAAC8GAAAOAAAAAAAAABIAAAAFAIAAOgYAABG" +
  "AgAAAEEOEEIOGEIOIEIOKEIOMEEOOEcO0B+DB4wGjQWOBI8DhgIDKgIOOEEOMEIOKEIOIEIOGEIOEEEOCAAASAAAAGACAADsGgAA" +
  "QAEAAABBDhBCDhhCDiBCDihCDjBBDjhHDsAfgweMBo0FjgSPA4YCAyQBDjhBDjBCDihCDiBCDhhCDhBBDggAACQAAACsAgAA4BsA" +
  "ALkBAAAAUw4QQQ4YgwOOAgOiAQ4QQg4Iw84AAAAQAAAA1AIAAHgdAAA+AAAAAAAAAEQAAADoAgAApB0AALkDAAAAQQ4QQg4YQg4g" +
  "Qg4oQg4wQQ44gweMBo0FjgSPA4YCAk4OMEIOKEIOIEIOGEIOEEEOCEEOOAAAAEAAAAAwAwAAHCEAALILAAAAQQ4QQg4YQg4gQg4o" +
  "Qg4wQQ44gweMBo0FjgSPA4YCA54LDjBCDihCDiBCDhhCDhBBDggAEAAAAHQDAACYLAAAFwAAAAAAAAAgAAAAiAMAAKQsAAA4AAAA" +
  "AEEOEEEOGIMDhgJ0DhBBDggAAAAYAAAArAMAAMAsAACuAAAAAFIOEIMCApsOCMMAEAAAAMgDAABULQAAYgAAAAAAAAAQAAAA3AMA" +
  "ALAtAABPAAAAAAAAACAAAADwAwAA7C0AAK0AAAAAQg4QQQ4YgwOOAgKnDhBCDggAABAAAAAUBAAAeC4AADAAAAAAAAAAEAAAACgE" +
  "AACULgAAMAAAAAAAAABAAAAAPAQAALAuAACzAQAAAEEOEEIOGEIOIEIOKEIOMEEOOIMHjAaNBY4EjwOGAgOfAQ4wQg4oQg4gQg4Y" +
  "Qg4QQQ4IABwAAACABAAALDAAANsAAAAAQQ4QgwIC1Q4IQQ4QQw4IHAAAAKAEAADsMAAA2wAAAABBDhCDAgLVDghBDhBDDgggAAAA" +
  "wAQAAKwxAAADAQAAAEIOEEEOGIMDjgIC/Q4QQg4IAAAQAAAA5AQAAJgyAAAgAAAAAAAAABAAAAD4BAAApDIAABIAAAAAAAAAEAAA" +
  "AAwFAACwMgAAQwAAAAAAAAAQAAAAIAUAAOwyAABRAAAAAAAAABAAAAA0BQAAODMAABYAAAAAAAAAEAAAAEgFAABEMwAAMgAAAAAA" +
  "AAAQAAAAXAUAAHAzAAAHAAAAAAAAACgAAABwBQAAbDMAAEwBAAAAAk8OEEEOGEQOQIMDjgIC5w4YQQ4QQg4Iw84AEAAAAJwFAACQ" +
  "NAAACgAAAAAAAAA0AAAAsAUAAIw0AAAjAQAAAEIOEEIOGEIOIEEOKIMFjASOA48CAnYOIEIOGEIOEEIOCEEOKAAAACAAAADoBQAA" +
  "hDUAAEsAAAAAQg4QQQ4YgwOOAgJFDhBCDggAAAAAAAAAAAAAuA8AAAAPBWYPH4QAAAAAALgqTlBSw2YuDx+EAAAAAABIY/+J9rgQ" +
  "AAAARTHSRTHARTHJDwXDZi4PH4QAAAAAAEhj/4n2uBAAAABFMdJFMcBFMckPBcNmLg8fhAAAAAAASGPSTGPRTWPAuAkAAAAPBcNm" +
  "Lg8fhAAAAAAADx9EAAC4CwAAADHSRTHSRTHARTHJDwXDZi4PH4QAAAAAAA8fAEhj0rgKAAAARTHSRTHARTHJDwXDZi4PH4QAAAAA" +
  "AGaQSGPSuBwAAABFMdJFMcBFMckPBcNmLg8fhAAAAAAAZpCJ9rg/AQAAMdJFMdJFMcBFMckPBcNmLg8fhAAAAAAAkEhj/7hNAAAA" +
  "MdJFMdJFMcBFMckPBcNmLg8fhAAAAAAASIn5TGPGQYnSuAEBAABIx8ec////SInOTInCRTHARTHJDwXDZi4PH4QAAAAAAGaQSGP/" +
  "uAMAAAAx9jHSRTHSRTHARTHJDwXDDx+EAAAAAABIY/+J0jHARTHSRTHARTHJDwXDZi4PH4QAAAAAAA8fAEmJ8khj97guAQAAMf8x" +
  "0kUxwEUxyQ8Fww8fhAAAAAAAif9IY/a4IgEAADHSRTHSRTHARTHJDwXDDx+EAAAAAABIY8JIacjTTWIQSInKSMHqP0jB+SYB0Uhj" +
  "yUiJTCTwacnoAwAAicIpymnKQEIPAEhjyUiJTCT4ifYxyYXASI1UJPBID0jRuA8BAABFMdJFMcBFMckPBcNmDx+EAAAAAABIidHz" +
  "pMNmLg8fhAAAAAAASInR86TDZi4PH4QAAAAAAEiJ0fOkw2YuDx+EAAAAAABTSInTSIl8JPBIiVQk+EiJdCTgSIlUJOi4JwAAADH/" +
  "MfYx0kUx0kUxwEUxyQ8FSInHSI10JPBMjVQk4Lg2AQAAugEAAABBuAEAAABFMckPBUg52EjHwfL///9ID0TISIXASA9JwVvDZg8f" +
  "hAAAAAAAU0iJ00iJdCTwSIlUJPhIiXwk4EiJVCTouCcAAAAx/zH2MdJFMdJFMcBFMckPBUiJx0iNdCTwTI1UJOC4NwEAALoBAAAA" +
  "QbgBAAAARTHJDwVIOdhIx8Hy////SA9EyEiFwEgPScFbw2YPH4QAAAAAAEiFyQ+EswAAAEiJyEiJ8UjB6QZMjQTPg+Y/v0AAAABI" +
  "KfcxyWYP78BFMcnrI0mDyQdmLg8fhAAAAAAADx9EAABJg8EBTInJSMHhBkg5wXNsQfbBB0EPlMJIgcEAAgAASDnBD5bBQYTKdCdm" +
  "Qg9vTMoQZkIP60zKIGZCD+tMyjBmQg/rDMpmD3bID1DJg/EPdJxOixTKTYXSdKZNidOJ8UnT408JHMhIhfZ0lYn5SdPqTYXSdItP" +
  "CVTICOuEww8fAEiFyQ+EoAAAAFVBVlNIichIidFIwekGg+I/QbhAAAAASSnQTI1I/0nB6QZJg8EBSI00zkiDxghFMdJJx8P/////" +
  "6zRmLg8fhAAAAAAADx8AScfG/////4nBSdPmSIPoQEn31k0PQ/NJId5OiTTXSYPCAU050XQuSIXSQA+VxUqLXNb4idFI0+tJOcAP" +
  "ksFAIOmA+QF1uk6LNNZEicFJ0+ZMCfPrq1tBXl3DZg8fRAAASI0EMkg5xnMuSInxDx9AAEg7TwhzIbgBAAAASNPgSIt3EEmJyEnB" +
  "6AZKCQTGSIPBAUiDwv912cMPH4QAAAAAAFVBV0FWQVVBVFNIgeyYDwAASInzSIl8JIhIjTUg4///uAEBAAC6AAAIAEjHx5z///9F" +
  "MdJFMcBFMckPBUiJx4X/D4jIAQAASIXbD4TEAQAASMFsJIgMgef///9/RTH/SI10JJBmD3bAZg9vDcDi//9mD28VqOL//2YPbx2Q" +
  "4v//RTHtZi4PH4QAAAAAAA8fAE2J/kiJ3Uwp7UiB/QACAABBvAACAABMD0LlSItEJIhOjRQoScHiA0KNFOUAAAAAuBEAAABFMcBF" +
  "MckPBUiFwEnHx/L///9MD0j4SDnQTQ9E/k2F/w+IFQEAAEw56w+EDAEAAEiD/QRzBzHA6dAAAABEieAl/AMAAGZJD27/ZkkPbuVm" +
  "D+/tMclmD+/2Dx9AAGZED29EzJBmRA9vTMygZkUPcND1ZkQP78BmQQ9z0D1mRQ9w2fVmRA/vyGZBD3PRPWZED+/SZkQPb+NmRQ9m" +
  "4mZFD9/gZkQP79pmRA9vw2ZFD2bDZkUP38FmRA/b4WZBD9T8ZkQP28FmQQ/U6GYP++BmD/vwSIPBBEg5yHWDZg/U72YPcP3uZg/U" +
  "/WZJD37/Zg/U9GYPcObuZg/U5mZJD37lSTnEdDlmLg8fhAAAAAAASItMxJBIicpIweo+RTHASA+64T1BD5PASIXSTA9Ewk0Bx0iD" +
  "wAFJg8UBTDngctFJOd1zGU2F/w+Jg/7//+sOTGP/6x2B5////39FMf+4AwAAADH2MdJFMdJFMcBFMckPBUyJ+EiBxJgPAABbQVxB" +
  "XUFeQV9dw2YuDx+EAAAAAABVQVdBVkFVQVRTSIHsiA8AAEiJ+0iNNdXg//9FMfa4AQEAALoAAAgASMfHnP///0Ux0kUxwEUxyQ8F" +
  "SInHhf8PiOcAAABMi3sIgef///9/TYX/D4S9AAAAQbwAAgAASI10JIBFMe1mLg8fhAAAAAAATIn9TCntSIH9AAIAAEkPQ+xMixNJ" +
  "weoMTQHqScHiA40U7QAAAAC4EQAAAEUxwEUxyQ8FSIXAQb7y////RA9I8Eg50LgAAAAARA9E8EWF9nVCTTnvdD0xwOsPZg8fRAAA" +
  "SIPAAUg56HMnSItMxIBIwek+dOxKjQwougEAAABI0+JMi0MQSMHpBkkJFMjr0maQSQHFRYX2dQ1Mi3sITTn9D4Jb////uAMAAAAx" +
  "9jHSRTHSRTHARTHJDwVEifeJ+EiBxIgPAABbQVxBXUFeQV9dw0iLRwhIg8A/SIP4QHMDMcDDQVZTSInBSMHpBkiLVxBIi3cYSD0A" +
  "AQAAcwkx/zHA6QkBAABIic9Ig+f8SMHoA0iD4OBmD+/ARTHAZg9vFf7e//9mD28dFt///2YPby3e3v//Zg/v5GYP78lmDx9EAADz" +
  "Qg9vNALzQg9vfAIQ80YPbwQGZkQP68bzQg9vdAYQZg/r92ZBD2/4Zg9x1wFmD9v6ZkQP+MdmQQ9v+GYP2/tmQQ9x0AJmRA/bw2ZE" +
  "D/zHZkEPb/hmD3HXBGZBD/z4Zg/b/WYP9vhmD9TnZg9v/mYPcdcBZg/b+mYP+PdmD2/+Zg/b+2YPcdYCZg/b82YP/PdmD2/+Zg9x" +
  "1wRmD/z+Zg/b/WYP9vhmD9TPSYPAIEw5wA+FSv///2YP1MxmD3DB7mYP1MFmSA9+wEg5+XR4SbhVVVVVVVVVVUm5MzMzMzMzMzNJ" +
  "ug8PDw8PDw8PSbsBAQEBAQEBAWYuDx+EAAAAAACQSIsc/kgLHPpJid5J0e5NIcZMKfNJid5NIc5IwesCTCHLTAHzSYneScHuBEkB" +
  "3k0h1k0Pr/NJwe44TAHwSIPHAUg5+XW7W0Feww8fgAAAAABIi0cISIPAP0iD+EByL0iLRxAxyWYuDx+EAAAAAABmkEjHBMgAAAAA" +
  "SIPBAUiLVwhIg8I/SMHqBkg50XLjw2aQVUFXQVZBVUFUU0yJRCTwSIlMJOi4/wEAAEgDRwhIicFIwekJSIlMJMBMjRzN/w8AAEmB" +
  "4wDw//9IiVQkoEkB00g9AAIAAHMaRTHSTIlXUEwrXCSgTInYW0FcQV1BXkFfXcO4CAAAAEiJRCSouTAAAABFMe1mD+/ARTHSMdJI" +
  "iXQkuOs+Zi4PH4QAAAAAAGaQSINEJKgISItMJNhIgcEAACAATItsJNBJgcUAACAASItEJMhIicJIO0QkwEiLdCS4dIlIhfZ0CUiL" +
  "HNbrBQ8fADHbSItEJKBIiRzQSI001QAAAABIiVQk4EiNQgFIiUQkyEyJbCTQSIlMJNhIiUwksEiJ8THS6y1mDx+EAAAAAABIi0wk" +
  "mEiDwQFIgUQksAAABABJgcUAAAQASDtMJKgPhFz///9Ii0cISIPAP0jB6AZIOcEPg0f///9Ii0cQSIlMJJhIi08YSIt0JJhMiyTx" +
  "SItMJJhMCyTIdKZIweEGSIlMJPjrG2YuDx+EAAAAAACQTYn7SY1EJP9JIcRIie90gPNJD7zMSYnJTAtMJPhIhdt0DkSJyCX/AQAA" +
  "TIsEw+sDRTHASIn9SIsHTDtMJOhAD5LGTDtMJPBAD5PHQAj3dXBIi3QksEiNPDCJzsHmDEgB/jH/6xdmLg8fhAAAAAAAkEiDx0CB" +
  "/wAQAAB0RGYPb0w+4GYP60w+0GYP60w+8GYP6ww+Zg92yEQPUPFBg/YPdM9mD39EPtBmD39EPuBmD39EPvBmD38EPuu2Zg8fRAAA" +
  "TYnOScHmDEkBxkwB6MHhDEgBwTH2TIn3Dx+EAAAAAABmD29PEGYP6wwxZg/rTyBmD+tPMGYPcNHuZg/r0WZID37QSIXAdRBIg8dA" +
  "gf7ADwAASI12QHXJSIXAD4SAAAAATYXAD4SAAAAAMfZMifdmkGZBD28MMGZBD29UMBBmQQ9vXDAgZg/vDDFmD+9XEGZBD29kMDBm" +
  "D+vRZg/vXyBmD+9nMGYP6+NmD+viZg9wzO5mD+vMZkkPfs9Nhf91EEiDx0CB/sAPAABIjXZAdaJNhf91Fulr/v//Dx+EAAAAAABN" +
  "hcAPhFr+//9IhdJ0Ek2J3+s9Zi4PH4QAAAAAAA8fAE2NuwAQAABIi0wkoEiLVCTgTIkc0UiF23QPuQAQAABIid5Mid/zpOsESYPC" +
  "AUyJ2kyJ0UUx0kiFwEEPlcJJg/gBSYPS/0kBykGB4f8BAABIhcBJD0XHSokEyg+E4P3//7kAEAAATIn2TIn/86RJgccAEAAA6cf9" +
  "//8PH4AAAAAAVUFXQVZBVUFUU0mJ0UiJ9UmJ+EiLRzBIO0c4cyVJi0ggZi4PH4QAAAAAAA8fRAAASMcEwQAAAABIg8ABSTtAOHLu" +
  "ScdAQAAAAABMOc0PlMFJi0AISInCSIHC/wEAAEiB+gACAAAPksJIx0QkyAAAAAAIykyJRCSoTIlMJNB0c0Ux/0Ux0kiDwD9Ig/hA" +
  "D4NrAgAASMdEJLD/////SMdEJNgAAAAASMdEJMAAAAAAScHiDEmB+gAAAQAPgjcKAAC4HAAAALoEAAAATIn/TInWTInTRTHSRTHA" +
  "RTHJDwVJidpMi0QkqIXAD4USCgAA6Y4KAAC7AAIAAEUx/2YP78BFMdJFMeTrLWYuDx+EAAAAAABJi0AISYPEAUiNiP8BAABIwekJ" +
  "SIHDAAIAAEk5zA+DUv///0qLTOUASzsM4XTWTYnlScHlCesiuQAQAABMiffzpGYuDx+EAAAAAAAPH0QAAEmDxQFJOd10p0mLQAhJ" +
  "OcVzok2FyXQpTInoSMHoCUmLBMFIhcB0GUSJ6YHh/wEAAEiLNMhIhe11Dus1Dx9EAAAx9kiF7XQpTInoSMHoCUiLRMUASIXAdBhE" +
  "iemB4f8BAABIiwTISDnGdJbrCw8fQAAxwEg5xnSJTInoSMHoBkmLSBBJi1AYSIsUwkgLFMFMD6PqD4Jo////SYNAQAFNie5JweYM" +
  "TQMwSIX2D4U3////TYXSD4TXAAAATInWSMHmDEmNBDdMOfB0E0iB/gAAAQBzE0iF9nU46bQAAABJg8IB6Rv///+4HAAAALoEAAAA" +
  "TIn/RTHSRTHARTHJDwVMi0wk0EyLRCSohcAPhIEAAABJg8cwMcDrG2YPH4QAAAAAAEgFABAAAEmBxwAQAABIOfBzXjHJ6xZmLg8f" +
  "hAAAAAAASIPBQIH5ABAAAHTUZkEPb0wP4GZBD+tMD9BmQQ/rTA/wZkEP6wwPZg92yA9Q0YPyD3TNZkEPf0QP0GZBD39ED+BmQQ9/" +
  "RA/wZkEPfwQP67BNifdBugEAAADpYv7//0jHRCSw/////0jHRCTAAAAAAGYP78BIx0QkyAAAAABIx0Qk2AAAAAAx2+sfSIPLB2aQ" +
  "SIPDAUmLQAhIg8A/SMHoBkg5ww+DZf3//0mLQBD2wwd0DkyLJNhJi0gY62QPH0AATIsk2GYPb0zYEGYP60zYIGYP60zYMGYP6wzY" +
  "Zg92yA9QyYPxD0mLSBh1NWYPb0zZEGYP6wzZZg/rTNkgZg/rTNkwZg92yA9Q0YPyDw+EeP///2YuDx+EAAAAAAAPH0AATIsc2U0J" +
  "3A+EY////0jHBNgAAAAASInYSMHgBkiJRCT4SInYSMHoA0iJRCTwSIlcJOhIweMSSIlcJKBIx0Qk4AAAAADrJmYuDx+EAAAAAACJ" +
  "yEkBQEBJCetCgCQzgEmNRCT/SSHED4T0BQAA80kPvMxJic5MC3Qk+E2FyXQiSItEJPBJiwTBSIXAdBREifKB4v8BAABIiwTQ6wcP" +
  "H0QAADHATInlSPfdTCHlSYsQSYtYKE2J9UnB5QxJAdVJhesPhLsAAABIhcAPhHIBAABIA1QkoMHhDEgBykiDwjAx9jHJ6x1mLg8f" +
  "hAAAAAAADx8ASIPGQIH+ABAAAA+EsAEAAGYPbwwwZg9vVDAQZg9vXDAgZg9vZDAwZg9vbDLQZg/v6WYP71Qy4GYP71wy8GYP69Vm" +
  "D+8kMmYP6+NmD+viZg924A9Q/IP3D3SmZg9/TDLQDyhMMBAPKUwy4A8oTDAgDylMMvBmD29MMDBmD38MMrkBAAAA6Xf///8PH4AA" +
  "AAAAQoA8MwAPhLkBAABIhcAPhGUCAABIA1QkoMHhDEgBykiDwjAx9jHJ6xcPH4AAAAAASIPGQIH+ABAAAA+EkP7//2YPbwwwZg9v" +
  "VDAQZg9vXDAgZg9vZDAwZg9vbDLQZg/v6WYP71Qy4GYP71wy8GYP69VmD+8kMmYP6+NmD+viZg924A9Q/IP3D3SmZg9/TDLQDyhM" +
  "MBAPKUwy4A8oTDAgDylMMvBmD29MMDBmD38MMrkBAAAA6Xf///8PH4AAAAAASANUJKDB4QxIAcpIg8IwMfYxyesXZi4PH4QAAAAA" +
  "AJBIg8ZAgf4AEAAAdERmD29MMuBmD+tMMtBmD+tMMvBmD+sMMmYPdsgPUPmD9w900WYPf0Qy0GYPf0Qy4GYPf0Qy8GYPfwQyuQEA" +
  "AADrsw8fAEIPthQzic5JAXBAg+KAidaJ14XJdQ1CD7Y8M0CAxwFAD7b3Qog8MynWhNK5IAAAALoIAAAAD0TKOc4PjG79//9ICWwk" +
  "4Ej31Ukh60LGBDOASIXAD4VV/f//TYXSD4SYAQAATInbTInWSMHmDEmNBDdMOegPhI8BAABIgf4AAAEAD4OcAQAASIX2D4W9AQAA" +
  "6TwCAABIhcAPhB8BAABIA1QkoMHhDEgB0UiDwTAx0jH26x5mLg8fhAAAAAAADx9AAEiDwkCB+gAQAAAPhOEAAABmD28MEGYPb1QQ" +
  "EGYPb1wQIGYPb2QQMGYPb2wR0GYP7+lmD+9UEeBmD+9cEfBmD+vVZg/vJBFmD+vjZg/r4mYPduAPUPyD9w90pmYPf0wR0A8oTBAQ" +
  "DylMEeAPKEwQIA8pTBHwZg9vTBAwZg9/DBG+AQAAAOl3////SANUJKDB4QxIjQQRSIPAMDHSMcnrEZBIg8JAgfoAEAAAD4Qw/P//" +
  "Zg9vTBDgZg/rTBDQZg/rTBDwZg/rDBBmD3bID1Dxg/YPdM1mD39EENBmD39EEOBmD39EEPBmD38EELkBAAAA66+J8EkBQEDp4gEA" +
  "AEmDQEABTYXSdE5MiVwkuEyJ1kjB5gxJjQQ3TDnoD4QCAQAASIH+AAABAA+D/gAAAEiF9g+FHwEAAOmWAQAATYnvQboBAAAA6ab7" +
  "//9Jg8IBSYnb6Zr7//9Nie9BugEAAADpfAEAALgcAAAAugQAAABMif9FMdJFMcBFMckPBUyLTCTQTItEJKiFwA+EhAAAAEmDxzAx" +
  "wOseZi4PH4QAAAAAAGaQSAUAEAAASYHHABAAAEg58HNeMcnrFmYuDx+EAAAAAABIg8FAgfkAEAAAdNRmQQ9vTA/gZkEP60wP0GZB" +
  "D+tMD/BmQQ/rDA9mD3bID1DRg/IPdM1mQQ9/RA/QZkEPf0QP4GZBD39ED/BmQQ9/BA/rsE2J70G6AQAAAEmJ2+nN+v//SYPCAemv" +
  "AAAAuBwAAAC6BAAAAEyJ/0Ux0kUxwEUxyQ8FTItMJNBMi0QkqIXAD4R8AAAASYPHMDHA6xYPH0AASAUAEAAASYHHABAAAEg58HNe" +
  "McnrFmYuDx+EAAAAAABIg8FAgfkAEAAAdNRmQQ9vTA/gZkEP60wP0GZBD+tMD/BmQQ/rDA9mD3bID1DRg/IPdM1mQQ9/RA/QZkEP" +
  "f0QP4GZBD39ED/BmQQ9/BA/rsE2J70G6AQAAAEyLXCS4SAlsJOBCxgQzAekB+v//Dx8ASYtAGEiLXCToTIkc2EyJ2EjR6Ei5VVVV" +
  "VVVVVVVIIchJKcNMidhIujMzMzMzMzMzSCHQScHrAkkh00kBw0yJ2EjB6ARMAdhIvg8PDw8PDw8PSCHwSL8BAQEBAQEBAUgPr8dI" +
  "weg4SAFEJNhMi3Qk4E2F9g+El/j//0mLQCBMiTTYTInwSNHoSCHISSnGTInwSCHQScHuAkkh1kkBxkyJ8EjB6ARMAfBIIfBID6/H" +
  "SMHoOEgBRCTISItEJLBIOdhID0PDSIlEJLBIjUMBSIlEJMDpOvj//02F0g+EgQAAAEmDxzAxwGYP78DrFw8fRAAASAUAEAAASYHH" +
  "ABAAAEw50HNeMcnrFmYuDx+EAAAAAABIg8FAgfkAEAAAdNRmQQ9vTA/gZkEP60wP0GZBD+tMD/BmQQ/rDA9mD3bID1DRg/IPdM1m" +
  "QQ9/RA/QZkEPf0QP4GZBD39ED/BmQQ9/BA/rsEiLTCTASIXJSItEJLBID0TBSYlAMEmJSDhIi0Qk2EmJQEhIi0QkyFtBXEFdQV5B" +
  "X13DZi4PH4QAAAAAAA8fQAC4ugAAADH/MfYx0kUx0kUxwEUxyQ8Fw2YPH4QAAAAAAFVTifOJ/bgnAAAAMf8x9jHSRTHSRTHARTHJ" +
  "DwVIicdIY/VIY9O46gAAAEUx0kUxwEUxyQ8FW13DDx+EAAAAAACNT7+46v///4P54g+CnAAAAFOJ/0iNHUUsAAC5AQAAADHA8A+x" +
  "DLt1Zw8QBTAbAAAPKUQk8A8QBRQbAAAPKUQk4EiJ+EjB4AVIjRUhLQAASAHCuA0AAABBuggAAAAx9kUxwEUxyQ8FSIXAdRRIjXQk" +
  "4LgNAAAAMdJFMcBFMckPBTHJSIXAD5nBAcmHDLvrHZCLBLuD+AF1BPOQ6/SLBLsxyYP4Arjq////D0TBW8NmkIN+CP5yQUiLRhhI" +
  "icFIwekKSbgAAF0ZW5sdAEw5wXUnJf8DAADB4AVIjQ2xNAAAugEAAACHVAgESItECAhIhcB0H8ZAAQHDSGPHSMHgBUiNDWssAABI" +
  "iwQISIP4AnIC/+DDZi4PH4QAAAAAAA8fQAAPV8APEUQk4EiJ8EjB6AlIuVNam6AvuEQASPfhSMHqC0iJVCTwSGnCAMqaO0gpxkiJ" +
  "dCT4SGP/SI1UJOC43wAAADH2RTHSRTHARTHJDwXDkEFWU4Hn/wMAADHbg/4BD5XDQYn+QcHmBUiNDQE0AABJAc5Bi0SeFIXAdAWD" +
  "wP/reUi4AAAAdGVsbXZICfhIiUQkwIlUJMjHRCTMBAAAAMHnBYsED4lEJNAPV8APEUQk1A8RRCTkDxFEJPDHRCS8AAAAAEhj/kiN" +
  "dCTASI1UJLy43gAAAEUx0kUxwEUxyQ8FSIXAeASLRCS8hcB4DUmNDJ5Ig8EUjVABiRFbQV7DDx8ASI10JPC45AAAAL8DAAAAMdJF" +
  "MdJFMcBFMckPBUiFwHgOSGlEJPAAypo7SANEJPjDjU//uAEAAABI0+BIiUQk+EiNdCT4uA4AAAC/AQAAAEG6CAAAADHSRTHARTHJ" +
  "DwXDVUFXQVZBVUFUU4n7RTHkuLoAAAAx/zH2MdJFMdJFMcBFMckPBUmJxkyNLeEyAADrKmYuDx+EAAAAAAAPH0QAAIno8EUPsXUA" +
  "dGZJg8T/SYPFIEmB/AD8//90S0GLbQBEOfUPlMCF7Q+UwQjBddJMY/24JwAAADH/MfYx0kUx0kUxwEUxyQ8FSInHuOoAAABMif4x" +
  "0kUx0kUxwEUxyQ8Fg/j9dJzrpLjp////6fgAAAAxwDHJSYdNCEGHRQSF7XRqSWN9ELjiAAAAMfYx0kUx0kUxwEUxyQ8FSWN9FEiF" +
  "/3QYSIPH/7jiAAAAMfYx0kUx0kUxwEUxyQ8FQcdFFAAAAABJY30YSIX/dBhIg8f/uOIAAAAx9jHSRTHSRTHARTHJDwVBx0UYAAAA" +
  "AEi4AAAAdGVsbXZMKeBIiUQkwIlcJMjHRCTMBAAAAEGLRQCJRCTQD1fADxFEJNQPEUQk5A8RRCTwx0QkvAAAAABIjXQkwEiNVCS8" +
  "uN4AAAC/AQAAAEUx0kUxwEUxyQ8FSIXAeASLRCS8hcB4DEn33EGHRRBEieDrBjHJQYdNAFtBXEFdQV5BX13DZi4PH4QAAAAAAA8f" +
  "AFMPt8fB4AZIjQ1SsQAASItMCBhIizVGsUAADzFIidNIweMgSAnDSCnzD4aoAAAAZkgPbtnzD34NBMn//2YPYtlmDygVyMj//2YP" +
  "XNpmDyjDZg8Vw/IPWMNmD1fbZg8pXCTwSI10JPC45AAAAL8BAAAAMdJFMdJFMcBFMckPBUhpRCTwAMqaO0gDRCT4SIsN1bBAAEgp" +
  "yGZID27YZg9i2WYPXNpmDyjjZg8V4/IPWONmSA9u22YPYtlmD1zaZg8oy2YPFcvyD1jL8g9e4fIPWeDySA8sxFvDMcBbww8fRAAA" +
  "Uw+3x8HgBkiNDXKwAABIi0wIIEiLNWawQAAPMUiJ00jB4yBICcNIKfMPhqgAAABmSA9u2fMPfg0kyP//Zg9i2WYPKBXox///Zg9c" +
  "2mYPKMNmDxXD8g9Yw2YPV9tmDylcJPBIjXQk8LjkAAAAvwEAAAAx0kUx0kUxwEUxyQ8FSGlEJPAAypo7SANEJPhIiw31r0AASCnI" +
  "ZkgPbthmD2LZZg9c2mYPKONmDxXj8g9Y42ZID27bZg9i2WYPXNpmDyjLZg8Vy/IPWMvyD17h8g9Z4PJIDyzEW8MxwFvDDx9EAABB" +
  "VlOJ80mJ/kiLBZGvQABIhcB1Tw9XwA8pRCToSI10JOi45AAAAL8BAAAAMdJFMdJFMcBFMckPBUhpTCToAMqaO0gDTCTwMcDwSA+x" +
  "DVevQAB1EA8xSMHiIEgJwkiHFT2vQAC6AAABAIs1Qq9AAEiNPSuvAADrEWYPH4QAAAAAAIPGAoPC/nRwD7fOQYnIQcHgBkGLRDgE" +
  "qAF1EkkB+EGJwUGDyQHwRQ+xSAR0KI1GAQ+3yEGJyEHB4AZBi0Q4BKgBdb1JAfhBicFBg8kB8EUPsUgEdatNh3AQQYdYDEnHQCgA" +
  "AAAAD1fAQQ8RQBiNQQGHBbquQADrBbnp////ichbQV7DZi4PH4QAAAAAAA8fAA+3x8HgBkiNDYOuAAAx0kiHVAgQ8IMkCPjwg0QI" +
  "BAHDD7fHweAGSI0NY64AAItECATDZi4PH4QAAAAAAA8fQAAPt8fB4AZIjRVDrgAASI0MAosEEGYuDx+EAAAAAABmkKgBdRmJwoPi" +
  "+IPCCfAPsRF17kjHQSgAAAAAMcDDuPD////DZi4PH4QAAAAAAA8fAA+398HmBkiNPfOtAABIjQw3DzFIi3Q+KEiF9nQYSMHiIEgJ" +
  "0DHSSCnwSA9D0EgDUSBIiVEgSMdBKAAAAACLAZCJwoPi+PAPsRF19dHog+ABw2YuDx+EAAAAAAAPH0QAAA+3x8HgBkiNDZOtAACL" +
  "BAjR6IPgAcNmLg8fhAAAAAAAD7fHweAGSI0Vc60AAEiNDAKLBBBmLg8fhAAAAAAAZpCJwoPi+/APsRF19cHoAoPgAcNmLg8fhAAA" +
  "AAAADx9AALoCAAAA6wlmDx+EAAAAAAAPt8fB4AZIjQ0jrQAASI08AYsECGYuDx+EAAAAAABmkItPBDnxD4UWAQAAqAEPhBYBAAC5" +
  "AQAAAIXQD4UGAQAAQYnAQQnQ8EQPsQd100FWU0iD7CiLXwiF2w+E2AAAAIPD/4tHDA9XwA8pRCSgDylEJBAPKQQkDylEJPAPKUQk" +
  "4A8pRCTQDylEJMAPKUQksIlEJKDHRCSo/////7gnAAAAMf8x9jHSRTHSRTHARTHJDwWJRCSwSLkAAAB0ZWxtdkgJ2UiJTCS4SGP4" +
  "SMHjBUyNNUssAABCizQzSGNUJKBMjVQkoLgpAQAARTHARTHJDwWD+PV1OEkB3kGLRhAPEUQkgEjHRCSQAAAAAEjHRCSYAQAAAEhj" +
  "+EiNVCSAuN8AAAAx9kUx0kUxwEUxyQ8FhcC5AQAAAA9IyEiDxChbQV6JyMO5/f///4nIwzHAww8fQAC6BAAAAOmm/v//Zg8fRAAA" +
  "QVdBVkFUUw+3z8HhBkyNNbyrAABKi0QxEEiFwHRXSQHOifGB4f8DAADB4QVIjT2NKwAASYnATIdEOQiDxgFBh3YIMfZAhnABTI08" +
  "DzHAi0w5BIXJdQhBiw72wQZ0JjHJQYdOCEmHRwgxwEGHRwS5/P///+sFuer///+JyFtBXEFeQV/DidEPMUiJ00jB4yBICcNJi0Yo" +
  "SIXAdBQx0kiJ3kgpxkgPQ9ZJA1YgSYlWIEnHRigAAAAASGP5RTHkuBAAAAC+gK4AADHSRTHSRTHARTHJDwVIicEPMUjB4iBICcJI" +
  "idBIKdhJD0LESQNGGEmJRhiFyXQYMcBBh0YITYdnCIP5/A+EX////+ls////SYlWKDHAQYdGCE2HZwgxyelX////Zi4PH4QAAAAA" +
  "AA8fAEFWUw+3x8HgBkiNDZCqAABIi1wIEEiF23QosAGGQwFIY/5FMfa4EAAAAL6ArgAAMdJFMdJFMcBFMckPBUSGcwHrBbjq////" +
  "W0FewwAAAAAAAAAAAAAAAAAEAAAcAAAAAAAAAAAAAAAAAAAAAAAAAAAeAAAAAAAAAAgAAAAAAAAA+///bwAAAAAJAAAAAAAAAAcA" +
  "AAAAAAAAuAsAAAAAAAAIAAAAAAAAADAAAAAAAAAACQAAAAAAAAAYAAAAAAAAAPn//28AAAAAAgAAAAAAAAAGAAAAAAAAADgCAAAA" +
  "AAAACwAAAAAAAAAYAAAAAAAAAAUAAAAAAAAAiAgAAAAAAAAKAAAAAAAAAC4DAAAAAAAA9f7/bwAAAAAABwAAAAAAAAAAAAAAAAAA" +
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABjbGFuZyB2ZXJzaW9uIDIxLjEu" +
  "MABMaW5rZXI6IExMRCAyMS4xLjAAAC5keW5zeW0ALmdudS5oYXNoAC5keW5zdHIALnJlbGEuZHluAC5yb2RhdGEALmVoX2ZyYW1l" +
  "X2hkcgAuZWhfZnJhbWUALnRleHQALmRhdGEucmVsLnJvAC5keW5hbWljAC5yZWxyb19wYWRkaW5nAC5ic3MALmNvbW1lbnQALnNo" +
  "c3RydGFiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAA" +
  "CwAAAAIAAAAAAAAAOAIAAAAAAAA4AgAAAAAAAMgEAAAAAAAAAwAAAAEAAAAIAAAAAAAAABgAAAAAAAAACQAAAPb//28CAAAAAAAA" +
  "AAAHAAAAAAAAAAcAAAAAAACIAQAAAAAAAAEAAAAAAAAACAAAAAAAAAAAAAAAAAAAABMAAAADAAAAAgAAAAAAAACICAAAAAAAAIgI" +
  "AAAAAAAALgMAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAbAAAABAAAAAIAAAAAAAAAuAsAAAAAAAC4CwAAAAAAADAAAAAA" +
  "AAAAAQAAAAAAAAAIAAAAAAAAABgAAAAAAAAAJQAAAAEAAAAyAAAAAAAAAPALAAAAAAAA8AsAAAAAAACTAAAAAAAAAAAAAAAAAAAA" +
  "EAAAAAAAAAAAAAAAAAAAAC0AAAABAAAAAgAAAAAAAACEDAAAAAAAAIQMAAAAAAAArAEAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAA" +
  "AAAAAAA7AAAAAQAAAAIAAAAAAAAAMA4AAAAAAAAwDgAAAAAAAAwGAAAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAARQAAAAEA" +
  "AAAGAAAAAAAAAEAkAAAAAAAAQBQAAAAAAACrJQAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAEsAAAABAAAAAwAAAAAAAADw" +
  "WQAAAAAAAPA5AAAAAAAAIAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAAAAABYAAAABgAAAAMAAAAAAAAAEFoAAAAAAAAQOgAA" +
  "AAAAAMAAAAAAAAAAAwAAAAAAAAAIAAAAAAAAABAAAAAAAAAAYQAAAAgAAAADAAAAAAAAANBaAAAAAAAA0DoAAAAAAAAwBQAAAAAA" +
  "AAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAHAAAAAIAAAAAwAAAAAAAAAAawAAAAAAAAA7AAAAAAAAVIlAAAAAAAAAAAAAAAAAAEAA" +
  "AAAAAAAAAAAAAAAAAAB1AAAAAQAAADAAAAAAAAAAAAAAAAAAAAAAOwAAAAAAACgAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAEAAAAA" +
  "AAAAfgAAAAMAAAAAAAAAAAAAAAAAAAAAAAAAKDsAAAAAAACIAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAA==\";var RU" +
  "NNER_SYMBOLS={tgkill:{parameters:{tid:\"i32\",signal:\"i32\"},result:\"i32\"},installSignal:{parameters:{n" +
  "umber:\"i32\"},result:\"i32\"},unblockSignal:{parameters:{signal:\"i32\"},result:\"void\"},attachThread:{par" +
  "ameters:{signal:\"i32\"},result:\"i32\"},run:{parameters:{index:\"u32\",thread_index:\"u32\",vcpu:\"i32\"},res" +
  "ult:\"i32\"},threadTimer:{parameters:{thread_index:\"u32\",clock:\"i32\",signal:\"i32\"},result:\"i32\"},setTi" +
  "mer:{parameters:{timer:\"i32\",nanoseconds:\"address\"},result:\"i32\"},threadTime:{parameters:{},result:\"" +
  "i64\"}};var SHIM_SYMBOLS={...RUNNER_SYMBOLS,shimVersion:{parameters:{},result:\"u32\"},ioctl:{parameter" +
  "s:{fd:\"i32\",request:\"u32\",argument:\"address\"},result:\"i32\"},ioctlStruct:{parameters:{fd:\"i32\",reques" +
  "t:\"u32\",argument:\"buffer\"},result:\"i32\"},mmap:{parameters:{address:\"address\",length:\"address\",protec" +
  "tion:\"i32\",flags:\"i32\",fd:\"i32\",offset:\"address\"},result:\"i64\"},munmap:{parameters:{address:\"address" +
  "\",length:\"address\"},result:\"i32\"},mprotect:{parameters:{address:\"address\",length:\"address\",protectio" +
  "n:\"i32\"},result:\"i32\"},madvise:{parameters:{address:\"address\",length:\"address\",advice:\"i32\"},result:" +
  "\"i32\"},memfdCreate:{parameters:{name:\"buffer\",flags:\"u32\"},result:\"i32\"},ftruncate:{parameters:{fd:\"" +
  "i32\",length:\"address\"},result:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},result:" +
  "\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"},read:{parameters:{fd:\"i32\",to:\"buffer\",length:\"u32" +
  "\"},result:\"i32\"},getrlimit:{parameters:{resource:\"i32\",limit:\"buffer\"},result:\"i32\"},eventfd:{parame" +
  "ters:{value:\"u32\",flags:\"i32\"},result:\"i32\"},poll:{parameters:{fds:\"buffer\",count:\"u32\",milliseconds" +
  ":\"i32\"},result:\"i32\"},copy:{parameters:{to:\"address\",from:\"address\",length:\"address\"},result:\"void\"}" +
  ",copyIn:{parameters:{to:\"address\",from:\"buffer\",length:\"address\"},result:\"void\"},copyOut:{parameters" +
  ":{to:\"buffer\",from:\"address\",length:\"address\"},result:\"void\"},copyInGuarded:{parameters:{to:\"address" +
  "\",from:\"buffer\",length:\"address\"},result:\"i64\"},copyOutGuarded:{parameters:{to:\"buffer\",from:\"addres" +
  "s\",length:\"address\"},result:\"i64\"},addBits:{parameters:{to:\"address\",first:\"address\",from:\"address\"," +
  "count:\"address\"},result:\"void\"},takeBits:{parameters:{to:\"address\",from:\"address\",first:\"address\",co" +
  "unt:\"address\"},result:\"void\"},markPages:{parameters:{set:\"address\",first:\"address\",count:\"address\"}," +
  "result:\"void\"},markPresentPages:{parameters:{set:\"address\"},result:\"i32\"},countOwnPages:{parameters:" +
  "{memory:\"address\",pages:\"address\"},result:\"i64\"},countPages:{parameters:{set:\"address\"},result:\"i64\"" +
  "},forgetPages:{parameters:{set:\"address\"},result:\"void\"},capturePages:{parameters:{set:\"address\",bas" +
  "e:\"address\",arena:\"address\",first_zero:\"address\",end_zero:\"address\"},result:\"i64\"},restorePages:{par" +
  "ameters:{set:\"address\",base:\"address\",target:\"address\"},result:\"i32\"},gettid:{parameters:{},result:\"" +
  "i32\"},acquireCell:{parameters:{run:\"address\",signal:\"i32\"},result:\"i32\"},releaseCell:{parameters:{in" +
  "dex:\"u32\"},result:\"void\"},guestTime:{parameters:{index:\"u32\"},result:\"i64\"},hostTime:{parameters:{in" +
  "dex:\"u32\"},result:\"i64\"},cellEpoch:{parameters:{index:\"u32\"},result:\"u32\"},beginCall:{parameters:{in" +
  "dex:\"u32\"},result:\"i32\"},endCall:{parameters:{index:\"u32\"},result:\"i32\"},isCancelled:{parameters:{in" +
  "dex:\"u32\"},result:\"i32\"},kill:{parameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},pause:{parameters:" +
  "{index:\"u32\",epoch:\"u32\"},result:\"i32\"},takePause:{parameters:{index:\"u32\"},result:\"i32\"},settle:{pa" +
  "rameters:{index:\"u32\",vcpu:\"i32\"},result:\"i32\"}};var LIBC_SYMBOLS={memfd_create:{parameters:{name:\"b" +
  "uffer\",flags:\"u32\"},result:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},result:\"i3" +
  "2\"},write:{parameters:{fd:\"i32\",from:\"buffer\",length:\"address\"},result:\"i64\"},pread:{parameters:{fd:" +
  "\"i32\",to:\"buffer\",length:\"address\",offset:\"address\"},result:\"i64\"},readlink:{parameters:{path:\"buffe" +
  "r\",to:\"buffer\",length:\"address\"},result:\"i64\"},fcntl:{parameters:{fd:\"i32\",command:\"i32\",argument:\"i" +
  "32\"},result:\"i32\"},close:{parameters:{fd:\"i32\"},result:\"i32\"}},LIBC_NAMES=[\"libc.so.6\",\"libc.musl-x8" +
  "6_64.so.1\",\"libc.so\"],MFD_CLOEXEC=1,MFD_EXEC=16,O_RDWR=2,O_CLOEXEC=524288,O_TMPFILE=4259840,F_DUPFD_" +
  "CLOEXEC=1030,PREFERRED_FD=100,FIRST_FD=3,LAST_FD=356,TEMPORARY_FOLDERS=[\"/tmp\",\"/var/tmp\",\"/dev/shm\"" +
  "];function loadShim(adapter){let libc=openLibc(adapter),bytes=Uint8Array.from(atob(SHIM_BASE64),(cha" +
  "r)=>char.charCodeAt(0)),failures=[];for(let create of[createMemfd,createUnnamedFile]){let fd=findCop" +
  "y(libc,bytes)??publish(libc,create(libc),bytes);if(fd===void 0)continue;try{return bind(adapter,`/pr" +
  "oc/self/fd/${fd}`)}catch(error){libc.close(fd),failures.push(error)}}throw new VmletError(\"ERR_SHIM\"" +
  ",`Cannot load the native shim: neither a memfd nor an unnamed file in ${TEMPORARY_FOLDERS.join(\", \")" +
  "} can be executed here. Allow one of them (sysctl vm.memfd_noexec=0, or a temporary folder mounted w" +
  "ithout noexec)`,{cause:failures[0]})}function bind(adapter,path){let native={...bindShim(adapter,pat" +
  "h,SHIM_SYMBOLS),view:adapter.view,path};if(native.shimVersion()!==SHIM_VERSION)throw new VmletError(" +
  "\"ERR_SHIM\",`Cannot load the native shim: ${path} holds another version (${native.shimVersion().toStr" +
  "ing(16)} instead of ${SHIM_VERSION.toString(16)})`);return native}function openLibc(adapter){let fai" +
  "lures=[];for(let name of LIBC_NAMES)try{return adapter.open(name,LIBC_SYMBOLS)}catch(error){if(isPer" +
  "missionError(error))throw new VmletError(\"ERR_SHIM\",\"Cannot load the native shim: permission to call" +
  " native code is missing, run with --allow-ffi\",{cause:error});failures.push(error)}throw new VmletEr" +
  "ror(\"ERR_SHIM\",`Cannot load the native shim: no C library found as ${LIBC_NAMES.join(\", \")}`,{cause:" +
  "failures[0]})}function isPermissionError(error){return error instanceof Error&&[\"NotCapable\",\"Permis" +
  "sionDenied\"].includes(error.name)}function cString(text){return new TextEncoder().encode(`${text}\\x0" +
  "0`)}function createMemfd(libc){let name=cString(`vmlet-shim-${SHIM_HASH}`),fd=libc.memfd_create(name" +
  ",MFD_CLOEXEC|MFD_EXEC);return fd>=0?fd:libc.memfd_create(name,MFD_CLOEXEC)}function createUnnamedFil" +
  "e(libc){for(let folder of TEMPORARY_FOLDERS){let fd=libc.open(cString(folder),O_TMPFILE|O_RDWR|O_CLO" +
  "EXEC,448);if(fd>=0)return fd}return-1}function publish(libc,fd,bytes){if(fd<0)return;if(libc.write(f" +
  "d,bytes,bytes.length)!==bytes.length){libc.close(fd);return}let moved=libc.fcntl(fd,F_DUPFD_CLOEXEC," +
  "PREFERRED_FD);if(moved>=0)libc.close(fd);let published=moved>=0?moved:fd,lowest=findCopy(libc,bytes)" +
  "??published;if(lowest!==published)libc.close(published);return lowest}function findCopy(libc,bytes){" +
  "let link=new Uint8Array(256),content=new Uint8Array(bytes.length+1);for(let fd=FIRST_FD;fd<LAST_FD;f" +
  "d++){let length=libc.readlink(cString(`/proc/self/fd/${fd}`),link,link.length);if(length<=0)continue" +
  ";let name=new TextDecoder().decode(link.subarray(0,length));if(!(name.startsWith(`/memfd:vmlet-shim-" +
  "${SHIM_HASH}`)||name.endsWith(\" (deleted)\")&&TEMPORARY_FOLDERS.some((it)=>name.startsWith(`${it}/#`)" +
  "))||libc.pread(fd,content,content.length,0)!==bytes.length)continue;if(bytes.every((byte,i)=>byte===" +
  "content[i]))return fd}return}var TYPES={i32:\"i32\",u32:\"u32\",i64:\"i64_fast\",address:\"u64_fast\",buffer" +
  ":\"ptr\",void:\"void\"};function bunAdapter(ffi){return{open(path,symbols){let definitions=Object.fromEn" +
  "tries(Object.entries(symbols).map(([name,{parameters,result}])=>[name,{args:Object.values(parameters" +
  ").map((type)=>TYPES[type]),returns:TYPES[result]}]));return{...ffi.dlopen(path,definitions).symbols}" +
  "},view:(address,length)=>ffi.toArrayBuffer(address,0,length)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i" +
  "64\",address:\"usize\",buffer:\"buffer\",void:\"void\"};function denoAdapter(deno){return{open(path,symbols" +
  "){let definitions=Object.fromEntries(Object.entries(symbols).map(([name,{parameters,result}])=>[name" +
  ",{parameters:Object.values(parameters).map((type)=>TYPES2[type]),result:TYPES2[result]}])),functions" +
  "={...deno.dlopen(path,definitions).symbols};for(let[name,{result}]of Object.entries(symbols)){let na" +
  "tive=functions[name];if(native&&result===\"i64\")functions[name]=(...args)=>Number(native(...args))}re" +
  "turn functions},view:(address,length)=>deno.UnsafePointerView.getArrayBuffer(deno.UnsafePointer.crea" +
  "te(BigInt(address)),length)}}function adapterFor(globals){let{Deno:deno,Bun:bun,process}=globals;if(" +
  "bun===void 0&&typeof deno?.dlopen!==\"function\"){let name=process?.version===void 0?\"this one\":`Node." +
  "js ${process.version}`;throw new VmletError(\"ERR_UNSUPPORTED_RUNTIME\",`Cannot run guests: vmlet need" +
  "s Deno or Bun for native code, and ${name} is neither`)}let os=process?.platform??deno?.build?.os??\"" +
  "unknown\",arch=process?.arch??deno?.build?.arch??\"unknown\";if(os!==\"linux\"||arch!==\"x64\"&&arch!==\"x86" +
  "_64\")throw new VmletError(\"ERR_UNSUPPORTED_PLATFORM\",`Cannot run guests: vmlet needs Linux on x86_64" +
  ", and this is ${os} on ${arch}`);return bun===void 0?denoAdapter(deno):bunAdapter(process?.getBuilti" +
  "nModule?.(\"bun:ffi\"))}var loaded;function native(){return loaded??=loadShim(adapterFor(globalThis))}" +
  "var ESRCH=3,CELLS=65536;class InterruptHandle{#index;#generation;constructor({index,generation}){thi" +
  "s.#index=index,this.#generation=generation}static from(token){let{index,generation}=token??{};if(typ" +
  "eof index!==\"number\"||typeof generation!==\"number\")throw wrongType(\"Cannot make an interrupt handle:" +
  " the argument is not a token of one\");if(!(Number.isInteger(index)&&index>=0&&index<CELLS&&Number.is" +
  "Integer(generation)&&generation>0&&generation<4294967296&&generation%2===1))throw outOfRange(`Cannot" +
  " make an interrupt handle: no guest has the token ${index}, ${generation}`);return new InterruptHand" +
  "le({index,generation})}get token(){return{index:this.#index,generation:this.#generation}}get dropped" +
  "(){return native().cellEpoch(this.#index)!==this.#generation}kill(){return interrupted(native().kill" +
  "(this.#index,this.#generation))}pause(){return interrupted(native().pause(this.#index,this.#generati" +
  "on))}}function interrupted(result){if(result>=0)return result===1;if(result===-ESRCH)return!1;throw " +
  "new VmletError(\"ERR_LIMIT\",`Cannot signal the thread that runs the guest: ${errnoSymbol(-result)}`,{" +
  "errno:-result})}var ARRIVAL={opened:1,data:2,closed:3};var MAX_RECORD=16384;class Channel{shared;#wo" +
  "rds;#bytes;#seenPauses=0;constructor(shared){this.shared=shared??new SharedArrayBuffer(65556),this.#" +
  "words=new Int32Array(this.shared,0,5),this.#bytes=new Uint8Array(this.shared,20,65536)}put(type,byte" +
  "s=new Uint8Array(0)){let written=Atomics.load(this.#words,0),used=written-Atomics.load(this.#words,1" +
  ")>>>0,size=4+bytes.length;if(bytes.length>16384||used+size>65536)return!1;let header=Uint8Array.of(t" +
  "ype,0,bytes.length&255,bytes.length>>8);return this.#copyIn(written,header),this.#copyIn(written+4,b" +
  "ytes),Atomics.store(this.#words,0,written+size|0),Atomics.notify(this.#words,0),!0}take(){if(this.is" +
  "Empty)return;let taken=Atomics.load(this.#words,1),[type=0,,low=0,high=0]=this.#copyOut(taken,4),byt" +
  "es=this.#copyOut(taken+4,low|high<<8);return Atomics.store(this.#words,1,taken+4+bytes.length|0),{ty" +
  "pe,bytes}}get isEmpty(){return Atomics.load(this.#words,0)===Atomics.load(this.#words,1)}wait(millis" +
  "econds){let taken=Atomics.load(this.#words,1);Atomics.wait(this.#words,0,taken,milliseconds)}get isS" +
  "topped(){return Atomics.load(this.#words,2)===1}set isStopped(value){Atomics.store(this.#words,2,Num" +
  "ber(value))}pause(interrupt){Atomics.add(this.#words,3,1),interrupt(),Atomics.add(this.#words,4,1)}t" +
  "akePause(){let begun=Atomics.load(this.#words,3),done=Atomics.load(this.#words,4),isNew=begun!==done" +
  "||done!==this.#seenPauses;return this.#seenPauses=done,isNew}#copyIn(position,bytes){let at=(positio" +
  "n>>>0)%65536,first=Math.min(bytes.length,65536-at);this.#bytes.set(bytes.subarray(0,first),at),this." +
  "#bytes.set(bytes.subarray(first),0)}#copyOut(position,length){let at=(position>>>0)%65536,bytes=new " +
  "Uint8Array(length),first=Math.min(length,65536-at);return bytes.set(this.#bytes.subarray(at,at+first" +
  ")),bytes.set(this.#bytes.subarray(0,length-first),first),bytes}}var PATIENCE=5,scope=globalThis,buil" +
  "tin=(name)=>scope.process.getBuiltinModule(name),channel,guest,server,path,client,waiting=[];functio" +
  "n deliver(){if(!channel)return;for(let next=waiting[0];next;next=waiting[0]){if(!channel.put(...next" +
  ")){client?.pause(),setTimeout(deliver,PATIENCE);break}waiting.shift()}if(waiting.length===0)client?." +
  "resume();if(channel.isStopped||channel.isEmpty)return;channel.pause(()=>guest?.pause()),scope.postMe" +
  "ssage({type:\"arrived\"})}function arrived(type,bytes=new Uint8Array(0)){for(let at=0;at===0||at<bytes" +
  ".length;at+=MAX_RECORD)waiting.push([type,bytes.subarray(at,at+MAX_RECORD)]);deliver()}function conn" +
  "ected(socket){if(socket.on(\"error\",()=>{}),client)return socket.destroy();client=socket,socket.setNo" +
  "Delay(!0),socket.on(\"data\",(bytes)=>{if(socket===client)arrived(ARRIVAL.data,new Uint8Array(bytes))}" +
  "),socket.on(\"close\",()=>{if(socket!==client)return;client=void 0,arrived(ARRIVAL.closed)}),arrived(A" +
  "RRIVAL.opened)}function listen(at){let failed=(error)=>{let message=error instanceof Error?error.mes" +
  "sage:String(error);scope.postMessage({type:\"failed\",message})};try{let{createServer}=builtin(\"node:n" +
  "et\"),listener=createServer(connected);server=listener,listener.on(\"error\",failed),listener.listen(at" +
  ",()=>{try{if(\"path\"in at)return path=at.path,builtin(\"node:fs\").chmodSync(at.path,384),scope.postMes" +
  "sage({type:\"listening\",at});let address=listener.address(),port=typeof address===\"object\"&&address?a" +
  "ddress.port:at.port;scope.postMessage({type:\"listening\",at:{host:at.host,port}})}catch(error){failed" +
  "(error)}})}catch(error){failed(error)}}function end(){client?.end(),server?.close();try{if(path!==vo" +
  "id 0)builtin(\"node:fs\").unlinkSync(path)}catch{}setTimeout(()=>scope.close(),20)}scope.onmessage=({d" +
  "ata})=>{switch(data.type){case\"listen\":return channel=new Channel(data.shared),listen(data.at);case\"" +
  "guest\":if(guest=InterruptHandle.from(data.token),guest.dropped)guest=void 0;return;case\"send\":client" +
  "?.write(data.bytes);return;case\"hang up\":client?.end();return;case\"end\":end()}};scope.postMessage({t" +
  "ype:\"ready\"});";
