"""Values in bars can be read on whatever they stand."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.views import theme
from phdesk.views.charts import marks, plot, values
from phdesk.views.charts.ink import Ink, contrast
from tests.views.charts import bodies, canvas

COLORS = ("lifecycle-new", "lifecycle-returning", "lifecycle-dormant", "preset-2")


@pytest.mark.parametrize("one", [theme.light, theme.dark], ids=["light", "dark"])
def test_words_in_a_pile_stand_out_in_finished_and_unfinished_bars(one, qapp):
    ink = Ink(one())
    body = XYBody(
        x_labels=("a", "b"), x_titles=("a", "b"), stacked=True, all_values=True,
        series=tuple(
            XYSeries(label=color, color=color, values=(60, 60), mark="bar", dashed_from=1)
            for color in COLORS
        ),
    )  # fmt: skip
    frame = plot.arrange(QRectF(canvas.MARGIN, canvas.MARGIN, 300, 260), body, ink)
    image = canvas.painted(bodies.view(body), 300, 260, one())
    written = list(values._values(frame, body, ink))
    assert [value.words for value in written] == ["60"] * 8
    for value in written:
        corner = value.place.topLeft().toPoint()
        ground = image.pixelColor(corner.x() - 4, corner.y())
        assert contrast(value.color, ground) >= 4.4  # the better of dark and white


SIZES = [(92, 110), (118, 172), (169, 110), (288, 170), (588, 372), (1254, 716), (1920, 1080)]
SHARES = (97.2, 19.2, 13.7, 5.5, 5.5, 0.3, 0.1, 0.0, 0.4, 0.02)


def labelled(values, mark="bar"):
    words = tuple(f"{value}%" for value in values)
    one = XYSeries(label="x", color="preset-1", values=values, mark=mark)
    names = tuple(map(str, range(len(values))))
    return XYBody(x_labels=names, x_titles=names, series=(one,), value_labels=words)


def written_in(body, size, scale=1.0):
    rect, ink = QRectF(canvas.MARGIN, canvas.MARGIN, *size), Ink(theme.light(), scale)
    frame = plot.arrange(rect, body, ink)
    return frame, values.placed(rect, frame, body, ink, ()), ink


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("count", [3, 5, 10])
def test_labels_of_bars_lie_neither_on_other_bars_nor_on_each_other(size, scale, count, qapp):
    frame, shown, ink = written_in(labelled(SHARES[:count]), size, scale)
    for one in shown:
        others = [i for i in range(count) if i != one.at]
        bars = [marks.bar_rect(frame, one.curve, i, ink) for i in others]
        assert not any(one.place.intersects(bar) for bar in bars)
        assert QRectF(canvas.MARGIN, canvas.MARGIN, *size).contains(one.place)
    assert all(not a.place.intersects(b.place) for n, a in enumerate(shown) for b in shown[:n])


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_largest_share_is_written_at_any_size_even_at_the_edge(size, qapp):
    _, shown, _ = written_in(labelled(SHARES), size)
    assert "97.2%" in {one.words for one in shown}


def test_where_all_labels_fit_all_are_written(qapp):
    _, shown, _ = written_in(labelled(SHARES), (588, 372))
    assert {one.words for one in shown} == {f"{value}%" for value in SHARES}


@pytest.mark.parametrize("mark", ["bar", "line"])
def test_of_labels_that_do_not_all_fit_the_largest_stays(mark, qapp):
    heights = (1, 2, 3, 4, 30, 4, 3, 2, 1, 2, 3, 40, 2, 1)
    _, shown, _ = written_in(labelled(heights, mark), (140, 172))
    assert "40%" in {one.words for one in shown}
    assert "30%" in {one.words for one in shown}
    assert len(shown) < len(heights)


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30),
    st.sampled_from(SIZES),
    st.sampled_from(["bar", "line", "area"]),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_labels_never_overlap(qapp, heights, size, mark):
    _, shown, _ = written_in(labelled(tuple(round(one, 1) for one in heights), mark), size)
    assert all(not a.place.intersects(b.place) for n, a in enumerate(shown) for b in shown[:n])


@pytest.mark.parametrize("width", [300, 420, 588, 900])
def test_a_pile_has_all_labels_that_are_high_enough_or_none(written, width):
    values = (60, 95, 100, 120, 180, 90) * 4
    made = tuple(
        XYSeries(label=name, color=f"preset-{i + 1}", values=values, mark="bar")
        for i, name in enumerate(("visit", "sign-up"))
    )
    names = tuple(f"{i}" for i in range(24))
    body = XYBody(x_labels=names, x_titles=names, series=made, percent=True, all_values=True)
    canvas.painted(bodies.view(body), width, 372, theme.light())
    shown = [one.words for one in written if one.words in {"60", "95", "100", "120", "180", "90"}]
    inside = [one for one in shown if one not in {"60", "100"}]  # these name the axis, too
    assert len(inside) in {0, 4 * 4 * 2}


def test_words_of_its_own_stand_for_a_series_values(qapp):
    one = XYSeries(label="x", color="preset-1", values=(5, 9), mark="bar", texts=("5 (50%)", "9"))
    body = XYBody(x_labels=("a", "b"), x_titles=("a", "b"), series=(one,), all_values=True)
    _, placed, _ = written_in(body, (588, 372))
    assert {value.words for value in placed} == {"5 (50%)", "9"}
