"""What hardware checks of an access's alignment and Unicorn does not, as questions for `Engine.watch`."""

from collections.abc import Callable, Mapping

from playground.assembly.program import ProgramImage
from playground.emulator.aligned_accesses import ALIGNMENT, Operand, aligned_accesses
from playground.emulator.engine import Engine, Stop
from playground.emulator.stack_alignment import stack_accesses

Check = Callable[[], Stop | None]


def alignment_checks(image: ProgramImage, engine: Engine) -> Mapping[int, Check]:
    """By address of the instruction; each answers with a ``misaligned`` stop, or None."""
    if image.arch == "aarch64":
        return dict.fromkeys(stack_accesses(image), _stack_check(engine))
    return {address: _operand_check(engine, operand) for address, operand in aligned_accesses(image).items()}


def _stack_check(engine: Engine) -> Check:
    def check() -> Stop | None:
        value = engine.read("sp")
        return Stop("misaligned", address=value) if value % ALIGNMENT else None

    return check


def _operand_check(engine: Engine, operand: Operand) -> Check:
    def check() -> Stop | None:
        address = operand.address(engine.read)
        return Stop("misaligned", address=address) if address % ALIGNMENT else None

    return check
