//! A guest on the public crates of Hyperlight v0.11, with a function for each behaviour that the tests look at.
//!
//! Comments name the rows of the tests, such as A7.10. The modules are families of functions; `offer` says how one is
//! written. All addresses are both virtual and physical, and all code runs in ring 0.
#![no_std]
#![no_main]

extern crate alloc;

#[macro_use]
mod offer;

mod attacks;
mod echo;
mod entry;
mod faults;
mod host_calls;
mod logs;
mod mapped;
mod memory;
mod raw;
mod spin;
mod state;

use alloc::vec::Vec;

use hyperlight_common::flatbuffer_wrappers::function_call::FunctionCall;
use hyperlight_common::flatbuffer_wrappers::guest_error::ErrorCode;
use hyperlight_guest::error::{HyperlightGuestError, Result};
use hyperlight_guest_bin::guest_function::register::register_function;

use crate::offer::{Answer, Offer};

/// Those that are registered with the crate, as a guest does. That takes a millisecond each where ring 0 is emulated, so
/// the others are not.
const REGISTERED: &[Offer] = echo::OFFERS;
const OTHERS: [&[Offer]; 10] = [
    attacks::OFFERS,
    entry::OFFERS,
    faults::OFFERS,
    host_calls::OFFERS,
    logs::OFFERS,
    mapped::OFFERS,
    memory::OFFERS,
    raw::OFFERS,
    spin::OFFERS,
    state::OFFERS,
];

/// Runs once, at the end of the crate's `entrypoint`.
#[unsafe(no_mangle)]
pub extern "C" fn hyperlight_main() {
    entry::watch_dispatch();
    for offer in REGISTERED {
        register_function(offer.definition());
    }
}

/// Where calls of functions end that are not registered (A3.3, A3.16).
#[unsafe(no_mangle)]
pub fn guest_dispatch_function(call: FunctionCall) -> Result<Vec<u8>> {
    if let Some(offer) = OTHERS
        .iter()
        .copied()
        .flatten()
        .find(|it| it.name == call.function_name)
    {
        return offer.call(&call);
    }
    if call.function_name == "ThisIsNotARealFunctionButTheNameIsImportant" {
        return 99.encode();
    }
    Err(HyperlightGuestError::new(
        ErrorCode::GuestFunctionNotFound,
        call.function_name,
    ))
}
