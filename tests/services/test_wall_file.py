"""A running wall follows its file, and says what is wrong with it until that is mended."""

from functools import partial

import pytest

from phdesk.core.wall.choosing import screen_of
from phdesk.services.wall_file import WallFile
from phdesk.services.wall_source import WallSource

GOOD = 'poll = "10s"\n[screens.lobby]\nitems = ["dashboard 1"]\n'


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "walls.toml"
    path.write_text(GOOD)
    return path


@pytest.fixture
def wall_file(path, tmp_path, monkeypatch, background):
    monkeypatch.setattr("phdesk.services.wall_file.SOON", 0.02)
    pick = partial(screen_of, wanted=None, computer="lobby")
    source = WallSource(str(path), tmp_path / "kept", pick)
    made = WallFile(source, random=lambda: 0.5)
    yield made
    made.stop()


def first(screen):
    return screen.walls[""].items[0].dashboard


def test_a_change_comes_as_this_computers_screen(wall_file, path, background, qtbot):
    assert first(wall_file.open()) == 1
    wall_file.start(background)
    path.write_text(GOOD.replace("dashboard 1", "dashboard 2"))
    with qtbot.waitSignal(wall_file.screen_changed) as changed:
        wall_file.look()
    assert first(changed.args[0]) == first(wall_file.screen) == 2


def test_a_change_of_other_screens_says_nothing(wall_file, path, background, qtbot):
    wall_file.open()
    wall_file.start(background)
    path.write_text(f'{GOOD}[screens.other]\nitems = ["#wall"]\n')
    with qtbot.assertNotEmitted(wall_file.screen_changed):
        wall_file.look()
        qtbot.waitUntil(lambda: "other" in wall_file._source._fleet.screens)


def test_a_problem_is_told_once_and_cleared_when_it_is_mended(wall_file, path, background, qtbot):
    wall_file.open()
    wall_file.start(background)
    path.write_text("[screens.lobby]\ndwel = 1")
    with qtbot.waitSignal(wall_file.problem_changed) as told:
        wall_file.look()
    assert told.args[0].startswith("walls.toml:2: screens.lobby.dwel: ")
    assert wall_file.faults
    path.write_text(GOOD)
    with qtbot.waitSignal(wall_file.problem_changed, check_params_cb=lambda words: not words):
        wall_file.look()
    assert first(wall_file.screen) == 1


def test_it_looks_as_often_as_the_file_says_and_not_all_at_the_same_time(
    wall_file, background, qtbot
):
    wall_file.open()
    wall_file.start(background)
    assert wall_file._timer.interval() == 10_000
    wall_file._random = lambda: 1.0
    wall_file.look()
    qtbot.waitUntil(wall_file._timer.isActive)
    assert wall_file._timer.interval() == 11_000


def test_a_file_that_is_bad_at_the_start_leaves_no_screen_but_a_reason(wall_file, path):
    path.write_text("[screens.lobby")
    assert wall_file.open() is None
    assert wall_file.problem.startswith("walls.toml:1: not TOML: ")


def test_nothing_is_looked_at_after_the_stop(wall_file, path, background, qtbot):
    wall_file.open()
    wall_file.start(background)
    wall_file.look()
    wall_file.stop()
    assert not wall_file._timer.isActive()
