"""Goals: which lines a chart has, and how they are named."""

import pytest

from phdesk.core.charts.spec import GoalLine
from tests.core.charts.asked import item, sql, trends

AIM = {"label": "Aim", "value": 10}


def lines(*data, **goal):
    body = trends([item(data)], own={"goalLines": [{**AIM, **goal}]}).body
    return [(line.label, line.value) for line in body.goal_lines]


@pytest.mark.parametrize(
    ("data", "wish", "shown"),
    [
        ((5, 12), {}, True),
        ((5, 12), {"displayIfCrossed": True}, True),
        ((5, 12), {"displayIfCrossed": False}, False),
        ((5, 10), {"displayIfCrossed": False}, True),
        ((5, 9), {"displayIfCrossed": False}, True),
        ((0, 0), {"displayIfCrossed": False}, True),
        ((5, 12), {"displayIfCrossed": None}, True),
    ],
)
def test_a_goal_that_is_passed_goes_when_it_is_told_to(data, wish, shown):
    assert lines(*data, **wish) == ([("Aim", 10.0)] if shown else [])


def test_hidden_series_pass_no_goal():
    own = {"goalLines": [{**AIM, "displayIfCrossed": False}], "hiddenLegendIndexes": [0]}
    body = trends([item([50]), item([5], name="visit", order=1)], own=own).body
    assert len(body.goal_lines) == 1


@pytest.mark.parametrize(
    ("wish", "named", "at_start"),
    [
        ({}, True, False),
        ({"displayLabel": True, "position": "end"}, True, False),
        ({"displayLabel": False}, False, False),
        ({"position": "start"}, True, True),
    ],
)
def test_a_goal_is_named_where_it_is_told_to(wish, named, at_start):
    line = GoalLine("Aim", 10.0, "10", named=named, at_start=at_start)
    assert trends([item([5])], own={"goalLines": [{**AIM, **wish}]}).body.goal_lines == (line,)
    goal = {"goalLines": [{**AIM, **wish}]}
    assert sql([["a", 5]], ["x", "n"], display="ActionsBar", settings=goal).body.goal_lines == (
        line,
    )
