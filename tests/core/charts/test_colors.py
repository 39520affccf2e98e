"""Colours: themes, custom colours, dashboard colours, and who wins (reference 6.1.7, 7.2)."""

import json

import pytest
from msgspec.structs import replace

from phdesk.core.charts.colors import recoloured, theme_colors, themed
from phdesk.core.charts.spec import GoalLine, PieBody, Share, TableBody, XYBody, XYSeries
from phdesk.core.palette import DARK_SURFACE, PRESETS_LIGHT, hex_of, lifted
from phdesk.core.question import Question
from phdesk.models.color_theme import ColorTheme
from tests.core.charts.asked import CONTEXT, item, total, trends

OCEAN = ColorTheme(id=3, name="Ocean", colors=("#0b132b", "#5bc0be", ""))
LATER = ColorTheme(id=4, colors=("#111111",), is_global=True)
FIRST = ColorTheme(id=2, colors=("#222222",), is_global=True)


@pytest.mark.parametrize(
    ("query", "dashboard", "project", "themes", "chosen"),
    [
        (3, 4, 2, (FIRST, OCEAN, LATER), OCEAN),
        (None, 3, 4, (FIRST, OCEAN, LATER), OCEAN),
        (None, None, 3, (FIRST, OCEAN, LATER), OCEAN),
        (None, None, None, (OCEAN, FIRST, LATER), FIRST),
        (99, 98, 97, (OCEAN, FIRST), FIRST),
        (99, 3, None, (OCEAN, FIRST), OCEAN),
        (None, None, None, (OCEAN,), None),
        (3, 3, 3, (), None),
    ],
    ids=["query", "dashboard", "project", "global", "gone", "next", "none global", "no endpoint"],
)
def test_the_nearest_theme_wins(query, dashboard, project, themes, chosen):
    source = {} if query is None else {"dataColorTheme": query}
    context = replace(
        CONTEXT, color_themes=themes, dashboard_theme=dashboard, project_theme=project
    )
    wanted = chosen.colors if chosen else ()
    assert theme_colors(Question(source=source), context) == wanted


@pytest.mark.parametrize(
    ("token", "color"),
    [
        ("preset-1", "#0b132b"),
        ("preset-2", "#5bc0be"),
        ("preset-3", "preset-3"),
        ("preset-4", "#0b132b"),
        ("preset-0", "preset-0"),
        ("preset-x", "preset-x"),
        ("lifecycle-new", "lifecycle-new"),
        ("#abcdef", "#abcdef"),
    ],
)
def test_a_preset_becomes_the_colour_of_its_place(token, color):
    assert themed(token, OCEAN.colors) == color


def test_built_in_colours_stay_tokens_for_their_dark_hues():
    assert [themed(f"preset-{i + 1}", PRESETS_LIGHT) for i in range(15)] == [
        f"preset-{i + 1}" for i in range(15)
    ]


def test_every_part_of_a_body_is_recoloured_and_nothing_else():
    series = XYSeries(label="preset-1", color="preset-2", values=(1.0,))
    goal = GoalLine("Goal", 1.0)
    body = XYBody(x_labels=("a",), x_titles=("a",), series=(series,), goal_lines=(goal,))
    found = recoloured(body, OCEAN.colors)
    assert found == replace(body, series=(replace(series, color="#5bc0be"),))
    share = Share(label="pro", color="preset-1", value=1, text="1")
    assert recoloured(PieBody((share,)), OCEAN.colors).shares[0].color == "#0b132b"


def test_a_body_without_presets_stays_the_same_object():
    body = TableBody()
    assert recoloured(body, OCEAN.colors) is body
    assert recoloured(body, ()) is body


def contrast(one, other):
    def light(color):
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("color", ["#000000", "#0b132b", "#1d4aff", "#621da6", "#777777"])
def test_a_dark_colour_is_lifted_until_it_shows_on_dark(color):
    assert contrast(lifted(color), DARK_SURFACE) >= 3
    assert hex_of(color, dark=True) == lifted(color)
    assert hex_of(color, dark=False) == color


def test_a_colour_that_shows_stays_as_it_is():
    assert lifted("#5bc0be") == "#5bc0be"


def split(*values, **more):
    return [
        item([1, 2], label=f"signup - {v}", breakdown_value=v, count=9 - i, **more)
        for i, v in enumerate(values)
    ]


def colors(view):
    return [one.color for one in view.body.series]


def custom(key, **wish):
    return {"resultCustomizations": {key: {"assignmentBy": "value", **wish}}}


PRO = json.dumps({"series": 0, "breakdown_value": ["pro"]}, separators=(",", ":"))
FREE_CURRENT = '{"series":0,"breakdown_value":["free"],"compare_label":"current"}'
BY = {"breakdownFilter": {"breakdown": "plan", "breakdown_type": "event"}}


def test_series_count_through_the_palette():
    assert colors(trends(split("free", "pro"), **BY)) == ["preset-1", "preset-2"]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (custom(PRO, color="preset-9"), ["preset-1", "preset-9"]),
        (custom(FREE_CURRENT, color="preset-7"), ["preset-7", "preset-2"]),
        (custom("{broken", color="preset-7"), ["preset-1", "preset-2"]),
        (custom(PRO, color="pink"), ["preset-1", "preset-2"]),
        (
            {**custom("1", color="preset-5"), "resultCustomizationBy": "position"},
            ["preset-1", "preset-5"],
        ),
    ],
    ids=["by value", "with its period", "no key", "no colour", "by position"],
)
def test_a_chosen_colour_wins_over_the_palette(own, expected):
    assert colors(trends(split("free", "pro"), own=own, **BY)) == expected


def test_the_dashboards_colour_of_a_value_wins_over_the_insights():
    board = replace(CONTEXT, breakdown_colors=(("pro", "preset-12"),))
    own = custom(PRO, color="preset-9")
    view = trends(split("free", "pro"), own=own, context=board, **BY)
    assert colors(view) == ["preset-1", "preset-12"]


def test_a_series_without_breakdown_takes_no_colour_of_a_value():
    board = replace(CONTEXT, breakdown_colors=(("", "preset-12"), ("signup", "preset-11")))
    assert colors(trends([item([1, 2])], context=board)) == ["preset-1"]


@pytest.mark.parametrize(
    "own",
    [custom(PRO, hidden=True), {"hiddenLegendIndexes": [1]}],
    ids=["by customization", "by index"],
)
def test_a_hidden_series_keeps_its_place_in_the_palette(own):
    view = trends(split("free", "pro", "team"), own=own, **BY)
    assert [one.hidden for one in view.body.series] == [False, True, False]
    assert colors(view) == ["preset-1", "preset-2", "preset-3"]


def test_the_period_before_shares_the_colour_of_its_current_one():
    sent = [
        item([1, 2], compare=True, compare_label=side, order=order, name=name)
        for order, name in ((0, "a"), (1, "b"))
        for side in ("current", "previous")
    ]
    view = trends(sent, compareFilter={"compare": True})
    assert colors(view) == ["preset-1", "preset-1", "preset-2", "preset-2"]


def test_totals_are_coloured_in_the_order_in_which_they_are_drawn():
    sent = [total(v, breakdown_value=name) for v, name in ((1, "small"), (9, "large"))]
    view = trends(sent, "ActionsPie", **BY)
    assert [(one.label, one.color) for one in view.body.shares] == [
        ("large", "preset-1"),
        ("small", "preset-2"),
    ]


def test_a_theme_colours_chosen_tokens_too():
    board = replace(CONTEXT, color_themes=(OCEAN,), dashboard_theme=3)
    own = custom(PRO, color="preset-1")
    view = trends(split("free", "pro"), own=own, context=board, **BY)
    assert colors(view) == ["#0b132b", "#0b132b"]
