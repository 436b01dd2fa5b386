"""The dataset card (``README.md``) and the recipe beside it: how the data came about, and how it comes about again."""

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

from playground.data.build import BuildProgress
from playground.data.recipe import DataRecipe
from playground.data.write import C_ALONE_FILE, FIM_FILE, PLAIN_FILE, SPLITS, Summary


def write_card(folder: Path, recipe: DataRecipe, state: BuildProgress, summary: Summary) -> None:
    """``README.md``: counts, what was dropped and why, gaps, licences, and the recipe that makes the same bytes."""
    per_instruction, counter = summary.tokens_per_instruction()
    gaps = [f"- {reason} ({count})" for reason, count in state.gaps.most_common()] or ["- none"]
    fim = [f"{summary.fim:,} fill-in-the-middle examples of the training split in `{FIM_FILE}`."]
    plain = [f"{summary.plain:,} texts to continue, in the compilers' spelling, in `{PLAIN_FILE}`."]
    c_alone = [f"{summary.c_alone:,} requests answered with C alone, in `{C_ALONE_FILE}`."]
    parts = [
        *_front_matter(recipe, summary), f"# {recipe.name}", "",
        "Pairs of a request and assembly. Each was assembled by the playground's assembler, run in its emulator on",
        "generated inputs, boundary values first, and gave what the same C gives natively.", "",
        *_table("Split", "Examples", {split: summary.splits[split] for split in SPLITS}),
        f"{len(summary.families):,} families (structures without their constants);",
        "held-out-families shares none with the other splits.",
        f"{per_instruction:.1f} tokens an instruction ({counter}, over {len(summary.answers):,} answers).",
        *(fim if recipe.fim_share else []), *(plain if recipe.plain_share else []),
        *(c_alone if recipe.c_alone_share else []), "",
        *_table("Target", "Pairs", summary.targets), *_table("Licence of the C", "Pairs", summary.licences),
        *_table("Dropped", "Count", dict(state.dropped.most_common())),
        "Unscored, that is our gap:", "", *gaps, "",
        f"Seed {recipe.seed}. The same recipe, sources and compilers give the same bytes:", "",
        "```toml", recipe_toml(recipe).rstrip(), "```", "",
    ]  # fmt: skip
    (folder / "README.md").write_text("\n".join(parts), encoding="utf-8")
    (folder / "recipe.toml").write_text(recipe_toml(recipe), encoding="utf-8")


def recipe_toml(recipe: DataRecipe) -> str:
    """The recipe, every field written out. TOML's strings, numbers and arrays of strings are JSON's."""
    fields = dataclasses.fields(recipe)
    return "".join(f"{one.name} = {json.dumps(_plain(getattr(recipe, one.name)))}\n" for one in fields)


def _front_matter(recipe: DataRecipe, summary: Summary) -> list[str]:
    """What the Hub's `datasets` reads: which file is which split. A split's name has no hyphen, and it is not empty."""
    kind = "parquet" if "parquet" in recipe.formats else "jsonl"
    filled = [split for split in SPLITS if summary.splits[split]]
    rows = [line for split in filled for line in (f"  - split: {split.replace('-', '_')}", f"    path: {split}.{kind}")]
    return ["---", "configs:", "- config_name: default", "  data_files:", *rows, "---", ""]


def _table(thing: str, count: str, rows: Mapping[str, int]) -> list[str]:
    return [f"| {thing} | {count} |", "|---|---|", *(f"| {name} | {number:,} |" for name, number in rows.items()), ""]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
