"""Calling C functions natively: a generated harness prints, as JSON, what each case gives.

Every array lies at the end of its page with an inaccessible page behind it and a checked gap before it, so that one
element too many fails here as it does in the emulator.
"""

import json
import math
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playground.emulator.c_types import CType
from playground.emulator.prototype import Parameter, Prototype, parse_prototype
from playground.tasks.arguments import check_case, value_from_json
from playground.tasks.bank.authoring import Draft
from playground.tasks.task import Argument, Case, SameAs, Zeros

_PRELUDE = """\
#define _GNU_SOURCE
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

enum { GAP = 0x5a, MOST_GUARDS = 16 };
static struct {
    const char *start;
    size_t size;
} guards[MOST_GUARDS];
static int guard_count;

static void *guarded(const void *data, size_t size)
{
    size_t pages = (size / 4096 + 1) * 4096;
    char *base = mmap(NULL, pages + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED || mprotect(base + pages, 4096, PROT_NONE) != 0)
        abort();
    memset(base, GAP, pages - size);
    guards[guard_count].start = base;
    guards[guard_count++].size = pages - size;
    return size == 0 ? base + pages : memcpy(base + pages - size, data, size);
}

/* A write before the start of an array is as wrong as one behind its end. */
static void check_guards(void)
{
    for (; guard_count > 0; guard_count--)
        for (size_t i = 0; i < guards[guard_count - 1].size; i++)
            if (guards[guard_count - 1].start[i] != GAP)
                abort();
}

/* A wrong variant may never end: 200 ms of its own time are plenty. */
static const struct itimerval limit = {.it_value = {.tv_usec = 200000}};

static void print_text(const char *text)
{
    printf("[");
    for (size_t i = 0; i < strlen(text); i++)
        printf("%s%d", i ? ", " : "", (unsigned char)text[i]);
    printf("]");
}
"""


def draft_cases(draft: Draft) -> tuple[Case, ...]:
    """The cases with their arguments checked and no expectations yet."""
    prototype = parse_prototype(draft.prototype)
    cases = []
    for number, values in enumerate(draft.arguments, start=1):
        where = f"{draft.id}, case {number}"
        case = Case(args=tuple(value_from_json(value, where) for value in values))
        cases.append(check_case(case, prototype, where))
    return tuple(cases)


def harness(draft: Draft, variants: int = 1) -> str:
    """A C program whose argument chooses a variant (``NAME__0`` …) and that prints one JSON line per case."""
    prototype = parse_prototype(draft.prototype)
    declaration = draft.declaration.removeprefix("static ")
    names = [f"{draft.id}__{index}" for index in range(variants)]
    externs = "".join(f"{rename(declaration, draft.id, name)};\n" for name in names)
    cases = draft_cases(draft)
    functions = "".join(_case_function(index, case, prototype) for index, case in enumerate(cases))
    calls = "".join(f"    case_{index}();\n" for index in range(len(cases)))
    return (
        f"{_PRELUDE}{draft.includes}{draft.structures}\n{externs}"
        f"static __typeof__({names[0]}) *const targets[] = {{{', '.join(names)}}};\n"
        f"static __typeof__({names[0]}) *target;\n{functions}"
        "int main(int argc, char **argv)\n{\n    setitimer(ITIMER_VIRTUAL, &limit, NULL);\n"
        f"    target = targets[argc > 1 ? atoi(argv[1]) : 0];\n"
        f"{calls}    return 0;\n}}\n"
    )


def rename(code: str, old: str, new: str) -> str:
    """`code` with the identifier `old` renamed (C identifiers have no other word characters)."""
    return re.sub(rf"\b{old}\b", new, code)


def _case_function(index: int, case: Case, prototype: Prototype) -> str:
    lines = [_argument_line(parameter, value) for parameter, value in zip(prototype.parameters, case.args, strict=True)]
    names = ", ".join(f"p_{parameter.name}" for parameter in prototype.parameters)
    call = f"(*target)({names})"
    result = prototype.result
    if result.kind != "void":
        call = f"{result.spelling} result = {call}"
    lines += [f"{call};", "check_guards();", *_result_lines(result), *_memory_lines(case, prototype)]
    body = "".join(f"    {line}\n" for line in lines)
    return f"static void case_{index}(void)\n{{\n{body}}}\n"


def _argument_line(parameter: Parameter, value: Argument) -> str:
    name, kind = f"p_{parameter.name}", parameter.type
    if kind.kind != "pointer":
        return f"{kind.spelling} {name} = {_literal(value, kind)};"
    if isinstance(value, SameAs):
        return f"{kind.spelling} {name} = (void *)p_{value.parameter};"
    pointee = kind.pointee
    assert pointee is not None
    values = _elements(value, pointee)
    if not values:
        return f"{kind.spelling} {name} = guarded(NULL, 0);"
    kinds = [field.type for field in pointee.fields] or [pointee]
    texts = ", ".join(_literal(one, kinds[index % len(kinds)]) for index, one in enumerate(values))
    element = "unsigned char" if pointee.spelling == "void" else pointee.spelling
    return (
        f"static const {element} d_{parameter.name}[] = {{{texts}}}; "
        f"{kind.spelling} {name} = guarded(d_{parameter.name}, sizeof d_{parameter.name});"
    )


def _elements(value: Argument, pointee: CType) -> Sequence[int | float]:
    if isinstance(value, str):
        return tuple(value.encode() + b"\0")
    if isinstance(value, Zeros):
        return (0,) * (value.count * max(1, len(pointee.fields)))
    return value if isinstance(value, tuple) else ()


def _literal(value: Any, kind: CType) -> str:
    if kind.kind == "float":
        if math.isnan(value):
            return '__builtin_nan("")'
        return f"{'-' if value < 0 else ''}__builtin_inf()" if math.isinf(value) else float(value).hex()
    return f"({kind.spelling}){int(value) & (1 << 64) - 1}ULL"


def _result_lines(result: CType) -> list[str]:
    if result.kind == "void":
        return ['printf("{\\"after\\": {");']
    if result.is_string:
        return [
            'printf("{\\"returns\\": ");',
            'if (result) print_text(result); else printf("0");',
            'printf(", \\"after\\": {");',
        ]
    return [f'printf("{{\\"returns\\": {_format(result)}, \\"after\\": {{", {_cast(result)}result);']


def _memory_lines(case: Case, prototype: Prototype) -> list[str]:
    """The memories that the function may write: those of pointers to non-const."""
    lines: list[str] = []
    for parameter, value in zip(prototype.parameters, case.args, strict=True):
        if not is_output(parameter, value):
            continue
        pointee = parameter.type.pointee
        assert pointee is not None
        count = len(_elements(value, pointee)) // max(1, len(pointee.fields))
        comma = ", " if lines else ""
        lines.append(f'printf("{comma}\\"{parameter.name}\\": [");')
        lines.append(f"for (int i = 0; i < {count}; i++) {{ {_element_prints(parameter, pointee)} }}")
        lines.append('printf("]");')
    return [*lines, 'printf("}}\\n");', "fflush(stdout);"]


def _element_prints(parameter: Parameter, pointee: CType) -> str:
    name = f"p_{parameter.name}"
    if not pointee.fields:
        return f'printf("%s{_format(pointee)}", i ? ", " : "", {_cast(pointee)}{name}[i]);'
    return " ".join(
        f'printf("%s{_format(field.type)}", {"i" if index == 0 else "1"} ? ", " : "", '
        f"{_cast(field.type)}{name}[i].{field.name});"
        for index, field in enumerate(pointee.fields)
    )


def is_output(parameter: Parameter, value: Argument) -> bool:
    """True for memory that the function may write."""
    return (
        parameter.type.kind == "pointer"
        and not parameter.type.spelling.startswith("const ")
        and not isinstance(value, (SameAs, int, float))
    )


def _format(kind: CType) -> str:
    return "%.17g" if kind.kind == "float" else "%lld" if kind.signed else "%llu"


def _cast(kind: CType) -> str:
    return "(double)" if kind.kind == "float" else "(long long)" if kind.signed else "(unsigned long long)"


def compile_c(folder: Path, files: dict[str, str], options: Sequence[str], output: str = "program") -> Path:
    """Compile C files given by name and text; the program's path.

    Raises:
        subprocess.CalledProcessError: with the compiler's messages, when it refuses.
    """
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    command = ["gcc", "-std=gnu11", "-w", *options, "-o", output, *files, "-lm"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return folder / output


def run_harness(program: Path, variant: int = 0) -> tuple[list[dict[str, Any]], bool]:
    """What the cases gave, and whether the program came to its end."""
    done = subprocess.run([program, str(variant)], capture_output=True, text=True, check=False, cwd=program.parent)
    lines = [_parsed(line) for line in done.stdout.splitlines() if line.endswith("}}")]
    return lines, done.returncode == 0


def _parsed(line: str) -> dict[str, Any]:
    """C prints ``-nan`` and ``inf`` where JSON, as Python reads it, has NaN and Infinity."""
    line = re.sub(r"-?\bnan\b", "NaN", line)
    record: dict[str, Any] = json.loads(re.sub(r"\binf\b", "Infinity", line))
    return record
