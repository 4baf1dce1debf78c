//! Guests that lie to the host or leave it a mess: buffers, cookie, read-only regions, registers (B5, A2.10, A8.7).

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::arch::asm;

use hyperlight_common::flatbuffer_wrappers::function_types::ReturnType;
use hyperlight_guest::error::Result;
use hyperlight_guest_bin::host_comm::call_host_function;

use crate::entry::{handle, peb, peb_address};
use crate::mapped::map_if;
use crate::offer::{Answer, Offer};
use crate::raw::{read, write};

pub const OFFERS: &[Offer] = &[
    // The output buffer's stack pointer, the topmost element's offset, and that element's size prefix, as far as they
    // lie in the buffer; then the end of the call for port 0, else an `out`, so that the host pops it.
    offer!("SetOutputStack", |pointer: u64,
                              back: u64,
                              prefix: u32,
                              port: i32|
     -> () {
        let output = peb().output_stack;
        lay_down(output.ptr, output.size, pointer, back, prefix);
        leave(port);
    }),
    // An element of any bytes, proper otherwise.
    offer!("RawOutput", |element: Vec<u8>, port: i32| -> Result<()> {
        push_output(&element)?;
        leave(port);
        Ok(())
    }),
    // Elements that nobody asked for, below the answer: the call ends as usual.
    offer!("LeaveOutput", |element: Vec<u8>,
                           times: i32|
     -> Result<()> {
        for _ in 0..times {
            push_output(&element)?;
        }
        Ok(())
    }),
    // The same for input: what the host finds when it answers a call, or at the next dispatch.
    offer!("SetInputStack", |pointer: u64,
                             name: String|
     -> Result<i32> {
        write(peb().input_stack.ptr, pointer);
        call_host_function(&name, None, ReturnType::Int)
    }),
    offer!("LeaveInputStack", |pointer: u64| -> () {
        write(peb().input_stack.ptr, pointer)
    }),
    offer!("InputStack", || -> u64 { read(peb().input_stack.ptr) }),
    offer!("OutputStack", || -> u64 { read(peb().output_stack.ptr) }),
    // Read-only for page tables, and under `map`, when the guest has changed those, for the host's slot.
    offer!("WriteHostFunctionDefinitions", |map: bool| -> () {
        let address = peb().host_function_definitions.ptr;
        map_if(map, address, 1);
        write(address, u64::MAX);
    }),
    // Where the host might look again: the block that it wrote itself.
    offer!("WritePeb", |offset: i32, value: u64| -> () {
        write(peb_address() as u64 + offset as u64, value);
    }),
    // A8.7: ends the call itself, so that nothing puts the registers right again.
    offer!("DirtyRegisters", || -> Result<()> {
        push_output(&().encode()?)?;
        // SAFETY: the host dispatches the next call anew.
        unsafe {
            asm!(
                "mov rax, 0x4141414141414141",
                "mov dr0, rax",
                "mov dr1, rax",
                "mov dr2, rax",
                "mov dr3, rax",
                "mov cr2, rax",
                "mov rbx, rax",
                "mov rcx, rax",
                "mov rdx, rax",
                "mov rsi, rax",
                "mov rdi, rax",
                "mov rbp, rax",
                "mov r8, rax",
                "mov r9, rax",
                "mov r10, rax",
                "mov r11, rax",
                "mov r12, rax",
                "mov r13, rax",
                "mov r14, rax",
                "mov r15, rax",
                "std",
                "stc",
                "2: hlt",
                "jmp 2b",
                options(noreturn)
            )
        }
    }),
    // A8.7: x87, SSE and MXCSR through an image, because this target's code may use none of them.
    offer!("DirtyFpu", || -> () {
        let mut image = FpuImage([0x41; 512]);
        image.0[0..2].copy_from_slice(&0x0300u16.to_le_bytes());
        // Rounds towards zero, and masks all exceptions; reserved bits would be an exception.
        image.0[24..28].copy_from_slice(&0x7f80u32.to_le_bytes());
        // SAFETY: no code of ours uses these registers.
        unsafe { asm!("fxrstor [{}]", in(reg) &image) };
    }),
    offer!("ReadFpu", || -> Vec<u8> {
        let mut image = FpuImage([0; 512]);
        // SAFETY: as large and as aligned as it has to be.
        unsafe { asm!("fxsave [{}]", in(reg) &mut image) };
        image.0.to_vec()
    }),
    // The tables that say what happens at an exception and what a segment is, gone; then the call ends as usual.
    offer!("LoseTables", || -> () {
        let no_table = vec![0u8; 10];
        // SAFETY: neither is used until an exception comes.
        unsafe { asm!("lidt [{0}]", "lgdt [{0}]", in(reg) no_table.as_ptr()) };
    }),
];

#[repr(align(16))]
struct FpuImage([u8; 512]);

fn push_output(element: &[u8]) -> Result<()> {
    handle().push_shared_output_data(element)
}

fn lay_down(buffer: u64, size: u64, pointer: u64, back: u64, prefix: u32) {
    // The prefix last, with what follows it cleared: a test may lay both on one place.
    write(buffer, pointer);
    if (8..=size).contains(&pointer) {
        write(buffer + pointer - 8, back);
    }
    if size.checked_sub(8).is_some_and(|last| back <= last) && prefix != 0 {
        write(buffer + back, prefix.into());
    }
}

fn leave(port: i32) {
    // SAFETY: the host decides whether we go on.
    unsafe {
        match port {
            0 => asm!("hlt"),
            _ => asm!("out dx, eax", in("dx") port as u16, in("eax") 0),
        }
    }
}
