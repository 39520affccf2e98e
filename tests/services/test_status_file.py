"""The files that a running monitor keeps."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from phdesk.models.beat import Beat, Place
from phdesk.models.status import Status
from phdesk.services.places import places
from phdesk.services.report import Report
from phdesk.services.status_file import (
    began,
    find_status,
    monitor_files,
    read_places,
    read_status,
    tell_status,
    write_places,
    write_status,
)
from tests.core.wall.statuses import NOW, status


@pytest.fixture
def ours():
    return replace(status(), pid=os.getpid(), began=began())


def test_the_status_of_a_process_that_runs_is_read_back(tmp_path, ours):
    path = tmp_path / "deep" / "monitor.json"
    assert write_status(path, ours) is None
    assert read_status(path, NOW) == ours
    assert path.stat().st_mode & 0o077 == 0


def test_a_status_that_nobody_renews_says_nothing(tmp_path, ours):
    write_status(tmp_path / "s", ours)
    assert "said nothing for 31 seconds" in read_status(tmp_path / "s", NOW + timedelta(seconds=31))
    assert isinstance(read_status(tmp_path / "s", NOW + timedelta(seconds=5)), Status)


def test_a_status_of_a_process_that_is_gone_is_none(tmp_path, ours):
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    write_status(tmp_path / "s", replace(ours, pid=gone.pid))
    assert "is gone" in read_status(tmp_path / "s", NOW)


def test_a_process_that_got_the_same_number_is_another(tmp_path, ours):
    write_status(tmp_path / "s", replace(ours, began=ours.began - 60))
    assert "is gone" in read_status(tmp_path / "s", NOW)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe", b"[1]", b'{"pid": "x"}'])
def test_a_file_that_is_none_is_told_in_a_sentence(tmp_path, data):
    (tmp_path / "s").write_bytes(data)
    assert "is not the status of a monitor" in read_status(tmp_path / "s", NOW)


def test_no_file_means_that_none_runs(tmp_path):
    assert read_status(tmp_path / "s", NOW) == "No monitor is running here."


def test_a_folder_that_cannot_be_made_is_told(tmp_path, ours):
    (tmp_path / "file").touch()
    assert "could not be made" in write_status(tmp_path / "file" / "x" / "s", ours)


def test_places_are_read_back_and_nonsense_is_no_place(tmp_path):
    wanted = {"HDMI-1": Place(item="d9", page=2, paused=True)}
    assert write_places(tmp_path / "p", wanted) is None
    assert read_places(tmp_path / "p") == wanted
    (tmp_path / "p").write_bytes(b'{"HDMI-1": "d9"}')
    assert read_places(tmp_path / "p") == {}
    assert read_places(tmp_path / "none") == {}


def test_the_status_lies_where_the_system_keeps_such_files_in_memory(tmp_path):
    environ = {"XDG_RUNTIME_DIR": "/run/user/1"}
    assert monitor_files(places({}), environ).status == Path("/run/user/1/phdesk/monitor.json")
    home = {**environ, "PHDESK_HOME": str(tmp_path)}
    assert monitor_files(places(home), home).status == tmp_path / "monitor.json"


@pytest.fixture
def barred(tmp_path):
    """Files of a folder of data that cannot be written."""
    (tmp_path / "data").touch()  # no folder: nothing can be put into it, not even by root
    environ = {"PHDESK_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(tmp_path / "run")}
    return monitor_files(places(environ), environ)


def test_a_status_is_found_where_its_own_place_cannot_be_written(barred, ours):
    assert find_status(barred, NOW) != ours
    assert tell_status(barred, ours) is None
    assert find_status(barred, NOW) == ours
    assert barred.spare.parent.stat().st_mode & 0o077 == 0


def test_a_status_that_can_be_told_nowhere_says_why(barred, ours):
    barred.spare.parent.parent.touch()
    assert "could not be" in tell_status(barred, ours)
    assert isinstance(find_status(barred, NOW), str)


@pytest.mark.skipif(os.name != "posix", reason="anybody may make folders in /tmp alone")
def test_a_spare_place_that_somebody_else_made_is_neither_written_nor_read(
    barred, ours, monkeypatch
):
    tell_status(barred, ours)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert find_status(barred, NOW) != ours
    assert "could not be" in tell_status(barred, ours)


def test_what_is_told_in_the_usual_place_goes_before(tmp_path, ours):
    environ = {"PHDESK_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "run")}
    files = monitor_files(places(environ), environ)
    assert tell_status(files, ours) is None
    assert not files.spare.exists()
    write_status(files.spare, replace(ours, screen="before"))
    assert find_status(files, NOW) == ours


def test_each_folder_of_data_has_a_spare_place_of_its_own(tmp_path):
    environ = {"TMPDIR": str(tmp_path)}
    spares = set()
    for home in ("one", "two", "one"):
        own = {**environ, "PHDESK_HOME": str(tmp_path / home)}
        spares.add(monitor_files(places(own), own).spare)
    assert len(spares) == 2
    assert {one.parent.parent for one in spares} == {tmp_path}


def test_what_had_the_screen_is_known_after_the_window_was_started_anew(tmp_path):
    beat = Beat(monitor="a", at=NOW, frame=1, item="dashboard 1", alerts={"watch/w": "1"})
    report = Report({})
    report.hear([beat], 0.0)
    write_places(tmp_path / "places.json", report.places)
    assert read_places(tmp_path / "places.json")["a"].alerts == {"watch/w": "1"}
