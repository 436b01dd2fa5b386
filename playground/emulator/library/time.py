"""time.h on the machine's deterministic clock; the time zone is UTC."""

import calendar
import struct
import time as _time
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Buffer, ConstPointer, CString, Double, Int, Long, Pointer, Size
from playground.emulator.library.errors import set_errno
from playground.emulator.library.registry import data, function
from playground.emulator.library.state import library_state

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
DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = tuple(calendar.month_name)[1:]


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


def _format(letter: str, tm: tuple[int, ...]) -> str:
    """One conversion of strftime in the "C" locale."""
    second, minute, hour, day, month, year, week_day, year_day, _ = tm[:9]
    year += 1900
    conversions = {
        "a": lambda: DAYS[week_day % 7][:3],
        "A": lambda: DAYS[week_day % 7],
        "b": lambda: MONTHS[month % 12][:3],
        "h": lambda: MONTHS[month % 12][:3],
        "B": lambda: MONTHS[month % 12],
        "C": lambda: f"{year // 100:02d}",
        "d": lambda: f"{day:02d}",
        "e": lambda: f"{day:2d}",
        "H": lambda: f"{hour:02d}",
        "I": lambda: f"{(hour + 11) % 12 + 1:02d}",
        "j": lambda: f"{year_day + 1:03d}",
        "k": lambda: f"{hour:2d}",
        "l": lambda: f"{(hour + 11) % 12 + 1:2d}",
        "m": lambda: f"{month + 1:02d}",
        "M": lambda: f"{minute:02d}",
        "n": lambda: "\n",
        "p": lambda: "PM" if hour >= 12 else "AM",
        "P": lambda: "pm" if hour >= 12 else "am",
        "s": lambda: str(calendar.timegm((year, month + 1, day, hour, minute, second))),
        "S": lambda: f"{second:02d}",
        "t": lambda: "\t",
        "u": lambda: str(week_day or 7),
        "U": lambda: f"{(year_day + 7 - week_day) // 7:02d}",
        "w": lambda: str(week_day),
        "W": lambda: f"{(year_day + 7 - (week_day - 1) % 7) // 7:02d}",
        "y": lambda: f"{year % 100:02d}",
        "Y": lambda: str(year),
        "z": lambda: "+0000",
        "Z": lambda: "GMT",
        "%": lambda: "%",
    }
    if letter in COMPOSED:
        return "".join(_format_all(COMPOSED[letter], tm))
    conversion = conversions.get(letter)
    return conversion() if conversion else "%" + letter


COMPOSED = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "x": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "r": "%I:%M:%S %p",
    "R": "%H:%M",
    "T": "%H:%M:%S",
    "X": "%H:%M:%S",
}


def _format_all(text: str, tm: tuple[int, ...]) -> str:
    parts = text.split("%")
    output, index = parts[0], 1
    while index < len(parts):
        if parts[index] == "" and index + 1 < len(parts):
            output, index = output + "%" + parts[index + 1], index + 2
            continue
        part = parts[index].lstrip("EO") or parts[index]
        output += (_format(part[0], tm) + part[1:]) if part else "%"
        index += 1
    return output


@function(header=TIME)
def strftime(machine: "Machine", s: Buffer, size: Size, format: CString, broken_down: ConstPointer) -> Size:
    """Date and time as text; 0 when it does not fit. Not covered: flags and widths (``%-d``), week-based years."""
    tm = TM.unpack(machine.read(broken_down, TM.size))
    text = _format_all(format.decode("latin-1"), tm).encode("latin-1")
    if len(text) >= size:
        return 0
    machine.write(s, text + b"\0")
    return len(text)


@function(header=TIME)
def asctime(machine: "Machine", broken_down: ConstPointer) -> Buffer:
    """``Thu Jan  1 00:00:00 1970`` and a newline, in a static buffer."""
    tm = TM.unpack(machine.read(broken_down, TM.size))
    return library_state(machine).text("asctime", _format_all("%a %b %e %H:%M:%S %Y\n", tm).encode())


@function(header=TIME)
def ctime(machine: "Machine", t: ConstPointer) -> Buffer:
    """asctime(localtime(t))."""
    target = gmtime(machine, t)
    return asctime(machine, target) if target else 0


@function(header=TIME)
def tzset(machine: "Machine") -> None:
    """Nothing: the zone is UTC."""


@data("timezone", 8, header=TIME)
def _timezone(machine: "Machine", address: int) -> None:
    """Seconds west of UTC: 0."""
