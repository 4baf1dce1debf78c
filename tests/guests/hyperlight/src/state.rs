//! What stays from one call to the next: statics (A3.1, A3.16, A8.5).

use core::hint::black_box;
use core::sync::atomic::{AtomicI32, Ordering::Relaxed};

use hyperlight_common::flatbuffer_wrappers::guest_error::ErrorCode;
use hyperlight_guest::error::{HyperlightGuestError, Result};

use crate::offer::Offer;

const SIZE: usize = 1024 * 1024;

static mut LARGE: [u8; SIZE] = [0; SIZE];
static COUNTER: AtomicI32 = AtomicI32::new(0);

pub const OFFERS: &[Offer] = &[
    // Writes 256 pages.
    offer!("SetStatic", || -> i32 {
        // SAFETY: nothing else runs, and nothing keeps a reference.
        unsafe { black_box(&raw mut LARGE).write_bytes(1, 1) };
        SIZE as i32
    }),
    offer!("SmallVar", || -> i32 {
        black_box([0u8; 1024]).len() as i32
    }),
    offer!("AddToStatic", |value: i32| -> i32 {
        COUNTER.fetch_add(value, Relaxed).wrapping_add(value)
    }),
    offer!("GetStatic", || -> i32 { COUNTER.load(Relaxed) }),
    // A3.7: an error does not undo what was done before.
    offer!("AddToStaticAndFail", |value: i32| -> Result<i32> {
        COUNTER.fetch_add(value, Relaxed);
        Err(HyperlightGuestError::new(
            ErrorCode::GuestError,
            "Crash on purpose".into(),
        ))
    }),
];
