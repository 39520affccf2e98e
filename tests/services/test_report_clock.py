"""While phdesk is open, what is due is made by the command, once."""

import os
import sys

import pytest

from phdesk.services.report_clock import ReportClock
from tests.services.test_report_runs import EIGHT, TEXT


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "reports"
    made.mkdir()
    (made / "w.toml").write_text(TEXT)
    long_ago = EIGHT.timestamp() - 40 * 86_400
    os.utime(made / "w.toml", (long_ago, long_ago))
    return made


def clock(background, folder, code, now=EIGHT):
    """A clock whose command is a script; what it was called with is its last two words."""
    command = [sys.executable, "-c", f"import sys; {code}"]
    return ReportClock(background, folder, command, os.environ, lambda: now)


@pytest.fixture
def background(parts):
    return parts.background


def test_the_command_is_told_what_to_do_and_its_files_are_named(background, folder, qtbot):
    code = "assert sys.argv[1:] == ['report', '--due']; print('/x/Weekly.pdf')"
    made = clock(background, folder, code)
    with qtbot.waitSignal(made.made) as heard:
        made.look()
        made.look()  # while it runs
    assert heard.args == ["Made Weekly.pdf."]


def test_what_failed_is_told_in_its_words(background, folder, qtbot):
    code = "print('phdesk: w.toml: no network', file=sys.stderr); sys.exit(4)"
    made = clock(background, folder, code)
    with qtbot.waitSignal(made.troubled) as heard:
        made.look()
    assert heard.args == ["w.toml: no network"]


def test_a_command_that_is_not_there_is_told(background, folder, qtbot):
    made = ReportClock(background, folder, ["/no/such"], os.environ, lambda: EIGHT)
    with qtbot.waitSignal(made.troubled) as heard:
        made.look()
    assert "cannot be made" in heard.args[0]


def test_nothing_is_started_while_nothing_is_due(background, folder, qtbot, tmp_path):
    ran = tmp_path / "ran"
    os.utime(folder / "w.toml", (EIGHT.timestamp(), EIGHT.timestamp()))
    made = clock(background, folder, f"open({str(ran)!r}, 'w')")
    made.look()
    qtbot.waitUntil(lambda: not made._busy)
    assert not ran.exists()
    without = clock(background, tmp_path / "none", f"open({str(ran)!r}, 'w')")
    without.look()
    assert not without._busy
