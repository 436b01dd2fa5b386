import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.ui.render.code import c_block, code_block, highlighted_lines
from playground.ui.render.notice import notice
from playground.ui.render.reply import render_reply
from playground.ui.render.text import count, element, escape, visible
from tests.ui.hostile import HOSTILE
from tests.ui.markup import elements, shown_text

ARCHES = (("aarch64", "gas"), ("x86_64", "gas"), ("x86_64", "intel"), ("x86_64", "nasm"))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(("arch", "syntax"), ARCHES)
def test_hostile_code_stays_text(text: str, arch: str, syntax: str) -> None:
    for html in (code_block(text, arch, syntax), render_reply(text, arch, syntax), c_block(text)):
        assert {name for name, _ in elements(html)} <= {"div", "pre", "code", "span"}
        assert all(not key.startswith("on") for _, attributes in elements(html) for key in attributes)
        assert visible(text).replace("\n", "") in shown_text(html).replace("\n", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_text(text: str) -> None:
    html = notice(text) + element("div", escape(text), title=text)
    assert [name for name, _ in elements(html)] == ["div", "span", "span", "div"]


@given(st.text(), st.sampled_from(ARCHES))
def test_highlighting_keeps_every_line(text: str, dialect: tuple[str, str]) -> None:
    lines = highlighted_lines(text, *dialect)
    assert [shown_text(line) for line in lines] == visible(text).split("\n")


@given(st.text())
def test_a_reply_shows_what_was_written(text: str) -> None:
    shown = shown_text(render_reply(text, "aarch64", "gas"))
    assert shown.replace(" ", "") == visible(text).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("start", ["", "```c\nint f(void) { return 1; }\n```\n\n"])
def test_bare_assembly_is_shown_as_code(start: str) -> None:
    text = "f:\n// return 1\n mov w0,1\n ret\n\nIt returns one, as it was asked to do."
    html = render_reply(start + text, "aarch64", "gas")
    assert '<span class="tok-c1">// return 1</span>' in html
    assert '<span class="tok-nl">f</span>' in html
    assert '<span class="tok-words">It returns one' in html


def test_an_immediate_is_no_comment_on_aarch64() -> None:
    (line,) = highlighted_lines("\tsub sp, sp, #48 // room", "aarch64")
    assert '<span class="tok-m">#48</span>' in line
    assert '<span class="tok-c1">// room</span>' in line


@pytest.mark.parametrize(
    ("arch", "syntax", "line", "comment"),
    [
        ("x86_64", "intel", "# i < n", "# i < n"),
        ("x86_64", "gas", "\tmovl $1, %eax # one", "# one"),
        ("x86_64", "intel", "// if (s[i] == 'a') {", "// if (s[i] == 'a') {"),
        ("x86_64", "nasm", " mov eax, 1 ; one", "; one"),
        ("aarch64", "gas", "// total += a[i]", "// total += a[i]"),
    ],
)
def test_a_comment_is_coloured_as_one_though_its_line_stands_alone(
    arch: str, syntax: str, line: str, comment: str
) -> None:
    (shown,) = highlighted_lines(line, arch, syntax)
    assert shown.endswith(f'<span class="tok-c1">{escape(comment)}</span>')
    assert "tok-err" not in shown


def test_a_character_and_a_sum_are_no_mistakes() -> None:
    for arch in ("x86_64", "aarch64"):
        lines = highlighted_lines(" cmp eax,'a'\n cmp eax,'\\n'\n mov eax,[rbx+rcx*4-8]", arch, "intel")
        assert "tok-err" not in "".join(lines)
        assert '<span class="tok-m">&#x27;a&#x27;</span>' in lines[0]


def test_direction_controls_are_shown() -> None:
    assert escape("a\u202eb") == "a⟨U+202E⟩b"


def test_highlighting_hostile_text_takes_linear_time() -> None:
    begun = time.monotonic()
    for text in ("/*", '"', ":", "a", "0x", "\\", ".", "/*\n", '"\n', "x" * 299 + "\n"):
        for dialect in ARCHES:
            highlighted_lines(text * (60_000 // len(text)), *dialect)
        c_block(text * (60_000 // len(text)))
    assert time.monotonic() - begun < 30


def test_counts_read_well() -> None:
    assert (count(1, "token"), count(1024, "token")) == ("1 token", "1,024 tokens")
