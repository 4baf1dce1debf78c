//! Says how the guests are linked: what their host enters is the crate's function, and one has no symbols.
fn main() {
    println!("cargo::rerun-if-changed=../build.rs");
    println!("cargo::rustc-link-arg-bins=--entry=entrypoint");
    println!("cargo::rustc-link-arg-bin=stripped=--strip-all");
}
