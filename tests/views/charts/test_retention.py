"""A cohort matrix says the telling periods when it is small, and can be read in every colour."""

import itertools

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from phdesk.core.charts.spec import RetentionBody, RetentionCell, RetentionRow
from phdesk.views import theme
from phdesk.views.charts import retention
from phdesk.views.charts.ink import Ink, contrast
from phdesk.views.theme.wall import wall_theme
from tests.views.charts import bodies, canvas

THEMES = {
    f"{one.__name__}{' safe' * safe}": (one, safe)
    for one, safe in itertools.product((theme.light, theme.dark), (False, True))
}


def weeks(count=8, *, mean=False):
    rows = [
        RetentionRow(label=f"Oct {r + 1} to Oct {r + 7}", size_text="153", cells=tuple(
            RetentionCell("100.0%" if i == 0 else f"{70 - r - i}.3%", 0.5, i == count - r - 1)
            for i in range(count - r)))
        for r in range(count)
    ]  # fmt: skip
    first = RetentionRow(label="Mean", size_text="", cells=rows[0].cells, mean=True)
    columns = tuple(f"Week {i}" for i in range(count))
    return RetentionBody(columns=columns, rows=(first, *rows) if mean else tuple(rows))


def arranged(width, height, body, scale=1.0):
    return retention.arrange(QRectF(0, 0, width, height), body, Ink(theme.light(), scale))


@pytest.mark.parametrize("token", ["retention", "retention-mean"])
@pytest.mark.parametrize("name", THEMES)
def test_words_stand_out_on_every_cell(qapp, name, token):
    make, safe = THEMES[name]
    one = make(colorblind=safe)
    for part in range(101):
        ground = retention.fill(part / 100, token, one)
        assert contrast(retention.words_on(ground, one), ground) >= 4.5, part


@pytest.mark.parametrize("token", ["retention", "retention-mean"])
@pytest.mark.parametrize("safe", [False, True])
def test_on_a_wall_of_high_contrast_words_are_as_strong_as_all_others(qapp, token, safe):
    one = wall_theme("contrast", colorblind=safe)
    grounds = [retention.fill(part / 20, token, one) for part in range(21)]
    for ground in grounds:
        assert contrast(retention.words_on(ground, one), ground) >= 7, ground.name()
    away = [contrast(ground, one.surface) for ground in grounds]
    assert away == sorted(away)
    assert len(set(away)) == 21
    assert away[-1] >= 2.5, "the strongest is far from the weakest"


def test_by_day_words_are_dark_in_one_way(qapp):
    one = theme.light()
    grounds = [retention.fill(part / 100, "retention", one) for part in range(101)]
    assert {retention.words_on(ground, one).name() for ground in grounds} == {"#000000", "#ffffff"}


@pytest.mark.parametrize("token", ["retention", "retention-mean"])
@pytest.mark.parametrize("name", THEMES)
def test_more_who_came_back_is_a_stronger_colour(qapp, name, token):
    make, safe = THEMES[name]
    one = make(colorblind=safe)
    away = [contrast(retention.fill(part / 10, token, one), one.surface) for part in range(11)]
    assert away == sorted(away)
    assert len(set(away)) == 11
    assert away[0] >= (1.1 if one.is_dark else 1.05)


@pytest.mark.parametrize(
    ("ratio", "token", "color"),
    [(1.0, "retention", "#1f4bff"), (0.489, "retention", "#869eff"), (0.0, "retention", "#e9edff"),
     (1.0, "retention-mean", "#9f74f6")], ids=str,
)  # fmt: skip
def test_cells_have_the_colours_of_the_web(qapp, ratio, token, color):
    assert retention.fill(ratio, token, theme.light()).name() == color


def test_strong_cells_are_told_apart_in_the_dark(qapp):
    most, many = (retention.fill(ratio, "retention", theme.dark()) for ratio in (1.0, 0.75))
    assert most.name() == "#1f4bff"
    assert contrast(most, many) >= 1.25


@pytest.mark.parametrize("make", [theme.light, theme.dark], ids=["light", "dark"])
def test_the_edge_of_an_unfinished_cell_can_be_seen(qapp, make):
    row = RetentionRow(label="Oct", size_text="1", cells=(RetentionCell("9%", 0.09, True),))
    view = bodies.view(RetentionBody(columns=("Week 0",), rows=(row,)))
    shown = canvas.painted(view, 160, 60, make())
    layout = arranged(160, 60, view.body)
    x = canvas.MARGIN + layout.names + layout.sizes
    y = canvas.MARGIN + layout.top + layout.row / 2
    left = {shown.pixelColor(round(x), round(y) + step).name() for step in range(-4, 5)}
    assert max(contrast(QColor(one), make().surface) for one in left) >= 2.5


def test_a_small_matrix_leaves_out_the_period_that_is_the_same_for_all(qapp):
    assert arranged(90, 128, weeks()).columns == (1,)
    assert arranged(162, 128, weeks()).columns == (1, 3)
    assert arranged(590, 380, weeks()).columns == tuple(range(8))


@pytest.mark.parametrize(
    ("fits", "columns"), [(1, (1,)), (2, (1, 3)), (4, (1, 2, 3, 4)), (7, (1, 2, 3, 4, 5, 6, 7))],
    ids=str,
)  # fmt: skip
def test_periods_that_are_left_reach_the_latest_that_half_of_the_cohorts_know(fits, columns):
    assert retention.periods(weeks(), fits) == columns


def test_periods_that_differ_at_the_start_keep_it():
    rows = tuple(
        RetentionRow(label=f"{r}", size_text="1", cells=(RetentionCell(f"{r}%", 0.1),) * 3)
        for r in range(3)
    )
    assert retention.periods(RetentionBody(columns=("a", "b", "c"), rows=rows), 2) == (0, 2)


@pytest.mark.parametrize("mean", [False, True], ids=["cohorts", "with their mean"])
@pytest.mark.parametrize(("width", "scale"), [(90, 1.0), (162, 1.0), (245, 1.5), (330, 2.0)])
def test_cohorts_of_a_small_matrix_are_named_by_their_first_day(written, width, scale, mean):
    view = bodies.view(weeks(mean=mean))
    canvas.painted(view, width, 240, theme.light(), scale=scale)
    words = [one.words for one in written]
    assert "Oct 1" in words
    assert ("Mean" in words) is mean
    assert not [one for one in words if one.endswith("…")]


def test_a_small_matrix_leaves_out_the_start_where_some_cohorts_are_empty(qapp):
    rows = tuple(
        RetentionRow(label=f"Mar {4 + r}", size_text=str(r), cells=(
            RetentionCell("100.0%" if r else "0.0%", float(bool(r))),
            *(RetentionCell(f"{r + i}.5%", 0.1) for i in range(3))))
        for r in range(8)
    )  # fmt: skip
    body = RetentionBody(columns=tuple(f"Day {i}" for i in range(4)), rows=rows)
    assert 0 not in arranged(90, 128, body).columns


def test_hours_of_one_day_are_named_by_their_hour_where_it_is_narrow(written):
    rows = tuple(
        RetentionRow(label=f"Nov 23, {5 + r} PM", size_text="9", cells=(
            RetentionCell("100.0%", 1.0), RetentionCell(f"{r}.5%", 0.1)))
        for r in range(6)
    )  # fmt: skip
    view = bodies.view(RetentionBody(columns=("Hour 0", "Hour 1"), rows=rows))
    canvas.painted(view, 90, 128, theme.light())
    words = [one.words for one in written]
    assert "5 PM" in words
    assert not [one for one in words if one.endswith("…")]


def test_rows_and_type_grow_with_a_large_tile_up_to_a_limit(qapp):
    small, large = arranged(590, 380, weeks()), arranged(1256, 740, weeks())
    assert small.row > 40
    assert large.px > small.px
    assert large.row * large.rows > 740 * 0.8
    assert arranged(1896, 1030, weeks(3)).row <= retention.TALLEST


@pytest.mark.parametrize("height", [60, 128, 300])
@pytest.mark.parametrize("width", [60, 90, 128, 162, 245, 400, 800])
def test_every_column_is_inside_and_what_is_left_is_counted(qapp, width, height):
    layout = arranged(width, height, weeks(12))
    right = layout.names + layout.sizes + layout.cell * len(layout.columns)
    assert right <= width + 0.01 or len(layout.columns) == 0
    hidden = 12 - len(layout.columns) + 12 - layout.rows
    assert bool(layout.hint) == bool(hidden)
