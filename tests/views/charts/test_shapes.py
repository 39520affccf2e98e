"""What the newer kinds show and what is found under the pointer."""

import pytest
from msgspec import structs
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from phdesk.core.charts.shapes import Box, BoxPlotBody, BoxSeries
from phdesk.core.charts.spec import Overlay, ProportionBody, TableBody, XYSeries
from phdesk.views import theme
from phdesk.views.charts import (
    axis,
    box_plot,
    curves,
    heatmap,
    legend,
    marks,
    metric,
    paint,
    plot,
    proportion,
    slope,
)
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas

RECT = QRectF(canvas.MARGIN, canvas.MARGIN, 480, 300)


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


def ink():
    return Ink(theme.light())


def found(name, x, y):
    return paint.hit(RECT, bodies.FAIR[name], theme.light(), QPointF(x, y))


def color_at(image, x, y):
    return image.pixelColor(int(x), int(y)).name()


def drawn(view, one=theme.light):
    return canvas.painted(view, 480, 300, one())


def test_a_metric_finds_its_bucket_below_and_its_figure_above():
    view = bodies.FAIR["metric"]
    spark = metric.arrange(RECT, view.body, ink())
    assert spark is not None
    hit = found("metric", spark.xs[7] + 1, spark.area.center().y())
    assert (hit.title, hit.item) == ("Thursday 7", 7)
    assert hit.lines[0].text == f"{view.body.values[7]:,.0f}"
    assert found("metric", 30, 40).title == "1.23 M Signed up"


def test_the_line_of_a_metric_stands_on_zero_and_stays_away_from_small_tiles():
    spark = metric.arrange(RECT, bodies.metric((0.0, 5.0, 10.0)), ink())
    heights = [point[1] for point in spark.points]
    assert heights[0] == pytest.approx(spark.floor)
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2])
    assert metric.arrange(QRectF(0, 0, 300, 60), bodies.metric((1.0, 2.0)), ink()) is None


def test_the_unfinished_end_of_a_metric_is_dashed():
    solid = drawn(bodies.view(bodies.metric((5.0, 5.0, 5.0))))
    dashed = drawn(bodies.view(bodies.metric((5.0, 5.0, 5.0), 2)))
    spark = metric.arrange(RECT, bodies.metric((5.0, 5.0, 5.0)), ink())
    y = spark.points[0][1]
    half = range(int(spark.xs[1]) + 3, int(spark.xs[2]) - 3)
    counts = [len({color_at(image, x, y) for x in half}) for image in (solid, dashed)]
    assert counts[0] == 1 < counts[1]


def test_a_proportion_bar_is_divided_by_its_shares():
    body = bodies.FAIR["proportion"].body
    layout = proportion.arrange(RECT, body, ink())
    ((bar, _),) = layout.bars
    image = drawn(bodies.FAIR["proportion"])
    y = bar.top() + 5
    total = sum(share.value for share in body.shares)
    assert color_at(image, bar.x() + bar.width() * 20000 / total, y) == "#1d4aff"
    assert color_at(image, bar.x() + bar.width() * 30000 / total, y) == "#621da6"
    hit = found("proportion", bar.x() + 3, y)
    assert (hit.title, hit.lines[0].text) == ("Chrome", "24,210 · 48.4%")
    row = layout.row_rect(RECT, 1, ink())
    assert found("proportion", row.x() + 20, row.center().y()).title == "Safari"


def test_a_slope_is_found_by_its_line():
    body = bodies.FAIR["slope"].body
    layout = slope.arrange(RECT, body, ink())
    _, start, end = layout.lines[1]
    hit = found("slope", layout.area.center().x(), (start + end) / 2)
    assert hit.title == "Safari"
    assert [(line.label, line.text) for line in hit.lines] == [
        ("26 Oct 2026", "640"), ("23 Nov 2026", "512 so far"), ("Change", "+8.3%"),
    ]  # fmt: skip
    assert start < layout.lines[2][1]


def test_a_box_stands_between_its_quartiles_and_tells_all_its_figures():
    one = Box(low=0, p25=20, median=50, p75=80, high=100, mean=60)
    body = BoxPlotBody(
        x_labels=("a",), x_titles=("Bucket a",),
        series=(BoxSeries(label="Load", color="preset-1", boxes=(one,)),),
    )  # fmt: skip
    frame = plot.arrange(RECT, box_plot._frame(body), ink())
    image = drawn(bodies.view(body))
    x = frame.xs[0]
    empty = "#00ff01"  # the canvas

    def ground(value, aside):
        return color_at(image, x + aside, frame.left.y(value, frame.area))

    assert ground(30, 10) == ground(70, 10) != empty
    assert ground(10, 10) == ground(90, 10) == empty
    assert ground(50, 10) == "#1d4aff"
    hit = paint.hit(RECT, bodies.view(body), theme.light(), QPointF(x, frame.area.center().y()))
    assert hit.title == "Bucket a"
    assert [(line.label, line.text) for line in hit.lines] == [
        ("Load, median", "50"), ("Maximum", "100"), ("75th percentile", "80"), ("Mean", "60"),
        ("25th percentile", "20"), ("Minimum", "0"),
    ]  # fmt: skip


def test_a_heat_map_finds_its_cell_with_the_totals():
    body = bodies.FAIR["heat map"].body
    layout = heatmap.arrange(RECT, body, ink())
    x = layout.area.x() + 5.5 * layout.cell
    hit = found("heat map", x, layout.area.y() + 2.5 * layout.row)
    assert hit.title == "Wed, 05:00"
    assert [line.text for line in hit.lines] == [
        body.rows[2].cells[5].text, body.rows[2].total_text, "952",
    ]  # fmt: skip


@pytest.mark.parametrize("one", [theme.light, theme.dark])
def test_stronger_cells_are_stronger(one):
    body = bodies.heat(1, 24)
    layout = heatmap.arrange(RECT, body, Ink(one()))
    image = drawn(bodies.view(body), one)
    y = layout.area.y() + 6
    lows, highs = ([i for i, c in enumerate(body.rows[0].cells) if low <= c.strength <= high]
                   for low, high in ((0, 0.1), (0.9, 1)))  # fmt: skip
    shades = [
        image.pixelColor(int(layout.area.x() + (i + 0.4) * layout.cell), int(y)).blueF()
        - image.pixelColor(int(layout.area.x() + (i + 0.4) * layout.cell), int(y)).redF()
        for i in (lows[0], highs[0])
    ]
    assert shades[0] < shades[1]


def test_each_of_four_axes_has_its_own_scale_and_labels():
    arranged = plot.arrange(RECT, bodies.FAIR["four axes"].body, ink())
    highs = [one.high for one in arranged.axes]
    assert highs == sorted(highs)
    assert highs[3] > 900 * highs[0]
    places = [label.rect for _, label in (*arranged.left_labels, *arranged.right_labels)]
    assert not any(one.intersects(two) for i, one in enumerate(places) for two in places[:i])
    assert sorted(number for number, _ in arranged.edges) == [0, 1, 2, 3]


def test_an_axis_reaches_to_its_overlays():
    series = XYSeries(label="x", color="preset-1", values=(1, 2))
    body = bodies.xy(series, labels=("a", "b"), overlays=(Overlay(series=0, values=(1, 50)),))
    assert plot.arrange(RECT, body, ink()).left.high >= 50
    hidden = structs.replace(body, series=(structs.replace(series, hidden=True),))
    assert plot.arrange(RECT, hidden, ink()).left.high == axis.axis([], body.format).high


def test_coloured_cells_have_a_soft_ground():
    plain = bodies.view(TableBody(), bodies.TABLE)
    colored = bodies.FAIR["coloured table"]
    assert theme.light().color("#c62828").name() not in canvas.colors(drawn(colored))
    assert drawn(plain) != drawn(colored)


def test_patterns_start_again_after_four_times_eight_series_and_legends_show_them():
    series = [XYSeries(label="x", color="preset-1", values=(1,)) for _ in range(33)]
    patterns = [
        marks.pattern_of(curve) for curve in curves.curves(bodies.xy(*series, labels=("a",)))
    ]
    assert patterns[::8] == [*marks.DASHES, None]
    assert len(set(patterns)) == 4
    images = []
    for pattern in marks.DASHES:
        image = QImage(120, 30, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        entry = legend.Entry("Series", theme.light().color("preset-1"), pattern)
        legend.paint(painter, QRectF(0, 0, 120, 30), (entry,), ink())
        painter.end()
        images.append(image)
    assert all(one != two for i, one in enumerate(images) for two in images[:i])


def test_a_small_proportion_keeps_names_and_figures_and_drops_shares(written):
    shares = tuple(
        bodies.share(name, value, share_text=f"{value / 10:.0f}%")
        for name, value in (("Chrome", 500), ("Safari", 300), ("Edge", 200))
    )
    canvas.painted(bodies.view(ProportionBody(shares)), 90, 128, theme.light())
    low = [one.words for one in written if one.rect.top() > canvas.MARGIN + 30]
    assert low == ["500", "Chrome", "300", "Safari", "200", "Edge"]


def test_a_small_proportion_of_large_figures_keeps_the_names(written):
    canvas.painted(bodies.FAIR["proportion"], 90, 128, theme.light())
    assert {"Chrome", "Safari", "Firefox"} <= {one.words for one in written}


def test_a_small_heat_map_names_its_rows_whole(written):
    for columns in (4, 24):
        written.clear()
        canvas.painted(bodies.view(bodies.heat(columns=columns)), 90, 128, theme.light())
        words = [one.words for one in written]
        assert "Sun" in words or "Mon" in words
        assert not [one for one in words if one.endswith("…")]


def test_a_heat_map_fills_most_of_a_large_tile(qapp):
    layout = heatmap.arrange(QRectF(0, 0, 1256, 740), bodies.heat(), ink())
    assert layout.row * layout.rows > 740 * 0.75


def test_a_narrow_slope_names_its_highest_below_and_its_days_whole(written):
    made = bodies.slopes(("Visits", 100, 150), ("Sign-ups", 200, 260), ("Paid", 300, 370))
    canvas.painted(bodies.view(made), 90, 128, theme.light())
    words = [one.words for one in written]
    assert words[:2] == ["26 Oct", "23 Nov"]
    assert words[2:] == ["370", "Paid", "260", "Sign-ups", "150", "Visits"]
