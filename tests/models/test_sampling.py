"""Parameters that are refused."""

import math

import pytest

from playground.errors import InputError
from playground.models.events import Sampling
from playground.models.sampling import check_sampling


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("temperature", -0.1),
        ("temperature", math.nan),
        ("top_p", 0),
        ("top_p", 1.5),
        ("top_k", -1),
        ("min_p", 2),
        ("repetition_penalty", 0),
        ("max_tokens", 0),
        ("alternatives", 21),
    ],
)
def test_a_value_out_of_range_is_named(field: str, value: float) -> None:
    with pytest.raises(InputError, match=rf"{field} is {value}"):
        check_sampling(Sampling(**{field: value}))


def test_an_empty_stop_is_refused_and_the_defaults_are_fine() -> None:
    check_sampling(Sampling())
    with pytest.raises(InputError, match="stop sequence is empty"):
        check_sampling(Sampling(stop=("x", "")))
