"""Names of legends are found under the pointer, and stay when what they name is hidden."""

import pytest
from PySide6.QtCore import QPointF, QRectF

from phdesk.core.charts.parts import names, without
from phdesk.core.charts.spec import FunnelBody
from phdesk.views import theme
from phdesk.views.charts import paint, pie, pointing, slope
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas

SIZES = ((350, 300), (590, 380))
KINDS = (
    "pie", "donut", "proportion", "slope", "two box plots", "funnel groups", "funnel rows groups",
    "funnel compared",
)  # fmt: skip


def labels(body):
    return [one[0] for one in names(body)]


def places(view, size, written):
    """Give where each name was painted, the last time that it was."""
    written.clear()
    canvas.painted(view, *size, theme.light())
    return {one.words: one.rect for one in written}


def part_at(body, size, place):
    return pointing.part_at(canvas.body_rect(*size), body, theme.light(), place)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_each_name_is_found_where_it_is_written(kind, size, written):
    body = bodies.FAIR[kind].body
    found = places(bodies.FAIR[kind], size, written)
    for number, label in enumerate(labels(body)):
        assert part_at(body, size, found[label].center()) == number


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("gone", [(0,), (1,), (0, 1)], ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_name_stays_and_is_found_again(kind, gone, size, written):
    body = without(bodies.FAIR[kind].body, gone)
    found = places(bodies.view(body), size, written)
    for number, label in enumerate(labels(body)):
        assert part_at(body, size, found[label].center()) == number, label


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "slope"])
def test_names_do_not_jump_when_one_is_hidden(kind, size, written):
    body = bodies.FAIR[kind].body
    before = places(bodies.FAIR[kind], size, written)
    after = places(bodies.view(without(body, (1,))), size, written)
    for label in labels(body):
        assert (after[label].x(), after[label].y()) == pytest.approx(
            (before[label].x(), before[label].y()), abs=1
        )


@pytest.mark.parametrize("kind", ["proportion", "two box plots", "funnel groups", "pie"])
def test_what_is_hidden_has_no_colour_left(kind):
    body = bodies.FAIR[kind].body
    color = theme.light().color("preset-2").name()
    before, after = (
        canvas.colors(canvas.painted(bodies.view(one), 260, 160, theme.light()))
        for one in (body, without(body, (1,)))
    )
    assert color in before
    assert color not in after


def test_hidden_slices_leave_the_circle_to_the_others(qapp):
    rect, ink = QRectF(0, 0, 590, 380), Ink(theme.light())
    body = without(bodies.FAIR["pie"].body, (1, 2, 3))
    circle = pie.arrange(rect, body, ink).circle
    spots = [QPointF(9, -60), QPointF(60, 20), QPointF(9, 60), QPointF(-60, 20), QPointF(-20, -20)]
    found = {pie.hit(rect, body, ink, circle.center() + spot).title for spot in spots}
    assert found == {"Chrome"}
    top_left = circle.center() + QPointF(-circle.width() * 0.02, -circle.height() * 0.4)
    assert pie.hit(rect, body, ink, top_left).title == "Opera"


def test_a_hidden_share_has_no_tooltip_and_no_row_of_figures(written):
    body = without(bodies.FAIR["proportion"].body, (1,))
    found = places(bodies.view(body), (590, 380), written)
    spot = found["Safari"].center()
    rect = canvas.body_rect(590, 380)
    assert paint.hit(rect, bodies.view(body), theme.light(), spot) is None
    assert not {"13,003", "26.0%"} & set(found)


def test_a_hidden_group_has_no_line_in_the_tooltip_of_a_step(qapp):
    body = bodies.FAIR["funnel groups"].body
    rect, spot = QRectF(0, 0, 590, 380), QPointF(100, 100)
    lines = [
        {line.label for line in paint.hit(rect, bodies.view(one), theme.light(), spot).lines}
        for one in (body, without(body, (2,)))
    ]
    assert lines[0] - lines[1] == {"Chrome 2"}


def test_the_bars_of_the_other_groups_grow_wider(qapp):
    body = bodies.FAIR["funnel groups"].body
    images = [
        canvas.painted(bodies.view(one), 590, 380, theme.light())
        for one in (body, without(body, (1, 2, 3)))
    ]
    color = theme.light().color("preset-1").name()
    y = canvas.MARGIN + 100
    widths = [
        sum(image.pixelColor(x, y).name() == color for x in range(image.width()))
        for image in images
    ]
    assert widths[1] > 3 * widths[0] > 0


def test_the_lines_of_a_slope_take_its_place_when_others_are_hidden(qapp):
    rect, ink = QRectF(0, 0, 480, 300), Ink(theme.light())
    whole = bodies.FAIR["slope"].body
    before, after = (slope.arrange(rect, one, ink) for one in (whole, without(whole, (0,))))
    assert [one.label for one, _, _ in after.lines] == ["Safari", "Firefox"]
    assert after.legend.height() > before.legend.height() == 0


def test_a_funnel_without_groups_has_no_name_to_click(qapp):
    body = bodies.FAIR["funnel columns"].body
    assert isinstance(body, FunnelBody)
    assert part_at(body, (590, 380), QPointF(30, 370)) is None


def test_a_large_proportion_has_a_thick_bar_and_large_names(written):
    for size, px in (((588, 372), 12), ((1254, 716), 15)):
        written.clear()
        canvas.painted(bodies.FAIR["proportion"], *size, theme.light())
        assert {one.px for one in written if one.words == "Chrome"} == {px}
