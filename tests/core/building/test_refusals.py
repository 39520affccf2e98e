"""Each recorded refusal is put at the setting that it is about."""

import json

import pytest

from phdesk.api.refusal import from_response
from phdesk.core.building.draft import at, opened, put
from phdesk.core.building.fields import field_of, fields
from phdesk.core.building.refusals import refusals
from phdesk.core.building.series import event_node
from phdesk.core.building.starting import blank
from phdesk.models.failure import Cause, Failure
from tests.core.building.recorded import exchanges
from tests.shared import needs_shared


def told(name):
    exchange = exchanges()[name]
    answer = exchange["response"]
    draft = opened(exchange["request"]["json"]["query"])
    body = json.dumps(answer["json"]).encode()
    return refusals(from_response(answer["status"], answer["headers"], body).failure, draft), draft


@needs_shared
@pytest.mark.parametrize(
    ("recording", "field", "words"),
    [
        ("error_query_extra_field", "colour", "does not know the setting “colour”"),
        ("error_query_missing_series", "series", "PostHog needs a choice here."),
        ("error_query_funnel_one_step", "series", "A funnel needs at least two steps."),
        ("error_query_unknown_kind", "", "This server does not know “PancakeQuery”."),
        ("error_query_bad_formula", "trendsFilter.formula", "formula"),
        ("error_query_sql_database_error_500", "query", "did not say why"),
        ("error_insight_create_invalid_query", "series", "Input should be a valid list."),
        ("error_insight_create_bad_dashboard", "insight.dashboards", "does not exist any more"),
        (
            "error_insight_create_bad_chart_setting",
            "node.chartSettings.yAxis.0.settings.display.color",
            "does not know the setting “color”",
        ),
    ],
)
def test_a_recorded_refusal_finds_its_setting(recording, field, words):
    (found,), _draft = told(recording)
    assert found.name == field
    assert words in found.message
    assert "pydantic" not in found.message


@needs_shared
def test_a_place_inside_a_setting_belongs_to_it():
    (found,), draft = told("error_insight_create_bad_chart_setting")
    assert field_of(fields(draft), found.name).name == "node.chartSettings.yAxis"


@needs_shared
@pytest.mark.parametrize(
    ("recording", "marked"),
    [
        ("error_query_hogql_unknown_function", "frobnicate"),
        ("error_query_hogql_type_mismatch", "event + 1"),
    ],
)
def test_sql_is_marked_where_the_server_stumbled(recording, marked):
    (found,), draft = told(recording)
    assert found.name == "query"
    assert at(draft, "query")[found.start : found.end] == marked


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("select nope from events", "Unable to resolve field: nope", "nope"),
        ("select 'nope', nope from events", "Unable to resolve field: nope", "nope"),
        ("select e.nope from events e", "Unable to resolve field: e.nope", "nope"),
        ("select 1\nfrom\n  evnts", "Unknown table `evnts`.", "evnts"),
        ("select 1\nform events", "mismatched input 'events', line 2, column 5", "events"),
        ("select a +  b", "Illegal types: While processing a + b. (ILLEGAL)", "a +  b"),
        ("select 1", "Something else", None),
    ],
)
def test_names_and_places_in_words_are_found_in_the_text(text, words, marked):
    failure = Failure(cause=Cause.INVALID, message=words, detail=words, status=400)
    (found,) = refusals(failure, put(blank("sql"), "query", text))
    assert found.name == "query"
    assert (None if found.start is None else text[found.start : found.end]) == marked


def test_of_several_kinds_of_node_only_the_one_that_is_there_is_told():
    detail = (
        "JSON parse error - 3 validation errors for QueryRequest\n"
        "query.TrendsQuery.series.0.EventsNode.math.BaseMathType\n"
        "  Input should be 'total' [type=enum, input_value='p75', input_type=str]\n"
        "    For further information visit https://errors.pydantic.dev/2.5/v/enum\n"
        "query.TrendsQuery.series.0.EventsNode.math.PropertyMathType\n"
        "  Input should be 'avg' [type=enum, input_value='p75', input_type=str]\n"
        "query.TrendsQuery.series.0.ActionsNode.id\n"
        "  Field required [type=missing, input_value={'kind': 'EventsNode'}, input_type=dict]\n"
    )
    failure = Failure(cause=Cause.INVALID, message="x", detail=detail, status=400)
    (found,) = refusals(failure, put(blank("trends"), "series.0.math", "p75"))
    assert (found.name, found.message) == ("series.0.math", "This server does not know “p75”.")


def test_an_expression_in_a_series_is_found():
    node = {**event_node("paid"), "math": "hogql", "math_hogql": "sum(nope)"}
    draft = put(blank("trends"), "series", [node])
    words = "Unable to resolve field: nope"
    failure = Failure(cause=Cause.INVALID, message=words, detail=words, status=400)
    (found,) = refusals(failure, draft)
    assert found.name == "series.0.math_hogql"


@pytest.mark.parametrize("cause", [Cause.NETWORK, Cause.MISSING_SCOPE, Cause.PLAN, Cause.QUOTA])
def test_what_is_not_about_the_draft_is_at_no_setting(cause):
    assert refusals(Failure(cause=cause, message="x"), blank("trends")) == ()
