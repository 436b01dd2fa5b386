import pytest

from playground.errors import InputError
from playground.models.events import Sampling
from playground.ui.compare.parameters import sampling_of, stop_sequences
from playground.ui.compare.presets import PRESETS
from playground.ui.compare.typed_task import Typed, typed_task

PROTOTYPE = "unsigned long gcd(unsigned long a, unsigned long b)"


def test_a_row_is_a_call() -> None:
    task = typed_task(
        Typed(prompt="gcd", prototype=PROTOTYPE, cases=[["[12, 18]", "6", ""], ["7, 0", "7", None], ["", "", ""]])
    )
    assert [(case.args, case.returns) for case in task.cases] == [((12, 18), 6), ((7, 0), 7)]


def test_memory_after_the_call_is_compared() -> None:
    task = typed_task(
        Typed(prompt="p", prototype="void f(int *dst, int n)", cases=[["[[1, 2], 2]", "", '{"dst": [2, 3]}']])
    )
    assert task.cases[0].after == {"dst": (2, 3)}


def test_without_a_prototype_it_is_a_program() -> None:
    task = typed_task(Typed(prompt="p", stdin="1", stdout="2\n"))
    assert (task.is_program, task.stdin, task.stdout) == (True, "1", "2\n")
    assert typed_task(Typed(prompt="p")).exit_status == 0


def test_a_programs_output_counts_though_cases_of_a_function_still_stand_there() -> None:
    rows = [["[12, 18]", "6", ""]]
    assert typed_task(Typed(prompt="p", cases=rows, stdout="2\n")).is_program
    assert typed_task(Typed(prompt="p", cases=rows, exit_status=3)).exit_status == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"prompt": "  "}, "prompt is empty"),
        ({"prototype": "gcd"}, "gcd"),
        ({"cases": []}, "no cases"),
        ({"cases": [["[1, 2]", "x", ""]]}, "Case 1, Returns 'x'"),
        ({"cases": [["[1, 2", "1", ""]]}, "Case 1, Arguments"),
        ({"cases": [["[7, ", "1", ""]]}, r"Arguments '\[7,' is not JSON: Expecting value at column 4\."),
        ({"cases": [["7, x", "1", ""]]}, r"Arguments '7, x' is not JSON: Expecting value at column 4\. .* \[12, 18\]"),
        ({"prototype": "", "cases": [["[1, 2]", "1", ""]]}, "no prototype: .*; or, for a whole program"),
        ({"prompt": "x" * 30_000}, "30,000 characters"),
        ({"cases": [["[1]", "1", ""]]}, "^Case 1: Arguments has 1 value"),
        ({"cases": [["", "", ""], ["[1, 2]", '"x"', ""]]}, "^Case 2: Returns"),
    ],
)
def test_what_is_wrong_is_named(fields: dict[str, object], words: str) -> None:
    whole = {"prompt": "gcd", "prototype": PROTOTYPE, "cases": [["[12, 18]", "6", ""]]} | fields
    with pytest.raises(InputError, match=words):
        typed_task(Typed(**whole))  # type: ignore[arg-type]


@pytest.mark.parametrize("prompt", ["add:\n", "  add:\n\tret\n\n"])
def test_a_text_to_continue_is_taken_to_the_character(prompt: str) -> None:
    assert typed_task(Typed(prompt=prompt, prototype=PROTOTYPE, cases=[["[12, 18]", "6", ""]])).prompt == prompt


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_questions_that_can_be_asked(name: str) -> None:
    preset = PRESETS[name]
    assert typed_task(Typed(prompt=preset.prompt, prototype=preset.prototype, cases=preset.cases)).cases


def test_parameters_are_read_and_checked() -> None:
    assert sampling_of({"temperature": 0.5, "max_tokens": 64.0}, seed=3, stop="\\n\\n\n;") == Sampling(
        temperature=0.5, max_tokens=64, seed=3, stop=("\n\n", ";")
    )
    for values, words in (
        ({"temperature": 3}, "Temperature 3"),
        ({"max_tokens": 0}, "Maximum tokens 0"),
        ({"top_p": "high"}, "'high' is not a number"),
        ({"top_k": None}, "None is not a number"),
        ({"min_p": float("nan")}, "nan"),
    ):
        with pytest.raises(InputError, match=words):
            sampling_of(values)
    with pytest.raises(InputError, match="Seed"):
        sampling_of({}, seed=-1)
    with pytest.raises(InputError, match="9 stop sequences"):
        stop_sequences("\n".join("abcdefghi"))
