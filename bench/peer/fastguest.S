// A guest of the v0.11 ABI that does next to nothing in a call, so that the host's own cost shows.
//
// Its messages are made beforehand: Echo(…) returns "hello\n" whatever comes, Add(…) asks HostAdd(1, 41) and returns 42
// whatever that says. EchoBytes returns the bytes that it is given. Any other function spins for ever. A call takes some
// 35 instructions, which matters where ring 0 is emulated.
.intel_syntax noprefix

.set CALL_FUNCTION, 101

// Offsets in the process environment block.
.set DISPATCH, 8
.set INPUT, 32
.set OUTPUT, 48

// Offsets in the answer of EchoBytes, and its length without the bytes.
.set BYTES_NUMBER, 52
.set BYTES_VECTOR, 60
.set BYTES_ANSWER, 64

.text
.globl entrypoint
entrypoint:                             // rdi: the process environment block
  mov [rip + block], rdi
  lea rax, [rip + dispatch]
  mov [rdi + DISPATCH], rax
  hlt

dispatch:
  mov rbx, [rip + block]
  call pop_input
  // The function's name is the root table's first field. Four letters of it say enough, and stay where they are however
  // a host orders the message and whatever defaults it writes.
  lea rsi, [rax + 4]
  mov ecx, [rsi]
  add rsi, rcx                          // the root table
  movsxd rcx, dword ptr [rsi]
  mov rdi, rsi
  sub rdi, rcx                          // its vtable
  movzx ecx, word ptr [rdi + 4]
  add rsi, rcx                          // the field
  mov ecx, [rsi]
  mov ecx, [rsi + rcx + 5]              // behind the string's length and first letter
  cmp ecx, 0x006f6863                   // "cho" and the end
  je echo
  cmp cx, 0x6464                        // "dd"
  je add
  cmp ecx, 0x426f6863                   // "choB"
  je echo_bytes
spin:
  pause
  jmp spin

echo:
  lea rsi, [rip + echo_answer]
  call push_output
  hlt

add:
  lea rsi, [rip + host_call]
  call push_output
  mov dx, CALL_FUNCTION
  xor eax, eax
  out dx, eax
  call pop_input
  lea rsi, [rip + add_answer]
  call push_output
  hlt

echo_bytes:
  lea rsi, [rax + 4]
  mov ecx, [rsi]
  add rsi, rcx                          // the root table
  mov ecx, 6
  call follow                           // the parameters
  add rsi, 4
  mov ecx, [rsi]
  add rsi, rcx                          // the first of them
  mov ecx, 6
  call follow                           // its value
  mov ecx, 4
  call follow                           // the bytes behind their number
  mov r8d, [rsi]
  lea r9, [rsi + 4]
  mov rdx, [rbx + OUTPUT]
  mov rax, [rdx]
  lea rdi, [rdx + rax]
  mov r10, rdi
  lea rsi, [rip + bytes_answer]
  mov ecx, BYTES_ANSWER / 8
  cld
  rep movsq
  mov [r10 + BYTES_NUMBER], r8d
  mov [r10 + BYTES_VECTOR], r8d
  mov rsi, r9
  lea ecx, [r8 + 7]
  shr ecx, 3
  rep movsq                             // what is behind the bytes pads them
  mov rcx, rdi
  sub rcx, r10
  sub ecx, 4
  mov [r10], ecx
  mov [rdi], rax
  add rdi, 8
  sub rdi, rdx
  mov [rdx], rdi
  hlt

// From a table at rsi to what one of its fields points to; ecx is where the field stands in the vtable.
follow:
  movsxd rdx, dword ptr [rsi]
  mov rdi, rsi
  sub rdi, rdx
  movzx edx, word ptr [rdi + rcx]
  add rsi, rdx
  mov edx, [rsi]
  add rsi, rdx
  ret

// Takes the topmost element off the input stack: rax is where it lies.
pop_input:
  mov rdx, [rbx + INPUT]
  mov rcx, [rdx]
  mov rax, [rdx + rcx - 8]
  mov [rdx], rax
  add rax, rdx
  ret

// Puts the message at rsi, which is padded to quadwords, on the output stack.
push_output:
  mov ecx, [rsi]
  add ecx, 4                            // the prefix itself
  shr ecx, 3
  mov rdx, [rbx + OUTPUT]
  mov rax, [rdx]
  lea rdi, [rdx + rax]
  cld
  rep movsq
  mov [rdi], rax
  add rdi, 8
  sub rdi, rdx
  mov [rdx], rdi
  ret

// --- messages -------------------------------------------------------------------------------------------------------
// FlatBuffers with a size prefix. A table begins with the distance back to its vtable; a vtable has its own size, the
// table's, and the place of each field in the table. References are distances forward.

.section .rodata
.macro message name
  .balign 8
  \name:
  .long \name\()_end - . - 4
.endm

// A table of a union: the reference stands before its type. FunctionCallResult, ReturnValueBox and Parameter are alike.
.macro union_vtable label
  \label: .short 8, 12, 8, 4
.endm
.macro union_table label, vtable, type, value
  \label:
  .long \label - \vtable
  .long \value - .
  .byte \type, 0, 0, 0
.endm

// A table with one field of four bytes: hlint and hlstring are alike.
.macro value_vtable label
  \label: .short 6, 8, 4, 0
.endm

.set RETURN_VALUE_BOX, 1                // FunctionCallResultType
.set PARAMETER_INT, 1                   // ParameterValue
.set VALUE_INT, 1                       // ReturnValue
.set VALUE_STRING, 7
.set VALUE_BYTES, 10
.set CALL_TYPE_HOST, 2                  // FunctionCallType
.set RETURN_INT, 0                      // ReturnType

message echo_answer
  .long echo_result - .
  union_vtable echo_union
  value_vtable echo_scalar
  union_table echo_result, echo_union, RETURN_VALUE_BOX, echo_box
  union_table echo_box, echo_union, VALUE_STRING, echo_value
echo_value:
  .long echo_value - echo_scalar
  .long echo_text - .
echo_text:
  .long 6
  .asciz "hello\n"
  .balign 8
echo_answer_end:

// The bytes follow; their number is filled in twice, and the message's length.
message bytes_answer
  .long bytes_result - .
  union_vtable bytes_union
bytes_vtable:                           // number of the bytes, and where they are
  .short 8, 12, 4, 8
  union_table bytes_result, bytes_union, RETURN_VALUE_BOX, bytes_box
  union_table bytes_box, bytes_union, VALUE_BYTES, bytes_value
bytes_value:
  .long bytes_value - bytes_vtable
  .long 0                               // BYTES_NUMBER
  .long bytes_vector - .
bytes_vector:                           // BYTES_VECTOR
  .long 0
bytes_answer_end:
.if bytes_answer_end - bytes_answer != BYTES_ANSWER
  .error "BYTES_ANSWER and its kin are wrong"
.endif

message add_answer
  .long add_result - .
  union_vtable add_union
  value_vtable add_scalar
  union_table add_result, add_union, RETURN_VALUE_BOX, add_box
  union_table add_box, add_union, VALUE_INT, add_value
add_value:
  .long add_value - add_scalar
  .long 42
  .balign 8
add_answer_end:

message host_call
  .long call_table - .
  union_vtable call_union
  value_vtable call_scalar
call_vtable:                            // name, parameters, type of the call, type of its result
  .short 12, 16, 4, 8, 12, 13
call_table:
  .long call_table - call_vtable
  .long call_name - .
  .long call_parameters - .
  .byte CALL_TYPE_HOST, RETURN_INT, 0, 0
call_parameters:
  .long 2
  .long call_left - .
  .long call_right - .
  union_table call_left, call_union, PARAMETER_INT, call_one
  union_table call_right, call_union, PARAMETER_INT, call_other
call_one:
  .long call_one - call_scalar
  .long 1
call_other:
  .long call_other - call_scalar
  .long 41
call_name:
  .long 7
  .asciz "HostAdd"
  .balign 8
host_call_end:

.data
.balign 8
block: .quad 0
