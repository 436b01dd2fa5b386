"""Digits and bits of a number, one after the other, by a rule of the request."""

from random import Random

from playground.data.function import CFunction
from playground.data.generate.family import family
from playground.data.generate.told.asking import made
from playground.data.generate.told.terms import condition, some_number


@family("told-digits", 4)
def digits(random: Random) -> CFunction:
    """Every digit of n to some base changes a value."""
    kind = random.choice(("unsigned", "unsigned long"))
    base = random.choice((10, 10, 10, 10, 2, 16, 8, 3, 7))
    system = {10: "decimal ", 2: "binary ", 16: "hexadecimal ", 8: "octal "}.get(base, "")
    digit = f"{system}digit d of n" + ("" if system else f" to base {base}")
    s, k = random.choice(("s", "sum", "r", "result")), some_number(random)
    held = condition(random, ["d"]) if random.random() < 0.5 else None
    c, said = random.choice((
        (f"{s} += d", f"add d to {s}"), (f"{s} = {s} * {k} + d", f"{s} becomes {s} * {k} + d"), (f"{s} += d * d", f"add d squared to {s}"), (f"{s} ^= d", f"take {s} xor d"),
        (f"{s}++", f"add 1 to {s}"), (f"{s} = {s} * 10 + ({base - 1} - d)", f"{s} becomes {s} * 10 + ({base - 1} - d)"), (f"{s} |= 1u << d", f"set bit d of {s}"), (f"{s} += {k} - d", f"add {k} - d to {s}"),
    ))  # fmt: skip
    start = random.choice((0, 0, 0, 1, some_number(random)))
    step = f"        if ({held.c})\n            {c};\n" if held else f"        {c};\n"
    rule = f"if {held.words}, {said}" if held else said
    body = f"    {kind} {s} = {start};\n    while (n > 0) {{\n        {kind} d = n % {base};\n{step}        n /= {base};\n    }}\n    return {s};"
    request = random.choice((
        f"Go through the digits from the last to the first. {s} starts at {start}; for each {digit}, {rule}. Return {s}.",
        f"For every {digit}, beginning with the last: {rule}. {s} is {start} at first and is the result.",
        f"{s} = {start}. Take each {digit}, the lowest first: {rule}. Return {s}; for n = 0 there is no digit.",
    ))  # fmt: skip
    return made(random, result=kind, parameters=f"{kind} n", body=body, request=request, shape=f"digits/{base}")


FIELDS = (
    ("{x} >> {low} & {mask}", "the {width} bits of {x} from bit {low} up"), ("({x} >> {low}) & {mask}", "the bit field of {x} that begins at bit {low} and is {width} bits wide"),
    ("{x} & {mask}", "the lowest {width} bits of {x}"), ("{x} & ~{mask}u", "{x} with its lowest {width} bits cleared"), ("{x} | {mask}", "{x} with its lowest {width} bits set"),
    ("{x} ^ {mask}u << {low}", "{x} with the {width} bits from bit {low} on turned over"), ("{x} & ~({mask}u << {low})", "{x} with bits {low} to {high} cleared"), ("{x} | {mask}u << {low}", "{x} with bits {low} to {high} set"),
    ("{x} << {low} | {x} >> {rest}", "{x} rotated left by {low}"), ("{x} >> {low} | {x} << {rest}", "{x} rotated right by {low}"), ("({x} & {mask}) << {low}", "the lowest {width} bits of {x}, moved up by {low}"),
    ("{x} ^ {x} >> {low}", "{x} xor {x} shifted right by {low}"), ("({x} & {mask}) * {width} + {low}", "the lowest {width} bits of {x}, times {width}, plus {low}"), ("~{x} >> {low} & {mask}", "the {width} bits from bit {low} up of the complement of {x}"),
)  # fmt: skip


@family("told-field", 4)
def field(random: Random) -> CFunction:
    """Bits of fixed places."""
    low, width = random.randrange(1, 20), random.randrange(1, 11)
    x = random.choice(("x", "word", "value", "n", "flags", "v", "reg"))
    c, said = random.choice(FIELDS)
    mask = (1 << width) - 1
    fill = {
        "x": x,
        "low": low,
        "width": width,
        "high": low + width - 1,
        "rest": 32 - low,
        "mask": hex(mask) if random.random() < 0.5 else mask,
    }
    what = said.format(**fill)
    request = random.choice(
        (
            "Return {}.",
            "What are {}?" if what.startswith(("the l", "the 1")) and "bits" in what else "Compute {}.",
            "Give {}.",
            "Write a function that returns {}.",
        )
    ).format(what)
    return made(random, result="unsigned", parameters=f"unsigned {x}", body=f"    return {c.format(**fill)};", request=request, shape=f"field/{FIELDS.index((c, said))}")  # fmt: skip


@family("told-packing", 2)
def packing(random: Random) -> CFunction:
    """Several small numbers in one, and out again."""
    widths = random.sample((3, 4, 5, 6, 7, 8, 9, 10), random.choice((2, 3, 3)))
    names = random.choice(
        (
            ("a", "b", "c"),
            ("red", "green", "blue"),
            ("day", "month", "year"),
            ("x", "y", "z"),
            ("hours", "minutes", "seconds"),
        )
    )[: len(widths)]
    at, shifts = 0, []
    for width in widths:
        shifts.append(at)
        at += width
    if random.random() < 0.5:
        parts = [
            f"({text} & {(1 << width) - 1}){f' << {shift}' if shift else ''}"
            for text, width, shift in zip(names, widths, shifts, strict=True)
        ]
        said = ", ".join(
            f"{width} bits of {text} from bit {shift} on"
            for text, width, shift in zip(names, widths, shifts, strict=True)
        )
        return made(
            random, result="unsigned", parameters=", ".join(f"unsigned {text}" for text in names), body=f"    return {' | '.join(parts)};",
            request=random.choice((f"Pack {', '.join(names)} into one number: {said}. Higher bits are cut off.", f"Put the numbers together in one word: the lowest {said}.")), shape=f"pack{len(widths)}",
        )  # fmt: skip
    chosen = random.randrange(len(widths))
    said = ", ".join(
        f"{text} in {width} bits from bit {shift} on" for text, width, shift in zip(names, widths, shifts, strict=True)
    )
    c = (
        f"word >> {shifts[chosen]} & {(1 << widths[chosen]) - 1}"
        if shifts[chosen]
        else f"word & {(1 << widths[chosen]) - 1}"
    )
    return made(random, result="unsigned", parameters="unsigned word", body=f"    return {c};", request=f"A word holds {said}. Return {names[chosen]}.", shape=f"unpack{len(widths)}")  # fmt: skip
