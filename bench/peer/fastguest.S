// A guest of the v0.11 ABI that does next to nothing in a call, so that the host's own cost shows.
//
// Its messages are made beforehand: Echo(…) returns "hello\n" whatever comes, Add(…) asks HostAdd(1, 41) and returns 42
// whatever that says. Any other function spins for ever. A call takes some 35 instructions, which matters where ring 0
// is emulated.
.intel_syntax noprefix

.set CALL_FUNCTION, 101

// Offsets in the process environment block.
.set DISPATCH, 8
.set INPUT, 32
.set OUTPUT, 48

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
  // The function's name is the root table's first field. Its first letter says enough, and stays where it is however a
  // host orders the message and whatever defaults it writes.
  lea rsi, [rax + 4]
  mov ecx, [rsi]
  add rsi, rcx                          // the root table
  movsxd rcx, dword ptr [rsi]
  mov rdi, rsi
  sub rdi, rcx                          // its vtable
  movzx ecx, word ptr [rdi + 4]
  add rsi, rcx                          // the field
  mov ecx, [rsi]
  mov al, [rsi + rcx + 4]               // behind the string's length
  cmp al, 'E'
  je echo
  cmp al, 'A'
  je add
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
