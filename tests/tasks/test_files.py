"""Task files: what the contract says is read, and each mistake is one sentence that names place, field and remedy."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from playground.errors import InputError
from playground.tasks.bank import load_bank
from playground.tasks.files import read_tasks, task_from_json, task_to_json, write_tasks
from playground.tasks.task import SameAs, Task, Zeros

GCD: dict[str, Any] = {
    "id": "gcd",
    "prompt": "Return the greatest common divisor of a and b.",
    "prototype": "unsigned long gcd(unsigned long a, unsigned long b)",
    "cases": [{"args": [12, 18], "returns": 6}],
    "reference": "C source (optional)",
    "tags": ["loop"],
}


def with_field(**changes: Any) -> dict[str, Any]:
    """GCD with fields changed; None takes one away."""
    return {name: value for name, value in {**GCD, **changes}.items() if value is not None}


def test_the_contract_s_example() -> None:
    task = task_from_json(GCD)
    assert (task.id, task.tags, task.is_program) == ("gcd", ("loop",), False)
    assert task.cases[0].args == (12, 18)
    assert task.cases[0].returns == 6


def test_every_kind_of_argument() -> None:
    record = {
        "id": "f",
        "prompt": "x",
        "prototype": "int f(const int *a, char *s, double *z, int *alias, unsigned char c, float x)",
        "cases": [
            {
                "args": [[1, -1], "text", {"zeros": 3}, {"same_as": "a"}, 255, 1],
                "returns": 0,
                "after": {"s": "abcd", "z": [1, 2.5], "a": [1]},
            }
        ],
    }
    case = task_from_json(record).cases[0]
    assert case.args == ((1, -1), "text", Zeros(count=3), SameAs(parameter="a"), 255, 1.0)
    assert case.after == {"s": "abcd", "z": (1.0, 2.5), "a": (1,)}


def test_integers_take_the_bits_of_their_type() -> None:
    record = with_field(prototype="int f(unsigned char a, int b)", cases=[{"args": [-1, 4294967295], "returns": -1}])
    assert task_from_json(record).cases[0].args == (255, -1)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": None}, ('"id"',)),
        ({"id": ""}, ('"id"',)),
        ({"prompt": None}, ('"prompt"', "gcd")),
        ({"prompt": 5}, ('"prompt"', "5")),
        ({"cases": None}, ('"cases"',)),
        ({"cases": []}, ('"cases"',)),
        ({"cases": [5]}, ("case 1", "5")),
        ({"cases": [{"returns": 6}]}, ("case 1", '"args"')),
        ({"cases": [{"args": [1], "returns": 6}]}, ('"args" has 1', "takes 2")),
        ({"cases": [{"args": [1, "x"], "returns": 6}]}, ('"b"', "'x'")),
        ({"cases": [{"args": [1, 1.5], "returns": 6}]}, ('"b"', "1.5")),
        ({"cases": [{"args": [1, 2**64], "returns": 6}]}, ('"b"', "64 bits")),
        ({"cases": [{"args": [1, [2]], "returns": 6}]}, ('"b"',)),
        ({"cases": [{"args": [1, 2], "returns": "6"}]}, ('"returns"', "'6'")),
        ({"cases": [{"args": [1, 2], "return": 6}]}, ('"return"', '"returns"')),
        ({"cases": [{"args": [1, 2], "after": {"a": [1]}}]}, ("'a'", "none")),
        ({"prototype": "unsigned long gcd(struct s a)"}, ("prototype", "struct")),
        ({"prototype": "void gcd(int a, int b)"}, ("returns nothing",)),
        ({"prototype": None}, ('"prototype"',)),
        ({"prototype": None, "cases": None}, ('"stdout"', '"exit_status"')),
        ({"prototype": None, "cases": None, "exit_status": 256}, ('"exit_status"', "256")),
        ({"prototype": None, "cases": None, "stdout": 5}, ('"stdout"', "5")),
        ({"stdout": "x"}, ('"stdout"',)),
        ({"arch": "arm"}, ('"arch"', "arm", "aarch64")),
        ({"tags": "loop"}, ('"tags"',)),
        ({"exit_staus": 3}, ("exit_staus", "exit_status")),
    ],
)
def test_a_mistake_is_one_sentence(changes: dict[str, Any], named: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        task_from_json(with_field(**changes), "tasks.jsonl:3")
    message = str(caught.value)
    assert message.startswith("tasks.jsonl:3")
    assert "\n" not in message
    for part in named:
        assert part in message


MEMORY = {"id": "m", "prompt": "x", "prototype": "void m(int *dst, const char *s, long n)"}


@pytest.mark.parametrize(
    ("case", "named"),
    [
        ({"args": [[1], "x", 1], "after": {"dst": [1, 2]}}, ("2 elements", "has 1")),
        ({"args": [[1], "x", 1], "after": {"dst": "text"}}, ("'dst'", "string")),
        ({"args": [[1], "x", 1], "after": {"src": [1]}}, ("'src'", "dst, s")),
        ({"args": [[1], "x", 1], "after": {"n": [1]}}, ("'n'",)),
        ({"args": [[1], "x", 1], "after": [1]}, ('"after"',)),
        ({"args": ["text", "x", 1], "after": {"dst": [1]}}, ('"dst"', "string")),
        ({"args": [7, "x", 1], "after": {"dst": [1]}}, ('"dst"', "NULL")),
        ({"args": [{"zeros": -1}, "x", 1], "after": {"dst": [1]}}, ("zeros",)),
        ({"args": [{"zeros": 10**9}, "x", 1], "after": {"dst": [1]}}, ("zeros",)),
        ({"args": [[1, None], "x", 1], "after": {"dst": [1]}}, ("[1]", "null")),
        ({"args": [{"same_as": "s"}, "x", 1], "after": {"s": "x"}}, ("same_as", "earlier")),
        ({"args": [[1], {"same_as": "dst"}, 1], "after": {"s": "x"}}, ("'dst'", "under that name")),
    ],
)
def test_mistakes_about_memory(case: dict[str, Any], named: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        task_from_json({**MEMORY, "cases": [case]})
    for part in named:
        assert part in str(caught.value)


def test_a_call_without_expectation_is_fine_to_run_but_not_in_a_file(tmp_path: Path) -> None:
    record = with_field(cases=[{"args": [1, 2]}])
    assert task_from_json(record).cases[0].returns is None
    path = tmp_path / "tasks.jsonl"
    path.write_text(json.dumps(record))
    with pytest.raises(InputError, match=r"tasks\.jsonl:1 \(gcd\), case 1: nothing is compared"):
        read_tasks(path)


def test_structures_are_given_member_by_member() -> None:
    record = {
        "id": "f",
        "prompt": "x",
        "prototype": "struct p { char tag; double x; }; double f(const struct p *p, int n)",
        "cases": [{"args": [[1, 2.5, 3, 4.5], 2], "returns": 7}],
    }
    assert task_from_json(record).cases[0].args[0] == (1, 2.5, 3, 4.5)
    record["cases"] = [{"args": [[1, 2.5, 3], 2], "returns": 7}]
    with pytest.raises(InputError, match="2 per struct p"):
        task_from_json(record)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "no task"),
        ("{", "tasks.jsonl:1 is not JSON"),
        ("5", "tasks.jsonl:1: a task is a JSON object"),
        ("[" * 100_000, "not JSON"),
        (json.dumps(GCD) + "\n\n" + json.dumps(GCD), "tasks.jsonl:3: the id 'gcd' is used twice"),
    ],
)
def test_files_that_are_wrong(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "tasks.jsonl"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_tasks(path)
    assert named in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_tasks(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="directory"):
        read_tasks(tmp_path)
    path = tmp_path / "latin.jsonl"
    path.write_bytes(b"\xe9")
    with pytest.raises(InputError, match="UTF-8"):
        read_tasks(path)
    path = tmp_path / "broken.jsonl.gz"
    path.write_bytes(b"no gzip")
    with pytest.raises(InputError, match="Cannot read"):
        read_tasks(path)


def test_gzip_and_arrays(tmp_path: Path) -> None:
    path = tmp_path / "tasks.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(GCD).encode()))
    assert read_tasks(path)[0].id == "gcd"
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([GCD], indent=2))
    assert read_tasks(path)[0].id == "gcd"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    tasks = load_bank()
    path = tmp_path / "bank.jsonl"
    write_tasks(path, tasks)
    assert read_tasks(path) == tasks


def test_a_program_task() -> None:
    task = task_from_json({"id": "p", "prompt": "x", "stdout": "", "exit_status": 0})
    assert task == Task(id="p", prompt="x", stdout="", exit_status=0)
    assert task_to_json(task) == {"id": "p", "prompt": "x", "stdin": "", "stdout": "", "exit_status": 0}
