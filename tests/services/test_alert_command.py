"""The program that is run for each alert: told on stdin, and never in the way."""

import asyncio
import os
import sys
from contextlib import suppress

import psutil
import pytest

from phdesk.services.alert_command import AlertCommand

TAKE = "import sys; sys.stdin.read(); "


def ran(words, *events, limit=20.0, **environ):
    told = []

    async def run():
        command = AlertCommand(words, {**os.environ, **environ}, told.append, limit)
        await asyncio.gather(*map(command.run, events))

    asyncio.run(run())
    return told


def python(code, *words):
    return (sys.executable, "-c", code, *words)


def test_events_come_one_after_another(tmp_path):
    noted = tmp_path / "noted"
    code = (
        "import sys, pathlib; file = pathlib.Path(sys.argv[1]).open('a');"
        "print('<', file=file, flush=True); file.write(sys.stdin.read()); print('>', file=file)"
    )
    assert ran(python(code, str(noted)), b"one\n", b"two\n") == []
    assert noted.read_text().split() == ["<", "one", ">", "<", "two", ">"]


def test_it_is_not_given_the_key():
    code = TAKE + "import os; sys.exit(3 if 'PHDESK_API_KEY' in os.environ else 0)"
    assert ran(python(code), b"{}", PHDESK_API_KEY="phx_secret") == []


def test_a_failure_is_said_and_the_next_event_comes_all_the_same():
    (said, again) = ran(python(TAKE + "sys.exit(4)"), b"1", b"2")
    assert said == again
    assert said.endswith("ended with exit code 4")


def test_one_that_does_not_end_is_ended():
    (said,) = ran(python("import time; time.sleep(600)"), b"{}", limit=0.2)
    assert "was ended, as it ran for more than 0.2 s" in said


@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes of POSIX")
def test_what_it_started_ends_with_it(tmp_path):
    noted = tmp_path / "noted"
    words = ("sh", "-c", 'sleep 600 & echo $! > "$0"; wait', str(noted))
    (said,) = ran(words, b"{}", limit=1.0)
    assert "was ended" in said
    with suppress(psutil.NoSuchProcess):
        child = psutil.Process(int(noted.read_text()))
        _, alive = psutil.wait_procs([child], timeout=10)
        assert all(one.status() == psutil.STATUS_ZOMBIE for one in alive)


def test_a_program_that_is_not_there_is_named():
    (said,) = ran(("/nowhere/page-me",), b"{}")
    assert said.startswith("alert_command /nowhere/page-me: cannot be started (No such file")


def test_nothing_is_read_by_a_shell(tmp_path):
    words = python("import sys; sys.exit(len(sys.argv) - 2)", f"; touch {tmp_path}/made")
    assert ran(words, b"{}") == []
    assert not (tmp_path / "made").exists()
