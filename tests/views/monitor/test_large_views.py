"""The views of large results are made beside the GUI thread; until then a wall stays as it is."""

import asyncio
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from phdesk.models.failure import Cause, Failure
from phdesk.models.wall import Look
from phdesk.views.monitor import studio
from tests.store.builders import tile
from tests.views.dashboard.showing import trend
from tests.views.monitor.hall import items


class Bench:
    """Stands in for the worker: does what it was given when it is told to."""

    def __init__(self):
        self.given = []

    def submit(self, work, *, done, failed, tag=""):  # noqa: ARG002  as the worker has it
        self.given.append((work, done))
        return object()

    def work(self):
        while self.given:
            work, done = self.given.pop(0)
            done(asyncio.run(work()))


@pytest.fixture
def bench(hall, monkeypatch):
    """A wall for which all results are large, and what makes their views."""
    monkeypatch.setattr(studio, "LARGE", 0)
    made = Bench()
    hall.conductor.studio.use(made)
    hall.sign_in()
    return made


def test_a_page_is_shown_when_its_views_have_come(hall, bench):
    hall.know(1)
    hall.show(*items(1))
    assert hall.conductor.showing is None
    bench.work()
    hall.settle()
    assert (hall.title, hall.conductor.showing.has_views) == ("Weekly", True)


def test_until_its_new_view_has_come_a_tile_keeps_its_age(hall, bench):
    hall.know(1)
    hall.show(*items(1))
    bench.work()
    hall.settle()
    before = hall.window.heading.age
    hall.time += timedelta(minutes=30)
    hall.know(1, tiles=[tile(1, trend(20, name="Tile of 1"))])
    hall.look()
    (age,) = hall.window.beat().tiles
    old = f"{age.calculated:%H:%M}"
    assert (old in before, old in hall.window.heading.age) == (True, True)
    bench.work()
    hall.settle()
    hall.look()
    assert hall.window.beat().tiles[0].calculated > age.calculated


def test_what_was_asked_for_before_a_blur_is_never_shown(hall, bench):
    hall.know(1)
    wall = hall.show(*items(1))
    (first,) = bench.given
    hall.window.set_wall(type(wall)(items=wall.items, look=Look(motion=False, blur=("amounts",))))
    hall.settle()
    work, done = first
    bench.given.remove(first)
    done(asyncio.run(work()))
    hall.settle()
    assert hall.conductor.showing is None
    bench.work()
    hall.settle()
    assert hall.title == "Weekly"


def test_a_view_that_cannot_be_made_says_so(hall, bench):
    hall.know(1, 2)
    hall.show(*items(1, 2))
    _, done = bench.given.pop()
    done(Failure(cause=Cause.UNREADABLE, message="No."))
    bench.work()
    hall.settle()
    (view,) = hall.conductor.showing.views.values()
    assert view.body.headline == "phdesk could not draw this tile."
    hall.qtbot.keyClick(hall.window, Qt.Key.Key_Right)
    bench.work()
    hall.settle()
    assert hall.title == "Growth"
