"""A wall runs under its watch on an X server, with faults: short here, long by ./run soak."""

import csv
import os
import signal
import time

import psutil
import pytest

from tests.soak.__main__ import DASHBOARDS, main, monitor
from tests.soak.haste import COMPILER
from tests.soak.run import soaking
from tests.soak.weather import SHARE
from tests.x_server import needs_x

pytestmark = needs_x
QUIET = 5.0  # seconds without a question, after which all was read


@pytest.fixture
def own_display(monkeypatch):
    """Let the soak make an X server of its own."""
    monkeypatch.delenv("DISPLAY", raising=False)


@pytest.fixture
def wall(own_display):
    with soaking(monitor(1.0), {}) as made:
        made.weather.share = 0  # what went wrong at first would be asked for again much later
        made.wait_for_beats()
        made.numbers = read_all(made)
        yield made


def until(fact, at_most=60):
    began = time.monotonic()
    while time.monotonic() - began < at_most:
        if fact():
            return time.monotonic() - began
        time.sleep(0.05)
    return pytest.fail(f"waited {at_most} s")


def read_all(wall):
    """Wait until a whole round was shown with its numbers, and nothing more is asked for.

    All of them are on the disk then, also those of pages between two statuses. Gives when each that
    was seen was calculated.
    """
    round_, numbers, asked = [], {}, [0, 0.0]

    def is_round():
        status = wall.status
        place = (status.monitors[0].item, status.monitors[0].page)
        numbers.update(calculated(status))
        if asked[0] != wall.weather.asked:
            asked[:] = wall.weather.asked, time.monotonic()
        if not shows_numbers(status):
            round_.clear()
        elif place != (round_[-1] if round_ else None):
            round_.append(place)
        is_quiet = time.monotonic() - asked[1] > QUIET
        items = {item for item, _ in round_}
        return is_quiet and len(items) == len(DASHBOARDS) and round_[-1] in round_[:-1]

    until(is_round, 180)  # some 20 to 70 s
    return numbers


def calculated(status):
    """Say when the numbers on show were calculated; of tiles of one name, the oldest."""
    tiles = [tile for beat in status.monitors for tile in beat.tiles if tile.calculated]
    tiles.sort(key=lambda tile: tile.calculated, reverse=True)
    return {(tile.dashboard, tile.tile): tile.calculated for tile in tiles}


def shows_numbers(status, starts=1):
    """Tell whether a window of this life has painted tiles with numbers."""
    if status is None or not status.window.beats or status.window.starts != starts:
        return False
    tiles = [tile for beat in status.monitors for tile in beat.tiles]
    return bool(tiles) and all(tile.calculated is not None for tile in tiles)


@pytest.mark.slow
def test_a_wall_turns_its_pages_in_spite_of_faults(wall):
    wall.weather.share = SHARE
    samples = wall.run(20, lambda _sample: None)
    assert samples[-1].rotations > 5
    assert samples[-1].starts == 1
    assert samples[-1].silence < 4
    assert samples[-1].frames > samples[-1].rotations
    assert 0 < samples[-1].age < 600
    assert wall.tracebacks == 0
    assert wall.weather.asked > 10


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["kill -9", "kill -STOP"])
def test_a_real_wall_shows_its_last_numbers_again_within_ten_seconds(wall, number):
    wall.weather.stormy = True  # nothing comes from the network: all is from the disk
    window = psutil.Process(wall.status.window.pid)
    os.kill(window.pid, number)
    assert until(lambda: shows_numbers(wall.status, starts=2), 20) < 10
    assert not window.is_running()
    older = [
        (tile, when, wall.numbers[tile])
        for tile, when in calculated(wall.status).items()
        if when < wall.numbers.get(tile, when)
    ]
    assert older == []


@pytest.mark.slow
@pytest.mark.skipif(COMPILER is None, reason="needs Linux and a C compiler")
def test_minutes_of_fast_clocks_are_short_ones(own_display, tmp_path):
    page, samples = tmp_path / "soak.md", tmp_path / "soak.csv"
    began = time.monotonic()
    words = ["--clock", "4", "--minutes", "3", "--warm", "1", "--speed", "10"]
    assert main([*words, "--report", str(page), "--samples", str(samples)]) in (0, 1)
    assert time.monotonic() - began < 180
    assert "All clocks ran 4 times as fast" in page.read_text()
    rows = list(csv.DictReader(samples.read_text().splitlines()))
    assert float(rows[-1]["at"]) > 170
    assert int(rows[-1]["rotations"]) > 10


@pytest.mark.soak
def test_nothing_grows_in_half_an_hour(own_display, tmp_path):
    assert main(["--minutes", "30", "--report", str(tmp_path / "soak.md")]) == 0
