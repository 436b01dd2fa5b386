"""DataRecipe: everything that decides a dataset. The same recipe gives the same bytes."""

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from playground.data.compilers import LEVELS, TEACHING
from playground.errors import InputError
from playground.isa import ARCHITECTURES

FORMATS = ("chat", "text", "parquet")
SHARES = (
    "held_out_families", "held_out_functions", "translate_share", "c_first_share", "comments_share", "fim_share",
    "plain_share", "c_alone_share", "resemblance",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DataRecipe:
    """Raises InputError that names the field, its value and what it may be."""

    name: str
    """The dataset's folder under ``PLAYGROUND_HOME/datasets``."""
    functions: int = 2000
    """How many functions the generator draws; each is compiled once per architecture and level. 0: other sources
    alone."""
    seed: int = 0
    families: tuple[str, ...] = ()
    """Generator families to draw from; empty: all."""
    held_out_families: float = 0.05
    """Share of the fine-grained families that goes whole into the held-out file."""
    held_out_functions: float = 0.02
    """Share of the functions of the other families that is held out."""
    practice: bool = False
    """Also the bank's ``practice`` tasks, each with its reference and its request (``final`` ones never)."""
    sources: tuple[str, ...] = ()
    """Folders and files of C and C++ whose self-contained functions are used too; they run natively, so trust them."""
    batches: tuple[str, ...] = ()
    """Result files of OpenAI's batch interface with C written by a model; it runs natively too."""
    chats: tuple[str, ...] = ()
    """Files of chat examples that are verified again: what their C does natively, their assembly must do."""
    archs: tuple[str, ...] = ("aarch64", "x86_64")
    levels: tuple[str, ...] = ("Os",)
    syntax: str = "gas"
    """Of x86-64: ``gas`` or ``intel``."""
    compiler: str = "auto"
    """``gcc``, ``clang`` (of the ziglang wheel) or ``auto``."""
    cases: int = 12
    """Generated inputs per pair, boundary values first."""
    largest_lines: int = 40
    """Longer assembly is dropped."""
    same_body: int = 3
    """How many pairs may share one assembly body (under different names and requests)."""
    resemblance: float = 0.9
    """Bodies that share this part of their four-token runs count as one (Jaccard index); 1: only exact repeats."""
    translate_share: float = 0.5
    """Share of the examples that show the C source instead of description and prototype."""
    c_first_share: float = 0.0
    """Share of the answers to *describe* questions that write the C before the assembly."""
    comments_share: float = 0.0
    """Share of the answers whose lines carry comments that explain them."""
    fim_share: float = 0.0
    """Share of the training answers that also become a fill-in-the-middle example (``fim.jsonl``)."""
    plain_share: float = 0.0
    """Share of the training answers that also become plain text to continue (``plain.jsonl``): see `plain`."""
    c_alone_share: float = 0.0
    """Share of the training functions with a request that also become a request for the C alone (``c.jsonl``)."""
    formats: tuple[str, ...] = ("chat",)
    """``chat`` (always written), ``text`` and ``parquet`` (needs pyarrow)."""

    def __post_init__(self) -> None:
        _require(self.name.replace("-", "").replace("_", "").isalnum(), "name", self.name, "letters, digits, - and _")
        for field in ("cases", "largest_lines", "same_body"):
            _require(getattr(self, field) >= 1, field, getattr(self, field), "1 or more")
        others = (*self.sources, *self.batches, *self.chats, *["practice"] * self.practice)
        _require(self.functions >= (0 if others else 1), "functions", self.functions, "1 or more without other sources")
        for field in SHARES:
            _require(0 <= getattr(self, field) <= 1, field, getattr(self, field), "a share from 0 to 1")
        _require(bool(self.archs), "archs", self.archs, "at least one")
        for arch in self.archs:
            _require(arch in ARCHITECTURES, "archs", arch, f"of {', '.join(ARCHITECTURES)}")
        for level in self.levels:
            _require(level in LEVELS, "levels", level, f"of {', '.join(LEVELS)}")
        for name in self.formats:
            _require(name in FORMATS, "formats", name, f"of {', '.join(FORMATS)}")
        _require(self.syntax in ("gas", "intel"), "syntax", self.syntax, "gas or intel")
        for level in TEACHING:
            if level in self.levels and "x86_64" in self.archs:
                _require(self.syntax == "intel", "syntax", self.syntax, f"intel for the level {level} on x86-64")
        _require(self.compiler in ("auto", "gcc", "clang"), "compiler", self.compiler, "auto, gcc or clang")


def _require(holds: bool, field: str, value: object, wanted: str) -> None:
    if not holds:
        raise InputError(f"The data recipe's {field} is {value!r}: it must be {wanted}.")


def read_recipe(path: Path) -> DataRecipe:
    """A recipe from TOML. Raises InputError: no file, no TOML, an unknown or missing field, a wrong type."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"Cannot read the recipe {path}: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"The recipe {path} is not TOML: {error}.") from None
    return recipe_from_table(table)


def recipe_from_table(table: dict[str, Any]) -> DataRecipe:
    """A recipe from parsed TOML."""
    fields = {field.name: field for field in dataclasses.fields(DataRecipe)}
    for key in table:
        if key not in fields:
            raise InputError(f"The data recipe has no field {key!r}: it has {', '.join(fields)}.")
    if "name" not in table:
        raise InputError('The data recipe has no name: add a line like name = "my-data".')
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    for key, value in values.items():
        example = fields[key].default
        if example is not dataclasses.MISSING and not _same_kind(example, value):
            raise InputError(f"The data recipe's {key} is {value!r}: it must be like {example!r}.")
    return DataRecipe(**cast(dict[str, Any], values))


def _same_kind(example: object, value: object) -> bool:
    if isinstance(example, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(example) is type(value)
