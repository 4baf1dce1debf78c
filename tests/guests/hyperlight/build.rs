//! Says where the guest begins: its own entry keeps the registers, and goes on to the crate's.
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-bins=--entry=watched_entrypoint");
}
