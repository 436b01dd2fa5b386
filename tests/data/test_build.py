"""A whole build: every source, proven pairs alone, the same bytes again."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from datasets import load_dataset

from playground.assembly import assemble, extract
from playground.assembly.program import Source
from playground.data.build import BuildProgress, build
from playground.data.card import recipe_toml, write_card
from playground.data.generate.family import FAMILIES
from playground.data.recipe import DataRecipe, read_recipe
from playground.data.write import SPLITS, write_dataset
from playground.emulator.pool import WorkerPool
from playground.emulator.prototype import parse_prototype
from playground.errors import InputError
from playground.tasks.files import task_from_json
from playground.tasks.judging import judge

pytestmark = pytest.mark.toolchain

SOURCE = """\
// Give three times x.
int triple(int x) { return 3 * x; }
// Return the number of spaces in s.
int spaces(const char *s) { int n = 0; for (; *s; s++) n += *s == ' '; return n; }
// Copy the string src to dst.
void copy_string(char *dst, const char *src) { while ((*dst++ = *src++)) { } }
// Where does v lie?
int side(long v) { int s = 0; if (v < 0) s = -1; while (v > 0) { s = 1; v = 0; } return s; }
int crash(int x) { return *(volatile int *)(long)x; }
"""
PROGRAM = """\
// Print the sum of the numbers from 1 to 10.
#include <stdio.h>
int main(void) { int t = 0; for (int i = 1; i <= 10; i++) t += i; printf("%d\\n", t); return 3; }
"""


def line(messages: list[tuple[str, str]]) -> str:
    return json.dumps({"messages": [{"role": role, "content": content} for role, content in messages]}) + "\n"


CHATS = (
    line(
        [
            ("system", "Write AArch64 assembly."),
            ("user", "int twice(int x) {\n    return x + x;\n}"),
            ("assistant", "twice:\n add w0,w0,w0\n ret"),
        ]
    )
    + line(
        [
            ("system", "Write AArch64 assembly."),
            ("user", "int wrong(int x) {\n    return x - 9;\n}"),
            ("assistant", "wrong:\n add w0,w0,9\n ret"),
        ]
    )
    + line([("user", "Hello."), ("assistant", "Hello to you.")])
)


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(size=1) as workers:
        yield workers


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory, require_tool: Callable[[str, str], str]) -> DataRecipe:
    require_tool("gcc", "gcc")
    require_tool("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu")
    folder = tmp_path_factory.mktemp("sources")
    (folder / "a.c").write_text(SOURCE)
    (folder / "program.c").write_text(PROGRAM)
    (folder / "b.cpp").write_text(
        "int half(const int &x) { return x; }\nint negated(int x) { auto y = -x; return y; }\n"
    )
    chats = folder / "chats.jsonl"
    chats.write_text(CHATS)
    return DataRecipe(
        name="small", functions=12, seed=4, syntax="intel", sources=(str(folder),), chats=(str(chats),),
        comments_share=0.4, c_first_share=0.4, fim_share=0.5, plain_share=0.5, c_alone_share=0.5,
        cases=6,
        formats=("chat", "text", "parquet"), held_out_functions=0.2,
    )  # fmt: skip


def built(recipe: DataRecipe, pool: WorkerPool, folder: Path) -> BuildProgress:
    last = BuildProgress()

    def show(state: BuildProgress) -> None:
        nonlocal last
        last = state

    summary = write_dataset(folder, recipe, build(recipe, pool, progress=show))
    write_card(folder, recipe, last, summary)
    return last


@pytest.fixture(scope="module")
def dataset(
    recipe: DataRecipe, pool: WorkerPool, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, BuildProgress]:
    folder = tmp_path_factory.mktemp("dataset")
    return folder, built(recipe, pool, folder)


def examples(folder: Path) -> list[tuple[dict, dict]]:  # type: ignore[type-arg]
    """Every example with its task."""
    return [
        (json.loads(one), json.loads(task))
        for split in SPLITS
        for one, task in zip(
            (folder / f"{split}.jsonl").read_text().splitlines(),
            (folder / f"{split}.tasks.jsonl").read_text().splitlines(),
            strict=True,
        )
    ]


def test_every_answer_is_judged_right_as_it_stands(dataset: tuple[Path, BuildProgress]) -> None:
    found = examples(dataset[0])
    assert len(found) > 24
    for example, task in found:
        answer = example["messages"][-1]["content"]
        verdict = judge(answer, task_from_json(task), arch=example["arch"])
        assert verdict.stage == "abi", (answer, verdict.reason)


def test_every_source_gave_pairs(dataset: tuple[Path, BuildProgress]) -> None:
    names = {
        task["reference"].split("(")[0].split()[-1]
        for _, task in examples(dataset[0])
        if "main" not in task["reference"]
    }
    assert names >= {"triple", "spaces", "negated", "twice"}
    programs = [task for _, task in examples(dataset[0]) if task.get("stdout") == "55\n"]
    assert len(programs) == 2
    assert all(task["exit_status"] == 3 for task in programs)


def test_what_is_wrong_crashes_or_is_a_final_task_is_dropped_and_counted(dataset: tuple[Path, BuildProgress]) -> None:
    folder, state = dataset
    texts = [example["messages"][-1]["content"] for example, _ in examples(folder)]
    for name in ("wrong:", "crash:", "copy_string:", "side:"):  # side does what sign_of is asked for
        assert not any(name in text for text in texts)
    assert state.dropped["wrong"] == 1
    no_answer = "has no right answer (crashes, does not end, writes out of bounds, or returns an address)"
    assert state.dropped[no_answer] == 2
    assert state.dropped["matches a final task"] >= 4
    assert state.dropped["an answer without assembly"] == 1
    card = (folder / "README.md").read_text()
    for part in ("| wrong | 1 |", "not stated", "Apache-2.0", "tokens an instruction", "seed = 4"):
        assert part in card


def test_switches_write_c_comments_and_gaps(dataset: tuple[Path, BuildProgress]) -> None:
    folder = dataset[0]
    answers = [example["messages"][-1]["content"] for example, _ in examples(folder)]
    fenced = [answer for answer in answers if answer.startswith("```c\n")]
    assert fenced
    assert all((found := extract(answer)) and "```" not in found.text for answer in fenced)
    assert any(" // " in answer or " # " in answer for answer in answers)
    gaps = [json.loads(text) for text in (folder / "fim.jsonl").read_text().splitlines()]
    assert gaps
    for gap in gaps:
        assert gap["prefix"]
        assert gap["middle"].endswith("\n")
        whole = gap["prefix"] + gap["middle"] + gap["suffix"]
        assert assemble(Source(text=whole, arch=gap["arch"])).image is not None


def test_plain_texts_hold_the_function_alone(dataset: tuple[Path, BuildProgress]) -> None:
    texts = [json.loads(text) for text in (dataset[0] / "plain.jsonl").read_text().splitlines()]
    assert texts
    for one in texts:
        assert assemble(Source(text=one["text"], arch=one["arch"])).image is not None
        assert "```" not in one["text"]


def test_requests_are_answered_with_the_c_alone(dataset: tuple[Path, BuildProgress]) -> None:
    """Each is a request of the training split, and GCC takes its answer."""
    folder = dataset[0]
    rows = [json.loads(text)["messages"] for text in (folder / "c.jsonl").read_text().splitlines()]
    assert rows
    tasks = [json.loads(text) for text in (folder / "train.tasks.jsonl").read_text().splitlines()]
    asked = {task["prompt"] + ("\n" + task["prototype"] if task.get("prototype") else "") for task in tasks}
    for system, request, answer in rows:
        assert system["content"] == "Write C."
        assert request["content"] in asked
        c = answer["content"].removeprefix("```c\n").removesuffix("\n```")
        assert subprocess.run(["gcc", "-w", "-fsyntax-only", "-xc", "-"], input=c, text=True).returncode == 0


def test_the_same_recipe_gives_the_same_bytes(
    recipe: DataRecipe, dataset: tuple[Path, BuildProgress], tmp_path: Path
) -> None:
    with WorkerPool(size=2) as pool:
        built(recipe, pool, tmp_path)
    before, after = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in (dataset[0], tmp_path))
    assert before == after


def test_the_recipe_is_read_back(dataset: tuple[Path, BuildProgress], recipe: DataRecipe) -> None:
    assert read_recipe(dataset[0] / "recipe.toml") == recipe
    assert "seed = 4\n" in recipe_toml(recipe)


def test_parquet_holds_the_chat(dataset: tuple[Path, BuildProgress]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = parquet.read_table(dataset[0] / "train.parquet").to_pylist()
    lines = [json.loads(text) for text in (dataset[0] / "train.jsonl").read_text().splitlines()]
    assert rows == lines


def test_the_datasets_library_loads_the_folder(dataset: tuple[Path, BuildProgress], tmp_path: Path) -> None:
    """An empty split is left out of the card: `datasets` would refuse the whole folder for it."""
    folder, _ = dataset
    found = load_dataset(str(folder), cache_dir=str(tmp_path))
    counts = {split: len((folder / f"{split}.jsonl").read_text().splitlines()) for split in SPLITS}
    assert {name.replace("_", "-"): len(found[name]) for name in found} == {k: n for k, n in counts.items() if n}
    assert found["train"][0]["messages"][-1]["role"] == "assistant"


def test_parquet_without_pyarrow_is_one_sentence(
    recipe: DataRecipe, pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match="pip install pyarrow"):
        next(build(recipe, pool))


def test_a_chat_file_of_ours_is_accepted_back(
    dataset: tuple[Path, BuildProgress], recipe: DataRecipe, pool: WorkerPool, tmp_path: Path
) -> None:
    ours = dataset[0] / "train.jsonl"
    again = replace(recipe, functions=0, sources=(), chats=(str(ours),), formats=("chat",), fim_share=0.0)
    state = built(again, pool, tmp_path)
    shown_c = [
        text for text in ours.read_text().splitlines() if "return" in text and "{\\n" in text and "main" not in text
    ]
    assert state.kept >= 0.8 * len(shown_c) > 0
    assert state.dropped["wrong"] == 0
    given = {json.dumps(json.loads(text)["messages"]) for text in ours.read_text().splitlines()}
    assert all(json.dumps(example["messages"]) in given for example, _ in examples(tmp_path))


def test_the_command_builds_and_names_a_bad_recipe(tmp_path: Path, recipe: DataRecipe) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text('name = "x"\nlevels = ["O9"]\n')
    command = [sys.executable, "-m", "playground", "data", "build", str(path), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "O9" in done.stderr


def test_structures_are_drawn_member_by_member(pool: WorkerPool, require_tool: Callable[[str, str], str]) -> None:
    require_tool("gcc", "gcc")
    families = tuple(name for name in FAMILIES if name.startswith("structure-"))
    pairs = [
        kept.pair
        for kept in build(DataRecipe(name="s", functions=40, archs=("x86_64",), families=families, cases=6), pool)
    ]
    assert len(pairs) > 30
    assert any(case.after for pair in pairs for case in pair.cases)
    for pair in pairs:
        prototype = parse_prototype(pair.function.prototype)
        width = len(prototype.pointee(prototype.parameters[0].name).fields)
        assert all(len(case.args[0]) % width == 0 for case in pair.cases)
