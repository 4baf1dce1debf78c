//! Panics, aborts and exceptions (A2.8, A7.1 to A7.4, A7.7, A7.13, A7.16, A7.19, A7.20, A7.22).

use alloc::ffi::CString;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::arch::asm;

use hyperlight_guest::exit::{abort_with_code, abort_with_code_and_message, write_abort};

use crate::offer::Offer;
use crate::spin::spin;

pub const OFFERS: &[Offer] = &[
    // A7.1
    offer!("Panic", |message: String| -> () { panic!("{message}") }),
    // A7.2, A7.3, A7.13
    offer!("AbortWithCode", |code: i32| -> () {
        abort_with_code(&[code as u8])
    }),
    offer!("AbortWithCodeAndMessage", |code: i32,
                                       message: String|
     -> () {
        abort(code, message)
    }),
    // A7.4
    offer!("AbortMessageOf", |length: i32| -> () {
        abort(15, "m".repeat(length as usize))
    }),
    // A7.20: only the beginning, so that the call has to be cancelled.
    offer!("AbortUnterminated", |code: i32| -> () {
        write_abort(&[code as u8]);
        write_abort(b"half an abort");
        spin()
    }),
    // A7.19: whatever the test says; returns if the host lets it.
    offer!("RawAbortBytes", |bytes: Vec<u8>| -> () {
        write_abort(&bytes)
    }),
    // A7.7, A7.22
    offer!("TriggerUd2", || -> () { exception(6) }),
    offer!("TriggerException", |vector: i32| -> () {
        exception(vector)
    }),
    offer!("SoftwareInterrupt", |vector: i32| -> () {
        software_interrupt(vector)
    }),
    // A7.16
    offer!("TripleFault", || -> () {
        let no_table = vec![0u8; 10];
        // SAFETY: ends the guest, as it should.
        unsafe { asm!("lidt [{}]", "ud2", in(reg) no_table.as_ptr(), options(noreturn)) };
    }),
];

fn abort(code: i32, message: String) -> ! {
    let message = CString::new(message).unwrap();
    // SAFETY: the pointer is that of a C string.
    unsafe { abort_with_code_and_message(&[code as u8], message.as_ptr()) }
}

/// Causes an exception as code that goes wrong would.
fn exception(vector: i32) {
    // SAFETY: each of these raises its exception and has no other effect.
    unsafe {
        match vector {
            0 => asm!("div {0:e}", in(reg) 0, inout("eax") 1 => _, inout("edx") 0 => _),
            3 => asm!("int3"),
            6 => asm!("ud2"),
            // No canonical address.
            13 => asm!("mov {0}, [{0}]", inout(reg) 1u64 << 62 => _),
            // In the lower half, behind all memory: no page.
            14 => asm!("mov {0}, [{0}]", inout(reg) 1u64 << 46 => _),
            _ => panic!("no way to cause exception {vector}"),
        }
    }
}

/// Enters the handler of a vector by `int`; no error code comes with it, so what a handler shows may be shifted.
fn software_interrupt(vector: i32) {
    macro_rules! int {
        ($($known:literal)*) => {
            // SAFETY: the handler does not return.
            unsafe {
                match vector {
                    $($known => asm!("int {}", const $known),)*
                    // Has no gate.
                    _ => asm!("int 0x80"),
                }
            }
        };
    }
    int!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 30);
}
