//! How a function is offered to the host: `offer!("Name", |parameter: Type| -> Result { … })`.

use alloc::string::String;
use alloc::vec::Vec;

use hyperlight_common::flatbuffer_wrappers::function_call::FunctionCall;
use hyperlight_common::flatbuffer_wrappers::function_types::{
    ParameterType, ParameterValue, ReturnType,
};
use hyperlight_common::flatbuffer_wrappers::util::get_flatbuffer_result;
use hyperlight_guest::error::Result;
use hyperlight_guest_bin::guest_function::definition::GuestFunctionDefinition;

/// A type that a parameter can have.
pub trait Parameter: Sized {
    const TYPE: ParameterType;

    /// The crate has compared all types with the definition before a function runs.
    fn take(value: &ParameterValue) -> Self;

    fn into_value(self) -> ParameterValue;
}

/// What a function can return: a value, or a result with one.
pub trait Answer {
    const TYPE: ReturnType;

    /// The message for the host.
    fn encode(self) -> Result<Vec<u8>>;
}

/// A type of both, under the name that it has in the crate's enums.
macro_rules! value_type {
    ($type:ty, $name:ident) => {
        impl Parameter for $type {
            const TYPE: ParameterType = ParameterType::$name;

            fn take(value: &ParameterValue) -> Self {
                match value {
                    ParameterValue::$name(it) => it.clone(),
                    other => panic!("{other:?} is not what the definition says"),
                }
            }

            fn into_value(self) -> ParameterValue {
                ParameterValue::$name(self)
            }
        }
    };
}

macro_rules! answer_type {
    ($type:ty, $name:ident, $borrow:expr) => {
        impl Answer for $type {
            const TYPE: ReturnType = ReturnType::$name;

            fn encode(self) -> Result<Vec<u8>> {
                Ok(get_flatbuffer_result($borrow(&self)))
            }
        }
    };
}

value_type!(i32, Int);
value_type!(u32, UInt);
value_type!(i64, Long);
value_type!(u64, ULong);
value_type!(f32, Float);
value_type!(f64, Double);
value_type!(bool, Bool);
value_type!(String, String);
value_type!(Vec<u8>, VecBytes);

answer_type!(i32, Int, |it: &i32| *it);
answer_type!(u32, UInt, |it: &u32| *it);
answer_type!(i64, Long, |it: &i64| *it);
answer_type!(u64, ULong, |it: &u64| *it);
answer_type!(f32, Float, |it: &f32| *it);
answer_type!(f64, Double, |it: &f64| *it);
answer_type!(bool, Bool, |it: &bool| *it);
answer_type!((), Void, |it: &()| *it);
answer_type!(String, String, String::as_str);
answer_type!(Vec<u8>, VecBytes, Vec::as_slice);

impl<T: Answer> Answer for Result<T> {
    const TYPE: ReturnType = T::TYPE;

    fn encode(self) -> Result<Vec<u8>> {
        self?.encode()
    }
}

/// A function that is offered.
pub struct Offer {
    pub name: &'static str,
    pub parameters: &'static [ParameterType],
    pub answer: ReturnType,
    pub run: fn(&FunctionCall) -> Result<Vec<u8>>,
}

impl Offer {
    pub fn definition(&self) -> GuestFunctionDefinition {
        GuestFunctionDefinition::new(
            String::from(self.name),
            self.parameters.to_vec(),
            self.answer,
            self.run as *const () as usize,
        )
    }

    /// What the crate does for a function that is registered.
    pub fn call(&self, call: &FunctionCall) -> Result<Vec<u8>> {
        let types: Vec<ParameterType> = call.parameters.iter().flatten().map(Into::into).collect();
        self.definition().verify_parameters(&types)?;
        (self.run)(call)
    }
}

/// An offer: the name for the host, the parameters, and what is returned.
macro_rules! offer {
    ($name:expr, || -> $answer:ty $body:block) => {
        offer!(@as $name, (), $answer, $body)
    };
    ($name:expr, |$($parameter:ident: $type:ty),+| -> $answer:ty $body:block) => {
        offer!(@as $name, ($($parameter: $type),+), $answer, $body)
    };
    (@as $name:expr, ($($parameter:ident: $type:ty),*), $answer:ty, $body:block) => {{
        use hyperlight_common::flatbuffer_wrappers::function_call::FunctionCall;
        use $crate::offer;

        fn offered(call: &FunctionCall) -> hyperlight_guest::error::Result<alloc::vec::Vec<u8>> {
            let mut _values = call.parameters.iter().flatten();
            $(let $parameter = <$type as offer::Parameter>::take(_values.next().unwrap());)*
            let body = || -> $answer { $body };
            offer::Answer::encode(body())
        }
        offer::Offer {
            name: $name,
            parameters: &[$(<$type as offer::Parameter>::TYPE),*],
            answer: <$answer as offer::Answer>::TYPE,
            run: offered,
        }
    }};
}
