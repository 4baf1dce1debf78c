/** src/runner/main.ts with all that it imports, by `deno task workers`: do not edit. */
// deno-fmt-ignore-file

/** A script of 5480 characters. */
export const RUNNER_SCRIPT: string =
  "(()=>{function bindShim(adapter,path,definitions){let names=Object.keys(definitions),symbols=Object." +
  "fromEntries(names.map((name)=>[cName(name),definitions[name]])),library=adapter.open(path,symbols);r" +
  "eturn Object.fromEntries(names.map((name)=>[name,library[cName(name)]]))}function cName(name){return" +
  "`vmlet_${name.replace(/[A-Z]/g,(letter)=>`_${letter.toLowerCase()}`)}`}var RUNNER_SYMBOLS={installSi" +
  "gnal:{parameters:{number:\"i32\"},result:\"i32\"},unblockSignal:{parameters:{signal:\"i32\"},result:\"void\"" +
  "},attachThread:{parameters:{signal:\"i32\"},result:\"i32\"},run:{parameters:{index:\"u32\",thread_index:\"u" +
  "32\",vcpu:\"i32\"},result:\"i32\"},threadTimer:{parameters:{thread_index:\"u32\",clock:\"i32\",signal:\"i32\"}," +
  "result:\"i32\"},setTimer:{parameters:{timer:\"i32\",nanoseconds:\"address\"},result:\"i32\"},threadTime:{par" +
  "ameters:{},result:\"i64\"}};var TYPES={i32:\"i32\",u32:\"u32\",i64:\"i64_fast\",address:\"u64_fast\",buffer:\"p" +
  "tr\",void:\"void\"};function bunAdapter(ffi){return{open(path,symbols){let definitions=Object.fromEntri" +
  "es(Object.entries(symbols).map(([name,{parameters,result}])=>[name,{args:Object.values(parameters).m" +
  "ap((type)=>TYPES[type]),returns:TYPES[result]}]));return{...ffi.dlopen(path,definitions).symbols}},v" +
  "iew:(address,length)=>ffi.toArrayBuffer(address,0,length)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i64\"" +
  ",address:\"usize\",buffer:\"buffer\",void:\"void\"};function denoAdapter(deno){return{open(path,symbols){l" +
  "et definitions=Object.fromEntries(Object.entries(symbols).map(([name,{parameters,result}])=>[name,{p" +
  "arameters:Object.values(parameters).map((type)=>TYPES2[type]),result:TYPES2[result]}])),functions={." +
  "..deno.dlopen(path,definitions).symbols};for(let[name,{result}]of Object.entries(symbols)){let nativ" +
  "e=functions[name];if(native&&result===\"i64\")functions[name]=(...args)=>Number(native(...args))}retur" +
  "n functions},view:(address,length)=>deno.UnsafePointerView.getArrayBuffer(deno.UnsafePointer.create(" +
  "BigInt(address)),length)}}var CONTROLS=/[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f]/g;function printable(text){retur" +
  "n text.replaceAll(CONTROLS,\"�\")}class VmletError extends Error{name=\"VmletError\";code;constructor(co" +
  "de,message,details={}){let{cause,...facts}=details;super(printable(message),cause===void 0?void 0:{c" +
  "ause});this.code=code,Object.assign(this,facts)}}function adapterFor(globals){let{Deno:deno,Bun:bun," +
  "process}=globals;if(bun===void 0&&typeof deno?.dlopen!==\"function\"){let name=process?.version===void" +
  " 0?\"this one\":`Node.js ${process.version}`;throw new VmletError(\"ERR_UNSUPPORTED_RUNTIME\",`Cannot ru" +
  "n guests: vmlet needs Deno or Bun for native code, and ${name} is neither`)}let os=process?.platform" +
  "??deno?.build?.os??\"unknown\",arch=process?.arch??deno?.build?.arch??\"unknown\";if(os!==\"linux\"||arch!" +
  "==\"x64\"&&arch!==\"x86_64\")throw new VmletError(\"ERR_UNSUPPORTED_PLATFORM\",`Cannot run guests: vmlet n" +
  "eeds Linux on x86_64, and this is ${os} on ${arch}`);return bun===void 0?denoAdapter(deno):bunAdapte" +
  "r(process?.getBuiltinModule?.(\"bun:ffi\"))}var SHARED_SIZE=64,AT={state:0,cell:1,vcpu:2,signal:3,resu" +
  "lt:4,step:5,contended:6},TIME_AT={deadline:4,cpuBudget:5,cpuTime:6},STATE={idle:0,asked:1,done:2};va" +
  "r{process}=globalThis,EINTR=4,EAGAIN=11,CLOCK_MONOTONIC=1,CLOCK_THREAD_CPUTIME=3,QUANTUM=10,ROUNDING" +
  "=0.02,{memory,shim:path}=process.getBuiltinModule(\"node:worker_threads\").workerData,shared=new Int32" +
  "Array(memory,0,SHARED_SIZE/4),times=new Float64Array(memory,0,SHARED_SIZE/8),shim=bindShim(adapterFo" +
  "r(globalThis),path,RUNNER_SYMBOLS),signals=new Set,thread=-1;class Timer{#clock;#id=-1;armed=1/0;con" +
  "structor(clock){this.#clock=clock}need(time,now,signal){if(this.armed>now&&this.armed<=time+ROUNDING" +
  ")return 0;if(this.#id<0)this.#id=shim.threadTimer(thread,this.#clock,signal);if(this.#id<0)return th" +
  "is.#id;let wait=Math.max(0,time-now)+ROUNDING;return this.armed=now+wait,shim.setTimer(this.#id,Math" +
  ".round(wait*1e6))}}var wallTimer=new Timer(CLOCK_MONOTONIC),cpuTimer=new Timer(CLOCK_THREAD_CPUTIME)" +
  ",cpuNow=()=>shim.threadTime()/1e6;function prepare(signal){if(!signals.has(signal)){let result=shim." +
  "installSignal(signal);if(result<0)return failed(1,result);shim.unblockSignal(signal),signals.add(sig" +
  "nal)}if(thread>=0)return 0;return thread=shim.attachThread(signal),thread<0?failed(2,thread):0}funct" +
  "ion failed(step,result){return shared[AT.step]=step,result}function turn(cell,vcpu,signal,time,budge" +
  "t){let began=performance.now(),cpuBegan=budget===1/0?0:cpuNow();for(let now=began,cpu=cpuBegan;;){le" +
  "t result=wallTimer.need(Math.min(began+time,now+QUANTUM),now,signal);if(budget!==1/0&&result>=0)resu" +
  "lt=cpuTimer.need(cpuBegan+budget,cpu,signal);if(result<0)return failed(3,result);if(result=shim.run(" +
  "cell,thread,vcpu),budget!==1/0)cpu=cpuNow(),times[TIME_AT.cpuTime]=cpu-cpuBegan;if(result!==-EINTR&&" +
  "result!==-EAGAIN)return result;if(now=performance.now(),now-began>=time||cpu-cpuBegan>=budget)return" +
  "-EINTR;if(result===-EAGAIN)continue;let fired=now>=wallTimer.armed||cpu>=cpuTimer.armed;if(wallTimer" +
  ".armed=cpuTimer.armed=1/0,!fired||Atomics.load(shared,AT.contended))return-EINTR}}function serve(){f" +
  "or(let state=STATE.idle;;){while(state!==STATE.asked)Atomics.wait(shared,AT.state,state),state=Atomi" +
  "cs.load(shared,AT.state);let at=(place)=>shared[place],time=times[TIME_AT.deadline],budget=times[TIM" +
  "E_AT.cpuBudget];shared[AT.step]=0,times[TIME_AT.cpuTime]=0;let ready=prepare(at(AT.signal));shared[A" +
  "T.result]=ready<0?ready:turn(at(AT.cell),at(AT.vcpu),at(AT.signal),time,budget),state=STATE.done,Ato" +
  "mics.store(shared,AT.state,state),Atomics.notify(shared,AT.state)}}serve();})();";
