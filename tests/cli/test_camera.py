from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from phdesk.cli.camera import Camera
from phdesk.cli.exits import BAD_INPUT, FINE, NETWORK
from phdesk.models.failure import Cause, Failure
from phdesk.services.demo_process import DemoProcess
from phdesk.store import changes, tiles
from phdesk.store.state import Progress
from phdesk.store.store import Store
from tests.store.builders import NOON, TROUBLE, answer, board, text, tile

GONE = Failure(cause=Cause.NOT_FOUND, message="This dashboard is not there.", status=404)


class Stage(QObject):
    """As much of the app as stands before a camera."""

    def __init__(self):
        super().__init__()
        self.store = Store(parent=self)
        self.desk = SimpleNamespace(open_id=9)
        self.demo = DemoProcess(self)
        self.window = QWidget()

    def apply(self, change, *arguments, **more):
        self.store.apply(change, *arguments, **more)
        self.store.announce()


@pytest.fixture
def stage(qtbot):
    stage = Stage()
    qtbot.addWidget(stage.window)
    stage.window.resize(320, 200)
    stage.window.show()
    yield stage
    for timer in stage.findChildren(QTimer):
        timer.stop()


@pytest.fixture
def camera(stage, tmp_path):
    return Camera(stage, tmp_path / "out.png")


def gone(stage):
    return lambda: not stage.window.isVisible()


def test_it_shoots_when_all_tiles_are_there(stage, camera, tmp_path, qtbot):
    stage.apply(changes.with_dashboard, board(tile(1), text(2)), now=NOON, asked=1)
    fresh = board(tile(1, answer(0)), text(2))
    stage.apply(changes.with_dashboard, fresh, now=NOON, asked=2)
    qtbot.waitUntil(gone(stage))
    assert camera.code == FINE
    assert QImage(str(tmp_path / "out.png")).size() == stage.window.size()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda stage: stage.apply(changes.opening, 9), id="being read"),
        pytest.param(
            lambda stage: stage.apply(changes.with_progress, 9, Progress(0, 1)), id="refreshing"
        ),
    ],
)
def test_it_waits_while_something_is_on_its_way(stage, camera, change):
    stage.apply(changes.with_dashboard, board(tile(1, answer(0))), now=NOON, asked=1)
    assert camera._shutter.isActive()
    change(stage)
    assert not camera._shutter.isActive()


def test_it_waits_for_a_tile_without_a_result(stage, camera):
    stage.apply(changes.with_dashboard, board(tile(1, answer())), now=NOON, asked=1)
    assert not camera._shutter.isActive()
    stage.apply(tiles.with_tile_failure, (9, 1), TROUBLE, now=NOON, asked=2)
    assert camera._shutter.isActive(), "a failed tile has said what it has to say"


def test_another_dashboard_is_no_reason_to_shoot(stage, camera):
    other = board(tile(1, answer(0)), dashboard_id=5)
    stage.apply(changes.with_dashboard, other, now=NOON, asked=1)
    assert not camera._shutter.isActive()


def test_a_missing_dashboard_ends_it_with_the_reason(stage, camera, capsys):
    stage.apply(changes.with_dashboard_failure, 9, GONE, now=NOON, asked=1)
    assert not stage.window.isVisible()
    assert capsys.readouterr().err == "phdesk: This dashboard is not there.\n"
    assert camera.code == BAD_INPUT


def test_a_demo_that_does_not_start_ends_it_with_the_reason(stage, camera, capsys):
    stage.demo.failed.emit("The demo server ended: exit code 1.")
    assert not stage.window.isVisible()
    assert capsys.readouterr().err == "phdesk: The demo server ended: exit code 1.\n"
    assert camera.code == NETWORK


def test_it_does_not_wait_for_ever(stage, camera, capsys):
    camera._late.timeout.emit()
    assert not stage.window.isVisible()
    assert capsys.readouterr().err == "phdesk: the dashboard did not come in time\n"
    assert camera.code == NETWORK


def test_a_picture_that_cannot_be_written_is_told(stage, tmp_path, capsys, qtbot):
    camera = Camera(stage, tmp_path / "nowhere" / "out.png")
    stage.apply(changes.with_dashboard, board(tile(1, answer(0))), now=NOON, asked=1)
    qtbot.waitUntil(gone(stage))
    assert camera.code == BAD_INPUT
    assert "out.png: cannot be written (" in capsys.readouterr().err
