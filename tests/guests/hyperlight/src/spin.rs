//! Guests that take long, or for ever (A5.1 to A5.10).

use core::hint::black_box;

use crate::offer::Offer;

pub const OFFERS: &[Offer] = &[
    offer!("Spin", || -> () { spin() }),
    offer!("SpinFor", |iterations: u64| -> u64 { spin_for(iterations) }),
    offer!("SpinThenReturn", |iterations: u64, value: i32| -> i32 {
        spin_for(iterations);
        value
    }),
];

pub fn spin() -> ! {
    loop {
        core::hint::spin_loop();
    }
}

fn spin_for(iterations: u64) -> u64 {
    for i in 0..iterations {
        black_box(i);
    }
    iterations
}
