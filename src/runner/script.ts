/** src/runner/main.ts with all that it imports, by `deno task workers`: do not edit. */
// deno-fmt-ignore-file

/** A script of 5994 characters. */
export const RUNNER_SCRIPT: string =
  "(()=>{function bindShim(adapter,path,definitions){let names=Object.keys(definitions),symbols=Object." +
  "fromEntries(names.map((name)=>[cName(name),definitions[name]])),library=adapter.open(path,symbols);r" +
  "eturn Object.fromEntries(names.map((name)=>[name,library[cName(name)]]))}function cName(name){return" +
  "`vmlet_${name.replace(/[A-Z]/g,(letter)=>`_${letter.toLowerCase()}`)}`}var RUNNER_SYMBOLS={tgkill:{p" +
  "arameters:{tid:\"i32\",signal:\"i32\"},result:\"i32\"},installSignal:{parameters:{number:\"i32\"},result:\"i3" +
  "2\"},unblockSignal:{parameters:{signal:\"i32\"},result:\"void\"},attachThread:{parameters:{signal:\"i32\"}," +
  "result:\"i32\"},run:{parameters:{index:\"u32\",thread_index:\"u32\",vcpu:\"i32\"},result:\"i32\"},threadTimer:" +
  "{parameters:{thread_index:\"u32\",clock:\"i32\",signal:\"i32\"},result:\"i32\"},setTimer:{parameters:{timer:" +
  "\"i32\",nanoseconds:\"address\"},result:\"i32\"},threadTime:{parameters:{},result:\"i64\"}};var TYPES={i32:\"" +
  "i32\",u32:\"u32\",i64:\"i64_fast\",address:\"u64_fast\",buffer:\"ptr\",void:\"void\"};function bunAdapter(ffi){" +
  "return{open(path,symbols){let definitions=Object.fromEntries(Object.entries(symbols).map(([name,{par" +
  "ameters,result}])=>[name,{args:Object.values(parameters).map((type)=>TYPES[type]),returns:TYPES[resu" +
  "lt]}]));return{...ffi.dlopen(path,definitions).symbols}},view:(address,length)=>ffi.toArrayBuffer(ad" +
  "dress,0,length)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i64\",address:\"usize\",buffer:\"buffer\",void:\"voi" +
  "d\"};function denoAdapter(deno){return{open(path,symbols){let definitions=Object.fromEntries(Object.e" +
  "ntries(symbols).map(([name,{parameters,result}])=>[name,{parameters:Object.values(parameters).map((t" +
  "ype)=>TYPES2[type]),result:TYPES2[result]}])),functions={...deno.dlopen(path,definitions).symbols};f" +
  "or(let[name,{result}]of Object.entries(symbols)){let native=functions[name];if(native&&result===\"i64" +
  "\")functions[name]=(...args)=>Number(native(...args))}return functions},view:(address,length)=>deno.U" +
  "nsafePointerView.getArrayBuffer(deno.UnsafePointer.create(BigInt(address)),length)}}var CONTROLS=/[\\" +
  "0-\\x08\\x0b-\\x1f\\x7f-\\x9f]/g;function printable(text){return text.replaceAll(CONTROLS,\"�\")}var setRep" +
  "ort;class VmletError extends Error{#report;name=\"VmletError\";code;constructor(code,message,details={" +
  "}){let{cause,...facts}=details;super(printable(message),cause===void 0?void 0:{cause});this.code=cod" +
  "e,Object.assign(this,facts)}report(){return this.#report?printable(this.#report()):this.message}stat" +
  "ic{setReport=(error,report)=>{error.#report=report}}}function adapterFor(globals){let{Deno:deno,Bun:" +
  "bun,process}=globals;if(bun===void 0&&typeof deno?.dlopen!==\"function\"){let name=process?.version===" +
  "void 0?\"this one\":`Node.js ${process.version}`;throw new VmletError(\"ERR_UNSUPPORTED_RUNTIME\",`Canno" +
  "t run guests: vmlet needs Deno or Bun for native code, and ${name} is neither`)}let os=process?.plat" +
  "form??deno?.build?.os??\"unknown\",arch=process?.arch??deno?.build?.arch??\"unknown\";if(os!==\"linux\"||a" +
  "rch!==\"x64\"&&arch!==\"x86_64\")throw new VmletError(\"ERR_UNSUPPORTED_PLATFORM\",`Cannot run guests: vml" +
  "et needs Linux on x86_64, and this is ${os} on ${arch}`);return bun===void 0?denoAdapter(deno):bunAd" +
  "apter(process?.getBuiltinModule?.(\"bun:ffi\"))}var SHARED_SIZE=64,AT={state:0,cell:1,vcpu:2,signal:3," +
  "result:4,step:5,contended:6,isLong:7},TIME_AT={deadline:4,cpuBudget:5,cpuTime:6,took:7},STATE={idle:" +
  "0,asked:1,done:2};var{process}=globalThis,ESRCH=3,EINTR=4,EAGAIN=11,CLOCK_MONOTONIC=1,CLOCK_THREAD_C" +
  "PUTIME=3,QUANTUM=10,FIRST_QUANTUM=4,IDLE=1e4,ROUNDING=0.02,{memory,shim:path,owner}=process.getBuilt" +
  "inModule(\"node:worker_threads\").workerData,shared=new Int32Array(memory,0,SHARED_SIZE/4),times=new F" +
  "loat64Array(memory,0,SHARED_SIZE/8),shim=bindShim(adapterFor(globalThis),path,RUNNER_SYMBOLS),signal" +
  "s=new Set,thread=-1;function isAlone(){return shim.tgkill(owner,0)===-ESRCH}class Timer{#clock;#id=-" +
  "1;armed=1/0;constructor(clock){this.#clock=clock}need(time,now,signal){if(this.armed>now&&this.armed" +
  "<=time+ROUNDING)return 0;if(this.#id<0)this.#id=shim.threadTimer(thread,this.#clock,signal);if(this." +
  "#id<0)return this.#id;let wait=Math.max(0,time-now)+ROUNDING;return this.armed=now+wait,shim.setTime" +
  "r(this.#id,Math.round(wait*1e6))}}var wallTimer=new Timer(CLOCK_MONOTONIC),cpuTimer=new Timer(CLOCK_" +
  "THREAD_CPUTIME),cpuNow=()=>shim.threadTime()/1e6;function prepare(signal){if(!signals.has(signal)){l" +
  "et result=shim.installSignal(signal);if(result<0)return failed(1,result);shim.unblockSignal(signal)," +
  "signals.add(signal)}if(thread>=0)return 0;return thread=shim.attachThread(signal),thread<0?failed(2," +
  "thread):0}function failed(step,result){return shared[AT.step]=step,result}function turn(cell,vcpu,si" +
  "gnal,time,budget){let quantum=shared[AT.isLong]?QUANTUM:FIRST_QUANTUM,began=performance.now(),cpuBeg" +
  "an=budget===1/0?0:cpuNow();for(let now=began,cpu=cpuBegan;;){let result=wallTimer.need(Math.min(bega" +
  "n+time,now+quantum),now,signal);if(budget!==1/0&&result>=0)result=cpuTimer.need(cpuBegan+budget,cpu," +
  "signal);if(result<0)return failed(3,result);if(result=shim.run(cell,thread,vcpu),budget!==1/0)cpu=cp" +
  "uNow(),times[TIME_AT.cpuTime]=cpu-cpuBegan;if(result!==-EINTR&&result!==-EAGAIN)return result;if(now" +
  "=performance.now(),now-began>=time||cpu-cpuBegan>=budget)return-EINTR;if(result===-EAGAIN)continue;l" +
  "et fired=now>=wallTimer.armed||cpu>=cpuTimer.armed;if(wallTimer.armed=cpuTimer.armed=1/0,!fired||Ato" +
  "mics.load(shared,AT.contended)||isAlone())return-EINTR;quantum=QUANTUM}}function serve(){for(let sta" +
  "te=STATE.idle;;){while(state!==STATE.asked){if(Atomics.wait(shared,AT.state,state,IDLE)===\"timed-out" +
  "\"&&isAlone())return;state=Atomics.load(shared,AT.state)}let at=(place)=>shared[place],time=times[TIM" +
  "E_AT.deadline],budget=times[TIME_AT.cpuBudget];shared[AT.step]=0,times[TIME_AT.cpuTime]=0;let ready=" +
  "prepare(at(AT.signal)),began=performance.now();shared[AT.result]=ready<0?ready:turn(at(AT.cell),at(A" +
  "T.vcpu),at(AT.signal),time,budget),times[TIME_AT.took]=performance.now()-began,state=STATE.done,Atom" +
  "ics.store(shared,AT.state,state),Atomics.notify(shared,AT.state)}}serve();process.exit();})();";
