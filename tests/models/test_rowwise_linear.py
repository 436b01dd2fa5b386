import pytest
import torch
from torch import nn

from playground.models.rowwise_linear import RowwiseLinear, _spread


def layers(width: int, *outs: int, bias: bool = False) -> list[nn.Linear]:
    torch.manual_seed(1)
    return [nn.Linear(width, out, bias=bias, dtype=torch.bfloat16).requires_grad_(False) for out in outs]


@pytest.mark.parametrize("width", [576, 1536, 2304])
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("rows", [2, 3, 4, 16])
def test_each_row_of_a_batch_gets_the_bits_that_it_gets_alone(width: int, bias: bool, rows: int) -> None:
    linear = RowwiseLinear(layers(width, 192, 64, bias=bias), exact=True)
    x = torch.randn(60 * rows, width, generator=torch.Generator().manual_seed(2)).bfloat16()
    with torch.inference_mode():
        alone = torch.cat([linear(row) for row in x.split(1)])
        together = torch.cat([linear(part) for part in x.split(rows)])
    assert torch.equal(alone, together)


@pytest.mark.parametrize("width", [576, 1536])
def test_a_single_row_gets_torchs_own_bits(width: int) -> None:
    (layer,) = layers(width, 576)
    linear = RowwiseLinear([layer], exact=True)
    x = torch.randn(100, width, generator=torch.Generator().manual_seed(3)).bfloat16()
    with torch.inference_mode():
        assert all(torch.equal(linear(row), layer(row)) for row in x.split(1))


def test_spreading_puts_zeros_behind_all_blocks_but_the_last() -> None:
    spread = _spread(torch.ones(2, 1536))
    assert spread.shape == (2, 2560)
    assert spread[:, :512].all()
    assert not spread[:, 512:1024].any()
    assert spread[:, 1024:1536].all()
    assert not spread[:, 1536:2048].any()
    assert spread[:, 2048:].all()
