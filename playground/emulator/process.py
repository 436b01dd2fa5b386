"""Whole programs: the initial process stack, ``_start`` or ``main``, and how the run ended as a RunResult."""

from collections.abc import Mapping, Sequence

from playground.assembly.program import ProgramImage
from playground.emulator.diagnosis import explain_end
from playground.emulator.faults import ProcessEnd, ProcessExit
from playground.emulator.library.start import finish
from playground.emulator.library.state import check_heap
from playground.emulator.loader import STACK_TOP, load
from playground.emulator.machine import Machine
from playground.emulator.memory import PAGE
from playground.emulator.result import Limits, RunResult
from playground.errors import InputError

AT_NULL, AT_PAGESZ, AT_ENTRY, AT_UID, AT_EUID, AT_GID, AT_EGID = 0, 6, 9, 11, 12, 13, 14
AT_PLATFORM, AT_HWCAP, AT_CLKTCK, AT_SECURE, AT_RANDOM, AT_EXECFN = 15, 16, 17, 23, 25, 31
"""The auxiliary vector's types (man 3 getauxval; psABI 3.4.3)."""
USER_ID = 1000
LONGEST_ARGUMENTS = 128 * 1024


def run_program(
    image: ProgramImage,
    *,
    stdin: bytes = b"",
    arguments: Sequence[str] = ("program",),
    environment: Mapping[str, str] | None = None,
    limits: Limits = Limits(),
) -> RunResult:
    """Run a program from `_start` or `main` to its end. The same call gives the same result to the byte.

    Raises:
        InputError: the image has no entry, or arguments and environment are too long.
    """
    machine = None
    try:
        machine = load_program(image, stdin=stdin, arguments=arguments, environment=environment, limits=limits)
        start(machine)
    except ProcessEnd as end:
        return explain_end(machine, end, image)
    raise AssertionError("a process ends by an exception")


def load_program(
    image: ProgramImage,
    *,
    stdin: bytes,
    arguments: Sequence[str],
    environment: Mapping[str, str] | None,
    limits: Limits,
) -> Machine:
    """The machine that stands before the program's first instruction.

    Raises:
        InputError: the image has no entry. LimitReached: it does not fit the memory limit.
    """
    if image.entry is None:
        raise InputError("There is no `main` and no `_start`: define one, or call a function by its prototype.")
    machine = load(image, limits=limits, stdin=stdin, environment=environment)
    machine.arguments = tuple(arguments)
    return machine


def start(machine: Machine) -> None:
    """Run the loaded program.

    Raises:
        ProcessEnd: always; `ProcessExit` when it ended by itself and wrote nothing outside its heap blocks.
    """
    image = machine.image
    assert image.entry is not None
    try:
        _run(machine, image.entry)
    except ProcessExit:
        check_heap(machine)
        raise


def _run(machine: Machine, entry: int) -> None:
    image = machine.image
    count, vector, environment = place_arguments(machine)
    if image.entry_symbol == "_start":
        machine.run(entry)
        raise ProcessExit(0)
    machine.run_constructors(count, vector, environment)
    status = machine.call(entry, (count, vector, environment))
    finish(machine, status & 0xFF)


def place_arguments(machine: Machine) -> tuple[int, int, int]:
    """Lay out the initial process stack (psABI figure 3.9; the same on aarch64); argc, argv, envp.

    Raises:
        InputError: arguments and environment are too long.
    """
    arguments = [text.encode("utf-8", "surrogateescape") for text in machine.arguments]
    variables = [f"{key}={value}".encode("utf-8", "surrogateescape") for key, value in machine.environment.items()]
    texts = [*arguments, *variables, machine.arch.platform.encode(), *arguments[:1]]
    if sum(map(len, texts)) > LONGEST_ARGUMENTS:
        raise InputError(f"Arguments and environment are longer than {LONGEST_ARGUMENTS:,} bytes: shorten them.")
    at = STACK_TOP - 16
    addresses = []
    for text in texts:
        at -= len(text) + 1
        machine.write(at, text + b"\0")
        addresses.append(at)
    at = (at & -16) - 16
    machine.write(at, machine.random.randbytes(16))
    words = _vector_words(machine, len(arguments), addresses, random_bytes=at)
    stack_pointer = at - 8 * len(words) & -16
    machine.write(stack_pointer, b"".join(word.to_bytes(8, "little") for word in words))
    machine.set_register(machine.arch.stack_pointer, stack_pointer)
    machine.environment_address = stack_pointer + 8 * (len(arguments) + 2)
    return len(arguments), stack_pointer + 8, machine.environment_address


def _vector_words(machine: Machine, count: int, addresses: list[int], *, random_bytes: int) -> list[int]:
    """argc, argv, NULL, envp, NULL, auxiliary vector."""
    variables = len(machine.environment)
    platform = addresses[count + variables]
    program = addresses[count + variables + 1] if count else 0
    auxiliary = (
        (AT_HWCAP, 0),
        (AT_PAGESZ, PAGE),
        (AT_CLKTCK, 100),
        (AT_ENTRY, machine.image.entry or 0),
        (AT_UID, USER_ID),
        (AT_EUID, USER_ID),
        (AT_GID, USER_ID),
        (AT_EGID, USER_ID),
        (AT_SECURE, 0),
        (AT_RANDOM, random_bytes),
        (AT_EXECFN, program),
        (AT_PLATFORM, platform),
        (AT_NULL, 0),
    )
    pairs = [word for pair in auxiliary for word in pair]
    return [count, *addresses[:count], 0, *addresses[count : count + variables], 0, *pairs]
