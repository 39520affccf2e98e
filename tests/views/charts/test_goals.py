"""Names of goals can be read, lie on nothing where they can, and leave small charts alone."""

import pytest
from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import GoalLine
from phdesk.views import theme
from phdesk.views.charts import goals
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.plot import arrange
from tests.views.charts import canvas
from tests.views.charts.test_xy import chart, series

SIZES = [(92, 110), (118, 172), (169, 110), (288, 170), (588, 372), (1254, 716), (1920, 1080)]
SCALES = [1.0, 1.5, 2.0]
TARGET = GoalLine("Target", 50, "50")
WORDS = "Target 50"


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


@pytest.fixture
def written(monkeypatch):
    record = []
    canvas.listen(monkeypatch, lambda words, box, _px: record.append((words, box)))
    return record


def place(view, size, scale=1.0):
    ink = Ink(theme.light(), scale)
    plot = arrange(QRectF(canvas.MARGIN, canvas.MARGIN, *size), view.body, ink)
    return plot, goals.place_of(plot, WORDS, plot.left.y(50, plot.area), [], ink), ink


def test_a_name_over_a_bar_is_a_chip_with_an_edge():
    look = theme.light()
    bars = chart(series(*[60.0] * 12, mark="bar"), goal_lines=(TARGET,))
    line = chart(series(*[90.0] * 12), goal_lines=(TARGET,))
    edged = []
    for view in (bars, line):
        _, name, _ = place(view, (588, 372))
        image = canvas.painted(view, 588, 372, look)
        y, middle = name.toAlignedRect().top() - 1, round(name.center().x())
        edged.append(look.line.name() in {image.pixelColor(middle, y + d).name() for d in (0, 1)})
    assert edged == [True, False]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("mark", ["line", "area", "bar"])
def test_a_name_is_whole_and_inside_or_away(size, scale, mark, written):
    view = chart(series(*[60.0, 70.0, 65.0, 80.0] * 3, mark=mark), goal_lines=(TARGET,))
    canvas.painted(view, *size, theme.light(), scale=scale)
    names = [(words, rect) for words, rect in written if words.startswith("Target")]
    room = canvas.body_rect(*size)
    assert all(words == WORDS and room.contains(rect) for words, rect in names)
    assert len(names) == (size[0] >= goals.NARROW * scale * 1.4) or size[0] < 400
    if size[0] < goals.NARROW * scale:
        assert not names


@pytest.mark.parametrize(
    "values",
    [(80, 80, 80, 80, 80, 80, 20, 20), (20, 20, 80, 80, 80, 80, 80, 80)],
    ids=["free at the right", "free at the left"],
)
@pytest.mark.parametrize("mark", ["line", "bar"])
def test_a_name_stands_where_nothing_lies(values, mark):
    view = chart(series(*values, mark=mark), goal_lines=(TARGET,))
    plot, spot, ink = place(view, (588, 372))
    assert not goals.covered(plot, spot, ink)
    assert (spot.center().x() > plot.area.center().x()) is (values[0] == 80) or mark == "line"


def test_a_name_over_bars_has_solid_ground():
    view = chart(series(*[80.0] * 8, mark="bar"), goal_lines=(TARGET,))
    plot, spot, ink = place(view, (588, 372))
    assert goals.covered(plot, spot, ink)
    image = canvas.painted(view, 588, 372, theme.light())
    edge = [image.pixelColor(int(spot.left()) - 2, y).name()
            for y in range(int(spot.top()) + 1, int(spot.bottom()))]  # fmt: skip
    assert set(edge) == {theme.light().surface.name()}


def test_names_of_goals_that_touch_do_not_lie_on_each_other(written):
    near = tuple(GoalLine(f"Target {i}", 50 + i * 0.4, "") for i in range(6))
    canvas.painted(chart(series(20, 80)), 588, 372, theme.light())
    written.clear()
    view = chart(series(20.0, 80.0), goal_lines=near)
    canvas.painted(view, 588, 372, theme.light())
    rects = [rect for words, rect in written if words.startswith("Target")]
    assert len(rects) >= 2
    assert not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[:n])


@pytest.mark.parametrize(
    ("goal", "found"),
    [
        (GoalLine("Target", 50, "50", named=False), []),
        (GoalLine("Target", 50, "50"), ["right"]),
        (GoalLine("Target", 50, "50", at_start=True), ["left"]),
    ],
    ids=["without a name", "at the end", "at the start"],
)
def test_a_name_stands_at_its_end_or_not_at_all(goal, found, written):
    canvas.painted(chart(series(80, 90, 80), goal_lines=(goal,)), 600, 300, theme.light())
    names = [rect for words, rect in written if words.startswith("Target")]
    assert ["left" if rect.x() < 300 else "right" for rect in names] == found
