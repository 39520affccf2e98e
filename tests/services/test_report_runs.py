import os
import sys
from datetime import datetime, timedelta

import pytest

from phdesk.core.reporting.reading import Bad
from phdesk.services.report_runs import (
    Runs,
    any_due,
    made_folder,
    report_files,
    report_in,
    run_command,
)

TEXT = """title = "W"
[[section]]
event = "x"
[schedule]
every = "day"
at = "07:00"
folder = "out"
"""
EIGHT = datetime(2026, 12, 1, 8).astimezone()
SEVEN = EIGHT.replace(hour=7)


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "w.toml"
    made.write_text(TEXT)
    long_ago = EIGHT.timestamp() - 40 * 86_400
    os.utime(made, (long_ago, long_ago))
    return made


def test_what_was_made_is_remembered_by_the_next_phdesk(path):
    report, runs = report_in(path), Runs(path.parent)
    assert runs.due(path, report, EIGHT) == SEVEN
    assert runs.note(path, SEVEN, EIGHT) is None
    assert Runs(path.parent).due(path, report, EIGHT) is None
    assert not any_due(path.parent, EIGHT)
    assert any_due(path.parent, EIGHT + timedelta(days=1))


def test_a_failure_is_remembered_and_tried_again(path):
    report, runs = report_in(path), Runs(path.parent)
    runs.note(path, SEVEN, EIGHT, "no network")
    again = Runs(path.parent)
    assert again.standing(path).problem == "no network"
    assert again.due(path, report, EIGHT + timedelta(minutes=1)) is None
    assert again.due(path, report, EIGHT + timedelta(minutes=16)) == SEVEN


def test_what_cannot_be_read_is_as_if_nothing_was_made(path):
    (path.parent / ".made.json").write_text("{")
    assert any_due(path.parent, EIGHT)


def test_bad_files_are_told_and_hold_up_no_others(path):
    (path.parent / "a.toml").write_bytes(b"\xff")
    (path.parent / "b.toml").write_text("title = ")
    assert [one.name for one in report_files(path.parent)] == ["a.toml", "b.toml", "w.toml"]
    assert isinstance(report_in(path.parent / "a.toml"), Bad)
    assert isinstance(report_in(path.parent / "gone.toml"), Bad)
    assert any_due(path.parent, EIGHT)


def test_a_folder_that_is_not_there_has_nothing_due(tmp_path):
    assert not any_due(tmp_path / "gone", EIGHT)


def script(tmp_path, code):
    out = tmp_path / "out.txt"
    return [sys.executable, "-c", f"import os, sys; {code}", str(out)], out


def test_a_command_gets_the_files_and_no_key(tmp_path):
    code = "open(sys.argv[1], 'w').write(repr((sys.argv[2:], os.environ.get('PHDESK_API_KEY'))))"
    words, out = script(tmp_path, code)
    files = [tmp_path / "a b.pdf", tmp_path / "$(x).html"]
    environ = {**os.environ, "PHDESK_API_KEY": "phx_secret"}
    assert run_command([*words, "to {file}; rm", "{files}"], files, environ) == ""
    assert out.read_text() == repr(([f"to {files[0]}; rm", *map(str, files)], None))


def test_a_command_that_fails_is_told(tmp_path):
    words, _ = script(tmp_path, "sys.exit(3)")
    assert run_command(words, [tmp_path], {}).endswith("ended with exit code 3")
    assert "cannot be started" in run_command(["/no/such/program"], [tmp_path], {})


def test_a_folder_that_is_not_named_from_the_root_lies_beside_the_report(tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    assert made_folder("out", tmp_path) == tmp_path / "out"
    assert made_folder(str(tmp_path / "b"), tmp_path / "c") == tmp_path / "b"
    assert (tmp_path / "out").is_dir()


@pytest.mark.skipif(os.name == "nt", reason="names of people are of Unix")
def test_the_folder_of_nobody_cannot_be_made(tmp_path):
    with pytest.raises(OSError, match="no such person"):
        made_folder("~nobody-of-this-name/out", tmp_path)
