from dataclasses import replace

import pytest

from playground.assembly.program import Assembly, Diagnostic, LineEntry, ProgramImage, Segment
from playground.emulator.execution import Execution
from playground.emulator.result import Fault, Frame, HotLine, RunResult
from playground.tasks.verdict import LADDER, CaseResult, ListingRow, Verdict
from playground.ui.comparison.board import Answer
from playground.ui.readiness import Readiness
from playground.ui.render.answer import render_answer, render_task
from playground.ui.render.ladder import render_ladder, rungs
from playground.ui.render.program import render_execution
from playground.ui.render.samples import render_column
from playground.ui.render.verdict import render_verdict
from playground.ui.status import render_readiness
from tests.ui.hostile import HOSTILE
from tests.ui.markup import elements, shown_text

OURS = {
    *("article", "section", "div", "span", "p", "ol", "li", "pre", "code", "details", "summary", "br", "strong"),
    *("table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "h3"),
}


def states(verdict: Verdict) -> str:
    """One letter a rung: r(eached), f(ailed), u(nscored or unreached as . )."""
    return "".join(
        {"reached": "r", "failed": "f", "unscored": "u", "unreached": "."}[rung.state] for rung in rungs(verdict)
    )


@pytest.mark.parametrize(
    ("stage", "unscored", "expected"),
    [
        ("none", False, "f......"),
        ("extracted", False, "rf....."),
        ("extracted", True, "ru....."),
        ("assembled", True, "rru...."),
        ("ran", False, "rrrrf.."),
        ("correct", False, "rrrrrrf"),
        ("abi", False, "rrrrrrr"),
    ],
)
def test_the_ladder_of_each_stage(stage: str, unscored: bool, expected: str) -> None:
    assert states(Verdict(stage=stage, passed=stage in ("correct", "abi"), unscored=unscored)) == expected


def test_every_rung_is_told_in_words_too() -> None:
    shown = shown_text(render_ladder(Verdict(stage="assembled", passed=False)))
    assert "assembled, reached" in shown
    assert "linked, failed here" in shown
    assert "ran, not reached" in shown
    assert len(elements(render_ladder(Verdict(stage="none", passed=False)))) > len(LADDER)


def hostile_verdict(text: str) -> Verdict:
    """A verdict in which everything that can be text is hostile."""
    fault = Fault(
        kind=text,
        signal=text,
        address=1,
        description=text,
        pc=1,
        line=1,
        backtrace=(Frame(address=1, symbol=text, line=1), Frame(address=2, symbol="", line=0)),
    )
    case = CaseResult(
        inputs=text,
        expected=text,
        got=text,
        passed=False,
        fault=fault,
        hot_lines=(HotLine(line=1, count=2),),
        stdout=text,
        stderr=text,
        abi_violations=(text,),
    )
    return Verdict(
        stage="ran",
        passed=False,
        cases=(case,),
        reason=text,
        missing=(text,),
        assembly=text,
        detected=text,
        arch="x86_64",
        diagnostics=(Diagnostic(line=1, column=3, message=text, token=text, hint=text),),
        listing=(ListingRow(address=1, data=b"\x90", line=1, text=text),),
        syntax="gas",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_verdict_becomes_markup(text: str) -> None:
    verdict = hostile_verdict(text)
    answer = Answer(model=text, status="done", text=text, error=text, verdict=verdict)
    result = RunResult(
        stop="fault",
        exit_status=None,
        stdout=text.encode(errors="replace"),
        stderr=b"\xff",
        fault=verdict.cases[0].fault,
        instructions=1,
        registers={"x0": -1},
        reason=text,
    )
    assembly = Assembly(arch="x86_64", syntax="gas", detected=text, image=None, diagnostics=verdict.diagnostics)
    rendered = (
        render_verdict(verdict),
        render_verdict(replace(verdict, unscored=True)),
        render_answer(answer),
        render_column([answer, answer], 1, "aarch64"),
        render_execution(Execution(assembly=assembly, result=result), text),
        render_task(text, text, (text,), 2, text),
    )
    for html in rendered:
        assert {name for name, _ in elements(html)} <= OURS
        assert not [
            key for _, attributes in elements(html) for key in attributes if key.startswith("on") or key == "href"
        ]


def test_an_error_points_at_its_token() -> None:
    verdict = Verdict(
        stage="extracted",
        passed=False,
        assembly="f:\r\n\tmov\tx0, y9\r\n\tret",
        diagnostics=(Diagnostic(line=2, column=10, message="y9 is no register.", token="y9", hint="Did you mean x9?"),),
    )
    shown = shown_text(render_verdict(verdict))
    assert "2:10y9 is no register." in shown
    assert "\tmov\tx0, y9\n\t   \t    ^~" in shown
    assert "Did you mean x9?" in shown


def test_an_error_beyond_the_text_has_no_excerpt() -> None:
    verdict = Verdict(
        stage="extracted", passed=False, assembly="f:", diagnostics=(Diagnostic(line=9, column=1, message="m"),)
    )
    assert "ap-excerpt" not in render_verdict(verdict)


def test_cases_show_what_went_in_and_what_came_out() -> None:
    cases = (
        CaseResult(inputs="a=12, b=18", expected="6", got="6", passed=True),
        CaseResult(inputs="a=7, b=0", expected="7", got="0", passed=False, hot_lines=(HotLine(line=4, count=1000),)),
    )
    html = render_verdict(Verdict(stage="returned", passed=False, cases=cases))
    shown = shown_text(html)
    assert "correct 1/2" in shown
    assert "a=7, b=0" in shown
    assert "line 4 (1,000 times)" in shown
    assert html.count("ap-pass") == html.count("ap-fail") - html.count("ap-failed") == 1


def test_a_program_shows_its_streams_apart_and_its_registers() -> None:
    image = ProgramImage(
        arch="aarch64",
        syntax="gas",
        symbols={},
        entry=0x400000,
        entry_symbol="_start",
        imports={},
        segments=(
            Segment(name=".text", address=0x400000, data=b"\x01\x02\x03\x04", size=4, writable=False, executable=True),
        ),
        lines=(LineEntry(address=0x400000, length=4, line=2, is_code=True),),
    )
    result = RunResult(
        stop="exited", exit_status=3, stdout=b"out", stderr=b"err", fault=None, instructions=12, registers={"x0": 255}
    )
    assembly = Assembly(arch="aarch64", syntax="gas", detected="AArch64", image=image)
    shown = shown_text(render_execution(Execution(assembly=assembly, result=result), "_start:\n\tnop\n"))
    for part in (
        "exit status 3",
        "stdoutout",
        "stderrerr",
        "00000000000000ff",
        "01 02 03 04",
        "12 instructions executed",
    ):
        assert part in shown


def test_an_unsupported_program_is_no_failure() -> None:
    result = RunResult(
        stop="unsupported", exit_status=None, stdout=b"", stderr=b"", fault=None, instructions=1, missing=("fork",)
    )
    image = ProgramImage(
        arch="aarch64", syntax="gas", segments=(), symbols={}, entry=0, entry_symbol="_start", lines=(), imports={}
    )
    assembly = Assembly(arch="aarch64", syntax="gas", detected="", image=image)
    html = render_execution(Execution(assembly=assembly, result=result), "")
    assert "ap-unscored" in html
    assert "ap-failed" not in html
    assert "Not supported: fork." in shown_text(html)


def test_preparation_is_shown_and_then_gone() -> None:
    readiness = Readiness()
    assert render_readiness(readiness) == ""
    readiness.report("fetching", 0.42)
    assert "fetching 42%" in shown_text(render_readiness(readiness))
    assert not readiness.ready
    readiness.report("", None)
    assert readiness.ready
