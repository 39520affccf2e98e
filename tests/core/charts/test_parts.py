"""Parts are hidden in every kind of chart that has a legend; the figures stay true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core.charts import local as cuts
from phdesk.core.charts import parts
from phdesk.core.charts.local import UNTOUCHED, Local, localised
from phdesk.core.charts.spec import FunnelGroup, PieBody, ProportionBody, Share
from phdesk.core.formatting import Format
from tests.core.charts.asked import total, trends
from tests.views.charts import bodies


def shares(*values, **more):
    total = sum(values)
    return tuple(
        Share(
            label=f"Plan {i}",
            color=f"preset-{i + 1}",
            value=float(value),
            text=f"{value:,}",
            share_text=f"{value / total:.1%}",
            **more,
        )
        for i, value in enumerate(values)
    )


PIE = PieBody(shares(60, 30, 10), total_text="$100", format=Format(prefix="$"))
KINDS = {
    "pie": PIE,
    "proportion": ProportionBody(PIE.shares, "$100", Format(prefix="$")),
    "slope": bodies.FAIR["slope"].body,
    "box plot": bodies.boxes(7, 3),
    "funnel": bodies.funnel(True, 3),
    "lines": bodies.xy(*bodies.lines()),
}


def of(body):
    return [one.share_text for one in body.shares]


@pytest.mark.parametrize("body", KINDS.values(), ids=KINDS)
def test_a_part_is_hidden_shown_again_and_shown_alone(body):
    local = cuts.toggled(UNTOUCHED, body, 1)
    made = localised(body, local)
    assert (made.set_aside, parts.shown(made)) == ((1,), [True, False, True])
    assert parts.names(made) == parts.names(body), "the legend still names it"
    assert localised(body, cuts.toggled(local, body, 1)) == body
    alone = cuts.isolated(local, body, 2)
    assert parts.shown(localised(body, alone)) == [False, False, True]
    assert localised(body, cuts.isolated(alone, body, 2)) == body
    assert localised(body, cuts.all_shown(alone)) == body


@pytest.mark.parametrize("body", KINDS.values(), ids=KINDS)
def test_the_title_counts_what_is_hidden(body):
    said = cuts.described(body, cuts.isolated(UNTOUCHED, body, 0))
    is_whole = isinstance(body, PieBody | ProportionBody)
    assert said == ("2 hidden, shares of the rest" if is_whole else "2 hidden")
    assert cuts.described(body, Local(hidden=frozenset({("Other", False, 0)}))) == ""


@pytest.mark.parametrize("kind", ["pie", "proportion"])
def test_shares_and_total_are_of_the_slices_that_are_shown(kind):
    made = localised(KINDS[kind], cuts.toggled(UNTOUCHED, KINDS[kind], 0))
    assert of(made) == ["", "75%", "25%"]
    assert made.total_text == "$40"
    assert [one.text for one in made.shares] == ["60", "30", "10"], "values stay as sent"


def test_a_pie_without_slices_has_no_total():
    made = parts.without(PIE, (0, 1, 2))
    assert (of(made), made.total_text) == (["", "", ""], "–")


def test_each_period_is_shared_by_itself():
    before = replace(PIE, shares=(*PIE.shares, *shares(20, 80, previous=True)))
    made = parts.without(before, (0, 3))
    assert of(made) == ["", "75%", "25%", "", "100%"]
    assert made.total_text == "$40"


def test_what_the_insight_hides_is_neither_counted_nor_shown():
    body = replace(PIE, shares=(replace(PIE.shares[0], hidden=True), *PIE.shares[1:]))
    local = cuts.isolated(UNTOUCHED, body, 1)
    made = localised(body, local)
    assert made.set_aside == (2,)
    assert (of(made), made.total_text) == (["", "100%", ""], "$30")
    assert cuts.described(body, local).startswith("1 hidden")


def test_a_total_that_the_insight_leaves_out_stays_out():
    assert parts.without(replace(PIE, total_text=""), (0,)).total_text == ""


def test_the_figures_of_a_funnels_steps_stay_those_of_all_groups():
    body = bodies.funnel(True, 3)
    made = parts.without(body, (0,))
    assert made.steps == body.steps
    assert made.total_text == body.total_text


def test_groups_of_one_name_in_two_periods_are_told_apart():
    groups = (FunnelGroup("Chrome", "preset-1"), FunnelGroup("Chrome", "preset-1", previous=True))
    body = replace(bodies.funnel(True, 2), groups=groups)
    assert localised(body, cuts.toggled(UNTOUCHED, body, 1)).set_aside == (1,)


@given(
    values=st.lists(st.floats(0, 1e12), min_size=1, max_size=8),
    numbers=st.lists(st.integers(0, 7), max_size=12),
)
def test_hidden_or_not_shares_make_up_a_whole(values, numbers):
    whole = sum(values)
    body = PieBody(
        tuple(
            Share(label="a", color="preset-1", value=v, text="", share_text="x" if whole else "")
            for v in values
        ),
        total_text="x",
    )
    local = UNTOUCHED
    for number in numbers:
        local = cuts.toggled(local, body, number % len(values))
    made = parts.without(body, cuts.hidden_numbers(body, local))
    left = [float(text.rstrip("%").replace(",", "")) for text in of(made) if text]
    assert not left or sum(left) == pytest.approx(100, abs=0.05 * len(left) + 0.01)
    assert {i for i, one in enumerate(made.shares) if one.hidden} == set(made.set_aside)


@pytest.mark.parametrize("display", ["ActionsPie", "ActionsDonut", "ActionsProportionBar"])
def test_hiding_writes_shares_and_totals_in_the_insights_own_format(display):
    items = [
        total(value, name=name, order=i)
        for i, (name, value) in enumerate((("a", 60.0), ("b", 30.0), ("c", 10.0)))
    ]
    view = trends(items, display, {"aggregationAxisPrefix": "€"})
    made = localised(view.body, cuts.toggled(UNTOUCHED, view.body, 0))
    assert (view.body.total_text, made.total_text) == ("€100", "€40")
    assert [one.share_text for one in view.body.shares] == ["60%", "30%", "10%"]
    assert of(made) == ["", "75%", "25%"]
    nothing = parts.without(view.body, ())
    assert nothing == view.body, "the rule is the one by which the shares came"
