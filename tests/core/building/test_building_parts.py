"""Series, conditions, breakdowns, formulas and columns: read, changed, written as they stood."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.building.breakdowns import (
    COUNTRY,
    Breakdown,
    Breakdowns,
    breakdowns,
    by_country,
    with_breakdowns,
)
from phdesk.core.building.conditions import (
    AND,
    DEEP,
    OR,
    Conditions,
    Group,
    conditions,
    with_conditions,
)
from phdesk.core.building.draft import OWN_FILTER, at, is_changed, opened, put, written
from phdesk.core.building.parts import (
    Column,
    Exclusion,
    Formula,
    Goal,
    columns,
    exclusion,
    exclusions,
    formulas,
    goals,
    with_columns,
    with_formulas,
    with_goals,
)
from phdesk.core.building.series import (
    KEPT,
    action_entity,
    action_node,
    entity,
    event_node,
    math_value,
    maths,
    need,
    replaced,
    series,
    with_math,
)
from phdesk.core.building.starting import blank
from phdesk.core.filters import Property
from tests.core.building.recorded import queries_of
from tests.shared import needs_shared

BROWSER = Property(key="$browser", value=["Chrome"], rest={"label": None})
PLAN = Property(key="plan", value=["pro"], type="person")
RAW_BROWSER = {"key": "$browser", "label": None, "operator": "exact", "type": "event"}
NAMES = st.sampled_from(["plan", "region", "$browser", "status_code"])
PARTS = st.builds(
    Breakdown,
    property=NAMES,
    type=st.sampled_from(["event", "person", "session"]),
    bins=st.none() | st.integers(2, 20),
    clean_urls=st.booleans(),
)
COHORTS = st.builds(
    Breakdown, type=st.just("cohort"), cohorts=st.lists(st.integers(1, 9), min_size=1).map(tuple)
)
ONE_OR_MORE = st.lists(PARTS, max_size=3) | COHORTS.map(lambda one: [one])
BROKEN_DOWN = st.builds(
    Breakdowns,
    parts=ONE_OR_MORE.map(tuple),
    limit=st.none() | st.integers(1, 50),
    hide_other=st.booleans(),
).map(lambda one: one if one.parts else Breakdowns())
VALUES = st.lists(st.text(max_size=3), min_size=1, max_size=2)
LEAVES = st.builds(Property, key=NAMES, value=VALUES, type=st.sampled_from(["event", "person"]))
GROUPS = st.builds(
    Group, st.sampled_from([AND, OR]), st.lists(LEAVES, min_size=1, max_size=3).map(tuple)
)


def trends(**source):
    return opened({"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", **source}})


@needs_shared
def test_each_part_that_is_read_and_written_again_changes_nothing():
    for name, raw in queries_of(*OWN_FILTER).items():
        draft = opened(raw)
        assert with_breakdowns(draft, breakdowns(draft)) == draft, name
        assert with_formulas(draft, formulas(draft)) == draft, name
        assert not is_changed(with_columns(draft, columns(draft))), name
        for where in ("trendsFilter.goalLines", "node.chartSettings.goalLines"):
            assert with_goals(draft, where, goals(draft, where)) == draft, name
        places = ["properties", *(f"{one.name}.properties" for one in series(draft))]
        for where in places:
            if at(draft, where) is not None:
                assert not is_changed(with_conditions(draft, where, conditions(draft, where))), name


def test_a_condition_beside_a_new_one_stays_as_it_stood():
    raw = {**RAW_BROWSER, "value": ["Chrome"], "odd": [1]}
    draft = trends(properties=[raw])
    held = conditions(draft)
    (group,) = held.groups
    more = Conditions(groups=(Group(AND, (PLAN, *group.conditions)),))
    after = at(with_conditions(draft, "properties", more), "properties")
    assert after[1] == raw
    assert after[0] == {"key": "plan", "value": ["pro"], "operator": "exact", "type": "person"}


def test_groups_stay_groups_and_a_list_becomes_one_only_when_it_must():
    draft = trends(properties=[{**RAW_BROWSER, "value": ["Chrome"]}])
    either = Conditions(joined=AND, groups=(Group(OR, (BROWSER, PLAN)),))
    grouped = with_conditions(draft, "properties", either)
    assert at(grouped, "properties.type") == AND
    assert at(grouped, "properties.values.0.type") == OR
    assert conditions(grouped) == either
    both = Conditions(groups=(Group(AND, (BROWSER,)),))
    assert isinstance(at(with_conditions(grouped, "properties", both), "properties"), dict)
    assert at(with_conditions(draft, "properties", Conditions()), "properties") is None


def test_deeply_nested_conditions_are_left_alone():
    inner = {"type": OR, "values": [{"type": AND, "values": [RAW_BROWSER]}]}
    draft = trends(properties={"type": AND, "values": [inner]})
    assert conditions(draft).fixed == DEEP


def test_an_sql_condition_is_sent_without_an_operator():
    wanted = Conditions(groups=(Group(AND, (Property(key="1 = 1", type="hogql"),)),))
    found = at(with_conditions(trends(), "properties", wanted), "properties")
    assert found == [{"key": "1 = 1", "type": "hogql", "value": None}]


@given(st.lists(GROUPS, max_size=3), st.sampled_from([AND, OR]), st.booleans())
def test_conditions_are_read_as_they_were_written(groups, joined, grouped):
    before = {"type": AND, "values": []} if grouped else None
    wanted = Conditions(joined=joined, groups=tuple(groups))
    found = conditions(with_conditions(trends(properties=before), "properties", wanted))
    assert [one.conditions for one in found.groups] == [one.conditions for one in groups]
    assert [one.joined for one in found.groups] == [one.joined for one in groups]
    if len(groups) > 1:
        assert found.joined == joined


@given(BROKEN_DOWN, BROKEN_DOWN)
def test_breakdowns_are_read_as_they_were_written(first, then):
    draft = with_breakdowns(trends(), first)
    assert breakdowns(draft) == first
    assert breakdowns(with_breakdowns(draft, then)) == then
    assert not is_changed(with_breakdowns(draft, Breakdowns()))


def test_one_breakdown_is_written_so_that_old_servers_know_it():
    one = Breakdowns(parts=(Breakdown(property="plan", type="person"),))
    held = at(with_breakdowns(trends(), one), "breakdownFilter")
    assert held == {"breakdown": "plan", "breakdown_type": "person"}


def test_a_map_is_broken_down_by_country_once():
    draft = by_country(trends())
    assert [one.property for one in breakdowns(draft).parts] == [COUNTRY]
    assert by_country(draft) == draft


def test_series_have_letters_names_and_what_is_counted():
    nodes = [
        {**event_node(None), "math": "dau"},
        {**action_node(4, "Bought"), "custom_name": "Sales", "math": "sum"},
        {"kind": "DataWarehouseNode", "id": "charges", "name": "charges", "table_name": "charges"},
    ]
    first, second, third = series(trends(series=nodes))
    assert (first.letter, first.event, first.label) == ("A", None, "All events")
    assert (second.letter, second.action, second.label, second.math) == ("B", 4, "Sales", "sum")
    assert third.fixed == KEPT


def test_another_way_of_counting_takes_its_subject_along_and_no_other():
    draft = trends(series=[event_node("paid")])
    of_amount = put(with_math(draft, "series.0", "sum"), "series.0.math_property", "amount")
    assert need("sum") == "property"
    grouped = with_math(of_amount, "series.0", "unique_group", group=1)
    assert at(grouped, "series.0") == {
        "kind": "EventsNode",
        "event": "paid",
        "name": "paid",
        "math": "unique_group",
        "math_group_type_index": 1,
    }
    (one,) = series(grouped)
    assert math_value(grouped, one) == {"math": "unique_group", "group": 1}
    assert not is_changed(with_math(grouped, "series.0", None))


def test_each_way_of_counting_is_offered_once_and_newer_ones_to_newer_servers():
    groups = ((0, "company", "companies"),)
    every = maths(blank("trends"), groups)
    values = [msgspec.json.encode(one.value) for one in every]
    assert len(values) == len(set(values)) > 25
    assert "Unique companies" in [one.label for one in every]
    assert len(maths(blank("trends"), groups, modern=False)) < len(every)
    assert [one.label for one in maths(blank("stickiness"), groups)] == [
        "Users",
        "Unique companies",
    ]
    assert maths(blank("funnel")) == ()


def test_another_event_keeps_what_is_counted_but_not_what_was_about_the_first():
    node = {**event_node("paid"), "math": "dau", "custom_name": "Paid", "properties": [RAW_BROWSER]}
    after = replaced(trends(series=[node]), "series.0", event_node("visit"))
    assert at(after, "series.0") == {**event_node("visit"), "math": "dau"}


def test_retention_knows_its_two_events():
    draft = blank("retention")
    assert entity(draft, "retentionFilter.targetEntity").event == "$pageview"
    other = put(draft, "retentionFilter.returningEntity", action_entity(7, "Used"))
    assert entity(other, "retentionFilter.returningEntity").action == 7
    assert entity(put(draft, "retentionFilter.targetEntity", None), "x") is None


@pytest.mark.parametrize(
    ("held", "read"),
    [
        ({"formula": "A/B"}, (Formula("A/B"),)),
        ({"formulas": ["A", "B"], "formula": "A/B"}, (Formula("A"), Formula("B"))),
        ({"formulaNodes": [{"formula": "A", "custom_name": "x"}]}, (Formula("A", "x"),)),
        ({}, ()),
    ],
)
def test_the_newest_form_of_formulas_is_read(held, read):
    assert formulas(trends(trendsFilter=held)) == read


def test_one_formula_is_written_so_that_old_servers_know_it():
    draft = trends(trendsFilter={"display": "ActionsBar"})
    one = with_formulas(draft, [Formula("A/B")])
    assert at(one, "trendsFilter") == {"display": "ActionsBar", "formula": "A/B"}
    two = with_formulas(one, [Formula("A/B", "Share"), Formula("B")])
    assert at(two, "trendsFilter.formulaNodes") == [
        {"formula": "A/B", "custom_name": "Share"},
        {"formula": "B"},
    ]
    assert at(two, "trendsFilter.formula") is None
    assert written(with_formulas(two, [])) == written(draft)


def test_exclusions_lie_between_two_steps():
    draft = blank("funnel")
    node = exclusion(event_node("failed"), 0, 1)
    with_one = put(draft, "funnelsFilter.exclusions", [node])
    (found,) = exclusions(with_one)
    assert isinstance(found, Exclusion)
    assert (found.series.event, found.first, found.last) == ("failed", 0, 1)


def test_a_goal_that_moves_keeps_its_colour():
    where = "trendsFilter.goalLines"
    draft = put(trends(), where, [{"label": "Plan", "value": 10, "borderColor": "red"}])
    after = with_goals(draft, where, [Goal("Plan", 12), Goal("More", 20)])
    assert at(after, where) == [
        {"label": "Plan", "value": 12, "borderColor": "red"},
        {"label": "More", "value": 20},
    ]


def test_columns_keep_what_phdesk_does_not_edit():
    held = {"column": "n", "settings": {"display": {"color": "#123456", "trendLine": True}}}
    draft = put(blank("sql"), "node.chartSettings.yAxis", [held])
    after = with_columns(draft, [Column(name="n", suffix=" €", right=True), Column(name="m")])
    first, second = at(after, "node.chartSettings.yAxis")
    assert first["settings"]["display"] == {
        "color": "#123456",
        "trendLine": True,
        "yAxisPosition": "right",
    }
    assert first["settings"]["formatting"] == {"suffix": " €"}
    assert second == {"column": "m"}
    assert columns(after)[0] == Column(name="n", suffix=" €", right=True)
