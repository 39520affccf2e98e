"""What is surely wrong is said before it is sent; what servers took is never called wrong."""

import pytest

from phdesk.core.building.breakdowns import Breakdown, Breakdowns, with_breakdowns
from phdesk.core.building.draft import OWN_FILTER, opened, put
from phdesk.core.building.fault import blocks
from phdesk.core.building.faults import faults
from phdesk.core.building.formula import formula_fault
from phdesk.core.building.parts import exclusion
from phdesk.core.building.series import event_node
from phdesk.core.building.starting import STARTS, blank
from tests.core.building.recorded import exchanges, queries_of
from tests.shared import needs_shared

SILENTLY_TAKEN = "query_bad_date_accepted"  # its server took an unreadable date for today


@needs_shared
def test_nothing_that_a_server_took_is_called_wrong():
    for name, raw in queries_of(*OWN_FILTER).items():
        found = [one for one in faults(opened(raw)) if one.blocking]
        assert not found or name.startswith(SILENTLY_TAKEN), (name, found)


@needs_shared
@pytest.mark.parametrize(
    ("recording", "field"),
    [
        ("error_query_missing_series", "series"),
        ("error_query_funnel_one_step", "series"),
        ("error_query_bad_formula", "trendsFilter.formula"),
        ("query_bad_date_accepted", "dateRange.date_from"),
    ],
)
def test_what_a_server_refused_is_found_before_it_is_sent(recording, field):
    found = faults(opened(exchanges()[recording]["request"]["json"]["query"]))
    assert [one.name for one in found if one.blocking] == [field]


@pytest.mark.parametrize("start", STARTS, ids=lambda one: one.kind)
def test_a_new_insight_can_be_asked_at_once_but_for_a_funnel(start):
    found = faults(blank(start.kind))
    assert blocks(found) is (start.kind == "funnel")


@pytest.mark.parametrize(
    ("kind", "name", "value", "field"),
    [
        ("trends", "series", [], "series"),
        ("trends", "series.0.math", "sum", "series.0.math_property"),
        ("trends", "series.0.math", "hogql", "series.0.math_hogql"),
        ("trends", "series.0.math", "unique_group", "series.0.math_group_type_index"),
        ("trends", "trendsFilter.formula", "A / B", "trendsFilter.formula"),
        ("trends", "trendsFilter.smoothingIntervals", 0, "trendsFilter.smoothingIntervals"),
        ("trends", "dateRange", {"date_from": "2026-11-02", "date_to": "2026-11-01"}, "dateRange"),
        ("trends", "dateRange.date_to", "tomorrowish", "dateRange.date_to"),
        ("trends", "properties", [{"key": "plan", "value": [], "type": "event"}], "properties.0"),
        (
            "trends",
            "properties",
            [{"key": "plan", "value": "x", "operator": "gt", "type": "event"}],
            "properties.0",
        ),
        ("trends", "properties", [{"key": "id", "type": "cohort"}], "properties.0"),
        ("funnel", "funnelsFilter.binCount", 91, "funnelsFilter.binCount"),
        ("funnel", "funnelsFilter.funnelWindowInterval", 0, "funnelsFilter.funnelWindowInterval"),
        ("retention", "retentionFilter.targetEntity", None, "retentionFilter.targetEntity"),
        ("retention", "retentionFilter.totalIntervals", 1, "retentionFilter.totalIntervals"),
        ("lifecycle", "series", [event_node("a"), event_node("b")], "series"),
        ("lifecycle", "lifecycleFilter.toggledLifecycles", [], "lifecycleFilter.toggledLifecycles"),
        ("paths", "pathsFilter.includeEventTypes", [], "pathsFilter.includeEventTypes"),
        ("paths", "pathsFilter.stepLimit", 21, "pathsFilter.stepLimit"),
        ("sql", "query", "  -- nothing", "query"),
    ],
)
def test_a_fault_is_said_at_its_setting(kind, name, value, field):
    draft = put(blank(kind), name, value)
    if kind == "funnel":
        draft = put(draft, "series", [event_node("a"), event_node("b")])
    found = faults(draft)
    assert [one.name for one in found if one.blocking] == [field]
    assert found[0].message.endswith(".")


def test_steps_that_are_gone_are_said():
    draft = put(blank("funnel"), "series", [event_node("a"), event_node("b")])
    far = put(draft, "funnelsFilter.exclusions", [exclusion(event_node("x"), 0, 2)])
    assert [one.name for one in faults(far)] == ["funnelsFilter.exclusions.0"]
    same = put(draft, "funnelsFilter.exclusions", [exclusion(event_node("x"), 1, 1)])
    assert blocks(faults(same))
    near = put(draft, "funnelsFilter.exclusions", [exclusion(event_node("x"), 0, 1)])
    assert not faults(near)
    step = put(draft, "funnelsFilter.breakdownAttributionType", "step")
    assert blocks(faults(put(step, "funnelsFilter.breakdownAttributionValue", 2)))


def test_breakdowns_are_complete_and_not_too_many():
    several = tuple(Breakdown(property=key) for key in "abcd")
    draft = with_breakdowns(blank("trends"), Breakdowns(parts=several))
    assert [one.name for one in faults(draft)] == ["breakdownFilter"]
    unnamed = with_breakdowns(blank("trends"), Breakdowns(parts=(Breakdown(type="cohort"),)))
    assert not breakdowns_of(unnamed)


def breakdowns_of(draft):
    """A cohort breakdown without cohorts is no breakdown."""
    return [one for one in faults(draft) if one.blocking]


def test_a_number_of_several_series_is_only_worth_a_word():
    draft = put(blank("number"), "series", [event_node("a"), event_node("b")])
    (found,) = faults(draft)
    assert not found.blocking


@pytest.mark.parametrize(
    ("text", "count", "fine"),
    [
        ("A / B * 100", 2, True),
        ("a/b", 2, True),
        ("(A + B) - 2.5", 2, True),
        ("A +* B", 2, False),
        ("A / C", 2, False),
        ("AB", 2, False),
        ("sum(A)", 1, False),
        ("'x'", 1, False),
        ("A B", 2, False),
        ("", 1, False),
        ("(A", 1, False),
        ("A\x00", 1, False),
        ("(" * 500 + "A" + ")" * 500, 1, False),
    ],
)
def test_formulas_are_read_as_posthog_reads_them(text, count, fine):
    assert (formula_fault(text, count) == "") is fine


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("select 'a", "'a"),
        ("select count( from events", "("),
        ("select 1)", ")"),
        ("select [1, (2]", "]"),
        ("select `x from events", "`x from events"),
        ("select {variables.x", "{variables.x"),
        ("select 1 /* open", "/* open"),
    ],
)
def test_what_is_not_closed_in_sql_is_marked(text, marked):
    (found,) = faults(put(blank("sql"), "query", text))
    assert text[found.start : found.end] == marked


def test_brackets_in_texts_and_comments_are_no_brackets():
    text = "select ')', 'it''s (' -- (\nfrom events /* [ */"
    assert not faults(put(blank("sql"), "query", text))


def test_a_closed_draft_is_never_sent():
    draft = opened({"kind": "DataTableNode", "source": {"kind": "EventsQuery"}})
    assert blocks(faults(draft))
