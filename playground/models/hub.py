"""Whether a base from the hub can be loaded on this machine: fetched before, or a hub in reach, and enough memory."""

import os
import socket
import time

from huggingface_hub import constants, try_to_load_from_cache

from playground.models.hub_bases import HubBase

_BYTES_PER_PARAMETER = 2  # bfloat16
_PROBE_SECONDS = 1.0
_REMEMBERED_SECONDS = 120.0
_probe: tuple[float, bool] | None = None


def unavailable_reason(base: HubBase) -> str:
    """Why `base` cannot be used here, as one sentence; "" when it can."""
    needed, present = base.billions * 1e9 * _BYTES_PER_PARAMETER, _memory_bytes()
    if needed * 1.2 > present:
        return f"it needs about {needed * 1.2 / 1e9:.0f} GB of memory, and this machine has {present / 1e9:.0f} GB."
    if isinstance(try_to_load_from_cache(base.repo, "config.json"), str):
        return ""
    if not _hub_in_reach():
        return f"it is not in the local cache, and the model hub ({constants.ENDPOINT}) cannot be reached."
    if base.gated and not (os.environ.get("HF_TOKEN") or os.path.exists(constants.HF_TOKEN_PATH)):
        return f"its licence must be accepted at {constants.ENDPOINT}/{base.repo}, and HF_TOKEN set."
    return ""


def _memory_bytes() -> int:
    """The machine's memory, or the accelerator's where it is larger."""
    import torch

    main = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    accelerators = [torch.cuda.get_device_properties(i).total_memory for i in range(torch.cuda.device_count())]
    return max(main, *accelerators) if accelerators else main


def _hub_in_reach() -> bool:
    """Whether the hub's host takes a connection; the answer is remembered for two minutes."""
    global _probe
    if constants.HF_HUB_OFFLINE:
        return False
    if _probe is None or time.monotonic() - _probe[0] > _REMEMBERED_SECONDS:
        _probe = (time.monotonic(), _connects())
    return _probe[1]


def _connects() -> bool:
    host = constants.ENDPOINT.split("//")[-1].split("/")[0]
    name, _, port = host.partition(":")
    try:
        with socket.create_connection((name, int(port or 443)), timeout=_PROBE_SECONDS):
            return True
    except OSError:
        return False
