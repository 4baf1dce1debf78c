//! Log records and debug output (A10.1 to A10.4, A10.6).

use alloc::format;
use alloc::string::String;

use hyperlight_common::flatbuffer_wrappers::guest_log_level::LogLevel;
use hyperlight_guest::exit::debug_print;
use hyperlight_guest_bin::guest_logger::log_message;
use log::{Level, LevelFilter, log};

use crate::offer::Offer;

pub const OFFERS: &[Offer] = &[
    // A10.2: 0 is off, 1 error, 2 warn, 3 info, 4 debug, 5 trace.
    offer!("LogMessage", |message: String, level: i32| -> () {
        if let Some(level) = LevelFilter::iter()
            .nth(level as usize)
            .and_then(|it| it.to_level())
        {
            log!(level, "{message}");
        }
    }),
    offer!("LogAllLevels", || -> () {
        for level in Level::iter() {
            log!(level, "a record of level {level}");
        }
    }),
    // A10.3: a level as it stands in the message, from 0 for trace to 6 for none, and past the guest's own filter.
    offer!("LogAt", |level: i32, message: String| -> () {
        let level = LogLevel::from(level as u8);
        log_message(level, &message, "a source", "a caller", "a_file.rs", 123)
    }),
    // A3.10 for records: too large for the output buffer.
    offer!("LogLarge", |length: i32| -> () {
        let message = "l".repeat(length as usize);
        log_message(
            LogLevel::Error,
            &message,
            "a source",
            "a caller",
            "a_file.rs",
            1,
        )
    }),
    // A10.6
    offer!("DebugPrint", |message: String| -> () {
        debug_print(&format!("{message}\n"))
    }),
];
