//! What the host hands over: registers at entry and at each dispatch, and the process environment block (B2, B4).

use alloc::vec::Vec;
use core::arch::{asm, global_asm};

use hyperlight_common::mem::HyperlightPEB;
use hyperlight_guest::guest_handle::handle::GuestHandle;
use hyperlight_guest_bin::GUEST_HANDLE;

use crate::offer::Offer;

/// As the code below stores them: rax rbx rcx rdx rsi rdi rbp rsp r8 … r15 rflags.
type Registers = [u64; 17];
const RCX: usize = 2;
const RDX: usize = 3;
const RSI: usize = 4;
const RDI: usize = 5;

#[unsafe(no_mangle)]
static mut ENTRY_REGISTERS: Registers = [0; 17];
#[unsafe(no_mangle)]
static mut DISPATCH_REGISTERS: Registers = [0; 17];
#[unsafe(no_mangle)]
static mut CRATE_DISPATCH: u64 = 0;

// The ELF's entry is `watched_entrypoint`. Both keep the registers and go on to the crate's own code, which finds every
// register and the stack as the host left them.
global_asm!(
    ".macro keep_registers where",
    "mov [rip + \\where], rax",
    "mov [rip + \\where + 8], rbx",
    "mov [rip + \\where + 16], rcx",
    "mov [rip + \\where + 24], rdx",
    "mov [rip + \\where + 32], rsi",
    "mov [rip + \\where + 40], rdi",
    "mov [rip + \\where + 48], rbp",
    "mov [rip + \\where + 56], rsp",
    "mov [rip + \\where + 64], r8",
    "mov [rip + \\where + 72], r9",
    "mov [rip + \\where + 80], r10",
    "mov [rip + \\where + 88], r11",
    "mov [rip + \\where + 96], r12",
    "mov [rip + \\where + 104], r13",
    "mov [rip + \\where + 112], r14",
    "mov [rip + \\where + 120], r15",
    "pushfq",
    "pop [rip + \\where + 128]",
    ".endm",
    ".globl watched_entrypoint",
    "watched_entrypoint:",
    "keep_registers ENTRY_REGISTERS",
    "jmp entrypoint",
    "watched_dispatch:",
    "keep_registers DISPATCH_REGISTERS",
    "jmp [rip + CRATE_DISPATCH]",
    ".globl watched_dispatch",
);

unsafe extern "C" {
    fn watched_dispatch();
}

/// Has the host dispatch calls to our code, which keeps the registers first.
pub fn watch_dispatch() {
    // SAFETY: nothing else runs.
    unsafe {
        CRATE_DISPATCH = (*peb_address()).guest_function_dispatch_ptr;
        (*peb_address()).guest_function_dispatch_ptr = watched_dispatch as *const () as u64;
    }
}

/// The crate's way to the buffers.
pub fn handle() -> GuestHandle {
    // SAFETY: a copy; the crate has set it before any of our code runs.
    unsafe { GUEST_HANDLE }
}

pub fn peb_address() -> *mut HyperlightPEB {
    handle().peb().unwrap()
}

pub fn peb() -> HyperlightPEB {
    // SAFETY: the crate reads it too.
    unsafe { *peb_address() }
}

pub const OFFERS: &[Offer] = &[
    offer!("EntryRegisters", || -> Vec<u8> { bytes(entry()) }),
    offer!("DispatchRegisters", || -> Vec<u8> {
        // SAFETY: only the dispatching code writes it.
        bytes(unsafe { DISPATCH_REGISTERS })
    }),
    offer!("GetPeb", || -> u64 { entry()[RDI] }),
    offer!("GetSeed", || -> u64 { entry()[RSI] }),
    offer!("GetPageSize", || -> u64 { entry()[RDX] }),
    offer!("GetLogLevel", || -> u64 { entry()[RCX] }),
    // All of the block, as it stands now.
    offer!("PebBytes", || -> Vec<u8> {
        let address = peb_address() as *const u8;
        // SAFETY: as above.
        unsafe { core::slice::from_raw_parts(address, size_of::<HyperlightPEB>()) }.to_vec()
    }),
    // cr0 cr2 cr3 cr4 dr0 dr1 dr2 dr3 dr6 dr7
    offer!("ControlRegisters", || -> Vec<u8> {
        macro_rules! read {
            ($($register:literal)*) => {
                [$({
                    let value: u64;
                    // SAFETY: reading these has no effect.
                    unsafe { asm!(concat!("mov {}, ", $register), out(reg) value) };
                    value
                }),*]
            };
        }
        bytes(read!("cr0" "cr2" "cr3" "cr4" "dr0" "dr1" "dr2" "dr3" "dr6" "dr7"))
    }),
    offer!("CurrentCr3", || -> u64 {
        let value: u64;
        // SAFETY: reading it has no effect.
        unsafe { asm!("mov {}, cr3", out(reg) value) };
        value
    }),
];

fn entry() -> Registers {
    // SAFETY: written once, before Rust code runs.
    unsafe { ENTRY_REGISTERS }
}

fn bytes<const N: usize>(registers: [u64; N]) -> Vec<u8> {
    registers.iter().flat_map(|it| it.to_le_bytes()).collect()
}
