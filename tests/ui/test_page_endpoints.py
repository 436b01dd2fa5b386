"""Each named endpoint through gradio's client, each tool through an MCP client."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from gradio_client import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

from tests.ui.conftest import BROKEN, RIGHT, WRONG

PROTOTYPE = "unsigned long gcd(unsigned long a, unsigned long b)"
CASES = [{"args": [12, 18], "returns": 6}]
EXIT_3 = ".global _start\n_start:\n\tmov x0, 3\n\tmov x8, 93\n\tsvc 0\n"


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False)


def test_only_what_is_meant_for_clients_is_named(client: Client) -> None:
    named = set(client.view_api(return_format="dict")["named_endpoints"])
    assert named == {"/compare", "/run", "/tasks", "/models", "/assemble_and_run", "/check_function"}


def test_tasks_and_models_are_listed(client: Client) -> None:
    assert client.predict(api_name="/tasks")[0]["id"] == "gcd"
    assert {"name": "right", "title": "Model right", "kind": "adapter"} in client.predict(api_name="/models")


def test_compare_gives_texts_and_verdicts(client: Client) -> None:
    first, second = client.predict(models=["right", "wrong"], task_id="gcd", api_name="/compare")
    assert (first["model"], first["text"], first["verdict"]["passed"]) == ("right", RIGHT, True)
    assert (second["verdict"]["stage"], second["verdict"]["cases_passed"]) == (
        "returned",
        2,
    )


def test_compare_takes_an_own_prompt(client: Client) -> None:
    (only,) = client.predict(models=["right"], prompt="gcd", prototype=PROTOTYPE, cases=CASES, api_name="/compare")
    assert only["verdict"]["cases"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"models": ["nobody"], "task_id": "gcd"}, "'nobody' in column 1"),
        ({"models": ["right"], "task_id": "nothing"}, "'nothing'"),
        ({"models": ["right"], "task_id": "gcd", "arch": "mips"}, "'mips'"),
        ({"models": ["right"], "task_id": "gcd", "temperature": 9}, "Temperature 9"),
        ({"models": [], "task_id": "gcd"}, "0 columns"),
        ({"models": ["right"]}, "neither a task_id nor a prompt"),
    ],
)
def test_what_a_client_got_wrong_reaches_it_as_a_sentence(
    client: Client, arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(Exception, match=words):
        client.predict(**arguments, api_name="/compare")


def test_run_executes_a_program(client: Client) -> None:
    found = client.predict(assembly=EXIT_3, arch="aarch64", api_name="/run")
    assert (found["stop"], found["exit_status"]) == ("exited", 3)
    broken = client.predict(assembly=BROKEN, arch="aarch64", api_name="/run")
    assert broken["stop"] == "rejected"
    assert broken["diagnostics"][0]["line"] == 3


def mcp(address: str, tool: str, **arguments: object) -> Any:
    """One call of a tool by an agent's client."""

    async def call() -> Any:
        async with (
            streamablehttp_client(f"{address}/gradio_api/mcp/") as (reader, writer, _),
            ClientSession(reader, writer) as session,
        ):
            await session.initialize()
            tools = {one.name: one for one in (await session.list_tools()).tools}
            return tools, await session.call_tool(tool, dict(arguments))

    with ThreadPoolExecutor(1) as thread:  # the browser's tests leave an event loop in this one
        return thread.submit(asyncio.run, call()).result()


def test_an_agent_runs_a_program(address: str) -> None:
    tools, result = mcp(address, "assemble_and_run", assembly=EXIT_3, arch="aarch64")
    assert not result.isError
    assert json.loads(result.content[0].text)["exit_status"] == 3
    described = tools["assemble_and_run"]
    assert "emulated Linux process" in described.description
    assert described.inputSchema["properties"]["assembly"]["type"] == "string"


def test_an_agent_checks_a_function(address: str) -> None:
    tools, result = mcp(address, "check_function", assembly=WRONG, prototype=PROTOTYPE, cases=CASES, arch="aarch64")
    found = json.loads(result.content[0].text)
    assert (found["stage"], found["passed"], found["results"][0]["got"]) == ("returned", False, "30")
    assert set(tools["check_function"].inputSchema["properties"]) == {
        "assembly",
        "prototype",
        "cases",
        "arch",
        "syntax",
    }
