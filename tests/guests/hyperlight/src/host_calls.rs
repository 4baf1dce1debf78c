//! Calls to functions of the host, and what becomes of their errors (A3.7, A3.11, A3.15, A4.1 to A4.8, A5.3).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use hyperlight_common::flatbuffer_wrappers::function_call::FunctionCall;
use hyperlight_common::flatbuffer_wrappers::function_types::{
    ParameterType, ParameterValue, ReturnType, ReturnValue,
};
use hyperlight_common::flatbuffer_wrappers::guest_error::ErrorCode;
use hyperlight_guest::error::{HyperlightGuestError, Result};
use hyperlight_guest_bin::host_comm::{call_host_function, get_host_function_details};

use crate::offer::{Answer, Offer, Parameter};

/// `CallHost…(name, value)` passes a value of one type to the host's function and returns what that returns.
macro_rules! offer_host_call {
    ($name:literal, $type:ty) => {
        offer!($name, |name: String, value: $type| -> Result<$type> {
            call_host(&name, [value.into_value()])
        })
    };
}

pub const OFFERS: &[Offer] = &[
    offer!("Add", |left: i32, right: i32| -> Result<i32> {
        call_host("HostAdd", [left, right].map(Parameter::into_value))
    }),
    offer_host_call!("CallHost", i32),
    offer_host_call!("CallHostUInt", u32),
    offer_host_call!("CallHostLong", i64),
    offer_host_call!("CallHostULong", u64),
    offer_host_call!("CallHostFloat", f32),
    offer_host_call!("CallHostDouble", f64),
    offer_host_call!("CallHostBool", bool),
    offer_host_call!("CallHostString", String),
    offer_host_call!("CallHostBytes", Vec<u8>),
    offer!("CallHostVoid", |name: String| -> Result<()> {
        call_host(&name, [])
    }),
    offer!("CallHostNoArgs", |name: String| -> Result<i32> {
        call_host(&name, [])
    }),
    // A3.12, A5.3: one call after another; the last answer, or the first error.
    offer!("CallHostTimes", |name: String, times: i32| -> Result<i32> {
        let mut answer = 0;
        for _ in 0..times {
            answer = call_host(&name, [])?;
        }
        Ok(answer)
    }),
    offer!("CallHostForever", |name: String| -> Result<()> {
        loop {
            call_host::<i32, 0>(&name, [])?;
        }
    }),
    // A4.5: two calls, whatever becomes of the first; the answer or the error of one of them.
    offer!("CallHostTwice", |first: String,
                             second: String,
                             of_first: bool|
     -> Result<i32> {
        let answers = [call_host(&first, []), call_host(&second, [])];
        let [first, second] = answers;
        if of_first { first } else { second }
    }),
    // A4.4 to A4.6: the error as the guest's code sees it.
    offer!("HostErrorOf", |name: String| -> String {
        match call_host::<i32, 0>(&name, []) {
            Ok(answer) => format!("no error but {answer}"),
            Err(error) => format!("{:?}: {}", error.kind, error.message),
        }
    }),
    // What stands in the region of the host's definitions: `name(types) -> type`, a line each, sorted.
    offer!("HostFunctions", || -> String {
        let functions = get_host_function_details().host_functions;
        let mut lines: Vec<String> = functions
            .iter()
            .flatten()
            .map(|it| {
                let parameters = it.parameter_types.as_deref().unwrap_or_default();
                format!("{}{parameters:?} -> {:?}", it.function_name, it.return_type)
            })
            .collect();
        lines.sort();
        lines.join("\n")
    }),
    // A3.7
    offer!("Fail", |message: String| -> Result<()> {
        Err(HyperlightGuestError::new(ErrorCode::GuestError, message))
    }),
    offer!("GuestErrorWith", |code: i32,
                              message: String|
     -> Result<()> {
        Err(HyperlightGuestError::new(
            ErrorCode::from(code as u64),
            message,
        ))
    }),
    // A4.1, A4.2
    offer!("Print", |text: String| -> Result<i32> {
        call_host("HostPrint", [ParameterValue::String(text)])
    }),
    print("PrintTwoArgs", 2),
    print("PrintThreeArgs", 3),
    print("PrintFourArgs", 4),
    print("PrintFiveArgs", 5),
    print("PrintSixArgs", 6),
    print("PrintSevenArgs", 7),
    print("PrintEightArgs", 8),
    print("PrintNineArgs", 9),
    print("PrintTenArgs", 10),
    print("PrintElevenArgs", 11),
];

/// Of PrintTwoArgs to PrintElevenArgs, which all print their parameters (A3.15).
const PRINTED: &[ParameterType] = {
    use ParameterType::*;
    &[
        String, Int, Long, String, String, Bool, Bool, UInt, ULong, Int, Float,
    ]
};

/// A function that takes the first of them.
const fn print(name: &'static str, count: usize) -> Offer {
    Offer {
        name,
        parameters: PRINTED.split_at(count).0,
        answer: ReturnType::Int,
        run: print_arguments,
    }
}

fn print_arguments(call: &FunctionCall) -> Result<Vec<u8>> {
    let mut text = String::from("Message:");
    for (i, value) in call.parameters.iter().flatten().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(text, " arg{}:", i + 1);
        let _ = match value {
            ParameterValue::Int(it) => write!(text, "{it}"),
            ParameterValue::UInt(it) => write!(text, "{it}"),
            ParameterValue::Long(it) => write!(text, "{it}"),
            ParameterValue::ULong(it) => write!(text, "{it}"),
            ParameterValue::Float(it) => write!(text, "{it}"),
            ParameterValue::Double(it) => write!(text, "{it}"),
            ParameterValue::Bool(it) => write!(text, "{it}"),
            ParameterValue::String(it) => write!(text, "{it}"),
            ParameterValue::VecBytes(it) => write!(text, "{it:?}"),
        };
    }
    text.push('.');
    call_host::<i32, 1>("HostPrint", [ParameterValue::String(text)]).encode()
}

fn call_host<T, const N: usize>(name: &str, parameters: [ParameterValue; N]) -> Result<T>
where
    T: Answer + TryFrom<ReturnValue>,
{
    call_host_function(name, Some(Vec::from(parameters)), T::TYPE)
}
