"""All calls of commands pass the gate that the app's calls pass."""

import json
from contextlib import nullcontext

import pytest

from phdesk.api.client import Client
from phdesk.cli import gallery, main
from tests.app_parts import vault
from tests.cli.saying import open_line, said


@pytest.mark.usefixtures("qapp")
def test_commands_count_their_calls_with_those_of_the_app(signed_in, server, capfd):
    assert main(["budget"]) == 0
    assert said(capfd)[0] == "No call was made in the last hour.\n"
    assert main(["show", f"{server.url}/project/{server.project_id}/dashboard/1", "--cached"]) == 0
    said(capfd)
    assert main(["budget", "--json"]) == 0
    reports = json.loads(said(capfd)[0])
    (own,) = [one for one in reports if one["project"] == server.project_id]
    spent = {one["name"]: one["interactive"] for one in own["classes"]}
    assert spent["other"] >= 2  # the project and its dashboard
    assert main(["budget"]) == 0
    assert "dashboards and the rest: " in said(capfd)[0]
    assert main(["doctor", "--json"]) == 0
    found = {one["name"]: one["value"] for one in json.loads(said(capfd)[0])}
    assert "of 800 this hour" in found["budget"]


@pytest.fixture
def ungated(monkeypatch):
    """List the calls that asked at no gate before they were made."""
    found, made = [], Client._timed

    async def timed(client, call):
        if client._gate is None:
            found.append(call.path)
        return await made(client, call)

    monkeypatch.setattr(Client, "_timed", timed)
    return found


ASKING = {
    "show": ["show", "ADDRESS", "--cached"],
    "render": ["render", "ADDRESS", "--cached", "-o", "out.png"],
    "snapshot": ["snapshot", "ADDRESS", "--cached", "-o", "out.phdesk"],
    "dashboards": ["dashboards"],
    "login": ["login", "--host", "HOST"],
}


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.usefixtures("signed_in", "qapp")
def test_no_command_makes_a_call_past_the_gate(name, server, place, ungated, monkeypatch, capfd):
    address = f"{server.url}/project/{server.project_id}/dashboard/1"
    known = {"ADDRESS": address, "HOST": server.url}
    words = [known.get(word, word) for word in ASKING[name]]
    monkeypatch.setattr("sys.stdin", open_line(place, server.key))
    monkeypatch.chdir(place)
    with vault():
        assert main(words) == 0
    assert ungated == []
    said(capfd)
    assert main(["budget", "--json"]) == 0
    assert any(one["host"] == server.url for one in json.loads(said(capfd)[0]))


@pytest.mark.usefixtures("place")
def test_the_gallery_asks_the_demo_through_a_gate_too(ungated, server, monkeypatch):
    running = gallery.DemoServer(url=server.url, key=server.key, project=server.project_id)
    monkeypatch.setattr(gallery, "_demo_server", lambda: nullcontext(running))
    assert next(gallery.demo_boards()).loaded.views
    assert ungated == []
