//! Values of each type, there and back (A3.4, A3.5, A3.6, A3.8, A3.9, A3.10, A3.13, A3.14, A3.17).

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use hyperlight_common::flatbuffer_wrappers::function_call::FunctionCall;
use hyperlight_common::flatbuffer_wrappers::function_types::ReturnType;
use hyperlight_guest::error::Result;

use crate::offer::{Answer, Offer};

pub const OFFERS: &[Offer] = &[
    offer!("Echo", |text: String| -> String { text }),
    offer!("EchoInt", |value: i32| -> i32 { value }),
    offer!("EchoUInt", |value: u32| -> u32 { value }),
    offer!("EchoLong", |value: i64| -> i64 { value }),
    offer!("EchoULong", |value: u64| -> u64 { value }),
    offer!("EchoFloat", |value: f32| -> f32 { value }),
    offer!("EchoDouble", |value: f64| -> f64 { value }),
    offer!("EchoBool", |value: bool| -> bool { value }),
    offer!("EchoBytes", |bytes: Vec<u8>| -> Vec<u8> { bytes }),
    offer!("ReturnVoid", || -> () {}),
    // A3.14
    offer!("SetByteArrayToZero", |bytes: Vec<u8>| -> Vec<u8> {
        let mut bytes = bytes;
        bytes.fill(0);
        bytes
    }),
    // A3.17: as many parameters as there may be, and each type among them.
    offer!("ManyParams", |a: i32,
                          b: u32,
                          c: i64,
                          d: u64,
                          e: f32,
                          f: f64,
                          g: bool,
                          h: String,
                          i: Vec<u8>,
                          j: i32,
                          k: i32|
     -> String {
        format!("{a} {b} {c} {d} {e} {f} {g} {h} {i:?} {j} {k}")
    }),
    // A3.10: more than the output buffer has room for makes the crate panic.
    offer!("LargeReturn", |bytes: i32| -> Vec<u8> {
        vec![0x5a; bytes as usize]
    }),
    // A3.8: defined as a String, but an Int comes back.
    Offer {
        name: "ReturnsWrongType",
        parameters: &[],
        answer: ReturnType::String,
        run: return_wrong_type,
    },
];

fn return_wrong_type(_: &FunctionCall) -> Result<Vec<u8>> {
    42.encode()
}
