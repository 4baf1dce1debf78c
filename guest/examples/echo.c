// echo: a function for each type that gives back what it got.
#include <vmlet.h>

VMLET_EXPORT(i32, echo_i32, (i32, value)) { return value; }
VMLET_EXPORT(u32, echo_u32, (u32, value)) { return value; }
VMLET_EXPORT(i64, echo_i64, (i64, value)) { return value; }
VMLET_EXPORT(u64, echo_u64, (u64, value)) { return value; }
VMLET_EXPORT(f32, echo_f32, (f32, value)) { return value; }
VMLET_EXPORT(f64, echo_f64, (f64, value)) { return value; }
VMLET_EXPORT(bool, echo_bool, (bool, value)) { return value; }
VMLET_EXPORT(string, echo_string, (string, value)) { return value; }
VMLET_EXPORT(buffer, echo_buffer, (buffer, value)) { return value; }
VMLET_EXPORT(void, echo_void) {}
