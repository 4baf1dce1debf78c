/** The runner, bundled from src/runner/main.ts by `deno task runner`: do not edit. */
// deno-fmt-ignore-file

/** A script of 8309 characters. */
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
  "dress\"},result:\"void\"},copyInGuarded:{parameters:{to:\"address\",from:\"buffer\",length:\"add" +
  "ress\"},result:\"i64\"},copyOutGuarded:{parameters:{to:\"buffer\",from:\"address\",length:\"addr" +
  "ess\"},result:\"i64\"},addBits:{parameters:{to:\"address\",first:\"address\",from:\"address\",cou" +
  "nt:\"address\"},result:\"void\"},takeBits:{parameters:{to:\"address\",from:\"address\",first:\"ad" +
  "dress\",count:\"address\"},result:\"void\"},markPages:{parameters:{set:\"address\",first:\"addre" +
  "ss\",count:\"address\"},result:\"void\"},markPresentPages:{parameters:{set:\"address\"},result:" +
  "\"i32\"},countPages:{parameters:{set:\"address\"},result:\"i64\"},forgetPages:{parameters:{set" +
  ":\"address\"},result:\"void\"},capturePages:{parameters:{set:\"address\",base:\"address\",arena:" +
  "\"address\",first_zero:\"address\",end_zero:\"address\"},result:\"i64\"},restorePages:{parameter" +
  "s:{set:\"address\",base:\"address\",target:\"address\"},result:\"i64\"},gettid:{parameters:{},re" +
  "sult:\"i32\"},tgkill:{parameters:{tid:\"i32\",signal:\"i32\"},result:\"i32\"},installSignal:{par" +
  "ameters:{number:\"i32\"},result:\"i32\"},unblockSignal:{parameters:{signal:\"i32\"},result:\"vo" +
  "id\"},attachThread:{parameters:{signal:\"i32\"},result:\"i32\"},acquireCell:{parameters:{run:" +
  "\"address\",signal:\"i32\"},result:\"i32\"},releaseCell:{parameters:{index:\"u32\"},result:\"void" +
  "\"},cellEpoch:{parameters:{index:\"u32\"},result:\"u32\"},beginCall:{parameters:{index:\"u32\"}" +
  ",result:\"i32\"},endCall:{parameters:{index:\"u32\"},result:\"i32\"},isCancelled:{parameters:{" +
  "index:\"u32\"},result:\"i32\"},kill:{parameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},paus" +
  "e:{parameters:{index:\"u32\",epoch:\"u32\"},result:\"i32\"},takePause:{parameters:{index:\"u32\"" +
  "},result:\"i32\"},run:{parameters:{index:\"u32\",thread_index:\"u32\",vcpu:\"i32\"},result:\"i32\"" +
  "},settle:{parameters:{index:\"u32\",vcpu:\"i32\"},result:\"i32\"},threadTimer:{parameters:{thr" +
  "ead_index:\"u32\",clock:\"i32\",signal:\"i32\"},result:\"i32\"},setTimer:{parameters:{timer:\"i32" +
  "\",nanoseconds:\"address\"},result:\"i32\"},threadTime:{parameters:{},result:\"i64\"}};function" +
  " bindShim(adapter,path,names){let symbols=Object.fromEntries(names.map((name)=>[cName(na" +
  "me),SHIM_SYMBOLS[name]])),library=adapter.open(path,symbols);return Object.fromEntries(n" +
  "ames.map((name)=>[name,library[cName(name)]]))}function cName(name){return`vmlet_${name." +
  "replace(/[A-Z]/g,(letter)=>`_${letter.toLowerCase()}`)}`}var TYPES={i32:\"i32\",u32:\"u32\"," +
  "i64:\"i64_fast\",address:\"u64_fast\",buffer:\"ptr\",void:\"void\"};function bunAdapter(ffi){ret" +
  "urn{open(path,symbols){let definitions=Object.fromEntries(Object.entries(symbols).map(([" +
  "name,{parameters,result}])=>[name,{args:Object.values(parameters).map((type)=>TYPES[type" +
  "]),returns:TYPES[result]}]));return{...ffi.dlopen(path,definitions).symbols}},view:(addr" +
  "ess,length)=>ffi.toArrayBuffer(address,0,length)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i" +
  "64\",address:\"usize\",buffer:\"buffer\",void:\"void\"};function denoAdapter(deno){return{open(" +
  "path,symbols){let definitions=Object.fromEntries(Object.entries(symbols).map(([name,{par" +
  "ameters,result}])=>[name,{parameters:Object.values(parameters).map((type)=>TYPES2[type])" +
  ",result:TYPES2[result]}])),functions={...deno.dlopen(path,definitions).symbols};for(let[" +
  "name,{result}]of Object.entries(symbols)){let native=functions[name];if(native&&result==" +
  "=\"i64\")functions[name]=(...args)=>Number(native(...args))}return functions},view:(addres" +
  "s,length)=>deno.UnsafePointerView.getArrayBuffer(deno.UnsafePointer.create(BigInt(addres" +
  "s)),length)}}var CONTROLS=/[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f]/g;function printable(text){return" +
  " text.replaceAll(CONTROLS,\"�\")}class VmletError extends Error{name=\"VmletError\";code;con" +
  "structor(code,message,details={}){let{cause,...facts}=details;super(printable(message),c" +
  "ause===void 0?void 0:{cause});this.code=code,Object.assign(this,facts)}}function adapter" +
  "For(globals){let{Deno:deno,Bun:bun,process}=globals;if(bun===void 0&&typeof deno?.dlopen" +
  "!==\"function\"){let name=process?.version===void 0?\"this one\":`Node.js ${process.version}" +
  "`;throw new VmletError(\"ERR_UNSUPPORTED_RUNTIME\",`Cannot run guests: vmlet needs Deno or" +
  " Bun for native code, and ${name} is neither`)}let os=process?.platform??deno?.build?.os" +
  "??\"unknown\",arch=process?.arch??deno?.build?.arch??\"unknown\";if(os!==\"linux\"||arch!==\"x6" +
  "4\"&&arch!==\"x86_64\")throw new VmletError(\"ERR_UNSUPPORTED_PLATFORM\",`Cannot run guests: " +
  "vmlet needs Linux on x86_64, and this is ${os} on ${arch}`);return bun===void 0?denoAdap" +
  "ter(deno):bunAdapter(process?.getBuiltinModule?.(\"bun:ffi\"))}var SHARED_SIZE=64,AT={stat" +
  "e:0,cell:1,vcpu:2,signal:3,result:4,step:5,contended:6},TIME_AT={deadline:4,cpuBudget:5," +
  "cpuTime:6},STATE={idle:0,asked:1,done:2};var{process}=globalThis,EINTR=4,EAGAIN=11,CLOCK" +
  "_MONOTONIC=1,CLOCK_THREAD_CPUTIME=3,QUANTUM=10,ROUNDING=0.02,{memory,shim:path}=process." +
  "getBuiltinModule(\"node:worker_threads\").workerData,shared=new Int32Array(memory,0,SHARED" +
  "_SIZE/4),times=new Float64Array(memory,0,SHARED_SIZE/8),shim=bindShim(adapterFor(globalT" +
  "his),path,[\"run\",\"attachThread\",\"installSignal\",\"unblockSignal\",\"threadTimer\",\"setTimer\"" +
  ",\"threadTime\"]),signals=new Set,thread=-1;class Timer{#clock;#id=-1;armed=1/0;constructo" +
  "r(clock){this.#clock=clock}need(time,now,signal){if(this.armed>now&&this.armed<=time+ROU" +
  "NDING)return 0;if(this.#id<0)this.#id=shim.threadTimer(thread,this.#clock,signal);if(thi" +
  "s.#id<0)return this.#id;let wait=Math.max(0,time-now)+ROUNDING;return this.armed=now+wai" +
  "t,shim.setTimer(this.#id,Math.round(wait*1e6))}}var wallTimer=new Timer(CLOCK_MONOTONIC)" +
  ",cpuTimer=new Timer(CLOCK_THREAD_CPUTIME),cpuNow=()=>shim.threadTime()/1e6;function prep" +
  "are(signal){if(!signals.has(signal)){let result=shim.installSignal(signal);if(result<0)r" +
  "eturn failed(1,result);shim.unblockSignal(signal),signals.add(signal)}if(thread>=0)retur" +
  "n 0;return thread=shim.attachThread(signal),thread<0?failed(2,thread):0}function failed(" +
  "step,result){return shared[AT.step]=step,result}function turn(cell,vcpu,signal,time,budg" +
  "et){let began=performance.now(),cpuBegan=budget===1/0?0:cpuNow();for(let now=began,cpu=c" +
  "puBegan;;){let result=wallTimer.need(Math.min(began+time,now+QUANTUM),now,signal);if(bud" +
  "get!==1/0&&result>=0)result=cpuTimer.need(cpuBegan+budget,cpu,signal);if(result<0)return" +
  " failed(3,result);if(result=shim.run(cell,thread,vcpu),budget!==1/0)cpu=cpuNow(),times[T" +
  "IME_AT.cpuTime]=cpu-cpuBegan;if(result!==-EINTR&&result!==-EAGAIN)return result;if(now=p" +
  "erformance.now(),now-began>=time||cpu-cpuBegan>=budget)return-EINTR;if(result===-EAGAIN)" +
  "continue;let fired=now>=wallTimer.armed||cpu>=cpuTimer.armed;if(wallTimer.armed=cpuTimer" +
  ".armed=1/0,!fired||Atomics.load(shared,AT.contended))return-EINTR}}function serve(){for(" +
  "let state=STATE.idle;;){while(state!==STATE.asked)Atomics.wait(shared,AT.state,state),st" +
  "ate=Atomics.load(shared,AT.state);let at=(place)=>shared[place],time=times[TIME_AT.deadl" +
  "ine],budget=times[TIME_AT.cpuBudget];shared[AT.step]=0,times[TIME_AT.cpuTime]=0;let read" +
  "y=prepare(at(AT.signal));shared[AT.result]=ready<0?ready:turn(at(AT.cell),at(AT.vcpu),at" +
  "(AT.signal),time,budget),state=STATE.done,Atomics.store(shared,AT.state,state),Atomics.n" +
  "otify(shared,AT.state)}}serve();})();";
