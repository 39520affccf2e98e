"""A big number grows with its tile, and says nothing by halves."""

import pytest
from msgspec import structs
from PySide6.QtCore import QPointF, QRectF

from phdesk.core.charts.spec import NumberBody
from phdesk.views import theme
from phdesk.views.charts import number
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas

REVENUE = NumberBody(text="$125,372", caption="Revenue of paying customers", delta_text="15.68%",
                     direction="up", comparison="from previous period")  # fmt: skip


def arranged(width, height, body=REVENUE):
    return number.arrange(QRectF(0, 0, width, height), body, Ink(theme.light()))


@pytest.mark.parametrize(
    ("width", "height"), [(590, 380), (1256, 740), (400, 220), (1896, 1030)], ids=str
)
def test_a_number_fills_a_tall_tile_from_the_middle(qapp, width, height):
    layout = arranged(width, height)
    figure = Ink(theme.light()).width(REVENUE.text, layout.size, number.WEIGHT)
    tall = layout.figure.height() + len(layout.notes) * layout.line
    assert layout.centred
    assert figure >= width * 0.6 or layout.size >= height * 0.3 or layout.size == number.HUGE
    assert figure <= width
    assert layout.figure.top() + tall / 2 == pytest.approx(height / 2)


@pytest.mark.parametrize(("width", "height"), [(162, 70), (245, 110)], ids=str)
def test_a_number_in_a_row_stays_low_and_left(qapp, width, height):
    layout = arranged(width, height)
    assert not layout.centred
    assert layout.figure.bottom() + len(layout.notes) * layout.line == pytest.approx(height)


@pytest.mark.parametrize("width", [120, 245, 330, 420, 590, 900, 1256])
def test_a_number_never_shrinks_as_its_tile_grows(qapp, width):
    sizes = [arranged(width, height).size for height in range(60, 800, 20)]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("figure", ["$125,372", "175", "7"])
def test_a_number_on_a_tile_that_is_higher_than_wide_stands_in_its_middle(qapp, figure):
    layout = arranged(90, 128, structs.replace(REVENUE, text=figure))
    whole = layout.figure.height() + len(layout.notes) * layout.line
    assert not layout.centred, "it stays at the left"
    assert layout.figure.top() + whole / 2 == pytest.approx(64)


@pytest.mark.parametrize("words", ["28.57%", "19.86%", "104.55%"])
def test_a_change_keeps_its_word_in_smaller_type(written, words):
    body = NumberBody(text="10", delta_text=words, direction="down", comparison="from before")
    canvas.painted(bodies.view(body), 90, 128, theme.light())
    assert f"Down {words}" in [one.words for one in written]
    assert all(one.px >= 9 for one in written)


@pytest.mark.parametrize("width", range(60, 300, 12))
@pytest.mark.parametrize(
    "body",
    [REVENUE, NumberBody(text="7", caption="Formula (A / B)", comparison="No data for comparison")],
    ids=["change", "nothing before"],
)
def test_words_below_a_number_are_whole_or_away(written, width, body):
    canvas.painted(bodies.view(body), width, 140, theme.light())
    assert not [one.words for one in written if one.words.endswith("…")]


def test_a_change_reads_as_in_posthog(written):
    canvas.painted(bodies.view(REVENUE), 420, 240, theme.light())
    assert " ".join(one.words for one in written).startswith(
        "$125,372 Up 15.68% from previous period"
    )
    hit = number.hit(QRectF(), REVENUE, Ink(theme.light()), QPointF())
    assert [line.label for line in hit.lines] == ["Up 15.68% from previous period"]


def test_a_change_without_room_for_its_word_keeps_arrow_and_figure(written):
    body = structs.replace(REVENUE, delta_text="104.55%", direction="down")
    canvas.painted(bodies.view(body), 58, 128, theme.light())
    assert [one.words for one in written][:2] == ["$125,372", "104.55%"]


def test_a_small_number_keeps_the_word_of_its_change(written):
    canvas.painted(bodies.view(REVENUE), 90, 128, theme.light())
    assert [one.words for one in written] == ["$125,372", "Up 15.68%"]


@pytest.mark.parametrize(("token", "wanted"), [("", "good"), ("#112233", "#112233")])
def test_a_change_has_the_colour_that_is_asked_for(qapp, token, wanted):
    body = NumberBody(text="5", delta_text="12%", direction="up", delta_color=token)
    ink = Ink(theme.light())
    assert number._delta_color(body, ink) == ink.color(wanted)
