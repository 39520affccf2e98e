"""Legends name as much as fits without taking the chart's place, and what they name can be hit."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from phdesk.views import theme
from phdesk.views.charts import box_plot, legend, names, xy
from phdesk.views.charts.curves import curves
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.plot import arrange
from tests.views.charts import bodies, canvas
from tests.views.charts.test_xy import series

SIZES = [(92, 110), (118, 172), (169, 110), (288, 170), (588, 372), (1254, 716), (1920, 1080)]
SCALES = [1.0, 1.3]  # from 1.4 on lines carry their names
LATENCIES = tuple(f"api_response_time (p{n} of duration_ms)" for n in (50, 90, 99))
SYSTEMS = ("Mac OS X", "Windows", "Other (i.e. all remaining values)")
COMPARED = (*SYSTEMS, *(f"{name} (previous)" for name in SYSTEMS))


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


@pytest.fixture
def written(monkeypatch):
    record = []
    canvas.listen(monkeypatch, lambda words, box, _px: record.append((words, box)))
    return record


def named(*labels, mark="area"):
    made = [series(1.0, 2.0, 3.0, label=label, mark=mark) for label in labels]
    return bodies.view(bodies.xy(*made, labels=("a", "b", "c")))


def frame(view, size, scale=1.0):
    ink = Ink(theme.light(), scale)
    return arrange(canvas.body_rect(*size), view.body, ink), ink


def slots_of(view, size, scale=1.0):
    plot, ink = frame(view, size, scale)
    entries = [one for _, one in legend.entries_of(view.body, plot.curves, ink)]
    return legend._slots(plot.legend, entries, ink).slots if plot.legend.height() else []


@pytest.mark.parametrize("labels", [LATENCIES, COMPARED], ids=["alike", "six"])
@pytest.mark.parametrize("size", [(588, 372), (1254, 716), (1920, 1080)], ids=str)
def test_all_names_are_whole_where_a_few_rows_have_room(labels, size):
    assert [slot.words for slot in slots_of(named(*labels), size)] == list(labels)


def test_names_alike_keep_what_tells_them_apart():
    found = [slot.words for slot in slots_of(named(*LATENCIES), (300, 200))]
    assert len(found) >= 2
    for words, number in zip(found, (50, 90, 99), strict=False):
        assert f"(p{number}" in words
        assert words.startswith("api")
        assert "…" in words


@pytest.mark.parametrize(
    ("label", "others", "chars", "wanted"),
    [
        ("api_response_time (p90 of ms)", ("api_response_time (p50 of ms)",), 20, "(p90 of"),
        ("Page views", ("Sign-ups",), 6, "Pa"),
        ("/docs/guides/a/b/c/install", ("/docs/guides/a/b/c/update",), 16, "install"),
    ],
    ids=["in brackets", "nothing alike", "paths"],
)
def test_a_name_is_shortened_where_it_says_least(label, others, chars, wanted):
    ink = Ink(theme.light())
    room = ink.width("n" * chars, 11)
    found = names.shortened(label, names.shared([label, *others])[0], room, ink)
    assert wanted in found
    assert ink.width(found, 11) <= room


@given(
    st.lists(st.text(max_size=60), min_size=1, max_size=12),
    st.floats(0, 400),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shortened_names_always_fit(labels, room):
    ink = Ink(theme.light())
    for label, alike in zip(labels, names.shared(labels), strict=True):
        short = names.shortened(label, alike, room, ink)
        assert ink.width(short, 11) <= room or not short


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("count", [2, 6, 40])
def test_the_plot_keeps_most_of_the_height(size, scale, count):
    view = named(*(f"Series number {i} of {count}" for i in range(count)))
    plot, ink = frame(view, size, scale)
    rows = (plot.legend.height() - legend.height(ink)) / (
        legend.height(ink, 2) - legend.height(ink)
    )
    assert rows <= 2 + 0.01
    if rows > 0.5:
        assert plot.area.height() >= size[1] * (0.55 if size[0] >= 140 * scale else 0.5 / scale)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_small_chart_names_its_first_series_and_counts_the_others(written, count):
    view = named(*("Sign-ups", "Subscriptions", "Cancelled", "Opened")[:count])
    canvas.painted(view, 90, 128, theme.light())
    words = [one for one, _ in written]
    assert {"Sign-ups", "Subscriptions"} <= set(words)
    assert ("Cancelled" in words) is (count == 3)
    assert ("+ 2 more" in words) is (count == 4)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("labels", [LATENCIES, COMPARED, tuple("abcdefghij") * 4], ids=len)
def test_names_stay_inside_and_apart_and_those_left_out_are_counted(size, scale, labels, written):
    view = named(*labels)
    plot, _ = frame(view, size, scale)
    slots = slots_of(view, size, scale)
    assert all(plot.legend.adjusted(0, 0, 0.5, 0.5).contains(one.place) for one in slots)
    assert not any(a.place.intersects(b.place) for a, b in itertools.combinations(slots, 2))
    canvas.painted(view, *size, theme.light(), scale=scale)
    room = canvas.body_rect(*size).adjusted(-0.6, -0.6, 0.6, 0.6)
    assert all(room.contains(rect) for _, rect in written)
    for (_, one), (_, other) in itertools.combinations(written, 2):
        assert not one.intersects(other)
    if plot.legend.height() and len(slots) < len(labels):
        more = len(labels) - len(slots)
        assert {f"+ {more} more", f"{more} series"} & {words for words, _ in written}


@pytest.mark.parametrize("size", SIZES[3:], ids=str)
def test_each_name_is_hit_where_it_stands_in_any_row(size):
    view = named(*COMPARED)
    _, ink = frame(view, size)
    for number, slot in enumerate(slots_of(view, size)):
        inside = slot.place.center()
        assert xy.part_at(canvas.body_rect(*size), view.body, ink, inside) == number


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_name_can_be_hit_within_24_pixels_of_height(scale):
    ink = Ink(theme.light(), scale=scale)
    entries = [legend.Entry(label, QColor("red")) for label in SYSTEMS]
    rect = QRectF(0, 100, 400 * scale, legend.height(ink))
    middle = rect.center().y()
    reached = [
        legend.at(rect, entries, ink, QPointF(2, middle + way * scale))
        for way in (-12, 12, -13, 13)
    ]
    assert rect.height() < 24 * scale
    assert reached == [0, 0, None, None]


def test_between_two_rows_the_nearer_name_is_hit():
    ink = Ink(theme.light())
    entries = [legend.Entry(label * 4, QColor("red")) for label in SYSTEMS]
    rect = QRectF(0, 0, 160, legend.height(ink, 3))
    places = [slot.place for slot in legend._slots(rect, entries, ink).slots]
    for number, place in enumerate(places):
        assert legend.at(rect, entries, ink, QPointF(place.x() + 2, place.top() + 1)) == number
        assert legend.at(rect, entries, ink, QPointF(place.x() + 2, place.bottom() - 1)) == number


def test_a_single_row_stays_as_high_as_ever():
    ink = Ink(theme.light())
    entries = [legend.Entry(label, QColor("red")) for label in SYSTEMS]
    rect = QRectF(0, 0, 400, legend.height(ink))
    assert legend.rows_for(400, entries, ink, 3) == 1
    assert legend.at(rect, entries, ink, QPointF(2, rect.center().y())) == 0
    assert legend.at(rect, entries, ink, QPointF(399, rect.center().y())) is None


def test_a_box_plot_names_each_series_once_and_reaches_from_lowest_to_highest():
    body = bodies.boxes(series=2)
    framed = box_plot._frame(body)
    plot = arrange(canvas.body_rect(588, 372), framed, Ink(theme.light()))
    assert [one.label for one in framed.series] == ["Load time 0", "Load time 1"]
    assert plot.legend.height() == legend.height(Ink(theme.light()))
    known = [box for one in body.series for box in one.boxes if box is not None]
    assert plot.left.extent == (0, max(box.high for box in known))


OTHERS = "Other (i.e. all remaining values)"


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        ((f"{OTHERS} :: {OTHERS}", f"eu :: {OTHERS}"), ["Other :: Other", "eu :: Other"]),
        ((f"{OTHERS} :: {OTHERS}", "Other :: Other"), [f"{OTHERS} :: {OTHERS}", "Other :: Other"]),
        ((OTHERS, "eu"), [OTHERS, "eu"]),
    ],
    ids=["several properties", "a value of that name", "one property"],
)
def test_what_other_means_is_not_said_twice_in_a_name(labels, shown):
    body = named(*labels).body
    drawn = curves(body)
    entries = legend.entries_of(body, drawn, Ink(theme.light()))
    assert [entry.label for _, entry in entries] == shown


def placed(place, count=3):
    view = named(*(f"Series number {i}" for i in range(count)))
    return bodies.view(structs.replace(view.body, legend_place=place))


@pytest.mark.parametrize("size", [(588, 372), (1254, 716)], ids=str)
@pytest.mark.parametrize(
    ("place", "beyond"),
    [
        ("top", lambda area, at: at.bottom() <= area.top()),
        ("bottom", lambda area, at: at.top() >= area.bottom()),
        ("left", lambda area, at: at.right() <= area.left()),
        ("right", lambda area, at: at.left() >= area.right()),
    ],
    ids=["top", "bottom", "left", "right"],
)
def test_names_stand_at_the_side_that_is_asked_for_and_are_hit_there(written, place, beyond, size):
    view = placed(place)
    plot, ink = frame(view, size)
    assert beyond(plot.area, plot.legend)
    canvas.painted(view, *size, theme.light())
    boxes = {words: box for words, box in written if words.startswith("Series")}
    assert len(boxes) == 3
    for number, box in enumerate(boxes.values()):
        assert plot.legend.contains(box)
        assert xy.part_at(canvas.body_rect(*size), view.body, ink, box.center()) == number


@pytest.mark.parametrize("place", ["left", "right"])
def test_a_narrow_chart_keeps_its_names_below(place):
    plot, _ = frame(placed(place), (300, 200))
    assert not plot.column
    assert plot.legend.top() >= plot.area.bottom()


def test_a_column_counts_the_names_that_have_no_row(written):
    canvas.painted(placed("right", 20), 588, 150, theme.light())
    names_shown = [words for words, _ in written if words.startswith("Series")]
    assert f"+ {20 - len(names_shown)} more" in [words for words, _ in written]
    assert 3 <= len(names_shown) < 20
