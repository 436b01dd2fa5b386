"""Functions come out of C and C++ files self-contained, or are left out with a reason."""

import json
from collections import Counter
from pathlib import Path

import pytest

from playground.data.sources.batches import TOPICS, batch_requests, read_batch
from playground.data.sources.extracting import extract_functions
from playground.data.sources.folders import read_sources
from playground.data.sources.programs import program_of
from playground.errors import InputError

C = """\
/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#define LIMIT 3
int counter;
typedef struct { int x; } Point;
/** Count the bits that are set in x.
 * @param x any number */
static inline uint32_t bits(uint32_t x) { uint32_t n = 0; while (x) { n += x & 1; x >>= 1; } return n; }
int both(uint32_t a, uint32_t b) { return bits(a) + bits(b); }
int next(void) { return counter++; }
int limited(int x) { return x > LIMIT ? LIMIT : x; }
int first(Point *p) { return p->x; }
unsigned long length(const char *s) { return strlen(s); }
int foreign(int x) { return other(x); }
int kept(int x) { static int last; int before = last; last = x; return before; }
void stop(void) { __asm__("hlt"); }
int broken(int x) { return x +; }
"""


def test_self_contained_functions_are_found() -> None:
    found = {function.name: function for function in extract_functions(C, origin="a.c").functions}
    assert set(found) == {"bits", "both", "length"}
    assert found["bits"].prototype == "uint32_t bits(uint32_t x)"
    assert found["bits"].request == "Count the bits that are set in x."
    assert found["both"].request == ""
    assert found["both"].source.index("static uint32_t bits") < found["both"].source.index("int both")
    assert found["length"].source.startswith("#include <string.h>")
    assert found["bits"].tags == ("loop",)
    assert found["bits"].origin == "a.c:8"


def test_what_is_left_out_is_counted_by_reason() -> None:
    skipped = extract_functions(C).skipped
    assert skipped["uses a global, a macro or a type of its file"] == 3
    assert skipped["uses a name that its file does not define"] == 1
    assert skipped["keeps state"] == 1
    assert sum(skipped.values()) == 7


def test_cplusplus_free_functions_are_found_and_methods_are_not() -> None:
    text = "static int twice(const int &x) { return 2 * x; }\nint quad(int x) { auto y = twice(x); return twice(y); }\n"
    text += "namespace a { int hidden(int x) { return x; } }\nclass A { int method() { return 1; } };\n"
    functions = extract_functions(text, "c++").functions
    assert [(function.name, function.language) for function in functions] == [("quad", "c++")]


def test_a_family_is_the_structure_without_names_and_numbers() -> None:
    one, same, other = (
        extract_functions(text).functions[0].family
        for text in ("int f(int a){return a+1;}", "int g(int b) { return b + 22; }", "int h(int b) { return b - 22; }")
    )
    assert one == same != other


def test_folders_are_read_in_order_with_their_licence(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("\n  BSD 3-Clause License\n\nCopyright\n")
    (tmp_path / "b.c").write_text("int f(int x) { return x; }")
    (tmp_path / "a.cpp").write_text("int g(int x) { return x; }")
    (tmp_path / "c.c").write_text(C)
    (tmp_path / "note.txt").write_text("int h(int x) { return x; }")
    functions = list(read_sources([str(tmp_path)], Counter()))
    assert [function.name for function in functions] == ["g", "f", "bits", "both", "length"]
    assert [function.licence for function in functions[:3]] == ["BSD 3-Clause License"] * 2 + ["MIT"]
    with pytest.raises(InputError, match="nowhere"):
        list(read_sources(["/nowhere"], Counter()))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('#include <stdio.h>\nint main(void) { system("ls"); return 0; }', "plain C"),
        ("#include <unistd.h>\nint main(void) { return 0; }", "more than the standard headers"),
        ('#include "/etc/passwd"\nint main(void) { return 0; }', "more than the standard headers"),
        ("#include <stdlib.h>\nint main(void) { return rand(); }", "calls rand"),
        ("#include <iostream>\nint main() { std::cout << 1; }", "more than the standard headers"),
    ],
)
def test_programs_that_could_do_harm_or_differ_are_left_out(text: str, reason: str) -> None:
    found = program_of(text, origin="a.c")
    assert isinstance(found, str)
    assert reason in found


def test_a_plain_program_is_taken() -> None:
    text = '// Print the squares of 1 to 3.\n#include <stdio.h>\nint main(void) { printf("1 4 9\\n"); return 0; }\n'
    program = program_of(text, origin="a.c")
    assert not isinstance(program, str)
    assert program.is_program
    assert program.request == "Print the squares of 1 to 3."


def test_batch_requests_have_the_batch_interface_fields() -> None:
    requests = list(batch_requests("some-model", answers=5))
    assert len(requests) == 2 * len(TOPICS) == len({request["custom_id"] for request in requests})
    for request in requests:
        assert set(request) == {"custom_id", "method", "url", "body"}
        assert (request["method"], request["url"]) == ("POST", "/v1/chat/completions")
        assert request["body"]["model"] == "some-model"
        assert request["body"]["n"] == 5


def test_batch_results_are_read(tmp_path: Path) -> None:
    content = "Sure!\n```c\n// Add one to x.\nint add_one(int x) { return x + 1; }\n```\n"
    good = {
        "custom_id": "a",
        "response": {"status_code": 200, "body": {"choices": [{"message": {"content": content}}]}},
    }
    bad = {"custom_id": "b", "response": None, "error": {"message": "limit"}}
    path = tmp_path / "results.jsonl"
    path.write_text(f"{json.dumps(good)}\n{json.dumps(bad)}\n")
    skipped: Counter[str] = Counter()
    (function,) = read_batch(path, skipped)
    assert (function.name, function.request, function.origin) == ("add_one", "Add one to x.", "a/0:2")
    assert skipped == {"a request of the batch failed": 1}
    path.write_text("{}\n")
    with pytest.raises(InputError, match="line 1"):
        list(read_batch(path, skipped))
