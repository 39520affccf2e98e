"""Funnels name every step and fill their tile, small and large."""

import re

import pytest
from msgspec import structs
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from phdesk.views import theme
from phdesk.views.charts import funnel, funnel_columns, funnel_rows
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas

THREE = bodies.funnel(columns=True, groups=1, steps=3)
NINE = bodies.funnel(columns=False, groups=9, steps=3)


def words_of(body, width, height, written, scale=1.0):
    canvas.painted(bodies.view(body), width, height, theme.light(), scale=scale)
    return [one.words for one in written]


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(90, 128, 1), (120, 128, 1), (167, 128, 1), (245, 110, 1), (162, 200, 1.5), (590, 380, 1),
     (330, 300, 2), (1256, 740, 2)],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("columns", [True, False], ids=["columns", "rows"])
def test_every_step_keeps_its_name_and_count(written, columns, width, height, scale):
    body = bodies.funnel(columns=columns, groups=1, steps=3)
    words = words_of(body, width, height, written, scale)
    for step in body.steps:
        assert any(word.startswith(step.count_text) for word in words)
        assert any(step.name.startswith(word.rstrip("…")) for word in words if len(word) > 5)
    assert not [word for word in words if word.startswith("+ ")]


@pytest.mark.parametrize("width", [90, 120, 162, 200])
def test_columns_too_narrow_for_words_become_rows(qapp, width):
    form = funnel._form(QRectF(0, 0, width, 128), THREE, Ink(theme.light()))
    assert form is funnel_rows


def test_columns_with_room_for_words_stay_columns(qapp):
    form = funnel._form(QRectF(0, 0, 480, 300), THREE, Ink(theme.light()))
    assert form is funnel_columns


def test_columns_fill_the_width_of_a_large_tile(qapp):
    layout = funnel_columns._arrange(QRectF(0, 0, 1256, 700), THREE, Ink(theme.light()))
    assert layout.slot * 3 > 1256 * 0.9


def test_the_name_of_a_step_takes_a_second_line_rather_than_be_cut(written):
    step = structs.replace(THREE.steps[1], name="Completed the onboarding checklist")
    body = structs.replace(THREE, steps=(THREE.steps[0], step, THREE.steps[2]))
    words = words_of(body, 560, 300, written)
    assert {"Completed the", "onboarding checklist"} <= set(words)


@pytest.mark.parametrize(("width", "height"), [(590, 380), (1256, 700), (1896, 1030)], ids=str)
def test_rows_of_groups_fill_their_tile(qapp, width, height):
    layout = funnel_rows._arrange(QRectF(0, 0, width, height), NINE, Ink(theme.light()))
    assert layout.row * layout.steps >= height * 0.6
    each = funnel_rows._thickness(layout.row, NINE, Ink(theme.light())) / 9
    assert each >= 9


def test_groups_say_their_figures_where_bars_are_thick_enough(written):
    texts = [f"{5248 // (g + 1)} ({g}%)" for g in range(3)]
    body = bodies.funnel(columns=False, groups=3, steps=2)
    bars = [
        structs.replace(bar, text=words)
        for bar, words in zip(body.steps[0].bars, texts, strict=True)
    ]
    step = structs.replace(body.steps[0], bars=tuple(bars))
    body = structs.replace(body, steps=(step, body.steps[1]))
    assert set(texts) <= set(words_of(body, 590, 380, written))
    written.clear()
    assert not set(texts) & set(words_of(body, 90, 128, written))


@pytest.mark.parametrize("steps", [2, 3, 4, 5])
def test_the_smallest_tile_has_a_bar_for_each_step(qapp, steps):
    body = bodies.funnel(columns=True, groups=1, steps=steps)
    rect, ink = QRectF(0, 0, 90, 128), Ink(theme.light())
    layout = funnel_rows._arrange(rect, body, ink)
    assert layout.stacked
    assert layout.steps == steps
    assert layout.row * steps <= rect.height() + 0.01


@pytest.mark.parametrize("columns", [True, False], ids=["columns", "rows"])
@pytest.mark.parametrize(("rate", "seen"), [(1e-7, True), (0.0, False)])
def test_a_step_with_a_single_person_is_seen(qapp, columns, rate, seen):
    body = bodies.funnel(columns, 1, 2)
    bar = structs.replace(body.steps[1].bars[0], rate=rate)
    last = structs.replace(body.steps[1], bars=(bar,))
    first = structs.replace(body.steps[0], bars=(structs.replace(bar, rate=0.0),))
    body = structs.replace(body, steps=(first, last))
    image = canvas.painted(bodies.view(body), 590, 300, theme.light())
    hue = theme.light().color("preset-1")
    strong = [
        color
        for color in map(QColor, canvas.colors(image))
        if color.hsvHue() == pytest.approx(hue.hsvHue(), abs=4) and color.saturation() > 110
    ]
    assert bool(strong) is seen


def test_a_small_funnel_has_its_rates_under_the_counts(written):
    canvas.painted(bodies.view(bodies.funnel(columns=False, steps=3)), 92, 128, theme.light())
    places = {one.words: one.rect for one in written}
    for count, rate in (("3,740", "71.27%"), ("1,596", "30.41%")):
        assert places[rate].top() >= places[count].bottom()
        assert places[rate].right() == pytest.approx(places[count].right(), abs=1)


@pytest.mark.parametrize("width", [588, 640])
def test_five_columns_of_a_usual_tile_keep_their_rates_in_smaller_type(written, width):
    canvas.painted(bodies.view(bodies.funnel(columns=True, steps=5)), width, 372, theme.light())
    rates = [one for one in written if re.fullmatch(r"\(?\d+\.\d+%\)?", one.words)]
    rates = [one for one in rates if one.rect.bottom() < 370]  # not the total below
    assert len(rates) == 9  # converted, and dropped after the first
    assert len({one.px for one in rates}) == 1
    assert rates[0].px >= 10


@pytest.mark.parametrize(("width", "said"), [(700, True), (200, False)])
def test_rows_say_the_event_behind_a_name_where_there_is_room(written, width, said):
    step = structs.replace(THREE.steps[0], name="Signed up", event="user_signed_up")
    body = structs.replace(THREE, steps=(step, *THREE.steps[1:]), columns=False)
    words = words_of(body, width, 300, written)
    assert "Signed up" in words
    assert ("user_signed_up" in words) is said
    rect = QRectF(0, 0, width, 300)
    found = funnel.hit(rect, body, Ink(theme.light()), QPointF(20, 20))
    assert ("Event", "user_signed_up") in {(line.label, line.text) for line in found.lines}


NAMED = {"name": "Landing", "event": "$pageview"}
SHORT = structs.replace(THREE, steps=tuple(structs.replace(one, **NAMED) for one in THREE.steps))


@pytest.mark.parametrize(
    ("width", "height", "below"),
    [(900, 500, False), (590, 380, False), (330, 300, True)],
    ids=["large", "medium", "narrow"],
)
def test_columns_say_the_event_behind_a_name_beside_or_below_it(written, width, height, below):
    canvas.painted(bodies.view(SHORT), width, height, theme.light())
    names = [one for one in written if one.words == "Landing"]
    events = [one for one in written if one.words == "$pageview"]
    assert len(names) == len(events) == 3
    for name, event in zip(names, events, strict=True):
        assert event.px < name.px
        assert (event.rect.top() > name.rect.bottom()) is below
        assert (event.rect.left() > name.rect.right()) is not below


def test_columns_without_room_for_events_keep_names_and_figures(written):
    words = words_of(SHORT, 330, 180, written)
    assert "$pageview" not in words
    assert words.count("Landing") == 3
    assert any(SHORT.steps[1].count_text in word for word in words)


def test_rows_fill_most_of_a_large_tile(qapp):
    body = bodies.funnel(columns=False, groups=1, steps=4)
    large = funnel_rows._arrange(QRectF(0, 0, 1256, 680), body, Ink(theme.light()))
    usual = funnel_rows._arrange(QRectF(0, 0, 588, 372), body, Ink(theme.light()))
    assert large.row * 4 >= 680 * 0.75
    assert usual.row <= funnel_rows.HIGHEST


def test_a_funnel_of_many_groups_names_them_all_where_it_is_high(written):
    words = words_of(NINE, 588, 372, written)
    assert {group.label for group in NINE.groups} <= set(words)


@pytest.mark.parametrize(
    ("width", "names"),
    [
        (588, {"Total conversion rate", "Average time to convert"}),
        (330, {"Total conversion", "Average time"}),
    ],
)
def test_the_figures_below_are_named_as_in_posthog_where_there_is_room(written, width, names):
    body = structs.replace(THREE, total_text="14.20%", average_time_text="12m 49s")
    assert names <= set(words_of(body, width, 372, written))
