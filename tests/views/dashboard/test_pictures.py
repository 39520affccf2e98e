"""Charts of many points are painted in the worker, exactly as they would be here."""

import asyncio
import threading

import pytest
from msgspec import Raw
from msgspec.structs import replace
from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from phdesk.core.charts.local import Local
from phdesk.core.charts.parts import names
from phdesk.core.charts.spec import NoticeBody, XYSeries
from phdesk.core.watching.framing import framed
from phdesk.models.watch import Address, Bound, Watch, WatchState
from phdesk.services.background import Background
from phdesk.store import changes, tiles
from phdesk.views import theme as look
from phdesk.views.charts import paint, xy
from phdesk.views.dashboard import card, drawing, pictures
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.dashboard.sketch import MANY, Canvas, Sketch, is_heavy
from tests.store.builders import NOON, answer, board, tile
from tests.views.charts import bodies
from tests.views.dashboard.showing import CHART, counted, grid_of, has_color, trend
from tests.views.dashboard.test_drawing import Bench
from tests.views.dashboard.test_screen import Shown

POINTS, LINES = 400, 12
LIMIT = Watch(
    id="w1",
    account="a",
    project=1,
    dashboard=1,
    tile=1,
    number=Address(measure="value", of="Line 0"),
    condition=Bound("above", 50),
)
KNOWN = ((LIMIT, WatchState(watch="w1", phase="firing")),)


def many(mark="line", **more):
    """A view of lines that cross, with a gap, a pattern for each and a last bucket still open."""
    made = tuple(
        XYSeries(
            label=f"Line {number}",
            values=tuple(
                None if at == 50 else float(at * (number + 3) % 97) for at in range(POINTS)
            ),
            mark=mark,
            color=f"preset-{number + 1}",
            dashed_from=POINTS - 1,
        )
        for number in range(LINES)
    )
    labels = tuple(f"Day {at}" for at in range(POINTS))
    return replace(CHART, body=bodies.xy(*made, labels=labels, **more))


def sketch_of(view, theme=None, size=(440, 330), ratio=1.0, local=None, **more):
    return Sketch(view, Canvas(size, ratio, theme or look.light(), local or Local(), **more))


def elsewhere(sketch):
    """Paint in another thread."""
    found = []
    thread = threading.Thread(target=lambda: found.append(pictures.painted(sketch)))
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.parametrize("mark", ["line", "area", "bar"])
@pytest.mark.parametrize(
    ("theme", "ratio"), [(look.light, 1.0), (look.dark, 2.0), (look.dark, 1.25)]
)
def test_a_picture_of_another_thread_is_the_same_to_the_pixel(qapp, mark, theme, ratio):
    view = replace(many(mark), warning="Shown from before a failure.", accent="#ff0000")
    size, state = QSize(440, 330), CardState(age="14:05 · 12 min", stale="offline")
    direct = card.card_picture(size, ratio, view, theme(), state)
    image = elsewhere(sketch_of(view, theme(), ratio=ratio))
    picture = QPixmap.fromImage(image)
    card.add_title(picture, size, view, theme(), state)
    assert picture.toImage() == direct.toImage()


def test_what_was_hidden_by_hand_is_hidden_there_too(qapp):
    view = many()
    hidden = Local(hidden=frozenset(names(view.body)[1:]))
    assert elsewhere(sketch_of(view, local=hidden)) != elsewhere(sketch_of(view))
    less = replace(view, body=xy_of_one(view))
    assert has_color(elsewhere(sketch_of(less)), look.light().color("preset-1"))


def xy_of_one(view):
    return replace(view.body, series=view.body.series[:1])


def test_the_limit_of_a_watch_is_a_line_there_too(qapp):
    view = many()
    shown = framed(view, KNOWN)
    assert shown.body.goal_lines
    image = elsewhere(sketch_of(view, watches=KNOWN))
    assert image == elsewhere(sketch_of(shown))
    assert image != elsewhere(sketch_of(view))


def test_two_threads_share_no_font(qapp):
    theme, found = look.light(), []
    thread = threading.Thread(target=lambda: found.append(theme.font(11)))
    thread.start()
    thread.join()
    assert found[0] is not theme.font(11)
    assert found[0] == theme.font(11)


@pytest.mark.parametrize(
    ("view", "heavy"),
    [
        (many(), True),
        (CHART, False),
        (replace(CHART, body=NoticeBody(state="empty", headline="Nothing")), False),
    ],
    ids=["many points", "few points", "no chart"],
)
def test_only_charts_of_many_points_are_left_to_the_worker(view, heavy):
    assert POINTS * LINES >= MANY
    assert is_heavy(view) is heavy


# On a tile: it asks, waits with frame and title, and takes only what is of what it shows.


@pytest.fixture
def patient(tile):
    tile.asked = []
    tile.picture_needed.connect(tile.asked.append)
    tile.set_patient(on=True)
    tile.set_view(many())
    return tile


def taken(tile, sketch=None):
    sketch = sketch or tile.sketch
    tile.take_picture(sketch, QPixmap.fromImage(pictures.painted(sketch)))


def test_a_tile_asks_and_shows_its_title_until_the_picture_comes(patient, drawn):
    before = patient.grab().toImage()
    assert set(patient.asked) == {4}
    assert drawn == []
    assert not has_color(before, look.light().color("preset-1"))
    assert has_color(before, look.light().text)
    taken(patient)
    assert patient.sketch is None
    assert not patient.needs_picture
    found = patient.grab().toImage()
    patient.set_patient(on=False)
    patient.drop_picture()
    assert patient.grab().toImage() == found


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda tile: tile.resize(470, 380), id="size"),
        pytest.param(lambda tile: tile.set_theme(look.dark()), id="theme"),
        pytest.param(lambda tile: tile.set_view(many(legend=False)), id="data"),
        pytest.param(lambda tile: tile.set_state(CardState(reads="past")), id="the past"),
        pytest.param(lambda tile: tile.toggle_table(), id="table"),
        pytest.param(lambda tile: tile.set_watches(KNOWN), id="a watch"),
        pytest.param(
            lambda tile: tile._on_local(Local(hidden=frozenset(names(tile.view.body)[:1]))),
            id="a hidden part",
        ),
        pytest.param(
            lambda tile: setattr(tile, "devicePixelRatioF", lambda: 2.0), id="pixel ratio"
        ),
    ],
)
def test_a_picture_of_what_the_tile_was_is_dropped(patient, change):
    sketch = patient.sketch
    change(patient)
    taken(patient, sketch)
    assert patient.needs_picture


def test_a_tile_that_is_made_larger_keeps_its_picture_until_the_new_one_comes(patient, qtbot):
    taken(patient)
    patient.resize(460, 380)
    qtbot.waitUntil(lambda: patient.needs_picture)
    patient.asked.clear()
    assert has_color(patient.grab().toImage(), look.light().color("preset-1"))
    assert patient.asked == [4]
    taken(patient)
    assert not patient.needs_picture


def test_a_chart_of_the_theme_before_is_not_shown_in_the_new_one(patient):
    taken(patient)
    patient.set_theme(look.dark())
    found = patient.grab().toImage()
    assert not has_color(found, look.light().surface)
    assert not has_color(found, look.light().color("preset-1"))


def test_a_picture_that_cannot_be_painted_is_painted_by_the_tile(patient, monkeypatch, caplog):
    def broken(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(xy, "paint", broken)
    assert paint.painter_of(type(patient.view.body)) is xy
    with caplog.at_level("CRITICAL"):
        image = pictures.painted(patient.sketch)
        patient.take_picture(patient.sketch, image)
    assert image is None
    assert not patient.needs_picture, "a notice"


@pytest.mark.parametrize("wish", ["picture", "copy_image"], ids=["in the hand", "copied"])
def test_what_is_needed_at_once_is_painted_at_once(patient, drawn, wish):
    getattr(patient, wish)()
    assert drawn == ["Signups"]


# On a dashboard.


def large(minute, **more):
    """An insight of many points, of more than 100 kB."""
    days = ",".join(f'"2025-{1 + at // 28:02}-{1 + at % 28:02}"' for at in range(336))
    lines = ",".join(
        f'{{"label":"Line {n}","days":[{days}],"labels":[{days}],'
        f'"data":[{",".join(str(at * (n + 3) % 97) for at in range(336))}]}}'
        for n in range(LINES)
    )
    found = trend(minute, **more)
    return replace(found, result=Raw(b" " * drawing.LARGE + f"[{lines}]".encode()))


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def six(qtbot, bench):
    """A dashboard of small charts, of which four are within the window."""
    shown = Shown(qtbot, *grid_of(6))
    shown.screen.set_worker(bench)
    return shown


def answered(shown, tile_id, found):
    shown.apply(tiles.with_tile_result, (9, tile_id), found, now=NOON, asked=2)


def painted(bench, qtbot):
    """Do the work that waits, until there is none."""
    qtbot.waitUntil(lambda: _finished(bench))


def _finished(bench):
    for one in bench.waiting:
        bench.works.remove(one)
        one.done(asyncio.run(one.work()))
    return False if bench.waiting else not bench.works


def test_the_picture_comes_with_the_view(six, bench, qtbot, monkeypatch):
    answered(six, 2, large(0))
    came = []
    six.screen.view_came.connect(lambda one: came.append(six.tile(one).needs_picture))
    with counted(monkeypatch) as drawn:
        bench.finish()
        assert drawn.count("Signups") == 1, "in the worker"
        qtbot.waitUntil(lambda: came == [False])
        six.tile(2).grab()
    assert drawn.count("Signups") == 1


def test_a_theme_changed_meanwhile_has_the_chart_painted_again(six, bench, qtbot):
    answered(six, 2, large(0))
    bench.finish()
    six.screen.set_theme(look.dark())
    qtbot.waitUntil(lambda: [one.tag for one in bench.waiting] == ["picture"])
    painted(bench, qtbot)
    assert has_color(six.tile(2).grab().toImage(), look.dark().color("preset-1"))


def test_small_charts_are_painted_without_the_worker(six, bench, qtbot):
    qtbot.waitUntil(lambda: not any(one.needs_picture for one in six.screen.grid.tiles.values()))
    assert not bench.works


def test_a_dashboard_opened_shows_titles_and_draws_what_is_seen_first(six, bench, qtbot):
    held = [
        tile(10 + n, large(-n, name=f"Large {n}"), x=n % 2 * 6, y=(5 - n // 2) * 5)
        for n in range(12)
    ]
    six.store.apply(changes.with_dashboard, board(*held, dashboard_id=10), now=NOON, asked=3)
    six.store.changed.disconnect(six.follow)
    six.screen.show_dashboard(six.store.state.dashboards[10], None, None, NOON)
    assert [one.title for one in six.screen.views.values()][:2] == ["Large 0", "Large 1"]
    assert six.tile(10).view.body.headline == "Its chart is being drawn."
    came = []
    six.screen.view_came.connect(came.append)
    seen = six.screen.grid.visible_ids()
    assert 10 not in seen
    for count in range(1, len(seen) + 1):
        qtbot.waitUntil(lambda: any(one.tag == "view" for one in bench.waiting))
        bench.finish()
        qtbot.waitUntil(lambda count=count: len(came) == count)
    assert came == seen
    assert six.tile(seen[0]).view.table.columns


def test_the_first_paint_waits_for_no_worker(qtbot):
    shown = Shown(qtbot, tile(1, large(0)), tile(2, answer(-1, name="Other")))
    assert shown.tile(1).view.table.columns
    assert not shown.tile(1).needs_picture or shown.tile(1).sketch is None


def test_the_worker_goes_while_a_picture_is_awaited(six, bench, qtbot):
    answered(six, 2, large(0))
    six.screen.set_theme(look.dark())
    six.screen.set_worker(None)
    assert not bench.waiting
    answered(six, 2, large(1))
    six.tile(2).grab()
    assert not six.tile(2).needs_picture


def test_a_window_closes_while_its_chart_is_painted(six, qtbot, monkeypatch):
    began, go_on, threads = threading.Event(), threading.Event(), []
    before = card.paint_frame

    def slow(*arguments, **more):
        if threading.current_thread() is not threading.main_thread():
            threads.append(threading.current_thread().name)
            began.set()
            assert go_on.wait(5)
        before(*arguments, **more)

    monkeypatch.setattr(card, "paint_frame", slow)
    background = Background()
    background.start()
    six.screen.set_worker(background)
    answered(six, 2, large(0))
    assert began.wait(5)
    screen, six.screen = six.screen, None
    with qtbot.waitSignal(screen.destroyed):
        six.store.changed.disconnect(six.follow)
        screen.deleteLater()
    del screen
    go_on.set()
    assert background.stop()
    assert set(threads) == {"phdesk-worker"}
