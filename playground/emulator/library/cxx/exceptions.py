"""Exceptions, as far as a program without handlers needs them: an uncaught one ends the process as natively.

Throwing in a program that has a handler anywhere (it imports ``__cxa_begin_catch``) is a named gap: there is no
unwinder.
"""

import re
from typing import TYPE_CHECKING

from playground.emulator.faults import GuestSignal
from playground.emulator.library.c_values import Buffer, CString, Pointer, Size, Variadic
from playground.emulator.library.cxx.memory import LIBSTDCXX, callable_address, read_pointer, write_pointer
from playground.emulator.library.print import formatted
from playground.emulator.library.registry import data, function
from playground.emulator.library.start import report
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

UNWINDING = "__cxa_throw"
HANDLER = "__cxa_begin_catch"

CLASSES: dict[str, str] = {
    "St9exception": "",
    "St9bad_alloc": "St9exception",
    "St20bad_array_new_length": "St9bad_alloc",
    "St8bad_cast": "St9exception",
    "St10bad_typeid": "St9exception",
    "St13bad_exception": "St9exception",
    "St17bad_function_call": "St9exception",
    "St11logic_error": "St9exception",
    "St12domain_error": "St11logic_error",
    "St16invalid_argument": "St11logic_error",
    "St12length_error": "St11logic_error",
    "St12out_of_range": "St11logic_error",
    "St13runtime_error": "St9exception",
    "St11range_error": "St13runtime_error",
    "St14overflow_error": "St13runtime_error",
    "St15underflow_error": "St13runtime_error",
}
"""The library's exception classes by mangled name, with their base."""
WITH_MESSAGE = tuple(name for name, base in CLASSES.items() if "error" in name or base.endswith("error"))


def demangle(name: str) -> str:
    """A type's name as terminate prints it: builtin types, pointers, ``std::`` and nested class names."""
    builtin = {"i": "int", "j": "unsigned int", "l": "long", "m": "unsigned long", "d": "double", "f": "float"}
    builtin |= {"c": "char", "b": "bool", "x": "long long", "y": "unsigned long long", "s": "short"}
    if name in builtin:
        return builtin[name]
    if name.startswith("PK"):
        return f"{demangle(name[2:])} const*"
    if name.startswith("P"):
        return f"{demangle(name[1:])}*"
    if name == "NSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE":
        return "std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >"
    match = re.fullmatch(r"(N?)(St)?((?:\d+\w+)+?)(E?)", name)
    if not match:
        return name
    return "::".join((["std"] if match.group(2) else []) + _source_names(match.group(3)))


def _source_names(text: str) -> list[str]:
    names: list[str] = []
    while match := re.match(r"\d+", text):
        length = int(match.group())
        names.append(text[match.end() : match.end() + length])
        text = text[match.end() + length :]
    return names


def terminate(machine: "Machine", why: str) -> None:
    """std::terminate without an exception in flight: glibc's line, then SIGABRT."""
    report(machine, "terminate called without an active exception")
    machine.abort("abort", why)


def throw(machine: "Machine", mangled: str, message: str | None) -> None:
    """Throw a class of the library; ends the run, one way or the other."""
    if machine.symbol_slot(HANDLER) is not None:
        machine.stop_unsupported(
            (UNWINDING,), f"not supported: catching C++ exceptions ({demangle(mangled)} was thrown)"
        )
    name = demangle(mangled)
    library_state(machine).streams.stdout.flush()
    report(machine, f"terminate called after throwing an instance of '{name}'")
    if message is not None:
        report(machine, f"  what():  {message}")
    text = f": {message}" if message else ""
    raise GuestSignal("uncaught-exception", "SIGABRT", f"uncaught exception {name}{text}")


def _define_throw(routine: str, mangled: str) -> None:
    def throw_it(machine: "Machine", message: CString) -> None:
        throw(machine, mangled, message.decode("latin-1"))

    throw_it.__doc__ = f"Throw {demangle(mangled)}."
    function(f"_ZSt{len(routine)}{routine}PKc", header=LIBSTDCXX)(throw_it)


for _class in WITH_MESSAGE:
    _define_throw(f"__throw_{demangle(_class).removeprefix('std::')}", _class)


def _define_plain_throw(routine: str, mangled: str) -> None:
    def throw_it(machine: "Machine") -> None:
        throw(machine, mangled, demangle(mangled) if mangled != "St17bad_function_call" else "bad_function_call")

    throw_it.__doc__ = f"Throw {demangle(mangled)}."
    function(*routine.split(), header=LIBSTDCXX)(throw_it)


_define_plain_throw("_ZSt17__throw_bad_allocv", "St9bad_alloc")
_define_plain_throw("_ZSt16__throw_bad_castv __cxa_bad_cast", "St8bad_cast")
_define_plain_throw("_ZSt18__throw_bad_typeidv __cxa_bad_typeid", "St10bad_typeid")
_define_plain_throw("_ZSt25__throw_bad_function_callv", "St17bad_function_call")


@function("_ZSt24__throw_out_of_range_fmtPKcz", header=LIBSTDCXX)
def throw_out_of_range_fmt(machine: "Machine", format: CString, arguments: Variadic) -> None:
    """Throw std::out_of_range with a formatted message."""
    throw_out_of_range(machine, (formatted(machine, format, arguments) or b"").decode("latin-1"))


def throw_out_of_range(machine: "Machine", message: str) -> None:
    """std::out_of_range."""
    throw(machine, "St12out_of_range", message)


@function("__cxa_allocate_exception", header=LIBSTDCXX)
def __cxa_allocate_exception(machine: "Machine", size: Size) -> Pointer:
    """Room for an exception object."""
    return machine.allocate_static(size + 128) + 128


@function("__cxa_free_exception", header=LIBSTDCXX)
def __cxa_free_exception(machine: "Machine", thrown: Pointer) -> None:
    """Its constructor threw."""


@function("__cxa_throw", header=LIBSTDCXX)
def __cxa_throw(machine: "Machine", thrown: Pointer, type_info: Pointer, destructor: Pointer) -> None:
    """throw: uncaught, or a gap."""
    name = machine.read_cstring(read_pointer(machine, type_info + 8), 4096).decode("latin-1").lstrip("*")
    throw(machine, name, _what(machine, thrown, type_info))


def _what(machine: "Machine", thrown: int, type_info: int) -> str | None:
    """what() of an object whose class derives singly from std::exception, else None."""
    base = machine.symbol_slot("_ZTISt9exception")
    while type_info:
        mangled = machine.read_cstring(read_pointer(machine, type_info + 8), 4096).decode("latin-1")
        if mangled in CLASSES or type_info == base:
            text = machine.call(read_pointer(machine, read_pointer(machine, thrown) + 16), (thrown,))
            return machine.read_cstring(text, 4096).decode("latin-1")
        single = machine.symbol_slot("_ZTVN10__cxxabiv120__si_class_type_infoE")
        if single is None or read_pointer(machine, type_info) != single + 16:
            return None
        type_info = read_pointer(machine, type_info + 16)
    return None


def _type_info_address(machine: "Machine", mangled: str) -> int:
    slot = machine.symbol_slot(f"_ZTI{mangled}")
    if slot is not None:
        return slot
    addresses: dict[str, int] = library_state(machine).parts.setdefault("type infos", {})
    if mangled not in addresses:
        addresses[mangled] = machine.allocate_static(32)
        _write_type_info(machine, addresses[mangled], mangled)
    return addresses[mangled]


def _write_type_info(machine: "Machine", address: int, mangled: str) -> None:
    kind = "120__si_class_type_infoE" if CLASSES[mangled] else "117__class_type_infoE"
    vtable = machine.symbol_slot(f"_ZTVN10__cxxabiv{kind}")
    write_pointer(machine, address, vtable + 16 if vtable else callable_address(machine, "__cxa_pure_virtual"))
    write_pointer(machine, address + 8, library_state(machine).text(f"typeinfo {mangled}", mangled.encode()))
    if CLASSES[mangled]:
        write_pointer(machine, address + 16, _type_info_address(machine, CLASSES[mangled]))


def _write_vtable(machine: "Machine", address: int, mangled: str) -> None:
    """offset to top, type, two destructors, what()."""
    write_pointer(machine, address + 8, _type_info_address(machine, mangled))
    entries = (f"_ZN{mangled}D1Ev", f"_ZN{mangled}D0Ev", f"_ZNK{mangled}4whatEv")
    for index, name in enumerate(entries):
        write_pointer(machine, address + 16 + 8 * index, callable_address(machine, name))


def _vtable_address(machine: "Machine", mangled: str) -> int:
    slot = machine.symbol_slot(f"_ZTV{mangled}")
    if slot is not None:
        return slot
    state = library_state(machine)
    key = f"vtable {mangled}"
    if key not in state.parts:
        state.parts[key] = machine.allocate_static(40)
        _write_vtable(machine, state.parts[key], mangled)
    address: int = state.parts[key]
    return address


def _define_class(mangled: str) -> None:
    data(f"_ZTI{mangled}", 24, header=LIBSTDCXX)(lambda machine, address: _write_type_info(machine, address, mangled))
    data(f"_ZTV{mangled}", 40, header=LIBSTDCXX)(lambda machine, address: _write_vtable(machine, address, mangled))
    has_message = mangled in WITH_MESSAGE

    def destroy(machine: "Machine", this: Pointer) -> None:
        """Nothing is owned."""

    def delete(machine: "Machine", this: Pointer) -> None:
        """Give the object back."""
        library_state(machine).heap.release(this, "operator delete")

    def what(machine: "Machine", this: Pointer) -> Buffer:
        """The message."""
        if has_message:
            return read_pointer(machine, this + 8)
        return library_state(machine).text(f"what {mangled}", demangle(mangled).encode())

    function(f"_ZN{mangled}D1Ev", f"_ZN{mangled}D2Ev", header=LIBSTDCXX)(destroy)
    function(f"_ZN{mangled}D0Ev", header=LIBSTDCXX)(delete)
    function(f"_ZNK{mangled}4whatEv", header=LIBSTDCXX)(what)
    if has_message:
        _define_constructors(mangled)


def _define_constructors(mangled: str) -> None:
    def construct(machine: "Machine", this: Pointer, message: CString) -> None:
        """Construct with a message."""
        _construct(machine, this, mangled, message)

    def construct_from_string(machine: "Machine", this: Pointer, message: Pointer) -> None:
        """Construct with a std::string."""
        size = machine.read_integer(message + 8, 8)
        _construct(machine, this, mangled, machine.read(read_pointer(machine, message), size))

    string = "ERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"
    function(f"_ZN{mangled}C1EPKc", f"_ZN{mangled}C2EPKc", header=LIBSTDCXX)(construct)
    function(f"_ZN{mangled}C1{string}", f"_ZN{mangled}C2{string}", header=LIBSTDCXX)(construct_from_string)


def _construct(machine: "Machine", this: int, mangled: str, message: bytes) -> None:
    text = machine.allocate_static(len(message) + 1)
    machine.write(text, message + b"\0")
    write_pointer(machine, this, _vtable_address(machine, mangled) + 16)
    write_pointer(machine, this + 8, text)


for _class in CLASSES:
    _define_class(_class)


def _define_gap(name: str) -> None:
    def gap(machine: "Machine") -> None:
        machine.stop_unsupported((name,), f"not supported: catching C++ exceptions ({name})")

    gap.__doc__ = "Not supported: reached only once an exception was thrown."
    function(name, header=LIBSTDCXX)(gap)


for _name in (
    *("__cxa_begin_catch", "__cxa_end_catch", "__cxa_rethrow", "_Unwind_Resume", "__cxa_get_exception_ptr"),
    *("__gxx_personality_v0", "__cxa_current_exception_type"),
):
    _define_gap(_name)
