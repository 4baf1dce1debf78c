//! The peer beside vmlet's figures: Hyperlight's own host, which runs batches of the same work when it is asked to.
//!
//!     vmlet-bench-peer GUEST [--input BYTES] [--output BYTES] [--heap BYTES] [--stack BYTES]
//!
//! It makes a sandbox and answers "ready". Then each line of its input is a command for a batch of so many operations,
//! and its answer one line: the nanoseconds that the whole batch took.
//!
//!     create OPERATIONS      make a sandbox, ready for its first call
//!     close OPERATIONS       end one
//!     first OPERATIONS       the first call of a new one, Echo
//!     echo OPERATIONS        call Echo with "hello\n"
//!     echo_bytes BYTES OPERATIONS
//!                            call EchoBytes with so many bytes, which have to come back
//!     host OPERATIONS        call Add, which calls the host's HostAdd
//!     snapshot OPERATIONS    take a snapshot after a call
//!     restore OPERATIONS     go back to one after a call; only that counts
//!     call_restore OPERATIONS
//!                            the call and the way back
//!     interrupt OPERATIONS   from a kill to the end of the call, Spin
//!     rss SANDBOXES          not a time: the bytes that so many sandboxes keep resident
//!     outside COMMAND…       the same, and only the time outside of KVM_RUN counts
//!     pin THREAD             keep that thread and this one on one CPU; answers which

use std::env;
use std::error::Error;
use std::ffi::{c_int, c_long, c_ulong};
use std::fs;
use std::hint::black_box;
use std::io::{self, BufRead, Write};
use std::process;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use hyperlight_host::sandbox::SandboxConfiguration;
use hyperlight_host::{GuestBinary, HyperlightError, MultiUseSandbox, UninitializedSandbox};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const TEXT: &str = "hello\n";
/// How long a guest that is to be interrupted has run before.
const SPIN: Duration = Duration::from_millis(5);

fn main() {
    if let Err(error) = run() {
        eprintln!("vmlet-bench-peer: {error}");
        process::exit(1);
    }
}

fn run() -> Result<()> {
    let mut peer = Peer::new(env::args().skip(1))?;
    answer("ready")?;
    for line in io::stdin().lock().lines() {
        answer(&peer.obey(&line?)?.to_string())?;
    }
    Ok(())
}

fn answer(line: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()
}

struct Peer {
    guest: Vec<u8>,
    configuration: SandboxConfiguration,
    /// The one that calls go to.
    sandbox: MultiUseSandbox,
}

impl Peer {
    fn new(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let guest = fs::read(arguments.next().ok_or("no guest was named")?)?;
        let mut configuration = SandboxConfiguration::default();
        while let Some(option) = arguments.next() {
            let bytes = arguments.next().ok_or("an option has no value")?;
            match option.as_str() {
                "--input" => configuration.set_input_data_size(bytes.parse()?),
                "--output" => configuration.set_output_data_size(bytes.parse()?),
                "--heap" => configuration.set_heap_size(bytes.parse()?),
                "--stack" => configuration.set_stack_size(bytes.parse()?),
                _ => return Err(format!("there is no option {option}").into()),
            }
        }
        let sandbox = create(&guest, configuration)?;
        Ok(Self {
            guest,
            configuration,
            sandbox,
        })
    }

    fn create(&self) -> Result<MultiUseSandbox> {
        create(&self.guest, self.configuration)
    }

    fn obey(&mut self, line: &str) -> Result<u64> {
        if let Some(command) = line.strip_prefix("outside ") {
            return self.outside(command);
        }
        let mut words = line.split_whitespace();
        let command = words.next().unwrap_or_default();
        let numbers = words
            .map(str::parse)
            .collect::<std::result::Result<Vec<u32>, _>>()?;
        let nanoseconds = match (command, numbers.as_slice()) {
            ("create", &[times]) => self.time_create(times)?,
            ("close", &[times]) => self.time_close(times)?,
            ("first", &[times]) => self.time_first(times)?,
            ("echo", &[times]) => self.time_echo(times)?,
            ("echo_bytes", &[bytes, times]) => self.time_echo_bytes(bytes, times)?,
            ("host", &[times]) => self.time_host(times)?,
            ("snapshot", &[times]) => self.time_snapshot(times)?,
            ("restore", &[times]) => self.time_restore(times, false)?,
            ("call_restore", &[times]) => self.time_restore(times, true)?,
            ("interrupt", &[times]) => self.time_interrupt(times)?,
            ("rss", &[sandboxes]) => return self.resident(sandboxes),
            ("pin", &[thread]) => return pin(thread as libc::pid_t),
            _ => return Err(format!("there is no command {line:?}").into()),
        };
        Ok(u64::try_from(nanoseconds.as_nanos())?)
    }

    fn outside(&mut self, command: &str) -> Result<u64> {
        INSIDE.store(0, Relaxed);
        CLOCKED.store(true, Relaxed);
        let total = self.obey(command);
        CLOCKED.store(false, Relaxed);
        Ok(total?.saturating_sub(INSIDE.load(Relaxed)))
    }

    fn time_create(&self, times: u32) -> Result<Duration> {
        let mut total = Duration::ZERO;
        for _ in 0..times {
            let began = Instant::now();
            let sandbox = self.create()?;
            total += began.elapsed();
            drop(sandbox);
        }
        Ok(total)
    }

    fn time_close(&self, times: u32) -> Result<Duration> {
        let mut total = Duration::ZERO;
        for _ in 0..times {
            let sandbox = self.create()?;
            let began = Instant::now();
            drop(sandbox);
            total += began.elapsed();
        }
        Ok(total)
    }

    fn time_first(&self, times: u32) -> Result<Duration> {
        let mut total = Duration::ZERO;
        for _ in 0..times {
            let mut sandbox = self.create()?;
            let began = Instant::now();
            black_box(echo(&mut sandbox, TEXT)?);
            total += began.elapsed();
        }
        Ok(total)
    }

    fn time_echo(&mut self, times: u32) -> Result<Duration> {
        let began = Instant::now();
        for _ in 0..times {
            // Looked at within the time: a caller has no use for a string that it does not look at.
            if echo(&mut self.sandbox, TEXT)? != TEXT {
                return Err("Echo returned something else".into());
            }
        }
        Ok(began.elapsed())
    }

    fn time_echo_bytes(&mut self, size: u32, times: u32) -> Result<Duration> {
        let bytes: Vec<u8> = (0..size).map(|i| (i * 31) as u8).collect();
        let began = Instant::now();
        for _ in 0..times {
            // The host wants bytes of its own for each call.
            let returned: Vec<u8> = self.sandbox.call("EchoBytes", bytes.clone())?;
            if returned.len() != bytes.len() || returned.last() != bytes.last() {
                return Err("EchoBytes returned something else".into());
            }
        }
        Ok(began.elapsed())
    }

    fn time_host(&mut self, times: u32) -> Result<Duration> {
        let began = Instant::now();
        for _ in 0..times {
            if self.sandbox.call::<i32>("Add", (1_i32, 41_i32))? != 42 {
                return Err("Add did not return 42".into());
            }
        }
        Ok(began.elapsed())
    }

    fn time_snapshot(&mut self, times: u32) -> Result<Duration> {
        let mut total = Duration::ZERO;
        for _ in 0..times {
            // The host keeps the last snapshot until a call.
            echo(&mut self.sandbox, TEXT)?;
            let began = Instant::now();
            let snapshot = self.sandbox.snapshot()?;
            total += began.elapsed();
            drop(snapshot);
        }
        Ok(total)
    }

    fn time_restore(&mut self, times: u32, call_counts: bool) -> Result<Duration> {
        let snapshot = self.sandbox.snapshot()?;
        let mut total = Duration::ZERO;
        for _ in 0..times {
            let called = Instant::now();
            black_box(echo(&mut self.sandbox, TEXT)?);
            let began = if call_counts { called } else { Instant::now() };
            self.sandbox.restore(&snapshot)?;
            total += began.elapsed();
        }
        Ok(total)
    }

    fn time_interrupt(&mut self, times: u32) -> Result<Duration> {
        let snapshot = self.sandbox.snapshot()?;
        let mut total = Duration::ZERO;
        for _ in 0..times {
            let handle = self.sandbox.interrupt_handle();
            let killer = thread::spawn(move || {
                thread::sleep(SPIN);
                loop {
                    let began = Instant::now();
                    if handle.kill() {
                        return began;
                    }
                }
            });
            let result = self.sandbox.call::<i32>("Spin", ());
            let ended = Instant::now();
            let began = killer.join().map_err(|_| "the killing thread panicked")?;
            if !matches!(result, Err(HyperlightError::ExecutionCanceledByHost())) {
                return Err(format!("Spin ended with {result:?}").into());
            }
            total += ended - began;
            self.sandbox.restore(&snapshot)?;
        }
        Ok(total)
    }

    fn resident(&self, sandboxes: u32) -> Result<u64> {
        let before = resident_bytes()?;
        let kept = (0..sandboxes)
            .map(|_| self.create())
            .collect::<Result<Vec<_>>>()?;
        let grown = resident_bytes()?.saturating_sub(before);
        drop(kept);
        Ok(grown)
    }
}

fn create(guest: &[u8], configuration: SandboxConfiguration) -> Result<MultiUseSandbox> {
    let binary = GuestBinary::Buffer(guest);
    let mut sandbox = UninitializedSandbox::new(binary, Some(configuration))?;
    sandbox.register("HostAdd", |left: i32, right: i32| {
        Ok(left.wrapping_add(right))
    })?;
    Ok(sandbox.evolve()?)
}

fn echo(sandbox: &mut MultiUseSandbox, text: &str) -> Result<String> {
    Ok(sandbox.call("Echo", text.to_string())?)
}

fn resident_bytes() -> Result<u64> {
    let sizes = fs::read_to_string("/proc/self/statm")?;
    let pages = sizes.split(' ').nth(1).ok_or("/proc/self/statm is short")?;
    Ok(pages.parse::<u64>()? * 4096)
}

/// KVM_RUN of `<linux/kvm.h>`.
const KVM_RUN: c_ulong = 0xae80;

static CLOCKED: AtomicBool = AtomicBool::new(false);
/// Nanoseconds.
static INSIDE: AtomicU64 = AtomicU64::new(0);

/// Stands before the C library's, so that the time in KVM_RUN can be told from the host's own. A caller passes at most
/// one argument more than these two, and where it passes none the kernel looks at none.
#[unsafe(no_mangle)]
extern "C" fn ioctl(fd: c_int, request: c_ulong, argument: c_ulong) -> c_int {
    // SAFETY: what the caller asked for, no more and no less.
    let run =
        || unsafe { libc::syscall(libc::SYS_ioctl, fd as c_long, request, argument) as c_int };
    if request != KVM_RUN || !CLOCKED.load(Relaxed) {
        return run();
    }
    let began = Instant::now();
    let result = run();
    INSIDE.fetch_add(began.elapsed().as_nanos() as u64, Relaxed);
    result
}

/// Keeps that thread and the caller on the CPU that the caller runs on.
fn pin(thread: libc::pid_t) -> Result<u64> {
    // SAFETY: the set is plain data, and its size is passed with it.
    unsafe {
        let cpu = libc::sched_getcpu();
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        libc::CPU_SET(usize::try_from(cpu)?, &mut set);
        for it in [thread, 0] {
            if libc::sched_setaffinity(it, size_of_val(&set), &set) != 0 {
                return Err(format!("cannot pin {it}: {}", io::Error::last_os_error()).into());
            }
        }
        Ok(cpu as u64)
    }
}
