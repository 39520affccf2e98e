"""Links that anybody may follow, in a terminal: without an account or a key."""

import json

import pytest

from phdesk.cli import main
from phdesk.demo.sharing import OLD_TOKEN


@pytest.fixture
def link(place, server):
    return f"{server.url}/shared/{OLD_TOKEN}"


def test_a_link_is_shown_without_a_key(link, capfd):
    assert main(["show", link]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    title, note, *_ = out.splitlines()
    assert title == "Customer success"
    assert note.startswith("Shared by 127.0.0.1:")
    assert main(["show", link, "--format", "json"]) == 0
    assert len(json.loads(capfd.readouterr().out)) > 3


def test_a_link_is_drawn(link, tmp_path, qapp, capfd):
    picture = tmp_path / "shared.png"
    assert main(["render", link, "-o", str(picture)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_one_that_leads_nowhere_says_so_in_a_line(server, place, capfd):
    assert main(["show", f"{server.url}/shared/nosuchtoken"]) == 5
    err = capfd.readouterr().err
    assert "sharing was turned off, or the link is not whole" in err
    assert "Traceback" not in err


def test_nothing_can_be_calculated_anew(link, capfd):
    assert main(["show", link, "--refresh"]) == 2
    assert "leave --refresh" in capfd.readouterr().err
