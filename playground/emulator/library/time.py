"""time.h on the machine's deterministic clock; the time zone is UTC."""

import calendar
import struct
import time as _time
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Buffer, ConstPointer, CString, Double, Int, Long, Pointer, Size
from playground.emulator.library.errors import set_errno
from playground.emulator.library.registry import data, function
from playground.emulator.library.state import library_state
from playground.emulator.library.time_format import format_time

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

TIME = "time.h"
NANOSECONDS = 10**9
CLOCKS_PER_SECOND = 10**6
EINVAL, EOVERFLOW = 22, 75
TM = struct.Struct("<9i4xqQ")
"""struct tm: sec min hour mday mon year wday yday isdst, tm_gmtoff, tm_zone."""
LARGEST_TIME = 67767976233532799
"""The last second whose year fits struct tm."""
LAST_SECOND = 253402300799
"""The end of year 9999, which Python's calendar reaches."""
MONOTONIC_CLOCKS = frozenset({1, 4, 6, 7})
CPU_CLOCKS = frozenset({2, 3})
LONGEST_ASCTIME = 64


@function(header=TIME)
def time(machine: "Machine", result: Pointer) -> Long:
    """Seconds since 1970, stored too when result is given."""
    seconds = machine.clock.realtime_nanoseconds() // NANOSECONDS
    if result:
        machine.write_integer(result, seconds, 8)
    return seconds


@function(header=TIME)
def clock(machine: "Machine") -> Long:
    """Processor time in microseconds: a nanosecond an instruction."""
    return machine.clock.engine.executed // 1000


@function("clock_gettime", "__clock_gettime", header=TIME)
def clock_gettime(machine: "Machine", identifier: Int, result: Pointer) -> Int:
    """Seconds and nanoseconds of a clock."""
    if identifier not in MONOTONIC_CLOCKS | CPU_CLOCKS | {0, 5}:
        set_errno(machine, EINVAL)
        return -1
    now = machine.clock.realtime_nanoseconds()
    if identifier in MONOTONIC_CLOCKS:
        now = machine.clock.monotonic_nanoseconds()
    elif identifier in CPU_CLOCKS:
        now = machine.clock.engine.executed
    machine.write(result, struct.pack("<qq", *divmod(now, NANOSECONDS)))
    return 0


@function(header="sys/time.h")
def gettimeofday(machine: "Machine", result: Pointer, zone: Pointer) -> Int:
    """Seconds and microseconds since 1970."""
    seconds, nanoseconds = divmod(machine.clock.realtime_nanoseconds(), NANOSECONDS)
    machine.write(result, struct.pack("<qq", seconds, nanoseconds // 1000))
    return 0


@function(header=TIME)
def difftime(machine: "Machine", end: Long, start: Long) -> Double:
    """end - start in seconds."""
    return float(end - start)


@function("nanosleep", header=TIME)
def nanosleep(machine: "Machine", request: ConstPointer, remaining: Pointer) -> Int:
    """Time passes at once."""
    seconds, nanoseconds = struct.unpack("<qq", machine.read(request, 16))
    if seconds < 0 or not 0 <= nanoseconds < NANOSECONDS:
        set_errno(machine, EINVAL)
        return -1
    machine.clock.sleep(min(seconds, LAST_SECOND) * NANOSECONDS + nanoseconds)
    return 0


@function(header="unistd.h")
def sleep(machine: "Machine", seconds: Int) -> Int:
    """Time passes at once."""
    machine.clock.sleep((seconds & 0xFFFFFFFF) * NANOSECONDS)
    return 0


@function(header="unistd.h")
def usleep(machine: "Machine", microseconds: Int) -> Int:
    """Time passes at once."""
    machine.clock.sleep((microseconds & 0xFFFFFFFF) * 1000)
    return 0


def _broken_down(machine: "Machine", pointer: int, target: int) -> int:
    """Fill a struct tm for the time at `pointer`; its address, or 0 (EOVERFLOW) beyond the calendar."""
    seconds = machine.read_integer(pointer, 8, signed=True)
    if not -62135596800 <= seconds <= LAST_SECOND:
        set_errno(machine, EOVERFLOW)
        return 0
    t = _time.gmtime(0)
    days, rest = divmod(seconds, 86400)
    year, month, day = _date(days)
    week_day, year_day = (days + 4) % 7, days - calendar.timegm((year, 1, 1, 0, 0, 0)) // 86400
    zone = library_state(machine).text("GMT", b"GMT")
    fields = (rest % 60, rest // 60 % 60, rest // 3600, day, month - 1, year - 1900, week_day, year_day, t.tm_isdst)
    machine.write(target, TM.pack(*fields, 0, zone))
    return target


def _date(days: int) -> tuple[int, int, int]:
    """Year, month and day of a day number since 1970."""
    import datetime

    date = datetime.date.fromordinal(days + datetime.date(1970, 1, 1).toordinal())
    return date.year, date.month, date.day


@function("gmtime", "localtime", header=TIME)
def gmtime(machine: "Machine", t: ConstPointer) -> Pointer:
    """The date and time of t, in a static struct tm."""
    return _broken_down(machine, t, library_state(machine).static("struct tm", TM.size))


@function("gmtime_r", "localtime_r", header=TIME)
def gmtime_r(machine: "Machine", t: ConstPointer, result: Pointer) -> Pointer:
    """The date and time of t, in *result."""
    return _broken_down(machine, t, result)


@function("mktime", "timegm", header=TIME)
def mktime(machine: "Machine", broken_down: Pointer) -> Long:
    """Seconds since 1970 of a struct tm, which is brought into range."""
    second, minute, hour, day, month, year, *_ = TM.unpack(machine.read(broken_down, TM.size))
    year, month = year + month // 12, month % 12
    if not 1 <= year + 1900 <= 9999:
        set_errno(machine, EOVERFLOW)
        return -1
    days = calendar.timegm((year + 1900, month + 1, 1, 0, 0, 0)) // 86400 + day - 1
    seconds = days * 86400 + hour * 3600 + minute * 60 + second
    scratch = library_state(machine).static("mktime", 8)
    machine.write_integer(scratch, seconds, 8)
    return seconds if _broken_down(machine, scratch, broken_down) else -1


@function("strftime", "strftime_l", header=TIME)
def strftime(machine: "Machine", s: Buffer, size: Size, format: CString, broken_down: ConstPointer) -> Size:
    """Date and time as text in the "C" locale; 0 when it does not fit."""
    tm = TM.unpack(machine.read(broken_down, TM.size))
    text = format_time(format.decode("latin-1"), tm, size).encode("latin-1")
    if len(text) >= size:
        return 0
    machine.write(s, text + b"\0")
    return len(text)


@function(header=TIME)
def asctime(machine: "Machine", broken_down: ConstPointer) -> Buffer:
    """``Thu Jan  1 00:00:00 1970`` and a newline, in a static buffer."""
    tm = TM.unpack(machine.read(broken_down, TM.size))
    return library_state(machine).text("asctime", format_time("%a %b %e %H:%M:%S %Y\n", tm, LONGEST_ASCTIME).encode())


@function(header=TIME)
def asctime_r(machine: "Machine", broken_down: ConstPointer, s: Buffer) -> Buffer:
    """asctime into s."""
    tm = TM.unpack(machine.read(broken_down, TM.size))
    machine.write(s, format_time("%a %b %e %H:%M:%S %Y\n", tm, LONGEST_ASCTIME).encode() + b"\0")
    return s


@function(header=TIME)
def ctime(machine: "Machine", t: ConstPointer) -> Buffer:
    """asctime(localtime(t))."""
    target = gmtime(machine, t)
    return asctime(machine, target) if target else 0


@function(header=TIME)
def ctime_r(machine: "Machine", t: ConstPointer, s: Buffer) -> Buffer:
    """asctime_r(localtime(t))."""
    target = gmtime(machine, t)
    return asctime_r(machine, target, s) if target else 0


@function(header=TIME)
def timespec_get(machine: "Machine", result: Pointer, base: Int) -> Int:
    """The time of day when base is TIME_UTC, else 0."""
    return base if base == 1 and clock_gettime(machine, 0, result) == 0 else 0


@function(header="sys/times.h")
def times(machine: "Machine", result: Pointer) -> Long:
    """User time in hundredths of a second; ticks since some past moment."""
    ticks = machine.clock.engine.executed // 10**7
    if result:
        machine.write(result, struct.pack("<4q", ticks, 0, 0, 0))
    return machine.clock.monotonic_nanoseconds() // 10**7


@function(header=TIME)
def tzset(machine: "Machine") -> None:
    """Nothing: the zone is UTC."""


@data("timezone", 8, header=TIME)
def _timezone(machine: "Machine", address: int) -> None:
    """Seconds west of UTC: 0."""
