"""Views of large results are made in the worker: late ones are dropped, nothing else waits."""

import asyncio
import threading
from types import SimpleNamespace

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.charts.spec import NoticeBody
from phdesk.models.failure import Cause, Failure
from phdesk.services.background import Background
from phdesk.store import changes, tiles
from phdesk.views import theme as look
from phdesk.views.dashboard import drawing
from phdesk.views.dashboard.reading import Reading
from tests.store.builders import NOON, TROUBLE, at, board, tile
from tests.views.dashboard.showing import counted, grid_of, pending, shown_board, trend
from tests.views.dashboard.test_screen import Shown, age_words

BROKEN = Failure(cause=Cause.UNREADABLE, message="Something went wrong inside phdesk.")


class Bench:
    """A worker whose work is done when the test says so; what was given up is never told."""

    def __init__(self):
        self.works = []

    def submit(self, work, *, done, failed, tag=""):
        one = SimpleNamespace(work=work, done=done, failed=failed, tag=tag, given_up=False)
        one.cancel = lambda: setattr(one, "given_up", True)
        self.works.append(one)
        return one

    @property
    def waiting(self):
        return [one for one in self.works if not one.given_up]

    def finish(self):
        """Do what waits longest."""
        one = self.waiting[0]
        self.works.remove(one)
        one.done(asyncio.run(one.work()))

    def fail(self):
        self.works.pop(0).failed(BROKEN)


def large(minute, *values, **more):
    found = trend(minute, *values, **more)
    return replace(found, result=Raw(b" " * drawing.LARGE + bytes(found.result)))


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def three(qtbot, bench):
    shown = Shown(qtbot, *grid_of(3))
    shown.screen.set_worker(bench)
    shown.came = []
    shown.screen.view_came.connect(shown.came.append)
    return shown


def answered(shown, tile_id, found, asked=2):
    where = (9, tile_id)
    shown.apply(tiles.with_tile_result, where, found, now=NOON, asked=asked)


def values(shown, tile_id):
    return shown.tile(tile_id).view.body.series[0].values


def come(shown, qtbot, *tile_ids):
    qtbot.waitUntil(lambda: shown.came == list(tile_ids))


def test_a_small_result_is_shown_at_once(three, bench):
    answered(three, 2, trend(5, 7, 8, 9))
    assert values(three, 2) == (7, 8, 9)
    assert not bench.works


def test_a_large_result_is_shown_when_its_view_was_made_with_its_age(three, bench, qtbot):
    answered(three, 3, large(0, 7, 8, 9))
    assert values(three, 3) == (1, 2, 3)
    assert three.tile(3).card_state.age == age_words(3), "that of the chart which is still there"
    assert three.age == f"Oldest tile {age_words(3)} ago"
    bench.finish()
    come(three, qtbot, 3)
    assert values(three, 3) == (7, 8, 9)
    assert three.tile(3).card_state.age != age_words(3)
    assert three.age == f"Oldest tile {age_words(2)} ago"


def test_the_clock_makes_the_old_chart_no_younger(three):
    answered(three, 3, large(0, 7, 8, 9))
    three.screen.set_now(at(10))
    assert three.tile(3).card_state.age.endswith("13 min")


def test_a_view_of_an_older_answer_is_dropped(three, bench, qtbot):
    answered(three, 2, large(1, 4, 4, 4))
    answered(three, 2, large(2, 7, 8, 9), asked=3)
    bench.finish()
    come(three, qtbot, 2)
    assert values(three, 2) == (7, 8, 9)
    assert not bench.waiting


def test_a_view_that_came_but_was_not_yet_shown_is_dropped_too(three, bench, qtbot):
    answered(three, 2, large(1, 4, 4, 4))
    bench.finish()
    turn = three.screen.findChild(drawing.Drawing)._turn
    assert turn.isActive()
    answered(three, 2, trend(2, 7, 8, 9), asked=3)
    answered(three, 3, large(2, 6, 6, 6))
    qtbot.waitUntil(lambda: not turn.isActive())
    assert not three.came
    bench.finish()
    come(three, qtbot, 3)
    assert values(three, 2) == (7, 8, 9)


def test_views_come_one_at_a_time_in_the_order_of_their_results(three, bench, qtbot):
    for tile_id in (3, 1, 2):
        answered(three, tile_id, large(1, tile_id, 8, 9))
    for count in (1, 2, 3):
        assert len(bench.waiting) == 1, "the next is asked for when this one is painted"
        bench.finish()
        come(three, qtbot, *(3, 1, 2)[:count])
    assert [values(three, one)[0] for one in (1, 2, 3)] == [1, 2, 3]


def test_a_view_is_painted_in_the_turn_that_brings_it(three, bench, qtbot, monkeypatch):
    answered(three, 2, large(1, 7, 8, 9))
    bench.finish()
    painted = []
    with counted(monkeypatch) as drawn:
        three.screen.view_came.connect(lambda _tile: painted.extend(drawn))
        come(three, qtbot, 2)
    assert painted == ["Signups"]


def test_nobody_waits_for_a_tile_that_is_gone(three, bench, qtbot):
    answered(three, 2, large(1, 7, 8, 9))
    answered(three, 3, large(1, 4, 5, 6))
    one, _, last = grid_of(3)
    three.apply(changes.with_dashboard, board(one, last), now=NOON, asked=3)
    assert list(three.screen.views) == [1, 3]
    bench.finish()
    come(three, qtbot, 3)
    assert values(three, 3) == (4, 5, 6)
    assert not bench.waiting


def test_another_dashboard_waits_for_nothing_of_the_one_before(three, bench):
    answered(three, 2, large(1, 7, 8, 9))
    three.store.apply(
        changes.with_dashboard, board(*grid_of(3), dashboard_id=10), now=NOON, asked=3
    )
    other = three.store.state.dashboards[10]
    three.screen.show_dashboard(other, None, None, NOON)
    assert not bench.waiting
    assert three.tile(2).card_state.age == age_words(2)


def test_the_past_is_shown_at_once_and_what_is_now_made_anew_after_it(three, bench, qtbot):
    answered(three, 2, large(-1, 7, 8, 9))
    bench.finish()
    come(three, qtbot, 2)
    answered(three, 3, large(-1, 6, 6, 6))
    past = shown_board(*grid_of(2), tile(3, large(-99, 1, 1, 1)), tile(4)).dashboards[9]
    three.screen.set_reading(Reading("past", "It is the past."))
    three.screen.show_dashboard(past, None, None, NOON)
    assert not bench.waiting
    assert (values(three, 2), values(three, 3)) == ((1, 2, 3), (1, 1, 1))
    three.screen.set_reading(None)
    three.screen.show_dashboard(three.board, None, None, NOON)
    for _ in (2, 3):
        bench.finish()
        qtbot.waitUntil(lambda: not three.screen.findChild(drawing.Drawing)._turn.isActive())
    assert (values(three, 2), values(three, 3)) == ((7, 8, 9), (6, 6, 6))


def test_what_is_the_same_but_for_its_refresh_is_not_made_again(three, bench, qtbot):
    answered(three, 2, large(-1, 7, 8, 9))
    bench.finish()
    come(three, qtbot, 2)
    three.apply(tiles.refresh_started, 9, [2])
    assert three.tile(2).card_state.refreshing
    three.apply(tiles.refresh_finished, 9, [2])
    assert not three.tile(2).card_state.refreshing
    assert not bench.works


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda shown: shown.apply(tiles.with_tile_failure, (9, 2), TROUBLE, now=NOON, asked=3),
            id="a failure, which warns",
        ),
        pytest.param(
            lambda shown: answered(shown, 2, large(-1, 7, 8, 9, name="Renamed"), asked=3),
            id="a name",
        ),
        pytest.param(
            lambda shown: answered(shown, 2, large(0, 5, 5, 5), asked=3), id="another result"
        ),
    ],
)
def test_what_is_drawn_differently_is_made_again(three, bench, qtbot, change):
    answered(three, 2, large(-1, 7, 8, 9))
    bench.finish()
    come(three, qtbot, 2)
    before = three.screen.views[2]
    change(three)
    bench.finish()
    come(three, qtbot, 2, 2)
    assert three.screen.views[2] != before


def test_buckets_that_were_open_by_a_slow_clock_are_looked_at_again(three, bench, qtbot):
    answered(three, 2, large(30, 7, 8, 9))  # calculated later than the clock here says
    bench.finish()
    come(three, qtbot, 2)
    three.apply(tiles.refresh_started, 9, [2])
    assert bench.waiting


def test_a_theme_changes_while_a_view_is_made(three, bench, qtbot):
    answered(three, 2, large(1, 7, 8, 9))
    three.screen.set_theme(look.dark())
    bench.finish()
    come(three, qtbot, 2)
    assert values(three, 2) == (7, 8, 9)
    found = three.tile(2).grab().toImage()
    assert found.pixelColor(60, 12) == look.dark().surface


def test_a_view_that_cannot_be_made_is_told_in_its_tile_and_tried_again(three, bench, qtbot):
    answered(three, 2, large(-1, 7, 8, 9))
    bench.fail()
    come(three, qtbot, 2)
    view = three.tile(2).view
    assert isinstance(view.body, NoticeBody)
    assert view.body.headline == BROKEN.message
    assert not view.table.columns
    three.apply(tiles.refresh_started, 9, [2])
    bench.finish()
    come(three, qtbot, 2, 2)
    assert values(three, 2) == (7, 8, 9)


def test_a_large_answer_that_cannot_be_read_is_an_error_tile(three, bench, qtbot):
    bad = replace(trend(1), result=Raw(b" " * drawing.LARGE + b'[{"data": "no"}]'))
    answered(three, 2, bad)
    bench.finish()
    come(three, qtbot, 2)
    assert three.tile(2).view.body.state == "error"


def test_a_first_result_replaces_the_words_for_none(qtbot, bench):
    shown = Shown(qtbot, tile(1, pending()))
    shown.came = []
    shown.screen.view_came.connect(shown.came.append)
    shown.screen.set_worker(bench)
    answered(shown, 1, large(-1, 7, 8, 9))
    assert isinstance(shown.tile(1).view.body, NoticeBody)
    bench.finish()
    come(shown, qtbot, 1)
    assert values(shown, 1) == (7, 8, 9)


def test_a_screen_whose_worker_goes_waits_for_nothing(three, bench):
    answered(three, 2, large(1, 7, 8, 9))
    three.screen.set_worker(None)
    assert not bench.waiting
    answered(three, 2, large(2, 4, 5, 6), asked=3)
    assert values(three, 2) == (4, 5, 6), "made at once, as before there was a worker"


def test_the_app_closes_while_a_view_is_made(three, qtbot, monkeypatch):
    began, go_on, names = threading.Event(), threading.Event(), []
    make = drawing.view_of

    def slow(*arguments):
        names.append(threading.current_thread().name)
        began.set()
        assert go_on.wait(5)
        return make(*arguments)

    monkeypatch.setattr(drawing, "view_of", slow)
    background = Background()
    background.start()
    three.screen.set_worker(background)
    answered(three, 2, large(1, 7, 8, 9))
    assert began.wait(5)
    assert values(three, 2) == (1, 2, 3), "the window went on meanwhile"
    three.screen.set_worker(None)
    go_on.set()
    assert background.stop()
    assert names == ["phdesk-worker"]
    assert not three.came
