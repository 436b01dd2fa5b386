"""strftime's conversions in the "C" locale, with glibc's flags and widths (man 3 strftime; time zone UTC)."""

import calendar
import re
from collections.abc import Callable

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = tuple(calendar.month_name)[1:]
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
_CONVERSION = re.compile(r"%([_\-0^#]*)(\d*)([EO]?)(.)", re.DOTALL)
Tm = tuple[int, ...]
"""second, minute, hour, day, month, year - 1900, week day, day of the year, …"""

NUMBERS: dict[str, tuple[int, str, Callable[[Tm], int]]] = {
    "C": (2, "0", lambda tm: (tm[5] + 1900) // 100),
    "d": (2, "0", lambda tm: tm[3]),
    "e": (2, " ", lambda tm: tm[3]),
    "g": (2, "0", lambda tm: iso_week(tm)[0] % 100),
    "G": (1, "0", lambda tm: iso_week(tm)[0]),
    "H": (2, "0", lambda tm: tm[2]),
    "I": (2, "0", lambda tm: (tm[2] + 11) % 12 + 1),
    "j": (3, "0", lambda tm: tm[7] + 1),
    "k": (2, " ", lambda tm: tm[2]),
    "l": (2, " ", lambda tm: (tm[2] + 11) % 12 + 1),
    "m": (2, "0", lambda tm: tm[4] + 1),
    "M": (2, "0", lambda tm: tm[1]),
    "s": (1, "0", lambda tm: calendar.timegm((tm[5] + 1900, tm[4] + 1, tm[3], tm[2], tm[1], tm[0]))),
    "S": (2, "0", lambda tm: tm[0]),
    "u": (1, "0", lambda tm: tm[6] or 7),
    "U": (2, "0", lambda tm: (tm[7] + 7 - tm[6]) // 7),
    "V": (2, "0", lambda tm: iso_week(tm)[1]),
    "w": (1, "0", lambda tm: tm[6]),
    "W": (2, "0", lambda tm: (tm[7] + 7 - (tm[6] - 1) % 7) // 7),
    "y": (2, "0", lambda tm: (tm[5] + 1900) % 100),
    "Y": (1, "0", lambda tm: tm[5] + 1900),
}
"""Least digits, padding, value."""
TEXTS: dict[str, Callable[[Tm], str]] = {
    "a": lambda tm: DAYS[tm[6]][:3] if 0 <= tm[6] < 7 else "?",
    "A": lambda tm: DAYS[tm[6]] if 0 <= tm[6] < 7 else "?",
    "b": lambda tm: MONTHS[tm[4]][:3] if 0 <= tm[4] < 12 else "?",
    "h": lambda tm: MONTHS[tm[4]][:3] if 0 <= tm[4] < 12 else "?",
    "B": lambda tm: MONTHS[tm[4]] if 0 <= tm[4] < 12 else "?",
    "p": lambda tm: "PM" if tm[2] >= 12 else "AM",
    "P": lambda tm: "pm" if tm[2] >= 12 else "am",
    "Z": lambda tm: "GMT",
    "n": lambda tm: "\n",
    "t": lambda tm: "\t",
    "%": lambda tm: "%",
}


def iso_week(tm: Tm) -> tuple[int, int]:
    """Year and number of the week by ISO 8601: week 1 holds the year's first Thursday."""
    year = tm[5] + 1900
    week = (tm[7] - (tm[6] - 1) % 7 + 10) // 7
    if week < 1:
        year -= 1
        return year, _weeks_in(year)
    return (year + 1, 1) if week > _weeks_in(year) else (year, week)


def _weeks_in(year: int) -> int:
    first = calendar.weekday(year % 400 + 400, 1, 1)
    return 53 if first == 3 or (first == 2 and calendar.isleap(year)) else 52


def format_time(text: str, tm: Tm, size: int) -> str:
    """`text` with its conversions replaced; a width beyond `size` cannot fit and is cut there."""
    return _CONVERSION.sub(lambda match: _convert(match, tm, size), text)


def _convert(match: re.Match[str], tm: Tm, size: int) -> str:
    flags, letter = match[1], match[4]
    width = min(int(match[2][:9] or 0), size)
    padding = next((flag for flag in reversed(flags) if flag in "_-0"), "")
    if letter in NUMBERS:
        return _number(letter, tm, padding, width)
    if letter == "z":
        return _padded("+", padding, width) + _aligned(0, 4, padding or "0", width)
    if letter in COMPOSED:
        made = format_time(COMPOSED[letter], tm, size)
    elif letter in TEXTS:
        made = TEXTS[letter](tm)
        if "#" in flags:
            made = made.lower() if letter in "pZ" else made.upper()
    else:
        return match[0]
    return _padded(made.upper() if "^" in flags else made, padding, width)


def _padded(text: str, padding: str, width: int) -> str:
    return text.rjust(width, "0" if padding == "0" else " ")


def _number(letter: str, tm: Tm, flag: str, width: int) -> str:
    digits, padding, value_of = NUMBERS[letter]
    return _aligned(value_of(tm), digits, flag or padding, width)


def _aligned(value: int, digits: int, padding: str, width: int) -> str:
    """At least `digits` and `width` characters; ``-`` pads with nothing."""
    sign, text = "-" if value < 0 else "", str(abs(value))
    if padding == "-":
        return sign + text
    least = max(digits + len(sign), width)
    return sign + text.rjust(least - len(sign), "0") if padding == "0" else (sign + text).rjust(least)
