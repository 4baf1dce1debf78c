/** The runner, bundled from src/runner/main.ts by `deno task runner`: do not edit. */
// deno-fmt-ignore-file

/** A script of 7630 characters. */
export const RUNNER_SCRIPT: string =
  "(()=>{var SHIM_SYMBOLS={shimVersion:{parameters:{},result:\"u32\"},ioctl:{parameters:{fd:\"" +
  "i32\",request:\"u32\",argument:\"address\"},result:\"i32\"},ioctlStruct:{parameters:{fd:\"i32\",r" +
  "equest:\"u32\",argument:\"buffer\"},result:\"i32\"},mmap:{parameters:{address:\"address\",length" +
  ":\"address\",protection:\"i32\",flags:\"i32\",fd:\"i32\",offset:\"address\"},result:\"i64\"},munmap:" +
  "{parameters:{address:\"address\",length:\"address\"},result:\"i32\"},mprotect:{parameters:{add" +
  "ress:\"address\",length:\"address\",protection:\"i32\"},result:\"i32\"},madvise:{parameters:{add" +
  "ress:\"address\",length:\"address\",advice:\"i32\"},result:\"i32\"},memfdCreate:{parameters:{nam" +
  "e:\"buffer\",flags:\"u32\"},result:\"i32\"},ftruncate:{parameters:{fd:\"i32\",length:\"address\"}," +
  "result:\"i32\"},open:{parameters:{path:\"buffer\",flags:\"i32\",mode:\"u32\"},result:\"i32\"},clos" +
  "e:{parameters:{fd:\"i32\"},result:\"i32\"},read:{parameters:{fd:\"i32\",to:\"buffer\",length:\"u3" +
  "2\"},result:\"i32\"},getrlimit:{parameters:{resource:\"i32\",limit:\"buffer\"},result:\"i32\"},ev" +
  "entfd:{parameters:{value:\"u32\",flags:\"i32\"},result:\"i32\"},poll:{parameters:{fds:\"buffer\"" +
  ",count:\"u32\",milliseconds:\"i32\"},result:\"i32\"},copy:{parameters:{to:\"address\",from:\"addr" +
  "ess\",length:\"address\"},result:\"void\"},copyIn:{parameters:{to:\"address\",from:\"buffer\",len" +
  "gth:\"address\"},result:\"void\"},copyOut:{parameters:{to:\"buffer\",from:\"address\",length:\"ad" +
  "dress\"},result:\"void\"},copyPages:{parameters:{to:\"address\",from:\"address\",bitmap:\"buffer" +
  "\",pages:\"address\"},result:\"i64\"},copyInGuarded:{parameters:{to:\"address\",from:\"buffer\",l" +
  "ength:\"address\"},result:\"i64\"},copyOutGuarded:{parameters:{to:\"buffer\",from:\"address\",le" +
  "ngth:\"address\"},result:\"i64\"},gettid:{parameters:{},result:\"i32\"},tgkill:{parameters:{ti" +
  "d:\"i32\",signal:\"i32\"},result:\"i32\"},installSignal:{parameters:{number:\"i32\"},result:\"i32" +
  "\"},unblockSignal:{parameters:{signal:\"i32\"},result:\"void\"},attachThread:{parameters:{sig" +
  "nal:\"i32\"},result:\"i32\"},acquireCell:{parameters:{run:\"address\",signal:\"i32\"},result:\"i3" +
  "2\"},releaseCell:{parameters:{index:\"u32\"},result:\"void\"},cellEpoch:{parameters:{index:\"u" +
  "32\"},result:\"u32\"},beginCall:{parameters:{index:\"u32\"},result:\"i32\"},endCall:{parameters" +
  ":{index:\"u32\"},result:\"i32\"},isCancelled:{parameters:{index:\"u32\"},result:\"i32\"},kill:{p" +
  "arameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},pause:{parameters:{index:\"u32\",epoch:\"" +
  "u32\"},result:\"i32\"},takePause:{parameters:{index:\"u32\"},result:\"i32\"},run:{parameters:{i" +
  "ndex:\"u32\",thread_index:\"u32\",vcpu:\"i32\"},result:\"i32\"},settle:{parameters:{index:\"u32\"," +
  "vcpu:\"i32\"},result:\"i32\"},threadTimer:{parameters:{thread_index:\"u32\",clock:\"i32\",signal" +
  ":\"i32\"},result:\"i32\"},setTimer:{parameters:{timer:\"i32\",nanoseconds:\"address\"},result:\"i" +
  "32\"},threadTime:{parameters:{},result:\"i64\"}};function bindShim(adapter,path,names){let " +
  "symbols=Object.fromEntries(names.map((name)=>[cName(name),SHIM_SYMBOLS[name]])),library=" +
  "adapter.open(path,symbols);return Object.fromEntries(names.map((name)=>[name,library[cNa" +
  "me(name)]]))}function cName(name){return`vmlet_${name.replace(/[A-Z]/g,(letter)=>`_${let" +
  "ter.toLowerCase()}`)}`}var TYPES={i32:\"i32\",u32:\"u32\",i64:\"i64_fast\",address:\"u64_fast\"," +
  "buffer:\"ptr\",void:\"void\"};function bunAdapter(ffi){return{open(path,symbols){let definit" +
  "ions=Object.fromEntries(Object.entries(symbols).map(([name,{parameters,result}])=>[name," +
  "{args:Object.values(parameters).map((type)=>TYPES[type]),returns:TYPES[result]}]));retur" +
  "n{...ffi.dlopen(path,definitions).symbols}},view:(address,length)=>ffi.toArrayBuffer(add" +
  "ress,0,length)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i64\",address:\"usize\",buffer:\"buffer" +
  "\",void:\"void\"};function denoAdapter(deno){return{open(path,symbols){let definitions=Obje" +
  "ct.fromEntries(Object.entries(symbols).map(([name,{parameters,result}])=>[name,{paramete" +
  "rs:Object.values(parameters).map((type)=>TYPES2[type]),result:TYPES2[result]}])),functio" +
  "ns={...deno.dlopen(path,definitions).symbols};for(let[name,{result}]of Object.entries(sy" +
  "mbols)){let native=functions[name];if(native&&result===\"i64\")functions[name]=(...args)=>" +
  "Number(native(...args))}return functions},view:(address,length)=>deno.UnsafePointerView." +
  "getArrayBuffer(deno.UnsafePointer.create(BigInt(address)),length)}}class VmletError exte" +
  "nds Error{name=\"VmletError\";code;constructor(code,message,details={}){let{cause,...facts" +
  "}=details;super(message,cause===void 0?void 0:{cause});this.code=code,Object.assign(this" +
  ",facts)}}function adapterFor(globals){let{Deno:deno,Bun:bun,process}=globals;if(bun===vo" +
  "id 0&&typeof deno?.dlopen!==\"function\"){let name=process?.version===void 0?\"this one\":`N" +
  "ode.js ${process.version}`;throw new VmletError(\"ERR_UNSUPPORTED_RUNTIME\",`Cannot run gu" +
  "ests: vmlet needs Deno or Bun for native code, and ${name} is neither`)}let os=process?." +
  "platform??deno?.build?.os??\"unknown\",arch=process?.arch??deno?.build?.arch??\"unknown\";if" +
  "(os!==\"linux\"||arch!==\"x64\"&&arch!==\"x86_64\")throw new VmletError(\"ERR_UNSUPPORTED_PLATF" +
  "ORM\",`Cannot run guests: vmlet needs Linux on x86_64, and this is ${os} on ${arch}`);ret" +
  "urn bun===void 0?denoAdapter(deno):bunAdapter(process?.getBuiltinModule?.(\"bun:ffi\"))}va" +
  "r SHARED_SIZE=64,AT={state:0,cell:1,vcpu:2,signal:3,result:4,step:5,contended:6},TIME_AT" +
  "={deadline:4,cpuBudget:5,cpuTime:6},STATE={idle:0,asked:1,done:2};var{process}=globalThi" +
  "s,EINTR=4,EAGAIN=11,CLOCK_MONOTONIC=1,CLOCK_THREAD_CPUTIME=3,QUANTUM=10,ROUNDING=0.02,{m" +
  "emory,shim:path}=process.getBuiltinModule(\"node:worker_threads\").workerData,shared=new I" +
  "nt32Array(memory,0,SHARED_SIZE/4),times=new Float64Array(memory,0,SHARED_SIZE/8),shim=bi" +
  "ndShim(adapterFor(globalThis),path,[\"run\",\"attachThread\",\"installSignal\",\"unblockSignal\"" +
  ",\"threadTimer\",\"setTimer\",\"threadTime\"]),signals=new Set,thread=-1;class Timer{#clock;#i" +
  "d=-1;armed=1/0;constructor(clock){this.#clock=clock}need(time,now,signal){if(this.armed>" +
  "now&&this.armed<=time+ROUNDING)return 0;if(this.#id<0)this.#id=shim.threadTimer(thread,t" +
  "his.#clock,signal);if(this.#id<0)return this.#id;let wait=Math.max(0,time-now)+ROUNDING;" +
  "return this.armed=now+wait,shim.setTimer(this.#id,Math.round(wait*1e6))}}var wallTimer=n" +
  "ew Timer(CLOCK_MONOTONIC),cpuTimer=new Timer(CLOCK_THREAD_CPUTIME),cpuNow=()=>shim.threa" +
  "dTime()/1e6;function prepare(signal){if(!signals.has(signal)){let result=shim.installSig" +
  "nal(signal);if(result<0)return failed(1,result);shim.unblockSignal(signal),signals.add(s" +
  "ignal)}if(thread>=0)return 0;return thread=shim.attachThread(signal),thread<0?failed(2,t" +
  "hread):0}function failed(step,result){return shared[AT.step]=step,result}function turn(c" +
  "ell,vcpu,signal,time,budget){let began=performance.now(),cpuBegan=budget===1/0?0:cpuNow(" +
  ");for(let now=began,cpu=cpuBegan;;){let result=wallTimer.need(Math.min(began+time,now+QU" +
  "ANTUM),now,signal);if(budget!==1/0&&result>=0)result=cpuTimer.need(cpuBegan+budget,cpu,s" +
  "ignal);if(result<0)return failed(3,result);if(result=shim.run(cell,thread,vcpu),budget!=" +
  "=1/0)cpu=cpuNow(),times[TIME_AT.cpuTime]=cpu-cpuBegan;if(result!==-EINTR&&result!==-EAGA" +
  "IN)return result;if(now=performance.now(),now-began>=time||cpu-cpuBegan>=budget)return-E" +
  "INTR;if(result===-EAGAIN)continue;let fired=now>=wallTimer.armed||cpu>=cpuTimer.armed;if" +
  "(wallTimer.armed=cpuTimer.armed=1/0,!fired||Atomics.load(shared,AT.contended))return-EIN" +
  "TR}}function serve(){for(let state=STATE.idle;;){while(state!==STATE.asked)Atomics.wait(" +
  "shared,AT.state,state),state=Atomics.load(shared,AT.state);let at=(place)=>shared[place]" +
  ",time=times[TIME_AT.deadline],budget=times[TIME_AT.cpuBudget];shared[AT.step]=0,times[TI" +
  "ME_AT.cpuTime]=0;let ready=prepare(at(AT.signal));shared[AT.result]=ready<0?ready:turn(a" +
  "t(AT.cell),at(AT.vcpu),at(AT.signal),time,budget),state=STATE.done,Atomics.store(shared," +
  "AT.state,state),Atomics.notify(shared,AT.state)}}serve();})();";
