//! Heap, stack, guard page and initialisation data (A2.17, A2.18, A7.5, A7.6, A7.8 to A7.12, A7.18).

use alloc::alloc::{Layout, alloc};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::arch::asm;
use core::hint::black_box;

use hyperlight_common::flatbuffer_wrappers::guest_error::ErrorCode;
use hyperlight_guest::error::{HyperlightGuestError, Result};
use hyperlight_guest_bin::host_comm::read_n_bytes_from_user_memory;
use hyperlight_guest_bin::memory::malloc;

use crate::entry::peb;
use crate::offer::Offer;

const PAGE: u64 = 4096;
/// What a guest's stack has unless the host is told otherwise.
const DEFAULT_STACK: usize = 64 * 1024;
const COOKIE: usize = 16;

pub const OFFERS: &[Offer] = &[
    // A2.17, A2.18
    offer!("ReadFromUserMemory", |size: u64,
                                  expected: Vec<u8>|
     -> Result<Vec<u8>> {
        let bytes = read_n_bytes_from_user_memory(size)?;
        if bytes == expected {
            return Ok(bytes);
        }
        Err(HyperlightGuestError::new(
            ErrorCode::GuestError,
            "User memory does not contain the expected data".into(),
        ))
    }),
    // A7.5, A7.6
    offer!("TestMalloc", |size: i32| -> i32 {
        // SAFETY: any size may be asked for; the memory is not used.
        unsafe { malloc(size as usize) as i32 }
    }),
    offer!("CallMalloc", |size: i32| -> i32 {
        black_box(Vec::<u8>::with_capacity(size as usize)).capacity() as i32
    }),
    offer!("ExhaustHeap", || -> () {
        // The largest pieces first: bytes alone would take seconds where ring 0 is emulated.
        for bits in (0..30).rev() {
            let piece = Layout::from_size_align(1 << bits, 1).unwrap();
            // SAFETY: the layout is not empty, and the memory is not used.
            while !black_box(unsafe { alloc(piece) }).is_null() {}
        }
        black_box(Vec::<i32>::with_capacity(1));
    }),
    // A7.11, A7.12
    offer!("StackAllocate", |size: i32| -> i32 {
        touch_below_stack(size as u64);
        size
    }),
    offer!("LargeVar", || -> i32 {
        black_box([0u8; DEFAULT_STACK + 1]).len() as i32
    }),
    offer!("StackOverflow", |frames: i32| -> i32 {
        use_frames(frames);
        frames
    }),
    offer!("InfiniteRecursion", || -> () { recurse(0) }),
    // A7.10: the guard page lies above the heap, the stack above the guard page.
    offer!("WriteGuardPage", |offset: i32| -> i32 {
        write(guard_page().wrapping_add_signed(offset.into()));
        offset
    }),
    // A7.18: 0 to 15 is the host's cookie.
    offer!("StackWrite", |offset: i32| -> i32 {
        write(stack().wrapping_add_signed(offset.into()));
        offset
    }),
    offer!("CorruptCookie", || -> () {
        for i in 0..COOKIE {
            write(stack() + i as u64);
        }
    }),
    // A7.8, A7.9
    offer!("ExecuteOnStack", || -> String {
        let code = [NOP, RET];
        run(code.as_ptr());
        "the stack can be executed".into()
    }),
    offer!("ExecuteOnHeap", || -> String {
        let code = Box::new([NOP, RET]);
        run(code.as_ptr());
        "the heap can be executed".into()
    }),
];

const NOP: u8 = 0x90;
const RET: u8 = 0xc3;

/// The page below the stack.
fn guard_page() -> u64 {
    let heap = peb().guest_heap;
    (heap.ptr + heap.size).next_multiple_of(PAGE)
}

/// The lowest address of the stack.
fn stack() -> u64 {
    guard_page() + PAGE
}

/// Changes a byte.
fn write(address: u64) {
    // In assembly, because a test may well name an address that Rust does not let us write to.
    // SAFETY: a test that names an address wants to see what happens.
    unsafe { asm!("not byte ptr [{}]", in(reg) address) };
}

/// Writes to each page of so many bytes below the stack pointer, as a C compiler does for alloca.
fn touch_below_stack(size: u64) {
    let mut address: u64;
    // SAFETY: reads a register.
    unsafe { asm!("mov {}, rsp", out(reg) address) };
    let end = address.saturating_sub(size);
    while address > end {
        address = address.saturating_sub(PAGE).max(end);
        // SAFETY: below the stack pointer lies nothing of ours; this target has no red zone.
        unsafe { asm!("mov byte ptr [{}], 0", in(reg) address) };
    }
}

/// Each frame has 8 KiB and a byte.
fn use_frames(frames: i32) {
    if frames > 0 {
        let frame = black_box([0u8; 8 * 1024 + 1]);
        use_frames(frames - 1);
        black_box(frame);
    }
}

#[allow(unconditional_recursion)]
fn recurse(depth: u64) {
    let frame = black_box([depth; 8]);
    recurse(depth + 1);
    black_box(frame);
}

fn run(code: *const u8) {
    // SAFETY: the code returns at once, if it may run at all.
    unsafe { core::mem::transmute::<*const u8, extern "C" fn()>(black_box(code))() };
}
