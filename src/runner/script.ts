/** The runner, bundled from src/runner/main.ts by `deno task runner`: do not edit. */
// deno-fmt-ignore-file

/** A script of 5480 characters. */
export const RUNNER_SCRIPT: string =
  "(()=>{function bindShim(adapter,path,definitions){let names=Object.keys(definitions),sym" +
  "bols=Object.fromEntries(names.map((name)=>[cName(name),definitions[name]])),library=adap" +
  "ter.open(path,symbols);return Object.fromEntries(names.map((name)=>[name,library[cName(n" +
  "ame)]]))}function cName(name){return`vmlet_${name.replace(/[A-Z]/g,(letter)=>`_${letter." +
  "toLowerCase()}`)}`}var RUNNER_SYMBOLS={installSignal:{parameters:{number:\"i32\"},result:\"" +
  "i32\"},unblockSignal:{parameters:{signal:\"i32\"},result:\"void\"},attachThread:{parameters:{" +
  "signal:\"i32\"},result:\"i32\"},run:{parameters:{index:\"u32\",thread_index:\"u32\",vcpu:\"i32\"}," +
  "result:\"i32\"},threadTimer:{parameters:{thread_index:\"u32\",clock:\"i32\",signal:\"i32\"},resu" +
  "lt:\"i32\"},setTimer:{parameters:{timer:\"i32\",nanoseconds:\"address\"},result:\"i32\"},threadT" +
  "ime:{parameters:{},result:\"i64\"}};var TYPES={i32:\"i32\",u32:\"u32\",i64:\"i64_fast\",address:" +
  "\"u64_fast\",buffer:\"ptr\",void:\"void\"};function bunAdapter(ffi){return{open(path,symbols){" +
  "let definitions=Object.fromEntries(Object.entries(symbols).map(([name,{parameters,result" +
  "}])=>[name,{args:Object.values(parameters).map((type)=>TYPES[type]),returns:TYPES[result" +
  "]}]));return{...ffi.dlopen(path,definitions).symbols}},view:(address,length)=>ffi.toArra" +
  "yBuffer(address,0,length)}}var TYPES2={i32:\"i32\",u32:\"u32\",i64:\"i64\",address:\"usize\",buf" +
  "fer:\"buffer\",void:\"void\"};function denoAdapter(deno){return{open(path,symbols){let defin" +
  "itions=Object.fromEntries(Object.entries(symbols).map(([name,{parameters,result}])=>[nam" +
  "e,{parameters:Object.values(parameters).map((type)=>TYPES2[type]),result:TYPES2[result]}" +
  "])),functions={...deno.dlopen(path,definitions).symbols};for(let[name,{result}]of Object" +
  ".entries(symbols)){let native=functions[name];if(native&&result===\"i64\")functions[name]=" +
  "(...args)=>Number(native(...args))}return functions},view:(address,length)=>deno.UnsafeP" +
  "ointerView.getArrayBuffer(deno.UnsafePointer.create(BigInt(address)),length)}}var CONTRO" +
  "LS=/[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f]/g;function printable(text){return text.replaceAll(CONTRO" +
  "LS,\"�\")}class VmletError extends Error{name=\"VmletError\";code;constructor(code,message,d" +
  "etails={}){let{cause,...facts}=details;super(printable(message),cause===void 0?void 0:{c" +
  "ause});this.code=code,Object.assign(this,facts)}}function adapterFor(globals){let{Deno:d" +
  "eno,Bun:bun,process}=globals;if(bun===void 0&&typeof deno?.dlopen!==\"function\"){let name" +
  "=process?.version===void 0?\"this one\":`Node.js ${process.version}`;throw new VmletError(" +
  "\"ERR_UNSUPPORTED_RUNTIME\",`Cannot run guests: vmlet needs Deno or Bun for native code, a" +
  "nd ${name} is neither`)}let os=process?.platform??deno?.build?.os??\"unknown\",arch=proces" +
  "s?.arch??deno?.build?.arch??\"unknown\";if(os!==\"linux\"||arch!==\"x64\"&&arch!==\"x86_64\")thr" +
  "ow new VmletError(\"ERR_UNSUPPORTED_PLATFORM\",`Cannot run guests: vmlet needs Linux on x8" +
  "6_64, and this is ${os} on ${arch}`);return bun===void 0?denoAdapter(deno):bunAdapter(pr" +
  "ocess?.getBuiltinModule?.(\"bun:ffi\"))}var SHARED_SIZE=64,AT={state:0,cell:1,vcpu:2,signa" +
  "l:3,result:4,step:5,contended:6},TIME_AT={deadline:4,cpuBudget:5,cpuTime:6},STATE={idle:" +
  "0,asked:1,done:2};var{process}=globalThis,EINTR=4,EAGAIN=11,CLOCK_MONOTONIC=1,CLOCK_THRE" +
  "AD_CPUTIME=3,QUANTUM=10,ROUNDING=0.02,{memory,shim:path}=process.getBuiltinModule(\"node:" +
  "worker_threads\").workerData,shared=new Int32Array(memory,0,SHARED_SIZE/4),times=new Floa" +
  "t64Array(memory,0,SHARED_SIZE/8),shim=bindShim(adapterFor(globalThis),path,RUNNER_SYMBOL" +
  "S),signals=new Set,thread=-1;class Timer{#clock;#id=-1;armed=1/0;constructor(clock){this" +
  ".#clock=clock}need(time,now,signal){if(this.armed>now&&this.armed<=time+ROUNDING)return " +
  "0;if(this.#id<0)this.#id=shim.threadTimer(thread,this.#clock,signal);if(this.#id<0)retur" +
  "n this.#id;let wait=Math.max(0,time-now)+ROUNDING;return this.armed=now+wait,shim.setTim" +
  "er(this.#id,Math.round(wait*1e6))}}var wallTimer=new Timer(CLOCK_MONOTONIC),cpuTimer=new" +
  " Timer(CLOCK_THREAD_CPUTIME),cpuNow=()=>shim.threadTime()/1e6;function prepare(signal){i" +
  "f(!signals.has(signal)){let result=shim.installSignal(signal);if(result<0)return failed(" +
  "1,result);shim.unblockSignal(signal),signals.add(signal)}if(thread>=0)return 0;return th" +
  "read=shim.attachThread(signal),thread<0?failed(2,thread):0}function failed(step,result){" +
  "return shared[AT.step]=step,result}function turn(cell,vcpu,signal,time,budget){let began" +
  "=performance.now(),cpuBegan=budget===1/0?0:cpuNow();for(let now=began,cpu=cpuBegan;;){le" +
  "t result=wallTimer.need(Math.min(began+time,now+QUANTUM),now,signal);if(budget!==1/0&&re" +
  "sult>=0)result=cpuTimer.need(cpuBegan+budget,cpu,signal);if(result<0)return failed(3,res" +
  "ult);if(result=shim.run(cell,thread,vcpu),budget!==1/0)cpu=cpuNow(),times[TIME_AT.cpuTim" +
  "e]=cpu-cpuBegan;if(result!==-EINTR&&result!==-EAGAIN)return result;if(now=performance.no" +
  "w(),now-began>=time||cpu-cpuBegan>=budget)return-EINTR;if(result===-EAGAIN)continue;let " +
  "fired=now>=wallTimer.armed||cpu>=cpuTimer.armed;if(wallTimer.armed=cpuTimer.armed=1/0,!f" +
  "ired||Atomics.load(shared,AT.contended))return-EINTR}}function serve(){for(let state=STA" +
  "TE.idle;;){while(state!==STATE.asked)Atomics.wait(shared,AT.state,state),state=Atomics.l" +
  "oad(shared,AT.state);let at=(place)=>shared[place],time=times[TIME_AT.deadline],budget=t" +
  "imes[TIME_AT.cpuBudget];shared[AT.step]=0,times[TIME_AT.cpuTime]=0;let ready=prepare(at(" +
  "AT.signal));shared[AT.result]=ready<0?ready:turn(at(AT.cell),at(AT.vcpu),at(AT.signal),t" +
  "ime,budget),state=STATE.done,Atomics.store(shared,AT.state,state),Atomics.notify(shared," +
  "AT.state)}}serve();})();";
