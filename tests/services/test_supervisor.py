"""A real watch over a real small window: whatever happens to the window, it paints again."""

import os
import re
import signal
import socket
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import pytest

from phdesk.core.wall.health import worries
from phdesk.services.status_file import read_places
from tests.services.watching import Watched, alive

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
pytestmark = posix
as_on_a_wall = pytest.mark.parametrize(
    "limit", [1.5, pytest.param(6.0, marks=pytest.mark.slow)], ids=["quick", "as on a wall"]
)


@pytest.fixture
def watched(tmp_path):
    made = []

    def make(**how):
        made.append(Watched(tmp_path, **how))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_killed_window_is_back_where_it_was(watched):
    wall = watched(MISCHIEF="walk")
    pid = wall.until_painting()
    wall.until(lambda: wall.status.monitors[0].item == "second", "the second item")
    time_of_death = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    wall.until_painting(life=2)
    assert time.monotonic() - time_of_death < 10
    start = wall.starts[-1]
    assert (start["item"], start["page"], start["paused"]) == ("second", 3, True)
    assert "SIGKILL" in wall.status.troubles[-1].words


@as_on_a_wall
def test_a_window_that_the_system_stopped_is_back_within_ten_seconds(watched, limit):
    wall = watched(limits={"frozen_after": limit})
    pid = wall.until_painting()
    time_of_death = time.monotonic()
    os.kill(pid, signal.SIGSTOP)
    wall.until_painting(life=2)
    assert time.monotonic() - time_of_death < 10
    assert not alive(pid)


@as_on_a_wall
def test_a_frozen_window_leaves_its_stacks_and_is_back_within_ten_seconds(watched, limit):
    wall = watched(limits={"frozen_after": limit}, MISCHIEF="freeze", AFTER="5")
    wall.until_painting()
    took = wall.until(lambda: len(wall.starts) == 2, "another window")
    wall.until_painting(life=2)
    assert took < 10
    assert "in look" in wall.log  # the function that never came back
    assert "window_double" in wall.log


def test_a_window_deaf_to_all_is_killed(watched):
    wall = watched(MISCHIEF="deaf")
    pid = wall.until_painting()
    wall.signal(signal.SIGTERM)
    began = time.monotonic()
    assert wall.wait() == 0
    assert time.monotonic() - began < 5
    assert not alive(pid)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_leave_both_leave_cleanly(watched, number):
    wall = watched()
    wall.until_painting()
    began = time.monotonic()
    wall.signal(number)
    assert wall.wait() == 0
    assert time.monotonic() - began < 5
    assert wall.notes[-1]["what"] == "end"  # by itself, not by force
    assert wall.status is None
    assert read_places(wall.folder / "place.json")["HDMI-1"].item == "first"


def test_a_window_that_a_person_leaves_is_not_started_again(watched):
    wall = watched(MISCHIEF="leave", AFTER="3")
    assert wall.wait(20) == 0
    assert len(wall.starts) == 1


def test_the_window_goes_when_its_watch_is_killed_even_when_it_is_stopped(watched):
    wall = watched()
    pid = wall.until_painting()
    if sys.platform == "linux":
        os.kill(pid, signal.SIGSTOP)
    wall.signal(signal.SIGKILL)
    wall.wait()
    wall.until(lambda: not alive(pid), "the window to go")


@pytest.mark.parametrize(
    "pauses",
    [[0.0, 0.0], pytest.param(None, marks=pytest.mark.slow)],
    ids=["quick", "as on a wall"],
)
def test_a_crash_loop_leads_to_safe_mode_without_the_item_on_show(watched, pauses):
    wall = watched(pauses=pauses, MISCHIEF="crash", LIVES="5", AFTER="6")
    wall.until(lambda: len(wall.starts) == 6, "the sixth window", 60)
    start = wall.starts[-1]
    assert start["safe"]
    assert start["skip"] == ["first"]
    assert start["software"] == "software"
    wall.until_painting(life=6)
    assert wall.status.window.safe
    assert "Safe mode" in wall.said


def test_garbage_on_stdout_is_counted_and_beats_are_still_read(watched):
    wall = watched(MISCHIEF="garbage")
    wall.until_painting()
    wall.until(lambda: wall.status.window.beats > 3, "more beats")
    wall.signal(signal.SIGTERM)
    assert wall.wait() == 0
    assert "printed by a library" in wall.log  # went to the log, not among the beats
    assert re.search(r"wrote \d+ lines that were no beats", wall.log)


def test_what_a_window_started_goes_with_it(watched):
    wall = watched(MISCHIEF="orphans")
    pid = wall.until_painting()
    orphan = next(one["child"] for one in wall.notes if one["what"] == "child")
    os.kill(pid, signal.SIGKILL)
    wall.until(lambda: not alive(orphan), "the orphan to go")


def test_a_window_keeps_pictures_out_of_its_heap_unless_somebody_says_otherwise(watched):
    wall = watched(MALLOC_ARENA_MAX="5")
    said = psutil.Process(wall.until_painting()).environ()
    assert said["MALLOC_MMAP_THRESHOLD_"] == "262144"
    assert said["MALLOC_ARENA_MAX"] == "5"


def test_over_the_soft_ceiling_the_window_is_asked_to_trim(watched):
    wall = watched(limits={"memory_soft": 150, "memory_hard": 5000}, MISCHIEF="large")
    wall.until(lambda: any(one["what"] == "trim" for one in wall.notes), "a trim")
    assert len(wall.starts) == 1


def test_over_the_hard_ceiling_it_starts_afresh_and_leaves_cleanly(watched):
    wall = watched(limits={"memory_soft": 150, "memory_hard": 180}, MISCHIEF="large", AFTER="30")
    wall.until_painting(life=2)
    assert any(one["what"] == "end" for one in wall.notes)
    assert wall.status.window.crashes == 0


def test_a_second_monitor_over_the_same_data_is_refused(watched, tmp_path):
    wall = watched()
    wall.until_painting()
    second = watched()
    assert second.wait() == 2
    assert f"process {wall.process.pid}" in second.said
    assert wall.status is not None


def test_a_watch_that_finds_the_place_of_a_run_before_a_power_cut_starts_there(watched, tmp_path):
    place = '{"HDMI-1": {"item": "kept", "page": 2, "paused": false}}'
    (tmp_path / "place.json").write_text(place)
    wall = watched()
    wall.until_painting()
    assert (wall.starts[0]["item"], wall.starts[0]["page"]) == ("kept", 2)


def test_a_broken_place_is_no_place(watched, tmp_path):
    (tmp_path / "place.json").write_bytes(b'\xff{"HDMI-1": 3')
    wall = watched()
    wall.until_painting()
    assert wall.starts[0]["item"] == "first"


def test_a_window_that_cannot_be_started_is_tried_again(watched):
    wall = watched(command=["/nowhere/phdesk"])
    wall.until(lambda: wall.log.count("could not be started") >= 3, "three tries")
    wall.signal(signal.SIGTERM)
    assert wall.wait() == 0


def test_systemd_is_told_of_its_life_and_its_window_does_not_speak_for_it(watched, tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(10)
        wall = watched(NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="200000")
        said = []
        while {"READY=1", "WATCHDOG=1", "STATUS=Showing First."} - set(said):
            said.append(listener.recv(1000).decode())
        assert said[0] == "READY=1"
        assert wall.starts[0]["notify"] == ""
        wall.signal(signal.SIGTERM)
        while said[-1] != "STOPPING=1":
            said.append(listener.recv(1000).decode())


def test_a_status_that_cannot_be_written_is_told_on_the_port(watched, tmp_path, unused_port):
    (tmp_path / "run/monitor.json").mkdir(parents=True)
    (tmp_path / "spare").touch()
    wall = watched(port=unused_port)

    def told():
        try:
            with urlopen(f"http://127.0.0.1:{unused_port}/healthz") as answer:
                return answer.read().decode()
        except HTTPError as answer:
            return answer.read().decode()
        except OSError:
            return ""

    wall.until(lambda: "monitor.json could not be written" in told(), "the reason")


def test_a_status_whose_place_cannot_be_written_is_told_in_the_spare_one(watched, tmp_path):
    (tmp_path / "run/monitor.json").mkdir(parents=True)
    wall = watched()
    wall.until_painting()
    assert (tmp_path / "spare/monitor.json").exists()
    assert worries(wall.status) == ()
    wall.signal(signal.SIGTERM)
    assert wall.wait() == 0
    assert not (tmp_path / "spare/monitor.json").exists()


def test_a_second_monitor_is_refused_where_nothing_can_be_locked_but_the_spare_place(
    watched, tmp_path
):
    (tmp_path / "run").touch()
    watched().until_painting()
    second = watched()
    assert second.wait() == 2


def test_what_is_on_show_at_last_is_told_at_once(watched):
    wall = watched(seldom=1000.0, BLANK="15")
    wall.until(lambda: wall.status and wall.status.monitors, "a beat")
    wall.until(lambda: worries(wall.status) == (), "to be well")


def test_of_two_monitors_that_start_at_once_one_is_refused(watched):
    both = [watched(), watched()]
    both[0].until(lambda: any(one.process.poll() is not None for one in both), "one to be refused")
    codes = [one.process.poll() for one in both]
    assert sorted(codes, key=str) == [2, None]
    assert "a monitor runs here already" in both[0].said


def test_the_watch_takes_little_memory_and_imports_neither_qt_nor_the_network(watched):
    wall = watched()
    wall.until_painting()
    libraries = Path(f"/proc/{wall.process.pid}/maps").read_text()
    assert "Qt6" not in libraries
    assert wall.status.memory < 25_000_000
