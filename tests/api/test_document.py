"""Files that people give are read by what they look like."""

import json

import pytest

from phdesk.api.document import (
    DashboardDocument,
    DashboardsDocument,
    InsightDocument,
    InsightsDocument,
    TemplatesDocument,
    document,
)
from phdesk.api.errors import ApiError, MissingScopeError, NotFoundError, UnreadableError
from tests.api import recorded
from tests.shared import FIXTURES, RECORDINGS, needs_shared


def expected_kind(value):
    """Say what a successful JSON answer holds, from its keys alone."""
    if isinstance(value, dict) and "accessToken" in value:
        return InsightDocument if "insight" in value else DashboardDocument
    alone = [
        ("short_id", InsightDocument),
        ("tiles", DashboardDocument),
        ("query_status", InsightDocument),
        ("is_cached", InsightDocument),
    ]
    listed = [
        ("short_id", InsightsDocument),
        ("template_name", TemplatesDocument),
        ("creation_mode", DashboardsDocument),
    ]
    rows = value if isinstance(value, list) else value.get("results")
    first = rows[0] if rows and isinstance(rows[0], dict) else {}
    single = value if isinstance(value, dict) else {}
    found = [kind for key, kind in alone if key in single]
    found += [kind for key, kind in listed if key in first]
    return next(iter(found), None)


@needs_shared
@pytest.mark.parametrize("name", recorded.names())
def test_every_recording_is_read_or_refused_with_a_reason(name):
    data = (RECORDINGS / f"{name}.json").read_bytes()
    response = recorded.exchange(name)["response"]
    value = response.get("json")
    refused = response["status"] >= 400 and "query_status" not in (value or {})
    kind = expected_kind(value) if value is not None and not refused else None
    if kind is not None:
        assert type(document(data)) is kind
        return
    with pytest.raises(ApiError) as caught:
        document(data)
    assert isinstance(caught.value, UnreadableError) != refused


def has_body(name):
    return bool(recorded.exchange(name)["response"].get("json"))


@needs_shared
@pytest.mark.parametrize("name", [name for name in recorded.names() if has_body(name)])
def test_the_bare_body_is_read_as_the_recording_is(name):
    results = []
    for data in (recorded.body(name), (RECORDINGS / f"{name}.json").read_bytes()):
        try:
            results.append(type(document(data)))
        except ApiError as error:
            results.append(type(error))
    assert results[0] is results[1]


@needs_shared
@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("*.json")), ids=lambda path: path.stem)
def test_every_fixture_is_read(path):
    assert type(document(path.read_bytes())) is expected_kind(json.loads(path.read_bytes()))


@needs_shared
def test_a_recorded_query_answer_has_the_query_that_was_asked():
    found = document((RECORDINGS / "query_funnel.json").read_bytes())
    sent = recorded.exchange("query_funnel")["request"]["json"]["query"]
    assert json.loads(bytes(found.insight.query)) == sent
    rows = recorded.exchange("query_funnel")["response"]["json"]["results"]
    assert json.loads(bytes(found.insight.result)) == rows


@needs_shared
def test_templates_tell_their_names_and_tiles():
    found = document((RECORDINGS / "dashboard_templates_list.json").read_bytes())
    value = recorded.exchange("dashboard_templates_list")["response"]["json"]["results"]
    assert [(t.name, t.tiles) for t in found.templates] == [
        (each["template_name"], len(each["tiles"])) for each in value
    ]


@needs_shared
def test_a_page_of_insights_tells_how_many_there_are():
    found = document((RECORDINGS / "insights_list_full_page.json").read_bytes())
    assert (len(found.insights), found.total) == (4, 63)


@needs_shared
def test_a_failed_poll_is_an_insight_that_says_why():
    found = document((RECORDINGS / "dashboard_broken_tile_poll_done.json").read_bytes())
    assert found.insight.error == "Unable to resolve field: nonexistent_column"


SERIES = [{"data": [1, 2]}]
BARE = [
    pytest.param({"query": {"kind": "TrendsQuery"}, "result": SERIES}, id="query and result"),
    pytest.param({"query": {"kind": "TrendsQuery"}, "results": SERIES}, id="query and results"),
    pytest.param({"filters": {"insight": "TRENDS"}, "result": SERIES}, id="filters and result"),
    pytest.param({"id": 5, "name": "x", "query": {"kind": "a"}, "result": None}, id="no result"),
]


@pytest.mark.parametrize("value", BARE)
def test_a_question_with_its_answer_is_an_insight(value):
    found = document(json.dumps(value).encode()).insight
    assert json.loads(bytes(found.result)) == (value.get("result") or value.get("results"))
    assert type(document(json.dumps([value]).encode())) is InsightsDocument


@pytest.mark.parametrize("more", [{}, {"name": "Weekly"}, {"id": None}], ids=str)
def test_a_list_of_tiles_is_a_dashboard(more):
    value = {"tiles": [{"text": {"body": "Words"}}, 5], **more}
    found = document(json.dumps(value).encode()).dashboard
    assert [tile.text is not None for tile in found.tiles] == [True, False]


NO = ", not a dashboard or insight"
REFUSED = [
    pytest.param({"results": [{"is_static": 1, "id": 1}]}, f"a list of cohorts{NO}", id="cohorts"),
    pytest.param([], f"an empty list{NO}", id="empty list"),
    pytest.param({}, f"an empty object{NO}", id="empty object"),
    pytest.param([1, 2], f"a list of something else{NO}", id="numbers"),
    pytest.param({"kind": "TrendsQuery"}, f"a query without a result{NO}", id="a query"),
    pytest.param({"tiles": 3}, f"an object with tiles{NO}", id="tiles that are none"),
    pytest.param({"query": "x", "results": 3}, "an object with query", id="a search"),
    pytest.param({"a": 1, "b": 2}, f"an object with a, b{NO}", id="another object"),
    pytest.param(5, f"holds a number{NO}", id="a number"),
    pytest.param(None, f"holds nothing \\(null\\){NO}", id="null"),
    pytest.param(True, f"holds true or false{NO}", id="true"),
    pytest.param("x", f"holds a text{NO}", id="a text"),
]


@pytest.mark.parametrize(("value", "reason"), REFUSED)
def test_anything_else_is_refused_with_what_it_is(value, reason):
    with pytest.raises(UnreadableError, match=reason):
        document(json.dumps(value).encode())


def test_an_empty_recorded_page_is_known_by_its_path():
    exchange = {
        "request": {"path": "/api/projects/1/dashboards/"},
        "response": {"status": 200, "json": {"results": []}},
    }
    assert document(json.dumps(exchange).encode()) == DashboardsDocument(())


def test_an_answer_recorded_as_text_is_read_too():
    exchange = {"request": {}, "response": {"status": 200, "text": '{"short_id": "a", "query": 1}'}}
    assert document(json.dumps(exchange).encode()).insight.short_id == "a"


ERRORS = [
    pytest.param(
        {"type": "authentication_error", "code": "permission_denied", "detail": "scope 'a:read'"},
        MissingScopeError,
        id="envelope",
    ),
    pytest.param(
        {"type": "invalid_request", "code": "not_found", "detail": "Not found.", "attr": None},
        NotFoundError,
        id="not found",
    ),
]


@pytest.mark.parametrize(("value", "kind"), ERRORS)
def test_an_error_body_raises_its_error(value, kind):
    with pytest.raises(kind):
        document(json.dumps(value).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"series,1,2", b"<html>", b"[" * 100_000],
    ids=["empty", "CSV", "a page", "deep"],
)
def test_files_that_are_no_json_are_unreadable(data):
    with pytest.raises(UnreadableError, match="The file could not be read"):
        document(data)
