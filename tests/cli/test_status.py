"""`phdesk status`."""

import json
import os
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from phdesk.cli import main
from phdesk.services.status_file import began, write_status
from tests.core.wall.statuses import beat, status


@pytest.fixture
def put(tmp_path, monkeypatch):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path))

    def write(made):
        now = replace(made, pid=os.getpid(), began=began(), at=datetime.now(UTC))
        assert write_status(tmp_path / "monitor.json", now) is None

    return write


def test_a_healthy_monitor_is_told_with_exit_code_0(put, capsys):
    put(status())
    assert main(["status"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Healthy.\n")
    assert "HDMI-1: Weekly" in out


def test_one_that_is_not_well_is_told_with_6(put, capsys):
    put(status(beat(problems=("line 3: no such key",))))
    assert main(["status", "--json"]) == 6
    told = json.loads(capsys.readouterr().out)
    assert told["reasons"] == ["line 3: no such key"]
    assert (told["running"], told["healthy"]) == (True, False)
    assert told["monitors"][0]["tiles"][0]["tile"] == "Signups"
    assert told["window"]["memory"] == 210_000_000


def test_where_none_runs_it_is_7(put, capsys):
    assert main(["status"]) == 7
    assert capsys.readouterr().err == "phdesk: No monitor is running here.\n"
    assert main(["status", "--json"]) == 7
    assert json.loads(capsys.readouterr().out)["reasons"] == ["No monitor is running here."]


def test_names_cannot_write_to_the_terminal(put, capsys):
    put(status(beat(title="\x1b[2Jgone")))
    main(["status"])
    assert "\x1b" not in capsys.readouterr().out
