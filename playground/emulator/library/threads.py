"""pthread.h as far as a process with one thread goes: locks are free, keys and once work. Threads are not supported."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import ConstPointer, Function, Int, Pointer, UInt, ULong
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

PTHREAD = "pthread.h"
EINVAL = 22
NOTHING_TO_DO = """
    pthread_mutex_init pthread_mutex_destroy pthread_mutex_lock pthread_mutex_trylock pthread_mutex_unlock
    pthread_mutexattr_init pthread_mutexattr_destroy pthread_mutexattr_settype pthread_cond_init pthread_cond_destroy
    pthread_cond_signal pthread_cond_broadcast pthread_rwlock_init pthread_rwlock_destroy pthread_rwlock_rdlock
    pthread_rwlock_wrlock pthread_rwlock_unlock pthread_attr_init pthread_attr_destroy pthread_spin_init
    pthread_spin_lock pthread_spin_unlock pthread_spin_destroy
"""


def _define(name: str) -> None:
    def succeed(machine: "Machine") -> Int:
        return 0

    succeed.__doc__ = "0: nobody else could hold or wait for it."
    function(name, header=PTHREAD)(succeed)


for _name in NOTHING_TO_DO.split():
    _define(_name)


@function(header=PTHREAD)
def pthread_self(machine: "Machine") -> ULong:
    """The only thread: its thread pointer."""
    return machine.thread_local_base


@function(header=PTHREAD)
def pthread_equal(machine: "Machine", one: ULong, two: ULong) -> Int:
    """1 when both are the same."""
    return int(one == two)


@function("pthread_once", "call_once", header=PTHREAD)
def pthread_once(machine: "Machine", control: Pointer, routine: Function) -> Int:
    """Call the routine the first time."""
    if machine.read_integer(control, 4) == 0:
        machine.write_integer(control, 2, 4)
        machine.call(routine, ())
    return 0


def _values(machine: "Machine") -> dict[int, int]:
    values: dict[int, int] = library_state(machine).parts.setdefault("thread keys", {})
    return values


@function("pthread_key_create", "__pthread_key_create", header=PTHREAD)
def pthread_key_create(machine: "Machine", key: Pointer, destructor: Function) -> Int:
    """A new key; destructors are for threads that end before the process."""
    values = _values(machine)
    machine.write_integer(key, len(values), 4)
    values[len(values)] = 0
    return 0


@function(header=PTHREAD)
def pthread_key_delete(machine: "Machine", key: UInt) -> Int:
    """0 for a key that exists."""
    return 0 if key in _values(machine) else EINVAL


@function(header=PTHREAD)
def pthread_setspecific(machine: "Machine", key: UInt, value: ConstPointer) -> Int:
    """Remember a value under a key."""
    values = _values(machine)
    if key not in values:
        return EINVAL
    values[key] = value
    return 0


@function(header=PTHREAD)
def pthread_getspecific(machine: "Machine", key: UInt) -> Pointer:
    """The value under a key, or NULL."""
    return _values(machine).get(key, 0)
