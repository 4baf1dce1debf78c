//! What ../main.rs is, for Hyperlight 0.10, which had no macros for functions yet: `Echo` alone.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use hyperlight_common::flatbuffer_wrappers::function_call::FunctionCall;
use hyperlight_common::flatbuffer_wrappers::function_types::{
    ParameterType, ParameterValue, ReturnType,
};
use hyperlight_common::flatbuffer_wrappers::guest_error::ErrorCode;
use hyperlight_common::flatbuffer_wrappers::util::get_flatbuffer_result;
use hyperlight_guest::error::{HyperlightGuestError, Result};
use hyperlight_guest_bin::guest_function::definition::GuestFunctionDefinition;
use hyperlight_guest_bin::guest_function::register::register_function;

fn echo(call: &FunctionCall) -> Result<Vec<u8>> {
    match call.parameters.as_deref() {
        Some([ParameterValue::String(value)]) => Ok(get_flatbuffer_result(value.as_str())),
        _ => Err(HyperlightGuestError::new(
            ErrorCode::GuestFunctionParameterTypeMismatch,
            String::new(),
        )),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn hyperlight_main() {
    register_function(GuestFunctionDefinition::new(
        "Echo".into(),
        vec![ParameterType::String],
        ReturnType::String,
        echo as *const () as usize,
    ));
}

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
