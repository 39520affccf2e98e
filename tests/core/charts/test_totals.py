"""Trends of one total a series: pies, value bars, tables, numbers and maps."""

import pytest

from phdesk.core.charts.spec import (
    BarsBody,
    MapBody,
    NumberBody,
    PieBody,
    ProportionBody,
    TableBody,
)
from tests.core.charts.asked import item, total, trends

OTHER = "$$_posthog_breakdown_other_$$"
NONE = "$$_posthog_breakdown_null_$$"
BY = {"breakdownFilter": {"breakdown": "plan", "breakdown_type": "event"}}
COUNTRIES = {"breakdownFilter": {"breakdown": "$geoip_country_code", "breakdown_type": "event"}}


def plans(**values):
    return [total(value, breakdown_value=name) for name, value in values.items()]


def compared(now, before):
    return [
        total(now, compare=True, compare_label="current"),
        total(before, compare=True, compare_label="previous"),
    ]


@pytest.mark.parametrize("display", ["ActionsPie", "ActionsBarValue", "ActionsTable"])
def test_totals_are_sorted_with_other_and_none_last(display):
    result = [
        total(90, breakdown_value=OTHER),
        total(5, breakdown_value="free"),
        total(70, breakdown_value=NONE),
        total(30, breakdown_value="pro"),
    ]
    view = trends(result, display, **BY)
    assert [row[-1] for row in view.table.rows] == [30, 5, 90, 70]
    assert [column.title for column in view.table.columns] == ["Series", "plan", "Total sum"]


def test_colours_follow_the_order_that_is_drawn():
    body = trends(plans(small=1, large=9), "ActionsPie", **BY).body
    assert [(share.label, share.color) for share in body.shares] == [
        ("large", "preset-1"),
        ("small", "preset-2"),
    ]


def test_a_pie_has_shares_of_what_is_visible():
    own = {"hiddenLegendIndexes": [2], "showLabelsOnSeries": True}
    body = trends(plans(a=30, b=10, c=60), "ActionsPie", own, **BY).body
    assert isinstance(body, PieBody)
    assert [(s.label, s.text, s.share_text, s.hidden) for s in body.shares] == [
        ("c", "60", "", True),
        ("a", "30", "75%", False),
        ("b", "10", "25%", False),
    ]
    assert body.total_text == "40"
    assert body.labels_on_slices
    assert not body.donut


def test_the_periods_of_a_pie_are_not_added_up():
    body = trends(compared(30, 10), "ActionsPie").body
    assert body.total_text == "30"
    assert [(share.previous, share.share_text) for share in body.shares] == [
        (False, "100%"),
        (True, "100%"),
    ]


@pytest.mark.parametrize(("values", "wanted"), [((0, 0), ["", ""]), ((-5, 5), ["", ""])])
def test_there_are_no_shares_of_nothing(values, wanted):
    body = trends(plans(a=values[0], b=values[1]), "ActionsPie", **BY).body
    assert [share.share_text for share in body.shares] == wanted


@pytest.mark.parametrize(
    ("display", "body", "share"),
    [
        ("ActionsDonut", PieBody, "100%"),
        ("ActionsProportionBar", ProportionBody, "100%"),
        ("ActionsBarValue", BarsBody, ""),
    ],
)
def test_the_other_displays_of_totals(display, body, share):
    drawn = trends(plans(a=3), display, **BY).body
    assert isinstance(drawn, body)
    assert drawn.shares[0].share_text == share
    assert getattr(drawn, "donut", None) in {None, display == "ActionsDonut"}


def test_a_missing_total_is_a_dash():
    view = trends([total(None)], "ActionsTable")
    assert isinstance(view.body, TableBody)
    assert view.table.rows == (("signup", None),)
    assert view.table.texts == (("signup", "–"),)


@pytest.mark.parametrize(
    ("result", "own", "text", "delta", "direction", "comparison"),
    [
        ([total(3141592)], {}, "3,141,592", "", "", ""),
        (compared(112.5, 100), {}, "112.5", "12.5%", "up", "from previous period"),
        (compared(50, 100), {}, "50", "50%", "down", "from previous period"),
        (compared(-50, -100), {}, "-50", "50%", "up", "from previous period"),
        (compared(7, 7), {}, "7", "", "flat", "No change from previous period"),
        (compared(7, 0), {}, "7", "", "", "No data for comparison"),
        (compared(0, 0), {}, "0", "", "", "No data for comparison"),
        (compared(None, 5), {}, "–", "", "", "No data for comparison"),
        (
            [total(5)],
            {"aggregationAxisPrefix": "$", "decimalPlaces": 1, "minDecimalPlaces": 1},
            "$5.0",
            "",
            "",
            "",
        ),
        ([total(0.25)], {"aggregationAxisFormat": "percentage_scaled"}, "25%", "", "", ""),
        (
            [{**total(8), "action": None, "data": None, "label": "Formula (A)"}],
            {"formula": "A"},
            "8",
            "",
            "",
            "",
        ),
        ([total("12")], {}, "12", "", "", ""),
    ],
    ids=[
        "plain",
        "up",
        "down",
        "negative",
        "same",
        "from-zero",
        "zeros",
        "none",
        "prefix",
        "scaled",
        "formula",
        "text",
    ],
)
def test_a_big_number_has_its_change(result, own, text, delta, direction, comparison):
    body = trends(result, "BoldNumber", own).body
    assert isinstance(body, NumberBody)
    assert (body.text, body.delta_text, body.direction) == (text, delta, direction)
    assert body.comparison == comparison


def test_a_comparison_with_a_chosen_period_says_so():
    source = {"compareFilter": {"compare": True, "compare_to": "-2w"}}
    body = trends(compared(3, 2), "BoldNumber", **source).body
    assert body.comparison == "from 2 weeks earlier"


def test_the_number_speaks():
    assert trends(compared(3, 2), "BoldNumber").summary == (
        "Untitled insight: 3, up 50% from previous period."
    )


@pytest.mark.parametrize(
    ("wanted", "text"),
    [("total", "1.5 M"), ("average", "750 K"), ("latest", "1 M"), (None, "1.5 M")],
)
def test_a_metric_sums_its_series_up(wanted, text):
    own = {"metricSummary": wanted} if wanted else {}
    view = trends([item([500_000, 1_000_000])], "Metric", own)
    assert view.body.number.text == text
    assert view.body.values == (500_000, 1_000_000)
    assert view.table.rows == (("signup", 1_500_000, 500_000, 1_000_000),)


def test_a_map_places_countries_by_strength():
    result = [
        total(1732, breakdown_value="AU"),
        total(866, breakdown_value="FR"),
        total(6, breakdown_value="is"),
        total(0, breakdown_value="DE"),
        total(50, breakdown_value="ZZ"),
        total(9, breakdown_value=NONE),
    ]
    view = trends(result, "WorldMap", **COUNTRIES)
    assert isinstance(view.body, MapBody)
    assert [(c.code, c.name, c.text, round(c.strength, 3)) for c in view.body.countries] == [
        ("AU", "Australia", "1,732", 1.0),
        ("FR", "France", "866", 0.6),
        ("IS", "Iceland", "6", 0.203),
        ("DE", "Germany", "0", 0.0),
    ]
    assert view.body.unplaced == ("ZZ: 50", "None (i.e. no value): 9")
    assert view.table.rows == (
        ("signup", "AU", "Australia", 1732),
        ("signup", "FR", "France", 866),
        ("signup", "", "ZZ", 50),
        ("signup", "IS", "Iceland", 6),
        ("signup", "DE", "Germany", 0),
        ("signup", "", "None (i.e. no value)", 9),
    )


def browsers(*values, name="visit", order=0, math="total"):
    """Totals of one series by browser."""
    action = {"id": name, "name": name, "order": order, "math": math}
    return [
        total(value, name=name, order=order, breakdown_value=browser, action=action)
        for browser, value in values
    ]


STACKED = {"stackBreakdownValues": True}
PLANS = [*browsers(("Chrome", 30), ("Safari", 12)), *browsers(("Safari", 70), name="buy", order=1)]


def test_breakdown_values_pile_up_in_a_bar_for_each_series():
    view = trends(PLANS, "ActionsBarValue", STACKED)
    assert [(bar.label, bar.value, bar.text) for bar in view.body.shares] == [
        ("buy", 70, "70"),
        ("visit", 42, "42"),
    ]
    parts = [[(part.label, part.text) for part in bar.parts] for bar in view.body.shares]
    assert parts == [[("buy - Safari", "70")], [("visit - Chrome", "30"), ("visit - Safari", "12")]]
    assert len({part.color for bar in view.body.shares for part in bar.parts}) == 3


def test_bars_stand_apart_when_nothing_is_said():
    view = trends(PLANS, "ActionsBarValue")
    assert len(view.body.shares) == 3
    assert not any(bar.parts for bar in view.body.shares)


def test_a_pile_of_unique_users_has_no_sum():
    (bar,) = trends(
        browsers(("Chrome", 30), ("Safari", 12), math="dau"), "ActionsBarValue", STACKED
    ).body.shares
    assert (bar.text, len(bar.parts)) == ("", 2)


def test_piles_keep_what_is_hidden_and_the_period_before_apart():
    sent = browsers(("Chrome", 30), ("Safari", 12))
    before = [{**one, "compare_label": "previous"} for one in browsers(("Chrome", 20))]
    now = [{**one, "compare_label": "current"} for one in sent]
    own = {**STACKED, "hiddenLegendIndexes": [1]}
    bars = trends([*now, *before], "ActionsBarValue", own).body.shares
    assert [(bar.label, bar.value, bar.previous) for bar in bars] == [
        ("visit", 30, False),
        ("visit (previous)", 20, True),
    ]


@pytest.mark.parametrize(("math", "title"), [("total", "Total sum"), ("dau", "Total")])
def test_a_total_of_unique_users_is_called_no_sum(math, title):
    view = trends(browsers(("Chrome", 3), math=math), "ActionsTable")
    assert view.table.columns[-1].title == title
