"""The slices of a pie are named at every size, and told apart."""

import pytest
from PySide6.QtCore import QPointF, QRectF

from phdesk.core.charts.spec import PieBody, Share
from phdesk.views import theme
from phdesk.views.charts import pie
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas


def plan(*pairs):
    return PieBody(tuple(
        Share(label=label, color=f"preset-{i + 1}", value=value, text=f"{value:,}",
              share_text=f"{value / 10:.1f}%")
        for i, (label, value) in enumerate(pairs)
    ), total_text="1,000")  # fmt: skip


PLANS = plan(("free", 585), ("pro", 305), ("enterprise", 110))
TWINS = plan(("Pageview", 936), ("Pageview", 64))


def words_of(body, width, height, written, scale=1.0):
    canvas.painted(bodies.view(body), width, height, theme.light(), scale=scale)
    return [one.words for one in written]


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(90, 128, 1), (120, 128, 1), (162, 300, 1), (245, 110, 1), (245, 110, 1.5),
     (300, 300, 1), (590, 380, 1), (180, 256, 2), (1256, 740, 1.5), (1896, 1030, 1)],
    ids=str,
)  # fmt: skip
def test_every_slice_is_named(written, width, height, scale):
    assert {"free", "pro", "enterprise"} <= set(words_of(PLANS, width, height, written, scale))


@pytest.mark.parametrize(("width", "height"), [(90, 128), (245, 110), (590, 380)], ids=str)
def test_slices_of_one_name_are_told_apart(written, width, height):
    assert {"Pageview (1)", "Pageview (2)"} <= set(words_of(TWINS, width, height, written))


def test_slices_of_one_name_are_told_apart_under_the_pointer(qapp):
    rect, ink = QRectF(0, 0, 590, 380), Ink(theme.light())
    circle = pie.arrange(rect, TWINS, ink).circle
    found = pie.hit(rect, TWINS, ink, circle.center() + QPointF(9, 9))
    assert found.title == "Pageview (1)"
    assert found.item == 0


@pytest.mark.parametrize(("width", "height"), [(590, 380), (1256, 740), (1896, 1030)], ids=str)
def test_figures_stand_near_their_names(written, width, height):
    words_of(PLANS, width, height, written)
    places = {one.words: one.rect for one in written}
    assert places["110"].left() - places["enterprise"].right() < 40


def test_circle_and_names_stand_in_the_middle_and_grow(qapp):
    ink = Ink(theme.light())
    for width, height in ((590, 380), (1256, 740), (1896, 1030)):
        layout = pie.arrange(QRectF(0, 0, width, height), PLANS, ink)
        left, right = layout.circle.left(), width - layout.names.right()
        assert left == pytest.approx(right, abs=1)
    assert layout.circle.width() > 400
    assert layout.px > pie.SMALL


def test_a_small_circle_leaves_names_that_do_not_fit_counted(written):
    many = plan(*((f"plan {i}", 90 - i) for i in range(12)))
    words = words_of(many, 90, 128, written)
    assert "plan 0" in words
    assert words[-1].startswith("+ ")
    assert words[-1].endswith(" more")


SITES = plan(*((f"site-{number}.test", 100 - number) for number in range(7)))


def test_a_large_circle_has_rows_for_all_names_below_it(written):
    words = words_of(SITES, 300, 330, written)
    assert {one.label for one in SITES.shares} <= set(words)
    names = pie.arrange(QRectF(0, 0, 300, 330), SITES, Ink(theme.light())).legend
    spots = {
        pie.part_at(QRectF(0, 0, 300, 330), SITES, Ink(theme.light()), QPointF(x, y))
        for x in range(0, 300, 10)
        for y in range(int(names.top()), 330, 4)
    }
    assert spots - {None} == set(range(7))


def test_a_low_circle_counts_the_names_without_room(written):
    words = words_of(SITES, 240, 190, written)
    shown = [one.label for one in SITES.shares if one.label in words]
    assert f"+ {7 - len(shown)} more" in words
    assert 0 < len(shown) < 7
