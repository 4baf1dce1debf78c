//! Regions that the host maps into a running sandbox (A7.14, A7.15, A8.6, A9.5 to A9.7).

use alloc::vec::Vec;
use core::arch::asm;

use hyperlight_guest_bin::paging::{flush_tlb, map_region};

use crate::offer::Offer;

const PAGE: u64 = 4096;

pub const OFFERS: &[Offer] = &[
    // With `map`, the guest gives itself page table entries first: the host adds none.
    offer!("ReadMapped", |address: u64,
                          size: u64,
                          map: bool|
     -> Vec<u8> {
        map_if(map, address, size);
        // SAFETY: if there is no such memory, the test wants to see what happens.
        unsafe { core::slice::from_raw_parts(address as *const u8, size as usize) }.to_vec()
    }),
    offer!("WriteMapped", |address: u64, value: i32, map: bool| -> () {
        map_if(map, address, 1);
        // SAFETY: as above.
        unsafe { asm!("mov byte ptr [{}], {}", in(reg) address, in(reg_byte) value as u8) };
    }),
    // Calls the code there: what it leaves in eax.
    offer!("ExecMapped", |address: u64, map: bool| -> i32 {
        map_if(map, address, 1);
        let code = address as *const ();
        // SAFETY: as above.
        unsafe { core::mem::transmute::<*const (), extern "C" fn() -> i32>(code)() }
    }),
];

/// Maps the pages of a region to themselves, with all rights.
pub fn map_if(map: bool, address: u64, size: u64) {
    if !map {
        return;
    }
    // One by one: the crate's walk over several pages goes wrong where they lie in two page tables.
    for page in (address & !(PAGE - 1)..address + size).step_by(PAGE as usize) {
        // SAFETY: nothing else walks the page tables.
        unsafe { map_region(page, page as *mut u8, PAGE) };
    }
    flush_tlb();
}
