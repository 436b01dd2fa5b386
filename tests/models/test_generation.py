"""The batch on the real model: each row as if alone, columns independent of each other."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from peft import AdaLoraConfig, LoraConfig

from playground.errors import InputError
from playground.models.events import Column, Failed, Finished, GenerationRequest, TextDelta
from playground.models.generation import Generator
from playground.models.lora import shareable
from tests.models.asking import LORA, Reference, ask, endings

pytestmark = [pytest.mark.model, pytest.mark.slow]

QUESTIONS = (
    "Say hello.",
    "Write AArch64 assembly that adds two numbers.",
    "Explain in one paragraph what a register is, and why a processor has few of them rather than thousands.",
    "Continue the sequence 1, 2, 4, 8 and say what comes after 1024. " * 6,
)


def test_greedy_rows_of_a_mixed_batch_equal_generate(generator: Generator, reference: Reference) -> None:
    ended = endings(generator, *(ask(str(i), question) for i, question in enumerate(QUESTIONS)))
    for i, question in enumerate(QUESTIONS):
        assert ended[str(i)].text == reference.answer(question)


def test_base_and_adapter_in_one_batch_equal_generate(
    generator: Generator, reference: Reference, random_lora: str
) -> None:
    columns = [
        ask(f"{model}-{i}", question, model) for i, question in enumerate(QUESTIONS) for model in ("base", random_lora)
    ]
    ended = endings(generator, *columns)
    for i, question in enumerate(QUESTIONS):
        assert ended[f"base-{i}"].text == reference.answer(question)
        assert ended[f"{random_lora}-{i}"].text == reference.answer(question, random_lora)
    assert any(ended[f"base-{i}"].text != ended[f"{random_lora}-{i}"].text for i in range(len(QUESTIONS)))


THREE = {
    "three-plain": LoraConfig(**LORA),
    "three-scaled": LoraConfig(**(LORA | {"r": 8, "lora_alpha": 12})),
    "three-small": LoraConfig(**(LORA | {"r": 4, "lora_alpha": 4})),
}


def test_base_and_three_adapters_equal_generate_while_they_end_one_by_one(
    generator: Generator, reference: Reference, make_adapter: Callable[..., Path]
) -> None:
    for seed, (name, config) in enumerate(THREE.items()):
        make_adapter(name, config, seed=seed, deviation=0.01)
    tokens = {"base": 24, "three-plain": 8, "three-scaled": 30, "three-small": 16}
    ended = endings(generator, *(ask(name, QUESTIONS[2], name, max_tokens=count) for name, count in tokens.items()))
    for name, count in tokens.items():
        assert ended[name].text == reference.answer(QUESTIONS[2], "" if name == "base" else name, tokens=count)


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        ({"temperature": 0.8}, {"temperature": 0.8, "top_k": 0}),
        ({"temperature": 1.0, "top_k": 20, "top_p": 0.9}, {"temperature": 1.0, "top_k": 20, "top_p": 0.9}),
        ({"temperature": 1.2, "min_p": 0.1}, {"temperature": 1.2, "min_p": 0.1, "top_k": 0}),
        ({"temperature": 0.7, "repetition_penalty": 1.3}, {"temperature": 0.7, "repetition_penalty": 1.3, "top_k": 0}),
    ],
)
def test_sampled_rows_equal_generate_with_the_same_seed(
    generator: Generator, reference: Reference, own: dict, theirs: dict
) -> None:
    columns = [ask(str(seed), QUESTIONS[1], seed=seed, **own) for seed in (1, 2)]
    ended = endings(generator, *columns, ask("neighbour", QUESTIONS[3], temperature=1.5, seed=9))
    for seed in (1, 2):
        torch.manual_seed(seed)
        assert ended[str(seed)].text == reference.answer(QUESTIONS[1], do_sample=True, **theirs)
    assert ended["1"].text != ended["2"].text


def test_repetition_penalty_counts_the_prompt_when_greedy(generator: Generator, reference: Reference) -> None:
    ended = endings(generator, ask("a", QUESTIONS[2], repetition_penalty=1.4))
    assert ended["a"].text == reference.answer(QUESTIONS[2], repetition_penalty=1.4)


def test_a_row_does_not_depend_on_its_neighbours(generator: Generator, random_lora: str) -> None:
    probe = ask("probe", QUESTIONS[2], random_lora, temperature=0.9, seed=5, max_tokens=60)
    alone = endings(generator, probe)["probe"]
    short = [ask(f"n{i}", QUESTIONS[i % 4], ("base", random_lora)[i % 2], max_tokens=3 + 7 * i) for i in range(6)]
    assert endings(generator, *short[:3], probe, *short[3:])["probe"].text == alone.text


def test_deltas_join_to_the_finished_text_and_hold_whole_characters(generator: Generator) -> None:
    column = ask("a", "Repeat exactly: 漢字 naïve 😀 Ελληνικά", temperature=1.3, seed=4, max_tokens=60)
    events = list(generator.stream(GenerationRequest(columns=(column,))))
    deltas = [event for event in events if isinstance(event, TextDelta)]
    assert "".join(delta.text for delta in deltas) == events[-1].text
    assert [delta.tokens for delta in deltas] == sorted(delta.tokens for delta in deltas)


def test_each_column_has_its_own_limit_and_stop(generator: Generator, reference: Reference) -> None:
    whole = reference.answer(QUESTIONS[2])
    stop = whole[60:66]
    ended = endings(
        generator,
        ask("short", QUESTIONS[2], max_tokens=5),
        ask("stop", QUESTIONS[2], stop=(stop,)),
        ask("end", QUESTIONS[0], max_tokens=80),
    )
    assert (ended["short"].reason, ended["short"].tokens) == ("length", 5)
    assert (ended["stop"].reason, ended["stop"].text) == ("stop", whole[: whole.index(stop)])
    assert ended["end"].reason == "end"


def test_cancelling_one_column_keeps_its_text_and_leaves_the_other(generator: Generator, reference: Reference) -> None:
    seen: dict[str, str] = {"a": "", "b": ""}
    ended: dict[str, Finished] = {}
    request = GenerationRequest(columns=(ask("a", QUESTIONS[2], max_tokens=400), ask("b", QUESTIONS[2])))
    for event in generator.stream(request, lambda column: column == "a" and len(seen["a"]) > 20):
        if isinstance(event, TextDelta):
            seen[event.column] += event.text
        elif isinstance(event, Finished):
            ended[event.column] = event
    assert ended["a"].reason == "cancelled"
    assert ended["a"].text == seen["a"]
    assert len(seen["a"]) > 20
    assert ended["b"].text == reference.answer(QUESTIONS[2])


def test_an_error_in_one_column_leaves_the_others_alone(generator: Generator, reference: Reference) -> None:
    columns = (
        ask("good", QUESTIONS[1]),
        ask("unknown", QUESTIONS[1], "no-such-model"),
        ask("hot", QUESTIONS[1], temperature=-1),
        ask("empty", "  "),
        ask("long", "word " * 9000),
        Column(id="fim", model="base", prefix="a", suffix="b"),
    )
    ended = endings(generator, *columns)
    assert ended["good"].text == reference.answer(QUESTIONS[1])
    messages = {name: event.message for name, event in ended.items() if isinstance(event, Failed)}
    assert "no-such-model" in messages["unknown"]
    assert "base" in messages["unknown"]
    assert "temperature is -1" in messages["hot"]
    assert "empty" in messages["empty"]
    assert "8192" in messages["long"]
    assert "fill-in-the-middle" in messages["fim"]


def test_complete_mode_continues_raw_text(generator: Generator, reference: Reference) -> None:
    text = "add_two:\n    add w0, w0, w1\n"
    ids = reference.tokenizer(text, return_tensors="pt")
    out = reference.model().generate(**ids, max_new_tokens=20, do_sample=False)
    expected = reference.tokenizer.decode(out[0, ids["input_ids"].shape[1] :], skip_special_tokens=True)
    assert (
        endings(generator, Column(id="a", model="base", prefix=text, sampling=ask("", "", max_tokens=20).sampling))[
            "a"
        ].text
        == expected
    )


UNSHAREABLE = {
    "dora": LoraConfig(**(LORA | {"target_modules": ["v_proj"]}), use_dora=True),
    "adalora": AdaLoraConfig(
        init_r=8, target_r=4, total_step=10, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM"
    ),
    "norms": LoraConfig(**LORA, modules_to_save=["norm"]),
    "tokens": LoraConfig(**LORA, trainable_token_indices=[5, 6]),
    "bias": LoraConfig(**(LORA | {"target_modules": ["q_proj"]}), lora_bias=True),
}


@pytest.mark.parametrize("kind", UNSHAREABLE)
def test_an_adapter_that_cannot_share_runs_beside_the_batch(
    generator: Generator, reference: Reference, make_adapter: Callable[..., Path], kind: str
) -> None:
    name = f"alone-{kind}"
    make_adapter(name, UNSHAREABLE[kind])
    assert not shareable(generator.models.load(name)[1])
    ended = endings(generator, ask("a", QUESTIONS[1], name, max_tokens=8), ask("b", QUESTIONS[1], max_tokens=8))
    assert ended["a"].text == reference.answer(QUESTIONS[1], name, tokens=8)
    assert ended["b"].text == reference.answer(QUESTIONS[1], tokens=8)


PARTIAL = {
    "attention": LoraConfig(r=8, lora_alpha=12, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM"),
    "ranks": LoraConfig(**LORA, rank_pattern={"k_proj": 4, "up_proj": 3}, alpha_pattern={"down_proj": 5}),
    "one-layer": LoraConfig(r=4, target_modules=["k_proj", "o_proj", "up_proj"], layers_to_transform=[7]),
}


@pytest.mark.parametrize("kind", PARTIAL)
def test_adapters_on_some_layers_share_the_batch(
    generator: Generator, reference: Reference, make_adapter: Callable[..., Path], kind: str
) -> None:
    name = f"partial-{kind}"
    make_adapter(name, PARTIAL[kind], deviation=0.05)
    assert shareable(generator.models.load(name)[1])
    ended = endings(generator, ask("a", QUESTIONS[1], name, max_tokens=8), ask("b", QUESTIONS[1], max_tokens=8))
    assert ended["a"].text == reference.answer(QUESTIONS[1], name, tokens=8)
    assert ended["b"].text == reference.answer(QUESTIONS[1], tokens=8)


def test_an_adapter_trained_again_under_its_name_is_loaded_again(
    generator: Generator, reference: Reference, make_adapter: Callable[..., Path]
) -> None:
    make_adapter("again", deviation=0.0)
    assert endings(generator, ask("a", QUESTIONS[1], "again"))["a"].text == reference.answer(QUESTIONS[1])
    make_adapter("again", deviation=0.01)
    changed = endings(generator, ask("a", QUESTIONS[1], "again"))["a"].text
    assert changed == reference.answer(QUESTIONS[1], "again") != reference.answer(QUESTIONS[1])


def test_several_visitors_at_once_get_what_each_would_alone(generator: Generator, reference: Reference) -> None:
    got: dict[int, str] = {}

    def visit(number: int) -> None:
        got[number] = endings(generator, ask("a", QUESTIONS[number]))["a"].text

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert got == {number: reference.answer(QUESTIONS[number]) for number in range(4)}


def test_generate_batch_refills_and_ends_every_column(generator: Generator, reference: Reference) -> None:
    columns = [ask(str(i), QUESTIONS[i % 4], max_tokens=10 + i) for i in range(7)]
    columns.append(ask("bad", QUESTIONS[0], "nothing"))
    ended = {event.column: event for event in generator.generate_batch(iter(columns), batch_size=3)}
    assert set(ended) == {column.id for column in columns}
    assert ended["5"].text == reference.answer(QUESTIONS[1], tokens=15)
    assert isinstance(ended["bad"], Failed)


def test_probabilities_are_the_models_own(generator: Generator, reference: Reference) -> None:
    ended = endings(generator, ask("a", QUESTIONS[1], temperature=0.8, seed=3, max_tokens=6, alternatives=3))["a"]
    assert len(ended.probabilities) == 6
    assert "".join(token.text for token in ended.probabilities) == ended.text
    chat = [{"role": "user", "content": QUESTIONS[1]}]
    prompt = reference.tokenizer.apply_chat_template(
        chat, add_generation_prompt=True, return_tensors="pt", return_dict=True
    )
    with torch.inference_mode():
        logits = reference.model()(**prompt).logits[0, -1].float()
    best = torch.topk(torch.softmax(logits, -1), 3)
    first = ended.probabilities[0]
    assert [p for _, p in first.alternatives] == pytest.approx(best.values.tolist(), rel=1e-5)
    assert [text for text, _ in first.alternatives] == [reference.tokenizer.decode([i]) for i in best.indices.tolist()]


def test_a_request_without_columns_or_with_one_id_twice_is_refused(generator: Generator) -> None:
    with pytest.raises(InputError, match="no column"):
        list(generator.stream(GenerationRequest(columns=())))
    with pytest.raises(InputError, match="'a'"):
        list(generator.stream(GenerationRequest(columns=(ask("a", "x"), ask("a", "y")))))


def test_leaving_the_stream_early_frees_the_batch(generator: Generator) -> None:
    stream = generator.stream(GenerationRequest(columns=(ask("a", QUESTIONS[2], max_tokens=2000),)))
    next(stream)
    stream.close()
    assert endings(generator, ask("b", QUESTIONS[0], max_tokens=4))["b"].reason == "length"
    assert not [seat for seat in generator._scheduler._seats if seat.row.column.id == "a"]
