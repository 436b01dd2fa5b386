"""What the library remembers of one process: heap, streams, exit handlers, generators. Kept on the machine."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


class LibraryState:
    """Everything the library keeps between calls of one process."""

    def __init__(self, machine: "Machine") -> None:
        # The parts import this module for library_state, so they are imported when a process starts.
        from playground.emulator.library.heap import Heap
        from playground.emulator.library.random_numbers import AdditiveFeedback
        from playground.emulator.library.streams import Streams

        self._machine = machine
        self.heap: Heap = Heap(machine)
        self.streams: Streams = Streams(machine)
        self.random: AdditiveFeedback = AdditiveFeedback(1)
        self.drand48 = 0
        self.strtok_rest = 0
        self.exit_handlers: list[tuple[int, int]] = []
        """Functions to call at exit with their argument, last first."""
        self.quick_exit_handlers: list[int] = []
        self.parts: dict[str, Any] = {}
        """State of rarer parts (environment copies, locale), by the part's name."""
        self._texts: dict[str, tuple[int, int]] = {}

    def text(self, name: str, content: bytes) -> int:
        """The address of a static NUL-terminated text; the same `name` is overwritten in place while it fits."""
        address, capacity = self._texts.get(name, (0, 0))
        if len(content) + 1 > capacity:
            capacity = max(64, len(content) + 1)
            address = self._machine.allocate_static(capacity)
            self._texts[name] = (address, capacity)
        self._machine.write(address, content + b"\0")
        return address

    def static(self, name: str, size: int) -> int:
        """The address of a zeroed static object of `size` bytes, made at the first use of `name`."""
        if name not in self._texts:
            self._texts[name] = (self._machine.allocate_static(size), size)
        return self._texts[name][0]


def library_state(machine: "Machine") -> LibraryState:
    """The process's library state, made at first use."""
    state = machine.library_state
    if state is None:
        state = machine.library_state = LibraryState(machine)
    assert isinstance(state, LibraryState)
    return state


def check_heap(machine: "Machine") -> None:
    """At a run's end: the red zones of the blocks that are still allocated.

    Raises:
        GuestSignal: ``red-zone``, something was written outside a block.
    """
    if isinstance(machine.library_state, LibraryState):
        machine.library_state.heap.check()
