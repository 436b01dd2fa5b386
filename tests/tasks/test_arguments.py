"""Structures as guest memory, proved against the C compiler's layout."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from playground.emulator.prototype import parse_prototype
from playground.tasks.arguments import pack_structures, unpack_structures

STRUCTURE = "struct s { char a; double b; short c; int d; unsigned char e; float f; long g; _Bool h; }"
VALUES = (1, 2.5, -3, 4, 255, 0.5, -(2**40), 1)


def test_structures_lie_as_gcc_lays_them(require_tool: Callable[[str, str], str], tmp_path: Path) -> None:
    gcc = require_tool("gcc", "gcc")
    pointee = parse_prototype(f"{STRUCTURE}; void f(struct s *p)").pointee("p")
    members = ", ".join(str(value) for value in VALUES)
    (tmp_path / "s.c").write_text(
        f"#include <stdio.h>\n#include <string.h>\n{STRUCTURE};\nint main(void) {{\n"
        f"static struct s x[2]; struct s y = {{{members}}}; unsigned char *p = (void *)x;\n"
        f"{' '.join(f'x[1].{name} = y.{name};' for name in 'abcdefgh')}\n"
        'for (size_t i = 0; i < sizeof x; i++) printf("%d ", p[i]); }\n'
    )
    subprocess.run([gcc, "-o", tmp_path / "s", tmp_path / "s.c"], check=True)
    native = tuple(int(word) for word in subprocess.check_output([tmp_path / "s"], text=True).split())
    ours = pack_structures((0,) * len(VALUES) + VALUES, pointee)
    assert ours == native
    assert unpack_structures(native, pointee)[len(VALUES) :] == VALUES
