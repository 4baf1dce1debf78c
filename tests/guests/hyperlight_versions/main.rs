//! A small guest on the public crates of Hyperlight, of the version that `VERSION/Cargo.toml` beside this names.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::string::String;
use alloc::vec::Vec;

use hyperlight_common::flatbuffer_wrappers::function_call::FunctionCall;
use hyperlight_common::flatbuffer_wrappers::guest_error::ErrorCode;
use hyperlight_guest::error::{HyperlightGuestError, Result};
use hyperlight_guest_bin::{guest_function, host_function};

#[guest_function("Echo")]
fn echo(value: String) -> String {
    value
}

#[host_function("HostAdd")]
fn host_add(a: i32, b: i32) -> Result<i32>;

#[guest_function("AddByHost")]
fn add_by_host(a: i32, b: i32) -> Result<i32> {
    host_add(a, b)
}

#[guest_function("Panic")]
fn fail(message: String) {
    panic!("{message}");
}

#[guest_function("Crash")]
fn crash() {
    unsafe { core::arch::asm!("ud2") };
}

#[unsafe(no_mangle)]
pub extern "C" fn hyperlight_main() {}

#[unsafe(no_mangle)]
pub fn guest_dispatch_function(call: FunctionCall) -> Result<Vec<u8>> {
    Err(HyperlightGuestError::new(
        ErrorCode::GuestFunctionNotFound,
        call.function_name,
    ))
}

/// What the crates ask of the C library that is left out.
#[unsafe(no_mangle)]
pub extern "C" fn srand(_seed: u32) {}
