"""Starting and ending a process: __libc_start_main, atexit, exit, abort, assert, the stack protector's report."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import CString, Function, Int, Pointer, UInt
from playground.emulator.library.registry import data, function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STDLIB = "stdlib.h"


@function(header="csu")
def __libc_start_main(
    machine: "Machine",
    main: Function,
    argc: Int,
    argv: Pointer,
    init: Function,
    fini: Function,
    rtld_fini: Function,
    stack_end: Pointer,
) -> Int:
    """Run constructors, main(argc, argv, environ), and exit with its result."""
    environment = argv + 8 * (argc + 1)
    machine.run_constructors(argc, argv, environment)
    result = machine.call(main, (argc, argv, environment))
    finish(machine, result & 0xFF)
    return 0


def run_exit_handlers(machine: "Machine") -> None:
    """Call the registered functions, last registered first; one may register more."""
    handlers = library_state(machine).exit_handlers
    while handlers:
        handler, argument = handlers.pop()
        machine.call(handler, (argument,))


def finish(machine: "Machine", status: int) -> None:
    """exit: handlers, destructors (.fini_array), flush, end of the process."""
    run_exit_handlers(machine)
    machine.run_destructors()
    library_state(machine).streams.flush_all()
    machine.exit(status & 0xFF)


@function(header=STDLIB)
def exit(machine: "Machine", status: Int) -> None:
    """End the process after handlers and flushing."""
    finish(machine, status)


@function("_exit", "_Exit", header="unistd.h")
def _exit(machine: "Machine", status: Int) -> None:
    """End the process at once, without flushing."""
    machine.exit(status & 0xFF)


@function(header=STDLIB)
def atexit(machine: "Machine", handler: Function) -> Int:
    """Call handler() at exit."""
    library_state(machine).exit_handlers.append((handler, 0))
    return 0


@function("__cxa_atexit", "__cxa_thread_atexit", header="libstdc++")
def __cxa_atexit(machine: "Machine", handler: Function, argument: Pointer, dso: Pointer) -> Int:
    """Call handler(argument) at exit (Itanium C++ ABI 3.3.6.3)."""
    library_state(machine).exit_handlers.append((handler, argument))
    return 0


@function(header="libstdc++")
def __cxa_finalize(machine: "Machine", dso: Pointer) -> None:
    """Run the registered handlers (a destructor section calls it)."""
    run_exit_handlers(machine)


@function(header=STDLIB)
def on_exit(machine: "Machine", handler: Function, argument: Pointer) -> Int:
    """Call handler(status, argument) at exit; the status given is 0."""
    library_state(machine).exit_handlers.append((handler, argument))
    return 0


@function(header=STDLIB)
def at_quick_exit(machine: "Machine", handler: Function) -> Int:
    """Call handler() at quick_exit."""
    library_state(machine).quick_exit_handlers.append(handler)
    return 0


@function(header=STDLIB)
def quick_exit(machine: "Machine", status: Int) -> None:
    """End after the quick_exit handlers, without flushing."""
    handlers = library_state(machine).quick_exit_handlers
    while handlers:
        machine.call(handlers.pop(), ())
    machine.exit(status & 0xFF)


def report(machine: "Machine", message: str) -> None:
    """Say something on stderr as the C library itself does before it aborts."""
    library_state(machine).streams.stderr.write(message.encode() + b"\n")


@function(header=STDLIB)
def abort(machine: "Machine") -> None:
    """Die of SIGABRT."""
    machine.abort("abort", "the program called abort()", None)


@function("__stack_chk_fail", "__stack_chk_fail_local", header="libgcc")
def __stack_chk_fail(machine: "Machine") -> None:
    """The stack protector found its canary overwritten."""
    report(machine, "*** stack smashing detected ***: terminated")
    machine.abort("abort", "stack smashing detected: the canary below the return address was overwritten", None)


@function(header="libgcc")
def __chk_fail(machine: "Machine") -> None:
    """A fortified function would write past its target."""
    buffer_overflow(machine, "a fortified function")


def buffer_overflow(machine: "Machine", what: str) -> None:
    """The fortify report: glibc's message, then the fault."""
    report(machine, "*** buffer overflow detected ***: terminated")
    machine.abort("abort", f"buffer overflow detected: {what} would write past the end of its target", None)


@function(header="assert.h")
def __assert_fail(machine: "Machine", expression: CString, file: CString, line: UInt, routine: Pointer) -> None:
    """A failed assert: glibc's line on stderr, then SIGABRT."""
    name = machine.read_cstring(routine).decode("latin-1") + ": " if routine else ""
    text = expression.decode("latin-1")
    program = machine.program_name.rpartition("/")[2]
    report(machine, f"{program}: {file.decode('latin-1')}:{line}: {name}Assertion `{text}' failed.")
    machine.abort("abort", f"assertion `{text}' failed at line {line}", None)


@data("__stack_chk_guard", 8, header="libgcc")
def _stack_chk_guard(machine: "Machine", address: int) -> None:
    """The canary that aarch64 code compares with (x86-64 keeps it at %fs:0x28)."""
    machine.write_integer(address, 0x5BD1E995A7C3F100, 8)


@data("__dso_handle", 8, header="libgcc")
def _dso_handle(machine: "Machine", address: int) -> None:
    """Identifies the program to __cxa_atexit; its value is its own address."""
    machine.write_integer(address, address, 8)


@data("__libc_single_threaded", 1, header="sys/single_threaded.h")
def _single_threaded(machine: "Machine", address: int) -> None:
    machine.write_integer(address, 1, 1)
