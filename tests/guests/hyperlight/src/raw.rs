//! Single instructions on what a test names: ports, model-specific registers, memory, HLT (A7.15, A7.21, A6.2).

use core::arch::asm;

use crate::offer::Offer;

pub const OFFERS: &[Offer] = &[
    // A7.21, and every port of the protocol with any value.
    offer!("OutPort", |port: i32, value: i32| -> () {
        // SAFETY: the host decides what it does.
        unsafe { asm!("out dx, eax", in("dx") port as u16, in("eax") value) };
    }),
    offer!("OutByte", |port: i32, value: i32| -> () {
        // SAFETY: as above.
        unsafe { asm!("out dx, al", in("dx") port as u16, in("al") value as u8) };
    }),
    offer!("OutWord", |port: i32, value: i32| -> () {
        // SAFETY: as above.
        unsafe { asm!("out dx, ax", in("dx") port as u16, in("ax") value as u16) };
    }),
    // Several `out`s by one instruction.
    offer!("OutString", |port: i32, times: i32| -> () {
        let bytes = [0u8; 64];
        let times = (times as usize).min(bytes.len());
        // SAFETY: reads no more than there are.
        unsafe {
            asm!("cld", "rep outsb", in("dx") port as u16,
                inout("rsi") bytes.as_ptr() => _, inout("rcx") times => _);
        }
    }),
    offer!("InPort", |port: i32| -> i32 {
        let value: i32;
        // SAFETY: as above.
        unsafe { asm!("in eax, dx", in("dx") port as u16, inout("eax") 0 => value) };
        value
    }),
    // In the middle of a call, with no answer in the output buffer.
    offer!("Hlt", || -> () {
        // SAFETY: the host decides whether we go on.
        unsafe { asm!("hlt") };
    }),
    offer!("ReadMsr", |register: u32| -> u64 {
        let (high, low): (u32, u32);
        // SAFETY: an exception if there is no such register.
        unsafe { asm!("rdmsr", in("ecx") register, out("eax") low, out("edx") high) };
        (high as u64) << 32 | low as u64
    }),
    offer!("WriteMsr", |register: u32, value: u64| -> () {
        let (high, low) = ((value >> 32) as u32, value as u32);
        // SAFETY: the test knows what it asks for.
        unsafe { asm!("wrmsr", in("ecx") register, in("eax") low, in("edx") high) };
    }),
    offer!("Cpuid", |leaf: u32| -> u64 {
        let (a, d): (u32, u32);
        // SAFETY: has no other effect; LLVM keeps rbx for itself.
        unsafe {
            asm!("push rbx", "cpuid", "pop rbx",
                inout("eax") leaf => a, out("ecx") _, out("edx") d);
        }
        (d as u64) << 32 | a as u64
    }),
    // A7.15: any address, page tables and the host's own regions too. In assembly, because 0 is one of them.
    offer!("ReadAddress", |address: u64| -> u64 { read(address) }),
    offer!("WriteAddress", |address: u64, value: u64| -> () {
        write(address, value)
    }),
];

pub fn read(address: u64) -> u64 {
    let value: u64;
    // SAFETY: an exception or an exit if there is nothing.
    unsafe { asm!("mov {}, [{}]", out(reg) value, in(reg) address) };
    value
}

pub fn write(address: u64, value: u64) {
    // SAFETY: the test knows what it asks for.
    unsafe { asm!("mov [{}], {}", in(reg) address, in(reg) value) };
}
